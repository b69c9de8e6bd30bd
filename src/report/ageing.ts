import { daysBetween, type LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';

/** An open claim as the reports see it. Amounts in øre. */
export interface OpenClaim {
  readonly case: number;
  readonly invoice: string;
  readonly debtorId: number;
  readonly debtor: string;
  readonly effectiveDue: LocalDate;
  readonly openOre: Ore;
}

export const BUCKETS = ['notDue', '1-30', '31-60', '61-90', '91+'] as const;
export type BucketKey = (typeof BUCKETS)[number];

export interface Bucket {
  readonly key: BucketKey;
  readonly count: number;
  readonly openOre: Ore;
}

export interface DebtorAgeing {
  readonly debtorId: number;
  readonly debtor: string;
  readonly buckets: readonly Bucket[];
  readonly totalOre: Ore;
}

export interface Ageing {
  readonly buckets: readonly Bucket[];
  readonly totalOre: Ore;
  readonly debtors: readonly DebtorAgeing[];
  /** The debtors that are not listed one by one, where there are too many of them. */
  readonly others?: { readonly count: number; readonly buckets: readonly Bucket[]; readonly totalOre: Ore };
}

/** Days past the due date decide the bucket; the due date itself is not overdue. */
export function bucketOf(effectiveDue: LocalDate, on: LocalDate): BucketKey {
  const days = daysBetween(effectiveDue, on);
  if (days <= 0) return 'notDue';
  if (days <= 30) return '1-30';
  if (days <= 60) return '31-60';
  return days <= 90 ? '61-90' : '91+';
}

/** Sums open claims one by one: a claim is forgotten once it is added, so the number of them does not matter. */
export class AgeingTotals {
  private readonly all = new Buckets();
  private readonly byDebtor = new Map<number, Buckets>();
  private readonly bucketIndex = new Map<LocalDate, number>();

  constructor(private readonly on: LocalDate) {}

  /** `openOre`: what is open of a claim, in øre. */
  add(debtorId: number, effectiveDue: LocalDate, openOre: Ore): void {
    let index = this.bucketIndex.get(effectiveDue);
    if (index === undefined) {
      index = BUCKETS.indexOf(bucketOf(effectiveDue, this.on));
      this.bucketIndex.set(effectiveDue, index);
    }
    let own = this.byDebtor.get(debtorId);
    if (own === undefined) this.byDebtor.set(debtorId, (own = new Buckets()));
    own.add(index, openOre);
    this.all.add(index, openOre);
  }

  /**
   * Debtors by what they owe, the most first: all of them, or the first `most` and the sum of the others. `namesOf` is
   * asked for those that are listed.
   */
  result(
    namesOf: (debtorIds: readonly number[]) => ReadonlyMap<number, string>,
    most: number | null = null,
  ): Ageing {
    const sorted = [...this.byDebtor].sort(([a, one], [b, two]) => two.totalOre - one.totalOre || a - b);
    const listed = sorted.slice(0, most ?? sorted.length);
    const names = namesOf(listed.map(([debtorId]) => debtorId));
    const debtors = listed.map(([debtorId, buckets]) => ({
      debtorId,
      debtor: names.get(debtorId) ?? '',
      buckets: buckets.list(),
      totalOre: buckets.totalOre,
    }));
    const known = { buckets: this.all.list(), totalOre: this.all.totalOre, debtors };
    const left = sorted.slice(debtors.length);
    if (left.length === 0) return known;
    const others = new Buckets();
    for (const [, buckets] of left) others.addAll(buckets);
    return { ...known, others: { count: left.length, buckets: others.list(), totalOre: others.totalOre } };
  }
}

/** Open claims by age, in all and per debtor. Every claim is in exactly one bucket, so the buckets add up. */
export function ageing(claims: Iterable<OpenClaim>, on: LocalDate): Ageing {
  const totals = new AgeingTotals(on);
  const names = new Map<number, string>();
  for (const claim of claims) {
    totals.add(claim.debtorId, claim.effectiveDue, claim.openOre);
    names.set(claim.debtorId, claim.debtor);
  }
  return totals.result(() => names);
}

/** Counts and sums in the order of the buckets. */
class Buckets {
  totalOre: Ore = 0;
  private readonly counts = [0, 0, 0, 0, 0];
  private readonly sums: Ore[] = [0, 0, 0, 0, 0];

  add(index: number, openOre: Ore, count = 1): void {
    this.counts[index] = (this.counts[index] ?? 0) + count;
    this.sums[index] = (this.sums[index] ?? 0) + openOre;
    this.totalOre += openOre;
  }

  addAll(other: Buckets): void {
    BUCKETS.forEach((_key, index) => {
      this.add(index, other.sums[index] ?? 0, other.counts[index] ?? 0);
    });
  }

  list(): Bucket[] {
    return BUCKETS.map((key, index) => ({
      key,
      count: this.counts[index] ?? 0,
      openOre: this.sums[index] ?? 0,
    }));
  }
}

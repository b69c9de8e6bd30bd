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
  private readonly byDebtor = new Map<number, { name: string; buckets: Buckets }>();

  constructor(private readonly on: LocalDate) {}

  add({ debtorId, debtor, effectiveDue, openOre }: OpenClaim): void {
    const key = bucketOf(effectiveDue, this.on);
    let own = this.byDebtor.get(debtorId);
    if (own === undefined) this.byDebtor.set(debtorId, (own = { name: debtor, buckets: new Buckets() }));
    own.buckets.add(key, openOre);
    this.all.add(key, openOre);
  }

  /** Debtors by what they owe, the most first. */
  result(): Ageing {
    const debtors = [...this.byDebtor].map(([debtorId, { name: debtor, buckets }]) => ({
      debtorId,
      debtor,
      buckets: buckets.list(),
      totalOre: buckets.totalOre,
    }));
    debtors.sort((a, b) => b.totalOre - a.totalOre || a.debtorId - b.debtorId);
    return { buckets: this.all.list(), totalOre: this.all.totalOre, debtors };
  }
}

/** Open claims by age, in all and per debtor. Every claim is in exactly one bucket, so the buckets add up. */
export function ageing(claims: Iterable<OpenClaim>, on: LocalDate): Ageing {
  const totals = new AgeingTotals(on);
  for (const claim of claims) totals.add(claim);
  return totals.result();
}

class Buckets {
  totalOre: Ore = 0;
  private readonly sums = new Map<BucketKey, { count: number; openOre: Ore }>(
    BUCKETS.map((key) => [key, { count: 0, openOre: 0 }]),
  );

  add(key: BucketKey, openOre: Ore): void {
    const bucket = this.sums.get(key);
    if (bucket === undefined) return;
    bucket.count += 1;
    bucket.openOre += openOre;
    this.totalOre += openOre;
  }

  list(): Bucket[] {
    return [...this.sums].map(([key, { count, openOre }]) => ({ key, count, openOre }));
  }
}

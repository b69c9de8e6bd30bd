import { daysBetween, type LocalDate } from '../law/dates.js';
import { sum, type Ore } from '../law/money.js';

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

/** Open claims by age, in all and per debtor. Every claim is in exactly one bucket, so the buckets add up. */
export function ageing(claims: readonly OpenClaim[], on: LocalDate): Ageing {
  const byDebtor = new Map<number, OpenClaim[]>();
  for (const claim of claims) byDebtor.set(claim.debtorId, [...(byDebtor.get(claim.debtorId) ?? []), claim]);
  const debtors = [...byDebtor.values()].map((own) => ({
    debtorId: own[0]?.debtorId ?? 0,
    debtor: own[0]?.debtor ?? '',
    buckets: bucketsOf(own, on),
    totalOre: total(own),
  }));
  debtors.sort((a, b) => b.totalOre - a.totalOre || a.debtorId - b.debtorId);
  return { buckets: bucketsOf(claims, on), totalOre: total(claims), debtors };
}

function bucketsOf(claims: readonly OpenClaim[], on: LocalDate): Bucket[] {
  return BUCKETS.map((key) => {
    const inside = claims.filter((claim) => bucketOf(claim.effectiveDue, on) === key);
    return { key, count: inside.length, openOre: total(inside) };
  });
}

function total(claims: readonly OpenClaim[]): Ore {
  return sum(claims.map((claim) => claim.openOre));
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/law/dates.js';
import { ageing, BUCKETS, bucketOf, type BucketKey, type OpenClaim } from '../../src/report/ageing.js';
import { day, kr } from '../support/law.js';

const DUE = day('2026-08-03');

function open(number: number, daysOverdue: number, openOre: number, debtorId = number): OpenClaim {
  return {
    case: number,
    invoice: String(1000 + number),
    debtorId,
    debtor: `Skyldner ${debtorId}`,
    effectiveDue: addDays(day('2026-12-01'), -daysOverdue),
    openOre,
  };
}

describe('days past the due date decide the bucket', () => {
  it.each([
    [-30, 'notDue'],
    [-1, 'notDue'],
    [0, 'notDue'],
    [1, '1-30'],
    [30, '1-30'],
    [31, '31-60'],
    [60, '31-60'],
    [61, '61-90'],
    [90, '61-90'],
    [91, '91+'],
    [3650, '91+'],
  ] as const)('%s days: %s', (days, bucket) => {
    expect(bucketOf(DUE, addDays(DUE, days))).toBe(bucket);
  });

  it('counts calendar days over a change of clocks, of month, and of year', () => {
    // Thirty days from 1 March cross the last Sunday of March.
    expect(bucketOf(day('2026-03-01'), day('2026-03-31'))).toBe('1-30');
    expect(bucketOf(day('2026-03-01'), day('2026-04-01'))).toBe('31-60');
    expect(bucketOf(day('2026-12-15'), day('2027-01-14'))).toBe('1-30');
    expect(bucketOf(day('2026-12-15'), day('2027-01-15'))).toBe('31-60');
    expect(bucketOf(day('2024-02-01'), day('2024-03-02'))).toBe('1-30');
    expect(bucketOf(day('2024-02-01'), day('2024-03-03'))).toBe('31-60');
  });
});

describe('the report on a day', () => {
  const on = day('2026-12-01');

  it('has every bucket, also the empty ones, in order of age', () => {
    expect(ageing([], on)).toEqual({
      buckets: BUCKETS.map((key) => ({ key, count: 0, openOre: 0 })),
      totalOre: 0,
      debtors: [],
    });
    expect(BUCKETS).toEqual(['notDue', '1-30', '31-60', '61-90', '91+']);
  });

  it('adds up count and amount in each', () => {
    const claims = [
      open(1, -5, kr(1, 1)),
      open(2, 0, kr(2, 2)),
      open(3, 1, kr(10)),
      open(4, 30, kr(20, 50)),
      open(5, 31, kr(100)),
      open(6, 60, kr(200)),
      open(7, 61, kr(1_000)),
      open(8, 90, kr(2_000)),
      open(9, 91, kr(10_000)),
      open(10, 400, kr(20_000, 99)),
    ];
    expect(ageing(claims, on).buckets).toEqual([
      { key: 'notDue', count: 2, openOre: kr(3, 3) },
      { key: '1-30', count: 2, openOre: kr(30, 50) },
      { key: '31-60', count: 2, openOre: kr(300) },
      { key: '61-90', count: 2, openOre: kr(3_000) },
      { key: '91+', count: 2, openOre: kr(30_000, 99) },
    ]);
    expect(ageing(claims, on).totalOre).toBe(kr(33_334, 52));
  });

  it('moves a claim on when the days go', () => {
    const claim = { ...open(1, 0, kr(10)), effectiveDue: day('2026-11-01') };
    const full = (date: string): BucketKey | undefined =>
      ageing([claim], day(date)).buckets.find((bucket) => bucket.count > 0)?.key;
    expect([full('2026-12-01'), full('2026-12-02')]).toEqual(['1-30', '31-60']);
  });

  it('lists debtors by what they owe, the most first, and then by number', () => {
    const claims = [
      open(1, 10, kr(100), 7),
      open(2, 40, kr(300), 5),
      open(3, 70, kr(200), 7),
      open(4, 95, kr(50), 3),
      open(5, 95, kr(50), 2),
    ];
    const { debtors } = ageing(claims, on);
    expect(debtors.map(({ debtorId, debtor, totalOre }) => [debtorId, debtor, totalOre])).toEqual([
      [5, 'Skyldner 5', kr(300)],
      [7, 'Skyldner 7', kr(300)],
      [2, 'Skyldner 2', kr(50)],
      [3, 'Skyldner 3', kr(50)],
    ]);
    expect(debtors[1]?.buckets).toEqual([
      { key: 'notDue', count: 0, openOre: 0 },
      { key: '1-30', count: 1, openOre: kr(100) },
      { key: '31-60', count: 0, openOre: 0 },
      { key: '61-90', count: 1, openOre: kr(200) },
      { key: '91+', count: 0, openOre: 0 },
    ]);
  });
});

it('always: the buckets add up to the total, and the debtors to the buckets', () => {
  const claims = fc.array(
    fc.record({
      days: fc.integer({ min: -200, max: 1500 }),
      openOre: fc.integer({ min: 1, max: 10_000_000 }),
      debtorId: fc.integer({ min: 1, max: 5 }),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(claims, (rows) => {
      const list = rows.map(({ days, openOre, debtorId }, index) => open(index + 1, days, openOre, debtorId));
      const { buckets, totalOre, debtors } = ageing(list, day('2026-12-01'));
      const add = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
      expect(totalOre).toBe(add(rows.map((row) => row.openOre)));
      expect(add(buckets.map((bucket) => bucket.openOre))).toBe(totalOre);
      expect(add(buckets.map((bucket) => bucket.count))).toBe(rows.length);
      expect(add(debtors.map((debtor) => debtor.totalOre))).toBe(totalOre);
      for (const [index, { openOre, count }] of buckets.entries()) {
        const same = debtors.map((debtor) => debtor.buckets[index]);
        expect(add(same.map((bucket) => bucket?.openOre ?? 0))).toBe(openOre);
        expect(add(same.map((bucket) => bucket?.count ?? 0))).toBe(count);
      }
    }),
    { numRuns: 200 },
  );
});

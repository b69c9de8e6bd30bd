import { describe, expect, it } from 'vitest';
import { ratio } from '../../src/law/money.js';
import { monthsIn, periodBefore, yearUntil } from '../../src/report/period.js';
import { day } from '../support/law.js';

describe('the period before', () => {
  it.each([
    ['2026-09-01', '2026-09-30', '2026-08-01', '2026-08-31'],
    ['2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['2026-01-01', '2026-12-31', '2025-01-01', '2025-12-31'],
    ['2026-07-01', '2026-12-31', '2026-01-01', '2026-06-30'],
    ['2024-01-01', '2024-02-29', '2023-11-01', '2023-12-31'],
    ['2025-11-21', '2026-11-20', '2024-11-21', '2025-11-20'],
    ['2026-09-10', '2026-09-16', '2026-09-03', '2026-09-09'],
    ['2026-09-10', '2026-09-10', '2026-09-09', '2026-09-09'],
  ])('of %s to %s is %s to %s', (from, to, before, until) => {
    expect(periodBefore({ from: day(from), to: day(to) })).toEqual({ from: before, to: until });
  });

  it('is not asked for: twelve months until the day', () => {
    expect(yearUntil(day('2026-11-20'))).toEqual({ from: '2025-11-21', to: '2026-11-20' });
    expect(yearUntil(day('2026-12-31'))).toEqual({ from: '2026-01-01', to: '2026-12-31' });
    expect(yearUntil(day('2024-02-29'))).toEqual({ from: '2023-03-01', to: '2024-02-29' });
  });

  it('has every month it touches', () => {
    expect(monthsIn({ from: day('2025-11-30'), to: day('2026-02-01') })).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
    ]);
  });
});

describe('a figure to compare', () => {
  it.each([
    [1n, 3n, 1, 0.3],
    [25n, 100n, 1, 0.3],
    [-25n, 100n, 1, -0.3],
    [-1n, 1000n, 1, 0],
    [0n, 5n, 2, 0],
    [10n ** 30n + 1n, 10n ** 30n, 2, 1],
    [1n, 0n, 1, null],
  ])('%s ÷ %s with %s decimals is %s', (numerator, denominator, decimals, expected) => {
    expect(ratio(numerator, denominator, decimals)).toBe(expected);
  });
});

import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interestAmount, interestLines } from '../../src/law/interest.js';
import { addDays, daysBetween, localDate } from '../../src/law/dates.js';
import { loadRates } from '../../src/law/rates.js';
import { hundredths } from '../../src/law/money.js';

const rate = fc.integer({ min: 0, max: 3000 }).map((n) => (n / 100).toFixed(n % 3));

/** The same sum the slow way: every factor a decimal, divided and rounded once. */
function slowly(base: number, percent: string, days: number, yearDays: number): number {
  return new Decimal(base)
    .mul(percent)
    .mul(days)
    .div(new Decimal(100).mul(yearDays))
    .toDecimalPlaces(0, Decimal.ROUND_HALF_UP)
    .toNumber();
}

describe('interest in whole numbers', () => {
  it('is to the øre what decimal arithmetic gives', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_000_000 }),
        rate,
        fc.integer({ min: 1, max: 366 }),
        fc.constantFrom(365, 366),
        (base, percent, days, yearDays) => {
          expect(interestAmount(base, percent, days, yearDays)).toBe(slowly(base, percent, days, yearDays));
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('is so over all half-years, line by line', () => {
    const rates = loadRates();
    const first = localDate('1994-01-02');
    const days = daysBetween(first, localDate('2026-12-31'));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.integer({ min: 0, max: days }),
        (baseOre, after) => {
          const until = localDate('2026-12-31');
          const lines = interestLines(
            [{ after: addDays(first, after), baseOre }],
            until,
            'dayAfterDue',
            rates,
          );
          for (const { amountOre, rate: percent, days: count, yearDays } of lines)
            expect(amountOre).toBe(slowly(baseOre, percent, count, yearDays));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads a rate as whole hundredths exactly as the decimal library does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 2 }), (whole, places) => {
        const text = new Decimal(whole).div(10 ** places).toFixed(places);
        expect(hundredths(text)).toBe(new Decimal(text).mul(100).toNumber());
      }),
    );
  });
});

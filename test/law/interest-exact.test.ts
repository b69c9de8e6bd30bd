import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  interestAmount,
  interestLines,
  interestOre,
  type Balance,
  type InterestCount,
  type InterestLine,
} from '../../src/law/interest.js';
import {
  addDays,
  daysBetween,
  daysInYear,
  earliest,
  firstOfYear,
  latest,
  localDate,
  yearOf,
  type LocalDate,
} from '../../src/law/dates.js';
import { loadRates, rateOn, RateUnknown, type KnownRow, type Rates } from '../../src/law/rates.js';
import { hundredths, roundHalfUp, scaled } from '../../src/law/money.js';

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

/** Interest worked out day by day from the table, with no calendar made beforehand. */
function linesByTheDay(
  balances: readonly Balance[],
  until: LocalDate,
  count: InterestCount,
  rates: Rates,
): InterestLine[] {
  const shift = count === 'dayAfterDue' ? 1 : 0;
  return balances.flatMap(({ after, baseOre }, index) => {
    const end = earliest(balances[index + 1]?.after ?? until, until);
    if (baseOre <= 0 || end <= after) return [];
    const [from, to] = [addDays(after, shift), addDays(end, shift - 1)];
    return spells(rates, from, to).flatMap(({ row, from: first, to: last }) => {
      const years = Array.from(
        { length: yearOf(last) - yearOf(first) + 1 },
        (_one, at) => yearOf(first) + at,
      );
      return years.map((year): InterestLine => {
        const begins = latest(first, firstOfYear(year));
        const ends = earliest(last, addDays(firstOfYear(year + 1), -1));
        const days = daysBetween(begins, ends) + 1;
        return {
          from: begins,
          to: ends,
          days,
          yearDays: daysInYear(year),
          rate: row.value,
          rateFrom: row.from,
          baseOre,
          amountOre: slowly(baseOre, row.value, days, daysInYear(year)),
        };
      });
    });
  });
}

function spells(
  rates: Rates,
  from: LocalDate,
  to: LocalDate,
): { from: LocalDate; to: LocalDate; row: KnownRow }[] {
  const found: { from: LocalDate; to: LocalDate; row: KnownRow }[] = [];
  for (let day = from; day <= to;) {
    const row = rateOn(rates, 'forsinkelsesrente', day);
    const end = earliest(row.through, to);
    const before = found.at(-1);
    if (before?.row.value === row.value) before.to = end;
    else found.push({ from: day, to: end, row });
    day = addDays(end, 1);
  }
  return found;
}

/** What comes of it: the lines, or the day no rate is known for. */
function outcome<T>(work: () => T): T | string {
  try {
    return work();
  } catch (fault) {
    if (fault instanceof RateUnknown) return `no rate on ${fault.date}`;
    throw fault;
  }
}

describe('the sum without lines', () => {
  const addedRate = fc.record({
    year: fc.integer({ min: 2027, max: 2031 }),
    half: fc.constantFrom('01-01', '07-01', '03-15'),
    value: fc.constantFrom('12.25', '12.5', '8'),
  });
  const tables = fc.array(addedRate, { maxLength: 6 }).map((added) =>
    loadRates(
      added.map(({ year, half, value }) => ({
        table: 'forsinkelsesrente',
        from: localDate(`${year}-${half}`),
        value,
        source: 'en prøve',
      })),
    ),
  );
  const start = localDate('1993-06-01');
  const date = fc.integer({ min: 0, max: daysBetween(start, localDate('2031-12-31')) });
  const amount = fc.oneof(
    fc.integer({ min: -100, max: 1_000_000 }),
    fc.integer({ min: 0, max: 100_000_000_000 }),
    // Exact halves of an øre: a whole number of days' interest times half a divisor.
    fc.integer({ min: 1, max: 5000 }).map((n) => n * 1825),
  );

  it('is the lines added up, and the lines are those of the table read day by day, also where a rate is missing', () => {
    fc.assert(
      fc.property(
        tables,
        fc.array(fc.tuple(date, amount), { minLength: 1, maxLength: 5 }),
        date,
        fc.constantFrom<InterestCount>('dayAfterDue', 'dueDay'),
        (rates, owed, last, count) => {
          const balances = owed
            .toSorted(([a], [b]) => a - b)
            .map(([after, baseOre]) => ({ after: addDays(start, after), baseOre }));
          const until = addDays(start, last);
          const expected = outcome(() => linesByTheDay(balances, until, count, rates));
          expect(outcome(() => interestLines(balances, until, count, rates))).toEqual(expected);
          const sum =
            typeof expected === 'string'
              ? expected
              : expected.reduce((total, line) => total + line.amountOre, 0);
          expect(outcome(() => interestOre(balances, until, count, rates))).toBe(sum);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('rounds an exact half øre up, whatever the size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50_000_000_000 }), fc.constantFrom(365, 366), (n, yearDays) => {
        // n and a half øre: an odd multiple of half the divisor.
        const divisor = 10_000 * yearDays;
        const odd = 2 * n + 1;
        expect(scaled(odd, divisor / 2, divisor)).toBe(n + 1);
        expect(scaled(2, odd * 5000 - 1, 20_000)).toBe(n);
      }),
    );
  });

  it('is exact at the ties next to the largest number that is divided as a double', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_660_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: -2, max: 2 }),
        (divisor, below, off) => {
          const near = (Math.floor(2 ** 52 / divisor) - below) * divisor + Math.floor(divisor / 2) + off;
          const expected = Number((2n * BigInt(near) + BigInt(divisor)) / (2n * BigInt(divisor)));
          expect(scaled(near, 1, divisor)).toBe(expected);
          expect(roundHalfUp(near, divisor)).toBe(expected);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('is exact past the largest whole number a double holds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_000_000 }),
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.integer({ min: 1, max: 366 }),
        fc.constantFrom(365, 366),
        (base, rate, days, yearDays) => {
          const [product, divisor] = [BigInt(base) * BigInt(rate * days), BigInt(10_000 * yearDays)];
          expect(scaled(base, rate * days, 10_000 * yearDays)).toBe(
            Number((2n * product + divisor) / (2n * divisor)),
          );
        },
      ),
      { numRuns: 3000 },
    );
  });
});

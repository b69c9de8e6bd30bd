import {
  addDays,
  daysBetween,
  daysInYear,
  earliest,
  firstOfYear,
  latest,
  yearOf,
  type LocalDate,
} from './dates.js';
import { hundredths, proportion, type Ore } from './money.js';
import { rateSegments, type Rates, type RateSegment } from './rates.js';

/**
 * Which day carries the rate when it changes (I9). `dayAfterDue`: the day after the due date … the payment day.
 * `dueDay`: the due day … the day before the payment day. The number of days is the same.
 */
export type InterestCount = 'dayAfterDue' | 'dueDay';

/** What was owed after a date: the due date for the whole claim, then every date on which the principal changed. */
export interface Balance {
  readonly after: LocalDate;
  readonly baseOre: Ore;
}

/** One shown line of interest: days × rate × base ÷ the days of that year, rounded half up to whole øre (I4, I5). */
export interface InterestLine {
  /** First and last day that carry interest. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly days: number;
  /** 365, or 366 in a leap year. */
  readonly yearDays: number;
  /** Percent per year, e.g. `12.25`. */
  readonly rate: string;
  /** Where in the rate table the rate was found: the row's first day. */
  readonly rateFrom: LocalDate;
  readonly baseOre: Ore;
  readonly amountOre: Ore;
}

/** The amount of one line (I2, I4): simple interest on the unpaid claim. */
export function interestAmount(baseOre: Ore, rate: string, days: number, yearDays: number): Ore {
  return proportion(baseOre, [hundredths(rate), days], 100 * 100 * yearDays);
}

/**
 * Interest through a date (forsinkelsesrenteloven §§ 2 and 3), split at every rate change, at 1 January and at every
 * change of the balance. Balances come in date order, the first from the due date. @throws RateUnknown (I7).
 */
export function interestLines(
  balances: readonly Balance[],
  until: LocalDate,
  count: InterestCount,
  rates: Rates,
): InterestLine[] {
  const shift = count === 'dayAfterDue' ? 1 : 0;
  return balances.flatMap((balance, index) => {
    const end = earliest(balances[index + 1]?.after ?? until, until);
    if (balance.baseOre <= 0 || end <= balance.after) return [];
    const from = addDays(balance.after, shift);
    return linesForBalance(balance.baseOre, from, addDays(end, shift - 1), rates);
  });
}

function linesForBalance(baseOre: Ore, from: LocalDate, to: LocalDate, rates: Rates): InterestLine[] {
  const segments = mergeEqualRates(rateSegments(rates, 'forsinkelsesrente', from, to));
  return segments.flatMap((segment) =>
    splitAtNewYear(segment.from, segment.to).map(([first, last]) => {
      const days = daysBetween(first, last) + 1;
      const yearDays = daysInYear(yearOf(first));
      const rate = segment.row.value;
      const amountOre = interestAmount(baseOre, rate, days, yearDays);
      const rateFrom = segment.row.from;
      return { from: first, to: last, days, yearDays, rate, rateFrom, baseOre, amountOre };
    }),
  );
}

/** A half-year whose rate is the one before is no change of rate, and starts no new line (I5). */
function mergeEqualRates(segments: readonly RateSegment[]): RateSegment[] {
  const merged: RateSegment[] = [];
  for (const segment of segments) {
    const before = merged.at(-1);
    if (before?.row.value === segment.row.value) merged[merged.length - 1] = { ...before, to: segment.to };
    else merged.push(segment);
  }
  return merged;
}

function splitAtNewYear(from: LocalDate, to: LocalDate): [LocalDate, LocalDate][] {
  const parts: [LocalDate, LocalDate][] = [];
  for (let year = yearOf(from); year <= yearOf(to); year += 1) {
    parts.push([latest(from, firstOfYear(year)), earliest(to, addDays(firstOfYear(year + 1), -1))]);
  }
  return parts;
}

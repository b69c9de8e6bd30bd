import { dayNumber, isLeap, isoOf } from './calendar.js';
import type { OracleRates } from './rates.js';

// A slow second opinion on the interest, one day at a time, written from the rules and from nothing else:
// I2 simple interest on the unpaid claim; I3 from the day after the due date through the payment day; I4 1/365 of the
// yearly rate a day, 1/366 in a leap year; I5 one line for each rate, calendar year and base, rounded half up, and the
// total is the sum of the lines; I9 the other count, from the due day through the day before the payment day.

export type OracleCount = 'dayAfterDue' | 'dueDay';

/** The principal falls by an amount on a date. */
export interface Reduction {
  readonly on: string;
  readonly ore: number;
}

export interface OracleInterest {
  readonly claimOre: number;
  /** The day after which interest runs: the due date, or the day before an agreed first day (I3, I8). */
  readonly after: string;
  readonly reductions: readonly Reduction[];
  /** The payment day, or the day the figure is asked for. */
  readonly until: string;
  readonly count: OracleCount;
}

export interface OracleLine {
  from: string;
  to: string;
  days: number;
  readonly yearDays: number;
  readonly rate: string;
  readonly baseOre: number;
  readonly amountOre: number;
}

interface Group {
  readonly first: number;
  last: number;
  days: number;
  readonly year: number;
  readonly rate: string;
  readonly base: number;
}

/** @throws OracleUnknown for a day without a published rate (I7). */
export function oracleInterest(facts: OracleInterest, rates: OracleRates): OracleLine[] {
  const shift = facts.count === 'dayAfterDue' ? 1 : 0;
  const first = dayNumber(facts.after) + shift;
  const last = dayNumber(facts.until) - 1 + shift;
  const reductions = facts.reductions.map(({ on, ore }) => ({ on: dayNumber(on), ore }));
  const groups = new Map<string, Group>();
  let current: Group | undefined;
  for (let number = first; number <= last; number += 1) {
    // The payment day itself belongs to the old base or, counted the other way, to the new.
    let base = facts.claimOre;
    for (const { on, ore } of reductions) if (on <= number - shift) base -= ore;
    if (base <= 0) continue;
    const { rate, year } = interestDay(rates, number);
    if (current === undefined || current.rate !== rate || current.year !== year || current.base !== base) {
      const key = `${rate}|${year}|${base}`;
      current = groups.get(key) ?? { first: number, last: number, days: 0, year, rate, base };
      groups.set(key, current);
    }
    current.last = number;
    current.days += 1;
  }
  return [...groups.values()].map(lineOf);
}

const DAYS = new WeakMap<OracleRates, Map<number, { readonly rate: string; readonly year: number }>>();

function interestDay(rates: OracleRates, number: number): { readonly rate: string; readonly year: number } {
  let days = DAYS.get(rates);
  if (days === undefined) DAYS.set(rates, (days = new Map()));
  let found = days.get(number);
  if (found === undefined) {
    const iso = isoOf(number);
    found = { rate: rates.on('forsinkelsesrente', iso), year: Number(iso.slice(0, 4)) };
    days.set(number, found);
  }
  return found;
}

function lineOf(group: Group): OracleLine {
  const { first, last, days, year, rate, base } = group;
  const yearDays = isLeap(year) ? 366 : 365;
  const [whole = '', fraction = ''] = rate.split('.');
  const hundredths = BigInt(whole + fraction.padEnd(2, '0'));
  // base øre × rate/100 % × days ÷ days of the year, as one fraction.
  const numerator = BigInt(base) * hundredths * BigInt(days);
  const denominator = 10_000n * BigInt(yearDays);
  const amountOre = Number((2n * numerator + denominator) / (2n * denominator));
  return { from: isoOf(first), to: isoOf(last), days, yearDays, rate, baseOre: base, amountOre };
}

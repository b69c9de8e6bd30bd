import { dateOfDay, dayNumber, earliest, type LocalDate } from './dates.js';
import { foundFrom, piecesBetween, type Piece, type Pieces } from './interest-calendar.js';
import { hundredths, scaled, type Ore } from './money.js';
import type { Rates } from './rates.js';

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
  return scaled(baseOre, hundredths(rate) * days, 100 * 100 * yearDays);
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
  return runsOf(balances, until, count, rates).flatMap(({ pieces, at, end, start, stop, baseOre }) =>
    pieces.slice(at, end + 1).map((piece) => ({
      from: dateOfDay(Math.max(piece.first, start)),
      to: dateOfDay(Math.min(piece.last, stop)),
      days: daysOf(piece, start, stop),
      yearDays: piece.yearDays,
      rate: piece.spell.rate,
      rateFrom: foundFrom(piece.spell, start),
      baseOre,
      amountOre: amountOf(piece, start, stop, baseOre),
    })),
  );
}

/** The sum of the lines, in øre, without writing them. @throws RateUnknown (I7). */
export function interestOre(
  balances: readonly Balance[],
  until: LocalDate,
  count: InterestCount,
  rates: Rates,
): Ore {
  let total = 0;
  for (const { pieces, at, end, start, stop, baseOre } of runsOf(balances, until, count, rates)) {
    for (let index = at; index <= end; index += 1) {
      total += amountOf(pieces[index] as Piece, start, stop, baseOre);
    }
  }
  return total;
}

function daysOf({ first, last }: Piece, start: number, stop: number): number {
  return (last < stop ? last : stop) - (first > start ? first : start) + 1;
}

function amountOf(piece: Piece, start: number, stop: number, baseOre: Ore): Ore {
  return scaled(baseOre, piece.hundredths * daysOf(piece, start, stop), 100 * 100 * piece.yearDays);
}

/** The days on which one balance carries interest, first and last, and where in the table they are. */
interface Run extends Pieces {
  readonly start: number;
  readonly stop: number;
  readonly baseOre: Ore;
}

function runsOf(balances: readonly Balance[], until: LocalDate, count: InterestCount, rates: Rates): Run[] {
  const shift = count === 'dayAfterDue' ? 1 : 0;
  const runs: Run[] = [];
  balances.forEach(({ after, baseOre }, index) => {
    const ends = earliest(balances[index + 1]?.after ?? until, until);
    if (baseOre <= 0 || ends <= after) return;
    const start = dayNumber(after) + shift;
    const stop = dayNumber(ends) + shift - 1;
    const { pieces, at, end } = piecesBetween(rates.forsinkelsesrente, start, stop);
    runs.push({ pieces, at, end, start, stop, baseOre });
  });
  return runs;
}

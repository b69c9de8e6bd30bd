import { dateOfDay, dayNumber, earliest, type LocalDate } from './dates.js';
import { foundFrom, noRateOn, piecesOf, pieceWith, type Piece } from './interest-calendar.js';
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
  const lines: InterestLine[] = [];
  eachLine(balances, until, count, rates, (piece, first, last, baseOre, start) => {
    const { spell, yearDays } = piece;
    lines.push({
      from: dateOfDay(first),
      to: dateOfDay(last),
      days: last - first + 1,
      yearDays,
      rate: spell.rate,
      rateFrom: foundFrom(spell, start),
      baseOre,
      amountOre: amountOf(piece, first, last, baseOre),
    });
  });
  return lines;
}

/** The sum of the lines, in øre, without writing them. @throws RateUnknown (I7). */
export function interestOre(
  balances: readonly Balance[],
  until: LocalDate,
  count: InterestCount,
  rates: Rates,
): Ore {
  let total = 0;
  eachLine(balances, until, count, rates, (piece, first, last, baseOre) => {
    total += amountOf(piece, first, last, baseOre);
  });
  return total;
}

function amountOf({ hundredths: rate, yearDays }: Piece, first: number, last: number, baseOre: Ore): Ore {
  return scaled(baseOre, rate * (last - first + 1), 100 * 100 * yearDays);
}

/** Names every line: where in the table it is, its first and last day, what it runs on, and where that balance began. */
function eachLine(
  balances: readonly Balance[],
  until: LocalDate,
  count: InterestCount,
  rates: Rates,
  tell: (piece: Piece, first: number, last: number, baseOre: Ore, start: number) => void,
): void {
  const pieces = piecesOf(rates.forsinkelsesrente);
  const shift = count === 'dayAfterDue' ? 1 : 0;
  for (let index = 0; index < balances.length; index += 1) {
    const { after, baseOre } = balances[index] as Balance;
    const end = earliest(balances[index + 1]?.after ?? until, until);
    if (baseOre <= 0 || end <= after) continue;
    const start = dayNumber(after) + shift;
    const stop = dayNumber(end) + shift - 1;
    let at = pieceWith(pieces, start);
    for (let first = start; first <= stop; at += 1) {
      const piece = pieces[at];
      // I7: nothing is carried over days that nobody has looked up.
      if (piece === undefined || (first !== start && piece.first !== first)) throw noRateOn(first);
      const last = piece.last < stop ? piece.last : stop;
      tell(piece, first, last, baseOre, start);
      first = last + 1;
    }
  }
}

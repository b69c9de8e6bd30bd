import { dateOfDay, dayNumber, daysInYear, firstOfYear, yearOf, type LocalDate } from './dates.js';
import { hundredths } from './money.js';
import { RateUnknown, type KnownRow, type RateTable } from './rates.js';

/** Days in one year with one rate. Days are counted as `dayNumber` does. */
export interface Piece {
  readonly first: number;
  readonly last: number;
  /** 365, or 366 in a leap year. */
  readonly yearDays: number;
  /** Hundredths of a percent per year: 1225 is 12.25 %. */
  readonly hundredths: number;
  readonly spell: Spell;
}

/** Days on end with the same rate: a half-year whose rate is the one before is no change of rate (I5). */
export interface Spell {
  readonly first: number;
  readonly last: number;
  readonly rate: string;
  readonly rows: readonly KnownRow[];
}

const calendars = new WeakMap<RateTable, readonly Piece[]>();

/** The table cut at every change of rate and at every 1 January, in order of days. Worked out once for each table. */
export function piecesOf(table: RateTable): readonly Piece[] {
  let pieces = calendars.get(table);
  if (pieces === undefined) calendars.set(table, (pieces = spellsOf(table).flatMap(cutAtNewYear)));
  return pieces;
}

function spellsOf({ rows }: RateTable): Spell[] {
  const spells: Spell[] = [];
  rows.forEach((row, index) => {
    const next = rows[index + 1];
    const [first, through] = [dayNumber(row.from), dayNumber(row.through)];
    const last = next === undefined ? through : Math.min(through, dayNumber(next.from) - 1);
    if (row.value === null || last < first) return;
    const known = row as KnownRow;
    const before = spells.at(-1);
    if (before?.rate === known.value && before.last === first - 1)
      spells[spells.length - 1] = { ...before, last, rows: [...before.rows, known] };
    else spells.push({ first, last, rate: known.value, rows: [known] });
  });
  return spells;
}

function cutAtNewYear(spell: Spell): Piece[] {
  const pieces: Piece[] = [];
  for (let first = spell.first; first <= spell.last;) {
    const year = yearOf(dateOfDay(first));
    const last = Math.min(spell.last, dayNumber(firstOfYear(year + 1)) - 1);
    pieces.push({ first, last, yearDays: daysInYear(year), hundredths: hundredths(spell.rate), spell });
    first = last + 1;
  }
  return pieces;
}

/** The place of the piece that a day is in. @throws RateUnknown where no rate is known for the day. */
export function pieceWith(pieces: readonly Piece[], day: number): number {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.first ?? 0) <= day) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  if (piece === undefined || day < piece.first || day > piece.last) throw noRateOn(day);
  return low;
}

/** The fault of a day that no rate is known for (I7). */
export function noRateOn(day: number): RateUnknown {
  return new RateUnknown('forsinkelsesrente', dateOfDay(day));
}

/** The first day of the row a spell's rate was found in, counted from a day on. */
export function foundFrom({ rows, first }: Spell, day: number): LocalDate {
  const from = dateOfDay(Math.max(first, day));
  return rows.findLast((row) => row.from <= from)?.from ?? dateOfDay(first);
}

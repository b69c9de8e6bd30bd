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
  /** The first of the days on end, up to this piece, for which a rate is known. */
  readonly knownSince: number;
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
  if (pieces === undefined) {
    let [knownSince, next] = [NaN, NaN];
    pieces = spellsOf(table).flatMap((spell) => {
      if (spell.first !== next) knownSince = spell.first;
      next = spell.last + 1;
      return cutAtNewYear(spell, knownSince);
    });
    calendars.set(table, pieces);
  }
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

function cutAtNewYear(spell: Spell, knownSince: number): Piece[] {
  const pieces: Piece[] = [];
  for (let first = spell.first; first <= spell.last;) {
    const year = yearOf(dateOfDay(first));
    const last = Math.min(spell.last, dayNumber(firstOfYear(year + 1)) - 1);
    const yearDays = daysInYear(year);
    pieces.push({ first, last, yearDays, hundredths: hundredths(spell.rate), spell, knownSince });
    first = last + 1;
  }
  return pieces;
}

/** Part of the table: from the place `at` to the place `end`. */
export interface Pieces {
  readonly pieces: readonly Piece[];
  readonly at: number;
  readonly end: number;
}

/** The pieces that the days from `start` to `stop` are in. @throws RateUnknown for the first day without a rate (I7). */
export function piecesBetween(table: RateTable, start: number, stop: number): Pieces {
  const pieces = piecesOf(table);
  const at = placeOf(pieces, start);
  const end = placeOf(pieces, stop);
  const last = pieces[end];
  // Nothing is carried over days that nobody has looked up.
  if (last === undefined || last.last < stop || last.knownSince > start) {
    throw new RateUnknown('forsinkelsesrente', dateOfDay(firstUnknown(pieces, at, start)));
  }
  return { pieces, at, end };
}

/** The place of the last piece that has begun on a day; the first where none has. */
function placeOf(pieces: readonly Piece[], day: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle] as Piece).first <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

function firstUnknown(pieces: readonly Piece[], at: number, start: number): number {
  let day = start;
  for (let place = at; pieces[place] !== undefined; place += 1) {
    const { first, last } = pieces[place] as Piece;
    if (day < first || day > last) return day;
    day = last + 1;
  }
  return day;
}

/** The first day of the row a spell's rate was found in, counted from a day on. */
export function foundFrom({ rows, first }: Spell, day: number): LocalDate {
  const from = dateOfDay(Math.max(first, day));
  return rows.findLast((row) => row.from <= from)?.from ?? dateOfDay(first);
}

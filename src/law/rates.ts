import {
  addDays,
  addMonths,
  earliest,
  formatDate,
  latest,
  localDate,
  yearOf,
  type LocalDate,
} from './dates.js';
import forsinkelsesrente from './rates/forsinkelsesrente.json' with { type: 'json' };
import inkassosats from './rates/inkassosats.json' with { type: 'json' };
import regime from './rates/regime.json' with { type: 'json' };
import rettsgebyr from './rates/rettsgebyr.json' with { type: 'json' };
import standardkompensasjon from './rates/standardkompensasjon.json' with { type: 'json' };

export const TABLE_NAMES = [
  'forsinkelsesrente',
  'inkassosats',
  'standardkompensasjon',
  'rettsgebyr',
  'regime',
] as const;
export type TableName = (typeof TABLE_NAMES)[number];

/**
 * How long a new figure is known to hold. Only a later row, or a review of the table, extends it: nothing is carried
 * forward into a period that nobody has looked up (I7).
 */
const PERIOD_MONTHS: Record<TableName, number> = {
  forsinkelsesrente: 6,
  standardkompensasjon: 6,
  inkassosats: 12,
  rettsgebyr: 12,
  // A decision on which Act governs holds until the next decision.
  regime: 12 * 200,
};

/** One dated figure with where it was read. `value` is null where no figure is known. */
export interface RateRow {
  readonly table: TableName;
  readonly from: LocalDate;
  /** Last day the figure is known to hold. */
  readonly through: LocalDate;
  readonly value: string | null;
  readonly sources: readonly string[];
  readonly origin: 'shipped' | 'added';
  readonly note: string | null;
}

/** A rate's first source as a reader looks it up: the regulation it was published in, or the words it was entered with. */
export function citedSource({ sources, origin }: Pick<RateRow, 'sources' | 'origin'>): string | null {
  const [first = null] = sources;
  if (first === null || origin === 'added') return first;
  return /FOR-\d{4}-\d{2}-\d{2}-\d+|^https?:\S+/.exec(first)?.[0] ?? first.replace(/ \(.*\)$/, '');
}

export interface RateTable {
  readonly name: TableName;
  readonly law: string;
  readonly unit: string;
  /** The day up to which somebody has checked that no newer figure exists (G3). */
  readonly reviewedThrough: LocalDate;
  readonly rows: readonly RateRow[];
}

export type Rates = Readonly<Record<TableName, RateTable>>;

/** A figure the user has looked up and entered, with where it was read. */
export interface AddedRate {
  readonly table: TableName;
  readonly from: LocalDate;
  readonly value: string;
  readonly source: string;
}

/** No published figure is known for a day that needs one. Never guessed: the message says how to add it. */
export class RateUnknown extends Error {
  readonly rule: 'I7' | 'G2' | 'G3';
  readonly hint: string;
  constructor(
    readonly table: TableName,
    readonly date: LocalDate,
  ) {
    super(unknownMessage(table, date));
    this.name = 'RateUnknown';
    this.rule = table === 'forsinkelsesrente' ? 'I7' : table === 'regime' ? 'G2' : 'G3';
    this.hint = unknownHint(table, date);
  }
}

/** A shipped table that contradicts itself: a fault in the program's own data. */
export class RateTableError extends Error {}

interface ShippedTable {
  readonly name: string;
  readonly law: string;
  readonly unit: string;
  readonly reviewedThrough: string;
  readonly values: readonly {
    readonly from: string;
    readonly value: string | null;
    readonly sources: readonly string[];
    readonly note?: string;
  }[];
}

const SHIPPED: Record<TableName, ShippedTable> = {
  forsinkelsesrente,
  inkassosats,
  standardkompensasjon,
  rettsgebyr,
  regime,
};

/** A figure as it must be written: digits with at most two decimals, or the year of an Act. */
export function isRateValue(table: TableName, value: string): boolean {
  if (table === 'regime') return value === '1988' || value === '2026';
  return /^\d{1,5}(\.\d{1,2})?$/.test(value) && Number(value) > 0;
}

/** Checks a table as it is loaded: known dates in order, figures well formed, a source behind every figure. @throws RateTableError */
export function checkTable(name: TableName, table: ShippedTable): void {
  const fault = (what: string): never => {
    throw new RateTableError(`rate table ${name}: ${what}`);
  };
  if (table.name !== name) fault(`is named ${table.name}`);
  localDate(table.reviewedThrough);
  table.values.forEach((row, index) => {
    const before = table.values[index - 1];
    localDate(row.from);
    if (before !== undefined && before.from >= row.from)
      fault(`${row.from} does not come after ${before.from}`);
    if (row.value === null) return;
    if (!isRateValue(name, row.value)) fault(`${row.from} has the value ${row.value}`);
    if (row.sources.length === 0) fault(`${row.from} has no source`);
  });
}

function lastDayOfPeriod(table: TableName, from: LocalDate): LocalDate {
  const months = PERIOD_MONTHS[table];
  const year = yearOf(from);
  if (months > 12) return localDate('2199-12-31');
  let end = localDate(`${year}-01-01`);
  while (end <= from) end = addMonths(end, months);
  return addDays(end, -1);
}

type BareRow = Omit<RateRow, 'through'>;

/** Gives every row its last day: the day before the next row, but no further than anybody has looked. */
function withLastDays(table: TableName, reviewedThrough: LocalDate, rows: readonly BareRow[]): RateRow[] {
  return rows.map((row, index) => {
    const next = rows[index + 1];
    const dayBefore = next === undefined ? null : addDays(next.from, -1);
    if (dayBefore !== null && row.origin === 'shipped' && next?.origin === 'shipped')
      return { ...row, through: dayBefore };
    const looked = latest(
      lastDayOfPeriod(table, row.from),
      row.origin === 'shipped' ? reviewedThrough : row.from,
    );
    return { ...row, through: dayBefore === null ? looked : earliest(dayBefore, looked) };
  });
}

function buildTable(name: TableName, added: readonly AddedRate[]): RateTable {
  const shipped = SHIPPED[name];
  checkTable(name, shipped);
  const reviewedThrough = localDate(shipped.reviewedThrough);
  const known: readonly BareRow[] = shipped.values.map((row) => ({
    table: name,
    from: row.from as LocalDate,
    value: row.value,
    sources: row.sources,
    origin: 'shipped',
    note: row.note ?? null,
  }));
  const bare = [...known];
  // What the user adds counts only where the shipped table is silent, so that a later version of the program that
  // knows the published figure is never overruled by something typed.
  for (const rate of added) {
    if (rate.table !== name || shippedValueOn(known, reviewedThrough, rate.from) !== null) continue;
    const same = bare.findIndex((row) => row.from === rate.from);
    const row: BareRow = {
      table: name,
      from: rate.from,
      value: rate.value,
      sources: [rate.source],
      origin: 'added',
      note: null,
    };
    if (same >= 0) bare[same] = row;
    else bare.push(row);
  }
  bare.sort((a, b) => (a.from < b.from ? -1 : 1));
  const rows = withLastDays(name, reviewedThrough, bare);
  return { name, law: shipped.law, unit: shipped.unit, reviewedThrough, rows };
}

function shippedValueOn(
  rows: readonly BareRow[],
  reviewedThrough: LocalDate,
  date: LocalDate,
): string | null {
  const row = rows.filter((r) => r.from <= date).at(-1);
  return row === undefined || date > reviewedThrough ? null : row.value;
}

/** The shipped tables, with what the user has added where they are silent. */
export function loadRates(added: readonly AddedRate[] = []): Rates {
  return {
    forsinkelsesrente: buildTable('forsinkelsesrente', added),
    inkassosats: buildTable('inkassosats', added),
    standardkompensasjon: buildTable('standardkompensasjon', added),
    rettsgebyr: buildTable('rettsgebyr', added),
    regime: buildTable('regime', added),
  };
}

/** A row that certainly has a figure. */
export type KnownRow = RateRow & { readonly value: string };

/** The row that holds on a date, or null where none is known. */
export function findRow(rates: Rates, table: TableName, date: LocalDate): KnownRow | null {
  const rows = rates[table].rows;
  for (let i = rows.length - 1; i >= 0; i -= 1) {
    const row = rows[i];
    if (row !== undefined && row.from <= date) {
      return row.value !== null && date <= row.through ? (row as KnownRow) : null;
    }
  }
  return null;
}

/** The row that holds on a date. @throws RateUnknown where none is known. */
export function rateOn(rates: Rates, table: TableName, date: LocalDate): KnownRow {
  const row = findRow(rates, table, date);
  if (row === null) throw new RateUnknown(table, date);
  return row;
}

/** Whether a day is past the review of a table that letters rest on (G3). */
export function isStale(rates: Rates, on: LocalDate): boolean {
  return [rates.forsinkelsesrente, rates.inkassosats, rates.regime].some(
    (table) => on > table.reviewedThrough,
  );
}

/** How the period that holds a date is spoken of: "1. halvår 2027" or "2027". */
export function periodName(table: TableName, date: LocalDate): string {
  const year = yearOf(date);
  return PERIOD_MONTHS[table] === 6 ? `${date.slice(5, 7) <= '06' ? 1 : 2}. halvår ${year}` : String(year);
}

function periodStart(table: TableName, date: LocalDate): string {
  return PERIOD_MONTHS[table] === 6 && date.slice(5, 7) > '06'
    ? `${yearOf(date)}-07-01`
    : `${yearOf(date)}-01-01`;
}

const TABLE_WORDS: Record<TableName, string> = {
  forsinkelsesrente: 'forsinkelsesrenten',
  inkassosats: 'inkassosatsen',
  standardkompensasjon: 'standardkompensasjonen',
  rettsgebyr: 'rettsgebyret',
  regime: 'hvilken inkassolov som gjelder',
};

function unknownMessage(table: TableName, date: LocalDate): string {
  if (table === 'regime') {
    return `Det er ikke registrert hvilken inkassolov som gjelder for brev sendt ${formatDate(date)}.`;
  }
  return `Programmet kjenner ikke ${TABLE_WORDS[table]} for ${periodName(table, date)} (trengs for ${formatDate(date)}).`;
}

function unknownHint(table: TableName, date: LocalDate): string {
  if (table === 'regime') {
    return (
      'Undersøk på lovdata.no om inkassoloven av 2026 (LOV-2026-05-22-19) har trådt i kraft, og registrer svaret: ' +
      `inkasso rates regime ${periodStart(table, date)} 1988|2026 --source "<hvor du leste det>"`
    );
  }
  return (
    `Finn den kunngjorte satsen og legg den inn: inkasso rates add ${table} ${periodStart(table, date)} <verdi> ` +
    '--source "<hvor du leste det>"'
  );
}

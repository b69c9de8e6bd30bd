import { BrokenCsv, csvRows, DELIMITERS, type CsvRow, type Delimiter } from './csv.js';
import {
  bareName,
  CSV_FIELDS,
  FIELD_WORDS,
  isCsvField,
  isInOre,
  namesOf,
  whyNotTheClaim,
  type CsvField,
} from './invoice-csv-fields.js';
import { FileRefused } from './plan.js';

/** Which column of a file holds what. */
export interface Columns {
  readonly delimiter: Delimiter;
  /** The line the column names stand on; the rows come after it. */
  readonly headerLine: number;
  readonly header: readonly string[];
  readonly at: ReadonlyMap<CsvField, number>;
  /** What the user has said of them, now or before. */
  readonly map: ColumnMap;
  /** The fields whose whole numbers are øre. */
  readonly inOre: ReadonlySet<CsvField>;
}

/** What stands in the column of a field; null where the file, or the row, has none. */
export function cellOf({ at }: Columns, row: CsvRow, field: CsvField): string | null {
  const index = at.get(field);
  return index === undefined ? null : (row.cells[index] ?? null);
}

/** A column the user has named the field of, by the column’s bare name. */
export type ColumnMap = ReadonlyMap<string, CsvField>;

/** What a header is remembered by. */
export function headerKey(header: readonly string[]): string {
  return header.map(bareName).join('|');
}

/** `--map`: `Kolonne=felt`. @throws FileRefused */
export function readColumnMap(texts: readonly string[]): ColumnMap {
  const map = new Map<string, CsvField>();
  for (const text of texts) {
    const cut = text.lastIndexOf('=');
    const field = text.slice(cut + 1).trim();
    if (cut < 1 || !isCsvField(field)) {
      throw new FileRefused(
        'MAP',
        `--map: «${text}» må ha formen kolonne=felt, som "Fakturanr=invoice".`,
        `Feltene er ${CSV_FIELDS.join(', ')}.`,
      );
    }
    map.set(bareName(text.slice(0, cut)), field);
  }
  return map;
}

const REQUIRED = ['invoice', 'due', 'debtor'] as const;
/** Exports have a title and a date or two above the column names. */
const HEADER_WITHIN = 15;

interface Candidate {
  readonly delimiter: Delimiter;
  readonly row: CsvRow;
  /** The fields it names. */
  readonly fields: ReadonlySet<CsvField>;
}

/**
 * The line with the column names, and the delimiter it has them by: one whose names the user has said the fields of
 * before, else the one that names most fields, which must be two at least. Null when there is none.
 */
export function findHeader(
  head: string,
  given: ColumnMap = new Map(),
  remembered: (header: readonly string[]) => ColumnMap = () => new Map(),
): Candidate | null {
  const all = candidates(head, given);
  const known = all.find(({ row }) => remembered(row.cells).size > 0);
  if (known !== undefined) return known;
  const best = all.reduce<Candidate | null>(
    (found, each) => (found === null || each.fields.size > found.fields.size ? each : found),
    null,
  );
  return best !== null && best.fields.size >= 2 ? best : null;
}

/** Excel’s own first line, which says what parts the columns. */
const SEPARATOR = /^"?sep=(.)"?[\r\n]/i;

function candidates(head: string, map: ColumnMap): Candidate[] {
  const stated = SEPARATOR.exec(head)?.[1];
  const delimiters = DELIMITERS.filter((each) => stated === undefined || each === stated);
  return delimiters.flatMap((delimiter) =>
    rowsAtTop(head, delimiter)
      .filter(
        ({ line, cells }) => cells.some((cell) => cell.trim() !== '') && (line > 1 || stated === undefined),
      )
      .map((row) => ({ delimiter, row, fields: fieldsIn(row.cells, map) })),
  );
}

/** As many rows as can be told apart: the last of them may be cut, and another delimiter can make no sense of them. */
function rowsAtTop(head: string, delimiter: Delimiter): CsvRow[] {
  for (let lines = HEADER_WITHIN; lines > 0; lines = Math.floor(lines / 2)) {
    try {
      return [...csvRows([firstLines(head, lines)], delimiter)];
    } catch (fault) {
      if (!(fault instanceof BrokenCsv)) throw fault;
    }
  }
  return [];
}

function firstLines(text: string, lines: number): string {
  return text.split(/(?<=\r\n|\n|\r(?!\n))/, lines).join('');
}

const FIELD_BY_NAME = new Map(
  CSV_FIELDS.flatMap((field) => namesOf(field).map((name) => [name, field] as const)),
);

function fieldsIn(cells: readonly string[], map: ColumnMap): Set<CsvField> {
  const fields = cells.flatMap((cell) => {
    const name = bareName(cell);
    return map.get(name) ?? FIELD_BY_NAME.get(name) ?? [];
  });
  return new Set(fields);
}

/**
 * Finds the columns of a file by its first lines: by what the user says now, by what was said before of a file with the
 * same column names, and by the names that are known.
 * @throws FileRefused: a column is missing, stands twice, or is not the amount of the claim
 */
export function columnsOf(
  head: string,
  given: ColumnMap = new Map(),
  remembered: (header: readonly string[]) => ColumnMap = () => new Map(),
): Columns {
  const { delimiter, row } = findHeader(head, given, remembered) ?? firstLine(head);
  const header = row.cells.map((cell) => cell.trim());
  refuseUnknownNames(header, given);
  const fields = new Set(given.values());
  const map = new Map([...[...remembered(header)].filter(([, field]) => !fields.has(field)), ...given]);
  const at = new Map<CsvField, number>();
  for (const field of CSV_FIELDS) {
    const index = columnOf(field, header, map);
    if (index !== null) at.set(field, index);
  }
  refuseMissing(header, at);
  const inOre = [...at].flatMap(([field, index]) => {
    const name = bareName(header[index] ?? '');
    return isInOre(name) && !map.has(name) ? [field] : [];
  });
  return { delimiter, headerLine: row.line, header, at, map, inOre: new Set(inOre) };
}

/** For a file whose names nobody knows: the delimiter that parts its first line most. */
function firstLine(head: string): Candidate {
  const all = candidates(head, new Map());
  const first = Math.min(...all.map(({ row }) => row.line));
  const best = all
    .filter(({ row }) => row.line === first)
    .toSorted((a, b) => b.row.cells.length - a.row.cells.length)[0];
  if (best === undefined) throw new FileRefused('EMPTY', 'Filen har ingen rader.');
  return best;
}

function columnOf(field: CsvField, header: readonly string[], map: ColumnMap): number | null {
  const mapped = header.flatMap((name, index) => (map.get(bareName(name)) === field ? [index] : []));
  if (mapped.length > 0) return single(field, header, mapped);
  for (const name of namesOf(field)) {
    const found = header.flatMap((each, index) => (bareName(each) === name && !map.has(name) ? [index] : []));
    if (found.length > 0) return single(field, header, found);
  }
  return null;
}

function single(field: CsvField, header: readonly string[], found: readonly number[]): number {
  const [first = 0, second] = found;
  if (second === undefined) return first;
  throw new FileRefused(
    'COLUMN_TWICE',
    `Både kolonne ${first + 1} («${header[first] ?? ''}») og kolonne ${second + 1} («${header[second] ?? ''}») kan være ${FIELD_WORDS[field]}.`,
    'Gi kolonnene ulike navn i filen.',
  );
}

function refuseUnknownNames(header: readonly string[], map: ColumnMap): void {
  const names = header.map(bareName);
  const missing = [...map.keys()].find((name) => !names.includes(name));
  if (missing === undefined) return;
  throw new FileRefused(
    'MAP',
    `--map: filen har ingen kolonne «${missing}».`,
    `Kolonnene er ${shown(header)}.`,
  );
}

function refuseMissing(header: readonly string[], at: ReadonlyMap<CsvField, number>): void {
  const missing: CsvField[] = REQUIRED.filter((field) => !at.has(field));
  if (!at.has('amount') && !at.has('outstanding')) missing.splice(1, 0, 'amount');
  if (missing.length === 0) return;
  const words = missing.map((field) => `${FIELD_WORDS[field]} (${field})`).join(', ');
  throw new FileRefused(
    'COLUMN_MISSING',
    `Fant ingen kolonne for ${words}. Kolonnene i filen er ${shown(header)}.${whyNoAmount(header, missing)}`,
    `Si hvilken kolonne det er, for eksempel --map "${suggestion(header)}=${missing[0] ?? ''}".`,
  );
}

function whyNoAmount(header: readonly string[], missing: readonly CsvField[]): string {
  if (!missing.includes('amount')) return '';
  return header
    .flatMap((name) => {
      const why = whyNotTheClaim(name);
      return why === null ? [] : [` Kolonnen «${name}» ${why}, så den er ikke kravet.`];
    })
    .join('');
}

function suggestion(header: readonly string[]): string {
  const unknown = header.find((name) => name !== '' && !FIELD_BY_NAME.has(bareName(name)));
  return unknown ?? 'Kolonnenavn';
}

function shown(header: readonly string[]): string {
  const names = header.filter((name) => name !== '').map((name) => `«${name.slice(0, 40)}»`);
  return names.length > 40 ? `${names.slice(0, 40).join(', ')} …` : names.join(', ');
}

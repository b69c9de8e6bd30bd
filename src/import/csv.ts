import { CsvError, parse } from 'csv-parse/sync';

/** One row of a CSV file. */
export interface CsvRow {
  /** The line it starts on, from 1; a quoted cell may go over several. */
  readonly line: number;
  readonly cells: readonly string[];
  /** As it stands in the file, without the line ending. */
  readonly raw: string;
}

/** The quotation marks of a file do not fit together, so nobody can say which cell is which. */
export class BrokenCsv extends Error {}

export const DELIMITERS = [';', ',', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** As much of a file as is taken apart at a time. */
const SLAB = 1024 * 1024;
const LONGEST_ROW = 100_000;
/** The limit counts bytes, and a character has up to four. */
const SURELY_SHORT = LONGEST_ROW / 4;

/**
 * The rows of a CSV text that comes in pieces (RFC 4180, any line ending, quoted cells may hold line breaks). Empty
 * lines are rows with one empty cell. Rows may differ in length. @throws BrokenCsv
 */
export function* csvRows(pieces: Iterable<string>, delimiter: Delimiter): Generator<CsvRow> {
  let line = 1;
  for (const slab of slabs(unified(pieces))) {
    const plain = plainRows(slab);
    if (plain !== null) {
      for (const raw of plain) yield { line: line++, cells: raw.split(delimiter), raw };
      continue;
    }
    const rows = rowsOf(slab, delimiter, line);
    let at = 0;
    for (const cells of rows) {
      const lines = 1 + breaksIn(cells);
      const end = endOfLines(slab, at, lines);
      yield { line, cells, raw: slab.slice(at, end) };
      at = end + 1;
      line += lines;
    }
  }
}

/**
 * The rows of a text in which nothing is quoted, and no row can be too long: then a line is a row, and what stands
 * between two delimiters is a cell. Null where it takes more to know.
 */
function plainRows(slab: string): string[] | null {
  if (slab.includes('"')) return null;
  const rows = slab.split('\n');
  if (rows.at(-1) === '') rows.pop();
  return rows.every((row) => row.length < SURELY_SHORT) ? rows : null;
}

function rowsOf(slab: string, delimiter: Delimiter, line: number): string[][] {
  try {
    return parse(slab, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      max_record_size: LONGEST_ROW,
    });
  } catch (fault) {
    if (fault instanceof CsvError) throw new BrokenCsv(faultOf(fault, slab, line));
    throw fault;
  }
}

function faultOf(fault: CsvError, slab: string, line: number): string {
  const within = typeof fault['lines'] === 'number' ? fault['lines'] : 1;
  const at = `Linje ${line + within - 1}`;
  if (fault.code === 'CSV_MAX_RECORD_SIZE') return `${at}: raden er lengre enn ${LONGEST_ROW} tegn.`;
  if (fault.code === 'CSV_QUOTE_NOT_CLOSED') {
    const opened = line + breaksIn([slab.slice(0, (lastRowEnd(slab) ?? -1) + 1)]);
    return `Linje ${opened}: et anførselstegn (") er ikke lukket før filen slutter.`;
  }
  return `${at}: anførselstegnene (") stemmer ikke; et felt med anførselstegn må stå i anførselstegn, og tegnet i det må være doblet.`;
}

function breaksIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1;
  }
  return count;
}

function endOfLines(text: string, from: number, lines: number): number {
  let end = from - 1;
  for (let left = lines; left > 0; left -= 1) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) return text.length;
  }
  return end;
}

/** With `\n` for every line ending. */
function* unified(pieces: Iterable<string>): Generator<string> {
  let held = '';
  for (const piece of pieces) {
    const text = held + piece;
    // The line feed of a carriage return at the end may be in the next piece.
    held = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n');
  }
  if (held !== '') yield '\n';
}

/** Cut where a row ends: at a line break with an even number of quotation marks before it. */
function* slabs(pieces: Iterable<string>): Generator<string> {
  let held = '';
  for (const piece of pieces) {
    held += piece;
    if (held.length < SLAB) continue;
    // A row of that length is refused when it is taken apart.
    const end = lastRowEnd(held) ?? held.length - 1;
    yield held.slice(0, end + 1);
    held = held.slice(end + 1);
  }
  if (held !== '') yield held;
}

/** The last line break with an even number of quotation marks before it. */
function lastRowEnd(text: string): number | null {
  const quotes: number[] = [];
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes.push(at);
  let end = text.length;
  for (let before = quotes.length; before >= 0; before -= 1) {
    const start = before === 0 ? -1 : (quotes[before - 1] ?? -1);
    const found = before % 2 === 0 ? text.lastIndexOf('\n', end - 1) : -1;
    if (found > start && end > 0) return found;
    end = start;
  }
  return null;
}

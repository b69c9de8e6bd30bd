import { stringify } from 'csv-stringify/sync';
import type { Ore } from '../law/money.js';

/** A cell: an amount in øre, a number, a text, or nothing. */
export type Cell = string | number | null | { readonly ore: Ore };

/** A table as a spreadsheet opens it. */
export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** Excel reads UTF-8 as something else without it. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * The table as CSV for a Norwegian spreadsheet: semicolons, decimal comma, amounts as plain numbers in kroner, dates as
 * 2026-11-20, UTF-8 with a byte order mark. No cell can start a formula. Without the last line break.
 */
export function csv({ columns, rows }: Sheet): string {
  const lines = [columns.map(safeText)];
  for (const row of rows) lines.push(row.map(cellText));
  return BYTE_ORDER_MARK + stringify(lines, { delimiter: ';', record_delimiter: '\n' }).slice(0, -1);
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return safeText(cell);
  if (typeof cell === 'number') return String(cell).replace('.', ',');
  return plainKroner(cell.ore);
}

function plainKroner(ore: Ore): string {
  const digits = String(Math.abs(ore)).padStart(3, '0');
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`;
}

/**
 * A spreadsheet runs a text that begins with one of `= + - @` as a formula, also in the wide forms and after blanks or
 * quotation marks. An apostrophe in front makes it text. Control characters and line breaks become blanks.
 */
function safeText(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  return /^[\s\u200b-\u200f\u2060\ufeff"']*[=+\-@\u2212]/u.test(line.normalize('NFKC')) ? `'${line}` : line;
}

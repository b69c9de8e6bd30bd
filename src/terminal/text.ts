import { Chalk, type ChalkInstance } from 'chalk';
import stringWidth from 'fast-string-width';

/** How text looks in the terminal: colours or none. Decided once, by main. */
let paint: ChalkInstance = new Chalk({ level: 0 });

export function useColour(on: boolean): void {
  paint = new Chalk({ level: on ? 1 : 0 });
}

export const bold = (text: string): string => paint.bold(text);
export const dim = (text: string): string => paint.dim(text);
export const red = (text: string): string => paint.red(text);
export const yellow = (text: string): string => paint.yellow(text);
export const green = (text: string): string => paint.green(text);

export type Align = 'left' | 'right';

export interface Column {
  readonly title: string;
  readonly align?: Align;
  /** Longest text shown; longer is cut with an ellipsis. */
  readonly max?: number;
}

/** A plain table: titles, then rows, columns two blanks apart. A cell of several lines makes its row as high. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((column) => [bold(column.title)]);
  const cells = rows.map((row) =>
    columns.map((column, index) => cut(plain(row[index] ?? ''), column.max).split('\n')),
  );
  const widths = columns.map((_column, index) =>
    [head, ...cells].reduce((widest, row) => Math.max(widest, ...(row[index] ?? []).map(widthOf)), 0),
  );
  return [head, ...cells].flatMap((row) => linesOf(row, columns, widths)).join('\n');
}

function linesOf(
  row: readonly (readonly string[])[],
  columns: readonly Column[],
  widths: readonly number[],
): string[] {
  const height = Math.max(1, ...row.map((cell) => cell.length));
  return Array.from({ length: height }, (_line, line) =>
    columns
      .map(({ align }, index) => {
        const text = row[index]?.[line] ?? '';
        const blanks = ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(text)));
        return align === 'right' ? blanks + text : text + blanks;
      })
      .join('  ')
      .replace(/ +$/, ''),
  );
}

const ONE_PLACE_EACH = /^[\u0020-\u007e\u00a0-\u024f–—…«»]*$/;

/** Places a text takes in the terminal: most letters one, some two, marks on letters none. */
function widthOf(text: string): number {
  return ONE_PLACE_EACH.test(text) ? text.length : stringWidth(text);
}

/** What a terminal obeys, or what makes it show text in another order than it is written. */
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text from files and users without what a terminal would obey, or would turn round. */
export function plain(text: string): string {
  return text.replace(OBEYED, '');
}

/** The colours of this file, as they are written: bold, dim, red, green, yellow, and the end of each. */
const COLOUR = /(\u001b\[(?:1|2|22|31|32|33|39)m)/;

/** A finished text for the terminal: the colours of the program stay, and nothing else that a terminal would obey. */
export function harmless(text: string): string {
  if (paint.level === 0) return plain(text);
  return text
    .split(COLOUR)
    .map((part, index) => (index % 2 === 1 ? part : plain(part)))
    .join('');
}

function cut(text: string, max: number | undefined): string {
  const letters = [...text];
  return max === undefined || letters.length <= max ? text : `${letters.slice(0, max - 1).join('')}…`;
}

/** "1 brev", "2 brev"; "1 sak", "2 saker". */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

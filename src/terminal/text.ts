import { Chalk, type ChalkInstance } from 'chalk';
import Table from 'cli-table3';

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

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** A plain table: titles, then rows, columns two blanks apart. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const drawn = new Table({
    head: columns.map((column) => bold(column.title)),
    colAligns: columns.map((column) => column.align ?? 'left'),
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) drawn.push(row.map((cell, index) => cut(plain(cell), columns[index]?.max)));
  return drawn.toString().replace(/[ ]+$/gm, '');
}

/** Text from files and users without what a terminal would obey, or would turn round. */
export function plain(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** Without the marks that make a terminal show text in another order than it is written. */
export function unturned(text: string): string {
  return text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

function cut(text: string, max: number | undefined): string {
  const letters = [...text];
  return max === undefined || letters.length <= max ? text : `${letters.slice(0, max - 1).join('')}…`;
}

/** "1 brev", "2 brev"; "1 sak", "2 saker". */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

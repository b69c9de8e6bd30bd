import type { ChalkInstance } from 'chalk';
import stringWidth from 'fast-string-width';

/** How text looks in the terminal: in colours, or null for none. Decided once, by main. */
let paint: ChalkInstance | null = null;

/** What draws colours is loaded where there are to be any. */
export async function useColour(on: boolean): Promise<void> {
  paint = on ? new (await import('chalk')).Chalk({ level: 1 }) : null;
}

export const bold = (text: string): string => paint?.bold(text) ?? text;
export const dim = (text: string): string => paint?.dim(text) ?? text;
export const red = (text: string): string => paint?.red(text) ?? text;
export const yellow = (text: string): string => paint?.yellow(text) ?? text;
export const green = (text: string): string => paint?.green(text) ?? text;

export type Align = 'left' | 'right';

export interface Column {
  readonly title: string;
  readonly align?: Align;
  /** Longest text shown; longer is cut with an ellipsis. */
  readonly max?: number;
}

/** A plain table: titles, then rows, columns two blanks apart. A cell of several lines makes its row as high. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const shape = new Shape(columns);
  shape.add(
    columns.map(({ title }) => bold(title)),
    false,
  );
  for (const row of rows) shape.addRow(row);
  return shape.text();
}

/** Letters that take one place each, on one line, and that no terminal obeys: nearly all that a table holds. */
const ONE_PLACE_EACH = /^[\u0020-\u007e\u00a0-\u024f–—…«»]*$/;

/**
 * The lines of a table and how wide its columns are. There may be many thousand cells, in a program that has just begun:
 * they are gone through in plain loops, and no objects are made for each.
 */
class Shape {
  private readonly lines: (readonly string[])[] = [];
  /** Of each line, whether all its letters take one place. */
  private readonly even: boolean[] = [];
  private readonly widths: number[];

  constructor(private readonly columns: readonly Column[]) {
    this.widths = columns.map(() => 0);
  }

  addRow(row: readonly string[]): void {
    const cells: string[] = [];
    let even = true;
    for (let index = 0; index < this.columns.length; index += 1) {
      const text = row[index] ?? '';
      const usual = ONE_PLACE_EACH.test(text);
      const { max } = this.columns[index] as Column;
      cells.push(usual ? cut(text, max) : cellOf(text, max));
      if (!usual) even = false;
    }
    if (even) this.add(cells, even);
    else this.addApart(cells);
  }

  private addApart(cells: readonly string[]): void {
    const apart = cells.map((cell) => cell.split('\n'));
    const height = Math.max(...apart.map((cell) => cell.length));
    for (let line = 0; line < height; line += 1)
      this.add(
        apart.map((cell) => cell[line] ?? ''),
        false,
      );
  }

  add(cells: readonly string[], even: boolean): void {
    const { widths } = this;
    this.lines.push(cells);
    this.even.push(even);
    for (let index = 0; index < cells.length; index += 1) {
      const width = widthOf(cells[index] as string, even);
      if (width > (widths[index] as number)) widths[index] = width;
    }
  }

  text(): string {
    let text = this.line(0);
    for (let index = 1; index < this.lines.length; index += 1) text += `\n${this.line(index)}`;
    return text;
  }

  private line(number: number): string {
    const { columns, widths } = this;
    const cells = this.lines[number] as readonly string[];
    const even = this.even[number] as boolean;
    let text = '';
    let last = '';
    // Blanks are written when something follows them.
    let gap = 0;
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index] as string;
      const left = (widths[index] as number) - widthOf(cell, even);
      const before = columns[index]?.align === 'right' ? gap + left : gap;
      if (cell === '') gap += left + 2;
      else {
        text += blanks(before) + cell;
        last = cell;
        gap = gap + left + 2 - before;
      }
    }
    return last.endsWith(' ') ? text.replace(/ +$/, '') : text;
  }
}

/** A cell that is all in bold. */
const ALL_BOLD = /^\u001b\[1m([^\u001b]*)\u001b\[22m$/;

function cellOf(text: string, max: number | undefined): string {
  const inside = ALL_BOLD.exec(text)?.[1];
  return inside === undefined ? cut(plain(text), max) : bold(cut(plain(inside), max));
}

/** Places a text takes in the terminal: most letters one, some two, marks on letters none. */
function widthOf(text: string, even: boolean): number {
  return even || ONE_PLACE_EACH.test(text) ? text.length : stringWidth(text);
}

const BLANKS: string[] = [];

function blanks(count: number): string {
  return (BLANKS[count] ??= ' '.repeat(count));
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
  if (paint === null) return plain(text);
  return text
    .split(COLOUR)
    .map((part, index) => (index % 2 === 1 ? part : plain(part)))
    .join('');
}

function cut(text: string, max: number | undefined): string {
  // No text has more letters than code units.
  if (max === undefined || text.length <= max) return text;
  const letters = [...text];
  return letters.length <= max ? text : `${letters.slice(0, max - 1).join('')}…`;
}

/** "1 brev", "2 brev"; "1 sak", "2 saker". */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

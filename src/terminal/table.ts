import type { Column } from './column.js';
import { narrowTable } from './narrow-table.js';
import { bold, boldIn, plain } from './text.js';
import { lineWidth, ONE_PLACE_EACH, widthOf } from './width.js';

/**
 * A plain table: titles, then rows, columns two blanks apart. A cell of several lines makes its row as high. Where the
 * terminal has no room for it, it is drawn narrower.
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const shape = new Shape(columns);
  shape.add(
    columns.map(({ title }) => bold(title)),
    false,
  );
  for (const row of rows) shape.addRow(row);
  const places = lineWidth();
  if (places === null || shape.width <= places) return shape.text();
  return narrowTable(
    columns,
    rows.map((row) => columns.map(({ max }, index) => cellOf(row[index] ?? '', max))),
    places,
  );
}

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
      const cell = cells[index] as string;
      const width = even ? cell.length : widthOf(cell);
      if (width > (widths[index] as number)) widths[index] = width;
    }
  }

  get width(): number {
    return this.widths.reduce((all, width) => all + width + 2, -2);
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
      const left = (widths[index] as number) - (even ? cell.length : widthOf(cell));
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

function cellOf(text: string, max: number | undefined): string {
  const inside = boldIn(text);
  return inside === null ? cut(plain(text), max) : bold(cut(plain(inside), max));
}

const BLANKS: string[] = [];

function blanks(count: number): string {
  return (BLANKS[count] ??= ' '.repeat(count));
}

function cut(text: string, max: number | undefined): string {
  // No text has more letters than code units.
  if (max === undefined || text.length <= max) return text;
  const letters = [...text];
  return letters.length <= max ? text : `${letters.slice(0, max - 1).join('')}…`;
}

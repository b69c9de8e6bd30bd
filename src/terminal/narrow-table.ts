import type { Column } from './column.js';
import { bold, boldIn } from './text.js';
import { brokenLine, longestWord, widthOf } from './width.js';

/** The lines of a cell, and whether they are in bold. */
interface Cell {
  readonly lines: readonly string[];
  readonly strong: boolean;
}

type Row = readonly Cell[];

const GAP = 2;

/** A table with its text broken between words; where not even that is enough, each row is a list of its own. */
export function narrowTable(
  columns: readonly Column[],
  texts: readonly (readonly string[])[],
  places: number,
): string {
  const head = columns.map(({ title }) => ({ lines: [title], strong: true }));
  const rows = texts.map((row) => row.map(cellOf));
  const widths = narrowed(columns, head, rows, places);
  if (widths === null) return rows.map((row) => list(columns, row, places)).join('\n\n');
  return [head, ...rows].flatMap((row) => linesOf(broken(row, widths), columns, widths)).join('\n');
}

function cellOf(text: string): Cell {
  const inside = boldIn(text);
  return { lines: (inside ?? text).split('\n'), strong: inside !== null };
}

/** The widest column made narrower until the table fits; null where no column can be. Figures are never broken. */
function narrowed(
  columns: readonly Column[],
  head: Row,
  rows: readonly Row[],
  places: number,
): number[] | null {
  const words = widest(columns, [head, ...rows], longestWord);
  const figures = widest(columns, rows, widthOf);
  const least = columns.map(({ align }, index) =>
    Math.max(words[index] ?? 0, align === 'right' ? (figures[index] ?? 0) : 0),
  );
  if (total(least) > places) return null;
  const found = widest(columns, [head, ...rows], widthOf);
  while (total(found) > places) {
    const spare = found.map((width, index) => (width > (least[index] ?? 0) ? width : 0));
    const most = spare.indexOf(Math.max(...spare));
    found[most] = (found[most] ?? 0) - 1;
  }
  return found;
}

function widest(
  columns: readonly Column[],
  rows: readonly Row[],
  measure: (line: string) => number,
): number[] {
  return columns.map((_column, index) =>
    rows.reduce((most, row) => Math.max(most, ...(row[index]?.lines ?? []).map(measure)), 0),
  );
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP, -GAP);
}

function broken(row: Row, widths: readonly number[]): Cell[] {
  return row.map(({ lines, strong }, index) => ({
    lines: lines.flatMap((line) => brokenLine(line, widths[index] ?? 0)),
    strong,
  }));
}

function linesOf(row: Row, columns: readonly Column[], widths: readonly number[]): string[] {
  const height = Math.max(...row.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_line, line) =>
    row
      .map(({ lines, strong }, index) => {
        const text = lines[line] ?? '';
        const shown = strong ? bold(text) : text;
        const blanks = ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(text)));
        return columns[index]?.align === 'right' ? blanks + shown : shown + blanks;
      })
      .join(' '.repeat(GAP))
      .replace(/ +$/, ''),
  );
}

/** One row, a line for each column that has something in it. */
function list(columns: readonly Column[], row: Row, places: number): string {
  const named = Math.max(...columns.map(({ title }) => widthOf(title)));
  return columns
    .flatMap(({ title }, index) => {
      const lines = (row[index]?.lines ?? []).filter((line) => line !== '');
      const parts = lines.flatMap((line) => brokenLine(line, Math.max(1, places - named - GAP)));
      return parts.map((part, line) => {
        const name = line === 0 ? title : '';
        return `${bold(name)}${' '.repeat(named - widthOf(name) + GAP)}${part}`;
      });
    })
    .join('\n');
}

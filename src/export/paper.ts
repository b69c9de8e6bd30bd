/** A paper for an authority or a reader: blocks of finished words, in order. The template only sets them. */
export interface Paper {
  readonly title: string;
  /** Under the title: what the paper rests on, or whom it is about. */
  readonly subtitle: string | null;
  /** Who sends it: name first, then details. */
  readonly sender: readonly string[];
  readonly receiver: readonly string[];
  readonly date: string;
  /** At the foot of every page, before the page number. */
  readonly footer: string;
  readonly blocks: readonly Block[];
}

/** One part of a paper. Exactly one of the kinds is filled; the others are null, because templates look everything up. */
export interface Block {
  readonly heading: string | null;
  readonly text: string | null;
  readonly note: string | null;
  readonly fields: readonly Field[] | null;
  readonly table: Table | null;
  readonly list: readonly string[] | null;
  readonly signature: string | null;
}

/** A label with what it says; a blank one is a line to fill in by hand. */
export interface Field {
  readonly label: string;
  readonly lines: readonly string[];
  readonly blank: boolean;
}

export interface Table {
  readonly caption: string | null;
  readonly columns: readonly { readonly title: string; readonly css: string }[];
  readonly rows: readonly Row[];
}

export interface Row {
  readonly css: string;
  readonly cells: readonly { readonly text: string; readonly css: string }[];
}

const EMPTY: Block = {
  heading: null,
  text: null,
  note: null,
  fields: null,
  table: null,
  list: null,
  signature: null,
};

export const heading = (text: string): Block => ({ ...EMPTY, heading: text });
export const text = (words: string): Block => ({ ...EMPTY, text: words });
export const note = (words: string): Block => ({ ...EMPTY, note: words });
export const fields = (...rows: readonly Field[]): Block => ({ ...EMPTY, fields: rows });
export const list = (items: readonly string[]): Block => ({ ...EMPTY, list: items });
export const signature = (name: string): Block => ({ ...EMPTY, signature: name });

/** A label with one or more lines; null and empty lines are left out. */
export function field(label: string, ...lines: readonly (string | null)[]): Field {
  return { label, lines: lines.filter((line): line is string => line !== null && line !== ''), blank: false };
}

/** A line to fill in by hand, with a word about what belongs there. */
export function blank(label: string, hint: string | null = null): Field {
  return { label, lines: hint === null ? [] : [hint], blank: true };
}

export type Weight = 'plain' | 'strong' | 'total' | 'indent' | 'indent2' | 'indent3';

/** A table; columns whose title begins with `>` hold figures and stand to the right. */
export function table(
  titles: readonly string[],
  rows: readonly { readonly weight?: Weight; readonly cells: readonly string[] }[],
  caption: string | null = null,
): Block {
  const css = titles.map((title) => (title.startsWith('>') ? 'figure' : ''));
  return {
    ...EMPTY,
    table: {
      caption,
      columns: titles.map((title, index) => ({ title: title.replace(/^>/, ''), css: css[index] ?? '' })),
      rows: rows.map(({ weight = 'plain', cells }) => ({
        css: weight,
        cells: cells.map((words, index) => ({ text: words, css: css[index] ?? '' })),
      })),
    },
  };
}

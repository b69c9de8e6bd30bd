import type { ChalkInstance } from 'chalk';

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

/** A text that is all in bold. */
const ALL_BOLD = /^\u001b\[1m([^\u001b]*)\u001b\[22m$/;

/** What a text that is all in bold says; null for any other. */
export function boldIn(text: string): string | null {
  return ALL_BOLD.exec(text)?.[1] ?? null;
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

/** "1 brev", "2 brev"; "1 sak", "2 saker". */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

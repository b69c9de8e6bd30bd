import stringWidth from 'fast-string-width';

/** Places in a line where the data goes; null where that is no terminal, and no line is broken. Decided once, by main. */
let columns: number | null = null;

export function useWidth(places: number | null): void {
  columns = places;
}

/** Places in a line of what the user reads; null where lines can have any length. */
export function lineWidth(): number | null {
  return columns;
}

/** Where the program writes; a terminal knows how many places there are in a line. */
export interface Outlet {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Places in a line of a terminal; null where it is none, or it does not say. */
export function placesIn({ isTTY, columns: places }: Outlet): number | null {
  return isTTY === true && places !== undefined && places > 0 ? places : null;
}

/** Letters that take one place each, on one line, and that no terminal obeys: nearly all that a table holds. */
export const ONE_PLACE_EACH = /^[\u0020-\u007e\u00a0-\u024f–—…«»]*$/;

/** Places a text takes in the terminal: most letters one, some two, marks on letters and colours none. */
export function widthOf(text: string): number {
  return ONE_PLACE_EACH.test(text) ? text.length : stringWidth(text);
}

/** What is read, or copied, as one word: a quoted name or command, an amount, a paragraph. */
const ONE_WORD = /«[^«»]{1,60}»|chmod .+|−?\d{1,3}(?: \d{3})+(?:,\d\d)?(?: kr)?|,\d\d kr|\d %|§§? \d+/g;

/** Stands for a blank at which a line is not broken. */
const KEPT = '\u00a0';

/** Where a long word of the program's own is parted. */
const JOINT = /(betalings|inkasso|overdragelses|standard)(?=(?:oppfordring|varsel|kompensasjon|krav))/i;

/** Text with its lines broken between words where the terminal ends; what is longer than a line alone is left whole. */
export function fitted(text: string, places: number | null): string {
  if (places === null) return text;
  return text
    .split('\n')
    .flatMap((line) => (widthOf(line) <= places ? [line] : brokenLine(line, places)))
    .join('\n');
}

/** An indent, a mark in a list, in colour or not, or what stands in a column to the left. */
const BEFORE = /^ *(?:(?:\u001b\[\d+m)*[✓✗–•](?:\u001b\[\d+m)* |\S.*? {2,}(?=\S))?/;

/** A line and what follows it, under the words it began with. */
export function brokenLine(line: string, places: number): string[] {
  const before = BEFORE.exec(line)?.[0] ?? '';
  const hang = widthOf(before) <= places / 2 ? before : (/^ */.exec(line)?.[0] ?? '');
  const [first = '', ...rest] = lines(line.slice(hang.length), places - widthOf(hang));
  return [hang + first, ...rest.map((part) => ' '.repeat(widthOf(hang)) + part)];
}

/** The words of a text in lines of at most so many places; a word that is longer has a line of its own. */
function lines(text: string, places: number): string[] {
  const words = text.replace(ONE_WORD, (word) => word.replaceAll(' ', KEPT)).split(' ');
  const found: string[] = [];
  let line: string | null = null;
  for (const word of words.flatMap((each) => parted(each, places))) {
    const longer: string = line === null ? word : `${line} ${word}`;
    if (line === null || widthOf(longer) <= places) line = longer;
    else {
      found.push(line.trimEnd());
      line = word;
    }
  }
  return [...found, line ?? ''].map((each) => each.replaceAll(KEPT, ' '));
}

/** A word that is too long, in two where it has a joint. */
function parted(word: string, places: number): string[] {
  if (widthOf(word) <= places) return [word];
  const joint = JOINT.exec(word);
  if (joint === null) return [word];
  const end = joint.index + joint[0].length;
  return [`${word.slice(0, end)}-`, word.slice(end)];
}

/** Places the longest word of a text takes, once parted. */
export function longestWord(text: string): number {
  return Math.max(0, ...lines(text, 1).map(widthOf));
}

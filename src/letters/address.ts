import type { Debtor } from '../case/debtor.js';
import { joinNorwegian } from '../law/reference.js';
import { countryName } from './countries.js';
import { plainText } from './plain.js';

/** What the window of an envelope shows. */
export interface WindowAddress {
  /** One to five lines, each short enough for the window. */
  readonly lines: readonly string[];
  /** The debtor's whole name, where the window has room for only some of it. */
  readonly wholeName: string | null;
}

/** Lines that the common part of the windows of E6/5, C6/5, C5 and EC4 has room for. */
const LINES = 5;

/** Its width, 83 mm, in thousandths of the 10-point type, with a little to spare. */
const WIDTH = 22_500;

type PostalAddress = Pick<Debtor, 'address' | 'zip' | 'city' | 'country'>;

/** What a letter on paper needs of an address (L7). */
const NEEDED: readonly {
  readonly what: string;
  readonly flag: string;
  readonly missing: (address: PostalAddress) => boolean;
}[] = [
  { what: 'gateadresse', flag: '--address …', missing: ({ address }) => address === null },
  { what: 'postnummer', flag: '--zip …', missing: ({ zip, country }) => zip === null && country === 'NO' },
  { what: 'poststed', flag: '--city …', missing: ({ city }) => city === null },
];

/** What is missing of an address, and the command that registers it. */
export interface MissingAddress {
  readonly what: string;
  readonly command: string;
}

/** L7: what a letter on paper lacks of the debtor's address; null when the address is whole. */
export function missingAddress(debtor: PostalAddress & Pick<Debtor, 'id'>): MissingAddress | null {
  if (isWholeAddress(debtor)) return null;
  const missing = NEEDED.filter((part) => part.missing(debtor));
  const flags = missing.map((part) => part.flag).join(' ');
  return {
    what: joinNorwegian(missing.map((part) => part.what)),
    command: `inkasso debtor edit ${debtor.id} ${flags}`,
  };
}

/** L7: whether an address has all that a letter on paper needs. */
export function isWholeAddress(address: PostalAddress): boolean {
  return !NEEDED.some((part) => part.missing(address));
}

/** The debtor's address: the country last and only abroad, street and place never crowded out by a long name. */
export function windowAddress(debtor: Debtor): WindowAddress {
  const name = plainText(debtor.name);
  const streets = (debtor.address ?? '').split('\n').map(plainText).filter(Boolean).slice(0, 2);
  const place = plainText([debtor.zip, debtor.city].filter((part) => part !== null).join(' '));
  const country = debtor.country === 'NO' ? '' : countryName(debtor.country, debtor.language).toUpperCase();
  const last = [place, country].filter((line) => line !== '').map(cut);
  const nameLines = wrap(name);
  const shownName = atMost(nameLines, LINES - last.length - streets.length);
  let room = LINES - last.length - shownName.length;
  const shownStreets = streets.flatMap((street, index) => {
    const shown = atMost(wrap(street), Math.max(room - (streets.length - index - 1), 1));
    room -= shown.length;
    return shown;
  });
  const whole = shownName.length === nameLines.length;
  return { lines: [...shownName, ...shownStreets, ...last], wholeName: whole ? null : name };
}

/** The first lines; the last of them says with three dots that there was more. */
function atMost(lines: readonly string[], count: number): string[] {
  if (lines.length <= count) return [...lines];
  return [...lines.slice(0, count - 1), cut(lines.slice(count - 1).join(' '))];
}

function cut(text: string): string {
  if (width(text) <= WIDTH) return text;
  let kept = [...text];
  while (width(`${kept.join('')}…`) > WIDTH) kept = kept.slice(0, -1);
  return `${kept.join('').trimEnd()}…`;
}

/** Breaks a text between words, and within a word that is too long by itself. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap(breakWord)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) <= WIDTH) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function breakWord(word: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const letter of word) {
    if (width(part + letter) > WIDTH) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part];
}

/** How wide a text is at most in the letters' type, in thousandths of its size. */
function width(text: string): number {
  let all = 0;
  for (const letter of text) all += widthOf(letter);
  return all;
}

function widthOf(letter: string): number {
  if (/[\p{M}]/u.test(letter)) return 0;
  if (/[ .,:;'’!|()[\]/\-ijlIftr]/.test(letter)) return 350;
  if (/[mwMWÆŒæœ@%—…&]/.test(letter)) return 900;
  if (/[\p{Lu}]/u.test(letter) && /[\p{Script=Latin}]/u.test(letter)) return 680;
  if (/[\p{Script=Latin}\p{N}]/u.test(letter)) return 560;
  return /[\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{P}]/u.test(letter)
    ? 800
    : 1300;
}

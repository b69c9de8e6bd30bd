import { brokenWord } from './decode.js';
import { refuse } from './ehf-document.js';
import { textAt } from './xml.js';
import type { XmlElement, XmlName } from './xml.js';

export const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';
export const CAC = `${UBL}CommonAggregateComponents-2`;
export const CBC = `${UBL}CommonBasicComponents-2`;

export const cac = (local: string): XmlName => [CAC, local];
export const cbc = (local: string): XmlName => [CBC, local];

export function cut(text: string, length: number): string {
  const characters = [...text.slice(0, 4 * length)];
  if (characters.length <= length) return characters.join('');
  return `${characters
    .slice(0, length - 1)
    .join('')
    .trimEnd()}…`;
}

export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

export function quote(text: string): string {
  return `«${cut(oneLine(text), 120)}»`;
}

export function lineAt(element: XmlElement | null, ...path: readonly XmlName[]): string | null {
  const text = textAt(element, ...path);
  return text === null ? null : oneLine(text) || null;
}

/** For what ends up in letters: characters that were lost before the file came here cannot be guessed. */
export function wholeLineAt(element: XmlElement | null, ...path: readonly XmlName[]): string | null {
  const text = lineAt(element, ...path);
  if (text !== null && brokenWord(text) !== null) {
    const local = path.at(-1)?.[1] ?? '';
    refuse(
      'broken-text',
      `Teksten ${quote(text)} i ${local} har ødelagte tegn; hent filen på nytt der den kommer fra.`,
    );
  }
  return text;
}

export function required(root: XmlElement, local: string, expected: string): string {
  const text = lineAt(root, cbc(local));
  return text ?? refuse('missing', `Elementet cbc:${local} mangler; ventet ${expected}.`);
}

import type { Language } from '../case/party.js';
import names from './countries.json' with { type: 'json' };

/** Unicode CLDR's names. A table and not the machine's own: the same letter is the same bytes everywhere. */
const NAMES: Readonly<Record<string, readonly string[]>> = names;

const COLUMN: Readonly<Record<Language, number>> = { nb: 0, nn: 1, en: 2 };

/** The name of a country by its ISO 3166-1 code; the code itself where there is none. */
export function countryName(code: string, language: Language): string {
  return NAMES[code]?.[COLUMN[language]] ?? code;
}

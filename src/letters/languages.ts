import type { Language } from '../case/party.js';
import { EN } from './words-en.js';
import { NB } from './words-nb.js';
import { NN } from './words-nn.js';
import type { ByLanguage, Words } from './words.js';

const WORDS: ByLanguage<Words> = { nb: NB, nn: NN, en: EN };

/** The languages letters are written in. */
export const LANGUAGES: readonly Language[] = ['nb', 'nn', 'en'];

/** The words of letters in a language. */
export function wordsOf(language: Language): Words {
  return WORDS[language];
}

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { STEPS, type Step } from '../../src/law/steps.js';
import { LANGUAGES } from '../../src/letters/languages.js';
import { lintLetter } from '../../src/letters/lint.js';
import { asText, letterIn, situationsFor } from '../support/letters.js';

/** The lines of a letter that differ from the first one's, between those they have in common. */
function unlike(first: readonly string[], lines: readonly string[]): string[] {
  const shorter = Math.min(first.length, lines.length);
  let start = 0;
  while (start < shorter && first[start] === lines[start]) start += 1;
  let end = 0;
  while (end < shorter - start && first.at(-1 - end) === lines.at(-1 - end)) end += 1;
  return [...(start > 0 ? ['…'] : []), ...lines.slice(start, lines.length - end), ...(end > 0 ? ['…'] : [])];
}

/** A letter in every situation it can be in: the first whole, of the others what is unlike it. */
function letterBook(step: Step, language: (typeof LANGUAGES)[number]): string {
  let first: string[] | null = null;
  const parts = situationsFor(step).map((name) => {
    const { html, view } = letterIn(step, name, language);
    expect(lintLetter(html, view), `${step} ${name} ${language}`).toBeNull();
    const lines = asText(html).trimEnd().split('\n');
    const shown = first === null ? lines : unlike(first, lines);
    first ??= lines;
    return `== ${name}\n${shown.join('\n')}\n`;
  });
  return parts.join('\n');
}

describe.each(LANGUAGES)('the letters in %s', (language) => {
  it.each(STEPS)('%s, in every situation', async (step) => {
    const file = fileURLToPath(new URL(`../golden/${language}/${step}.txt`, import.meta.url));
    await expect(letterBook(step, language)).toMatchFileSnapshot(file);
  });
});

describe('every letter', () => {
  it.each(STEPS)('%s: comes in a dozen situations, or in all it can', (step) => {
    const expected: Readonly<Record<Step, number>> = {
      paaminnelse: 10,
      purring: 12,
      rentenota: 13,
      inkassovarsel: 11,
      betalingsoppfordring: 13,
      overdragelsesvarsel: 12,
    };
    expect(situationsFor(step)).toHaveLength(expected[step]);
  });

  it.each(['nn', 'en'] as const)('has none of the words of bokmål in %s', (language) => {
    const bokmaal =
      language === 'nn'
        ? /\b(ikke|fra|innen|forfalt|regnes|renten|kreves|hvis|noe|vi er|dager|mottatt|gjenstår|tvangsfullbyrdelse)\b/i
        : /\b(ikke|ikkje|fra|frå|innen|innan|betalt|betaling|kravet|av|og|per år|dager|dagar|ledd|forfall|sum)\b/i;
    for (const step of STEPS) {
      for (const name of situationsFor(step)) {
        const { html, view } = letterIn(step, name, language);
        const own = asText(html)
          .replaceAll('varmekabler på bad', '')
          .replaceAll(view.debtorName, '')
          .replaceAll(view.debtorLines.join('\n'), '');
        expect(own, `${step} ${name}`).not.toMatch(bokmaal);
      }
    }
  });
});

import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { table } from '../../src/terminal/table.js';
import { bold, useColour } from '../../src/terminal/text.js';
import { fitted, useWidth, widthOf } from '../../src/terminal/width.js';

afterEach(() => {
  useWidth(null);
  return useColour(false);
});

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('text in a terminal', () => {
  it('is left whole where nobody says how wide it is', () => {
    const text = 'ord '.repeat(100);
    expect(fitted(text, null)).toBe(text);
  });

  it('is broken between words, and goes on under the first word', () => {
    expect(fitted('Registrer den første fakturaen nå', 20)).toBe('Registrer den første\nfakturaen nå');
    expect(fitted('  – Fristen må først være ute', 20)).toBe('  – Fristen må først\n    være ute');
    expect(fitted('   12,50  Innbetalt med en lang tekst', 24)).toBe(
      '   12,50  Innbetalt med\n          en lang tekst',
    );
    expect(fitted('\u001b[32m✓\u001b[39m Nettleser: på plass', 18)).toBe(
      '\u001b[32m✓\u001b[39m Nettleser: på\n  plass',
    );
  });

  it('never parts an amount, a paragraph or a command that is to be copied', () => {
    expect(fitted('Gebyr til staten: utlegg 12 928,00 kr.', 34)).toBe(
      'Gebyr til staten: utlegg\n12 928,00 kr.',
    );
    expect(fitted('etter inkassoloven § 9', 21)).toBe('etter inkassoloven\n§ 9');
    expect(fitted('Bekreft med «inkasso sent 12».', 24)).toBe('Bekreft med\n«inkasso sent 12».');
    const mend = "Rett det med: chmod go-rwx '/en/lang/sti/som/ikke/får/plass'";
    expect(fitted(mend, 30).split('\n')).toEqual([
      'Rett det med:',
      "chmod go-rwx '/en/lang/sti/som/ikke/får/plass'",
    ]);
  });

  it('has no line longer than the terminal, unless a word alone is, and the same words', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'å', 'B', '3', ',', '漢'),
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), fc.integer({ min: 20, max: 60 }), (words, places) => {
        const text = words.join(' ');
        const shown = fitted(text, places);
        expect(squeezed(shown)).toBe(squeezed(text));
        for (const line of shown.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(places);
      }),
    );
  });
});

const COLUMNS = [
  { title: 'Sak', align: 'right' },
  { title: 'Skyldner' },
  { title: 'Brev' },
  { title: 'Å betale', align: 'right' },
] as const;
const ROWS = [
  ['1', 'Kari Oppdiktet Fiktivsen', 'Betalingsoppfordring', '12 932,53'],
  ['2', 'Ola', 'Purring', '538,00'],
];

describe('a table', () => {
  it('has a line for each row where there is room', () => {
    useWidth(70);
    expect(table(COLUMNS, ROWS)).toBe(
      [
        'Sak  Skyldner                  Brev                   Å betale',
        '  1  Kari Oppdiktet Fiktivsen  Betalingsoppfordring  12 932,53',
        '  2  Ola                       Purring                  538,00',
      ].join('\n'),
    );
  });

  it('breaks its text between words, and at the joint of a long one, where the terminal is narrow', () => {
    useWidth(38);
    expect(table(COLUMNS, ROWS)).toBe(
      [
        'Sak  Skyldner   Brev          Å betale',
        '  1  Kari       Betalings-   12 932,53',
        '     Oppdiktet  oppfordring',
        '     Fiktivsen',
        '  2  Ola        Purring         538,00',
      ].join('\n'),
    );
  });

  it('is a list for each row where the figures have no room', () => {
    useWidth(24);
    expect(table(COLUMNS, ROWS)).toBe(
      [
        'Sak       1',
        'Skyldner  Kari Oppdiktet',
        '          Fiktivsen',
        'Brev      Betalings-',
        '          oppfordring',
        'Å betale  12 932,53',
        '',
        'Sak       2',
        'Skyldner  Ola',
        'Brev      Purring',
        'Å betale  538,00',
      ].join('\n'),
    );
  });

  it('has bold cells in places of their own', async () => {
    await useColour(true);
    const drawn = table(
      [{ title: 'Dager' }, { title: 'Åpent', align: 'right' }],
      [
        ['1–30', '1 250,00'],
        [bold('Sum'), bold('1 250,00')],
      ],
    );
    expect(drawn.split('\n')[2]).toBe('\u001b[1mSum\u001b[22m    \u001b[1m1 250,00\u001b[22m');
  });

  it('is never wider than a terminal with room for its longest word, and never loses a figure', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '漢'), maxLength: 30 });
    const amount = fc.integer({ min: 0, max: 9_999_999 }).map(String);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(amount, cell, cell, amount), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 30, max: 120 }),
        (rows, places) => {
          useWidth(places);
          const shown = table(COLUMNS, rows);
          const longest = Math.max(...rows.flat().flatMap((text) => text.split(' ').map(widthOf)));
          for (const line of shown.split('\n'))
            expect(widthOf(line)).toBeLessThanOrEqual(Math.max(places, longest + 10));
          for (const [first, , , last] of rows) {
            expect(shown).toContain(first);
            expect(shown).toContain(last);
          }
        },
      ),
    );
  });
});

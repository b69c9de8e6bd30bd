import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenCsv, csvRows, type Delimiter } from '../../src/import/csv.js';

const rows = (text: string, delimiter: Delimiter = ';') => [...csvRows([text], delimiter)];
const cells = (text: string, delimiter?: Delimiter) => rows(text, delimiter).map((row) => row.cells);

describe('the rows of a CSV text', () => {
  it.each(['\n', '\r\n', '\r'])('with line ending %j', (end) => {
    expect(rows(`a;b${end}1;2${end}`)).toEqual([
      { line: 1, cells: ['a', 'b'], raw: 'a;b' },
      { line: 2, cells: ['1', '2'], raw: '1;2' },
    ]);
  });

  it('with line breaks in a quoted cell, and the line each row starts on', () => {
    expect(rows('a;"en\r\nto ""x"""\r\n\r\n3;4')).toEqual([
      { line: 1, cells: ['a', 'en\nto "x"'], raw: 'a;"en\nto ""x"""' },
      { line: 3, cells: [''], raw: '' },
      { line: 4, cells: ['3', '4'], raw: '3;4' },
    ]);
  });

  it('with other delimiters, and rows of different length', () => {
    expect(cells('a,b\n1,2,3\n1', ',')).toEqual([['a', 'b'], ['1', '2', '3'], ['1']]);
    expect(cells('a\tb', '\t')).toEqual([['a', 'b']]);
    expect(cells('a|b', '|')).toEqual([['a', 'b']]);
  });

  it.each([
    ['a;b\n1;"2\n3;4', 'Linje 2: et anførselstegn (") er ikke lukket før filen slutter.'],
    ['a;b\n1;5" rør\n', 'Linje 2: anførselstegnene (") stemmer ikke'],
    ['a;b\n1;"2"3\n', 'Linje 2: anførselstegnene (") stemmer ikke'],
    [`a;b\n1;${'x'.repeat(100_001)}`, 'Linje 2: raden er lengre enn 100000 tegn.'],
  ])('refuses what cannot be taken apart (%#)', (text, why) => {
    expect(() => rows(text)).toThrow(BrokenCsv);
    expect(() => rows(text)).toThrow(why);
  });
});

/** As plain as it can be: one character after another. */
function oracle(text: string, delimiter: string): string[][] {
  const found: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at] ?? '';
    if (quoted) {
      if (c === '"' && text[at + 1] === '"') cell += text[++at] ?? '';
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === delimiter || c === '\n') {
      found.at(-1)?.push(cell);
      cell = '';
      if (c === '\n') found.push([]);
    } else cell += c;
  }
  found.at(-1)?.push(cell);
  return text.endsWith('\n') || text === '' ? found.slice(0, -1) : found;
}

describe('whatever the cells hold', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ø', '"', ';', '\n', ' ', '1', ','), maxLength: 8 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
  const written = (value: string) => (/[";\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

  it('the same comes out as went in, in pieces of any size', () => {
    fc.assert(
      fc.property(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n'),
        (values, size, end) => {
          const text = values
            .map((row) => row.map(written).join(';'))
            .join('\n')
            .replaceAll('\n', end);
          const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
          const read = [...csvRows(pieces, ';')];
          expect(read.map((row) => row.cells)).toEqual(values);
          const lines = text.split(end);
          for (const row of read) expect(row.raw.split('\n')[0]).toBe(lines[row.line - 1]);
        },
      ),
    );
  });

  it('a file longer than one slab is cut between rows only', () => {
    const long = 'x;"to\nlinjer; ""med"" skille"\n'.repeat(60_000);
    const read = rows(long);
    expect(read.length).toBe(60_000);
    expect(new Set(read.map((row) => row.cells.join('|')))).toEqual(new Set(['x|to\nlinjer; "med" skille']));
    expect(read.at(-1)?.line).toBe(119_999);
  });

  it('text that is not CSV is read as the oracle reads it, or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ';', '\n'), maxLength: 20 }), (text) => {
        try {
          expect(cells(text)).toEqual(oracle(text, ';'));
        } catch (fault) {
          if (!(fault instanceof BrokenCsv)) throw fault;
          expect(fault.message).toMatch(/^Linje \d+: .*\.$/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { table } from '../../src/terminal/table.js';
import { bold, useColour } from '../../src/terminal/text.js';

const COLUMNS = [{ title: 'Sak', align: 'right' }, { title: 'Navn', max: 6 }, { title: 'Kr' }] as const;

describe('a table', () => {
  afterEach(() => useColour(false));

  it('has columns two blanks apart, and no blanks at the end of a line', () => {
    const rows = [
      ['1', 'Kari', '1,00'],
      ['12', 'Ola Nordmann', ''],
      ['', '', ''],
      ['3', 'a  '],
    ];
    expect(table(COLUMNS, rows).split('\n')).toEqual([
      'Sak  Navn    Kr',
      '  1  Kari    1,00',
      ' 12  Ola N…',
      '',
      '  3  a',
    ]);
  });

  it('makes a row as high as its highest cell, and counts letters by the places they take', () => {
    const rows = [
      ['1', '山田', 'a\nbcd\n'],
      ['2', 'e\u0301', '\u001b[2Jx'],
    ];
    expect(table(COLUMNS, rows).split('\n')).toEqual([
      'Sak  Navn  Kr',
      '  1  山田  a',
      '           bcd',
      '',
      '  2  e\u0301     [2Jx',
    ]);
  });

  it('in colours: what is bold in a cell stays so, and no other escape does', async () => {
    await useColour(true);
    const shown = table(COLUMNS, [
      ['1', '\u001b[31mKa', bold('12,00')],
      ['2', '', '3'],
    ]);
    const [head, first, second] = shown.split('\n');
    expect(head).toBe('\u001b[1mSak\u001b[22m  \u001b[1mNavn\u001b[22m    \u001b[1mKr\u001b[22m');
    expect(first).toBe('  1  [31mKa  \u001b[1m12,00\u001b[22m');
    expect(second).toBe('  2          3');
  });
});

import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Desk, readPdf, shareBrowser } from '../support/cli.js';

shareBrowser();

const DAY = '2026-08-20';
const ESC = '\u001b';

/** What a debtor, a bank or a file could bring: each would do something, if anything obeyed it. */
const ATTACKS = [
  `${ESC}]0;tittel\u0007${ESC}[2J${ESC}[31mRød`,
  `${ESC}]8;;https://ond.example\u0007Trykk${ESC}]8;;\u0007`,
  'Kari\u202eKCOLB\u2066x\u2069\u061c',
  '\u009b2J\u0090q\u009c\rOverskrevet',
  '=HYPERLINK("https://ond.example";"Kari")',
  '+SUM(1)',
  '@cmd|calc',
  '-2+3',
  '\t=1+1',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '{{constructor.constructor "return process"}}{{{creditor.account}}}',
  "'); DROP TABLE event; --",
  '$(touch ran) `touch ran` ; touch ran',
] as const;

/** Everything but line breaks and tabs that a terminal obeys, and what turns text round. */
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** A file with these is refused as broken. */
const readable = (attack: string): string => attack.replace(/[\u0080-\u009f\r]/g, '');

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open();
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = ATTACKS.map((attack, index) =>
    [
      ...[
        1001 + index,
        '1250,00',
        '2026-08-03',
        cell(readable(attack)),
        'consumer',
        cell(`Gate ${readable(attack)}`),
      ],
      ...['0350', 'Oslo', cell(`For ${readable(attack)}`)],
    ].join(';'),
  );
  const file = ['invoice;amount;due;debtor;type;address;zip;city;description', ...rows, ''].join('\n');
  const taken = await desk.ok<{ files: { counts: { add: number } }[] }>(
    DAY,
    'import',
    desk.write('fakturaer.csv', file),
  );
  expect(taken.files[0]?.counts.add).toBe(ATTACKS.length);
  // A name that came in before there was anything to stop it.
  const raw = new Database(desk.database);
  for (const [index, attack] of ATTACKS.entries())
    raw.prepare('UPDATE debtor SET name = ? WHERE id = ?').run(attack, index + 1);
  raw.close();
});

describe('hostile text', () => {
  it('reaches no terminal with what a terminal obeys', async () => {
    for (const [index] of ATTACKS.entries()) {
      const number = String(index + 1);
      for (const args of [
        ['show', number],
        ['why', number],
        ['debtor', 'show', number],
        ['forecast', number],
      ]) {
        const { stdout, stderr, code } = await desk.on(DAY, ...args);
        expect([0, args], stderr).toEqual([code, args]);
        expect(stdout + stderr, args.join(' ')).not.toMatch(OBEYED);
      }
    }
    for (const args of [
      ['list'],
      ['report'],
      ['run', '--dry-run'],
      ['debtor'],
      ['import', 'fakturaer.csv'],
      ['check'],
    ]) {
      const { stdout, stderr } = await desk.on(DAY, ...args);
      expect(stdout + stderr, args.join(' ')).not.toMatch(OBEYED);
    }
  });

  it('is no formula in a spreadsheet', async () => {
    for (const args of [
      ['report', 'ageing', '--csv'],
      ['report', 'writeoff', '--csv'],
    ]) {
      const { stdout, code, stderr } = await desk.on(DAY, ...args);
      expect(code, stderr).toBe(0);
      const rows: string[][] = parse(stdout, { delimiter: ';', bom: true, relax_column_count: true });
      for (const cell of rows.flat()) expect(cell, cell).not.toMatch(/^\s*([=+@\t]|-(?!\d+(,\d+)?$))/);
    }
  });

  it('is text in the report page, and runs nothing', async () => {
    await desk.ok(DAY, 'report', '--html', desk.path('rapport.html'));
    const page = readFileSync(desk.path('rapport.html'), 'utf8');
    expect(page).not.toMatch(/<script|<img[^>]*onerror|javascript:/i);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('is text in a letter: no template, no element, and no way out of the database or into a shell', async () => {
    const cases = [ATTACKS.length - 3, ATTACKS.length - 2, ATTACKS.length - 1, ATTACKS.length].map(String);
    const { letters } = await desk.run(DAY, '--case', ...cases);
    const texts = await Promise.all(letters.map(async ({ pdf }) => (await readPdf(pdf)).text));
    expect(texts).toHaveLength(4);
    const flat = texts.join(' ').replace(/\s+/g, '');
    for (const words of [
      '<script>alert(1)</script>',
      '{{constructor',
      '{{{creditor.account}}}',
      'DROPTABLE',
      '$(touchran)',
    ])
      expect(flat).toContain(words);
    expect(desk.pdfs().length).toBeGreaterThan(0);
    expect(Object.keys(desk.stored().files).filter((file) => /\bran$/.test(file))).toEqual([]);
    expect((await desk.on(DAY, 'check')).code).toBe(0);
  });
});

import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ADDRESS, Desk, DUE, shareBrowser } from '../support/cli.js';

shareBrowser();

const DAY = '2026-08-20';

/** Numbers and names that are more than a name to some file system. */
const NAMES = [
  'CON',
  'nul.txt',
  'a:b',
  '../x',
  '..\\..\\x',
  '/etc/passwd',
  'C:\\x',
  'slutt. ',
  '~/x',
  '%TEMP%',
  'a?*|"<>b',
  'Æøå ß 漢字',
  '-rf',
  '9'.repeat(60),
];

/** What Windows lets a file be called, which every other system does too. */
function isName(name: string): boolean {
  return (
    /^[^<>:"/\\|?*\u0000-\u001f]{1,255}$/.test(name) &&
    !/[. ]$/.test(name) &&
    !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name)
  );
}

describe('names of files', () => {
  it('stay in their folder and are allowed on every system, whatever invoices and debtors are called', async () => {
    const desk = await Desk.open();
    const outside = (): string[] =>
      readdirSync(dirname(desk.folder)).filter((name) => /^(x|b|con|nul|passwd)/i.test(name));
    const stood = outside();
    for (const [index, name] of NAMES.entries()) {
      const flags = ['--amount', '1250', '--due', DUE, '--type', 'consumer', ...ADDRESS];
      const debtor = index === 0 ? 'Å'.repeat(300) : name;
      await desk.ok(DAY, 'add', `--invoice=${name}`, `--debtor=${debtor}`, ...flags);
    }
    const { letters, print } = await desk.run(DAY, '--sent');
    expect(letters).toHaveLength(NAMES.length);
    expect(new Set(letters.map(({ pdf }) => pdf.toLowerCase())).size).toBe(NAMES.length);
    for (const [index] of NAMES.entries()) {
      const number = String(index + 1);
      await desk.ok(DAY, 'debtor', 'export', number);
      await desk.ok(DAY, 'letter', number);
      await desk.ok(DAY, 'export', 'dossier', number);
    }
    for (const path of [...letters.map(({ pdf }) => pdf), print ?? '']) {
      expect(path.startsWith(join(desk.folder, '')), path).toBe(true);
      expect(isName(basename(path)), path).toBe(true);
    }
    const made = readdirSync(desk.folder, { recursive: true, withFileTypes: true });
    expect(made.length).toBeGreaterThan(2 * NAMES.length);
    for (const { name } of made) expect(isName(name), name).toBe(true);
    expect(outside()).toEqual(stood);
  });
});

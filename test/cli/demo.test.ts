import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  claim,
  Desk,
  DUE,
  onlyDocument,
  readPdf,
  sha256,
  shareBrowser,
  type ReportData,
  type ShownCase,
} from '../support/cli.js';

shareBrowser();

interface Demo {
  readonly database: string;
  readonly report: string;
  readonly letters: readonly { readonly pdf: string; readonly step: string; readonly case: number }[];
}

describe('demo', () => {
  let desk: Desk;
  let made: Demo;
  let first: string[];
  let words: string;

  const inDemo = async (...args: string[]): Promise<object> => {
    const { code, stdout } = await desk.cli([
      '--db',
      made.database,
      '--as-of',
      '2026-10-16',
      '--json',
      ...args,
    ]);
    expect(code).toBe(0);
    return onlyDocument(stdout);
  };

  beforeAll(async () => {
    desk = await Desk.open();
    const ran = await desk.json<Demo>('2026-11-20', ['demo', '--dir', 'øvelse']);
    expect(ran.code).toBe(0);
    made = ran.document.data;
    first = made.letters.map(({ pdf }) => pdf);
    const again = await desk.cli(['demo', '--dir', 'øvelse']);
    expect(again.code).toBe(0);
    words = again.stdout;
  });

  it('leaves letters of the whole ladder as PDF', async () => {
    const steps = new Set(made.letters.map(({ step }) => step));
    expect([...steps].sort()).toEqual(['betalingsoppfordring', 'inkassovarsel', 'purring']);
    for (const { pdf, step } of made.letters) {
      const { pages, text } = await readPdf(pdf);
      expect(pages).toBeGreaterThan(0);
      expect(text).toMatch(new RegExp(step, 'i'));
      if (step === 'inkassovarsel') expect(text).not.toMatch(/purring/i);
    }
  });

  it('leaves a report whose figures are those of the database', async () => {
    const text = readFileSync(made.report, 'utf8');
    const { data } = (await inDemo('report')) as { data: ReportData };
    expect(data.ageing.totalOre).toBeGreaterThan(0);
    const total = (data.ageing.totalOre / 100).toFixed(2).replace('.', ',');
    expect(text.replace(/(?<=\d) (?=\d{3})/g, '')).toContain(total);
    for (const { reasons } of data.writeoff)
      for (const reason of reasons) expect(text).toContain(reason.text);
  });

  it('has claims with different fates to look at', async () => {
    const { data } = (await inDemo('list')) as { data: { cases: { number: number; status: string }[] } };
    expect(new Set(data.cases.map(({ status }) => status)).size).toBeGreaterThan(1);
    const paid = await Promise.all(
      data.cases.map(async ({ number }) => {
        const { data: shown } = (await inDemo('show', String(number))) as { data: { case: ShownCase } };
        return shown.case.claim.paidOre;
      }),
    );
    expect(paid.some((ore) => ore > 0)).toBe(true);
  });

  it('works when it is run again, and prints paths that exist', () => {
    const paths = words.match(/(?<=\s)\/\S+/g) ?? [];
    expect(paths.filter((path) => path.endsWith('.pdf'))).toEqual(first);
    expect(paths).toContain(made.report);
    expect(paths).toContain(made.database);
    for (const path of paths) expect(existsSync(path), path).toBe(true);
  });

  it('keeps to its folder and leaves the own database alone', async () => {
    expect(
      [made.database, made.report, ...first].filter((path) => !path.startsWith(desk.path('øvelse'))),
    ).toEqual([]);
    expect(await desk.list('2026-11-20')).toEqual([]);
    expect(existsSync(desk.path('brev'))).toBe(false);
  });

  it("refuses a folder whose database is another business's, and leaves it as it is", async () => {
    const other = await Desk.open();
    await other.ok('2026-08-20', ...claim('1', '1000', DUE));
    const path = desk.path('ekte', 'ovelse.db');
    mkdirSync(desk.path('ekte'));
    renameSync(other.database, path);
    const before = sha256(readFileSync(path));
    const failure = await desk.refused('2026-11-20', 'demo', '--dir', 'ekte');
    expect(failure).toMatchObject({ exit: 2, command: 'demo' });
    expect(failure.message).toContain(path);
    expect(failure.hint).toContain('--dir');
    expect(sha256(readFileSync(path))).toBe(before);
  });

  it('refuses a folder where something else has that name, and a folder that is a file', async () => {
    mkdirSync(desk.path('annet'));
    const path = desk.write('annet/ovelse.db', 'ikke en database');
    expect(await desk.refused('2026-11-20', 'demo', '--dir', 'annet')).toMatchObject({ exit: 2 });
    expect(readFileSync(path, 'utf8')).toBe('ikke en database');
    const file = desk.write('fil', 'viktig');
    expect([1, 2]).toContain((await desk.refused('2026-11-20', 'demo', '--dir', 'fil')).exit);
    expect(readFileSync(file, 'utf8')).toBe('viktig');
  });
});

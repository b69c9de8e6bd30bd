import { readFileSync } from 'node:fs';
import { extractText, getDocumentProxy } from 'unpdf';
import { beforeAll, describe, expect, it } from 'vitest';
import { claim, Desk, shareBrowser, sha256 } from '../support/cli.js';

shareBrowser();

const ON = '2026-11-20';
const HISTORY = ['--history', 'purring=2026-08-20:2026-09-03:38'];

interface Figures {
  readonly collectedOre: number;
  readonly incomeOre: number;
  readonly recoveredOre: number;
  readonly daysToPayment: number | null;
  readonly costOre: number | null;
  readonly incomePercent: number | null;
}

describe('key figures and income', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.ok('2026-09-10', ...claim('K1', '1000', '2026-08-03', '--issued', '2026-07-20', ...HISTORY));
    await desk.ok('2026-09-10', ...claim('K2', '500', '2026-08-03', '--issued', '2026-07-20'));
    // 40 days at 12,25 % of 1 000 kr, and the fee of 38 kr.
    await desk.ok('2026-09-12', 'pay', '1', '1051,42', '--date', '2026-09-12');
    await desk.ok('2026-10-01', 'writeoff', '2', '--reason', 'tapt');
    await desk.ok('2026-11-02', 'pay', '2', '200', '--date', '2026-11-02');
  });

  it('count what came in, what of it is income, and what a loss gave after all', async () => {
    const { kpi } = await desk.ok<{ kpi: { current: Figures; previous: Figures } }>(ON, 'report', 'kpi');
    expect(kpi.current).toMatchObject({
      collectedOre: 105_142 + 20_000,
      payments: 2,
      // (1 051,42 × 40 + 200 × 91) ÷ 1 251,42
      daysToPayment: 48.2,
      incomeOre: 1342 + 3800 + 20_000,
      recoveredOre: 20_000,
      incomePercent: 20.09,
      costOre: null,
    });
    expect(kpi.previous).toMatchObject({ collectedOre: 0, daysToPayment: null, incomePercent: null });
  });

  it('know what a letter costs once the creditor has said so', async () => {
    await desk.ok(ON, 'config', 'set', 'letterCost', '25,50');
    const { kpi } = await desk.ok<{ kpi: { current: Figures } }>(ON, 'report', 'kpi');
    expect(kpi.current.costOre).toBe(2550);
    expect((await desk.refused(ON, 'config', 'set', 'letterCost', '1.234')).exit).toBe(2);
  });

  it('show the loss and what came of it in the period chosen', async () => {
    const args = ['report', 'income', '--from', '2026-11-01', '--to', '2026-11-20'];
    const { income } = await desk.ok<{
      income: { current: Record<string, number>; previous: Record<string, number> };
    }>(ON, ...args);
    expect(income.current).toMatchObject({ recoveredOre: 20_000, receivedOre: 20_000, interestOre: 0 });
    const october = ['report', 'income', '--from', '2026-10-01', '--to', '2026-10-31'];
    const then = await desk.ok<{ income: { movement: Record<string, Record<string, number>> } }>(
      ON,
      ...october,
    );
    expect(then.income.movement['principal']).toMatchObject({
      openingOre: 50_000,
      lostOre: 50_000,
      closingOre: 0,
    });
  });

  it.each([
    [['--from', '2026-11-21'], /--from/],
    [['--to', '2026-11-21'], /--to/],
    [['--from', '2026-13-01'], /--from/],
    [['--from', '2026-10-02', '--to', '2026-10-01'], /--from/],
  ])('refuse %s', async (flags, pattern) => {
    const failure = await desk.refused(ON, 'report', 'kpi', ...flags);
    expect([failure.exit, failure.message]).toEqual([2, expect.stringMatching(pattern)]);
  });

  it.each(['kpi', 'income'])('fit the terminal and a spreadsheet: %s', async (kind) => {
    const { code, stdout } = await desk.on(ON, 'report', kind);
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(80);
    const csv = (await desk.on(ON, 'report', kind, '--csv')).stdout.trimEnd().split('\n');
    expect(new Set(csv.map((line) => line.split(';').length))).toEqual(new Set([3]));
  });
});

describe('the page', () => {
  let desk: Desk;
  let page: string;

  beforeAll(async () => {
    desk = await Desk.open();
    const debtor = ['--debtor', '<script>alert(1)</script> & "Sønn"', '--type', 'consumer'];
    await desk.ok(
      '2026-09-10',
      'add',
      '--invoice',
      'P1',
      '--amount',
      '1000',
      '--due',
      '2026-08-03',
      ...debtor,
    );
    await desk.ok('2026-09-20', 'pay', '1', '200', '--date', '2026-09-20');
    const { code, stdout } = await desk.on(
      ON,
      'report',
      '--html',
      'ut/rapport.html',
      '--pdf',
      'ut/rapport.pdf',
    );
    expect([code, stdout]).toEqual([0, expect.stringContaining(desk.path('ut', 'rapport.html'))]);
    page = readFileSync(desk.path('ut', 'rapport.html'), 'utf8');
  });

  it('fetches nothing and runs nothing, and says which language it is in', () => {
    expect(page).toContain('<html lang="nb">');
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|\son\w+=|<!\[CDATA\[/i);
    const outside = [...page.matchAll(/(?:src|href|url)\s*[=(]\s*["']?([^"')\s]{1,20})/gi)];
    for (const [, target] of outside) expect(target).toMatch(/^data:font/);
    expect(page.match(/https?:\/\/[^"\s]+/g)?.every((url) => url.startsWith('http://www.w3.org/'))).toBe(
      true,
    );
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Sønn&quot;');
  });

  it('has for each chart a name, a description and a table with the figures', async () => {
    const charts = [...page.matchAll(/<svg role="img" aria-labelledby="([\w-]+) ([\w-]+)"[\s\S]*?<\/svg>/g)];
    expect(charts.map(([, title]) => title)).toEqual(['ageing-title', 'inflow-title', 'funnel-title']);
    for (const [svg, title, desc] of charts) {
      expect(svg).toMatch(new RegExp(`<title id="${title}">[^<]+</title><desc id="${desc}">[^<]+</desc>`));
      expect(page.slice(page.indexOf(svg) + svg.length, page.indexOf(svg) + svg.length + 80)).toContain(
        '<table',
      );
    }
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const { ageing } = await desk.report(ON);
    const shown = (ageing.totalOre / 100).toFixed(2).replace('.', ',');
    expect(page).toContain(shown);
  });

  it('is the same again to the byte, as page and as PDF', async () => {
    await desk.on(ON, 'report', '--html', 'igjen.html', '--pdf', 'igjen.pdf');
    expect(readFileSync(desk.path('igjen.html'), 'utf8')).toBe(page);
    expect(sha256(readFileSync(desk.path('igjen.pdf')))).toBe(
      sha256(readFileSync(desk.path('ut', 'rapport.pdf'))),
    );
  });

  it('prints as tagged A4 in bokmål', async () => {
    const bytes = readFileSync(desk.path('ut', 'rapport.pdf'));
    const document = await getDocumentProxy(new Uint8Array(bytes));
    const { text } = await extractText(document, { mergePages: true });
    for (const heading of ['Innkreving per 20.11.2026', 'Utestående etter alder', 'Nøkkeltall', 'Foreldelse'])
      expect(text).toContain(heading);
    const [, , width = 0, height = 0] = (await document.getPage(1)).view;
    expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
    expect((await document.getMarkInfo())?.Marked).toBe(true);
    const { info } = await document.getMetadata();
    expect(info).toMatchObject({
      Language: 'nb-NO',
      Title: expect.stringContaining('Innkreving per') as string,
    });
  });

  it('is whole without a single case', async () => {
    const empty = await Desk.open();
    expect((await empty.on(ON, 'report', '--html', 'tom.html')).code).toBe(0);
    const text = readFileSync(empty.path('tom.html'), 'utf8');
    expect(text).toContain('Ingen åpne krav.');
    expect(text).not.toMatch(/<svg|NaN|undefined|Infinity/);
  });

  it('names the file in JSON beside the figures, and refuses CSV at once', async () => {
    const data = await desk.ok<{ html: string; kpi: object }>(ON, 'report', 'kpi', '--html', 'kpi.html');
    expect([data.html, typeof data.kpi]).toEqual([desk.path('kpi.html'), 'object']);
    const { code } = await desk.on(ON, 'report', '--csv', '--html', 'x.html');
    expect(code).toBe(2);
  });
});

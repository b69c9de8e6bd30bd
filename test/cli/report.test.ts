import { beforeAll, describe, expect, it } from 'vitest';
import { claim, Desk, INIT, kroner, shareBrowser, type Bucket, type ReportData } from '../support/cli.js';

shareBrowser();

const NOW = { now: '2027-01-20T10:00:00Z' };

interface Unknown {
  readonly case: number;
  readonly principalOre: number | null;
  readonly message: string;
  readonly hint: string;
}

type AgeingData = ReportData['ageing'] & {
  readonly unknown: readonly Unknown[];
  readonly provision: {
    readonly buckets: readonly {
      readonly key: string;
      readonly percent: string;
      readonly amountOre: number;
    }[];
    readonly totalOre: number;
  };
};

async function ageingOn(desk: Desk, day: string): Promise<AgeingData> {
  return (await desk.ok<{ ageing: AgeingData }>(day, 'report', 'ageing')).ageing;
}

function filled(buckets: readonly Bucket[]): string[] {
  return buckets.filter(({ count }) => count > 0).map(({ key, count }) => `${key}:${count}`);
}

describe('a missing rate', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    // The first carries no interest yet on 20 January; the second needs the rate of 2027.
    await desk.ok('2026-12-01', ...claim('N1', '1000', '2027-02-15'));
    await desk.ok('2026-12-01', ...claim('N2', '2500', '2026-11-16'));
  });

  it('leaves one case out of the ageing, says which and what to do, and is exit code 5', async () => {
    const { code, document } = await desk.json<{ ageing: AgeingData }>(
      '2027-01-20',
      ['report', 'ageing'],
      NOW,
    );
    expect(code).toBe(5);
    const { ageing } = document.data;
    expect([ageing.totalOre, filled(ageing.buckets)]).toEqual([100_000, ['notDue:1']]);
    expect(ageing.unknown).toMatchObject([{ case: 2, invoice: 'N2', principalOre: 250_000 }]);
    expect(ageing.unknown[0]?.hint).toContain('inkasso rates add forsinkelsesrente 2027-01-01');
    expect(document.warnings.map(({ code }) => code)).toContain('RATE_UNKNOWN');
  });

  it('is told in words', async () => {
    const { code, stdout } = await desk.cli(
      ['--db', desk.database, '--as-of', '2027-01-20', 'report', 'ageing'],
      NOW,
    );
    expect(code).toBe(5);
    expect(stdout).toContain('Kan ikke regnes ut');
    expect(stdout).toContain('Sak 2, faktura N2, Kari Oppdiktet, hovedstol 2 500,00 kr');
  });

  it('does not stop the list: the row says so and the exit code is 0', async () => {
    const { code, document } = await desk.json<{ cases: { number: number; openOre: number | null }[] }>(
      '2027-01-20',
      ['list'],
      NOW,
    );
    expect(code).toBe(0);
    expect(document.data.cases.map(({ number, openOre }) => [number, openOre])).toEqual([
      [1, 100_000],
      [2, null],
    ]);
    expect(document.warnings.map(({ code }) => code)).toContain('RATE_UNKNOWN');
    const { stdout } = await desk.cli(['--db', desk.database, '--as-of', '2027-01-20', 'list'], NOW);
    expect(stdout).toMatch(/N2 .* ukjent/);
    expect(stdout).toContain('2 saker, 1 000,00 kr åpent i 1; 1 kan ikke regnes ut.');
  });

  it('is gone once the rate is entered', async () => {
    await desk.json(
      '2027-01-20',
      ['rates', 'add', 'forsinkelsesrente', '2027-01-01', '12,50', '--source', 'x'],
      NOW,
    );
    await desk.json('2027-01-20', ['rates', 'add', 'rettsgebyr', '2027-01-01', '1380', '--source', 'x'], NOW);
    const { code, document } = await desk.json<{ ageing: AgeingData }>('2027-01-20', ['report'], NOW);
    expect([code, document.data.ageing.unknown]).toEqual([0, []]);
  });
});

describe('the ageing as of a day that is past', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.ok('2026-08-10', ...claim('A1', '1000', '2026-08-03', '--issued', '2026-07-20'));
    await desk.ok('2026-08-10', ...claim('A2', '500', '2026-08-03'));
    await desk.ok('2026-08-20', 'pay', '2', '500', '--date', '2026-08-20', '--to', 'principal');
    await desk.ok('2026-09-30', 'writeoff', '1', '--reason', 'tapt');
    await desk.ok('2026-10-20', 'pay', '1', '400', '--date', '2026-10-20', '--to', 'principal');
  });

  it('has what had happened by then', async () => {
    // A1 from its invoice date; A2, whose invoice date nobody knows, from the day it fell due.
    expect((await ageingOn(desk, '2026-07-19')).totalOre).toBe(0);
    expect((await ageingOn(desk, '2026-08-02')).totalOre).toBe(100_000);
    expect((await ageingOn(desk, '2026-08-03')).totalOre).toBe(150_000);
    const before = await ageingOn(desk, '2026-08-19');
    expect(filled(before.buckets)).toEqual(['1-30:2']);
    // 16 days at 12,25 % of 1 000 and 500 kr.
    expect(before.totalOre).toBe(150_000 + 537 + 268);
    const open = await ageingOn(desk, '2026-09-29');
    // 57 days on the first; the second has its interest of 17 days left.
    expect(open.totalOre).toBe(100_000 + 1913 + 285);
    expect(filled(open.buckets)).toEqual(['31-60:2']);
    expect((await ageingOn(desk, '2026-09-30')).totalOre).toBe(285);
  });

  it('does not take back what was written off later', async () => {
    const { writeoff } = await desk.report('2026-09-29');
    expect(writeoff).toEqual([]);
    expect(filled((await ageingOn(desk, '2026-11-20')).buckets)).toEqual(['91+:1']);
  });

  it('counts an objection only from the day it was found right', async () => {
    const other = await Desk.open();
    const history = ['--history', 'purring=2026-08-20:2026-09-03:38'];
    await other.ok('2026-09-10', ...claim('A3', '1000', '2026-08-03', '--issued', '2026-07-20', ...history));
    const before = await ageingOn(other, '2026-09-20');
    await other.ok('2026-10-01', 'dispute', '1', '--reason', 'feil');
    await other.ok('2026-10-05', 'resolve', '1', '--outcome', 'upheld', '--reason', 'enige');
    expect(before.totalOre).toBe(100_000 + 1611 + 3800);
    expect((await ageingOn(other, '2026-09-20')).totalOre).toBe(before.totalOre);
  });

  it('provides for losses by the percentages of the creditor', async () => {
    await desk.ok('2026-11-20', 'config', 'set', 'provision60', '2,5');
    const { buckets, provision } = await ageingOn(desk, '2026-09-29');
    const bucket = buckets.find(({ key }) => key === '31-60');
    expect(provision.buckets.map(({ percent }) => percent)).toEqual(['0', '1', '2.5', '20', '50']);
    expect(provision.totalOre).toBe(Math.round(((bucket?.openOre ?? 0) * 25) / 1000));
    for (const bad of ['101', '-1', 'ti', '2,555', '']) {
      expect((await desk.refused('2026-11-20', 'config', 'set', 'provision60', bad)).exit, bad).toBe(2);
    }
  });
});

describe('a claim that is foreldet', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.ok('2026-08-20', ...claim('F1', '5000', '2023-08-01', '--issued', '2023-07-10'));
    await desk.ok('2026-08-20', ...claim('F2', '5000', '2024-01-15', '--issued', '2024-01-01'));
    await desk.ok('2026-08-20', ...claim('F3', '5000', '2026-08-03'));
  });

  it('has no next step in the list', async () => {
    const due = await desk.ok<{ cases: { number: number }[] }>('2026-11-20', 'list', '--due');
    expect(due.cases.map(({ number }) => number)).not.toContain(1);
    const { cases } = await desk.ok<{ cases: { number: number; next: unknown }[] }>('2026-11-20', 'list');
    expect(cases.find(({ number }) => number === 1)?.next).toBeNull();
    expect((await desk.on('2026-11-20', 'list')).stdout).toMatch(/F1 .* foreldet/);
  });

  it('stands in the limitation watch, after what can still be saved', async () => {
    const { limitation } = await desk.ok<{
      limitation: { case: number; state: string; limitation: string; daysLeft: number }[];
    }>('2026-11-20', 'report', 'limitation');
    expect(
      limitation.map(({ case: number, state, limitation: end, daysLeft }) => [number, state, end, daysLeft]),
    )
      // 1 August 2026 is a Saturday.
      .toEqual([
        [2, 'soon', '2027-01-15', 56],
        [1, 'foreldet', '2026-08-03', -109],
      ]);
    expect((await desk.on('2026-11-20', 'report', 'limitation', '--fail-on-findings')).code).toBe(6);
    expect((await desk.on('2023-12-20', 'report', 'limitation', '--fail-on-findings')).code).toBe(0);
  });

  it('names the evidence a write-off needs', async () => {
    const { stdout } = await desk.on('2026-11-20', 'report', 'writeoff');
    expect(stdout).toContain('Kravet ble foreldet 03.08.2026.');
    expect(stdout).toContain('Trenger: fakturaen med forfallsdato');
  });
});

describe('CSV', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = new Desk();
    await desk.ok('2026-08-01', 'init', ...INIT);
    await desk.ok(
      '2026-09-20',
      'add',
      '--invoice',
      '=1+1',
      '--amount',
      '1234,50',
      '--due',
      '2026-09-01',
      ...OF('=cmd|’/c calc’!A1;"x"'),
    );
    await desk.ok(
      '2026-09-20',
      'add',
      '--invoice',
      'B2',
      '--amount',
      '10',
      '--due',
      '2026-12-01',
      ...OF('＝SUM(A1)'),
    );
  });

  it.each(['summary', 'ageing', 'writeoff', 'limitation'])(
    'of %s is one table and runs no formula',
    async (kind) => {
      const { code, stdout } = await desk.on('2026-09-20', 'report', kind, '--csv');
      expect(code).toBe(0);
      expect(stdout.startsWith('\ufeff')).toBe(true);
      const rows = readCsv(stdout.slice(1));
      expect(new Set(rows.map((row) => row.length)).size).toBe(1);
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠\t\r]/);
    },
  );

  it('has amounts as plain numbers with a decimal comma, that add up to the report', async () => {
    const { stdout } = await desk.on('2026-09-20', 'report', 'ageing', '--csv');
    const [titles, ...rows] = readCsv(stdout.slice(1));
    expect(titles).toEqual([
      ...['Skyldnernr', 'Skyldner', 'Ikke forfalt', '1–30 dager', '31–60 dager', '61–90 dager'],
      ...['Over 90 dager', 'Sum'],
    ]);
    expect(rows.map((row) => row[1])).toEqual(['\'=cmd|’/c calc’!A1;"x"', "'＝SUM(A1)"]);
    const total = (await ageingOn(desk, '2026-09-20')).totalOre;
    const ore = rows.map((row) => Math.round(Number((row[7] ?? '').replace(',', '.')) * 100));
    expect(ore.reduce((a, b) => a + b, 0)).toBe(total);
    expect(rows[0]?.[7]).toBe(kroner(total - 1000).replaceAll(' ', ''));
  });

  it('and JSON at once is refused', async () => {
    expect((await desk.refused('2026-09-20', 'report', '--csv')).exit).toBe(2);
  });
});

function OF(name: string): string[] {
  return ['--debtor', name, '--type', 'consumer'];
}

/** A reader of its own: quotes doubled inside quotes, semicolons between. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index] ?? '';
    if (quoted && letter === '"' && text[index + 1] === '"') {
      cell += '"';
      index += 1;
    } else if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === ';' || letter === '\n')) {
      rows.at(-1)?.push(cell);
      cell = '';
      if (letter === '\n' && index < text.length - 1) rows.push([]);
    } else cell += letter;
  }
  return rows;
}

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ADDRESS, Desk, shareBrowser } from '../support/cli.js';

shareBrowser();

interface Books {
  readonly export: number | null;
  readonly file: string | null;
  readonly sums: Readonly<Record<string, number>>;
  readonly vouchers: readonly {
    readonly number: number;
    readonly date: string;
    readonly kind: string;
    readonly case: number;
    readonly postings: readonly { readonly account: string; readonly amountOre: number }[];
  }[];
}

let desk: Desk;

/** A claim with a name that tries the format, paid in part; one written off and then paid. */
beforeAll(async () => {
  desk = await Desk.open();
  await desk.add(
    '2026-03-05',
    ...['--invoice', '1001', '--amount', '12500', '--due', '2026-03-02', '--debtor', '=Šime; Øvrebø “Æ”'],
    ...[
      '--type',
      'consumer',
      '--address',
      'Tenktveien 3; oppg. B',
      '--zip',
      '0350',
      '--city',
      'Oslo',
      '--kid',
      '00100107',
    ],
  );
  await desk.add(
    '2026-03-05',
    ...[
      '--invoice',
      '1002',
      '--amount',
      '800',
      '--due',
      '2026-03-02',
      '--debtor',
      'Ærlig Øl AS',
      '--type',
      'business',
      ...ADDRESS,
    ],
  );
  await desk.run('2026-03-17', '--sent');
  await desk.ok('2026-03-25', 'pay', '1', '2000');
  await desk.ok('2026-04-02', 'writeoff', '2', '--reason', 'borte');
  await desk.ok('2026-04-20', 'pay', '2', '500');
  await desk.ok('2026-04-22', 'credit', '1', '1000', '--note-no', 'K-12');
});

const march = ['export', 'bookkeeping', '--from', '2026-03-01', '--to', '2026-03-31'];
const april = ['export', 'bookkeeping', '--from', '2026-04-01', '--to', '2026-04-30'];

interface Line {
  readonly voucher: string;
  readonly date: string;
  readonly account: string;
  readonly ore: number;
  readonly fields: readonly string[];
}

/** GBAT10 read the way the accounting system reads it: bytes, one sign each, semicolons, CRLF. */
function readGbat(path: string): Line[] {
  const text = new TextDecoder('windows-1252').decode(readFileSync(path));
  expect(text.endsWith('\r\n')).toBe(true);
  return text
    .slice(0, -2)
    .split('\r\n')
    .map((line) => {
      const fields = line.split(';');
      expect(fields).toHaveLength(28);
      expect(fields[0]).toBe('GBAT10');
      expect(fields[8]).toMatch(/^-?\d+\.\d{2}$/);
      expect(line).not.toMatch(/[\n\r]/);
      const [, voucher = '', date = '', , period, year, account = '', vat] = fields;
      expect([year, Number(period)]).toEqual([date.slice(0, 4), Number(date.slice(4, 6))]);
      expect(vat).toBe('0');
      return { voucher, date, account, ore: Math.round(Number(fields[8]) * 100), fields };
    });
}

function sumBy<T>(
  lines: readonly T[],
  key: (line: T) => string,
  ore: (line: T) => number,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of lines) sums.set(key(line), (sums.get(key(line)) ?? 0) + ore(line));
  return sums;
}

describe('export bookkeeping', () => {
  it('writes the period as GBAT10: every voucher balances, and the accounts are those of NS 4102', async () => {
    const done = await desk.ok<Books>('2026-05-02', ...march, '--out', desk.path('mars.csv'));
    const lines = readGbat(desk.path('mars.csv'));
    for (const [, sum] of sumBy(
      lines,
      (line) => line.voucher,
      (line) => line.ore,
    ))
      expect(sum).toBe(0);
    const { claim } = await desk.show('2026-03-25', '1');
    const accounts = sumBy(
      lines,
      (line) => line.account,
      (line) => line.ore,
    );
    expect(accounts.get('1920')).toBe(200_000);
    expect(accounts.get('3900')).toBe(-7600);
    expect(Object.fromEntries(accounts)).toEqual(done.sums);
    // The customer's account is what the case itself says is open of principal and fees.
    const customer = lines.filter((line) => line.account === '1500' && line.fields[15] === '1001');
    expect(1_250_000 + customer.reduce((sum, line) => sum + line.ore, 0)).toBe(
      claim.principalOre + claim.costsOre,
    );
    expect(done.vouchers.map(({ kind }) => kind)).toEqual(['fee', 'fee', 'payment']);
    const [row] = customer;
    expect(row?.fields.slice(11, 18)).toEqual([
      '=Sime Øvrebø "Æ"',
      'Tenktveien 3 oppg. B',
      '0350',
      'Oslo',
      '1001',
      '00100107',
      '20260302',
    ]);
  });

  it('says that a period is exported again, and what would be booked twice', async () => {
    const { document } = await desk.json<Books>('2026-05-03', [...march, '--out', desk.path('mars2.csv')]);
    const [warning] = document.warnings;
    expect(warning?.code).toBe('PERIOD_EXPORTED');
    expect(warning?.message).toContain('01.03.2026–31.03.2026 (eksport 1, 02.05.2026)');
    expect(warning?.message).toContain('--new');
    expect(readFileSync(desk.path('mars2.csv'))).toEqual(readFileSync(desk.path('mars.csv')));
    const none = await desk.ok<Books>('2026-05-03', ...march, '--new', '--out', desk.path('mars3.csv'));
    expect(none).toMatchObject({ export: null, file: null, vouchers: [] });
  });

  it('books a loss, and what comes in afterwards as income; as CSV a spreadsheet can open', async () => {
    const done = await desk.ok<Books>(
      '2026-05-03',
      ...april,
      '--format',
      'csv',
      '--out',
      desk.path('april.csv'),
    );
    expect(done.vouchers.map(({ kind }) => kind)).toEqual(['loss', 'recovered', 'credit']);
    expect(done.sums).toMatchObject({ '7830': 83_800, '7820': -50_000, '1920': 50_000, '3000': 100_000 });
    const text = readFileSync(desk.path('april.csv'), 'utf8');
    expect(text.startsWith('\ufeffbilag;dato;')).toBe(true);
    const [header = '', ...rows] = text.slice(1).trimEnd().split('\n');
    const names = header.split(';');
    const parsed = rows.map((row) => {
      const cells = row.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
      return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
    });
    const ore = (cell: string | undefined): number =>
      cell === undefined || cell === '' ? 0 : Math.round(Number(cell.replace(',', '.')) * 100);
    const net = (row: Record<string, string>): number => ore(row['debet']) - ore(row['kredit']);
    for (const [, sum] of sumBy(parsed, (row) => row['bilag'] ?? '', net)) expect(sum).toBe(0);
    // A name that begins like a formula is text.
    expect(parsed.find((row) => row['faktura'] === '1001')?.['kunde']).toMatch(/^"?'=/);
  });

  it('finds what was recorded after its period was exported, and takes it with --new', async () => {
    await desk.ok('2026-05-05', 'pay', '1', '300', '--date', '2026-03-30');
    const { document } = await desk.json<Books>('2026-05-06', [
      ...[
        'export',
        'bookkeeping',
        '--from',
        '2026-05-01',
        '--to',
        '2026-05-31',
        '--out',
        desk.path('mai.csv'),
      ],
    ]);
    const warning = document.warnings.find(({ code }) => code === 'LATE_VOUCHERS');
    expect(warning?.message).toContain('--from 2026-03-30 --to 2026-03-30 --new');
    expect(document.data.vouchers).toEqual([]);
    const late = await desk.ok<Books>('2026-05-06', ...march, '--new', '--out', desk.path('mars4.csv'));
    expect(late.vouchers.map(({ kind, date }) => [kind, date])).toEqual([['payment', '2026-03-30']]);
  });

  it('uses the account numbers the creditor has chosen', async () => {
    const other = await Desk.open();
    await other.ok('2026-03-01', 'config', 'set', 'accountFees', '3950');
    await other.add(
      '2026-03-05',
      '--invoice',
      '1',
      '--amount',
      '500',
      '--due',
      '2026-03-02',
      '--debtor',
      'A AS',
      '--type',
      'business',
      ...ADDRESS,
    );
    await other.run('2026-03-17', '--sent');
    const done = await other.ok<Books>('2026-04-02', ...march, '--out', other.path('b.csv'));
    expect(done.sums).toEqual({ '1500': 3800, '3950': -3800 });
    const error = await other.refused('2026-03-01', 'config', 'set', 'accountFees', 'gebyr');
    expect(error).toMatchObject({ exit: 2 });
  });

  it.each([
    [['--to', '2026-03-31'], '--from'],
    [['--from', '2026-04-01', '--to', '2026-03-31'], '--from er etter --to'],
    [['--from', '2026-03-01', '--to', '2026-03-31', '--format', 'xls'], 'xls'],
  ])('says what is wrong with %j', async (flags, words) => {
    const error = await desk.refused('2026-05-06', 'export', 'bookkeeping', ...flags);
    expect(error).toMatchObject({ exit: 2 });
    expect(error.message).toContain(words);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import type { NewEvent } from '../../src/case/events.js';
import { Store } from '../../src/io/store.js';
import { claim, Desk, DUE } from '../support/cli.js';
import { AT } from '../support/store.js';

const DAY = '2026-08-20';

/** Longer than any of this takes on a machine that has other things to do; what never ends takes longer. */
const PATIENCE = 60_000;

describe('a setting', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
  });

  it.each(
    [
      'grace',
      'deadlineDays',
      'waiveUpTo',
      'staleBankDays',
      'smtpPort',
      'provision60',
      'voucherType',
      'accountFees',
    ].flatMap((key) =>
      ['1000000000', '1e308', '1e2', '0x20', '-1', 'NaN', 'Infinity', '', ' ', '1,5x', '9'.repeat(400)].map(
        (value) => [key, value] as const,
      ),
    ),
  )('%s cannot be «%s», and it is said in bokmål', async (key, value) => {
    const before = desk.stored().tables;
    const { code, stderr } = await desk.on(DAY, 'config', 'set', key, '--', value);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(new RegExp(`^Feil: ${key}: (må være|kan ikke være)`)),
    ]);
    expect(stderr).not.toMatch(/expected|received|invalid|too /i);
    expect(desk.stored().tables).toEqual(before);
  });
});

describe('the ends of the calendar', () => {
  it('are known, and beyond them there are no days', { timeout: PATIENCE }, async () => {
    const desk = await Desk.open();
    await desk.ok(DAY, ...claim('1', '1000', DUE));
    for (const day of [
      '0000-01-01',
      '0001-01-01',
      '1969-12-31',
      '2200-01-01',
      '9999-12-31',
      '99999-12-31',
      'NaN',
    ])
      expect((await desk.on(day, 'run', '--dry-run')).stderr).toMatch(
        /^Feil: --as-of: .* er ikke en dato i kalenderen/,
      );
    for (const args of [
      ['run', '--dry-run'],
      ['list'],
      ['show', '1'],
      ['why', '1'],
      ['forecast', '1'],
      ['report'],
      ['report', 'kpi'],
      ['rates', 'check'],
      ['check'],
    ]) {
      const { code, stderr } = await desk.on('2199-12-31', ...args);
      expect([0, 5], `${args.join(' ')}: ${stderr}`).toContain(code);
    }
    for (const args of [
      ['forecast', '1', '--until', '2199-12-31'],
      ['hold', '1', '--until', '2199-12-31', '--reason', 'x'],
    ])
      expect((await desk.on(DAY, ...args)).code).toBe(0);
  });

  it(
    'hold for what is registered too: a claim due then, and one due before there were rates',
    { timeout: PATIENCE },
    async () => {
      const desk = await Desk.open();
      await desk.ok(DAY, ...claim('1', '1000', '2199-12-31'));
      await desk.ok(DAY, ...claim('2', '1000', '1970-01-01'));
      await desk.ok(DAY, ...claim('3', '1000', DUE, '--history', 'purring=2026-08-18:2199-12-31:38'));
      expect(await desk.list(DAY)).toHaveLength(3);
      for (const args of [['run', '--dry-run'], ['report'], ['why', '2'], ['forecast', '3'], ['check']])
        expect([0, 5]).toContain((await desk.on(DAY, ...args)).code);
    },
  );
});

describe('a plan', () => {
  it.each([
    ['--parts', '999999999'],
    ['--parts', '0'],
    ['--parts', '1e3'],
    ['--every', '999999999d'],
    ['--every', '0d'],
    ['--first', '9999-12-31'],
    ['--amount', '1e308'],
  ])('with %s %s is refused', async (flag, value) => {
    const desk = await Desk.open();
    await desk.ok(DAY, ...claim('1', '1000', DUE));
    const flags = { '--parts': '4', '--first': '2026-10-01', [flag]: value };
    const { exit, message } = await desk.refused(DAY, 'plan', '1', ...Object.entries(flags).flat());
    expect([exit, message]).toEqual([2, expect.stringContaining(flag)]);
  });
});

describe('a file', () => {
  const columns = (count: number): string => ';x'.repeat(count);
  it.each([
    [
      'ten million letters on one line',
      'x.txt',
      'x'.repeat(10_000_000),
      ['import', 'x.txt'],
      /^Innholdet|^x\.txt: Innholdet/,
    ],
    [
      'a million columns',
      'x.csv',
      `invoice;amount;due;debtor;type${columns(1_000_000)}\n1;1;2026-08-03;K;consumer${columns(1_000_000)}\n`,
      ['import', 'x.csv'],
      /raden er lengre enn/,
    ],
    [
      'a quote that never ends',
      'x.csv',
      `invoice;amount;due;debtor;type\n1;1;2026-08-03;"${'K'.repeat(3_000_000)}\n`,
      ['import', 'x.csv'],
      /raden er lengre enn/,
    ],
    [
      'a hundred thousand lists in each other',
      'x.json',
      '['.repeat(100_000) + ']'.repeat(100_000),
      [...claim('9', '1', DUE), '--policy', 'x.json'],
      /har bare name og steps/,
    ],
    [
      'a hundred thousand steps',
      'x.json',
      JSON.stringify({
        name: 'x',
        steps: Array(100_000).fill({ step: 'purring', wait: 1, fee: true, interest: true }),
      }),
      [...claim('9', '1', DUE), '--policy', 'x.json'],
      /høyst 12 brev/,
    ],
    [
      'a wait of a billion days',
      'x.json',
      JSON.stringify({ name: 'x', steps: [{ step: 'purring', wait: 1e9, fee: true, interest: true }] }),
      [...claim('9', '1', DUE), '--policy', 'x.json'],
      /fra 0 til 365/,
    ],
    [
      'a million elements in each other',
      'x.xml',
      `<Invoice>${'<a>'.repeat(1_000_000)}`,
      ['add', '--from', 'x.xml'],
      /mer enn 100 nivåer/,
    ],
    ['nothing but zeros', 'x.bin', '\0'.repeat(3_000_000), ['add', '--from', 'x.bin'], /ikke en tekstfil/],
    [
      'no database in it',
      'x.db',
      'x'.repeat(1_000_000),
      ['restore', 'x.db', '--yes'],
      /er ikke en inkasso-database/,
    ],
  ] as const)(
    'with %s is refused in a sentence',
    { timeout: PATIENCE },
    async (_what, name, content, args, pattern) => {
      const desk = await Desk.open();
      desk.write(name, content);
      const before = desk.stored().tables;
      const { exit, message } = await desk.refused(DAY, ...args);
      expect([exit, message]).toEqual([2, expect.stringMatching(pattern)]);
      expect(message.length).toBeLessThan(400);
      expect(desk.stored().tables).toEqual(before);
    },
  );
});

describe('a case with ten thousand events', () => {
  it('is read, explained, run and checked like any other', { timeout: 3 * PATIENCE }, async () => {
    const desk = await Desk.open();
    await desk.ok(DAY, ...claim('1', '1000', DUE));
    const store = Store.open(desk.database);
    const found = store.case(1);
    const note = (index: number): NewEvent => ({
      happenedOn: AT.today,
      body: { type: 'noted', text: `ringte, ${index}. gang`, byPhone: true, fact: null },
    });
    if (found === null) throw new Error('no case');
    store.record(
      found,
      Array.from({ length: 10_000 }, (_none, index) => note(index)),
      AT,
    );
    store.close();
    for (const args of [
      ['show', '1'],
      ['why', '1'],
      ['forecast', '1'],
      ['list'],
      ['report'],
      ['run', '--dry-run'],
      ['note', '1', 'en til'],
      ['pay', '1', '10'],
      ['check'],
    ]) {
      const { code, stderr } = await desk.on(DAY, ...args);
      expect([code, stderr], args.join(' ')).toEqual([0, '']);
    }
  });
});

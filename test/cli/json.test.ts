import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  BUSINESS,
  claim,
  CONSUMER,
  CREDITOR,
  Desk,
  DUE,
  ehf,
  INIT,
  onlyDocument,
  shareBrowser,
  type Envelope,
} from '../support/cli.js';

const DAY = '2026-08-20';

shareBrowser();

// The shapes of the contract. What it does not name is the program's own ------------------------------------

const ore = z.int();
const date = z.iso.date();
const rule = z.string().regex(/^[A-Z]\d+$/);
const text = z.string().min(1);
const step = z.enum([
  ...['paaminnelse', 'purring', 'rentenota', 'inkassovarsel', 'betalingsoppfordring', 'overdragelsesvarsel'],
] as const);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const status = z.enum([
  ...['open', 'disputed', 'plan', 'held', 'legal', 'handedOver', 'bankrupt', 'stopped', 'bero', 'writtenOff'],
  ...['paid', 'closed'],
] as const);

const shownCase = z.looseObject({
  number: z.int().positive(),
  invoice: text,
  status,
  debtor: z.looseObject({ name: text, type: z.enum(['consumer', 'business', 'public']) }),
  issued: date.nullable(),
  due: date,
  effectiveDue: date,
  policy: text,
  charge: z.enum(['fees', 'compensation']),
  claim: z.looseObject({
    asOf: date,
    principalOre: ore,
    interestOre: ore,
    costsOre: ore,
    paidOre: ore,
    openOre: ore,
    creditOre: ore,
    interestLines: z.array(
      z.looseObject({
        from: date,
        to: date,
        days: z.int().positive(),
        yearDays: z.union([z.literal(365), z.literal(366)]),
        rate: z.string().regex(/^\d+(\.\d+)?$/),
        baseOre: ore,
        amountOre: ore,
      }),
    ),
    costLines: z.array(
      z.looseObject({ kind: text, letter: z.int().nullable(), amountOre: ore, rule, hjemmel: text }),
    ),
  }),
  next: z.looseObject({
    step: step.nullable(),
    earliest: date.nullable(),
    reason: text,
    rule,
    hjemmel: text,
  }),
  limitation: z.looseObject({ date }),
  letters: z.array(
    z.looseObject({
      id: z.int().positive(),
      step,
      state: z.enum(['generated', 'sent', 'withdrawn']),
      date,
      sentOn: date.nullable(),
      deadline: date,
      feeOre: ore,
      totalOre: ore,
      sha256,
      pages: z.int().positive(),
    }),
  ),
  events: z.array(
    z.looseObject({
      version: z.int().positive(),
      type: text,
      happenedOn: date,
      recordedAt: z.iso.datetime(),
    }),
  ),
});

const caseData = z.strictObject({ case: shownCase });

function runData(made: boolean) {
  const onlyWhenMade = <T extends z.ZodType>(shape: T) => (made ? shape : z.null());
  return z.strictObject({
    batch: onlyWhenMade(z.int().positive()),
    letters: z
      .array(
        z.looseObject({
          id: onlyWhenMade(z.int().positive()),
          case: z.int().positive(),
          invoice: text,
          step,
          date,
          deadline: date,
          principalOre: ore,
          interestOre: ore,
          costsOre: ore,
          feeOre: ore,
          totalOre: ore,
          pdf: onlyWhenMade(text),
          sha256: onlyWhenMade(sha256),
          reasons: z.array(z.looseObject({ rule, hjemmel: text, text })).min(1),
        }),
      )
      .min(1),
    held: z.array(
      z.looseObject({
        case: z.int().positive(),
        invoice: text,
        rule,
        hjemmel: text,
        reason: text,
        until: date.nullable(),
      }),
    ),
    waiting: z.array(
      z.looseObject({ letter: z.int().positive(), case: z.int().positive(), invoice: text, since: date }),
    ),
    print: onlyWhenMade(text),
  });
}

const bucket = z.strictObject({
  key: z.enum(['notDue', '1-30', '31-60', '61-90', '91+']),
  count: z.int(),
  openOre: ore,
});
const ageing = z.looseObject({
  buckets: z.array(bucket).length(5),
  totalOre: ore,
  debtors: z.array(z.looseObject({})),
});
const writeoff = z.array(
  z.looseObject({
    case: z.int().positive(),
    openOre: ore,
    reasons: z.array(z.looseObject({ code: text, rule, text })).min(1),
  }),
);

const anything = z.looseObject({});

const listData = z.strictObject({
  cases: z.array(
    z.looseObject({
      number: z.int().positive(),
      invoice: text,
      debtor: text,
      status,
      due: date,
      openOre: ore,
      next: z.unknown(),
    }),
  ),
});

/** What was asked, in order, and the shape of the data that must come back. */
const ASKED: readonly (readonly [args: readonly string[], data: z.ZodType, exit?: number])[] = [
  [['init', ...INIT], anything],
  [['config'], anything],
  [['config', 'list'], anything],
  [['config', 'get', 'name'], anything],
  [['config', 'set', 'phone', '22 00 00 01'], anything],
  [['rates'], anything],
  [['rates', 'list', 'inkassosats'], anything],
  [['rates', 'check'], anything],
  [['add', ...CONSUMER], caseData],
  [['add', ...BUSINESS], caseData],
  [['add', '--from', 'faktura.xml'], caseData],
  [claim('S1', '450', '2026-02-02', '--history', 'purring=2026-02-20:2026-03-06:38'), caseData],
  [['list'], listData],
  [['list', '--due'], listData],
  [['list', '--status', 'paid'], listData],
  [['list', '--debtor', 'oppdiktet'], listData],
  [['show', '1'], caseData],
  [['show', '7001'], caseData],
  [['run', '--dry-run'], runData(false)],
  [['run', '--case', '1', '--case', '2'], runData(true)],
  [['show', '1'], caseData],
  [['withdraw', '--letter', '1', '--reason', 'prøve'], anything],
  [['sent', '1'], anything],
  [['letter', '2', '--out', 'kopi.pdf'], z.looseObject({ sha256, pdf: text })],
  [['pay', '2', '1 000', '--date', DAY], caseData],
  [['show', '2'], caseData],
  [['report'], z.looseObject({ ageing, writeoff })],
  [['report', 'summary'], anything],
  [['report', 'ageing'], z.strictObject({ ageing })],
  [['report', 'writeoff'], z.strictObject({ writeoff })],
  [['rates', 'add', 'rettsgebyr', '2027-01-01', '1380', '--source', 'kunngjøringen'], anything],
  [['rates', 'regime', '2027-01-01', '1988', '--source', 'kunngjøringen'], anything],
  [['doctor'], anything],
];

describe('every command', () => {
  let desk: Desk;
  const told: {
    args: readonly string[];
    shape: z.ZodType;
    code: number;
    document: Envelope;
    stderr: string;
  }[] = [];

  beforeAll(async () => {
    desk = new Desk();
    desk.write('faktura.xml', ehf(CREDITOR.orgnr));
    for (const [args, shape] of ASKED) told.push({ args, shape, ...(await desk.json(DAY, args)) });
  });

  it('answers with one document in the envelope of the contract, and nothing on stderr', () => {
    expect(told).toHaveLength(ASKED.length);
    for (const { args, code, document, stderr } of told) {
      const asked = args.join(' ');
      expect(Object.keys(document), asked).toEqual(['schemaVersion', 'command', 'asOf', 'data', 'warnings']);
      expect(document, asked).toMatchObject({ schemaVersion: 1, asOf: DAY });
      expect(document.command.split(' ')[0], asked).toBe(args[0]);
      for (const warning of document.warnings) expect(Object.keys(warning)).toEqual(['code', 'message']);
      expect([asked, code, stderr]).toEqual([asked, 0, '']);
    }
  });

  it('answers with the data of the contract', () => {
    for (const { args, shape, document } of told) {
      const read = shape.safeParse(document.data);
      expect(read.error?.issues ?? [], `inkasso ${args.join(' ')}`).toEqual([]);
    }
  });

  it('gives amounts in whole øre, and dates as ISO', () => {
    for (const { args, document } of told) {
      for (const { key, value, path } of leaves(document.data)) {
        const where = `inkasso ${args.join(' ')}: ${path}`;
        if (/Ore$/.test(key)) expect(value === null || Number.isSafeInteger(value), where).toBe(true);
        else if (typeof value === 'number') expect(Number.isInteger(value), where).toBe(true);
        if (typeof value === 'string') expect(value, where).not.toMatch(/^\d{1,2}\.\d{1,2}\.\d{4}$/);
      }
    }
  });

  it('shows in a case what each command did to it', () => {
    const last = (verb: string, which: string): z.infer<typeof caseData>['case'] => {
      const found = told.filter(({ args }) => args[0] === verb && args[1] === which).at(-1);
      return caseData.parse(found?.document.data).case;
    };
    expect(last('show', '1').letters.map(({ state }) => state)).toEqual(['generated']);
    const paid = last('show', '2');
    expect(paid.letters.map(({ state, sentOn }) => [state, sentOn])).toEqual([['sent', DAY]]);
    expect(paid.claim.paidOre).toBe(100_000);
    expect(paid.claim.openOre).toBe(paid.claim.principalOre + paid.claim.interestOre + paid.claim.costsOre);
    expect(paid.events.map(({ version }) => version)).toEqual(paid.events.map((_event, index) => index + 1));
    const imported = last('show', '7001');
    expect(imported).toMatchObject({ invoice: '7001', issued: '2026-07-20', due: DUE });
    expect(imported.claim.principalOre).toBe(180_178);
    expect(imported.debtor).toMatchObject({ name: 'Ærlig Øl & Åpent AS', type: 'business' });
  });
});

interface Leaf {
  readonly key: string;
  readonly path: string;
  readonly value: unknown;
}

function leaves(value: unknown, path = 'data', key = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ key, path, value }];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`, name));
}

describe('an error', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.add(DAY, ...CONSUMER);
  });

  const KEYS = ['code', 'message', 'hint', 'rule', 'hjemmel', 'until'];

  it.each([
    [2, 'add', ['add', ...CONSUMER], ['code', 'message', 'hint']],
    [3, 'pay', ['pay', '1', '100', '--date', '2026-08-21'], ['code', 'message', 'rule', 'hjemmel']],
    [4, 'show', ['show', '99'], ['code', 'message', 'hint']],
    [2, 'rnu', ['rnu'], ['code', 'message', 'hint']],
    [2, 'run', ['run', '--dryrun'], ['code', 'message', 'hint']],
  ])(
    'with exit code %i of %s is one document with the keys of the contract',
    async (exit, verb, args, keys) => {
      const { code, document } = await desk.json(DAY, args);
      expect(code).toBe(exit);
      expect(Object.keys(document)).toEqual(['schemaVersion', 'command', 'error']);
      const { schemaVersion, command, error } = document as unknown as Record<string, unknown>;
      expect([schemaVersion, command]).toEqual([1, verb]);
      const said = Object.keys(error as object);
      expect(said).toEqual(expect.arrayContaining(keys));
      expect(said.filter((key) => !KEYS.includes(key))).toEqual([]);
      for (const value of Object.values(error as object)) expect(value).toBeTypeOf('string');
    },
  );

  it('with exit code 5 names rule, paragraph and the command that helps', async () => {
    const sent = ['--history', 'purring=2026-12-08:2026-12-22:38'];
    await desk.ok('2026-12-30', ...claim('2', '1000', '2026-11-23', ...sent));
    const year = await desk.json('2027-01-04', ['run'], { now: '2027-01-04T10:00:00Z' });
    expect(year.code).toBe(5);
    const { error } = year.document as unknown as { error: Record<string, string> };
    expect(Object.keys(error).filter((key) => !KEYS.includes(key))).toEqual([]);
    expect(error).toMatchObject({ code: 'RATE_UNKNOWN', rule: 'G2' });
    expect(error['hjemmel']).toContain('§');
    expect(error['hint']).toContain('inkasso rates regime');
  });

  it('of a command that is missing is one document too, and says so', async () => {
    const { code, stdout, stderr } = await desk.cli(['--json']);
    expect([code, stderr]).toEqual([2, '']);
    const { error } = onlyDocument(stdout) as { error: { message: string } };
    expect(error.message).toMatch(/kommando/i);
  });
});

describe('today', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
  });

  it.each([
    ['2026-08-19T21:59:59Z', '2026-08-19'],
    ['2026-08-19T22:00:00Z', '2026-08-20'],
    ['2026-12-31T22:59:59Z', '2026-12-31'],
    ['2026-12-31T23:00:00Z', '2027-01-01'],
  ])('at %s is %s in Norway (D1)', async (now, day) => {
    const { stdout } = await desk.cli(['--db', desk.database, '--json', 'list'], { now });
    expect(onlyDocument(stdout)).toMatchObject({ asOf: day });
  });
});

describe('the flags for every command', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.add(DAY, ...CONSUMER);
  });

  it('stand before the command or after it', async () => {
    const before = await desk.cli(['--json', '--as-of', '20.08.2026', '--db', desk.database, 'list']);
    const after = await desk.cli(['list', '--json', '--db', desk.database, '--as-of', DAY]);
    expect([before.code, after.code]).toEqual([0, 0]);
    expect(after.stdout).toBe(before.stdout);
  });

  it('find the database in $INKASSO_DB, else under the XDG data folder', async () => {
    const named = await desk.cli(['--json', 'list'], { env: { INKASSO_DB: desk.database } });
    expect(onlyDocument(named.stdout)).toMatchObject({ data: { cases: [{ invoice: '1001' }] } });
    const made = await desk.cli(['--json', 'init', ...INIT], { env: { XDG_DATA_HOME: desk.path('xdg') } });
    const path = desk.path('xdg', 'inkasso', 'inkasso.db');
    if (process.platform === 'linux')
      expect(onlyDocument(made.stdout)).toMatchObject({ data: { database: path } });
  });

  it('--quiet leaves out what is not asked for, and keeps the data', async () => {
    const loud = await desk.on(DAY, 'show', '1');
    const quiet = await desk.on(DAY, '--quiet', 'show', '1');
    expect(quiet).toEqual({ code: 0, stdout: loud.stdout, stderr: '' });
  });
});

describe('what people read', () => {
  let desk: Desk;
  let said: { args: readonly string[]; stdout: string; stderr: string }[];

  beforeAll(async () => {
    desk = await Desk.open();
    said = [];
    const commands: readonly (readonly string[])[] = [
      ['add', ...CONSUMER],
      ['run', '--dry-run'],
      ['pay', '1', '1 000,50'],
      ['show', '1'],
      ['list'],
      ['report'],
      ['config'],
      ['rates'],
    ];
    for (const args of commands) {
      const { code, stdout, stderr } = await desk.on(DAY, ...args);
      expect([args[0], code]).toEqual([args[0], 0]);
      said.push({ args, stdout, stderr });
    }
  });

  const of = (verb: string): string => said.find(({ args }) => args[0] === verb)?.stdout ?? '';

  it('has dates as 20.11.2026, never as ISO', async () => {
    const iso = /(?<![\w/\\-])\d{4}-\d{2}-\d{2}(?![\w-])/;
    for (const { args, stdout, stderr } of said) expect(stdout + stderr, args.join(' ')).not.toMatch(iso);
    const { stderr } = await desk.cli(['--db', desk.database, 'config'], { now: '2027-01-04T10:00:00Z' });
    expect(stderr).toContain('inkasso rates');
    expect(stderr).not.toMatch(iso);
  });

  it('names letters in words, not by key', async () => {
    const { stdout } = await desk.on('2026-08-04', ...claim('M1', '1000', DUE, '--policy', 'mild'));
    expect(stdout).toMatch(/påminnelse/i);
    expect(stdout).not.toMatch(/paaminnelse/i);
  });

  it('has amounts as 1 234,50', () => {
    expect(of('add')).toContain('12 500,00 kr');
    expect(of('pay')).toContain('1 000,50 kr');
    for (const verb of ['show', 'list', 'report', 'run']) expect(of(verb)).toMatch(/1[12] \d{3},\d{2}/);
  });

  it('has rates with a comma', () => {
    expect(of('show')).toContain('12,25 %');
    expect(of('rates')).toContain('12,25');
    expect(of('rates')).not.toContain('12.25');
  });

  it('has org.nr. and account in groups', () => {
    expect(of('config')).toContain(CREDITOR.shownOrgnr);
    expect(of('config')).toContain(CREDITOR.shownAccount);
  });

  it('keeps data on stdout and notices on stderr, without colour', () => {
    for (const { args, stdout, stderr } of said) {
      expect(stdout.trim(), args.join(' ')).not.toBe('');
      expect(stdout + stderr).not.toContain('\u001b');
      expect(stdout).not.toContain('Merk:');
    }
  });

  it('fits in 80 columns where it is a table of cases', () => {
    for (const verb of ['list', 'report', 'run']) {
      const table = of(verb)
        .split('\n')
        .filter((line) => / {2,}/.test(line));
      expect(table.length).toBeGreaterThan(1);
      for (const line of table) expect([...line].length, `${verb}: ${line}`).toBeLessThanOrEqual(80);
    }
  });
});

describe('help', () => {
  let desk: Desk;

  beforeAll(() => {
    desk = new Desk();
  });

  it('is short when nothing is asked, in bokmål, and no fault', async () => {
    const { code, stdout, stderr } = await desk.cli([]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Eksempler:\n {2}inkasso init\n[^]*\nBruk: inkasso/);
    expect(stdout.split('\n').length).toBeLessThan(70);
    for (const verb of ['init', 'add', 'run', 'sent', 'pay', 'report'])
      expect(stdout).toContain(`  ${verb} `);
    expect(stdout).not.toMatch(/options|command\b|display|output|default/i);
  });

  const VERBS = [
    ...[
      'init',
      'add',
      'run',
      'sent',
      'withdraw',
      'pay',
      'list',
      'show',
      'letter',
      'report',
      'rates',
      'config',
    ],
    ...['doctor', 'demo'],
  ];

  it('of a command is the same either way, in bokmål', async () => {
    for (const verb of VERBS) {
      const asked = await desk.cli(['help', verb]);
      expect([asked.code, asked.stderr]).toEqual([0, '']);
      expect(asked.stdout).toContain(`inkasso ${verb}`);
      expect(await desk.cli([verb, '--help'])).toEqual(asked);
      expect(asked.stdout).not.toMatch(/\[options\]|\[command\]|display|default:/i);
    }
  });

  it('of a command shows examples before flags', async () => {
    for (const verb of VERBS) {
      const { stdout } = await desk.cli(['help', verb]);
      const examples = stdout.search(/^Eksemp/m);
      expect(examples, `examples in help ${verb}`).toBeGreaterThanOrEqual(0);
      expect(examples).toBeLessThan(stdout.search(/^Flagg:/m));
    }
  });

  it('tells the version', async () => {
    const { code, stdout } = await desk.cli(['--version']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });
});

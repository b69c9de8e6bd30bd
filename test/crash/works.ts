import Database from 'better-sqlite3';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Store } from '../../src/io/store.js';
import { BUSINESS, claim, CONSUMER, CREDITOR, Desk, DUE, INIT } from '../support/cli.js';
import { ocrFile } from '../support/ocr.js';
import { oldDatabase } from '../support/store.js';

/** What is killed, and what must be left: each kind of work that writes. */

const DAY = '2026-08-20';
const NEXT_STEP = '2026-09-10';
const CLAIMS = 6;

export interface Work {
  readonly name: string;
  /** Another work that takes as long. */
  readonly pace?: string;
  /** Lays the work out in a new folder. */
  lay(desk: Desk): void;
  /** The command lines that run at once. */
  readonly jobs: (desk: Desk) => readonly (readonly string[])[];
  /** Whether somebody reads meanwhile. */
  readonly read?: boolean;
  /** Looks at what a kill left, and does the work again. */
  finish(desk: Desk): Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), 'inkasso-drept-'));
const template = (name: string): string => join(folder, name);
const TEMPLATES = {
  due: template('due.db'),
  made: template('made.db'),
  owed: template('owed.db'),
  old: template('old.db'),
};

/** Invoices in one file, each with a KID of its own. */
const INVOICES = 120;
const kid = (number: number): string => mod10(String(10_000 + number));
const INVOICE_FILE = [
  'invoice;amount;due;debtor;type;address;zip;city;kid',
  ...Array.from(
    { length: INVOICES },
    (_, index) =>
      `${2000 + index};1000,00;${DUE};Kunde ${index} AS;business;Sjøgata 4;5003;Bergen;${kid(index)}`,
  ),
  '',
].join('\n');
/** Two payments of each invoice. */
const PAYMENTS = INVOICES * 2;
const PAYMENT_FILE = ocrFile([
  {
    account: CREDITOR.account,
    payments: Array.from({ length: PAYMENTS }, (_, index) => ({
      ore: 10_000,
      kid: kid(index % INVOICES),
      nets: '190826',
    })),
  },
]);

/** A number with its check digit. */
function mod10(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

/** The databases that works begin from. */
export async function layTemplates(): Promise<void> {
  const desk = await Desk.open();
  await desk.ok(DAY, 'backup', template('empty.db'));
  await desk.ok(DAY, 'add', ...CONSUMER);
  await desk.ok(DAY, 'add', ...BUSINESS);
  for (let number = 3; number <= CLAIMS; number += 1)
    await desk.ok(
      DAY,
      ...claim(String(number), '1000', DUE, '--address', 'Tenktveien 3', '--zip', '0350', '--city', 'Oslo'),
    );
  await desk.ok(DAY, 'backup', TEMPLATES.due);
  await desk.run(DAY);
  await desk.ok(DAY, 'backup', TEMPLATES.made);
  await desk.ok(DAY, 'restore', template('empty.db'), '--yes');
  await desk.ok(DAY, 'import', desk.write('fakturaer.csv', INVOICE_FILE));
  await desk.ok(DAY, 'backup', TEMPLATES.owed);
  oldDatabase(TEMPLATES.old);
}

export const removeTemplates = (): void => rmSync(folder, { recursive: true, force: true });

const lay = (from: string) => (desk: Desk) => copyFileSync(from, desk.database);

/** What every kill must leave: nothing that does not hold together, and no case with the same letter twice. */
async function expectWhole(desk: Desk): Promise<void> {
  const store = Store.open(desk.database);
  try {
    expect(await store.check()).toEqual([]);
    for (const { number } of store.cases.all()) {
      const standing = (store.case(number)?.letters ?? []).filter(({ state }) => state !== 'withdrawn');
      const steps = standing.map(({ made }) => made.step);
      expect(new Set(steps).size, `case ${number} has ${steps.join(', ')}`).toBe(steps.length);
    }
  } finally {
    store.close();
  }
}

/** The letters of the cases that were there from the start. */
const letters = async (desk: Desk): Promise<string[]> => {
  const numbers = (await desk.list(DAY)).map(({ number }) => number).filter((number) => number <= CLAIMS);
  const cases = await Promise.all(numbers.map((number) => desk.show(NEXT_STEP, String(number))));
  return cases.flatMap((each) => each.letters.map(({ step, state }) => `${each.number} ${step} ${state}`));
};

const EVERY_PURRING_SENT = Array.from({ length: CLAIMS }, (_, index) => `${index + 1} purring sent`);

/** Taken in again, a file adds what is missing, and nothing twice. */
async function completeClaims(desk: Desk): Promise<void> {
  for (let again = 0; again < 2; again += 1) {
    await desk.ok(DAY, 'import', desk.path('fakturaer.csv'));
    const invoices = (await desk.list(DAY)).map(({ invoice }) => invoice);
    expect(invoices).toHaveLength(CLAIMS + INVOICES);
    expect(new Set(invoices).size).toBe(CLAIMS + INVOICES);
  }
  await expectWhole(desk);
}

function paymentsIn(desk: Desk): { count: number; ore: number } {
  const db = new Database(desk.database, { readonly: true });
  try {
    const sql = `SELECT count(*) AS count, coalesce(sum(payload ->> 'amountOre'), 0) AS ore FROM event WHERE type = 'paymentReceived'`;
    return db.prepare(sql).get() as { count: number; ore: number };
  } finally {
    db.close();
  }
}

export const WORKS: readonly Work[] = [
  {
    name: 'run --sent',
    lay: lay(TEMPLATES.due),
    jobs: () => [['--as-of', DAY, 'run', '--sent']],
    async finish(desk) {
      await expectWhole(desk);
      const sentBefore = (await letters(desk)).filter((each) => each.endsWith('sent'));
      // What is recorded as sent can be printed: a letter nobody can post must not count as sent.
      expect([0, CLAIMS]).toContain(sentBefore.length);
      if (sentBefore.length > 0)
        expect(desk.pdfs().filter((path) => path.includes('utskrift'))).toHaveLength(1);
      await desk.run(DAY, '--sent');
      expect(await letters(desk)).toEqual(EVERY_PURRING_SENT);
      expect(desk.pdfs().filter((path) => path.includes('sak-'))).toHaveLength(CLAIMS);
    },
  },
  {
    name: 'run',
    pace: 'run --sent',
    lay: lay(TEMPLATES.due),
    jobs: () => [['--as-of', DAY, 'run']],
    async finish(desk) {
      await expectWhole(desk);
      const { waiting } = await desk.run(DAY);
      expect(waiting).toHaveLength(CLAIMS);
      expect(desk.pdfs().filter((path) => path.includes('sak-'))).toHaveLength(CLAIMS);
      expect(desk.pdfs().filter((path) => path.includes('utskrift')).length).toBeGreaterThan(0);
    },
  },
  {
    name: 'sent',
    lay: lay(TEMPLATES.made),
    jobs: () => [['--as-of', DAY, 'sent']],
    async finish(desk) {
      await expectWhole(desk);
      const states = new Set((await letters(desk)).map((each) => each.split(' ').at(-1)));
      expect(states.size, 'a batch is confirmed whole or not at all').toBe(1);
      if (states.has('generated')) await desk.ok(DAY, 'sent');
      expect(await letters(desk)).toEqual(EVERY_PURRING_SENT);
    },
  },
  {
    name: 'backup',
    lay: lay(TEMPLATES.made),
    jobs: (desk) => [['backup', desk.path('kopi.db')]],
    async finish(desk) {
      await expectWhole(desk);
      // A copy that has its name is whole.
      if (existsSync(desk.path('kopi.db'))) {
        expect(statSync(desk.path('kopi.db')).mode & 0o777).toBe(0o600);
        expectWholeFile(desk.path('kopi.db'));
      }
      await desk.ok(DAY, 'backup', desk.path('kopi.db'), '--yes');
      expectWholeFile(desk.path('kopi.db'));
      expect(readdirSync(desk.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    },
  },
  {
    name: 'restore',
    lay(desk) {
      copyFileSync(TEMPLATES.due, desk.database);
      copyFileSync(TEMPLATES.made, desk.path('kopi.db'));
    },
    jobs: (desk) => [['restore', desk.path('kopi.db'), '--yes']],
    async finish(desk) {
      expect([0, CLAIMS]).toContain((await letters(desk)).length);
      await expectWhole(desk);
      await desk.ok(DAY, 'restore', desk.path('kopi.db'), '--yes');
      expect(await letters(desk)).toHaveLength(CLAIMS);
      await expectWhole(desk);
    },
  },
  {
    name: 'the upgrade of an old database',
    lay: lay(TEMPLATES.old),
    jobs: () => [['list']],
    async finish(desk) {
      expect(await desk.list(DAY)).toMatchObject([{ invoice: '77' }]);
      await expectWhole(desk);
      for (const name of readdirSync(desk.folder).filter((each) => each.includes('-versjon-')))
        expectWholeFile(desk.path(name));
    },
  },
  {
    name: 'import of claims',
    lay(desk) {
      copyFileSync(TEMPLATES.due, desk.database);
      desk.write('fakturaer.csv', INVOICE_FILE);
    },
    jobs: () => [['--as-of', DAY, 'import', 'fakturaer.csv']],
    async finish(desk) {
      await expectWhole(desk);
      expect([0, INVOICES], 'a file is taken in whole or not at all').toContain(
        (await desk.list(DAY)).length - CLAIMS,
      );
      await completeClaims(desk);
    },
  },
  {
    name: 'import of payments',
    lay(desk) {
      copyFileSync(TEMPLATES.owed, desk.database);
      desk.write('bank.txt', PAYMENT_FILE);
    },
    jobs: () => [['--as-of', DAY, 'import', 'bank.txt']],
    async finish(desk) {
      await expectWhole(desk);
      expect([0, PAYMENTS], 'a file is taken in whole or not at all').toContain(paymentsIn(desk).count);
      for (let again = 0; again < 2; again += 1) {
        await desk.ok(DAY, 'import', desk.path('bank.txt'));
        expect(paymentsIn(desk)).toEqual({ count: PAYMENTS, ore: PAYMENTS * 10_000 });
      }
      await expectWhole(desk);
    },
  },
  {
    name: 'run during an import, with a reader',
    pace: 'run --sent',
    read: true,
    lay(desk) {
      copyFileSync(TEMPLATES.due, desk.database);
      desk.write('fakturaer.csv', INVOICE_FILE);
    },
    jobs: () => [
      ['--as-of', DAY, 'run', '--sent', '--case', '1', '2', '3', '4', '5', '6'],
      ['--as-of', DAY, 'import', 'fakturaer.csv'],
    ],
    async finish(desk) {
      await expectWhole(desk);
      await completeClaims(desk);
      await desk.run(DAY, '--sent', '--case', '1', '2', '3', '4', '5', '6');
      expect(await letters(desk)).toEqual(EVERY_PURRING_SENT);
      await expectWhole(desk);
    },
  },
  {
    name: 'init',
    lay: () => undefined,
    jobs: () => [['init', ...INIT]],
    async finish(desk) {
      if (!existsSync(desk.database)) await desk.ok(DAY, 'init', ...INIT);
      await desk.add(DAY, ...CONSUMER);
      await expectWhole(desk);
    },
  },
];

function expectWholeFile(path: string): void {
  const db = new Database(path, { readonly: true });
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
}

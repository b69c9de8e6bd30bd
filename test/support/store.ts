import Database from 'better-sqlite3';
import { readFileSync, rmSync } from 'node:fs';
import type { NewEvent } from '../../src/case/events.js';
import { settingsSchema } from '../../src/case/settings-schema.js';
import { chainHash, CHAIN_START } from '../../src/io/chain.js';
import type { Moment } from '../../src/io/journal.js';
import { Store } from '../../src/io/store.js';
import { localDate } from '../../src/law/dates.js';

export const SETTINGS = settingsSchema.parse({
  name: 'Eksempel Elektro AS',
  orgnr: '312456788',
  address: 'Eksempelveien 1',
  zip: '0101',
  city: 'Oslo',
  account: '15031234562',
});

export const AT: Moment = { today: localDate('2026-08-20'), instant: '2026-08-20T10:00:00.000Z' };

export const DEBTOR = {
  name: 'Kari Fiktiv',
  type: 'consumer',
  orgnr: null,
  address: 'Tenktveien 2',
  zip: '0150',
  city: 'Oslo',
  country: 'NO',
  email: null,
  phone: null,
  language: 'nb',
} as const;

export function registration(debtorId: number, invoice: string, amountOre = 100_000): NewEvent {
  const due = localDate('2026-08-03');
  return {
    happenedOn: AT.today,
    body: {
      type: 'claimRegistered',
      invoice,
      debtorId,
      debtorType: 'consumer',
      amountOre,
      issued: null,
      due,
      effectiveDue: due,
      description: 'maling av gjerde',
      kid: null,
      policy: 'standard',
      charge: 'fees',
      interestFrom: null,
      history: [],
      source: { kind: 'entered' },
    },
  };
}

export function payment(amountOre: number, reference: string | null = null): NewEvent {
  const order = ['costs', 'interest', 'principal'] as const;
  return {
    happenedOn: AT.today,
    body: { type: 'paymentReceived', amountOre, purpose: null, order, reference },
  };
}

/** A database as the first version of the program left it: one claim, in the tables of its time. */
export function oldDatabase(path: string): string {
  const db = new Database(path);
  db.pragma(`application_id = ${0x696e6b61}`);
  db.exec(readFileSync(new URL('../../migrations/0001-grunnlag.sql', import.meta.url), 'utf8'));
  db.pragma('user_version = 1');
  for (const [key, value] of Object.entries(SETTINGS))
    db.prepare('INSERT INTO setting VALUES (?, ?)').run(key, JSON.stringify(value));
  db.prepare(
    `INSERT INTO debtor (name, type, country, language) VALUES ('Kari Fiktiv', 'consumer', 'NO', 'nb')`,
  ).run();
  const { type, ...facts } = registration(1, '77').body;
  const event = {
    ...{ seq: 1, case_id: 1, version: 1, type, happened_on: AT.today, recorded_on: AT.today },
    ...{ recorded_at: AT.instant, payload: JSON.stringify(facts) },
  };
  db.prepare(
    'INSERT INTO event VALUES (@seq, @case_id, @version, @type, @happened_on, @recorded_on, @recorded_at, @payload, @hash)',
  ).run({ ...event, hash: chainHash(CHAIN_START, event) });
  const newer = new Database(templateDatabase(`${path}-mal.db`));
  const row = newer.prepare('SELECT * FROM claim').get() as Record<string, unknown>;
  newer.close();
  rmSync(newer.name);
  const columns = db.prepare(`SELECT name FROM pragma_table_info('claim')`).pluck().all() as string[];
  db.prepare(`INSERT INTO claim VALUES (${columns.map((column) => `@${column}`).join(', ')})`).run({
    ...row,
    invoice: '77',
  });
  db.close();
  return path;
}

function templateDatabase(path: string): string {
  const store = Store.create(path, SETTINGS);
  store.register(DEBTOR, (id) => [registration(id, '1')], AT);
  store.close();
  return path;
}

import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationHashes } from '../../src/io/db.js';
import { CaseMoved } from '../../src/io/journal.js';
import { Store } from '../../src/io/store.js';
import { AT, DEBTOR, payment, registration, SETTINGS } from '../support/store.js';

const folder = mkdtempSync(join(tmpdir(), 'inkasso-store-'));
const path = join(folder, 'under', 'inkasso.db');
let store: Store;

beforeAll(() => {
  store = Store.create(path, SETTINGS);
  for (const invoice of ['1', '2', '3']) store.register(DEBTOR, (id) => [registration(id, invoice)], AT);
  const first = store.case(1);
  if (first !== null) store.record(first, [payment(10_000, 'fra Kari')], AT);
});

afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Works on a copy of the database as a stranger with an SQL shell would, and says what `check` then finds. */
async function afterTampering(sql: string): Promise<string[]> {
  const copy = join(folder, `kopi-${Math.floor(performance.now() * 1000)}.db`);
  const source = new Database(path);
  source.pragma('wal_checkpoint(TRUNCATE)');
  source.close();
  copyFileSync(path, copy);
  const raw = new Database(copy);
  raw.exec(sql);
  raw.close();
  const opened = Store.open(copy);
  const findings = (await opened.check()).map(({ code, message }) => `${code}: ${message}`);
  opened.close();
  return findings;
}

const OPEN_UP =
  'DROP TRIGGER event_is_not_changed; DROP TRIGGER event_is_not_deleted; DROP TRIGGER event_text_is_not_changed;';

describe('the database', () => {
  it('is readable for its owner only', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'under')).mode & 0o777).toBe(0o700);
  });

  it('keeps one debtor for the same person, and a case for each invoice', () => {
    expect(store.cases.all().map(({ number, invoice, debtorId }) => [number, invoice, debtorId])).toEqual([
      [1, '1', 1],
      [2, '2', 1],
      [3, '3', 1],
    ]);
  });

  it('lets nobody change or delete what happened', () => {
    const raw = new Database(path);
    expect(() => raw.exec(`UPDATE event SET happened_on = '2020-01-01'`)).toThrow('events are never changed');
    expect(() => raw.exec('DELETE FROM event')).toThrow('events are never deleted');
    expect(() => raw.exec(`UPDATE event_text SET text = 'noe annet'`)).toThrow('texts are never changed');
    raw.close();
  });

  it('refuses to add to a case that has moved on', () => {
    const stale = store.case(2);
    if (stale === null) throw new Error('no case 2');
    store.record(stale, [payment(1_000)], AT);
    expect(() => {
      store.record(stale, [payment(1_000)], AT);
    }).toThrow(CaseMoved);
    expect(store.events(2)).toHaveLength(2);
  });

  it('finds due cases through an index, never by reading every case', () => {
    const raw = new Database(path);
    const plan = raw
      .prepare('EXPLAIN QUERY PLAN SELECT number FROM claim WHERE next_action_on <= ? AND letter_until >= ?')
      .all('2026-08-20', '2026-08-20');
    expect(JSON.stringify(plan)).toContain('claim_next_action');
    raw.close();
  });

  it('keeps what people write out of the chain, and puts it back when it is read', () => {
    const raw = new Database(path);
    const payloads = raw.prepare('SELECT payload FROM event').pluck().all().join();
    expect(payloads).not.toContain('maling av gjerde');
    expect(payloads).not.toContain('fra Kari');
    raw.close();
    expect(store.case(1)?.claim.description).toBe('maling av gjerde');
    expect(store.case(1)?.movements).toMatchObject([{ reference: 'fra Kari' }]);
  });
});

describe('check', () => {
  it('is silent when all is well', async () => {
    expect(await store.check()).toEqual([]);
  });

  it.each([
    [
      'an amount',
      `UPDATE event SET payload = replace(payload, '100000', '100001') WHERE seq = 2`,
      /hendelse 2 \(sak 2, nr\. 1\)/,
    ],
    ['a date', `UPDATE event SET happened_on = '2026-08-21' WHERE seq = 4`, /hendelse 4 \(sak 1, nr\. 2\)/],
    ['a removed event', 'DELETE FROM event WHERE seq = 3', /mangler hendelse 3/],
    [
      'two events in each other’s place',
      'UPDATE event SET seq = -1 WHERE seq = 1; UPDATE event SET seq = 1 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = -1',
      /hendelse 1/,
    ],
  ])('finds %s changed in the history, and says where', async (_, sql, where) => {
    expect((await afterTampering(OPEN_UP + sql))[0]).toMatch(where);
  });

  it('finds a text that is not the one that was written, or is gone, and lets an erased one be', async () => {
    expect(
      await afterTampering(`${OPEN_UP} UPDATE event_text SET text = 'snekring' WHERE case_id = 2`),
    ).toEqual(['CHAIN: Teksten description i sak 2, hendelse 1, er endret.']);
    expect(await afterTampering('DELETE FROM event_text WHERE case_id = 2')).toEqual([
      'CHAIN: Teksten description i sak 2, hendelse 1, er tatt bort.',
    ]);
    const copy = join(folder, 'glemt.db');
    store.backUp(copy, true);
    const forgetting = Store.open(copy);
    forgetting.anonymiseDebtor(1, AT);
    expect(await forgetting.check()).toEqual([]);
    forgetting.close();
  });

  it('finds a register that says something else than the history', async () => {
    expect(await afterTampering('UPDATE claim SET principal_ore = 1 WHERE number = 3')).toEqual([
      'PROJECTION: Sak 3: principal_ore er 1, men hendelsene gir 100000.',
    ]);
  });
});

describe('migrations', () => {
  it('are never changed once they are in use: each fingerprint covers its text and the one before', () => {
    expect(migrationHashes()).toEqual([
      { name: '0001-grunnlag.sql', hash: '75e210d7b3254ce1ea64ab1dd77504650bd4d0b737ea7c405f618e4f067b7286' },
      {
        name: '0002-persondata.sql',
        hash: 'a9f5cbcef93282652ac145be71caff275d468419314db97c2a7ad11f60f05d20',
      },
      { name: '0003-import.sql', hash: '5c6651eee6eb326b67ddce5d8941bba6a6a3fb038eb99f5111e220bc4aa9eee4' },
      {
        name: '0004-regnskap.sql',
        hash: 'cc7bbcf9206e925b0ceeedd8801587dfb6685ed120247a83535deecefe1888a7',
      },
      {
        name: '0005-krav-fra-fil.sql',
        hash: '98db2250ba1e60ab224c41672aac4d585068bda0c7297bd9ecc2923919ce2dfe',
      },
      { name: '0006-bunker.sql', hash: '5a72932108cf5fbc87641c659638dfcf4ae3061b88a32f4437d80fff585454e8' },
      {
        name: '0007-oversikt.sql',
        hash: '270eac38902682cb564d49326846cb315c83f02f1b71eda464f3a2402a5c2bb2',
      },
      { name: '0008-tap.sql', hash: '31afe8d65f3c3ec32c753bb4ecc20a691c0e3bd8e1d8e3e62d81a1b3e289f8e6' },
      { name: '0009-stans.sql', hash: '26d08547f3ca1374fe3802bb9a8e23631e9ff55d76325f0e2c51ffc6e49d54e7' },
    ]);
  });
});

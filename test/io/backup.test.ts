import Database from 'better-sqlite3';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { checkCopy } from '../../src/io/restore.js';
import { Store } from '../../src/io/store.js';
import { localDate } from '../../src/law/dates.js';
import { AT, DEBTOR, oldDatabase, payment, registration, SETTINGS } from '../support/store.js';

const folders: string[] = [];
let folder: string;
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkasso-kopi-'));
  folders.push(folder);
});
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

/** A database with so many claims; closed. */
function database(name: string, claims: number): string {
  const store = Store.create(at(name), SETTINGS);
  for (let number = 1; number <= claims; number += 1)
    store.register(DEBTOR, (id) => [registration(id, String(number))], AT);
  store.close();
  return at(name);
}

async function examine(file: string): Promise<string[]> {
  const store = Store.open(file, { isCopy: true });
  const findings = (await store.check()).map(({ message }) => message);
  store.close();
  return findings;
}

function invoices(file: string): string[] {
  const store = Store.open(file);
  const found = store.cases.all().map(({ invoice }) => invoice);
  store.close();
  return found;
}

describe('a backup', () => {
  it('holds everything, checks clean, and is readable for its owner only', async () => {
    const store = Store.open(database('a.db', 3));
    const { extent, path, bytes } = store.backUp(at('ny/kopi.db'), false);
    store.close();
    expect(extent).toMatchObject({ cases: 3, events: 3, letters: 0, lastOn: AT.today });
    expect(statSync(path)).toMatchObject({ size: bytes });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(at('ny')).mode & 0o777).toBe(0o700);
    expect(readdirSync(at('ny'))).toEqual(['kopi.db']);
    expect(await examine(path)).toEqual([]);
    expect(invoices(path)).toEqual(['1', '2', '3']);
  });

  it('can be taken while another process is in the middle of writing, and holds what was finished', async () => {
    const file = database('a.db', 2);
    const writer = new Database(file);
    writer.exec(`BEGIN IMMEDIATE; INSERT INTO policy (name, body) VALUES ('halvferdig', '{}')`);
    const store = Store.open(file);
    const { path } = store.backUp(at('kopi.db'), false);
    writer.exec('COMMIT');
    writer.close();
    store.close();
    const copy = new Database(path, { readonly: true });
    expect(copy.prepare('SELECT count(*) FROM policy').pluck().get()).toBe(0);
    copy.close();
    expect(await examine(path)).toEqual([]);
  });

  it('replaces a file only when told to, and never the database itself', async () => {
    const file = database('a.db', 1);
    writeFileSync(at('kopi.db'), 'noe annet');
    const store = Store.open(file);
    expect(() => store.backUp(at('kopi.db'), false)).toThrow('Det finnes alt en fil');
    expect(readFileSync(at('kopi.db'), 'utf8')).toBe('noe annet');
    expect(() => store.backUp(file, true)).toThrow('er databasen selv');
    store.backUp(at('kopi.db'), true);
    store.close();
    expect(await examine(at('kopi.db'))).toEqual([]);
  });

  it('that cannot be finished leaves nothing, and an unfinished one is cleared away by the next', () => {
    const store = Store.open(database('a.db', 1));
    writeFileSync(at('.kopi.db.999999999.tmp'), 'halv');
    expect(() => store.backUp(join(at('a.db'), 'kopi.db'), false)).toThrow(/Kan ikke lese og skrive/);
    store.backUp(at('kopi.db'), false);
    store.close();
    expect(readdirSync(folder).sort()).toEqual(['a.db', 'kopi.db']);
  });
});

describe('an upgrade', () => {
  it('keeps a copy of the database as it was, and tells where', async () => {
    const file = oldDatabase(at('gammel.db'));
    const told: string[] = [];
    const store = Store.open(file, { onUpgrade: (copy) => told.push(copy) });
    expect(store.cases.all()).toMatchObject([{ invoice: '77' }]);
    // The register has been written anew from the events.
    expect(await store.check()).toEqual([]);
    expect(store.cases.due(localDate('2026-08-20'), false)).toMatchObject([{ letterUntil: '2026-11-01' }]);
    store.close();
    expect(told).toEqual([at('gammel-versjon-1.db')]);
    const copy = new Database(at('gammel-versjon-1.db'), { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    expect(copy.prepare('SELECT count(*) FROM event').pluck().get()).toBe(1);
    copy.close();
    expect(statSync(at('gammel-versjon-1.db')).mode & 0o777).toBe(0o600);
    Store.open(file, { onUpgrade: (again) => told.push(again) }).close();
    expect(told).toHaveLength(1);
  });

  it('never writes over an earlier copy', () => {
    const file = oldDatabase(at('gammel.db'));
    writeFileSync(at('gammel-versjon-1.db'), 'en tidligere');
    Store.open(file).close();
    expect(readFileSync(at('gammel-versjon-1.db'), 'utf8')).toBe('en tidligere');
    expect(existsSync(at('gammel-versjon-1-2.db'))).toBe(true);
  });
});

describe('restore', () => {
  const restore = async (from: string, to: string): Promise<string | null> => {
    const copy = await checkCopy(from, to, examine);
    try {
      return copy.putInPlace();
    } finally {
      copy.letGo();
    }
  };

  it('puts the copy in place and keeps what stood there', async () => {
    const file = database('a.db', 2);
    const store = Store.open(file);
    const { path } = store.backUp(at('kopi.db'), false);
    store.register(DEBTOR, (id) => [registration(id, 'etterpå')], AT);
    store.close();
    const before = readFileSync(path);
    expect(await restore(path, file)).toBe(at('a-erstattet.db'));
    expect(invoices(file)).toEqual(['1', '2']);
    expect(invoices(at('a-erstattet.db'))).toEqual(['1', '2', 'etterpå']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(path)).toEqual(before);
  });

  it('works where nothing stands, and brings an old copy up to date without touching it', async () => {
    const old = oldDatabase(at('gammel.db'));
    const before = readFileSync(old);
    expect(await restore(old, at('ny/inkasso.db'))).toBeNull();
    expect(invoices(at('ny/inkasso.db'))).toEqual(['77']);
    expect(readFileSync(old)).toEqual(before);
    expect(readdirSync(at('ny'))).toEqual(['inkasso.db']);
  });

  it('refuses while another process has the database open, and changes nothing', async () => {
    const file = database('a.db', 2);
    const copy = database('b.db', 1);
    const other = Store.open(file);
    other.cases.all();
    await expect(restore(copy, file)).rejects.toThrow('i bruk');
    expect(other.cases.all()).toHaveLength(2);
    other.close();
    expect(invoices(file)).toEqual(['1', '2']);
    expect(readdirSync(folder).sort()).toEqual(['a.db', 'b.db']);
  });

  it('takes the place of a database that is beyond reading, and keeps that too', async () => {
    const copy = database('kopi.db', 1);
    writeFileSync(at('a.db'), 'SQLite format 3\0 og så bare søppel');
    expect(await restore(copy, at('a.db'))).toBe(at('a-erstattet.db'));
    expect(invoices(at('a.db'))).toEqual(['1']);
    expect(readFileSync(at('a-erstattet.db'), 'utf8')).toMatch(/søppel$/);
  });

  it.each([
    ['is cut short', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 20_000))],
    [
      'has a changed event',
      (file: string) => {
        const db = new Database(file);
        db.exec(
          `DROP TRIGGER event_is_not_changed; UPDATE event SET happened_on = '2026-01-01' WHERE seq = 2`,
        );
        db.close();
      },
    ],
    ['is another program’s', (file: string) => writeFileSync(file, 'ikke en database')],
  ])('takes nothing from a copy that %s', async (_, spoil) => {
    const file = database('a.db', 2);
    const copy = at('kopi.db');
    copyFileSync(file, copy);
    spoil(copy);
    const stood = readFileSync(file);
    await expect(restore(copy, file)).rejects.toThrow(/skadet|ikke en inkasso-database/);
    expect(readFileSync(file)).toEqual(stood);
    expect(readdirSync(folder).sort()).toEqual(['a.db', 'kopi.db']);
  });

  it('reads a copy that may only be read', async () => {
    const copy = database('kopi.db', 1);
    chmodSync(copy, 0o400);
    expect(await restore(copy, at('a.db'))).toBeNull();
    const store = Store.open(at('a.db'));
    const c = store.case(1);
    if (c === null) throw new Error('no case 1');
    store.record(c, [payment(100)], AT);
    store.close();
    expect(statSync(at('a.db')).mode & 0o777).toBe(0o600);
  });
});

import Database from 'better-sqlite3';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Case } from '../../src/case/case.js';
import type { CaseEvent, NewEvent } from '../../src/case/events.js';
import { evolve } from '../../src/case/history.js';
import type { Judgement } from '../../src/case/judgement.js';
import { POLICIES } from '../../src/case/policy.js';
import { termsOf } from '../../src/case/settings.js';
import { projectionOf } from '../../src/io/projection.js';
import { rebuildRegister } from '../../src/io/rebuild.js';
import { Store } from '../../src/io/store.js';
import { loadRates } from '../../src/law/rates.js';
import { Life, lives } from '../support/lives.js';
import { AT, DEBTOR, payment, registration, SETTINGS } from '../support/store.js';

// The row of a case is written from what the case was and what is new, and only where it differs.

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkasso-rader-'));
  path = join(folder, 'inkasso.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function newEvent(event: CaseEvent, debtorId: number | null): NewEvent {
  const { version: _version, happenedOn, recordedOn: _recorded, ...body } = event;
  return {
    happenedOn,
    body: body.type === 'claimRegistered' && debtorId !== null ? { ...body, debtorId } : body,
  };
}

it('after every event the row is what the whole history adds up to', () => {
  const store = Store.create(path, SETTINGS);
  const beside = new Database(path, { readonly: true });
  const row = beside.prepare('SELECT * FROM claim WHERE number = ?');
  let [number, undone] = [0, 0];
  for (const input of fc.sample(lives, 40)) {
    const life = new Life(input);
    life.play();
    number += 1;
    for (const event of life.events) {
      const at = { today: event.recordedOn, instant: AT.instant };
      const c = store.case(number);
      if (c === null) store.register(DEBTOR, (id) => [newEvent(event, id)], at);
      else store.record(c, [newEvent(event, null)], at);
      if (event.type === 'undone') undone += 1;
      const read = store.judgement(evolve(number, store.events(number)));
      expect(row.get(number)).toEqual(projectionOf(read));
    }
  }
  expect(undone).toBeGreaterThan(0);
  beside.close();
  store.close();
});

it('a setting that is no term leaves the rows alone; one that is writes them anew', () => {
  const store = Store.create(path, SETTINGS);
  store.register(DEBTOR, (id) => [registration(id, '1001')], AT);
  const beside = new Database(path);
  const words = beside.prepare('SELECT why_text FROM claim').pluck();
  const right = words.get();
  beside.exec(`UPDATE claim SET why_text = 'rørt'`);
  store.saveSettings({
    ...SETTINGS,
    phone: '22 00 00 00',
    email: 'post@elektro.example',
    name: 'Elektro AS',
  });
  expect(store.settings().phone).toBe('22 00 00 00');
  expect(words.get()).toBe('rørt');
  store.saveSettings({ ...store.settings(), grace: SETTINGS.grace + 1 });
  expect(words.get()).toBe(right);
  beside.close();
  store.close();
});

describe('writing every row anew', () => {
  /** So many cases, every third with a payment, and rows that no longer say what the histories do. */
  async function emptied(cases: number): Promise<{ db: Database.Database; stood: unknown[] }> {
    const store = Store.create(path, SETTINGS);
    await store.unit(() => {
      for (let n = 1; n <= cases; n += 1) {
        const { number } = store.register(DEBTOR, (id) => [registration(id, String(n))], AT);
        const c = store.case(number);
        if (n % 3 === 0 && c !== null) store.record(c, [payment(n * 100)], AT);
      }
      return Promise.resolve({ value: null, keep: true });
    });
    store.close();
    const db = new Database(path);
    const stood = db.prepare('SELECT * FROM claim ORDER BY number').all();
    db.exec(`UPDATE claim SET principal_ore = 7, why_text = '', version = 1`);
    return { db, stood };
  }

  const [terms, rates] = [termsOf(SETTINGS), loadRates()];
  function judge(c: Case): Judgement {
    return { case: c, policy: POLICIES['standard'], terms, rates };
  }

  it('gives the rows there were, some hundred cases at a time, and tells how far it has come', async () => {
    const { db, stood } = await emptied(1201);
    const told: [number, number][] = [];
    db.transaction(() => rebuildRegister(db, judge, (done, of) => told.push([done, of]), 0))();
    expect(db.prepare('SELECT * FROM claim ORDER BY number').all()).toEqual(stood);
    expect(told).toEqual([0, 500, 1000, 1201].map((done) => [done, 1201]));
    db.close();
  });

  it('tells nothing of what is soon done', async () => {
    const { db, stood } = await emptied(3);
    const told = vi.fn();
    rebuildRegister(db, judge, told);
    expect(db.prepare('SELECT * FROM claim ORDER BY number').all()).toEqual(stood);
    expect(told).not.toHaveBeenCalled();
    db.close();
  });
});

import Database from 'better-sqlite3';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CaseEvent, NewEvent } from '../../src/case/events.js';
import { evolve } from '../../src/case/history.js';
import { projectionOf } from '../../src/io/projection.js';
import { Store } from '../../src/io/store.js';
import { Life, lives } from '../support/lives.js';
import { AT, DEBTOR, registration, SETTINGS } from '../support/store.js';

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

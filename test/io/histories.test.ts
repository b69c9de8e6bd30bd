import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Store } from '../../src/io/store.js';
import { AT, DEBTOR, registration, SETTINGS } from '../support/store.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkasso-historier-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('all histories at once are the histories one by one, texts and all', () => {
  const store = Store.create(join(folder, 'inkasso.db'), SETTINGS);
  expect([...store.histories()]).toEqual([]);
  for (const invoice of ['1001', '1002', '1003', '1004'])
    store.register(DEBTOR, (id) => [registration(id, invoice)], AT);
  for (const number of [3, 1, 3]) {
    const c = store.case(number);
    if (c === null) throw new Error('no such case');
    const body = { type: 'noted', text: `ringte om ${number}`, fact: null, byPhone: false } as const;
    store.record(c, [{ happenedOn: AT.today, body }], AT);
  }
  const all = [...store.histories()];
  expect(all.map(({ number, events }) => [number, events.length])).toEqual([
    [1, 2],
    [2, 1],
    [3, 3],
    [4, 1],
  ]);
  for (const { number, events } of all) expect(events).toEqual(store.events(number));
  // One that is given up half-way leaves the database free to be written.
  for (const { number } of store.histories()) if (number === 2) break;
  store.register(DEBTOR, (id) => [registration(id, '1005')], AT);
  store.close();
});

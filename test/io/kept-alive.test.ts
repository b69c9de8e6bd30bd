import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { keptAlive, keptCount } from '../../src/io/kept-alive.js';

/** Objects that are kept while some work is done. */
function keptBy(work: () => unknown): number {
  const before = keptCount();
  work();
  return keptCount() - before;
}

it('keeps nothing where Node collects what the package makes', () => {
  expect(keptBy(() => keptAlive(new Database(':memory:'), '22.23.3').prepare('SELECT 1').get())).toBe(0);
});

it('keeps the database, and every statement and cursor, where Node ends the program when they are collected', () => {
  const db = new Database(':memory:');
  expect(keptBy(() => keptAlive(db, '24.19.0'))).toBe(1);
  expect(keptBy(() => db.prepare('SELECT 1 AS one').pluck().get())).toBe(1);
  expect(keptBy(() => db.pragma('journal_mode'))).toBe(1);
  expect(keptBy(() => [...db.prepare('SELECT 1 AS one').iterate()])).toBe(2);
  expect(db.prepare('SELECT 1 AS one').all()).toEqual([{ one: 1 }]);
  // A second database is kept too, and nothing twice.
  const other = new Database(':memory:');
  expect(keptBy(() => keptAlive(other, '26.0.0'))).toBe(1);
  expect(keptBy(() => other.prepare('SELECT 1').get())).toBe(1);
});

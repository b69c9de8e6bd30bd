import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { claim, Desk, DUE } from '../support/cli.js';

const DAY = '2026-08-20';

interface Checked {
  readonly findings: readonly unknown[];
  readonly chain: { readonly seq: number; readonly hash: string };
}

it('check names the last event, by which a history cut short is told from the one a copy was taken of', async () => {
  const desk = await Desk.open();
  await desk.ok(DAY, ...claim('1', '1000', DUE));
  await desk.ok(DAY, ...claim('2', '2000', DUE));
  const { chain } = await desk.ok<Checked>(DAY, 'check');
  await desk.ok(DAY, 'backup', desk.path('kopi.db'));
  await desk.ok(DAY, 'note', '1', 'Ringte');

  const hashOf = (seq: number): unknown => {
    const db = new Database(desk.database, { readonly: true });
    const hash = db.prepare('SELECT hash FROM event WHERE seq = ?').pluck().get(seq);
    db.close();
    return hash;
  };
  expect(hashOf(chain.seq)).toBe(chain.hash);
  const after = await desk.ok<Checked>(DAY, 'check');
  expect(after.chain).toEqual({ seq: chain.seq + 1, hash: hashOf(chain.seq + 1) });
  const copy = await desk.cli(['--db', desk.path('kopi.db'), '--json', 'check']);
  expect(JSON.parse(copy.stdout)).toMatchObject({ data: { findings: [], chain } });
});

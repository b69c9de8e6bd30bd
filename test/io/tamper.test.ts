import Database from 'better-sqlite3';
import fc from 'fast-check';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewEvent } from '../../src/case/events.js';
import type { Finding } from '../../src/io/check.js';
import { Store } from '../../src/io/store.js';
import { CONSUMER, Desk } from '../support/cli.js';
import { AT, DEBTOR, payment, registration, SETTINGS } from '../support/store.js';

const folder = mkdtempSync(join(tmpdir(), 'inkasso-endret-'));
const path = join(folder, 'inkasso.db');
const copy = join(folder, 'kopi.db');
const CASES = 4;
const ROUNDS = 5;
const EVENTS = CASES * ROUNDS;

const note = (text: string): NewEvent => ({
  happenedOn: AT.today,
  body: { type: 'noted', text, byPhone: false, fact: null },
});

/** Cases whose events lie between each other's, as they do where several cases are worked with at once. */
beforeAll(async () => {
  const store = Store.create(path, SETTINGS);
  for (let number = 1; number <= CASES; number += 1)
    store.register(DEBTOR, (id) => [registration(id, String(number))], AT);
  for (let round = 1; round < ROUNDS; round += 1)
    for (let number = 1; number <= CASES; number += 1) {
      const c = store.case(number);
      if (c !== null) store.record(c, [round % 2 === 0 ? note(`ringte ${round}`) : payment(100 * round)], AT);
    }
  expect(await store.check()).toEqual([]);
  store.backUp(copy, false);
  store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Place {
  readonly seq: number;
  readonly case_id: number;
  readonly version: number;
}

/** What `check` finds after somebody with an SQL shell has been at the history, and the place they were at. */
async function afterTampering(
  seq: number,
  tamper: (db: Database.Database) => void,
): Promise<{ place: Place; found: Finding[] }> {
  copyFileSync(copy, path);
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  const raw = new Database(path);
  for (const name of ['event_is_not_changed', 'event_is_not_deleted']) raw.exec(`DROP TRIGGER ${name}`);
  const place = raw.prepare('SELECT seq, case_id, version FROM event WHERE seq = ?').get(seq) as Place;
  tamper(raw);
  raw.close();
  const store = Store.open(path);
  try {
    return { place, found: await store.check() };
  } finally {
    store.close();
  }
}

const named = ({ seq, case_id: number, version }: Place): string =>
  `hendelse ${seq} (sak ${number}, nr. ${version})`;
const chain = (found: readonly Finding[]): string | undefined =>
  found.find(({ code, message }) => code === 'CHAIN' && message.startsWith('Kjeden'))?.message;

describe('the chain of events', () => {
  const anyEvent = fc.integer({ min: 1, max: EVENTS });
  const COLUMNS = ['type', 'happened_on', 'recorded_on', 'recorded_at', 'hash'] as const;

  it('finds a changed letter in any field of any event, and says in which event of which case', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEvent,
        fc.constantFrom(...COLUMNS),
        fc.nat(),
        fc.constantFrom('0', '9', 'x'),
        async (seq, column, at, letter) => {
          let changed = false;
          const { place, found } = await afterTampering(seq, (db) => {
            const text = db.prepare(`SELECT ${column} FROM event WHERE seq = ?`).pluck().get(seq) as string;
            const index = at % text.length;
            const other = text.slice(0, index) + letter + text.slice(index + 1);
            changed = other !== text;
            db.prepare(`UPDATE event SET ${column} = ? WHERE seq = ?`).run(other, seq);
          });
          if (changed) expect(chain(found)).toBe(`Kjeden brytes ved ${named(place)}: den er endret.`);
          else expect(found).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('finds a changed fact, of whatever kind', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvent, fc.nat(), fc.jsonValue({ maxDepth: 1 }), async (seq, which, value) => {
        let changed = false;
        const { place, found } = await afterTampering(seq, (db) => {
          const read = db.prepare('SELECT payload FROM event WHERE seq = ?').pluck();
          const before = read.get(seq) as string;
          const facts = JSON.parse(before) as Record<string, unknown>;
          const keys = Object.keys(facts);
          facts[keys[which % keys.length] ?? ''] = value;
          db.prepare('UPDATE event SET payload = ? WHERE seq = ?').run(JSON.stringify(facts), seq);
          changed = read.get(seq) !== before;
        });
        if (changed) expect(chain(found)).toBe(`Kjeden brytes ved ${named(place)}: den er endret.`);
      }),
      { numRuns: 25 },
    );
  });

  it('finds any removed event, also when those after it are numbered anew, and the last one', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvent, fc.boolean(), async (seq, renumbered) => {
        const { place, found } = await afterTampering(seq, (db) => {
          db.prepare('DELETE FROM event WHERE seq = ?').run(seq);
          if (renumbered) {
            db.prepare('UPDATE event SET seq = -seq WHERE seq > ?').run(seq);
            db.prepare('UPDATE event SET seq = -seq - 1 WHERE seq < 0').run();
          }
        });
        if (seq === EVENTS) {
          // Nothing comes after it: the register remembers how far its case had come.
          expect(found.map(({ message }) => message).join()).toMatch(
            new RegExp(`Sak ${place.case_id}: version er ${place.version}, men hendelsene gir`),
          );
        } else if (renumbered)
          expect(chain(found)).toMatch(new RegExp(`^Kjeden brytes ved hendelse ${seq} \\(`));
        else expect(chain(found)).toMatch(`Kjeden mangler hendelse ${seq} foran hendelse ${seq + 1} (`);
      }),
      { numRuns: 20 },
    );
  });

  it('finds any two events that have changed places', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvent, anyEvent, async (one, other) => {
        fc.pre(one !== other);
        const first = Math.min(one, other);
        const { found } = await afterTampering(first, (db) => {
          const move = db.prepare('UPDATE event SET seq = ? WHERE seq = ?');
          move.run(-1, one);
          move.run(one, other);
          move.run(other, -1);
        });
        expect(chain(found)).toMatch(new RegExp(`^Kjeden brytes ved hendelse ${first} \\(`));
      }),
      { numRuns: 20 },
    );
  });

  it('finds an event somebody has put in', async () => {
    const { found } = await afterTampering(3, (db) => {
      db.exec(`INSERT INTO event SELECT ${EVENTS + 1}, 3, ${ROUNDS + 1}, type, happened_on, recorded_on, recorded_at,
        payload, hash FROM event WHERE type = 'paymentReceived' LIMIT 1`);
    });
    expect(chain(found)).toBe(
      `Kjeden brytes ved hendelse ${EVENTS + 1} (sak 3, nr. ${ROUNDS + 1}): den er endret.`,
    );
  });

  it('finds a case that has lost its last events, whole', async () => {
    const { found } = await afterTampering(EVENTS, (db) => {
      db.exec(`DELETE FROM event WHERE case_id = 4 AND version > 1`);
    });
    expect(found.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/Kjeden mangler hendelse 8/),
    );
  });
});

/** Bits that flip on a disk know of no triggers and no types. */
describe('a damaged history', () => {
  const DAY = '2026-08-20';

  it('is told in a sentence by every command, whatever byte of it is wrong', async () => {
    const desk = await Desk.open();
    await desk.ok(DAY, 'add', ...CONSUMER);
    await desk.ok(DAY, 'pay', '1', '100');
    await desk.ok(DAY, 'note', '1', 'en samtale');
    await desk.ok(DAY, 'backup', desk.path('hel.db'));
    const whole = readFileSync(desk.path('hel.db'));
    const at = whole.indexOf('"amountOre"');
    expect(at).toBeGreaterThan(0);
    const LOOKS = [
      ['show', '1'],
      ['why', '1'],
      ['run', '--dry-run'],
      ['report'],
      ['pay', '1', '1'],
      ['list'],
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: at - 300, max: at + 250 }),
        fc.integer({ min: 0, max: 7 }),
        fc.constantFrom(...LOOKS),
        async (place, bit, look) => {
          const bytes = Buffer.from(whole);
          bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
          for (const suffix of ['-wal', '-shm']) rmSync(desk.database + suffix, { force: true });
          writeFileSync(desk.database, bytes);
          for (const args of [look, ['check']]) {
            const { code, stderr } = await desk.on(DAY, ...args);
            expect([0, 1, 2, 3, 4, 6], `${args.join(' ')} at ${place}.${bit}: ${stderr}`).toContain(code);
            expect(stderr).not.toMatch(/\bat .*:\d+|SQLITE_|undefined|Noe gikk galt i programmet/);
            if (code === 1) expect(stderr).toMatch(/^Feil: [^\n]+\n[^\n]+\n$/);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is not called a fault of the program, but damage, with where and what to do', async () => {
    const desk = await Desk.open();
    await desk.ok(DAY, 'add', ...CONSUMER);
    const raw = new Database(desk.database);
    raw.exec('DROP TRIGGER event_is_not_changed');
    raw.exec(`UPDATE event SET type = 'ukjent'`);
    raw.close();
    const error = await desk.refused(DAY, 'show', '1');
    expect(error).toMatchObject({ exit: 1, code: 'DB_UNREADABLE' });
    expect(error.message).toMatch(
      /skadet eller endret utenfra: Kjeden brytes ved hendelse 1 \(sak 1, nr\. 1\)/,
    );
    expect(error.hint).toContain('inkasso restore');
  });
});

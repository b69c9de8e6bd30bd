import Database from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Store } from '../../src/io/store.js';
import {
  BUSINESS,
  claim,
  CONSUMER,
  Desk,
  DUE,
  INIT,
  PROGRAM,
  bareEnvironment,
  shareBrowser,
} from '../support/cli.js';
import { oldDatabase } from '../support/store.js';

/**
 * Kills the program with SIGKILL at random moments of what it writes, and looks at what is left: the database checks
 * clean, no letter is there twice or without its record, and doing it again completes the work.
 *
 *   KILLS=200 npm run test:crash        every kind of work in turn, 200 kills
 *   KILLS=200 SEED=7 npm run test:crash other moments
 */
const KILLS = Number(process.env['KILLS'] ?? 7);
const BIN = join(PROGRAM, 'bin', 'inkasso.js');
const DAY = '2026-08-20';
const NEXT_STEP = '2026-09-10';
const CLAIMS = 6;

shareBrowser();

/** Moments that are the same for the same seed. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Work {
  readonly name: string;
  /** Lays the work out in a new folder. */
  lay(desk: Desk): void;
  readonly args: (desk: Desk) => readonly string[];
  /** Looks at what a kill left, and does the work again. */
  finish(desk: Desk): Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), 'inkasso-drept-'));
const TEMPLATES = { due: join(folder, 'due.db'), made: join(folder, 'made.db'), old: join(folder, 'old.db') };

const lay = (template: string) => (desk: Desk) => copyFileSync(template, desk.database);

/** What every kill must leave: nothing that does not hold together, and no case with the same letter twice. */
function expectWhole(desk: Desk): void {
  const store = Store.open(desk.database);
  try {
    expect(store.check()).toEqual([]);
    for (const { number } of store.cases()) {
      const standing = (store.case(number)?.letters ?? []).filter(({ state }) => state !== 'withdrawn');
      const steps = standing.map(({ made }) => made.step);
      expect(new Set(steps).size, `case ${number} has ${steps.join(', ')}`).toBe(steps.length);
    }
  } finally {
    store.close();
  }
}

const letters = async (desk: Desk): Promise<string[]> => {
  const cases = await Promise.all(
    (await desk.list(DAY)).map(({ number }) => desk.show(NEXT_STEP, String(number))),
  );
  return cases.flatMap((each) => each.letters.map(({ step, state }) => `${each.number} ${step} ${state}`));
};

const EVERY_PURRING_SENT = Array.from({ length: CLAIMS }, (_, index) => `${index + 1} purring sent`);

const WORKS: readonly Work[] = [
  {
    name: 'run --sent',
    lay: lay(TEMPLATES.due),
    args: () => ['--as-of', DAY, 'run', '--sent'],
    async finish(desk) {
      expectWhole(desk);
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
    lay: lay(TEMPLATES.due),
    args: () => ['--as-of', DAY, 'run'],
    async finish(desk) {
      expectWhole(desk);
      const { waiting } = await desk.run(DAY);
      expect(waiting).toHaveLength(CLAIMS);
      expect(desk.pdfs().filter((path) => path.includes('sak-'))).toHaveLength(CLAIMS);
      expect(desk.pdfs().filter((path) => path.includes('utskrift')).length).toBeGreaterThan(0);
    },
  },
  {
    name: 'sent',
    lay: lay(TEMPLATES.made),
    args: () => ['--as-of', DAY, 'sent'],
    async finish(desk) {
      expectWhole(desk);
      const states = new Set((await letters(desk)).map((each) => each.split(' ').at(-1)));
      expect(states.size, 'a batch is confirmed whole or not at all').toBe(1);
      if (states.has('generated')) await desk.ok(DAY, 'sent');
      expect(await letters(desk)).toEqual(EVERY_PURRING_SENT);
    },
  },
  {
    name: 'backup',
    lay: lay(TEMPLATES.made),
    args: (desk) => ['backup', desk.path('kopi.db')],
    async finish(desk) {
      expectWhole(desk);
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
    args: (desk) => ['restore', desk.path('kopi.db'), '--yes'],
    async finish(desk) {
      expect([0, CLAIMS]).toContain((await letters(desk)).length);
      expectWhole(desk);
      await desk.ok(DAY, 'restore', desk.path('kopi.db'), '--yes');
      expect(await letters(desk)).toHaveLength(CLAIMS);
      expectWhole(desk);
    },
  },
  {
    name: 'the upgrade of an old database',
    lay: lay(TEMPLATES.old),
    args: () => ['list'],
    async finish(desk) {
      expect(await desk.list(DAY)).toMatchObject([{ invoice: '77' }]);
      expectWhole(desk);
      for (const name of readdirSync(desk.folder).filter((each) => each.includes('-versjon-')))
        expectWholeFile(desk.path(name));
    },
  },
  {
    name: 'init',
    lay: () => undefined,
    args: () => ['init', ...INIT],
    async finish(desk) {
      if (!existsSync(desk.database)) await desk.ok(DAY, 'init', ...INIT);
      await desk.add(DAY, ...CONSUMER);
      expectWhole(desk);
    },
  },
];

function expectWholeFile(path: string): void {
  const db = new Database(path, { readonly: true });
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
}

/** Runs the program, and kills it and its browser after so many milliseconds; resolves with how long it lived. */
function killed(desk: Desk, args: readonly string[], after: number): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: desk.folder,
    env: { ...bareEnvironment(desk.folder), INKASSO_DB: desk.database, TMPDIR: desk.path('tmp') },
    stdio: 'ignore',
    detached: true,
  });
  const timer = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, after);
  return new Promise((done) => {
    child.once('close', () => {
      clearTimeout(timer);
      done(performance.now() - started);
    });
  });
}

function laidOut(work: Work): Desk {
  const desk = new Desk();
  mkdirSync(desk.path('tmp'));
  work.lay(desk);
  return desk;
}

describe.runIf(process.platform !== 'win32')('killed at any moment of', () => {
  const next = random(Number(process.env['SEED'] ?? 20260820));

  beforeAll(async () => {
    expect(existsSync(join(PROGRAM, 'dist', 'main.js')), 'dist is built (npm run build)').toBe(true);
    const desk = await Desk.open();
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
    oldDatabase(TEMPLATES.old);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(WORKS.map((work, index) => ({ work, name: work.name, index })))(
    '$name, nothing is lost and nothing is there twice',
    async ({ work, index }) => {
      const whole = laidOut(work);
      const duration = await killed(whole, work.args(whole), 120_000);
      const share = Math.floor(KILLS / WORKS.length) + (index < KILLS % WORKS.length ? 1 : 0);
      for (let kill = 0; kill < share; kill += 1) {
        const desk = laidOut(work);
        await killed(desk, work.args(desk), next() * duration * 1.1);
        await work.finish(desk);
        rmSync(desk.folder, { recursive: true, force: true });
      }
    },
    600_000 + KILLS * 10_000,
  );
});

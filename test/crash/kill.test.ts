import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bareEnvironment, Desk, PROGRAM, shareBrowser, type Outcome } from '../support/cli.js';
import { layTemplates, removeTemplates, WORKS, type Work } from './works.js';

/**
 * Kills the program with SIGKILL at random moments of what it writes, and looks at what is left: the database checks
 * clean, no letter is there twice or without its record, and doing it again completes the work.
 *
 *   KILLS=200 npm run test:crash        every kind of work in turn, 200 kills
 *   KILLS=200 SEED=7 npm run test:crash other moments
 */
const KILLS = Number(process.env['KILLS'] ?? WORKS.length);
const BIN = join(PROGRAM, 'bin', 'inkasso.js');

shareBrowser();

/** A browser outlives the program that is killed by a moment, and clears up after itself. */
const scratch = mkdtempSync(join(tmpdir(), 'inkasso-drept-'));

/** Moments that are the same for the same seed. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Runs the program, and kills it and what it started after so many milliseconds; never, when none are given. */
function start(desk: Desk, args: readonly string[], after?: number): Promise<Outcome> {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: desk.folder,
    env: { ...bareEnvironment(desk.folder), INKASSO_DB: desk.database, TMPDIR: scratch },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const kill = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  const timer = after === undefined ? undefined : setTimeout(kill, after);
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  return new Promise((done) => {
    child.once('close', (code) => {
      clearTimeout(timer);
      done({ code: code ?? -1, ...written });
    });
  });
}

/** Does a work's jobs at once, each killed at its own moment, while a reader reads; resolves with how long it took. */
async function doWork(work: Work, desk: Desk, moment: () => number | undefined): Promise<number> {
  const started = performance.now();
  let working = true;
  const reader = async (): Promise<void> => {
    while (working) {
      const { code, stdout, stderr } = await start(desk, ['--json', 'list']);
      expect([code, stderr], 'a reader goes on reading').toEqual([0, '']);
      expect(JSON.parse(stdout)).toHaveProperty('data.cases');
    }
  };
  const reading = work.read === true ? reader() : Promise.resolve();
  const outcomes = await Promise.all(work.jobs(desk).map((args) => start(desk, args, moment())));
  working = false;
  await reading;
  for (const { code, stderr } of outcomes) expect([-1, 0], stderr).toContain(code);
  return performance.now() - started;
}

function laidOut(work: Work): Desk {
  const desk = new Desk();
  work.lay(desk);
  return desk;
}

describe.runIf(process.platform !== 'win32')('killed at any moment of', () => {
  const next = random(Number(process.env['SEED'] ?? 20260820));
  const durations = new Map<string, number>();

  beforeAll(async () => {
    expect(existsSync(join(PROGRAM, 'dist', 'main.cjs')), 'dist is built (npm run build)').toBe(true);
    await layTemplates();
  });
  afterAll(() => {
    removeTemplates();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  /** How long the work takes when nobody kills it. */
  async function durationOf(work: Work): Promise<number> {
    const pace = work.pace ?? work.name;
    const known = durations.get(pace) ?? (await doWork(work, laidOut(work), () => undefined));
    durations.set(pace, known);
    return known;
  }

  it.each(WORKS.map((work, index) => ({ work, name: work.name, index })))(
    '$name, nothing is lost and nothing is there twice',
    async ({ work, index }) => {
      const duration = await durationOf(work);
      const share = Math.floor(KILLS / WORKS.length) + (index < KILLS % WORKS.length ? 1 : 0);
      for (let kill = 0; kill < share; kill += 1) {
        const desk = laidOut(work);
        await doWork(work, desk, () => next() * duration * 1.1);
        await work.finish(desk);
        rmSync(desk.folder, { recursive: true, force: true });
      }
    },
    600_000 + KILLS * 10_000,
  );
});

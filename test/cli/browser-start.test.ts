import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../../src/machine.js';
import { localDate } from '../../src/law/dates.js';
import { draftsOf, newPlan } from '../../src/tasks/run-plan.js';
import { makeLetters } from '../../src/tasks/run-print.js';
import type { Draft } from '../../src/tasks/run-letter.js';
import { BUSINESS, CONSUMER, Desk } from '../support/cli.js';

const DAY = '2026-08-20';
const EARLY = '2026-08-10';

/** What is looked for here must be our own. */
const outerTmp = process.env['TMPDIR'];
const scratch = mkdtempSync(join(tmpdir(), 'inkasso-start-'));
beforeAll(() => {
  process.env['TMPDIR'] = scratch;
});
afterAll(() => {
  if (outerTmp === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = outerTmp;
  rmSync(scratch, { recursive: true, force: true });
});

async function deskWithLetters(): Promise<Desk> {
  const desk = await Desk.open();
  await desk.ok(EARLY, 'add', ...CONSUMER);
  await desk.ok(EARLY, 'add', ...BUSINESS);
  return desk;
}

describe('the browser', () => {
  it.skipIf(process.platform === 'win32')(
    'is started for letters to print, and for nothing else',
    async () => {
      const desk = await deskWithLetters();
      const told = desk.path('startet');
      const browser = desk.write('nettleser.sh', `#!/bin/sh\ntouch '${told}'\nexit 1\n`);
      chmodSync(browser, 0o755);
      const run = (day: string, ...more: string[]): Promise<{ code: number }> =>
        desk.cli(['--db', desk.database, '--as-of', day, '--no-input', 'run', ...more], {
          env: { INKASSO_BROWSER: browser },
        });
      expect(await run(EARLY)).toMatchObject({ code: 0 });
      expect(await run(DAY, '--dry-run')).toMatchObject({ code: 0 });
      expect(existsSync(told)).toBe(false);
      // A browser that does not start is told of when there is something to print, and nothing is recorded.
      const before = desk.stored().tables;
      expect((await run(DAY)).code).not.toBe(0);
      expect(existsSync(told)).toBe(true);
      expect(desk.stored().tables).toEqual(before);
    },
  );

  it('is started while later letters are still being worded', async () => {
    const desk = await deskWithLetters();
    const today = localDate(DAY);
    const ctx = createContext({
      ...{ db: desk.database, json: false, quiet: true, today, realToday: today, ask: null },
      machine: () => ({ date: today, timeZone: 'Europe/Oslo' }),
      ...{ env: process.env, platform: process.platform, cwd: desk.folder, stderr: { write: () => true } },
      instant: () => `${DAY}T10:00:00.000Z`,
    });
    const options = {
      ...{ dryRun: false, sent: false, email: false, catchUp: false, limit: null, only: null, repeat: false },
      ...{ claimsConfirmed: true, out: null, appendix: false, oldBankFiles: null, heldMost: null },
    };
    const plan = newPlan();
    const started = (): boolean => readdirSync(scratch).some((name) => name.startsWith('inkasso-nettleser-'));
    async function* slowly(): AsyncGenerator<Draft> {
      let first = true;
      for await (const draft of draftsOf(ctx, options, plan)) {
        // The second letter is not worded before the browser is on its way.
        for (const end = Date.now() + 60_000; !first && !started() && Date.now() < end;) await setTimeout(10);
        if (!first) expect(started()).toBe(true);
        else expect(started()).toBe(false);
        first = false;
        yield draft;
      }
    }
    try {
      const { letters } = await makeLetters(ctx, slowly(), options, plan);
      expect(letters).toHaveLength(2);
    } finally {
      await ctx.close();
    }
    expect(started()).toBe(false);
  });
});

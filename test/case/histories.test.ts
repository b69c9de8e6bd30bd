import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusDays } from '../oracle/calendar.js';
import { histories, type History } from '../support/history.js';
import { Play } from '../support/play.js';

// What must hold in every life of a claim. A failure names its seed: SEED=<n> RUNS=<n> runs it again.

const RUNS = Number(process.env.RUNS ?? 10_000);
const SEED = process.env.SEED;
const SLOW = 3_600_000;

const runs = (share = 1): fc.Parameters<[History]> => ({
  numRuns: Math.max(1, Math.ceil(RUNS * share)),
  ...(SEED === undefined ? {} : { seed: Number(SEED) }),
});

describe('random histories of a claim', () => {
  it('keep every rule, and agree with a second opinion to the øre', { timeout: SLOW }, () => {
    fc.assert(
      fc.property(histories, (history) => new Play(history).run()),
      runs(),
    );
  });

  it(
    'gain nothing from days without a run: no letter comes earlier, and there are never more',
    { timeout: SLOW },
    () => {
      fc.assert(
        fc.property(histories, (history) => {
          // Only runs, each letter sent the day it is made: what is left to differ is which days there is a run on.
          const gaps = history.actions.map((action) => action.gap % 60);
          const some = new Play({ ...history, actions: [] });
          const daily = new Play({ ...history, actions: [] });
          for (const gap of gaps) {
            for (let day = 0; day < gap; day += 1) sendOn(daily, plusDays(some.today, day));
            sendOn(some, plusDays(some.today, gap));
          }
          sendOn(daily, some.today);
          expect(some.posted.length).toBeLessThanOrEqual(daily.posted.length);
          some.posted.forEach((letter, index) => {
            const other = daily.posted[index];
            // The Act of 2026 may come between, and make another letter of the same step.
            if (history.year2027 !== '2026') expect(other?.step).toBe(letter.step);
            expect((other?.sentOn ?? '') <= letter.sentOn).toBe(true);
          });
        }),
        runs(0.15),
      );
    },
  );
});

function sendOn(play: Play, today: string): void {
  play.today = today;
  if (play.runDay() !== null) play.confirm(today);
}

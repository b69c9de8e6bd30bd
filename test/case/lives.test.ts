import fc from 'fast-check';
import { describe, it } from 'vitest';
import { Life, lives } from '../support/lives.js';

// A failure names its seed: SEED=<n> RUNS=<n> runs it again.

const RUNS = Number(process.env.RUNS ?? 10_000);
const SEED = process.env.SEED;

describe('lives of a claim, with everything that can happen to it', () => {
  it('keep every rule after every step', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(lives, (life) => {
        new Life(life).play();
      }),
      { numRuns: Math.ceil(RUNS / 2), ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
    );
  });
});

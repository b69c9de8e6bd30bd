/** One figure: what was measured, how it compares with its baseline in the same run, and what it may be. */
export interface Row {
  readonly what: string;
  readonly milliseconds: number;
  readonly baseline: string;
  readonly ratio: number;
  readonly limit: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

/**
 * Measures several things by turns, so that a machine that slows down slows them all; medians, in milliseconds. The first
 * round warms up and does not count, unless each takes so long that it makes no difference.
 */
export async function byTurns(
  rounds: number,
  works: Readonly<Record<string, () => unknown>>,
  warmUp = true,
): Promise<Record<string, number>> {
  const times: Record<string, number[]> = {};
  for (let round = warmUp ? 0 : 1; round <= rounds; round += 1) {
    for (const [name, work] of Object.entries(works)) {
      const from = performance.now();
      await work();
      if (round > 0) (times[name] ??= []).push(performance.now() - from);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

export function print(title: string, rows: readonly Row[]): void {
  const lines = rows.map(({ what, milliseconds, baseline, ratio, limit }) =>
    [
      what.padEnd(40),
      milliseconds.toFixed(1).padStart(10),
      `${ratio.toFixed(2)} ×`.padStart(10),
      baseline.padEnd(30),
      limit,
    ].join('  '),
  );
  process.stdout.write(`\n${title}\n${lines.join('\n')}\n`);
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDue, TODAY } from './database.js';
import { byTurns, print } from './table.js';

const LIMITS: Readonly<Record<string, number>> = {
  '--version': 1.2,
  '--help': 1.6,
  list: 3,
  'show 1': 3,
  'report ageing': 3,
  report: 3,
};

/** From the key is pressed until the answer is there, against Node doing nothing. */
export async function benchStartUp(claims: number, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'inkasso-maaling-'));
  try {
    const database = join(folder, 'inkasso.db');
    createDue(database, claims);
    // Reading more certificates is no part of starting.
    const { NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env;
    const node =
      (...args: string[]) =>
      () =>
        execFileSync(process.execPath, args, { env: { ...env, INKASSO_DB: database }, stdio: 'ignore' });
    const verbs = Object.keys(LIMITS).map((verb) => {
      const dated = verb.startsWith('--') ? [] : ['--as-of', TODAY];
      return [verb, node('bin/inkasso.js', ...verb.split(' '), ...dated)] as const;
    });
    const times = await byTurns(rounds, { 'node -e 0': node('-e', '0'), ...Object.fromEntries(verbs) });
    const nothing = times['node -e 0'] ?? 0;
    print(
      `Oppstart, ${claims} saker (ms)`,
      Object.entries(LIMITS).map(([what, limit]) => {
        const milliseconds = times[what] ?? 0;
        const ratio = milliseconds / nothing;
        return {
          what,
          milliseconds,
          baseline: `node -e 0 (${nothing.toFixed(0)} ms)`,
          ratio,
          limit: `≤ ${limit}`,
        };
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// Tries the verbs that only look on a small database, and keeps what V8 has made of the program by then.

const DAY = '2026-10-20';
const PREPARED = [
  'init --name Eksempel --orgnr 312456788 --address Eksempelveien --zip 0101 --city Oslo --account 15031234562',
  'add --invoice 1001 --amount 2490,00 --due 2026-08-03 --debtor Kari --type consumer --address Tenktveien --zip 0150 --city Oslo --history purring=2026-08-20:2026-09-03:38,00',
  'add --invoice 1002 --amount 990,00 --due 2026-08-10 --debtor Ola --type consumer --address Tenktveien --zip 0150 --city Oslo',
  'pay 1002 100,00',
];
const TRIED = [
  '--help',
  'list',
  'show 1',
  'show 2',
  'why 1',
  'report ageing',
  'report',
  'report limitation',
  'report kpi',
  'report income',
];

const folder = mkdtempSync(join(tmpdir(), 'inkasso-bygg-'));
try {
  const program = fileURLToPath(new URL('../bin/inkasso.js', import.meta.url));
  const database = ['--db', join(folder, 'inkasso.db'), '--as-of', DAY, '--no-input'];
  for (const line of PREPARED) execFileSync(process.execPath, [program, ...line.split(' '), ...database]);
  const { load, keepCompiled } = createRequire(import.meta.url)('../bin/load.js');
  const { run } = load('./main.cjs');
  for (const line of TRIED) {
    const code = await run({
      argv: [...line.split(' '), ...database],
      env: {},
      cwd: folder,
      platform: process.platform,
      now: () => new Date(`${DAY}T10:00:00Z`),
      stdout: { write: () => true },
      stderr: { write: (text) => process.stderr.write(text) },
      keyboard: null,
    });
    if (code !== 0) throw new Error(`«${line}» ended with ${code}`);
  }
  for (const pack of process.argv.slice(2)) keepCompiled(`./${pack}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

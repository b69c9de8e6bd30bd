import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TODAY } from './database.js';
import { createScale } from './scale-database.js';
import { invoiceFile, ocrFile } from './scale-files.js';
import { importBare, sameRows, shell } from './scale-shell.js';

/** Letters that are due, whatever the size of the database. */
const DUE = 100;
/** Invoices taken in to see what it costs in a database of that size. */
const TAKEN = 1000;

type Times = Map<string, number>;

/**
 * How cost grows with the number of cases: milliseconds, the least of some rounds, all sizes by turns. Databases made
 * before are looked for in INKASSO_BENCH_FOLDER, and left there; a run changes them.
 */
export function benchScale(sizes: readonly number[], rounds: number): void {
  const kept = process.env['INKASSO_BENCH_FOLDER'];
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'inkasso-maaling-'));
  try {
    const databases = sizes.map((cases) => ({ cases, path: join(folder, `${cases}.db`), times: new Map() }));
    for (const { cases, path } of databases) if (!existsSync(path)) createScale(path, cases, DUE);
    const bytes = databases.map(({ cases, path }) => statSync(path).size / cases);
    for (let round = 0; round < rounds; round += 1)
      for (const { path, times } of databases) measure(path, folder, times, round);
    for (const { path, times } of databases)
      timed(times, 'run', () => verb(path, 'run', '--out', join(folder, 'brev')));
    printGrowth(databases, bytes);
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function measure(path: string, folder: string, times: Times, round: number): void {
  timed(times, 'run --dry-run', () => verb(path, 'run', '--dry-run'));
  timed(times, 'report ageing', () => verb(path, 'report', 'ageing'));
  timed(times, 'sqlite3: samme summer', () => shell(path, SUMS));
  timed(times, 'list', () => verb(path, 'list'));
  const file = join(folder, 'fakturaer.csv');
  writeFileSync(file, invoiceFile(TAKEN, 50_000_000 + round * TAKEN, '2026-10-01'));
  timed(times, `import ${TAKEN}`, () => verb(path, 'import', file));
}

function timed(times: Times, what: string, work: () => void): void {
  const from = performance.now();
  work();
  times.set(what, Math.min(times.get(what) ?? Infinity, performance.now() - from));
}

function verb(database: string, ...args: readonly string[]): void {
  const { NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env;
  execFileSync(process.execPath, ['bin/inkasso.js', ...args, '--as-of', TODAY, '--no-input', '--quiet'], {
    env: { ...env, INKASSO_DB: database },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

const DAYS = `julianday('${TODAY}') - julianday(effective_due)`;
/** What is open by debtor and age, without the interest since the last event: the least that the report must sum. */
const SUMS = `SELECT debtor_id, CASE WHEN ${DAYS} <= 0 THEN 0 WHEN ${DAYS} <= 30 THEN 1 WHEN ${DAYS} <= 60 THEN 2
  WHEN ${DAYS} <= 90 THEN 3 ELSE 4 END AS age, count(*), sum(principal_ore + costs_ore)
  FROM claim WHERE status NOT IN ('paid', 'closed') GROUP BY debtor_id, age`;

function printGrowth(
  databases: readonly { readonly cases: number; readonly times: Times }[],
  bytes: readonly number[],
): void {
  const cell = (text: string): string => text.padStart(12);
  const verbs = [...(databases[0]?.times.keys() ?? [])];
  const lines = [
    ['Saker'.padEnd(24), ...databases.map(({ cases }) => cell(String(cases)))],
    ...verbs.map((what) => [
      what.padEnd(24),
      ...databases.map(({ times }) => cell((times.get(what) ?? NaN).toFixed(0))),
    ]),
    ['byte per sak'.padEnd(24), ...bytes.map((size) => cell(size.toFixed(0)))],
  ];
  process.stdout.write(`\nHvordan tiden vokser (ms, ${DUE} brev skal ut)\n`);
  process.stdout.write(`${lines.map((line) => line.join('')).join('\n')}\n`);
  for (const { cases, times } of databases) {
    const of = (what: string): number => times.get(what) ?? NaN;
    const run = of('run') / (databases.find((one) => one.cases === 10_000)?.times.get('run') ?? NaN);
    const ageing = of('report ageing') / of('sqlite3: samme summer');
    process.stdout.write(
      `${cases} saker: run ${run.toFixed(2)} × 10 000 saker (≤ 1,5), report ageing ${ageing.toFixed(2)} × sqlite3 (≤ 1,5)\n`,
    );
  }
}

const FILES = [
  { what: 'fakturaer', name: 'fakturaer.csv' },
  { what: 'innbetalinger', name: 'innbetalinger.txt' },
] as const;

/**
 * Invoices and payments from files, against the SQLite shell's own import of CSV: of the rows that came of it into the same
 * tables, and of the invoices as they stand in the file into a bare table.
 */
export function benchImport(records: number, rounds: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'inkasso-maaling-'));
  try {
    const [invoices, payments] = FILES.map(({ name }) => join(folder, name)) as [string, string];
    writeFileSync(invoices, invoiceFile(records, 20_000_000, '2026-08-03'));
    writeFileSync(payments, ocrFile(records, 20_000_000), 'latin1');
    const times: Times = new Map();
    for (let round = 0; round < rounds; round += 1) {
      const own = join(folder, String(round));
      mkdirSync(own);
      createScale(join(own, 'i.db'), 0, 0);
      for (const { what, name } of FILES) importBoth(own, join(folder, name), what, times);
      timed(times, 'bare', () => importBare(own, invoices));
      rmSync(own, { recursive: true });
    }
    printImport(records, times);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function importBoth(folder: string, file: string, what: string, times: Times): void {
  const [database, before] = [join(folder, 'i.db'), join(folder, 'f.db')];
  copyFileSync(database, before);
  timed(times, what, () => verb(database, 'import', file));
  const same = sameRows(folder, before, database);
  timed(times, `${what}: the shell`, () => same.import());
}

function printImport(records: number, times: Times): void {
  const of = (what: string): number => times.get(what) ?? NaN;
  const each = (what: string): string => ((of(what) * 1000) / records).toFixed(0);
  process.stdout.write(`\nImport av ${records} (µs hver; i en bar tabell ${each('bare')})\n`);
  for (const { what } of FILES) {
    const [spent, same] = [of(what), of(`${what}: the shell`)];
    process.stdout.write(
      `${what.padEnd(16)}${each(what).padStart(4)}  ${(spent / same).toFixed(1)} × sqlite3-skallets .import av det samme i de samme tabellene (${each(`${what}: the shell`)})  ${(spent / of('bare')).toFixed(1)} × av fakturafilen i en bar tabell (≤ 4)\n`,
    );
  }
}

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** What an import writes to, in the order in which one can refer to the other. */
const TABLES = [
  'import_file',
  'debtor',
  'event',
  'event_text',
  'claim',
  'import_record',
  'claim_record',
  'payment',
  'payment_use',
] as const;

/** Gives commands to the SQLite shell, and returns what it answers. */
export function shell(database: string, ...commands: readonly string[]): string {
  return execFileSync('sqlite3', [database, ...commands], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A file of an invoice or a payment a line, read by the shell into a bare table that it makes for it. */
export function importBare(folder: string, file: string): void {
  shell(join(folder, 'bare.db'), '.separator ;', `.import ${file} t`);
}

/** What an import wrote, ready for the shell to import into the same tables of an empty database. */
export interface SameRows {
  /** The same rows, indexes and safety; to be timed. */
  import(): void;
}

/** Writes every row that is in one database and not in the other to CSV files, one for each table. */
export function sameRows(folder: string, before: string, after: string): SameRows {
  const target = join(folder, 'same.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(target + suffix, { force: true });
  // CSV has neither numbers nor null, which strict tables insist on.
  const schema = shell(before, '.schema')
    .replaceAll(/\) STRICT, WITHOUT ROWID;/g, ') WITHOUT ROWID;')
    .replaceAll(/\) STRICT;/g, ');');
  shell(target, 'PRAGMA journal_mode = WAL', schema);
  const files = TABLES.map((table) => {
    const file = join(folder, `${table}.csv`);
    shell(
      after,
      `ATTACH '${before}' AS b`,
      '.mode csv',
      `.output ${file}`,
      `SELECT * FROM main.${table} EXCEPT SELECT * FROM b.${table}`,
    );
    return `.import ${file} ${table}`;
  });
  const settings = ['PRAGMA synchronous = FULL', 'PRAGMA cache_size = -65536', '.mode csv'];
  return { import: () => void shell(target, ...settings, ...files) };
}

import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyBeforeUpgrade } from './backup.js';
import { nameNew, removeUnfinished, unfinishedName } from './durable.js';
import { programFolder } from './home.js';
import {
  APPLICATION_ID,
  asProblem,
  assertOurs,
  assertSqliteFile,
  DatabaseProblem,
  openFile,
  prepare,
  type Db,
} from './sqlite.js';

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

function migrations(): Migration[] {
  const folder = join(programFolder(), 'migrations');
  return migrationNames(folder).map((name) => ({
    number: numberOf(name),
    name,
    sql: readFileSync(join(folder, name), 'utf8'),
  }));
}

function migrationNames(folder = join(programFolder(), 'migrations')): string[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort();
}

function numberOf(name: string): number {
  return Number(name.slice(0, 4));
}

/** The chained fingerprints of migrations: each covers its own text and the fingerprint before it. */
export function migrationHashes(): { name: string; hash: string }[] {
  let before = '';
  return migrations().map(({ name, sql }) => {
    before = createHash('sha256').update(before).update(sql).digest('hex');
    return { name, hash: before };
  });
}

/**
 * Creates a new database and fills it. It gets its name when it is whole, so that neither a fault nor a power cut
 * leaves half a database in the way of the next try.
 * @throws DatabaseProblem
 */
export function createDatabase(path: string, fill: (db: Db) => void): Db {
  assertFree(path);
  try {
    makePrivateFolder(dirname(path));
    removeUnfinished(path);
    const unfinished = unfinishedName(path);
    try {
      build(unfinished, fill);
      nameNew(unfinished, path);
    } finally {
      removeUnfinished(path);
    }
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'EEXIST') assertFree(path);
    throw asProblem(fault, path);
  }
  return openDatabase(path);
}

function assertFree(path: string): void {
  if (!existsSync(path)) return;
  throw new DatabaseProblem(
    'DB_EXISTS',
    `Det finnes alt en fil i ${path}.`,
    'Velg en annen fil med --db, eller bruk databasen som den er.',
  );
}

function build(path: string, fill: (db: Db) => void): void {
  closeSync(openSync(path, 'wx', 0o600));
  const db = openFile(path);
  try {
    prepare(db);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    migrate(db);
    db.transaction(() => fill(db)).immediate();
  } finally {
    db.close();
  }
}

export interface OpenOptions {
  /** Told where the copy from before an upgrade lies. */
  readonly onUpgrade?: (copy: string) => void;
  /** The file is itself a copy, so an upgrade needs no other. */
  readonly isCopy?: boolean;
  /** Writes the register anew from the events, in the transaction of an upgrade that changes what it holds. */
  readonly project?: (db: Db) => void;
}

/** Opens an existing database, brought up to date. @throws DatabaseProblem */
export function openDatabase(path: string, { onUpgrade, isCopy = false, project }: OpenOptions = {}): Db {
  assertSqliteFile(path);
  let db: Db | null = null;
  try {
    db = openFile(path);
    assertOurs(db, path);
    prepare(db);
    if (isBehind(db)) {
      const copy = isCopy ? null : copyBeforeUpgrade(db, path);
      migrate(db, project);
      if (copy !== null) onUpgrade?.(copy);
    }
    return db;
  } catch (fault) {
    db?.close();
    throw asProblem(fault, path);
  }
}

function makePrivateFolder(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
}

function versionOf(db: Db): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/** Whether migrations wait. @throws DatabaseProblem when the database is ahead of the program. */
function isBehind(db: Db): boolean {
  const newest = numberOf(migrationNames().at(-1) ?? '0000');
  const version = versionOf(db);
  if (version > newest) {
    throw new DatabaseProblem(
      'DB_NEWER',
      'Databasen er laget av en nyere versjon av inkasso.',
      'Oppdater programmet og prøv igjen.',
    );
  }
  return version < newest;
}

/** The newest migration that changes what the register holds of a case. */
const REGISTER_CHANGED = 8;

function migrate(db: Db, project?: (db: Db) => void): void {
  db.transaction(() => {
    const registerIsOld = versionOf(db) < REGISTER_CHANGED;
    for (const migration of migrations().filter((m) => m.number > versionOf(db))) {
      db.exec(migration.sql);
      db.pragma(`user_version = ${migration.number}`);
    }
    if (!registerIsOld || db.prepare('SELECT 1 FROM claim LIMIT 1').get() === undefined) return;
    if (project === undefined) throw new Error('nobody to write the register anew');
    project(db);
  }).immediate();
}

export type { Db } from './sqlite.js';

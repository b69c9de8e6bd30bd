import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { programFolder } from './home.js';

export type Db = Database.Database;

/** Marks the file as ours: "inka" in the SQLite header. */
const APPLICATION_ID = 0x696e6b61;
const SQLITE_MAGIC = 'SQLite format 3\0';
const BUSY_MILLISECONDS = 15_000;

/** A database that cannot be used, in words for the user. */
export class DatabaseProblem extends Error {
  constructor(
    readonly code: 'DB_MISSING' | 'DB_EXISTS' | 'DB_NOT_OURS' | 'DB_NEWER' | 'DB_UNREADABLE' | 'DB_READONLY',
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'DatabaseProblem';
  }
}

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

function migrations(): Migration[] {
  const folder = join(programFolder(), 'migrations');
  return readdirSync(folder)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
    .map((name) => ({
      number: Number(name.slice(0, 4)),
      name,
      sql: readFileSync(join(folder, name), 'utf8'),
    }));
}

/** The chained fingerprints of migrations: each covers its own text and the fingerprint before it. */
export function migrationHashes(): { name: string; hash: string }[] {
  let before = '';
  return migrations().map(({ name, sql }) => {
    before = createHash('sha256').update(before).update(sql).digest('hex');
    return { name, hash: before };
  });
}

/** Creates a new database and fills it in one transaction; leaves nothing behind when that fails. */
export function createDatabase(path: string, fill: (db: Db) => void): Db {
  if (existsSync(path)) {
    throw new DatabaseProblem(
      'DB_EXISTS',
      `Det finnes alt en fil i ${path}.`,
      'Velg en annen fil med --db, eller bruk databasen som den er.',
    );
  }
  makePrivateFolder(dirname(path));
  let db: Db | null = null;
  try {
    closeSync(openSync(path, 'wx', 0o600));
    db = new Database(path);
    prepare(db);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    migrate(db);
    const opened = db;
    opened.transaction(() => fill(opened)).immediate();
    return db;
  } catch (fault) {
    db?.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    throw asProblem(fault, path);
  }
}

/** Opens an existing database, brought up to date. @throws DatabaseProblem */
export function openDatabase(path: string): Db {
  assertSqliteFile(path);
  let db: Db | null = null;
  try {
    db = new Database(path, { fileMustExist: true });
    assertOurs(db, path);
    prepare(db);
    migrate(db);
    return db;
  } catch (fault) {
    db?.close();
    throw asProblem(fault, path);
  }
}

function makePrivateFolder(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
}

function assertSqliteFile(path: string): void {
  if (!existsSync(path)) {
    throw new DatabaseProblem(
      'DB_MISSING',
      `Fant ingen database i ${path}.`,
      'Lag en med «inkasso init», eller pek på en annen med --db.',
    );
  }
  const notOurs = new DatabaseProblem(
    'DB_NOT_OURS',
    `${path} er ikke en inkasso-database.`,
    'Pek på riktig fil med --db.',
  );
  if (!statSync(path).isFile()) throw notOurs;
  const head = Buffer.alloc(SQLITE_MAGIC.length);
  try {
    const file = openSync(path, 'r');
    readSync(file, head, 0, head.length, 0);
    closeSync(file);
  } catch (fault) {
    throw asProblem(fault, path);
  }
  if (head.toString('latin1') !== SQLITE_MAGIC) throw notOurs;
}

function assertOurs(db: Db, path: string): void {
  if (db.pragma('application_id', { simple: true }) === APPLICATION_ID) return;
  throw new DatabaseProblem(
    'DB_NOT_OURS',
    `${path} er ikke en inkasso-database.`,
    'Pek på riktig fil med --db.',
  );
}

function prepare(db: Db): void {
  db.pragma(`busy_timeout = ${BUSY_MILLISECONDS}`);
  db.pragma('journal_mode = WAL');
  // Said explicitly: this build of SQLite falls back to NORMAL in WAL mode, and a letter that is recorded as sent
  // must survive a power cut.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
}

function migrate(db: Db): void {
  const all = migrations();
  const newest = all.at(-1)?.number ?? 0;
  const current = () => db.pragma('user_version', { simple: true }) as number;
  if (current() > newest) {
    throw new DatabaseProblem(
      'DB_NEWER',
      'Databasen er laget av en nyere versjon av inkasso.',
      'Oppdater programmet og prøv igjen.',
    );
  }
  if (current() === newest) return;
  db.transaction(() => {
    for (const migration of all.filter((m) => m.number > current())) {
      db.exec(migration.sql);
      db.pragma(`user_version = ${migration.number}`);
    }
  }).immediate();
}

/** SQLite's own errors as sentences; anything else stays the fault it is. */
function asProblem(fault: unknown, path: string): unknown {
  if (fault instanceof DatabaseProblem || !(fault instanceof Error)) return fault;
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return new DatabaseProblem(
      'DB_UNREADABLE',
      `Databasen ${path} er skadet.`,
      'Hent fram en sikkerhetskopi.',
    );
  }
  if (/^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN|ENOTDIR|EISDIR|ENOENT)/.test(code)) {
    return new DatabaseProblem(
      'DB_READONLY',
      `Kan ikke lese og skrive ${path}.`,
      'Sjekk at mappen finnes og at du har tilgang til den.',
    );
  }
  return fault;
}

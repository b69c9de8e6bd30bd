import Database from 'better-sqlite3';
import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { keptAlive } from './kept-alive.js';

export type Db = Database.Database;

const statements = new WeakMap<Db, Map<string, Database.Statement>>();

/** A statement that is used again and again, compiled once for each database. */
export function prepared(db: Db, sql: string): Database.Statement {
  let known = statements.get(db);
  if (known === undefined) statements.set(db, (known = new Map<string, Database.Statement>()));
  let statement = known.get(sql);
  if (statement === undefined) known.set(sql, (statement = db.prepare(sql)));
  return statement;
}

/** Marks the file as ours: "inka" in the SQLite header. */
export const APPLICATION_ID = 0x696e6b61;
const SQLITE_MAGIC = 'SQLite format 3\0';
const BUSY_MILLISECONDS = 15_000;

export type ProblemCode =
  | 'DB_MISSING'
  | 'DB_EXISTS'
  | 'DB_NOT_OURS'
  | 'DB_NEWER'
  | 'DB_UNREADABLE'
  | 'DB_READONLY'
  | 'DB_IN_USE'
  | 'DISK_FULL'
  | 'FILE_EXISTS'
  | 'COPY_FAILED';

/** A database that cannot be used, in words for the user. */
export class DatabaseProblem extends Error {
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'DatabaseProblem';
  }
}

/** The compiled part, where the package puts it: named, so that nobody searches for it at every start. */
function compiled(): { nativeBinding: string } {
  const lookup = createRequire(import.meta.filename);
  return { nativeBinding: lookup.resolve('better-sqlite3/build/Release/better_sqlite3.node') };
}

/** Opens a file as SQLite, to read and write. The caller has made sure that it is there. */
export function openFile(path: string): Db {
  return keptAlive(new Database(path, compiled()));
}

/** Opens a file to look at, without leaving a trace beside it. */
export function openToRead(path: string): Db {
  return keptAlive(new Database(path, { ...compiled(), readonly: true, fileMustExist: true }));
}

/** Settings of a connection that writes. */
export function prepare(db: Db): void {
  db.pragma(`busy_timeout = ${BUSY_MILLISECONDS}`);
  db.pragma('journal_mode = WAL');
  // Said explicitly: this build of SQLite falls back to NORMAL in WAL mode, and a letter that is recorded as sent
  // must survive a power cut.
  db.pragma('synchronous = FULL');
  // In kB: enough to keep the indexes at hand while 100 000 invoices are taken in.
  db.pragma('cache_size = -65536');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
}

/** For work that writes much and reads none of it again: no more of the file is kept in memory than an index needs. */
export function keepLittle(db: Db): void {
  db.pragma('cache_size = -8192');
}

/** @throws DatabaseProblem unless the path is an SQLite file. */
export function assertSqliteFile(path: string): void {
  if (!existsSync(path)) {
    throw new DatabaseProblem(
      'DB_MISSING',
      `Fant ingen database i ${path}.`,
      'Lag en med «inkasso init», eller pek på en annen med --db.',
    );
  }
  if (!statSync(path).isFile()) throw notOurs(path);
  const head = Buffer.alloc(SQLITE_MAGIC.length);
  try {
    const file = openSync(path, 'r');
    readSync(file, head, 0, head.length, 0);
    closeSync(file);
  } catch (fault) {
    throw asProblem(fault, path);
  }
  if (head.toString('latin1') !== SQLITE_MAGIC) throw notOurs(path);
}

/** @throws DatabaseProblem when the file is another program's. */
export function assertOurs(db: Db, path: string): void {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw notOurs(path);
}

function notOurs(path: string): DatabaseProblem {
  return new DatabaseProblem(
    'DB_NOT_OURS',
    `${path} er ikke en inkasso-database.`,
    'Pek på riktig fil med --db.',
  );
}

/** SQLite's own errors as sentences; anything else stays the fault it is. */
export function asProblem(fault: unknown, path: string): unknown {
  if (fault instanceof DatabaseProblem || !(fault instanceof Error)) return fault;
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return new DatabaseProblem(
      'DB_UNREADABLE',
      `Databasen ${path} er skadet.`,
      'Hent fram en sikkerhetskopi med «inkasso restore <fil>».',
    );
  }
  if (isFull(code)) {
    return new DatabaseProblem(
      'DISK_FULL',
      `Disken er full, så ${path} kunne ikke skrives. Det som var lagret før, er like helt.`,
      'Frigjør plass og kjør kommandoen på nytt.',
    );
  }
  if (/^SQLITE_BUSY/.test(code)) {
    return new DatabaseProblem(
      'DB_IN_USE',
      'Databasen er i bruk av en annen kjøring.',
      'Vent til den er ferdig, og prøv igjen.',
    );
  }
  if (/^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN|ENOTDIR|EISDIR|ENOENT)/.test(code)) {
    if (mayOnlyBeRead(path)) {
      return new DatabaseProblem(
        'DB_READONLY',
        `${path} kan leses, men ikke skrives.`,
        'Gjør filen og mappen den ligger i, skrivbar for deg, eller kopier den til en mappe som er det.',
      );
    }
    return new DatabaseProblem(
      'DB_READONLY',
      `Kan ikke lese og skrive ${path}.`,
      'Sjekk at mappen finnes og at du har tilgang til den.',
    );
  }
  return fault;
}

function mayOnlyBeRead(path: string): boolean {
  const may = (file: string, how: number): boolean => {
    try {
      accessSync(file, how);
      return true;
    } catch {
      return false;
    }
  };
  return may(path, constants.R_OK) && !(may(path, constants.W_OK) && may(dirname(path), constants.W_OK));
}

/** What SQLite and the system say when there is no room, or when a file may not grow. */
export function isFull(code: string): boolean {
  return /^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|SQLITE_IOERR_(WRITE|SHMSIZE|TRUNCATE|FSYNC))$/.test(code);
}

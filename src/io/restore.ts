import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, extname, join, basename } from 'node:path';
import { extentOf, freeName, type Extent } from './backup.js';
import { openDatabase } from './db.js';
import { filesOf, isSameFile, removeUnfinished, replaceWith, unfinishedName } from './durable.js';
import {
  asProblem,
  assertOurs,
  assertSqliteFile,
  DatabaseProblem,
  openFile,
  openToRead,
  type Db,
} from './sqlite.js';

/** A copy that has been read to the end, ready to be put in place or let go. */
export interface CheckedCopy {
  readonly extent: Extent;
  /** Puts the copy in place. What stood there is kept, and its new path returned; null when nothing stood there. */
  putInPlace(): string | null;
  letGo(): void;
}

/**
 * Copies a backup to the database's folder, brings it up to date and checks it there; the backup is only read.
 * @param examine says what does not hold together in an opened database
 * @throws DatabaseProblem when the file is not a whole inkasso database
 */
export async function checkCopy(
  from: string,
  path: string,
  examine: (file: string) => Promise<string[]>,
): Promise<CheckedCopy> {
  if (isSameFile(from, path)) {
    throw new DatabaseProblem(
      'FILE_EXISTS',
      `${from} er databasen selv.`,
      'Oppgi sikkerhetskopien som skal hentes fram.',
    );
  }
  assertSqliteFile(from);
  const unfinished = unfinishedName(path);
  const letGo = (): void => removeUnfinished(path);
  try {
    if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    letGo();
    copyFileSync(from, unfinished);
    // A copy taken by other means may have its latest changes in a file beside it.
    if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${unfinished}-wal`);
    chmodSync(unfinished, 0o600);
    const extent = await examined(unfinished, from, examine);
    return { extent, letGo, putInPlace: () => putInPlace(unfinished, path) };
  } catch (fault) {
    letGo();
    throw ofCopy(asProblem(fault, from), from);
  }
}

/** What is said of a database, said of a copy. */
function ofCopy(problem: unknown, from: string): unknown {
  if (!(problem instanceof DatabaseProblem)) return problem;
  if (problem.code === 'DB_MISSING')
    return new DatabaseProblem('DB_MISSING', `Fant ingen fil i ${from}.`, 'Oppgi sikkerhetskopien.');
  if (problem.code === 'DB_NOT_OURS')
    return new DatabaseProblem('DB_NOT_OURS', problem.message, 'Oppgi en kopi laget med «inkasso backup».');
  if (problem.code === 'DB_UNREADABLE' && !problem.message.startsWith('Kopien')) return notWhole(from, '');
  return problem;
}

function notWhole(from: string, why: string): DatabaseProblem {
  return new DatabaseProblem(
    'DB_UNREADABLE',
    `Kopien ${from} er skadet, og er ikke hentet fram.${why === '' ? '' : ` ${why}`}`,
    'Databasen er som før. Prøv en annen kopi.',
  );
}

async function examined(
  copy: string,
  from: string,
  examine: (file: string) => Promise<string[]>,
): Promise<Extent> {
  const [finding] = [...integrityOf(copy), ...(await examine(copy))];
  if (finding !== undefined) throw notWhole(from, finding);
  const db = openDatabase(copy, { isCopy: true });
  try {
    // One file with everything in it, as it is renamed alone.
    db.pragma('journal_mode = DELETE');
    return extentOf(db);
  } finally {
    db.close();
  }
}

/** Asked before anything else touches the file, which an upgrade would do. */
function integrityOf(file: string): string[] {
  const db = openFile(file);
  try {
    assertOurs(db, file);
    const answer = db.pragma('integrity_check', { simple: true });
    return answer === 'ok' ? [] : [`SQLite melder: ${String(answer)}`];
  } finally {
    db.close();
  }
}

function putInPlace(unfinished: string, path: string): string | null {
  try {
    if (!existsSync(path)) {
      replaceWith(unfinished, path);
      return null;
    }
    const settled = settle(path);
    const kept = freeName(join(dirname(path), `${basename(path, extname(path))}-erstattet.db`));
    if (settled) keepWhole(path, kept);
    else for (const file of filesOf(path)) renameSync(file, kept + file.slice(path.length));
    replaceWith(unfinished, path);
    return kept;
  } catch (fault) {
    throw asProblem(fault, path);
  } finally {
    removeUnfinished(path);
  }
}

/**
 * Gathers a database in its one file. False when it is too damaged for that.
 * @throws DatabaseProblem while another process has it open: that one would go on writing where nobody looks
 */
function settle(path: string): boolean {
  let db: Db | null = null;
  try {
    db = openFile(path);
    db.pragma('busy_timeout = 2000');
    db.pragma('journal_mode = DELETE');
    return true;
  } catch (fault) {
    const problem = asProblem(fault, path);
    if (problem instanceof DatabaseProblem && problem.code === 'DB_IN_USE') throw problem;
    return false;
  } finally {
    db?.close();
  }
}

/** Gives the file a second name, so that the first is never without a database. */
function keepWhole(path: string, kept: string): void {
  try {
    linkSync(path, kept);
  } catch {
    copyFileSync(path, kept);
  }
}

/** What a database holds, without changing it; null when it cannot be read. */
export function readExtent(path: string): Extent | null {
  let db: Db | null = null;
  try {
    db = openToRead(path);
    return extentOf(db);
  } catch {
    return null;
  } finally {
    db?.close();
  }
}

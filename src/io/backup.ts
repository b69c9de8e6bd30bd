import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { LocalDate } from '../law/dates.js';
import { isSameFile, nameNew, removeUnfinished, replaceWith, unfinishedName } from './durable.js';
import { asProblem, DatabaseProblem, openToRead, type Db } from './sqlite.js';

/** What a database holds, told in a line; two copies with the same extent hold the same history. */
export interface Extent {
  readonly cases: number;
  readonly letters: number;
  readonly events: number;
  /** The day the last event was recorded; null before the first. */
  readonly lastOn: LocalDate | null;
  /** The last link of the hash chain; null before the first event. */
  readonly head: string | null;
}

export interface Backup {
  readonly path: string;
  readonly bytes: number;
  readonly extent: Extent;
}

export function extentOf(db: Db): Extent {
  const count = (from: string): number => db.prepare(`SELECT count(*) FROM ${from}`).pluck().get() as number;
  const last = db.prepare('SELECT recorded_on, hash FROM event ORDER BY seq DESC LIMIT 1').get() as
    { recorded_on: LocalDate; hash: string } | undefined;
  return {
    cases: count('claim'),
    letters: count('letter'),
    events: count('event'),
    lastOn: last?.recorded_on ?? null,
    head: last?.hash ?? null,
  };
}

/**
 * Copies the database as it stands at one instant, while others may be reading and writing it. The copy is opened
 * and checked before it gets its name, and readable for its owner only.
 * @throws DatabaseProblem, and then nothing at `to` is changed
 */
export function backUp(db: Db, to: string, replace: boolean): Backup {
  if (isSameFile(db.name, to)) {
    throw new DatabaseProblem(
      'FILE_EXISTS',
      `${to} er databasen selv.`,
      'Velg et annet navn eller en annen mappe for kopien.',
    );
  }
  try {
    if (!existsSync(dirname(to))) mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    removeUnfinished(to);
    const unfinished = unfinishedName(to);
    try {
      closeSync(openSync(unfinished, 'wx', 0o600));
      chmodSync(unfinished, 0o600);
      db.prepare('VACUUM INTO ?').run(unfinished);
      const extent = verified(unfinished, to);
      if (replace) replaceWith(unfinished, to);
      else nameNew(unfinished, to);
      return { path: to, bytes: statSync(to).size, extent };
    } finally {
      removeUnfinished(to);
    }
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'EEXIST') throw occupied(to);
    throw asProblem(fault, to);
  }
}

function occupied(path: string): DatabaseProblem {
  return new DatabaseProblem(
    'FILE_EXISTS',
    `Det finnes alt en fil i ${path}.`,
    'Velg et annet navn, eller skriv over den med --yes.',
  );
}

/** Opens a copy and reads every page of it. */
function verified(copy: string, to: string): Extent {
  const db = openToRead(copy);
  try {
    const answer = db.pragma('integrity_check', { simple: true });
    if (answer !== 'ok') {
      throw new DatabaseProblem(
        'COPY_FAILED',
        `Kopien ${to} ble ikke hel: ${String(answer)}.`,
        'Kjør «inkasso check» for å se om databasen selv er hel, og prøv igjen.',
      );
    }
    return extentOf(db);
  } finally {
    db.close();
  }
}

/** A copy beside the database, for the day an upgrade turns out wrong. */
export function copyBeforeUpgrade(db: Db, path: string): string {
  const version = String(db.pragma('user_version', { simple: true }));
  const to = freeName(join(dirname(path), `${stem(path)}-versjon-${version}.db`));
  try {
    return backUp(db, to, false).path;
  } catch (fault) {
    if (!(fault instanceof DatabaseProblem)) throw fault;
    throw new DatabaseProblem(
      fault.code,
      `Databasen må oppgraderes, men sikkerhetskopien før oppgraderingen mislyktes. ${fault.message}`,
      fault.hint,
    );
  }
}

function stem(path: string): string {
  return basename(path, extname(path));
}

/** The name, or the first of name-2, name-3 … that is not taken. */
export function freeName(path: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? path : join(dirname(path), `${stem(path)}-${number}${extname(path)}`);
    if (!existsSync(name)) return name;
  }
}

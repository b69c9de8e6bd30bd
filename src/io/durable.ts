import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  existsSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What SQLite lays beside a database. */
const SUFFIXES = ['', '-wal', '-shm', '-journal'];

/** Where a file is made before it gets its name: beside it, so that the last step is a rename. */
export function unfinishedName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
}

/** Removes what this process left of an unfinished file, and what processes that are gone left. */
export function removeUnfinished(path: string): void {
  const folder = dirname(path);
  const start = `.${basename(path)}.`;
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const process = name.startsWith(start) ? /^(\d+)\.tmp/.exec(name.slice(start.length))?.[1] : undefined;
    if (process !== undefined && !isAnother(Number(process))) rmSync(join(folder, name), { force: true });
  }
}

/** Whether another process with this number is running. */
export function isAnother(id: number): boolean {
  if (id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM';
  }
}

/** Sees to it that a finished file is on the disk, and gives it its name; what had that name is replaced. */
export function replaceWith(unfinished: string, path: string): void {
  syncFile(unfinished);
  renameSync(unfinished, path);
  syncFolder(dirname(path));
}

/** The same where nothing may be replaced. @throws EEXIST */
export function nameNew(unfinished: string, path: string): void {
  syncFile(unfinished);
  try {
    linkSync(unfinished, path);
  } catch (fault) {
    // Some file systems have no links. Then two processes at the same instant are not told apart.
    if (fault instanceof Error && 'code' in fault && fault.code === 'EEXIST') throw fault;
    if (existsSync(path)) throw Object.assign(new Error(path), { code: 'EEXIST' });
    renameSync(unfinished, path);
  }
  rmSync(unfinished, { force: true });
  syncFolder(dirname(path));
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  // Windows has no such thing.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** The files a database consists of: itself, and what a process that has it open keeps beside it. */
export function filesOf(path: string): string[] {
  return SUFFIXES.map((suffix) => path + suffix).filter((file) => existsSync(file));
}

/** Whether two paths lead to the same file. */
export function isSameFile(a: string, b: string): boolean {
  if (!existsSync(a) || !existsSync(b)) return false;
  const [one, other] = [statSync(a), statSync(b)];
  return one.dev === other.dev && one.ino === other.ino;
}

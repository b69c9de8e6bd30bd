import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sha256 } from './chain.js';

/** A file the user has named, as it was read. */
export interface UserFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Null where there is no file. */
export function readUserFile(full: string): UserFile | null {
  if (!existsSync(full) || !statSync(full).isFile()) return null;
  const bytes = readFileSync(full);
  return { name: basename(full), bytes, sha256: sha256(bytes) };
}

/** Writes a file for its owner only, whole or not at all, and returns its path. @throws what the system says */
export function writeUserFile(full: string, bytes: Uint8Array | string): string {
  prepareUserFolder(dirname(full));
  const unfinished = join(dirname(full), `.${basename(full)}.tmp`);
  try {
    writeFileSync(unfinished, bytes, { mode: 0o600 });
    chmodSync(unfinished, 0o600);
    renameSync(unfinished, full);
  } catch (fault) {
    rmSync(unfinished, { force: true });
    throw fault;
  }
  return full;
}

/** Makes sure that files can be written in a folder. @throws what the system says */
export function prepareUserFolder(full: string): void {
  if (!existsSync(full)) mkdirSync(full, { recursive: true, mode: 0o700 });
  accessSync(full, constants.W_OK);
  // A file of that name is no folder, though it can be written.
  if (!statSync(full).isDirectory()) throw Object.assign(new Error(full), { code: 'ENOTDIR' });
}

import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const CHUNK_BYTES = 1024 * 1024;
const HEAD_BYTES = 64 * 1024;

/** A file to read, piece by piece or whole. */
export interface InputFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly head: Uint8Array;
  /** The files of a folder. */
  readonly entries?: readonly InputFile[];
  chunks(): Iterable<Uint8Array>;
  bytes(): Uint8Array;
}

/** Opens a file without holding it in memory; null where there is none. It is read through once for its fingerprint. */
export function openInputFile(path: string): InputFile | null {
  if (!existsSync(path) || !statSync(path).isFile()) return null;
  const hash = createHash('sha256');
  let size = 0;
  let head = new Uint8Array();
  for (const chunk of chunksOf(path)) {
    if (size === 0) head = Uint8Array.from(chunk.subarray(0, HEAD_BYTES));
    hash.update(chunk);
    size += chunk.length;
  }
  return {
    name: basename(path),
    size,
    sha256: hash.digest('hex'),
    head,
    chunks: () => chunksOf(path),
    bytes: () => readFileSync(path),
  };
}

/** Each piece is its own memory: a reader may keep it. */
function* chunksOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const length = readSync(file, chunk, 0, CHUNK_BYTES, null);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

const MOST_FILES = 10_000;
const DEEPEST = 5;

/** The files of a folder and of the folders in it, as one. Links are not followed; null where there is no folder. */
export function openInputFolder(path: string): InputFile | null {
  if (!existsSync(path) || !statSync(path).isDirectory()) return null;
  const entries = filesIn(path, '', DEEPEST).flatMap((name) => {
    const file = openInputFile(join(path, name));
    return file === null ? [] : [{ ...file, name }];
  });
  const hash = createHash('sha256');
  for (const { sha256 } of entries) hash.update(sha256);
  return {
    name: basename(path),
    size: entries.reduce((sum, { size }) => sum + size, 0),
    sha256: hash.digest('hex'),
    head: new Uint8Array(),
    entries,
    chunks: () => [],
    bytes: () => new Uint8Array(),
  };
}

/** At most one file more than is read, which is enough to know. */
function filesIn(folder: string, within: string, deeper: number): string[] {
  const names: string[] = [];
  for (const entry of readdirSync(join(folder, within), { withFileTypes: true })) {
    const name = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.name.startsWith('.')) continue;
    if (entry.isFile()) names.push(name);
    else if (entry.isDirectory() && deeper > 0) names.push(...filesIn(folder, name, deeper - 1));
    if (names.length > MOST_FILES) break;
  }
  return names.sort().slice(0, MOST_FILES + 1);
}

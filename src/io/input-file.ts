import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';

const CHUNK_BYTES = 1024 * 1024;
const HEAD_BYTES = 64 * 1024;

/** A file to read, piece by piece or whole. */
export interface InputFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly head: Uint8Array;
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

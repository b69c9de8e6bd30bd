import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { removeUnfinished, unfinishedName } from './durable.js';
import type { PdfMeta } from './pdf-document.js';
import { PdfWriter, sheetsIn, type Sheets } from './pdf-writer.js';

/** All letters of a run in one file. It lies on the disk while it grows, and gets its name when it is whole. */
export interface PrintFile {
  add(sheets: Sheets): void;
  /** All the pages of a letter that is stored. @throws UnexpectedPdf */
  addPdf(bytes: Uint8Array): void;
  /** Returns the full path. */
  finish(name: string, meta: PdfMeta): string;
  /** Removes what has been written; nothing when the file is finished. */
  discard(): void;
}

export function openPrintFile(folder: string): PrintFile {
  // What a run that was killed had begun holds letters, and nobody else removes it.
  removeUnfinished(join(folder, 'utskrift'));
  const unfinished = unfinishedName(join(folder, 'utskrift'));
  const file = openSync(unfinished, 'w', 0o600);
  const writer = new PdfWriter((bytes) => writeAll(file, bytes));
  let open = true;
  const close = (): void => {
    if (open) closeSync(file);
    open = false;
  };
  const discard = (): void => {
    close();
    rmSync(unfinished, { force: true });
  };
  const onExit = (): void => discard();
  process.once('exit', onExit);
  return {
    add(sheets) {
      writer.add(sheets);
    },
    addPdf(bytes) {
      writer.add(sheetsIn(bytes));
    },
    finish(name, meta) {
      writer.finish(meta);
      close();
      const path = join(folder, name);
      renameSync(unfinished, path);
      process.off('exit', onExit);
      return path;
    },
    discard() {
      process.off('exit', onExit);
      discard();
    },
  };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;)
    written += writeSync(file, bytes, written, bytes.length - written);
}

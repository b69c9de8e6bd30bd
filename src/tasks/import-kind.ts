import type { Context } from '../context.js';
import type { Encoding } from '../import/decode.js';
import type { FileRecord, Format, ImportFile, Planned, PlannedState, RecordWords } from '../import/plan.js';
import type { Options, Warning } from './answer.js';

/** One file being imported. Everything a kind writes happens in the transaction that is open around it. */
export interface ImportJob {
  readonly ctx: Context;
  readonly file: ImportFile;
  readonly format: Format;
  readonly options: Options;
  /** Whether this is a rehearsal: all is done as it would be, and then taken back. */
  readonly rehearsal: boolean;
  /** Whether a record with this key and occurrence was taken in before. */
  known(key: string, occurrence: number): boolean;
  /**
   * Tells what became of a record, and keeps the raw text of what was added. `words`: asked for where they are shown.
   * Returns its number, null if not kept.
   */
  report(record: FileRecord, words: () => RecordWords): number | null;
  warn(warning: Warning): void;
  /** Which encoding the file was read with; said aloud, and kept with the file. */
  readAs(encoding: Encoding): void;
  /** How far it has come, in bytes; lets the terminal draw and Ctrl-C through. */
  progress(done: number): Promise<void>;
}

/**
 * A kind of file that can be imported: claims or payments. `run` plans and does in one go, so that what is shown
 * and what is done cannot differ. A FileRefused, or any other fault, takes back everything.
 */
export interface ImportKind {
  readonly formats: readonly Format[];
  /** The format of a file, by its content; null when it is none of this kind's. */
  recognise(file: ImportFile, ctx: Context, options: Options): Format | null;
  run(job: ImportJob): Promise<void>;
}

/** What became of a file. */
export interface FileResult {
  readonly name: string;
  readonly format: Format;
  readonly size: number;
  readonly sha256: string;
  readonly encoding: Encoding | null;
  /** `known`: nothing new in it. */
  readonly state: 'imported' | 'planned' | 'known';
  readonly counts: Readonly<Record<PlannedState, number>>;
  readonly records: readonly Planned[];
  /** Records that are counted and not listed. */
  readonly notListed: number;
  readonly warnings: readonly Warning[];
}

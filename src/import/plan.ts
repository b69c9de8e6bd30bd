import { createHash } from 'node:crypto';

/** What every importer shares: the file as it was given, the records found in it, and what is to become of each. */

export const BANKS = ['dnb', 'sparebank1', 'nordea', 'handelsbanken', 'bulder'] as const;
export type BankName = (typeof BANKS)[number];

/** What a file is, by its content. `--as` takes the same words, but for an archive, whose files each have their own. */
export type Format = 'ehf' | 'csv' | 'ocr' | 'camt' | `bank:${BankName}` | 'archive';

export const FORMATS: readonly Format[] = [
  'ehf',
  'csv',
  'ocr',
  'camt',
  ...BANKS.map((bank): Format => `bank:${bank}`),
];

/** What a user calls each format. */
export const FORMAT_WORDS: Readonly<Record<Format, string>> = {
  ehf: 'EHF-faktura',
  csv: 'CSV med fakturaer',
  archive: 'flere filer',
  ocr: 'OCR giro',
  camt: 'ISO 20022 camt',
  'bank:dnb': 'kontoutskrift fra DNB',
  'bank:sparebank1': 'kontoutskrift fra SpareBank 1',
  'bank:nordea': 'kontoutskrift fra Nordea',
  'bank:handelsbanken':
    'kontoutskrift fra Handelsbanken, Eika, BN Bank eller en annen bank med samme oppsett',
  'bank:bulder': 'kontoutskrift fra Bulder',
};

/** A file to import. It can be read any number of times; a large one never needs to be in memory at once. */
export interface ImportFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string;
  /** The first 64 kB, which is what a format is recognised by. */
  readonly head: Uint8Array;
  /** The files of a folder, which has no content of its own. */
  readonly entries?: readonly ImportFile[];
  /** The whole content, in pieces. */
  chunks(): Iterable<Uint8Array>;
  /** The whole content at once: for formats whose files are small. */
  bytes(): Uint8Array;
}

/**
 * `add`: new, taken in. `skip`: known already, or nothing to take in. `refuse`: cannot be taken in as it stands.
 * `ask`: only the user can say what it means.
 */
export type PlannedState = 'add' | 'skip' | 'refuse' | 'ask';

/** One record of a file and what becomes of it. */
export interface Planned extends FileRecord, RecordWords {}

/** A record as a user is told of it. */
export interface RecordWords {
  /** In one line, as a user reads it: `faktura 1001, Kari Fiktiv, 1 250,00 kr`. */
  readonly what: string;
  /** What else `--json` says of it. Amounts in øre, in keys ending `Ore`. */
  readonly data: object;
}

/** A record by itself. */
export interface FileRecord {
  /** Where in the file: `linje 12`, `Ntry 3, TxDtls 1`, or the entry of an archive. */
  readonly where: string;
  readonly state: PlannedState;
  /** Why it is not simply taken in, in whole sentences; null for a plain `add`. */
  readonly why: string | null;
  /** What makes it the same record in another file. Twins in one file share it and differ in `occurrence`. */
  readonly key: string;
  /** 1 for the first record of its key in the file, 2 for its twin. */
  readonly occurrence: number;
  /** The record as it stood in the file. */
  readonly raw: string;
}

/** The file as a whole cannot be taken in: nothing of it is. */
export class FileRefused extends Error {
  constructor(
    readonly code: string,
    /** One or two whole sentences that name line or element and what was expected there. */
    message: string,
    readonly hint: string | null = null,
  ) {
    super(message);
    this.name = 'FileRefused';
  }
}

const HEAD_BYTES = 64 * 1024;

/** A file that is in memory already, such as an entry of an archive. */
export function fileInMemory(name: string, bytes: Uint8Array): ImportFile {
  return {
    name,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    head: bytes.subarray(0, HEAD_BYTES),
    chunks: () => [bytes],
    bytes: () => bytes,
  };
}

import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { MAX_FILE_BYTES } from './decode.js';

export interface ArchiveEntry {
  /** As the archive has it, with forward slashes. Only a name: nothing is ever written by it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type ReadArchive =
  | {
      readonly ok: true;
      readonly entries: readonly ArchiveEntry[];
      /** Entries that cannot be read, and why, in whole sentences. */
      readonly skipped: readonly { readonly name: string; readonly why: string }[];
    }
  | { readonly ok: false; readonly why: string };

/** What an archive may hold before it is something else than somebody's invoices. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Unpacked, in bytes. */
  readonly entryBytes: number;
  readonly totalBytes: number;
  /** Unpacked size over packed size, for entries of more than 1 MB: XML packs 10–50 times, a zip bomb 1000. */
  readonly ratio: number;
}

const MB = 1024 * 1024;

export const ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 10_000,
  entryBytes: MAX_FILE_BYTES,
  totalBytes: 200 * MB,
  ratio: 200,
};

class Refusal extends Error {}

export function isZip(bytes: Uint8Array): boolean {
  const [p, k, three, four] = bytes;
  return p === 0x50 && k === 0x4b && ((three === 3 && four === 4) || (three === 5 && four === 6));
}

/** What systems put in archives and folders by themselves. */
export function isLitter(name: string): boolean {
  return /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i.test(name);
}

/**
 * Unpacks a zip in memory. Refuses the whole archive when an entry would lead outside it, when it holds more than the
 * limits, or when it is damaged; sizes and checksums are checked against what comes out, not only what is declared.
 */
export async function readZip(
  bytes: Uint8Array,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<ReadArchive> {
  try {
    return await unpack(bytes, limits);
  } catch (fault) {
    if (fault instanceof Refusal) return { ok: false, why: fault.message };
    // The library's own errors: the bytes are not a whole zip file.
    return { ok: false, why: `Zip-filen kan ikke leses: ${faultOf(fault)}.` };
  }
}

function faultOf(fault: unknown): string {
  const message = fault instanceof Error ? fault.message : '';
  if (/relative path|absolute path|invalid characters in fileName/.test(message)) {
    return 'den har en fil med et navn som peker ut av mappen den pakkes ut i';
  }
  if (/strong encryption/.test(message)) return 'den er kryptert';
  if (/multi-disk/.test(message)) return 'den er delt over flere filer';
  return 'den er skadet eller ikke hel';
}

async function unpack(bytes: Uint8Array, limits: ArchiveLimits): Promise<ReadArchive> {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    lazyEntries: true,
  });
  if (zip.entryCount > limits.entries) {
    throw new Refusal(`Zip-filen har ${zip.entryCount} filer; det leses høyst ${limits.entries}.`);
  }
  const entries: ArchiveEntry[] = [];
  const skipped: { name: string; why: string }[] = [];
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName;
    if (name.endsWith('/') || isLitter(name)) continue;
    if (name === '[Content_Types].xml') throw new Refusal(OFFICE);
    total += entry.uncompressedSize;
    refuseTooLarge(entry, total, limits);
    const why = whyNotRead(entry);
    const content = why === null ? await contentOf(zip, entry) : null;
    if (content === null) skipped.push({ name, why: why ?? '' });
    else if (isZip(content)) skipped.push({ name, why: NESTED });
    else entries.push({ name, bytes: content });
  }
  return { ok: true, entries, skipped };
}

const OFFICE =
  'Filen er et Office-dokument (for eksempel Excel), ikke en zip med fakturaer. Lagre regnearket som CSV og importer den filen.';
const NESTED = 'Filen er selv en zip (eller et Office-dokument); pakk den ut først.';

function refuseTooLarge(
  { fileName, compressedSize, uncompressedSize }: Entry,
  total: number,
  limits: ArchiveLimits,
): void {
  const name = `«${fileName.slice(-80)}»`;
  if (uncompressedSize > limits.entryBytes) {
    throw new Refusal(
      `Filen ${name} i zip-filen er på ${inMb(uncompressedSize)} MB utpakket; det leses høyst ${inMb(limits.entryBytes)} MB.`,
    );
  }
  if (total > limits.totalBytes) {
    throw new Refusal(`Zip-filen er på mer enn ${inMb(limits.totalBytes)} MB utpakket; del den opp i flere.`);
  }
  if (uncompressedSize > MB && uncompressedSize > limits.ratio * compressedSize) {
    throw new Refusal(
      `Filen ${name} i zip-filen er pakket så hardt at den kan være laget for å gjøre skade.`,
    );
  }
}

function inMb(size: number): number {
  return Math.ceil(size / MB);
}

const UNIX_KIND = 0xf000;
const UNIX_LINK = 0xa000;

function whyNotRead(entry: Entry): string | null {
  if (entry.isEncrypted()) return 'Filen er kryptert; pakk den ut med passordet først.';
  if (((entry.externalFileAttributes >>> 16) & UNIX_KIND) === UNIX_LINK) {
    return 'Oppføringen er en snarvei til en annen fil, ikke en fil.';
  }
  return entry.canDecodeFileData() ? null : 'Filen er pakket på en måte som ikke støttes.';
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  const content = Buffer.concat(pieces);
  if (crc32(content) !== entry.crc32) throw new Error('checksum');
  return content;
}

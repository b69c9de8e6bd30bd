import { decodeWindows1252, MAX_FILE_BYTES, xmlEncodingFault } from './decode.js';
import type { Encoding } from './decode.js';
import { FileRefused, type ImportFile } from './plan.js';

/** Bank files of a year or of 100 000 payments stay well below this; a larger one is something else. */
export const MAX_BANK_FILE_BYTES = 25 * MAX_FILE_BYTES;

export interface TextFile {
  readonly encoding: Encoding;
  /** The characters, in pieces, without byte order mark. Nothing is replaced. */
  pieces(): Iterable<string>;
}

/**
 * A large text file: UTF-8 where every byte of it is, else Windows-1252. It is read through once to know.
 * @throws FileRefused: too large, UTF-16, or no text at all.
 */
export function openText(file: ImportFile): TextFile {
  if (file.size > MAX_BANK_FILE_BYTES) {
    const message = `Filen er større enn ${MAX_BANK_FILE_BYTES / 1024 / 1024} MB og leses ikke.`;
    throw new FileRefused('TOO_LARGE', message, 'Del den opp, for eksempel måned for måned.');
  }
  const [first, second, third] = file.head;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new FileRefused(
      'ENCODING',
      'Filen er kodet som UTF-16, som ikke støttes.',
      'Lagre den som UTF-8 og prøv igjen.',
    );
  }
  const encoding = isUtf8(file) ? 'utf-8' : 'windows-1252';
  if (encoding === 'windows-1252' && first === 0xef && second === 0xbb && third === 0xbf) {
    throw new FileRefused('ENCODING', 'Filen er merket som UTF-8, men inneholder bytes som ikke er det.');
  }
  const fault = encoding === 'utf-8' ? null : xmlEncodingFault(file.head);
  if (fault !== null) throw new FileRefused('ENCODING', fault);
  return { encoding, pieces: () => (encoding === 'utf-8' ? utf8(file) : windows1252(file)) };
}

function isUtf8(file: ImportFile): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let valid = true;
  for (const chunk of file.chunks()) {
    if (chunk.includes(0)) throw new FileRefused('NOT_TEXT', 'Filen er ikke en tekstfil.');
    try {
      if (valid) decoder.decode(chunk, { stream: true });
    } catch {
      valid = false;
    }
  }
  try {
    if (valid) decoder.decode();
  } catch {
    valid = false;
  }
  return valid;
}

function* utf8(file: ImportFile): Iterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (const chunk of file.chunks()) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function* windows1252(file: ImportFile): Iterable<string> {
  for (const chunk of file.chunks()) yield decodeWindows1252(chunk);
}

/** The beginning of a file as text, for recognising it; an odd byte at the cut does no harm. */
export function headText(file: ImportFile): string {
  const { head } = file;
  const whole = head.length === file.size;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !whole });
  } catch {
    return decodeWindows1252(head);
  }
}

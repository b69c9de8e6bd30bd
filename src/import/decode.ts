export type Encoding = 'utf-8' | 'windows-1252';

export type Decoded =
  | { readonly ok: true; readonly text: string; readonly encoding: Encoding }
  | { readonly ok: false; readonly why: string };

/** Invoices with attachments reach a few MB; larger files are something else. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

const no = (why: string): Decoded => ({ ok: false, why });

/** Bytes 0x80–0x9F of Windows-1252 (WHATWG Encoding); the five it leaves open stay as they are. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f' + '\u0090‘’“”•–—˜™š›œ\u009džŸ';

const ONE_BYTE_ENCODINGS = ['iso-8859-1', 'latin1', 'windows-1252', 'cp1252'];

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function decodeWindows1252(bytes: Uint8Array): string {
  // Node 20.18.3 to 24.6 decode Windows-1252 as Latin-1 (nodejs/node#56542), so € comes out as a control character.
  return new TextDecoder('windows-1252')
    .decode(bytes)
    .replace(/[\u0080-\u009f]/g, (c) => WINDOWS_1252[c.charCodeAt(0) - 0x80] ?? c);
}

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function isUtf16(bytes: Uint8Array): boolean {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return true;
  const [first, second] = bytes;
  return bytes.length > 1 && (first === 0) !== (second === 0);
}

/** What an XML declaration says its encoding is, in lower case; `xml` is false for other files. */
function xmlHeader(bytes: Uint8Array): { readonly xml: boolean; readonly encoding: string | null } {
  const head = decodeWindows1252(bytes.subarray(0, 300)).trimStart();
  const match = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head);
  return { xml: head.startsWith('<'), encoding: match?.[1]?.toLowerCase() ?? null };
}

/** Why XML that is not UTF-8 cannot be read as Windows-1252; null where it says that it can, and for other files. */
export function xmlEncodingFault(bytes: Uint8Array): string | null {
  const { xml, encoding } = xmlHeader(bytes);
  if (!xml) return null;
  if (encoding === null || encoding === 'utf-8')
    return 'Filen skal være UTF-8, men inneholder bytes som ikke er det; den er trolig lagret på nytt med feil tegnkoding.';
  if (ONE_BYTE_ENCODINGS.includes(encoding)) return null;
  return `Filen oppgir tegnkodingen «${encoding}», som ikke støttes; lagre den som UTF-8.`;
}

/** Text that is not UTF-8: what XML says it is, and Windows-1252 for everything else. */
function decodeOther(bytes: Uint8Array): Decoded {
  const fault = xmlEncodingFault(bytes);
  if (fault !== null) return no(fault);
  return { ok: true, text: decodeWindows1252(bytes), encoding: 'windows-1252' };
}

/** A text file's characters without byte order mark, and the encoding they were read with. Nothing is replaced. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes.length > MAX_FILE_BYTES) {
    return no(`Filen er større enn ${MAX_FILE_BYTES / 1024 / 1024} MB og leses ikke.`);
  }
  if (isUtf16(bytes)) return no('Filen er kodet som UTF-16, som ikke støttes; lagre den som UTF-8.');
  if (bytes.includes(0)) return no('Filen er ikke en tekstfil.');
  const text = decodeUtf8(bytes);
  if (text !== null) return { ok: true, text, encoding: 'utf-8' };
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
    return no('Filen er merket som UTF-8, men inneholder bytes som ikke er det.');
  }
  return decodeOther(bytes);
}

/** What a UTF-8 letter looks like after it has been read as Windows-1252 and saved again: «Ã¸» for «ø». */
const MOJIBAKE = /[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|\ufffd|[\u0080-\u009f]/;

/** The first word with characters that were lost before the file came here, which cannot be guessed back; or null. */
export function brokenWord(text: string): string | null {
  const found = MOJIBAKE.exec(text);
  if (found === null) return null;
  const before = /\S*$/.exec(text.slice(Math.max(0, found.index - 30), found.index))?.[0] ?? '';
  return before + (/^.\S{0,30}/s.exec(text.slice(found.index))?.[0] ?? '');
}

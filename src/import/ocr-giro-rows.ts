import { linesOf } from './lines.js';
import { FileRefused } from './plan.js';

// OCR giro: records of 80 characters, positions counted from 1.

const LENGTH = 80;
/** Editors strip blanks at the end of a line: how far each record must reach to be whole, filler apart. */
const SHORTEST: Readonly<Record<string, number>> = { '30': 49, '31': 58, '32': 15 };
/** The last position of the KID, which is right-aligned: a line that stops within the field has lost some of it. */
const KID_END = 74;

/** A record of an OCR file. */
export interface Row {
  /** The line it stands on, from 1. */
  readonly number: number;
  /** All 80 characters. */
  readonly text: string;
  /** As it stands in the file, without the blanks at its end. */
  readonly bare: string;
  readonly service: string;
  readonly kind: string;
}

/** Positions `from`–`to` of a record, counted from 1, both included. */
export function at({ text }: Row, from: number, to: number): string {
  return text.slice(from - 1, to);
}

/** The fault of a record, to be thrown. `what`: a sentence that goes on after the number of the line. */
export function refuse(row: Pick<Row, 'number'>, what: string): FileRefused {
  return new FileRefused('OCR_FORM', `Linje ${row.number}: ${what}`);
}

/** The whole number in positions `from`–`to`. @throws FileRefused */
export function digits(row: Row, from: number, to: number, what: string): number {
  const text = at(row, from, to);
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(number)) return number;
  throw refuse(row, `posisjon ${from}–${to} skal være ${what} i sifre, men er «${text.trim()}».`);
}

/** The records of a file, with or without line endings, each filled up to 80 characters. @throws FileRefused */
export function* rowsOf(pieces: Iterable<string>): Generator<Row> {
  let empty = true;
  for (const { number, text } of linesOf(unbroken(pieces))) {
    const bare = text.trimEnd();
    if (bare === '') continue;
    empty = false;
    yield rowOf(number, bare);
  }
  if (empty) throw new FileRefused('OCR_FORM', 'Filen er tom.');
}

function rowOf(number: number, bare: string): Row {
  const text = bare.padEnd(LENGTH);
  const row = { number, text, bare, service: text.slice(2, 4), kind: text.slice(6, 8) };
  if (!bare.startsWith('NY')) throw refuse(row, 'hver linje i en OCR-fil skal begynne med NY.');
  if (bare.length > LENGTH)
    throw refuse(row, `linjen er ${bare.length} tegn; en OCR-linje er ${LENGTH} tegn.`);
  if (isCut(row)) throw refuse(row, `linjen er bare ${bare.length} tegn; en OCR-linje er ${LENGTH} tegn.`);
  return row;
}

function isCut({ bare: { length }, kind }: Row): boolean {
  if (length >= KID_END) return false;
  return length < (SHORTEST[kind] ?? KID_END) || (kind === '30' && length > 49);
}

/** A file without any line ending gets one after every 80 characters. */
function* unbroken(pieces: Iterable<string>): Generator<string> {
  let broken: boolean | null = null;
  let rest = '';
  for (const piece of pieces) {
    rest += piece;
    if (broken === null && rest.length <= LENGTH + 2) continue;
    broken ??= /[\r\n]/.test(rest.trimStart().slice(0, LENGTH + 2));
    if (broken) {
      yield rest;
      rest = '';
      continue;
    }
    const whole = rest.length - (rest.length % LENGTH);
    yield rest.slice(0, whole).replace(/.{80}/gs, '$&\n');
    rest = rest.slice(whole);
  }
  yield rest;
}

/** The record that must come after another. @throws FileRefused where the file ends instead */
export function take(rows: Generator<Row>, before: Row | null, expected: string): Row {
  const next = rows.next();
  if (next.done !== true) return next.value;
  const place = before === null ? '' : ` etter linje ${before.number} eller senere`;
  throw new FileRefused('OCR_FORM', `Filen slutter${place} uten ${expected}; den er ikke hel.`);
}

import type { Case } from './case.js';
import { kidCheckDigit, type Checked, type Modulus } from './party.js';

/** The KIDs a creditor has agreed on with the bank (OCR giro): how long they are, check digit and all. */
interface KidForm {
  readonly modulus: Modulus;
  readonly length: number;
  /** Digits all of them begin with. */
  readonly prefix: string;
}

const FORM = /^(mod10|mod11):(\d{1,2})(?::(\d{1,20}))?$/;

/** Digits there must at least be for the number of the case: up to case 999, and the digit after it. */
const LEAST_ROOM = 4;

/** The setting for KID, `mod10:10` or `mod11:12:77`: modulus, length, and digits to begin with where there are any. */
export function checkKidForm(text: string): Checked {
  const setting = text.replace(/\s/g, '').toLowerCase();
  const form = FORM.test(setting) ? formOf(setting) : null;
  if (form === null || form.length > 25)
    return {
      ok: false,
      why: `«${text}» må være mod10 eller mod11, kolon og lengden på KID-en, som mod10:10; så eventuelt kolon og faste siffer foran, som mod10:12:77`,
    };
  if (roomIn(form) >= LEAST_ROOM) return { ok: true, value: setting };
  return {
    ok: false,
    why: `«${text}» har ikke plass til saksnummeret: det trengs minst ${LEAST_ROOM} siffer mellom de faste sifrene og kontrollsifferet`,
  };
}

function formOf(setting: string): KidForm {
  const [, modulus, length, prefix = ''] = FORM.exec(setting) ?? [];
  return { modulus: modulus === 'mod11' ? 'mod11' : 'mod10', length: Number(length), prefix };
}

function roomIn({ length, prefix }: KidForm): number {
  return length - prefix.length - 1;
}

/**
 * The KID of a case that came without one: the number of the case, one more digit, and the check digit. The digit between
 * is 0 unless no check digit fits (mod 11) or another case has that KID already. Null where the case has no room in it.
 */
export function makeKid(setting: string, number: number, taken: (kid: string) => boolean): string | null {
  const form = formOf(setting);
  for (let more = 0; more <= 9; more += 1) {
    const counted = `${number}${more}`;
    if (counted.length > roomIn(form)) return null;
    const digits = form.prefix + counted.padStart(roomIn(form), '0');
    const check = kidCheckDigit(digits, form.modulus);
    if (check !== '-' && !taken(digits + check)) return digits + check;
  }
  return null;
}

/** Whether a KID is one of those agreed on. */
function isOfForm(kid: string, setting: string): boolean {
  const { modulus, length, prefix } = formOf(setting);
  const fits = kid.length === length && kid.startsWith(prefix);
  return fits && kid.endsWith(kidCheckDigit(kid.slice(0, -1), modulus));
}

/** The KID of the latest letter that carried one the program had made. */
function lettersKid({ letters }: Case): string | null {
  return letters.flatMap(({ made }) => made.kid ?? []).at(-1) ?? null;
}

/** What payments of a claim are marked with: the KID of the invoice, or else the one its letters carry. */
export function kidOf(c: Case): string | null {
  return c.claim.kid ?? lettersKid(c);
}

/**
 * The KID for a letter about a claim that came without one: that of the letters before it while it is still of the agreed
 * form, or else a new one. Null where the case has no room in it.
 */
export function kidForLetter(c: Case, setting: string, taken: (kid: string) => boolean): string | null {
  const known = lettersKid(c);
  return known !== null && isOfForm(known, setting) ? known : makeKid(setting, c.number, taken);
}

/** The cases that a KID can have been made for, whatever was agreed on then: each end of its digits read as a number. */
export function casesNamedBy(kid: string): number[] {
  const digits = kid.slice(0, -2);
  const numbers: number[] = [];
  if (!/^\d+$/.test(digits)) return numbers;
  for (let from = 0; from < digits.length; from += 1) {
    const number = digits.charAt(from) === '0' ? 0 : Number(digits.slice(from));
    if (number > 0 && Number.isSafeInteger(number)) numbers.push(number);
  }
  return numbers;
}

/** Identifiers of parties: compact (strip what people put in between), validate (say what is wrong), format. */

export type Checked =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly why: string };

const ok = (value: string): Checked => ({ ok: true, value });
const no = (why: string): Checked => ({ ok: false, why });

/** Digits without the blanks and dots people group them with. */
export function compact(text: string): string {
  return text.replace(/[\s.\u00a0\u202f]/g, '');
}

/** The mod 11 check digit of digits with the weights given; null where no digit fits (the number cannot exist). */
function mod11(digits: string, weights: readonly number[]): number | null {
  const total = [...digits].reduce((sum, digit, index) => sum + Number(digit) * (weights[index] ?? 0), 0);
  const check = (11 - (total % 11)) % 11;
  return check === 10 ? null : check;
}

function checkMod11(what: string, digits: string, weights: readonly number[], shown: string): Checked {
  const check = mod11(digits.slice(0, -1), weights);
  if (check === null)
    return no(`${what} ${shown} er ikke gyldig: ingen kontrollsiffer passer til sifrene foran`);
  if (String(check) === digits.at(-1)) return ok(digits);
  return no(`${what} ${shown} er ikke gyldig: siste siffer (kontrollsifferet) skulle vært ${check}`);
}

/** Organisasjonsnummer: nine digits, the last a mod 11 check digit. Also reads `NO 923 609 016 MVA`. */
export function checkOrgnr(text: string): Checked {
  const digits = compact(text).replace(/^NO/i, '').replace(/MVA$/i, '');
  if (!/^\d{9}$/.test(digits)) return no(`Organisasjonsnummeret «${text}» må ha ni siffer`);
  return checkMod11('Organisasjonsnummeret', digits, [3, 2, 7, 6, 5, 4, 3, 2], formatOrgnr(digits));
}

/** `923 609 016` */
export function formatOrgnr(orgnr: string): string {
  return orgnr.replace(/^(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3');
}

/** Norwegian account number: eleven digits, the last a mod 11 check digit. */
export function checkAccount(text: string): Checked {
  const digits = compact(text);
  if (!/^\d{11}$/.test(digits)) return no(`Kontonummeret «${text}» må ha elleve siffer`);
  return checkMod11('Kontonummeret', digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], formatAccount(digits));
}

/** `1503 12 34562` */
export function formatAccount(account: string): string {
  return account.replace(/^(\d{4})(\d{2})(\d{5})$/, '$1 $2 $3');
}

/** IBAN with its mod 97 check. */
export function checkIban(text: string): Checked {
  const iban = compact(text).toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return no(`IBAN «${text}» har ikke riktig form`);
  const digits = [...iban.slice(4), ...iban.slice(0, 4)].map((c) => parseInt(c, 36)).join('');
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1 ? ok(iban) : no(`IBAN «${text}» er ikke gyldig: kontrollsifrene stemmer ikke`);
}

/** The IBAN of a Norwegian account: the country, two check digits (mod 97) and the account number itself. */
export function ibanOf(account: string): string {
  let rest = 0;
  for (const digit of `${account}232400`) rest = (rest * 10 + Number(digit)) % 97;
  return `NO${String(98 - rest).padStart(2, '0')}${account}`;
}

/** BIC (SWIFT): eight or eleven characters. */
export function checkBic(text: string): Checked {
  const bic = compact(text).toUpperCase();
  return /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)
    ? ok(bic)
    : no(`BIC «${text}» må ha 8 eller 11 tegn, som DNBANOKK`);
}

/** The two ways the last digit of a KID is reckoned. */
export type Modulus = 'mod10' | 'mod11';

/** The check digit that makes a KID of these digits; with mod 11 a hyphen where no digit fits. */
export function kidCheckDigit(digits: string, modulus: Modulus): string {
  let total = 0;
  for (let left = 0; left < digits.length; left += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - left));
    const value = digit * (modulus === 'mod11' ? (left % 6) + 2 : 2 - (left % 2));
    total += modulus === 'mod10' && value > 9 ? value - 9 : value;
  }
  if (modulus === 'mod10') return String((10 - (total % 10)) % 10);
  const check = (11 - (total % 11)) % 11;
  return check === 10 ? '-' : String(check);
}

/** KID: 2–25 digits, the last a mod 10 or mod 11 check digit; with mod 11 it may be a hyphen. Always text. */
export function checkKid(text: string): Checked {
  const kid = compact(text);
  if (!/^\d{1,24}[\d-]$/.test(kid)) return no(`KID «${text}» må ha 2–25 siffer`);
  const digits = kid.slice(0, -1);
  if (kid.endsWith(kidCheckDigit(digits, 'mod10')) || kid.endsWith(kidCheckDigit(digits, 'mod11')))
    return ok(kid);
  return no(`KID «${text}» er ikke gyldig: siste siffer stemmer verken med mod 10 eller mod 11`);
}

/** Norwegian postal code: four digits, kept as text so that 0101 keeps its zero. Other countries: any short text. */
export function checkPostalCode(text: string, country = 'NO'): Checked {
  const code = text.trim();
  if (country !== 'NO') {
    return code.length <= 12 ? ok(code) : no(`Postnummeret «${text}» er for langt`);
  }
  return /^\d{4}$/.test(code) ? ok(code) : no(`Postnummeret «${text}» må ha fire siffer`);
}

/** Two-letter country code (ISO 3166-1). */
export function checkCountry(text: string): Checked {
  const code = text.trim().toUpperCase();
  return /^[A-Z]{2}$/.test(code) ? ok(code) : no(`Landkoden «${text}» må ha to bokstaver, som NO eller SE`);
}

/** An e-mail address by its form; whether anyone reads it, nobody can see. */
export function checkEmail(text: string): Checked {
  const email = text.trim();
  return /^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"'.]+$/.test(email)
    ? ok(email)
    : no(`E-postadressen «${text}» har ikke riktig form`);
}

/** Eleven digits that may be a national id; such a number is never stored on a debtor (B3). */
export function looksLikeNationalId(text: string): boolean {
  return text.length >= 11 && /(?:^|\D)\d{6} ?\d{5}(?!\d)/.test(text);
}

export type Language = 'nb' | 'nn' | 'en';

export interface Address {
  readonly address: string | null;
  readonly zip: string | null;
  readonly city: string | null;
  /** ISO 3166-1 code. */
  readonly country: string;
}

export interface Creditor extends Address {
  readonly name: string;
  readonly orgnr: string;
  readonly account: string;
  readonly iban: string | null;
  readonly bic: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly contact: string | null;
}

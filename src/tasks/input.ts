import type { Case } from '../case/case.js';
import { looksLikeNationalId, type Checked } from '../case/party.js';
import type { Context } from '../context.js';
import { parseDate, type LocalDate } from '../law/dates.js';
import { parseKroner, type Ore } from '../law/money.js';
import type { Options, Warning } from './answer.js';
import { notFound, usage } from './fault.js';
import { meant } from './near.js';

/** A flag's text, or null when it was not given. */
export function textOption(options: Options, name: string): string | null {
  const value = options[name];
  return typeof value === 'string' ? value.trim() : null;
}

export function listOption(options: Options, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

export function flagOption(options: Options, name: string): boolean {
  return options[name] === true;
}

/** A flag that must be there. @throws UserFault that says what to write. */
export function requiredText(options: Options, name: string, what: string): string {
  const text = textOption(options, name);
  if (text === null || text === '') throw usage(`--${name} mangler: ${what}.`);
  return text;
}

/** A date flag, or null when it was not given. */
export function dateOption(options: Options, name: string): LocalDate | null {
  const text = textOption(options, name);
  return text === null ? null : readDate(text, `--${name}`);
}

/** Text as one line, without control characters: they mean nothing in a letter and something to a terminal. */
export function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
    .trim();
}

/** Text on one line, at most 300 characters. */
export function readText(text: string, flag: string): string {
  const line = oneLine(text);
  if (line === '') throw usage(`${flag} kan ikke være tom.`);
  if (line.length > 300) throw usage(`${flag} er for lang (høyst 300 tegn).`);
  return line;
}

/** The same for a debtor's data, where a national id has no business (B3). */
export function readPersonText(text: string, flag: string): string {
  if (looksLikeNationalId(text)) {
    throw usage(
      `${flag}: fødselsnummer skal ikke lagres på skyldneren.`,
      'Ta bort nummeret (personvernforordningen artikkel 5).',
    );
  }
  return readText(text, flag);
}

/** B3: eleven digits in free text may be a national id, and free text is kept for years. */
export function nationalIdWarning(text: string): Warning[] {
  if (!looksLikeNationalId(text)) return [];
  const message =
    'Teksten har elleve sifre som kan være et fødselsnummer. Ikke lagre fødselsnummer på saken.';
  return [{ code: 'NATIONAL_ID', message }];
}

/** @throws UserFault that names the flag and says what a date looks like. */
export function readDate(text: string, flag: string): LocalDate {
  const date = parseDate(text);
  if (date === null)
    throw usage(
      `${flag}: «${text}» er ikke en dato i kalenderen.`,
      'Skriv for eksempel 2026-11-20 eller 20.11.2026.',
    );
  return date;
}

/** @throws UserFault; the amount is more than nothing. */
export function readAmount(text: string, flag: string): Ore {
  const amount = parseKroner(text);
  if (!amount.ok) throw usage(`${flag}: ${amount.why}.`);
  if (amount.ore === 0) throw usage(`${flag}: beløpet må være større enn null.`);
  return amount.ore;
}

export function readChecked(check: (text: string) => Checked, text: string, flag: string): string {
  const result = check(text);
  if (!result.ok) throw usage(`${flag}: ${result.why}.`);
  return result.value;
}

export function readChoice<T extends string>(choices: readonly T[], text: string, flag: string): T {
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined)
    throw usage(`${flag}: «${text}» er ikke et av valgene ${choices.join(', ')}.`, meant(text, choices));
  return choice;
}

export function readWhole(text: string, flag: string): number {
  if (!/^\d{1,9}$/.test(text)) throw usage(`${flag}: «${text}» er ikke et helt tall.`);
  return Number(text);
}

/** The case a user means, by case number or invoice number. @throws UserFault */
/** Numbers of cases and of invoices can be mixed up: the case number counts, and it is said where both exist. */
function sayWhichCase(ctx: Context, c: Case, reference: string): void {
  if (c.claim.invoice === reference) return;
  const [other] = ctx.store().cases.meantBy('invoice', reference);
  if (other === undefined) return;
  ctx.say(`Gjelder sak ${c.number} (faktura ${c.claim.invoice}). Faktura ${reference} er sak ${other}.`);
}

export function readCase(ctx: Context, reference: string): Case {
  const found = ctx.store().cases.find(reference.trim());
  if (found.length > 1) {
    throw usage(
      `Fakturanummer ${reference} finnes i flere saker: ${found.join(', ')}.`,
      'Bruk saksnummeret.',
    );
  }
  const c = found[0] === undefined ? null : ctx.store().case(found[0]);
  if (c === null) throw notFound(`Fant ingen sak «${reference}».`, 'Se alle sakene med «inkasso list».');
  sayWhichCase(ctx, c, reference.trim());
  return c;
}

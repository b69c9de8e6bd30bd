import type { DebtorData } from '../case/debtor.js';
import { checkCountry, checkEmail, checkOrgnr, checkPostalCode } from '../case/party.js';
import { STEPS, type SentLetter } from '../law/steps.js';
import type { Options } from './answer.js';
import { usage } from './fault.js';
import {
  listOption,
  readAmount,
  readChecked,
  readChoice,
  readDate,
  readPersonText,
  readText,
  textOption,
} from './input.js';
import type { NewClaim } from './register.js';

export const TYPES = ['consumer', 'business', 'public'] as const;
export const LANGUAGES = ['nb', 'nn', 'en'] as const;

/** Values by flag name, from the command line and then from the person at the keyboard. */
export type Given = Map<string, string>;

/** What the file does not say, whether the claim is entered or imported. */
export function choices(
  given: Given,
  options: Options,
): Pick<NewClaim, 'policy' | 'charge' | 'interestFrom' | 'history'> {
  return {
    policy: given.get('policy') ?? null,
    charge: readChoice(['fees', 'compensation'], given.get('charge') ?? 'fees', '--charge'),
    interestFrom: maybe(given, 'interestFrom', (text) => readDate(text, '--interest-from')),
    history: listOption(options, 'history').map(readHistory),
  };
}

export function givenTexts(options: Options): Given {
  const given: Given = new Map();
  for (const name of Object.keys(options)) {
    const text = textOption(options, name);
    if (text !== null && text !== '') given.set(name, text);
  }
  return given;
}

export function need(given: Given, name: string): string {
  const text = given.get(name);
  if (text !== undefined) return text;
  throw usage(
    `--${name} mangler.`,
    'Oppgi det som flagg, eller kjør «inkasso add» i en terminal for å bli spurt.',
  );
}

export function maybe<T>(given: Given, name: string, read: (text: string) => T): T | null {
  const text = given.get(name);
  return text === undefined ? null : read(text);
}

export function readInvoice(text: string, flag: string): string {
  if (text.length > 60) throw usage(`${flag}: for langt (høyst 60 tegn).`);
  return readText(text, flag);
}

export function readDebtor(given: Given): DebtorData {
  const type = readChoice(TYPES, need(given, 'type'), '--type');
  const name = readPersonText(need(given, 'debtor'), '--debtor');
  const country = maybe(given, 'country', (text) => readChecked(checkCountry, text, '--country')) ?? 'NO';
  return {
    name,
    type,
    orgnr: maybe(given, 'orgnr', (text) => readOrgnr(text, country)),
    ...readAddress(given, country),
    country,
    email: maybe(given, 'email', (text) => readChecked(checkEmail, text, '--email')),
    phone: maybe(given, 'phone', (text) => readPersonText(text, '--phone')),
    language: readChoice(LANGUAGES, given.get('language') ?? 'nb', '--language'),
  };
}

export function readAddress(given: Given, country: string): Pick<DebtorData, 'address' | 'zip' | 'city'> {
  return {
    address: maybe(given, 'address', (text) => readPersonText(text, '--address')),
    zip: maybe(given, 'zip', (text) =>
      readChecked((value) => checkPostalCode(value, country), text, '--zip'),
    ),
    city: maybe(given, 'city', (text) => readPersonText(text, '--city')),
  };
}

/** A Norwegian org.nr. is checked; a foreign one is kept as it is. A national id is neither (B3). */
export function readOrgnr(text: string, country: string): string {
  if (country === 'NO' && !/^\s*\d{11}\s*$/.test(text)) return readChecked(checkOrgnr, text, '--orgnr');
  return readPersonText(text, '--orgnr');
}

/** `purring=2026-08-20:2026-09-03:38` – step, day sent, deadline, fee in kroner. */
function readHistory(text: string): SentLetter {
  const match = /^([a-z]+)=([^:]+):([^:]+):([^:]+)$/.exec(text.trim());
  if (match === null)
    throw usage(
      `--history: «${text}» må ha formen steg=sendt:frist:gebyr, som purring=2026-08-20:2026-09-03:38.`,
    );
  const [, step = '', sent = '', deadline = '', fee = ''] = match;
  return {
    step: readChoice(STEPS, step, '--history'),
    sentOn: readDate(sent, '--history'),
    deadline: readDate(deadline, '--history'),
    feeOre: /^0([.,]0+)?$/.test(fee) ? 0 : readAmount(fee, '--history'),
  };
}

import { checkKid, checkOrgnr, checkPostalCode, type Checked } from '../case/party.js';
import type { Context } from '../context.js';
import { need, readInvoice, TYPES, type Given } from './claim-fields.js';
import { usage, UserFault } from './fault.js';
import { readAmount, readChoice, readDate, readPersonText, readText } from './input.js';

interface Asked {
  /** The flag that answers it too. */
  readonly name: string;
  readonly message: string;
  readonly optional?: boolean;
  /** What the answer is called where it will not do. */
  readonly said: string;
  /** Throws when the answer will not do, with the reason. */
  readonly read: (text: string, said: string, given: Given) => unknown;
}

const DUE: Asked = { name: 'due', message: 'Forfallsdato', said: 'Forfall', read: readDate };

const ORGNR: Asked = {
  name: 'orgnr',
  message: 'Organisasjonsnummer',
  optional: true,
  said: 'Organisasjonsnummeret',
  read: (text, said, given) =>
    countryOf(given) === 'NO' ? mustPass(checkOrgnr(text)) : readPersonText(text, said),
};

const QUESTIONS: readonly Asked[] = [
  { name: 'invoice', message: 'Fakturanummer', said: 'Fakturanummeret', read: readInvoice },
  { name: 'amount', message: 'Beløp med merverdiavgift (kr)', said: 'Beløpet', read: readAmount },
  DUE,
  { name: 'issued', message: 'Fakturadato', optional: true, said: 'Fakturadato', read: readDate },
  { name: 'description', message: 'Hva gjelder fakturaen', optional: true, said: 'Teksten', read: readText },
  { name: 'debtor', message: 'Skyldnerens navn', said: 'Navnet', read: readPersonText },
  { name: 'address', message: 'Gateadresse', optional: true, said: 'Adressen', read: readPersonText },
  {
    name: 'zip',
    message: 'Postnummer',
    optional: true,
    said: 'Postnummer',
    read: (text, _said, given) => mustPass(checkPostalCode(text, countryOf(given))),
  },
  { name: 'city', message: 'Poststed', optional: true, said: 'Poststedet', read: readPersonText },
  { name: 'kid', message: 'KID', optional: true, said: 'KID', read: (text) => mustPass(checkKid(text)) },
];

/** Asks the person at the keyboard for what the flags do not say, once these will do, and adds it to what is given. */
export async function askForMissing(ctx: Context, given: Given): Promise<void> {
  const complete = ['invoice', 'amount', 'due', 'debtor', 'type'].every((name) => given.has(name));
  if (complete || ctx.ask === null) return;
  if (given.has('type')) readChoice(TYPES, need(given, 'type'), '--type');
  for (const { name, read } of [...QUESTIONS, ORGNR]) {
    const text = given.get(name);
    if (text !== undefined) read(text, `--${name}`, given);
  }
  for (const question of QUESTIONS) {
    await ask(ctx, given, question);
    if (question.name === 'debtor') await askForType(ctx, given);
  }
}

async function askForType(ctx: Context, given: Given): Promise<void> {
  if (ctx.ask === null || given.has('type')) return;
  const names = {
    consumer: 'Forbruker (privatperson)',
    business: 'Næringsdrivende',
    public: 'Offentlig virksomhet',
  };
  const choices = TYPES.map((value) => ({ value, name: names[value] }));
  given.set('type', await ctx.ask.choose('Hva slags skyldner', choices));
  if (given.get('type') !== 'consumer') await ask(ctx, given, ORGNR);
}

/** Asks for the due date that an invoice does not state. */
export async function askForDue(ctx: Context, given: Given): Promise<void> {
  await ask(ctx, given, { ...DUE, message: 'Fakturaen har ingen forfallsdato. Hva er forfall?' });
}

async function ask(ctx: Context, given: Given, question: Asked): Promise<void> {
  if (ctx.ask === null || given.has(question.name)) return;
  const message = question.optional === true ? `${question.message} (kan stå tomt)` : question.message;
  const check = (text: string): string | null => whyNot(question, text, given);
  const answer = (await ctx.ask.text({ message, check })).trim();
  if (answer !== '') given.set(question.name, answer);
}

function countryOf(given: Given): string {
  return given.get('country')?.toUpperCase() ?? 'NO';
}

/** What was asked for is named in the reason itself. */
function mustPass(result: Checked): void {
  if (!result.ok) throw usage(`${result.why}.`);
}

function whyNot({ optional, read, said }: Asked, answer: string, given: Given): string | null {
  if (answer.trim() === '') return optional === true ? null : 'Dette må fylles ut.';
  try {
    read(answer, said, given);
    return null;
  } catch (fault) {
    if (fault instanceof UserFault) return [fault.message, fault.hint].filter(Boolean).join(' ');
    throw fault;
  }
}

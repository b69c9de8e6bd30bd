import type { Command } from 'commander';
import type { DebtorData } from '../case/debtor.js';
import {
  checkCountry,
  checkEmail,
  checkKid,
  checkOrgnr,
  checkPostalCode,
  type Checked,
} from '../case/party.js';
import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import { formatKroner } from '../law/money.js';
import type { EhfInvoice } from '../import/ehf-document.js';
import { STEP_TITLES, STEPS, type SentLetter } from '../law/steps.js';
import type { Act, Answer, Options, Warning } from '../tasks/answer.js';
import { caseView } from '../tasks/case-view.js';
import { claimFromInvoice, readOwnInvoice } from '../tasks/ehf-claim.js';
import { usage } from '../tasks/fault.js';
import {
  listOption,
  nationalIdWarning,
  readAmount,
  readChecked,
  readChoice,
  readDate,
  readPersonText,
  readText,
  textOption,
} from '../tasks/input.js';
import { registerClaim, type NewClaim } from '../tasks/register.js';
import type { Asker } from '../terminal/prompts.js';

const TYPES = ['consumer', 'business', 'public'] as const;
const LANGUAGES = ['nb', 'nn', 'en'] as const;

export function register(program: Command, act: Act): void {
  program
    .command('add')
    .summary('registrer en forfalt faktura')
    .description('Registrerer en faktura fra flagg, fra en EHF-fil, eller ved å spørre om det som mangler.')
    .option('--from <fil>', 'EHF-faktura (XML); - leser fra standard inn')
    .option('--invoice <nr>', 'fakturanummer')
    .option('--amount <kr>', 'beløp med merverdiavgift, som 1234,50')
    .option('--due <dato>', 'forfallsdato')
    .option('--issued <dato>', 'fakturadato')
    .option('--description <tekst>', 'hva fakturaen gjelder')
    .option('--debtor <navn>', 'skyldnerens navn')
    .option('--type <type>', 'consumer, business eller public')
    .option('--orgnr <nr>', 'skyldnerens organisasjonsnummer')
    .option('--address <gate>', 'skyldnerens gateadresse')
    .option('--zip <nr>', 'skyldnerens postnummer')
    .option('--city <sted>', 'skyldnerens poststed')
    .option('--country <kode>', 'skyldnerens landkode (NO)')
    .option('--email <adresse>', 'skyldnerens e-post')
    .option('--phone <nr>', 'skyldnerens telefon')
    .option('--language <språk>', 'brevspråk: nb, nn eller en')
    .option('--kid <kid>', 'KID fra fakturaen')
    .option('--charge <hva>', 'fees (gebyr) eller compensation (standardkompensasjon)')
    .option('--policy <løp>', 'standard, mild, fast eller en JSON-fil')
    .option('--interest-from <dato>', 'første dag det regnes rente for')
    .option('--history <steg=sendt:frist:gebyr...>', 'brev sendt før registreringen')
    .action(act(add));
}

async function add(ctx: Context, _args: readonly string[], options: Options): Promise<Answer> {
  ctx.store();
  const from = textOption(options, 'from');
  const { claim, warnings } =
    from === null ? await fromFlags(ctx, options) : await fromFile(ctx, from, options);
  const registered = registerClaim(ctx, claim);
  const view = caseView(ctx, registered.number);
  const earliest = view.next.earliest;
  const text = [
    `Sak ${registered.number}: faktura ${claim.invoice}, ${claim.debtor.name}, ${formatKroner(claim.amountOre)}, forfall ${formatDate(claim.due)}.`,
    earliest === null
      ? view.next.why.text
      : `Neste brev: ${view.next.step === null ? '' : STEP_TITLES[view.next.step]}, tidligst ${formatDate(earliest)}.`,
  ].join('\n');
  return {
    data: { case: view.json },
    text,
    warnings: [
      ...warnings,
      ...nationalIdWarning(claim.description ?? ''),
      ...registered.warnings,
      ...view.warnings,
    ],
  };
}

interface Read {
  readonly claim: NewClaim;
  readonly warnings: readonly Warning[];
}

/** Values by flag name, from the command line and then from the person at the keyboard. */
type Given = Map<string, string>;

async function fromFlags(ctx: Context, options: Options): Promise<Read> {
  const given = givenTexts(options);
  await askForMissing(ctx, given);
  const claim: NewClaim = {
    invoice: readInvoice(need(given, 'invoice')),
    amountOre: readAmount(need(given, 'amount'), '--amount'),
    due: readDate(need(given, 'due'), '--due'),
    issued: maybe(given, 'issued', (text) => readDate(text, '--issued')),
    description: maybe(given, 'description', (text) => readText(text, '--description')),
    kid: maybe(given, 'kid', (text) => readChecked(checkKid, text, '--kid')),
    ...choices(given, options),
    debtor: readDebtor(given),
    source: { kind: 'entered' },
  };
  return { claim, warnings: [] };
}

/** What the file does not say, whether the claim is entered or imported. */
function choices(
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

function givenTexts(options: Options): Given {
  const given: Given = new Map();
  for (const name of Object.keys(options)) {
    const text = textOption(options, name);
    if (text !== null && text !== '') given.set(name, text);
  }
  return given;
}

function need(given: Given, name: string): string {
  const text = given.get(name);
  if (text !== undefined) return text;
  throw usage(
    `--${name} mangler.`,
    'Oppgi det som flagg, eller kjør «inkasso add» i en terminal for å bli spurt.',
  );
}

function maybe<T>(given: Given, name: string, read: (text: string) => T): T | null {
  const text = given.get(name);
  return text === undefined ? null : read(text);
}

function readInvoice(text: string): string {
  if (text.length > 60) throw usage('--invoice: fakturanummeret er for langt (høyst 60 tegn).');
  return readText(text, '--invoice');
}

function readDebtor(given: Given): DebtorData {
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

function readAddress(given: Given, country: string): Pick<DebtorData, 'address' | 'zip' | 'city'> {
  return {
    address: maybe(given, 'address', (text) => readPersonText(text, '--address')),
    zip: maybe(given, 'zip', (text) =>
      readChecked((value) => checkPostalCode(value, country), text, '--zip'),
    ),
    city: maybe(given, 'city', (text) => readPersonText(text, '--city')),
  };
}

/** A Norwegian org.nr. is checked; a foreign one is kept as it is. A national id is neither (B3). */
function readOrgnr(text: string, country: string): string {
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

interface Asked {
  readonly name: string;
  readonly message: string;
  readonly optional?: boolean;
  /** Throws when the answer will not do, with the reason. */
  readonly read: (text: string) => unknown;
}

const QUESTIONS: readonly Asked[] = [
  { name: 'invoice', message: 'Fakturanummer', read: readInvoice },
  { name: 'amount', message: 'Beløp med merverdiavgift (kr)', read: (text) => readAmount(text, 'Beløpet') },
  { name: 'due', message: 'Forfallsdato', read: (text) => readDate(text, 'Forfall') },
  { name: 'issued', message: 'Fakturadato', optional: true, read: (text) => readDate(text, 'Fakturadato') },
  {
    name: 'description',
    message: 'Hva gjelder fakturaen',
    optional: true,
    read: (text) => readText(text, 'Teksten'),
  },
  { name: 'debtor', message: 'Skyldnerens navn', read: (text) => readPersonText(text, 'Navnet') },
  {
    name: 'address',
    message: 'Gateadresse',
    optional: true,
    read: (text) => readPersonText(text, 'Adressen'),
  },
  {
    name: 'zip',
    message: 'Postnummer',
    optional: true,
    read: (text) => mustPass(checkPostalCode(text)),
  },
  { name: 'city', message: 'Poststed', optional: true, read: (text) => readPersonText(text, 'Poststedet') },
  { name: 'kid', message: 'KID', optional: true, read: (text) => mustPass(checkKid(text)) },
];

async function askForMissing(ctx: Context, given: Given): Promise<void> {
  const { ask } = ctx;
  const complete = ['invoice', 'amount', 'due', 'debtor', 'type'].every((name) => given.has(name));
  if (complete || ask === null) return;
  for (const question of QUESTIONS) {
    if (given.has(question.name)) continue;
    const message = question.optional === true ? `${question.message} (kan stå tomt)` : question.message;
    const answer = (await ask.text({ message, check: (text) => whyNot(question, text) })).trim();
    if (answer !== '') given.set(question.name, answer);
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
  if (given.get('type') === 'consumer' || given.has('orgnr')) return;
  const message = 'Organisasjonsnummer (kan stå tomt)';
  const question = {
    name: 'orgnr',
    message,
    optional: true,
    read: (text: string) => mustPass(checkOrgnr(text)),
  };
  const orgnr = (await ctx.ask.text({ message, check: (text) => whyNot(question, text) })).trim();
  if (orgnr !== '') given.set('orgnr', orgnr);
}

/** What was asked for is named in the reason itself. */
function mustPass(result: Checked): void {
  if (!result.ok) throw usage(`${result.why}.`);
}

function whyNot(question: Asked, answer: string): string | null {
  if (answer.trim() === '') return question.optional === true ? null : 'Dette må fylles ut.';
  try {
    question.read(answer);
    return null;
  } catch (fault) {
    return fault instanceof Error ? fault.message : 'Ugyldig svar.';
  }
}

async function fromFile(ctx: Context, path: string, options: Options): Promise<Read> {
  const file = path === '-' ? ctx.readInput() : ctx.readFile(path);
  if (file === null) throw usage(`--from: fant ikke filen ${path}.`);
  const { invoice, warnings } = readOwnInvoice(ctx, file);
  const given = givenTexts(options);
  if (invoice.due === null && !given.has('due') && ctx.ask !== null) await askForDue(ctx.ask, given);
  refuseContradiction(given, invoice);
  const country =
    maybe(given, 'country', (value) => readChecked(checkCountry, value, '--country')) ??
    invoice.customer.country;
  const claim = claimFromInvoice(file, invoice, {
    ...choices(given, options),
    due: maybe(given, 'due', (value) => readDate(value, '--due')),
    kid: maybe(given, 'kid', (value) => readChecked(checkKid, value, '--kid')),
    description: maybe(given, 'description', (value) => readText(value, '--description')),
    debtor: {
      country,
      ...defined({
        name: maybe(given, 'debtor', (value) => readPersonText(value, '--debtor')),
        orgnr: maybe(given, 'orgnr', (value) => readOrgnr(value, country)),
        ...readAddress(given, country),
        email: maybe(given, 'email', (value) => readChecked(checkEmail, value, '--email')),
        phone: maybe(given, 'phone', (value) => readPersonText(value, '--phone')),
      }),
    },
    type: maybe(given, 'type', (value) => readChoice(TYPES, value, '--type')),
    language: readChoice(LANGUAGES, given.get('language') ?? 'nb', '--language'),
  });
  return { claim, warnings };
}

/** The file says what the invoice is; a flag that says something else is a mistake in one of them. */
function refuseContradiction(given: Given, invoice: EhfInvoice): void {
  const number = given.get('invoice');
  if (number !== undefined && number !== invoice.number) {
    throw usage(`--invoice: filen gjelder faktura ${invoice.number}, ikke ${number}.`);
  }
  const amount = given.get('amount');
  if (amount !== undefined && readAmount(amount, '--amount') !== invoice.payableOre) {
    throw usage(`--amount: fakturaen i filen er på ${formatKroner(invoice.payableOre)}.`);
  }
}

function defined<T extends object>(values: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as never;
}

async function askForDue(ask: Asker, given: Given): Promise<void> {
  const due: Asked = { name: 'due', message: '', read: (text) => readDate(text, 'Forfall') };
  given.set(
    'due',
    await ask.text({
      message: 'Fakturaen har ingen forfallsdato. Hva er forfall?',
      check: (text) => whyNot(due, text),
    }),
  );
}

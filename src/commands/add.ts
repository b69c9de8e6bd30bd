import type { Command } from 'commander';
import { checkCountry, checkEmail, checkKid } from '../case/party.js';
import type { Context } from '../context.js';
import type { EhfInvoice } from '../import/ehf-document.js';
import { formatDate } from '../law/dates.js';
import { formatKroner } from '../law/money.js';
import { STEP_TITLES } from '../law/steps.js';
import type { Act, Answer, Options, Warning } from '../tasks/answer.js';
import { caseView } from '../tasks/case-view.js';
import {
  choices,
  givenTexts,
  LANGUAGES,
  maybe,
  need,
  readAddress,
  readDebtor,
  readInvoice,
  readOrgnr,
  TYPES,
  type Given,
} from '../tasks/claim-fields.js';
import { askForDue, askForMissing } from '../tasks/claim-questions.js';
import { claimFromInvoice, readOwnInvoice } from '../tasks/ehf-claim.js';
import { usage } from '../tasks/fault.js';
import {
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

async function fromFlags(ctx: Context, options: Options): Promise<Read> {
  const given = givenTexts(options);
  await askForMissing(ctx, given);
  const claim: NewClaim = {
    invoice: readInvoice(need(given, 'invoice'), '--invoice'),
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

async function fromFile(ctx: Context, path: string, options: Options): Promise<Read> {
  const file = path === '-' ? ctx.readInput() : ctx.readFile(path);
  if (file === null) throw usage(`--from: fant ikke filen ${path}.`);
  const { invoice, warnings } = readOwnInvoice(ctx, file);
  const given = givenTexts(options);
  if (invoice.due === null) await askForDue(ctx, given);
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

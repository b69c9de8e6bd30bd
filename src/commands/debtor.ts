import type { Command } from 'commander';
import type { Debtor } from '../case/debtor.js';
import { checkCountry, checkEmail, checkOrgnr, checkPostalCode, formatOrgnr } from '../case/party.js';
import type { Context } from '../context.js';
import { formatDate, localDate, yearOf, type LocalDate } from '../law/dates.js';
import { refuse } from '../law/rules.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { caseView } from '../tasks/case-view.js';
import { exportAccess } from '../tasks/export-access.js';
import { notFound, refused, usage } from '../tasks/fault.js';
import {
  flagOption,
  readChecked,
  readChoice,
  readPersonText,
  readWhole,
  textOption,
} from '../tasks/input.js';
import { outdatedLetters } from '../tasks/letters.js';
import { table } from '../terminal/table.js';

export function register(program: Command, act: Act): void {
  const debtor = program.command('debtor').summary('skyldnerne: vis, endre, innsyn og sletting');
  debtor.command('list', { isDefault: true }).description('Viser skyldnerne').action(act(list));
  const one = (name: string, description: string): Command =>
    debtor.command(name).argument('<nr>', 'skyldnerens nummer').description(description);
  one('show', 'Viser en skyldner').action(act(show));
  one('edit', 'Endrer det som er registrert. Gjelder brev som lages etterpå.')
    .option('--name <navn>', 'navn')
    .option('--orgnr <nr>', 'organisasjonsnummer')
    .option('--address <gate>', 'gateadresse')
    .option('--zip <nr>', 'postnummer')
    .option('--city <sted>', 'poststed')
    .option('--country <kode>', 'landkode')
    .option('--email <adresse>', 'e-post')
    .option('--phone <nr>', 'telefon')
    .option('--language <språk>', 'brevspråk: nb, nn eller en')
    .option(
      '--electronic-basis <tekst>',
      'hvorfor brev kan sendes elektronisk, for eksempel når og hvordan adressen ble brukt',
    )
    .action(act(edit));
  one('export', 'Skriver alt som er lagret om skyldneren (innsyn)')
    .option('--out <fil>', 'JSON-filen det skrives i')
    .option('--pdf <fil>', 'skriv det også som PDF, til skyldneren')
    .action(act(exportAll));
  one('anonymise', 'Sletter det som viser hvem skyldneren er, når regnskapet ikke lenger trenger det')
    .option('--yes', 'ikke spør')
    .action(act(anonymise));
}

function debtorOf(ctx: Context, number: string): Debtor {
  const debtor = ctx.store().debtors.findById(readWhole(number, '<nr>'));
  if (debtor === null)
    throw notFound(`Fant ingen skyldner ${number}.`, 'Se numrene med «inkasso debtor list».');
  return debtor;
}

function list(ctx: Context): Answer {
  const debtors = ctx.store().debtors.all();
  const rows = debtors.map((d) => [
    String(d.id),
    d.name,
    d.orgnr === null ? '' : formatOrgnr(d.orgnr),
    d.city ?? '',
  ]);
  const columns = [
    { title: 'Nr', align: 'right' as const },
    { title: 'Navn', max: 36 },
    { title: 'Org.nr.' },
    { title: 'Sted', max: 16 },
  ];
  return { data: { debtors }, text: rows.length === 0 ? 'Ingen skyldnere.' : table(columns, rows) };
}

function show(ctx: Context, [number = '']: readonly string[]): Answer {
  const debtor = debtorOf(ctx, number);
  const cases = ctx.store().cases.ofDebtor(debtor.id);
  const lines = Object.entries(debtor).map(([key, value]) => [
    WORDS[key as keyof Debtor],
    shown(key as keyof Debtor, String(value ?? '')),
  ]);
  const text = table([{ title: 'Hva' }, { title: 'Verdi' }], [...lines, ['Saker', cases.join(', ')]]);
  return { data: { debtor, cases }, text };
}

const WORDS: Readonly<Record<keyof Debtor, string>> = {
  id: 'Nummer',
  name: 'Navn',
  type: 'Type',
  orgnr: 'Org.nr.',
  address: 'Adresse',
  zip: 'Postnummer',
  city: 'Poststed',
  country: 'Land',
  email: 'E-post',
  phone: 'Telefon',
  language: 'Brevspråk',
  electronicBasis: 'Grunnlag for elektronisk sending',
  electronicOn: 'Registrert',
  anonymisedOn: 'Anonymisert',
};

const TYPE_WORDS: Readonly<Record<string, string>> = {
  consumer: 'forbruker',
  business: 'næringsdrivende',
  public: 'offentlig virksomhet',
};
const LANGUAGE_WORDS: Readonly<Record<string, string>> = { nb: 'bokmål', nn: 'nynorsk', en: 'engelsk' };

function shown(key: keyof Debtor, value: string): string {
  if (key === 'type') return TYPE_WORDS[value] ?? value;
  if (key === 'language') return LANGUAGE_WORDS[value] ?? value;
  if (key === 'electronicOn' || key === 'anonymisedOn')
    return value === '' ? '' : formatDate(localDate(value));
  return key === 'orgnr' && value !== '' ? formatOrgnr(value) : value;
}

/** What can be edited, by flag. */
const EDITED = [
  ...['name', 'orgnr', 'address', 'zip', 'city', 'country', 'email', 'phone', 'language'],
  'electronicBasis',
];

function edit(ctx: Context, [number = '']: readonly string[], options: Options): Answer {
  const before = debtorOf(ctx, number);
  if (before.anonymisedOn !== null) throw usage(`Skyldner ${number} er anonymisert.`);
  if (EDITED.every((name) => textOption(options, name) === null))
    throw usage('Ingenting å endre.', 'Se flaggene med «inkasso help debtor edit».');
  const given = (name: string): string | null => textOption(options, name);
  const read = <T>(name: string, old: T, parse: (text: string) => T): T => {
    const text = given(name);
    return text === null ? old : parse(text);
  };
  const country = read('country', before.country, (text) => readChecked(checkCountry, text, '--country'));
  const basis = given('electronicBasis');
  const email = given('email');
  const movedMail = email !== null && email !== before.email;
  const after: Debtor = {
    ...before,
    country,
    name: read('name', before.name, (text) => readPersonText(text, '--name')),
    orgnr: read('orgnr', before.orgnr, (text) => readChecked(checkOrgnr, text, '--orgnr')),
    address: read('address', before.address, (text) => readPersonText(text, '--address')),
    zip: read('zip', before.zip, (text) =>
      readChecked((code) => checkPostalCode(code, country), text, '--zip'),
    ),
    city: read('city', before.city, (text) => readPersonText(text, '--city')),
    email: read('email', before.email, (text) => readChecked(checkEmail, text, '--email')),
    phone: read('phone', before.phone, (text) => readPersonText(text, '--phone')),
    language: read('language', before.language, (text) => readChoice(['nb', 'nn', 'en'], text, '--language')),
    // L9: what was said of one address says nothing of another.
    electronicBasis: basis ?? (movedMail ? null : before.electronicBasis),
    electronicOn: basis !== null ? ctx.today : movedMail ? null : before.electronicOn,
  };
  ctx.store().updateDebtor(after, ctx.moment());
  return {
    data: { debtor: after },
    text: `${after.name} er endret. Brev som lages fra nå av, bruker det nye.`,
    warnings: outdatedLetters(ctx, (c) => c.claim.debtorId === after.id),
  };
}

/** GDPR access: everything known about one person or business, in one file. */
async function exportAll(ctx: Context, [number = '']: readonly string[], options: Options): Promise<Answer> {
  const debtor = debtorOf(ctx, number);
  const store = ctx.store();
  const views = store.cases.ofDebtor(debtor.id).map((known) => caseView(ctx, known));
  const cases = views.map((view) => view.json);
  const all = { exportedOn: ctx.today, debtor, earlier: store.debtors.changes(debtor.id), cases };
  const pdf = textOption(options, 'pdf');
  const written = pdf === null ? null : await exportAccess(ctx, debtor, views, pdf);
  const path = ctx.writeFile(
    textOption(options, 'out') ?? `skyldner-${debtor.id}-innsyn.json`,
    `${JSON.stringify(all, null, 2)}\n`,
  );
  return {
    data: { ...all, file: path, pdf: written },
    text: `Alt som er lagret om ${debtor.name}, er skrevet til ${[path, ...(written === null ? [] : [written])].join(' og ')}.`,
  };
}

/** Years after the accounting year that the books must keep a letter (B1). */
const RETENTION_YEARS = 5;

async function anonymise(ctx: Context, [number = '']: readonly string[], options: Options): Promise<Answer> {
  const debtor = debtorOf(ctx, number);
  if (debtor.anonymisedOn !== null) throw usage(`Skyldner ${number} er alt anonymisert.`);
  const allowed = allowedFrom(ctx, debtor);
  if (ctx.today < allowed) {
    const text = `Bilagene om ${debtor.name} skal oppbevares i fem år etter regnskapsåret. Fra ${formatDate(allowed)} kan skyldneren anonymiseres.`;
    throw refused(refuse('B1', text, allowed));
  }
  if (!flagOption(options, 'yes')) {
    if (ctx.ask === null) throw usage('Anonymisering kan ikke angres. Bekreft med --yes.');
    const sure = await ctx.ask.confirm(
      `Slette navn, adresse, tekster og brev for ${debtor.name}? Det kan ikke angres.`,
      false,
    );
    if (!sure) return { data: { debtor }, text: 'Ingenting er slettet.' };
  }
  ctx.store().anonymiseDebtor(debtor.id, ctx.moment());
  return {
    data: { debtor: ctx.store().debtors.get(debtor.id) },
    text: `Skyldner ${debtor.id} er anonymisert.`,
  };
}

/** B1: five years after the last accounting year in which anything happened; never while a claim is open. */
function allowedFrom(ctx: Context, debtor: Debtor): LocalDate {
  const years = ctx
    .store()
    .cases.ofDebtor(debtor.id)
    .map((number) => {
      const view = caseView(ctx, number);
      const settled = view.next.status === 'paid' || view.next.status === 'closed';
      if (!settled) throw refused(refuse('B1', `Sak ${number} mot ${debtor.name} er ikke avsluttet.`));
      return yearOf(view.case.recordedOn);
    });
  return localDate(`${Math.max(0, ...years) + RETENTION_YEARS + 1}-01-01`);
}

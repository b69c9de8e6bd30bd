import { join } from 'node:path';
import type { Command } from 'commander';
import type { Settings } from '../case/settings.js';
import { STARTING_SETTINGS } from '../case/starting-settings.js';
import type { Context } from '../context.js';
import { addDays, formatDate, localDate, type LocalDate } from '../law/dates.js';
import { formatKroner, type Ore } from '../law/money.js';
import { STEP_TITLES } from '../law/steps.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { decidePayment } from '../case/decide.js';
import { claimFromInvoice, readOwnInvoice } from '../tasks/ehf-claim.js';
import { readCase, textOption } from '../tasks/input.js';
import { record } from '../tasks/record.js';
import { registerClaim } from '../tasks/register.js';
import { openReports } from '../tasks/report.js';
import { runDay } from '../tasks/run.js';
import type { RunLetter } from '../tasks/run-letter.js';
import { ageingText, writeOffText } from '../terminal/report-text.js';
import { table } from '../terminal/table.js';
import { bold } from '../terminal/text.js';

/** The practice business. Every party in the demo is made up. */
const CREDITOR: Settings = {
  ...STARTING_SETTINGS,
  name: 'Eksempel Elektro AS',
  orgnr: '312456788',
  address: 'Eksempelveien 1',
  zip: '0101',
  city: 'Oslo',
  account: '15031234562',
  email: 'faktura@eksempel-elektro.example',
  phone: '22 00 00 00',
};

const INVOICES = ['faktura-1001.xml', 'faktura-1002.xml', 'faktura-1003.xml'];
const FIRST_DAY = localDate('2026-08-20');
const LAST_DAY = localDate('2026-10-16');
const PAYMENT = { invoice: '1002', amountOre: 1_000_000, on: localDate('2026-09-10') };
const DATABASE = 'ovelse.db';

export function register(program: Command, act: Act): void {
  program
    .command('demo')
    .summary('lag en øvelsesdatabase med brev og rapport')
    .description(
      'Bygger en øvelsesdatabase av eksempelfakturaene, kjører den over noen uker og legger igjen brev og en rapport.',
    )
    .option('--dir <mappe>', 'mappen øvelsen legges i (inkasso-demo)')
    .action(act(demo));
}

async function demo(ctx: Context, _args: readonly string[], options: Options): Promise<Answer> {
  const folder = textOption(options, 'dir') ?? 'inkasso-demo';
  const database = ctx.fullPath(join(folder, DATABASE));
  clearEarlierDemo(ctx, database);
  const registering = ctx.elsewhere(database, FIRST_DAY);
  registering.createStore(CREDITOR);
  for (const name of INVOICES) addFromFile(registering, ctx.examplePath('fakturaer', name));
  ctx.say(`Øvelsesdatabasen har ${INVOICES.length} forfalte fakturaer. Kjører «inkasso run» dag for dag …`);
  const letters: RunLetter[] = [];
  let paid = false;
  for (let day: LocalDate = FIRST_DAY; day <= LAST_DAY; day = addDays(day, 1)) {
    const daily = ctx.elsewhere(database, day);
    if (!paid && day >= PAYMENT.on) {
      recordPayment(daily, PAYMENT.invoice, PAYMENT.amountOre);
      paid = true;
    }
    const run = await runDay(daily, {
      dryRun: false,
      sent: true,
      email: false,
      catchUp: false,
      limit: null,
      only: null,
      out: join(folder, 'brev', day),
      appendix: false,
      heldMost: null,
      oldBankFiles: null,
      repeat: false,
      claimsConfirmed: true,
    });
    letters.push(...run.letters);
    await daily.close();
  }
  const last = ctx.elsewhere(database, LAST_DAY);
  const report = ctx.writeFile(join(folder, 'rapport.txt'), reportText(last));
  const data = {
    database,
    report,
    letters: letters.map(({ pdf, step, case: number, date }) => ({ pdf, step, case: number, date })),
  };
  return { data, text: describe(folder, database, report, letters) };
}

/** An earlier demo in the folder is replaced; any other database is left alone. */
function clearEarlierDemo(ctx: Context, database: string): void {
  if (!ctx.fileExists(database)) return;
  const earlier = ctx.elsewhere(database, FIRST_DAY);
  const { orgnr } = earlier.store().settings();
  void earlier.close();
  if (orgnr !== CREDITOR.orgnr)
    throw usage(`${database} er ikke en øvelsesdatabase.`, 'Velg en annen mappe med --dir.');
  for (const suffix of ['', '-wal', '-shm']) ctx.removeFile(database + suffix);
}

function describe(folder: string, database: string, report: string, letters: readonly RunLetter[]): string {
  const rows = letters.map((letter) => [
    formatDate(letter.date),
    letter.debtor,
    STEP_TITLES[letter.step],
    formatKroner(letter.totalOre),
  ]);
  const shown = table(
    [{ title: 'Dato' }, { title: 'Skyldner' }, { title: 'Brev' }, { title: 'Å betale', align: 'right' }],
    rows,
  );
  return [
    bold('Øvelsen er ferdig. Alle navn og tall er oppdiktet.'),
    shown,
    bold('Åpne brevene:'),
    letters.map((letter) => `  ${letter.pdf ?? ''}`).join('\n'),
    `${bold('Åpne rapporten:')}\n  ${report}`,
    `Se på sakene selv:\n  inkasso --db ${database} --as-of ${LAST_DAY} list\n  inkasso --db ${database} --as-of ${LAST_DAY} show 1`,
    `Slett mappen ${folder} når du er ferdig.`,
  ].join('\n\n');
}

function addFromFile(ctx: Context, path: string): void {
  const file = ctx.readFile(path);
  if (file === null) throw usage(`Fant ikke eksempelet ${path}.`);
  const { invoice } = readOwnInvoice(ctx, file);
  const asItStands = { due: null, kid: null, description: null, debtor: {}, type: null } as const;
  const choices = { policy: null, charge: 'fees', interestFrom: null, history: [], language: 'nb' } as const;
  registerClaim(ctx, claimFromInvoice(file, invoice, { ...asItStands, ...choices }));
}

function recordPayment(ctx: Context, invoice: string, amountOre: Ore): void {
  const payment = { amountOre, date: ctx.today, purpose: null, reference: null };
  record(ctx, readCase(ctx, invoice), (judgement) => decidePayment(judgement, payment, ctx.today));
}

function reportText(ctx: Context): string {
  const { ageing, writeoff } = openReports(ctx, null);
  return `${ageingText(ageing, ctx.today)}\n\n${writeOffText(writeoff)}\n`;
}

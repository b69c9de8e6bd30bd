import type { Command } from 'commander';
import type { Context } from '../context.js';
import { daysBetween, formatDate, parseDate, type LocalDate } from '../law/dates.js';
import { formatKroner, formatNumber, sum } from '../law/money.js';
import { STEP_TITLES } from '../law/steps.js';
import type { Act, Answer, Options, Warning } from '../tasks/answer.js';
import { isPastPurring, oldBankFiles, oldBankFilesWarning } from '../tasks/bank-age.js';
import type { FinishedBatch } from '../tasks/batch.js';
import { EXIT, refused, UserFault, usage } from '../tasks/fault.js';
import { flagOption, listOption, readCase, readChoice, readWhole, textOption } from '../tasks/input.js';
import { mailWarnings, refuseMailOfAnotherDay, type MailResult } from '../tasks/mail.js';
import { runDay, type RunResult } from '../tasks/run.js';
import type { RunLetter } from '../tasks/run-letter.js';
import { casesToTake, countCatchUp, type Held, type RunOptions } from '../tasks/run-plan.js';
import { backdatedHint } from '../tasks/record.js';
import { table } from '../terminal/table.js';
import { bold, counted, yellow } from '../terminal/text.js';

/** Cases without a letter that are told of one by one on the terminal; JSON has them all. */
const TOLD_HELD = 100;
/** Days an unconfirmed letter may lie before it is named. */
const UNCONFIRMED_DAYS = 3;

export function register(program: Command, act: Act): void {
  program
    .command('run')
    .summary('lag brevene som skal sendes i dag')
    .description('Fører hver sak ett skritt videre og skriver brevene som PDF.')
    .option('--dry-run', 'vis hva som ville skjedd, uten å gjøre det')
    .option('--case <sak...>', 'bare disse sakene')
    .option('--out <mappe>', 'mappen brevene skrives i')
    .option('--limit <antall>', 'høyst så mange brev')
    .option('--sent', 'bekreft brevene som sendt i dag')
    .option('--email', 'send brevene med e-post til skyldnere som kan nås slik; resten skrives ut')
    .option('--appendix', 'legg ved hvordan renter og kostnader er regnet ut, til hvert brev')
    .option('--confirm-claims', 'du kjenner ingen grunn til å tvile på kravene som får betalingsoppfordring')
    .option('--repeat', 'gjenta en betalingsoppfordring eldre enn seks måneder (med --case)')
    .option('--catch-up <yes|no>', 'ta med gamle krav som aldri har fått brev')
    .option('--stale-bank <yes|no>', 'lag strengere brev enn purring, selv om bankfilene er gamle')
    .action(act(run));
}

async function run(ctx: Context, _args: readonly string[], options: Options): Promise<Answer> {
  const limit = textOption(options, 'limit');
  const only = listOption(options, 'case').map((reference) => readCase(ctx, reference).number);
  const catchUp = textOption(options, 'catchUp');
  const chosen: RunOptions = {
    dryRun: flagOption(options, 'dryRun'),
    sent: flagOption(options, 'sent'),
    email: flagOption(options, 'email'),
    catchUp: catchUp !== null && readChoice(['yes', 'no'], catchUp, '--catch-up') === 'yes',
    limit: limit === null ? null : readLimit(limit),
    only: only.length === 0 ? null : only,
    out: textOption(options, 'out'),
    appendix: flagOption(options, 'appendix'),
    repeat: readRepeat(options, only),
    claimsConfirmed: flagOption(options, 'confirmClaims') ? true : null,
    oldBankFiles: await askAboutOldBankFiles(ctx, options),
    heldMost: ctx.json ? null : TOLD_HELD,
  };
  const mailing = chosen.email && !chosen.dryRun;
  if (mailing) refuseMailOfAnotherDay(ctx);
  if (chosen.email && chosen.sent) {
    throw usage(
      '--email og --sent kan ikke brukes sammen.',
      'Bekreft brevene som går i posten, med «inkasso sent».',
    );
  }
  if (mailing) (await ctx.mailer()).close();
  const asked = catchUp === null ? await askAboutOldClaims(ctx, chosen) : chosen;
  const result = await runDay(ctx, await askAboutDoubt(ctx, asked));
  const { blocked, mail } = result;
  if (blocked !== null && result.letters.length === 0) {
    throw new UserFault(EXIT.rateMissing, 'RATE_UNKNOWN', blocked.message, blocked.hint, {
      rule: blocked.rule,
      hjemmel: result.held.find((held) => held.rule === blocked.rule)?.hjemmel ?? '',
      text: blocked.message,
      until: null,
    });
  }
  refuseBackdated(ctx, result);
  const { batch, letters, held, waiting, print } = result;
  const mailData = mail === null ? {} : { mailed: mail.mailed, notMailed: mail.notMailed };
  const data = { batch, letters, held, waiting, print, ...mailData };
  const warnings = [
    ...result.resumed.map(resumedWarning),
    ...warningsOf(ctx, result),
    ...addressWarnings(result),
    ...(mail === null ? [] : mailWarnings(mail)),
    ...unconfirmedClaims(chosen, result),
    ...(blocked === null ? [] : [{ code: 'RATE_UNKNOWN', message: `${blocked.message} ${blocked.hint}` }]),
  ];
  const said = describe(result, flagOption(options, 'dryRun'), flagOption(options, 'sent'));
  const text = mail === null || batch === null ? said : `${said}\n\n${mailText(mail)}`;
  const failed = mail !== null && mail.notMailed.length > 0 ? { exitCode: EXIT.fault } : {};
  return { data, text, warnings, ...(blocked === null ? failed : { exitCode: EXIT.rateMissing }) };
}

function mailText({ mailed, notMailed }: MailResult): string {
  const sent = `${counted(mailed.length, 'brev', 'brev')} er sendt med e-post og bekreftet.`;
  if (notMailed.length === 0) return sent;
  return `${sent} ${counted(notMailed.length, 'brev', 'brev')} ble ikke sendt.`;
}

/** With old bank files somebody at the keyboard decides; without one, letters past a purring wait for `--stale-bank yes`. */
async function askAboutOldBankFiles(ctx: Context, options: Options): Promise<LocalDate | null> {
  const newest = oldBankFiles(ctx);
  if (newest === null) return null;
  const said = textOption(options, 'staleBank');
  if (said !== null) return readChoice(['yes', 'no'], said, '--stale-bank') === 'yes' ? null : newest;
  const sterner = ctx
    .store()
    .cases.due(ctx.today, false)
    .filter((row) => isPastPurring(row.nextStep)).length;
  if (ctx.ask === null || flagOption(options, 'dryRun') || sterner === 0) return newest;
  const message = `Bankfilene er sist tatt inn ${formatDate(newest)}, og ${counted(sterner, 'sak', 'saker')} skal ha et strengere brev enn purring. Lage dem likevel?`;
  return (await ctx.ask.confirm(message, false)) ? null : newest;
}

/** Somebody at the keyboard decides about old claims; without one they wait for `--catch-up yes`. */
async function askAboutOldClaims(ctx: Context, options: RunOptions): Promise<RunOptions> {
  if (ctx.ask === null || options.dryRun) return options;
  const count = await countCatchUp(ctx, options);
  if (count === 0) return options;
  const claims = counted(count, 'krav', 'krav');
  const message = `${claims} forfalt for mer enn 90 dager siden og har aldri fått brev. Ta med?`;
  return { ...options, catchUp: await ctx.ask.confirm(message, false) };
}

/** L3: somebody at the keyboard is asked whether there is reason to doubt the claims that are about to be demanded. */
async function askAboutDoubt(ctx: Context, options: RunOptions): Promise<RunOptions> {
  if (ctx.ask === null || options.dryRun || options.claimsConfirmed !== null) return options;
  const rows = casesToTake(ctx, options).filter(
    (row) => options.repeat || row.nextStep === 'betalingsoppfordring',
  );
  if (rows.length === 0) return options;
  const named = rows.slice(0, NAMED_CLAIMS).map((row) => `faktura ${row.invoice} (${row.debtor})`);
  const more = rows.length > named.length ? ` og ${rows.length - named.length} til` : '';
  ctx.say(`Betalingsoppfordring i dag: ${named.join(', ')}${more}.`);
  const message = 'Bekrefter du at du ikke kjenner noen grunn til å tvile på disse kravene?';
  return { ...options, claimsConfirmed: await ctx.ask.confirm(message, true) };
}

/** How many claims are named in a question or a warning before the rest are counted. */
const NAMED_CLAIMS = 10;

/** Nobody was there to answer: the creditor looks the claims over before the letters are sent (L3). */
function unconfirmedClaims(options: RunOptions, { letters }: RunResult): Warning[] {
  const made = letters.filter((letter) => letter.step === 'betalingsoppfordring');
  if (options.dryRun || options.claimsConfirmed !== null || made.length === 0) return [];
  const message =
    `${counted(made.length, 'betalingsoppfordring', 'betalingsoppfordringer')} er laget. Vet du om innsigelser mot et av kravene, ` +
    'registrerer du dem med «inkasso dispute» før brevet sendes; da trekkes det tilbake.';
  return [{ code: 'CONFIRM_CLAIMS', message }];
}

function readRepeat(options: Options, only: readonly number[]): boolean {
  const repeat = flagOption(options, 'repeat');
  if (repeat && only.length === 0) throw usage('--repeat trenger --case: hvilken sak det gjelder.');
  return repeat;
}

/** Nothing can be dated before what is already registered; a day on which that is all there is to say is refused. */
function refuseBackdated(ctx: Context, { letters, held }: RunResult): void {
  const first = held.find((entry) => entry.rule === 'D1');
  if (letters.length > 0 || first === undefined) return;
  const { hjemmel, reason: text, until } = first;
  throw refused({ rule: 'D1', hjemmel, text, until }, backdatedHint(ctx));
}

function readLimit(text: string): number {
  const limit = readWhole(text, '--limit');
  if (limit === 0) throw usage('--limit må være minst 1.');
  return limit;
}

function resumedWarning({ batch, print }: FinishedBatch): Warning {
  const message = `Bunke ${batch} ble avbrutt i en tidligere kjøring, og er nå skrevet ferdig: ${print}`;
  return { code: 'RESUMED', message };
}

function warningsOf(ctx: Context, result: RunResult): Warning[] {
  const newest = oldBankFiles(ctx);
  return [...(newest === null ? [] : [oldBankFilesWarning(newest)]), ...unconfirmedWarnings(ctx, result)];
}

/** L7: a letter for the post bears the debtor's address. */
function addressWarnings({ lacking }: RunResult): Warning[] {
  const told = [...lacking].slice(0, NAMED_CLAIMS);
  const more = lacking.size - told.length;
  const messages = told.map(([number, lacks]) => `Sak ${number}: ${lacks}`);
  if (more > 0) messages.push(`${counted(more, 'brev', 'brev')} til mangler skyldnerens adresse.`);
  return messages.map((message) => ({ code: 'NO_ADDRESS', message }));
}

function unconfirmedWarnings(ctx: Context, result: RunResult): Warning[] {
  const old = result.waiting.filter((letter) => daysBetween(letter.since, ctx.today) > UNCONFIRMED_DAYS);
  return old.map((letter) => ({
    code: 'UNCONFIRMED',
    message: `${STEP_TITLES[letter.step]} i sak ${letter.case} er laget ${formatDate(letter.since)} og ikke bekreftet sendt (inkasso sent --letter ${letter.letter}).`,
  }));
}

function describe(result: RunResult, dryRun: boolean, sent: boolean): string {
  const { letters, held, heldCount, print, batch, waiting } = result;
  const parts: string[] = [];
  if (letters.length === 0) parts.push('Ingen brev skal sendes i dag.');
  else {
    const verb = dryRun ? 'ville blitt laget' : sent ? 'er laget og bekreftet sendt' : 'er laget';
    parts.push(bold(`${counted(letters.length, 'brev', 'brev')} ${verb}:`), lettersTable(letters));
  }
  if (heldCount > 0)
    parts.push(bold(`${counted(heldCount, 'sak', 'saker')} får ikke brev i dag:`), heldText(held, heldCount));
  if (print !== null) parts.push(`Skriv ut: ${print}`);
  if (print !== null && batch !== null && !sent)
    parts.push(`Når brevene er sendt, bekrefter du med «inkasso sent ${batch}».`);
  const earlier = dryRun
    ? 0
    : waiting.filter(({ letter }) => letters.every(({ id }) => id !== letter)).length;
  if (earlier > 0) {
    parts.push(
      `${counted(earlier, 'brev', 'brev')} fra før er ikke bekreftet sendt. Bekreft med «inkasso sent», eller trekk tilbake med «inkasso withdraw».`,
    );
  }
  return parts.join('\n\n');
}

function lettersTable(letters: readonly RunLetter[]): string {
  const rows = letters.map((letter) => [
    String(letter.case),
    letter.debtor,
    STEP_TITLES[letter.step],
    formatDate(letter.deadline),
    formatNumber(letter.feeOre),
    formatNumber(letter.totalOre),
  ]);
  const shown = table(
    [
      { title: 'Sak', align: 'right' },
      { title: 'Skyldner', max: 22 },
      { title: 'Brev' },
      { title: 'Frist' },
      { title: 'Gebyr', align: 'right' },
      { title: 'Å betale', align: 'right' },
    ],
    rows,
  );
  return `${shown}\nTil sammen ${formatKroner(sum(letters.map((letter) => letter.totalOre)))}.`;
}

function heldText(held: readonly Held[], count: number): string {
  const told = held.slice(0, TOLD_HELD);
  const more = count - told.length;
  if (more === 0) return heldLines(told);
  return `${heldLines(told)}\n  … og ${counted(more, 'sak', 'saker')} til. Se hvorfor med «inkasso why <sak>», eller alle med «--json».`;
}

function heldLines(held: readonly Held[]): string {
  return held
    .map(({ case: number, debtor, reason, hjemmel, until }) => {
      const date = until === null ? null : parseDate(until);
      const from = date === null ? '' : yellow(` Fra ${formatDate(date)}.`);
      return `  Sak ${number}, ${debtor}: ${reason}${from} (${hjemmel})`;
    })
    .join('\n');
}

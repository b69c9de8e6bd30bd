import { Command, CommanderError, type HelpConfiguration } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, type Context } from './context.js';
import { BrowserMissing } from './io/browser.js';
import { DatabaseProblem, isFull } from './io/sqlite.js';
import { programFolder } from './io/home.js';
import { CaseMoved } from './io/journal.js';
import { formatDate, parseDate, type LocalDate } from './law/dates.js';
import { RateUnknown } from './law/rates.js';
import { citeRule } from './law/rules.js';
import type { Act, Answer, Options, Verb, Warning } from './tasks/answer.js';
import { EXIT, usage, UserFault, type ExitCode } from './tasks/fault.js';
import { examplesOf } from './terminal/examples.js';
import { Interrupted, terminalAsker } from './terminal/prompts.js';
import { plain, red, unturned, useColour, yellow } from './terminal/text.js';

/** Each verb's module, loaded when its verb is used. */
const VERBS: Readonly<Record<string, () => Promise<{ register(program: Command, act: Act): void }>>> = {
  init: () => import('./commands/init.js'),
  add: () => import('./commands/add.js'),
  import: () => import('./commands/import.js'),
  run: () => import('./commands/run.js'),
  sent: () => import('./commands/sent.js'),
  withdraw: () => import('./commands/withdraw.js'),
  pay: () => import('./commands/pay.js'),
  refund: () => import('./commands/refund.js'),
  credit: () => import('./commands/credit.js'),
  waive: () => import('./commands/waive.js'),
  dispute: () => import('./commands/dispute.js'),
  resolve: () => import('./commands/resolve.js'),
  plan: () => import('./commands/plan.js'),
  hold: () => import('./commands/hold.js'),
  resume: () => import('./commands/resume.js'),
  stop: () => import('./commands/stop.js'),
  bero: () => import('./commands/bero.js'),
  writeoff: () => import('./commands/writeoff.js'),
  handover: () => import('./commands/handover.js'),
  note: () => import('./commands/note.js'),
  close: () => import('./commands/close.js'),
  reopen: () => import('./commands/reopen.js'),
  undo: () => import('./commands/undo.js'),
  debtor: () => import('./commands/debtor.js'),
  list: () => import('./commands/list.js'),
  show: () => import('./commands/show.js'),
  letter: () => import('./commands/letter.js'),
  why: () => import('./commands/why.js'),
  forecast: () => import('./commands/forecast.js'),
  report: () => import('./commands/report.js'),
  export: () => import('./commands/export.js'),
  rates: () => import('./commands/rates.js'),
  config: () => import('./commands/config.js'),
  template: () => import('./commands/template.js'),
  check: () => import('./commands/check.js'),
  backup: () => import('./commands/backup.js'),
  restore: () => import('./commands/restore.js'),
  doctor: () => import('./commands/doctor.js'),
  demo: () => import('./commands/demo.js'),
  'kom-i-gang': () => import('./commands/kom-i-gang.js'),
  completion: () => import('./commands/completion.js'),
  man: () => import('./commands/man.js'),
};

/** Verbs that tell of every other. */
const TELLS_OF_ALL = ['completion', 'man'];

const SCHEMA_VERSION = 1;

/** The world a run of the program happens in. Everything it reads from outside comes through here. */
export interface World {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  readonly now: () => Date;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  /** Whether a person sits at the keyboard. */
  readonly interactive: boolean;
}

/** Runs one command line and returns the exit code. */
export async function run(world: World): Promise<ExitCode> {
  const json = world.argv.includes('--json');
  let command = verbIn(world.argv) ?? 'help';
  useColour(wantsColour(world, json));
  try {
    const program = await buildProgram(world, (verb) => {
      command = verb;
    });
    if (world.argv.length === 0) {
      world.stdout.write(program.helpInformation());
      return EXIT.done;
    }
    await program.parseAsync([...world.argv], { from: 'user' });
    return exitCodes.get(program) ?? EXIT.done;
  } catch (fault) {
    return explain(world, fault, command, json);
  }
}

const exitCodes = new WeakMap<Command, ExitCode>();

async function buildProgram(world: World, onVerb: (verb: string) => void): Promise<Command> {
  const program = new Command('inkasso')
    .description('Krev inn dine egne forfalte fakturaer, lovlig og etterprøvbart.')
    .option('--db <fil>', 'databasen (ellers $INKASSO_DB, ellers brukerens datamappe)')
    .option('--as-of <dato>', 'hva «i dag» er for denne kommandoen')
    .option('--json', 'svar som JSON')
    .option('--no-input', 'still aldri spørsmål')
    .option('--no-color', 'ingen farger')
    .option('-q, --quiet', 'bare det nødvendigste')
    .version(version(), '-V, --version', 'vis versjonen')
    .helpOption('-h, --help', 'vis hjelp')
    .helpCommand('help [kommando]', 'vis hjelp til en kommando')
    .usage('[flagg] <kommando>')
    .configureHelp(NORWEGIAN_HELP)
    .configureOutput({ writeOut: (text) => world.stdout.write(text), writeErr: () => undefined })
    .exitOverride();
  const act: Act = (verb) => actOn(world, program, verb, onVerb);
  const wanted = verbIn(world.argv);
  const alone = wanted !== null && Object.hasOwn(VERBS, wanted) && !TELLS_OF_ALL.includes(wanted);
  const names = alone ? [wanted] : Object.keys(VERBS);
  for (const name of names) (await VERBS[name]?.())?.register(program, act);
  for (const command of program.commands) command.addHelpText('before', examplesOf(command.name()));
  return program;
}

const HELP_TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Bruk:',
  'Options:': 'Flagg:',
  'Commands:': 'Kommandoer:',
  'Arguments:': 'Argumenter:',
  'Global Options:': 'Felles flagg:',
};

const inNorwegian = (term: string): string =>
  term.replace('[options]', '[flagg]').replace('[command]', '<kommando>');

/** The parser's own words, in the language of everything else. */
const NORWEGIAN_HELP: HelpConfiguration = {
  styleTitle: (title) => HELP_TITLES[title] ?? title,
  styleUsage: inNorwegian,
  styleSubcommandTerm: inNorwegian,
  showGlobalOptions: false,
};

function version(): string {
  return (JSON.parse(readFileSync(join(programFolder(), 'package.json'), 'utf8')) as { version: string })
    .version;
}

const TAKES_VALUE = new Set(['--db', '--as-of']);

/** The first word of the command line that is not a global flag or its value. */
function verbIn(argv: readonly string[]): string | null {
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (TAKES_VALUE.has(word)) index += 1;
    else if (!word.startsWith('-')) return word;
  }
  return null;
}

function actOn(world: World, program: Command, verb: Verb, onVerb: (name: string) => void) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const name = nameOf(command);
    onVerb(name);
    const args = given.slice(0, -2) as string[];
    const options = command.optsWithGlobals<Options & { db?: string; asOf?: string; input?: boolean }>();
    const ctx = openContext(world, options);
    try {
      const answer = await verb(ctx, args, options);
      print(world, ctx, name, answer);
      exitCodes.set(program, answer.exitCode ?? EXIT.done);
    } finally {
      await ctx.close();
    }
  };
}

/** "rates add" for a verb within a verb. */
function nameOf(command: Command): string {
  const parent = command.parent;
  return parent === null || parent.parent === null ? command.name() : `${nameOf(parent)} ${command.name()}`;
}

function openContext(
  world: World,
  options: Options & { db?: string; asOf?: string; input?: boolean },
): Context {
  const now = world.now();
  const realToday = osloDate(now);
  return createContext({
    db: options.db ?? null,
    json: options['json'] === true,
    quiet: options['quiet'] === true,
    today: options.asOf === undefined ? realToday : readAsOf(options.asOf),
    realToday,
    env: world.env,
    platform: world.platform,
    cwd: world.cwd,
    ask: world.interactive && options.input !== false && options['json'] !== true ? terminalAsker() : null,
    instant: () => world.now().toISOString(),
    stderr: world.stderr,
  });
}

/** D1: the calendar date in Norway at an instant, whatever the machine's own time zone. */
export function osloDate(now: Date): LocalDate {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(now);
  return text as LocalDate;
}

function readAsOf(text: string): LocalDate {
  const date = parseDate(text);
  if (date === null)
    throw usage(
      `--as-of: «${text}» er ikke en dato i kalenderen.`,
      'Skriv for eksempel 2026-11-20 eller 20.11.2026.',
    );
  return date;
}

function print(world: World, ctx: Context, command: string, answer: Answer): void {
  const warnings = [...(answer.warnings ?? []), ...staleRates(ctx), ...futureDate(ctx)];
  if (ctx.json) {
    const envelope = { schemaVersion: SCHEMA_VERSION, command, asOf: ctx.today, data: answer.data, warnings };
    world.stdout.write(`${JSON.stringify(envelope)}\n`);
    return;
  }
  if (answer.text !== '') world.stdout.write(`${unturned(answer.text)}\n`);
  for (const { message } of warnings) world.stderr.write(`${yellow('Merk:')} ${plain(message)}\n`);
}

/** G3: a run after the day the rates were last reviewed says so. */
function staleRates(ctx: Context): Warning[] {
  if (!ctx.ratesAreStale()) return [];
  const reviewed = formatDate(ctx.rates().forsinkelsesrente.reviewedThrough);
  const message = `Satsene er gjennomgått til ${reviewed}. Se etter en nyere utgave av programmet; «inkasso rates check» sier om noe mangler i dag.`;
  return [{ code: 'RATES_STALE', message }];
}

/** What is recorded on a day to come cannot be followed by anything recorded today. */
function futureDate(ctx: Context): Warning[] {
  if (!ctx.recorded || ctx.today <= ctx.realToday) return [];
  const message = `Dette er registrert med dato ${formatDate(ctx.today)} (--as-of), som er etter dagens dato ${formatDate(ctx.realToday)}.`;
  return [{ code: 'AS_OF_FUTURE', message }];
}

interface Failure {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly rule?: string;
  readonly hjemmel?: string;
  readonly until?: string | null;
}

function explain(world: World, fault: unknown, command: string, json: boolean): ExitCode {
  if (fault instanceof CommanderError && fault.exitCode === 0) return EXIT.done;
  const failure = withWayOut(failureOf(fault, world), command);
  if (json) {
    const { exitCode: _exit, hint, until, ...rest } = failure;
    const error = {
      ...rest,
      ...(hint === null ? {} : { hint }),
      ...(until === undefined || until === null ? {} : { until }),
    };
    world.stdout.write(`${JSON.stringify({ schemaVersion: SCHEMA_VERSION, command, error })}\n`);
  } else {
    const rule = failure.hjemmel === undefined ? '' : ` (${failure.hjemmel})`;
    world.stderr.write(`${red('Feil:')} ${plain(failure.message)}${rule}\n`);
    if (failure.hint !== null) world.stderr.write(`${plain(failure.hint)}\n`);
  }
  return failure.exitCode;
}

/** A "no" without advice of its own still says where to look. */
function withWayOut(failure: Failure, command: string): Failure {
  if (failure.hint !== null) return failure;
  const verb = command.split(' ')[0] ?? '';
  if (failure.exitCode === EXIT.usage && Object.hasOwn(VERBS, verb))
    return { ...failure, hint: `Se eksempler med «inkasso help ${verb}».` };
  const until = failure.until === undefined || failure.until === null ? null : parseDate(failure.until);
  return until === null ? failure : { ...failure, hint: `Det kan gjøres fra ${formatDate(until)}.` };
}

const DATABASE_EXITS: Readonly<Record<DatabaseProblem['code'], ExitCode>> = {
  DB_MISSING: EXIT.notFound,
  DB_EXISTS: EXIT.usage,
  DB_NOT_OURS: EXIT.usage,
  DB_NEWER: EXIT.usage,
  DB_UNREADABLE: EXIT.fault,
  DB_READONLY: EXIT.fault,
  DB_IN_USE: EXIT.fault,
  DISK_FULL: EXIT.fault,
  FILE_EXISTS: EXIT.usage,
  COPY_FAILED: EXIT.fault,
};

function failureOf(fault: unknown, world: World): Failure {
  if (fault instanceof UserFault) {
    const { exitCode, code, message, hint, refusal } = fault;
    const law =
      refusal === null ? {} : { rule: refusal.rule, hjemmel: refusal.hjemmel, until: refusal.until };
    return { exitCode, code, message, hint, ...law };
  }
  if (fault instanceof RateUnknown) {
    const { message, hint, rule } = fault;
    return { exitCode: EXIT.rateMissing, code: 'RATE_UNKNOWN', message, hint, rule, hjemmel: citeRule(rule) };
  }
  if (fault instanceof DatabaseProblem) {
    return {
      exitCode: DATABASE_EXITS[fault.code],
      code: fault.code,
      message: fault.message,
      hint: fault.hint,
    };
  }
  if (fault instanceof CommanderError) return commandLineFailure(fault, world);
  if (fault instanceof BrowserMissing)
    return {
      exitCode: EXIT.fault,
      code: 'BROWSER_MISSING',
      message: fault.message,
      hint: 'Se hva som er funnet med «inkasso doctor».',
    };
  if (fault instanceof CaseMoved) {
    return {
      exitCode: EXIT.fault,
      code: 'CASE_MOVED',
      message: 'Saken ble endret av en annen kjøring samtidig.',
      hint: 'Prøv igjen.',
    };
  }
  if (fault instanceof Interrupted)
    return {
      exitCode: EXIT.interrupted,
      code: 'INTERRUPTED',
      message: 'Avbrutt. Ingenting er lagret.',
      hint: 'Kjør kommandoen på nytt når du vil.',
    };
  return systemFailure(fault) ?? bugFailure(fault, world);
}

const DISK_FULL = {
  message: 'Disken er full.',
  hint: 'Frigjør plass og kjør på nytt. Det som var lagret før, er like helt.',
};

/** What the machine says no to: what is wrong, and what to do. */
const MACHINE_FAULTS: Readonly<Record<string, readonly [string, string]>> = {
  SQLITE_IOERR: [
    'Databasen kunne ikke leses eller skrives; disken kan være skadet.',
    'Se om disken har plass, og kjør «inkasso check».',
  ],
  SQLITE_BUSY: ['Databasen er i bruk av en annen kjøring.', 'Vent til den er ferdig, og prøv igjen.'],
  EACCES: ['Mangler tilgang til en fil eller mappe.', 'Velg en annen mappe, eller endre tilgangen til den.'],
  EPERM: ['Mangler tilgang til en fil eller mappe.', 'Velg en annen mappe, eller endre tilgangen til den.'],
  EROFS: ['Disken kan bare leses.', 'Velg en mappe på en disk som kan skrives.'],
  EISDIR: ['Det ligger en mappe der filen skulle vært.', 'Velg et annet navn.'],
  ENOTDIR: ['En del av stien er ikke en mappe.', 'Velg en mappe som finnes, eller et nytt navn.'],
  ENOENT: ['En fil eller mappe finnes ikke lenger.', 'Sjekk stien og kjør på nytt.'],
  SQLITE_READONLY: ['Databasen kan bare leses.', 'Endre tilgangen til filen og mappen den ligger i.'],
  SQLITE_CANTOPEN: ['Databasen kan ikke åpnes.', 'Se om filen og mappen den ligger i, kan leses og skrives.'],
  SQLITE_CORRUPT: ['Databasen er skadet.', 'Hent fram en sikkerhetskopi med «inkasso restore <fil>».'],
  SQLITE_NOTADB: ['Databasen er skadet.', 'Hent fram en sikkerhetskopi med «inkasso restore <fil>».'],
};

function systemFailure(fault: unknown): Failure | null {
  if (!(fault instanceof Error) || !('code' in fault) || typeof fault.code !== 'string') return null;
  if (isFull(fault.code)) return { exitCode: EXIT.fault, code: 'DISK_FULL', ...DISK_FULL };
  const code = Object.keys(MACHINE_FAULTS).find(
    (known) => fault.code === known || String(fault.code).startsWith(`${known}_`),
  );
  const [message, hint] = code === undefined ? [] : (MACHINE_FAULTS[code] ?? []);
  if (code === undefined || message === undefined || hint === undefined) return null;
  const where = 'path' in fault && typeof fault.path === 'string' ? ` (${fault.path})` : '';
  return { exitCode: EXIT.fault, code, message: `${message.replace(/\.$/, '')}${where}.`, hint };
}

function bugFailure(fault: unknown, world: World): Failure {
  const message = fault instanceof Error ? fault.message : String(fault);
  if (world.env['INKASSO_DEBUG'] !== undefined && fault instanceof Error)
    world.stderr.write(`${fault.stack ?? ''}\n`);
  return {
    exitCode: EXIT.bug,
    code: 'BUG',
    message: `Noe gikk galt i programmet: ${message}`,
    hint: 'Kjør på nytt med INKASSO_DEBUG=1 og meld feilen med det som da skrives ut.',
  };
}

/** What the argument parser objects to, in bokmål. */
function commandLineFailure(fault: CommanderError, world: World): Failure {
  // `help` for a command that does not exist says only that help was shown.
  const asked =
    fault.code === 'commander.help' ? (world.argv.filter((word) => !word.startsWith('-')).at(-1) ?? '') : '';
  const name = /'([^']+)'/.exec(fault.message)?.[1] ?? asked;
  const near = /Did you mean (?:one of )?([^?]+)\?/.exec(fault.message)?.[1];
  const words: Record<string, string> = {
    'commander.unknownCommand': `Det finnes ingen kommando «${name}».`,
    'commander.help': `Det finnes ingen kommando «${name}».`,
    'commander.unknownOption': `Det finnes ikke noe flagg «${name}» her.`,
    'commander.missingArgument': `Argumentet <${name}> mangler.`,
    'commander.optionMissingArgument': `Flagget ${name} mangler en verdi.`,
    'commander.excessArguments': 'Det er for mange argumenter.',
    'commander.missingMandatoryOptionValue': `Flagget ${name} mangler.`,
  };
  const verb = verbIn(world.argv) ?? '';
  const help = Object.hasOwn(VERBS, verb)
    ? `Se «inkasso help ${verb}».`
    : 'Se kommandoene med «inkasso --help».';
  const hint = near === undefined ? help : `Mente du ${near}?`;
  return { exitCode: EXIT.usage, code: 'USAGE', message: words[fault.code] ?? fault.message, hint };
}

/** Starts the program on the real machine. */
export function start(): void {
  const interrupt = (): void => process.exit(EXIT.interrupted);
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  // A reader that stops reading, such as `head`, is no fault.
  process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code === 'EPIPE') process.exit(EXIT.done);
  });
  const world: World = {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    now: () => new Date(),
    stdout: process.stdout,
    stderr: process.stderr,
    interactive: process.stdin.isTTY && process.stderr.isTTY,
  };
  void run(world).then((code) => {
    process.exitCode = code;
  });
}

function wantsColour(world: World, json: boolean): boolean {
  const { NO_COLOR, TERM } = world.env;
  if (json || (NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb') return false;
  return process.stdout.isTTY && !world.argv.includes('--no-color');
}

import { CommanderError } from 'commander';
import { BrowserMissing } from '../io/browser-missing.js';
import { CaseMoved } from '../io/journal.js';
import { MailSetup } from '../io/mail.js';
import { DatabaseProblem, isFull } from '../io/sqlite.js';
import { formatDate, parseDate } from '../law/dates.js';
import { RateUnknown } from '../law/rates.js';
import { citeRule } from '../law/rules.js';
import { EXIT, UserFault, type ExitCode } from '../tasks/fault.js';
import { meant } from '../tasks/near.js';
import { Interrupted } from '../terminal/prompts.js';
import { plain, red } from '../terminal/text.js';
import { fitted, placesIn } from '../terminal/width.js';
import { SCHEMA_VERSION } from './envelope.js';
import { VERBS, verbIn } from './verbs.js';
import { suitTerminal, type World } from './world.js';

interface Failure {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly rule?: string;
  readonly hjemmel?: string;
  readonly until?: string | null;
}

/** What is known of the command line that failed. */
interface Failed {
  readonly command: string;
  readonly json: boolean;
  /** The verbs within its verb. */
  readonly within: readonly string[];
  /** What does not hold together in the database in use; null where all does. */
  readonly damage: () => Promise<string | null>;
  /** Whether anything was recorded before it failed. */
  readonly recorded: () => boolean;
}

/** Says what went wrong, in words for the user or as JSON, and returns the exit code. */
export async function explain(world: World, fault: unknown, failed: Failed): Promise<ExitCode> {
  const { command, json, within } = failed;
  await suitTerminal(world);
  if (fault instanceof Interrupted) return interrupted(world, failed.recorded());
  const found =
    failureOf(fault, world, within) ?? damageFailure(await failed.damage()) ?? bugFailure(fault, world);
  const failure = withWayOut(found, command, meant(wordWithin(world.argv), within));
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
    const lines = [`${red('Feil:')} ${plain(failure.message)}${rule}`];
    if (failure.hint !== null) lines.push(plain(failure.hint));
    world.stderr.write(`${fitted(lines.join('\n'), placesIn(world.stderr))}\n`);
  }
  return failure.exitCode;
}

/** Somebody chose to stop at a question: no fault. */
function interrupted(world: World, recorded: boolean): ExitCode {
  const left = recorded ? 'det som alt var gjort, er lagret' : 'ingenting er lagret';
  world.stderr.write(`Avbrutt: ${left}.\n`);
  return EXIT.interrupted;
}

/** A "no" without advice of its own still says where to look. */
function withWayOut(failure: Failure, command: string, likelier: string | null): Failure {
  if (failure.hint !== null) return failure;
  const verb = command.split(' ')[0] ?? '';
  if (failure.exitCode === EXIT.usage && Object.hasOwn(VERBS, verb))
    return { ...failure, hint: likelier ?? `Se eksempler med «inkasso help ${verb}».` };
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

/** Null for what nobody foresaw. */
function failureOf(fault: unknown, world: World, verbs: readonly string[]): Failure | null {
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
  if (fault instanceof CommanderError) return commandLineFailure(fault, world, verbs);
  if (fault instanceof MailSetup) {
    const hint = 'Sett det opp med «inkasso config set»; «inkasso doctor» viser hva som mangler.';
    return { exitCode: EXIT.usage, code: 'MAIL_SETUP', message: fault.message, hint };
  }
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
  return systemFailure(fault);
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
  ERR_DLOPEN_FAILED: [
    'Programmet er installert for en annen versjon av Node enn den som kjører nå.',
    'Installer programmet på nytt, eller kjør det med versjonen det ble installert med.',
  ],
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

/** What nobody foresaw, in a database that does not hold together, comes of that. */
function damageFailure(damage: string | null): Failure | null {
  if (damage === null) return null;
  return {
    exitCode: EXIT.fault,
    code: 'DB_UNREADABLE',
    message: `Databasen er skadet eller endret utenfra: ${damage}`,
    hint: 'Se alt som er galt med «inkasso check», og hent fram en sikkerhetskopi med «inkasso restore <fil>».',
  };
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
function commandLineFailure(fault: CommanderError, world: World, verbs: readonly string[]): Failure {
  const { message, hint } = wordsFor(fault, world, verbs);
  const verb = verbIn(world.argv) ?? '';
  const help = Object.hasOwn(VERBS, verb)
    ? `Se «inkasso help ${verb}».`
    : 'Se kommandoene med «inkasso --help».';
  return { exitCode: EXIT.usage, code: 'USAGE', message, hint: hint ?? help };
}

function wordsFor(
  fault: CommanderError,
  { argv }: World,
  verbs: readonly string[],
): { message: string; hint: string | null } {
  const name = /'([^']+)'/.exec(fault.message)?.[1] ?? '';
  const near = /Did you mean (?:one of )?([^?]+)\?/
    .exec(fault.message)?.[1]
    ?.replace(/, (?=[^,]*$)/, ' eller ');
  const hint = near === undefined ? null : `Mente du ${near}?`;
  switch (fault.code) {
    case 'commander.help':
      return withoutVerb(argv, verbs);
    case 'commander.unknownCommand':
      return { message: `Det finnes ingen kommando «${name}».`, hint };
    case 'commander.excessArguments':
      return verbs.length === 0
        ? { message: 'Det er for mange argumenter.', hint }
        : unknownWithin(argv, verbs);
    case 'commander.unknownOption':
      return { message: `Det finnes ikke noe flagg «${name}» her.`, hint };
    case 'commander.missingArgument':
      return { message: `Argumentet <${name}> mangler.`, hint };
    case 'commander.optionMissingArgument':
      return { message: `Flagget ${name} mangler en verdi.`, hint };
    case 'commander.missingMandatoryOptionValue':
      return { message: `Flagget ${name} mangler.`, hint };
    default:
      return { message: fault.message, hint };
  }
}

/** The parser shows help, for want of anything else, where a verb is not known or is not whole. */
function withoutVerb(
  argv: readonly string[],
  verbs: readonly string[],
): { message: string; hint: string | null } {
  const verb = verbIn(argv);
  if (verb === null) return { message: 'Kommandoen mangler.', hint: null };
  if (verb !== 'help')
    return {
      message: `«inkasso ${verb}» mangler et ord.`,
      hint: `Velg ${listed(verbs)}. Se «inkasso help ${verb}».`,
    };
  const asked = wordWithin(argv);
  return { message: `Det finnes ingen kommando «${asked}».`, hint: meant(asked, Object.keys(VERBS)) };
}

/** A verb within a verb, mistyped, is a word too many for the one that stands in for none. */
function unknownWithin(argv: readonly string[], verbs: readonly string[]): { message: string; hint: string } {
  const within = wordWithin(argv);
  if (verbs.includes(within))
    return { message: 'Det er for mange argumenter.', hint: `Se «inkasso help ${verbIn(argv) ?? ''}».` };
  return {
    message: `Det finnes ingen kommando «${within}» etter «${verbIn(argv) ?? ''}».`,
    hint: meant(within, verbs) ?? `Velg ${listed(verbs)}.`,
  };
}

function listed(words: readonly string[]): string {
  return words.join(', ').replace(/, (?=[^,]*$)/, ' eller ');
}

/** The word after the verb. */
function wordWithin(argv: readonly string[]): string {
  const verb = verbIn(argv);
  return verb === null ? '' : (verbIn(argv.slice(argv.indexOf(verb) + 1)) ?? '');
}

import { Command, CommanderError, type HelpConfiguration } from 'commander';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Act, Verb } from '../tasks/answer.js';
import { EXIT, type ExitCode } from '../tasks/fault.js';
import { examplesOf } from '../terminal/examples.js';
import { TELLS_OF_ALL, VERBS, verbIn } from './verbs.js';
import type { GlobalFlags, World } from './world.js';

/** One command line on its way through the program. */
interface Line {
  readonly world: World;
  command: string;
  exitCode: ExitCode;
  /** What does not hold together in the database in use; null where all does. */
  damage: () => Promise<string | null>;
  /** Whether anything has been recorded. */
  recorded: () => boolean;
}

/** Runs one command line and returns the exit code. */
export async function runLine(world: World, version: string): Promise<ExitCode> {
  const line: Line = {
    world,
    command: verbIn(world.argv) ?? 'help',
    exitCode: EXIT.done,
    damage: () => Promise.resolve(null),
    recorded: () => false,
  };
  let within: readonly string[] = [];
  try {
    const program = await buildProgram(line, version);
    within = program.commands.flatMap(({ commands }) => commands.map((command) => command.name()));
    await program.parseAsync(helpWithin(world.argv), { from: 'user' });
    return line.exitCode;
  } catch (fault) {
    if (fault instanceof CommanderError && fault.exitCode === 0) return EXIT.done;
    if (isWithoutVerb(fault, world)) {
      (await buildProgram(line, version)).outputHelp();
      return EXIT.done;
    }
    const { explain } = await import('./failures.js');
    return await explain(world, fault, { ...line, json: world.argv.includes('--json'), within });
  }
}

/** `help debtor edit` is about a verb within a verb, as `debtor edit --help` is. */
function helpWithin(argv: readonly string[]): string[] {
  const asked = verbIn(argv) === 'help' ? argv.slice(argv.indexOf('help') + 1) : [];
  const [verb, within] = asked.filter((word) => !word.startsWith('-'));
  return verb === undefined || within === undefined ? [...argv] : [verb, within, '--help'];
}

/** Nothing is asked for, with flags or without: what people get is the short help. */
function isWithoutVerb(fault: unknown, { argv }: World): boolean {
  const isHelp = fault instanceof CommanderError && fault.code === 'commander.help';
  return isHelp && verbIn(argv) === null && !argv.includes('--json');
}

async function buildProgram(line: Line, version: string): Promise<Command> {
  const program = bareProgram(version).configureOutput({
    writeOut: (text) => line.world.stdout.write(text),
    writeErr: () => undefined,
  });
  const verb = verbToLoad(line.world.argv);
  const listed =
    verb === null && !TELLS_OF_ALL.includes(verbIn(line.world.argv) ?? '') ? listedVerbs() : null;
  if (listed !== null) listVerbs(program, listed);
  else
    await loadVerbs(program, verb === null ? Object.keys(VERBS) : [verb], (work) =>
      actOn(line, program, work),
    );
  for (const command of [program, ...program.commands])
    command.addHelpText('before', examplesOf(command.name()));
  return program;
}

function bareProgram(version: string): Command {
  return new Command('inkasso')
    .description('Krev inn dine egne forfalte fakturaer, lovlig og etterprøvbart.')
    .option('--db <fil>', 'databasen (ellers $INKASSO_DB, ellers brukerens datamappe)')
    .option('--as-of <dato>', 'hva «i dag» er for denne kommandoen')
    .option('--json', 'svar som JSON')
    .option('--no-input', 'still aldri spørsmål')
    .option('--no-color', 'ingen farger')
    .option('-q, --quiet', 'bare det nødvendigste')
    .version(version, '-V, --version', 'vis versjonen')
    .helpOption('-h, --help', 'vis hjelp')
    .helpCommand('help [kommando]', 'vis hjelp til en kommando')
    .usage('[flagg] <kommando>')
    .configureHelp(NORWEGIAN_HELP)
    .exitOverride();
}

async function loadVerbs(program: Command, names: readonly string[], act: Act): Promise<void> {
  for (const name of names) (await VERBS[name]?.())?.register(program, act);
}

function actOn(line: Line, program: Command, verb: Verb) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    line.command = nameOf(command);
    const args = given.slice(0, -2) as string[];
    const options = command.optsWithGlobals<GlobalFlags>();
    const { openContext } = await import('./world.js');
    const ctx = await openContext(line.world, options);
    line.recorded = () => ctx.recorded;
    line.damage = async () => {
      const { damageIn } = await import('./damage.js');
      try {
        return await damageIn(ctx);
      } finally {
        await ctx.close();
      }
    };
    try {
      const answer = await verb(ctx, args, options);
      const { print } = await import('./envelope.js');
      print(line.world, ctx, line.command, answer);
      line.exitCode = answer.exitCode ?? EXIT.done;
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

/** The one verb a command line is about; null where it is about all of them, or none is known. */
function verbToLoad(argv: readonly string[]): string | null {
  const wanted = verbIn(argv);
  const asked = wanted === 'help' ? verbIn(argv.slice(argv.indexOf('help') + 1)) : wanted;
  const alone = asked !== null && Object.hasOwn(VERBS, asked) && !TELLS_OF_ALL.includes(wanted ?? '');
  return alone ? asked : null;
}

// ---- the list of verbs, without loading them -----------------------------------------------------------------------

/** A verb as the list of all of them names it. */
export interface ListedVerb {
  readonly name: string;
  readonly term: string;
  readonly summary: string;
}

/** What the list of verbs says of each: written once, when the program is built. */
export async function describeVerbs(): Promise<ListedVerb[]> {
  const program = bareProgram('');
  await loadVerbs(program, Object.keys(VERBS), () => () => Promise.resolve());
  const help = program.createHelp();
  return program.commands.map((command) => ({
    name: command.name(),
    term: help.subcommandTerm(command),
    summary: help.subcommandDescription(command),
  }));
}

function listedVerbs(): ListedVerb[] | null {
  // Beside the program when it is built; there is none where it runs from source.
  const file = join(import.meta.dirname, 'verbs.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ListedVerb[]) : null;
}

function listVerbs(program: Command, verbs: readonly ListedVerb[]): void {
  const terms = new Map(verbs.map(({ name, term }) => [name, term]));
  for (const { name, summary } of verbs) program.command(name).summary(summary);
  const ofLoaded = program.createHelp().subcommandTerm.bind(program.createHelp());
  program.configureHelp({
    ...NORWEGIAN_HELP,
    subcommandTerm: (command) => terms.get(command.name()) ?? ofLoaded(command),
  });
}

// ---- help in bokmål ------------------------------------------------------------------------------------------------

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

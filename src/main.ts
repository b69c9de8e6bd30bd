import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import { programFolder } from './io/home.js';
import type { ListedVerb } from './program/program.js';
import type { World } from './program/world.js';
import { EXIT, type ExitCode } from './tasks/fault.js';

/** Runs one command line and returns the exit code. Loads no more than that line needs. */
export async function run(world: World): Promise<ExitCode> {
  const { runLine } = await import('./program/program.js');
  return runLine(world, version());
}

/** What the list of verbs says of each. */
export async function describeVerbs(): Promise<ListedVerb[]> {
  return (await import('./program/program.js')).describeVerbs();
}

function version(): string {
  return (JSON.parse(readFileSync(join(programFolder(), 'package.json'), 'utf8')) as { version: string })
    .version;
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
  // What draws the questions looks for the wish there alone.
  if (process.argv.includes('--no-color')) process.env['NO_COLOR'] = '1';
  const world: World = {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    now: () => new Date(),
    stdout: process.stdout,
    stderr: process.stderr,
    // Asked without opening the keyboard, which most commands never read. Questions go to stderr: stdout carries data.
    get keyboard() {
      return isatty(0) && isatty(2) ? () => ({ input: process.stdin, output: process.stderr }) : null;
    },
  };
  void run(world).then((code) => {
    process.exitCode = code;
  });
}

import type { Context } from '../context.js';
import { parseDate, type LocalDate } from '../law/dates.js';
import type { Options } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { terminalAsker, type Asker, type Keyboard } from '../terminal/prompts.js';
import { useColour } from '../terminal/text.js';
import { placesIn, useWidth, type Outlet } from '../terminal/width.js';

/** The world a run of the program happens in. Everything it reads from outside comes through here. */
export interface World {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  readonly now: () => Date;
  readonly stdout: Outlet;
  readonly stderr: Outlet;
  /** Where a person types and is asked; null when nobody is there. Opened at the first question. */
  readonly keyboard: (() => Keyboard) | null;
}

/** The flags that every verb has. */
export type GlobalFlags = Options & { db?: string; asOf?: string; input?: boolean };

export async function openContext(world: World, options: GlobalFlags): Promise<Context> {
  const { createContext } = await import('../machine.js');
  await suitTerminal(world);
  const now = world.now();
  const realToday = osloDate(now);
  return createContext({
    db: options.db ?? null,
    json: options['json'] === true,
    quiet: options['quiet'] === true,
    today: options.asOf === undefined ? realToday : readAsOf(options.asOf),
    realToday,
    machine: () => machineDate(now),
    env: world.env,
    platform: world.platform,
    cwd: world.cwd,
    get ask() {
      return options.input === false || options['json'] === true ? null : askerOf(world);
    },
    instant: () => world.now().toISOString(),
    stderr: world.stderr,
  });
}

function askerOf({ keyboard }: World): Asker | null {
  return keyboard === null ? null : terminalAsker(keyboard);
}

/** D1: the calendar date in Norway at an instant, whatever the machine's own time zone. */
export function osloDate(now: Date): LocalDate {
  const utc = now.getTime();
  const [earliest, latest] = [dateAt(utc + HOUR), dateAt(utc + 2 * HOUR)];
  return earliest === latest ? earliest : dateIn('Europe/Oslo', now);
}

function machineDate(now: Date): { date: LocalDate; timeZone: string } {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return { date: dateIn(timeZone, now), timeZone };
}

function dateIn(timeZone: string, now: Date): LocalDate {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now) as LocalDate;
}

// Norway has been one or two hours ahead of UTC since 1895. Which of them matters for one hour of the day; the tables of
// time zones, slow to open, are asked then only.
const HOUR = 3_600_000;

function dateAt(milliseconds: number): LocalDate {
  return new Date(milliseconds).toISOString().slice(0, 10) as LocalDate;
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

/** Lines as wide as the terminal, and colours for people at one that has them; never in JSON. */
export async function suitTerminal(world: World): Promise<void> {
  useWidth(placesIn(world.stdout));
  const { NO_COLOR, TERM } = world.env;
  const plain =
    world.argv.includes('--json') || (NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb';
  await useColour(!plain && world.stdout.isTTY === true && !world.argv.includes('--no-color'));
}

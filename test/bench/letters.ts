import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createContext } from '../../src/machine.js';
import { startBrowser } from '../../src/io/browser-launch.js';
import { batchHtml, partsOf, withStyle } from '../../src/io/pdf-batch.js';
import { preparePage, render } from '../../src/io/pdf-page.js';
import { localDate } from '../../src/law/dates.js';
import { draftsOf, newPlan } from '../../src/tasks/run-plan.js';
import { createDue, TODAY } from './database.js';
import { byTurns, print, type Row } from './table.js';

const BATCH = 50;
/** Letters that are printed one by one, on a page that is used again and with a browser each; the rest take as long. */
const SINGLES = 20;
const ALONE = 3;
/** From so many letters on, one round takes minutes. */
const MANY = 5000;

interface Measured {
  readonly count: number;
  readonly whole: number;
  readonly unsplit: number;
  /** As long as all would take; null where so few are printed that starting the browser is most of it. */
  readonly reused: number | null;
  readonly browserEach: number | null;
  /** The most memory the program takes at any time, in MB, without the browser's. */
  readonly megabytes: number;
}

/** What `npm run bench` says of letters: a whole run against its limits. */
export async function benchLetters(count: number, rounds: number): Promise<void> {
  const { whole, unsplit, reused, browserEach, megabytes } = await measure(count, rounds);
  const against = (what: string, milliseconds: number | null, limit: string): Row[] =>
    milliseconds === null
      ? []
      : [{ what, milliseconds, baseline: 'inkasso run', ratio: milliseconds / whole, limit }];
  print(
    `${count} brev (ms i alt; ${(whole / count).toFixed(1)} ms per brev; prosessen bruker på det meste ${megabytes} MB, grense 400)`,
    [
      {
        what: 'inkasso run',
        milliseconds: whole,
        baseline: 'samme sider udelt',
        ratio: whole / unsplit,
        // So few cost what it takes to start a browser.
        limit: count <= 10 ? '≤ 1,5' : '≤ 1,6',
      },
      ...against('én side brukt om igjen', reused, '≥ 5'),
      ...against('en nettleser per brev', browserEach, '≥ 60'),
    ],
  );
}

/** The table of README: how cost grows with the number of letters. */
export async function benchGrowth(counts: readonly number[], rounds: number): Promise<void> {
  const titles = ['Brev', 'Tid', 'Mot udelt', 'Én side', 'Egen nettleser', 'Minne'];
  process.stdout.write(`| ${titles.join(' | ')} |\n|${' ---: |'.repeat(titles.length)}\n`);
  for (const count of counts) {
    const { whole, unsplit, reused, browserEach, megabytes } = await measure(count, rounds);
    const times = (milliseconds: number | null): string =>
      milliseconds === null ? '–' : `${(milliseconds / whole).toFixed(1).replace('.', ',')} ×`;
    const cells = [
      String(count).replace(/(?<=\d)(?=\d{3}$)/, ' '),
      `${(whole / 1000).toFixed(1).replace('.', ',')} s`,
      `${(whole / unsplit).toFixed(2).replace('.', ',')} ×`,
      times(reused),
      times(browserEach),
      `${megabytes} MB`,
    ];
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }
}

/** A whole run, as it is typed, against the same browser printing the same pages unsplit, and one by one. */
async function measure(count: number, rounds: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'inkasso-maaling-'));
  try {
    const database = join(folder, 'inkasso.db');
    createDue(database, count);
    const letters = await htmlOf(database);
    const singles = letters.slice(0, SINGLES);
    const memory: number[] = [];
    const few = count <= 10;
    const works = {
      unsplit: () => printUnsplit(letters),
      run: async () => memory.push(await runOn(database, folder)),
      ...(few
        ? {}
        : {
            reused: () => printOneByOne(singles, true),
            browserEach: () => printOneByOne(singles.slice(0, ALONE), false),
          }),
    };
    const long = count >= MANY;
    const times = await byTurns(long ? 1 : rounds, works, !long);
    const { unsplit = 0, run: whole = 0, reused = 0, browserEach = 0 } = times;
    return {
      ...{ count, whole, unsplit, megabytes: Math.round(Math.max(...memory)) },
      reused: few ? null : (reused / SINGLES) * count,
      browserEach: few ? null : (browserEach / ALONE) * count,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Letter = Readonly<Record<'html' | 'css', string>>;

async function htmlOf(database: string): Promise<Letter[]> {
  const silent = { write: () => true };
  const today = localDate(TODAY);
  const ctx = createContext({
    ...{ db: database, json: true, quiet: true, today, realToday: today, ask: null },
    machine: () => ({ date: today, timeZone: 'Europe/Oslo' }),
    ...{ env: process.env, platform: process.platform, cwd: process.cwd(), stderr: silent },
    instant: () => new Date().toISOString(),
  });
  const options = {
    dryRun: true,
    sent: false,
    email: false,
    catchUp: false,
    limit: null,
    only: null,
    out: null,
  };
  const found: Letter[] = [];
  const all = {
    ...options,
    appendix: false,
    oldBankFiles: null,
    repeat: false,
    claimsConfirmed: true,
    heldMost: null,
  };
  for await (const { html, css } of draftsOf(ctx, all, newPlan())) found.push({ html, css });
  await ctx.close();
  return found;
}

const TELL_MEMORY = `process.on('exit', () => process._rawDebug('MEMORY ' + process.resourceUsage().maxRSS))`;

/** Runs the program on a copy. Returns the most memory it took, in MB. */
async function runOn(database: string, folder: string): Promise<number> {
  const copy = join(folder, 'kopi.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
  rmSync(join(folder, 'brev-kopi'), { recursive: true, force: true });
  copyFileSync(database, copy);
  const tell = ['--import', `data:text/javascript,${encodeURIComponent(TELL_MEMORY)}`];
  const { NODE_EXTRA_CA_CERTS: _slow, ...env } = process.env;
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [...tell, 'bin/inkasso.js', 'run', '--db', copy, '--as-of', TODAY, '--quiet', '--sent'],
    { maxBuffer: 2 ** 26, env },
  );
  return Number(/MEMORY (\d+)/.exec(stderr)?.[1]) / 1024;
}

async function printUnsplit(letters: readonly Letter[]): Promise<void> {
  const { browser, stop } = await startBrowser(process.env);
  const batches: Iterable<string>[] = [];
  for (let at = 0; at < letters.length; at += BATCH) {
    const parts = letters.slice(at, at + BATCH).flatMap(({ html, css }) => partsOf(html, css) ?? []);
    batches.push(batchHtml(parts[0]?.css ?? '', parts));
  }
  const work = async (): Promise<void> => {
    const page = await preparePage(browser);
    for (let html = batches.shift(); html !== undefined; html = batches.shift())
      await render(page, html, false);
  };
  await Promise.all([work(), work()]);
  await stop();
}

async function printOneByOne(letters: readonly Letter[], reuse: boolean): Promise<void> {
  for (let rest = [...letters]; rest.length > 0;) {
    const { browser, stop } = await startBrowser(process.env);
    const page = await preparePage(browser);
    for (const { html, css } of rest.splice(0, reuse ? rest.length : 1))
      await render(page, [withStyle(html, css)], false);
    await stop();
  }
}

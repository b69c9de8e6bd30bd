import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createContext } from '../../src/context.js';
import { startBrowser } from '../../src/io/browser-launch.js';
import { batchHtml, partsOf, withStyle } from '../../src/io/pdf-batch.js';
import { preparePage, render } from '../../src/io/pdf-page.js';
import { localDate } from '../../src/law/dates.js';
import { run } from '../../src/main.js';
import { draftsOf, newPlan } from '../../src/tasks/run-plan.js';
import { createDue, TODAY } from './database.js';
import { byTurns, print } from './table.js';

const BATCH = 50;

/** A whole run against the same browser printing the same pages, unsplit, and one by one on a page that is used again. */
export async function benchLetters(count: number, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'inkasso-maaling-'));
  try {
    const database = join(folder, 'inkasso.db');
    createDue(database, count);
    const letters = await htmlOf(database);
    const singles = letters.slice(0, 20);
    const fresh = (): string => {
      const copy = join(folder, 'kopi.db');
      for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
      copyFileSync(database, copy);
      return copy;
    };
    const times = await byTurns(rounds, {
      unsplit: () => printUnsplit(letters),
      run: () => runOn(fresh()),
      ...(count <= 10
        ? {}
        : {
            reused: () => printOneByOne(singles, true),
            browserEach: () => printOneByOne(singles.slice(0, 3), false),
          }),
    });
    const { unsplit = 0, run: whole = 0, reused = 0, browserEach = 0 } = times;
    const per = whole / count;
    print(
      `${count} brev (ms i alt; ${per.toFixed(1)} ms per brev; prosessen bruker på det meste ${await peakMegabytes(fresh())} MB, grense 400)`,
      [
        {
          what: 'inkasso run',
          milliseconds: whole,
          baseline: 'samme sider udelt',
          ratio: whole / unsplit,
          // So few cost what it takes to start a browser.
          limit: count <= 10 ? '≤ 1,5' : '≤ 1,6',
        },
        ...(count <= 10
          ? []
          : [
              {
                what: 'én side brukt om igjen',
                milliseconds: (reused / 20) * count,
                baseline: 'inkasso run',
                ratio: reused / 20 / per,
                limit: '≥ 5',
              },
              {
                what: 'en nettleser per brev',
                milliseconds: (browserEach / 3) * count,
                baseline: 'inkasso run',
                ratio: browserEach / 3 / per,
                limit: '≥ 60',
              },
            ]),
      ],
    );
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

/** The most memory a run on its own takes at any time, without the browser's. */
async function peakMegabytes(database: string): Promise<number> {
  const args = [
    '--import',
    `data:text/javascript,${encodeURIComponent(TELL_MEMORY)}`,
    'bin/inkasso.js',
    'run',
  ];
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [...args, '--db', database, '--as-of', TODAY, '--quiet', '--sent'],
    { maxBuffer: 2 ** 26 },
  );
  return Math.round(Number(/MEMORY (\d+)/.exec(stderr)?.[1]) / 1024);
}

async function runOn(database: string): Promise<void> {
  const failed: string[] = [];
  const code = await run({
    argv: ['run', '--db', database, '--as-of', TODAY, '--quiet', '--sent'],
    ...{ env: process.env, cwd: process.cwd(), platform: process.platform, keyboard: null },
    now: () => new Date(`${TODAY}T10:00:00Z`),
    stdout: { write: () => true },
    stderr: { write: (text: string) => failed.push(text) },
  });
  if (code !== 0) throw new Error(`inkasso run: ${code} ${failed.join('')}`);
}

async function printUnsplit(letters: readonly Letter[]): Promise<void> {
  const { browser, stop } = await startBrowser(process.env);
  const batches: string[] = [];
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
      await render(page, withStyle(html, css), false);
    await stop();
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { bareEnvironment, CONSUMER, Desk, PROGRAM } from '../support/cli.js';

const DAY = '2026-08-20';
const BIN = join(PROGRAM, 'bin', 'inkasso.js');
/** A temporary folder of our own: what is looked for and killed here must be ours. */
const scratch = mkdtempSync(join(tmpdir(), 'inkasso-drept-'));

afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

const profiles = (): string[] => readdirSync(scratch).filter((name) => /^inkasso-nettleser-\d+-/.test(name));

function start(desk: Desk): ChildProcess {
  return spawn(process.execPath, [BIN, '--as-of', DAY, 'run'], {
    cwd: desk.folder,
    env: { ...bareEnvironment(desk.folder), INKASSO_DB: desk.database, TMPDIR: scratch },
    stdio: 'ignore',
  });
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => child.once('close', (code) => done(code)));

async function until(what: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !what() && Date.now() < end;) await setTimeout(20);
  expect(what()).toBe(true);
}

/** Numbers of the browsers that use a profile. */
function browsersOf(profile: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(profile);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function deskWithLetter(): Promise<Desk> {
  const desk = await Desk.open();
  await desk.ok(DAY, 'add', ...CONSUMER);
  return desk;
}

// Only Linux tells which process uses a profile.
describe.runIf(process.platform === 'linux')('the folder of a browser', () => {
  it('is removed by the next run when the program was killed, and nothing else is', async () => {
    const desk = await deskWithLetter();
    const killed = start(desk);
    await until(() => profiles().some((name) => browsersOf(name).length > 0));
    const [left = ''] = profiles();
    expect(left).toContain(`-${killed.pid}-`);
    killed.kill('SIGKILL');
    await ended(killed);
    await until(() => browsersOf(left).length === 0);
    expect(profiles()).toEqual([left]);

    // Names as ours, of somebody who is gone, but not made by us; and one of somebody who is there.
    const gone = killed.pid ?? 0;
    const target = join(scratch, 'noe-annet');
    const kept = [
      `inkasso-nettleser-${gone}-lenke1`,
      `inkasso-nettleser-${gone}-aapen1`,
      `inkasso-nettleser-${gone}-filen1`,
      `inkasso-nettleser-${process.pid}-lever1`,
      'inkasso-nettleser-gammel',
    ];
    const [link = '', open = '', file = '', living = '', old = ''] = kept.map((name) => join(scratch, name));
    for (const folder of [target, open, living, old]) mkdirSync(folder, { mode: 0o700 });
    chmodSync(open, 0o755);
    symlinkSync(target, link);
    writeFileSync(file, 'en fil');
    for (const folder of [target, open, living, old]) writeFileSync(join(folder, 'noe'), 'noe');

    expect(await ended(start(desk))).toBe(0);
    expect(
      readdirSync(scratch)
        .filter((name) => name.startsWith('inkasso-nettleser-'))
        .sort(),
    ).toEqual(kept.sort());
    for (const folder of [target, open, living, old]) expect(existsSync(join(folder, 'noe'))).toBe(true);
    for (const name of kept) rmSync(join(scratch, name), { recursive: true, force: true });
    expect(desk.pdfs().filter((path) => path.includes('sak-'))).toHaveLength(1);
  });

  it('is removed at once when the browser was killed', async () => {
    const desk = await deskWithLetter();
    const running = start(desk);
    await until(() => profiles().some((name) => browsersOf(name).length > 0));
    for (const pid of browsersOf(profiles()[0] ?? 'none')) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone with the first.
      }
    }
    await ended(running);
    expect(profiles()).toEqual([]);
  });

  it('and a print file that was begun, is removed with the run that was killed', async () => {
    const desk = await deskWithLetter();
    const killed = start(desk);
    const letters = desk.path('brev', DAY);
    const begun = (): string[] =>
      existsSync(letters) ? readdirSync(letters).filter((name) => name.startsWith('.utskrift')) : [];
    await until(() => begun().length > 0);
    killed.kill('SIGKILL');
    await ended(killed);
    expect(begun()).toEqual([`.utskrift.${killed.pid}.tmp`]);
    expect(await ended(start(desk))).toBe(0);
    expect(begun()).toEqual([]);
  });
});

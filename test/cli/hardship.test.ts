import Database from 'better-sqlite3';
import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/io/db.js';
import { osloDate } from '../../src/program/world.js';
import {
  bareEnvironment,
  claim,
  CONSUMER,
  Desk,
  DUE,
  INIT,
  PROGRAM,
  shareBrowser,
  type Outcome,
  type RunData,
} from '../support/cli.js';

shareBrowser();
const DAY = '2026-08-20';
const BIN = join(PROGRAM, 'bin', 'inkasso.js');
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

function environment(desk: Desk): NodeJS.ProcessEnv {
  return { ...bareEnvironment(desk.folder), INKASSO_DB: desk.database };
}

/** One sentence that says what is wrong, one that says what to do, and nothing a programmer wrote. */
function expectSentences({ stderr }: Outcome, what: RegExp): void {
  expect(stderr).toMatch(/^Feil: [^\n]+\n[^\n]+\n$/);
  expect(stderr).toMatch(what);
  expect(stderr).not.toMatch(/\bat .*:\d+|SQLITE|E[A-Z]{4,}|Error|undefined/);
}

describe('the database file', () => {
  it('is written so that what is recorded survives a power cut', async () => {
    const db = openDatabase((await Desk.open()).database);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
  });

  it('that is missing, in a folder that is missing, or where none can be, is told in a sentence', async () => {
    const desk = new Desk();
    const missing = await desk.cli(['--db', desk.path('ingen/sted/i.db'), 'list']);
    expect(missing.code).toBe(4);
    expectSentences(missing, /Fant ingen database/);
    desk.write('fil', '');
    const nowhere = await desk.cli(['--db', desk.path('fil/i.db'), 'init', ...INIT]);
    expect(nowhere.code).toBe(1);
    expectSentences(nowhere, /Kan ikke lese og skrive/);
  });

  it('of a newer version of the program is left alone', async () => {
    const desk = await Desk.open();
    const db = new Database(desk.database);
    db.pragma('user_version = 9999');
    db.close();
    const before = readFileSync(desk.database);
    const outcome = await desk.on(DAY, 'list');
    expect(outcome.code).toBe(2);
    expectSentences(outcome, /nyere versjon.*\n.*Oppdater programmet/);
    expect(readFileSync(desk.database)).toEqual(before);
  });

  it.skipIf(process.platform === 'win32')('that may only be read is told in a sentence', async ({ skip }) => {
    const desk = await Desk.open();
    chmodSync(desk.folder, 0o755);
    chmodSync(desk.database, 0o444);
    if ('uid' in NOBODY) chownSync(desk.database, 0, 0);
    const stood = readFileSync(desk.database);
    const asNobody = spawnSync(process.execPath, [BIN, '-V'], { ...NOBODY, encoding: 'utf8' });
    skip(asNobody.status !== 0, 'run as root, from a folder nobody else may read');
    for (const args of [['note', '1', 'hei'], ['list']])
      expectOnlyRead(
        spawnSync(process.execPath, [BIN, ...args], {
          ...NOBODY,
          cwd: desk.folder,
          env: environment(desk),
          encoding: 'utf8',
        }),
      );
    expect(readFileSync(desk.database)).toEqual(stood);
  });

  it('on a disk that may only be read is told in a sentence', async ({ skip }) => {
    const desk = await Desk.open();
    await desk.ok(DAY, 'add', ...CONSUMER);
    const mount = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1" && shift && exec "$@"';
    const onDisk = (...command: string[]) =>
      spawnSync('unshare', ['-rm', 'sh', '-c', mount, 'sh', desk.folder, ...command], {
        env: environment(desk),
        encoding: 'utf8',
      });
    skip(onDisk('true').status !== 0, 'this system lets nobody mount a folder to be read only');
    const stood = desk.stored();
    for (const args of [['list'], ['note', '1', 'hei'], ['run'], ['backup', 'kopi.db'], ['check']])
      expectOnlyRead(onDisk(process.execPath, BIN, '--as-of', DAY, ...args));
    const { stdout } = onDisk(process.execPath, BIN, 'doctor');
    expect(stdout).toMatch(/✗ Database: .* kan leses, men ikke skrives/);
    expect(stdout).toMatch(/✓ Nettleser:/);
    expect(desk.stored()).toEqual(stood);
  });

  function expectOnlyRead({ status, stdout, stderr }: SpawnSyncReturns<string>): void {
    expect([status, stdout]).toEqual([1, '']);
    expectSentences(
      { code: 1, stdout, stderr },
      /inkasso\.db kan leses, men ikke skrives\.\nGjør filen og mappen/,
    );
  }

  describe('that is damaged', () => {
    let desk: Desk;
    let whole: Buffer;
    beforeAll(async () => {
      desk = await Desk.open();
      await desk.ok(DAY, 'add', ...CONSUMER);
      await desk.run(DAY, '--sent');
      await desk.ok(DAY, 'backup', desk.path('hel.db'));
      whole = readFileSync(desk.path('hel.db'));
    });
    const LOOKS = [['list'], ['show', '1'], ['check'], ['report'], ['run', '--dry-run'], ['letter', '1']];

    it.each([0.1, 0.3, 0.5, 0.7, 0.9, 0.99])('cut to %f of its length: no command breaks', async (share) => {
      writeFileSync(desk.database, whole.subarray(0, Math.floor(whole.length * share)));
      for (const look of LOOKS) await looksWell(look);
      expect((await desk.on(DAY, 'check')).code).not.toBe(0);
    });

    it('by single bits: no command breaks, and what check calls clean has the figures it had', async () => {
      const figures = async (): Promise<unknown> => {
        const { claim: standing, letters, events } = await desk.show(DAY);
        return { standing, letters, events: events.length };
      };
      const stood = await figures();
      const flips = Number(process.env['FLIPS'] ?? 40);
      for (let flip = 0; flip < flips; flip += 1) {
        const bytes = Buffer.from(whole);
        // What is not the letter's PDF lies first.
        const at = Math.floor(((flip + 0.5) / flips) * Math.min(bytes.length, 130_000));
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (flip % 8));
        writeFileSync(desk.database, bytes);
        await looksWell(LOOKS[flip % LOOKS.length] ?? []);
        if ((await looksWell(['check'])) === 0) expect(await figures(), `bit at ${at}`).toEqual(stood);
        rmSync(`${desk.database}-wal`, { force: true });
        rmSync(`${desk.database}-shm`, { force: true });
      }
    });

    async function looksWell(look: readonly string[]): Promise<number> {
      const outcome = await desk.on(DAY, ...look);
      expect([0, 1, 2, 3, 4, 6], `${look.join(' ')}: ${outcome.stderr}`).toContain(outcome.code);
      expect(outcome.stderr).not.toMatch(/\bat .*:\d+|SQLITE_|undefined/);
      return outcome.code;
    }

    afterEach(() => {
      for (const suffix of ['-wal', '-shm']) rmSync(desk.database + suffix, { force: true });
      copyFileSync(desk.path('hel.db'), desk.database);
    });
  });
});

describe.skipIf(process.platform === 'win32')('a full disk', () => {
  it('is told in a sentence, and loses nothing that was there', async () => {
    const desk = await Desk.open();
    await desk.ok(DAY, 'add', ...CONSUMER);
    await desk.ok(DAY, 'backup', desk.path('kopi.db'));
    const stood = desk.stored();
    // No file may grow: what a full disk says no to, on any machine and for any user.
    const full = (...args: string[]): Outcome => {
      const { status, stdout, stderr } = spawnSync(
        'bash',
        ['-c', 'ulimit -f 16; exec "$@"', 'bash', process.execPath, BIN, '--as-of', DAY, ...args],
        { cwd: desk.folder, env: environment(desk), encoding: 'utf8' },
      );
      return { code: status ?? -1, stdout, stderr };
    };
    for (const args of [
      ['note', '1', 'et notat'],
      ['pay', '1', '100'],
      ['backup', 'ny.db'],
    ]) {
      const outcome = full(...args);
      expect(outcome.code, args.join(' ')).toBe(1);
      expectSentences(outcome, /Disken er full/);
    }
    expect((await desk.on(DAY, 'check')).code).toBe(0);
    expect(desk.stored()).toEqual(stood);
    await desk.ok(DAY, 'note', '1', 'et notat');
  });
});

describe('two at once', () => {
  const start = (desk: Desk, ...args: string[]): Promise<Outcome> => {
    const child = spawn(process.execPath, [BIN, '--json', '--as-of', DAY, ...args], {
      cwd: desk.folder,
      env: environment(desk),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const written = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
    return new Promise((done) => child.once('close', (code) => done({ code: code ?? -1, ...written })));
  };

  it('runs make each letter once: one of them waits its turn or steps back, and readers go on reading', async () => {
    const desk = await Desk.open();
    for (const invoice of ['1', '2', '3']) await desk.ok(DAY, ...claim(invoice, '1000', DUE));
    const [one, other, list] = await Promise.all([
      start(desk, 'run', '--sent'),
      start(desk, 'run', '--sent'),
      start(desk, 'list'),
    ]);
    expect(list).toMatchObject({ code: 0, stderr: '' });
    const made: number[] = [];
    for (const outcome of [one, other]) {
      const document = JSON.parse(outcome.stdout) as { data?: RunData; error?: { code: string } };
      if (outcome.code === 0) made.push(...(document.data?.letters ?? []).map((letter) => letter.case));
      else expect([outcome.code, document.error?.code]).toEqual([1, 'DB_IN_USE']);
    }
    expect(made.sort()).toEqual([1, 2, 3]);
    for (const number of ['1', '2', '3']) expect((await desk.show(DAY, number)).letters).toHaveLength(1);
    expect((await desk.on(DAY, 'check')).code).toBe(0);
  });

  it('payments on one case are both kept, or one is told to try again', async () => {
    const desk = await Desk.open();
    await desk.ok(DAY, 'add', ...CONSUMER);
    const outcomes = await Promise.all([start(desk, 'pay', '1', '100'), start(desk, 'pay', '1', '200')]);
    const kept = outcomes.filter(({ code }) => code === 0).length;
    const { claim: standing } = await desk.show(DAY);
    expect(standing.paidOre).toBe(kept === 2 ? 30_000 : outcomes[0]?.code === 0 ? 10_000 : 20_000);
    for (const { code, stdout } of outcomes)
      if (code !== 0) expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CASE_MOVED' } });
  });
});

describe('the clock', () => {
  it('is read as the date in Norway, also late in the evening and when the clocks change', () => {
    const on = (instant: string): string => osloDate(new Date(instant));
    expect(on('2026-08-19T21:59:59Z')).toBe('2026-08-19');
    expect(on('2026-08-19T23:30:00Z')).toBe('2026-08-20');
    expect(on('2026-12-31T22:59:59Z')).toBe('2026-12-31');
    expect(on('2026-12-31T23:30:00Z')).toBe('2027-01-01');
    expect(on('2026-03-28T23:00:00Z')).toBe('2026-03-29');
    expect(on('2026-03-29T00:59:59Z')).toBe('2026-03-29');
    expect(on('2026-03-29T22:00:00Z')).toBe('2026-03-30');
    expect(on('2026-10-24T22:30:00Z')).toBe('2026-10-25');
    expect(on('2026-10-25T00:30:00Z')).toBe('2026-10-25');
    expect(on('2026-10-25T01:30:00Z')).toBe('2026-10-25');
    expect(on('2026-10-25T22:59:59Z')).toBe('2026-10-25');
    expect(on('2026-10-25T23:00:00Z')).toBe('2026-10-26');
  });

  it('at 23:30 UTC already dates letters the next day in Norway', async () => {
    const desk = await Desk.open();
    await desk.ok(DAY, 'add', ...CONSUMER);
    const { stdout } = await desk.cli(['--db', desk.database, '--json', 'run'], {
      now: '2026-08-20T23:30:00Z',
    });
    expect(JSON.parse(stdout)).toMatchObject({
      asOf: '2026-08-21',
      data: { letters: [{ date: '2026-08-21' }] },
    });
  });

  it('set back records nothing before what is recorded, and says to look at the clock', async () => {
    const desk = await Desk.open();
    await desk.ok(DAY, 'add', ...CONSUMER);
    const stood = desk.stored();
    for (const args of [['run'], ['pay', '1', '100'], ['note', '1', 'hei']]) {
      const outcome = await desk.cli(['--db', desk.database, ...args], { now: '2026-08-19T12:00:00Z' });
      expect(outcome.code, args.join(' ')).toBe(3);
      expectSentences(outcome, /klokken på maskinen/);
    }
    expect(desk.stored()).toEqual(stood);
  });
});

describe('what others on the machine can see', () => {
  it('is nothing, whatever the umask: files 0600, folders 0700', async () => {
    const before = process.umask(0);
    try {
      const desk = new Desk();
      const database = desk.path('data/inkasso.db');
      const inkasso = (...args: string[]) => desk.cli(['--db', database, '--as-of', DAY, ...args]);
      await inkasso('init', ...INIT);
      await inkasso('add', ...CONSUMER);
      expect((await inkasso('run')).code).toBe(0);
      await inkasso('letter', '1', '--out', desk.path('ut/brev.pdf'));
      await inkasso('backup', desk.path('kopier/kopi.db'));
      const modes = (path: string): number => statSync(desk.path(path)).mode & 0o777;
      for (const folder of ['data', 'data/brev', `data/brev/${DAY}`, 'ut', 'kopier'])
        expect(modes(folder).toString(8), folder).toBe('700');
      const files = Object.keys(desk.stored().files).filter((path) => /^(data|ut|kopier)\//.test(path));
      expect(files.filter((path) => path.endsWith('.pdf'))).toHaveLength(3);
      for (const file of files) expect(modes(file).toString(8), file).toBe('600');
    } finally {
      process.umask(before);
    }
  });
});

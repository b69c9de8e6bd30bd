import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bareEnvironment,
  BUSINESS,
  claim,
  CONSUMER,
  CREDITOR,
  Desk,
  DUE,
  ehf,
  INIT,
  onlyDocument,
  PROGRAM,
  readPdf,
  sha256,
  type Envelope,
  type Outcome,
  type RunData,
  type ShownCase,
} from '../support/cli.js';

const DAY = '2026-08-20';
const BIN = join(PROGRAM, 'bin', 'inkasso.js');

const started: ChildProcess[] = [];

afterAll(() => {
  for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
});

function start(desk: Desk, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: desk.folder,
    env: { ...bareEnvironment(desk.folder), INKASSO_DB: desk.database, ...env },
    stdio: 'pipe',
  });
  started.push(child);
  return child;
}

function ended(child: ChildProcess): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code: code ?? -1, ...written }));
  });
}

function inkasso(desk: Desk, args: readonly string[], input = ''): Promise<Outcome> {
  const child = start(desk, args);
  child.stdin?.end(input);
  return ended(child);
}

describe('the program as it is installed', () => {
  let desk: Desk;

  beforeAll(() => {
    expect(existsSync(join(PROGRAM, 'dist', 'main.cjs')), 'dist is built (npm run build)').toBe(true);
    desk = new Desk();
  });

  it('makes a database, registers, sends and reports', async () => {
    const json = async <T>(...args: string[]): Promise<T> => {
      const { code, stdout, stderr } = await inkasso(desk, ['--json', '--as-of', DAY, ...args]);
      expect([code, stderr], args.join(' ')).toEqual([0, '']);
      return (onlyDocument(stdout) as Envelope<T>).data;
    };
    await json('init', ...INIT);
    await json('add', ...CONSUMER);
    await json('add', ...BUSINESS);
    const { letters, print } = await json<RunData>('run', '--sent');
    expect(letters.map(({ step, feeOre }) => [step, feeOre])).toEqual([
      ['purring', 3800],
      ['purring', 3800],
    ]);
    for (const { pdf, sha256: hash } of letters) expect(sha256(readFileSync(pdf))).toBe(hash);
    const { text } = await readPdf(print ?? '');
    for (const word of [CREDITOR.name, 'Kari Oppdiktet', 'Ærlig Øl & Åpent AS']) expect(text).toContain(word);
    expect(await json<RunData>('run', '--sent')).toMatchObject({ batch: null, letters: [], print: null });
    const { case: shown } = await json<{ case: ShownCase }>('show', '1001');
    expect(shown.letters).toMatchObject([{ state: 'sent', sentOn: DAY }]);
  });

  it('reads an invoice from standard input', async () => {
    const { code, stdout } = await inkasso(desk, ['--json', 'add', '--from', '-'], ehf(CREDITOR.orgnr));
    expect(code).toBe(0);
    expect(onlyDocument(stdout)).toMatchObject({ data: { case: { invoice: '7001', due: DUE } } });
    const bad = await inkasso(desk, ['--json', 'add', '--from', '-'], 'ikke XML');
    expect(bad.code).toBe(2);
    expect(onlyDocument(bad.stdout)).toHaveProperty('error');
  });

  it('never waits for an answer that nobody can give', async () => {
    const { code, stderr } = await inkasso(desk, ['add', '--amount', '100']);
    expect(code).toBe(2);
    expect(stderr).toContain('--invoice');
  });

  it('says what is wrong on stderr alone, in words and without a stack', async () => {
    const { code, stdout, stderr } = await inkasso(desk, ['pay', '1', 'hundre']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^Feil: .*«hundre»/);
    expect(stderr).not.toMatch(/\bat .*:\d+|node:internal|Error/);
  });

  it('uses no colour in a pipe', async () => {
    for (const args of [['list'], ['show', '99']]) {
      const { stdout, stderr } = await inkasso(desk, ['--as-of', DAY, ...args]);
      expect(stdout + stderr).not.toContain('\u001b');
    }
  });

  it('ends quietly when its reader stops reading', async () => {
    const child = start(desk, ['rates', 'list', 'forsinkelsesrente', '--json']);
    child.stdout?.destroy();
    const { code, stderr } = await ended(child);
    expect(stderr).not.toMatch(/EPIPE|Error/);
    expect(code).toBe(0);
  });
});

describe('a run that is interrupted', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    for (const invoice of ['1', '2', '3']) await desk.ok(DAY, ...claim(invoice, '1000', DUE));
    mkdirSync(desk.path('tmp'));
  });

  it('ends with exit code 130, leaves nothing half done, and can be run again', async () => {
    const stood = desk.stored();
    const child = start(desk, ['--as-of', DAY, 'run', '--sent'], { TMPDIR: desk.path('tmp') });
    const outcome = ended(child);
    // The browser's profile appears before any letter is made.
    while (readdirSync(desk.path('tmp')).length === 0 && child.exitCode === null)
      await new Promise((later) => setTimeout(later, 5));
    child.kill('SIGINT');
    const { code, stderr } = await outcome;
    expect(code).toBe(130);
    expect(stderr).not.toMatch(/\bat .*:\d+|Error/);
    expect(desk.stored()).toEqual(stood);

    const { letters } = await desk.run(DAY, '--sent');
    expect(letters.map(({ id, case: number }) => [id, number])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });
});

import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Store } from '../../src/io/store.js';
import { bareEnvironment, PROGRAM } from '../support/cli.js';
import { AT, DEBTOR, registration, SETTINGS } from '../support/store.js';

/** Tells of every file of the program that is compiled: whether V8's data were given, and whether V8 took them. */
const TELL_COMPILED = `const { basename } = require('node:path');
const vm = require('node:vm');
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    const given = options.cachedData === undefined ? 'anew' : this.cachedDataRejected ? 'refused' : 'kept';
    require('node:fs').writeSync(2, 'COMPILED ' + basename(options.filename) + ' ' + given + '\\n');
  }
};`;

const KEPT = { 'main.cjs': 'kept', 'look.cjs': 'kept' };

describe('what V8 made of the program when it was built', () => {
  let folder: string;
  let installed: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'inkasso-kompilert-'));
    installed = join(folder, 'inkasso');
    for (const part of ['bin', 'dist', 'migrations', 'package.json'])
      cpSync(join(PROGRAM, part), join(installed, part), { recursive: true });
    symlinkSync(join(PROGRAM, 'node_modules'), join(installed, 'node_modules'), 'junction');
    writeFileSync(join(folder, 'hook.cjs'), TELL_COMPILED);
    const store = Store.create(join(folder, 'inkasso.db'), SETTINGS);
    store.register(DEBTOR, (id) => [registration(id, '1001')], AT);
    store.close();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function list(...flags: string[]): Promise<{ stdout: string; how: Record<string, string> }> {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [
        ...flags,
        ...['--require', join(folder, 'hook.cjs'), join(installed, 'bin', 'inkasso.js')],
        ...['list', '--db', join(folder, 'inkasso.db'), '--as-of', '2026-08-21'],
      ],
      { env: bareEnvironment(folder) },
    );
    const how = [...stderr.matchAll(/^COMPILED (\S+) (\S+)$/gm)].map(([, name, what]) => [name, what]);
    return { stdout, how: Object.fromEntries(how) as Record<string, string> };
  }

  const dist = (name: string): string => join(installed, 'dist', name);

  function change(name: string, how: (bytes: Buffer) => Buffer): void {
    writeFileSync(dist(name), how(readFileSync(dist(name))));
  }

  it('is used, and leaves the installation as it was', async () => {
    const before = snapshot(installed);
    const { stdout, how } = await list();
    expect(how).toEqual(KEPT);
    expect(stdout).toContain('1001');
    expect(snapshot(installed)).toEqual(before);
  });

  it('is done without where it is missing', async () => {
    const { stdout } = await list();
    for (const name of ['main.v8', 'look.v8']) rmSync(dist(name));
    expect(await list()).toEqual({ stdout, how: { 'main.cjs': 'anew', 'look.cjs': 'anew' } });
  });

  it('is refused by V8 where it was made with other flags, and the program is compiled anew', async () => {
    const { stdout } = await list();
    const other = await list('--no-lazy-feedback-allocation');
    expect(other).toEqual({ stdout, how: { 'main.cjs': 'refused', 'look.cjs': 'refused' } });
  });

  it.each([
    ['empty', () => Buffer.alloc(0)],
    ['cut short in its sums', (bytes: Buffer) => bytes.subarray(0, 5)],
    ['without data', (bytes: Buffer) => bytes.subarray(0, 8)],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
    ['with one bit turned in the sum of the source', (bytes: Buffer) => withBitTurned(bytes, 0)],
    ['with one bit turned in the sum of the data', (bytes: Buffer) => withBitTurned(bytes, 4)],
    ['with one bit turned at the start', (bytes: Buffer) => withBitTurned(bytes, 8)],
    ['with one bit turned in the middle', (bytes: Buffer) => withBitTurned(bytes, bytes.length >> 1)],
    ['with one bit turned at the end', (bytes: Buffer) => withBitTurned(bytes, bytes.length - 1)],
    ['with more at the end', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
  ])('is never given to V8 when it is damaged: %s', async (_what, damage) => {
    const { stdout } = await list();
    change('look.v8', damage);
    expect(await list()).toEqual({ stdout, how: { ...KEPT, 'look.cjs': 'anew' } });
  });

  it('never stands in for a program that has become another, also one of the same length', async () => {
    const { stdout } = await list();
    change('look.cjs', (bytes) =>
      Buffer.from(bytes.toString('latin1').replace(' kr \\xE5pent', ' kr \\xC5PENT')),
    );
    const changed = await list();
    expect(changed.how).toEqual({ ...KEPT, 'look.cjs': 'anew' });
    expect(changed.stdout).toBe(stdout.replace(' kr åpent', ' kr ÅPENT'));
    expect(changed.stdout).not.toBe(stdout);
  });

  it('never stands in for another part of the program', async () => {
    cpSync(dist('main.v8'), dist('look.v8'));
    const { stdout, how } = await list();
    expect(how).toEqual({ ...KEPT, 'look.cjs': 'anew' });
    expect(stdout).toContain('1001');
  });
});

function withBitTurned(bytes: Buffer, at: number): Buffer {
  const turned = Buffer.from(bytes);
  turned[at] = (turned[at] ?? 0) ^ 1;
  return turned;
}

/** Every file with its size and the time it was written. */
function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path} ${statSync(path).size} ${statSync(path).mtimeMs}`)
    .sort();
}

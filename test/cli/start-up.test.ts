import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewEvent } from '../../src/case/events.js';
import { Store } from '../../src/io/store.js';
import { AT, DEBTOR, registration, SETTINGS } from '../support/store.js';

const PROGRAM = fileURLToPath(new URL('../../bin/inkasso.js', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

/** Tells on stderr of everything that is loaded. */
const HOOKS = `import { writeSync } from 'node:fs';
export async function resolve(name, context, next) {
  const found = await next(name, context);
  writeSync(2, 'LOADED ' + found.url + '\\n');
  return found;
}`;
const asModule = (code: string): string =>
  `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
const REGISTER = asModule(`import { register } from 'node:module'; register('${asModule(HOOKS)}');`);

/** The same for what is loaded with `require`, and for the parts of the program itself that are run. */
const TELL_REQUIRED = `const Module = require('node:module');
const { Script } = require('node:vm');
const tell = (what) => require('node:fs').writeSync(2, what + '\\n');
const find = Module._resolveFilename;
Module._resolveFilename = function (...args) {
  const file = find.apply(this, args);
  tell('LOADED ' + file);
  return file;
};
const open = Script.prototype.runInThisContext;
Script.prototype.runInThisContext = function (...args) {
  const pack = open.apply(this, args);
  for (const [name, chunk] of Object.entries(pack))
    if (typeof chunk === 'function')
      pack[name] = (...given) => {
        tell('RUN ' + name);
        return chunk(...given);
      };
  return pack;
};`;

interface Loaded {
  readonly stdout: string;
  /** Packages loaded from their own folder. */
  readonly packages: string[];
  /** The program itself, packages built into it too: its chunks that are run, and all that stands in them. */
  readonly chunks: readonly string[];
  readonly text: string;
}

/** Words that a package built into the program cannot be there without. */
const MARKS = {
  zod: 'ZodError',
  commander: 'commander.unknownOption',
  'better-sqlite3': 'SqliteError',
  chalk: 'TEAMCITY_VERSION',
  'decimal.js': '[DecimalError]',
  'fast-string-width': 'Script=Tangut',
  'puppeteer-core': 'Failed to launch the browser process',
};

function builtIn({ text }: Loaded): string[] {
  return Object.entries(MARKS).flatMap(([name, mark]) => (text.includes(mark) ? [name] : []));
}

let folder: string;
let builtChunks: ReadonlyMap<string, string>;

/** The text of every chunk of the built program, by name. */
function readChunks(): ReadonlyMap<string, string> {
  const packs = readdirSync(DIST).filter((name) => name.endsWith('.cjs'));
  const held = packs.flatMap((pack) =>
    Object.entries(new Script(readFileSync(join(DIST, pack), 'latin1')).runInThisContext() as object),
  );
  return new Map(
    held.flatMap(([name, chunk]) => (typeof chunk === 'function' ? [[name, String(chunk)] as const] : [])),
  );
}

async function load(...args: string[]): Promise<Loaded> {
  const env = { ...process.env, INKASSO_DB: join(folder, 'inkasso.db') };
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', REGISTER, '--require', join(folder, 'hook.cjs'), PROGRAM, ...args],
    { env, maxBuffer: 2 ** 24 },
  );
  const told = (word: string): string[] =>
    stderr.split('\n').flatMap((line) => (line.startsWith(word) ? [line.slice(word.length)] : []));
  const packages = told('LOADED ').flatMap(
    (name) => /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(name)?.[1] ?? [],
  );
  const chunks = told('RUN ');
  const text = chunks.map((name) => builtChunks.get(name) ?? '').join('\n');
  return { stdout, packages: [...new Set(packages)], chunks, text };
}

/** A claim whose interest is more than whole numbers can be multiplied to. */
function large(registered: NewEvent): NewEvent {
  const { body } = registered;
  if (body.type !== 'claimRegistered') throw new Error('no registration');
  return { ...registered, body: { ...body, amountOre: 100_000_000_000 } };
}

describe('each verb loads only what it needs', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'inkasso-oppstart-'));
    writeFileSync(join(folder, 'hook.cjs'), TELL_REQUIRED);
    builtChunks = readChunks();
    const store = Store.create(join(folder, 'inkasso.db'), SETTINGS);
    store.register(DEBTOR, (id) => [registration(id, '1001')], AT);
    store.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('the version: nothing that is built, and no package', async () => {
    const { stdout, packages, chunks } = await load('--version');
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(packages).toEqual([]);
    expect(chunks).toEqual([]);
  });

  it('finds what is built in, where it is', async () => {
    const held = [...builtChunks.values()].join('\n');
    for (const mark of Object.values(MARKS)) expect(held).toContain(mark);
    const loaded = await load('config', 'set', 'name', 'Eksempel Elektro AS');
    expect(builtIn(loaded)).toEqual(['zod', 'commander', 'better-sqlite3']);
  });

  it.each([[['--help']], [[]], [['help']], [['list', '--help']], [['help', 'show']]])(
    'help (%j): no package',
    async (args) => {
      const loaded = await load(...args);
      expect(loaded.stdout).toContain('Bruk: inkasso');
      expect(loaded.packages).toEqual([]);
      expect(builtIn(loaded)).toEqual(['commander']);
    },
  );

  it.each([
    [['list']],
    [['list', '--json']],
    [['show', '1']],
    [['why', '1']],
    [['report']],
    [['report', 'ageing']],
    [['report', 'writeoff']],
    [['report', 'kpi']],
    [['forecast', '1']],
    [['rates', 'list']],
    [['config', 'list']],
    [['note', '1', 'ringte']],
    [['pay', '1', '10,00']],
  ])('%j: the database, and nothing that prints, asks or imports', async (args) => {
    const loaded = await load(...args, '--as-of', '2026-08-21');
    expect(loaded.packages).toEqual(['better-sqlite3']);
    expect(builtIn(loaded)).toEqual(['commander', 'better-sqlite3']);
    expect(loaded.text.length).toBeLessThan(400_000);
  });

  it('a run with nothing due: no browser, no templates', async () => {
    const empty = join(folder, 'tom.db');
    Store.create(empty, SETTINGS).close();
    const loaded = await load('run', '--db', empty, '--as-of', '2026-08-21');
    expect(loaded.stdout).toContain('Ingen brev');
    expect(loaded.packages).toEqual(['better-sqlite3']);
    expect(builtIn(loaded)).toEqual(['commander', 'better-sqlite3']);
  });

  it('lists the same verbs as when each is loaded', async () => {
    const { stdout } = await load('--help');
    const { describeVerbs } = await import('../../src/main.js');
    const shown = stdout.replace(/\s+/g, ' ');
    for (const { term, summary } of await describeVerbs())
      expect(shown).toContain(
        `${term.replace('[options]', '[flagg]').replace('[command]', '<kommando>')} ${summary}`,
      );
  });

  it('what is seldom needed, where it is needed', async () => {
    const store = Store.open(join(folder, 'inkasso.db'));
    store.register({ ...DEBTOR, name: '山田 Fiktiv' }, (id) => [large(registration(id, '1002'))], AT);
    store.close();
    const loaded = await load('list', '--as-of', '2026-12-31');
    expect(loaded.stdout).toMatch(/1002 {5}山田 Fiktiv {2}03\.08\.2026 {2}1 050 342 465,75 {2}purring/);
    expect(builtIn(loaded)).toEqual(['commander', 'better-sqlite3', 'decimal.js', 'fast-string-width']);
  });
});

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Store } from '../../src/io/store.js';
import { AT, DEBTOR, registration, SETTINGS } from '../support/store.js';

const PROGRAM = fileURLToPath(new URL('../../bin/inkasso.js', import.meta.url));

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

interface Loaded {
  readonly stdout: string;
  readonly packages: string[];
  /** Pieces of the program itself. */
  readonly chunks: number;
}

let folder: string;

async function load(...args: string[]): Promise<Loaded> {
  const env = { ...process.env, INKASSO_DB: join(folder, 'inkasso.db') };
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', REGISTER, PROGRAM, ...args],
    { env, maxBuffer: 2 ** 24 },
  );
  const urls = stderr.split('\n').flatMap((line) => (line.startsWith('LOADED ') ? [line.slice(7)] : []));
  const packages = urls.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  return {
    stdout,
    packages: [...new Set(packages)],
    chunks: urls.filter((url) => url.includes('/dist/')).length,
  };
}

describe('each verb loads only what it needs', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'inkasso-oppstart-'));
    const store = Store.create(join(folder, 'inkasso.db'), SETTINGS);
    store.register(DEBTOR, (id) => [registration(id, '1001')], AT);
    store.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('the version: one file of the program, and no package', async () => {
    const { stdout, packages, chunks } = await load('--version');
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(packages).toEqual([]);
    expect(chunks).toBeLessThanOrEqual(6);
  });

  it.each([[['--help']], [[]], [['help']], [['list', '--help']], [['help', 'show']]])(
    'help (%j): no package',
    async (args) => {
      const { stdout, packages } = await load(...args);
      expect(stdout).toContain('Bruk: inkasso');
      expect(packages).toEqual([]);
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
    [['rates', 'list']],
  ])('%j: the database, and nothing that prints, asks or imports', async (args) => {
    const { packages } = await load(...args, '--as-of', '2026-08-21');
    expect(packages).toEqual(['better-sqlite3']);
  });

  it('a run with nothing due: no browser, no templates', async () => {
    const empty = join(folder, 'tom.db');
    Store.create(empty, SETTINGS).close();
    const { stdout, packages } = await load('run', '--db', empty, '--as-of', '2026-08-21');
    expect(stdout).toContain('Ingen brev');
    expect(packages).not.toContain('puppeteer-core');
    expect(packages).not.toContain('@cantoo/pdf-lib');
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
});

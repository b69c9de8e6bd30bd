import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { BrowserMissing, INSTALL_A_BROWSER } from './browser-missing.js';
import { home, isExecutable, type BrowserProgram } from './browser-places.js';

/** The package's own settings look for its font in /tmp only, and hide those of the system. */
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/**
 * The package decides by environment variables, read while it is imported, whether and where to unpack,
 * and then changes LD_LIBRARY_PATH, FONTCONFIG_PATH and HOME. A worker has an environment of its own, so
 * none of this reaches the program. TMPDIR keeps it out of the shared /tmp, where another user of the
 * machine could have placed a /tmp/chromium for us to run.
 */
const UNPACK_WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData)
  .then(({ default: loaded }) => (loaded.default ?? loaded).executablePath())
  .then(() => parentPort.postMessage('done'));
`;

/** The browser of the optional package, unpacked the first time; undefined where the package is not installed. @throws BrowserMissing */
export async function findBundled(env: NodeJS.ProcessEnv): Promise<BrowserProgram | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const module = bundledModule();
  if (module === undefined) return undefined;
  const folder = await unpackedFolder(
    module,
    join(env['XDG_CACHE_HOME'] || join(home(env), '.cache'), 'inkasso'),
  );
  const libraries = [join(folder, 'al2023', 'lib'), env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return {
    executable: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

function bundledModule(): string | undefined {
  try {
    return createRequire(import.meta.filename).resolve('@sparticuz/chromium');
  } catch {
    return undefined;
  }
}

async function unpackedFolder(module: string, cache: string): Promise<string> {
  const { version } = JSON.parse(await readFile(resolve(module, '../../../package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(cache, `chromium-${version}`);
  if (await isExecutable(join(folder, 'chromium'))) return folder;
  try {
    await unpackInto(folder, module, cache);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BrowserMissing(
      `Nettleseren som følger med programmet, lot seg ikke pakke ut i ${cache}: ${reason}. ${INSTALL_A_BROWSER}`,
      { cause },
    );
  }
  return folder;
}

/** Renamed into place when complete, so that neither Ctrl-C nor a second process leaves half a browser. */
async function unpackInto(folder: string, module: string, cache: string): Promise<void> {
  await mkdir(cache, { recursive: true, mode: 0o700 });
  await removeOld(cache);
  const partial = await mkdtemp(join(cache, 'chromium-partial-'));
  try {
    await runUnpacking(module, partial);
    await writeFile(join(partial, 'fonts.conf'), FONTS_CONF);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!(await isExecutable(join(folder, 'chromium')))) throw error;
  }
}

/** Each version takes 200 MB. What is under an hour old may be another process unpacking right now. */
async function removeOld(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith('chromium-')) continue;
    const path = join(cache, name);
    const changed = await stat(path).then(({ mtimeMs }) => mtimeMs, Date.now);
    if (Date.now() - changed > 3_600_000) await rm(path, { recursive: true, force: true });
  }
}

function runUnpacking(module: string, folder: string): Promise<void> {
  return new Promise((done, fail) => {
    const worker = new Worker(UNPACK_WORKER, {
      eval: true,
      workerData: pathToFileURL(module).href,
      env: { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    });
    worker.once('message', () => done());
    worker.once('error', fail);
    worker.once('exit', () => fail(new Error('utpakkingen stoppet før den var ferdig')));
  });
}

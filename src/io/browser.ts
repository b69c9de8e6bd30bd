import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, join, posix, resolve, win32 } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

export type BrowserSource = 'setting' | 'system' | 'cache' | 'bundled';

export interface FoundBrowser {
  source: BrowserSource;
  executable: string;
  args: string[];
  /** What this browser needs in its environment, on top of the caller's own. */
  env: Record<string, string>;
}

/** No browser can print; the message is written for the user. */
export class BrowserMissing extends Error {
  override name = 'BrowserMissing';
}

const ADVICE =
  'Installer Google Chrome, Chromium eller Microsoft Edge, ' +
  'eller oppgi full sti til en av dem i miljøvariabelen INKASSO_BROWSER.';

type SearchedSource = Exclude<BrowserSource, 'setting'>;
type Search = (env: NodeJS.ProcessEnv) => Promise<Pick<FoundBrowser, 'executable' | 'env'> | undefined>;

const SEARCHES: Readonly<Record<SearchedSource, Search>> = {
  system: async (env) => installed(await firstExecutable(systemPlaces(env))),
  cache: async (env) => installed(await firstExecutable(await cachePlaces(env))),
  bundled: findBundled,
};

export async function findBrowser(env: NodeJS.ProcessEnv, configured?: string): Promise<FoundBrowser> {
  const named = await namedBrowser(env, configured);
  if (named) return { source: 'setting', executable: named, args: sandboxArgs(), env: {} };
  for (const source of allowedSources(env)) {
    const hit = await SEARCHES[source](env);
    if (hit) return { source, ...hit, args: sandboxArgs() };
  }
  throw new BrowserMissing(`Fant ingen nettleser til å skrive ut brevene med. ${ADVICE}`);
}

/** Chromium refuses to start as root with its sandbox on; everyone else keeps the sandbox. */
function sandboxArgs(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function installed(executable: string | undefined): Pick<FoundBrowser, 'executable' | 'env'> | undefined {
  return executable === undefined ? undefined : { executable, env: {} };
}

async function namedBrowser(env: NodeJS.ProcessEnv, configured?: string): Promise<string | undefined> {
  const fromEnv = env['INKASSO_BROWSER']?.trim();
  const named = fromEnv || configured?.trim();
  if (!named) return undefined;
  const executable = resolve(named);
  if (await isExecutable(executable)) return executable;
  const origin = fromEnv ? 'Miljøvariabelen INKASSO_BROWSER' : 'Innstillingen for nettleser';
  throw new BrowserMissing(
    `${origin} peker på «${named}», men der finnes det ikke noe program som kan kjøres. ` +
      'Oppgi full sti til Chrome, Chromium eller Edge, eller fjern verdien.',
  );
}

function allowedSources(env: NodeJS.ProcessEnv): SearchedSource[] {
  const all = Object.keys(SEARCHES) as SearchedSource[];
  const wanted = (env['INKASSO_BROWSER_SOURCES'] ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const unknown = wanted.find((word) => !all.some((source) => source === word));
  if (unknown !== undefined) {
    throw new BrowserMissing(
      `INKASSO_BROWSER_SOURCES har den ukjente verdien «${unknown}». Gyldige verdier er ${all.join(', ')}.`,
    );
  }
  return wanted.length === 0 ? all : all.filter((source) => wanted.includes(source));
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isExecutable(path)) return path;
  return undefined;
}

// ---- installed on the system ----------------------------------------------------------------------

const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const MAC_NAMES = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS_PROGRAMS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

export function systemPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string[] {
  if (platform === 'win32') return windowsPlaces(env);
  if (platform === 'darwin') return macPlaces(env);
  return linuxPlaces(env);
}

function linuxPlaces(env: NodeJS.ProcessEnv): string[] {
  const onPath = (env['PATH'] ?? '').split(delimiter).filter((folder) => posix.isAbsolute(folder));
  const folders = ['/usr/bin', '/snap/bin', ...onPath];
  return folders.flatMap((folder) => LINUX_NAMES.map((name) => posix.join(folder, name)));
}

function macPlaces(env: NodeJS.ProcessEnv): string[] {
  const folders = ['/Applications', posix.join(home(env), 'Applications')];
  return MAC_NAMES.flatMap((name) =>
    folders.map((folder) => posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
  );
}

function windowsPlaces(env: NodeJS.ProcessEnv): string[] {
  const roots = ['ProgramFiles', 'ProgramW6432', 'ProgramFiles(x86)', 'LOCALAPPDATA']
    .map((name) => variable(env, name))
    .filter((root) => root !== undefined);
  return WINDOWS_PROGRAMS.flatMap((program) =>
    [...new Set(roots)].map((root) => win32.join(root, ...program)),
  );
}

/** Windows ignores case in variable names, but a copy of process.env does not. */
function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const key = Object.keys(env).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : env[key] || undefined;
}

function home(env: NodeJS.ProcessEnv): string {
  return env['HOME'] || homedir();
}

// ---- downloaded by Puppeteer ----------------------------------------------------------------------

/** Puppeteer's name for a platform, and the one used in the folders of its downloads. */
const CACHE_PLATFORMS: Readonly<Record<string, string>> = {
  linux: 'linux64',
  linux_arm: 'linux64',
  mac: 'mac-x64',
  mac_arm: 'mac-arm64',
  win32: 'win32',
  win64: 'win64',
};
const MAC_CHROME = ['Google Chrome for Testing.app', 'Contents', 'MacOS', 'Google Chrome for Testing'];
type CachedProgram = 'chrome' | 'chrome-headless-shell';

interface CachedBuild {
  path: string;
  version: number[];
}

export async function cachePlaces(env: NodeJS.ProcessEnv): Promise<string[]> {
  const root = env['PUPPETEER_CACHE_DIR'] || join(home(env), '.cache', 'puppeteer');
  const builds = [
    ...(await cachedBuilds(root, 'chrome')),
    ...(await cachedBuilds(root, 'chrome-headless-shell')),
  ];
  return builds.sort((a, b) => newestFirst(a.version, b.version)).map((build) => build.path);
}

async function cachedBuilds(root: string, program: CachedProgram): Promise<CachedBuild[]> {
  const names = await readdir(join(root, program)).catch(() => []);
  return names.flatMap((name) => {
    const [platform = '', version = ''] = name.split('-');
    if (!cachePlatforms().includes(platform)) return [];
    const path = join(root, program, name, ...programInCache(program, CACHE_PLATFORMS[platform] ?? ''));
    return [{ path, version: version.split('.').map(Number) }];
  });
}

function programInCache(program: CachedProgram, folder: string): string[] {
  if (folder.startsWith('mac') && program === 'chrome') return [`chrome-${folder}`, ...MAC_CHROME];
  return [`${program}-${folder}`, folder.startsWith('win') ? `${program}.exe` : program];
}

function cachePlatforms(): string[] {
  const arm = process.arch === 'arm64';
  if (process.platform === 'darwin') return arm ? ['mac_arm', 'mac'] : ['mac'];
  if (process.platform === 'win32') return ['win64', 'win32'];
  return [arm ? 'linux_arm' : 'linux'];
}

function newestFirst(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = (b[i] ?? 0) - (a[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

// ---- bundled with the program (optional dependency) -----------------------------------------------

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

async function findBundled(
  env: NodeJS.ProcessEnv,
): Promise<Pick<FoundBrowser, 'executable' | 'env'> | undefined> {
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
    return createRequire(import.meta.url).resolve('@sparticuz/chromium');
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
      `Nettleseren som følger med programmet, lot seg ikke pakke ut i ${cache}: ${reason}. ${ADVICE}`,
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

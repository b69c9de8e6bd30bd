import { resolve } from 'node:path';
import { findBundled } from './browser-bundled.js';
import { BrowserMissing, INSTALL_A_BROWSER } from './browser-missing.js';
import {
  cachePlaces,
  firstExecutable,
  isExecutable,
  systemPlaces,
  type BrowserProgram,
} from './browser-places.js';

export type BrowserSource = 'setting' | 'system' | 'cache' | 'bundled';

export interface FoundBrowser extends BrowserProgram {
  source: BrowserSource;
  args: string[];
}

type SearchedSource = Exclude<BrowserSource, 'setting'>;
type Search = (env: NodeJS.ProcessEnv) => Promise<BrowserProgram | undefined>;

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
  throw new BrowserMissing(`Fant ingen nettleser til å skrive ut brevene med. ${INSTALL_A_BROWSER}`);
}

/** Chromium refuses to start as root with its sandbox on; everyone else keeps the sandbox. */
function sandboxArgs(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function installed(executable: string | undefined): BrowserProgram | undefined {
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

import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join, posix, win32 } from 'node:path';

export interface BrowserProgram {
  executable: string;
  /** What this browser needs in its environment, on top of the caller's own. */
  env: Record<string, string>;
}

/** The first of some programs that is there; undefined where none is. */
export async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isExecutable(path)) return path;
  return undefined;
}

/** Whether there is a program that can be run. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The home folder of whoever runs the program. */
export function home(env: NodeJS.ProcessEnv): string {
  return env['HOME'] || homedir();
}

// ---- installed on the system

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

// ---- downloaded by Puppeteer

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

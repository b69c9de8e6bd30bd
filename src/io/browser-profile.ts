import { rmSync } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAnother } from './durable.js';

const PREFIX = 'inkasso-nettleser-';
const OWNED = new RegExp(`^${PREFIX}(\\d+)-[A-Za-z0-9]{6}$`);
const REMOVE = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };

export interface Profile {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/**
 * A folder for one browser, removed when the browser is stopped or the program ends. `kill` ends the browser: Puppeteer
 * too does so on 'exit', but after us, and the browser would write the profile anew.
 */
export async function temporaryProfile(kill: () => void): Promise<Profile> {
  const abandoned = removeAbandoned().catch(() => undefined);
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const onExit = (): void => {
    kill();
    try {
      rmSync(folder, REMOVE);
    } catch {
      // Too late to tell anyone, and nothing of value is left there.
    }
  };
  process.once('exit', onExit);
  return {
    folder,
    async remove() {
      process.off('exit', onExit);
      // A leftover in the temporary folder is no reason to fail a finished print job.
      await rm(folder, REMOVE).catch(() => undefined);
      await abandoned;
    },
  };
}

/** Removes the profiles of programs that were killed, and could not: our own folders only, named after who is gone. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = OWNED.exec(name)?.[1];
    if (owner === undefined || Number(owner) === process.pid || isAnother(Number(owner))) continue;
    const folder = join(tmpdir(), name);
    if (await isOurs(folder)) await rm(folder, REMOVE).catch(() => undefined);
  }
}

/** Made by us: a folder and no link to one, of this user's, that nobody else can look into. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => null);
  if (found?.isDirectory() !== true) return false;
  if (process.getuid === undefined) return true;
  return found.uid === process.getuid() && (found.mode & 0o777) === 0o700;
}

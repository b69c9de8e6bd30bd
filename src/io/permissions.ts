import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';

/** The bits that let the group and everyone else read, write or enter. */
const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;

/**
 * What of a database, its copies and its letters others on the machine can read or change: paths, the folder first.
 * A folder of the user's own choice may be read by others, as the files in it may not; the program's own may not.
 * Where the system has no such permissions (Windows), there is nothing to say.
 */
export function exposedBeside(
  database: string,
  ownFolder: boolean,
  platform: NodeJS.Platform = process.platform,
): string[] {
  if (platform === 'win32' || !existsSync(database)) return [];
  const folder = dirname(database);
  const { mode } = statSync(folder);
  const open = ownFolder ? (mode & OTHERS) !== 0 : (mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0;
  const belongs = belongingTo(database);
  const inside = readdirSync(folder)
    .filter(belongs)
    .flatMap((name) => withContents(join(folder, name)))
    .filter((path) => isExposed(path));
  return [...(open ? [folder] : []), ...inside];
}

/** Whether others can read or change a file or folder. */
export function isExposed(path: string, platform: NodeJS.Platform = process.platform): boolean {
  return platform !== 'win32' && existsSync(path) && (statSync(path).mode & OTHERS) !== 0;
}

/**
 * The database, the copies the program lays beside it, and its folder of letters. What SQLite lays there while the
 * database is open has the permissions of the database, and is gone when a user would mend it.
 */
function belongingTo(database: string): (name: string) => boolean {
  const { name, base } = parse(database);
  const letters = name === 'inkasso' ? 'brev' : `brev-${name}`;
  return (each) =>
    each === letters ||
    each === base ||
    each === `${base}-lock` ||
    ['-versjon-', '-erstattet'].some((kind) => each.startsWith(name + kind));
}

function withContents(path: string): string[] {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return [];
  if (!found.isDirectory()) return [path];
  return [path, ...readdirSync(path).flatMap((name) => withContents(join(path, name)))];
}

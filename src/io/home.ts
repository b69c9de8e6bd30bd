import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder the program is installed in, where templates and migrations lie: the nearest with a package.json. */
export function programFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the program folder has no package.json');
    folder = parent;
  }
  return folder;
}

/** Where the database lies when nothing else is said: the platform's own place for a program's data. */
export function defaultDatabase(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  return join(dataFolder(env, platform, home), 'inkasso', 'inkasso.db');
}

function dataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  const xdg = env['XDG_DATA_HOME'];
  return xdg !== undefined && xdg.startsWith('/') ? xdg : join(home, '.local', 'share');
}

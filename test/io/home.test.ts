import { describe, expect, it } from 'vitest';
import { defaultDatabase } from '../../src/io/home.js';
import { systemPlaces } from '../../src/io/browser-places.js';
import { exposedBeside, isExposed } from '../../src/io/permissions.js';

/** Paths are joined as this machine joins them; what is chosen is the platform's own. */
const parts = (path: string): string[] => path.split(/[\\/]/).filter((part) => part !== '');

describe('where the database lies when nothing is said', () => {
  it.each<[NodeJS.Platform, NodeJS.ProcessEnv, string[]]>([
    ['linux', {}, ['hjem', '.local', 'share', 'inkasso', 'inkasso.db']],
    ['linux', { XDG_DATA_HOME: '/data' }, ['data', 'inkasso', 'inkasso.db']],
    ['linux', { XDG_DATA_HOME: '' }, ['hjem', '.local', 'share', 'inkasso', 'inkasso.db']],
    ['linux', { XDG_DATA_HOME: 'her' }, ['hjem', '.local', 'share', 'inkasso', 'inkasso.db']],
    [
      'darwin',
      { XDG_DATA_HOME: '/data' },
      ['hjem', 'Library', 'Application Support', 'inkasso', 'inkasso.db'],
    ],
    [
      'win32',
      { LOCALAPPDATA: 'C:\\Users\\Kari\\AppData\\Local' },
      ['C:', 'Users', 'Kari', 'AppData', 'Local', 'inkasso', 'inkasso.db'],
    ],
    ['win32', {}, ['hjem', 'AppData', 'Local', 'inkasso', 'inkasso.db']],
  ])('on %s with %j', (platform, env, expected) => {
    expect(parts(defaultDatabase(env, platform, '/hjem'))).toEqual(expected);
  });
});

describe('where a browser is looked for', () => {
  it.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
    ['linux', { PATH: '/opt/bin:relativ' }, '/opt/bin/chromium'],
    ['darwin', { HOME: '/Users/kari' }, '/Users/kari/Applications/Chromium.app/Contents/MacOS/Chromium'],
    [
      'win32',
      { programfiles: 'C:\\Program Files' },
      'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
  ])('on %s', (platform, env, place) => {
    const places = systemPlaces(env, platform);
    expect(places).toContain(place);
    expect(places.filter((each) => each.startsWith('relativ'))).toEqual([]);
  });
});

describe('permissions', () => {
  it('are not asked about where the system has none', () => {
    expect(exposedBeside(import.meta.filename, false, 'win32')).toEqual([]);
    expect(isExposed(import.meta.filename, 'win32')).toBe(false);
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import net from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bareEnvironment, CONSUMER, Desk, INIT, PROGRAM } from '../support/cli.js';

/** Whether this machine lets us start a program in a network of its own, where nothing can be reached. */
function canCutNetwork(): boolean {
  return process.platform === 'linux' && spawnSync('unshare', ['-rn', 'true']).status === 0;
}

describe('the network', () => {
  it('is cut in every test, so that a command which reaches for it fails', () => {
    expect(() => net.connect(443, 'inkasso.example')).toThrow('reached for the network: inkasso.example:443');
  });

  it.skipIf(!canCutNetwork())('is not needed from init to a printed letter, browser and all', () => {
    const desk = new Desk();
    const inkasso = (...args: string[]): string =>
      execFileSync(
        'unshare',
        [
          '-rn',
          process.execPath,
          join(PROGRAM, 'bin', 'inkasso.js'),
          '--json',
          '--as-of',
          '2026-08-20',
          ...args,
        ],
        {
          cwd: desk.folder,
          env: { ...bareEnvironment(desk.folder), INKASSO_DB: desk.database },
          encoding: 'utf8',
        },
      );
    inkasso('init', ...INIT);
    inkasso('add', ...CONSUMER);
    expect(JSON.parse(inkasso('run'))).toMatchObject({
      data: { letters: [{ id: 1 }] },
    });
  });
});

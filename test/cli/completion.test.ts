import { execFileSync, spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { Desk } from '../support/cli.js';

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

describe('completion', () => {
  let desk: Desk;
  const script = async (shell: string): Promise<string> => {
    const { code, stdout, stderr } = await desk.cli(['completion', shell]);
    expect([code, stderr]).toEqual([0, '']);
    return desk.write(`inkasso.${shell}`, stdout);
  };

  beforeAll(() => {
    desk = new Desk();
  });

  it.skipIf(!has('bash'))('completes commands, flags, values and files in bash', async () => {
    const file = await script('bash');
    desk.write('kopi.db', '');
    const complete = (...words: string[]): string[] =>
      execFileSync(
        'bash',
        [
          '--norc',
          '-c',
          'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _inkasso; IFS=$\'\\n\'; echo "$' +
            '{COMPREPLY[*]}"',
          file,
          ...words,
        ],
        { cwd: desk.folder, encoding: 'utf8' },
      )
        .split('\n')
        .filter((line) => line !== '');
    expect(complete('inkasso', 'ru')).toEqual(['run']);
    expect(complete('inkasso', '--db', 'run', 'wh')).toEqual(['why']);
    expect(complete('inkasso', 'rates', 'a')).toEqual(['add']);
    expect(complete('inkasso', 'add', '--ty')).toEqual(['--type']);
    expect(complete('inkasso', 'add', '--type', '')).toEqual(['consumer', 'business', 'public']);
    expect(complete('inkasso', 'run', '--catch-up', '')).toEqual(['yes', 'no']);
    expect(complete('inkasso', 'restore', 'ko')).toEqual(['kopi.db']);
    expect(complete('inkasso', 'show', '--as')).toEqual(['--as-of']);
  });

  it.skipIf(!has('fish'))('completes in fish', async () => {
    const file = await script('fish');
    const complete = (line: string): string[] =>
      execFileSync('fish', ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', file, line], {
        encoding: 'utf8',
        env: { ...process.env, HOME: desk.folder, XDG_CONFIG_HOME: desk.folder, XDG_DATA_HOME: desk.folder },
      })
        .split('\n')
        .map((each) => each.split('\t')[0] ?? '')
        .filter((each) => each !== '');
    expect(complete('inkasso ru')).toEqual(['run']);
    expect(complete('inkasso rates a')).toEqual(['add']);
    expect(complete('inkasso run --catch-up ').sort()).toEqual(['no', 'yes']);
    expect(complete('inkasso add --typ')).toEqual(['--type']);
  });

  it.skipIf(!has('zsh'))('completes in zsh', async () => {
    const file = await script('zsh');
    const typed = (keys: string): string =>
      execFileSync(
        'zsh',
        [
          '-f',
          '-c',
          `zmodload zsh/zpty
zpty t "PS1='> ' TERM=dumb zsh -f -i"
zpty -w t "autoload -Uz compinit; compinit -u -D; source $1; echo re''ady"
zpty -r t out '*ready*'
zpty -w -n t $2$'\\t'
out=''
for ((i = 0; i < 100; i++)); do
  while zpty -r -t t part; do out+=$part; done
  [[ $out == *$3* ]] && break
  sleep 0.1
done
print -r -- $out
zpty -d t`,
          'zsh',
          file,
          keys,
          keys.includes('--typ') ? '--type' : 'why ',
        ],
        { encoding: 'utf8', env: { ...process.env, HOME: desk.folder } },
      );
    expect(typed('inkasso wh')).toContain('inkasso why ');
    expect(typed('inkasso add --typ')).toContain('--type');
  });

  it('is for shells it knows, and says which', async () => {
    const { code, stderr } = await desk.cli(['completion', 'csh']);
    expect(code).toBe(2);
    expect(stderr).toContain('bash, zsh, fish');
  });
});

describe('the man page', () => {
  it('tells every command and flag, and reads without a complaint', async () => {
    const desk = new Desk();
    const { stdout } = await desk.cli(['man']);
    const help = (await desk.cli([])).stdout;
    const commands = [...help.matchAll(/^ {2}([a-z-]+) .*$/gm)].map(([, name]) => name ?? '');
    expect(commands.length).toBeGreaterThan(30);
    for (const name of commands.filter((each) => each !== 'help'))
      expect(`${stdout}\n`, name).toMatch(new RegExp(`^\\.B ${name.split('-').join('\\\\-')}[ \n]`, 'm'));
    for (const flag of ['\\-\\-catch\\-up', '\\-\\-as\\-of', '\\-\\-invoice']) expect(stdout).toContain(flag);
    if (!has('groff')) return;
    const read = spawnSync('groff', ['-man', '-Kutf8', '-Tutf8', '-ww'], { input: stdout, encoding: 'utf8' });
    expect([read.status, read.stderr]).toEqual([0, '']);
    expect(read.stdout).toContain('fakturaer');
  });
});

describe('the guide for newcomers', () => {
  it('is shown by help kom-i-gang, fits in a terminal, and names commands and flags that exist', async () => {
    const desk = new Desk();
    const { code, stdout } = await desk.cli(['help', 'kom-i-gang']);
    expect(code).toBe(0);
    expect(stdout.split('\n').every((line) => line.length <= 88)).toBe(true);
    expect((await desk.cli(['kom-i-gang'])).stdout).toBe(stdout);
    const named = new Set([...stdout.matchAll(/inkasso ([a-z]+)/g)].map(([, verb]) => verb ?? ''));
    for (const verb of [...named].filter((each) => each !== 'help'))
      expect((await desk.cli(['help', verb])).code, verb).toBe(0);
  });
});

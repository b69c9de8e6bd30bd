import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { widthOf } from '../../src/terminal/width.js';
import { bareEnvironment, claim, Desk, DUE, PROGRAM, shareBrowser } from '../support/cli.js';

shareBrowser();

const DAY = '2026-11-20';
const LONG = 'Langnavnet Eksempelbedrift og Sønner Entreprenør AS';

/** Everything that is read, and not copied into a file or another program. */
const READ = [
  ['list'],
  ['show', '1'],
  ['why', '1'],
  ['forecast', '1'],
  ['report'],
  ['report', 'limitation'],
  ['report', 'kpi'],
  ['report', 'income'],
  ['run', '--dry-run'],
  ['debtor'],
  ['debtor', 'show', '1'],
  ['import'],
  ['import', 'utskrift.csv'],
  ['config'],
  ['rates'],
  ['rates', 'check'],
  ['template'],
  ['doctor'],
  ['check'],
  ['show', '99'],
  ['pay', '1', '1.234'],
  ['kom-i-gang'],
] as const;

/** The words of the program's own that have a joint, and what stands by an amount in a list. */
const PARTS = ['Betalings-', 'oppfordring', 'Inkasso-', 'varsel', 'kr'];

const wordsOf = (text: string): Set<string> =>
  new Set((text.match(/\S+/g) ?? []).map((word) => word.replace(/[:.,]$/, '')));

describe('in a terminal', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    const history = ['--history', 'purring=2026-08-18:2026-09-01:38'];
    const more = ['--history', 'inkassovarsel=2026-09-10:2026-09-24:38'];
    await desk.ok('2026-10-01', ...claim('1', '125000', DUE, ...history, ...more));
    await desk.ok('2026-10-01', ...claim('2', '1000', DUE, '--debtor', LONG));
    await desk.ok('2026-10-01', 'pay', '1', '500');
    const bank = ['"Dato";"Forklaring";"Rentedato";"Ut fra konto";"Inn på konto"'];
    bank.push('"01.10.2026";"Innbetaling fra en som ikke sier hva den gjelder";"01.10.2026";"";"512.00"');
    desk.write('utskrift.csv', `${bank.join('\n')}\n`);
    await desk.ok('2026-10-02', 'import', desk.path('utskrift.csv'));
  });

  it.each([60, 80, 120])('of %i places no line is longer, and no word is broken', async (places) => {
    const argv = ['--db', desk.database, '--as-of', DAY, '--no-input', '--no-color'];
    for (const args of READ) {
      const shown = await desk.cli([...argv, ...args], { places });
      const piped = await desk.cli([...argv, ...args]);
      expect(shown.code).toBe(piped.code);
      const words = wordsOf([piped.stdout, piped.stderr, LONG].join(' '));
      // Progress is drawn and rubbed out again.
      for (const line of (shown.stdout + shown.stderr.replace(/^\r.*\r\u001b\[K/m, '')).split('\n')) {
        const alone = line.trim().split(' ').length === 1;
        if (!alone) expect(widthOf(line), `${args.join(' ')}: ${line}`).toBeLessThanOrEqual(places);
        const broken = [...wordsOf(line)].filter(
          (word) => !words.has(word) && !PARTS.includes(word) && !word.endsWith('…'),
        );
        expect(broken, args.join(' ')).toEqual([]);
      }
    }
  });

  it('what another program reads has whole lines', async () => {
    const argv = ['--db', desk.database, '--as-of', DAY];
    for (const args of [
      ['completion', 'bash'],
      ['man'],
      ['report', 'ageing', '--csv'],
      ['show', '1', '--json'],
    ]) {
      const shown = await desk.cli([...argv, ...args], { places: 40 });
      expect(shown.stdout).toBe((await desk.cli([...argv, ...args])).stdout);
    }
  });

  it('colours are whole or not there at all', async () => {
    const argv = ['--db', desk.database, '--as-of', DAY, '--no-input'];
    const all = async (more: readonly string[], env = {}): Promise<string> => {
      const shown = [];
      for (const args of READ)
        shown.push((await desk.cli([...argv, ...more, ...args], { places: 80, env })).stdout);
      return shown.join('\n');
    };
    const coloured = await all([]);
    expect(coloured).toContain('\u001b[1mSum\u001b[22m');
    expect(coloured.replace(/\u001b\[(1|2|22|31|32|33|39)m/g, '')).not.toMatch(/\[\d+m|\u001b/);
    for (const plain of [
      await all(['--no-color']),
      await all([], { NO_COLOR: '1' }),
      await all([], { TERM: 'dumb' }),
    ])
      expect(plain).not.toMatch(/\u001b|\[\d+m/);
  });
});

// A real terminal ------------------------------------------------------------------------------------------

const SOCKET = `inkasso-test-${process.pid}`;
const tmux = (...args: readonly string[]): string =>
  execFileSync('tmux', ['-L', SOCKET, ...args], { encoding: 'utf8' });
const HAS_TMUX = spawnSync('tmux', ['-V']).status === 0;

/** A person at a terminal with a shell in it. */
class Terminal {
  constructor(desk: Desk, places: number, env: NodeJS.ProcessEnv = {}) {
    const { PATH = '' } = bareEnvironment(desk.folder);
    const kept = {
      PATH,
      HOME: desk.folder,
      XDG_DATA_HOME: desk.folder,
      TERM: 'xterm-256color',
      PS1: '$ ',
      LANG: 'C.UTF-8',
      ...env,
    };
    const given = Object.entries(kept).map(([name, value]) => `'${name}=${value ?? ''}'`);
    const shell = `env -i ${given.join(' ')} sh`;
    tmux(
      '-f',
      '/dev/null',
      'new-session',
      '-d',
      '-s',
      'inkasso',
      '-x',
      String(places),
      '-y',
      '60',
      '-c',
      desk.folder,
      shell,
    );
  }

  /** The screen once a text is seen on it. */
  async sees(text: string): Promise<string> {
    for (const until = Date.now() + 30_000; ; await pause(50)) {
      const screen = tmux('capture-pane', '-p', '-t', 'inkasso');
      if (screen.includes(text)) return screen;
      if (Date.now() > until) throw new Error(`waited for «${text}» and saw:\n${screen}`);
    }
  }

  type(text: string, key = 'Enter'): void {
    if (text !== '') tmux('send-keys', '-t', 'inkasso', '-l', text);
    tmux('send-keys', '-t', 'inkasso', key);
  }

  close(): void {
    tmux('kill-server');
  }
}

describe.skipIf(!HAS_TMUX)('at a real terminal', () => {
  let terminal: Terminal | null = null;
  const inkasso = `"${process.execPath}" "${join(PROGRAM, 'bin', 'inkasso.js')}"`;

  afterAll(() => terminal?.close());

  it('sixty places wide a newcomer gets from init to a letter sent', async () => {
    const desk = new Desk();
    terminal = new Terminal(desk, 60);
    const answers = async (given: readonly (readonly [string, string])[]): Promise<void> => {
      for (const [asked, typed] of given) {
        await terminal?.sees(`? ${asked}`);
        terminal?.type(typed);
      }
    };
    terminal.type(`inkasso() { ${inkasso} --as-of 2026-08-20 "$@"; }; clear; inkasso init`);
    await answers([
      ['Navnet på virksomheten', 'Prøveverkstedet AS'],
      ['Organisasjonsnummer', '312000009'],
    ]);
    expect(await terminal.sees('> Organisasjonsnummeret')).toContain(
      '> Organisasjonsnummeret 312 000 009 er ikke gyldig: siste\nsiffer (kontrollsifferet) skulle vært 8.\n',
    );
    terminal.type('', 'BSpace');
    await answers([
      ['Organisasjonsnummer 31200000', '8'],
      ['Gateadresse', 'Prøvegata 1'],
      ['Postnummer', '0155'],
      ['Poststed', 'Oslo'],
      ['Kontonummer', '15031234562'],
      ['E-post', ''],
      ['Telefon', ''],
    ]);
    expect(await terminal.sees('Registrer den første')).toContain(
      '«inkasso add», eller\n«inkasso add --from faktura.xml».',
    );
    terminal.type('clear; inkasso add');
    await answers([
      ['Fakturanummer', '1001'],
      ['Beløp', '12500'],
      ['Forfallsdato', '03.08.2026'],
      ['Fakturadato', ''],
      ['Hva gjelder', 'Varmepumpe'],
      ['Skyldnerens navn', 'Kari Oppdiktet'],
      ['Hva slags skyldner', ''],
      ['Gateadresse', 'Tenktveien 3'],
      ['Postnummer', '0350'],
      ['Poststed', 'Oslo'],
      ['KID', ''],
    ]);
    expect(await terminal.sees('Neste brev')).toContain(
      'Sak 1: faktura 1001, Kari Oppdiktet, 12 500,00 kr, forfall\n03.08.2026.\nNeste brev: Purring, tidligst 17.08.2026.\n',
    );
    terminal.type('clear; inkasso run; inkasso sent');
    expect(await terminal.sees('bekreftet sendt')).toMatch(
      /Kari Oppdiktet +Purring +\d\d\.\d\d\.2026 +38,00/,
    );
    terminal.type('clear; inkasso add');
    await terminal.sees('? Fakturanummer');
    terminal.type('', 'C-c');
    await terminal.sees('Avbrutt: ingenting er lagret.');
  });
});

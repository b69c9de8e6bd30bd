import Database from 'better-sqlite3';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { claim, CREDITOR, Desk, DUE, shareBrowser, type Outcome } from '../support/cli.js';
import { CTRL_C, ENTER, ESCAPE, Person } from '../support/keyboard.js';

shareBrowser();

const DAY = '2026-08-20';

type Answers = readonly (readonly [seen: string, typed: string])[];

interface Asked extends Outcome {
  readonly person: Person;
}

async function ask(desk: Desk, args: readonly string[], answers: Answers): Promise<Asked> {
  const person = new Person(answers);
  const argv = ['--db', desk.database, '--as-of', DAY, ...args];
  const outcome = await desk.cli(argv, { keyboard: person });
  return { ...outcome, person };
}

const ADD: Answers = [
  ['Fakturanummer', `1001${ENTER}`],
  ['Beløp', `12500${ENTER}`],
  ['Forfallsdato', `03.08.2026${ENTER}`],
  ['Fakturadato', ENTER],
  ['Hva gjelder', `Varmepumpe${ENTER}`],
  ['Skyldnerens navn', `Kari Oppdiktet${ENTER}`],
  ['Hva slags skyldner', ENTER],
  ['Gateadresse', `Tenktveien 3${ENTER}`],
  ['Postnummer', `0350${ENTER}`],
  ['Poststed', `Oslo${ENTER}`],
  ['KID', ENTER],
];

const SETUP: Answers = [
  ['Navnet', `${CREDITOR.name}${ENTER}`],
  ['Organisasjonsnummer', `${CREDITOR.orgnr}${ENTER}`],
  ['Gateadresse', `Prøvegata 1${ENTER}`],
  ['Postnummer', `0155${ENTER}`],
  ['Poststed', `Oslo${ENTER}`],
  ['Kontonummer', `${CREDITOR.account}${ENTER}`],
  ['E-post', ENTER],
  ['Telefon', ENTER],
];

/** The first answers, and then Ctrl-C at the next question. */
function until(answers: Answers, count: number): Answers {
  return [...answers.slice(0, count), [answers[count]?.[0] ?? '', CTRL_C]];
}

describe('questions', () => {
  it('set up a business, and register and send a claim', async () => {
    const desk = new Desk();
    const made = await ask(desk, ['init'], SETUP);
    expect([made.code, made.person.unasked]).toEqual([0, []]);
    const added = await ask(desk, ['add'], ADD);
    expect([added.code, added.person.unasked]).toEqual([0, []]);
    expect(await desk.show(DAY)).toMatchObject({
      invoice: '1001',
      due: DUE,
      claim: { principalOre: 12_500_00 },
      debtor: { name: 'Kari Oppdiktet', type: 'consumer', address: 'Tenktveien 3', city: 'Oslo' },
    });
    const ran = await ask(desk, ['run'], []);
    expect(ran.stdout).toContain('1 brev er laget');
    expect((await ask(desk, ['sent'], [])).stdout).toContain('1 brev er bekreftet sendt');
  });

  it.each(ADD.map(([question], index) => [question, index] as const))(
    'add: Ctrl-C at «%s» ends with 130, one sentence and the database as it was',
    async (_question, index) => {
      const desk = await Desk.open();
      const before = readFileSync(desk.database);
      const { code, stdout, stderr, person } = await ask(desk, ['add'], until(ADD, index));
      expect(person.unasked).toEqual([]);
      expect([code, stdout, stderr]).toEqual([130, '', 'Avbrutt: ingenting er lagret.\n']);
      expect(readFileSync(desk.database).equals(before)).toBe(true);
    },
  );

  it.each(SETUP.map(([question], index) => [question, index] as const))(
    'init: Ctrl-C at «%s» leaves no database',
    async (_question, index) => {
      const desk = new Desk();
      const { code, stderr, person } = await ask(desk, ['init'], until(SETUP, index));
      expect(person.unasked).toEqual([]);
      expect([code, stderr]).toEqual([130, 'Avbrutt: ingenting er lagret.\n']);
      expect(existsSync(desk.database)).toBe(false);
    },
  );

  it('say what is wrong with an answer at once, and Esc is no answer', async () => {
    const desk = await Desk.open();
    const clear = '\u0015';
    const { code, person } = await ask(
      desk,
      ['add'],
      [
        ['Fakturanummer', ENTER],
        ['Dette må fylles ut.', `${ESCAPE}1001${ENTER}`],
        ['Beløp', `1.234${ENTER}`],
        ['kan bety to beløp', `${clear}12500${ENTER}`],
        ['Forfallsdato', `31.02.2026${ENTER}`],
        ['er ikke en dato', `${clear}03.08.2026${ENTER}`],
        ['Fakturadato', ENTER],
        ['Hva gjelder', ENTER],
        ['Skyldnerens navn', `Kari 01020312345${ENTER}`],
        ['fødselsnummer skal ikke lagres', `${clear}Kari Oppdiktet${ENTER}`],
        ['Hva slags skyldner', ENTER],
        ['Gateadresse', ENTER],
        ['Postnummer', `35${ENTER}`],
        ['> Postnummeret «35» må ha fire siffer.', `${clear}0350${ENTER}`],
        ['Poststed', ENTER],
        ['KID', `12${ENTER}`],
        ['> KID «12» er ikke gyldig', `${clear}${ENTER}`],
      ],
    );
    expect([code, person.unasked]).toEqual([0, []]);
    expect(person.shown).toContain('Velg med ↑ og ↓');
    expect(person.shown).not.toMatch(/navigate|select|You must/);
  });

  it('with yes or no take «ja» and «nei», and say so to anything else', async () => {
    const desk = await Desk.open();
    await desk.ok(DAY, ...claim('1', '1000', '2026-01-05'));
    const no = await ask(desk, ['run'], [['Ta med? (j/N)', `nei${ENTER}`]]);
    expect([no.code, no.person.unasked]).toEqual([0, []]);
    expect(no.stdout).toContain('Ingen brev skal sendes i dag.');
    const clear = '\u007f'.repeat(9);
    const { code, stdout, person } = await ask(
      desk,
      ['run'],
      [
        ['Ta med? (j/N)', `kanskje${ENTER}`],
        ['Svar «ja» eller «nei».', `${clear}ja${ENTER}`],
      ],
    );
    expect([code, person.unasked]).toEqual([0, []]);
    expect(stdout).toContain('1 brev er laget');
  });

  it('run: Ctrl-C at the question about old claims makes nothing', async () => {
    const desk = await Desk.open();
    await desk.ok(DAY, ...claim('1', '1000', '2026-01-05'));
    const before = readFileSync(desk.database);
    const { code, stderr } = await ask(desk, ['run'], [['Ta med?', CTRL_C]]);
    expect([code, stderr]).toEqual([130, 'Avbrutt: ingenting er lagret.\n']);
    expect(readFileSync(desk.database).equals(before)).toBe(true);
    expect(desk.pdfs()).toEqual([]);
  });

  it('run: asks about the claims a betalingsoppfordring demands; «nei» and Ctrl-C make none', async () => {
    const desk = await Desk.open();
    const history = [
      '--history',
      'purring=2026-06-18:2026-07-02:38',
      '--history',
      'inkassovarsel=2026-07-09:2026-07-24:38',
    ];
    await desk.ok(DAY, ...claim('77', '1000', '2026-06-01', ...history));
    const question = 'tvile på disse kravene? (J/n)';
    const before = readFileSync(desk.database);
    const stopped = await ask(desk, ['run'], [[question, CTRL_C]]);
    expect([stopped.code, stopped.person.unasked]).toEqual([130, []]);
    expect(stopped.stderr).toBe(
      'Betalingsoppfordring i dag: faktura 77 (Kari Oppdiktet).\nAvbrutt: ingenting er lagret.\n',
    );
    expect(readFileSync(desk.database).equals(before)).toBe(true);
    const no = await ask(desk, ['run'], [[question, `nei${ENTER}`]]);
    expect(no.stdout).toContain('Ingen brev skal sendes i dag.');
    const yes = await ask(desk, ['run'], [[question, `ja${ENTER}`]]);
    expect(yes.stdout).toMatch(/Kari Oppdiktet +Betalingsoppfordring/);
  });

  it('are not asked before the flags will do', async () => {
    const desk = await Desk.open();
    for (const [flag, value] of [
      ['--amount', '1.234'],
      ['--due', '31.02.2026'],
      ['--type', 'person'],
      ['--orgnr', '123456789'],
      ['--zip', '35'],
    ] as const) {
      const { code, person } = await ask(desk, ['add', flag, value], ADD);
      expect([code, person.raw], flag).toEqual([2, '']);
    }
  });

  it('take a postal code as the country has them, and what a flag has said is not asked about', async () => {
    const desk = await Desk.open();
    const given: Answers = ADD.filter(([seen]) => seen !== 'Forfallsdato').map(([seen, typed]) =>
      seen === 'Postnummer' ? [seen, `SE-111 22${ENTER}`] : [seen, typed],
    );
    const { code, person } = await ask(desk, ['add', '--country', 'se', '--due', DUE], given);
    expect([code, person.unasked]).toEqual([0, []]);
  });

  it('restore: «nei» is an answer, and leaves the database as it is', async () => {
    const desk = await Desk.open();
    await desk.ok(DAY, 'backup', desk.path('kopi.db'));
    await desk.ok(DAY, ...claim('1', '1000', DUE));
    const before = readFileSync(desk.database);
    const no = await ask(desk, ['restore', 'kopi.db'], [['Erstatte databasen? (j/N)', ENTER]]);
    expect([no.code, no.person.unasked, no.stderr]).toEqual([0, [], '']);
    expect(no.stdout).toBe('Databasen er ikke rørt.\n');
    const stopped = await ask(desk, ['restore', 'kopi.db'], [['Erstatte databasen? (j/N)', CTRL_C]]);
    expect([stopped.code, stopped.stderr]).toEqual([130, 'Avbrutt: ingenting er lagret.\n']);
    expect(readFileSync(desk.database).equals(before)).toBe(true);
    const yes = await ask(desk, ['restore', 'kopi.db'], [['Erstatte databasen? (j/N)', `ja${ENTER}`]]);
    expect([yes.code, yes.person.unasked]).toEqual([0, []]);
    expect(await desk.list(DAY)).toEqual([]);
  });

  it('are not asked where nobody is to be asked', async () => {
    const desk = await Desk.open();
    for (const flag of ['--no-input', '--json']) {
      const { code, person } = await ask(desk, ['add', flag], ADD);
      expect([code, person.raw]).toEqual([2, '']);
    }
  });

  it('do not say that nothing is stored when the first of two files is', async () => {
    const desk = await Desk.open();
    const file = (invoice: string): string =>
      desk.write(
        `${invoice}.csv`,
        `invoice;amount;due;debtor;type;address;zip;city\n${invoice};100,00;2026-08-03;Kari;consumer;Vei 1;0350;Oslo\n`,
      );
    const { code, stderr, person } = await ask(
      desk,
      ['import', file('1'), file('2')],
      [
        ['Ta inn 1.csv?', ENTER],
        ['Ta inn 2.csv?', CTRL_C],
      ],
    );
    expect([code, person.unasked]).toEqual([130, []]);
    expect(stderr).toContain('Avbrutt: det som alt var gjort, er lagret.\n');
    expect(await desk.list(DAY)).toHaveLength(1);
  });
});

describe('hostile text in a question', () => {
  it('neither moves the cursor nor draws lines of its own', async () => {
    const desk = await Desk.open();
    const name = 'Kari\u001b[2J\u001b]0;x\u0007\u202eKCOLB\u009b1A\r\n✔ Betalt Ja';
    await desk.ok(DAY, ...claim('1', '1000', DUE));
    const raw = new Database(desk.database);
    raw.prepare('UPDATE debtor SET name = ? WHERE id = 1').run(name);
    raw.close();
    await desk.ok('2026-08-21', 'pay', '1', '5000', '--date', '2026-08-21');
    const { person } = await ask(
      desk,
      ['--as-of', '2033-01-03', 'debtor', 'anonymise', '1'],
      [['Det kan ikke angres.', CTRL_C]],
    );
    expect(person.unasked).toEqual([]);
    // Only what the questions themselves are drawn with: lines cleared, the cursor moved, shown and hidden.
    const drawn = person.raw.replace(/\u001b\[(\d*[ABCDGK]|\?25[hl]|\?2004[hl])/g, '');
    expect(drawn).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(person.raw).not.toContain('\u001b[2J');
    expect(person.shown).not.toMatch(/^✔ Betalt/m);
  });
});

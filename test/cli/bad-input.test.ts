import Database from 'better-sqlite3';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  BUSINESS,
  claim,
  CONSUMER,
  CREDITOR,
  Desk,
  DUE,
  ehf,
  filesUnder,
  INIT,
  onlyDocument,
  sha256,
  shareBrowser,
  type Failure,
} from '../support/cli.js';

const DAY = '2026-08-20';

shareBrowser();

/** The flags of a command with some changed, and those set to null left out. */
function flags(usual: readonly string[], changes: Readonly<Record<string, string | null>>): string[] {
  const given = new Map<string, string | null>();
  for (let at = 0; at < usual.length; at += 2) given.set(usual[at] ?? '', usual[at + 1] ?? '');
  for (const [flag, value] of Object.entries(changes)) given.set(flag, value);
  return [...given].flatMap(([flag, value]) => (value === null ? [] : [flag, value]));
}

const NEW = flags(CONSUMER, { '--invoice': '5001' });
const add = (changes: Readonly<Record<string, string | null>>): string[] => ['add', ...flags(NEW, changes)];
const init = (changes: Readonly<Record<string, string | null>>): string[] => [
  'init',
  ...flags(INIT, changes),
];

const ENGLISH =
  /\b(invalid|expected|received|unexpected|cannot|could not|must be|unknown|required|undefined|NaN|failed|too (small|big)|should|outputHelp)\b/i;

/** One sentence in bokmål that a person can act on. */
function expectClear({ message, code, hint }: Failure): void {
  expect(message).toMatch(/^[^\n]{8,400}\.$/);
  expect(message, 'one sentence').not.toMatch(/[.!?] [A-ZÆØÅ]/);
  for (const text of [message, hint ?? '']) {
    expect(text).not.toMatch(ENGLISH);
    expect(text, 'no stack').not.toMatch(/Error\b|\bat .+:\d+:\d+|\[object|\.ts:|\.js:/);
  }
  expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
}

/** Refused in JSON and in words alike. */
async function expectRefused(
  desk: Desk,
  exit: number,
  pattern: RegExp,
  args: readonly string[],
  day = DAY,
): Promise<Failure> {
  const failure = await desk.refused(day, ...args);
  expect(failure.exit, failure.message).toBe(exit);
  expect(failure.message).toMatch(pattern);
  expectClear(failure);
  const { code, stdout, stderr } = await desk.on(day, ...args);
  expect([code, stdout]).toEqual([exit, '']);
  const lines = stderr.trimEnd().split('\n');
  expect(lines[0]).toContain(failure.message);
  expect(lines.length).toBe(failure.hint === undefined ? 1 : 2);
  return failure;
}

describe('nothing is written when', () => {
  let desk: Desk;
  let stood: ReturnType<Desk['stored']>;
  let pristine: Uint8Array;

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.add(DAY, ...CONSUMER);
    await desk.add(DAY, ...BUSINESS);
    await desk.ok(DAY, ...claim('77', '100', DUE));
    await desk.ok(DAY, ...claim('77', '200', '2025-08-04'));
    mkdirSync(desk.path('mappe'));
    desk.write('brev.txt', 'Dette er ikke XML.');
    desk.write('side.xml', '<!DOCTYPE html><html><body><p>Logg inn</p></body></html>');
    desk.write('tom.xml', '');
    desk.write('halv.xml', ehf(CREDITOR.orgnr).slice(0, 900));
    desk.write('fil.pdf', new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37, 0, 1, 2, 255]));
    desk.write('andres.xml', ehf('313000001'));
    desk.write('euro.xml', ehf(CREDITOR.orgnr, { NOK: 'EUR' }));
    desk.write('dato.xml', ehf(CREDITOR.orgnr, { '2026-08-03': '2026-02-30' }));
    desk.write('betalt.xml', ehf(CREDITOR.orgnr, { '1801.78': '0.00' }));
    desk.write('egen.xml', ehf(CREDITOR.orgnr));
    desk.write('sats.json', '{ "name": "sats"');
    desk.write(
      'lov.json',
      '{ "name": "hardt", "steps": [{ "step": "betalingsoppfordring", "wait": 1, "fee": true, "interest": true }] }',
    );
    const ubl = 'urn:oasis:names:specification:ubl:schema:xsd';
    desk.write(
      'purring.xml',
      `<Reminder xmlns="${ubl}:Reminder-2"><ID xmlns="${ubl}:CommonBasicComponents-2">1</ID></Reminder>`,
    );
    desk.write(
      'dtd.xml',
      `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${ehf(CREDITOR.orgnr).replace(/^<\?.*\?>/, '')}`,
    );
    stood = desk.stored();
    pristine = readFileSync(desk.database);
  });

  // What one test lets through must not reach the next.
  afterEach(() => {
    for (const suffix of ['-wal', '-shm']) rmSync(desk.database + suffix, { force: true });
    writeFileSync(desk.database, pristine);
  });

  const row = (what: string, args: readonly string[], exit: number, pattern: RegExp) =>
    [what, args, exit, pattern] as const;

  describe('an amount', () => {
    it.each([
      row('is a letter', add({ '--amount': 'x' }), 2, /^--amount: «x»/),
      row('is words', add({ '--amount': 'tolv tusen' }), 2, /^--amount: /),
      row('could be two amounts', add({ '--amount': '1.234' }), 2, /^--amount: «1\.234» kan bety to beløp/),
      row('could be two amounts with a comma', add({ '--amount': '1,234' }), 2, /^--amount: /),
      row('is negative', add({ '--amount': '-100' }), 2, /^--amount: .*negativ/),
      row('has three decimals', add({ '--amount': '100,005' }), 2, /^--amount: /),
      row('has four decimals', add({ '--amount': '100,0050' }), 2, /^--amount: .*desimaler/),
      row('is zero', add({ '--amount': '0' }), 2, /^--amount: .*større enn null/),
      row('is zero øre', add({ '--amount': '0,00' }), 2, /^--amount: .*større enn null/),
      row('is empty', add({ '--amount': '' }), 2, /--amount/),
      row('is in another notation', add({ '--amount': '1e5' }), 2, /^--amount: /),
      row('has both marks', add({ '--amount': '1.234,50' }), 2, /^--amount: /),
      row('has blanks in the wrong place', add({ '--amount': '12 34' }), 2, /^--amount: /),
      row('is beyond reason', add({ '--amount': '99999999999999999999' }), 2, /^--amount: .*for stort/),
      row('paid is a letter', ['pay', '1', 'x'], 2, /beløp/),
      row('paid is negative', ['pay', '1', '-100'], 2, /negativ|større enn null/),
      row('paid is zero', ['pay', '1', '0'], 2, /større enn null/),
    ])('%s', async (_what, args, exit, pattern) => {
      await expectRefused(desk, exit, pattern, args);
      expect(desk.stored()).toEqual(stood);
    });
  });

  describe('a date', () => {
    it.each([
      row('is 30 February', add({ '--due': '2026-02-30' }), 2, /^--due: «2026-02-30»/),
      row('is 31 June', add({ '--due': '31.06.2026' }), 2, /^--due: «31\.06\.2026»/),
      row('is 29 February in a common year', add({ '--due': '29.02.2026' }), 2, /^--due: /),
      row('is in month 13', add({ '--due': '2026-13-01' }), 2, /^--due: /),
      row('is a word', add({ '--due': 'i går' }), 2, /^--due: /),
      row('is in another notation', add({ '--due': '08/03/2026' }), 2, /^--due: /),
      row('has a short year', add({ '--due': '3.8.26' }), 2, /^--due: /),
      row('of issue is impossible', add({ '--issued': '2026-04-31' }), 2, /^--issued: /),
      row(
        'of issue is after the due date',
        add({ '--issued': '2026-08-04' }),
        2,
        /04\.08\.2026 er etter forfall 03\.08\.2026/,
      ),
      row('of issue is to come', add({ '--issued': '2026-08-21', '--due': '2026-09-04' }), 2, /framtiden/),
      row('of interest is impossible', add({ '--interest-from': '2026-02-30' }), 2, /^--interest-from: /),
      row('of payment is impossible', ['pay', '1', '100', '--date', '2026-02-30'], 2, /^--date: /),
      row('of sending is impossible', ['sent', '--date', '2026-02-30'], 2, /^--date: /),
      row('of today is impossible', ['run', '--as-of', '2026-02-30'], 2, /^--as-of: /),
    ])('%s', async (_what, args, exit, pattern) => {
      await expectRefused(desk, exit, pattern, args);
      expect(desk.stored()).toEqual(stood);
    });
  });

  describe('a number of a debtor', () => {
    it.each([
      row(
        'has a wrong check digit: org.nr.',
        add({ '--orgnr': '313000002' }),
        2,
        /^--orgnr: .*313 000 002.* skulle vært 1/,
      ),
      row('is too short: org.nr.', add({ '--orgnr': '31300000' }), 2, /^--orgnr: .*ni siffer/),
      row('is letters: org.nr.', add({ '--orgnr': 'ni siffer' }), 2, /^--orgnr: /),
      row('has a wrong check digit: KID', add({ '--kid': '00100108' }), 2, /^--kid: .*mod 10/),
      row('is letters: KID', add({ '--kid': 'faktura' }), 2, /^--kid: /),
      row('is too long: KID', add({ '--kid': '1'.repeat(26) }), 2, /^--kid: /),
      row('is too short: postal code', add({ '--zip': '350' }), 2, /^--zip: .*fire siffer/),
      row('is letters: postal code', add({ '--zip': 'Oslo' }), 2, /^--zip: /),
      row(
        'is a national id as name',
        add({ '--debtor': 'Kari 010190 12345' }),
        2,
        /^--debtor: fødselsnummer/,
      ),
      row(
        'is a national id in the address',
        add({ '--address': 'Gata 1, 01019012345' }),
        2,
        /^--address: fødselsnummer/,
      ),
      row('is a national id as org.nr.', add({ '--orgnr': '01019012345' }), 2, /^--orgnr: /),
      row('is a national id as place', add({ '--city': '01019012345 Oslo' }), 2, /^--city: fødselsnummer/),
      row(
        'is a national id beside an EHF file',
        ['add', '--from', 'egen.xml', '--address', 'Gata 1, 01019012345'],
        2,
        /^--address: fødselsnummer/,
      ),
      row(
        'is a national id as name beside an EHF file',
        ['add', '--from', 'egen.xml', '--debtor', 'Kari 01019012345'],
        2,
        /^--debtor: fødselsnummer/,
      ),
      row(
        'is a wrong postal code beside an EHF file',
        ['add', '--from', 'egen.xml', '--zip', '35'],
        2,
        /^--zip: .*fire siffer/,
      ),
      row('is no e-mail address', add({ '--email': 'kari' }), 2, /^--email: /),
      row(
        'is no e-mail address beside an EHF file',
        ['add', '--from', 'egen.xml', '--email', 'kari'],
        2,
        /^--email: /,
      ),
      row('is no country', add({ '--country': 'Norge' }), 2, /^--country: /),
      row(
        'is a wrong org.nr. beside an EHF file',
        ['add', '--from', 'egen.xml', '--orgnr', '313000002'],
        2,
        /--orgnr/,
      ),
      row(
        'is another amount than in the EHF file',
        ['add', '--from', 'egen.xml', '--amount', '5'],
        2,
        /--amount/,
      ),
      row(
        'is another invoice than in the EHF file',
        ['add', '--from', 'egen.xml', '--invoice', '9'],
        2,
        /--invoice/,
      ),
    ])('%s', async (_what, args, exit, pattern) => {
      await expectRefused(desk, exit, pattern, args);
      expect(desk.stored()).toEqual(stood);
    });
  });

  describe('a choice or a flag', () => {
    it.each([
      row(
        'is unknown: type',
        add({ '--type': 'person' }),
        2,
        /^--type: «person».*consumer, business, public/,
      ),
      row('is unknown: language', add({ '--language': 'se' }), 2, /^--language: /),
      row('is unknown: charge', add({ '--charge': 'gebyr' }), 2, /^--charge: /),
      row('is unknown: policy', add({ '--policy': 'streng' }), 2, /^--policy: «streng»/),
      row('is no JSON: policy', add({ '--policy': 'sats.json' }), 2, /JSON/),
      row('breaks the law: policy', add({ '--policy': 'lov.json' }), 3, /inkassovarsel/),
      row('is missing: invoice', add({ '--invoice': null }), 2, /--invoice/),
      row('is missing: amount', add({ '--amount': null }), 2, /--amount/),
      row('is missing: due', add({ '--due': null }), 2, /--due/),
      row('is missing: debtor', add({ '--debtor': null }), 2, /--debtor/),
      row('is missing: type', add({ '--type': null }), 2, /--type/),
      row('is blank: invoice', add({ '--invoice': '  ' }), 2, /--invoice/),
      row('is blank: debtor', add({ '--debtor': ' ' }), 2, /--debtor/),
      row('is without its value', ['pay', '1', '100', '--ref'], 2, /--ref/),
      row('is unknown', ['run', '--tørrkjør'], 2, /«--tørrkjør»/),
      row('is unknown: status', ['list', '--status', 'snart'], 2, /^--status: «snart»/),
      row('is unknown: report', ['report', 'alder'], 2, /«alder»/),
      row('is no number: limit', ['run', '--limit', 'to'], 2, /^--limit: /),
      row('is zero: limit', ['run', '--limit', '0'], 2, /--limit/),
      row('is neither: catch-up', ['run', '--catch-up', 'ja'], 2, /^--catch-up: /),
      row('is too much', ['show', '1', '2'], 2, /for mange argumenter/),
      row('is too much after a command of debtor', ['debtor', 'list', '1', '2'], 2, /for mange argumenter/),
      row('is missing: case', ['show'], 2, /sak/),
      row('is missing: command of export', ['export'], 2, /^«inkasso export» mangler et ord/),
      row('is unknown: command of debtor', ['debtor', 'vis'], 2, /«vis» etter «debtor»/),
      row('is missing: letter', ['letter'], 2, /brev/),
      row('is unknown: setting', ['config', 'get', 'gebyr'], 2, /«gebyr»/),
      row('is no number: setting', ['config', 'set', 'grace', 'to'], 2, /grace/),
      row('is too large: setting', ['config', 'set', 'grace', '31'], 2, /grace.*30/),
      row('is no whole number: setting', ['config', 'set', 'grace', '1,5'], 2, /grace/),
      row(
        'is less than the Act allows: setting',
        ['config', 'set', 'deadlineDays', '13'],
        2,
        /deadlineDays.*14/,
      ),
      row('is unknown: setting of next step', ['config', 'set', 'next-step', 'advokat'], 2, /inkassobyraa/),
      row('is a wrong postal code: setting', ['config', 'set', 'zip', '12'], 2, /fire siffer/),
      row('is a wrong account: setting', ['config', 'set', 'account', '15031234563'], 2, /1503 12 34563/),
      row('is empty: setting', ['config', 'set', 'name', ''], 2, /name/),
      row('is unknown: policy as setting', ['config', 'set', 'policy', 'streng'], 2, /«streng»/),
      row('is unknown: command of rates', ['rates', 'fjern'], 2, /«fjern»/),
      row(
        'is unknown: table',
        ['rates', 'add', 'renter', '2027-01-01', '12', '--source', 'x'],
        2,
        /«renter»/,
      ),
      row('is unknown: table to list', ['rates', 'list', 'renter'], 2, /«renter»/),
      row(
        'is no rate',
        ['rates', 'add', 'forsinkelsesrente', '2027-01-01', 'tolv', '--source', 'x'],
        2,
        /«tolv»/,
      ),
      row(
        'is no first day of a half-year',
        ['rates', 'add', 'forsinkelsesrente', '2027-02-01', '12', '--source', 'x'],
        2,
        /1\. januar eller 1\. juli/,
      ),
      row('is missing: source', ['rates', 'add', 'forsinkelsesrente', '2027-01-01', '12'], 2, /--source/),
      row(
        'is a rate the program knows',
        ['rates', 'add', 'inkassosats', '2026-01-01', '800', '--source', 'x'],
        2,
        /750/,
      ),
      row('is no Act', ['rates', 'regime', '2027-01-01', '1999', '--source', 'x'], 2, /«1999»/),
    ])('%s', async (_what, args, exit, pattern) => {
      await expectRefused(desk, exit, pattern, args);
      expect(desk.stored()).toEqual(stood);
    });
  });

  describe('a file', () => {
    const from = (name: string): string[] => ['add', '--from', name];

    it.each([
      row('is not XML', from('brev.txt'), 2, /brev\.txt.*XML/),
      row('is HTML', from('side.xml'), 2, /side\.xml.*(HTML|nettside)/i),
      row('is empty', from('tom.xml'), 2, /tom\.xml.*tom/),
      row('breaks off', from('halv.xml'), 2, /halv\.xml.*XML/),
      row('is a PDF', from('fil.pdf'), 2, /fil\.pdf/),
      row('declares a DTD', from('dtd.xml'), 2, /dtd\.xml/),
      row('is a reminder', from('purring.xml'), 2, /purring\.xml.*purring/),
      row('is in euro', from('euro.xml'), 2, /euro\.xml.*EUR/),
      row('has an impossible date', from('dato.xml'), 2, /dato\.xml.*2026-02-30/),
      row('asks for nothing', from('betalt.xml'), 2, /betalt\.xml/),
      row(
        "is somebody else's invoice",
        from('andres.xml'),
        2,
        /andres\.xml.*Leverandøren AS \(313 000 001\).*312 000 008/,
      ),
      row('is a folder', from('mappe'), 2, /mappe/),
      row('does not exist', from('borte.xml'), 2, /borte\.xml/),
    ])('%s', async (_what, args, exit, pattern) => {
      const failure = await expectRefused(desk, exit, pattern, args);
      expect(failure.command).toBe('add');
      expect(desk.stored()).toEqual(stood);
    });
  });

  describe('a command or case', () => {
    it.each([
      row('is unknown: command', ['kjør'], 2, /«kjør»/),
      row('is unknown: help', ['help', 'kjør'], 2, /«kjør»/),
      row('is unknown: case', ['show', '99'], 4, /«99»/),
      row('is unknown: invoice', ['show', 'F-99'], 4, /«F-99»/),
      row('is unknown: case to pay', ['pay', '99', '100'], 4, /«99»/),
      row('is unknown: case to run', ['run', '--case', '99'], 4, /«99»/),
      row('is unknown: letter', ['letter', '99'], 4, /99/),
      row('is unknown: letter sent', ['sent', '--letter', '99'], 4, /99/),
      row('is unknown: batch', ['sent', '99'], 4, /99/),
      row('could be two cases', ['show', '77'], 2, /77.*3.*4/),
    ])('%s', async (_what, args, exit, pattern) => {
      await expectRefused(desk, exit, pattern, args);
      expect(desk.stored()).toEqual(stood);
    });

    it.each([
      ['rnu', 'run'],
      ['repport', 'report'],
      ['lsit', 'list'],
    ])('is nearly right: %s', async (word, meant) => {
      const failure = await desk.refused(DAY, word);
      expect(failure).toMatchObject({ exit: 2, command: word });
      expect(failure.hint).toMatch(new RegExp(`Mente du .*${meant}`));
      expect((await desk.refused(DAY, 'run', '--dryrun')).hint).toMatch(/Mente du .*--dry-run/);
    });
  });

  describe('a claim', () => {
    it('is registered already, with the same amount', async () => {
      const failure = await expectRefused(desk, 2, /1001.*sak 1/, ['add', ...CONSUMER]);
      expect(failure).toMatchObject({ code: 'DUPLICATE' });
      expect(failure.hint).toContain('inkasso show 1');
      expect(desk.stored()).toEqual(stood);
    });

    it('is registered already, with another amount', async () => {
      const args = ['add', ...flags(CONSUMER, { '--amount': '12 400' })];
      const failure = await expectRefused(desk, 2, /12 500,00 kr.*12 400,00 kr/, args);
      expect(failure).toMatchObject({ code: 'CONFLICT' });
      expect(failure.hint).toBeTypeOf('string');
      expect(desk.stored()).toEqual(stood);
    });

    it('asks compensation of a consumer (F9)', async () => {
      const failure = await expectRefused(desk, 3, /forbruker/, add({ '--charge': 'compensation' }));
      expect(failure).toMatchObject({
        code: 'REFUSED',
        rule: 'F9',
        hjemmel: expect.stringContaining('forsinkelsesrenteloven § 3 a'),
      });
      expect(failure.hint).toContain('--charge fees');
      expect(desk.stored()).toEqual(stood);
    });

    it('asks interest from before it was due (I3)', async () => {
      const failure = await expectRefused(desk, 3, /04\.08\.2026/, add({ '--interest-from': DUE }));
      expect(failure).toMatchObject({
        rule: 'I3',
        hjemmel: expect.stringContaining('forsinkelsesrenteloven § 2'),
      });
      expect(desk.stored()).toEqual(stood);
    });
  });

  describe('the day is before what is recorded', () => {
    it('a payment is refused with the day it can be recorded (D1)', async () => {
      const failure = await expectRefused(desk, 3, /20\.08\.2026/, ['pay', '1', '100'], '2026-08-19');
      expect(failure).toMatchObject({ rule: 'D1', until: DAY });
      expect(desk.stored()).toEqual(stood);
    });

    it('a run makes no letter and says why', async () => {
      const failure = await desk.refused('2026-08-18', 'run', '--sent', '--case', '1');
      expect(failure).toMatchObject({ exit: 3, code: 'REFUSED', rule: 'D1', until: DAY });
      expect(desk.stored()).toEqual(stood);
    });
  });

  it('there is no browser to print with', async () => {
    const env = { INKASSO_BROWSER: desk.path('ingen-nettleser') };
    const { code, document } = await desk.json(DAY, ['run', '--sent'], { env });
    const { error } = document as unknown as { error: Failure };
    expect([code, error.code]).toEqual([1, 'BROWSER_MISSING']);
    expect(error.message).toContain('INKASSO_BROWSER');
    expect(desk.stored()).toEqual(stood);
  });

  it('the letters cannot be written where they are wanted', async () => {
    for (const out of ['brev.txt', 'brev.txt/under']) {
      const { code, document } = await desk.json(DAY, ['run', '--sent', '--out', desk.path(out)]);
      expect(document).toHaveProperty('error');
      expect([1, 2]).toContain(code);
      expect(desk.stored()).toEqual(stood);
    }
  });
});

describe('free text', () => {
  it('that holds eleven digits is warned about (B3)', async () => {
    const desk = await Desk.open();
    const args = [...add({ '--description': 'Tannlege for 01019012345' })];
    const { code, document } = await desk.json(DAY, args);
    expect(code).toBe(0);
    expect(document.warnings.map(({ message }) => message).join(' ')).toMatch(/fødselsnummer|elleve siffer/);
  });
});

describe('a name with characters that a terminal obeys', () => {
  it('is shown without them', async () => {
    const desk = await Desk.open();
    const args = add({ '--debtor': 'Kari \u001b[31mRød\u0007', '--description': 'Rør\u009b2J' });
    for (const command of [
      args,
      ['show', '1'],
      ['list'],
      ['run', '--dry-run'],
      ['report'],
      ['show', '\u001b[31m'],
    ]) {
      const { stdout, stderr } = await desk.on(DAY, ...command);
      expect(stdout + stderr, command[0]).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }
  });
});

describe('init leaves no database behind when', () => {
  let desk: Desk;

  beforeEach(() => {
    desk = new Desk();
  });

  it.each([
    ['the org.nr. is wrong', { '--orgnr': '312000009' }, /^--orgnr: .*312 000 009.* skulle vært 8/],
    ['the org.nr. cannot exist', { '--orgnr': '312000100' }, /^--orgnr: /],
    ['the account is wrong', { '--account': '15031234563' }, /^--account: .*1503 12 34563.* skulle vært 2/],
    ['the account is short', { '--account': '1503123456' }, /^--account: .*elleve siffer/],
    ['the postal code is short', { '--zip': '155' }, /^--zip: .*fire siffer/],
    ['the postal code is letters', { '--zip': 'Oslo' }, /^--zip: .*fire siffer/],
    ['the name is blank', { '--name': ' ' }, /^--name/],
    ['the e-mail address is none', { '--email': 'post' }, /^--email: /],
    ['the IBAN is wrong', { '--iban': 'NO7115031234562' }, /^--iban: /],
    ['the BIC is wrong', { '--bic': 'DNB' }, /^--bic: /],
    ['the country is none', { '--country': 'Norge' }, /^--country: /],
    ['grace is no number', { '--grace': 'tre' }, /^--grace: /],
    ['grace is negative', { '--grace': '-1' }, /^--grace: /],
    ['the deadline is shorter than the Act allows', { '--deadline-days': '13' }, /^--deadline-days: .*14/],
    ['the next step is unknown', { '--next-step': 'advokat' }, /^--next-step: .*inkassobyraa/],
    ['the policy is unknown', { '--policy': 'streng' }, /^--policy: .*streng/],
    ['--name is missing', { '--name': null }, /--name/],
    ['--orgnr is missing', { '--orgnr': null }, /--orgnr/],
    ['--address is missing', { '--address': null }, /--address/],
    ['--zip is missing', { '--zip': null }, /--zip/],
    ['--city is missing', { '--city': null }, /--city/],
    ['--account is missing', { '--account': null }, /--account/],
  ])('%s', async (_what, changes, pattern) => {
    await expectRefused(desk, 2, pattern, init(changes));
    expect(desk.stored()).toEqual({ tables: {}, files: {} });
  });

  it('there is a file already, of whatever kind', async () => {
    await desk.ok(DAY, 'init', ...INIT);
    const stood = desk.stored();
    const failure = await expectRefused(desk, 2, /inkasso\.db/, init({ '--name': 'En annen AS' }));
    expect(failure).toMatchObject({ command: 'init' });
    expect(failure.hint).toContain('--db');
    expect(desk.stored()).toEqual(stood);

    const notes = desk.write('notater.txt', 'viktig');
    const { code, stdout } = await desk.cli(['--db', notes, '--json', 'init', ...INIT]);
    expect([code, Object.keys(onlyDocument(stdout))]).toEqual([2, ['schemaVersion', 'command', 'error']]);
    expect(readFileSync(notes, 'utf8')).toBe('viktig');
  });
});

describe('a database that is not one', () => {
  let desk: Desk;

  beforeAll(() => {
    desk = new Desk();
    desk.write('tekst.db', 'Dette er en tekstfil og ikke en database, men den er lang nok til å ligne.');
    desk.write('tom.db', '');
    mkdirSync(desk.path('mappe.db'));
    const other = new Database(desk.path('annen.db'));
    other.exec("CREATE TABLE setting (key TEXT, value TEXT); INSERT INTO setting VALUES ('name', '1')");
    other.close();
  });

  const COMMANDS: readonly (readonly string[])[] = [
    ['list'],
    ['show', '1'],
    ['run', '--sent'],
    ['report'],
    ['pay', '1', '100'],
    ['sent'],
    ['withdraw', '1', '--reason', 'x'],
    ['letter', '1'],
    ['config', 'list'],
    ['config', 'set', 'grace', '4'],
    ['rates', 'list'],
    ['rates', 'regime', '2027-01-01', '1988', '--source', 'x'],
    ['add', ...CONSUMER],
  ];

  async function refusals(db: string, exit: number, code: string): Promise<void> {
    const files = filesUnder(desk.folder, () => true);
    for (const args of COMMANDS) {
      const { code: json, stdout } = await desk.cli(['--db', db, '--as-of', DAY, '--json', ...args]);
      const { error } = onlyDocument(stdout) as { error: Failure };
      expect([json, error.code], args.join(' ')).toEqual([exit, code]);
      expectClear(error);
      expect(error.message).toContain(db);
      expect(error.hint).toMatch(/--db/);
      const words = await desk.cli(['--db', db, '--as-of', DAY, ...args]);
      expect([words.code, words.stdout]).toEqual([exit, '']);
      expect(words.stderr).toContain(error.message);
    }
    expect(filesUnder(desk.folder, () => true)).toEqual(files);
  }

  it.each(['tekst.db', 'tom.db', 'annen.db', 'mappe.db'])('%s is refused and left as it is', async (name) => {
    await refusals(desk.path(name), 2, 'DB_NOT_OURS');
  });

  it('that is not there is not found, not made, and the way to make one is said', async () => {
    await refusals(desk.path('ingen', 'inkasso.db'), 4, 'DB_MISSING');
    expect(existsSync(desk.path('ingen'))).toBe(false);
    const { stdout } = await desk.cli(['--db', desk.path('borte.db'), '--json', 'list']);
    expect((onlyDocument(stdout) as { error: Failure }).error.hint).toContain('inkasso init');
  });

  it('that is damaged is a fault with a sentence, and is left as it is', async () => {
    const whole = await Desk.open();
    await whole.add(DAY, ...CONSUMER);
    const bytes = Buffer.from(readFileSync(whole.database));
    bytes.fill(0x5a, 4096);
    const path = desk.write('skadet.db', bytes);
    for (const args of [['list'], ['run', '--sent'], ['show', '1'], ['pay', '1', '100']]) {
      const { code, stdout } = await desk.cli(['--db', path, '--as-of', DAY, '--json', ...args]);
      const { error } = onlyDocument(stdout) as { error: Failure };
      expect([args[0], code]).toEqual([args[0], 1]);
      expectClear(error);
    }
    expect(sha256(readFileSync(path))).toBe(sha256(bytes));
  });
});

describe('a day without rates or regime', () => {
  const NOW = { now: '2027-01-04T08:00:00Z' };
  const NEW_YEAR = '2027-01-04';
  let desk: Desk;

  async function runOn(flag = '--dry-run') {
    const { code, document } = await desk.json(NEW_YEAR, ['run', flag], NOW);
    const { error, data } = document as unknown as {
      error?: Failure;
      data?: { letters: { step: string; feeOre: number; interestOre: number }[] };
    };
    return { code, error, letters: data?.letters ?? [] };
  }

  const rates = (...args: string[]) => desk.ok(NEW_YEAR, 'rates', ...args, '--source', 'kunngjøringen');

  beforeEach(async () => {
    desk = await Desk.open();
    // Due on a Tuesday; the 14 days are over well before the new year.
    await desk.ok('2026-12-10', ...claim('1', '10 000', '2026-12-01'));
  });

  it('stops the run with exit code 5, and says which command to give', async () => {
    const stood = desk.stored();
    for (const flag of ['--dry-run', '--sent']) {
      const { code, error } = await runOn(flag);
      expect(code).toBe(5);
      expect(error).toMatchObject({ code: 'RATE_UNKNOWN', rule: 'G2' });
      expect(error?.message).toContain('04.01.2027');
      expect(error?.hint).toContain('inkasso rates regime 2027-01-01 1988|2026 --source');
      expectClear(error as Failure);
    }
    const { code, stdout, stderr } = await desk.on(NEW_YEAR, 'run', '--sent');
    expect([code, stdout]).toEqual([5, '']);
    expect(stderr).toContain('inkasso rates regime');
    expect(desk.stored()).toEqual(stood);
  });

  it('is over when regime and rates are recorded, each asked for by its own command', async () => {
    await rates('regime', '2027-01-01', '1988');
    const asked: string[] = [];
    for (let { code, error } = await runOn(); code === 5; { code, error } = await runOn()) {
      const [, table = '', from = ''] = /inkasso rates add (\w+) (\S+)/.exec(error?.hint ?? '') ?? [];
      expect(asked).not.toContain(table);
      asked.push(table);
      await rates('add', table, from, { forsinkelsesrente: '12,50', inkassosats: '780' }[table] ?? '');
    }
    expect(asked.sort()).toEqual(['forsinkelsesrente', 'inkassosats']);
    const { code, letters } = await runOn();
    expect(code).toBe(0);
    // 30 days at 12,25 % of 10 000 kr and 4 at 12,50 %: 100,68 + 13,70. 780 ÷ 20 = 39.
    expect(letters).toMatchObject([{ step: 'purring', feeOre: 3900, interestOre: 10_068 + 1370 }]);
  });

  it('under the Act of 2026 leaves reminders without fee, and the announcement of handing over', async () => {
    const sent = ['--history', 'purring=2026-12-15:2026-12-29:38'];
    await desk.ok('2026-12-30', ...claim('2', '10 000', '2026-11-30', ...sent));
    await rates('regime', '2027-01-01', '2026');
    await rates('add', 'forsinkelsesrente', '2027-01-01', '12,50');
    const { code, letters } = await runOn();
    expect(code).toBe(0);
    expect(letters.map(({ step, feeOre }) => [step, feeOre])).toEqual([
      ['purring', 0],
      ['overdragelsesvarsel', 0],
    ]);
  });

  it('leaves a case readable, with the missing rate named', async () => {
    const { code, document } = await desk.json<{ case: { claim: unknown } }>(NEW_YEAR, ['show', '1'], NOW);
    expect(code).toBe(0);
    expect(document.warnings.map((warning) => warning.code)).toContain('RATE_UNKNOWN');
    for (const verb of ['list', 'report']) {
      const listed = await desk.json(NEW_YEAR, [verb], NOW);
      expect([0, 5]).toContain(listed.code);
    }
  });

  it('never says that a claim is paid when it cannot say what is left', async () => {
    const { code, stdout, stderr } = await desk.on(NEW_YEAR, 'pay', '1', '100');
    expect(code).toBe(0);
    expect(stdout).not.toContain('Kravet er betalt');
    expect(stderr).toContain('inkasso rates add forsinkelsesrente');
    expect((await desk.show('2026-12-31')).status).toBe('open');
  });

  it('that is later than the real day is warned about', async () => {
    const args = ['pay', '1', '100', '--date', '2026-12-12'];
    const { code, document } = await desk.json('2026-12-14', args, { now: '2026-12-13T08:00:00Z' });
    expect(code).toBe(0);
    expect(document.warnings.map(({ message }) => message).join(' ')).toMatch(/14\.12\.2026|--as-of/);
  });
});

describe('a mistyped word', () => {
  it.each([
    [['rum'], /Mente du run\?/],
    [['help', 'rum'], /ingen kommando «rum»\.\nMente du run\?/],
    [['help', 'foo'], /inkasso --help/],
    [['list', '--statsu', 'open'], /Mente du --status\?/],
    [['list', '--status', 'opne'], /«opne» er ikke .*\nMente du open\?/],
    [['list', '--status', 'xyzzy'], /«xyzzy» er ikke .*\nSe eksempler/],
    [['add', ...CONSUMER, '--language', 'nm'], /«nm» er ikke .*\nMente du nb eller nn\?/],
    [['rates', 'lisst'], /Mente du list\?/],
    [['rates', 'list', 'inkasosats'], /Mente du inkassosats\?/],
    [['debtor', 'shw'], /Mente du show\?/],
    [['export', 'utleg', '1'], /Mente du utlegg\?/],
    [['config', 'get', 'acount'], /Mente du account\?/],
    [['completion', 'fsh'], /Mente du zsh eller fish\?|Mente du fish\?/],
  ])('%j is told what was probably meant', async (args, pattern) => {
    const desk = await Desk.open();
    const { code, stdout, stderr } = await desk.on(DAY, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^Feil: [^\n]+\n[^\n]+\n$/);
    expect(stderr).toMatch(pattern);
  });
});

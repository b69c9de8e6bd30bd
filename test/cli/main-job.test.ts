import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  BUSINESS,
  claim,
  CONSUMER,
  CREDITOR,
  Desk,
  dotted,
  DUE,
  kroner,
  readPdf,
  sha256,
  shareBrowser,
  type RunData,
  type RunLetter,
} from '../support/cli.js';
import {
  addDays,
  daysFrom,
  everyDay,
  interest,
  interestLines,
  isWorkingDay,
  workingDaysAfter,
} from './reckoning.js';

shareBrowser();

const FIRST = '2026-08-20';
const LAST = '2026-10-20';
const LADDER = ['purring', 'inkassovarsel', 'betalingsoppfordring'];
const FEES = [3800, 3800, 11300];

const PARTIES = [
  {
    number: 1,
    invoice: '1001',
    ore: 1_250_000,
    debtor: 'Kari Oppdiktet',
    place: '0350 Oslo',
    payWith: 'faktura 1001',
  },
  {
    number: 2,
    invoice: '1002',
    ore: 432_150,
    debtor: 'Ærlig Øl & Åpent AS',
    place: '5003 Bergen',
    payWith: '00100107',
  },
];

describe('two invoices, run every day', () => {
  let desk: Desk;
  const days = new Map<string, RunData>();
  const letters: RunLetter[] = [];
  /** What a dry run said beforehand, and what a second run the same day did. */
  const before = new Map<string, RunData>();
  const again = new Map<string, { data: RunData; changed: boolean }>();

  const of = (number: number): RunLetter[] => letters.filter((letter) => letter.case === number);

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.add(FIRST, ...CONSUMER);
    await desk.add(FIRST, ...BUSINESS);
    for (const day of everyDay(FIRST, LAST)) {
      const dry = await desk.run(day, '--sent', '--dry-run');
      const ran = await desk.run(day, '--sent');
      days.set(day, ran);
      letters.push(...ran.letters);
      if (ran.letters.length > 0 || dry.letters.length > 0) before.set(day, dry);
      if (ran.letters.length === 0) continue;
      const written = desk.stored();
      const second = await desk.run(day, '--sent');
      again.set(day, {
        data: second,
        changed: JSON.stringify(desk.stored()) !== JSON.stringify(written),
      });
    }
  });

  it('sends each case exactly purring, inkassovarsel and betalingsoppfordring', () => {
    for (const { number } of PARTIES) expect(of(number).map((letter) => letter.step)).toEqual(LADDER);
    expect(letters).toHaveLength(6);
  });

  it('charges 38 + 38 + 113 kroner, and the sum so far stands in each letter', () => {
    for (const { number } of PARTIES) {
      expect(of(number).map((letter) => letter.feeOre)).toEqual(FEES);
      expect(of(number).map((letter) => letter.costsOre)).toEqual([3800, 7600, 18900]);
    }
  });

  it('sets deadlines of 14 days or more, on working days', () => {
    for (const { date, deadline } of letters) {
      expect(daysFrom(date, deadline)).toBeGreaterThanOrEqual(14);
      expect(isWorkingDay(deadline), deadline).toBe(true);
    }
  });

  it('takes each step on the first lawful day: three bank days after a missed deadline', () => {
    for (const { number } of PARTIES) {
      const [purring, varsel, oppfordring] = of(number);
      expect(purring?.date).toBe(FIRST);
      expect(varsel?.date).toBe(workingDaysAfter(purring?.deadline ?? '', 3));
      expect(oppfordring?.date).toBe(workingDaysAfter(varsel?.deadline ?? '', 3));
    }
  });

  it('claims interest equal to an independent count, to the øre', () => {
    for (const { number, ore } of PARTIES) {
      for (const letter of of(number)) {
        expect(letter.principalOre).toBe(ore);
        expect(letter.interestOre, letter.date).toBe(interest([[DUE, ore]], letter.date));
        expect(letter.totalOre).toBe(letter.principalOre + letter.interestOre + letter.costsOre);
      }
    }
  });

  it('says beforehand in a dry run exactly what it then does', () => {
    expect(before.size).toBe(3);
    for (const [day, dry] of before) {
      const unmade = { id: null, pdf: null, sha256: null };
      const done = days.get(day)?.letters.map((letter) => ({ ...letter, ...unmade }));
      expect(dry.letters).toEqual(done);
      expect(dry).toMatchObject({ batch: null, print: null });
    }
  });

  it('writes nothing when it is run again the same day', () => {
    expect(again.size).toBe(3);
    for (const { data, changed } of again.values()) {
      expect(data).toMatchObject({ batch: null, letters: [], print: null });
      expect(changed).toBe(false);
    }
  });

  it('numbers the batches, and lists the other days every case that gets no letter, with the reason', () => {
    const made = [...days.values()].filter((day) => day.batch !== null);
    expect(made.map((day) => day.batch)).toEqual([1, 2, 3]);
    for (const [day, { letters: sent, held }] of days) {
      expect(held.map((each) => each.case)).toEqual(sent.length > 0 ? [] : [1, 2]);
      for (const { reason, rule, hjemmel, until } of held) {
        expect(reason).toMatch(/^[A-ZÆØÅ].*\.$/);
        expect(rule).toMatch(/^[A-Z]\d+$/);
        expect(hjemmel).toMatch(/§/);
        if (until !== null && day < '2026-10-01') expect(until > day).toBe(true);
      }
    }
  });

  it('states the names, figures and dates in the text of each PDF', async () => {
    for (const { number, invoice, ore, debtor, place, payWith } of PARTIES) {
      for (const letter of of(number)) {
        const { text } = await readPdf(letter.pdf);
        const words = [
          ...[CREDITOR.name, CREDITOR.shownOrgnr, CREDITOR.shownAccount, CREDITOR.email, debtor, place],
          ...[invoice, payWith, dotted(letter.date), dotted(DUE), dotted(letter.deadline)],
          ...[kroner(ore), kroner(letter.interestOre), kroner(letter.feeOre), kroner(letter.costsOre)],
          ...[kroner(letter.totalOre), '12,25 %', dotted(addDays(DUE, 1))],
        ];
        for (const word of words) expect(text, `${letter.step} ${debtor}`).toContain(word);
      }
    }
    const [first] = of(1);
    const { text } = await readPdf(first?.pdf ?? '');
    for (const word of ['20.07.2026', 'Reparasjon av varmepumpe']) expect(text).toContain(word);
  });

  it('writes each letter with what its paragraph asks for', async () => {
    for (const { number } of PARTIES) {
      const [purring, varsel, oppfordring] = await Promise.all(of(number).map(({ pdf }) => readPdf(pdf)));
      expect(purring?.text).toMatch(/Purring/);
      expect(varsel?.text).toMatch(/Inkassovarsel|Varsel om inkasso/);
      expect(varsel?.text).toMatch(/inkasso vil bli satt i verk/i);
      expect(oppfordring?.text).toMatch(/Betalingsoppfordring/);
      expect(oppfordring?.text).toMatch(/innsigelse/);
      expect(oppfordring?.text).toMatch(/kan .*ytterligere kostnader.* rettslig/i);
      for (const read of [purring, varsel, oppfordring]) expect(read?.text).toMatch(/betalt i mellomtiden/i);
    }
  });

  it('never says «purring» in an inkassovarsel, and «inkassosalær» nowhere', async () => {
    for (const { step, pdf } of letters) {
      const { text } = await readPdf(pdf);
      if (step === 'inkassovarsel') expect(text).not.toMatch(/purr/i);
      expect(text).not.toMatch(/inkassosal/i);
    }
  });

  it('leaves each letter on disk as it is stored, and nothing is overwritten', async () => {
    for (const { number } of PARTIES) {
      const { letters: shown } = await desk.show(LAST, String(number));
      for (const letter of of(number)) {
        expect(sha256(readFileSync(letter.pdf))).toBe(letter.sha256);
        const stored = shown.find((each) => each.id === letter.id);
        const { id, step, date, deadline, feeOre, totalOre } = letter;
        const pages = (await readPdf(letter.pdf)).pages;
        expect(stored).toMatchObject({ id, step, date, deadline, feeOre, totalOre, pages });
        expect(stored).toMatchObject({ state: 'sent', sentOn: date, sha256: letter.sha256 });
      }
    }
    expect(desk.pdfs()).toHaveLength(letters.length + 3);
  });

  it('gathers all pages of a day in one PDF to print', async () => {
    for (const { print, letters: made } of days.values()) {
      if (print === null) continue;
      const singles = await Promise.all(made.map(({ pdf }) => readPdf(pdf)));
      const whole = await readPdf(print);
      expect(whole.pages).toBe(singles.reduce((total, { pages }) => total + pages, 0));
      for (const { text } of singles) expect(whole.text).toContain(text);
    }
  });

  it('reports buckets, debtors and list that add up to the same total', async () => {
    for (const [day, key] of [
      [FIRST, '1-30'],
      ['2026-09-15', '31-60'],
      [LAST, '61-90'],
      ['2026-11-02', '91+'],
    ] as const) {
      const { ageing } = await desk.report(day);
      const listed = await desk.list(day);
      const add = (amounts: readonly { openOre: number }[]): number =>
        amounts.reduce((total, { openOre }) => total + openOre, 0);
      expect(ageing.buckets.map((bucket) => bucket.key)).toEqual(['notDue', '1-30', '31-60', '61-90', '91+']);
      expect(add(ageing.buckets)).toBe(ageing.totalOre);
      expect(add(listed)).toBe(ageing.totalOre);
      expect(ageing.debtors.reduce((total, { totalOre }) => total + totalOre, 0)).toBe(ageing.totalOre);
      for (const { buckets, totalOre } of ageing.debtors) expect(add(buckets)).toBe(totalOre);
      const full = ageing.buckets.filter((bucket) => bucket.count > 0);
      expect(full).toEqual([{ key, count: 2, openOre: ageing.totalOre }]);
    }
  });

  it('has in the report and in each case what is owed on the last day', async () => {
    const owed = PARTIES.map(({ ore }) => ore + interest([[DUE, ore]], LAST) + 18900);
    expect((await desk.report(LAST)).ageing.totalOre).toBe(owed.reduce((a, b) => a + b, 0));
    for (const [index, { number }] of PARTIES.entries()) {
      const { status, claim: today, next } = await desk.show(LAST, String(number));
      expect(status).toBe('legal');
      expect(today.openOre).toBe(owed[index]);
      expect(next).toMatchObject({ step: null, earliest: null });
    }
    expect(days.get(LAST)?.held.map(({ rule }) => rule)).toEqual(['L3', 'L3']);
  });
});

describe('a run', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.add(FIRST, ...CONSUMER);
    await desk.add(FIRST, ...BUSINESS);
  });

  it('can be of some cases or so many letters, and names those that wait', async () => {
    for (const flags of [
      ['--case', '2'],
      ['--case', '1002'],
      ['--limit', '1', '--case', '2'],
    ]) {
      const { letters } = await desk.run(FIRST, '--dry-run', ...flags);
      expect(letters.map((letter) => letter.case)).toEqual([2]);
    }
    const { letters, held } = await desk.run(FIRST, '--dry-run', '--limit', '1');
    expect([...letters, ...held].map((each) => each.case)).toEqual([1, 2]);
    expect(letters).toHaveLength(1);
  });

  it('catches up missed days by one step per case, and writes where it is told', async () => {
    // A Saturday, so that the deadline must be rolled forward (D3).
    const first = await desk.run('2026-08-29', '--sent', '--out', 'ut/august');
    expect([...first.letters.map(({ pdf }) => pdf), first.print]).toEqual(
      desk.pdfs().map((path) => desk.path(path)),
    );
    expect(desk.pdfs().every((path) => path.startsWith('ut/august/'))).toBe(true);
    expect(first.letters.map(({ step, deadline }) => [step, deadline])).toEqual([
      ['purring', '2026-09-14'],
      ['purring', '2026-09-14'],
    ]);
    const due = workingDaysAfter('2026-09-14', 3);
    const weekLater = addDays(due, 7);
    const second = await desk.run(weekLater, '--sent');
    expect(second.letters.map(({ step }) => step)).toEqual(['inkassovarsel', 'inkassovarsel']);
    expect(await desk.run(weekLater, '--sent')).toMatchObject({ letters: [], batch: null });
    expect(await desk.run(addDays(weekLater, 1), '--sent')).toMatchObject({ letters: [], batch: null });
  });
});

describe('ageing', () => {
  let desk: Desk;
  const on = '2026-11-02';

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.ok(FIRST, 'config', 'set', 'shiftDueDate', 'false');
    for (const past of [0, 1, 30, 31, 60, 61, 90, 91])
      await desk.ok(on, ...claim(`P${past}`, '1000', addDays(on, -past)));
  });

  it('puts each claim in the bucket of its days past due', async () => {
    const { ageing } = await desk.report(on);
    expect(ageing.buckets.map(({ key, count }) => [key, count])).toEqual([
      ['notDue', 1],
      ['1-30', 2],
      ['31-60', 2],
      ['61-90', 2],
      ['91+', 1],
    ]);
    const amounts = [[0], [1, 30], [31, 60], [61, 90], [91]].map((days) =>
      days.reduce((total, past) => total + 100_000 + interest([[addDays(on, -past), 100_000]], on), 0),
    );
    expect(ageing.buckets.map(({ openOre }) => openOre)).toEqual(amounts);
    expect(ageing.totalOre).toBe(amounts.reduce((a, b) => a + b, 0));
  });

  it('agrees with the list on any day, also one before the claims were registered', async () => {
    for (const day of [on, '2026-12-31', '2026-10-20']) {
      const listed = (await desk.list(day)).reduce((total, { openOre }) => total + openOre, 0);
      expect((await desk.report(day)).ageing.totalOre, day).toBe(listed);
    }
  });
});

describe('a claim that is already old', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
  });

  it('gets no letter more than 90 days past due, unless the user says so', async () => {
    await desk.ok('2026-08-20', ...claim('A1', '1000', '2026-05-21'));
    await desk.ok('2026-08-20', ...claim('A2', '1000', '2026-05-22'));
    const { letters, held } = await desk.run('2026-08-20', '--dry-run');
    expect(letters.map(({ invoice }) => invoice)).toEqual(['A2']);
    expect(held.map(({ invoice }) => invoice)).toEqual(['A1']);
    expect(held[0]?.reason).toContain('--catch-up');
    const no = await desk.run('2026-08-20', '--dry-run', '--catch-up', 'no');
    expect(no.letters.map(({ invoice }) => invoice)).toEqual(['A2']);
    const yes = await desk.run('2026-08-20', '--dry-run', '--catch-up', 'yes');
    expect(yes.letters.map(({ invoice }) => invoice).sort()).toEqual(['A1', 'A2']);
  });

  it('carries one line of interest for each rate and each year', async () => {
    const ore = 9_876_543;
    await desk.ok('2026-08-20', ...claim('A3', '98 765,43', '2024-12-02'));
    const balances = [['2024-12-02', ore]] as const;
    const { letters } = await desk.run('2026-08-20', '--dry-run', '--catch-up', 'yes', '--case', 'A3');
    expect(letters.map(({ interestOre }) => interestOre)).toEqual([interest(balances, '2026-08-20')]);
    const { claim: shown } = await desk.show('2026-08-20', 'A3');
    const expected = interestLines(balances, '2026-08-20');
    // 2024 at 12,50 of 366 days; 2025 at 12,50 and 12,25; 2026 at 12,00 and 12,25.
    expect(expected.map(({ from, to }) => [from, to])).toEqual([
      ['2024-12-03', '2024-12-31'],
      ['2025-01-01', '2025-06-30'],
      ['2025-07-01', '2025-12-31'],
      ['2026-01-01', '2026-06-30'],
      ['2026-07-01', '2026-08-20'],
    ]);
    expect(
      shown.interestLines.map(({ from, to, days, amountOre: amount }) => [from, to, days, amount]),
    ).toEqual(expected.map(({ from, to, days, ore: amount }) => [from, to, days, amount]));
    expect(shown.interestLines.map(({ yearDays }) => yearDays)).toEqual([366, 365, 365, 365, 365]);
    expect(shown.interestOre).toBe(interest(balances, '2026-08-20'));
  });

  it('counts a leap year as 366 days: 10 000 kr, 12 days in June 2024, is 40,98', async () => {
    await desk.ok('2026-08-20', 'config', 'set', 'shiftDueDate', 'false');
    await desk.ok('2024-06-27', ...claim('A4', '10 000', '2024-06-15'));
    expect((await desk.show('2024-06-27', 'A4')).claim.interestOre).toBe(4098);
  });
});

describe('what there is reason to write off', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    const ladder = [
      ...[
        '--history',
        'purring=2026-02-20:2026-03-06:38',
        '--history',
        'inkassovarsel=2026-03-12:2026-03-26:38',
      ],
      ...['--history', 'betalingsoppfordring=2026-04-07:2026-04-21:113'],
    ];
    await desk.ok('2026-05-02', ...claim('S1', '450', '2026-02-02', ...ladder));
    await desk.ok('2026-05-02', ...claim('S2', '45 000', '2026-02-02', ...ladder));
    await desk.ok('2026-05-02', ...claim('S3', '450', '2026-04-30'));
  });

  it('is a claim smaller than one rettsgebyr when every letter is sent, with the reason', async () => {
    const { writeoff } = await desk.report('2026-06-01');
    expect(writeoff.map((each) => each.case)).toEqual([1]);
    const ore = 45_000 + interest([['2026-02-02', 45_000]], '2026-06-01') + 18_900;
    expect(writeoff[0]?.openOre).toBe(ore);
    expect(writeoff[0]?.reasons.map(({ rule }) => rule)).toEqual(['W2']);
    expect(writeoff[0]?.reasons[0]?.text).toContain('1 345,00 kr');
    expect((await desk.list('2026-06-01')).find((each) => each.number === 1)?.openOre).toBe(ore);
  });

  it('is also one with three reminders, six months after it fell due, and exit code 6 says so', async () => {
    const { writeoff } = await desk.report('2026-08-02');
    expect(writeoff.map(({ case: number, reasons }) => [number, reasons.length])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    const { code, document } = await desk.json('2026-08-02', ['report', 'writeoff', '--fail-on-findings']);
    expect([code, document.data]).toEqual([6, { writeoff }]);
    expect((await desk.on('2026-08-02', 'report', 'writeoff')).code).toBe(0);
    expect(existsSync(desk.path('brev'))).toBe(false);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { claimOn } from '../../src/case/claim.js';
import { courtFee, type CourtStep } from '../../src/law/court-fees.js';
import { feeFor } from '../../src/law/costs.js';
import { addDays, isHoliday, isWorkingDay, rollForward } from '../../src/law/dates.js';
import { interestLines, type Balance, type InterestCount } from '../../src/law/interest.js';
import { limitationDate } from '../../src/law/limitation.js';
import { hundredths, sum } from '../../src/law/money.js';
import { afterGrace, deadlineFor, refuseLateSending } from '../../src/law/procedure.js';
import { rateOn, type TableName } from '../../src/law/rates.js';
import type { SentLetter, Step } from '../../src/law/steps.js';
import { graceEnd, isPublicHoliday, isWorking, nextWorking, plusYears } from '../oracle/calendar.js';
import { oracleFee } from '../oracle/fees.js';
import { oracleInterest } from '../oracle/interest.js';
import { OracleRates } from '../oracle/rates.js';
import { costFacts, day, RATES, Story } from '../support/law.js';

const ORACLE = new OracleRates();
const FOLDER = new URL('../vectors/', import.meta.url);

function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as T;
}

const ore = (kroner: string): number => hundredths(kroner);

interface Payment {
  readonly date: string;
  readonly principal: string;
}

function balances(principal: string, due: string, payments: readonly Payment[]): Balance[] {
  let baseOre = ore(principal);
  const found: Balance[] = [{ after: day(due), baseOre }];
  for (const payment of payments) {
    baseOre -= ore(payment.principal);
    const after = payment.date < due ? day(due) : day(payment.date);
    if (found.at(-1)?.after === after) found.pop();
    found.push({ after, baseOre });
  }
  return found;
}

function reductions(payments: readonly Payment[]): { on: string; ore: number }[] {
  return payments.map((payment) => ({ on: payment.date, ore: ore(payment.principal) }));
}

describe('interest.json', () => {
  interface Line {
    readonly from: string;
    readonly to: string;
    readonly days: number;
    readonly yearDays: number;
    readonly rate: string;
    readonly base: string;
    readonly amount: string;
  }
  interface Vector {
    readonly name: string;
    readonly count: InterestCount;
    readonly principal: string;
    readonly due: string;
    readonly payments: readonly Payment[];
    readonly until: string;
    readonly lines: readonly Line[];
    readonly total: string;
  }
  const { cases } = vectors<{ cases: readonly Vector[] }>('interest.json');
  const asStated = (line: Line): unknown => [
    line.from,
    line.to,
    line.days,
    line.yearDays,
    Number(line.rate),
    ore(line.base),
    ore(line.amount),
  ];
  const found = (line: {
    from: string;
    to: string;
    days: number;
    yearDays: number;
    rate: string;
    baseOre: number;
    amountOre: number;
  }): unknown => [
    line.from,
    line.to,
    line.days,
    line.yearDays,
    Number(line.rate),
    line.baseOre,
    line.amountOre,
  ];

  it.each(cases)('$name', ({ count, principal, due, payments, until, lines, total }) => {
    const program = interestLines(balances(principal, due, payments), day(until), count, RATES);
    expect(program.map(found)).toEqual(lines.map(asStated));
    expect(sum(program.map((line) => line.amountOre))).toBe(ore(total));
  });

  it.each(cases)('$name, by the second opinion', ({ count, principal, due, payments, until, lines }) => {
    const facts = { claimOre: ore(principal), after: due, reductions: reductions(payments), until, count };
    expect(oracleInterest(facts, ORACLE).map(found)).toEqual(lines.map(asStated));
  });
});

describe('skatteetaten-elan.json', () => {
  interface Row {
    readonly from: string;
    readonly to: string;
    readonly days: number;
    readonly amount: string;
  }
  interface Vector {
    readonly name: string;
    readonly principal: string;
    readonly due: string;
    readonly payments: readonly Payment[];
    readonly until: string;
    readonly rows: readonly Row[];
  }
  const { count, claims } = vectors<{ count: InterestCount; claims: readonly Vector[] }>(
    'skatteetaten-elan.json',
  );

  it('is the second count', () => expect(count).toBe('dueDay'));

  it.each(claims)('$name, to the øre', ({ principal, due, payments, until, rows }) => {
    const lines = interestLines(balances(principal, due, payments), day(until), 'dueDay', RATES);
    for (const { from, to, days, amount } of rows) {
      const within = lines.filter((line) => from <= line.from && line.to < to);
      expect(sum(within.map((line) => line.days))).toBe(days);
      expect(sum(within.map((line) => line.amountOre))).toBe(ore(amount));
    }
    const total = sum(rows.map((row) => ore(row.amount)));
    expect(sum(lines.map((line) => line.amountOre))).toBe(total);
  });

  it.each(claims)('$name, as a case with payments for the principal', (vector) => {
    const { principal, due, payments, until, rows } = vector;
    const story = new Story(
      { due, shift: false, amountOre: ore(principal), debtorType: 'public' },
      { terms: { interestCount: 'dueDay' } },
    );
    for (const payment of payments) story.pay(ore(payment.principal), payment.date, 'principal', until);
    const { case: c, terms, rates } = story.judgement;
    const claim = claimOn(c, day(until), terms, rates);
    expect(claim.interestOre).toBe(sum(rows.map((row) => ore(row.amount))));
  });

  it('is not what the first count gives: the row over New Year has one øre more', () => {
    const [first] = claims;
    if (first === undefined) throw new Error('no claims');
    const until = day('2025-03-10');
    const [lines, other] = (['dueDay', 'dayAfterDue'] as const).map((by) =>
      interestLines(balances(first.principal, first.due, first.payments), until, by, RATES),
    );
    expect(sum((lines ?? []).map((line) => line.amountOre))).toBe(ore('740.94'));
    expect(sum((other ?? []).map((line) => line.amountOre))).toBe(ore('740.95'));
  });
});

describe('fees.json', () => {
  interface Letter {
    readonly step: Step;
    readonly sentOn: string;
    readonly deadline: string;
    readonly fee: string;
  }
  interface Vector {
    readonly name: string;
    readonly step: Step;
    readonly due: string;
    readonly sentOn: string;
    readonly earlier: readonly Letter[];
    readonly fee: string;
    readonly refusedBy?: string;
  }
  const PARAGRAPHS: Readonly<Record<string, readonly string[]>> = {
    '§ 1-2 first paragraph': ['F3'],
    '§ 1-2 second paragraph': ['F3'],
    '§ 1-2 third paragraph': ['F4'],
    '§ 1-3 first paragraph': ['F5', 'F6'],
  };
  const { cases } = vectors<{ cases: readonly Vector[] }>('fees.json');
  const letters = (earlier: readonly Letter[]): SentLetter[] =>
    earlier.map(({ step, sentOn, deadline, fee }) => ({
      step,
      sentOn: day(sentOn),
      deadline: day(deadline),
      feeOre: ore(fee),
    }));

  it.each(cases)('$name: $step, due $due, sent $sentOn: $fee', (vector) => {
    const { step, due, sentOn, earlier, fee, refusedBy } = vector;
    const answer = feeFor(step, costFacts(due, letters(earlier)), day(sentOn), RATES);
    expect(answer.kind === 'fee' ? answer.amountOre : 0).toBe(ore(fee));
    expect(answer.kind === 'none').toBe(refusedBy !== undefined);
    if (answer.kind === 'none') expect(PARAGRAPHS[refusedBy ?? '']).toContain(answer.refusal.rule);
    expect(oracleFee(step, due, letters(earlier), sentOn, ORACLE)).toBe(ore(fee));
  });
});

describe('deadlines.json', () => {
  const file = vectors<{
    letterDeadlines: readonly { sentOn: string; days: number; deadline: string }[];
    mayBeSent: readonly { deadline: string; sentOn: string; lawful: boolean }[];
    grace: readonly { deadline: string; bankDays: number; earliestNextStep: string }[];
    dueDates: readonly { due: string; moved: string }[];
    limitation: readonly { from: string; until: string }[];
  }>('deadlines.json');

  it.each(file.letterDeadlines)('a letter sent $sentOn with $days days: $deadline', (vector) => {
    expect(deadlineFor(day(vector.sentOn), vector.days)).toBe(vector.deadline);
    expect(nextWorking(addDays(day(vector.sentOn), vector.days))).toBe(vector.deadline);
  });

  it.each(file.mayBeSent)('deadline $deadline, sent $sentOn: $lawful', ({ deadline, sentOn, lawful }) => {
    expect(refuseLateSending('purring', day(deadline), day(sentOn)) === null).toBe(lawful);
  });

  it.each(file.grace)('deadline $deadline and $bankDays bank days: $earliestNextStep', (vector) => {
    expect(afterGrace(day(vector.deadline), vector.bankDays)).toBe(vector.earliestNextStep);
    expect(graceEnd(vector.deadline, vector.bankDays)).toBe(vector.earliestNextStep);
  });

  it.each(file.dueDates)('due $due: $moved', ({ due, moved }) => {
    expect(rollForward(day(due))).toBe(moved);
    expect(nextWorking(due)).toBe(moved);
  });

  it.each(file.limitation)('limitation from $from: $until', ({ from, until }) => {
    expect(limitationDate(day(from))).toBe(until);
    expect(nextWorking(plusYears(from, 3))).toBe(until);
  });
});

describe('holidays.json', () => {
  const file = vectors<{
    years: Readonly<Record<string, Readonly<Record<string, string>>>>;
    workingDays: readonly string[];
    notWorkingDays: readonly string[];
  }>('holidays.json');

  it.each(Object.entries(file.years))('%s', (year, listed) => {
    const found: string[] = [];
    for (let date = day(`${year}-01-01`); date <= `${year}-12-31`; date = addDays(date, 1)) {
      if (isHoliday(date)) found.push(date);
      expect(isPublicHoliday(date), date).toBe(date in listed);
    }
    expect(found).toEqual(Object.keys(listed).sort());
  });

  it.each(file.workingDays)('%s is a working day', (date) => {
    expect(isWorkingDay(day(date))).toBe(true);
    expect(isWorking(date)).toBe(true);
  });

  it.each(file.notWorkingDays)('%s is not', (date) => {
    expect(isWorkingDay(day(date))).toBe(false);
    expect(isWorking(date)).toBe(false);
  });
});

describe('rates.json', () => {
  interface Row {
    readonly from: string;
    readonly percent?: string;
    readonly kroner?: number;
    readonly sources: readonly string[];
  }
  const file = vectors<
    Readonly<Record<Exclude<TableName, 'regime'>, readonly Row[]>> & {
      readonly through: string;
      readonly courtFees: readonly { step: CourtStep; year: number; kroner: number }[];
    }
  >('rates.json');
  const TABLES = ['forsinkelsesrente', 'inkassosats', 'standardkompensasjon', 'rettsgebyr'] as const;
  const all = TABLES.flatMap((table) => file[table].map((row) => ({ table, ...row })));

  it.each(all)('$table from $from', ({ table, from, percent, kroner }) => {
    const { value } = rateOn(RATES, table, day(from));
    expect(Number(value)).toBe(Number(percent ?? kroner));
  });

  it.each(TABLES)('%s holds each figure to the day before the next', (table) => {
    const rows = file[table];
    rows.forEach((row, index) => {
      const next = rows[index + 1];
      const last = next === undefined ? day(file.through) : addDays(day(next.from), -1);
      if (table === 'standardkompensasjon' && row.from === '2014-01-01') return; // a year without a figure follows
      expect(Number(rateOn(RATES, table, last).value)).toBe(Number(row.percent ?? row.kroner));
    });
  });

  it('has a source behind every figure', () => {
    for (const row of all) expect(row.sources.length, `${row.table} ${row.from}`).toBeGreaterThan(0);
  });

  it.each(file.courtFees)('$step in $year: $kroner kr', ({ step, year, kroner }) => {
    expect(courtFee(step, day(`${year}-06-01`), RATES).amountOre).toBe(kroner * 100);
  });
});

describe('the folder', () => {
  it('has a test for every file', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
    const source = readFileSync(new URL(import.meta.url), 'utf8');
    for (const name of files) expect(source).toContain(`('${name}', () =>`);
  });
});

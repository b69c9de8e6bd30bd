import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../src/case/case.js';
import { claimOn } from '../../src/case/claim.js';
import { addDays, type LocalDate } from '../../src/law/dates.js';
import { ageing, BUCKETS, type OpenClaim } from '../../src/report/ageing.js';
import { caseOn, isOffTheBooks, type CaseFile } from '../../src/report/case-file.js';
import { inAll, IncomeTotals } from '../../src/report/income.js';
import { KpiTotals } from '../../src/report/kpi.js';
import { periodBefore, type Period } from '../../src/report/period.js';
import { daysFrom } from '../oracle/calendar.js';
import { oracleBooks, type OracleBooks, type OracleReceipt } from '../oracle/books.js';
import { OracleRates, type OracleAdded } from '../oracle/rates.js';
import { Life, lives, LIVES_RATES } from '../support/lives.js';

// The reports over random lives of several claims, held against a count of its own from the raw events.

const RUNS = Math.ceil(Number(process.env.RUNS ?? 10_000) / 40);

const added = (table: OracleAdded['table'], from: string, through: string, value: string): OracleAdded => ({
  table,
  from,
  through,
  value,
});
const ORACLE = new OracleRates([
  added('forsinkelsesrente', '2027-01-01', '2027-06-30', '12.50'),
  added('forsinkelsesrente', '2027-07-01', '2027-12-31', '12.00'),
  added('standardkompensasjon', '2027-01-01', '2027-06-30', '440'),
]);

const LETTER_COST = 2_550;

const world = fc.record({
  lives: fc.array(lives, { minLength: 1, maxLength: 4 }),
  day: fc.integer({ min: 0, max: 900 }).map((days) => addDays('2025-06-01' as LocalDate, days)),
  length: fc.constantFrom(1, 7, 30, 90, 365),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

interface Played {
  readonly file: CaseFile;
  readonly life: Life;
}

/** The lives with one set of terms, since one creditor has one. */
function play({ lives: inputs }: World): Played[] {
  const count = inputs[0]?.count ?? 'dayAfterDue';
  return inputs.map((input, index) => {
    const life = new Life({ ...input, count });
    life.play();
    const file = { number: index + 1, debtor: `Skyldner ${index % 2}`, events: life.events };
    return { file, life };
  });
}

const total = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);
const all = ({ costs, interest, principal }: Record<'costs' | 'interest' | 'principal', number>): number =>
  costs + interest + principal;

function booksOf({ file, life }: Played, day: string): OracleBooks {
  return oracleBooks(file.events, day, life.terms.interestCount, ORACLE);
}

it('ageing as of any day is what a count from the raw events gives', () => {
  fc.assert(
    fc.property(world, (input) => {
      const played = play(input);
      const { day } = input;
      const claims = played.flatMap(({ file, life }): OpenClaim[] => {
        const c = caseOn(file, day);
        if (c === null || isOffTheBooks(c)) return [];
        const { openOre } = claimOn(c, day, life.terms, LIVES_RATES);
        return openOre > 0 ? [openClaim(file, c, openOre)] : [];
      });
      const found = ageing(claims, day);
      const expected = new Map(BUCKETS.map((key) => [key as string, { count: 0, openOre: 0 }]));
      for (const one of played) {
        const books = booksOf(one, day);
        const open = all(books.open);
        if (!books.onTheBooks || open <= 0) continue;
        const [registered] = one.file.events;
        if (registered?.type !== 'claimRegistered') throw new Error();
        const days = daysFrom(registered.effectiveDue, day);
        const key =
          days < 1
            ? 'notDue'
            : days > 90
              ? '91+'
              : (['1-30', '31-60', '61-90'][Math.ceil(days / 30) - 1] ?? '');
        const bucket = expected.get(key);
        if (bucket === undefined) throw new Error(key);
        bucket.count += 1;
        bucket.openOre += open;
      }
      expect(found.buckets).toEqual([...expected].map(([key, sums]) => ({ key, ...sums })));
      expect(found.totalOre).toBe(total([...expected.values()].map(({ openOre }) => openOre)));
    }),
    { numRuns: RUNS },
  );
});

function openClaim(file: CaseFile, c: Case, openOre: number): OpenClaim {
  const { invoice, effectiveDue } = c.claim;
  const debtorId = file.number % 2;
  return { case: file.number, invoice, debtorId, debtor: file.debtor, effectiveDue, openOre };
}

function periodOf({ day, length }: World): Period {
  return { from: addDays(day, 1 - length), to: day };
}

/** What a claim has come to by a day, part by part, counted plainly. */
function position(books: OracleBooks) {
  const before = books.receipts.filter(({ afterLoss }) => !afterLoss);
  const of = (kind: OracleReceipt['kind'], part: 'costs' | 'interest' | 'principal'): number =>
    total(before.filter((r) => r.kind === kind).map((r) => r[part]));
  const part = (name: 'costs' | 'interest' | 'principal') => {
    const claimed = books.claimed[name];
    // What a credit note covers beyond the principal is paid with the debtor's own money: it is set off (P3).
    const setOff = of('credit note', name);
    const paid = of('payment', name) + (name === 'principal' ? 0 : setOff);
    const credited = of('given up', name) + (name === 'principal' ? setOff : 0);
    const lost = books.left === null ? 0 : claimed - paid - credited;
    return { claimed, paid, credited, lost, open: claimed - paid - credited - lost };
  };
  const recovered = total(books.receipts.filter((r) => r.afterLoss && r.kind === 'payment').map(all));
  const { compensation } = books;
  return {
    principal: part('principal'),
    interest: part('interest'),
    costs: part('costs'),
    recovered,
    compensation,
  };
}

describe('income', () => {
  it('is what a count from the raw events gives, and what is outstanding moves by it', () => {
    fc.assert(
      fc.property(world, (input) => {
        const played = play(input);
        const period = periodOf(input);
        const before = periodBefore(period);
        const { terms } = played[0]?.life ?? {};
        if (terms === undefined) return;
        const totals = new IncomeTotals(period, terms, LIVES_RATES);
        for (const { file } of played) totals.add(file);
        const income = totals.result();
        const sums = (day: string) => played.map((one) => position(booksOf(one, day)));
        const [start, middle, end] = [addDays(before.from, -1), before.to, period.to].map(sums);
        for (const [figures, from, to] of [
          [income.previous, start ?? [], middle ?? []],
          [income.current, middle ?? [], end ?? []],
        ] as const) {
          const change = (of: (each: ReturnType<typeof position>) => number): number =>
            total(to.map(of)) - total(from.map(of));
          const compensationOre = change((p) => p.compensation);
          const costsReceivedOre = change((p) => p.costs.paid);
          const interestReceivedOre = change((p) => p.interest.paid);
          const recoveredOre = change((p) => p.recovered);
          expect(figures).toEqual({
            feesOre: change((p) => p.costs.claimed) - compensationOre,
            compensationOre,
            interestOre: change((p) => p.interest.claimed),
            forgoneOre: change(
              (p) => p.costs.credited + p.costs.lost + p.interest.credited + p.interest.lost,
            ),
            costsReceivedOre,
            interestReceivedOre,
            recoveredOre,
            receivedOre: costsReceivedOre + interestReceivedOre + recoveredOre,
          });
        }
        for (const part of ['principal', 'interest', 'costs'] as const) {
          const moved = income.movement[part];
          expect(
            moved.openingOre + moved.claimedOre - moved.creditedOre - moved.paidOre - moved.lostOre,
          ).toBe(moved.closingOre);
          expect(moved.closingOre).toBe(total((end ?? []).map((p) => p[part].open)));
        }
        // What is outstanding after the period is what the ageing of its last day has.
        const open = played.map((one) => booksOf(one, period.to)).filter(({ left }) => left === null);
        expect(inAll(income.movement).closingOre).toBe(total(open.map((books) => all(books.open))));
      }),
      { numRuns: RUNS },
    );
  });
});

/** Half away from zero, with so many decimals, the schoolbook way. */
function near(found: number | null, above: number, below: number, decimals: number): void {
  if (below === 0) expect(found).toBeNull();
  else expect(Math.abs((found ?? NaN) - above / below)).toBeLessThanOrEqual(0.5 / 10 ** decimals + 1e-9);
}

describe('key figures', () => {
  it('are what a count from the raw events gives', () => {
    fc.assert(
      fc.property(world, (input) => {
        const played = play(input);
        const period = periodOf(input);
        const { terms } = played[0]?.life ?? {};
        if (terms === undefined) return;
        const totals = new KpiTotals(period, terms, LIVES_RATES, LETTER_COST);
        for (const { file } of played) totals.add(file);
        const kpi = totals.result();
        expect(total(kpi.inflow.map((m) => m.collectedOre))).toBe(kpi.current.collectedOre);
        expect(total(kpi.inflow.map((m) => m.recoveredOre))).toBe(kpi.current.recoveredOre);
        check(played, period, kpi.current);
        check(played, periodBefore(period), kpi.previous);
        const due = played.filter((one) => dueWithin(one, period));
        expect(kpi.funnel[0]).toEqual({ step: 'due', count: due.length });
        for (const { step, count } of kpi.funnel.slice(1)) {
          const reached = due.filter(({ file }) =>
            step === 'handedOver'
              ? caseOn(file, period.to)?.stops.some(({ kind }) => kind === 'handedOver')
              : lettersOf(file, period.to).some((letter) => letter.step === step),
          );
          expect([step, count]).toEqual([step, reached.length]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

function dueWithin({ file }: Played, { from, to }: Period): boolean {
  const [registered] = file.events;
  if (registered?.type !== 'claimRegistered') throw new Error();
  return from <= registered.effectiveDue && registered.effectiveDue <= to;
}

function lettersOf(file: CaseFile, day: string) {
  const undone = new Set(file.events.flatMap((e) => (e.type === 'undone' ? [e.undoes] : [])));
  return file.events.flatMap((event) => {
    if (event.type !== 'letterSent' || undone.has(event.version) || event.happenedOn > day) return [];
    const made = file.events.find((e) => e.type === 'letterGenerated' && e.letter === event.letter);
    if (made?.type !== 'letterGenerated') throw new Error();
    return [{ on: event.happenedOn, step: made.step, demanded: made.totalOre }];
  });
}

function check(
  played: readonly Played[],
  { from, to }: Period,
  figures: ReturnType<KpiTotals['result']>['current'],
): void {
  const steps = new Map<string, { sent: number; demanded: number; paid: number; days: number }>();
  let [collected, payments, days, income, recovered, due, paidOfDue, letters] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const one of played) {
    const { receipts, exists } = booksOf(one, to);
    if (!exists) continue;
    const [registered] = one.file.events;
    if (registered?.type !== 'claimRegistered') throw new Error();
    const paid = receipts.filter(({ kind }) => kind === 'payment');
    for (const payment of paid) {
      const amount = all(payment);
      if (amount === 0 || payment.on < from || payment.on > to) continue;
      collected += amount;
      payments += 1;
      days += amount * daysFrom(registered.effectiveDue, payment.on);
      income += payment.afterLoss ? amount : payment.costs + payment.interest;
      recovered += payment.afterLoss ? amount : 0;
    }
    if (dueWithin(one, { from, to })) {
      due +=
        registered.amountOre - total(receipts.filter((r) => r.kind !== 'payment').map((r) => r.principal));
      paidOfDue += total(paid.map((r) => r.principal));
    }
    const sent = lettersOf(one.file, to);
    sent.forEach((letter, index) => {
      if (letter.on < from) return;
      letters += 1;
      const sum = steps.get(letter.step) ?? { sent: 0, demanded: 0, paid: 0, days: 0 };
      steps.set(letter.step, sum);
      sum.sent += 1;
      sum.demanded += letter.demanded;
      const next = sent[index + 1]?.on ?? to;
      for (const payment of paid) {
        if (payment.on <= letter.on || payment.on > next) continue;
        sum.paid += all(payment);
        sum.days += all(payment) * daysFrom(letter.on, payment.on);
      }
    });
  }
  expect(figures).toMatchObject({
    collectedOre: collected,
    payments,
    incomeOre: income,
    recoveredOre: recovered,
  });
  expect(figures).toMatchObject({ letters, costOre: letters * LETTER_COST });
  expect(figures.share).toMatchObject({ dueOre: due, collectedOre: paidOfDue });
  near(figures.daysToPayment, days, collected, 1);
  near(figures.share.percent, paidOfDue * 100, due, 1);
  near(figures.incomePercent, income * 100, collected, 2);
  near(figures.costPercent, letters * LETTER_COST * 100, collected, 2);
  expect(figures.steps.map(({ step }) => step as string).sort()).toEqual([...steps.keys()].sort());
  for (const { step, sent, demandedOre, paidOre, percent, days: afterDays } of figures.steps) {
    const sum = steps.get(step);
    expect([sent, demandedOre, paidOre]).toEqual([sum?.sent, sum?.demanded, sum?.paid]);
    near(percent, paidOre * 100, demandedOre, 1);
    near(afterDays, sum?.days ?? 0, paidOre, 1);
  }
}

import fc from 'fast-check';
import { expect } from 'vitest';
import { payments, sentLetters, stopOf, unconfirmedLetter, type Case } from '../../src/case/case.js';
import { evolve } from '../../src/case/history.js';
import { claimOn } from '../../src/case/claim.js';
import { decidePayment, decideSent, decideWithdraw, type Decided } from '../../src/case/decide.js';
import type { CaseEvent, DisputeOutcome, EventBody, LetterGenerated } from '../../src/case/events.js';
import { decideLetter } from '../../src/case/letter-plan.js';
import {
  decideBero,
  decideClose,
  decideCredit,
  decideDispute,
  decideHandover,
  decideHold,
  decidePlan,
  decideRefund,
  decideReopen,
  decideResolve,
  decideResume,
  decideStop,
  decideWaive,
  decideWriteOff,
} from '../../src/case/life.js';
import { decideUndo } from '../../src/case/undo.js';
import { decideReversal } from '../../src/case/reversal.js';
import type { Judgement, Terms } from '../../src/case/judgement.js';
import { POLICIES } from '../../src/case/policy.js';
import {
  addDays,
  daysBetween,
  isWorkingDay,
  localDate,
  rollForward,
  type LocalDate,
} from '../../src/law/dates.js';
import type { Ore } from '../../src/law/money.js';
import { loadRates } from '../../src/law/rates.js';

// Lives with everything that can happen to a claim, in any order. What must hold in all of them is asserted after
// every step.

/** The shipped tables with 2027 filled in. */
export const LIVES_RATES = loadRates([
  { table: 'regime', from: localDate('2027-01-01'), value: '1988', source: 'prøve' },
  { table: 'inkassosats', from: localDate('2027-01-01'), value: '760', source: 'prøve' },
  { table: 'forsinkelsesrente', from: localDate('2027-01-01'), value: '12.50', source: 'prøve' },
  { table: 'forsinkelsesrente', from: localDate('2027-07-01'), value: '12.00', source: 'prøve' },
  { table: 'standardkompensasjon', from: localDate('2027-01-01'), value: '440', source: 'prøve' },
]);
export const LAST_DAY = localDate('2027-12-31');

const KINDS = [
  'run',
  'run',
  'run',
  'runAndSend',
  'runAndSend',
  'sendLate',
  'withdraw',
  'pay',
  'pay',
  'pay',
  'pay',
  'pay',
  'payBack',
  'reverse',
  'reverseEarlier',
  'credit',
  'credit',
  'waiveFees',
  'waiveInterest',
  'waiveAmount',
  'refund',
  'dispute',
  'disputePart',
  'uphold',
  'partly',
  'reject',
  'hold',
  'plan',
  'resume',
  'bankruptcy',
  'death',
  'bero',
  'writeOff',
  'handOver',
  'close',
  'reopen',
  'undo',
] as const;

interface Action {
  readonly kind: (typeof KINDS)[number];
  readonly gap: number;
  readonly size: number;
}

export const lives = fc.record({
  due: fc.integer({ min: 0, max: 500 }).map((days) => addDays(localDate('2025-06-01'), days)),
  amountOre: fc.integer({ min: 100, max: 5_000_000 }),
  debtorType: fc.constantFrom('consumer', 'business', 'public'),
  compensation: fc.boolean(),
  policy: fc.constantFrom('standard', 'mild', 'fast'),
  afterPrincipal: fc.constantFrom('ask', 'rentenota', 'waive'),
  count: fc.constantFrom('dayAfterDue', 'dueDay'),
  actions: fc.array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      gap: fc.integer({ min: 0, max: 25 }),
      size: fc.integer({ min: 1, max: 120 }),
    }),
    { maxLength: 22 },
  ),
});

export type LifeInput = typeof lives extends fc.Arbitrary<infer T> ? T : never;

export class Life {
  readonly events: CaseEvent[] = [];
  today: LocalDate;
  private letters = 0;
  readonly terms: Terms;

  constructor(private readonly input: LifeInput) {
    const effectiveDue = rollForward(input.due);
    this.today = addDays(effectiveDue, 1);
    this.terms = {
      graceDays: 3,
      deadlineDays: 14,
      paymentOrder: ['costs', 'interest', 'principal'],
      newFeesAfterSixMonths: false,
      afterPrincipal: input.afterPrincipal,
      waiveUpToOre: 5_000,
      interestCount: input.count,
      exactAmountIsPrincipal: true,
    };
    const charge = input.compensation && input.debtorType !== 'consumer' ? 'compensation' : 'fees';
    this.add(this.today, {
      type: 'claimRegistered',
      invoice: '1',
      debtorId: 1,
      debtorType: input.debtorType,
      amountOre: input.amountOre,
      issued: null,
      due: input.due,
      effectiveDue,
      description: null,
      kid: null,
      policy: input.policy,
      charge,
      interestFrom: null,
      history: [],
      source: { kind: 'entered' },
    });
  }

  get case(): Case {
    return evolve(1, this.events);
  }

  private get judgement(): Judgement {
    return { case: this.case, policy: POLICIES[this.input.policy], terms: this.terms, rates: LIVES_RATES };
  }

  private add(happenedOn: LocalDate, body: EventBody): void {
    const version = this.events.length + 1;
    this.events.push({ ...body, version, happenedOn, recordedOn: this.today });
  }

  private take(decided: Decided): void {
    if (decided.ok) for (const { happenedOn, body } of decided.events) this.add(happenedOn, body);
  }

  play(): void {
    for (const action of this.input.actions) {
      if (addDays(this.today, action.gap) > LAST_DAY) return;
      this.today = addDays(this.today, action.gap);
      this.act(action);
      this.mustHold();
    }
  }

  private act({ kind, size }: Action): void {
    const j = this.judgement;
    const { today } = this;
    const part = Math.ceil((this.input.amountOre * size) / 100);
    const waiting = unconfirmedLetter(j.case);
    switch (kind) {
      case 'run':
        this.run();
        return;
      case 'runAndSend':
        this.run();
        this.send(today);
        return;
      case 'sendLate':
        this.send(today);
        return;
      case 'withdraw':
        if (waiting !== null) this.take(decideWithdraw(waiting, 'prøve', today));
        return;
      case 'pay':
      case 'payBack': {
        const date = kind === 'pay' ? today : addDays(today, -(size % 20));
        this.take(decidePayment(j, { amountOre: part, date, purpose: null, reference: null }, today));
        return;
      }
      case 'reverse':
      case 'reverseEarlier': {
        const standing = payments(j.case);
        const payment = standing[size % Math.max(1, standing.length)];
        const date = kind === 'reverse' ? today : addDays(today, -(size % 20));
        const version = payment?.version ?? null;
        const reversal = { version, amountOre: payment?.amountOre ?? part, date, reference: null };
        const decided = decideReversal(j, reversal, today);
        expect(decided.ok).toBe(payment !== undefined);
        const before = claimOn(j.case, today, this.terms, LIVES_RATES);
        this.take(decided);
        if (!decided.ok || payment === undefined) return;
        const after = claimOn(this.case, today, this.terms, LIVES_RATES);
        expect(after.paidOre).toBe(before.paidOre - payment.amountOre);
        expect(after.openOre - after.creditOre).toBeGreaterThanOrEqual(before.openOre - before.creditOre);
        expect(stopOf(this.case, 'closed')).toBeNull();
        return;
      }
      case 'credit':
        this.take(decideCredit(j, { amountOre: part, noteNumber: null, date: today }, today));
        return;
      case 'waiveFees':
        this.take(decideWaive(j, { what: 'fees', amountOre: null }, today));
        return;
      case 'waiveInterest':
        this.take(decideWaive(j, { what: 'interest', amountOre: null }, today));
        return;
      case 'waiveAmount':
        this.take(decideWaive(j, { what: 'amount', amountOre: size * 10 }, today));
        return;
      case 'refund':
        this.take(decideRefund(j, size * 10, today, today));
        return;
      case 'dispute':
        this.take(decideDispute(j, { reason: 'prøve', partOre: null, date: today }, today));
        return;
      case 'disputePart':
        this.take(decideDispute(j, { reason: 'prøve', partOre: part, date: today }, today));
        return;
      case 'uphold':
        this.resolve('upheld', null);
        return;
      case 'partly':
        this.resolve('partly', size);
        return;
      case 'reject':
        this.resolve('rejected', null);
        return;
      case 'hold':
        this.take(decideHold(j, addDays(today, size), 'prøve', today));
        return;
      case 'plan': {
        const instalments = [0, 14, 28].map((days) => ({ due: addDays(today, days + 1), amountOre: part }));
        this.take(decidePlan(j, instalments, today));
        return;
      }
      case 'resume':
        this.take(decideResume(j, null, today));
        return;
      case 'bankruptcy':
      case 'death':
        this.take(decideStop(j, kind, today, today));
        return;
      case 'bero':
        this.take(decideBero(j, 'prøve', today));
        return;
      case 'writeOff':
        this.take(decideWriteOff(j, 'prøve', today));
        return;
      case 'handOver':
        this.take(decideHandover(j, 'forliksraad', today));
        return;
      case 'close':
        this.take(decideClose(j, 'prøve', today));
        return;
      case 'reopen':
        this.take(decideReopen(j, 'prøve', today));
        return;
      case 'undo':
        this.take(decideUndo(this.events, today));
    }
  }

  /** The objection that stands is answered; where none does, one to the whole claim is made and answered at once. */
  private resolve(outcome: DisputeOutcome, reducedOre: Ore | null): void {
    const { today } = this;
    if (stopOf(this.judgement.case, 'disputed') === null)
      this.take(decideDispute(this.judgement, { reason: 'prøve', partOre: null, date: today }, today));
    this.take(decideResolve(this.judgement, { outcome, reason: 'prøve', reducedOre }, today));
  }

  private run(): void {
    const j = this.judgement;
    const before = j.case;
    const decision = decideLetter(j, this.today, { catchUp: true });
    // Asked twice, the answer is the same: a preview is the run.
    expect(decideLetter(j, this.today, { catchUp: true })).toEqual(decision);
    if (decision.kind !== 'letter') return;
    const { plan } = decision;
    for (const kind of ['disputed', 'stopped', 'bero', 'writtenOff', 'handedOver', 'closed'] as const) {
      expect(stopOf(before, kind), `a letter while ${kind}`).toBeNull();
    }
    expect((stopOf(before, 'held')?.until ?? '') < this.today).toBe(true);
    expect(unconfirmedLetter(before)).toBeNull();
    expect(plan.totalOre).toBe(plan.principalOre + plan.interestOre + plan.costsOre);
    expect(plan.totalOre).toBeGreaterThan(0);
    expect(daysBetween(plan.date, plan.deadline)).toBeGreaterThanOrEqual(14);
    expect(isWorkingDay(plan.deadline)).toBe(true);
    if (before.costsBarred) expect(plan.costsOre).toBe(0);
    for (const letter of sentLetters(before)) expect(letter.deadline < plan.date).toBe(true);
    this.letters += 1;
    const {
      step,
      date,
      deadline,
      regime,
      lawfulFeeOre,
      feeOre,
      principalOre,
      interestOre,
      costsOre,
      totalOre,
    } = plan;
    const { interestLines, costLines, reasons } = plan;
    const printed = { pdfSha256: '', pages: 1, templateSha256: '' };
    const sums = {
      lawfulFeeOre,
      feeOre,
      principalOre,
      interestOre,
      costsOre,
      totalOre,
      interestLines,
      costLines,
    };
    const made: LetterGenerated = {
      type: 'letterGenerated',
      letter: this.letters,
      batch: 1,
      step,
      deadline,
      regime,
      reasons,
      ...sums,
      ...printed,
    };
    this.add(date, made);
    expect(decideLetter(this.judgement, this.today, { catchUp: true }).kind).toBe('held');
  }

  private send(on: LocalDate): void {
    const waiting = unconfirmedLetter(this.case);
    if (waiting === null) return;
    const decided = decideSent(this.judgement, waiting, { on, channel: 'post', electronicBasis: null });
    if (decided.ok) expect(daysBetween(on, waiting.made.deadline)).toBeGreaterThanOrEqual(14);
    this.take(decided);
  }

  /** What is true of every claim on every day. */
  private mustHold(): void {
    const c = this.case;
    const claim = claimOn(c, this.today, this.terms, LIVES_RATES);
    for (const part of [claim.principalOre, claim.interestOre, claim.costsOre, claim.creditOre]) {
      expect(Number.isSafeInteger(part)).toBe(true);
      expect(part).toBeGreaterThanOrEqual(0);
    }
    const total = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);
    const gross =
      total(claim.interestLines.map((l) => l.amountOre)) + total(claim.costLines.map((l) => l.amountOre));
    const met = total(claim.allocations.map((a) => a.costsOre + a.interestOre + a.principalOre));
    expect(claim.openOre).toBe(c.claim.amountOre + gross - met);
    expect(claim.openOre).toBe(claim.principalOre + claim.interestOre + claim.costsOre);
    for (const a of claim.allocations)
      expect(a.costsOre + a.interestOre + a.principalOre + a.creditOre).toBeLessThanOrEqual(a.amountOre);
    if (c.costsBarred) expect(claim.costLines).toEqual([]);
    const compensated = claim.costLines.some((line) => line.kind === 'compensation');
    if (compensated) expect(claim.costLines).toHaveLength(1);
    const fees = sentLetters(c).filter((letter) => letter.feeOre > 0);
    expect(fees.filter((letter) => letter.step === 'betalingsoppfordring').length).toBeLessThanOrEqual(1);
    expect(fees.filter((letter) => letter.step !== 'betalingsoppfordring').length).toBeLessThanOrEqual(2);
    for (const letter of fees) {
      if (letter.step !== 'betalingsoppfordring') {
        expect(daysBetween(c.claim.effectiveDue, letter.sentOn)).toBeGreaterThanOrEqual(14);
      }
    }
    expect(c.letters.filter((letter) => letter.state === 'generated').length).toBeLessThanOrEqual(1);
  }
}

import { describe, expect, it } from 'vitest';
import { limitationOf, type Case } from '../../src/case/case.js';
import { evolve } from '../../src/case/history.js';
import { claimOn, type Claim } from '../../src/case/claim.js';
import { decidePayment, decideWithdraw, type Decided } from '../../src/case/decide.js';
import type { CaseEvent, DisputeOutcome, Instalment, NotedFact, Part } from '../../src/case/events.js';
import { decideLetter, type LetterPlan } from '../../src/case/letter-plan.js';
import {
  decideBero,
  decideClose,
  decideCredit,
  decideDispute,
  decideHandover,
  decideHold,
  decideNote,
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
import type { Judgement } from '../../src/case/judgement.js';
import { outlook, type Outlook } from '../../src/case/outlook.js';
import { addDays, addMonths } from '../../src/law/dates.js';
import {
  confirmSent,
  day,
  generated,
  judge,
  kr,
  registration,
  sent,
  type ClaimInput,
  type JudgementInput,
} from '../support/law.js';

// The usual claim: 10 000 kr due Monday 3 August 2026. On the standard ladder the purring goes on 17 August with the
// deadline 31 August, the inkassovarsel on 3 September with 17 September, the betalingsoppfordring on 22 September
// with 6 October.
const CLAIM: ClaimInput = { due: '2026-08-03', amountOre: kr(10_000) };
const PURRING = '2026-08-17';
const VARSEL = '2026-09-03';
const BO = '2026-09-22';

type Decide = (j: Judgement) => Decided;

/** One claim with its whole history, so that it can also be undone. What is refused leaves it as it was. */
class Life {
  readonly events: CaseEvent[];

  constructor(
    claim: Partial<ClaimInput> = {},
    private readonly input: JudgementInput = {},
  ) {
    this.events = [registration({ ...CLAIM, ...claim })];
  }

  get case(): Case {
    return evolve(1, this.events);
  }

  get judgement(): Judgement {
    return judge(this.case, this.input);
  }

  /** Records what is decided, or answers with the rule that forbids it. */
  decide(today: string, decide: Decide): string | null {
    const decided = decide(this.judgement);
    if (!decided.ok) return decided.refusal.rule;
    for (const { happenedOn, body } of decided.events) {
      this.events.push({ ...body, version: this.events.length + 1, happenedOn, recordedOn: day(today) });
    }
    return null;
  }

  /** The same where the answer must be yes. */
  must(today: string, decide: Decide): this {
    expect(this.decide(today, decide), `refused on ${today}`).toBeNull();
    return this;
  }

  /** What the daily run says: the letter, or the rule that holds it back. */
  asked(today: string, catchUp = false): LetterPlan | string {
    const decision = decideLetter(this.judgement, day(today), { catchUp });
    if (decision.kind === 'letter') return decision.plan;
    return decision.kind === 'held' ? decision.refusal.rule : decision.fault.rule;
  }

  /** The letter of a day, made and not confirmed. */
  made(today: string): LetterPlan {
    const plan = this.asked(today);
    if (typeof plan === 'string') throw new Error(`no letter on ${today}: ${plan}`);
    return this.make(plan);
  }

  /** The letter of a day, made and sent. */
  sent(today: string): LetterPlan {
    const plan = this.made(today);
    return this.confirm(today, plan);
  }

  /** Runs every day and sends what comes out. */
  daily(from: string, through: string): LetterPlan[] {
    const plans: LetterPlan[] = [];
    for (let today = day(from); today <= day(through); today = addDays(today, 1)) {
      const plan = this.asked(today);
      if (typeof plan !== 'string') plans.push(this.confirm(today, this.make(plan)));
    }
    return plans;
  }

  /** The same in short: day and letter. */
  letters(from: string, through: string): string[] {
    return this.daily(from, through).map(({ date, step }) => `${date} ${step}`);
  }

  pay(amountOre: number, date: string, purpose: Part | null = null, today = date): this {
    const payment = { amountOre, date: day(date), purpose, reference: null };
    return this.must(today, (j) => decidePayment(j, payment, day(today)));
  }

  withdraw(today: string): this {
    return this.must(today, (j) => decideWithdraw(lastLetter(j.case), 'feil adresse', day(today)));
  }

  undo(today: string): string | null {
    return this.decide(today, () => decideUndo(this.events, day(today)));
  }

  on(date: string): Claim {
    const { case: c, terms, rates } = this.judgement;
    return claimOn(c, day(date), terms, rates);
  }

  look(date: string): Outlook {
    return outlook(this.judgement, day(date));
  }

  private make(plan: LetterPlan): LetterPlan {
    this.must(plan.date, () => ({ ok: true, events: [generated(plan, this.events.length + 1)] }));
    return plan;
  }

  private confirm(today: string, plan: LetterPlan): LetterPlan {
    this.must(today, (j) => confirmSent(j, lastLetter(j.case), day(today)));
    return plan;
  }
}

function lastLetter(c: Case): Case['letters'][number] {
  const letter = c.letters.at(-1);
  if (letter === undefined) throw new Error('there is no letter');
  return letter;
}

// What can happen, short. `on` is "today" where the decision has no date of its own.
const dispute =
  (on: string, partOre: number | null = null): Decide =>
  (j) =>
    decideDispute(j, { reason: 'varen var skadet', partOre, date: day(on) }, day(on));
const resolve =
  (on: string, outcome: DisputeOutcome, reducedOre: number | null = null): Decide =>
  (j) =>
    decideResolve(j, { outcome, reason: 'avklart', reducedOre }, day(on));
const credit =
  (on: string, amountOre: number, date = on): Decide =>
  (j) =>
    decideCredit(j, { amountOre, noteNumber: 'K1', date: day(date) }, day(on));
const waive =
  (on: string, what: 'fees' | 'interest' | 'amount', amountOre: number | null = null): Decide =>
  (j) =>
    decideWaive(j, { what, amountOre }, day(on));
const hold =
  (on: string, until: string): Decide =>
  (j) =>
    decideHold(j, day(until), 'avtalt per telefon', day(on));
const plan =
  (on: string, ...instalments: readonly (readonly [due: string, amountOre: number])[]): Decide =>
  (j) =>
    decidePlan(
      j,
      instalments.map(([due, amountOre]): Instalment => ({ due: day(due), amountOre })),
      day(on),
    );
const stop =
  (on: string, because: Parameters<typeof decideStop>[1], date = on): Decide =>
  (j) =>
    decideStop(j, because, day(date), day(on));
const bero =
  (on: string): Decide =>
  (j) =>
    decideBero(j, 'avventer', day(on));
const resume =
  (on: string): Decide =>
  (j) =>
    decideResume(j, null, day(on));
const writeOff =
  (on: string): Decide =>
  (j) =>
    decideWriteOff(j, 'intet utlegg', day(on));
const handOver =
  (on: string, to: Parameters<typeof decideHandover>[1] = 'inkassobyraa'): Decide =>
  (j) =>
    decideHandover(j, to, day(on));
const close =
  (on: string): Decide =>
  (j) =>
    decideClose(j, 'feilregistrert', day(on));
const reopen =
  (on: string): Decide =>
  (j) =>
    decideReopen(j, 'tatt opp igjen', day(on));
const note =
  (on: string, fact: NotedFact | null, date = on): Decide =>
  () =>
    decideNote({ text: 'snakket med skyldneren', byPhone: true, fact, date: day(date) }, day(on));
const refund =
  (on: string, amountOre: number, date = on): Decide =>
  (j) =>
    decideRefund(j, amountOre, day(date), day(on));

// Objections -----------------------------------------------------------------------------------------------

describe('S1: an objection stops all demands', () => {
  it('no letter while it stands, however long', () => {
    const life = new Life();
    expect(life.asked(PURRING)).toMatchObject({ step: 'purring' });
    life.must(PURRING, dispute(PURRING));
    expect(life.look(PURRING)).toMatchObject({ status: 'disputed', step: null, earliest: null });
    expect(life.letters(PURRING, '2026-12-31')).toEqual([]);
    expect(life.asked('2026-12-31')).toBe('S1');
  });

  it('takes back the letter that is made and not sent', () => {
    const life = new Life();
    life.made(PURRING);
    life.must('2026-08-18', dispute('2026-08-18'));
    expect(life.case.letters).toMatchObject([{ state: 'withdrawn', sentOn: null }]);
    expect(life.decide('2026-08-19', (j) => confirmSent(j, lastLetter(j.case), day('2026-08-19')))).toBe(
      'L7',
    );
    expect(life.on('2026-08-19').costsOre).toBe(0);
  });

  it('an objection to a part stops the whole claim', () => {
    const life = new Life().must(PURRING, dispute(PURRING, kr(100)));
    expect(life.asked('2026-09-30')).toBe('S1');
  });

  it.each([
    ['the whole', kr(10_000), null],
    ['one øre more', kr(10_000, 1), 'S1'],
  ])('a part can be no more than the claim: %s', (_, part, expected) => {
    expect(new Life().decide(PURRING, dispute(PURRING, part))).toBe(expected);
  });

  it('cannot have been made in the future, nor against what is paid or closed', () => {
    const tomorrow: Decide = (j) =>
      decideDispute(j, { reason: 'x', partOre: null, date: day('2026-08-18') }, day(PURRING));
    expect(new Life().decide(PURRING, tomorrow)).toBe('D1');
    expect(new Life().pay(kr(10_000), '2026-08-03').decide(PURRING, dispute(PURRING))).toBe('S8');
    expect(new Life().must(PURRING, close(PURRING)).decide(PURRING, dispute(PURRING))).toBe('S8');
  });

  it.each(['hold', 'plan', 'resume'] as const)('is answered before a %s', (what) => {
    const life = new Life().must(PURRING, dispute(PURRING));
    const next = {
      hold: hold('2026-08-18', '2026-09-01'),
      plan: plan('2026-08-18', ['2026-09-01', kr(500)]),
      resume: resume('2026-08-18'),
    }[what];
    expect(life.decide('2026-08-18', next)).toBe('S1');
  });

  it('is not forgotten when the case is put aside, stopped, booked as a loss or closed, and taken up again', () => {
    const roads: Record<string, (life: Life) => string | null> = {
      bero: (life) =>
        life.decide('2026-08-20', bero('2026-08-20')) ?? life.decide('2026-08-21', resume('2026-08-21')),
      stop: (life) =>
        life.decide('2026-08-20', stop('2026-08-20', 'minor')) ??
        life.decide('2026-08-21', resume('2026-08-21')),
      writeOff: (life) =>
        life.decide('2026-08-20', writeOff('2026-08-20')) ?? life.decide('2026-08-21', reopen('2026-08-21')),
      handOver: (life) =>
        life.decide('2026-08-20', handOver('2026-08-20')) ?? life.decide('2026-08-21', reopen('2026-08-21')),
      close: (life) =>
        life.decide('2026-08-20', close('2026-08-20')) ?? life.decide('2026-08-21', reopen('2026-08-21')),
    };
    const letters = Object.entries(roads).map(([name, road]) => {
      const life = new Life().must(PURRING, dispute(PURRING));
      road(life);
      return [name, life.letters('2026-08-21', '2026-09-30')];
    });
    expect(Object.fromEntries(letters)).toEqual({
      bero: [],
      stop: [],
      writeOff: [],
      handOver: [],
      close: [],
    });
  });

  it('nothing is resolved that is not disputed', () => {
    expect(new Life().decide(PURRING, resolve(PURRING, 'rejected'))).toBe('S1');
  });
});

describe('S1: an objection withdrawn, or rejected as clearly unfounded, leaves the claim as it was', () => {
  it.each(['withdrawn', 'rejected'] as const)('%s: the costs stand and letters go on', (outcome) => {
    const life = new Life();
    life.sent(PURRING);
    life.must('2026-08-20', dispute('2026-08-20')).must('2026-09-10', resolve('2026-09-10', outcome));
    expect(life.on('2026-09-10')).toMatchObject({ principalOre: kr(10_000), costsOre: kr(38) });
    expect(life.asked('2026-09-09')).not.toMatchObject({ step: 'inkassovarsel' });
    expect(life.sent('2026-09-10')).toMatchObject({
      step: 'inkassovarsel',
      feeOre: kr(38),
      costsOre: kr(76),
    });
  });

  it('the deadline that ran meanwhile still has to run out', () => {
    const life = new Life();
    life.sent(PURRING);
    life.must('2026-08-18', dispute('2026-08-18')).must('2026-08-19', resolve('2026-08-19', 'withdrawn'));
    expect(life.letters('2026-08-19', '2026-09-02')).toEqual([]);
    expect(life.sent(VARSEL).step).toBe('inkassovarsel');
  });
});

describe('F10: after a reasonable objection no costs at all', () => {
  it.each([
    ['upheld', null, 0],
    ['partly', kr(2_000), kr(8_000)],
    ['partly', 0, kr(10_000)],
  ] as const)('%s (%s øre less): the fees that had accrued are gone', (outcome, reduced, principalOre) => {
    const life = new Life();
    life.daily(PURRING, VARSEL);
    expect(life.on('2026-09-04').costsOre).toBe(kr(76));
    life
      .must('2026-09-04', dispute('2026-09-04'))
      .must('2026-09-10', resolve('2026-09-10', outcome, reduced));
    expect(life.on('2026-09-10')).toMatchObject({
      costsOre: 0,
      costLines: [],
      accruedFees: [],
      principalOre,
    });
  });

  it.each([
    ['before', '2026-08-20', '2026-08-25'],
    ['on the day of', '2026-08-20', '2026-08-20'],
  ])(
    'a whole claim that was never owed leaves no interest on what was credited %s the objection (S1)',
    (_, on, then) => {
      const life = new Life().must(on, credit(on, kr(4_000))).must(then, dispute(then));
      // 17 days on 10 000 kr have run: 57,05, and 10,07 on 6 000 kr from then.
      expect(life.on(then).interestOre).toBeGreaterThanOrEqual(kr(57, 5));
      life.must('2026-09-10', resolve('2026-09-10', 'upheld'));
      expect(life.on('2026-09-10')).toMatchObject({ openOre: 0, interestOre: 0, creditOre: 0 });
      expect(life.look('2026-09-10').status).toBe('paid');
    },
  );

  it('all that was paid of a claim that was never owed is owed back, the interest too', () => {
    const life = new Life().pay(kr(5_000), '2026-08-10').must('2026-08-20', credit('2026-08-20', kr(4_000)));
    life.must('2026-08-25', dispute('2026-08-25')).must('2026-09-10', resolve('2026-09-10', 'upheld'));
    expect(life.on('2026-09-10')).toMatchObject({ openOre: 0, creditOre: kr(5_000) });
  });

  it('an objection to a part leaves the interest on what was credited besides', () => {
    const life = new Life().must('2026-08-20', credit('2026-08-20', kr(4_000)));
    life.must('2026-08-25', dispute('2026-08-25', kr(6_000)));
    life.must('2026-09-10', resolve('2026-09-10', 'upheld'));
    // 17 days at 12,25 % on 4 000 kr.
    expect(life.on('2026-09-10')).toMatchObject({ principalOre: 0, interestOre: kr(22, 82) });
  });

  it('an objection to a part that is upheld takes that part', () => {
    const life = new Life().must(PURRING, dispute(PURRING, kr(1_500)));
    life.must('2026-08-20', resolve('2026-08-20', 'upheld'));
    expect(life.on('2026-08-20').principalOre).toBe(kr(8_500));
  });

  it.each([
    ['all of the invoice', kr(10_000), null],
    ['one øre more', kr(10_000, 1), 'S1'],
  ])('no more can fall away than was invoiced, whatever has been paid: %s', (_, reduced, expected) => {
    const life = new Life().pay(kr(6_000), '2026-08-10', 'principal').must(PURRING, dispute(PURRING));
    expect(life.decide('2026-08-20', resolve('2026-08-20', 'partly', reduced))).toBe(expected);
  });

  it('fees already paid go to the interest and the principal instead', () => {
    const life = new Life();
    life.sent(PURRING);
    // 17 days at 12,25 % on 10 000 kr are 57,05. Costs first, then interest, then principal.
    life.pay(kr(500), '2026-08-20');
    expect(life.on('2026-08-20').allocations).toMatchObject([
      { costsOre: kr(38), interestOre: kr(57, 5), principalOre: kr(404, 95) },
    ]);
    life
      .must('2026-08-21', dispute('2026-08-21'))
      .must('2026-08-24', resolve('2026-08-24', 'partly', kr(100)));
    // 100 kr were never owed, so the interest is on 9 900 kr: 17 days, 56,48.
    const after = life.on('2026-08-24');
    expect(after.allocations[0]).toMatchObject({
      costsOre: 0,
      interestOre: kr(56, 48),
      principalOre: kr(443, 52),
    });
    expect(after).toMatchObject({ principalOre: kr(9_456, 48), costsOre: 0, creditOre: 0, paidOre: kr(500) });
  });

  it('a payment meant for the fee goes on to the interest', () => {
    const life = new Life();
    life.sent(PURRING);
    life.pay(kr(38), '2026-08-20', 'costs');
    expect(life.on('2026-08-20').allocations).toMatchObject([{ costsOre: kr(38), interestOre: 0 }]);
    life
      .must('2026-08-20', dispute('2026-08-20'))
      .must('2026-08-20', resolve('2026-08-20', 'partly', kr(1_000)));
    // On the 9 000 kr that were owed, 51,35 in interest to 20 August, of which 38 is paid.
    expect(life.on('2026-08-20').allocations[0]).toMatchObject({ costsOre: 0, interestOre: kr(38) });
    expect(life.on('2026-08-20')).toMatchObject({
      principalOre: kr(9_000),
      interestOre: kr(13, 35),
      costsOre: 0,
    });
  });

  it('no later letter carries a fee, and each says why', () => {
    const life = new Life();
    life.sent(PURRING);
    life
      .must('2026-08-20', dispute('2026-08-20'))
      .must('2026-09-01', resolve('2026-09-01', 'partly', kr(1_000)));
    const letters = life.daily('2026-09-01', '2026-12-31');
    expect(letters.map((letter) => letter.step)).toEqual(['inkassovarsel', 'betalingsoppfordring']);
    for (const letter of letters) {
      expect(letter).toMatchObject({ feeOre: 0, lawfulFeeOre: 0, costsOre: 0, costLines: [] });
      expect(letter.reasons.map((reason) => reason.rule)).toContain('F10');
      expect(letter.totalOre).toBe(letter.principalOre + letter.interestOre);
    }
  });

  it('takes the compensation too', () => {
    const life = new Life({ debtorType: 'business', charge: 'compensation' });
    expect(life.on('2026-08-20').costsOre).toBe(kr(430));
    life
      .must('2026-08-20', dispute('2026-08-20'))
      .must('2026-08-21', resolve('2026-08-21', 'partly', kr(1_000)));
    expect(life.on('2026-08-21').costsOre).toBe(0);
    expect(life.sent('2026-08-21')).toMatchObject({ costsOre: 0, feeOre: 0 });
  });

  it('nothing is left to demand when the whole claim was wrong', () => {
    const life = new Life();
    life.sent(PURRING);
    life.must('2026-08-20', dispute('2026-08-20')).must('2026-09-01', resolve('2026-09-01', 'upheld'));
    expect(life.on('2026-09-01').principalOre).toBe(0);
    expect(life.letters('2026-09-01', '2026-12-31')).toEqual([]);
  });
});

// Time to pay ----------------------------------------------------------------------------------------------

describe('S3: time to pay until a date', () => {
  it('the first letter goes the day after', () => {
    const life = new Life().must('2026-08-10', hold('2026-08-10', '2026-09-15'));
    expect(life.look('2026-08-20')).toMatchObject({ status: 'held', earliest: '2026-09-16' });
    expect(life.letters('2026-08-10', '2026-09-15')).toEqual([]);
    expect(life.look('2026-09-16').status).toBe('open');
    expect(life.sent('2026-09-16')).toMatchObject({ step: 'purring', date: '2026-09-16' });
  });

  it('does not make the next letter earlier than the ladder would', () => {
    const life = new Life().must('2026-08-10', hold('2026-08-10', '2026-08-12'));
    expect(life.letters('2026-08-10', '2026-08-16')).toEqual([]);
    expect(life.sent(PURRING).step).toBe('purring');
  });

  it('takes back the letter that is made and not sent', () => {
    const life = new Life();
    life.made(PURRING);
    life.must(PURRING, hold(PURRING, '2026-09-01'));
    expect(life.case.letters).toMatchObject([{ state: 'withdrawn' }]);
  });

  it.each([
    ['2026-08-10', 'S3'],
    ['2026-08-11', null],
  ])('asked for on 10 August, until %s: %s', (until, expected) => {
    expect(new Life().decide('2026-08-10', hold('2026-08-10', until))).toBe(expected);
  });

  it('ends early when the case is resumed, from that day', () => {
    const life = new Life().must('2026-08-10', hold('2026-08-10', '2026-12-01'));
    life.must('2026-09-07', resume('2026-09-07'));
    expect(life.asked('2026-09-07')).toMatchObject({ step: 'purring' });
  });

  it('interest runs on', () => {
    const held = new Life().must('2026-08-10', hold('2026-08-10', '2026-12-01'));
    expect(held.on('2026-12-01')).toEqual(new Life().on('2026-12-01'));
  });

  it('the principal paid in that time leaves the rest to the creditor (P5)', () => {
    const life = new Life()
      .must('2026-08-10', hold('2026-08-10', '2026-08-25'))
      .pay(kr(10_000), '2026-08-24');
    expect(life.on('2026-08-24')).toMatchObject({ principalOre: 0, interestOre: kr(70, 48) });
    expect(life.letters('2026-08-24', '2026-12-31')).toEqual([]);
  });
});

describe('S2: a payment plan', () => {
  // Three instalments of 1 000 kr on the first of September, October and November.
  const instalments = [
    ['2026-09-01', kr(1_000)],
    ['2026-10-01', kr(1_000)],
    ['2026-11-02', kr(1_000)],
  ] as const;

  it('kept: no letter while it runs', () => {
    const life = new Life();
    life.sent(PURRING);
    life.must('2026-08-20', plan('2026-08-20', ...instalments));
    expect(life.letters('2026-08-20', '2026-09-01')).toEqual([]);
    life.pay(kr(1_000), '2026-09-01');
    expect(life.look('2026-09-20').status).toBe('plan');
    expect(life.letters('2026-09-01', '2026-10-01')).toEqual([]);
    // Paid on the last day and booked two working days later: in time (D6).
    life.pay(kr(1_000), '2026-10-05');
    expect(life.letters('2026-10-05', '2026-11-02')).toEqual([]);
    life.pay(kr(1_000), '2026-11-02');
    expect(life.letters('2026-11-02', '2026-11-04')).toEqual([]);
  });

  it('missed: a fresh letter when the grace is over', () => {
    const life = new Life();
    life.sent(PURRING);
    life.must('2026-08-20', plan('2026-08-20', ...instalments)).pay(kr(1_000), '2026-09-01');
    // 1 October is a Thursday: three working days later is Tuesday the 6th.
    expect(life.look('2026-10-01')).toMatchObject({ status: 'plan', earliest: '2026-10-06' });
    expect(life.letters('2026-09-02', '2026-10-05')).toEqual([]);
    expect(life.sent('2026-10-06')).toMatchObject({
      step: 'inkassovarsel',
      date: '2026-10-06',
      feeOre: kr(38),
    });
    // The letter ends the plan: what comes next waits for its deadline and not for the instalment of November.
    expect(life.case.stops).toEqual([]);
    expect(life.daily('2026-10-07', '2026-12-31')).toMatchObject([
      { step: 'betalingsoppfordring', date: '2026-10-23' },
    ]);
  });

  it('one øre short is missed', () => {
    const life = new Life().must('2026-08-20', plan('2026-08-20', ...instalments));
    life.pay(kr(999, 99), '2026-09-01');
    expect(life.look('2026-09-01').earliest).toBe('2026-09-04');
    life.pay(1, '2026-09-02');
    expect(life.look('2026-09-02').earliest).toBe('2026-10-06');
  });

  it('what was paid before the plan is no instalment; what is paid ahead is', () => {
    const life = new Life()
      .pay(kr(1_000), '2026-08-19')
      .must('2026-08-20', plan('2026-08-20', ...instalments));
    expect(life.look('2026-08-20').earliest).toBe('2026-09-04');
    life.pay(kr(2_000), '2026-08-25');
    expect(life.look('2026-08-25').earliest).toBe('2026-11-05');
  });

  it('after the last letter: the betalingsoppfordring again, without a new fee', () => {
    const life = new Life();
    life.daily(PURRING, BO);
    expect(life.asked('2026-12-01')).toBe('L3');
    life.must('2026-10-20', plan('2026-10-20', ['2026-11-02', kr(1_000)], ['2026-12-01', kr(1_000)]));
    expect(life.letters('2026-10-20', '2026-11-04')).toEqual([]);
    const again = life.sent('2026-11-05');
    expect(again).toMatchObject({
      step: 'betalingsoppfordring',
      feeOre: 0,
      lawfulFeeOre: 0,
      costsOre: kr(189),
    });
    expect(again.reasons.map((reason) => reason.rule)).toContain('F5');
    // And that is all.
    expect(life.letters('2026-11-06', '2026-12-31')).toEqual([]);
  });

  it('after the last letter: never before the deadline of that letter is out (L1)', () => {
    const life = new Life();
    life.daily(PURRING, BO);
    life.must('2026-09-24', plan('2026-09-24', ['2026-09-25', kr(1_000)]));
    // The deadline is 6 October; with the grace, 9 October.
    expect(life.letters('2026-09-24', '2026-10-08')).toEqual([]);
  });

  it.each([
    ['2026-08-19', 'S2'],
    ['2026-08-20', null],
  ])('agreed on 20 August with the first instalment on %s: %s', (first, expected) => {
    expect(new Life().decide('2026-08-20', plan('2026-08-20', [first, kr(500)]))).toBe(expected);
  });

  it('D4: an instalment on a Saturday is due on the Monday', () => {
    const life = new Life().must('2026-08-20', plan('2026-08-20', ['2026-10-10', kr(500)]));
    // Monday 12 October and three working days; counted from the Saturday it would have been the 14th.
    expect(life.look('2026-10-14')).toMatchObject({ status: 'plan', earliest: '2026-10-15' });
  });

  it.each(['plan', 'hold', 'bero'] as const)(
    'S8: %s waits until a claim that is out of hand is opened',
    (what) => {
      const agree = {
        plan: plan('2026-08-20', ['2026-09-10', kr(500)]),
        hold: hold('2026-08-20', '2026-09-10'),
        bero: bero('2026-08-20'),
      }[what];
      for (const gone of [handOver('2026-08-19'), writeOff('2026-08-19')]) {
        const life = new Life().must('2026-08-19', gone);
        expect(life.decide('2026-08-20', agree)).toBe('S8');
        expect(life.must('2026-08-20', reopen('2026-08-20')).decide('2026-08-20', agree)).toBeNull();
      }
    },
  );

  it('needs an instalment', () => {
    expect(new Life().decide('2026-08-20', plan('2026-08-20'))).toBe('S2');
  });
});

describe('S4–S7: several things about one debtor', () => {
  it('each stop is lifted by itself, and the bankruptcy is the one that is named', () => {
    for (const [first, second] of [
      ['bankruptcy', 'death'],
      ['death', 'bankruptcy'],
    ] as const) {
      const life = new Life({ debtorType: 'business' })
        .must('2026-08-20', stop('2026-08-20', first))
        .must('2026-08-21', stop('2026-08-21', second));
      expect(life.look('2026-08-21').status).toBe('bankrupt');
      life.must('2026-08-22', resume('2026-08-22'));
      expect(life.look('2026-08-22').status).toBe(first === 'bankruptcy' ? 'bankrupt' : 'stopped');
      expect(life.letters('2026-08-22', '2026-12-31')).toEqual([]);
      life.must('2027-01-01', resume('2027-01-01'));
      expect(life.look('2027-01-01').status).toBe('open');
    }
  });

  it('I3: interest runs on as if there had been no bankruptcy when it is lifted', () => {
    const life = new Life().must('2026-09-10', stop('2026-09-10', 'bankruptcy', PURRING));
    const plain = new Life().on('2026-10-01');
    life.must('2026-09-20', resume('2026-09-20'));
    expect(life.on('2026-10-01').interestOre).toBe(plain.interestOre);
  });

  it('S8: reopening a claim that was written off does not call it back from those it was handed to', () => {
    const life = new Life()
      .must('2026-08-20', handOver('2026-08-20'))
      .must('2026-08-21', writeOff('2026-08-21'))
      .must('2026-08-22', reopen('2026-08-22'));
    expect(life.look('2026-08-22').status).toBe('handedOver');
    expect(life.must('2026-08-23', reopen('2026-08-23')).look('2026-08-23').status).toBe('open');
  });

  it('D4: time given to a Sunday lasts to the Monday', () => {
    // 6 September 2026 is a Sunday.
    const life = new Life().must('2026-08-20', hold('2026-08-20', '2026-09-06'));
    expect(life.letters('2026-08-20', '2026-09-07')).toEqual([]);
    expect(life.asked('2026-09-08')).toMatchObject({ step: 'purring' });
  });
});

describe('P3: a credit note for more than is left of the principal', () => {
  it('is set off against interest and fees before anything is owed back, so that no letter asks for money', () => {
    const life = new Life();
    life.sent(PURRING);
    life.pay(kr(5_000), '2026-08-20', 'principal').must('2026-08-25', credit('2026-08-25', kr(8_000)));
    // 17 days on 10 000 and five on 5 000: 57,05 + 8,39; the fee is 38.
    expect(life.on('2026-08-25')).toMatchObject({ openOre: 0, creditOre: kr(3_000) - kr(65, 44) - kr(38) });
    expect(life.look('2026-08-25').status).toBe('paid');
    expect(life.letters('2026-08-25', '2026-12-31')).toEqual([]);
  });

  it('one øre short of the rest leaves an øre', () => {
    const life = new Life();
    life.sent(PURRING);
    life.pay(kr(9_000), '2026-08-20', 'principal');
    const { openOre } = life.on('2026-08-25');
    life.must('2026-08-25', credit('2026-08-25', openOre - 1));
    expect(life.on('2026-08-25')).toMatchObject({ openOre: 1, creditOre: 0 });
  });
});

// Stops ----------------------------------------------------------------------------------------------------

describe('S4: bankruptcy', () => {
  it.each([
    ['before the letter', '2026-08-16', 0],
    ['on the day of the letter', PURRING, kr(38)],
  ])('opened %s: what is filed has no fee that came after', (_, opened, costsOre) => {
    const life = new Life();
    life.sent(PURRING);
    life.must('2026-08-20', stop('2026-08-20', 'bankruptcy', opened));
    expect(life.on('2026-08-20').costsOre).toBe(costsOre);
    life.must('2026-08-25', resume('2026-08-25'));
    expect(life.on('2026-08-25').costsOre).toBe(kr(38));
  });

  it('stops letters, and interest at the opening day', () => {
    const life = new Life({ debtorType: 'business' }).must(
      '2026-09-10',
      stop('2026-09-10', 'bankruptcy', PURRING),
    );
    expect(life.look('2026-09-10').status).toBe('bankrupt');
    expect(life.asked('2026-09-10')).toBe('S4');
    // 14 days, through the opening day.
    expect(life.on(PURRING).interestOre).toBe(kr(46, 99));
    expect(life.on('2026-12-31')).toMatchObject({ principalOre: kr(10_000), interestOre: kr(46, 99) });
    expect(life.on('2026-08-16').interestOre).toBe(kr(43, 63));
  });

  it('a dividend goes to what was owed then', () => {
    const life = new Life({ debtorType: 'business' }).must(PURRING, stop(PURRING, 'bankruptcy'));
    life.pay(kr(1_000), '2026-12-01');
    expect(life.on('2026-12-31')).toMatchObject({ principalOre: kr(9_046, 99), interestOre: 0 });
  });

  it('starts limitation afresh (foreldelsesloven § 18)', () => {
    const life = new Life({ debtorType: 'business' });
    expect(limitationOf(life.case)).toBe('2029-08-03');
    life.must(PURRING, stop(PURRING, 'bankruptcy'));
    expect(limitationOf(life.case)).toBe('2029-08-17');
  });
});

describe('S5–S7, S9: what else stops the letters', () => {
  it.each([
    ['debt-settlement', 'S5'],
    ['death', 'S6'],
    ['minor', 'S7'],
  ] as const)('%s: %s', (because, rule) => {
    const life = new Life();
    life.made(PURRING);
    life.must('2026-08-18', stop('2026-08-18', because));
    expect(life.case.letters).toMatchObject([{ state: 'withdrawn' }]);
    expect(life.look('2026-08-18').status).toBe('stopped');
    expect(life.asked('2026-12-01')).toBe(rule);
    // Interest runs on: only a bankruptcy stops it.
    expect(life.on('2026-12-01').interestOre).toBe(new Life().on('2026-12-01').interestOre);
  });

  it('bero: no letters, and the claim stays', () => {
    const life = new Life().must(PURRING, bero(PURRING));
    expect(life.look(PURRING).status).toBe('bero');
    expect(life.asked('2026-12-01')).toBe('S9');
    expect(life.on('2026-12-01')).toEqual(new Life().on('2026-12-01'));
    expect(limitationOf(life.case)).toBe('2029-08-03');
    life.must('2026-12-02', resume('2026-12-02'));
    // It is long after the due date by now, and the user is asked first.
    expect(life.asked('2026-12-02')).toBe('L1');
    expect(life.asked('2026-12-02', true)).toMatchObject({ step: 'purring' });
  });

  it('a case that is taken up again gets its letter that day, not before', () => {
    const life = new Life().must('2026-08-10', bero('2026-08-10')).must('2026-09-07', resume('2026-09-07'));
    expect(life.look('2026-09-07')).toMatchObject({ step: 'purring', earliest: '2026-09-07' });
  });

  it('what is not stopped is not resumed, and what is done with is reopened instead', () => {
    expect(new Life().decide(PURRING, resume(PURRING))).toBe('S8');
    expect(new Life().must(PURRING, close(PURRING)).decide(PURRING, resume(PURRING))).toBe('S8');
    expect(new Life().must(PURRING, writeOff(PURRING)).decide(PURRING, resume(PURRING))).toBe('S8');
    expect(new Life().must(PURRING, handOver(PURRING)).decide(PURRING, resume(PURRING))).toBe('S8');
    expect(new Life().decide(PURRING, reopen(PURRING))).toBe('S8');
    expect(new Life().must(PURRING, bero(PURRING)).decide(PURRING, reopen(PURRING))).toBe('S8');
  });

  it('a stop cannot begin in the future', () => {
    expect(new Life().decide(PURRING, stop(PURRING, 'death', '2026-08-18'))).toBe('D1');
  });
});

describe('S4–S8: what stops the letters is not lifted by time to pay, a plan, or an objection that is withdrawn', () => {
  const stops: Record<string, Decide> = {
    bankruptcy: stop(PURRING, 'bankruptcy'),
    'debt-settlement': stop(PURRING, 'debt-settlement'),
    death: stop(PURRING, 'death'),
    minor: stop(PURRING, 'minor'),
    'hand-over': handOver(PURRING),
    loss: writeOff(PURRING),
  };
  const roads: Record<string, readonly Decide[]> = {
    hold: [hold('2026-08-20', '2026-08-21')],
    plan: [plan('2026-08-20', ['2026-08-21', kr(500)])],
    dispute: [dispute('2026-08-20'), resolve('2026-08-20', 'withdrawn')],
  };

  it.each(Object.keys(stops))('%s', (what) => {
    const letters = Object.entries(roads).map(([name, road]) => {
      const life = new Life().must(PURRING, stops[what] ?? close(PURRING));
      for (const decide of road) life.decide('2026-08-20', decide);
      return [name, life.letters('2026-08-20', '2026-09-30')];
    });
    expect(Object.fromEntries(letters)).toEqual({ hold: [], plan: [], dispute: [] });
  });
});

// Loss, hand-over, end ---------------------------------------------------------------------------------------

describe('W2: booked as a loss', () => {
  it('no letters, and the claim lives on', () => {
    const life = new Life();
    life.sent(PURRING);
    life.must('2026-09-10', writeOff('2026-09-10'));
    const open = life.on('2026-09-10').openOre;
    expect(life.events.at(-1)).toMatchObject({ type: 'writtenOff', amountOre: open });
    expect(open).toBe(kr(10_000) + kr(38) + kr(127, 53));
    expect(life.look('2026-09-10').status).toBe('writtenOff');
    expect(life.asked('2026-12-01')).toBe('S8');
    expect(life.on('2026-12-01').interestOre).toBe(kr(402, 74));
    expect(life.decide('2026-09-11', writeOff('2026-09-11'))).toBe('W2');
  });

  it('what is paid afterwards is income; paid in full the case is paid', () => {
    const life = new Life()
      .pay(kr(1_000), '2026-08-10', 'principal')
      .must('2026-09-10', writeOff('2026-09-10'));
    life.pay(kr(500), '2026-10-01', 'principal');
    expect(life.on('2026-10-01')).toMatchObject({ recoveredOre: kr(500), paidOre: kr(1_500) });
    expect(life.look('2026-10-01').status).toBe('writtenOff');
    life.pay(life.on('2026-10-02').openOre, '2026-10-02');
    expect(life.look('2026-10-02').status).toBe('paid');
    expect(life.on('2026-10-02').recoveredOre).toBe(life.on('2026-10-02').paidOre - kr(1_000));
  });

  it('what was paid before, and booked by the bank before, is not', () => {
    const life = new Life().must('2026-09-10', writeOff('2026-09-10'));
    life.pay(kr(500), '2026-09-09', null, '2026-09-12');
    expect(life.on('2026-09-12').recoveredOre).toBe(0);
  });

  it('what was registered the same day before the loss is not', () => {
    const life = new Life().pay(kr(500), '2026-09-10').must('2026-09-10', writeOff('2026-09-10'));
    expect(life.on('2026-09-10').recoveredOre).toBe(0);
  });

  it('opened again it goes on up the ladder', () => {
    const life = new Life();
    life.sent(PURRING);
    life.must('2026-09-10', writeOff('2026-09-10')).must('2026-09-14', reopen('2026-09-14'));
    expect(life.asked('2026-09-14')).toMatchObject({ step: 'inkassovarsel' });
  });
});

describe('S8: handed over, closed', () => {
  it.each([
    ['inkassobyraa', '2029-08-03'],
    ['namsmann', '2029-08-17'],
    ['forliksraad', '2029-08-17'],
  ] as const)('to %s: no letters; limitation from %s', (to, limitation) => {
    const life = new Life().must(PURRING, handOver(PURRING, to));
    expect(life.look(PURRING).status).toBe('handedOver');
    expect(life.asked('2026-12-01')).toBe('S8');
    expect(limitationOf(life.case)).toBe(limitation);
  });

  it('closed: nothing more happens until it is opened again', () => {
    const life = new Life();
    life.made(PURRING);
    life.must(PURRING, close(PURRING));
    expect(life.case.letters).toMatchObject([{ state: 'withdrawn' }]);
    expect(life.look(PURRING).status).toBe('closed');
    const refused = [
      dispute(PURRING),
      credit(PURRING, kr(1)),
      waive(PURRING, 'interest'),
      plan(PURRING, ['2026-09-01', kr(1)]),
      hold(PURRING, '2026-09-01'),
      stop(PURRING, 'death'),
      bero(PURRING),
      writeOff(PURRING),
      handOver(PURRING),
      close(PURRING),
      resume(PURRING),
    ].map((decide) => life.decide(PURRING, decide));
    expect(refused).toEqual(Array.from(refused, () => 'S8'));
    life.must('2026-08-24', reopen('2026-08-24'));
    expect(life.asked('2026-08-24')).toMatchObject({ step: 'purring' });
  });

  it('money that comes in is registered on a closed case too', () => {
    const life = new Life().must(PURRING, close(PURRING)).pay(kr(500), '2026-08-20');
    expect(life.on('2026-08-20').paidOre).toBe(kr(500));
    expect(life.look('2026-08-20').status).toBe('closed');
  });

  it('paid: nothing to hold, plan, put aside, write off or hand over', () => {
    const life = new Life().pay(kr(10_000), '2026-08-03');
    const refused = [
      dispute(PURRING),
      plan(PURRING, ['2026-09-01', kr(1)]),
      hold(PURRING, '2026-09-01'),
      bero(PURRING),
      writeOff(PURRING),
      handOver(PURRING),
    ].map((decide) => life.decide(PURRING, decide));
    expect(refused).toEqual(Array.from(refused, () => 'S8'));
    expect(life.asked(PURRING)).toBe('S8');
  });
});

describe('undo: the latest event no longer counts, and both stay in the history', () => {
  it.each([
    ['dispute', dispute('2026-08-20')],
    ['hold', hold('2026-08-20', '2026-12-01')],
    ['plan', plan('2026-08-20', ['2026-09-01', kr(500)])],
    ['bankruptcy', stop('2026-08-20', 'bankruptcy')],
    ['bero', bero('2026-08-20')],
    ['credit note', credit('2026-08-20', kr(5_000))],
    ['waiver', waive('2026-08-20', 'fees')],
    ['loss', writeOff('2026-08-20')],
    ['hand-over', handOver('2026-08-20', 'forliksraad')],
    ['closing', close('2026-08-20')],
    ['acknowledgement', note('2026-08-20', 'acknowledged')],
  ] as const)('%s', (_, decide) => {
    const life = new Life();
    life.sent(PURRING);
    const { version: _before, recordedOn: _day, ...before } = life.case;
    life.must('2026-08-20', decide);
    expect(life.undo('2026-08-21')).toBeNull();
    const { version, recordedOn: _today, ...after } = life.case;
    expect(after).toEqual(before);
    expect(version).toBe(5);
    expect(life.events.map((event) => event.type).at(-1)).toBe('undone');
  });

  it('a payment, and the letter it took back stays taken back', () => {
    const life = new Life();
    life.made(PURRING);
    life.pay(kr(10_000), PURRING);
    expect(life.undo(PURRING)).toBeNull();
    expect(life.case.movements).toEqual([]);
    expect(life.case.letters).toMatchObject([{ state: 'withdrawn' }]);
    expect(life.asked(PURRING)).toMatchObject({ step: 'purring' });
  });

  it('one event at a time, the latest first', () => {
    const life = new Life().pay(kr(100), '2026-08-10', 'principal').must('2026-08-11', bero('2026-08-11'));
    expect(life.undo('2026-08-12')).toBeNull();
    expect(life.case).toMatchObject({ stops: [], movements: [{ amountOre: kr(100) }] });
    expect(life.undo('2026-08-12')).toBeNull();
    expect(life.case.movements).toEqual([]);
    expect(life.undo('2026-08-12')).toBe('S8');
  });

  it('not the registration, not what is sent, and a letter is withdrawn instead', () => {
    const life = new Life();
    expect(life.undo('2026-08-10')).toBe('S8');
    life.made(PURRING);
    expect(life.undo(PURRING)).toBe('L7');
    life.withdraw(PURRING);
    life.sent(PURRING);
    expect(life.undo('2026-08-18')).toBe('L7');
    expect(life.case.letters.map((letter) => letter.state)).toEqual(['withdrawn', 'sent']);
  });

  it('a letter that is withdrawn is not in the way of what was registered before it', () => {
    const life = new Life().pay(kr(100), '2026-08-10', 'principal');
    life.made(PURRING);
    life.withdraw(PURRING);
    expect(life.undo(PURRING)).toBeNull();
    expect(life.case.movements).toEqual([]);
  });
});

// Money ----------------------------------------------------------------------------------------------------

describe('P3: a refund is never more than the debtor’s credit', () => {
  it.each([
    [kr(499, 99), null],
    [kr(500), null],
    [kr(500, 1), 'P3'],
  ])('500 kr too much, %s øre back: %s', (amount, expected) => {
    const life = new Life().pay(kr(10_500), '2026-08-03');
    expect(life.look('2026-08-03')).toMatchObject({ status: 'paid' });
    expect(life.on('2026-08-03').creditOre).toBe(kr(500));
    expect(life.decide('2026-08-10', refund('2026-08-10', amount))).toBe(expected);
    expect(life.on('2026-08-10').creditOre).toBe(expected === null ? kr(500) - amount : kr(500));
  });

  it('nor twice, nor when nothing is owed back, nor in the future', () => {
    const life = new Life().pay(kr(10_500), '2026-08-03').must('2026-08-10', refund('2026-08-10', kr(300)));
    expect(life.decide('2026-08-11', refund('2026-08-11', kr(200, 1)))).toBe('P3');
    expect(life.decide('2026-08-11', refund('2026-08-11', kr(200)))).toBeNull();
    expect(life.on('2026-08-11').creditOre).toBe(0);
    expect(new Life().decide('2026-08-11', refund('2026-08-11', 1))).toBe('P3');
    // Nor on a day before there was any.
    expect(life.decide('2026-08-12', refund('2026-08-12', 1, '2026-08-02'))).toBe('P3');
    const rich = new Life().pay(kr(10_500), '2026-08-03');
    expect(rich.decide('2026-08-11', refund('2026-08-11', kr(1), '2026-08-12'))).toBe('D1');
  });

  it('also from a closed case', () => {
    const life = new Life().pay(kr(10_500), '2026-08-03').must('2026-08-04', close('2026-08-04'));
    expect(life.decide('2026-08-10', refund('2026-08-10', kr(500)))).toBeNull();
  });
});

describe('credit notes', () => {
  it('are never more than the invoice, all of them together', () => {
    const life = new Life();
    expect(life.decide('2026-08-10', credit('2026-08-10', kr(10_000, 1)))).toBe('P3');
    life.must('2026-08-10', credit('2026-08-10', kr(4_000)));
    expect(life.decide('2026-08-11', credit('2026-08-11', kr(6_000, 1)))).toBe('P3');
    expect(life.decide('2026-08-11', credit('2026-08-11', kr(6_000)))).toBeNull();
  });

  it('count what an objection took', () => {
    const life = new Life().must('2026-08-10', dispute('2026-08-10'));
    life.must('2026-08-11', resolve('2026-08-11', 'partly', kr(4_000)));
    expect(life.decide('2026-08-12', credit('2026-08-12', kr(6_000, 1)))).toBe('P3');
    expect(life.decide('2026-08-12', credit('2026-08-12', kr(6_000)))).toBeNull();
  });

  it('meet the principal, not the costs or the interest, and take back the letter that waits', () => {
    const life = new Life();
    life.sent(PURRING);
    life.made(VARSEL);
    life.must(VARSEL, credit(VARSEL, kr(4_000)));
    expect(life.case.letters.map((letter) => letter.state)).toEqual(['sent', 'withdrawn']);
    // 31 days on 10 000 kr, then on 6 000.
    expect(life.on(VARSEL)).toMatchObject({
      principalOre: kr(6_000),
      costsOre: kr(38),
      interestOre: kr(104, 4),
    });
    expect(life.on('2026-09-13').interestLines).toMatchObject([
      { to: '2026-09-03', baseOre: kr(10_000) },
      { from: '2026-09-04', days: 10, baseOre: kr(6_000) },
    ]);
  });

  it('on a claim that is paid leave the debtor a credit', () => {
    const life = new Life().pay(kr(10_000), '2026-08-03').must('2026-08-10', credit('2026-08-10', kr(1_000)));
    expect(life.on('2026-08-10')).toMatchObject({ openOre: 0, creditOre: kr(1_000) });
  });

  it('a claim credited in full gets no more letters (S8)', () => {
    const life = new Life();
    life.sent(PURRING);
    life.must('2026-08-20', credit('2026-08-20', kr(10_000)));
    expect(life.letters('2026-08-20', '2026-12-31')).toEqual([]);
  });

  it('not in the future', () => {
    expect(new Life().decide('2026-08-10', credit('2026-08-10', kr(1), '2026-08-11'))).toBe('D1');
  });
});

describe('what the creditor gives up', () => {
  it('the fees: those open that day, and a later letter may still carry its own (F8)', () => {
    const life = new Life();
    life.sent(PURRING);
    life.must('2026-08-20', waive('2026-08-20', 'fees'));
    expect(life.on('2026-08-20')).toMatchObject({
      costsOre: 0,
      principalOre: kr(10_000),
      interestOre: kr(57, 5),
    });
    expect(life.sent(VARSEL)).toMatchObject({ feeOre: kr(38), costsOre: kr(38) });
    // A fee that is given up is still one the Act counts: the cap is not widened.
    expect(life.daily(VARSEL, '2026-12-31')).toMatchObject([
      { step: 'betalingsoppfordring', feeOre: kr(113) },
    ]);
  });

  it('the interest: what has run to that day', () => {
    const life = new Life().must('2026-08-20', waive('2026-08-20', 'interest'));
    expect(life.on('2026-08-20').interestOre).toBe(0);
    expect(life.on('2026-08-21').interestOre).toBe(kr(3, 36));
  });

  it.each([
    [kr(10_057, 5), null],
    [kr(10_057, 6), 'P5'],
  ])('an amount, no more than is open: %s øre: %s', (amount, expected) => {
    const life = new Life();
    expect(life.decide('2026-08-20', waive('2026-08-20', 'amount', amount))).toBe(expected);
    expect(life.on('2026-08-20').openOre).toBe(expected === null ? 0 : kr(10_057, 5));
  });

  it('nothing where there is nothing', () => {
    expect(new Life().decide('2026-08-20', waive('2026-08-20', 'fees'))).toBe('P5');
    expect(new Life().decide('2026-08-03', waive('2026-08-03', 'interest'))).toBe('P5');
  });

  it('takes back the letter that waits', () => {
    const life = new Life();
    life.made(PURRING);
    life.must(PURRING, waive(PURRING, 'interest'));
    expect(life.case.letters).toMatchObject([{ state: 'withdrawn' }]);
  });
});

describe('P5: the principal is paid, interest or fees are left', () => {
  /** Purring sent, then the principal paid on a day: 38 kr and the interest to that day are left. */
  function paid(
    afterPrincipal: 'ask' | 'rentenota' | 'waive',
    waiveUpToOre = kr(50),
    on = '2026-09-15',
  ): Life {
    const life = new Life({}, { terms: { afterPrincipal, waiveUpToOre } });
    life.sent(PURRING);
    // The varsel is not sent: the payment comes while it waits.
    return life.pay(kr(10_000), on);
  }

  it('ask: no letter by itself, and it says what is left', () => {
    const life = paid('ask');
    expect(life.on('2026-12-31')).toMatchObject({
      principalOre: 0,
      interestOre: kr(144, 32),
      costsOre: kr(38),
      creditOre: 0,
    });
    expect(life.letters('2026-09-15', '2026-12-31')).toEqual([]);
    expect(life.look('2026-12-31')).toMatchObject({ status: 'open', why: { rule: 'P5' } });
    expect(life.look('2026-12-31').why.text).toContain('182,32 kr');
  });

  it('rentenota: once, when the grace is over, for the rest and without a fee', () => {
    const life = paid('rentenota');
    // Paid Tuesday 15 September; three working days later is Friday.
    expect(life.daily('2026-09-15', '2026-12-31')).toMatchObject([
      {
        step: 'rentenota',
        date: '2026-09-18',
        principalOre: 0,
        interestOre: kr(144, 32),
        feeOre: 0,
        lawfulFeeOre: 0,
        costsOre: kr(38),
        totalOre: kr(182, 32),
      },
    ]);
    expect(life.asked('2026-12-31')).toBe('P5');
  });

  it('rentenota: waits for a deadline that still runs', () => {
    const life = paid('rentenota', 0, '2026-08-20');
    expect(life.daily('2026-08-20', '2026-12-31').map((letter) => letter.date)).toEqual([VARSEL]);
  });

  it('rentenota: waits while the debtor has time to pay (S3)', () => {
    const life = paid('rentenota').must('2026-09-16', hold('2026-09-16', '2026-10-15'));
    expect(life.letters('2026-09-16', '2026-10-31').at(0)).toBe('2026-10-16 rentenota');
  });

  it('rentenota: one that is made and not confirmed is not made again (L1)', () => {
    const life = paid('rentenota');
    expect(life.made('2026-09-18').step).toBe('rentenota');
    expect(life.asked('2026-09-18')).toBe('L1');
    expect(life.asked('2026-10-30')).toBe('L1');
  });

  it.each([
    [kr(182, 32), true],
    [kr(182, 31), false],
  ])('waive: a rest of 182,32 with the threshold %s øre: %s', (threshold, given) => {
    const life = paid('waive', threshold);
    expect(life.look('2026-09-15').status).toBe(given ? 'paid' : 'open');
    expect(life.on('2026-12-31').openOre).toBe(given ? 0 : kr(182, 32));
    expect(life.events.map((event) => event.type).includes('waived')).toBe(given);
    expect(life.letters('2026-09-15', '2026-12-31')).toEqual([]);
  });

  it('waive: never while principal is open', () => {
    const life = new Life({}, { terms: { afterPrincipal: 'waive', waiveUpToOre: kr(50) } });
    life.pay(kr(9_990), '2026-08-03', 'principal');
    expect(life.on('2026-08-03').openOre).toBe(kr(10));
    expect(life.events.map((event) => event.type)).toEqual(['claimRegistered', 'paymentReceived']);
  });

  it.each(['ask', 'rentenota', 'waive'] as const)(
    '%s: one who pays what the latest letter demanded, in time, is not dunned for the interest since',
    (afterPrincipal) => {
      const life = new Life({}, { terms: { afterPrincipal, waiveUpToOre: kr(60) } });
      const demanded = life.sent(PURRING).totalOre;
      expect(demanded).toBe(kr(10_084, 99));
      life.pay(demanded, '2026-08-31');
      expect(life.letters('2026-08-31', '2026-12-31')).toEqual([]);
      // 14 days of interest went first, so as much of the principal is left.
      expect(life.on('2026-08-31').openOre).toBe(afterPrincipal === 'waive' ? 0 : kr(46, 98));
    },
  );

  it('the same when there has been time to pay before that letter', () => {
    const life = new Life().must('2026-08-10', hold('2026-08-10', '2026-08-20'));
    const demanded = life.sent('2026-08-21').totalOre;
    life.pay(demanded, '2026-09-04');
    expect(life.letters('2026-09-04', '2026-12-31')).toEqual([]);
  });

  it.each([
    ['one øre less', -1, '2026-08-31'],
    ['one day late', 0, '2026-09-01'],
  ])('%s is not what was demanded', (_, more, on) => {
    const life = new Life();
    const demanded = life.sent(PURRING).totalOre;
    life.pay(demanded + more, on);
    expect(life.daily('2026-08-31', VARSEL)).toMatchObject([{ step: 'inkassovarsel', date: VARSEL }]);
  });
});

describe('W1: what starts limitation afresh', () => {
  it.each([
    ['an acknowledgement', note('2026-09-01', 'acknowledged'), '2029-09-03'],
    ['an acknowledgement noted later', note('2026-09-01', 'acknowledged', PURRING), '2029-08-17'],
    ['a note of something else', note('2026-09-01', null), '2029-08-03'],
    ['that the debtor is gone', note('2026-09-01', 'debtor-gone'), '2029-08-03'],
    ['time to pay', hold('2026-09-01', '2026-10-01'), '2029-08-03'],
    ['an objection', dispute('2026-09-01'), '2029-08-03'],
    ['a credit note', credit('2026-09-01', kr(100)), '2029-08-03'],
    ['a loss', writeOff('2026-09-01'), '2029-08-03'],
  ] as const)('%s', (_, decide, limitation) => {
    expect(limitationOf(new Life().must('2026-09-01', decide).case)).toBe(limitation);
  });

  it('a part paid, by its bank date', () => {
    expect(limitationOf(new Life().pay(kr(1), '2026-09-02', null, '2026-09-10').case)).toBe('2029-09-03');
  });

  it('a letter does not', () => {
    const life = new Life({ history: [sent('purring', '2026-08-17', '2026-08-31', 38)] });
    life.sent(VARSEL);
    expect(limitationOf(life.case)).toBe('2029-08-03');
  });

  it('a note cannot be of the future', () => {
    expect(new Life().decide(PURRING, note(PURRING, 'acknowledged', '2026-08-18'))).toBe('D1');
  });
});

describe('E2 (inkassoloven § 11): a betalingsoppfordring older than six months is repeated, without a fee', () => {
  const asked = (life: Life, today: string): LetterPlan | string => {
    const decision = decideLetter(life.judgement, day(today), { catchUp: false, repeat: true });
    if (decision.kind === 'letter') return decision.plan;
    return decision.kind === 'held' ? decision.refusal.rule : decision.fault.rule;
  };

  it('on request from the day after its six months, and no sooner', () => {
    const life = new Life({ due: '2026-01-05', amountOre: kr(10_000) });
    const sent = life.daily('2026-01-06', '2026-03-31').at(-1);
    expect(sent?.step).toBe('betalingsoppfordring');
    const months = addMonths(sent?.date ?? day('2026-01-01'), 6);
    expect(asked(life, months)).toBe('E2');
    expect(asked(life, addDays(months, 1))).toMatchObject({
      step: 'betalingsoppfordring',
      feeOre: 0,
      lawfulFeeOre: 0,
    });
    expect(life.asked(addDays(months, 1))).toBe('L3');
  });

  it('legal steps wait for it, a hand-over to an inkassoforetak does not', () => {
    const life = new Life({ due: '2026-01-05', amountOre: kr(10_000) });
    const sent = life.daily('2026-01-06', '2026-03-31').at(-1);
    const late = addDays(addMonths(sent?.date ?? day('2026-01-01'), 6), 1);
    expect(life.decide(late, (j) => decideHandover(j, 'namsmann', day(late)))).toBe('E2');
    expect(life.decide(late, (j) => decideHandover(j, 'inkassobyraa', day(late)))).toBeNull();
  });
});

describe('S2: a plan for the whole claim that is paid leaves the interest of its time alone', () => {
  it('no letter by itself for what ran meanwhile', () => {
    const life = new Life();
    const open = life.on('2026-08-10').openOre;
    const instalments = [{ due: day('2026-09-01'), amountOre: open }];
    life.must('2026-08-10', (j) => decidePlan(j, instalments, day('2026-08-10')));
    life.pay(open, '2026-09-01');
    expect(life.on('2026-12-01').openOre).toBeGreaterThan(0);
    expect(life.asked('2026-12-01')).toBe('P5');
  });
});

import { deepStrictEqual } from 'node:assert/strict';
import type { Case } from '../../src/case/case.js';
import { evolve } from '../../src/case/history.js';
import { claimOn, type Claim } from '../../src/case/claim.js';
import { decidePayment, decideWithdraw } from '../../src/case/decide.js';
import { decideCredit } from '../../src/case/life.js';
import type { Part } from '../../src/case/events.js';
import { decideLetter, type LetterDecision, type LetterPlan } from '../../src/case/letter-plan.js';
import type { Judgement, Terms } from '../../src/case/judgement.js';
import { POLICIES, type Policy } from '../../src/case/policy.js';
import type { LocalDate } from '../../src/law/dates.js';
import type { LadderStep } from '../../src/law/procedure.js';
import { loadRates, RateUnknown, type Rates } from '../../src/law/rates.js';
import type { Step } from '../../src/law/steps.js';
import { daysFrom, graceEnd, isWorking, nextWorking, plusDays, plusYears } from '../oracle/calendar.js';
import { oracleFee, type OracleLetter } from '../oracle/fees.js';
import {
  oracleClaim,
  type OracleClaim,
  type OracleCredit,
  type OracleFacts,
  type OraclePayment,
} from '../oracle/ledger.js';
import { OracleRates, OracleUnknown, type OracleAdded } from '../oracle/rates.js';
import { LADDERS, type Action, type Amount, type History, type Prior } from './history.js';
import { confirmSent, generated, ratesOf2027, record, registration, TERMS } from './law.js';

// Plays the life of one claim on the pure core, day after day, and holds what comes out of it against the rules and
// against the second opinions in test/oracle. A breach throws.

// The rates of 2027, for both sides ----------------------------------------------------------------------------

const SHIPPED = loadRates();
const RATES: Readonly<Record<History['year2027'], Rates>> = {
  unknown: SHIPPED,
  '1988': ratesOf2027('1988'),
  '2026': ratesOf2027('2026'),
};

function added2027(regime: string): OracleAdded[] {
  const row = (table: OracleAdded['table'], from: string, through: string, value: string): OracleAdded => ({
    table,
    from,
    through,
    value,
  });
  return [
    row('regime', '2027-01-01', '9999-12-31', regime),
    row('inkassosats', '2027-01-01', '2027-12-31', '770'),
    row('forsinkelsesrente', '2027-01-01', '2027-06-30', '12.50'),
    row('forsinkelsesrente', '2027-07-01', '2027-12-31', '12.00'),
    row('standardkompensasjon', '2027-01-01', '2027-06-30', '440'),
    row('standardkompensasjon', '2027-07-01', '2027-12-31', '450'),
  ];
}

const ORACLES: Readonly<Record<History['year2027'], OracleRates>> = {
  unknown: new OracleRates(),
  '1988': new OracleRates(added2027('1988')),
  '2026': new OracleRates(added2027('2026')),
};

// Playing --------------------------------------------------------------------------------------------------------

const date = (iso: string): LocalDate => iso as LocalDate;

function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

/** The answer, or `unknown` where a figure it needs has not been published. */
function known<T>(ask: () => T): T | 'unknown' {
  try {
    return ask();
  } catch (fault) {
    if (fault instanceof RateUnknown || fault instanceof OracleUnknown) return 'unknown';
    throw fault;
  }
}

interface Pending {
  readonly plan: LetterPlan;
  readonly id: number;
}

/** A letter sent, as the rules ask about it. */
interface Posted extends OracleLetter {
  readonly seq: number;
  /** Sent for the rest after the principal was paid (P5), outside the ladder. */
  readonly forRest: boolean;
}

/** The letters in the order of their force. */
const FORCE: readonly string[] = [
  'paaminnelse',
  'purring',
  'rentenota',
  'inkassovarsel',
  'betalingsoppfordring',
  'overdragelsesvarsel',
];

function isVarsel(letter: OracleLetter): boolean {
  return letter.step === 'inkassovarsel' && daysFrom(letter.sentOn, letter.deadline) >= 14;
}

function isShortVarsel(letter: OracleLetter): boolean {
  return letter.step === 'inkassovarsel' && !isVarsel(letter);
}

const SMALL: readonly string[] = ['purring', 'rentenota', 'inkassovarsel'];

export class Play {
  case: Case;
  today: string;
  readonly posted: Posted[] = [];
  readonly plans: LetterPlan[] = [];
  private readonly payments: OraclePayment[] = [];
  private readonly credits: OracleCredit[] = [];
  private priorLetters = 0;
  private pending: Pending | null = null;
  private readonly due: string;
  private readonly policy: Policy;
  private readonly terms: Terms;
  private readonly rates: Rates;
  private readonly oracle: OracleRates;

  constructor(private readonly history: History) {
    const { shift, debtorType, charge, amountOre, interestDelay, policy } = history;
    this.due = shift ? nextWorking(history.due) : history.due;
    this.policy = LADDERS[policy] ?? POLICIES.standard;
    this.terms = { ...TERMS, ...history.terms };
    this.rates = RATES[history.year2027];
    this.oracle = ORACLES[history.year2027];
    if (this.climbsByForce) this.postPrior(history.prior);
    this.today = later(plusDays(this.due, history.start), this.posted.at(-1)?.sentOn ?? '');
    const claim = registration({ due: '2026-01-05', registeredOn: '2026-01-05', policy });
    this.case = evolve(1, [
      {
        ...claim,
        due: date(history.due),
        effectiveDue: date(this.due),
        debtorType,
        charge,
        amountOre,
        history: this.posted.map(({ step, sentOn, deadline, feeOre }) => ({
          step,
          sentOn: date(sentOn),
          deadline: date(deadline),
          feeOre,
        })),
        interestFrom: interestDelay === null ? null : date(plusDays(this.due, 1 + interestDelay)),
        happenedOn: date(this.today),
        recordedOn: date(this.today),
      } as typeof claim,
    ]);
  }

  /** Whether no step comes twice on the ladder: then the strongest letter sent says how far the claim has come. */
  private get climbsByForce(): boolean {
    const steps = this.policy.steps.map((rung) => rung.step);
    return new Set(steps).size === steps.length;
  }

  private postPrior(letters: readonly Prior[]): void {
    let on = this.due;
    for (const { step, gap, days, fee } of letters) {
      on = plusDays(on, gap);
      const lawful = known(() => (fee ? oracleFee(step, this.due, this.posted, on, this.oracle) : 0));
      const feeOre = lawful === 'unknown' ? 0 : lawful;
      this.posted.push({ step, sentOn: on, deadline: plusDays(on, days), feeOre, seq: 0, forRest: false });
    }
    this.priorLetters = letters.length;
  }

  private get judgement(): Judgement {
    return { case: this.case, policy: this.policy, terms: this.terms, rates: this.rates };
  }

  /** The whole history, every rule looked at on the way. */
  run(): void {
    for (const next of this.history.actions) {
      this.today = plusDays(this.today, next.gap);
      const { version } = this.case;
      this.take(next);
      if (this.case.version > version && this.pending === null) this.checkClaim(this.today);
    }
    this.checkClaim(plusDays(this.due, 20));
    this.checkClaim(plusDays(this.today, 15));
    this.checkFees();
  }

  private take(next: Action): void {
    switch (next.kind) {
      case 'run':
        if (this.runDay() === null || next.after === 'leave') return;
        if (next.after === 'withdraw') this.withdraw();
        else this.confirm(this.today);
        // The same day again gives nothing new.
        if (next.after === 'send') must(this.decide().kind !== 'letter', 'a second letter on the same day');
        return;
      case 'confirm':
        this.confirm(plusDays(this.today, -next.back));
        return;
      case 'withdraw':
        this.withdraw();
        return;
      case 'pay':
        this.pay(next.amount, plusDays(this.today, -next.back), next.purpose);
        return;
      case 'credit':
        this.credit(
          Math.ceil((this.history.amountOre * next.percent) / 100),
          plusDays(this.today, -next.back),
        );
        return;
    }
  }

  decide(): LetterDecision {
    return decideLetter(this.judgement, date(this.today), { catchUp: this.history.catchUp });
  }

  /** One run of the day; the letter, if there is one, is made and not yet sent. */
  runDay(): LetterPlan | null {
    const decision = this.decide();
    if (decision.kind !== 'letter') {
      if (decision.kind === 'blocked') this.checkBlocked(decision.fault);
      must(!this.expectsLetter(), `${this.today}: no letter, though one is due: ${describe(decision)}`);
      return null;
    }
    const { plan } = decision;
    this.checkPlan(plan);
    const id = this.plans.length + 1;
    this.plans.push(plan);
    this.case = record(this.case, date(this.today), [generated(plan, id)]);
    this.pending = { plan, id };
    must(this.decide().kind !== 'letter', 'a second letter before the first is confirmed');
    return plan;
  }

  /** Confirms the letter that waits, and sees that it is refused exactly when the rules say so. */
  confirm(sentOn: string): void {
    const { pending } = this;
    const letter = this.case.letters.at(-1);
    if (letter === undefined) return;
    const decided = known(() => confirmSent(this.judgement, letter, date(sentOn)));
    if (pending === null) {
      must(decided !== 'unknown' && !decided.ok, 'a letter was confirmed twice, or after it was withdrawn');
      return;
    }
    const { plan } = pending;
    const late = daysFrom(sentOn, plan.deadline) < 14 || sentOn < plan.date || sentOn > this.lastDayOfClaim();
    const regime = this.oracle.find('regime', sentOn);
    if (!late && plan.regime !== null && regime === null) {
      must(decided === 'unknown', `confirmed on ${sentOn}, with no Act on record`);
      return;
    }
    const lawful = !late && (plan.regime === null || plan.regime === regime);
    must(decided !== 'unknown' && decided.ok === lawful, `letter of ${plan.date} sent ${sentOn}: ${lawful}`);
    if (!decided.ok) return;
    this.case = record(this.case, date(this.today), decided.events);
    const { step, deadline, lawfulFeeOre: feeOre } = plan;
    must(daysFrom(sentOn, deadline) >= 14, 'less than 14 days to pay');
    const most = feeOre === 0 ? 0 : oracleFee(step, this.due, this.posted, sentOn, this.oracle);
    must(feeOre <= most, `a fee of ${feeOre} in a letter sent ${sentOn}, when the Act allows ${most}`);
    const forRest = plan.principalOre === 0;
    this.posted.push({ step, sentOn, deadline, feeOre, seq: this.case.version, forRest });
    this.pending = null;
  }

  withdraw(): void {
    const letter = this.case.letters.at(-1);
    if (letter === undefined) return;
    const decided = decideWithdraw(letter, 'test', date(this.today));
    must(decided.ok === (this.pending !== null), 'a letter is withdrawn when, and only when, it waits');
    if (!decided.ok) return;
    this.case = record(this.case, date(this.today), decided.events);
    this.pending = null;
  }

  private pay(asked: Amount, on: string, purpose: Part | null): void {
    const ore = this.amountOf(asked);
    if (ore <= 0) return;
    const input = { amountOre: ore, date: date(on), purpose, reference: null };
    const decided = decidePayment(this.judgement, input, date(this.today));
    must(decided.ok, 'a payment was refused');
    this.payments.push({ on, seq: this.case.version + 1, ore, purpose, order: this.terms.paymentOrder });
    this.case = record(this.case, date(this.today), decided.events);
    const state = this.case.letters.at(-1)?.state;
    must(this.pending === null || state === 'withdrawn', 'a letter survived a payment');
    this.pending = null;
  }

  /** A credit note, refused when the notes would come to more than the invoice. */
  private credit(ore: number, on: string): void {
    const credit = { amountOre: ore, noteNumber: null, date: date(on) };
    const decided = decideCredit(this.judgement, credit, date(this.today));
    const left = this.history.amountOre - total(this.credits.map((note) => note.ore));
    must(decided.ok === ore <= left, `a credit note of ${ore} where ${left} is left`);
    if (!decided.ok) return;
    this.credits.push({ on, seq: this.case.version + 1, ore });
    this.case = record(this.case, date(this.today), decided.events);
    this.pending = null;
  }

  private amountOf(asked: Amount): number {
    switch (asked.kind) {
      case 'exact':
        return this.history.amountOre;
      case 'open': {
        const claim = known(() => oracleClaim(this.facts(), this.today, this.oracle));
        return claim === 'unknown' ? 0 : openOf(claim) + asked.plus;
      }
      case 'demanded':
        return (this.plans.at(-1)?.totalOre ?? 0) + asked.plus;
      case 'part':
        return Math.round((this.history.amountOre * asked.percent) / 100);
      case 'ore':
        return asked.ore;
    }
  }

  private facts(pendingFee = 0): OracleFacts {
    const fees = this.posted
      .filter((letter) => letter.feeOre > 0)
      .map((letter) => ({ on: letter.sentOn, seq: letter.seq, ore: letter.feeOre }));
    if (pendingFee > 0) fees.push({ on: this.today, seq: Infinity, ore: pendingFee });
    const delay = this.history.interestDelay ?? 0;
    return {
      claimOre: this.history.amountOre,
      due: this.due,
      interestAfter: plusDays(this.due, delay),
      charge: this.history.charge,
      fees,
      payments: this.payments,
      credits: this.credits,
      count: this.terms.interestCount,
      exactAmountIsPrincipal: this.terms.exactAmountIsPrincipal,
    };
  }

  // What must hold -----------------------------------------------------------------------------------------------

  /** Principal, interest, costs and credit, and every line of interest, against the second opinions. */
  private checkClaim(on: string): void {
    const expected = known(() => oracleClaim(this.facts(), on, this.oracle));
    const found = known(() => claimOn(this.case, date(on), this.terms, this.rates));
    if (expected === 'unknown' || found === 'unknown') {
      must(expected === found, `${on}: one says unknown, the other does not`);
      return;
    }
    sameClaim(found, expected, on);
    const principalPaid = total(found.allocations.map((a) => a.principalOre));
    must(
      found.principalOre === this.history.amountOre - principalPaid,
      'the principal contains something else',
    );
    must(found.principalOre >= 0 && found.interestOre >= 0 && found.costsOre >= 0, 'a part is negative');
    for (const a of found.allocations) {
      must(
        a.costsOre + a.interestOre + a.principalOre + a.creditOre === a.amountOre,
        'a payment does not add up',
      );
    }
    const kinds = new Set(found.costLines.map((line) => line.kind));
    must(kinds.size < 2, 'compensation and fees together');
    must(kinds.has('compensation') ? found.costLines.length === 1 : true, 'two compensations');
    must(
      !kinds.has('compensation') || this.history.debtorType !== 'consumer',
      'compensation from a consumer',
    );
  }

  private checkPlan(plan: LetterPlan): void {
    const { step, date: on, deadline, lawfulFeeOre, principalOre, interestOre, costsOre, totalOre } = plan;
    must(this.pending === null, 'a letter while another waits');
    must(on === this.today, 'a letter of another day');
    must(deadline === nextWorking(plusDays(on, this.terms.deadlineDays)), `deadline ${deadline}`);
    must(daysFrom(on, deadline) >= 14 && isWorking(deadline), `deadline ${deadline} for ${on}`);
    must(totalOre === principalOre + interestOre + costsOre, 'the total is not the sum of its parts');
    must(totalOre > 0, 'a letter with nothing in it');
    must(on <= this.lastDayOfClaim(), 'a letter after limitation');

    const rung = this.rung();
    const figures = principalOre === 0 || rung?.interest === true ? 'all' : 'withoutInterest';
    const claim = oracleClaim(this.facts(lawfulFeeOre), on, this.oracle, figures);
    const before = oracleClaim(this.facts(), on, this.oracle, figures);
    must(openOf(before) > 0, 'a letter with nothing open');
    sameClaim(plan.claim, claim, on);
    must(principalOre === claim.principalOre && costsOre === claim.costsOre, 'the letter is not the claim');
    must(plan.feeOre === claim.costsOre - before.costsOre, 'the fee is not what the letter adds');

    if (principalOre === 0) {
      must(this.payments.length > 0, 'a letter for a claim that is credited (S8)');
      const rest = this.terms.afterPrincipal === 'rentenota' && step === 'rentenota' && lawfulFeeOre === 0;
      must(rest && interestOre === claim.interestOre, 'a letter for the rest after the principal (P5)');
      return;
    }
    must(rung !== null, 'a letter beyond the ladder');
    must(interestOre === (rung.interest ? claim.interestOre : 0), 'interest the ladder does not claim');
    must(step === this.stepOf(rung), `${step} where the ladder has ${rung.step}`);
    const earliest = this.earliest(rung);
    must(on >= earliest, `${step} on ${on}, before ${earliest}`);
    const first = this.posted.length === 0 && !this.history.catchUp;
    must(!first || daysFrom(this.due, on) <= 90, 'an old claim without the user asking');
    const fee = rung.fee ? oracleFee(step, this.due, this.posted, on, this.oracle) : 0;
    must(lawfulFeeOre === fee, `a fee of ${lawfulFeeOre}, not ${fee}`);
    if (SMALL.includes(step) && lawfulFeeOre > 0) must(daysFrom(this.due, on) >= 14, 'a fee before day 14');
  }

  /** F2–F6 over the whole history, read from the letters alone. */
  private checkFees(): void {
    const small = this.posted.filter((letter) => letter.feeOre > 0 && SMALL.includes(letter.step));
    const large = this.posted.filter((letter) => letter.feeOre > 0 && letter.step === 'betalingsoppfordring');
    must(small.length <= 2, 'a third 1/20');
    must(large.length <= 1, 'a second 3/20');
    for (const letter of small) must(daysFrom(this.due, letter.sentOn) >= 14, 'a fee before day 14');
    const [, second] = small;
    if (second !== undefined) {
      const first = this.posted.find((letter) => letter.step === 'purring' || letter.step === 'rentenota');
      must(
        first !== undefined && daysFrom(first.sentOn, first.deadline) >= 14,
        'no 14 days in the first purring',
      );
      must(first.deadline < second.sentOn, 'a second fee before the first purring was missed');
    }
    // 1/20 of 770 is 38,50 and 3/20 115,50; 1/10 and 3/10 for claims due before October 2020.
    const cap = this.due < '2020-10-01' ? 7700 + 7700 + 23_100 : 3900 + 3900 + 11_600;
    must(total(this.posted.map((letter) => letter.feeOre)) <= cap, 'more than the cap');
    this.posted.slice(this.priorLetters).forEach((letter, index) => {
      const before = this.posted.slice(0, this.priorLetters + index);
      const varsel = before.some(({ step }) => step === 'inkassovarsel');
      const reminder = !letter.forRest && FORCE.indexOf(letter.step) < FORCE.indexOf('inkassovarsel');
      must(!varsel || !reminder, 'a reminder after the inkassovarsel');
      must(
        letter.step !== 'betalingsoppfordring' || before.some(isVarsel),
        'no inkassovarsel of 14 days before',
      );
    });
  }

  /** L1–L3: the next letter up the ladder; an inkassovarsel with less than 14 days must be sent again (§ 9). */
  private rung(): LadderStep | null {
    const { steps } = this.policy;
    const climbed = this.posted.filter((letter) => letter.step !== 'overdragelsesvarsel' && !letter.forRest);
    if (!this.climbsByForce) return steps[climbed.length] ?? null;
    const force = climbed.map((letter) => FORCE.indexOf(letter.step) - (isShortVarsel(letter) ? 1 : 0));
    const strongest = Math.max(-1, ...force);
    return steps.find((rung) => FORCE.indexOf(rung.step) > strongest) ?? null;
  }

  /** G1, G2: the letter the rung becomes on the day; null when nothing is left for the creditor to send. */
  private stepOf(rung: LadderStep): Step | null {
    const legal = rung.step === 'inkassovarsel' || rung.step === 'betalingsoppfordring';
    if (!legal || this.oracle.on('regime', this.today) === '1988') return rung.step;
    const announced = this.posted.some((letter) => letter.step === 'overdragelsesvarsel');
    return announced ? null : 'overdragelsesvarsel';
  }

  /** L1, D6. */
  private earliest(rung: LadderStep): string {
    if (this.posted.length === 0) return plusDays(this.due, Math.max(rung.wait, 1));
    const deadline = this.posted.map((letter) => letter.deadline).reduce((a, b) => (a > b ? a : b));
    return plusDays(graceEnd(deadline, this.terms.graceDays), rung.wait);
  }

  /** W1: three years from the due date, or from the latest part that was paid while there was still time. */
  private lastDayOfClaim(): string {
    const paid = this.payments.map((payment) => payment.on).sort();
    return paid.reduce(
      (end, on) => (on <= end && on > this.due ? later(end, nextWorking(plusYears(on, 3))) : end),
      nextWorking(plusYears(this.due, 3)),
    );
  }

  /** Whether the rules leave no way around a letter today; asked only where nothing has been paid. */
  private expectsLetter(): boolean {
    if (this.payments.length > 0 || this.pending !== null) return false;
    const rung = this.rung();
    if (rung === null || this.today < this.earliest(rung) || this.today > this.lastDayOfClaim()) return false;
    if (this.posted.length === 0 && !this.history.catchUp && daysFrom(this.due, this.today) > 90)
      return false;
    const step = known(() => this.stepOf(rung));
    if (step === 'unknown' || step === null) return false;
    const fee = known(() => (rung.fee ? oracleFee(step, this.due, this.posted, this.today, this.oracle) : 0));
    const figures = rung.interest ? 'all' : 'withoutInterest';
    const claim = known(() => oracleClaim(this.facts(), this.today, this.oracle, figures));
    return fee !== 'unknown' && claim !== 'unknown' && claim.principalOre > 0;
  }

  /** I7, G2, G3: what is said to be missing is missing. */
  private checkBlocked(fault: RateUnknown): void {
    must(fault.table !== 'rettsgebyr', 'a letter waits for the rettsgebyr');
    must(this.oracle.find(fault.table, fault.date) === null, `${fault.table} on ${fault.date} is known`);
  }
}

function describe(decision: LetterDecision): string {
  if (decision.kind === 'held') return `${decision.refusal.rule} ${decision.refusal.text}`;
  return decision.kind === 'blocked' ? decision.fault.message : decision.plan.step;
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((all, each) => all + each, 0);
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function openOf(claim: OracleClaim): number {
  return claim.principalOre + claim.interestOre + claim.costsOre;
}

function sameClaim(found: Claim, expected: OracleClaim, on: string): void {
  const { principalOre, interestOre, costsOre, creditOre } = found;
  deepStrictEqual(
    { on, principalOre, interestOre, costsOre, creditOre },
    {
      on,
      principalOre: expected.principalOre,
      interestOre: expected.interestOre,
      costsOre: expected.costsOre,
      creditOre: expected.creditOre,
    },
  );
  deepStrictEqual(
    found.interestLines.map(({ from, to, days, yearDays, rate, baseOre, amountOre }) => ({
      from: String(from),
      to: String(to),
      days,
      yearDays,
      rate,
      baseOre,
      amountOre,
    })),
    expected.lines,
  );
}

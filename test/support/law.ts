import type { Case, Letter } from '../../src/case/case.js';
import { apply, evolve } from '../../src/case/history.js';
import { decidePayment, decideSent, decideWithdraw, type Decided } from '../../src/case/decide.js';
import type {
  CaseEvent,
  Channel,
  ClaimRegistered,
  LetterGenerated,
  NewEvent,
  Part,
} from '../../src/case/events.js';
import { outlook, type Outlook } from '../../src/case/outlook.js';
import { decideLetter, type LetterDecision, type LetterPlan } from '../../src/case/letter-plan.js';
import type { Judgement, Terms } from '../../src/case/judgement.js';
import { POLICIES, type Policy } from '../../src/case/policy.js';
import type { CostFacts } from '../../src/law/costs.js';
import { addDays, localDate, rollForward, type LocalDate } from '../../src/law/dates.js';
import { loadRates, type AddedRate, type Rates, type TableName } from '../../src/law/rates.js';
import type { SentLetter, Step } from '../../src/law/steps.js';

/** Short for a date written in a test. */
export const day = localDate;

/** Whole kroner and øre in øre: `kr(12_500)`, `kr(4321, 50)`. */
export const kr = (kroner: number, ore = 0): number => kroner * 100 + ore;

export const RATES = loadRates();

export function added(table: TableName, from: string, value: string): AddedRate {
  return { table, from: day(from), value, source: 'test' };
}

/** The shipped tables with 2027 filled in, under one Act or the other. */
export function ratesOf2027(regime: '1988' | '2026'): Rates {
  return loadRates([
    added('regime', '2027-01-01', regime),
    added('inkassosats', '2027-01-01', '770'),
    added('forsinkelsesrente', '2027-01-01', '12.50'),
    added('forsinkelsesrente', '2027-07-01', '12.00'),
    added('standardkompensasjon', '2027-01-01', '440'),
    added('standardkompensasjon', '2027-07-01', '450'),
  ]);
}

/** A letter sent; without a deadline it is 14 days, without a fee none. Amounts in kroner. */
export function sent(step: Step, sentOn: string, deadline?: string, feeKroner = 0): SentLetter {
  const on = day(sentOn);
  return {
    step,
    sentOn: on,
    deadline: deadline === undefined ? addDays(on, 14) : day(deadline),
    feeOre: feeKroner * 100,
  };
}

export function costFacts(due: string, letters: readonly SentLetter[] = [], afresh = false): CostFacts {
  return { effectiveDue: day(due), letters, newFeesAfterSixMonths: afresh };
}

export const TERMS: Terms = {
  graceDays: 3,
  deadlineDays: 14,
  interestCount: 'dayAfterDue',
  paymentOrder: ['costs', 'interest', 'principal'],
  exactAmountIsPrincipal: true,
  newFeesAfterSixMonths: false,
  afterPrincipal: 'ask',
  waiveUpToOre: 5_000,
};

export interface ClaimInput extends Partial<Omit<ClaimRegistered, 'type' | 'due' | 'effectiveDue'>> {
  readonly due: string;
  /** The due date moves off weekends and holidays (D4); true when not given. */
  readonly shift?: boolean;
  /** The day the claim was registered; the due date when not given. */
  readonly registeredOn?: string;
}

export function registration(input: ClaimInput): CaseEvent {
  const { due: dueText, shift = true, registeredOn, ...rest } = input;
  const due = day(dueText);
  const on = registeredOn === undefined ? due : day(registeredOn);
  return {
    type: 'claimRegistered',
    invoice: '1001',
    debtorId: 1,
    debtorType: 'consumer',
    amountOre: kr(1000),
    issued: null,
    due,
    effectiveDue: shift ? rollForward(due) : due,
    description: null,
    kid: null,
    policy: 'standard',
    charge: 'fees',
    interestFrom: null,
    history: [],
    source: { kind: 'entered' },
    ...rest,
    version: 1,
    happenedOn: on,
    recordedOn: on,
  };
}

export interface JudgementInput {
  readonly policy?: Policy;
  readonly terms?: Partial<Terms>;
  readonly rates?: Rates;
}

export function judge(c: Case, input: JudgementInput = {}): Judgement {
  return {
    case: c,
    policy: input.policy ?? POLICIES.standard,
    terms: { ...TERMS, ...input.terms },
    rates: input.rates ?? RATES,
  };
}

/** Stores decided events on a case, the way the register would on the day `today`. */
export function record(c: Case, today: LocalDate, events: readonly NewEvent[]): Case {
  return events.reduce<Case>(
    (now, { happenedOn, body }) =>
      apply(now, { ...body, version: now.version + 1, happenedOn, recordedOn: today }),
    c,
  );
}

/** The event that says a planned letter was made. */
export function generated(plan: LetterPlan, id: number): NewEvent {
  const body: LetterGenerated = {
    type: 'letterGenerated',
    letter: id,
    batch: id,
    step: plan.step,
    deadline: plan.deadline,
    regime: plan.regime,
    lawfulFeeOre: plan.lawfulFeeOre,
    feeOre: plan.feeOre,
    principalOre: plan.principalOre,
    interestOre: plan.interestOre,
    costsOre: plan.costsOre,
    totalOre: plan.totalOre,
    interestLines: plan.interestLines,
    costLines: plan.costLines,
    reasons: plan.reasons,
    pdfSha256: '',
    pages: 1,
    templateSha256: '',
  };
  return { happenedOn: plan.date, body };
}

/** What comes of confirming a letter: `electronicBasis` is what allows an electronic sending (L9). */
export function confirmSent(
  j: Judgement,
  letter: Letter,
  on: LocalDate,
  channel: Channel = 'post',
  electronicBasis: string | null = null,
): Decided {
  return decideSent(j, letter, { on, channel, electronicBasis });
}

/** One claim on the pure core: what the program would do, day by day, without a database or a printer. */
export class Story {
  case: Case;
  readonly plans: LetterPlan[] = [];

  constructor(
    claim: ClaimInput,
    private readonly input: JudgementInput = {},
  ) {
    this.case = evolve(1, [registration(claim)]);
  }

  get judgement(): Judgement {
    return judge(this.case, this.input);
  }

  decide(today: string, catchUp = false): LetterDecision {
    return decideLetter(this.judgement, day(today), { catchUp });
  }

  /** Where it stands on a day, and what comes next. */
  next(today: string): Outlook {
    return outlook(this.judgement, day(today));
  }

  /** Runs a day; a letter that is made is kept, not yet sent. */
  run(today: string, catchUp = false): LetterDecision {
    const decision = this.decide(today, catchUp);
    if (decision.kind === 'letter') {
      this.plans.push(decision.plan);
      this.case = record(this.case, day(today), [generated(decision.plan, this.plans.length)]);
    }
    return decision;
  }

  /** Confirms the latest letter. Returns the rule that forbids it, or null. */
  confirm(
    sentOn: string,
    today = sentOn,
    channel: Channel = 'post',
    electronicBasis: string | null = null,
  ): string | null {
    const letter = this.case.letters.at(-1);
    if (letter === undefined) throw new Error('there is no letter to confirm');
    const decided = confirmSent(this.judgement, letter, day(sentOn), channel, electronicBasis);
    if (!decided.ok) return decided.refusal.rule;
    this.case = record(this.case, day(today), decided.events);
    return null;
  }

  withdraw(today: string): string | null {
    const letter = this.case.letters.at(-1);
    if (letter === undefined) throw new Error('there is no letter to withdraw');
    const decided = decideWithdraw(letter, 'test', day(today));
    if (!decided.ok) return decided.refusal.rule;
    this.case = record(this.case, day(today), decided.events);
    return null;
  }

  pay(amountOre: number, date: string, purpose: Part | null = null, today = date): string | null {
    const payment = { amountOre, date: day(date), purpose, reference: null };
    const decided = decidePayment(this.judgement, payment, day(today));
    if (!decided.ok) return decided.refusal.rule;
    this.case = record(this.case, day(today), decided.events);
    return null;
  }

  /** Runs a day and sends what comes out of it. Returns the letter, or null. */
  send(today: string, catchUp = false): LetterPlan | null {
    const decision = this.run(today, catchUp);
    if (decision.kind !== 'letter') return null;
    const refused = this.confirm(today);
    if (refused !== null) throw new Error(`refused to confirm: ${refused}`);
    return decision.plan;
  }

  /** Runs every day from one to another and sends what comes out of it. */
  sendDaily(from: string, through: string): LetterPlan[] {
    const plans: LetterPlan[] = [];
    for (let today = day(from); today <= day(through); today = addDays(today, 1)) {
      const plan = this.send(today);
      if (plan !== null) plans.push(plan);
    }
    return plans;
  }
}

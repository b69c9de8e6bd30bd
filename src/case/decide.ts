import { addDays, formatDate, type LocalDate } from '../law/dates.js';
import { feeFor, type Fee } from '../law/costs.js';
import type { InterestLine } from '../law/interest.js';
import { isForeldet, limitationDate } from '../law/limitation.js';
import { formatKroner, sum, type Ore } from '../law/money.js';
import {
  deadlineFor,
  letterUnderRegime,
  nextStep,
  refuseLateSending,
  type LadderStep,
} from '../law/procedure.js';
import { RateUnknown, type Rates } from '../law/rates.js';
import { regimeOn, type Regime } from '../law/regime.js';
import { because, refuse, type Reason, type Refusal } from '../law/rules.js';
import { STEP_TITLES, stepWord, type Step } from '../law/steps.js';
import { sentLetters, unconfirmedLetter, type Case, type Letter } from './case.js';
import { claimOn, type Claim, type ClaimTerms } from './claim.js';
import type { Channel, CostLine, NewEvent, Part } from './events.js';
import type { Policy } from './policy.js';

/** The creditor's choices that decide what happens next. */
export interface Terms extends ClaimTerms {
  /** Working days to wait after a deadline (D6). */
  readonly graceDays: number;
  /** Days to pay printed on letters, 14 or more (D2). */
  readonly deadlineDays: number;
  /** Order in which payments are used (P1). */
  readonly paymentOrder: readonly Part[];
  readonly newFeesAfterSixMonths: boolean;
}

/** What is needed to judge a case: its history, its ladder, the creditor's terms and the rates. */
export interface Judgement {
  readonly case: Case;
  readonly policy: Policy;
  readonly terms: Terms;
  readonly rates: Rates;
}

export type Status =
  | 'open'
  | 'disputed'
  | 'plan'
  | 'held'
  | 'legal'
  | 'handedOver'
  | 'bankrupt'
  | 'stopped'
  | 'bero'
  | 'writtenOff'
  | 'paid'
  | 'closed';

/** Where a case stands and what comes next, whatever the day: the answer is a date, not a yes or no. */
export interface Outlook {
  readonly status: Status;
  readonly step: Step | null;
  /** First day the step may be taken; null when no letter comes next. */
  readonly earliest: LocalDate | null;
  /** Why it is that step and not before, or why there is none. */
  readonly why: Refusal;
}

/** A letter as it will be if it is made today. Amounts in øre; the parts add up to `totalOre`. */
export interface LetterPlan {
  readonly step: Step;
  readonly date: LocalDate;
  readonly deadline: LocalDate;
  /** The Act that governs it; null for a letter that both Acts allow alike. */
  readonly regime: Regime | null;
  readonly lawfulFeeOre: Ore;
  readonly feeOre: Ore;
  readonly principalOre: Ore;
  readonly interestOre: Ore;
  readonly costsOre: Ore;
  readonly totalOre: Ore;
  readonly interestLines: readonly InterestLine[];
  readonly costLines: readonly CostLine[];
  readonly claim: Claim;
  readonly reasons: readonly Reason[];
}

export type LetterDecision =
  | { readonly kind: 'letter'; readonly plan: LetterPlan }
  | { readonly kind: 'held'; readonly refusal: Refusal }
  /** A published rate, or the regime, is missing: the letter waits for the user (I7, G2). */
  | { readonly kind: 'blocked'; readonly fault: RateUnknown };

/** How old a claim may be before its first letter needs the user's word (days past due). */
export const CATCH_UP_DAYS = 90;

/** The day a claim becomes foreldet unless interrupted (W1). */
export function limitationOf(c: Case): LocalDate {
  return limitationDate(c.claim.effectiveDue);
}

/** @throws RateUnknown when a payment after a day without a known rate must be divided. */
export function outlook(j: Judgement): Outlook {
  const c = j.case;
  const settled = settledOutlook(j);
  if (settled !== null) return settled;
  const next = nextStep(
    { effectiveDue: c.claim.effectiveDue, letters: sentLetters(c), notBefore: null },
    { ladder: j.policy.steps, graceDays: j.terms.graceDays },
  );
  if (next.kind === 'finished') return { status: 'legal', step: null, earliest: null, why: next.refusal };
  const waiting = unconfirmedLetter(c);
  if (waiting !== null)
    return { status: 'open', step: waiting.made.step, earliest: null, why: refuseUnconfirmed(waiting) };
  const { earliest, reasons, ladderStep } = next;
  const [first] = reasons;
  const text = reasons.map((reason) => reason.text).join(' ');
  const why = refuse(first?.rule ?? 'L1', text, earliest);
  return { status: 'open', step: ladderStep.step, earliest, why };
}

function refuseUnconfirmed(letter: Letter): Refusal {
  const name = `${STEP_TITLES[letter.made.step]} fra ${formatDate(letter.date)}`;
  return refuse(
    'S8',
    `${name} er laget, men ikke bekreftet sendt. Bekreft med «inkasso sent --letter ${letter.id}».`,
  );
}

/** S8, P5: paid, or paid so far that no letter goes by itself. */
function settledOutlook(j: Judgement): Outlook | null {
  if (j.case.movements.length === 0) return null;
  const claim = claimOn(j.case, j.case.recordedOn, j.terms, j.rates);
  const none = { step: null, earliest: null };
  if (claim.openOre <= 0) return { status: 'paid', ...none, why: refuse('S8', 'Kravet er betalt.') };
  if (claim.principalOre === 0) {
    const text = `Hovedstolen er betalt; ${formatKroner(claim.openOre)} i renter og gebyr står igjen.`;
    return { status: 'open', ...none, why: refuse('P5', text) };
  }
  if (paidAsDemanded(j.case)) {
    const text =
      `Det siste brevet krevde, er betalt innen fristen; ${formatKroner(claim.openOre)} har løpt på etterpå. ` +
      'Programmet sender ikke nytt brev for resten av seg selv.';
    return { status: 'open', ...none, why: refuse('P5', text) };
  }
  return null;
}

/** A debtor who pays what the latest letter asks, in time, is not dunned for the interest of the days in between. */
function paidAsDemanded(c: Case): boolean {
  const last = c.letters.filter((letter) => letter.state === 'sent').at(-1);
  if (last === undefined) return false;
  const inTime = c.movements.filter((payment) => payment.on >= last.date && payment.on <= last.made.deadline);
  return sum(inTime.map((payment) => payment.amountOre)) >= last.made.totalOre;
}

/** What `run` does with a case on a day: a letter, or why not. Never throws for a missing rate: it says so. */
export function decideLetter(j: Judgement, today: LocalDate, options: { catchUp: boolean }): LetterDecision {
  try {
    return decide(j, today, options);
  } catch (fault) {
    if (fault instanceof RateUnknown) return { kind: 'blocked', fault };
    throw fault;
  }
}

function decide(j: Judgement, today: LocalDate, options: { catchUp: boolean }): LetterDecision {
  const held = (refusal: Refusal): LetterDecision => ({ kind: 'held', refusal });
  const next = outlook(j);
  if (next.earliest === null || next.earliest > today) return held(next.why);
  const stop = refuseByAge(j.case, today, options.catchUp);
  if (stop !== null) return held(stop);
  const rung = j.policy.steps.find((candidate) => candidate.step === next.step);
  if (rung === undefined) return held(next.why);
  const regime = needsRegime(rung) ? regimeOn(j.rates, today) : null;
  const step = letterUnderRegime(rung.step, regime ?? '1988', sentLetters(j.case));
  if (step === null) {
    return held(
      refuse('G1', 'Etter inkassoloven av 2026 er neste skritt å overlate kravet til et inkassoforetak.'),
    );
  }
  const plan = planLetter(j, { ...rung, step }, today, regime);
  if (plan.totalOre <= 0) return held(refuse('S8', 'Det er ingenting igjen å kreve.'));
  return { kind: 'letter', plan };
}

/** G2: letters that the 2026 Act treats differently wait until the user has recorded which Act holds. */
function needsRegime(rung: LadderStep): boolean {
  return rung.fee || rung.step === 'inkassovarsel' || rung.step === 'betalingsoppfordring';
}

function refuseByAge(c: Case, today: LocalDate, catchUp: boolean): Refusal | null {
  const limitation = limitationOf(c);
  if (isForeldet(limitation, today)) {
    return refuse('W1', `Kravet ble foreldet ${formatDate(limitation)}; det sendes ikke flere brev.`);
  }
  const first = sentLetters(c).length === 0;
  if (!first || catchUp || addDays(c.claim.effectiveDue, CATCH_UP_DAYS) >= today) return null;
  return refuse(
    'L8',
    `Kravet forfalt for mer enn ${CATCH_UP_DAYS} dager siden og har ikke fått noe brev. Kjør med «--catch-up yes» for å ta det med.`,
  );
}

function planLetter(j: Judgement, rung: LadderStep, date: LocalDate, regime: Regime | null): LetterPlan {
  const { case: c, terms, rates } = j;
  const { step } = rung;
  const facts = {
    effectiveDue: c.claim.effectiveDue,
    letters: sentLetters(c),
    newFeesAfterSixMonths: terms.newFeesAfterSixMonths,
  };
  const fee = rung.fee ? feeFor(step, facts, date, rates) : null;
  const lawfulFeeOre = fee?.kind === 'fee' ? fee.amountOre : 0;
  const before = claimOn(c, date, terms, rates);
  const claim = claimOn(c, date, terms, rates, { letter: null, step, on: date, feeOre: lawfulFeeOre });
  const interestOre = rung.interest ? claim.interestOre : 0;
  const deadline = deadlineFor(date, terms.deadlineDays);
  return {
    step,
    date,
    deadline,
    regime,
    lawfulFeeOre,
    feeOre: claim.costsOre - before.costsOre,
    principalOre: claim.principalOre,
    interestOre,
    costsOre: claim.costsOre,
    totalOre: claim.principalOre + interestOre + claim.costsOre,
    interestLines: rung.interest ? claim.interestLines : [],
    costLines: claim.costLines,
    claim,
    reasons: [...stepReasons(j), ...feeReasons(fee), ...deadlineReasons(date, deadline)],
  };
}

function stepReasons(j: Judgement): readonly Reason[] {
  const next = nextStep(
    { effectiveDue: j.case.claim.effectiveDue, letters: sentLetters(j.case), notBefore: null },
    { ladder: j.policy.steps, graceDays: j.terms.graceDays },
  );
  const reasons = next.kind === 'step' ? next.reasons : [];
  if (next.kind !== 'step' || next.ladderStep.step !== 'betalingsoppfordring') return reasons;
  return [...reasons, because('L3', 'Det er ikke registrert noen innsigelse mot kravet.')];
}

function feeReasons(fee: Fee | null): readonly Reason[] {
  if (fee === null) return [because('F8', 'Løpet krever ikke gebyr for dette brevet.')];
  if (fee.kind === 'fee') return fee.reasons;
  const { rule, hjemmel, text } = fee.refusal;
  return [{ rule, hjemmel, text }];
}

function deadlineReasons(date: LocalDate, deadline: LocalDate): Reason[] {
  return [
    because(
      'D2',
      `Fristen ${formatDate(deadline)} er minst 14 dager etter ${formatDate(date)} og en virkedag.`,
    ),
  ];
}

export type Decided =
  | { readonly ok: true; readonly events: readonly NewEvent[] }
  | { readonly ok: false; readonly refusal: Refusal };

function yes(...events: NewEvent[]): Decided {
  return { ok: true, events };
}

function noBecause(refusal: Refusal): Decided {
  return { ok: false, refusal };
}

/** Nothing is recorded on a day before what is already recorded (D1). */
export function refuseBackdating(c: Case, today: LocalDate): Refusal | null {
  if (today >= c.recordedOn) return null;
  const text = `Sak ${c.number} har hendelser registrert ${formatDate(c.recordedOn)}; det kan ikke registreres noe ${formatDate(today)}.`;
  return refuse('D1', text, c.recordedOn);
}

/** Confirms that a letter was sent (D2, S8, G2). */
export function decideSent(j: Judgement, letter: Letter, sentOn: LocalDate, channel: Channel): Decided {
  const name = `${STEP_TITLES[letter.made.step]} (brev ${letter.id})`;
  if (letter.state === 'sent')
    return noBecause(refuse('L7', `${name} er alt bekreftet sendt ${formatDate(letter.sentOn ?? sentOn)}.`));
  if (letter.state === 'withdrawn') return noBecause(refuse('L7', `${name} er trukket tilbake.`));
  if (sentOn < letter.date) {
    return noBecause(
      refuse(
        'D2',
        `${name} er datert ${formatDate(letter.date)} og kan ikke være sendt ${formatDate(sentOn)}.`,
      ),
    );
  }
  if (channel === 'email' || channel === 'digital') {
    const text =
      'Elektronisk sending krever at skyldneren nylig har brukt adressen overfor deg, og at det er registrert.';
    return noBecause(refuse('L9', text));
  }
  const late = refuseLateSending(letter.made.step, letter.made.deadline, sentOn);
  if (late !== null) return noBecause(late);
  const other = refuseUnderRegime(j, letter, sentOn) ?? refuseIfPaidSince(j, letter, sentOn);
  if (other !== null) return noBecause(other);
  return yes({ happenedOn: sentOn, body: { type: 'letterSent', letter: letter.id, channel } });
}

/** G1: the Act is chosen by the day of sending, so a letter made under one Act may not leave under the other. */
function refuseUnderRegime(j: Judgement, letter: Letter, sentOn: LocalDate): Refusal | null {
  const { regime, step } = letter.made;
  if (regime === null || regimeOn(j.rates, sentOn) === regime) return null;
  return refuse(
    'G1',
    `${STEP_TITLES[step]} er laget etter en annen inkassolov enn den som gjelder ${formatDate(sentOn)}. Trekk brevet tilbake og lag et nytt.`,
  );
}

/** S8: what was paid after the letter was made is looked at again when it is confirmed. */
function refuseIfPaidSince(j: Judgement, letter: Letter, sentOn: LocalDate): Refusal | null {
  const paid = j.case.movements.filter(
    (payment) => payment.on <= sentOn && payment.version > letter.madeVersion,
  );
  if (paid.length === 0) return null;
  const amount = formatKroner(sum(paid.map((payment) => payment.amountOre)));
  return refuse(
    'S8',
    `Det er kommet inn ${amount} etter at ${stepWord(letter.made.step)} ble laget. Trekk brevet tilbake og kjør på nytt.`,
  );
}

/** Takes back a letter that has not been sent. */
export function decideWithdraw(letter: Letter, reason: string, today: LocalDate): Decided {
  if (letter.state === 'sent')
    return noBecause(refuse('L7', `Brev ${letter.id} er sendt og kan ikke trekkes tilbake.`));
  if (letter.state === 'withdrawn')
    return noBecause(refuse('L7', `Brev ${letter.id} er alt trukket tilbake.`));
  return yes({ happenedOn: today, body: { type: 'letterWithdrawn', letter: letter.id, reason } });
}

export interface PaymentInput {
  readonly amountOre: Ore;
  /** Bank date (P4). */
  readonly date: LocalDate;
  readonly purpose: Part | null;
  readonly reference: string | null;
}

/** Registers a payment. A letter made but not sent is withdrawn: its figures no longer hold (S8). */
export function decidePayment(j: Judgement, payment: PaymentInput, today: LocalDate): Decided {
  if (payment.date > today) {
    return noBecause(refuse('P4', `Betalingsdatoen ${formatDate(payment.date)} er i framtiden.`));
  }
  const { amountOre, purpose, reference } = payment;
  const received: NewEvent = {
    happenedOn: payment.date,
    body: { type: 'paymentReceived', amountOre, purpose, order: j.terms.paymentOrder, reference },
  };
  const waiting = unconfirmedLetter(j.case);
  if (waiting === null) return yes(received);
  const reason = `betaling ${formatKroner(amountOre)} registrert ${formatDate(today)}`;
  return yes(received, { happenedOn: today, body: { type: 'letterWithdrawn', letter: waiting.id, reason } });
}

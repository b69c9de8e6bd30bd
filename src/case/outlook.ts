import { formatDate, latest, type LocalDate } from '../law/dates.js';
import { repeatBetalingsoppfordring } from '../law/enforcement.js';
import { refuseForeldet } from '../law/limitation.js';
import { formatKroner, type Ore } from '../law/money.js';
import {
  afterGrace,
  letterUnderRegime,
  needsRegime,
  nextStep,
  type LadderStep,
  type NextStep,
  type ProcedureFacts,
} from '../law/procedure.js';
import { findRow, type Rates } from '../law/rates.js';
import { regimeOn } from '../law/regime.js';
import { because, refuse, type Reason, type Refusal, type RuleId } from '../law/rules.js';
import { STEP_TITLES, type SentLetter, type Step } from '../law/steps.js';
import {
  limitationOf,
  payments,
  sentLetters,
  stopOf,
  unconfirmedLetter,
  type Case,
  type Letter,
} from './case.js';
import { claimOn, type Claim } from './claim.js';
import type { StopCause } from './events.js';
import type { Judgement } from './judgement.js';
import { lastDayOf, notBefore } from './not-before.js';
import { paidAsAgreed, paidAsDemanded } from './paid.js';

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
  /** The step as the ladder has it; null when no letter comes next. */
  readonly rung: LadderStep | null;
  /** Why it is that step and not before, or why there is none. */
  readonly why: Refusal;
  /** The grounds one by one. */
  readonly reasons: readonly Reason[];
}

/**
 * Where a case stands. `on` decides whether a hold is still running, and whether the claim is foreldet. `recorded` is
 * the claim on `recordedOn`, where the caller has it.
 * @throws RateUnknown when a payment after a day without a known rate must be divided.
 */
export function outlook(j: Judgement, on: LocalDate, recorded: Claim | null = null): Outlook {
  const closed = stopOf(j.case, 'closed');
  if (closed !== null) return none('closed', refuse('S8', `Saken er avsluttet: ${closed.reason}`));
  return (
    paidOutlook(j, recorded) ??
    stoppedOutlook(j.case) ??
    foreldetOutlook(j.case, on) ??
    unconfirmedOutlook(j) ??
    restOutlook(j, recorded) ??
    ladderOutlook(j, on)
  );
}

/**
 * The betalingsoppfordring afresh, without a fee: before legal steps it may not be older than six months (L3, E2).
 * For a case whose letters are all sent; any other gets its ordinary outlook.
 */
export function repeatOutlook(j: Judgement, on: LocalDate): Outlook {
  const next = outlook(j, on);
  const last = sentLetters(j.case).findLast((letter) => letter.step === 'betalingsoppfordring');
  if (next.status !== 'legal' || last === undefined) return next;
  const rung: LadderStep = { step: 'betalingsoppfordring', wait: 0, fee: false, interest: true };
  const { earliest, reason } = repeatBetalingsoppfordring(last.sentOn);
  const why = refuse(reason.rule, reason.text, earliest);
  return { status: 'legal', step: rung.step, earliest, rung, why, reasons: [reason] };
}

/** W1: no letter for a claim that is foreldet. */
function foreldetOutlook(c: Case, on: LocalDate): Outlook | null {
  const refusal = refuseForeldet(limitationOf(c), on);
  return refusal === null ? null : none('open', refusal);
}

function none(status: Status, why: Refusal): Outlook {
  const { rule, hjemmel, text } = why;
  return { status, step: null, earliest: null, rung: null, why, reasons: [{ rule, hjemmel, text }] };
}

/** What is left of the principal: no rate of interest is needed to know it, unless a payment went to interest. */
function principalLeft(j: Judgement, recorded: Claim | null): Ore {
  if (recorded !== null) return recorded.principalOre;
  if (j.case.movements.length === 0) return j.case.claim.amountOre;
  return claimOn(j.case, j.case.recordedOn, j.terms, j.rates, undefined, 'withoutInterest').principalOre;
}

/** S8: nothing is open. */
function paidOutlook(j: Judgement, recorded: Claim | null): Outlook | null {
  if (principalLeft(j, recorded) > 0) return null;
  const claim = recorded ?? claimOn(j.case, j.case.recordedOn, j.terms, j.rates);
  if (claim.openOre > 0) return null;
  const credit = claim.creditOre > 0 ? ` Skyldneren har ${formatKroner(claim.creditOre)} til gode.` : '';
  return none('paid', refuse('S8', `Kravet er gjort opp.${credit}`));
}

const CAUSES: Readonly<Record<StopCause, { rule: RuleId; text: string }>> = {
  bankruptcy: {
    rule: 'S4',
    text: 'Skyldneren er konkurs. Meld kravet til bostyreren, med renter til konkursåpningen.',
  },
  'debt-settlement': {
    rule: 'S5',
    text: 'Skyldneren er under gjeldsforhandling eller gjeldsordning. Kravet meldes der.',
  },
  death: { rule: 'S6', text: 'Skyldneren er død. Følg med på proklama; fristen er seks uker.' },
  minor: { rule: 'S7', text: 'Skyldneren er mindreårig eller uten rettslig handleevne. Kontakt vergen.' },
};

/** S1, S4–S9: no letter at all while any of these lasts; the weightiest is the one named. */
function stoppedOutlook(c: Case): Outlook | null {
  const loss = stopOf(c, 'writtenOff');
  if (loss !== null) return none('writtenOff', refuse('S8', `Kravet er tapsført: ${loss.reason}`));
  if (stopOf(c, 'handedOver') !== null)
    return none('handedOver', refuse('S8', 'Kravet er overlatt til andre.'));
  const causes = c.stops.filter((stop) => stop.kind === 'stopped');
  const stopped = causes.find(({ because }) => because === 'bankruptcy') ?? causes[0];
  if (stopped !== undefined) {
    const { rule, text } = CAUSES[stopped.because];
    return none(stopped.because === 'bankruptcy' ? 'bankrupt' : 'stopped', refuse(rule, text));
  }
  const dispute = stopOf(c, 'disputed');
  if (dispute !== null) {
    return none('disputed', refuse('S1', `Skyldneren har innsigelser mot kravet: ${dispute.reason}`));
  }
  const bero = stopOf(c, 'bero');
  return bero === null ? null : none('bero', refuse('S9', `Kravet er lagt i bero: ${bero.reason}`));
}

/** P5: paid so far that the creditor decides what becomes of the rest. */
function restOutlook(j: Judgement, recorded: Claim | null): Outlook | null {
  const principalOre = principalLeft(j, recorded);
  if (principalOre > 0 && !paidAsDemanded(j.case) && !paidAsAgreed(j)) return null;
  const claim = recorded ?? claimOn(j.case, j.case.recordedOn, j.terms, j.rates);
  const rest = formatKroner(claim.openOre);
  if (principalOre > 0 && paidAsAgreed(j)) {
    const text = `Nedbetalingsavtalen er betalt. ${rest} har løpt på imens; det sendes ikke nytt brev av seg selv.`;
    return none('open', refuse('P5', text));
  }
  if (principalOre > 0) {
    const waits = stopOf(j.case, 'held') !== null || stopOf(j.case, 'plan') !== null;
    if (waits) return null;
    const text = `Det siste brevet krevde, er betalt innen fristen. ${rest} har løpt på etterpå; det sendes ikke nytt brev av seg selv.`;
    return none('open', refuse('P5', text));
  }
  if (payments(j.case).length === 0) {
    return none('open', refuse('P5', `Hovedstolen er falt bort; ${rest} i renter og gebyr står igjen.`));
  }
  const text = `Hovedstolen er betalt; ${rest} i renter og gebyr står igjen.`;
  return j.terms.afterPrincipal === 'rentenota' && !rentenotaSentForRest(j.case)
    ? rentenotaOutlook(j, text)
    : none('open', refuse('P5', text));
}

/** P5, F8: one rentenota for the rest, without a fee. */
function rentenotaOutlook(j: Judgement, text: string): Outlook {
  const dates = [
    ...payments(j.case).map((p) => p.on),
    ...sentLetters(j.case).map((letter) => letter.deadline),
  ];
  const graced = afterGrace(dates.reduce(latest), j.terms.graceDays);
  // Time the debtor has been given holds for the rest as for the claim (S2, S3).
  const earliest = latest(graced, notBefore(j)?.on ?? graced);
  const rung: LadderStep = { step: 'rentenota', wait: 0, fee: false, interest: true };
  const reasons = [because('P5', text)];
  return { status: 'open', step: 'rentenota', earliest, rung, why: refuse('P5', text, earliest), reasons };
}

function rentenotaSentForRest(c: Case): boolean {
  const lastPayment = payments(c).reduce((version, payment) => Math.max(version, payment.version), 0);
  return c.letters.some(
    (letter) => letter.made.step === 'rentenota' && (letter.sentVersion ?? 0) > lastPayment,
  );
}

function unconfirmedOutlook(j: Judgement): Outlook | null {
  const letter = unconfirmedLetter(j.case);
  if (letter === null) return null;
  return { ...none('open', refuseUnconfirmed(letter)), step: letter.made.step };
}

function refuseUnconfirmed(letter: Letter): Refusal {
  const name = `${STEP_TITLES[letter.made.step]} fra ${formatDate(letter.date)}`;
  return refuse(
    'L1',
    `${name} er laget, men ikke bekreftet sendt. Bekreft med «inkasso sent --letter ${letter.id}».`,
  );
}

function ladderOutlook(j: Judgement, on: LocalDate): Outlook {
  const facts = procedureFacts(j);
  const next = nextOnLadder(j, facts);
  const status = waitingStatus(j.case, on);
  if (next.kind === 'finished') return none(status === 'open' ? 'legal' : status, next.refusal);
  const { earliest, reasons, ladderStep: rung } = next;
  const step = stepOn(rung, latest(earliest, on), facts.letters, j.rates);
  if (step === null) return none(status === 'open' ? 'legal' : status, handoverIsNext(earliest));
  const text = reasons.map((reason) => reason.text).join(' ');
  const why = refuse(reasons[0]?.rule ?? 'L1', text, earliest);
  return { status, step, earliest, rung, why, reasons };
}

/** G1: when the letters of the 2026 Act are sent and their deadlines past, an inkassoforetak takes over. */
export function handoverIsNext(until: LocalDate): Refusal {
  const text = 'Etter inkassoloven av 2026 er neste skritt å overlate kravet til et inkassoforetak.';
  return refuse('G1', text, until);
}

/** The letter a rung becomes on a day (G1); its own while nobody has recorded which Act holds then (G2). */
function stepOn(rung: LadderStep, day: LocalDate, letters: readonly SentLetter[], rates: Rates): Step | null {
  const known = needsRegime(rung) && findRow(rates, 'regime', day) !== null;
  return letterUnderRegime(rung.step, known ? regimeOn(rates, day) : '1988', letters);
}

function waitingStatus(c: Case, on: LocalDate): Status {
  const held = stopOf(c, 'held');
  if (held !== null && lastDayOf(held) >= on) return 'held';
  return stopOf(c, 'plan') === null ? 'open' : 'plan';
}

function nextOnLadder(j: Judgement, facts: ProcedureFacts): NextStep {
  const next = nextStep(facts, { ladder: j.policy.steps, graceDays: j.terms.graceDays });
  const rung = j.policy.steps.at(-1);
  const broken = stopOf(j.case, 'plan') === null ? null : facts.notBefore;
  if (next.kind === 'step' || broken === null || rung === undefined) return next;
  // S2: a plan that breaks after the last letter gets that letter afresh; the cap on fees sees to it that it is free.
  const lastDeadline = facts.letters.map((letter) => letter.deadline).reduce(latest, facts.effectiveDue);
  const earliest = latest(broken.on, afterGrace(lastDeadline, j.terms.graceDays));
  return { kind: 'step', ladderStep: rung, earliest, reasons: [broken.why] };
}

function procedureFacts(j: Judgement): ProcedureFacts {
  const { case: c } = j;
  return { effectiveDue: c.claim.effectiveDue, letters: sentLetters(c), notBefore: notBefore(j) };
}

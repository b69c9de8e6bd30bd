import { courtFee, type CourtStep } from '../law/court-fees.js';
import { latest, type LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import { findRow, RateUnknown, type Rates } from '../law/rates.js';
import type { Refusal } from '../law/rules.js';
import { refuse } from '../law/rules.js';
import type { Case } from './case.js';
import { apply } from './history.js';
import { decidePayment, type Decided } from './decide.js';
import type { CaseEvent, EventBody } from './events.js';
import { decideLetter, type LetterPlan } from './letter-plan.js';
import { decideDispute } from './life.js';
import type { Judgement } from './judgement.js';
import { outlook } from './outlook.js';

/** Something that might happen. Amounts in øre. */
export type Supposition =
  | { readonly kind: 'pay'; readonly on: LocalDate; readonly amountOre: Ore }
  | { readonly kind: 'dispute'; readonly on: LocalDate };

export interface Forecast {
  /** The letters to come, each as `run` would make it on its first possible day. */
  readonly letters: readonly LetterPlan[];
  /** Why it ends there, and from when something else may follow. */
  readonly end: Refusal;
  /** The case as it would then stand. */
  readonly case: Case;
}

/**
 * What comes, if the program runs daily and every letter is sent the day it is made: the same decisions as `run`, on
 * the days they fall due. Letters after `until` are left out.
 */
export function forecast(
  j: Judgement,
  today: LocalDate,
  until: LocalDate | null,
  suppositions: readonly Supposition[],
): Forecast {
  const letters: LetterPlan[] = [];
  let c = j.case;
  try {
    const end = unfold(j, today, until, suppositions, letters, (next) => {
      c = next;
    });
    return { letters, end, case: c };
  } catch (fault) {
    if (!(fault instanceof RateUnknown)) throw fault;
    return { letters, end: refuse(fault.rule, `${fault.message} ${fault.hint}`), case: c };
  }
}

/** Walks from step to step, adding the letters on the way; returns why it ends. @throws RateUnknown */
function unfold(
  j: Judgement,
  today: LocalDate,
  until: LocalDate | null,
  suppositions: readonly Supposition[],
  letters: LetterPlan[],
  onCase: (c: Case) => void,
): Refusal {
  const waiting = [...suppositions].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  let c = j.case;
  let day = today;
  for (;;) {
    onCase(c);
    const now: Judgement = { ...j, case: c };
    const next = outlook(now, day);
    const date = next.earliest === null ? null : latest(next.earliest, day);
    const supposed = waiting[0];
    if (supposed !== undefined && (date === null || supposed.on <= date)) {
      waiting.shift();
      day = latest(day, supposed.on);
      const decided = suppose(now, supposed, day);
      // What could not be registered that day, such as an objection to a claim that is paid, changes nothing.
      const events = decided.ok ? decided.events : [];
      for (const { happenedOn, body } of events) c = after(c, happenedOn, day, body);
      continue;
    }
    if (date === null || (until !== null && date > until)) return next.why;
    const decision = decideLetter(now, date, { catchUp: false });
    if (decision.kind === 'held') return decision.refusal;
    if (decision.kind === 'blocked') {
      return refuse(decision.fault.rule, `${decision.fault.message} ${decision.fault.hint}`, date);
    }
    letters.push(decision.plan);
    c = send(c, decision.plan, letters.length);
    day = date;
  }
}

/** What would happen, decided as the commands decide it. */
function suppose(j: Judgement, supposed: Supposition, day: LocalDate): Decided {
  return supposed.kind === 'pay'
    ? decidePayment(
        j,
        { amountOre: supposed.amountOre, date: supposed.on, purpose: null, reference: null },
        day,
      )
    : decideDispute(j, { reason: 'antatt innsigelse', partOre: null, date: supposed.on }, day);
}

function send(c: Case, plan: LetterPlan, index: number): Case {
  const { step, deadline, regime, lawfulFeeOre, feeOre, principalOre, interestOre, costsOre, totalOre } =
    plan;
  const { interestLines, costLines, reasons } = plan;
  const figures = {
    lawfulFeeOre,
    feeOre,
    principalOre,
    interestOre,
    costsOre,
    totalOre,
    interestLines,
    costLines,
  };
  // Letters that do not exist have numbers no real letter has.
  const letter = -index;
  const unprinted = { pdfSha256: '', pages: 0, templateSha256: '' };
  const made = after(c, plan.date, plan.date, {
    type: 'letterGenerated',
    letter,
    batch: 0,
    step,
    deadline,
    regime,
    reasons,
    ...figures,
    ...unprinted,
  });
  return after(made, plan.date, plan.date, { type: 'letterSent', letter, channel: 'post' });
}

function after(c: Case, happenedOn: LocalDate, recordedOn: LocalDate, body: EventBody): Case {
  const event: CaseEvent = { version: c.version + 1, happenedOn, recordedOn, ...body };
  return apply(c, event);
}

export interface LegalStep {
  readonly step: CourtStep;
  readonly amountOre: Ore;
}

/** What the legal steps after the letters cost on a day, where the rettsgebyr of that day is known (W3). */
export function legalSteps(on: LocalDate, rates: Rates): LegalStep[] {
  if (findRow(rates, 'rettsgebyr', on) === null) return [];
  return (['forliksklage', 'utlegg'] as const).map((step) => ({
    step,
    amountOre: courtFee(step, on, rates).amountOre,
  }));
}

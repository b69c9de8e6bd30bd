import { addDays, addWorkingDays, formatDate, latest, rollForward, type LocalDate } from './dates.js';
import { STATUTORY_DAYS } from './costs.js';
import type { Regime } from './regime.js';
import { because, refuse, type Reason, type Refusal } from './rules.js';
import { STEP_TITLES, stepWord, type SentLetter, type Step } from './steps.js';

/** One step of a creditor's ladder. */
export interface LadderStep {
  readonly step: Step;
  /** Days to wait: after the due date for the first step; beyond the earlier deadline and its grace for the others. */
  readonly wait: number;
  /** Whether the creditor claims the fee the Act allows, and the interest. */
  readonly fee: boolean;
  readonly interest: boolean;
}

export interface ProcedureFacts {
  readonly effectiveDue: LocalDate;
  /** Letters sent, oldest first. */
  readonly letters: readonly SentLetter[];
  /** No letter before this day, and why: the end of a hold, a missed instalment. */
  readonly notBefore: { readonly on: LocalDate; readonly why: Reason } | null;
}

export interface ProcedureTerms {
  readonly ladder: readonly LadderStep[];
  /** Working days to wait after a deadline for payments that were ordered in time (D6). */
  readonly graceDays: number;
}

/** The next step and the first day it is lawful and due, or why there is none. */
export type NextStep =
  | {
      readonly kind: 'step';
      readonly ladderStep: LadderStep;
      readonly earliest: LocalDate;
      readonly reasons: readonly Reason[];
    }
  | { readonly kind: 'finished'; readonly refusal: Refusal };

/** D2 and D3: the deadline printed on a letter sent on a day: 14 days or more later, on a working day. */
export function deadlineFor(sentOn: LocalDate, days: number): LocalDate {
  return rollForward(addDays(sentOn, Math.max(days, STATUTORY_DAYS)));
}

/** D6: the first day after a deadline on which a payment ordered in time must have been booked. */
export function afterGrace(deadline: LocalDate, graceDays: number): LocalDate {
  return latest(addWorkingDays(deadline, graceDays), addDays(deadline, 1));
}

/** § 9: an inkassovarsel is one that gave the debtor 14 days; a shorter one must be sent again. */
function isLawfulVarsel(letter: SentLetter): boolean {
  return letter.step === 'inkassovarsel' && letter.deadline >= addDays(letter.sentOn, STATUTORY_DAYS);
}

/** How far up the ladder the letters sent have come: the index of the step that is next. */
export function ladderPosition(ladder: readonly LadderStep[], letters: readonly SentLetter[]): number {
  let position = 0;
  for (const letter of letters) {
    if (letter.step === 'inkassovarsel' && !isLawfulVarsel(letter)) continue;
    const found = ladder.findIndex((rung, index) => index >= position && rung.step === letter.step);
    if (found >= 0) position = found + 1;
  }
  // L2: a varsel forbids going back to reminders, also one that lies outside the ladder or must be sent again.
  if (letters.some((letter) => letter.step === 'inkassovarsel')) {
    const passed: readonly (Step | undefined)[] = ['paaminnelse', 'purring', 'rentenota'];
    const behind = letters.some(isLawfulVarsel) ? [...passed, 'inkassovarsel' as const] : passed;
    while (position < ladder.length && behind.includes(ladder[position]?.step)) position += 1;
  }
  return position;
}

/** Which step comes next and from which day (L1–L3, D6). Depends on no clock: the day is the answer. */
export function nextStep(facts: ProcedureFacts, terms: ProcedureTerms): NextStep {
  const rung = terms.ladder[ladderPosition(terms.ladder, facts.letters)];
  if (rung === undefined) {
    const last = facts.letters.at(-1);
    const until = last === undefined ? null : afterGrace(last.deadline, terms.graceDays);
    return {
      kind: 'finished',
      refusal: refuse('L3', 'Alle brevene i løpet er sendt; neste skritt er rettslig.', until),
    };
  }
  const wait = facts.letters.length === 0 ? waitFromDue(facts, rung) : waitFromLastLetter(facts, rung, terms);
  if (facts.notBefore === null || facts.notBefore.on <= wait.earliest) {
    return { kind: 'step', ladderStep: rung, ...wait };
  }
  return { kind: 'step', ladderStep: rung, earliest: facts.notBefore.on, reasons: [facts.notBefore.why] };
}

function waitFromDue(facts: ProcedureFacts, rung: LadderStep): { earliest: LocalDate; reasons: Reason[] } {
  const earliest = addDays(facts.effectiveDue, Math.max(rung.wait, 1));
  const due = formatDate(facts.effectiveDue);
  const text = `Løpet venter ${rung.wait} dager etter forfall ${due} før ${stepWord(rung.step)}.`;
  const rule = rung.fee && rung.step !== 'betalingsoppfordring' ? 'F3' : 'L1';
  return { earliest, reasons: [because(rule, text)] };
}

function waitFromLastLetter(
  facts: ProcedureFacts,
  rung: LadderStep,
  terms: ProcedureTerms,
): { earliest: LocalDate; reasons: Reason[] } {
  // L1: the next step waits for every deadline that has been set, not only the latest letter's.
  const last = facts.letters.reduce((a, b) => (b.deadline >= a.deadline ? b : a));
  const paid = afterGrace(last.deadline, terms.graceDays);
  const reasons = [
    because(
      rung.step === 'betalingsoppfordring' ? 'L3' : 'L1',
      `Fristen ${formatDate(last.deadline)} i ${stepWord(last.step)} sendt ${formatDate(last.sentOn)} må først være ute.`,
    ),
    because(
      'D6',
      `Betaling gitt i oppdrag innen fristen er i tide; derfor ventes det ${terms.graceDays} bankdager, til ${formatDate(paid)}.`,
    ),
  ];
  return { earliest: addDays(paid, rung.wait), reasons };
}

/**
 * The letter a step becomes on a day: under the 2026 Act only an inkassoforetak sends inkassovarsel and
 * betalingsoppfordring, so the creditor announces that the claim will be handed over instead (G1, G2).
 * null: nothing more for the creditor to send.
 */
export function letterUnderRegime(step: Step, regime: Regime, letters: readonly SentLetter[]): Step | null {
  if (regime === '1988') return step;
  if (step !== 'inkassovarsel' && step !== 'betalingsoppfordring') return step;
  return letters.some((letter) => letter.step === 'overdragelsesvarsel') ? null : 'overdragelsesvarsel';
}

/** G2: letters that the 2026 Act treats differently wait until the user has recorded which Act holds. */
export function needsRegime(rung: LadderStep): boolean {
  return rung.fee || rung.step === 'inkassovarsel' || rung.step === 'betalingsoppfordring';
}

/** D2: whether a letter may be confirmed as sent on a day; the deadline on it must leave the debtor 14 days. */
export function refuseLateSending(step: Step, deadline: LocalDate, sentOn: LocalDate): Refusal | null {
  const lastDay = addDays(deadline, -STATUTORY_DAYS);
  if (sentOn <= lastDay) return null;
  return refuse(
    'D2',
    `Fristen ${formatDate(deadline)} gir mindre enn 14 dager fra ${formatDate(sentOn)}. ${STEP_TITLES[step]} måtte vært ` +
      `sendt senest ${formatDate(lastDay)}; trekk det tilbake («inkasso withdraw») og lag et nytt.`,
  );
}

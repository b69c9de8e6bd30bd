import { addDays, formatDate, rollForward, type LocalDate } from '../law/dates.js';
import { afterGrace, type ProcedureFacts } from '../law/procedure.js';
import { because } from '../law/rules.js';
import { stopOf, type Stop } from './case.js';
import type { Judgement } from './judgement.js';
import { paidOnPlan } from './paid.js';

/** Time given to a day that is no working day lasts to the next that is (S3, D4). */
export function lastDayOf(held: Extract<Stop, { kind: 'held' }>): LocalDate {
  return rollForward(held.until);
}

/** The latest of what holds the next letter back: a hold, an instalment, the day a stop ended (S1–S3). */
export function notBefore(j: Judgement): ProcedureFacts['notBefore'] {
  const { notBefore: resumed } = j.case;
  const held = stopOf(j.case, 'held');
  const plan = stopOf(j.case, 'plan');
  const bounds: NonNullable<ProcedureFacts['notBefore']>[] = [];
  if (resumed !== null) {
    bounds.push({
      on: resumed,
      why: because('S1', `Innkrevingen ble tatt opp igjen ${formatDate(resumed)}.`),
    });
  }
  if (held !== null) {
    const text = `Skyldneren har fått utsettelse til ${formatDate(held.until)}: ${held.reason}`;
    bounds.push({ on: addDays(lastDayOf(held), 1), why: because('S3', text) });
  }
  if (plan !== null) bounds.push(missedInstalment(j, plan));
  return bounds.reduce<ProcedureFacts['notBefore']>(
    (last, bound) => (last === null || bound.on >= last.on ? bound : last),
    null,
  );
}

/** S2: while instalments are paid the plan holds; the first that is not paid in time (D4, D6) ends it. */
function missedInstalment(
  j: Judgement,
  plan: Extract<Stop, { kind: 'plan' }>,
): NonNullable<ProcedureFacts['notBefore']> {
  const paid = paidOnPlan(j.case, plan);
  let owed = 0;
  const missed = plan.instalments.find(({ amountOre }) => {
    owed += amountOre;
    return paid < owed;
  });
  const due = rollForward(missed?.due ?? plan.instalments.at(-1)?.due ?? plan.on);
  const what =
    missed === undefined ? 'Nedbetalingsavtalen går til' : 'Nedbetalingsavtalen har avdrag med forfall';
  return { on: afterGrace(due, j.terms.graceDays), why: because('S2', `${what} ${formatDate(due)}.`) };
}

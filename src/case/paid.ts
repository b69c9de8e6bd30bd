import { sum, type Ore } from '../law/money.js';
import { payments, stopOf, type Case, type Stop } from './case.js';
import { claimOn } from './claim.js';
import type { Judgement } from './judgement.js';

/** A debtor who pays what the latest letter asks, in time, is not dunned for the interest of the days in between. */
export function paidAsDemanded(c: Case): boolean {
  const last = c.letters.findLast((letter) => letter.state === 'sent');
  if (last === undefined) return false;
  const inTime = payments(c).filter((payment) => payment.on >= last.date && payment.on <= last.made.deadline);
  return sum(inTime.map((payment) => payment.amountOre)) >= last.made.totalOre;
}

/**
 * A debtor who has paid every instalment of a plan for the whole claim is not dunned for the interest of the time the
 * plan took (S2).
 */
export function paidAsAgreed(j: Judgement): boolean {
  const plan = stopOf(j.case, 'plan');
  if (plan === null) return false;
  const agreed = sum(plan.instalments.map((instalment) => instalment.amountOre));
  if (paidOnPlan(j.case, plan) < agreed) return false;
  return agreed >= claimOn(j.case, plan.on, j.terms, j.rates).openOre;
}

/** What has come in since a plan was agreed, in øre. */
export function paidOnPlan(c: Case, plan: Extract<Stop, { kind: 'plan' }>): Ore {
  return sum(payments(c).flatMap((p) => (p.version > plan.version ? [p.amountOre] : [])));
}

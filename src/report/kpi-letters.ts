import type { Case } from '../case/case.js';
import { claimOn, type ClaimTerms } from '../case/claim.js';
import { daysBetween, type LocalDate } from '../law/dates.js';
import { ratio, type Ore } from '../law/money.js';
import type { Rates } from '../law/rates.js';
import { STEPS, type Step } from '../law/steps.js';
import { isWithin, type Period } from './period.js';
import { totalOf, type Receipt } from './receipts.js';

/** What came in after a kind of letter, before the next one was sent. Amounts in øre. */
export interface StepFigures {
  readonly step: Step;
  readonly sent: number;
  readonly demandedOre: Ore;
  readonly paidOre: Ore;
  /** Of what was demanded, with one decimal; null where nothing was. */
  readonly percent: number | null;
  /** From sending to payment, weighted by amount, with one decimal; null where nothing was paid. */
  readonly days: number | null;
}

export interface PostedLetter {
  readonly step: Step;
  readonly on: LocalDate;
  readonly demandedOre: Ore;
  /** Printed and posted, as against sent electronically. */
  readonly byPost: boolean;
}

/**
 * The letters sent, oldest first. What a letter from before registration demanded is not known; principal and fees
 * of that day stand for it. @throws RateUnknown
 */
export function postedLetters(c: Case, terms: ClaimTerms, rates: Rates): PostedLetter[] {
  const earlier = c.claim.history.map(({ step, sentOn: on }) => {
    const { openOre } = claimOn(c, on, terms, rates, undefined, 'withoutInterest');
    return { step, on, demandedOre: openOre, byPost: true };
  });
  const made = c.letters.flatMap(({ made: { step, totalOre }, sentOn: on, channel }) =>
    on === null
      ? []
      : [{ step, on, demandedOre: totalOre, byPost: channel === 'post' || channel === 'registered' }],
  );
  return [...earlier, ...made].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

interface Sum {
  sent: number;
  demanded: Ore;
  paid: Ore;
  weightedDays: bigint;
}

/** Sums up letters of a period and what came in after each through its last day. */
export class LetterTotals {
  sent = 0;
  byPost = 0;
  private readonly sums = new Map<Step, Sum>();

  constructor(private readonly period: Period) {}

  add(letters: readonly PostedLetter[], payments: readonly Receipt[]): void {
    letters.forEach((letter, index) => {
      if (!isWithin(this.period, letter.on)) return;
      this.sent += 1;
      if (letter.byPost) this.byPost += 1;
      const sum = this.sumOf(letter.step);
      sum.sent += 1;
      sum.demanded += letter.demandedOre;
      const next = letters[index + 1]?.on ?? this.period.to;
      // What comes on the day a letter is sent was on its way before anybody read it.
      for (const payment of payments.filter(({ on }) => on > letter.on && on <= next)) {
        sum.paid += totalOf(payment);
        sum.weightedDays += BigInt(totalOf(payment)) * BigInt(daysBetween(letter.on, payment.on));
      }
    });
  }

  private sumOf(step: Step): Sum {
    let sum = this.sums.get(step);
    if (sum === undefined) {
      sum = { sent: 0, demanded: 0, paid: 0, weightedDays: 0n };
      this.sums.set(step, sum);
    }
    return sum;
  }

  /** The kinds of letters that were sent, in the order of their force. */
  result(): StepFigures[] {
    return STEPS.flatMap((step) => {
      const sum = this.sums.get(step);
      if (sum === undefined) return [];
      const { sent, demanded: demandedOre, paid: paidOre, weightedDays } = sum;
      const percent = ratio(BigInt(paidOre) * 100n, BigInt(demandedOre), 1);
      return { step, sent, demandedOre, paidOre, percent, days: ratio(weightedDays, BigInt(paidOre), 1) };
    });
  }
}

import type { LetterPlan } from '../case/letter-plan.js';
import type { InterestLine } from '../law/interest.js';
import { sum } from '../law/money.js';
import { formatRate } from './format.js';
import type { Words } from './words.js';

/** What the running text says about interest; null throughout where the letter claims none. */
export interface InterestWords {
  /** The rate now, or the last one, per year. */
  readonly interestRate: string | null;
  /** Every rate of the interest that is open, oldest first. */
  readonly interestRates: string | null;
  /** First and last day of the interest that is open. */
  readonly interestFrom: string | null;
  readonly interestTo: string | null;
}

/** The interest a letter claims, in words. What payments have covered is not claimed, and does not count. */
export function interestWords(plan: LetterPlan, words: Words): InterestWords {
  const open = openLines(plan);
  const [first] = open;
  const last = open.at(-1);
  if (plan.interestOre <= 0 || first === undefined || last === undefined)
    return { interestRate: null, interestRates: null, interestFrom: null, interestTo: null };
  const rates = [...new Set(open.map((line) => line.rate))];
  return {
    interestRate: formatRate(last.rate),
    interestRates: words.join(rates.map(formatRate)),
    interestFrom: words.longDate(first.from),
    interestTo: words.longDate(last.to),
  };
}

/** P1: what has been paid on interest has covered the oldest first. */
function openLines({ interestLines, claim }: LetterPlan): readonly InterestLine[] {
  let covered = sum(claim.allocations.map((allocation) => allocation.interestOre));
  const firstOpen = interestLines.findIndex((line) => {
    covered -= line.amountOre;
    return covered < 0;
  });
  return firstOpen < 0 ? [] : interestLines.slice(firstOpen);
}

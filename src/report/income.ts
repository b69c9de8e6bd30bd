import type { Case } from '../case/case.js';
import { claimOn, type ClaimTerms } from '../case/claim.js';
import { addDays, type LocalDate } from '../law/dates.js';
import { sum, type Ore } from '../law/money.js';
import type { Rates } from '../law/rates.js';
import { caseOn, type CaseFile } from './case-file.js';
import { periodBefore, type Period } from './period.js';
import {
  leftTheBooks,
  NONE_RECEIVED,
  NOTHING,
  plus,
  received,
  receiptsOf,
  type Parts,
  type Received,
} from './receipts.js';

/** What a claim has come to since it arose. Open is claimed − credited − paid − lost. */
export interface Books extends Received {
  /** The invoice, the interest that has run and the costs that have accrued; none after it was booked as a loss. */
  readonly claimed: Parts;
  /** Of the costs what is compensation under forsinkelsesrenteloven § 3 a. */
  readonly compensationOre: Ore;
  /** What was open when it was booked as a loss, or closed. */
  readonly lost: Parts;
}

const NO_BOOKS: Books = { ...NONE_RECEIVED, claimed: NOTHING, compensationOre: 0, lost: NOTHING };

/** The books of one claim at the end of a day. @throws RateUnknown */
export function booksOn(c: Case | null, date: LocalDate, terms: ClaimTerms, rates: Rates): Books {
  if (c === null) return NO_BOOKS;
  const left = leftTheBooks(c);
  const claim = claimOn(c, left?.on ?? date, terms, rates);
  const known = left === null ? claim : claimOn(c, date, terms, rates, undefined, 'withoutInterest');
  const had = received(receiptsOf(c, known));
  const claimed = {
    principalOre: c.claim.amountOre,
    interestOre: sum(claim.interestLines.map((line) => line.amountOre)),
    costsOre: sum(claim.costLines.map((line) => line.amountOre)),
  };
  const compensationOre = sum(
    claim.costLines.flatMap((line) => (line.kind === 'compensation' ? line.amountOre : [])),
  );
  const open = plus(plus(claimed, had.credited, -1), had.paid, -1);
  return { ...had, claimed, compensationOre, lost: left === null ? NOTHING : open };
}

/** How a part of what is outstanding moved in a period. Opening + claimed − credited − paid − lost = closing. */
export interface Movement {
  readonly openingOre: Ore;
  readonly claimedOre: Ore;
  readonly creditedOre: Ore;
  readonly paidOre: Ore;
  readonly lostOre: Ore;
  readonly closingOre: Ore;
}

export interface IncomeFigures {
  /** Fees that joined the claims. */
  readonly feesOre: Ore;
  readonly compensationOre: Ore;
  readonly interestOre: Ore;
  /** Costs and interest given up, or lost with the claim. */
  readonly forgoneOre: Ore;
  readonly costsReceivedOre: Ore;
  readonly interestReceivedOre: Ore;
  /** Paid on claims that were booked as a loss, or closed. */
  readonly recoveredOre: Ore;
  /** Costs and interest received, and what was recovered. */
  readonly receivedOre: Ore;
}

export interface Income {
  readonly period: Period;
  readonly before: Period;
  readonly current: IncomeFigures;
  readonly previous: IncomeFigures;
  readonly movement: {
    readonly principal: Movement;
    readonly interest: Movement;
    readonly costs: Movement;
  };
}

/** Sums the books of claims one by one over a period and the one before it. */
export class IncomeTotals {
  private readonly before: Period;
  private sums: readonly [start: Books, middle: Books, end: Books] = [NO_BOOKS, NO_BOOKS, NO_BOOKS];

  constructor(
    private readonly period: Period,
    private readonly terms: ClaimTerms,
    private readonly rates: Rates,
  ) {
    this.before = periodBefore(period);
  }

  /** @throws RateUnknown; then nothing of the claim is counted. */
  add(file: CaseFile): void {
    const at = (date: LocalDate): Books => booksOn(caseOn(file, date), date, this.terms, this.rates);
    const end = at(this.period.to);
    if (end === NO_BOOKS) return;
    const own = [at(addDays(this.before.from, -1)), at(this.before.to), end] as const;
    const [start, middle, last] = this.sums;
    this.sums = [together(start, own[0]), together(middle, own[1]), together(last, own[2])];
  }

  result(): Income {
    const [start, middle, end] = this.sums;
    return {
      period: this.period,
      before: this.before,
      current: figures(middle, end),
      previous: figures(start, middle),
      movement: {
        principal: movement('principalOre', middle, end),
        interest: movement('interestOre', middle, end),
        costs: movement('costsOre', middle, end),
      },
    };
  }
}

function together(a: Books, b: Books): Books {
  return {
    claimed: plus(a.claimed, b.claimed),
    credited: plus(a.credited, b.credited),
    paid: plus(a.paid, b.paid),
    lost: plus(a.lost, b.lost),
    compensationOre: a.compensationOre + b.compensationOre,
    recoveredOre: a.recoveredOre + b.recoveredOre,
  };
}

function figures(from: Books, to: Books): IncomeFigures {
  const claimed = plus(to.claimed, from.claimed, -1);
  const paid = plus(to.paid, from.paid, -1);
  const gone = plus(plus(to.credited, to.lost), plus(from.credited, from.lost), -1);
  const compensationOre = to.compensationOre - from.compensationOre;
  const recoveredOre = to.recoveredOre - from.recoveredOre;
  return {
    feesOre: claimed.costsOre - compensationOre,
    compensationOre,
    interestOre: claimed.interestOre,
    forgoneOre: gone.interestOre + gone.costsOre,
    costsReceivedOre: paid.costsOre,
    interestReceivedOre: paid.interestOre,
    recoveredOre,
    receivedOre: paid.costsOre + paid.interestOre + recoveredOre,
  };
}

function movement(part: keyof Parts, from: Books, to: Books): Movement {
  const open = ({ claimed, credited, paid, lost }: Books): Ore =>
    claimed[part] - credited[part] - paid[part] - lost[part];
  return {
    openingOre: open(from),
    claimedOre: to.claimed[part] - from.claimed[part],
    creditedOre: to.credited[part] - from.credited[part],
    paidOre: to.paid[part] - from.paid[part],
    lostOre: to.lost[part] - from.lost[part],
    closingOre: open(to),
  };
}

/** The sum of the parts' movements. */
export function inAll({ principal, interest, costs }: Income['movement']): Movement {
  const add = (key: keyof Movement): Ore => principal[key] + interest[key] + costs[key];
  return {
    openingOre: add('openingOre'),
    claimedOre: add('claimedOre'),
    creditedOre: add('creditedOre'),
    paidOre: add('paidOre'),
    lostOre: add('lostOre'),
    closingOre: add('closingOre'),
  };
}

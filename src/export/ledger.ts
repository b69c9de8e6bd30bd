import { isAfter, payments, type Case } from '../case/case.js';
import { evolve } from '../case/history.js';
import { claimOn, type Allocation, type Claim, type ClaimTerms } from '../case/claim.js';
import type { CaseEvent } from '../case/events.js';
import { sum, type Ore } from '../law/money.js';
import type { Rates } from '../law/rates.js';

/** What a claim can be booked on. The invoice itself is booked by whoever wrote it, and is not here. */
export const ACCOUNTS = ['bank', 'receivable', 'fees', 'interest', 'credits', 'loss', 'recovered'] as const;
export type Account = (typeof ACCOUNTS)[number];

/** What a case adds to each account, in øre; debit is positive. Adds up to zero. */
export type Balances = Readonly<Record<Account, Ore>>;

/** A line of a voucher, in øre; debit is positive. */
export interface Posting {
  readonly account: Account;
  readonly amountOre: Ore;
}

/**
 * What the history so far adds to the books (B2). A fee is income when its letter is sent; interest is income when it is
 * paid, because until then it is a figure that a later letter replaces (I6). A loss takes what is booked and open; what is
 * paid afterwards is income of its own. Waived fees and an objection that was right reverse the income.
 * @throws RateUnknown when a payment after a day without a known rate must be divided.
 */
export function balancesOf(c: Case, terms: ClaimTerms, rates: Rates): Balances {
  const claim = claimOn(c, c.recordedOn, terms, rates, undefined, 'withoutInterest');
  const loss = c.writtenOff;
  const atLoss = loss === null ? null : claimAtLoss(c, loss, terms, rates);
  const before = claim.allocations.filter((one) => loss === null || !isAfter(one, loss));
  const after = claim.allocations.filter((one) => loss !== null && isAfter(one, loss));
  const costs = sum((atLoss ?? claim).costLines.map((line) => line.amountOre));
  const other = {
    bank: sum(payments(c).map((payment) => payment.amountOre)) - refunded(c),
    fees: -(costs - part(before, 'waiver', 'costsOre')),
    interest: -(part(before, 'payment', 'interestOre') + part(before, 'credit', 'interestOre')),
    credits:
      part(claim.allocations, 'credit', 'amountOre') + part(claim.allocations, 'objection', 'amountOre'),
    loss:
      part(before, 'waiver', 'principalOre') +
      (atLoss === null ? 0 : atLoss.principalOre + atLoss.costsOre - part(after, 'credit', 'principalOre')),
    recovered: -(part(after, 'payment', 'amountOre') - part(after, 'payment', 'creditOre')),
  };
  return { ...other, receivable: -sum(Object.values(other)) };
}

/** The claim as the loss met it. */
function claimAtLoss(c: Case, loss: NonNullable<Case['writtenOff']>, terms: ClaimTerms, rates: Rates): Claim {
  const movements = c.movements.filter((movement) => !isAfter(movement, loss));
  const letters = c.letters.filter((letter) => (letter.sentVersion ?? Infinity) < loss.version);
  return claimOn({ ...c, movements, letters }, loss.on, terms, rates, undefined, 'withoutInterest');
}

function refunded(c: Case): Ore {
  return sum(c.movements.flatMap((movement) => (movement.kind === 'refund' ? [movement.amountOre] : [])));
}

function part(
  allocations: readonly Allocation[],
  kind: Allocation['kind'],
  what: 'amountOre' | 'costsOre' | 'interestOre' | 'principalOre' | 'creditOre',
): Ore {
  return sum(allocations.filter((one) => one.kind === kind).map((one) => one[what]));
}

/** What one event adds to the books. */
export interface Entry<E extends CaseEvent> {
  readonly event: E;
  readonly postings: readonly Posting[];
  /** The balances after it. */
  readonly after: Balances;
}

const NOTHING: Balances = {
  bank: 0,
  receivable: 0,
  fees: 0,
  interest: 0,
  credits: 0,
  loss: 0,
  recovered: 0,
};

/**
 * A case's entries, event by event: each is what the balances changed by when the event was recorded, so that a
 * correction is an entry of its own and no earlier entry ever changes. Events that change nothing give none.
 */
export function entriesOf<E extends CaseEvent>(
  number: number,
  events: readonly E[],
  terms: ClaimTerms,
  rates: Rates,
): Entry<E>[] {
  const entries: Entry<E>[] = [];
  let before = NOTHING;
  events.forEach((event, index) => {
    const after = balancesOf(evolve(number, events.slice(0, index + 1)), terms, rates);
    const postings = postingsBetween(before, after);
    if (postings.length > 0) entries.push({ event, postings, after });
    before = after;
  });
  return entries;
}

/**
 * Every change against the receivable, so that the customer's account shows each by itself; money on a claim that was
 * written off goes straight to income, for it is no longer on that account.
 */
function postingsBetween(before: Balances, after: Balances): Posting[] {
  const change = (account: Account): Ore => after[account] - before[account];
  const recovered = change('recovered');
  const groups: readonly (readonly Account[])[] =
    recovered === 0
      ? [['bank'], ['fees'], ['interest'], ['credits'], ['loss']]
      : [['bank', 'recovered'], ['fees'], ['interest'], ['credits'], ['loss']];
  return groups.flatMap((group) => {
    const lines = group.map((account) => ({ account, amountOre: change(account) }));
    const rest = -sum(lines.map((line) => line.amountOre));
    return [...lines, { account: 'receivable' as const, amountOre: rest }].filter(
      ({ amountOre }) => amountOre !== 0,
    );
  });
}

import { plusDays } from './calendar.js';
import { oracleInterest, type OracleCount, type OracleLine, type Reduction } from './interest.js';
import type { OracleRates } from './rates.js';

// A naive second opinion on what is owed: every fact in the order it happened, everything counted anew at each of them.
// P1 the debtor's purpose, then the recorded order; a payment of exactly the invoice amount is meant for the principal.
// P2 interest on the reduced principal from the payment day. P3 what is left over is owed back. F9 the larger of the
// compensation and the fees. F8, S8 a letter that crossed payment of the principal charges nothing.

export type OraclePart = 'costs' | 'interest' | 'principal';

export interface OracleFee {
  readonly on: string;
  /** Orders facts of the same day. */
  readonly seq: number;
  readonly ore: number;
}

export interface OraclePayment {
  readonly on: string;
  readonly seq: number;
  readonly ore: number;
  readonly purpose: OraclePart | null;
  readonly order: readonly OraclePart[];
}

/** A credit note meets the principal; what is more than that meets the costs and the interest, and the rest is owed back. */
export interface OracleCredit {
  readonly on: string;
  readonly seq: number;
  readonly ore: number;
}

export interface OracleFacts {
  readonly claimOre: number;
  /** The due date after D4. */
  readonly due: string;
  /** The day after which interest runs. */
  readonly interestAfter: string;
  readonly charge: 'fees' | 'compensation';
  readonly fees: readonly OracleFee[];
  readonly payments: readonly OraclePayment[];
  readonly credits: readonly OracleCredit[];
  readonly count: OracleCount;
  readonly exactAmountIsPrincipal: boolean;
}

export interface OracleClaim {
  readonly principalOre: number;
  readonly interestOre: number;
  readonly costsOre: number;
  readonly creditOre: number;
  readonly lines: readonly OracleLine[];
  /** What of the costs is claimed. */
  readonly costs: 'compensation' | 'fees';
}

interface State {
  readonly reductions: Reduction[];
  readonly feesCharged: number[];
  paidInterest: number;
  paidCosts: number;
  credit: number;
  /** Whether something was unpaid when the due date had passed (F9); null before that. */
  inDefault: boolean | null;
}

type Fact = { readonly on: string; readonly seq: number } & (
  | { readonly kind: 'fee'; readonly fee: OracleFee }
  | { readonly kind: 'payment'; readonly payment: OraclePayment }
  | { readonly kind: 'credit'; readonly credit: OracleCredit }
);

/**
 * Without interest, the interest up to the date is left out, and the rates it would need with it; what earlier payments
 * took of it still counts. @throws OracleUnknown when a figure it needs has not been published.
 */
export function oracleClaim(
  facts: OracleFacts,
  date: string,
  rates: OracleRates,
  figures: 'all' | 'withoutInterest' = 'all',
): OracleClaim {
  const state: State = {
    reductions: [],
    feesCharged: [],
    paidInterest: 0,
    paidCosts: 0,
    credit: 0,
    inDefault: null,
  };
  const firstDayOfDefault = plusDays(facts.due, 1);
  const settleDefault = (on: string): void => {
    if (state.inDefault === null && on >= firstDayOfDefault) state.inDefault = principalOf(facts, state) > 0;
  };
  for (const fact of inOrder(facts)) {
    if (fact.on > date) break;
    settleDefault(fact.on);
    if (fact.kind === 'payment') pay(facts, state, fact.payment, rates);
    else if (fact.kind === 'credit') credit(facts, state, fact.credit, rates);
    else if (principalOf(facts, state) > 0) state.feesCharged.push(fact.fee.ore);
  }
  settleDefault(date);
  const lines = figures === 'all' ? linesOf(facts, state, date, rates) : [];
  const interest = total(lines.map((line) => line.amountOre)) - state.paidInterest;
  const costs = costsOf(facts, state, rates);
  return {
    principalOre: principalOf(facts, state),
    interestOre: figures === 'all' ? interest : 0,
    costsOre: costs.ore - state.paidCosts,
    creditOre: state.credit,
    lines,
    costs: costs.kind,
  };
}

function inOrder(facts: OracleFacts): Fact[] {
  const all: Fact[] = [
    ...facts.fees.map((fee) => ({ kind: 'fee' as const, on: fee.on, seq: fee.seq, fee })),
    ...facts.payments.map((payment) => ({
      kind: 'payment' as const,
      on: payment.on,
      seq: payment.seq,
      payment,
    })),
    ...facts.credits.map((note) => ({ kind: 'credit' as const, on: note.on, seq: note.seq, credit: note })),
  ];
  return all.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.seq - b.seq));
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}

function principalOf(facts: OracleFacts, state: State): number {
  return facts.claimOre - total(state.reductions.map((reduction) => reduction.ore));
}

function linesOf(facts: OracleFacts, state: State, until: string, rates: OracleRates): OracleLine[] {
  const { claimOre, interestAfter: after, count } = facts;
  return oracleInterest({ claimOre, after, reductions: state.reductions, until, count }, rates);
}

function costsOf(
  facts: OracleFacts,
  state: State,
  rates: OracleRates,
): { kind: 'compensation' | 'fees'; ore: number } {
  const fees = total(state.feesCharged);
  if (facts.charge === 'fees' || state.inDefault !== true) return { kind: 'fees', ore: fees };
  const compensation = 100 * Number(rates.on('standardkompensasjon', plusDays(facts.due, 1)));
  return fees > compensation ? { kind: 'fees', ore: fees } : { kind: 'compensation', ore: compensation };
}

function openPart(
  facts: OracleFacts,
  state: State,
  part: OraclePart,
  on: string,
  rates: OracleRates,
): number {
  if (part === 'principal') return principalOf(facts, state);
  if (part === 'costs') return costsOf(facts, state, rates).ore - state.paidCosts;
  return total(linesOf(facts, state, on, rates).map((line) => line.amountOre)) - state.paidInterest;
}

function credit(facts: OracleFacts, state: State, note: OracleCredit, rates: OracleRates): void {
  const used = Math.min(note.ore, principalOf(facts, state));
  if (used > 0) state.reductions.push({ on: note.on, ore: used });
  // What is more than the principal is the debtor's money, and meets what else is open before it is owed back.
  if (used === note.ore) return;
  const costs = Math.min(note.ore - used, openPart(facts, state, 'costs', note.on, rates));
  state.paidCosts += costs;
  const interest = Math.min(note.ore - used - costs, openPart(facts, state, 'interest', note.on, rates));
  state.paidInterest += interest;
  state.credit += note.ore - used - costs - interest;
}

function pay(facts: OracleFacts, state: State, payment: OraclePayment, rates: OracleRates): void {
  const exact = facts.exactAmountIsPrincipal && payment.ore === facts.claimOre;
  const first = payment.purpose ?? (exact ? 'principal' : null);
  const order = [...(first === null ? [] : [first]), ...payment.order.filter((part) => part !== first)];
  let left = payment.ore;
  for (const part of order) {
    if (left === 0) break;
    const used = Math.min(left, openPart(facts, state, part, payment.on, rates));
    left -= used;
    if (part === 'costs') state.paidCosts += used;
    else if (part === 'interest') state.paidInterest += used;
    else if (used > 0) state.reductions.push({ on: payment.on, ore: used });
  }
  state.credit += left;
}

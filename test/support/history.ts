import fc from 'fast-check';
import type { Charge, Part } from '../../src/case/events.js';
import type { Terms } from '../../src/case/judgement.js';
import { POLICIES, type Policy } from '../../src/case/policy.js';
import type { DebtorType } from '../../src/law/costs.js';
import type { InterestCount } from '../../src/law/interest.js';
import type { LadderStep } from '../../src/law/procedure.js';
import type { Step } from '../../src/law/steps.js';
import { dayNumber, isoOf } from '../oracle/calendar.js';

// What can happen to a claim, drawn at random. test/support/play.ts plays it.

export type Amount =
  | { readonly kind: 'exact' }
  | { readonly kind: 'open'; readonly plus: number }
  | { readonly kind: 'demanded'; readonly plus: number }
  | { readonly kind: 'part'; readonly percent: number }
  | { readonly kind: 'ore'; readonly ore: number };

/** What is done with a letter on the day it is made. */
export type AfterRun = 'send' | 'leave' | 'withdraw';

export type Action = { readonly gap: number } & (
  | { readonly kind: 'run'; readonly after: AfterRun }
  | { readonly kind: 'confirm'; readonly back: number }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'credit'; readonly percent: number; readonly back: number }
  | {
      readonly kind: 'pay';
      readonly amount: Amount;
      readonly back: number;
      readonly purpose: Part | null;
    }
);

/** A letter sent before the claim was registered. */
export interface Prior {
  readonly step: 'paaminnelse' | 'purring' | 'inkassovarsel';
  /** Days after the due date, or after the letter before. */
  readonly gap: number;
  /** Days to pay; fewer than 14 is what the Act does not count. */
  readonly days: number;
  readonly fee: boolean;
}

export interface History {
  /** The due date on the invoice. */
  readonly due: string;
  readonly shift: boolean;
  readonly debtorType: DebtorType;
  readonly charge: Charge;
  readonly amountOre: number;
  /** Days after the due date that interest starts, where it is not the next day (I8). */
  readonly interestDelay: number | null;
  readonly policy: string;
  readonly terms: Partial<Terms>;
  readonly year2027: 'unknown' | '1988' | '2026';
  readonly catchUp: boolean;
  /** Days from the due date to the first day. */
  readonly start: number;
  readonly prior: readonly Prior[];
  readonly actions: readonly Action[];
}

function rungs(...steps: readonly (readonly [Step, number, boolean, boolean])[]): readonly LadderStep[] {
  return steps.map(([step, wait, fee, interest]) => ({ step, wait, fee, interest }));
}

/** The shipped ladders, and some of a creditor's own. */
export const LADDERS: Readonly<Record<string, Policy>> = {
  ...POLICIES,
  'two-purringer': {
    name: 'two-purringer',
    steps: rungs(
      ['purring', 14, true, true],
      ['purring', 2, true, true],
      ['inkassovarsel', 0, false, true],
      ['betalingsoppfordring', 0, true, true],
    ),
  },
  'all-fees': {
    name: 'all-fees',
    steps: rungs(
      ['paaminnelse', 1, false, false],
      ['purring', 0, true, true],
      ['inkassovarsel', 0, true, true],
      ['betalingsoppfordring', 0, true, true],
    ),
  },
  soonest: {
    name: 'soonest',
    steps: rungs(['inkassovarsel', 1, false, true], ['betalingsoppfordring', 0, true, true]),
  },
  reminder: { name: 'reminder', steps: rungs(['purring', 20, true, false]) },
  // Asks for every fee there is, too soon and too often. No such ladder is taken in; no fee too many may come of it either.
  greedy: {
    name: 'greedy',
    steps: rungs(
      ['purring', 1, true, true],
      ['purring', 0, true, true],
      ['rentenota', 0, true, true],
      ['inkassovarsel', 0, true, true],
      ['betalingsoppfordring', 0, true, true],
    ),
  },
  hasty: {
    name: 'hasty',
    steps: rungs(
      ['purring', 8, true, true],
      ['inkassovarsel', 0, true, true],
      ['betalingsoppfordring', 0, true, true],
    ),
  },
};

const ORDERS: readonly (readonly Part[])[] = [
  ['costs', 'interest', 'principal'],
  ['interest', 'costs', 'principal'],
  ['principal', 'interest', 'costs'],
  ['principal', 'costs', 'interest'],
];

function between(from: string, to: string): fc.Arbitrary<string> {
  return fc.integer({ min: dayNumber(from), max: dayNumber(to) }).map(isoOf);
}

const amount: fc.Arbitrary<Amount> = fc.oneof(
  fc.constant({ kind: 'exact' as const }),
  fc.record({ kind: fc.constant('open' as const), plus: fc.constantFrom(0, 0, -1, 1, 5000) }),
  fc.record({ kind: fc.constant('demanded' as const), plus: fc.constantFrom(0, 0, -1, 1) }),
  fc.record({ kind: fc.constant('part' as const), percent: fc.integer({ min: 1, max: 99 }) }),
  fc.record({ kind: fc.constant('ore' as const), ore: fc.integer({ min: 1, max: 30_000 }) }),
);

const gap = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 8 }), weight: 12 },
  { arbitrary: fc.integer({ min: 14, max: 30 }), weight: 40 },
  { arbitrary: fc.integer({ min: 31, max: 200 }), weight: 8 },
  { arbitrary: fc.integer({ min: 900, max: 1200 }), weight: 1 },
);

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    arbitrary: fc.record({
      gap,
      kind: fc.constant('run' as const),
      after: fc.constantFrom<AfterRun[]>('send', 'send', 'send', 'send', 'send', 'leave', 'withdraw'),
    }),
    weight: 12,
  },
  {
    arbitrary: fc.record({
      gap,
      kind: fc.constant('confirm' as const),
      back: fc.integer({ min: 0, max: 20 }),
    }),
    weight: 3,
  },
  { arbitrary: fc.record({ gap, kind: fc.constant('withdraw' as const) }), weight: 1 },
  {
    arbitrary: fc.record({
      gap,
      kind: fc.constant('credit' as const),
      percent: fc.oneof(fc.constant(100), fc.integer({ min: 1, max: 110 })),
      back: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 })),
    }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      gap,
      kind: fc.constant('pay' as const),
      amount,
      back: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })),
      purpose: fc.constantFrom(null, null, null, 'costs' as const, 'interest' as const, 'principal' as const),
    }),
    weight: 3,
  },
);

/** Due dates over the whole span, and many near the days on which something changes. */
const due = fc.oneof(
  { arbitrary: between('2019-01-01', '2026-12-31'), weight: 5 },
  { arbitrary: between('1996-01-01', '2026-12-31'), weight: 2 },
  { arbitrary: between('2020-08-15', '2020-10-20'), weight: 1 },
  { arbitrary: between('2025-11-15', '2026-01-10'), weight: 1 },
  { arbitrary: between('2023-12-01', '2024-07-15'), weight: 1 },
  // The compensation of 300 kr, which three fees of the time come to more than.
  { arbitrary: between('2013-06-28', '2013-12-31'), weight: 1 },
  { arbitrary: between('2026-09-01', '2026-12-31'), weight: 1 },
);

const prior: fc.Arbitrary<Prior> = fc.record({
  step: fc.constantFrom('paaminnelse', 'purring', 'purring', 'inkassovarsel'),
  gap: fc.integer({ min: 1, max: 40 }),
  days: fc.constantFrom(5, 10, 13, 14, 14, 15, 20, 30),
  fee: fc.boolean(),
});

export const histories: fc.Arbitrary<History> = fc
  .record({
    due,
    shift: fc.boolean(),
    debtorType: fc.constantFrom('consumer' as const, 'business' as const, 'public' as const),
    charge: fc.constantFrom('fees' as const, 'compensation' as const),
    amountOre: fc.oneof(
      fc.integer({ min: 100, max: 5_000_000 }),
      fc.integer({ min: 1, max: 2000 }),
      fc.integer({ min: 5_000_000, max: 90_000_000_000 }),
    ),
    interestDelay: fc.option(fc.integer({ min: 1, max: 45 }), { freq: 8 }),
    policy: fc.constantFrom('standard', 'standard', ...Object.keys(LADDERS)),
    terms: fc.record({
      graceDays: fc.constantFrom(3, 3, 0, 1, 5),
      deadlineDays: fc.constantFrom(14, 14, 15, 21, 30),
      interestCount: fc.constantFrom<InterestCount>('dayAfterDue', 'dueDay'),
      paymentOrder: fc.constantFrom(...ORDERS),
      exactAmountIsPrincipal: fc.boolean(),
      afterPrincipal: fc.constantFrom('ask' as const, 'rentenota' as const),
    }),
    year2027: fc.constantFrom('unknown' as const, '1988' as const, '2026' as const),
    catchUp: fc.boolean(),
    start: fc.integer({ min: -10, max: 30 }),
    prior: fc.oneof(
      { arbitrary: fc.constant([]), weight: 4 },
      { arbitrary: fc.array(prior, { minLength: 1, maxLength: 2 }), weight: 1 },
    ),
    actions: fc.array(action, { minLength: 2, maxLength: 8, size: 'max' }),
  })
  .map((history) => (history.debtorType === 'consumer' ? { ...history, charge: 'fees' as const } : history));

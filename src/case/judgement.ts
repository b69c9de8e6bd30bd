import type { Ore } from '../law/money.js';
import type { Rates } from '../law/rates.js';
import type { Case } from './case.js';
import type { ClaimTerms } from './claim.js';
import type { Part } from './events.js';
import type { Policy } from './policy.js';

/** The creditor's choices that decide what happens next. */
export interface Terms extends ClaimTerms {
  /** Working days to wait after a deadline (D6). */
  readonly graceDays: number;
  /** Days to pay printed on letters, 14 or more (D2). */
  readonly deadlineDays: number;
  /** A payment of exactly the invoice amount counts as meant for the principal (P1). */
  readonly exactAmountIsPrincipal: boolean;
  /** Order in which payments are used (P1). */
  readonly paymentOrder: readonly Part[];
  readonly newFeesAfterSixMonths: boolean;
  /** What becomes of interest and fees left when the principal is paid (P5). */
  readonly afterPrincipal: 'ask' | 'rentenota' | 'waive';
  /** The largest rest that is given up, in øre, with `waive`. */
  readonly waiveUpToOre: Ore;
}

/** What is needed to judge a case: its history, its ladder, the creditor's terms and the rates. */
export interface Judgement {
  readonly case: Case;
  readonly policy: Policy;
  readonly terms: Terms;
  readonly rates: Rates;
}

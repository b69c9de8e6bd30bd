import { MATCH_WORDS, type Match } from '../case/match.js';
import type { BankPayment } from '../import/payment.js';
import type { FileRecord, PlannedState, RecordWords } from '../import/plan.js';
import { formatDate } from '../law/dates.js';
import { formatKroner } from '../law/money.js';

/** What becomes of a movement on the account. */
export interface Outcome {
  readonly state: PlannedState;
  readonly match: Match | null;
  /** The cases it is booked on, or would be. */
  readonly cases: readonly number[];
  readonly why: string | null;
  readonly settled: 'open' | 'booked' | 'aside' | 'same' | null;
}

/** A payment as a record of its file. */
export function recordOf(payment: BankPayment, occurrence: number, { state, why }: Outcome): FileRecord {
  const { where, key, raw } = payment;
  return { where, state, why, key, occurrence, raw };
}

/** A payment in one line, and as data. */
export function wordsOf(payment: BankPayment, { match, cases, settled }: Outcome): RecordWords {
  const { amountOre, account, direction, paidOn, bookedOn, kids, payer, text } = payment;
  const data = {
    payment: null,
    match,
    settled,
    cases,
    direction,
    amountOre,
    paidOn,
    bookedOn,
    account,
    kid: kids.length === 1 ? (kids[0]?.kid ?? null) : null,
    kids: kids.map(({ kid }) => kid),
    payer,
    text,
  };
  return { what: words(payment, match, cases), data };
}

function words(payment: BankPayment, match: Match | null, cases: readonly number[]): string {
  const { amountOre, paidOn, direction, kids, payer } = payment;
  const sign = direction === 'back' ? '−' : '';
  const kid = kids.length === 0 ? '' : `, KID ${kids.map((named) => named.kid).join(' og ')}`;
  const who = payer === null ? '' : `, ${payer}`;
  const to = cases.length === 0 ? '' : ` → sak ${cases.join(', ')}`;
  const how = match === null ? '' : ` (${MATCH_WORDS[match]})`;
  return `${sign}${formatKroner(amountOre)} ${formatDate(paidOn)}${kid}${who}${to}${how}`;
}

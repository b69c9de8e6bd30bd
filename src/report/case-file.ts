import { stopOf, type Case } from '../case/case.js';
import { evolve } from '../case/history.js';
import type { CaseEvent } from '../case/events.js';
import { earliest, type LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import type { RateUnknown } from '../law/rates.js';

/** A case as the reports read it: who owes, and what had happened by any day. */
export interface CaseFile {
  readonly number: number;
  readonly debtor: string;
  readonly events: readonly CaseEvent[];
}

/**
 * The case as it stood on a day: everything that had happened by then, whenever it was recorded. Null before the claim
 * arose: the invoice date, or where nobody knows that, the due date or the registration, whichever came first.
 */
export function caseOn(file: Pick<CaseFile, 'number' | 'events'>, date: LocalDate): Case | null {
  const [first] = file.events;
  if (first?.type !== 'claimRegistered') return null;
  return earliest(first.happenedOn, first.due) > date ? null : evolve(file.number, file.events, date);
}

/** Booked as a loss, or closed: no longer among what is outstanding. */
export function isOffTheBooks(c: Case): boolean {
  return stopOf(c, 'writtenOff') !== null || stopOf(c, 'closed') !== null;
}

/** A case whose figures need a rate that nobody has published or entered (I7). Amounts in øre. */
export interface UnknownCase {
  readonly case: number;
  readonly invoice: string;
  readonly debtor: string;
  /** The part that needs no rate; null where not even that is known. */
  readonly principalOre: Ore | null;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

/** What can be said of a case whose rate is missing: the fault, and the principal in øre where that is known. */
export function unknownCase(
  file: CaseFile,
  c: Case,
  fault: RateUnknown,
  principalOre: Ore | null,
): UnknownCase {
  const { message, hint } = fault;
  return { case: file.number, invoice: c.claim.invoice, debtor: file.debtor, principalOre, message, hint };
}

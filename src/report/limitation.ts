import { daysBetween, type LocalDate } from '../law/dates.js';
import { isForeldet, isNearlyForeldet } from '../law/limitation.js';
import type { Ore } from '../law/money.js';

/** What the limitation watch asks about a claim that is not paid (W1). */
export interface LimitedClaim {
  readonly case: number;
  readonly invoice: string;
  readonly debtor: string;
  /** In øre; null where a rate is missing. */
  readonly openOre: Ore | null;
  readonly effectiveDue: LocalDate;
  /** The last day on which limitation can be interrupted. */
  readonly limitation: LocalDate;
  /** What started the three years last; null when it was the due date. */
  readonly interrupted: { readonly on: LocalDate; readonly by: string } | null;
}

export interface WatchedClaim extends LimitedClaim {
  readonly state: 'foreldet' | 'soon';
  /** Days left to interrupt it; negative when it is too late. */
  readonly daysLeft: number;
}

/** The claim as the watch lists it, or null while there are more than six months left (W1). */
export function watched(claim: LimitedClaim, on: LocalDate): WatchedClaim | null {
  const { limitation } = claim;
  const gone = isForeldet(limitation, on);
  if (!gone && !isNearlyForeldet(limitation, on)) return null;
  return { ...claim, state: gone ? 'foreldet' : 'soon', daysLeft: daysBetween(on, limitation) };
}

/** The most urgent first: those that can still be saved, by date, and then those that cannot. */
export function byUrgency(claims: readonly WatchedClaim[]): WatchedClaim[] {
  return [...claims].sort(
    (a, b) =>
      Number(a.state === 'foreldet') - Number(b.state === 'foreldet') ||
      (a.limitation < b.limitation ? -1 : a.limitation > b.limitation ? 1 : 0) ||
      a.case - b.case,
  );
}

import { addMonths, formatDate, rollForward, type LocalDate } from './dates.js';
import { remembered } from './remembered.js';
import { refuse, type Refusal } from './rules.js';

/** Years before a claim is foreldet (foreldelsesloven § 2). */
const LIMITATION_MONTHS = 36;
/** How long before the end the program starts to warn. */
const WARNING_MONTHS = 6;

/**
 * The last day on which limitation can still be interrupted (W1): three years from the day payment could first be
 * demanded, or from the latest interruption; an end on a Saturday or holiday moves forward (foreldelsesloven § 29).
 */
export const limitationDate = remembered((dueOrInterrupted: LocalDate): LocalDate =>
  rollForward(addMonths(dueOrInterrupted, LIMITATION_MONTHS)),
);

/** Whether the last day for interrupting limitation is over (W1, foreldelsesloven § 1). */
export function isForeldet(limitation: LocalDate, on: LocalDate): boolean {
  return on > limitation;
}

/** W1: no letter for a claim that is foreldet; null while it is not. */
export function refuseForeldet(limitation: LocalDate, on: LocalDate): Refusal | null {
  if (!isForeldet(limitation, on)) return null;
  return refuse('W1', `Kravet ble foreldet ${formatDate(limitation)}; det sendes ikke flere brev.`);
}

/** From six months before the end (W1). */
export function isNearlyForeldet(limitation: LocalDate, on: LocalDate): boolean {
  return on <= limitation && on >= addMonths(limitation, -WARNING_MONTHS);
}

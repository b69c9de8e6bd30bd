import { addMonths, rollForward, type LocalDate } from './dates.js';

/** Years before a claim is foreldet (foreldelsesloven § 2). */
const LIMITATION_MONTHS = 36;
/** How long before the end the program starts to warn. */
const WARNING_MONTHS = 6;

/**
 * The last day on which limitation can still be interrupted (W1): three years from the day payment could first be
 * demanded, or from the latest interruption; an end on a Saturday or holiday moves forward (foreldelsesloven § 29).
 */
export function limitationDate(dueOrInterrupted: LocalDate): LocalDate {
  return rollForward(addMonths(dueOrInterrupted, LIMITATION_MONTHS));
}

export function isForeldet(limitation: LocalDate, on: LocalDate): boolean {
  return on > limitation;
}

/** From six months before the end (W1). */
export function isNearlyForeldet(limitation: LocalDate, on: LocalDate): boolean {
  return on <= limitation && on >= addMonths(limitation, -WARNING_MONTHS);
}

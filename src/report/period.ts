import { addDays, addMonths, daysBetween, type LocalDate } from '../law/dates.js';

/** The days from one to another, both included. */
export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The twelve months that end with a day. */
export function yearUntil(to: LocalDate): Period {
  return { from: addDays(addMonths(to, -12), 1), to };
}

/**
 * The period of the same length that ends the day before: as many whole months where the period is whole months (from
 * the 1st to a last, or twelve months back from any day), else as many days.
 */
export function periodBefore({ from, to }: Period): Period {
  const end = addDays(from, -1);
  const months = wholeMonths({ from, to });
  if (months !== null) return { from: addMonths(from, -months), to: end };
  return { from: addDays(end, -daysBetween(from, to)), to: end };
}

function wholeMonths({ from, to }: Period): number | null {
  const after = addDays(to, 1);
  const months =
    (Number(after.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
    (Number(after.slice(5, 7)) - Number(from.slice(5, 7)));
  return months > 0 && addMonths(from, months) === after ? months : null;
}

/** The months a period touches, as `2026-03`, in order. */
export function monthsIn({ from, to }: Period): string[] {
  const months: string[] = [];
  for (let day = `${from.slice(0, 7)}-01` as LocalDate; day <= to; day = addMonths(day, 1)) {
    months.push(day.slice(0, 7));
  }
  return months;
}

/** Whether a day lies in a period, its first and last day included. */
export function isWithin({ from, to }: Period, day: LocalDate): boolean {
  return from <= day && day <= to;
}

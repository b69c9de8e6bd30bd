import { addDays, type LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import type { Step } from '../law/steps.js';
import type { Case, Movement } from './case.js';

/** A letter whose fee joins the claim on the day it was, or is about to be, sent. */
export interface ChargedLetter {
  readonly letter: number | null;
  readonly step: Step;
  readonly on: LocalDate;
  readonly feeOre: Ore;
}

/** Something that changes what is owed. `order` tells facts of one day apart. */
export type Entry = { readonly on: LocalDate; readonly order: number } & (
  | { readonly kind: 'default' }
  | { readonly kind: 'fee'; readonly letter: ChargedLetter }
  | { readonly kind: 'movement'; readonly movement: Movement }
);

/** Facts up to and including the date, by date, and within a day in the order they were recorded. */
export function entriesUntil(c: Case, date: LocalDate, pending: ChargedLetter | undefined): Entry[] {
  const entries: Entry[] = [{ kind: 'default', on: addDays(c.claim.effectiveDue, 1), order: -1 }];
  for (const { step, sentOn: on, feeOre } of c.claim.history) {
    entries.push({ kind: 'fee', on, order: 0, letter: { letter: null, step, on, feeOre } });
  }
  for (const { id, made, sentOn: on, sentVersion } of c.letters) {
    if (on === null) continue;
    const letter = { letter: id, step: made.step, on, feeOre: made.lawfulFeeOre };
    entries.push({ kind: 'fee', on, order: sentVersion ?? 0, letter });
  }
  for (const movement of c.movements) {
    // What the bank took back had never come.
    if (movement.kind === 'payment' && movement.reversedOn !== null) continue;
    entries.push({ kind: 'movement', on: takesEffectOn(c, movement), order: movement.version, movement });
  }
  if (pending !== undefined) entries.push({ kind: 'fee', on: pending.on, order: Infinity, letter: pending });
  return entries
    .filter((entry) => entry.on <= date)
    .sort((a, b) => (a.on === b.on ? a.order - b.order : a.on < b.on ? -1 : 1));
}

/** Before every day of the calendar. */
const FROM_THE_FIRST = '0000-00-00' as LocalDate;

/**
 * The day a movement changes what is owed. What was never owed was not owed on any day, whenever that was known; where
 * that is the whole claim, what had been credited of it was not owed either (S1).
 */
export function takesEffectOn({ neverOwed }: Case, { kind, on }: Movement): LocalDate {
  return kind === 'objection' || (neverOwed && kind === 'credit') ? FROM_THE_FIRST : on;
}

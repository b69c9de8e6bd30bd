import type { LocalDate } from './dates.js';
import type { Ore } from './money.js';

/** The letters of the ladder, in the order of their force. */
export const STEPS = [
  'paaminnelse',
  'purring',
  'rentenota',
  'inkassovarsel',
  'betalingsoppfordring',
  'overdragelsesvarsel',
] as const;

export type Step = (typeof STEPS)[number];

/** What people call a letter. */
export const STEP_TITLES: Readonly<Record<Step, string>> = {
  paaminnelse: 'Påminnelse',
  purring: 'Purring',
  rentenota: 'Rentenota',
  inkassovarsel: 'Inkassovarsel',
  betalingsoppfordring: 'Betalingsoppfordring',
  overdragelsesvarsel: 'Varsel om overdragelse',
};

/** The same inside a sentence. */
export function stepWord(step: Step): string {
  return STEP_TITLES[step].toLowerCase();
}

/** Reminders that inkassoforskriften § 1-2 first paragraph calls a purring: they remind of the claim itself. */
export function isPurring(step: Step): boolean {
  return step === 'purring' || step === 'rentenota';
}

/** A letter the debtor has been sent, as far as the Acts ask about it. */
export interface SentLetter {
  readonly step: Step;
  readonly sentOn: LocalDate;
  /** Last day to pay, as printed. */
  readonly deadline: LocalDate;
  /** The fee this letter carried, in øre; 0 for none. */
  readonly feeOre: Ore;
}

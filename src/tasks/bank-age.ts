import type { Context } from '../context.js';
import { addWorkingDays, formatDate, type LocalDate } from '../law/dates.js';
import { refuse, type Refusal } from '../law/rules.js';
import { STEPS, type Step } from '../law/steps.js';
import type { Warning } from './answer.js';

const PAST_PURRING = STEPS.indexOf('inkassovarsel');

/** Letters that weigh more than a purring: sent to somebody who has paid, they do harm. */
export function isPastPurring(step: string | null): boolean {
  return step !== null && STEPS.indexOf(step as Step) >= PAST_PURRING;
}

/**
 * The day the bank's files were last taken in, where that is longer ago than the user allows; null where it is not, and
 * for a user who has never taken in any.
 */
export function oldBankFiles(ctx: Context): LocalDate | null {
  const { staleBankDays } = ctx.store().settings();
  const newest = ctx.store().imports.newestBankImport();
  if (newest === null || staleBankDays === 0) return null;
  return addWorkingDays(newest, staleBankDays) < ctx.today ? newest : null;
}

/** S8: what has been paid is looked at before a letter leaves; with old bank files nobody can. */
export function refuseOldBankFiles(newest: LocalDate): Refusal {
  const text = `Bankfilene er sist tatt inn ${formatDate(newest)}. Ta inn nye med «inkasso import» før det sendes noe strengere enn en purring, eller bruk --stale-bank yes.`;
  return refuse('S8', text);
}

export function oldBankFilesWarning(newest: LocalDate): Warning {
  const message = `Bankfilene er sist tatt inn ${formatDate(newest)}; noen kan ha betalt siden. Ta inn nye med «inkasso import».`;
  return { code: 'BANK_FILES_OLD', message };
}

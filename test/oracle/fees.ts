import { daysFrom } from './calendar.js';
import type { OracleRates } from './rates.js';

// A naive second opinion on the fee a letter may carry (F1–F6, F8, G1), in øre.

export type OracleStep =
  'paaminnelse' | 'purring' | 'rentenota' | 'inkassovarsel' | 'betalingsoppfordring' | 'overdragelsesvarsel';

export interface OracleLetter {
  readonly step: OracleStep;
  readonly sentOn: string;
  readonly deadline: string;
  readonly feeOre: number;
}

const REMINDERS: readonly OracleStep[] = ['purring', 'rentenota'];
const SMALL: readonly OracleStep[] = [...REMINDERS, 'inkassovarsel'];

/** A deadline of 14 days or more that has passed (D2). */
function missed(letter: OracleLetter, on: string): boolean {
  return daysFrom(letter.sentOn, letter.deadline) >= 14 && letter.deadline < on;
}

/** F1, F2: whole kroner, half up. */
export function feeAmount(step: OracleStep, due: string, sentOn: string, rates: OracleRates): number {
  const sats = BigInt(rates.on('inkassosats', sentOn));
  const denominator = due < '2020-10-01' ? 10n : 20n;
  const numerator = sats * (step === 'betalingsoppfordring' ? 3n : 1n);
  return Number((2n * numerator + denominator) / (2n * denominator)) * 100;
}

/** @throws OracleUnknown when the inkassosats or the Act of the day is not known. */
export function oracleFee(
  step: OracleStep,
  due: string,
  earlier: readonly OracleLetter[],
  sentOn: string,
  rates: OracleRates,
): number {
  if (step === 'paaminnelse' || step === 'overdragelsesvarsel') return 0;
  if (rates.on('regime', sentOn) === '2026') return 0;
  const amount = (): number => feeAmount(step, due, sentOn, rates);
  if (step === 'betalingsoppfordring') {
    const paidFor = earlier.some((letter) => letter.step === step && letter.feeOre > 0);
    const deadlineMissed = earlier.some((letter) => SMALL.includes(letter.step) && missed(letter, sentOn));
    return paidFor || !deadlineMissed ? 0 : amount();
  }
  if (daysFrom(due, sentOn) < 14) return 0;
  const bearing = earlier.filter((letter) => letter.feeOre > 0 && SMALL.includes(letter.step));
  if (bearing.length >= 2) return 0;
  // § 1-3: two reminders, or a reminder and a *later* inkassovarsel.
  if (earlier.some((letter) => letter.step === 'inkassovarsel') && REMINDERS.includes(step)) return 0;
  if (bearing.some((letter) => letter.step === 'inkassovarsel')) return 0;
  if (bearing.length === 0) return amount();
  const first = earlier.find((letter) => REMINDERS.includes(letter.step));
  return first !== undefined && missed(first, sentOn) ? amount() : 0;
}

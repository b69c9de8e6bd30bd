import type { LocalDate } from './dates.js';
import { rateOn, type Rates } from './rates.js';

/** Which Act governs a letter: the inkassolov of 1988, or the one of 2026 (G1). */
export type Regime = '1988' | '2026';

/** The regime for a letter sent on a date (G2). @throws RateUnknown (table `regime`) while it is not recorded. */
export function regimeOn(rates: Rates, sentOn: LocalDate): Regime {
  return rateOn(rates, 'regime', sentOn).value === '2026' ? '2026' : '1988';
}

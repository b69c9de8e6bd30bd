import type { LocalDate } from './dates.js';
import { floorKroner, type Ore } from './money.js';
import { rateOn, type KnownRow, type Rates } from './rates.js';

/** What the state charges for the steps after the letters, in hundredths of a rettsgebyr (W3). */
const MULTIPLES = { utlegg: 69, forliksklage: 154, konkursvarsel: 50, rettsgebyr: 100 } as const;

export type CourtStep = keyof typeof MULTIPLES;

export interface CourtFee {
  readonly amountOre: Ore;
  /** In hundredths of one rettsgebyr. */
  readonly multiple: number;
  readonly row: KnownRow;
}

/**
 * The fee of a court or enforcement step on a day, in øre, rounded down to whole kroner (rettsgebyrloven § 6 a).
 * Never part of a letter's claim. @throws RateUnknown.
 */
export function courtFee(step: CourtStep, on: LocalDate, rates: Rates): CourtFee {
  const row = rateOn(rates, 'rettsgebyr', on);
  const multiple = MULTIPLES[step];
  return { amountOre: floorKroner(Number(row.value), multiple), multiple, row };
}

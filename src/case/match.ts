import { daysBetween, formatDate, type LocalDate } from '../law/dates.js';
import { formatKroner, type Ore } from '../law/money.js';
import { RateUnknown } from '../law/rates.js';
import { payments } from './case.js';
import { claimOn } from './claim.js';
import type { Judgement } from './judgement.js';

/** How a movement on the account stands to the claims. */
export type Match =
  | 'exact'
  | 'partial'
  | 'over'
  | 'duplicate'
  | 'noKid'
  | 'unknownKid'
  | 'severalKids'
  | 'reversed'
  | 'ownTransfer';

export const MATCH_WORDS: Readonly<Record<Match, string>> = {
  exact: 'nøyaktig',
  partial: 'del av kravet',
  over: 'mer enn kravet',
  duplicate: 'betalt før',
  noKid: 'uten KID',
  unknownKid: 'ukjent KID',
  severalKids: 'flere KID',
  reversed: 'tilbakeført',
  ownTransfer: 'egen overføring',
};

/** Days apart that the same payment can be dated by two banks, or by a user who registered it by hand. */
export const DAYS_APART = 5;

export interface Fit {
  readonly match: 'exact' | 'partial' | 'over' | 'duplicate';
  /** Whether it can be the same money as a payment the case has from somewhere else: only the user knows. */
  readonly doubtful: boolean;
  readonly why: string | null;
}

/**
 * How an amount fits a claim on the day it was paid. `fromSource`: the events of the case that came from the same source
 * as this payment, which therefore are other payments. Amounts in øre.
 */
export function fitAmount(
  j: Judgement,
  amountOre: Ore,
  paidOn: LocalDate,
  fromSource: ReadonlySet<number>,
): Fit {
  const standing = payments(j.case).filter((payment) => payment.amountOre === amountOre);
  const alike = standing.find(
    (payment) => !fromSource.has(payment.version) && Math.abs(daysBetween(payment.on, paidOn)) <= DAYS_APART,
  );
  if (alike !== undefined) {
    const why = `Sak ${j.case.number} har alt en innbetaling på ${formatKroner(amountOre)} ${formatDate(alike.on)}, registrert på en annen måte. Det kan være den samme.`;
    return { match: 'duplicate', doubtful: true, why };
  }
  const { asked, openOre, principalOre } = askedFor(j, paidOn);
  if (openOre <= 0) {
    const credit = `Kravet var alt gjort opp; ${formatKroner(amountOre)} er til gode for skyldneren.`;
    return { match: standing.length > 0 ? 'duplicate' : 'over', doubtful: false, why: credit };
  }
  if (amountOre > openOre) {
    const why = `Kravet var ${formatKroner(openOre)}; ${formatKroner(amountOre - openOre)} er til gode for skyldneren.`;
    // Paid a second time, when only interest or fees stood.
    const again = principalOre === 0 && standing.length > 0;
    return { match: again ? 'duplicate' : 'over', doubtful: false, why };
  }
  const rest = openOre - amountOre;
  if (!asked.has(amountOre))
    return { match: 'partial', doubtful: false, why: `Kravet var ${formatKroner(openOre)}.` };
  const why = rest > 0 ? `${formatKroner(rest)} av kravet stod igjen.` : null;
  return { match: 'exact', doubtful: false, why };
}

/** What the debtor can have been asked for: the claim that day, its principal, the sum in the latest letter. */
function askedFor(j: Judgement, on: LocalDate): { asked: ReadonlySet<Ore>; openOre: Ore; principalOre: Ore } {
  const claim = claimThen(j, on);
  const asked = new Set([claim.openOre, claim.principalOre]);
  const letter = j.case.letters.filter((one) => one.sentOn !== null && one.sentOn <= on).at(-1);
  if (letter !== undefined) asked.add(letter.made.totalOre);
  return { asked, openOre: claim.openOre, principalOre: claim.principalOre };
}

/** Where the rate of the day is missing, the principal is what can be said. */
function claimThen(j: Judgement, on: LocalDate): { openOre: Ore; principalOre: Ore } {
  try {
    return claimOn(j.case, on, j.terms, j.rates, undefined, 'sums');
  } catch (fault) {
    if (!(fault instanceof RateUnknown)) throw fault;
    return claimOn(j.case, on, j.terms, j.rates, undefined, 'withoutInterest');
  }
}

import { addDays, addMonths, formatDate, localDate, type LocalDate } from './dates.js';
import { formatKroner, sum, toWholeKroner, type Ore } from './money.js';
import { cite, hjemmel, type Hjemmel } from './reference.js';
import { remembered } from './remembered.js';
import { rateOn, type KnownRow, type Rates } from './rates.js';
import { regimeOn } from './regime.js';
import { because, refuse, type Reason, type Refusal } from './rules.js';
import { isPurring, STEP_TITLES, stepWord, type SentLetter, type Step } from './steps.js';

/** Shortest deadline the Acts know, in days from the sending (D2). */
export const STATUTORY_DAYS = 14;

export type DebtorType = 'consumer' | 'business' | 'public';

/** What the Acts ask about a claim before a letter may carry a fee. */
export interface CostFacts {
  /** The due date after D4. */
  readonly effectiveDue: LocalDate;
  /** Letters sent before, oldest first. */
  readonly letters: readonly SentLetter[];
  /** Whether the creditor uses inkassoforskriften § 1-3 second paragraph (F7). */
  readonly newFeesAfterSixMonths: boolean;
}

/** The fee a letter may carry: an amount with its grounds, or none with the ground that forbids it. */
export type Fee =
  | {
      readonly kind: 'fee';
      readonly amountOre: Ore;
      readonly numerator: number;
      readonly denominator: number;
      readonly sats: KnownRow;
      readonly reasons: readonly Reason[];
    }
  | { readonly kind: 'none'; readonly refusal: Refusal };

/** Claims that fall due from this day have the lower fractions (F2). */
const LOWER_FEES_FROM = localDate('2020-10-01');

/** The paragraph that gives a letter its fee (F2–F4): one for each kind of letter. */
function feeHjemmel(step: Step): Hjemmel {
  if (step === 'betalingsoppfordring') return hjemmel('inkf', '1-2', 'tredje ledd');
  return hjemmel('inkf', '1-2', step === 'inkassovarsel' ? 'andre ledd' : 'første ledd');
}

/** The citation of that paragraph. */
export const citeFee = remembered((step: Step): string => cite(feeHjemmel(step)));

/** The share of the inkassosats for a letter (F2), a number over a number: 1/20 or 3/20; 1/10 or 3/10 for claims due before 2020-10-01. */
export function feeFraction(step: Step, effectiveDue: LocalDate): { numerator: number; denominator: number } {
  const denominator = effectiveDue < LOWER_FEES_FROM ? 10 : 20;
  return { numerator: step === 'betalingsoppfordring' ? 3 : 1, denominator };
}

/** "after the debtor missed a deadline of at least 14 days set in" the letter (D2). */
function missedStatutoryDeadline(letter: SentLetter, on: LocalDate): boolean {
  return letter.deadline >= addDays(letter.sentOn, STATUTORY_DAYS) && letter.deadline < on;
}

/** F3: a purring or inkassovarsel bears a fee only when sent 14 days or more after the due date. */
function tooSoonForFee(facts: CostFacts, sentOn: LocalDate): Refusal | null {
  const first = addDays(facts.effectiveDue, STATUTORY_DAYS);
  if (sentOn >= first) return null;
  return refuse(
    'F3',
    `Gebyr kan først kreves for brev sendt 14 dager etter forfall, fra ${formatDate(first)}.`,
    first,
  );
}

/** F5: two purringer, or one purring and a later inkassovarsel, and one betalingsoppfordring – never more. */
function capReached(step: Step, letters: readonly SentLetter[]): Refusal | null {
  const bearing = letters.filter((letter) => letter.feeOre > 0);
  if (step === 'betalingsoppfordring') {
    return bearing.some((letter) => letter.step === step)
      ? refuse('F5', 'Det er alt krevd gebyr for én betalingsoppfordring.')
      : null;
  }
  if (isPurring(step) && letters.some((letter) => letter.step === 'inkassovarsel')) {
    return refuse('F5', 'En purring etter inkassovarselet kan ikke ha gebyr.');
  }
  const purringer = bearing.filter((letter) => isPurring(letter.step)).length;
  const varsler = bearing.filter((letter) => letter.step === 'inkassovarsel').length;
  if (purringer + varsler >= 2)
    return refuse('F5', 'Det er alt krevd gebyr for to brev før betalingsoppfordringen.');
  if (varsler >= 1) return refuse('F5', 'Det er alt krevd gebyr for ett inkassovarsel.');
  return null;
}

/** F6: the second of the small fees needs a missed deadline of 14 days set in the first purring. */
function firstPurringNotMissed(counted: readonly SentLetter[], sentOn: LocalDate): Refusal | null {
  if (!counted.some((letter) => letter.feeOre > 0 && isPurring(letter.step))) return null;
  const first = counted.find((letter) => isPurring(letter.step));
  if (first === undefined || missedStatutoryDeadline(first, sentOn)) return null;
  const until = first.deadline >= addDays(first.sentOn, STATUTORY_DAYS) ? addDays(first.deadline, 1) : null;
  return refuse(
    'F6',
    'Nytt gebyr krever at en frist på minst 14 dager i den første purringen er oversittet.',
    until,
  );
}

/** F4: the betalingsoppfordring bears its fee only after a missed deadline of 14 days in a purring or inkassovarsel. */
function noMissedDeadline(letters: readonly SentLetter[], sentOn: LocalDate): Refusal | null {
  const counts = letters.some(
    (letter) =>
      (isPurring(letter.step) || letter.step === 'inkassovarsel') && missedStatutoryDeadline(letter, sentOn),
  );
  if (counts) return null;
  return refuse(
    'F4',
    'Gebyr krever at en frist på minst 14 dager i en purring eller et inkassovarsel er oversittet.',
  );
}

/**
 * F7: six months after the last letter with a fee the count starts afresh, where the creditor has chosen so. Returns
 * the letters of the round that a letter sent on the day belongs to.
 */
function lettersThatCount(facts: CostFacts, sentOn: LocalDate): readonly SentLetter[] {
  if (!facts.newFeesAfterSixMonths) return facts.letters;
  let round = 0;
  let lastFee: LocalDate | null = null;
  for (const [index, letter] of facts.letters.entries()) {
    if (letter.feeOre === 0) continue;
    if (lastFee !== null && addMonths(lastFee, 6) <= letter.sentOn) round = index;
    lastFee = letter.sentOn;
  }
  const over = lastFee !== null && addMonths(lastFee, 6) <= sentOn;
  return over ? [] : facts.letters.slice(round);
}

function forbidden(step: Step, facts: CostFacts, sentOn: LocalDate, rates: Rates): Refusal | null {
  if (step === 'paaminnelse' || step === 'overdragelsesvarsel') {
    return refuse('F8', `${STEP_TITLES[step]} har ikke gebyr.`);
  }
  if (regimeOn(rates, sentOn) === '2026') {
    return refuse('G1', 'Etter inkassoloven av 2026 kan fordringshaver ikke kreve gebyr for egne brev.');
  }
  const counted = lettersThatCount(facts, sentOn);
  if (step === 'betalingsoppfordring')
    return noMissedDeadline(facts.letters, sentOn) ?? capReached(step, counted);
  return tooSoonForFee(facts, sentOn) ?? capReached(step, counted) ?? firstPurringNotMissed(counted, sentOn);
}

/**
 * The fee a letter sent on a date may carry (inkassoforskriften §§ 1-2 and 1-3), in øre.
 * @throws RateUnknown when the inkassosats or the regime of that day is not known.
 */
export function feeFor(step: Step, facts: CostFacts, sentOn: LocalDate, rates: Rates): Fee {
  const refusal = forbidden(step, facts, sentOn, rates);
  if (refusal !== null) return { kind: 'none', refusal };
  const { numerator, denominator } = feeFraction(step, facts.effectiveDue);
  const sats = rateOn(rates, 'inkassosats', sentOn);
  const amountOre = toWholeKroner(Number(sats.value) * 100 * numerator, denominator);
  return {
    kind: 'fee',
    amountOre,
    numerator,
    denominator,
    sats,
    reasons: feeReasons(step, amountOre, numerator, denominator, sats),
  };
}

function feeReasons(step: Step, ore: Ore, numerator: number, denominator: number, sats: KnownRow): Reason[] {
  const share = `${numerator}/${denominator} av inkassosatsen på ${sats.value} kr`;
  const when =
    step === 'betalingsoppfordring'
      ? because('F4', 'En frist på minst 14 dager i et tidligere brev er oversittet.')
      : because('F3', 'Brevet sendes minst 14 dager etter forfall.', feeHjemmel(step));
  return [because('F2', `Gebyret for ${stepWord(step)} er ${share}: ${formatKroner(ore)}.`), when];
}

/**
 * F2–F6, F8: the first fee that was higher than the Act allowed when its letter was sent, in øre, and why; null when all
 * are lawful. Fees of letters already sent join the claim only as far as the Act allowed them. @throws RateUnknown
 */
export function unlawfulFee(facts: CostFacts, rates: Rates): { lawfulOre: Ore; refusal: Refusal } | null {
  const letters = facts.letters.toSorted((a, b) => (a.sentOn < b.sentOn ? -1 : a.sentOn > b.sentOn ? 1 : 0));
  for (const [index, { step, sentOn, feeOre }] of letters.entries()) {
    if (feeOre === 0) continue;
    const fee = feeFor(step, { ...facts, letters: letters.slice(0, index) }, sentOn, rates);
    const lawfulOre = fee.kind === 'fee' ? fee.amountOre : 0;
    if (feeOre <= lawfulOre) continue;
    const text = `Gebyret på ${formatKroner(feeOre)} for ${stepWord(step)} ${formatDate(sentOn)} er høyere enn loven tillater, ${formatKroner(lawfulOre)}.`;
    const refusal =
      fee.kind === 'fee' ? refuse('F2', text) : { ...fee.refusal, text: `${text} ${fee.refusal.text}` };
    return { lawfulOre, refusal };
  }
  return null;
}

export interface Compensation {
  readonly amountOre: Ore;
  readonly row: KnownRow;
}

/**
 * The standardkompensasjon of forsinkelsesrenteloven § 3 a, in øre, by the half-year in which default occurs: the day
 * after the due date (F9). @throws RateUnknown.
 */
export function standardkompensasjon(effectiveDue: LocalDate, rates: Rates): Compensation {
  const row = rateOn(rates, 'standardkompensasjon', addDays(effectiveDue, 1));
  return { amountOre: Number(row.value) * 100, row };
}

/** Whether a debtor can be charged the standardkompensasjon: never a consumer (F9, forsinkelsesrenteloven § 4 d). */
export function mayChargeCompensation(type: DebtorType): boolean {
  return type !== 'consumer';
}

/** F9: the larger of the compensation and the fees is claimed, never both. */
export function compensationOrFees(compensationOre: Ore, feesOre: readonly Ore[]): 'compensation' | 'fees' {
  return sum(feesOre) > compensationOre ? 'fees' : 'compensation';
}

import { feeFor, type Fee } from '../law/costs.js';
import { addDays, formatDate, type LocalDate } from '../law/dates.js';
import type { InterestLine } from '../law/interest.js';
import type { Ore } from '../law/money.js';
import { deadlineFor, letterUnderRegime, needsRegime, type LadderStep } from '../law/procedure.js';
import { RateUnknown } from '../law/rates.js';
import { regimeOn, type Regime } from '../law/regime.js';
import { because, refuse, type Reason, type Refusal } from '../law/rules.js';
import type { Step } from '../law/steps.js';
import { sentLetters, type Case } from './case.js';
import { claimOn, type Claim } from './claim.js';
import type { CostLine } from './events.js';
import type { Judgement } from './judgement.js';
import { handoverIsNext, outlook, repeatOutlook } from './outlook.js';

/** A letter as it will be if it is made today. Amounts in øre; the parts add up to `totalOre`. */
export interface LetterPlan {
  readonly step: Step;
  readonly date: LocalDate;
  readonly deadline: LocalDate;
  /** The Act that governs it; null for a letter that both Acts allow alike. */
  readonly regime: Regime | null;
  readonly lawfulFeeOre: Ore;
  readonly feeOre: Ore;
  readonly principalOre: Ore;
  readonly interestOre: Ore;
  readonly costsOre: Ore;
  readonly totalOre: Ore;
  readonly interestLines: readonly InterestLine[];
  readonly costLines: readonly CostLine[];
  readonly claim: Claim;
  readonly reasons: readonly Reason[];
}

export type LetterDecision =
  | { readonly kind: 'letter'; readonly plan: LetterPlan }
  | { readonly kind: 'held'; readonly refusal: Refusal }
  /** A published rate, or the regime, is missing: the letter waits for the user (I7, G2). */
  | { readonly kind: 'blocked'; readonly fault: RateUnknown };

/** How old a claim may be before its first letter needs the user's word (days past due). */
const CATCH_UP_DAYS = 90;

/** What the user asks for beyond the day's ordinary letters. */
export interface LetterWish {
  /** Take up old claims that never had a letter. */
  readonly catchUp: boolean;
  /** Send the betalingsoppfordring afresh where it is older than six months (E2). */
  readonly repeat?: boolean;
  /** Whether the creditor has confirmed that there is no reason to doubt the claim (L3); null or absent: not asked. */
  readonly claimsConfirmed?: boolean | null;
}

/** What `run` does with a case on a day: a letter, or why not. Never throws for a missing rate: it says so. */
export function decideLetter(j: Judgement, today: LocalDate, options: LetterWish): LetterDecision {
  try {
    return decide(j, today, options);
  } catch (fault) {
    if (fault instanceof RateUnknown) return { kind: 'blocked', fault };
    throw fault;
  }
}

function decide(j: Judgement, today: LocalDate, options: LetterWish): LetterDecision {
  const held = (refusal: Refusal): LetterDecision => ({ kind: 'held', refusal });
  const next = options.repeat === true ? repeatOutlook(j, today) : outlook(j, today);
  const { rung } = next;
  if (rung === null || next.earliest === null || next.earliest > today) return held(next.why);
  const stop = refuseByAge(j.case, today, options.catchUp);
  if (stop !== null) return held(stop);
  const regime = needsRegime(rung) ? regimeOn(j.rates, today) : null;
  const step = letterUnderRegime(rung.step, regime ?? '1988', sentLetters(j.case));
  if (step === null) return held(handoverIsNext(next.earliest));
  if (step === 'betalingsoppfordring' && options.claimsConfirmed === false) return held(DOUBTED);
  const grounds = [...next.reasons, ...objectionReason(step, options.claimsConfirmed === true)];
  const plan = planLetter(j, { ...rung, step }, grounds, today, regime);
  if (plan.totalOre <= 0) return held(refuse('S8', 'Det er ingenting igjen å kreve.'));
  return { kind: 'letter', plan };
}

function refuseByAge(c: Case, today: LocalDate, catchUp: boolean): Refusal | null {
  const lastDay = lastDayUnasked(c);
  return lastDay === null || catchUp || lastDay >= today ? null : refuseUnasked();
}

/** The last day on which a claim that never had a letter gets its first without the user's word; null after a letter. */
export function lastDayUnasked(c: Case): LocalDate | null {
  return sentLetters(c).length === 0 ? addDays(c.claim.effectiveDue, CATCH_UP_DAYS) : null;
}

/** What is said of an old claim that never had a letter. */
export function refuseUnasked(): Refusal {
  return refuse(
    'L1',
    `Kravet forfalt for mer enn ${CATCH_UP_DAYS} dager siden og har ikke fått noe brev. Kjør med «--catch-up yes» for å ta det med.`,
  );
}

function planLetter(
  j: Judgement,
  rung: LadderStep,
  grounds: readonly Reason[],
  date: LocalDate,
  regime: Regime | null,
): LetterPlan {
  const { case: c, terms, rates } = j;
  const { step } = rung;
  const facts = {
    effectiveDue: c.claim.effectiveDue,
    letters: sentLetters(c),
    newFeesAfterSixMonths: terms.newFeesAfterSixMonths,
  };
  const fee = rung.fee ? (barredFee(c) ?? feeFor(step, facts, date, rates)) : null;
  const lawfulFeeOre = fee?.kind === 'fee' ? fee.amountOre : 0;
  const figures = rung.interest ? 'all' : 'withoutInterest';
  const before = claimOn(c, date, terms, rates, undefined, 'withoutInterest');
  const claim = claimOn(
    c,
    date,
    terms,
    rates,
    { letter: null, step, on: date, feeOre: lawfulFeeOre },
    figures,
  );
  const { interestOre } = claim;
  const deadline = deadlineFor(date, terms.deadlineDays);
  return {
    step,
    date,
    deadline,
    regime,
    lawfulFeeOre,
    feeOre: claim.costsOre - before.costsOre,
    principalOre: claim.principalOre,
    interestOre,
    costsOre: claim.costsOre,
    totalOre: claim.principalOre + interestOre + claim.costsOre,
    interestLines: claim.interestLines,
    costLines: claim.costLines,
    claim,
    reasons: [...grounds, ...feeReasons(fee), ...deadlineReasons(date, deadline)],
  };
}

/** F10: after a reasonable objection no letter carries a fee. */
function barredFee(c: Case): Fee | null {
  if (!c.costsBarred) return null;
  return {
    kind: 'none',
    refusal: refuse('F10', 'Skyldneren hadde rimelig grunn til innsigelse; det kreves ingen kostnader.'),
  };
}

/** L3: no betalingsoppfordring while the creditor has reason to doubt the claim. */
const DOUBTED = refuse(
  'L3',
  'Kravet er ikke bekreftet. Har skyldneren innsigelser, registrerer du dem med «inkasso dispute»; ellers kjører du på nytt.',
);

/** L3: before a betalingsoppfordring there must be no reason to doubt the claim. */
function objectionReason(step: Step, confirmed: boolean): Reason[] {
  if (step !== 'betalingsoppfordring') return [];
  const word = confirmed ? ' Fordringshaveren har bekreftet at det ikke er grunn til å tvile på kravet.' : '';
  return [because('L3', `Det er ikke registrert noen innsigelse mot kravet.${word}`)];
}

function feeReasons(fee: Fee | null): readonly Reason[] {
  if (fee === null) return [because('F8', 'Løpet krever ikke gebyr for dette brevet.')];
  if (fee.kind === 'fee') return fee.reasons;
  const { rule, hjemmel, text } = fee.refusal;
  return [{ rule, hjemmel, text }];
}

function deadlineReasons(date: LocalDate, deadline: LocalDate): Reason[] {
  return [
    because(
      'D2',
      `Fristen ${formatDate(deadline)} er minst 14 dager etter ${formatDate(date)} og en virkedag.`,
    ),
  ];
}

import { feeFraction, standardkompensasjon } from '../law/costs.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import type { InterestLine } from '../law/interest.js';
import { sum, type Ore } from '../law/money.js';
import { rateOn, type KnownRow, type Rates } from '../law/rates.js';
import { citeRule } from '../law/rules.js';
import { STEP_TITLES, type Step } from '../law/steps.js';
import type { Case, Letter } from './case.js';
import type { Allocation, Claim } from './claim.js';
import type { CostLine, Part } from './events.js';

/** How a figure comes about; enough to compute it again from `inputs` or `children`. */
export type Formula =
  /** A fact of the case: `inputs.amountOre`. */
  | 'fact'
  /** The sum of the children. */
  | 'sum'
  /** The largest of the children. */
  | 'max'
  /** round(baseOre × ratePercent × days ÷ (100 × yearDays)), half up. */
  | 'interest'
  /** round(satsKroner × numerator ÷ denominator) whole kroner, half up. */
  | 'fee'
  /** kroner, as published. */
  | 'compensation';

/** Where a rate was found. */
export interface RateSource {
  readonly table: string;
  readonly from: LocalDate;
  readonly value: string;
  readonly sources: readonly string[];
  readonly origin: 'shipped' | 'added';
}

/** What a figure is the amount of. */
export type Subject =
  | { readonly kind: 'open'; readonly on: LocalDate }
  | { readonly kind: 'letter'; readonly step: Step; readonly on: LocalDate }
  | { readonly kind: 'principal' | 'interest' | 'costs' }
  | { readonly kind: 'invoice'; readonly invoice: string; readonly due: LocalDate }
  | { readonly kind: 'period'; readonly from: LocalDate; readonly to: LocalDate }
  | { readonly kind: 'fee'; readonly step: Step | null; readonly on: LocalDate; readonly ours: boolean }
  | { readonly kind: 'compensation' | 'feesInstead' | 'larger' }
  | { readonly kind: 'movement'; readonly movement: Allocation['kind']; readonly on: LocalDate }
  /** Interest that is covered, where none is claimed; what had been covered when a letter was made. */
  | { readonly kind: 'covered' | 'coveredBefore' };

/** One figure with its grounds. Amounts in øre. */
export interface Explanation {
  readonly subject: Subject;
  /** The subject in bokmål. */
  readonly label: string;
  readonly amountOre: Ore;
  readonly formula: Formula;
  readonly rule: string | null;
  readonly hjemmel: string | null;
  readonly inputs: Readonly<Record<string, string | number>>;
  readonly rate: RateSource | null;
  readonly children: readonly Explanation[];
}

const MOVEMENTS: Readonly<Record<Allocation['kind'], string>> = {
  payment: 'Innbetalt',
  credit: 'Kreditert',
  objection: 'Falt bort etter innsigelse',
  waiver: 'Frafalt',
  refund: 'Tilbakebetalt',
};

const LABELS = {
  principal: 'Hovedstol',
  interest: 'Forsinkelsesrente',
  costs: 'Kostnader',
  compensation: 'Standardkompensasjon',
  feesInstead: 'Gebyr som ellers kunne vært krevd',
  larger: 'Det største av kompensasjon og gebyr',
  covered: 'Påløpt og dekket',
  coveredBefore: 'Innbetalt eller frafalt før brevet',
} as const;

function labelOf(subject: Subject): string {
  switch (subject.kind) {
    case 'open':
      return `Åpent ${formatDate(subject.on)}`;
    case 'letter':
      return `${STEP_TITLES[subject.step]} ${formatDate(subject.on)}`;
    case 'invoice':
      return `Faktura ${subject.invoice}, forfall ${formatDate(subject.due)}`;
    case 'period':
      return `${formatDate(subject.from)}–${formatDate(subject.to)}`;
    case 'fee': {
      const name = `${subject.step === null ? 'Gebyr' : STEP_TITLES[subject.step]} ${formatDate(subject.on)}`;
      return subject.ours ? name : `${name}, sendt før registreringen`;
    }
    case 'movement':
      return `${MOVEMENTS[subject.movement]} ${formatDate(subject.on)}`;
    default:
      return LABELS[subject.kind];
  }
}

function node(
  subject: Subject,
  amountOre: Ore,
  formula: Formula,
  more: Partial<Explanation> = {},
): Explanation {
  return {
    subject,
    label: labelOf(subject),
    amountOre,
    formula,
    rule: null,
    hjemmel: null,
    inputs: {},
    rate: null,
    children: [],
    ...more,
  };
}

function total(
  subject: Subject,
  children: readonly Explanation[],
  more: Partial<Explanation> = {},
): Explanation {
  return node(subject, sum(children.map((child) => child.amountOre)), 'sum', { ...more, children });
}

function fact(subject: Subject, amountOre: Ore, rule: string | null = null): Explanation {
  const hjemmel = rule === null ? null : citeRule(rule as Parameters<typeof citeRule>[0]);
  return node(subject, amountOre, 'fact', { rule, hjemmel, inputs: { amountOre } });
}

function sourceOf(row: KnownRow): RateSource {
  return { table: row.table, from: row.from, value: row.value, sources: row.sources, origin: row.origin };
}

/** A letter that is being made and has no number yet: its fee is on the claim already. */
export interface LetterInMaking {
  readonly step: Step;
  readonly date: LocalDate;
}

/** Every krone of a claim as a tree: amount → formula → paragraph → rate row → inputs. */
export function explainClaim(
  c: Case,
  claim: Claim,
  rates: Rates,
  making: LetterInMaking | null = null,
): Explanation {
  const used = (part: Part): Explanation[] =>
    claim.allocations.flatMap((allocation) => usedOn(allocation, part));
  const paid = used('interest');
  const interest = claim.interestLines.map((line) => explainInterest(line, rates));
  const place = { rule: 'I1', hjemmel: citeRule('I1') };
  return total({ kind: 'open', on: claim.asOf }, [
    total({ kind: 'principal' }, [invoiceOf(c), ...used('principal')]),
    total({ kind: 'interest' }, [...(interest.length > 0 ? interest : coveredBy(paid)), ...paid], place),
    total({ kind: 'costs' }, [...explainCosts(c, claim, rates, making), ...used('costs')]),
  ]);
}

/** A figure without interest still shows the interest that payments went to. */
function coveredBy(paid: readonly Explanation[]): Explanation[] {
  const covered = -sum(paid.map((one) => one.amountOre));
  return covered === 0 ? [] : [fact({ kind: 'covered' }, covered)];
}

function invoiceOf({ claim }: Case): Explanation {
  return fact({ kind: 'invoice', invoice: claim.invoice, due: claim.due }, claim.amountOre);
}

function usedOn(allocation: Allocation, part: Part): Explanation[] {
  const { costsOre, interestOre, principalOre, kind, on, amountOre, order } = allocation;
  const amount = { costs: costsOre, interest: interestOre, principal: principalOre }[part];
  if (amount === 0) return [];
  const inputs = { amountOre: -amount, paidOre: amountOre, order: order.join(',') };
  const rule = kind === 'objection' ? 'S1' : 'P1';
  return [{ ...fact({ kind: 'movement', movement: kind, on }, -amount, rule), inputs }];
}

function explainInterest(line: InterestLine, rates: Rates): Explanation {
  const { from, to, days, yearDays, rate, rateFrom, baseOre, amountOre } = line;
  return node({ kind: 'period', from, to }, amountOre, 'interest', {
    rule: 'I4',
    hjemmel: citeRule('I4'),
    inputs: { baseOre, ratePercent: rate, days, yearDays },
    rate: sourceOf(rateOn(rates, 'forsinkelsesrente', rateFrom)),
  });
}

/** F9: where the compensation is claimed, both it and the fees are shown, and the larger counts. */
function explainCosts(c: Case, claim: Claim, rates: Rates, making: LetterInMaking | null): Explanation[] {
  if (c.costsBarred) return [];
  const fees = claim.accruedFees.map((line) => explainFee(c, line, rates, making));
  if (c.claim.charge === 'fees' || claim.costLines === claim.accruedFees) return fees;
  const { amountOre, row } = standardkompensasjon(c.claim.effectiveDue, rates);
  const place = { rule: 'F9', hjemmel: citeRule('F9') };
  const compensation = node({ kind: 'compensation' }, amountOre, 'compensation', {
    ...place,
    inputs: { kroner: row.value },
    rate: sourceOf(row),
  });
  const both = [compensation, total({ kind: 'feesInstead' }, fees)];
  const larger = Math.max(...both.map((one) => one.amountOre));
  return [node({ kind: 'larger' }, larger, 'max', { ...place, children: both })];
}

/** A fee by the inkassosats of the day its letter was made; a letter from before registration is as it was entered. */
function explainFee(c: Case, line: CostLine, rates: Rates, making: LetterInMaking | null): Explanation {
  const { letter, step, on, amountOre, rule, hjemmel } = line;
  const own = letter === null && making !== null && on === making.date && step === making.step;
  const madeOn = own ? making.date : c.letters.find((known) => known.id === letter)?.date;
  if (madeOn === undefined || step === null) {
    return node({ kind: 'fee', step, on, ours: false }, amountOre, 'fact', {
      rule,
      hjemmel,
      inputs: { amountOre },
    });
  }
  const sats = rateOn(rates, 'inkassosats', madeOn);
  const { numerator, denominator } = feeFraction(step, c.claim.effectiveDue);
  return node({ kind: 'fee', step, on, ours: true }, amountOre, 'fee', {
    rule,
    hjemmel,
    inputs: { satsKroner: sats.value, numerator, denominator },
    rate: sourceOf(sats),
  });
}

/** The figures of a letter as they were when it was made: from the event, not computed again. */
export function explainLetter(c: Case, letter: Letter, rates: Rates): Explanation {
  const { made, date } = letter;
  const rest = (
    subject: Subject,
    children: readonly Explanation[],
    openOre: Ore,
    more: Partial<Explanation> = {},
  ): Explanation => {
    const covered = openOre - sum(children.map((child) => child.amountOre));
    return total(
      subject,
      covered === 0 ? children : [...children, fact({ kind: 'coveredBefore' }, covered)],
      more,
    );
  };
  const interest = made.interestLines.map((line) => explainInterest(line, rates));
  const costs = made.costLines.map((line) => explainRecordedCost(c, letter, line, rates));
  return total({ kind: 'letter', step: made.step, on: date }, [
    rest({ kind: 'principal' }, [invoiceOf(c)], made.principalOre),
    rest({ kind: 'interest' }, interest, made.interestOre, { rule: 'I1', hjemmel: citeRule('I1') }),
    rest({ kind: 'costs' }, costs, made.costsOre),
  ]);
}

function explainRecordedCost(c: Case, letter: Letter, line: CostLine, rates: Rates): Explanation {
  if (line.kind === 'compensation') {
    const { row } = standardkompensasjon(c.claim.effectiveDue, rates);
    const { rule, hjemmel, amountOre } = line;
    return node({ kind: 'compensation' }, amountOre, 'compensation', {
      rule,
      hjemmel,
      inputs: { kroner: row.value },
      rate: sourceOf(row),
    });
  }
  // The letter's own fee has no letter number yet when the letter is made.
  return explainFee(c, line, rates, { step: letter.made.step, date: letter.date });
}

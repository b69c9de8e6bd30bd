import { feeFraction, standardkompensasjon } from '../law/costs.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import type { InterestLine } from '../law/interest.js';
import { sum, type Ore } from '../law/money.js';
import { rateOn, type KnownRow, type Rates } from '../law/rates.js';
import { citeRule } from '../law/rules.js';
import { STEP_TITLES } from '../law/steps.js';
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

/** One figure with its grounds. Amounts in øre. */
export interface Explanation {
  readonly label: string;
  readonly amountOre: Ore;
  readonly formula: Formula;
  readonly rule: string | null;
  readonly hjemmel: string | null;
  readonly inputs: Readonly<Record<string, string | number>>;
  readonly rate: RateSource | null;
  readonly children: readonly Explanation[];
}

function node(label: string, amountOre: Ore, formula: Formula, more: Partial<Explanation> = {}): Explanation {
  return {
    label,
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
  label: string,
  children: readonly Explanation[],
  more: Partial<Explanation> = {},
): Explanation {
  return node(label, sum(children.map((child) => child.amountOre)), 'sum', { ...more, children });
}

function fact(label: string, amountOre: Ore, rule: string | null = null): Explanation {
  const hjemmel = rule === null ? null : citeRule(rule as Parameters<typeof citeRule>[0]);
  return node(label, amountOre, 'fact', { rule, hjemmel, inputs: { amountOre } });
}

function sourceOf(row: KnownRow): RateSource {
  return { table: row.table, from: row.from, value: row.value, sources: row.sources, origin: row.origin };
}

/** Every krone of a claim as a tree: amount → formula → paragraph → rate row → inputs. */
export function explainClaim(c: Case, claim: Claim, rates: Rates): Explanation {
  const used = (part: Part): Explanation[] =>
    claim.allocations.flatMap((allocation) => usedOn(allocation, part));
  const invoice = fact(`Faktura ${c.claim.invoice}, forfall ${formatDate(c.claim.due)}`, c.claim.amountOre);
  return total(`Åpent ${formatDate(claim.asOf)}`, [
    total('Hovedstol', [invoice, ...used('principal')]),
    total(
      'Forsinkelsesrente',
      [...claim.interestLines.map((line) => explainInterest(line, rates)), ...used('interest')],
      {
        rule: 'I1',
        hjemmel: citeRule('I1'),
      },
    ),
    total('Kostnader', [...explainCosts(c, claim, rates), ...used('costs')]),
  ]);
}

const MOVEMENTS: Readonly<Record<Allocation['kind'], string>> = {
  payment: 'Innbetalt',
  credit: 'Kreditert',
  waiver: 'Frafalt',
  refund: 'Tilbakebetalt',
};

function usedOn(allocation: Allocation, part: Part): Explanation[] {
  const { costsOre, interestOre, principalOre, kind, on, amountOre, order } = allocation;
  const amount = { costs: costsOre, interest: interestOre, principal: principalOre }[part];
  if (amount === 0) return [];
  const label = `${MOVEMENTS[kind]} ${formatDate(on)}`;
  const inputs = { amountOre: -amount, paidOre: amountOre, order: order.join(',') };
  return [{ ...fact(label, -amount, 'P1'), inputs }];
}

function explainInterest(line: InterestLine, rates: Rates): Explanation {
  const { from, to, days, yearDays, rate, rateFrom, baseOre, amountOre } = line;
  return node(`${formatDate(from)}–${formatDate(to)}`, amountOre, 'interest', {
    rule: 'I4',
    hjemmel: citeRule('I4'),
    inputs: { baseOre, ratePercent: rate, days, yearDays },
    rate: sourceOf(rateOn(rates, 'forsinkelsesrente', rateFrom)),
  });
}

/** F9: where the compensation is claimed, both it and the fees are shown, and the larger counts. */
function explainCosts(c: Case, claim: Claim, rates: Rates): Explanation[] {
  if (c.costsBarred) return [];
  const fees = claim.accruedFees.map((line) => explainFee(c, line, rates));
  if (c.claim.charge === 'fees' || claim.costLines === claim.accruedFees) return fees;
  const { amountOre, row } = standardkompensasjon(c.claim.effectiveDue, rates);
  const place = { rule: 'F9', hjemmel: citeRule('F9') };
  const compensation = node('Standardkompensasjon', amountOre, 'compensation', {
    ...place,
    inputs: { kroner: row.value },
    rate: sourceOf(row),
  });
  const both = [compensation, total('Gebyr som ellers kunne vært krevd', fees)];
  const larger = Math.max(...both.map((one) => one.amountOre));
  return [node('Det største av kompensasjon og gebyr', larger, 'max', { ...place, children: both })];
}

/** A fee by the inkassosats of the day its letter was made; a letter from before registration is as it was entered. */
function explainFee(c: Case, line: CostLine, rates: Rates): Explanation {
  const { letter, step, on, amountOre, rule, hjemmel } = line;
  const name = `${step === null ? 'Gebyr' : STEP_TITLES[step]} ${formatDate(on)}`;
  const made = c.letters.find((known) => known.id === letter);
  if (made === undefined || step === null) {
    const label = `${name}, sendt før registreringen`;
    return node(label, amountOre, 'fact', { rule, hjemmel, inputs: { amountOre } });
  }
  const sats = rateOn(rates, 'inkassosats', made.date);
  const { numerator, denominator } = feeFraction(step, c.claim.effectiveDue);
  return node(name, amountOre, 'fee', {
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
    label: string,
    children: readonly Explanation[],
    openOre: Ore,
    more: Partial<Explanation> = {},
  ): Explanation => {
    const covered = openOre - sum(children.map((child) => child.amountOre));
    return total(
      label,
      covered === 0 ? children : [...children, fact('Innbetalt eller frafalt før brevet', covered)],
      more,
    );
  };
  const interest = made.interestLines.map((line) => explainInterest(line, rates));
  const costs = made.costLines.map((line) => explainRecordedCost(c, letter, line, rates));
  const invoice = fact(`Faktura ${c.claim.invoice}, forfall ${formatDate(c.claim.due)}`, c.claim.amountOre);
  return total(`${STEP_TITLES[made.step]} ${formatDate(date)}`, [
    rest('Hovedstol', [invoice], made.principalOre),
    rest('Forsinkelsesrente', interest, made.interestOre, { rule: 'I1', hjemmel: citeRule('I1') }),
    rest('Kostnader', costs, made.costsOre),
  ]);
}

function explainRecordedCost(c: Case, letter: Letter, line: CostLine, rates: Rates): Explanation {
  if (line.kind === 'compensation') {
    const { row } = standardkompensasjon(c.claim.effectiveDue, rates);
    const { rule, hjemmel, amountOre } = line;
    return node('Standardkompensasjon', amountOre, 'compensation', {
      rule,
      hjemmel,
      inputs: { kroner: row.value },
      rate: sourceOf(row),
    });
  }
  // The letter's own fee has no letter number yet when the letter is made.
  const own = line.letter === null && line.on === letter.date && line.step === letter.made.step;
  return explainFee(c, own ? { ...line, letter: letter.id } : line, rates);
}

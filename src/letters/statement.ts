import type { Case } from '../case/case.js';
import type { Allocation } from '../case/claim.js';
import type { CostLine, Part } from '../case/events.js';
import type { LetterPlan } from '../case/letter-plan.js';
import { formatDate } from '../law/dates.js';
import type { InterestLine } from '../law/interest.js';
import { formatKroner, formatNumber, sum, type Ore } from '../law/money.js';
import { formatRate } from './format.js';
import { plainText } from './plain.js';
import type { Words } from './words.js';

/** One line of the statement of the claim. */
export interface StatementRow {
  readonly text: string;
  readonly amount: string;
}

/** Principal, interest or costs: never rolled together (L7). */
export interface StatementGroup {
  readonly title: string;
  readonly rows: readonly StatementRow[];
  readonly total: string;
}

/** How the claim of a letter adds up: the invoice, what came in, each period of interest, each fee. */
export function statementOf(c: Case, plan: LetterPlan, words: Words): StatementGroup[] {
  const { labels } = words;
  const used = (part: Part): StatementRow[] =>
    plan.claim.allocations.flatMap((allocation) => usedOn(allocation, part, words));
  const issued = c.claim.issued === null ? null : formatDate(c.claim.issued);
  const invoice = words.invoiceLine(plainText(c.claim.invoice), issued, formatDate(c.claim.due));
  const groups = [
    group(labels.principal, [row(invoice, c.claim.amountOre), ...used('principal')], plan.principalOre),
  ];
  if (plan.interestLines.length > 0) {
    const lines = plan.interestLines.map((line) => interestRow(line, words));
    groups.push(group(labels.interest, [...lines, ...used('interest')], plan.interestOre));
  }
  const interestPaid = sum(plan.claim.allocations.map((allocation) => allocation.interestOre));
  if (plan.interestLines.length === 0 && interestPaid > 0) {
    // A letter that claims no interest still shows where every payment went.
    groups.push(group(labels.interest, [row(labels.covered, interestPaid), ...used('interest')], 0));
  }
  if (plan.costLines.length > 0) {
    const lines = plan.costLines.map((line) => costRow(line, words));
    groups.push(group(costsTitle(plan.costLines, words), [...lines, ...used('costs')], plan.costsOre));
  }
  return groups;
}

/** F9: the compensation takes the place of the fees, and is not one. */
function costsTitle(lines: readonly CostLine[], { labels }: Words): string {
  return lines.some((line) => line.kind === 'compensation') ? labels.compensation : labels.fees;
}

function row(text: string, ore: Ore): StatementRow {
  return { text, amount: formatNumber(ore) };
}

function group(title: string, rows: StatementRow[], total: Ore): StatementGroup {
  return { title, rows, total: formatNumber(total) };
}

function interestRow(
  { rate, baseOre, from, to, days, yearDays, amountOre }: InterestLine,
  words: Words,
): StatementRow {
  const period = `${formatDate(from)}–${formatDate(to)}`;
  return row(words.interestLine(formatRate(rate), formatKroner(baseOre), period, days, yearDays), amountOre);
}

/** The letter a fee belongs to is named by its date: an inkassovarsel must not speak of a purring (L4). */
function costRow({ kind, on, hjemmel, amountOre }: CostLine, words: Words): StatementRow {
  const place = words.cite(hjemmel);
  if (kind === 'fee') return row(words.feeLine(formatDate(on), place), amountOre);
  return row(words.compensationLine(on.slice(5, 7) <= '06' ? 1 : 2, on.slice(0, 4), place), amountOre);
}

function usedOn(allocation: Allocation, part: Part, words: Words): StatementRow[] {
  const { costsOre, interestOre, principalOre, kind, on } = allocation;
  const amount = { costs: costsOre, interest: interestOre, principal: principalOre }[part];
  return amount === 0 ? [] : [row(words.movement(kind, formatDate(on)), -amount)];
}

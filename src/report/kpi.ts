import { stopOf, type Case } from '../case/case.js';
import { claimOn, type ClaimTerms } from '../case/claim.js';
import { daysBetween, type LocalDate } from '../law/dates.js';
import { ratio, sum, type Ore } from '../law/money.js';
import type { Rates } from '../law/rates.js';
import { STEPS, type Step } from '../law/steps.js';
import { caseOn, type CaseFile } from './case-file.js';
import { LetterTotals, postedLetters, type PostedLetter, type StepFigures } from './kpi-letters.js';
import { isWithin, monthsIn, periodBefore, type Period } from './period.js';
import { receiptsOf, totalOf, type Receipt } from './receipts.js';

/** The key figures of one period, as they stood on its last day. Amounts in øre. */
export interface KeyFigures {
  /** Money that came in during the period and stands at its end; what was paid too much is not counted. */
  readonly collectedOre: Ore;
  readonly payments: number;
  /** From the due date to payment, weighted by amount, with one decimal; negative before the due date. */
  readonly daysToPayment: number | null;
  /** Of the principal that fell due in the period, what was paid by its last day. */
  readonly share: { readonly dueOre: Ore; readonly collectedOre: Ore; readonly percent: number | null };
  readonly steps: readonly StepFigures[];
  readonly letters: number;
  /** Letters by post times what the creditor says one costs; null where the creditor has not said. */
  readonly costOre: Ore | null;
  /** Øre of cost per krone collected, with two decimals. */
  readonly costPercent: number | null;
  /** Costs and interest received, and what was recovered on claims booked as a loss. */
  readonly incomeOre: Ore;
  readonly recoveredOre: Ore;
  /** Øre of income per krone collected, with two decimals. */
  readonly incomePercent: number | null;
}

/** What came in during a month, `2026-03`. */
export interface MonthInflow {
  readonly month: string;
  readonly collectedOre: Ore;
  /** Of it on claims that were booked as a loss, or closed. */
  readonly recoveredOre: Ore;
}

/** How many of the claims that fell due in the period came so far. */
export interface FunnelStep {
  readonly step: 'due' | Step | 'handedOver';
  readonly count: number;
}

export interface Kpi {
  readonly period: Period;
  readonly before: Period;
  readonly current: KeyFigures;
  readonly previous: KeyFigures;
  readonly inflow: readonly MonthInflow[];
  readonly funnel: readonly FunnelStep[];
}

/** A claim at the end of a day: what had met it, and the letters sent. */
interface Standing {
  readonly case: Case;
  readonly receipts: readonly Receipt[];
  readonly letters: readonly PostedLetter[];
}

/** Sums key figures of claims one by one over a period and the one before it. */
export class KpiTotals {
  private readonly current: PeriodTotals;
  private readonly previous: PeriodTotals;
  private readonly before: Period;

  constructor(
    private readonly period: Period,
    private readonly terms: ClaimTerms,
    private readonly rates: Rates,
    letterCostOre: Ore | null,
  ) {
    this.before = periodBefore(period);
    this.current = new PeriodTotals(period, letterCostOre);
    this.previous = new PeriodTotals(this.before, letterCostOre);
  }

  /** @throws RateUnknown when an earlier payment needs a rate to be divided; then nothing of the claim is counted. */
  add(file: CaseFile): void {
    const end = this.standing(file, this.period.to);
    if (end === null) return;
    const middle = this.standing(file, this.before.to);
    this.current.add(end);
    if (middle !== null) this.previous.add(middle);
  }

  private standing(file: CaseFile, date: LocalDate): Standing | null {
    const c = caseOn(file, date);
    if (c === null) return null;
    const claim = claimOn(c, date, this.terms, this.rates, undefined, 'withoutInterest');
    const receipts = receiptsOf(c, claim);
    const letters = postedLetters(c, this.terms, this.rates).filter(({ on }) => on <= date);
    return { case: c, receipts, letters };
  }

  result(): Kpi {
    return {
      period: this.period,
      before: this.before,
      current: this.current.figures(),
      previous: this.previous.figures(),
      inflow: this.current.inflow(),
      funnel: this.current.funnel(),
    };
  }
}

class PeriodTotals {
  private readonly letters: LetterTotals;
  private readonly months: Map<string, { collected: Ore; recovered: Ore }>;
  private readonly reached = new Map<FunnelStep['step'], number>([['due', 0]]);
  private collected: Ore = 0;
  private income: Ore = 0;
  private recovered: Ore = 0;
  private payments = 0;
  private weightedDays = 0n;
  private dueOre: Ore = 0;
  private paidOfDue: Ore = 0;

  constructor(
    private readonly period: Period,
    private readonly letterCostOre: Ore | null,
  ) {
    this.letters = new LetterTotals(period);
    this.months = new Map(monthsIn(period).map((month) => [month, { collected: 0, recovered: 0 }]));
  }

  add({ case: c, receipts, letters }: Standing): void {
    const payments = receipts.filter(({ kind }) => kind === 'payment');
    for (const payment of payments) this.addPayment(c, payment);
    this.letters.add(letters, payments);
    if (isWithin(this.period, c.claim.effectiveDue)) this.addDue(c, receipts, letters);
  }

  private addPayment(c: Case, payment: Receipt): void {
    const amount = totalOf(payment);
    if (amount === 0 || !isWithin(this.period, payment.on)) return;
    this.payments += 1;
    this.collected += amount;
    this.income += payment.afterLoss ? amount : payment.interestOre + payment.costsOre;
    if (payment.afterLoss) this.recovered += amount;
    this.weightedDays += BigInt(amount) * BigInt(daysBetween(c.claim.effectiveDue, payment.on));
    const month = this.months.get(payment.on.slice(0, 7));
    if (month === undefined) return;
    month.collected += amount;
    if (payment.afterLoss) month.recovered += amount;
  }

  private addDue(c: Case, receipts: readonly Receipt[], letters: readonly PostedLetter[]): void {
    const principal = (paid: boolean): Ore =>
      sum(receipts.flatMap((r) => ((r.kind === 'payment') === paid ? r.principalOre : [])));
    this.dueOre += c.claim.amountOre - principal(false);
    this.paidOfDue += principal(true);
    const steps = new Set<FunnelStep['step']>(['due', ...letters.map(({ step }) => step)]);
    if (stopOf(c, 'handedOver') !== null) steps.add('handedOver');
    for (const step of steps) this.reached.set(step, (this.reached.get(step) ?? 0) + 1);
  }

  figures(): KeyFigures {
    const { letterCostOre, collected, income } = this;
    const costOre = letterCostOre === null ? null : this.letters.byPost * letterCostOre;
    const ofCollected = (ore: Ore): number | null => ratio(BigInt(ore) * 100n, BigInt(collected), 2);
    return {
      collectedOre: collected,
      payments: this.payments,
      daysToPayment: ratio(this.weightedDays, BigInt(this.collected), 1),
      share: {
        dueOre: this.dueOre,
        collectedOre: this.paidOfDue,
        percent: ratio(BigInt(this.paidOfDue) * 100n, BigInt(this.dueOre), 1),
      },
      steps: this.letters.result(),
      letters: this.letters.sent,
      costOre,
      costPercent: costOre === null ? null : ofCollected(costOre),
      incomeOre: income,
      recoveredOre: this.recovered,
      incomePercent: ofCollected(income),
    };
  }

  inflow(): MonthInflow[] {
    return [...this.months].map(([month, { collected: collectedOre, recovered: recoveredOre }]) => ({
      month,
      collectedOre,
      recoveredOre,
    }));
  }

  /** In the order of their force; a letter that nobody was sent is left out. */
  funnel(): FunnelStep[] {
    return (['due', ...STEPS, 'handedOver'] as const).flatMap((step) => {
      const count = this.reached.get(step);
      return count === undefined ? [] : { step, count };
    });
  }
}

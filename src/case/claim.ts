import { citeFee, compensationOrFees, standardkompensasjon } from '../law/costs.js';
import { addDays, earliest, type LocalDate } from '../law/dates.js';
import {
  interestLines,
  interestOre as interestSum,
  type Balance,
  type InterestCount,
  type InterestLine,
} from '../law/interest.js';
import { sum, type Ore } from '../law/money.js';
import type { Rates } from '../law/rates.js';
import { citeRule } from '../law/rules.js';
import { interestAfter, isAfter, type Case, type Movement, type Payment } from './case.js';
import { entriesUntil, takesEffectOn, type ChargedLetter } from './claim-entries.js';
import type { ClaimRegistered, CostLine, Part } from './events.js';

/** The creditor's choices that the figures depend on. */
export interface ClaimTerms {
  readonly interestCount: InterestCount;
}

/** Where a payment, credit note or waiver went. The parts add up to the amount. */
export interface Allocation {
  readonly kind: Movement['kind'];
  /** The event it comes from: it orders facts of the same day. */
  readonly version: number;
  readonly on: LocalDate;
  readonly amountOre: Ore;
  readonly costsOre: Ore;
  readonly interestOre: Ore;
  readonly principalOre: Ore;
  /** Beyond what was owed: the debtor's to have back (P3). */
  readonly creditOre: Ore;
  /** The order used (P1). */
  readonly order: readonly Part[];
  readonly reference: string | null;
}

/** What is owed on a date. `principalOre`, `interestOre` and `costsOre` are what is open; amounts in øre. */
export interface Claim {
  readonly asOf: LocalDate;
  readonly principalOre: Ore;
  readonly interestOre: Ore;
  readonly costsOre: Ore;
  readonly openOre: Ore;
  readonly paidOre: Ore;
  /** Of it what came in after the claim was booked as a loss: income (W2). */
  readonly recoveredOre: Ore;
  /** Owed back to the debtor (P3). */
  readonly creditOre: Ore;
  readonly interestLines: readonly InterestLine[];
  /** What interest runs on after the last change of the principal. */
  readonly lastBalance: Balance;
  readonly costLines: readonly CostLine[];
  /** The fees that have accrued, also where the compensation is claimed instead of them (F9). */
  readonly accruedFees: readonly CostLine[];
  readonly allocations: readonly Allocation[];
}

/**
 * All there is to say; only the sums, without the lines that explain the interest; or without the interest, which needs
 * no rate beyond what earlier payments took.
 */
export type Figures = 'all' | 'sums' | 'withoutInterest';

/**
 * What a claim amounts to on a date (I1–I9, F9, P1–P3): the facts replayed in the order they happened, whatever the
 * order in which they were recorded. `pending` is a letter about to be sent that day. @throws RateUnknown.
 */
export function claimOn(
  c: Case,
  date: LocalDate,
  terms: ClaimTerms,
  rates: Rates,
  pending?: ChargedLetter,
  figures: Figures = 'all',
): Claim {
  const ledger = new Ledger(c, terms, rates);
  for (const entry of entriesUntil(c, date, pending)) {
    if (entry.kind === 'default') ledger.beginDefault();
    else if (entry.kind === 'fee') ledger.charge(entry.letter);
    else ledger.move(entry.movement);
  }
  return ledger.close(date, figures);
}

function byDay(a: Allocation, b: Allocation): number {
  return a.on === b.on ? a.version - b.version : a.on < b.on ? -1 : 1;
}

const DEFAULT_ORDER: readonly Part[] = ['costs', 'interest', 'principal'];
const CREDIT_ORDER: readonly Part[] = ['principal', 'costs', 'interest'];

/** Interest as lines, or as their sum. */
type Reckoning<T> = (balances: readonly Balance[], until: LocalDate, count: InterestCount, rates: Rates) => T;

/** The running account of one claim. Entries must come in date order. */
class Ledger {
  private readonly claim: ClaimRegistered;
  private principal: Ore;
  private credit: Ore = 0;
  private paid: Ore = 0;
  private recovered: Ore = 0;
  private inDefault = false;
  /** Costs and interest that payments and waivers have covered. */
  private readonly settled = { costs: 0, interest: 0 };
  private readonly balances: Balance[];
  private readonly fees: CostLine[] = [];
  private readonly allocations: Allocation[] = [];

  constructor(
    private readonly c: Case,
    private readonly terms: ClaimTerms,
    private readonly rates: Rates,
  ) {
    this.claim = c.claim;
    this.principal = c.claim.amountOre;
    this.balances = [{ after: interestAfter(c.claim), baseOre: c.claim.amountOre }];
  }

  /** The compensation of § 3 a arises when the due date passes with something unpaid, without any letter (F9). */
  beginDefault(): void {
    this.inDefault = this.principal > 0;
  }

  /** A fee joins the costs when its letter is sent; a letter that crossed payment of the principal charges nothing (F8, S8). */
  charge(letter: ChargedLetter): void {
    if (letter.feeOre === 0 || this.c.costsBarred || this.principal === 0) return;
    const { step, on, feeOre: amountOre } = letter;
    // S4: a letter that crossed the opening of a bankruptcy adds nothing to what the estate is asked for.
    if (on > (this.c.accrualEnds ?? on)) return;
    const hjemmel = citeFee(step);
    this.fees.push({ kind: 'fee', letter: letter.letter, step, on, amountOre, rule: 'F2', hjemmel });
  }

  move(movement: Movement): void {
    const { on } = movement;
    switch (movement.kind) {
      case 'payment':
        this.paid += movement.amountOre;
        if (this.c.writtenOff !== null && isAfter(movement, this.c.writtenOff))
          this.recovered += movement.amountOre;
        this.settle(movement, movement.amountOre, this.orderFor(movement), movement.reference);
        return;
      case 'credit':
      case 'objection':
        // It meets the principal. What is more than that the debtor has paid too much: it is set off against the rest.
        this.settle(movement, movement.amountOre, CREDIT_ORDER, movement.reference);
        return;
      case 'refund':
        this.credit -= movement.amountOre;
        return;
      case 'waiver':
        this.waive(movement, on);
    }
  }

  private waive(movement: Extract<Movement, { kind: 'waiver' }>, on: LocalDate): void {
    const { what } = movement;
    if (what === 'amount') {
      this.settle(movement, Math.min(movement.amountOre ?? 0, this.open(on)), DEFAULT_ORDER, null);
      return;
    }
    const part = what === 'fees' ? 'costs' : 'interest';
    this.settle(movement, this.openPart(part, on), [part], null);
  }

  /** P1: part by part in the order given; what is left over is owed back (P3). */
  private settle(movement: Movement, amountOre: Ore, order: readonly Part[], reference: string | null): void {
    const { on, kind, version } = movement;
    const since = takesEffectOn(this.c, movement);
    let left = amountOre;
    const took: Record<Part, Ore> = { costs: 0, interest: 0, principal: 0 };
    for (const part of order) {
      // What nothing is left for is not reckoned: it may need a rate that is not known.
      if (left === 0) break;
      const amount = Math.min(left, this.openPart(part, since));
      took[part] = amount;
      left -= amount;
    }
    this.settled.costs += took.costs;
    this.settled.interest += took.interest;
    this.reducePrincipal(took.principal, since);
    this.credit += left;
    this.allocations.push({
      kind,
      version,
      on,
      amountOre,
      costsOre: took.costs,
      interestOre: took.interest,
      principalOre: took.principal,
      creditOre: left,
      order,
      reference,
    });
  }

  close(date: LocalDate, figures: Figures): Claim {
    const lines = figures === 'all' ? this.interestUntil(date, interestLines) : [];
    const costLines = this.costLines();
    const interestOre = figures === 'withoutInterest' ? 0 : this.openPart('interest', date);
    const costsOre = sum(costLines.map((line) => line.amountOre)) - this.settled.costs;
    return {
      asOf: date,
      principalOre: this.principal,
      interestOre,
      costsOre,
      openOre: this.principal + interestOre + costsOre,
      paidOre: this.paid,
      recoveredOre: this.recovered,
      // Money refunded from a payment that the bank then took back is not the debtor's to have twice.
      creditOre: Math.max(0, this.credit),
      interestLines: lines,
      lastBalance: this.balances.at(-1) ?? { after: interestAfter(this.claim), baseOre: this.principal },
      costLines,
      accruedFees: this.c.costsBarred ? [] : this.fees,
      allocations: this.allocations.toSorted(byDay),
    };
  }

  private orderFor({ purpose, order }: Payment): readonly Part[] {
    return purpose === null ? order : [purpose, ...order.filter((part) => part !== purpose)];
  }

  private openPart(part: Part, on: LocalDate): Ore {
    if (part === 'principal') return this.principal;
    return part === 'costs'
      ? sum(this.costLines().map((line) => line.amountOre)) - this.settled.costs
      : this.interestUntil(on, interestSum) - this.settled.interest;
  }

  private open(on: LocalDate): Ore {
    return this.principal + this.openPart('interest', on) + this.openPart('costs', on);
  }

  /** S4: in a bankruptcy the claim carries interest to the opening day. */
  private interestUntil<T>(on: LocalDate, reckon: Reckoning<T>): T {
    const { accrualEnds } = this.c;
    const until = accrualEnds === null ? on : earliest(on, accrualEnds);
    return reckon(this.balances, until, this.terms.interestCount, this.rates);
  }

  /** I5, P2: from the payment day interest runs on what is left; before the due date the whole base is smaller. */
  private reducePrincipal(amount: Ore, on: LocalDate): void {
    if (amount === 0) return;
    this.principal -= amount;
    const last = this.balances.at(-1);
    const after = last !== undefined && on < last.after ? last.after : on;
    if (last?.after === after) this.balances.pop();
    this.balances.push({ after, baseOre: this.principal });
  }

  /** F9: the larger of compensation and fees, never the sum; F10: none at all after a reasonable objection. */
  private costLines(): CostLine[] {
    if (this.c.costsBarred) return [];
    if (this.claim.charge === 'fees' || !this.inDefault) return this.fees;
    const { amountOre } = standardkompensasjon(this.claim.effectiveDue, this.rates);
    const choice = compensationOrFees(
      amountOre,
      this.fees.map((fee) => fee.amountOre),
    );
    if (choice === 'fees') return this.fees;
    const on = addDays(this.claim.effectiveDue, 1);
    return [
      { kind: 'compensation', letter: null, step: null, on, amountOre, rule: 'F9', hjemmel: citeRule('F9') },
    ];
  }
}

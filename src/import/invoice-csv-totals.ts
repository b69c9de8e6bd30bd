import { formatKroner, type Ore } from '../law/money.js';
import { FileRefused } from './plan.js';

/** Sums of an amount column: of all rows, and of those since the last total. Null once an amount could not be read. */
interface Sums {
  all: Ore | null;
  part: Ore | null;
}

/** Holds what a file says its amounts add up to against what they do. */
export class Totals {
  private readonly sums = { amount: { all: 0, part: 0 } as Sums, outstanding: { all: 0, part: 0 } as Sums };

  add(amount: Ore | null, outstanding: Ore | null): void {
    addTo(this.sums.amount, amount);
    addTo(this.sums.outstanding, outstanding);
  }

  /** @throws FileRefused */
  check(field: 'amount' | 'outstanding', stated: Ore, line: number): void {
    const { all, part } = this.sums[field];
    if (all === null || stated === all || stated === part) return;
    throw new FileRefused(
      'TOTAL',
      `Linje ${line}: filen oppgir summen ${formatKroner(stated)}, men radene over blir ${formatKroner(all)}.`,
      'Filen er ikke hel, eller et beløp er endret; eksporter den på nytt.',
    );
  }

  startAgain(): void {
    for (const sums of [this.sums.amount, this.sums.outstanding]) sums.part = sums.all === null ? null : 0;
  }
}

function addTo(sums: Sums, amount: Ore | null): void {
  sums.all = sums.all === null || amount === null ? null : sums.all + amount;
  sums.part = sums.part === null || amount === null ? null : sums.part + amount;
}

import { isAfter, stopOf, type Case } from '../case/case.js';
import type { Allocation, Claim } from '../case/claim.js';
import type { LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';

/** Amounts in øre by what they are part of. */
export interface Parts {
  readonly principalOre: Ore;
  readonly interestOre: Ore;
  readonly costsOre: Ore;
}

export const NOTHING: Parts = { principalOre: 0, interestOre: 0, costsOre: 0 };

/** Adds or, with -1, subtracts each part. */
export function plus(a: Parts, b: Parts, sign: 1 | -1 = 1): Parts {
  return {
    principalOre: a.principalOre + sign * b.principalOre,
    interestOre: a.interestOre + sign * b.interestOre,
    costsOre: a.costsOre + sign * b.costsOre,
  };
}

/** The sum of the parts, in øre. */
export function totalOf({ principalOre, interestOre, costsOre }: Parts): Ore {
  return principalOre + interestOre + costsOre;
}

/** A payment, credit note or waiver with the parts of the claim it met; what was too much is left out (P3). */
export interface Receipt extends Parts {
  readonly kind: Allocation['kind'];
  readonly on: LocalDate;
  /** It came after the claim was booked as a loss, or closed; what was never owed was no part of the loss. */
  readonly afterLoss: boolean;
}

/** When the claim was booked as a loss (W2) or closed; null while it is on the books. The day, and the number of the event. */
export function leftTheBooks(c: Case): { readonly on: LocalDate; readonly version: number } | null {
  if (c.writtenOff !== null) return c.writtenOff;
  const closed = stopOf(c, 'closed');
  return closed === null ? null : { on: closed.on, version: Infinity };
}

/** What has met the claim through the day it was reckoned, in the order it happened. */
export function receiptsOf(c: Case, claim: Claim): Receipt[] {
  const left = leftTheBooks(c);
  return claim.allocations.map(({ kind, on, version, principalOre, interestOre, costsOre }) => {
    const afterLoss = left !== null && isAfter({ kind, on, version }, left);
    return { kind, on, principalOre, interestOre, costsOre, afterLoss };
  });
}

/** What has come in and been given up since the claim arose. */
export interface Received {
  readonly paid: Parts;
  /** Credit notes and waivers. */
  readonly credited: Parts;
  /** Paid after the claim was booked as a loss, or closed: income (W2). */
  readonly recoveredOre: Ore;
}

export const NONE_RECEIVED: Received = { paid: NOTHING, credited: NOTHING, recoveredOre: 0 };

/** Receipts added up by kind. */
export function received(receipts: readonly Receipt[]): Received {
  return receipts.reduce<Received>((all, receipt) => {
    const { paid, credited, recoveredOre } = all;
    if (receipt.kind === 'payment') {
      return receipt.afterLoss
        ? { ...all, recoveredOre: recoveredOre + totalOf(receipt) }
        : { ...all, paid: plus(paid, receipt) };
    }
    if (receipt.afterLoss) return all;
    if (receipt.kind !== 'credit') return { ...all, credited: plus(credited, receipt) };
    // P3: beyond the principal a credit note is money the debtor has paid too much, set off against the rest.
    const setOff = { ...receipt, principalOre: 0 };
    return { ...all, paid: plus(paid, setOff), credited: plus(credited, plus(receipt, setOff, -1)) };
  }, NONE_RECEIVED);
}

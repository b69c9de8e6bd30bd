import { formatDate, latest, type LocalDate } from '../law/dates.js';
import { formatKroner, type Ore } from '../law/money.js';
import { refuse } from '../law/rules.js';
import { payments, stopOf, type Case, type Letter, type Payment } from './case.js';
import { noBecause, withdrawUnconfirmed, yes, type Decided } from './decide.js';
import type { NewEvent } from './events.js';
import type { Judgement } from './judgement.js';

export interface ReversalInput {
  /** The event of the payment, where it is known; else the latest of this amount. */
  readonly version: number | null;
  readonly amountOre: Ore;
  readonly date: LocalDate;
  readonly reference: string | null;
}

/** The payment a reversal takes back; null when none of the case's payments fits. */
export function paymentToReverse(c: Case, { version, amountOre }: ReversalInput): Payment | null {
  const fitting = payments(c).filter(
    (payment) => payment.amountOre === amountOre && (version === null || payment.version === version),
  );
  return fitting.at(-1) ?? null;
}

/** The bank takes a payment back: the claim is open again, as if it had not come (P4). A closed case opens. */
export function decideReversal(j: Judgement, reversal: ReversalInput, today: LocalDate): Decided {
  const { amountOre, reference } = reversal;
  if (reversal.date > today)
    return noBecause(refuse('P4', `Tilbakeføringen er datert ${formatDate(reversal.date)}, i framtiden.`));
  const payment = paymentToReverse(j.case, reversal);
  if (payment === null) {
    const text = `Sak ${j.case.number} har ingen innbetaling på ${formatKroner(amountOre)} å tilbakeføre.`;
    return noBecause(refuse('P4', text));
  }
  const happenedOn = latest(reversal.date, payment.on);
  const why = `betaling ${formatKroner(amountOre)} tilbakeført ${formatDate(happenedOn)}`;
  const reversed: NewEvent = {
    happenedOn,
    body: { type: 'paymentReversed', reverses: payment.version, amountOre, reference },
  };
  const reopened: NewEvent[] =
    stopOf(j.case, 'closed') === null ? [] : [{ happenedOn: today, body: { type: 'reopened', reason: why } }];
  return yes(reversed, ...withdrawUnconfirmed(j.case, why, today), ...reopened);
}

/** Letters that were sent while a payment, now taken back, seemed to stand: their figures counted with it. */
export function lettersWhilePaid(c: Case, payment: Payment): Letter[] {
  return c.letters.filter((letter) => letter.sentOn !== null && letter.madeVersion > payment.version);
}

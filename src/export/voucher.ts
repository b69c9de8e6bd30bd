import type { CaseEvent } from '../case/events.js';
import type { Debtor } from '../case/debtor.js';
import type { LocalDate } from '../law/dates.js';
import { sum, type Ore } from '../law/money.js';
import { STEP_TITLES, type Step } from '../law/steps.js';
import type { Entry, Posting } from './ledger.js';

export type VoucherKind =
  'fee' | 'payment' | 'refund' | 'credit' | 'waiver' | 'loss' | 'recovered' | 'correction';

export const VOUCHER_WORDS: Readonly<Record<VoucherKind, string>> = {
  fee: 'Gebyr',
  payment: 'Innbetaling',
  refund: 'Tilbakebetaling',
  credit: 'Kreditnota',
  waiver: 'Frafall',
  loss: 'Tap på krav',
  recovered: 'Innkommet på tapsført krav',
  correction: 'Retting',
};

/** A voucher for the books. The number is the event's own in the history, and never changes. */
export interface Voucher {
  readonly number: number;
  readonly date: LocalDate;
  readonly kind: VoucherKind;
  readonly case: number;
  readonly invoice: string;
  readonly kid: string | null;
  readonly due: LocalDate;
  readonly debtor: Debtor;
  readonly text: string;
  /** In øre, debit positive; they add up to zero. */
  readonly postings: readonly Posting[];
}

export interface VoucherInput {
  readonly case: number;
  readonly invoice: string;
  readonly kid: string | null;
  readonly due: LocalDate;
  readonly debtor: Debtor;
  readonly stepOf: (letter: number) => Step | null;
}

/** The voucher of an entry. */
export function voucherOf(
  { event, postings }: Entry<CaseEvent & { readonly seq: number }>,
  input: VoucherInput,
): Voucher {
  const { stepOf, ...facts } = input;
  const kind = kindOf(event, postings);
  const what = wordsOf(event, kind, stepOf);
  return {
    ...facts,
    number: event.seq,
    // Letters from before registration become known, and are booked, the day the claim is registered.
    date: event.type === 'claimRegistered' ? event.recordedOn : event.happenedOn,
    kind,
    text: `${what}, faktura ${input.invoice}, ${input.debtor.name}`,
    postings,
  };
}

function kindOf(event: CaseEvent, postings: readonly Posting[]): VoucherKind {
  switch (event.type) {
    case 'paymentReceived':
      return postings.some(({ account }) => account === 'recovered') ? 'recovered' : 'payment';
    case 'refundPaid':
      return 'refund';
    case 'creditNoted':
      return 'credit';
    case 'waived':
      return 'waiver';
    case 'writtenOff':
      return 'loss';
    case 'undone':
    case 'disputeResolved':
    case 'paymentReversed':
      return 'correction';
    default:
      return 'fee';
  }
}

function wordsOf(event: CaseEvent, kind: VoucherKind, stepOf: VoucherInput['stepOf']): string {
  switch (event.type) {
    case 'letterSent': {
      const step = stepOf(event.letter);
      return step === null ? 'Gebyr' : `Gebyr ${STEP_TITLES[step].toLowerCase()}`;
    }
    case 'claimRegistered':
      return 'Gebyr i brev sendt før registreringen';
    case 'creditNoted':
      return event.noteNumber === null ? 'Kreditnota' : `Kreditnota ${event.noteNumber}`;
    case 'disputeResolved':
      return 'Innsigelse tatt til følge';
    case 'paymentReversed':
      return 'Innbetaling tilbakeført av banken';
    case 'undone':
      return 'Angret registrering';
    default:
      return kind === 'fee' ? 'Standardkompensasjon' : VOUCHER_WORDS[kind];
  }
}

/** What the vouchers add to each account number, in øre. */
export function sumsByAccount(
  vouchers: readonly Voucher[],
  numberOf: (posting: Posting) => string,
): Readonly<Record<string, Ore>> {
  const postings = vouchers.flatMap((voucher) => voucher.postings);
  const numbers = [...new Set(postings.map(numberOf))].sort();
  return Object.fromEntries(
    numbers.map((number) => [
      number,
      sum(postings.filter((posting) => numberOf(posting) === number).map((posting) => posting.amountOre)),
    ]),
  );
}

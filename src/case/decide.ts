import { formatDate, type LocalDate } from '../law/dates.js';
import { refuseForeldet } from '../law/limitation.js';
import { formatKroner, sum, type Ore } from '../law/money.js';
import { refuseLateSending } from '../law/procedure.js';
import { regimeOn } from '../law/regime.js';
import { refuse, type Refusal } from '../law/rules.js';
import { STEP_TITLES, stepWord } from '../law/steps.js';
import { limitationOf, payments, unconfirmedLetter, type Case, type Letter } from './case.js';
import { apply } from './history.js';
import { claimOn } from './claim.js';
import type { Channel, NewEvent, Part } from './events.js';
import type { Judgement } from './judgement.js';
import { paidAsAgreed, paidAsDemanded } from './paid.js';

export type Decided =
  | { readonly ok: true; readonly events: readonly NewEvent[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** A decision that what was asked for happens, as these events. */
export function yes(...events: NewEvent[]): Decided {
  return { ok: true, events };
}

/** A decision that nothing happens, and why. */
export function noBecause(refusal: Refusal): Decided {
  return { ok: false, refusal };
}

/** Nothing is recorded on a day before what is already recorded (D1). */
export function refuseBackdating(c: Case, today: LocalDate): Refusal | null {
  if (today >= c.recordedOn) return null;
  const text = `Sak ${c.number} har hendelser registrert ${formatDate(c.recordedOn)}; det kan ikke registreres noe ${formatDate(today)}.`;
  return refuse('D1', text, c.recordedOn);
}

/** How a letter left: when, by which channel, and what allows an electronic one (L9). */
export interface Sending {
  readonly on: LocalDate;
  readonly channel: Channel;
  readonly electronicBasis: string | null;
}

/** Confirms that a letter was sent (D2, S8, G2, L9). */
export function decideSent(j: Judgement, letter: Letter, sending: Sending): Decided {
  const refusal =
    refuseByState(letter, sending.on) ??
    refuseForeldet(limitationOf(j.case), sending.on) ??
    refuseElectronic(sending) ??
    refuseLateSending(letter.made.step, letter.made.deadline, sending.on) ??
    refuseUnderRegime(j, letter, sending.on) ??
    refuseIfPaidSince(j, letter, sending.on);
  if (refusal !== null) return noBecause(refusal);
  const { on: happenedOn, channel } = sending;
  return yes({ happenedOn, body: { type: 'letterSent', letter: letter.id, channel } });
}

function refuseByState(letter: Letter, sentOn: LocalDate): Refusal | null {
  const name = `${STEP_TITLES[letter.made.step]} (brev ${letter.id})`;
  if (letter.state === 'sent')
    return refuse('L7', `${name} er alt bekreftet sendt ${formatDate(letter.sentOn ?? sentOn)}.`);
  if (letter.state === 'withdrawn') return refuse('L7', `${name} er trukket tilbake.`);
  if (sentOn >= letter.date) return null;
  return refuse(
    'D2',
    `${name} er datert ${formatDate(letter.date)} og kan ikke være sendt ${formatDate(sentOn)}.`,
  );
}

function refuseElectronic({ channel, electronicBasis }: Sending): Refusal | null {
  if ((channel !== 'email' && channel !== 'digital') || electronicBasis !== null) return null;
  return refuse(
    'L9',
    'Elektronisk sending krever at skyldneren nylig har brukt adressen overfor deg. Registrer hvordan med «inkasso debtor edit <nr> --electronic-basis».',
  );
}

/** G1: the Act is chosen by the day of sending, so a letter made under one Act may not leave under the other. */
function refuseUnderRegime(j: Judgement, letter: Letter, sentOn: LocalDate): Refusal | null {
  const { regime, step } = letter.made;
  if (regime === null || regimeOn(j.rates, sentOn) === regime) return null;
  return refuse(
    'G1',
    `${STEP_TITLES[step]} er laget etter en annen inkassolov enn den som gjelder ${formatDate(sentOn)}.`,
  );
}

/** S8: what was paid after the letter was made is looked at again when it is confirmed. */
function refuseIfPaidSince(j: Judgement, letter: Letter, sentOn: LocalDate): Refusal | null {
  const paid = payments(j.case).filter(
    (payment) => payment.on <= sentOn && payment.version > letter.madeVersion,
  );
  if (paid.length === 0) return null;
  const amount = formatKroner(sum(paid.map((payment) => payment.amountOre)));
  return refuse('S8', `Det er kommet inn ${amount} etter at ${stepWord(letter.made.step)} ble laget.`);
}

/** Takes back a letter that has not been sent. */
export function decideWithdraw(letter: Letter, reason: string, today: LocalDate): Decided {
  if (letter.state === 'sent')
    return noBecause(refuse('L7', `Brev ${letter.id} er sendt og kan ikke trekkes tilbake.`));
  if (letter.state === 'withdrawn')
    return noBecause(refuse('L7', `Brev ${letter.id} er alt trukket tilbake.`));
  return yes({ happenedOn: today, body: { type: 'letterWithdrawn', letter: letter.id, reason } });
}

export interface PaymentInput {
  readonly amountOre: Ore;
  /** Bank date (P4). */
  readonly date: LocalDate;
  readonly purpose: Part | null;
  readonly reference: string | null;
}

/** Registers a payment. A letter made but not sent is withdrawn: its figures no longer hold (S8). */
export function decidePayment(j: Judgement, payment: PaymentInput, today: LocalDate): Decided {
  if (payment.date > today) {
    return noBecause(refuse('P4', `Betalingsdatoen ${formatDate(payment.date)} er i framtiden.`));
  }
  const { amountOre, reference } = payment;
  // P1: recorded with the payment, so that a choice made later changes nothing that has been booked.
  const exact = j.terms.exactAmountIsPrincipal && amountOre === j.case.claim.amountOre;
  const purpose = payment.purpose ?? (exact ? 'principal' : null);
  const received: NewEvent = {
    happenedOn: payment.date,
    body: { type: 'paymentReceived', amountOre, purpose, order: j.terms.paymentOrder, reference },
  };
  const waiver = waiverOfRest(j, received, today);
  const reason = `betaling ${formatKroner(amountOre)} registrert ${formatDate(today)}`;
  return yes(received, ...withdrawUnconfirmed(j.case, reason, today), ...(waiver === null ? [] : [waiver]));
}

/** A letter made but not sent no longer says what is true; it is taken back. */
export function withdrawUnconfirmed(c: Case, reason: string, today: LocalDate): NewEvent[] {
  const waiting = unconfirmedLetter(c);
  if (waiting === null) return [];
  return [{ happenedOn: today, body: { type: 'letterWithdrawn', letter: waiting.id, reason } }];
}

/** P5: a small rest that the creditor has chosen to give up once the principal is paid. */
function waiverOfRest(j: Judgement, received: NewEvent, today: LocalDate): NewEvent | null {
  if (j.terms.afterPrincipal !== 'waive') return null;
  const { version } = j.case;
  const event = {
    ...received.body,
    version: version + 1,
    happenedOn: received.happenedOn,
    recordedOn: today,
  };
  const after = apply(j.case, event);
  const { openOre, principalOre } = claimOn(after, today, j.terms, j.rates);
  const settled = principalOre === 0 || paidAsDemanded(after) || paidAsAgreed({ ...j, case: after });
  if (!settled || openOre === 0 || openOre > j.terms.waiveUpToOre) return null;
  return { happenedOn: today, body: { type: 'waived', what: 'amount', amountOre: openOre } };
}

import { addDays, latest, type LocalDate } from '../law/dates.js';
import { limitationDate } from '../law/limitation.js';
import type { Ore } from '../law/money.js';
import type { SentLetter } from '../law/steps.js';
import type {
  Channel,
  ClaimRegistered,
  HandoverTarget,
  Instalment,
  LetterGenerated,
  NotedFact,
  Part,
  StopCause,
} from './events.js';

export type LetterState = 'generated' | 'sent' | 'withdrawn';

/** A letter the program made, and what became of it. */
export interface Letter {
  readonly id: number;
  readonly date: LocalDate;
  readonly made: LetterGenerated;
  readonly madeVersion: number;
  readonly state: LetterState;
  readonly sentOn: LocalDate | null;
  /** The event that confirmed the sending: it orders the fee among other facts of that day. */
  readonly sentVersion: number | null;
  readonly channel: Channel | null;
  /** The message handed to the mail server, of which it is not known whether it was taken; null when there is none. */
  readonly mailing: string | null;
}

/** A dated fact that changes what is owed. `version` orders facts of the same day. */
export type Movement = {
  readonly on: LocalDate;
  readonly version: number;
} & (
  | {
      readonly kind: 'payment';
      readonly amountOre: Ore;
      readonly purpose: Part | null;
      readonly order: readonly Part[];
      readonly reference: string | null;
      /** The day the bank took it back; null while it stands. */
      readonly reversedOn: LocalDate | null;
    }
  | { readonly kind: 'credit'; readonly amountOre: Ore; readonly reference: string | null }
  /** What an objection was right about: so much was never owed, and no interest has run on it (S1). */
  | { readonly kind: 'objection'; readonly amountOre: Ore; readonly reference: string }
  | { readonly kind: 'refund'; readonly amountOre: Ore }
  | { readonly kind: 'waiver'; readonly what: 'fees' | 'interest' | 'amount'; readonly amountOre: Ore | null }
);

export type Payment = Extract<Movement, { kind: 'payment' }>;

/** What keeps letters back, besides the ladder. A case can have several at once, one of each kind. */
export type Stop =
  | {
      readonly kind: 'disputed';
      readonly on: LocalDate;
      readonly reason: string;
      readonly partOre: Ore | null;
    }
  | {
      readonly kind: 'plan';
      readonly on: LocalDate;
      readonly version: number;
      readonly instalments: readonly Instalment[];
    }
  | { readonly kind: 'held'; readonly until: LocalDate; readonly reason: string }
  | { readonly kind: 'stopped'; readonly on: LocalDate; readonly because: StopCause }
  | { readonly kind: 'bero'; readonly on: LocalDate; readonly reason: string }
  | { readonly kind: 'writtenOff'; readonly on: LocalDate; readonly reason: string }
  | { readonly kind: 'handedOver'; readonly on: LocalDate; readonly to: HandoverTarget }
  | { readonly kind: 'closed'; readonly on: LocalDate; readonly reason: string };

/** Something that starts limitation afresh (W1). */
export interface Interruption {
  readonly on: LocalDate;
  readonly by: 'payment' | 'acknowledged' | 'forliksraad' | 'namsmann' | 'bankruptcy';
}

/** One claim, as its history adds up. */
export interface Case {
  readonly number: number;
  readonly version: number;
  /** The latest "today" any event was recorded on. */
  readonly recordedOn: LocalDate;
  readonly registeredOn: LocalDate;
  readonly claim: ClaimRegistered;
  readonly letters: readonly Letter[];
  readonly movements: readonly Movement[];
  readonly stops: readonly Stop[];
  /** No letter before this day: the day a stop ended. */
  readonly notBefore: LocalDate | null;
  /** A reasonable objection: no costs at all, even those already accrued (F10). */
  readonly costsBarred: boolean;
  /** An objection to the whole claim was right: nothing of it was ever owed, what was credited neither (S1). */
  readonly neverOwed: boolean;
  /** The last day that adds interest or fees: the opening of a bankruptcy (S4). */
  readonly accrualEnds: LocalDate | null;
  /** When the claim was booked as a loss: what is paid later is income (W2). */
  readonly writtenOff: { readonly on: LocalDate; readonly version: number } | null;
  readonly interruptions: readonly Interruption[];
  readonly facts: readonly NotedFact[];
}

/** The stop of a kind, if the case has one. */
export function stopOf<K extends Stop['kind']>(c: Case, kind: K): Extract<Stop, { kind: K }> | null {
  return (c.stops.find((stop) => stop.kind === kind) as Extract<Stop, { kind: K }> | undefined) ?? null;
}

/** The letters sent, before registration and since, oldest first. The fee is the one the Act counts (F5). */
export function sentLetters(c: Case): SentLetter[] {
  const sent = [...c.claim.history];
  for (const { made, sentOn } of c.letters) {
    if (sentOn === null) continue;
    sent.push({ step: made.step, sentOn, deadline: made.deadline, feeOre: made.lawfulFeeOre });
  }
  return sent.sort((a, b) => (a.sentOn < b.sentOn ? -1 : a.sentOn > b.sentOn ? 1 : 0));
}

/** The letter that is made and neither confirmed nor withdrawn: there is never more than one. */
export function unconfirmedLetter(c: Case): Letter | null {
  return c.letters.find((letter) => letter.state === 'generated') ?? null;
}

/** The payments that stand: what the bank took back is none. */
export function payments(c: Case): Payment[] {
  return c.movements.filter(
    (movement): movement is Payment => movement.kind === 'payment' && movement.reversedOn === null,
  );
}

/**
 * Whether a fact came after the claim was booked as a loss or left the books. What was never owed was no part of it,
 * whenever that was settled (S1, W2).
 */
export function isAfter(
  { kind, on, version }: Pick<Movement, 'kind' | 'on' | 'version'>,
  loss: NonNullable<Case['writtenOff']>,
): boolean {
  return kind !== 'objection' && (on > loss.on || (on === loss.on && version > loss.version));
}

/** The day after which interest runs (I3): the due date, or the day before an agreed start (I8). */
export function interestAfter(claim: ClaimRegistered): LocalDate {
  return claim.interestFrom === null ? claim.effectiveDue : addDays(claim.interestFrom, -1);
}

/**
 * The last day on which limitation can be interrupted (W1): three years from the due date, or from the latest thing
 * that interrupted it in time. What comes when the years are over starts nothing afresh.
 */
export function limitationOf(c: Case): LocalDate {
  const inOrder = c.interruptions.map(({ on }) => on).sort();
  return inOrder.reduce(
    (end, on) => (on <= end ? latest(end, limitationDate(on)) : end),
    limitationDate(c.claim.effectiveDue),
  );
}

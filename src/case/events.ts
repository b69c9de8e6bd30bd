import type { DebtorType } from '../law/costs.js';
import type { LocalDate } from '../law/dates.js';
import type { InterestLine } from '../law/interest.js';
import type { Ore } from '../law/money.js';
import type { Regime } from '../law/regime.js';
import type { Reason } from '../law/rules.js';
import type { SentLetter, Step } from '../law/steps.js';

/** What a payment pays: costs, interest or the principal (P1). */
export type Part = 'costs' | 'interest' | 'principal';

export type Charge = 'fees' | 'compensation';
export type Channel = 'post' | 'registered' | 'email' | 'digital';

/** The claim as it was registered. Amounts in øre. */
export interface ClaimRegistered {
  readonly type: 'claimRegistered';
  readonly invoice: string;
  readonly debtorId: number;
  readonly debtorType: DebtorType;
  readonly amountOre: Ore;
  readonly issued: LocalDate | null;
  readonly due: LocalDate;
  /** The due date moved off weekends and holidays (D4), unless the creditor has switched that off. */
  readonly effectiveDue: LocalDate;
  readonly description: string | null;
  readonly kid: string | null;
  readonly policy: string;
  readonly charge: Charge;
  /** First day that carries interest, where it is not the day after the due date (I8). */
  readonly interestFrom: LocalDate | null;
  /** Letters sent before registration. */
  readonly history: readonly SentLetter[];
  readonly source:
    | { readonly kind: 'entered' }
    | { readonly kind: 'ehf'; readonly fileName: string; readonly sha256: string }
    | {
        readonly kind: 'csv';
        readonly fileName: string;
        readonly sha256: string;
        /** Where in the file, from 1. */
        readonly line: number;
      };
}

export type CostLineKind = 'fee' | 'compensation';

/** One line of costs on a claim. `letter` is the letter's id, null for one sent before registration. */
export interface CostLine {
  readonly kind: CostLineKind;
  readonly letter: number | null;
  readonly step: Step | null;
  readonly on: LocalDate;
  readonly amountOre: Ore;
  readonly rule: string;
  readonly hjemmel: string;
}

/** A letter was made. Carries what was decided, not what could be computed again. */
export interface LetterGenerated {
  readonly type: 'letterGenerated';
  readonly letter: number;
  readonly batch: number;
  readonly step: Step;
  readonly deadline: LocalDate;
  /** The Act that governed it; null for a letter both Acts allow alike. */
  readonly regime: Regime | null;
  /** The fee the Act allows for this letter, which counts towards the cap and against the compensation (F9). */
  readonly lawfulFeeOre: Ore;
  /** What this letter adds to the claim's costs. */
  readonly feeOre: Ore;
  readonly principalOre: Ore;
  readonly interestOre: Ore;
  readonly costsOre: Ore;
  readonly totalOre: Ore;
  readonly interestLines: readonly InterestLine[];
  readonly costLines: readonly CostLine[];
  readonly reasons: readonly Reason[];
  readonly pdfSha256: string;
  readonly pages: number;
  readonly templateSha256: string;
  /** The letter carried the notice of tvangsfullbyrdelsesloven § 4-18. Absent in histories from before this was recorded. */
  readonly enforcementNotice?: boolean;
  /** The KID the program made for it. Absent where the invoice brought one, or the creditor has none agreed on. */
  readonly kid?: string;
}

export interface LetterSent {
  readonly type: 'letterSent';
  readonly letter: number;
  readonly channel: Channel;
  /** Where an electronic letter went, and why that address could be used (L9). */
  readonly address?: string;
  readonly basis?: string;
  /** The message the mail server accepted. */
  readonly messageId?: string;
}

/**
 * A letter is about to be handed to the mail server. Recorded first, so that one the server may have taken is never sent
 * again: until it is confirmed, refused or withdrawn nobody knows.
 */
export interface MailStarted {
  readonly type: 'mailStarted';
  readonly letter: number;
  readonly address: string;
  readonly messageId: string;
}

/** The mail server did not take the letter: it may be tried again. */
export interface MailFailed {
  readonly type: 'mailFailed';
  readonly letter: number;
  readonly messageId: string;
  readonly reason: string;
}

export interface LetterWithdrawn {
  readonly type: 'letterWithdrawn';
  readonly letter: number;
  readonly reason: string;
}

export interface PaymentReceived {
  readonly type: 'paymentReceived';
  readonly amountOre: Ore;
  /** What the debtor said it was for; null when nothing was said (P1). */
  readonly purpose: Part | null;
  /** The order in which the rest is used. */
  readonly order: readonly Part[];
  readonly reference: string | null;
}

/**
 * The bank took a payment back. The payment event that `reverses` names counts as never made from this day; both stay
 * in the history.
 */
export interface PaymentReversed {
  readonly type: 'paymentReversed';
  readonly reverses: number;
  readonly amountOre: Ore;
  readonly reference: string | null;
}

export interface CreditNoted {
  readonly type: 'creditNoted';
  readonly amountOre: Ore;
  readonly noteNumber: string | null;
}

/** Money paid back to the debtor (P3). */
export interface RefundPaid {
  readonly type: 'refundPaid';
  readonly amountOre: Ore;
}

/** The creditor gives up the fees or the interest open that day, or an amount. */
export interface Waived {
  readonly type: 'waived';
  readonly what: 'fees' | 'interest' | 'amount';
  /** For `amount`: how much, in øre. */
  readonly amountOre: Ore | null;
}

/** The debtor objects (S1). */
export interface Disputed {
  readonly type: 'disputed';
  readonly reason: string;
  /** The part of the principal objected to; null for all of it. */
  readonly partOre: Ore | null;
}

export type DisputeOutcome = 'withdrawn' | 'rejected' | 'upheld' | 'partly';

export interface DisputeResolved {
  readonly type: 'disputeResolved';
  readonly outcome: DisputeOutcome;
  readonly reason: string;
  /** How much of the principal falls away. */
  readonly reducedOre: Ore;
}

export interface Instalment {
  readonly due: LocalDate;
  readonly amountOre: Ore;
}

/** A payment plan is agreed (S2). */
export interface PlanAgreed {
  readonly type: 'planAgreed';
  readonly instalments: readonly Instalment[];
}

/** The debtor is given time until a date (S3). */
export interface PutOnHold {
  readonly type: 'putOnHold';
  readonly until: LocalDate;
  readonly reason: string;
}

export interface Resumed {
  readonly type: 'resumed';
  readonly reason?: string;
}

export type StopCause = 'bankruptcy' | 'debt-settlement' | 'death' | 'minor';

/** Something about the debtor stops the letters (S4–S7); the day it happened is the event's date. */
export interface Stopped {
  readonly type: 'stopped';
  readonly because: StopCause;
}

/** Collection is put aside; the claim stays on the books (S9). */
export interface PutAside {
  readonly type: 'putAside';
  readonly reason: string;
}

/** The claim is booked as a loss and kept alive (W2). */
export interface WrittenOff {
  readonly type: 'writtenOff';
  readonly reason: string;
  readonly amountOre: Ore;
}

export type HandoverTarget = 'namsmann' | 'forliksraad' | 'inkassobyraa';

export interface HandedOver {
  readonly type: 'handedOver';
  readonly to: HandoverTarget;
}

/** What a note establishes, where it is more than words (W1, W2). */
export type NotedFact = 'acknowledged' | 'nothing-to-distrain' | 'debtor-gone' | 'no-dividend';

export interface Noted {
  readonly type: 'noted';
  readonly text: string;
  readonly byPhone: boolean;
  readonly fact: NotedFact | null;
}

export interface Closed {
  readonly type: 'closed';
  readonly reason: string;
}

export interface Reopened {
  readonly type: 'reopened';
  readonly reason: string;
}

/** A correcting event: the event it names no longer counts. Both stay in the history. */
export interface Undone {
  readonly type: 'undone';
  readonly undoes: number;
}

export type EventBody =
  | ClaimRegistered
  | LetterGenerated
  | LetterSent
  | MailStarted
  | MailFailed
  | LetterWithdrawn
  | PaymentReceived
  | PaymentReversed
  | CreditNoted
  | RefundPaid
  | Waived
  | Disputed
  | DisputeResolved
  | PlanAgreed
  | PutOnHold
  | Resumed
  | Stopped
  | PutAside
  | WrittenOff
  | HandedOver
  | Noted
  | Closed
  | Reopened
  | Undone;

/** Something that happened to a claim. `happenedOn` is the legal date, `recordedOn` what "today" was. */
export type CaseEvent = EventBody & {
  readonly version: number;
  readonly happenedOn: LocalDate;
  readonly recordedOn: LocalDate;
};

/** An event that has been decided and not yet stored. */
export interface NewEvent {
  readonly happenedOn: LocalDate;
  readonly body: EventBody;
}

import type { LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import type { BankName } from './plan.js';

/** Where a payment was seen. One customer's payment can be seen by several of these. */
export type PaymentSource = 'ocr' | 'camt054' | 'camt053' | `bank:${BankName}`;

/** What the payer wrote it was for. The amount only where the file states one for each KID. */
export interface NamedKid {
  readonly kid: string;
  readonly amountOre: Ore | null;
}

/** One movement on the creditor's account. Amounts in øre, always positive. */
export interface BankPayment {
  readonly where: string;
  readonly raw: string;
  /** What makes it the same movement in another file from the same source. */
  readonly key: string;
  readonly source: PaymentSource;
  /** The creditor's account, eleven digits. */
  readonly account: string;
  /** `back`: a payment taken back, so that the claim it paid is open again. */
  readonly direction: 'in' | 'back';
  /** The day the payer's bank executed it, which is when the debtor paid (P4). */
  readonly paidOn: LocalDate;
  /** The day the creditor's bank booked it. */
  readonly bookedOn: LocalDate;
  readonly amountOre: Ore;
  readonly kids: readonly NamedKid[];
  /** Whether the file itself says that this is the KID; only then does it book a payment. */
  readonly kidStated: boolean;
  readonly payer: string | null;
  readonly payerAccount: string | null;
  readonly text: string | null;
  /** Payments with the same mark reach the account statement as one sum. */
  readonly batch: string | null;
}

/** What a reader finds, one by one, in the order of the file. */
export type BankRecord =
  | { readonly kind: 'payment'; readonly payment: BankPayment }
  | ({ readonly kind: 'skip' | 'refuse' } & LeftOut);

/** A record that is no payment to match. */
export interface LeftOut {
  readonly where: string;
  readonly what: string;
  readonly why: string;
  readonly raw: string;
}

/** What a reader must know besides the file. */
export interface BankContext {
  readonly today: LocalDate;
  /** The creditor's own accounts. */
  readonly accounts: readonly string[];
  /** The account of a file that does not say which it is of. */
  readonly account: string | null;
}

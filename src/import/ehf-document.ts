import type { LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';

export interface ImportWarning {
  readonly code: string;
  readonly message: string;
}

export interface EhfParty {
  readonly name: string | null;
  /** Nine digits with a valid check digit. */
  readonly orgnr: string | null;
}

export interface EhfCustomer extends EhfParty {
  readonly address: string | null;
  /** As the file has it, also when it is not four digits (a warning says so). */
  readonly zip: string | null;
  readonly city: string | null;
  /** ISO 3166-1 code; NO where the file has none. */
  readonly country: string;
  readonly email: string | null;
  readonly phone: string | null;
  /** A guess: the file has no organisasjonsnummer. */
  readonly isConsumer: boolean;
}

export interface EhfInvoice {
  readonly number: string;
  readonly issued: LocalDate;
  readonly due: LocalDate | null;
  readonly currency: 'NOK';
  /** LegalMonetaryTotal/PayableAmount: what was left to pay when the invoice was issued. */
  readonly payableOre: Ore;
  /** As the file has it when it is not a valid KID (a warning says so). */
  readonly kid: string | null;
  /** Norwegian account number, eleven digits. */
  readonly account: string | null;
  readonly iban: string | null;
  readonly supplier: EhfParty;
  readonly customer: EhfCustomer;
  /** What the claim concerns, in one line. */
  readonly description: string | null;
  readonly orderReference: string | null;
  readonly buyerReference: string | null;
  readonly paymentTermsNote: string | null;
  /** Embedded documents; links are not counted. */
  readonly attachments: number;
}

export interface EhfCreditNote {
  readonly number: string;
  readonly issued: LocalDate;
  readonly currency: 'NOK';
  readonly amountOre: Ore;
  readonly creditedInvoices: readonly string[];
  readonly supplier: EhfParty;
  readonly customer: EhfCustomer;
}

export type EhfResult =
  | { readonly kind: 'invoice'; readonly invoice: EhfInvoice; readonly warnings: readonly ImportWarning[] }
  | {
      readonly kind: 'creditNote';
      readonly creditNote: EhfCreditNote;
      readonly warnings: readonly ImportWarning[];
    }
  | { readonly kind: 'refused'; readonly code: EhfRefusal; readonly why: string };

export type EhfRefusal =
  | 'empty'
  | 'unreadable'
  | 'not-xml'
  | 'html'
  | 'saf-t'
  | 'xml'
  | 'unknown'
  | 'reminder'
  | 'payment-request'
  | 'self-billing'
  | 'forward-billing'
  | 'factored'
  | 'pro-forma'
  | 'type-code'
  | 'missing'
  | 'currency'
  | 'date'
  | 'amount'
  | 'nothing-to-collect'
  | 'broken-text';

export class Refusal extends Error {
  constructor(
    readonly code: EhfRefusal,
    why: string,
  ) {
    super(why);
  }
}

export function refuse(code: EhfRefusal, why: string): never {
  throw new Refusal(code, why);
}

export type Warn = (code: string, message: string) => void;

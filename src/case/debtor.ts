import type { DebtorType } from '../law/costs.js';
import type { LocalDate } from '../law/dates.js';
import type { Address, Language } from './party.js';

/** Who owes. Never holds a national id (B3). */
export interface DebtorData extends Address {
  readonly name: string;
  readonly type: DebtorType;
  readonly orgnr: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: Language;
}

export interface Debtor extends DebtorData {
  readonly id: number;
  /** How the debtor came to be reachable electronically, e.g. "svarte på faktura 1001 fra adressen"; null: post only (L9). */
  readonly electronicBasis: string | null;
  readonly electronicOn: LocalDate | null;
  readonly anonymisedOn: LocalDate | null;
}

/** L9: whether a letter may go by e-mail: there is an address, and how it came to be used is on record. */
export function mayBeReachedByMail({ email, electronicBasis }: Debtor): boolean {
  return email !== null && electronicBasis !== null;
}

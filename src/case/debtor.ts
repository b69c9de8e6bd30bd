import type { DebtorType } from '../law/costs.js';
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
}

import { parseDate } from '../law/dates.js';
import { formatKroner, type Ore } from '../law/money.js';
import { isYes, saysCreditNote, type RowReader } from './invoice-csv-row.js';

/** What the columns of a row that say something about money come to. */
export type Owed =
  | { readonly kind: 'invoice'; readonly owedOre: Ore; readonly grossOre: Ore | null }
  | { readonly kind: 'credit'; readonly amountOre: Ore }
  | {
      readonly kind: 'leftOut';
      readonly state: 'skip' | 'refuse';
      readonly why: string;
      /** Whether it says that nothing is left of the invoice. */
      readonly settled: boolean;
    };

/** The amounts of a row: null where the file has no such column, or the cell cannot be read (which is said). */
export interface RowAmounts {
  readonly amount: Ore | null;
  readonly outstanding: Ore | null;
  /** An amount, or all of it. */
  readonly paid: Ore | 'all' | null;
}

const PAID = ['betalt', 'fullt betalt', 'oppgjort', 'innbetalt', 'paid', 'settled', 'true', 'ja', 'yes'];
const CREDITED = ['kreditert', 'credited', 'kreditert helt'];
const DRAFT = ['utkast', 'kladd', 'draft'];

const skip = (why: string): Owed => ({ kind: 'leftOut', state: 'skip', why, settled: false });
const settled = (why: string): Owed => ({ kind: 'leftOut', state: 'skip', why, settled: true });
const refuse = (why: string): Owed => ({ kind: 'leftOut', state: 'refuse', why, settled: false });

/** What a row comes to; null when an amount that it needs could not be read. */
export function owedBy(row: RowReader, amounts: RowAmounts): Owed | null {
  const status = row.word('status');
  const { amount, outstanding } = amounts;
  const left = outstanding ?? amount;
  if (left === null) return null;
  if (DRAFT.includes(status)) return skip('Fakturaen er et utkast.');
  if (left < 0 || saysCreditNote(row)) return creditOf(left);
  if (CREDITED.includes(status) || isYes(row.word('isCredited'))) return credited(outstanding);
  if (PAID.includes(status)) return paidByStatus(outstanding);
  return invoiceOf(amount, outstanding, amounts.paid);
}

function creditOf(left: Ore): Owed {
  return left === 0 ? skip('Kreditnotaen er alt brukt.') : { kind: 'credit', amountOre: Math.abs(left) };
}

function credited(outstanding: Ore | null): Owed {
  if (outstanding === null || outstanding === 0) return settled('Fakturaen er kreditert.');
  return refuse(
    `Fakturaen er kreditert, men har ${formatKroner(outstanding)} utestående. Er det et krav, registrerer du det med «inkasso add».`,
  );
}

function paidByStatus(outstanding: Ore | null): Owed {
  if (outstanding === null || outstanding === 0) return settled('Fakturaen er betalt.');
  return refuse(
    `Statusen er betalt, men utestående er ${formatKroner(outstanding)}. Se etter hva som er riktig.`,
  );
}

function invoiceOf(amount: Ore | null, outstanding: Ore | null, paid: RowAmounts['paid']): Owed {
  if (paid === 'all' && (outstanding ?? 0) === 0) return settled('Fakturaen er betalt.');
  if (outstanding !== null) return ofOutstanding(amount, outstanding);
  const gross = amount ?? 0;
  if (gross === 0) return skip('Beløpet er 0,00 kr: ingenting å kreve inn.');
  const left = gross - (typeof paid === 'number' ? paid : 0);
  if (left <= 0) return settled('Fakturaen er betalt.');
  return { kind: 'invoice', owedOre: left, grossOre: gross };
}

function ofOutstanding(amount: Ore | null, outstanding: Ore): Owed {
  if (outstanding === 0) return settled('Fakturaen er betalt: ingenting er utestående.');
  if (amount !== null && amount >= 0 && outstanding > amount) {
    return refuse(
      `Utestående ${formatKroner(outstanding)} er mer enn fakturaen på ${formatKroner(amount)}; gebyr eller renter kan være regnet med. Registrer fakturaen med beløpet den lød på, med «inkasso add».`,
    );
  }
  return { kind: 'invoice', owedOre: outstanding, grossOre: amount };
}

/** A cell that says whether it is paid: by yes, by the day it was, or by how much. Null: it is an amount. */
export function paidByWord(text: string | null): 'all' | 0 | null {
  if (text === null) return 0;
  if (/^(?:nei|no|false|usann|n|ubetalt)$/i.test(text)) return 0;
  const word = text.toLowerCase();
  const said = (isYes(word) && word !== '1') || PAID.includes(word) || parseDate(text) !== null;
  return said ? 'all' : null;
}

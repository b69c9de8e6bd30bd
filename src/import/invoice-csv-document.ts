import type { LocalDate } from '../law/dates.js';
import { formatKroner, type Ore } from '../law/money.js';
import type { ImportWarning } from './ehf-document.js';
import { numberText, type CsvCreditNote, type CsvInvoice, type RowReader } from './invoice-csv-row.js';

/** What a row is, whatever line it stands on. */
export type Document =
  | { readonly kind: 'invoice'; readonly invoice: CsvInvoice; readonly warnings: readonly ImportWarning[] }
  | { readonly kind: 'creditNote'; readonly note: CsvCreditNote; readonly warnings: readonly ImportWarning[] }
  | {
      readonly kind: 'leftOut';
      readonly state: 'skip' | 'refuse';
      readonly what: string;
      readonly why: string;
      /** The invoice, where the row says that nothing is left of it. */
      readonly settled: string | null;
    }
  /** Cannot be read: what was there and what was expected, in parts of a sentence. */
  | { readonly kind: 'bad'; readonly problems: readonly string[] };

export function bad(reader: RowReader): Document {
  return { kind: 'bad', problems: reader.problems };
}

/** What there is to say of a row that states no claim. `what`: the row, as a user knows it. */
export function leftOut(
  what: string,
  state: 'skip' | 'refuse',
  why: string,
  settled: string | null = null,
): Document {
  return { kind: 'leftOut', state, what, why, settled };
}

const SUM = /^(?:sum|totalt?|totalsum|i alt|antall)\b/i;

/** Exports end with a sum, and may have one for each customer. */
export function isTotal(reader: RowReader): boolean {
  if (reader.text('due') !== null) return false;
  const number = reader.text('invoice');
  const name = reader.text('debtor');
  return (number === null && name === null) || SUM.test(number ?? name ?? '');
}

export function creditNote(
  reader: RowReader,
  number: string,
  amountOre: Ore,
  issued: LocalDate | null,
  who: string,
): Document {
  const credits = reader.text('credits');
  if (credits === null) {
    const why = `Beløpet er negativt (${formatKroner(-amountOre)}) eller raden er en kreditnota, og filen sier ikke hvilken faktura den gjelder. Registrer den med «inkasso credit <faktura> <beløp>».`;
    return reader.problems.length > 0 ? bad(reader) : leftOut(who, 'refuse', why);
  }
  numberText(reader, 'credits', credits);
  if (reader.problems.length > 0) return bad(reader);
  return { kind: 'creditNote', note: { number, amountOre, issued, credits }, warnings: reader.warnings };
}

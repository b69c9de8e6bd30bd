import type { LocalDate } from '../law/dates.js';
import { formatDate } from '../law/dates.js';
import { formatKroner, type Ore } from '../law/money.js';
import { looksLikeNationalId } from '../case/party.js';
import { csvRows, type CsvRow } from './csv.js';
import { markIn, readAmountIn, readOre, type CsvAmount, type DecimalMark } from './invoice-csv-amounts.js';
import { cellOf, type Columns } from './invoice-csv-columns.js';
import { bareName } from './invoice-csv-fields.js';
import { bad, creditNote, isTotal, leftOut, type Document } from './invoice-csv-document.js';
import { owedBy, paidByWord, type Owed, type RowAmounts } from './invoice-csv-owed.js';
import {
  dateIn,
  debtorIn,
  isReminder,
  kidIn,
  numberText,
  RowReader,
  type CsvInvoice,
  type KnownDates,
} from './invoice-csv-row.js';
import { Totals } from './invoice-csv-totals.js';
import { FileRefused } from './plan.js';

/** What one row of an invoice CSV is. */
export type CsvRecord = {
  readonly line: number;
  /** As it stands in the file, without what may be a national id (B3). */
  readonly raw: string;
} & Document;

export interface InvoiceCsvFile {
  readonly columns: Columns;
  /** The text from its beginning, each time anew. */
  pieces(): Iterable<string>;
  /** The creditor’s organisasjonsnummer. */
  readonly own: string;
  readonly today: LocalDate;
}

/**
 * The rows of an invoice CSV, in the order of the file. Amounts share one decimal mark; the first amount that shows it
 * decides, and a row whose amount disagrees is a bad one.
 * @throws FileRefused: two rows that disagree on one invoice, or a total that is not
 * the sum of the rows. @throws BrokenCsv
 */
export function readInvoiceCsv(file: InvoiceCsvFile): Generator<CsvRecord> {
  return new InvoiceCsvReader(file).records();
}

const AMOUNTS = ['amount', 'outstanding', 'paid'] as const;
type AmountField = (typeof AMOUNTS)[number];

/** How programs say that nobody has been reminded. */
const NO_REMINDERS = ['', '[]', '0'];

function isFilled(cell: string): boolean {
  return cell.trim() !== '';
}

class InvoiceCsvReader {
  private mark: DecimalMark | null = null;
  private looked = false;
  private readonly totals = new Totals();
  private readonly dates: KnownDates = new Map();
  /** What each invoice of the file was stated as, and where. */
  private readonly seen = new Map<string, { line: number; said: string }>();
  private readonly header: readonly string[];
  /** The columns whose numbers may be as long as a national id. */
  private readonly plain: ReadonlySet<number | undefined>;

  constructor(private readonly file: InvoiceCsvFile) {
    const { header, at } = file.columns;
    this.header = header.map(bareName);
    this.plain = new Set(([...AMOUNTS, 'invoice', 'kid', 'credits'] as const).map((field) => at.get(field)));
  }

  *records(): Generator<CsvRecord> {
    for (const row of this.dataRows()) yield this.recordOf(row);
  }

  private *dataRows(): Generator<CsvRow> {
    const { columns } = this.file;
    for (const row of csvRows(this.file.pieces(), columns.delimiter)) {
      if (row.line > columns.headerLine && row.cells.some(isFilled)) yield row;
    }
  }

  private recordOf(row: CsvRow): CsvRecord {
    // A literal that begins with a spread and then gets more keys takes ten times as long to make.
    return { line: row.line, ...this.documentOf(row), raw: this.rawOf(row) };
  }

  private documentOf(row: CsvRow): Document {
    const extra = this.tooLong(row);
    if (extra !== null) return { kind: 'bad', problems: [extra] };
    if (this.isHeader(row)) return leftOut('raden', 'skip', 'Kolonnenavnene står en gang til.');
    const reader = new RowReader(this.file.columns, row);
    if (isTotal(reader)) {
      this.checkTotal(row, reader);
      return leftOut('raden', 'skip', 'Raden er en sum, ikke en faktura.');
    }
    if (row.cells.findIndex(isFilled) === row.cells.findLastIndex(isFilled)) {
      return leftOut('raden', 'skip', 'Raden har bare én utfylt celle og er ingen faktura.');
    }
    return this.statedIn(reader, row.line);
  }

  private isHeader({ cells }: CsvRow): boolean {
    const { header } = this;
    return (
      cells.length === header.length && header.every((name, index) => bareName(cells[index] ?? '') === name)
    );
  }

  private tooLong({ cells }: CsvRow): string | null {
    const { header } = this.file.columns;
    if (cells.findLastIndex(isFilled) < header.length) return null;
    return `raden har ${cells.length} felt, men det er ${header.length} kolonner; en tekst med skilletegn i må stå i anførselstegn`;
  }

  private rawOf({ cells, raw }: CsvRow): string {
    const hidden = (cell: string, index: number) => !this.plain.has(index) && looksLikeNationalId(cell);
    if (!cells.some(hidden)) return raw;
    return cells
      .map((cell, index) => (hidden(cell, index) ? '***********' : cell))
      .join(this.file.columns.delimiter);
  }

  private statedIn(reader: RowReader, line: number): Document {
    const number = numberText(reader, 'invoice', reader.required('invoice', 'fakturanummeret'));
    const name = reader.text('debtor');
    const who = name === null ? `faktura ${number}` : `faktura ${number}, ${name}`;
    const amounts = this.amountsOf(reader);
    const currency = reader.text('currency')?.toUpperCase() ?? 'NOK';
    if (currency !== 'NOK' && currency !== 'KR') {
      return leftOut(
        who,
        'refuse',
        `Beløpet er i «${currency.slice(0, 20)}»; bare krav i norske kroner (NOK) kan kreves inn her.`,
      );
    }
    if (isReminder(reader)) {
      return leftOut(
        who,
        'refuse',
        'Raden er en purring eller en rentenota, ikke en faktura; den er aldri et nytt krav.',
      );
    }
    const owed = owedBy(reader, amounts);
    if (owed?.kind === 'leftOut')
      return reader.problems.length > 0
        ? bad(reader)
        : leftOut(who, owed.state, owed.why, owed.settled ? number : null);
    const issued = this.issuedOf(reader);
    if (owed?.kind === 'credit') return creditNote(reader, number, owed.amountOre, issued, who);
    const invoice = this.invoiceOf(reader, number, owed, issued);
    if (invoice === null) return bad(reader);
    const earlier = this.earlier(invoice, line);
    if (earlier !== null) return leftOut(who, 'skip', `Fakturaen står også på linje ${earlier}.`);
    return { kind: 'invoice', invoice, warnings: reader.warnings };
  }

  private issuedOf(reader: RowReader): LocalDate | null {
    const issued = dateIn(reader, 'issued', this.dates);
    if (issued !== null && issued > this.file.today) {
      reader.problem('issued', `${formatDate(issued)} er i framtiden`);
    }
    return issued;
  }

  private invoiceOf(
    reader: RowReader,
    number: string,
    owed: Extract<Owed, { kind: 'invoice' }> | null,
    issued: LocalDate | null,
  ): CsvInvoice | null {
    const due = dateIn(reader, 'due', this.dates);
    if (due !== null && issued !== null && issued > due) {
      reader.problem('due', `${formatDate(due)} er før fakturadatoen ${formatDate(issued)}`);
    }
    const debtor = debtorIn(reader, this.file.own);
    const kid = kidIn(reader);
    const description = reader.text('description')?.slice(0, 300) ?? null;
    if (owed === null || due === null || reader.problems.length > 0) return null;
    const { owedOre, grossOre } = owed;
    if (grossOre !== null && grossOre !== owedOre) {
      const message = `Fakturaen er på ${formatKroner(grossOre)}; det som er utestående, ${formatKroner(owedOre)}, er brukt.`;
      reader.warn('PARTLY_PAID', message);
    }
    if (!NO_REMINDERS.includes(reader.text('reminders') ?? '')) {
      reader.warn(
        'REMINDED',
        'Fakturaen er purret på i programmet den kommer fra. Er purringen sendt, registrerer du saken med «inkasso add --history».',
      );
    }
    return { number, owedOre, grossOre, issued, due, description, kid, debtor };
  }

  /** The line of the row that says the same. @throws FileRefused when a row says something else of the same invoice */
  private earlier({ number, issued, due, owedOre, debtor }: CsvInvoice, line: number): number | null {
    const key = `${(issued ?? due).slice(0, 4)} ${number}`;
    const said = `${owedOre} ${due} ${debtor.name}`;
    const before = this.seen.get(key);
    if (before === undefined) this.seen.set(key, { line, said });
    if (before === undefined || before.said === said) return before?.line ?? null;
    throw new FileRefused(
      'ROWS_DISAGREE',
      `Linje ${before.line} og ${line} gjelder begge faktura ${number}, men med ulikt beløp, forfall eller navn.`,
      'Har filen én rad per varelinje, må den eksporteres med én rad per faktura.',
    );
  }

  private amountsOf(reader: RowReader): RowAmounts {
    const amount = this.amountOf(reader, 'amount');
    const outstanding = this.amountOf(reader, 'outstanding');
    this.totals.add(amount, outstanding);
    const text = this.file.columns.at.has('paid') ? reader.text('paid') : null;
    const paid = paidByWord(text) ?? this.amountOf(reader, 'paid');
    return { amount, outstanding, paid };
  }

  private amountOf(reader: RowReader, field: AmountField): Ore | null {
    if (!this.file.columns.at.has(field)) return null;
    const text = reader.text(field);
    if (text === null) {
      reader.problem(field, 'mangler; ventet et beløp som 1234,50');
      return null;
    }
    const amount = this.parsed(text, field);
    if (!amount.ok) reader.problem(field, amount.why);
    return amount.ok ? amount.ore : null;
  }

  private parsed(text: string, field: AmountField): CsvAmount {
    if (this.file.columns.inOre.has(field)) return readOre(text);
    const amount = readAmountIn(text, this.mark);
    if (!amount.ok && amount.ambiguous && this.lookAhead()) return readAmountIn(text, this.mark);
    this.mark ??= amount.ok ? markIn(text) : null;
    return amount;
  }

  /** Looks for the first amount of the file that shows its decimal mark. */
  private lookAhead(): boolean {
    if (this.looked) return false;
    this.looked = true;
    const { columns } = this.file;
    const fields = AMOUNTS.filter((field) => field !== 'paid' && !columns.inOre.has(field));
    for (const row of this.dataRows()) {
      for (const field of fields) {
        const text = cellOf(columns, row, field);
        this.mark ??= text === null || !readAmountIn(text, null).ok ? null : markIn(text);
      }
      if (this.mark !== null) return true;
    }
    return false;
  }

  private checkTotal(row: CsvRow, reader: RowReader): void {
    for (const field of ['amount', 'outstanding'] as const) {
      const text = this.file.columns.at.has(field) ? reader.text(field) : null;
      const stated = text === null ? null : this.parsed(text, field);
      if (stated?.ok === true) this.totals.check(field, stated.ore, row.line);
    }
    this.totals.startAgain();
  }
}

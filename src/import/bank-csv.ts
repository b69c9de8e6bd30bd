import { compact } from '../case/party.js';
import { parseDate, type LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import { cellOf, columnsOf, CSV_LAYOUTS, layoutOf, type CsvLayout } from './bank-csv-layouts.js';
import { domesticAccount } from './camt-transaction.js';
import { BrokenCsv, csvRows, type CsvRow } from './csv.js';
import { brokenWord } from './decode.js';
import { decimalOre } from './decimal.js';
import { kidInText } from './kid-in-text.js';
import type { BankContext, BankPayment, BankRecord, NamedKid } from './payment.js';
import { FileRefused, type BankName } from './plan.js';

const DELIMITER = ';';

/** Whether a file begins with the header of this bank. */
export function isBankCsv(bank: BankName): (head: string) => boolean {
  return (head) => {
    const line = head.trimStart().split(/[\r\n]/, 1)[0] ?? '';
    return layoutOf(cellsOf(line))?.bank === bank;
  };
}

function cellsOf(line: string): string[] {
  return line.split(DELIMITER).map((cell) => cell.replace(/^\s*"|"\s*$/g, '').trim());
}

/** Money that came in, from a bank's CSV. @throws FileRefused */
export function readBankCsv(
  bank: BankName,
): (pieces: Iterable<string>, context: BankContext) => Generator<BankRecord> {
  return function* read(pieces, context) {
    try {
      yield* readRows(bank, csvRows(pieces, DELIMITER), context);
    } catch (fault) {
      if (fault instanceof BrokenCsv) throw new FileRefused('CSV_FORM', fault.message);
      throw fault;
    }
  };
}

function* readRows(bank: BankName, rows: Iterable<CsvRow>, context: BankContext): Generator<BankRecord> {
  let reader: RowReader | null = null;
  for (const row of rows) {
    if (row.cells.every((cell) => cell.trim() === '')) continue;
    if (reader === null) {
      reader = new RowReader(headerOf(bank, row), row.cells, context);
      continue;
    }
    const record = reader.read(row);
    if (record !== null) yield record;
  }
  if (reader === null) throw new FileRefused('CSV_FORM', 'Filen har ingen overskrifter.');
  reader.end();
}

function headerOf(bank: BankName, row: CsvRow): CsvLayout {
  refuseBroken(row, row.cells.join(' '));
  const layout = layoutOf(row.cells);
  if (layout?.bank === bank) return layout;
  const expected = CSV_LAYOUTS.find((one) => one.bank === bank)?.signature ?? [];
  throw new FileRefused(
    'CSV_HEADER',
    `Linje ${row.line}: kolonnene er ${row.cells.map((cell) => `«${cell}»`).join(', ')}; ventet minst ${expected.map((name) => `«${name}»`).join(', ')}.`,
  );
}

/** Characters that were lost when the file was saved again cannot be guessed back. */
function refuseBroken(row: CsvRow, text: string): void {
  const word = brokenWord(text);
  if (word === null) return;
  throw new FileRefused(
    'MOJIBAKE',
    `Linje ${row.line}: «${word}» har tegn som er ødelagt av at filen er lagret med feil tegnkoding.`,
    'Hent filen på nytt fra banken, og ta den inn uten å åpne den i et annet program først.',
  );
}

class RowReader {
  private readonly columns: ReadonlyMap<string, number>;
  private below = false;
  private ours = false;
  /** An account that money came to and that is not registered. */
  private stranger: string | null = null;

  constructor(
    private readonly layout: CsvLayout,
    private readonly header: readonly string[],
    private readonly context: BankContext,
  ) {
    this.columns = columnsOf(header);
  }

  private cell(row: CsvRow, name: string | null): string {
    return name === null ? '' : cellOf(this.columns, row.cells, name);
  }

  private refuse(row: CsvRow, what: string): FileRefused {
    return new FileRefused('CSV_ROW', `Linje ${row.line}: ${what}`);
  }

  /** The movement of a row; null for money out, which is nobody's payment, and for sums below. */
  read(row: CsvRow): BankRecord | null {
    const { layout } = this;
    const where = `linje ${row.line}`;
    const dated = this.date(row);
    if (layout.sumsBelow && (this.below || dated === null) && !this.pending(row)) {
      // What stands below the movements are sums; a movement there would be lost among them.
      if (dated !== null && this.below) throw this.refuse(row, 'her står en bevegelse under summene.');
      this.below = true;
      return null;
    }
    this.refuseLength(row);
    const skip = (what: string, why: string): BankRecord => ({
      kind: 'skip',
      where,
      what,
      why,
      raw: row.raw,
    });
    if (this.pending(row)) return skip('reservert beløp', 'Posten er ikke bokført ennå.');
    if (dated === null)
      throw this.refuse(
        row,
        `datoen «${this.cell(row, layout.bookedOn)}» skal være ${DATE_WORDS[layout.date]}.`,
      );
    const amount = this.amount(row);
    if (amount === null) return skip('utbetaling', 'Det er en utbetaling.');
    const currency = this.cell(row, layout.currency);
    if (currency !== '' && currency !== 'NOK') {
      const why = `Beløpet er i ${currency}; bare norske kroner tas inn.`;
      return { kind: 'refuse', where, what: 'innbetaling', why, raw: row.raw };
    }
    const account = this.account(row);
    if (!this.context.accounts.includes(account)) {
      this.stranger = account;
      return skip('innbetaling', `Den gjelder konto ${account}, som ikke er registrert som din.`);
    }
    this.ours = true;
    return { kind: 'payment', payment: this.payment(row, where, account, dated, amount) };
  }

  private pending(row: CsvRow): boolean {
    const filled = row.cells.length > 1;
    return filled && this.layout.isPending((name) => this.cell(row, name)) && this.hasStatus(row);
  }

  /** A sum has no status; only a movement can be pending. */
  private hasStatus(row: CsvRow): boolean {
    return !this.layout.sumsBelow || this.cell(row, 'Status') !== '';
  }

  private refuseLength(row: CsvRow): void {
    const filled = row.cells.findLastIndex((cell) => cell.trim() !== '') + 1;
    const expected = this.header.length;
    if (filled <= expected && row.cells.length >= expected - 1) return;
    throw this.refuse(row, `raden har ${row.cells.length} felt; overskriftene er ${expected}.`);
  }

  private date(row: CsvRow): LocalDate | null {
    const text = this.cell(row, this.layout.bookedOn);
    switch (this.layout.date) {
      case 'dots':
        return /^\d{1,2}\.\d{1,2}\.\d{4}$/.test(text) ? parseDate(text) : null;
      case 'dashes':
        return /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseDate(text) : null;
      case 'slashes':
        return /^\d{4}\/\d{2}\/\d{2}$/.test(text) ? parseDate(text.replaceAll('/', '-')) : null;
    }
  }

  /** What came in, in øre; null for money out and for nothing. */
  private amount(row: CsvRow): Ore | null {
    const text = this.cell(row, this.layout.amountIn);
    if (text === '' || /^[-−]/.test(text)) return null;
    const amount = decimalOre(text, this.layout.decimal);
    if (!amount.ok) throw this.refuse(row, amount.why);
    return amount.ore === 0 ? null : amount.ore;
  }

  private account(row: CsvRow): string {
    const named = domesticAccount(this.cell(row, this.layout.toAccount));
    if (named !== '') return named;
    if (this.context.account !== null) return this.context.account;
    throw new FileRefused(
      'ACCOUNT_MISSING',
      'Filen sier ikke hvilken av kontiene dine den gjelder.',
      'Oppgi kontoen med --account.',
    );
  }

  private payment(
    row: CsvRow,
    where: string,
    account: string,
    bookedOn: LocalDate,
    amountOre: Ore,
  ): BankPayment {
    const { layout } = this;
    const texts = layout.texts
      .map((name) => this.cell(row, name).replace(/\s+/g, ' '))
      .filter((one) => one !== '');
    const text = texts.length === 0 ? null : texts.join(' – ').slice(0, 500);
    const payer = this.cell(row, layout.payer).replace(/\s+/g, ' ') || null;
    refuseBroken(row, `${text ?? ''} ${payer ?? ''}`);
    const payerAccount = domesticAccount(this.cell(row, layout.fromAccount)) || null;
    const { kids, stated } = this.kids(row, text);
    const parts = [
      layout.bank,
      account,
      bookedOn,
      amountOre,
      kids[0]?.kid ?? '',
      payerAccount ?? '',
      payer ?? '',
      text ?? '',
    ];
    return {
      where,
      raw: row.raw,
      key: ['csv', ...parts].join('|'),
      source: `bank:${layout.bank}`,
      account,
      direction: 'in',
      paidOn: bookedOn,
      bookedOn,
      amountOre,
      kids,
      kidStated: stated,
      payer,
      payerAccount,
      text,
      batch: null,
    };
  }

  private kids(row: CsvRow, text: string | null): { kids: NamedKid[]; stated: boolean } {
    const kid = compact(this.cell(row, this.layout.kid));
    if (kid !== '') return { kids: [{ kid, amountOre: null }], stated: true };
    const message = compact(this.cell(row, this.layout.message));
    if (/^(\d{4,25}|\d{3,24}-)$/.test(message))
      return { kids: [{ kid: message, amountOre: null }], stated: false };
    return { kids: kidInText(text), stated: false };
  }

  /** A statement of an account that is somebody else's, or not registered. */
  end(): void {
    if (this.ours || this.stranger === null) return;
    throw new FileRefused(
      'ACCOUNT_UNKNOWN',
      `Filen gjelder konto ${this.stranger}, som ikke er registrert som din.`,
      `Er den din, registrerer du den med «inkasso config set accounts ${this.stranger}».`,
    );
  }
}

const DATE_WORDS = { dots: 'DD.MM.ÅÅÅÅ', dashes: 'ÅÅÅÅ-MM-DD', slashes: 'ÅÅÅÅ/MM/DD' } as const;

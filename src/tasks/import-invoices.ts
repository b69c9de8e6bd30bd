import { BrokenCsv } from '../import/csv.js';
import {
  columnsOf,
  headerKey,
  readColumnMap,
  type ColumnMap,
  type Columns,
} from '../import/invoice-csv-columns.js';
import { bareName, FIELD_WORDS, isCsvField, type CsvField } from '../import/invoice-csv-fields.js';
import { readInvoiceCsv, type CsvRecord } from '../import/invoice-csv.js';
import { FileRefused } from '../import/plan.js';
import { headText, openText } from '../import/text.js';
import type { Context } from '../context.js';
import { creditNoteRecord, invoiceRecord, leftOutRecord, type Place } from './claim-record.js';
import type { ImportJob } from './import-kind.js';
import { takeCreditNote, takeInvoice, takeSettled } from './imported-claim.js';
import { listOption } from './input.js';

const PROGRESS_EVERY = 1000;
/** Bad rows told of one by one; the rest are counted. */
const TOLD = 20;

/** Takes in the invoices of a CSV file: all of them, or none when a row cannot be read. @throws FileRefused */
export async function importInvoices(job: ImportJob): Promise<void> {
  try {
    const text = openText(job.file);
    job.readAs(text.encoding);
    const columns = columnsIn(job);
    warnOfOre(job, columns);
    const own = job.ctx.store().settings().orgnr;
    await take(job, readInvoiceCsv({ columns, pieces: () => text.pieces(), own, today: job.ctx.today }));
  } catch (fault) {
    if (fault instanceof BrokenCsv)
      throw new FileRefused('CSV', fault.message, 'Rett filen, eller eksporter den på nytt.');
    throw fault;
  }
}

/** Finds the columns, and remembers what the user says of them. */
function columnsIn(job: ImportJob): Columns {
  const given = readColumnMap(listOption(job.options, 'map'));
  const columns = columnsOf(headText(job.file), given, (header) => rememberedMap(job.ctx, header));
  const { header, map } = columns;
  if (given.size > 0) {
    job.ctx.store().claimImports.saveColumnMap(headerKey(header), Object.fromEntries(map));
  } else if (map.size > 0) {
    const words = header.flatMap((name) => {
      const field = map.get(bareName(name));
      return field === undefined ? [] : [`«${name}» som ${FIELD_WORDS[field]}`];
    });
    job.warn({
      code: 'COLUMN_MAP',
      message: `${job.file.name}: kolonnene leses som sist: ${words.join(', ')}.`,
    });
  }
  return columns;
}

export function rememberedMap(ctx: Context, header: readonly string[]): ColumnMap {
  const stored = Object.entries(ctx.store().claimImports.columnMap(headerKey(header)));
  return new Map(stored.filter((entry): entry is [string, CsvField] => isCsvField(entry[1])));
}

function warnOfOre(job: ImportJob, columns: Columns): void {
  const inOre = (['amount', 'outstanding', 'paid'] as const).filter((field) => columns.inOre.has(field));
  if (inOre.length === 0) return;
  const names = inOre.map((field) => `«${columns.header[columns.at.get(field) ?? 0] ?? ''}»`);
  const message = `${job.file.name}: ${names.join(' og ')} er lest som hele øre, slik Fikens API oppgir beløp.`;
  job.warn({ code: 'ORE', message });
}

async function take(job: ImportJob, records: Iterable<CsvRecord>): Promise<void> {
  const rows = new RowTaker(job);
  let count = 0;
  let read = 0;
  for (const record of records) {
    rows.take(record);
    count += 1;
    read += record.raw.length;
    if (count % PROGRESS_EVERY === 0) await job.progress(read);
  }
  rows.finish();
}

class RowTaker {
  private readonly bad: string[] = [];
  private badCount = 0;
  /** The lines each warning was given for, and its words at the first. */
  private readonly warnings = new Map<string, { message: string; lines: number[]; count: number }>();

  constructor(private readonly job: ImportJob) {}

  take(record: CsvRecord): void {
    if (record.kind === 'bad') {
      this.badCount += 1;
      if (this.bad.length < TOLD) this.bad.push(`Linje ${record.line}: ${record.problems.join('; ')}.`);
      return;
    }
    // Once a row is bad nothing is taken in, so the rest is only read to tell what else is wrong.
    if (this.badCount > 0) return;
    const place = { where: `linje ${record.line}`, raw: record.raw };
    if (record.kind === 'leftOut') this.leftOut(place, record);
    else if (record.kind === 'creditNote') this.creditNote(place, record);
    else this.invoice(place, record);
  }

  private invoice(
    place: Place,
    { invoice: stated, warnings, line }: Extract<CsvRecord, { kind: 'invoice' }>,
  ): void {
    const { number, owedOre, grossOre, issued, due, description, kid, debtor } = stated;
    const { name: fileName, sha256 } = this.job.file;
    const claim = {
      invoice: number,
      amountOre: owedOre,
      issued,
      due,
      description,
      kid,
      debtor,
      policy: null,
      charge: 'fees' as const,
      interestFrom: null,
      history: [],
      source: { kind: 'csv' as const, fileName, sha256, line },
    };
    const taken = takeInvoice(this.job, claim, grossOre);
    invoiceRecord(this.job, place, claim, taken);
    if (taken.state === 'add') this.warn(line, [...warnings, ...taken.warnings]);
  }

  private creditNote(
    place: Place,
    { note, warnings, line }: Extract<CsvRecord, { kind: 'creditNote' }>,
  ): void {
    const stated = {
      number: note.number,
      amountOre: note.amountOre,
      issued: note.issued,
      invoice: note.credits,
    };
    creditNoteRecord(this.job, place, stated, takeCreditNote(this.job, stated));
    this.warn(line, warnings);
  }

  private leftOut(
    place: Place,
    { state, what, why, settled }: Extract<CsvRecord, { kind: 'leftOut' }>,
  ): void {
    const open = settled === null ? null : takeSettled(this.job, settled);
    if (open === null) leftOutRecord(this.job, place, state, what, why);
    else leftOutRecord(this.job, place, 'ask', what, open.why ?? '', { case: open.case });
  }

  private warn(line: number, warnings: readonly { code: string; message: string }[]): void {
    for (const { code, message } of warnings) {
      const known = this.warnings.get(code) ?? { message, lines: [], count: 0 };
      if (known.lines.length < 5) known.lines.push(line);
      this.warnings.set(code, { ...known, count: known.count + 1 });
    }
  }

  /** @throws FileRefused when a row could not be read */
  finish(): void {
    if (this.badCount > 0)
      throw new FileRefused('ROWS', this.badRows(), 'Rett radene og importer filen på nytt.');
    for (const [code, { message, lines, count }] of this.warnings) {
      const [first = 0] = lines;
      const others =
        count === 1
          ? ''
          : ` Det samme gjelder ${count - 1} ${count === 2 ? 'rad' : 'rader'} til (${listed(lines.slice(1), count - 1)}).`;
      this.job.warn({ code, message: `${this.job.file.name}, linje ${first}: ${message}${others}` });
    }
  }

  private badRows(): string {
    const [only] = this.bad;
    if (this.badCount === 1 && only !== undefined) return `${only} Ingenting er tatt inn.`;
    const more = this.badCount > this.bad.length ? `\n… og ${this.badCount - this.bad.length} til.` : '';
    return `${this.badCount} rader kan ikke leses, så ingenting er tatt inn.\n${this.bad.join('\n')}${more}`;
  }
}

function listed(lines: readonly number[], count: number): string {
  return `linje ${lines.join(', ')}${count > lines.length ? ' …' : ''}`;
}

import type { Context } from '../context.js';
import { findHeader, readColumnMap } from '../import/invoice-csv-columns.js';
import type { Format, ImportFile } from '../import/plan.js';
import { headText } from '../import/text.js';
import type { Options } from './answer.js';
import { importEhf } from './import-ehf.js';
import { importInvoices, rememberedMap } from './import-invoices.js';
import type { ImportJob, ImportKind } from './import-kind.js';
import { listOption } from './input.js';

/** Files with invoices: what customers owe. */
export const claimKind: ImportKind = { formats: ['ehf', 'csv'], recognise, run };

async function run(job: ImportJob): Promise<void> {
  if (job.format === 'ehf') importEhf(job);
  else await importInvoices(job);
}

/** Any XML is read as EHF, which says what it is instead; so is what people take for an invoice: a PDF, a web page. */
const DOCUMENT = /^\s*<|^%PDF-/;

function recognise(file: ImportFile, ctx: Context, options: Options): Format | null {
  const head = headText(file).replace(/^\ufeff/, '');
  if (DOCUMENT.test(head)) return 'ehf';
  return hasInvoiceColumns(head, ctx, options) ? 'csv' : null;
}

/** A bank statement has dates and texts too, but no invoice number beside what is owed or when. */
function hasInvoiceColumns(head: string, ctx: Context, options: Options): boolean {
  const given = readColumnMap(listOption(options, 'map'));
  const found = findHeader(head, given, (header) => rememberedMap(ctx, header));
  if (found === null) return false;
  const { fields, row } = found;
  if (given.size > 0 || rememberedMap(ctx, row.cells).size > 0) return true;
  return fields.has('invoice') && (fields.has('amount') || fields.has('outstanding') || fields.has('due'));
}

import { decodeText } from '../import/decode.js';
import type { EhfCreditNote, EhfInvoice } from '../import/ehf-document.js';
import { readEhf } from '../import/ehf.js';
import { FileRefused } from '../import/plan.js';
import { creditNoteRecord, invoiceRecord, type Place } from './claim-record.js';
import { claimFromInvoice, ehfCode, ONLY_OWN, whyNotOwn, type EhfChoices } from './ehf-claim.js';
import { UserFault } from './fault.js';
import type { ImportJob } from './import-kind.js';
import { takeCreditNote, takeInvoice, type Taken } from './imported-claim.js';
import type { NewClaim } from './register.js';

/** Takes in one EHF invoice or credit note. @throws FileRefused before anything is written */
export function importEhf(job: ImportJob): void {
  const result = readEhf(job.file.bytes());
  if (result.kind === 'refused') throw new FileRefused(ehfCode(result.code), result.why);
  const place = { where: job.file.name, raw: rawText(job) };
  const document = result.kind === 'invoice' ? result.invoice : result.creditNote;
  const theirs = whyNotOwn(
    job.ctx,
    document.supplier,
    result.kind === 'invoice' ? 'fakturaen' : 'kreditnotaen',
  );
  if (theirs !== null) throw new FileRefused('NOT_OUR_INVOICE', sentence(theirs), ONLY_OWN);
  const taken =
    result.kind === 'invoice'
      ? invoice(job, place, result.invoice)
      : creditNote(job, place, result.creditNote);
  const said = taken?.state === 'skip' ? [] : [...result.warnings, ...(taken?.warnings ?? [])];
  for (const { code, message } of said) job.warn({ code, message: `${job.file.name}: ${message}` });
}

/** One document is taken in or refused; only a file of many goes on with the others. */
function orRefuse<T extends Taken | null>(taken: T): T {
  if (taken?.state !== 'ask' && taken?.state !== 'refuse') return taken;
  throw new FileRefused(taken.state === 'ask' ? 'CONFLICT' : 'REFUSED', taken.why ?? '');
}

function invoice(job: ImportJob, place: Place, document: EhfInvoice): Taken {
  const { name } = job.file;
  if (document.due === null) {
    throw new FileRefused(
      'NO_DUE_DATE',
      `Faktura ${document.number} har ingen forfallsdato.`,
      `Registrer den med «inkasso add --from ${name} --due <dato>».`,
    );
  }
  const choices = {
    due: null,
    kid: null,
    description: null,
    debtor: {},
    type: null,
    language: 'nb' as const,
  };
  const unsaid = { policy: null, charge: 'fees' as const, interestFrom: null, history: [] };
  const claim = claimOf(job, document, { ...choices, ...unsaid });
  const taken = orRefuse(takeInvoice(job, claim, null));
  invoiceRecord(job, place, claim, taken);
  return taken;
}

function claimOf(job: ImportJob, document: EhfInvoice, choices: EhfChoices): NewClaim {
  const { name, sha256 } = job.file;
  try {
    return claimFromInvoice({ name, sha256 }, document, choices);
  } catch (fault) {
    if (!(fault instanceof UserFault)) throw fault;
    const hint = `Registrer den med «inkasso add --from ${name} --debtor <navn>».`;
    throw new FileRefused(fault.code, sentence(fault.message.replace(`${name}: `, '')), hint);
  }
}

function creditNote(job: ImportJob, place: Place, document: EhfCreditNote): Taken | null {
  const { number, issued, amountOre, creditedInvoices } = document;
  const [credited, other] = creditedInvoices;
  if (credited === undefined || other !== undefined) {
    const which =
      credited === undefined
        ? 'sier ikke hvilken faktura den gjelder'
        : `gjelder flere fakturaer (${creditedInvoices.join(', ')}), og sier ikke hvor mye på hver`;
    throw new FileRefused(
      'CREDIT_NOTE',
      `Kreditnota ${number} ${which}.`,
      `Registrer den med «inkasso credit <faktura> <beløp> --note-no ${number} --date ${issued}».`,
    );
  }
  const note = { number, issued, amountOre, invoice: credited };
  const taken = orRefuse(takeCreditNote(job, note));
  creditNoteRecord(job, place, note, taken);
  return taken;
}

/** The file as text, without what may be a national id in place of an organisasjonsnummer (B3). */
function rawText(job: ImportJob): string {
  const decoded = decodeText(job.file.bytes());
  if (!decoded.ok) return '';
  job.readAs(decoded.encoding);
  return decoded.text.replace(
    /(<(?:[\w.-]+:)?(?:CompanyID|EndpointID)\b[^>]*>[^<]*?)\d{6} ?\d{5}(?=[^\d<]*<)/g,
    '$1***********',
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

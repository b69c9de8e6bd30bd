import type { PlannedState, RecordWords } from '../import/plan.js';
import type { LocalDate } from '../law/dates.js';
import { formatDate } from '../law/dates.js';
import { formatKroner } from '../law/money.js';
import type { ImportJob } from './import-kind.js';
import { takeCreditNote, type NewCreditNote, type Taken } from './imported-claim.js';
import type { NewClaim } from './register.js';

/** Where a document stands in a file, and how it stood there. */
export interface Place {
  readonly where: string;
  readonly raw: string;
}

/** Tells what became of an invoice, and credits it by the notes that waited for it. */
export function invoiceRecord(job: ImportJob, place: Place, claim: NewClaim, taken: Taken): void {
  const { invoice, issued, due } = claim;
  report(job, place, taken, keyOf(job, '380', invoice, issued ?? due), () => invoiceWords(claim, taken.case));
  if (taken.state === 'add') creditWaiting(job, place, invoice);
}

function invoiceWords({ invoice, amountOre, due, debtor }: NewClaim, number: number | null): RecordWords {
  const what = `faktura ${invoice}, ${debtor.name}, ${formatKroner(amountOre)}, forfall ${formatDate(due)}`;
  return { what, data: { invoice, debtor: debtor.name, amountOre, due, case: number } };
}

/** Tells what became of a credit note. Null: its invoice has not come, so it waits. */
export function creditNoteRecord(
  job: ImportJob,
  place: Place,
  note: NewCreditNote,
  taken: Taken | null,
): void {
  const key = keyOf(job, '381', note.number, note.issued);
  if (taken === null) wait(job, place, note, key);
  else report(job, place, taken, key, () => wordsOf(note, taken.case));
}

function wait(job: ImportJob, place: Place, note: NewCreditNote, key: string): void {
  const before = job.known(key, 1);
  const why = before
    ? `Kreditnotaen er lest før, og faktura ${note.invoice} er fremdeles ikke registrert.`
    : `Faktura ${note.invoice} er ikke registrert; kreditnotaen trekkes fra når den kommer.`;
  const taken: Taken = { state: before ? 'skip' : 'add', why, case: null, warnings: [] };
  const record = report(job, place, taken, key, () => wordsOf(note, null));
  if (record !== null) job.ctx.store().claimImports.addWaiting({ record, ...note });
}

function creditWaiting(job: ImportJob, place: Place, invoice: string): void {
  const { claimImports } = job.ctx.store();
  for (const { record, number, issued, amountOre } of claimImports.waitingFor(invoice)) {
    const taken = takeCreditNote(job, { number, issued, amountOre, invoice });
    if (taken?.case === null || taken === null) continue;
    const why = taken.why ?? 'Kreditnotaen er lest før og ventet på fakturaen.';
    tell(job, place, taken.state, why, '', () => wordsOf({ number, issued, amountOre, invoice }, taken.case));
    claimImports.arrived(record, taken.case);
  }
}

function wordsOf(note: NewCreditNote, number: number | null): RecordWords {
  const { invoice, amountOre, number: creditNote } = note;
  return {
    what: `kreditnota ${creditNote} på faktura ${invoice}, ${formatKroner(amountOre)}`,
    data: { creditNote, invoice, amountOre, case: number },
  };
}

/** What makes it the same document in another file: seller, kind, number and year. */
function keyOf(job: ImportJob, kind: '380' | '381', number: string, on: LocalDate | null): string {
  const { orgnr } = job.ctx.store().settings();
  return `${kind} ${orgnr} ${number} ${on?.slice(0, 4) ?? ''}`;
}

/** Only what was taken in is kept, with the case it became. Returns the number of the record. */
function report(
  job: ImportJob,
  place: Place,
  { state, why, case: number }: Taken,
  key: string,
  words: () => RecordWords,
): number | null {
  const record = tell(job, place, state, why, state === 'add' ? key : '', words);
  if (record !== null && number !== null) job.ctx.store().claimImports.link(record, number);
  return record;
}

/** Tells of something in a file that nothing is kept of. */
export function leftOutRecord(
  job: ImportJob,
  place: Place,
  state: Exclude<PlannedState, 'add'>,
  what: string,
  why: string,
  data: object = {},
): void {
  tell(job, place, state, why, '', () => ({ what, data }));
}

function tell(
  job: ImportJob,
  { where, raw }: Place,
  state: PlannedState,
  why: string | null,
  key: string,
  words: () => RecordWords,
): number | null {
  return job.report({ where, state, why, key, occurrence: 1, raw }, words);
}

import { accountsOf } from '../case/settings.js';
import { checkAccount, formatAccount } from '../case/party.js';
import { BANK_FORMATS } from '../import/bank-formats.js';
import type { BankRecord } from '../import/payment.js';
import { FileRefused, type ImportFile } from '../import/plan.js';
import { headText, openText } from '../import/text.js';
import { formatDate } from '../law/dates.js';
import { textOption } from './input.js';
import type { ImportJob, ImportKind } from './import-kind.js';
import { wordsOf, type Outcome } from './payment-record.js';
import { Settler } from './settler.js';

/** Files from the bank: what customers have paid. */
export const paymentKind: ImportKind = {
  formats: BANK_FORMATS.map(({ format }) => format),
  recognise: (file) => {
    const head = headText(file);
    return BANK_FORMATS.find((candidate) => candidate.recognises(head))?.format ?? null;
  },
  run,
};

const PROGRESS_EVERY = 500;

async function run(job: ImportJob): Promise<void> {
  const reader = BANK_FORMATS.find(({ format }) => format === job.format);
  if (reader === undefined) throw new Error(`no reader of ${job.format}`);
  const { ctx } = job;
  const counted = countingFile(job.file);
  const text = openText(counted.file);
  job.readAs(text.encoding);
  const settler = new Settler(job);
  const occurrences = new Map<string, number>();
  let found = 0;
  const accounts = accountsOf(ctx.store().settings());
  const context = { today: ctx.today, accounts, account: accountGiven(job, accounts) };
  counted.start();
  for (const record of reader.read(text.pieces(), context)) {
    take(job, settler, occurrences, record);
    found += 1;
    if (found % PROGRESS_EVERY === 0) await job.progress(counted.bytes());
  }
  settler.finish();
}

/** The account of a file that does not say: the one the user names, or the only one there is. */
function accountGiven(job: ImportJob, accounts: readonly string[]): string | null {
  const named = textOption(job.options, 'account');
  if (named === null) return accounts.length === 1 ? (accounts[0] ?? null) : null;
  const checked = checkAccount(named);
  if (checked.ok && accounts.includes(checked.value)) return checked.value;
  throw new FileRefused(
    'ACCOUNT_UNKNOWN',
    checked.ok
      ? `--account: konto ${formatAccount(checked.value)} er ikke registrert som din.`
      : `--account: ${checked.why}.`,
    'Dine konti står i «inkasso config get account» og «inkasso config get accounts».',
  );
}

/** The file, and how much of it has been read since `start`. */
function countingFile(file: ImportFile): { file: ImportFile; start(): void; bytes(): number } {
  let bytes = 0;
  function* chunks(): Iterable<Uint8Array> {
    for (const chunk of file.chunks()) {
      yield chunk;
      bytes += chunk.length;
    }
  }
  return { file: { ...file, chunks }, start: () => (bytes = 0), bytes: () => bytes };
}

function take(job: ImportJob, settler: Settler, occurrences: Map<string, number>, record: BankRecord): void {
  if (record.kind !== 'payment') {
    const { kind: state, where, what, why, raw } = record;
    job.report({ where, state, why, key: '', occurrence: 0, raw }, () => ({ what, data: {} }));
    return;
  }
  const { payment } = record;
  if (payment.bookedOn > job.ctx.today) {
    throw new FileRefused(
      'FUTURE',
      `${upper(payment.where)}: betalingen er bokført ${formatDate(payment.bookedOn)}, som er etter ${formatDate(job.ctx.today)}.`,
      'Er dagens dato riktig (--as-of)? Ingenting av filen er tatt inn.',
    );
  }
  const occurrence = (occurrences.get(payment.key) ?? 0) + 1;
  occurrences.set(payment.key, occurrence);
  if (job.known(payment.key, occurrence)) {
    const known: Outcome = { state: 'skip', match: null, cases: [], why: 'Tatt inn før.', settled: null };
    const { where, raw } = payment;
    job.report({ where, state: known.state, why: known.why, key: '', occurrence, raw }, () =>
      wordsOf(payment, known),
    );
    return;
  }
  settler.settle(payment, occurrence);
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

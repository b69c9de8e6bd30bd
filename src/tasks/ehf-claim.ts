import type { DebtorData } from '../case/debtor.js';
import { formatOrgnr, type Language } from '../case/party.js';
import type { Context } from '../context.js';
import type { EhfInvoice } from '../import/ehf-document.js';
import { readEhf } from '../import/ehf.js';
import type { DebtorType } from '../law/costs.js';
import type { LocalDate } from '../law/dates.js';
import type { Warning } from './answer.js';
import { usage } from './fault.js';
import type { NewClaim } from './register.js';

/** What an EHF invoice does not say, or the user says otherwise. */
export interface EhfChoices extends Pick<NewClaim, 'policy' | 'charge' | 'interestFrom' | 'history'> {
  readonly due: LocalDate | null;
  readonly kid: string | null;
  readonly description: string | null;
  readonly debtor: Partial<Omit<DebtorData, 'type' | 'language'>>;
  readonly type: DebtorType | null;
  readonly language: Language;
}

export interface EhfFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Reads the creditor's own invoice. @throws UserFault: not an invoice, or somebody else's. */
export function readOwnInvoice(
  ctx: Context,
  file: EhfFile,
): { invoice: EhfInvoice; warnings: readonly Warning[] } {
  const result = readEhf(file.bytes);
  if (result.kind === 'refused')
    throw usage(`${file.name}: ${result.why}`, null, `EHF_${result.code.toUpperCase().replaceAll('-', '_')}`);
  if (result.kind === 'creditNote') throw usage(`${file.name}: filen er en kreditnota, ikke en faktura.`);
  refuseOthersInvoice(ctx, result.invoice, file.name);
  return { invoice: result.invoice, warnings: result.warnings };
}

/** A supplier who is not the creditor: then this is an invoice the user has received. */
function refuseOthersInvoice(ctx: Context, invoice: EhfInvoice, fileName: string): void {
  const { orgnr, name } = ctx.store().settings();
  if (invoice.supplier.orgnr === orgnr) return;
  const who = invoice.supplier.name ?? 'en ukjent leverandør';
  const theirs =
    invoice.supplier.orgnr === null ? 'uten norsk organisasjonsnummer' : formatOrgnr(invoice.supplier.orgnr);
  throw usage(
    `${fileName}: fakturaen er sendt av ${who} (${theirs}), ikke av ${name} (${formatOrgnr(orgnr)}).`,
    'Programmet krever bare inn dine egne fakturaer.',
    'NOT_OUR_INVOICE',
  );
}

/** The claim an invoice states. @throws UserFault when it lacks what a claim needs and nobody has said it. */
export function claimFromInvoice(file: EhfFile, invoice: EhfInvoice, choices: EhfChoices): NewClaim {
  const due = choices.due ?? invoice.due;
  if (due === null) throw usage(`${file.name}: fakturaen har ingen forfallsdato.`, 'Oppgi den med --due.');
  const { policy, charge, interestFrom, history } = choices;
  return {
    invoice: invoice.number,
    amountOre: invoice.payableOre,
    issued: invoice.issued,
    due,
    description: choices.description ?? invoice.description,
    kid: choices.kid ?? invoice.kid,
    policy,
    charge,
    interestFrom,
    history,
    debtor: debtorFrom(file, invoice, choices),
    source: { kind: 'ehf', fileName: file.name, sha256: file.sha256 },
  };
}

function debtorFrom(file: EhfFile, { customer }: EhfInvoice, choices: EhfChoices): DebtorData {
  const name = choices.debtor.name ?? customer.name;
  if (name === null)
    throw usage(`${file.name}: fakturaen har ikke navnet på kunden.`, 'Oppgi det med --debtor.');
  return {
    name,
    type: choices.type ?? (customer.isConsumer ? 'consumer' : 'business'),
    orgnr: choices.debtor.orgnr ?? customer.orgnr,
    address: choices.debtor.address ?? customer.address,
    zip: choices.debtor.zip ?? customer.zip,
    city: choices.debtor.city ?? customer.city,
    country: choices.debtor.country ?? customer.country,
    email: choices.debtor.email ?? customer.email,
    phone: choices.debtor.phone ?? customer.phone,
    language: choices.language,
  };
}

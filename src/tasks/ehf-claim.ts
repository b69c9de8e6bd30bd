import type { DebtorData } from '../case/debtor.js';
import { formatOrgnr, type Language } from '../case/party.js';
import type { Context } from '../context.js';
import type { EhfInvoice, EhfParty, EhfRefusal } from '../import/ehf-document.js';
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
  if (result.kind === 'refused') throw usage(`${file.name}: ${result.why}`, null, ehfCode(result.code));
  if (result.kind === 'creditNote') {
    throw usage(
      `${file.name}: filen er en kreditnota, ikke en faktura.`,
      `Den trekkes fra fakturaen med «inkasso import ${file.name}».`,
    );
  }
  const theirs = whyNotOwn(ctx, result.invoice.supplier);
  if (theirs !== null) throw usage(`${file.name}: ${theirs}`, ONLY_OWN, 'NOT_OUR_INVOICE');
  return { invoice: result.invoice, warnings: result.warnings };
}

/** How a refusal is named to programs. */
export function ehfCode(code: EhfRefusal): string {
  return `EHF_${code.toUpperCase().replaceAll('-', '_')}`;
}

export const ONLY_OWN = 'Programmet krever bare inn dine egne fakturaer.';

/** A supplier who is not the creditor: then this is an invoice the user has received. */
export function whyNotOwn(ctx: Context, supplier: EhfParty, what = 'fakturaen'): string | null {
  const { orgnr, name } = ctx.store().settings();
  if (supplier.orgnr === orgnr) return null;
  const who = supplier.name ?? 'en ukjent leverandør';
  const theirs = supplier.orgnr === null ? 'uten norsk organisasjonsnummer' : formatOrgnr(supplier.orgnr);
  return `${what} er sendt av ${who} (${theirs}), ikke av ${name} (${formatOrgnr(orgnr)}).`;
}

/** The claim an invoice states. @throws UserFault when it lacks what a claim needs and nobody has said it. */
export function claimFromInvoice(
  file: Omit<EhfFile, 'bytes'>,
  invoice: EhfInvoice,
  choices: EhfChoices,
): NewClaim {
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

function debtorFrom(file: Omit<EhfFile, 'bytes'>, { customer }: EhfInvoice, choices: EhfChoices): DebtorData {
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

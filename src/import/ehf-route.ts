import { refuse } from './ehf-document.js';
import type { EhfRefusal, Warn } from './ehf-document.js';
import { cac, cbc, lineAt, oneLine, quote, required, UBL } from './ehf-text.js';
import { textsAt } from './xml.js';
import type { XmlElement } from './xml.js';

export type Version = 'ehf3' | 'ehf2';

export interface Route {
  readonly version: Version;
  readonly credit: boolean;
}

export const HTML = 'Filen er en nettside (HTML), ikke en EHF-fil; last ned selve XML-filen.';

export const SAF_T =
  'Filen er en SAF-T-eksport av regnskapet. Den har sjelden forfall og KID, så krav kan ikke hentes fra den; eksporter fakturaene som EHF eller CSV i stedet.';

const NOT_CLAIMS: readonly (readonly [customization: RegExp, code: EhfRefusal, why: string])[] = [
  [
    /ehf:forward-billing:3\.0$/,
    'forward-billing',
    'Filen er en videreformidlet faktura (EHF Forward Billing): selgeren i den er ikke den som krever inn hos sluttkunden.',
  ],
  [
    /ehf:spec:payment-request:3\.0$/,
    'payment-request',
    'Filen er en betalingsanmodning (EHF Payment Request), ikke en faktura.',
  ],
  [
    /selfbilling:3\.0$/,
    'self-billing',
    'Filen er en selvfakturering: den er utstedt av kjøperen, ikke av selgeren.',
  ],
];

function refuseReminder(root: XmlElement): never {
  const invoices = referencedInvoices(root);
  const about = invoices.length === 0 ? '' : ` på faktura ${quote(invoices.join(', '))}`;
  return refuse('reminder', `Filen er en purring${about}, ikke en faktura; importer selve fakturaen.`);
}

function refuseKnown(root: XmlElement, customization: string): void {
  if (/ehf:reminder:3\.0$|ehf:purring:ver1/.test(customization)) refuseReminder(root);
  const match = NOT_CLAIMS.find(([pattern]) => pattern.test(customization));
  if (match !== undefined) refuse(match[1], match[2]);
}

function refuseOther(root: XmlElement, customization: string | null): never {
  if (root.local.toLowerCase() === 'html') refuse('html', HTML);
  if (root.uri === `${UBL}Reminder-2`) refuseReminder(root);
  if (root.local === 'AuditFile') refuse('saf-t', SAF_T);
  const what =
    customization === null ? 'uten CustomizationID' : `med CustomizationID ${quote(customization)}`;
  return refuse(
    'unknown',
    `Ukjent dokument: rotelementet er ${quote(root.local)} ${what}; ventet en faktura eller kreditnota i EHF Billing 3.0 eller EHF 2.0.`,
  );
}

/** By CustomizationID first: a reminder and a payment request are UBL Invoices too. */
export function routeOf(root: XmlElement): Route {
  const customization = lineAt(root, cbc('CustomizationID'));
  if (customization === null) return refuseOther(root, null);
  refuseKnown(root, customization);
  const invoice = root.uri === `${UBL}Invoice-2` && root.local === 'Invoice';
  const creditNote = root.uri === `${UBL}CreditNote-2` && root.local === 'CreditNote';
  if (customization.endsWith('poacc:billing:3.0') && (invoice || creditNote)) {
    return { version: 'ehf3', credit: creditNote };
  }
  if (customization.endsWith('urn:www.difi.no:ehf:faktura:ver2.0') && invoice) {
    return { version: 'ehf2', credit: false };
  }
  if (customization.endsWith('urn:www.difi.no:ehf:kreditnota:ver2.0') && creditNote) {
    return { version: 'ehf2', credit: true };
  }
  return refuseOther(root, customization);
}

/** UNCL1001 codes that are not the seller's own claim. */
const FOREIGN_TYPES: ReadonlyMap<string, readonly [code: EhfRefusal, why: string]> = new Map([
  ['261', ['self-billing', 'Filen er en selvfakturert kreditnota: den er utstedt av kjøperen.']],
  ['389', ['self-billing', 'Filen er en selvfakturering: den er utstedt av kjøperen, ikke av selgeren.']],
  ['527', ['self-billing', 'Filen er en selvfakturering: den er utstedt av kjøperen, ikke av selgeren.']],
  ['393', ['factored', 'Fakturaen er overdratt til et factoringselskap, som selv må kreve den inn.']],
  ['396', ['factored', 'Kreditnotaen gjelder et krav som er overdratt til et factoringselskap.']],
  ['71', ['payment-request', 'Filen er en betalingsanmodning, ikke en faktura.']],
  ['325', ['pro-forma', 'Filen er en proformafaktura, som ikke er et krav.']],
]);

const CREDIT_TYPES = ['81', '83', '262', '296', '308', '381', '420', '458', '532'];

export function checkInvoiceType(root: XmlElement, warn: Warn): void {
  const type = required(root, 'InvoiceTypeCode', '380 (faktura)');
  const foreign = FOREIGN_TYPES.get(type);
  if (foreign !== undefined) refuse(...foreign);
  if (CREDIT_TYPES.includes(type)) {
    refuse(
      'type-code',
      `Rotelementet er Invoice, men typekoden ${type} er en kreditnota; ventet 380 (faktura).`,
    );
  }
  if (type === '384') {
    warn(
      'corrected',
      'Fakturaen er en korrigert faktura (384); pass på at den opprinnelige ikke kreves inn i tillegg.',
    );
  } else if (type !== '380') {
    warn(
      'type-code',
      `Fakturaen har typekode ${quote(type)}, ikke 380 (vanlig faktura); se etter at den er et eget krav.`,
    );
  }
}

export function checkCreditNoteType(root: XmlElement): void {
  const type = lineAt(root, cbc('CreditNoteTypeCode'));
  if (type === null) return;
  const foreign = FOREIGN_TYPES.get(type);
  if (foreign !== undefined) refuse(...foreign);
  if (!CREDIT_TYPES.includes(type)) {
    refuse(
      'type-code',
      `Rotelementet er CreditNote, men typekoden er ${quote(type)}; ventet 381 (kreditnota).`,
    );
  }
}

export function referencedInvoices(root: XmlElement): readonly string[] {
  const numbers = textsAt(root, cac('BillingReference'), cac('InvoiceDocumentReference'), cbc('ID'));
  return [...new Set(numbers.map(oneLine))];
}

import {
  checkAccount,
  checkCountry,
  checkEmail,
  checkIban,
  checkKid,
  checkOrgnr,
  looksLikeNationalId,
} from '../case/party.js';
import { formatDate, parseDate } from '../law/dates.js';
import type { LocalDate } from '../law/dates.js';
import { formatKroner, parseKroner } from '../law/money.js';
import type { Ore, ParsedAmount } from '../law/money.js';
import { decodeText } from './decode.js';
import { child, children, elementsAt, parseXml, textAt, textsAt } from './xml.js';
import type { XmlElement, XmlName } from './xml.js';

// What comes out -------------------------------------------------------------------------------------------

export interface ImportWarning {
  readonly code: string;
  readonly message: string;
}

export interface EhfParty {
  readonly name: string | null;
  /** Nine digits with a valid check digit. */
  readonly orgnr: string | null;
}

export interface EhfCustomer extends EhfParty {
  readonly address: string | null;
  /** As the file has it, also when it is not four digits (a warning says so). */
  readonly zip: string | null;
  readonly city: string | null;
  /** ISO 3166-1 code; NO where the file has none. */
  readonly country: string;
  readonly email: string | null;
  readonly phone: string | null;
  /** A guess: the file has no organisasjonsnummer. */
  readonly isConsumer: boolean;
}

export interface EhfInvoice {
  readonly number: string;
  readonly issued: LocalDate;
  readonly due: LocalDate | null;
  readonly currency: 'NOK';
  /** LegalMonetaryTotal/PayableAmount: what was left to pay when the invoice was issued. */
  readonly payableOre: Ore;
  /** As the file has it when it is not a valid KID (a warning says so). */
  readonly kid: string | null;
  /** Norwegian account number, eleven digits. */
  readonly account: string | null;
  readonly iban: string | null;
  readonly supplier: EhfParty;
  readonly customer: EhfCustomer;
  /** What the claim concerns, in one line. */
  readonly description: string | null;
  readonly orderReference: string | null;
  readonly buyerReference: string | null;
  readonly paymentTermsNote: string | null;
  /** Embedded documents; links are not counted. */
  readonly attachments: number;
}

export interface EhfCreditNote {
  readonly number: string;
  readonly issued: LocalDate;
  readonly currency: 'NOK';
  readonly amountOre: Ore;
  readonly creditedInvoices: readonly string[];
  readonly supplier: EhfParty;
  readonly customer: EhfCustomer;
}

export type EhfResult =
  | { readonly kind: 'invoice'; readonly invoice: EhfInvoice; readonly warnings: readonly ImportWarning[] }
  | {
      readonly kind: 'creditNote';
      readonly creditNote: EhfCreditNote;
      readonly warnings: readonly ImportWarning[];
    }
  | { readonly kind: 'refused'; readonly code: EhfRefusal; readonly why: string };

export type EhfRefusal =
  | 'empty'
  | 'unreadable'
  | 'not-xml'
  | 'html'
  | 'xml'
  | 'unknown'
  | 'reminder'
  | 'payment-request'
  | 'self-billing'
  | 'forward-billing'
  | 'factored'
  | 'pro-forma'
  | 'type-code'
  | 'missing'
  | 'currency'
  | 'date'
  | 'amount'
  | 'nothing-to-collect'
  | 'broken-text';

class Refusal extends Error {
  constructor(
    readonly code: EhfRefusal,
    why: string,
  ) {
    super(why);
  }
}

function refuse(code: EhfRefusal, why: string): never {
  throw new Refusal(code, why);
}

type Warn = (code: string, message: string) => void;

// Names and texts ------------------------------------------------------------------------------------------

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';
const CAC = `${UBL}CommonAggregateComponents-2`;
const CBC = `${UBL}CommonBasicComponents-2`;

const cac = (local: string): XmlName => [CAC, local];
const cbc = (local: string): XmlName => [CBC, local];

function cut(text: string, length: number): string {
  const characters = [...text.slice(0, 4 * length)];
  if (characters.length <= length) return characters.join('');
  return `${characters
    .slice(0, length - 1)
    .join('')
    .trimEnd()}…`;
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function quote(text: string): string {
  return `«${cut(oneLine(text), 120)}»`;
}

function lineAt(element: XmlElement | null, ...path: readonly XmlName[]): string | null {
  const text = textAt(element, ...path);
  return text === null ? null : oneLine(text) || null;
}

/** For what ends up in letters: characters that were lost before the file came here cannot be guessed. */
function wholeLineAt(element: XmlElement | null, ...path: readonly XmlName[]): string | null {
  const text = lineAt(element, ...path);
  if (text?.includes('\ufffd') === true) {
    const local = path.at(-1)?.[1] ?? '';
    refuse(
      'broken-text',
      `Teksten ${quote(text)} i ${local} har ødelagte tegn (\ufffd); hent filen på nytt der den kommer fra.`,
    );
  }
  return text;
}

function required(root: XmlElement, local: string, expected: string): string {
  const text = lineAt(root, cbc(local));
  return text ?? refuse('missing', `Elementet cbc:${local} mangler; ventet ${expected}.`);
}

// Which document it is -------------------------------------------------------------------------------------

type Version = 'ehf3' | 'ehf2';

interface Route {
  readonly version: Version;
  readonly credit: boolean;
}

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
  const what =
    customization === null ? 'uten CustomizationID' : `med CustomizationID ${quote(customization)}`;
  return refuse(
    'unknown',
    `Ukjent dokument: rotelementet er ${quote(root.local)} ${what}; ventet en faktura eller kreditnota i EHF Billing 3.0 eller EHF 2.0.`,
  );
}

/** By CustomizationID first: a reminder and a payment request are UBL Invoices too. */
function routeOf(root: XmlElement): Route {
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

function checkInvoiceType(root: XmlElement, warn: Warn): void {
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

function checkCreditNoteType(root: XmlElement): void {
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

// Dates and amounts ----------------------------------------------------------------------------------------

function dateOf(text: string, local: string): LocalDate {
  // XML Schema lets a date carry a time zone; the calendar date is the one written.
  const match = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?$/.exec(text);
  const date = match?.[1] === undefined ? null : parseDate(match[1]);
  return date ?? refuse('date', `Elementet cbc:${local} er ${quote(text)}; ventet en dato som 2026-08-03.`);
}

function issuedOf(root: XmlElement): LocalDate {
  return dateOf(required(root, 'IssueDate', 'en dato som 2026-08-03'), 'IssueDate');
}

function dueOf(root: XmlElement, issued: LocalDate, terms: string | null, warn: Warn): LocalDate | null {
  const stated = textsAt(root, cbc('DueDate')).map((text) => dateOf(text, 'DueDate'));
  const paid = textsAt(root, cac('PaymentMeans'), cbc('PaymentDueDate'));
  const dates = stated.length > 0 ? stated : paid.map((text) => dateOf(text, 'PaymentDueDate'));
  const due = dates.toSorted().at(-1) ?? null;
  if (due === null) {
    const note = terms === null ? '' : ` Betalingsvilkårene lyder: ${quote(terms)}`;
    warn('no-due-date', `Fakturaen har ingen forfallsdato; den må oppgis.${note}`);
  } else if (new Set(dates).size > 1) {
    warn(
      'several-due-dates',
      `Fakturaen har flere forfallsdatoer; den seneste, ${formatDate(due)}, er brukt.`,
    );
  }
  if (due !== null && due < issued) {
    warn(
      'due-before-issued',
      `Forfallsdatoen ${formatDate(due)} er før fakturadatoen ${formatDate(issued)}.`,
    );
  }
  return due;
}

/** xsd:decimal with at most two decimals, and a sign. */
function parseOre(text: string, local: string): ParsedAmount {
  const no = (why: string): ParsedAmount => ({
    ok: false,
    why: `Elementet cbc:${local} er ${quote(text)}; ${why}.`,
  });
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return no('ventet et beløp som 1234.50');
  const [, sign = '', whole = '', decimals = ''] = match;
  if (decimals.length > 2) return no('ventet høyst to desimaler');
  const parsed = parseKroner(decimals === '' ? whole : `${whole}.${decimals}`);
  if (!parsed.ok) return no('beløpet er for stort');
  return sign === '-' && parsed.ore > 0 ? { ok: true, ore: -parsed.ore } : parsed;
}

function checkCurrency(root: XmlElement): 'NOK' {
  const currency = required(root, 'DocumentCurrencyCode', 'NOK');
  const total = elementsAt(root, cac('LegalMonetaryTotal'), cbc('PayableAmount'))[0];
  for (const code of [currency, total?.attributes.get('currencyID')?.trim() ?? currency]) {
    if (code !== 'NOK') {
      refuse('currency', `Beløpet er i ${quote(code)}; bare krav i norske kroner (NOK) kan kreves inn her.`);
    }
  }
  return 'NOK';
}

/** The other totals only explain the one to pay, so one that cannot be read counts as left out. */
function totalOf(root: XmlElement, local: string): Ore | null {
  const text = textAt(root, cac('LegalMonetaryTotal'), cbc(local));
  const parsed = text === null ? null : parseOre(text, local);
  return parsed?.ok === true ? parsed.ore : null;
}

function warnOfTotals(root: XmlElement, payable: Ore, warn: Warn): void {
  const inclusive = totalOf(root, 'TaxInclusiveAmount');
  if (inclusive === null || inclusive === payable) return;
  const prepaid = totalOf(root, 'PrepaidAmount') ?? 0;
  const rounding = totalOf(root, 'PayableRoundingAmount') ?? 0;
  const sums = `Totalt ${formatKroner(inclusive)}, å betale ${formatKroner(payable)}`;
  if (inclusive - prepaid + rounding !== payable) {
    warn('totals', `${sums}: summene i filen stemmer ikke; beløpet å betale er brukt.`);
  } else if (prepaid !== 0) {
    warn('prepaid', `${sums}: ${formatKroner(prepaid)} var betalt da fakturaen ble skrevet.`);
  } else {
    warn('rounded', `${sums}: beløpet er avrundet med ${formatKroner(rounding)}.`);
  }
}

function payableOf(root: XmlElement, nothing: string, warn: Warn): Ore {
  const text = textAt(root, cac('LegalMonetaryTotal'), cbc('PayableAmount'));
  if (text === null) {
    return refuse(
      'missing',
      'Elementet cac:LegalMonetaryTotal/cbc:PayableAmount mangler; ventet beløpet å betale.',
    );
  }
  const payable = parseOre(text, 'PayableAmount');
  if (!payable.ok) return refuse('amount', payable.why);
  if (payable.ore <= 0) {
    return refuse('nothing-to-collect', `Beløpet å betale er ${formatKroner(payable.ore)}: ${nothing}.`);
  }
  warnOfTotals(root, payable.ore, warn);
  return payable.ore;
}

// Payment --------------------------------------------------------------------------------------------------

interface Account {
  readonly account: string | null;
  readonly iban: string | null;
  readonly warning: ImportWarning | null;
}

const NO_ACCOUNT: Account = { account: null, iban: null, warning: null };

/** IBAN or BBAN by its shape; only EHF 2.0 says which. */
function accountOf(means: XmlElement): Account {
  const text = lineAt(means, cac('PayeeFinancialAccount'), cbc('ID'));
  if (text === null) return NO_ACCOUNT;
  const invalid = (why: string): Account => ({
    ...NO_ACCOUNT,
    warning: { code: 'account-invalid', message: `${why}. Kontoen er ikke tatt med.` },
  });
  const shown = cut(text, 60);
  if (!/^[A-Za-z]{2}/.test(text)) {
    const account = checkAccount(shown);
    return account.ok ? { ...NO_ACCOUNT, account: account.value } : invalid(account.why);
  }
  const iban = checkIban(shown);
  if (!iban.ok) return invalid(iban.why);
  if (!iban.value.startsWith('NO')) {
    const message = `Fakturaen skal betales til en utenlandsk konto (${iban.value}).`;
    return { account: null, iban: iban.value, warning: { code: 'account-foreign', message } };
  }
  const account = checkAccount(iban.value.slice(4));
  return account.ok ? { account: account.value, iban: iban.value, warning: null } : invalid(account.why);
}

function kidOf(text: string | null, warn: Warn): string | null {
  if (text === null) return null;
  const checked = checkKid(cut(text, 60));
  if (checked.ok) return checked.value;
  warn('kid-invalid', `${checked.why}. Den brukes som betalingsreferanse slik den står.`);
  return text;
}

/** The way to pay that leads to a Norwegian account, else the first. */
function paymentOf(root: XmlElement, warn: Warn): Pick<EhfInvoice, 'kid' | 'account' | 'iban'> {
  const ways = children(root, CAC, 'PaymentMeans').map((means) => ({
    kid: lineAt(means, cbc('PaymentID')),
    ...accountOf(means),
  }));
  const way = ways.find(({ account }) => account !== null) ?? ways[0];
  if (way === undefined) return { kid: null, account: null, iban: null };
  if (way.warning !== null) warn(way.warning.code, way.warning.message);
  const kid = way.kid ?? ways.find((each) => each.kid !== null)?.kid ?? null;
  return { kid: kidOf(kid, warn), account: way.account, iban: way.iban };
}

function warnOfPayee(root: XmlElement, supplier: EhfParty, warn: Warn): void {
  const payee = child(root, CAC, 'PayeeParty');
  if (payee === null) return;
  const orgnr = orgnrOf(payee).orgnr;
  if (orgnr !== null && orgnr === supplier.orgnr) return;
  const name = lineAt(payee, cac('PartyName'), cbc('Name')) ?? orgnr ?? 'en annen';
  warn(
    'payee',
    `Fakturaen skal betales til ${quote(name)}, ikke til selgeren; er kravet overdratt, er det ikke ditt å kreve inn.`,
  );
}

// Parties --------------------------------------------------------------------------------------------------

interface FoundOrgnr {
  readonly orgnr: string | null;
  /** What was there instead. */
  readonly problem: string | null;
}

interface Stated {
  readonly text: string;
  readonly scheme: string | null;
}

function isOrgnrScheme(scheme: string | null): boolean {
  return scheme === '0192' || scheme === '9908' || scheme === 'NO:ORGNR';
}

function stated(element: XmlElement | null): Stated | null {
  const text = element === null ? '' : oneLine(element.text);
  if (element === null || text === '') return null;
  const prefixed = /^(0192|9908):(.+)$/.exec(text);
  if (prefixed !== null) return { text: (prefixed[2] ?? '').trim(), scheme: prefixed[1] ?? null };
  return { text, scheme: element.attributes.get('schemeID')?.trim() || null };
}

function declaredOrgnr(text: string): FoundOrgnr {
  if (looksLikeNationalId(text)) {
    return { orgnr: null, problem: 'har elleve siffer, som et fødselsnummer; det er ikke tatt med' };
  }
  const checked = checkOrgnr(cut(text, 60));
  return checked.ok
    ? { orgnr: checked.value, problem: null }
    : { orgnr: null, problem: `er ugyldig: ${checked.why}` };
}

function companyOrgnr(company: Stated | null): FoundOrgnr {
  if (company === null) return { orgnr: null, problem: null };
  if (company.scheme === null || isOrgnrScheme(company.scheme)) return declaredOrgnr(company.text);
  return { orgnr: null, problem: 'er ikke norsk, og er ikke tatt med' };
}

/**
 * PartyLegalEntity/CompanyID, else EndpointID. Not PartyTaxScheme: the VAT number of a group that is registered
 * together is another company's.
 */
function orgnrOf(party: XmlElement | null): FoundOrgnr {
  const company = stated(elementsAt(party, cac('PartyLegalEntity'), cbc('CompanyID'))[0] ?? null);
  const found = companyOrgnr(company);
  if (found.orgnr !== null || isOrgnrScheme(company?.scheme ?? null)) return found;
  const endpoint = stated(child(party, CBC, 'EndpointID'));
  return endpoint !== null && isOrgnrScheme(endpoint.scheme) ? declaredOrgnr(endpoint.text) : found;
}

function nameOf(party: XmlElement | null): string | null {
  return (
    wholeLineAt(party, cac('PartyLegalEntity'), cbc('RegistrationName')) ??
    wholeLineAt(party, cac('PartyName'), cbc('Name'))
  );
}

function partyAt(root: XmlElement, local: string): XmlElement | null {
  return elementsAt(root, cac(local), cac('Party'))[0] ?? null;
}

function supplierOf(root: XmlElement, warn: Warn): EhfParty {
  const party = partyAt(root, 'AccountingSupplierParty');
  const { orgnr, problem } = orgnrOf(party);
  if (orgnr === null) {
    warn('supplier-orgnr', `Selgerens organisasjonsnummer ${problem ?? 'mangler i filen'}.`);
  }
  return { name: nameOf(party), orgnr };
}

function addressOf(
  party: XmlElement | null,
  warn: Warn,
): Pick<EhfCustomer, 'address' | 'zip' | 'city' | 'country'> {
  const postal = child(party, CAC, 'PostalAddress');
  const street = [wholeLineAt(postal, cbc('StreetName')), wholeLineAt(postal, cbc('AdditionalStreetName'))];
  const address = street.filter((part) => part !== null).join(', ') || null;
  const zip = lineAt(postal, cbc('PostalZone'));
  const city = wholeLineAt(postal, cbc('CityName'));
  const stated = lineAt(postal, cac('Country'), cbc('IdentificationCode'));
  const checked = checkCountry(stated ?? 'NO');
  if (!checked.ok) warn('country', `${cut(checked.why, 120)}; Norge er brukt.`);
  const country = checked.ok ? checked.value : 'NO';
  if (zip !== null && country === 'NO' && !/^\d{4}$/.test(zip)) {
    warn('postal-code', `Kundens postnummer ${quote(zip)} har ikke fire siffer; rett det før brev sendes.`);
  }
  if (address === null || zip === null || city === null) {
    warn('address', 'Kundens adresse er ikke fullstendig (gateadresse, postnummer og poststed).');
  }
  return { address, zip, city, country };
}

function emailOf(party: XmlElement | null, warn: Warn): string | null {
  const text = lineAt(party, cac('Contact'), cbc('ElectronicMail'));
  if (text === null) return null;
  const checked = checkEmail(text);
  if (checked.ok) return checked.value;
  warn('email', `${cut(checked.why, 120)}; den er ikke tatt med.`);
  return null;
}

function customerOrgnr(party: XmlElement | null, supplier: EhfParty, warn: Warn): string | null {
  const { orgnr, problem } = orgnrOf(party);
  if (orgnr !== null && orgnr === supplier.orgnr) {
    warn('customer-orgnr', 'Kunden har samme organisasjonsnummer som selgeren; det er ikke tatt med.');
    return null;
  }
  if (problem !== null) {
    warn(
      'customer-orgnr',
      `Kundens organisasjonsnummer ${problem}. Er kunden næringsdrivende, må det rettes.`,
    );
  }
  return orgnr;
}

function customerOf(root: XmlElement, supplier: EhfParty, warn: Warn): EhfCustomer {
  const party = partyAt(root, 'AccountingCustomerParty');
  const name = nameOf(party);
  if (name === null) warn('customer-name', 'Kunden har ikke noe navn i filen; det må oppgis.');
  const orgnr = customerOrgnr(party, supplier, warn);
  return {
    name,
    orgnr,
    ...addressOf(party, warn),
    email: emailOf(party, warn),
    phone: lineAt(party, cac('Contact'), cbc('Telephone')),
    isConsumer: orgnr === null,
  };
}

// The documents --------------------------------------------------------------------------------------------

const DESCRIPTION_LENGTH = 120;

function descriptionOf(root: XmlElement): string | null {
  const note = lineAt(root, cbc('Note'));
  const items = textsAt(root, cac('InvoiceLine'), cac('Item'), cbc('Name')).slice(0, DESCRIPTION_LENGTH);
  const text = note ?? oneLine(items.join(', '));
  return cut(text, DESCRIPTION_LENGTH) || null;
}

function buyerReferenceOf(root: XmlElement, version: Version): string | null {
  const customer = partyAt(root, 'AccountingCustomerParty');
  const legacy = version === 'ehf2' ? lineAt(customer, cac('Contact'), cbc('ID')) : null;
  return lineAt(root, cbc('BuyerReference')) ?? legacy;
}

function orderReferenceOf(root: XmlElement): string | null {
  const reference = lineAt(root, cac('OrderReference'), cbc('ID'));
  // Peppol has NA stand in where the seller knows a sales order but no order of the buyer's.
  return reference === 'NA' ? null : reference;
}

function referencedInvoices(root: XmlElement): readonly string[] {
  const numbers = textsAt(root, cac('BillingReference'), cac('InvoiceDocumentReference'), cbc('ID'));
  return [...new Set(numbers.map(oneLine))];
}

function attachmentsOf(root: XmlElement): number {
  const path = [cac('AdditionalDocumentReference'), cac('Attachment'), cbc('EmbeddedDocumentBinaryObject')];
  return elementsAt(root, ...path).length;
}

function readInvoice(root: XmlElement, version: Version, warn: Warn): EhfInvoice {
  checkInvoiceType(root, warn);
  const currency = checkCurrency(root);
  const number = required(root, 'ID', 'fakturanummeret');
  const issued = issuedOf(root);
  const terms = textsAt(root, cac('PaymentTerms'), cbc('Note')).map(oneLine).join(' ') || null;
  const due = dueOf(root, issued, terms, warn);
  const payableOre = payableOf(root, 'ingenting å kreve inn', warn);
  const payment = paymentOf(root, warn);
  const supplier = supplierOf(root, warn);
  warnOfPayee(root, supplier, warn);
  return {
    number,
    issued,
    due,
    currency,
    payableOre,
    ...payment,
    supplier,
    customer: customerOf(root, supplier, warn),
    description: descriptionOf(root),
    orderReference: orderReferenceOf(root),
    buyerReference: buyerReferenceOf(root, version),
    paymentTermsNote: terms,
    attachments: attachmentsOf(root),
  };
}

function readCreditNote(root: XmlElement, warn: Warn): EhfCreditNote {
  checkCreditNoteType(root);
  const currency = checkCurrency(root);
  const number = required(root, 'ID', 'kreditnotanummeret');
  const issued = issuedOf(root);
  const amountOre = payableOf(root, 'ingenting å kreditere', warn);
  const credited = referencedInvoices(root);
  if (credited.length === 0) {
    warn('no-credited-invoice', 'Kreditnotaen sier ikke hvilken faktura den gjelder; det må oppgis.');
  }
  const supplier = supplierOf(root, warn);
  const customer = customerOf(root, supplier, warn);
  return { number, issued, currency, amountOre, creditedInvoices: credited, supplier, customer };
}

// The file -------------------------------------------------------------------------------------------------

const HTML = 'Filen er en nettside (HTML), ikke en EHF-fil; last ned selve XML-filen.';
const HTML_START = /^(?:<\?xml[^>]*\?>)?(?:\s|<!--(?:(?!-->).)*-->)*(?:<!doctype\s+html|<html[\s>])/is;

const SIGNATURES: readonly (readonly [start: string, what: string])[] = [
  ['%PDF-', 'en PDF'],
  ['PK\u0003\u0004', 'en zip-fil'],
];

function refuseByStart(bytes: Uint8Array): void {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  const match = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (match !== undefined) refuse('not-xml', `Filen er ${match[1]}, ikke en EHF-fil (XML).`);
}

function rootOf(bytes: Uint8Array): XmlElement {
  refuseByStart(bytes);
  const decoded = decodeText(bytes);
  if (!decoded.ok) return refuse('unreadable', decoded.why);
  const start = decoded.text.trimStart().slice(0, 1000);
  if (start === '') return refuse('empty', 'Filen er tom.');
  if (HTML_START.test(start)) return refuse('html', HTML);
  if (!start.startsWith('<')) return refuse('not-xml', 'Filen er ikke XML, så den er ikke en EHF-fil.');
  const parsed = parseXml(decoded.text);
  return parsed.ok ? parsed.root : refuse('xml', parsed.why);
}

function readDocument(root: XmlElement): EhfResult {
  const warnings: ImportWarning[] = [];
  const warn: Warn = (code, message) => void warnings.push({ code, message });
  const route = routeOf(root);
  return route.credit
    ? { kind: 'creditNote', creditNote: readCreditNote(root, warn), warnings }
    : { kind: 'invoice', invoice: readInvoice(root, route.version, warn), warnings };
}

/**
 * Reads one EHF Billing 3.0 (Peppol BIS Billing 3) or EHF 2.0 invoice or credit note in NOK. Anything else is refused
 * with a sentence that says what it is.
 */
export function readEhf(bytes: Uint8Array): EhfResult {
  try {
    return readDocument(rootOf(bytes));
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', code: error.code, why: error.message };
    throw error;
  }
}

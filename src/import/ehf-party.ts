import { checkCountry, checkEmail, checkOrgnr, looksLikeNationalId } from '../case/party.js';
import type { EhfCustomer, EhfParty, Warn } from './ehf-document.js';
import { CAC, cac, CBC, cbc, cut, lineAt, oneLine, quote, wholeLineAt } from './ehf-text.js';
import { child, elementsAt } from './xml.js';
import type { XmlElement } from './xml.js';

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
export function orgnrOf(party: XmlElement | null): FoundOrgnr {
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

export function partyAt(root: XmlElement, local: string): XmlElement | null {
  return elementsAt(root, cac(local), cac('Party'))[0] ?? null;
}

export function supplierOf(root: XmlElement, warn: Warn): EhfParty {
  const party = partyAt(root, 'AccountingSupplierParty');
  const { orgnr, problem } = orgnrOf(party);
  if (orgnr === null) {
    warn('supplier-orgnr', `Selgerens organisasjonsnummer ${problem ?? 'mangler i filen'}.`);
  }
  return { name: nameOf(party), orgnr };
}

/** Where in its place: street and number, what else is said of it, and a post box where there is no street. */
function streetOf(postal: XmlElement | null): string | null {
  const number = wholeLineAt(postal, cbc('BuildingNumber'));
  const street = wholeLineAt(postal, cbc('StreetName'));
  const lines = [
    street === null || number === null || street.endsWith(` ${number}`) ? street : `${street} ${number}`,
    wholeLineAt(postal, cbc('AdditionalStreetName')),
    wholeLineAt(postal, cac('AddressLine'), cbc('Line')),
  ];
  const postbox = wholeLineAt(postal, cbc('Postbox'));
  const box = postbox !== null && /^\d+$/.test(postbox) ? `Postboks ${postbox}` : postbox;
  return lines.filter((line) => line !== null).join(', ') || box;
}

function addressOf(
  party: XmlElement | null,
  warn: Warn,
): Pick<EhfCustomer, 'address' | 'zip' | 'city' | 'country'> {
  const postal = child(party, CAC, 'PostalAddress');
  const address = streetOf(postal);
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

export function customerOf(root: XmlElement, supplier: EhfParty, warn: Warn): EhfCustomer {
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

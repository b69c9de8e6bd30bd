import { checkCurrency, dueOf, issuedOf, payableOf } from './ehf-amounts.js';
import type { EhfInvoice, Warn } from './ehf-document.js';
import { customerOf, partyAt, supplierOf } from './ehf-party.js';
import { paymentOf, warnOfPayee } from './ehf-payment.js';
import { checkInvoiceType, type Version } from './ehf-route.js';
import { cac, cbc, cut, lineAt, oneLine, required } from './ehf-text.js';
import { elementsAt, textsAt } from './xml.js';
import type { XmlElement } from './xml.js';

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

function attachmentsOf(root: XmlElement): number {
  const path = [cac('AdditionalDocumentReference'), cac('Attachment'), cbc('EmbeddedDocumentBinaryObject')];
  return elementsAt(root, ...path).length;
}

export function readInvoice(root: XmlElement, version: Version, warn: Warn): EhfInvoice {
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

import { checkCurrency, issuedOf, payableOf } from './ehf-amounts.js';
import type { EhfCreditNote, Warn } from './ehf-document.js';
import { customerOf, supplierOf } from './ehf-party.js';
import { checkCreditNoteType, referencedInvoices } from './ehf-route.js';
import { required } from './ehf-text.js';
import type { XmlElement } from './xml.js';

export function readCreditNote(root: XmlElement, warn: Warn): EhfCreditNote {
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

import { decodeText } from './decode.js';
import { readCreditNote } from './ehf-credit-note.js';
import { Refusal, refuse } from './ehf-document.js';
import type { EhfResult, ImportWarning, Warn } from './ehf-document.js';
import { readInvoice } from './ehf-invoice.js';
import { HTML, routeOf, SAF_T } from './ehf-route.js';
import { parseXml } from './xml.js';
import type { XmlElement } from './xml.js';

const HTML_START = /^(?:<\?xml[^>]*\?>)?(?:\s|<!--(?:(?!-->).)*-->)*(?:<!doctype\s+html|<html[\s>])/is;

const SIGNATURES: readonly (readonly [start: string, what: string])[] = [
  ['%PDF-', 'en PDF'],
  ['PK\u0003\u0004', 'en zip-fil'],
];

/** Also what is too large or too long to be read whole. */
function refuseByStart(bytes: Uint8Array): void {
  const start = Buffer.from(bytes.subarray(0, 2000)).toString('latin1');
  const match = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (match !== undefined) refuse('not-xml', `Filen er ${match[1]}, ikke en EHF-fil (XML).`);
  if (/<(?:[\w.-]+:)?AuditFile[\s>]/.test(start)) refuse('saf-t', SAF_T);
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
  return parsed.ok ? documentIn(parsed.root) : refuse('xml', parsed.why);
}

const ENVELOPE = 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';

/** Access points keep a document in the envelope it was sent in. */
function documentIn(root: XmlElement): XmlElement {
  if (root.uri !== ENVELOPE || root.local !== 'StandardBusinessDocument') return root;
  const inside = root.children.filter(({ uri }) => uri !== ENVELOPE);
  return (inside.length === 1 ? inside[0] : null) ?? root;
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

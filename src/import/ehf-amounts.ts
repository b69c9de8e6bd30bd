import { formatDate, parseDate } from '../law/dates.js';
import type { LocalDate } from '../law/dates.js';
import { formatKroner, parseKroner } from '../law/money.js';
import type { Ore, ParsedAmount } from '../law/money.js';
import { refuse } from './ehf-document.js';
import type { Warn } from './ehf-document.js';
import { cac, cbc, quote, required } from './ehf-text.js';
import { elementsAt, textAt, textsAt } from './xml.js';
import type { XmlElement } from './xml.js';

function dateOf(text: string, local: string): LocalDate {
  // XML Schema lets a date carry a time zone; the calendar date is the one written.
  const match = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?$/.exec(text);
  const date = match?.[1] === undefined ? null : parseDate(match[1]);
  return date ?? refuse('date', `Elementet cbc:${local} er ${quote(text)}; ventet en dato som 2026-08-03.`);
}

export function issuedOf(root: XmlElement): LocalDate {
  return dateOf(required(root, 'IssueDate', 'en dato som 2026-08-03'), 'IssueDate');
}

export function dueOf(
  root: XmlElement,
  issued: LocalDate,
  terms: string | null,
  warn: Warn,
): LocalDate | null {
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

export function checkCurrency(root: XmlElement): 'NOK' {
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

export function payableOf(root: XmlElement, nothing: string, warn: Warn): Ore {
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

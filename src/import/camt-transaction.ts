import { compact } from '../case/party.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import { formatKroner, sum, type Ore } from '../law/money.js';
import { decimalOre } from './decimal.js';
import { kidInText } from './kid-in-text.js';
import type { BankRecord, NamedKid, PaymentSource } from './payment.js';
import { children, elementsAt, textAt, textsAt, type XmlElement, type XmlName } from './xml.js';

/** An entry's own facts, which its transactions share. */
export interface CamtEntry {
  readonly uri: string;
  readonly source: PaymentSource;
  readonly account: string;
  readonly element: XmlElement;
  readonly status: string | null;
  readonly bookedOn: LocalDate | null;
  /** The bank's reference for the entry. */
  readonly reference: string | null;
  /** As the account moved; null when it is not in kroner with at most two decimals. */
  readonly signedOre: Ore | null;
  /** Whether the entry's amount is the transaction's. */
  readonly whole: boolean;
}

export interface CamtTransaction {
  readonly record: BankRecord;
  readonly signedOre: Ore | null;
}

/** `NO93 1503 1234 562` and `1503.12.34562` as eleven digits; other accounts as they are. */
export function domesticAccount(text: string): string {
  const plain = compact(text).toUpperCase();
  return /^NO\d{13}$/.test(plain) ? plain.slice(4) : plain;
}

/** What an element with `Amt` and `CdtDbtInd` moved the account by. */
export function signedAmount(element: XmlElement, uri: string): { signedOre: Ore | null } {
  const amount = readAmount(elementsAt(element, [uri, 'Amt'])[0]);
  const credit = textAt(element, [uri, 'CdtDbtInd']) === 'CRDT';
  return { signedOre: amount.ok ? (credit ? amount.ore : -amount.ore) : null };
}

type Amount = { readonly ok: true; readonly ore: Ore } | { readonly ok: false; readonly why: string };

function readAmount(element: XmlElement | undefined): Amount {
  if (element === undefined) return { ok: false, why: 'Beløpet (Amt) mangler.' };
  const currency = element.attributes.get('Ccy') ?? '';
  const text = element.text.trim();
  if (currency !== 'NOK')
    return {
      ok: false,
      why: `Beløpet er ${text} ${currency === '' ? 'uten valuta' : currency}; bare norske kroner tas inn.`,
    };
  return decimalOre(text, '.');
}

/** The amount a transaction states itself: `Amt` in later versions, `AmtDtls/TxAmt/Amt` in the first. */
function ownAmount(element: XmlElement, uri: string): XmlElement | undefined {
  return (
    children(element, uri, 'Amt')[0] ?? elementsAt(element, [uri, 'AmtDtls'], [uri, 'TxAmt'], [uri, 'Amt'])[0]
  );
}

/**
 * One payment of an entry; `unpriced` when it states no amount and the entry's is not its own. `index` counts from 1
 * within the entry.
 */
export function camtTransaction(
  entry: CamtEntry,
  element: XmlElement,
  index: number,
  where: string,
): CamtTransaction | 'unpriced' {
  const { uri } = entry;
  const at = (...names: readonly string[]): string | null => textAt(element, ...path(uri, names));
  const own = entry.whole ? undefined : ownAmount(element, uri);
  // Some banks fill in 0 where the transaction has no amount of its own.
  const stated = own !== undefined && /^[0.]*$/.test(own.text.trim()) ? undefined : own;
  if (stated === undefined && !entry.whole) return 'unpriced';
  const amount = readAmount(stated ?? elementsAt(entry.element, [uri, 'Amt'])[0]);
  const direction = at('CdtDbtInd') ?? textAt(entry.element, [uri, 'CdtDbtInd']);
  const raw = `${shell(entry.element)}${entry.whole && element === entry.element ? '' : xmlText(element)}`;
  const leave = (kind: 'skip' | 'refuse', what: string, why: string): CamtTransaction => ({
    record: { kind, where, what, why, raw },
    signedOre: amount.ok ? (direction === 'CRDT' ? amount.ore : -amount.ore) : null,
  });
  if (!amount.ok) return leave('refuse', 'post', amount.why);
  const what = formatKroner(amount.ore);
  if (amount.ore === 0) return leave('skip', what, 'Beløpet er null.');
  const fate = fateOf(entry, direction);
  if (fate.kind !== 'payment') return leave(fate.kind, what, fate.why);
  const { bookedOn } = entry;
  if (bookedOn === null) return leave('refuse', what, 'Bokføringsdatoen (BookgDt) mangler.');
  const named = namedKids(element, uri);
  const text = remittance(element, uri);
  const spoken = named.length === 0 ? kidInText(text) : [];
  const kids = named.length === 0 ? spoken : named;
  const payerAccount = accountAt(element, uri, 'DbtrAcct');
  const reference = ownReference(element, uri);
  const parts = [
    entry.account,
    entry.reference ?? '',
    reference ?? (entry.reference === null ? '' : String(index)),
    bookedOn,
    amount.ore,
    fate.direction,
    kids.map(({ kid }) => kid).join(' '),
  ];
  return {
    signedOre: direction === 'CRDT' ? amount.ore : -amount.ore,
    record: {
      kind: 'payment',
      payment: {
        where,
        raw,
        key: ['camt', ...parts].join('|'),
        source: entry.source,
        account: entry.account,
        direction: fate.direction,
        paidOn: bookedOn,
        bookedOn,
        amountOre: amount.ore,
        kids,
        kidStated: named.length > 0,
        payer:
          at('RltdPties', 'Dbtr', 'Nm') ??
          at('RltdPties', 'Dbtr', 'Pty', 'Nm') ??
          at('RltdPties', 'UltmtDbtr', 'Nm') ??
          at('RltdPties', 'UltmtDbtr', 'Pty', 'Nm'),
        payerAccount,
        text,
        batch: entry.reference === null ? null : `${formatDate(bookedOn)}|${entry.reference}`,
      },
    },
  };
}

function path(uri: string, names: readonly string[]): XmlName[] {
  return names.map((name) => [uri, name] as const);
}

export function isReversal(entry: XmlElement, uri: string): boolean {
  return ['true', '1'].includes(textAt(entry, [uri, 'RvslInd']) ?? 'false');
}

type Fate =
  | { readonly kind: 'payment'; readonly direction: 'in' | 'back' }
  | { readonly kind: 'skip' | 'refuse'; readonly why: string };

/** Booked money in, or a payment taken back; everything else is no customer's payment. */
function fateOf({ element, uri, status }: CamtEntry, direction: string | null): Fate {
  if (status === null) return { kind: 'refuse', why: 'Status (Sts) mangler.' };
  if (status !== 'BOOK') return { kind: 'skip', why: `Posten er ikke bokført ennå (${status}).` };
  const reversal = isReversal(element, uri);
  if (direction === 'CRDT') {
    return reversal
      ? { kind: 'skip', why: 'Det er en tilbakeføring av en utbetaling.' }
      : { kind: 'payment', direction: 'in' };
  }
  if (direction !== 'DBIT') return { kind: 'refuse', why: 'CdtDbtInd skal være CRDT eller DBIT.' };
  return reversal ? { kind: 'payment', direction: 'back' } : { kind: 'skip', why: 'Det er en utbetaling.' };
}

/** The KID of each invoice the payment is for, with the amount where the payer has divided it. */
function namedKids(element: XmlElement, uri: string): NamedKid[] {
  const found: NamedKid[] = [];
  for (const strd of elementsAt(element, [uri, 'RmtInf'], [uri, 'Strd'])) {
    const type = textAt(strd, ...path(uri, ['CdtrRefInf', 'Tp', 'CdOrPrtry', 'Cd']));
    const kid = textAt(strd, ...path(uri, ['CdtrRefInf', 'Ref']));
    if (kid === null || (type !== null && type !== 'SCOR')) continue;
    const part = elementsAt(strd, ...path(uri, ['RfrdDocAmt', 'RmtdAmt']))[0];
    const amount = part === undefined ? null : readAmount(part);
    found.push({ kid: compact(kid), amountOre: amount?.ok === true ? amount.ore : null });
  }
  return merged(found);
}

/** The same KID twice in one payment is one claim. */
function merged(kids: readonly NamedKid[]): NamedKid[] {
  const names = [...new Set(kids.map(({ kid }) => kid))];
  return names.map((kid) => {
    const amounts = kids.filter((one) => one.kid === kid).map(({ amountOre }) => amountOre);
    const known = amounts.filter((amount) => amount !== null);
    return { kid, amountOre: known.length === amounts.length ? sum(known) : null };
  });
}

function remittance(element: XmlElement, uri: string): string | null {
  const lines = [
    ...textsAt(element, ...path(uri, ['RmtInf', 'Ustrd'])),
    ...textsAt(element, ...path(uri, ['RmtInf', 'Strd', 'AddtlRmtInf'])),
    ...textsAt(element, [uri, 'AddtlTxInf']),
    ...textsAt(element, [uri, 'AddtlNtryInf']),
  ];
  return lines.length === 0 ? null : lines.join(' ').replace(/\s+/g, ' ').slice(0, 500);
}

function accountAt(element: XmlElement, uri: string, name: string): string | null {
  const parties = path(uri, ['RltdPties', name, 'Id']);
  const account =
    textAt(element, ...parties, [uri, 'IBAN']) ?? textAt(element, ...parties, [uri, 'Othr'], [uri, 'Id']);
  return account === null ? null : domesticAccount(account);
}

/** The bank's or the payer's own reference for the transaction. */
function ownReference(element: XmlElement, uri: string): string | null {
  const refs = ['AcctSvcrRef', 'EndToEndId', 'TxId'].map((name) =>
    textAt(element, ...path(uri, ['Refs', name])),
  );
  return refs.find((ref) => ref !== null && ref !== 'NOTPROVIDED') ?? null;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
}

/** An element as XML again, without indentation and prefixes. */
export function xmlText(element: XmlElement): string {
  const attributes = [...element.attributes].map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
  const inner =
    element.children.length === 0 ? escaped(element.text) : element.children.map(xmlText).join('');
  return `<${element.local}${attributes}>${inner}</${element.local}>`;
}

/** An entry without its transactions, which are records of their own. */
function shell(entry: XmlElement): string {
  return xmlText({ ...entry, children: entry.children.filter(({ local }) => local !== 'NtryDtls') });
}

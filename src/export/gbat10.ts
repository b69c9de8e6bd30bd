import type { LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import type { Posting } from './ledger.js';
import type { Voucher } from './voucher.js';

/** Account numbers and the voucher type the accounting system knows. */
export interface GbatTerms {
  readonly numberOf: (posting: Posting) => string;
  readonly voucherType: string;
}

/** Vouchers as GBAT10: semicolons, CRLF, one line per posting. Text only; the bytes are made by `latin1`. */
export function gbat10(vouchers: readonly Voucher[], terms: GbatTerms): string {
  return vouchers
    .flatMap((voucher) => voucher.postings.map((posting) => line(voucher, posting, terms)))
    .join('');
}

/** Fees and interest carry no VAT, and neither does the code (B2). */
const NO_VAT = '0';

function line(voucher: Voucher, posting: Posting, terms: GbatTerms): string {
  const { debtor, date } = voucher;
  const onCustomer = posting.account === 'receivable';
  const amount = plain(posting.amountOre);
  const fields = [
    'GBAT10',
    String(voucher.number),
    compact(date),
    terms.voucherType,
    String(Number(date.slice(5, 7))),
    date.slice(0, 4),
    terms.numberOf(posting),
    NO_VAT,
    amount,
    // Customer and supplier number: the accounting system's own, which is not known here.
    '0',
    '0',
    onCustomer ? debtor.name : '',
    onCustomer ? (debtor.address ?? '') : '',
    onCustomer ? (debtor.zip ?? '') : '',
    onCustomer ? (debtor.city ?? '') : '',
    voucher.invoice,
    onCustomer ? (voucher.kid ?? '') : '',
    onCustomer ? compact(voucher.due) : '',
    '',
    '',
    voucher.text,
    voucher.text,
    '',
    '',
    '',
    '',
    'T',
    amount,
  ];
  return `${fields.map(clean).join(';')}\r\n`;
}

function compact(date: LocalDate): string {
  return date.replaceAll('-', '');
}

/** `1234.50`, `-38.00`: the decimal point of the format. */
function plain(ore: Ore): string {
  const digits = String(Math.abs(ore)).padStart(3, '0');
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The separator and line breaks cannot be quoted in this format. */
function clean(text: string): string {
  return text.replace(/[;\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}

const ALIKE: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ŋ: 'n',
  Ŋ: 'N',
  ŧ: 't',
  Ŧ: 'T',
};

/** Text as ISO-8859-1, which is also Windows-1252; letters outside it lose their accents, anything else becomes `?`. */
export function latin1(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const sign of text.normalize('NFC')) {
    const alike = (sign.codePointAt(0) ?? 0) <= 0xff ? sign : (ALIKE[sign] ?? base(sign));
    for (const one of alike) bytes.push(one.charCodeAt(0));
  }
  return Uint8Array.from(bytes);
}

function base(sign: string): string {
  const [letter = '?'] = sign.normalize('NFD');
  return letter.charCodeAt(0) <= 0x7f ? letter : '?';
}

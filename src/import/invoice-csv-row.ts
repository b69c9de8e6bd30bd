import type { DebtorData } from '../case/debtor.js';
import {
  checkCountry,
  checkEmail,
  checkKid,
  checkOrgnr,
  looksLikeNationalId,
  type Language,
} from '../case/party.js';
import type { DebtorType } from '../law/costs.js';
import { parseDate, type LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import { brokenWord } from './decode.js';
import type { ImportWarning } from './ehf-document.js';
import type { CsvRow } from './csv.js';
import { cellOf, type Columns } from './invoice-csv-columns.js';
import { FIELD_WORDS, type CsvField } from './invoice-csv-fields.js';

/** An invoice as a row states it. Amounts in øre. */
export interface CsvInvoice {
  readonly number: string;
  /** What the row says is owed: the outstanding amount where the file has one. */
  readonly owedOre: Ore;
  /** What the invoice was for, where the file says both. */
  readonly grossOre: Ore | null;
  readonly issued: LocalDate | null;
  readonly due: LocalDate;
  readonly description: string | null;
  readonly kid: string | null;
  readonly debtor: DebtorData;
}

/** A credit note as a row states it. */
export interface CsvCreditNote {
  readonly number: string;
  readonly amountOre: Ore;
  readonly issued: LocalDate | null;
  /** The invoice it credits. */
  readonly credits: string;
}

/** The texts of a row by field, and a place to say what is wrong with them. */
export class RowReader {
  readonly problems: string[] = [];
  readonly warnings: ImportWarning[] = [];

  constructor(
    private readonly columns: Columns,
    private readonly row: CsvRow,
  ) {}

  /** The text of a cell on one line; null where it is blank or the file has no such column. */
  text(field: CsvField): string | null {
    const text = cellOf(this.columns, this.row, field);
    if (text === null || text === '') return null;
    if (PLAIN.test(text)) return text;
    const line = oneLine(unquoted(text));
    if (line === '') return null;
    const broken = brokenWord(text);
    if (broken !== null) {
      this.problem(field, `«${broken}» har ødelagte tegn; eksporter filen på nytt, helst som UTF-8`);
    }
    return line;
  }

  /** The text of a cell in small letters; empty where there is none. */
  word(field: CsvField): string {
    return this.text(field)?.toLowerCase() ?? '';
  }

  required(field: CsvField, expected: string): string {
    const text = this.text(field);
    if (text === null) this.problem(field, `mangler; ventet ${expected}`);
    return text ?? '';
  }

  problem(field: CsvField, what: string): void {
    const told = `${FIELD_WORDS[field]}: ${what}`;
    // A cell that is read for more than one thing is wrong once.
    if (!this.problems.includes(told)) this.problems.push(told);
  }

  warn(code: string, message: string): void {
    this.warnings.push({ code, message });
  }
}

/** One line that nothing can be wrong with, whatever the file was saved as. */
const PLAIN = /^(?!=)[!-~æøåÆØÅ]+(?: [!-~æøåÆØÅ]+)*$/;

/** Excel keeps text that looks like a number as ="0042". */
function unquoted(text: string): string {
  return /^="(.*)"$/s.exec(text.trim())?.[1] ?? text;
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** A number that is text, such as a KID: a spreadsheet may have made something else of it. */
export function numberText(row: RowReader, field: 'invoice' | 'kid' | 'credits', text: string): string {
  if (/^\d[.,]?\d*e[+-]?\d+$/i.test(text)) {
    row.problem(field, `«${text}» er avkortet av et regneark; gjør kolonnen til tekst og eksporter på nytt`);
  }
  if (text.length > 60) row.problem(field, 'er for langt; ventet høyst 60 tegn');
  return text;
}

/** Dates that were read before: a file has thousands of rows and a few hundred dates. */
export type KnownDates = Map<string, LocalDate | null>;

export function dateIn(row: RowReader, field: 'due' | 'issued', known: KnownDates): LocalDate | null {
  const text = row.text(field);
  if (text === null) {
    if (field === 'due') row.problem(field, 'mangler; ventet en dato som 2026-08-03 eller 03.08.2026');
    return null;
  }
  let date = known.get(text);
  // A spreadsheet or a database may add the hour, which is midnight.
  if (date === undefined)
    known.set(text, (date = parseDate(text.replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/, ''))));
  if (date === null) {
    row.problem(
      field,
      `«${text.slice(0, 40)}» er ikke en dato; ventet for eksempel 2026-08-03 eller 03.08.2026`,
    );
  }
  return date;
}

export function kidIn(row: RowReader): string | null {
  const text = row.text('kid');
  if (text === null) return null;
  const checked = checkKid(numberText(row, 'kid', text).slice(0, 60));
  if (checked.ok) return checked.value;
  row.warn('KID_INVALID', `${checked.why}. Den brukes som betalingsreferanse slik den står.`);
  return text;
}

const CONSUMER = ['consumer', 'forbruker', 'privat', 'privatperson', 'privatkunde', 'person', 'private'];
const BUSINESS = [
  'business',
  'bedrift',
  'firma',
  'næring',
  'næringsdrivende',
  'bedriftskunde',
  'foretak',
  'company',
];
const PUBLIC = ['public', 'offentlig', 'offentlig virksomhet', 'kommune', 'stat'];
/** A column of that name can say what kind of document the row is. */
const DOCUMENT = ['faktura', 'invoice', 'kreditnota', 'kredittnota', 'credit note', 'creditnote', 'kreditt'];
const REMINDER =
  /^(?:purring|purregebyr|betalingspåminnelse|inkassovarsel|inkasso|rente|renter|rentenota|soft_reminder|reminder|notice_of_debt_collection|debt_collection)/;

export function isReminder(row: RowReader): boolean {
  return REMINDER.test(row.word('type'));
}

export function saysCreditNote(row: RowReader): boolean {
  return isYes(row.word('isCreditNote')) || /^(?:kredit|credit)/.test(row.word('type'));
}

const YES = ['ja', 'yes', 'true', 'sann', 'x', '1', 'y', 'j'];

/** A word in small letters that says yes. */
export function isYes(word: string): boolean {
  return YES.includes(word);
}

/** As for an EHF invoice: who has no organisasjonsnummer is a consumer, who is best protected. */
function typeIn(row: RowReader, orgnr: string | null): DebtorType {
  const unsaid: DebtorType = orgnr === null ? 'consumer' : 'business';
  const text = row.text('type');
  const word = text?.toLowerCase() ?? '';
  if (word === '' || DOCUMENT.includes(word)) return unsaid;
  if (CONSUMER.includes(word)) return 'consumer';
  if (BUSINESS.includes(word)) return 'business';
  if (PUBLIC.includes(word)) return 'public';
  row.problem('type', `«${text ?? ''}» er ukjent; ventet consumer, business eller public`);
  return unsaid;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  nb: 'nb',
  no: 'nb',
  'nb-no': 'nb',
  bokmål: 'nb',
  norsk: 'nb',
  nn: 'nn',
  'nn-no': 'nn',
  nynorsk: 'nn',
  en: 'en',
  'en-gb': 'en',
  'en-us': 'en',
  engelsk: 'en',
  english: 'en',
};

function languageIn(row: RowReader): Language {
  const text = row.text('language');
  if (text === null) return 'nb';
  const known = Object.hasOwn(LANGUAGES, text.toLowerCase()) ? LANGUAGES[text.toLowerCase()] : undefined;
  if (known === undefined) row.problem('language', `«${text}» er ukjent; ventet nb, nn eller en`);
  return known ?? 'nb';
}

function countryIn(row: RowReader): string {
  const text = row.text('country');
  if (text === null) return 'NO';
  const checked = checkCountry(text);
  if (checked.ok) return checked.value;
  if (!/^(?:norge|noreg|norway|nor)$/i.test(text))
    row.problem('country', `«${text}» er ukjent; ventet to bokstaver, som NO eller SE`);
  return 'NO';
}

function orgnrIn(row: RowReader, country: string, own: string): string | null {
  const text = row.text('orgnr');
  if (text === null) return null;
  if (looksLikeNationalId(text)) {
    row.warn(
      'NATIONAL_ID',
      'Organisasjonsnummeret har elleve siffer, som et fødselsnummer; det er ikke tatt med.',
    );
    return null;
  }
  if (country !== 'NO') return text.slice(0, 60);
  const checked = checkOrgnr(text);
  if (!checked.ok) {
    row.problem('orgnr', `${checked.why}; ventet ni siffer`);
    return null;
  }
  if (checked.value === own) row.problem('orgnr', 'er ditt eget; ventet skyldnerens');
  return checked.value;
}

/** B3: a national id has no business in what is kept about a debtor. */
function personText(row: RowReader, field: CsvField): string | null {
  const text = row.text(field);
  if (text === null) return null;
  if (looksLikeNationalId(text))
    row.problem(field, 'har et fødselsnummer, som ikke skal lagres; ta det bort');
  if (text.length > 300) row.problem(field, 'er for langt; ventet høyst 300 tegn');
  return text;
}

function zipIn(row: RowReader, country: string): string | null {
  const zip = row.text('zip');
  if (zip !== null && country === 'NO' && !/^\d{4}$/.test(zip)) {
    const lost = /^\d{3}$/.test(zip) ? '; et regneark kan ha tatt bort nullen foran' : '';
    row.warn(
      'POSTAL_CODE',
      `Postnummeret «${zip.slice(0, 20)}» har ikke fire siffer${lost}. Rett det før brev sendes.`,
    );
  }
  return zip?.slice(0, 12) ?? null;
}

function emailIn(row: RowReader): string | null {
  const text = row.text('email');
  if (text === null) return null;
  const checked = checkEmail(text);
  if (checked.ok) return checked.value;
  row.warn('EMAIL', `${checked.why.slice(0, 120)}; den er ikke tatt med.`);
  return null;
}

/** Who owes, by the debtor’s columns. `own`: the creditor’s organisasjonsnummer. */
export function debtorIn(row: RowReader, own: string): DebtorData {
  const country = countryIn(row);
  const orgnr = orgnrIn(row, country, own);
  const lines = [personText(row, 'address'), personText(row, 'address2')].filter((line) => line !== null);
  const debtor = {
    name: personText(row, 'debtor') ?? '',
    type: typeIn(row, orgnr),
    orgnr,
    address: lines.join(', ') || null,
    zip: zipIn(row, country),
    city: personText(row, 'city'),
    country,
    email: emailIn(row),
    phone: row.text('phone')?.slice(0, 60) ?? null,
    language: languageIn(row),
  };
  if (debtor.name === '') row.problem('debtor', 'mangler; ventet navnet på den som skylder');
  return debtor;
}

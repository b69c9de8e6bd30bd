/** What a column of an invoice CSV can hold: `--map` takes the same words. */
export const CSV_FIELDS = [
  'invoice',
  'amount',
  'outstanding',
  'paid',
  'due',
  'issued',
  'description',
  'debtor',
  'type',
  'orgnr',
  'address',
  'address2',
  'zip',
  'city',
  'country',
  'email',
  'phone',
  'language',
  'kid',
  'currency',
  'status',
  'credits',
  'isCreditNote',
  'isCredited',
  'reminders',
] as const;
export type CsvField = (typeof CSV_FIELDS)[number];

export function isCsvField(text: string): text is CsvField {
  return (CSV_FIELDS as readonly string[]).includes(text);
}

/** What a user calls each field, in messages. */
export const FIELD_WORDS: Readonly<Record<CsvField, string>> = {
  invoice: 'fakturanummer',
  amount: 'beløp',
  outstanding: 'utestående beløp',
  paid: 'betalt',
  due: 'forfall',
  issued: 'fakturadato',
  description: 'beskrivelse',
  debtor: 'skyldnerens navn',
  type: 'skyldnertype',
  orgnr: 'organisasjonsnummer',
  address: 'adresse',
  address2: 'adresselinje 2',
  zip: 'postnummer',
  city: 'poststed',
  country: 'land',
  email: 'e-post',
  phone: 'telefon',
  language: 'språk',
  kid: 'KID',
  currency: 'valuta',
  status: 'status',
  credits: 'fakturaen som krediteres',
  isCreditNote: 'kreditnota eller ikke',
  isCredited: 'kreditert eller ikke',
  reminders: 'purringer',
};

/**
 * The names columns have elsewhere, without case, blanks and punctuation; the first that a file has is used. From
 * Fiken (API and customer import), Tripletex (API and invoice import), and what Norwegian invoices call things.
 */
const NAMES: Readonly<Record<CsvField, string>> = {
  invoice: 'fakturanummer fakturanr faktura invoicenumber invoiceno',
  amount:
    'fakturabeløp totalbeløp totalt total sum beløp beløpinklmva beløpinkmva suminklmva totalinklmva totaltinklmva bruttobeløp brutto beløpnok åbetale beløpåbetale totalamount amountincludingvat amountinclvat grossinnok gross',
  outstanding:
    'utestående uteståendebeløp uteståendenok restbeløp åpentbeløp gjenstående gjenståendebeløp amountoutstanding outstandingamount amountdue saleoutstandingbalance outstandingbalance',
  paid: 'betalt innbetalt betaltbeløp innbetaltbeløp amountpaid saletotalpaid totalpaid',
  due: 'forfallsdato forfall forfallsdag betalingsfrist duedate invoiceduedate',
  issued: 'fakturadato utstedtdato utstedelsesdato utstedt invoicedate issuedate dato',
  description:
    'beskrivelse gjelder fakturatekst tekst invoicetext comments comment kommentar orderlinedescription',
  debtor: 'skyldner kundenavn kunde kundensnavn customername customer mottaker navn',
  type: 'kundetype skyldnertype debtortype',
  orgnr:
    'organisasjonsnummer organisasjonsnr foretaksnummer organizationnumber organizationno orgno customerorganizationnumber customerorganizationno kundensorgnr',
  address:
    'adresse gateadresse postadresse adresselinje1 adresse1 addressline1 streetaddress customerpostaladdressaddressline1 customeraddressstreetaddress customeraddress kundensadresse',
  address2:
    'adresse2 adresselinje2 addressline2 customerpostaladdressaddressline2 customeraddressstreetaddressline2',
  zip: 'postnr postnummer postalcode postcode zipcode customerpostaladdresspostalcode customeraddresspostcode',
  city: 'poststed sted customerpostaladdresscity customeraddresscity',
  country: 'land landkode countrycode customercountry customeraddresscountry',
  email: 'epost epostadresse customeremail emailaddress kundensepost',
  phone: 'telefon telefonnummer tlf mobil mobilnummer phonenumber customerphonenumber',
  language: 'språk',
  kid: 'kidnummer kidnr betalingsreferanse',
  currency: 'valuta valutakode currencycode',
  status: 'fakturastatus betalingsstatus settled salesettled',
  credits:
    'krediterer kreditererfaktura krediterfaktura kreditertfaktura creditedinvoice creditedinvoicenumber',
  isCreditNote: 'kreditnota',
  isCredited: 'kreditert',
  reminders: 'purringer',
};

/** Columns whose whole numbers are øre: Fiken’s API states all amounts so. */
const IN_ORE = [
  'grossinnok',
  'gross',
  'saleoutstandingbalance',
  'outstandingbalance',
  'saletotalpaid',
  'totalpaid',
];

/** Amounts that hold more or less than the claim: never read, and never guessed to be it. */
const NOT_THE_CLAIM: Readonly<Record<string, string>> = {
  amountoutstandingtotal: 'regner med gebyr for purringer',
  amountexcludingvat: 'er uten merverdiavgift',
  amountexcludingvatcurrency: 'er uten merverdiavgift',
  netinnok: 'er uten merverdiavgift',
  net: 'er uten merverdiavgift',
  beløpeksmva: 'er uten merverdiavgift',
  nettobeløp: 'er uten merverdiavgift',
  netto: 'er uten merverdiavgift',
  orderlineunitprice: 'er prisen på én varelinje',
};

/** A column’s name without what programs write differently. */
export function bareName(header: string): string {
  if (BARE.test(header)) return header;
  return header
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const BARE = /^[a-zæøå0-9]+$/;

/** The names a field is known by, its own first. */
export function namesOf(field: CsvField): readonly string[] {
  return [bareName(field), ...NAMES[field].split(' ')];
}

/** By the column’s bare name. */
export function isInOre(name: string): boolean {
  return IN_ORE.includes(name);
}

/** Why an amount column is not the claim, as the end of a sentence; null for other columns. */
export function whyNotTheClaim(header: string): string | null {
  return NOT_THE_CLAIM[bareName(header)] ?? null;
}

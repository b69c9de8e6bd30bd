import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EhfCreditNote, EhfInvoice, EhfResult, ImportWarning } from '../../src/import/ehf-document.js';
import { readEhf } from '../../src/import/ehf.js';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/ehf/${name}`, import.meta.url), 'utf8');
const example = (number: number) =>
  readFileSync(new URL(`../../examples/fakturaer/faktura-${number}.xml`, import.meta.url));

const INVOICE = fixture('invoice.xml');
const CREDIT_NOTE = fixture('credit-note.xml');
const EHF2 = fixture('invoice-ehf2.xml');

const BILLING = 'urn:fdc:peppol.eu:2017:poacc:billing:3.0';
const REMINDER = `${BILLING}#conformant#urn:fdc:anskaffelser.no:2019:ehf:reminder:3.0`;

const read = (text: string): EhfResult => readEhf(new TextEncoder().encode(text));

/** The text with one thing in it replaced; throws where it is not there, so that no variant is its base. */
function variant(
  text: string,
  ...changes: readonly (readonly [from: string | RegExp, to: string])[]
): string {
  return changes.reduce((changed, [from, to]) => {
    const next = changed.replace(from, () => to);
    if (next === changed) throw new Error(`nothing to replace: ${String(from)}`);
    return next;
  }, text);
}

const without = (local: string): readonly [RegExp, string] => [
  new RegExp(`\\s*<(\\w+:${local})\\b[^>]*>.*?</\\1>`, 's'),
  '',
];

function invoiceOf(text: string): EhfInvoice {
  const result = read(text);
  if (result.kind !== 'invoice') throw new Error(JSON.stringify(result));
  return result.invoice;
}

function creditNoteOf(text: string): EhfCreditNote {
  const result = read(text);
  if (result.kind !== 'creditNote') throw new Error(JSON.stringify(result));
  return result.creditNote;
}

function warningsOf(text: string): readonly ImportWarning[] {
  const result = read(text);
  if (result.kind === 'refused') throw new Error(result.why);
  return result.warnings;
}

const warningCodes = (text: string) => warningsOf(text).map(({ code }) => code);

describe('an EHF Billing 3 invoice', () => {
  it('to a business', () => {
    expect(read(INVOICE)).toEqual({
      kind: 'invoice',
      invoice: {
        number: '0042',
        issued: '2026-07-01',
        due: '2026-07-15',
        currency: 'NOK',
        payableOre: 180178,
        kid: '00100107',
        account: '15031234562',
        iban: 'NO7215031234562',
        supplier: { name: 'Eksempel Elektro AS', orgnr: '312456788' },
        customer: {
          name: 'Tenkt Bygg & Anlegg AS',
          orgnr: '313100103',
          address: 'Eksempelveien 1, Oppgang B',
          zip: '0101',
          city: 'Oslo',
          country: 'NO',
          email: 'faktura@tenkt-bygg.example',
          phone: '00 00 00 00',
          isConsumer: false,
        },
        description: 'Montering av stikkontakt',
        orderReference: 'B-17',
        buyerReference: 'Prosjekt Ære',
        paymentTermsNote: 'Netto 14 dager',
        attachments: 1,
      },
      warnings: [],
    });
  });

  it('to a consumer, who has no organisasjonsnummer', () => {
    const text = variant(
      INVOICE,
      ['<cbc:EndpointID schemeID="0192">313100103<', '<cbc:EndpointID schemeID="EM">kari@fiktiv.example<'],
      ['<cbc:CompanyID schemeID="0192">313100103</cbc:CompanyID>', ''],
      ['Tenkt Bygg &amp; Anlegg AS', 'Kari Fiktiv'],
    );
    expect(invoiceOf(text).customer).toMatchObject({ name: 'Kari Fiktiv', orgnr: null, isConsumer: true });
    expect(warningCodes(text)).toEqual([]);
  });

  it('owes what is payable, not the total: prepaid and rounding', () => {
    const text = variant(INVOICE, [
      '<cbc:PayableAmount currencyID="NOK">1801.78',
      '<cbc:PrepaidAmount currencyID="NOK">1000</cbc:PrepaidAmount>' +
        '<cbc:PayableRoundingAmount currencyID="NOK">0.22</cbc:PayableRoundingAmount>' +
        '<cbc:PayableAmount currencyID="NOK">802.00',
    ]);
    expect(invoiceOf(text).payableOre).toBe(80200);
    expect(warningsOf(text)).toEqual([
      {
        code: 'prepaid',
        message: 'Totalt 1 801,78 kr, å betale 802,00 kr: 1 000,00 kr var betalt da fakturaen ble skrevet.',
      },
    ]);
  });

  it.each([
    ['rounding alone', '<cbc:PayableRoundingAmount>0.22</cbc:PayableRoundingAmount>', '1802', 'rounded'],
    ['totals that do not add up', '<cbc:PrepaidAmount>1</cbc:PrepaidAmount>', '1802', 'totals'],
    ['other totals that cannot be read', '<cbc:PrepaidAmount>en</cbc:PrepaidAmount>', '1802', 'totals'],
  ])('says so of %s', (_, more, payable, code) => {
    const text = variant(INVOICE, [
      '<cbc:PayableAmount currencyID="NOK">1801.78',
      `${more}<cbc:PayableAmount currencyID="NOK">${payable}`,
    ]);
    expect(warningCodes(text)).toEqual([code]);
  });

  it.each([
    ['1801.7', 180170],
    ['1801', 180100],
    ['+0.01', 1],
    ['1000000000.00', 100_000_000_000],
  ])('reads %s kroner', (amount, ore) => {
    expect(invoiceOf(INVOICE.replaceAll('1801.78', amount)).payableOre).toBe(ore);
  });

  it('is read in the encoding it declares, with a byte order mark, and with Windows line ends', () => {
    const latin1 = Buffer.from(variant(INVOICE, ['UTF-8', 'ISO-8859-1']), 'latin1');
    for (const bytes of [latin1, Buffer.from(`\ufeff${INVOICE.replaceAll('\n', '\r\n')}`)]) {
      expect(readEhf(bytes)).toEqual(read(INVOICE));
    }
  });

  it.each(['BjÃ¸rn AS', 'BlÃ¥bÃ¦r AS', 'Ã˜de AS'])('refuses a name that was saved wrongly: %s', (name) => {
    expect(read(variant(INVOICE, ['Tenkt Bygg &amp; Anlegg AS', name]))).toMatchObject({
      code: 'broken-text',
    });
  });

  it('keeps a control character out of a name', () => {
    const text = variant(INVOICE, ['Tenkt Bygg &amp; Anlegg AS', 'Tenkt\u009b2J\n  Bygg\t AS']);
    expect(invoiceOf(text).customer.name).toBe('Tenkt 2J Bygg AS');
  });
});

describe('the due date', () => {
  it('is not guessed from the terms', () => {
    const text = variant(INVOICE, without('DueDate'));
    expect(invoiceOf(text)).toMatchObject({ due: null, paymentTermsNote: 'Netto 14 dager' });
    expect(warningsOf(text)).toEqual([
      {
        code: 'no-due-date',
        message:
          'Fakturaen har ingen forfallsdato; den må oppgis. Betalingsvilkårene lyder: «Netto 14 dager»',
      },
    ]);
  });

  it('is that of the payment where the invoice has none', () => {
    const text = variant(INVOICE, without('DueDate'), [
      '<cbc:PaymentID>',
      '<cbc:PaymentDueDate>2026-07-20</cbc:PaymentDueDate><cbc:PaymentID>',
    ]);
    expect(invoiceOf(text).due).toBe('2026-07-20');
    expect(warningCodes(text)).toEqual([]);
  });

  it('is the latest of several, so that nothing is collected too early', () => {
    const means = (day: string) =>
      `<cac:PaymentMeans><cbc:PaymentDueDate>${day}</cbc:PaymentDueDate></cac:PaymentMeans>`;
    const text = variant(EHF2, [
      '<cac:LegalMonetaryTotal>',
      `${means('2018-04-01')}<cac:LegalMonetaryTotal>`,
    ]);
    expect(invoiceOf(text).due).toBe('2018-04-01');
    expect(warningCodes(text)).toEqual(['several-due-dates']);
  });

  it('may carry a time zone', () => {
    expect(invoiceOf(variant(INVOICE, ['2026-07-15<', '2026-07-15+02:00<'])).due).toBe('2026-07-15');
  });

  it('is noted when it comes before the invoice', () => {
    expect(warningCodes(variant(INVOICE, ['2026-07-15<', '2026-06-15<']))).toEqual(['due-before-issued']);
  });
});

describe('the payment', () => {
  it('keeps a wrong KID with its zeros, and says so', () => {
    const text = variant(INVOICE, ['00100107', '0003434323213231']);
    expect(invoiceOf(text).kid).toBe('0003434323213231');
    expect(warningsOf(text)).toEqual([
      { code: 'kid-invalid', message: expect.stringContaining('siste siffer stemmer verken') as string },
    ]);
  });

  it('keeps free text where the KID should be', () => {
    const text = variant(INVOICE, ['00100107', 'Faktura 42']);
    expect(invoiceOf(text).kid).toBe('Faktura 42');
    expect(warningCodes(text)).toEqual(['kid-invalid']);
  });

  it('strips what a valid KID is grouped with', () => {
    expect(invoiceOf(variant(INVOICE, ['00100107', ' 0010 0107 '])).kid).toBe('00100107');
  });

  it('may have no KID, and no means at all', () => {
    expect(invoiceOf(variant(INVOICE, without('PaymentID'))).kid).toBeNull();
    const bare = invoiceOf(variant(INVOICE, without('PaymentMeans')));
    expect(bare).toMatchObject({ kid: null, account: null, iban: null });
  });

  it.each([
    ['NO7215031234562', '15031234562', 'NO7215031234562', []],
    ['no72 1503 1234 562', '15031234562', 'NO7215031234562', []],
    ['1503.12.34562', '15031234562', null, []],
    ['15031234561', null, null, ['account-invalid']],
    ['NO7315031234562', null, null, ['account-invalid']],
    ['SE4550000000058398257466', null, 'SE4550000000058398257466', ['account-foreign']],
    ['kontoen vår', null, null, ['account-invalid']],
  ])('to the account %s', (id, account, iban, codes) => {
    const text = INVOICE.replace('NO7215031234562', id);
    expect(invoiceOf(text)).toMatchObject({ account, iban });
    expect(warningCodes(text)).toEqual(codes);
  });

  it('goes to the Norwegian account where there are several', () => {
    const foreign =
      '<cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>SE4550000000058398257466</cbc:ID>' +
      '</cac:PayeeFinancialAccount></cac:PaymentMeans>';
    const text = variant(INVOICE, ['<cac:PaymentMeans>', `${foreign}<cac:PaymentMeans>`]);
    expect(invoiceOf(text)).toMatchObject({ account: '15031234562', kid: '00100107' });
    expect(warningCodes(text)).toEqual([]);
  });

  it('to somebody else may mean that the claim is somebody else’s', () => {
    const payee = (orgnr: string) =>
      '<cac:PayeeParty><cac:PartyName><cbc:Name>Innbilt Factoring AS</cbc:Name></cac:PartyName>' +
      `<cac:PartyLegalEntity><cbc:CompanyID schemeID="0192">${orgnr}</cbc:CompanyID></cac:PartyLegalEntity>` +
      '</cac:PayeeParty>';
    const to = (orgnr: string) =>
      variant(INVOICE, ['<cac:PaymentMeans>', `${payee(orgnr)}<cac:PaymentMeans>`]);
    expect(warningsOf(to('313200302'))[0]?.message).toContain('«Innbilt Factoring AS», ikke til selgeren');
    expect(warningCodes(to('312456788'))).toEqual([]);
  });
});

describe('the parties', () => {
  const SUPPLIER = '<cbc:CompanyID schemeID="0192">312456788</cbc:CompanyID>';
  const CUSTOMER = '<cbc:CompanyID schemeID="0192">313100103</cbc:CompanyID>';
  const CUSTOMER_ENDPOINT = '<cbc:EndpointID schemeID="0192">313100103</cbc:EndpointID>';

  it.each([
    '<cbc:CompanyID schemeID="0192">NO 312 456 788 MVA</cbc:CompanyID>',
    '<cbc:CompanyID schemeID="NO:ORGNR">312456788</cbc:CompanyID>',
    '<cbc:CompanyID>312456788</cbc:CompanyID>',
    '<cbc:CompanyID>9908:312456788</cbc:CompanyID>',
    '',
    '<cbc:CompanyID schemeID="0088">7300010000001</cbc:CompanyID>',
  ])('a supplier with %j', (element) => {
    expect(invoiceOf(variant(INVOICE, [SUPPLIER, element])).supplier.orgnr).toBe('312456788');
  });

  it('reads the endpoint of EHF Purring’s time', () => {
    const text = variant(
      INVOICE,
      [CUSTOMER, ''],
      [CUSTOMER_ENDPOINT, '<cbc:EndpointID>9908:313100103</cbc:EndpointID>'],
    );
    expect(invoiceOf(text).customer.orgnr).toBe('313100103');
  });

  it('does not take the number of a VAT group, nor an endpoint without a scheme, for an organisasjonsnummer', () => {
    const vat = '<cac:PartyTaxScheme><cbc:CompanyID>NO313100103MVA</cbc:CompanyID></cac:PartyTaxScheme>';
    const endpoint = '<cbc:EndpointID>313100103</cbc:EndpointID>';
    const text = variant(INVOICE, [CUSTOMER, ''], [CUSTOMER_ENDPOINT, endpoint + vat]);
    expect(invoiceOf(text).customer.orgnr).toBeNull();
  });

  it.each([
    ['<cbc:CompanyID schemeID="0192">313100104</cbc:CompanyID>', 'skulle vært 3'],
    ['<cbc:CompanyID schemeID="0192">12345</cbc:CompanyID>', 'må ha ni siffer'],
    ['<cbc:CompanyID schemeID="0192">01017012345</cbc:CompanyID>', 'elleve siffer, som et fødselsnummer'],
    ['<cbc:CompanyID>01017012345</cbc:CompanyID>', 'elleve siffer, som et fødselsnummer'],
    ['<cbc:CompanyID schemeID="0002">FR23342</cbc:CompanyID>', 'er ikke norsk'],
    ['<cbc:CompanyID>GB983294</cbc:CompanyID>', 'er ugyldig'],
    [SUPPLIER, 'samme organisasjonsnummer som selgeren'],
  ])('a customer with %s', (element, why) => {
    const text = variant(INVOICE, [CUSTOMER_ENDPOINT, ''], [CUSTOMER, element]);
    expect(invoiceOf(text).customer).toMatchObject({ orgnr: null, isConsumer: true });
    const [warning, ...others] = warningsOf(text);
    expect(warning).toEqual({ code: 'customer-orgnr', message: expect.stringContaining(why) as string });
    expect(warning?.message).not.toContain('01017012345');
    expect(others).toEqual([]);
  });

  it('a supplier without organisasjonsnummer', () => {
    const text = variant(INVOICE, without('EndpointID'), [SUPPLIER, '']);
    expect(invoiceOf(text).supplier).toEqual({ name: 'Eksempel Elektro AS', orgnr: null });
    expect(warningsOf(text)).toEqual([
      { code: 'supplier-orgnr', message: 'Selgerens organisasjonsnummer mangler i filen.' },
    ]);
  });

  it('are named by RegistrationName, then by PartyName', () => {
    const text = variant(INVOICE, without('RegistrationName'));
    expect(invoiceOf(text).supplier.name).toBe('Eksempel Elektro');
  });

  it('says what a customer lacks', () => {
    const text = variant(
      INVOICE,
      ['<cbc:RegistrationName>Tenkt Bygg &amp; Anlegg AS</cbc:RegistrationName>', ''],
      without('StreetName'),
      ['<cbc:PostalZone>0101<', '<cbc:PostalZone>101<'],
      ['faktura@tenkt-bygg.example', 'post hos tenkt bygg'],
      ['<cbc:IdentificationCode>NO<', '<cbc:IdentificationCode>NORGE<'],
    );
    expect(invoiceOf(text).customer).toMatchObject({
      name: null,
      address: 'Oppgang B',
      zip: '101',
      country: 'NO',
      email: null,
    });
    expect(warningCodes(text)).toEqual(['customer-name', 'country', 'postal-code', 'email']);
    expect(warningCodes(variant(INVOICE, without('PostalAddress')))).toEqual(['address']);
  });

  it.each([
    [
      '<cbc:StreetName>Eksempelveien</cbc:StreetName><cbc:BuildingNumber>7 B</cbc:BuildingNumber>',
      'Eksempelveien 7 B',
    ],
    [
      '<cbc:StreetName>Gata 1</cbc:StreetName><cac:AddressLine><cbc:Line>3. etasje</cbc:Line></cac:AddressLine>',
      'Gata 1, 3. etasje',
    ],
    ['<cbc:Postbox>123</cbc:Postbox>', 'Postboks 123'],
    ['<cbc:Postbox>Pb. 123</cbc:Postbox>', 'Pb. 123'],
    ['<cbc:Postbox>123</cbc:Postbox><cbc:StreetName>Gata 1</cbc:StreetName>', 'Gata 1'],
  ])('lives at %s', (elements, address) => {
    const text = INVOICE.replace(
      /(<cac:AccountingCustomerParty>[^]*?<cac:PostalAddress>)[^]*?(<cbc:CityName>)/,
      `$1${elements}$2`,
    );
    expect(invoiceOf(text).customer.address).toBe(address);
  });

  it('accepts the postal code of another country', () => {
    const text = variant(INVOICE, ['>NO<', '>se<'], ['>0101<', '>456 34<']);
    expect(invoiceOf(text).customer).toMatchObject({ country: 'SE', zip: '456 34' });
    expect(warningCodes(text)).toEqual([]);
  });

  it('refuses a name that has lost characters', () => {
    const result = read(variant(INVOICE, ['Tenkt Bygg &amp; Anlegg AS', 'Bj\ufffdrn AS']));
    expect(result).toEqual({
      kind: 'refused',
      code: 'broken-text',
      why: 'Teksten «Bj\ufffdrn AS» i RegistrationName har ødelagte tegn; hent filen på nytt der den kommer fra.',
    });
  });
});

describe('the envelope of an access point', () => {
  const SBD = 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';
  const wrapped = (...documents: readonly string[]) =>
    `<sbd:StandardBusinessDocument xmlns:sbd="${SBD}"><sbd:StandardBusinessDocumentHeader/>${documents
      .map((text) => text.replace(/^<\?xml[^>]*\?>/, ''))
      .join('')}</sbd:StandardBusinessDocument>`;

  it('is opened', () => {
    expect(read(wrapped(INVOICE))).toEqual(read(INVOICE));
    expect(creditNoteOf(wrapped(CREDIT_NOTE))).toEqual(creditNoteOf(CREDIT_NOTE));
  });

  it.each([[[]], [[INVOICE, INVOICE]]])('with another number of documents is refused (%#)', (documents) => {
    expect(read(wrapped(...documents))).toMatchObject({
      code: 'unknown',
      why: expect.stringContaining('«StandardBusinessDocument»') as string,
    });
  });
});

describe('the description and the references', () => {
  const item = (name: string) =>
    `<cac:InvoiceLine><cac:Item><cbc:Name>${name}</cbc:Name></cac:Item></cac:InvoiceLine>`;

  it('is the note where there is one', () => {
    const text = variant(INVOICE, [
      '<cbc:DocumentCurrencyCode>',
      '<cbc:Note>Arbeid i\n juni</cbc:Note><cbc:DocumentCurrencyCode>',
    ]);
    expect(invoiceOf(text).description).toBe('Arbeid i juni');
  });

  it('is what the lines are called, cut short', () => {
    const two = variant(INVOICE, ['</Invoice>', `${item('Kabel')}</Invoice>`]);
    expect(invoiceOf(two).description).toBe('Montering av stikkontakt, Kabel');
    const many = variant(INVOICE, ['</Invoice>', `${item('Kabel 😀').repeat(50)}</Invoice>`]);
    const description = invoiceOf(many).description ?? '';
    expect([...description].length).toBeLessThanOrEqual(120);
    expect(description).toMatch(/^Montering av stikkontakt, Kabel 😀, .*…$/u);
  });

  it('is nothing where there is nothing', () => {
    expect(invoiceOf(variant(INVOICE, without('InvoiceLine'))).description).toBeNull();
  });

  it('leaves out an order reference that stands in for none', () => {
    expect(invoiceOf(variant(INVOICE, ['B-17', 'NA'])).orderReference).toBeNull();
    expect(invoiceOf(variant(INVOICE, without('OrderReference'))).orderReference).toBeNull();
  });
});

describe('an EHF 2.0 document', () => {
  it('is imported by its own paths', () => {
    expect(read(EHF2)).toMatchObject({
      kind: 'invoice',
      invoice: {
        number: '77',
        due: '2018-03-15',
        payableOre: 25000,
        kid: '00100206',
        account: '15031234562',
        iban: null,
        supplier: { name: 'Eksempel Elektro AS', orgnr: '312456788' },
        customer: { name: 'Kari Fiktiv', orgnr: null, isConsumer: true },
        description: 'Sikring, Kabel',
        buyerReference: 'Kari',
      },
      warnings: [],
    });
  });

  it('may be a credit note without type code', () => {
    const text = variant(
      CREDIT_NOTE,
      [
        `urn:cen.eu:en16931:2017#compliant#${BILLING}`,
        'urn:x:extended:urn:www.difi.no:ehf:kreditnota:ver2.0',
      ],
      without('CreditNoteTypeCode'),
    );
    expect(creditNoteOf(text)).toMatchObject({ number: 'K-7', amountOre: 50050 });
  });
});

describe('a credit note', () => {
  it('credits an invoice, named once', () => {
    expect(read(CREDIT_NOTE)).toEqual({
      kind: 'creditNote',
      creditNote: {
        number: 'K-7',
        issued: '2026-07-20',
        currency: 'NOK',
        amountOre: 50050,
        creditedInvoices: ['0042'],
        supplier: { name: 'Eksempel Elektro AS', orgnr: '312456788' },
        customer: {
          name: 'Tenkt Bygg AS',
          orgnr: '313100103',
          address: 'Eksempelveien 1',
          zip: '0101',
          city: 'Oslo',
          country: 'NO',
          email: null,
          phone: null,
          isConsumer: false,
        },
      },
      warnings: [],
    });
  });

  it('may credit several, or say nothing of it', () => {
    expect(creditNoteOf(variant(CREDIT_NOTE, ['0042', '0041'])).creditedInvoices).toEqual(['0041', '0042']);
    const none = variant(CREDIT_NOTE, without('BillingReference'), without('BillingReference'));
    expect(creditNoteOf(none).creditedInvoices).toEqual([]);
    expect(warningCodes(none)).toEqual(['no-credited-invoice']);
  });
});

describe('refusing', () => {
  const payable = (amount: string) =>
    variant(INVOICE, ['"NOK">1801.78</cbc:Pay', `"NOK">${amount}</cbc:Pay`]);
  const routed = (customization: string) => variant(INVOICE, [BILLING, customization]);
  const typed = (code: string) => variant(INVOICE, ['>380<', `>${code}<`]);
  const REFERENCE =
    '<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>0042</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>';
  const reminder = variant(routed(REMINDER), without('InvoiceTypeCode'), [
    '<cac:OrderReference>',
    `${REFERENCE}<cac:OrderReference>`,
  ]);
  const oldReminder =
    '<Reminder xmlns="urn:oasis:names:specification:ubl:schema:xsd:Reminder-2"><x>1</x></Reminder>';

  it.each<[string, string, string, string]>([
    [
      'a reminder',
      reminder,
      'reminder',
      'Filen er en purring på faktura «0042», ikke en faktura; importer selve fakturaen.',
    ],
    [
      'EHF Purring',
      variant(EHF2, ['ehf:faktura:ver2.0', 'ehf:purring:ver1.1']),
      'reminder',
      'Filen er en purring, ikke',
    ],
    ['a Reminder by its root alone', oldReminder, 'reminder', 'Filen er en purring, ikke'],
    [
      'forward billing',
      routed(`${BILLING}#conformant#urn:fdc:anskaffelser.no:2019:ehf:forward-billing:3.0`),
      'forward-billing',
      'videreformidlet faktura',
    ],
    [
      'a payment request',
      variant(
        routed('urn:fdc:anskaffelser.no:2019:ehf:spec:payment-request:3.0'),
        without('InvoiceTypeCode'),
      ),
      'payment-request',
      'betalingsanmodning',
    ],
    [
      'self-billing',
      routed('urn:fdc:peppol.eu:2017:poacc:selfbilling:3.0'),
      'self-billing',
      'utstedt av kjøperen',
    ],
    ['self-billing by type code', typed('389'), 'self-billing', 'utstedt av kjøperen'],
    [
      'a self-billed credit note',
      variant(CREDIT_NOTE, ['>381<', '>261<']),
      'self-billing',
      'utstedt av kjøperen',
    ],
    ['a factored invoice', typed('393'), 'factored', 'factoringselskap'],
    ['a pro forma invoice', typed('325'), 'pro-forma', 'proformafaktura'],
    ['a credit note in an invoice', typed('381'), 'type-code', 'typekoden 381 er en kreditnota'],
    ['an invoice in a credit note', variant(CREDIT_NOTE, ['>381<', '>380<']), 'type-code', 'ventet 381'],
    [
      'an invoice without type code',
      variant(INVOICE, without('InvoiceTypeCode')),
      'missing',
      'cbc:InvoiceTypeCode mangler; ventet 380',
    ],
    [
      'another specification',
      routed('urn:xrechnung'),
      'unknown',
      '«Invoice» med CustomizationID «urn:cen.eu:en16931:2017#compliant#urn:xrechnung»',
    ],
    [
      'no specification',
      variant(INVOICE, without('CustomizationID')),
      'unknown',
      '«Invoice» uten CustomizationID',
    ],
    ['another root', '<testSet/>', 'unknown', 'rotelementet er «testSet» uten CustomizationID'],
    [
      'a credit note by the specification of invoices',
      variant(EHF2, ['ehf:faktura:ver2.0', 'ehf:kreditnota:ver2.0']),
      'unknown',
      '«Invoice» med',
    ],
    [
      'an Invoice of another namespace',
      INVOICE.replaceAll('xsd:Invoice-2', 'xsd:Invoice-3'),
      'unknown',
      '«Invoice»',
    ],
    [
      'the books of a year',
      '<n1:AuditFile xmlns:n1="urn:StandardAuditFile-Taxation-Financial:NO"><n1:Header/></n1:AuditFile>',
      'saf-t',
      'SAF-T-eksport av regnskapet',
    ],
    [
      'the books of a year, cut off',
      '<?xml version="1.0"?>\n<AuditFile>\n<Header>',
      'saf-t',
      'som EHF eller CSV',
    ],
    ['euro', INVOICE.replaceAll('NOK', 'EUR'), 'currency', 'Beløpet er i «EUR»'],
    [
      'an amount in another currency',
      variant(INVOICE, [
        'Amount currencyID="NOK">1801.78</cbc:Pay',
        'Amount currencyID="SEK">1801.78</cbc:Pay',
      ]),
      'currency',
      '«SEK»',
    ],
    ['no currency', variant(INVOICE, without('DocumentCurrencyCode')), 'missing', 'cbc:DocumentCurrencyCode'],
    [
      'no number',
      variant(INVOICE, ['<cbc:ID>0042</cbc:ID>', '<cbc:ID> </cbc:ID>']),
      'missing',
      'cbc:ID mangler; ventet fakturanummeret',
    ],
    ['no date', variant(INVOICE, without('IssueDate')), 'missing', 'cbc:IssueDate'],
    [
      'a date that does not exist',
      variant(INVOICE, ['2026-07-01', '2026-02-30']),
      'date',
      'cbc:IssueDate er «2026-02-30»; ventet en dato som 2026-08-03.',
    ],
    [
      'a due date in other order',
      variant(INVOICE, ['2026-07-15', '15.07.2026']),
      'date',
      'cbc:DueDate er «15.07.2026»',
    ],
    ['no amount', variant(INVOICE, without('PayableAmount')), 'missing', 'cbc:PayableAmount mangler'],
    [
      'three decimals',
      payable('1801.780'),
      'amount',
      'cbc:PayableAmount er «1801.780»; ventet høyst to desimaler.',
    ],
    ['a comma', payable('1801,78'), 'amount', 'ventet et beløp som 1234.50'],
    ['an exponent', payable('1E3'), 'amount', 'ventet et beløp'],
    ['too much', payable('1000000000.01'), 'amount', 'for stort'],
    [
      'nothing to pay',
      payable('0.00'),
      'nothing-to-collect',
      'Beløpet å betale er 0,00 kr: ingenting å kreve inn.',
    ],
    ['minus nothing', payable('-0'), 'nothing-to-collect', '0,00 kr: ingenting å kreve inn'],
    ['less than nothing', payable('-10.50'), 'nothing-to-collect', '−10,50 kr: ingenting å kreve inn'],
    [
      'an empty credit note',
      CREDIT_NOTE.replaceAll('500.5', '0'),
      'nothing-to-collect',
      'ingenting å kreditere',
    ],
    ['an empty file', '', 'empty', 'Filen er tom.'],
    ['blanks', '\ufeff \r\n', 'empty', 'Filen er tom.'],
    ['HTML', '<!DOCTYPE html>\n<html><body>Logg inn</body></html>', 'html', 'nettside (HTML)'],
    ['XHTML', '<?xml version="1.0"?>\n<!-- x --><html xmlns="urn:h"/>', 'html', 'nettside (HTML)'],
    ['HTML behind many comments', `${'<!-- -->'.repeat(200)}<html/>`, 'html', 'nettside (HTML)'],
    ['CSV', 'Dato;Beløp\n', 'not-xml', 'Filen er ikke XML'],
    ['a PDF', '%PDF-1.7\n', 'not-xml', 'Filen er en PDF'],
    ['a zip', 'PK\u0003\u0004', 'not-xml', 'Filen er en zip-fil'],
    ['malformed XML', INVOICE.replace('</cac:PaymentTerms>', ''), 'xml', 'ikke gyldig XML'],
    ['half a file', INVOICE.slice(0, 3000), 'xml', 'ikke gyldig XML'],
    [
      'an entity of its own',
      variant(
        INVOICE,
        ['<Invoice ', '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<Invoice '],
        ['B-17', '&x;'],
      ),
      'xml',
      'dokumenttypedeklarasjon (DTD',
    ],
  ])('%s', (_, text, code, why) => {
    expect(read(text)).toEqual({ kind: 'refused', code, why: expect.stringContaining(why) as string });
  });

  it('what cannot be decoded', () => {
    expect(readEhf(Buffer.from(INVOICE, 'latin1'))).toMatchObject({ code: 'unreadable' });
    expect(readEhf(Buffer.from(INVOICE, 'utf16le'))).toMatchObject({ code: 'unreadable' });
    expect(readEhf(new Uint8Array(20 * 1024 * 1024 + 1).fill(0x20))).toMatchObject({ code: 'unreadable' });
  });

  it('imports other types with a warning', () => {
    expect(warningCodes(typed('384'))).toEqual(['corrected']);
    expect(warningCodes(typed('82'))).toEqual(['type-code']);
  });
});

describe('the demo invoices', () => {
  it.each([
    [1001, 'Kari Fiktiv', null, 249000, '2026-07-20', '2026-08-03', '00100107'],
    [1002, 'Tenkt Bygg AS', '313100103', 1875000, '2026-07-01', '2026-07-15', '00100206'],
    [1003, 'Oppdiktet Kafé AS', '313200302', 631250, '2026-08-18', '2026-09-01', null],
  ])('%i', (number, name, orgnr, payableOre, issued, due, kid) => {
    expect(readEhf(example(number))).toMatchObject({
      kind: 'invoice',
      invoice: {
        number: String(number),
        issued,
        due,
        payableOre,
        kid,
        account: '15031234562',
        supplier: { name: 'Eksempel Elektro AS', orgnr: '312456788' },
        customer: { name, orgnr, isConsumer: orgnr === null },
      },
      warnings: [],
    });
  });
});

describe('any bytes', () => {
  const bases = [INVOICE, CREDIT_NOTE, EHF2].map((text) => new TextEncoder().encode(text));

  const oneOfThree = (bytes: Uint8Array) => {
    const result = readEhf(bytes);
    expect(['invoice', 'creditNote', 'refused']).toContain(result.kind);
    if (result.kind === 'refused') expect(result.why).toMatch(/^\p{Lu}[^]*\.$/u);
    if (result.kind === 'invoice') expect(result.invoice.payableOre).toBeGreaterThan(0);
  };

  it('give one of the three results', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), oneOfThree));
  });

  it('give one of the three results when a file is damaged', () => {
    const damage = fc.record({
      base: fc.constantFrom(...bases),
      edits: fc.array(fc.tuple(fc.nat(5000), fc.nat(255)), { maxLength: 5 }),
      from: fc.nat(300),
      length: fc.oneof(fc.constant(10_000), fc.nat(5000)),
      cutStart: fc.boolean(),
    });
    fc.assert(
      fc.property(damage, ({ base, edits, from, length, cutStart }) => {
        const bytes = base.slice();
        for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
        oneOfThree(bytes.subarray(cutStart ? from : 0, length));
      }),
      { numRuns: 1000 },
    );
  });

  it('give one of the three results when texts in a file are others', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '-', '1e9', '0101', '\ufffd', '𝟙'),
    );
    fc.assert(
      fc.property(fc.constantFrom(INVOICE, CREDIT_NOTE, EHF2), fc.nat(40), texts, (base, at, text) => {
        let index = 0;
        const escaped = text.replace(/[<&>]/g, (c) => `&#${c.charCodeAt(0)};`);
        const changed = base.replace(/>[^<>\s][^<>]*</g, (old) => (index++ === at ? `>${escaped}<` : old));
        oneOfThree(new TextEncoder().encode(changed));
      }),
      { numRuns: 1000 },
    );
  });
});

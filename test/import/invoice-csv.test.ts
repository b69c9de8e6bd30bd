import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenCsv } from '../../src/import/csv.js';
import { readAmountIn } from '../../src/import/invoice-csv-amounts.js';
import { columnsOf, readColumnMap } from '../../src/import/invoice-csv-columns.js';
import { readInvoiceCsv, type CsvRecord } from '../../src/import/invoice-csv.js';
import { FileRefused } from '../../src/import/plan.js';
import { localDate } from '../../src/law/dates.js';

const OWN = '312456788';
const TODAY = localDate('2026-11-20');

function read(text: string, maps: readonly string[] = []): CsvRecord[] {
  const map = readColumnMap(maps);
  const columns = columnsOf(text, map);
  return [...readInvoiceCsv({ columns, pieces: () => [text], own: OWN, today: TODAY })];
}

function only(text: string, maps: readonly string[] = []): CsvRecord {
  const [record, ...others] = read(text, maps);
  if (record === undefined || others.length > 0) throw new Error(`${others.length + 1} records`);
  return record;
}

function invoiceOf(text: string) {
  const record = only(text);
  if (record.kind !== 'invoice') throw new Error(JSON.stringify(record));
  return record.invoice;
}

const problemsOf = (text: string) => {
  const record = only(text);
  if (record.kind !== 'bad') throw new Error(JSON.stringify(record));
  return record.problems;
};

function refusalOf(text: string, maps: readonly string[] = []): FileRefused {
  try {
    read(text, maps);
  } catch (fault) {
    if (fault instanceof FileRefused) return fault;
    throw fault;
  }
  throw new Error('not refused');
}

/** Rows under the names of the contract. */
const HEADER =
  'invoice;amount;due;issued;description;debtor;type;orgnr;address;zip;city;country;email;language;kid';
const row = (values: Partial<Record<string, string>>) => {
  const usual = { invoice: '1001', amount: '1250,00', due: '2026-08-03', debtor: 'Kari Fiktiv', ...values };
  return HEADER.split(';')
    .map((name) => (usual as Record<string, string | undefined>)[name] ?? '')
    .join(';');
};
const file = (...rows: readonly Partial<Record<string, string>>[]) =>
  [HEADER, ...rows.map(row), ''].join('\n');

describe('a row under the names of the contract', () => {
  it('is an invoice', () => {
    const text = file({
      amount: '1 250,50',
      issued: '20.07.2026',
      description: 'Feilsøking',
      debtor: 'Tenkt Bygg AS',
      type: 'business',
      orgnr: '313 100 103',
      address: 'Eksempelveien 1',
      zip: '0101',
      city: 'Oslo',
      country: 'NO',
      email: 'post@tenkt.example',
      language: 'nn',
      kid: '00100107',
    });
    expect(only(text)).toEqual({
      kind: 'invoice',
      line: 2,
      raw: text.split('\n')[1],
      warnings: [],
      invoice: {
        number: '1001',
        owedOre: 125050,
        grossOre: 125050,
        issued: '2026-07-20',
        due: '2026-08-03',
        description: 'Feilsøking',
        kid: '00100107',
        debtor: {
          name: 'Tenkt Bygg AS',
          type: 'business',
          orgnr: '313100103',
          address: 'Eksempelveien 1',
          zip: '0101',
          city: 'Oslo',
          country: 'NO',
          email: 'post@tenkt.example',
          phone: null,
          language: 'nn',
        },
      },
    });
  });

  it('needs no more than number, amount, due date and name', () => {
    expect(invoiceOf(file({}))).toMatchObject({
      issued: null,
      kid: null,
      debtor: { name: 'Kari Fiktiv', type: 'consumer', country: 'NO', language: 'nb', zip: null },
    });
  });

  it.each([
    [{}, 'consumer'],
    [{ orgnr: '313100103' }, 'business'],
    [{ orgnr: '313100103', type: 'Offentlig' }, 'public'],
    [{ type: 'privatperson' }, 'consumer'],
    [{ type: 'Bedrift' }, 'business'],
    [{ type: 'Faktura' }, 'consumer'],
  ])('owed by %j is a claim on a %s', (values, type) => {
    expect(invoiceOf(file(values)).debtor.type).toBe(type);
  });

  it('keeps numbers as text, with their zeros and as Excel wraps them', () => {
    expect(invoiceOf(file({ invoice: '0042', kid: '0 0100107', zip: '0101' }))).toMatchObject({
      number: '0042',
      kid: '00100107',
      debtor: { zip: '0101' },
    });
    expect(invoiceOf(file({ invoice: '"=""0042"""' })).number).toBe('0042');
  });

  it.each<[string, Partial<Record<string, string>>, string]>([
    ['a wrong KID', { kid: '0003434323213231' }, 'KID_INVALID'],
    ['a postal code that lost its zero', { zip: '101' }, 'POSTAL_CODE'],
    ['an address that is none', { email: 'kari hos fiktiv' }, 'EMAIL'],
    ['a national id for organisasjonsnummer', { orgnr: '01017012345' }, 'NATIONAL_ID'],
  ])('with %s is imported and said aloud', (_, values, code) => {
    const record = only(file(values));
    expect(record).toMatchObject({ kind: 'invoice', warnings: [{ code }] });
    expect(record.raw).not.toContain('01017012345');
  });

  it('never fills in what a file has lost', () => {
    const record = only(file({ zip: '101', kid: '0003434323213231', orgnr: '01017012345', email: 'x' }));
    expect(record).toMatchObject({
      invoice: { kid: '0003434323213231', debtor: { zip: '101', orgnr: null, email: null } },
    });
  });
});

describe('a bad row says what was expected', () => {
  it.each<[Partial<Record<string, string>>, string]>([
    [{ invoice: '' }, 'fakturanummer: mangler; ventet fakturanummeret'],
    [{ invoice: '1E+05' }, 'fakturanummer: «1E+05» er avkortet av et regneark'],
    [{ amount: '' }, 'beløp: mangler; ventet et beløp som 1234,50'],
    [{ amount: 'tusen' }, 'beløp: «tusen» er ikke et beløp; ventet for eksempel 1234,50'],
    [{ amount: '12,505' }, 'beløp: «12,505» kan bety to beløp'],
    [{ amount: '1234,5678' }, 'flere enn to desimaler'],
    [{ amount: '1,2E+3' }, 'avkortet av et regneark'],
    [{ due: '' }, 'forfall: mangler; ventet en dato'],
    [
      { due: '31.02.2026' },
      'forfall: «31.02.2026» er ikke en dato; ventet for eksempel 2026-08-03 eller 03.08.2026',
    ],
    [{ due: '08/03/2026' }, '«08/03/2026» er ikke en dato'],
    [{ due: '03.08.26' }, '«03.08.26» er ikke en dato'],
    [{ issued: '2026-08-04' }, 'forfall: 03.08.2026 er før fakturadatoen 04.08.2026'],
    [{ issued: '2027-08-04', due: '2027-09-01' }, 'fakturadato: 04.08.2027 er i framtiden'],
    [{ debtor: ' ' }, 'skyldnerens navn: mangler'],
    [{ debtor: 'BjÃ¸rn Fiktiv' }, 'skyldnerens navn: «BjÃ¸rn» har ødelagte tegn'],
    [{ debtor: 'Bj\ufffdrn' }, 'ødelagte tegn'],
    [{ debtor: 'Kari 01017012345' }, 'fødselsnummer'],
    [
      { type: 'person privat' },
      'skyldnertype: «person privat» er ukjent; ventet consumer, business eller public',
    ],
    [{ orgnr: '313100104' }, 'organisasjonsnummer: Organisasjonsnummeret 313 100 104 er ikke gyldig'],
    [{ orgnr: '312456788' }, 'organisasjonsnummer: er ditt eget; ventet skyldnerens'],
    [{ country: 'Langtvekkistan' }, 'land: «Langtvekkistan» er ukjent'],
    [{ language: 'tysk' }, 'språk: «tysk» er ukjent; ventet nb, nn eller en'],
    [{ kid: '1,23457E+15' }, 'KID: «1,23457E+15» er avkortet av et regneark'],
  ])('%j', (values, why) => {
    expect(problemsOf(file(values)).join(' ')).toContain(why);
  });

  it('is told of once for each thing that is wrong, however often the cell is read', () => {
    expect(problemsOf(file({ debtor: 'BjÃ¸rn Fiktiv' }))).toHaveLength(1);
  });

  it('tells of all that is wrong with it', () => {
    expect(problemsOf(file({ due: 'x', debtor: '' }))).toHaveLength(2);
  });

  it('counts lines as an editor does', () => {
    const text = `sep=;\r\n${HEADER}\r\n\r\n${row({ description: '"to\nlinjer"' })}\r\n${row({ invoice: '1002', due: 'x' })}\r\n`;
    expect(read(text).map(({ line, kind }) => [line, kind])).toEqual([
      [4, 'invoice'],
      [6, 'bad'],
    ]);
  });

  it('has more cells than the file has columns', () => {
    expect(problemsOf(`${HEADER}\n${row({})};x;y\n`).join()).toContain(
      'raden har 17 felt, men det er 15 kolonner',
    );
  });
});

describe('rows that are no claims', () => {
  const EXPORT = 'Fakturanr.;Fakturadato;Forfallsdato;Kunde;Beløp;Utestående;Valuta;Status;Kreditert faktura';
  const one = (line: string) => only(`${EXPORT}\n${line}\n`);

  it.each<[string, string, string, string]>([
    ['paid', '1001;01.07.2026;15.07.2026;Kari Fiktiv;1250,00;0,00;NOK;;', 'skip', 'betalt'],
    ['paid by status', '1001;01.07.2026;15.07.2026;Kari Fiktiv;1250,00;0;NOK;Betalt;', 'skip', 'betalt'],
    ['a draft', '1001;;;Kari Fiktiv;1250,00;1250,00;;Utkast;', 'skip', 'utkast'],
    [
      'credited',
      '1001;01.07.2026;15.07.2026;Kari Fiktiv;1250,00;0,00;NOK;Kreditert;',
      'skip',
      'betalt|kreditert',
    ],
    ['in euro', '1001;01.07.2026;15.07.2026;Kari Fiktiv;1250,00;1250,00;EUR;;', 'refuse', 'i «EUR»'],
    ['negative', '1002;01.07.2026;15.07.2026;Kari Fiktiv;-250,00;-250,00;NOK;;', 'refuse', 'inkasso credit'],
    [
      'negative with a minus sign',
      '1002;01.07.2026;;Kari Fiktiv;−250,00;−250,00;NOK;;',
      'refuse',
      'inkasso credit',
    ],
    [
      'more outstanding than the invoice',
      '1001;01.07.2026;15.07.2026;Kari Fiktiv;1250,00;1288,00;NOK;;',
      'refuse',
      'gebyr',
    ],
    [
      'paid and not paid',
      '1001;01.07.2026;15.07.2026;Kari Fiktiv;1250,00;1250,00;NOK;Betalt;',
      'refuse',
      'utestående er',
    ],
    ['a sum', ';;;;;;;;\nTotalt;;;;0;0;;;', 'skip', 'sum'],
    ['the names again', EXPORT, 'skip', 'Kolonnenavnene'],
    ['a remark', 'Skrevet ut 20.11.2026;;;;;;;;', 'skip', 'bare én utfylt celle'],
  ])('%s', (_, line, state, why) => {
    const record = one(line);
    expect(record).toMatchObject({ kind: 'leftOut', state });
    expect('why' in record ? record.why : '').toMatch(new RegExp(why));
  });

  it('zero', () => {
    expect(only(file({ amount: '0,00' }))).toMatchObject({ kind: 'leftOut', state: 'skip' });
  });

  it('what is paid is taken off', () => {
    const paid = (value: string) =>
      only(`Fakturanr;Forfall;Kunde;Beløp;Betalt\n1;2026-08-03;Kari;1000,00;${value}\n`);
    expect(paid('')).toMatchObject({ invoice: { owedOre: 100000 } });
    expect(paid('Nei')).toMatchObject({ invoice: { owedOre: 100000 } });
    expect(paid('400,00')).toMatchObject({
      invoice: { owedOre: 60000, grossOre: 100000 },
      warnings: [{ code: 'PARTLY_PAID' }],
    });
    for (const all of ['Ja', '1 000,00', '12.08.2026'])
      expect(paid(all)).toMatchObject({ kind: 'leftOut', state: 'skip' });
  });

  it('a reminder, whatever it is called', () => {
    for (const type of ['Purring', 'Inkassovarsel', 'Purregebyr', 'NOTICE_OF_DEBT_COLLECTION']) {
      expect(only(file({ type }))).toMatchObject({ kind: 'leftOut', state: 'refuse' });
    }
  });

  it('a credit note that names its invoice is one', () => {
    expect(one('1002;01.07.2026;;Kari Fiktiv;-250,00;-250,00;NOK;;1001')).toMatchObject({
      kind: 'creditNote',
      note: { number: '1002', amountOre: 25000, issued: '2026-07-01', credits: '1001' },
    });
  });

  it('the same row twice, once', () => {
    expect(read(file({}, {}))).toMatchObject([
      { kind: 'invoice' },
      { kind: 'leftOut', why: 'Fakturaen står også på linje 2.' },
    ]);
    expect(read(file({}, { due: '2025-08-03' }))).toMatchObject([{ kind: 'invoice' }, { kind: 'invoice' }]);
  });
});

describe('a file that does not hold together is refused', () => {
  it('two rows that disagree', () => {
    const refusal = refusalOf(file({}, { amount: '99,00' }));
    expect(refusal.message).toContain('Linje 2 og 3 gjelder begge faktura 1001');
    expect(refusal.hint).toContain('én rad per faktura');
  });

  it.each([
    ['Sum;2500,00', true],
    ['Sum;2400,00', false],
  ])('a total: %s', (total, holds) => {
    const text = `${file({}, { invoice: '1002' })}${total};;;;;;;;;;;;;\n`;
    if (holds) expect(read(text)).toHaveLength(3);
    else
      expect(refusalOf(text).message).toContain(
        'oppgir summen 2 400,00 kr, men radene over blir 2 500,00 kr',
      );
  });

  it('a sum for each customer', () => {
    const text = `${file({}, { invoice: '1002' })}Sum;2500\n${row({ invoice: '1003' })}\nSum;1250\nTotalt;3750\n`;
    expect(read(text).filter(({ kind }) => kind === 'invoice')).toHaveLength(3);
  });

  it('with marks that do not fit', () => {
    expect(() => read(`${HEADER}\n"1001;1\n`)).toThrow(BrokenCsv);
  });
});

describe('the columns', () => {
  it.each([
    [
      'Fiken’s API',
      'invoiceNumber;issueDate;dueDate;kid;gross;grossInNok;net;currency;customer.name;customer.organizationNumber;sale.outstandingBalance;sale.settled\n1001;2026-07-01;2026-07-15;00100107;125050;125050;100040;NOK;Kari Fiktiv;;125050;false',
      125050,
    ],
    [
      'Tripletex’s API',
      'invoiceNumber,invoiceDate,invoiceDueDate,kid,amount,amountOutstanding,amountOutstandingTotal,customer.name\n1001,2026-07-01,2026-07-15,00100107,1250.5,1250.5,1288.5,Kari Fiktiv',
      125050,
    ],
    [
      'a Norwegian list',
      'Fakturanr.\tForfallsdato\tKunde\tBeløp inkl. mva\tBeløp eks. mva\n1001\t15.07.2026\tKari Fiktiv\t1 250,50\t1 000,40',
      125050,
    ],
    [
      'names under a title',
      'Utestående fordringer;;;\nSkrevet ut 20.11.2026;;;\n\nFaktura;Forfall;Navn;Restbeløp\n1001;15.07.2026;Kari Fiktiv;1250,50',
      125050,
    ],
    [
      'quoted names and a byte order mark left in',
      '"Fakturanummer";"Forfall";"Kundenavn";"Totalbeløp"\n"1001";"15.07.2026";"Kari Fiktiv";"1250,50"',
      125050,
    ],
  ])('of %s', (_, text, ore) => expect(invoiceOf(text)).toMatchObject({ number: '1001', owedOre: ore }));

  it('in øre must be whole øre', () => {
    expect(
      problemsOf('invoiceNumber;dueDate;customer.name;gross\n1001;2026-07-15;Kari;1250,50').join(),
    ).toContain('hele øre');
  });

  it('by the user’s own words, which stand over the known ones', () => {
    const text = 'Nr;Frist;Hvem;Kroner;gross\n1001;15.07.2026;Kari;1250,50;9\n';
    const maps = ['Nr=invoice', 'Frist=due', 'Hvem=debtor', 'Kroner=amount'];
    expect(only(text, maps)).toMatchObject({ invoice: { owedOre: 125050 } });
    expect(
      only('Fakturanr;Forfall;Kunde;gross\n1;2026-07-15;Kari;1250,50\n', ['gross=amount']),
    ).toMatchObject({
      invoice: { owedOre: 125050 },
    });
  });

  it.each<[string, readonly string[], string]>([
    [
      'Nr;Frist;Hvem;Kroner\n1;2;3;4',
      [],
      'Fant ingen kolonne for fakturanummer (invoice), beløp (amount), forfall (due), skyldnerens navn (debtor). Kolonnene i filen er «Nr», «Frist», «Hvem», «Kroner».',
    ],
    [
      'Fakturanr;Forfall;Kunde;amountOutstandingTotal\n1;2;3;4',
      [],
      'Kolonnen «amountOutstandingTotal» regner med gebyr for purringer, så den er ikke kravet.',
    ],
    [
      'INVOICE NO;DUE DATE;CUSTOMER NAME;ORDER LINE - UNIT PRICE;ORDER LINE - COUNT\n1;2;3;4;5',
      [],
      'prisen på én varelinje',
    ],
    [
      'Fakturanr;Forfall;Kunde;Beløp;Beløp\n1;2;3;4;5',
      [],
      'Både kolonne 4 («Beløp») og kolonne 5 («Beløp») kan være beløp.',
    ],
    ['Fakturanr;Forfall;Kunde;Beløp\n1;2;3;4', ['Tull=amount'], 'filen har ingen kolonne «tull»'],
    [
      'Fakturanr;Forfall;Kunde;Beløp\n1;2;3;4',
      ['Beløp=penger'],
      '--map: «Beløp=penger» må ha formen kolonne=felt',
    ],
  ])('refuses %j', (text, maps, why) => expect(refusalOf(text, maps).message).toContain(why));
});

describe('amounts', () => {
  it.each<[string, ',' | '.' | null, number | string]>([
    ['1234', null, 123400],
    ['1 234', null, 123400],
    ['1\u00a0234,5', null, 123450],
    ['1.234,50', null, 123450],
    ['1,234.50', null, 123450],
    ['1.234.567', null, 123456700],
    ['1.234', ',', 123400],
    ['1,234', '.', 123400],
    ['kr 1234,-', null, 123400],
    ['1234,50 kr', null, 123450],
    ['-10,00', null, -1000],
    ['−10,00', null, -1000],
    ['1.234', null, 'kan bety to beløp'],
    ['1,234', null, 'kan bety to beløp'],
    ['1.234', '.', 'flere enn to desimaler'],
    ['1.50', ',', 'har punktum foran ørene, men andre beløp i filen har komma'],
    ['1,50', '.', 'har komma foran ørene'],
    ['1.23,45', null, 'er ikke et beløp'],
    ['12 34', null, 'er ikke et beløp'],
    ['1,2,3', null, 'er ikke et beløp'],
    ['1000000000,01', null, 'for stort'],
    ['0x10', null, 'er ikke et beløp'],
    ['١٢٣', null, 'er ikke et beløp'],
  ])('%s with mark %s', (text, mark, expected) => {
    const amount = readAmountIn(text, mark);
    if (typeof expected === 'number') expect(amount).toEqual({ ok: true, ore: expected });
    else expect(amount).toMatchObject({ ok: false, why: expect.stringContaining(expected) as string });
  });

  it('have one decimal mark in a file, which any of them may show', () => {
    expect(read(file({ amount: '1.234' }, { invoice: '2', amount: '5,50' }))).toMatchObject([
      { invoice: { owedOre: 123400 } },
      { invoice: { owedOre: 550 } },
    ]);
    expect(read(file({ amount: '1,50' }, { invoice: '2', amount: '1.50' }))).toMatchObject([
      { kind: 'invoice' },
      { kind: 'bad' },
    ]);
    expect(read(file({ amount: '1.234' }, { invoice: '2', amount: '500' }))).toMatchObject([
      { kind: 'bad' },
      { kind: 'invoice' },
    ]);
  });

  it('are read as they were written, or not at all', () => {
    const ore = fc.integer({ min: 1, max: 99_999_999_999 });
    const style = fc.record({
      mark: fc.constantFrom<',' | '.'>(',', '.'),
      group: fc.constantFrom('', ' ', '\u00a0', 'other'),
    });
    fc.assert(
      fc.property(fc.array(ore, { minLength: 1, maxLength: 6 }), style, (amounts, { mark, group }) => {
        const sign = group === 'other' ? (mark === ',' ? '.' : ',') : group;
        const written = amounts.map((amount) => {
          const kroner = String(Math.floor(amount / 100)).replace(/\B(?=(\d{3})+$)/g, sign);
          return `${kroner}${mark}${String(amount % 100).padStart(2, '0')}`;
        });
        const text = `invoice;amount;due;debtor\n${written.map((amount, n) => `${n};${amount};2026-08-03;Kari`).join('\n')}`;
        expect(
          read(text).map((record) => (record.kind === 'invoice' ? record.invoice.owedOre : record)),
        ).toEqual(amounts);
      }),
    );
  });
});

describe('whatever is done to a file', () => {
  const bases = [
    file(
      { amount: '1 250,50', kid: '00100107', zip: '0101' },
      { invoice: '1002', amount: '99,00', orgnr: '313100103' },
    ),
    `${file({}, { invoice: '1002' })}Sum;2500,00\n`,
    'Fakturanr.;Forfallsdato;Kunde;Beløp;Utestående\n1;15.07.2026;"Fiktiv; Kari";1.250,50;1.000,00\n2;15.07.2026;Ola;-5,00;-5,00\n',
    'invoiceNumber,invoiceDueDate,amount,customer.name\n1,2026-07-15,1250.5,Kari\n',
  ];
  const edit = fc.record({
    at: fc.nat(2000),
    remove: fc.nat(6),
    insert: fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom(
        '"',
        ';',
        '\n',
        ',',
        '.',
        '-',
        '\u0000',
        'Ã¸',
        '\ufffd',
        '1E+5',
        '99999999999',
        '=""',
        '\r',
      ),
    ),
  });

  it('every record is whole, or says what is wrong', () => {
    fc.assert(
      fc.property(fc.constantFrom(...bases), fc.array(edit, { maxLength: 4 }), (base, edits) => {
        const text = edits.reduce((changed, { at, remove, insert }) => {
          const place = at % (changed.length + 1);
          return changed.slice(0, place) + insert + changed.slice(place + remove);
        }, base);
        try {
          for (const record of read(text)) {
            if (record.kind === 'invoice') {
              expect(Number.isSafeInteger(record.invoice.owedOre) && record.invoice.owedOre > 0).toBe(true);
              expect(record.invoice.number).not.toBe('');
              expect(record.invoice.debtor.name).not.toBe('');
              expect(record.invoice.due).toMatch(/^\d{4}-\d\d-\d\d$/);
            }
            if (record.kind === 'creditNote') expect(record.note.amountOre).toBeGreaterThan(0);
            if (record.kind === 'bad') expect(record.problems.length).toBeGreaterThan(0);
            if (record.kind === 'leftOut') expect(record.why).toMatch(/\.$/);
          }
        } catch (fault) {
          if (!(fault instanceof FileRefused) && !(fault instanceof BrokenCsv)) throw fault;
          expect(fault.message).toMatch(/\.$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

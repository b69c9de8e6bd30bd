import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CREDITOR, Desk, ehf } from '../support/cli.js';
import { zipOf } from '../support/zip.js';

const TODAY = '2026-11-20';

interface Counts {
  readonly add: number;
  readonly skip: number;
  readonly refuse: number;
  readonly ask: number;
}

interface Imported {
  readonly files: readonly {
    readonly name: string;
    readonly state: string;
    readonly why?: string;
    readonly counts: Counts;
    readonly records: readonly {
      where: string;
      state: string;
      what: string;
      why: string | null;
      case?: number | null;
    }[];
  }[];
}

const take = async (desk: Desk, ...args: readonly string[]) => {
  const { code, document } = await desk.json<Imported>(TODAY, ['import', ...args]);
  return { code, files: document.data.files, warnings: document.warnings };
};

const only = async (desk: Desk, ...args: readonly string[]) => {
  const { files, ...rest } = await take(desk, ...args);
  const [file] = files;
  if (file === undefined || files.length > 1) throw new Error(`${files.length} files`);
  return { file, ...rest };
};

const counts = (add: number, skip = 0, refuse = 0, ask = 0): Counts => ({ add, skip, refuse, ask });

const invoice = (number: string, amount = '1801.78', more: Readonly<Record<string, string>> = {}) =>
  ehf(CREDITOR.orgnr, { '>7001<': `>${number}<`, '>1801.78<': `>${amount}<`, ...more });

/** A credit note by the same seller. */
const creditNote = (number: string, credits: string, amount: string) =>
  invoice(number, amount, {
    '<cbc:DueDate>2026-08-03</cbc:DueDate>': '',
    '<cbc:IssueDate>2026-07-20': '<cbc:IssueDate>2026-07-25',
    '<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>': '<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>',
    '<cbc:DocumentCurrencyCode>NOK</cbc:DocumentCurrencyCode>': `<cbc:DocumentCurrencyCode>NOK</cbc:DocumentCurrencyCode><cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>${credits}</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>`,
  })
    .replaceAll('Invoice-2', 'CreditNote-2')
    .replace('<Invoice ', '<CreditNote ')
    .replace('</Invoice>', '</CreditNote>');

const principal = async (desk: Desk, reference: string) =>
  (await desk.show(TODAY, reference)).claim.principalOre;

describe('an EHF invoice', () => {
  it('becomes the case that «add --from» would make', async () => {
    const [imported, added] = [await Desk.open(), await Desk.open()];
    for (const desk of [imported, added]) desk.write('faktura.xml', invoice('7001'));
    expect(await only(imported, 'faktura.xml')).toMatchObject({
      code: 0,
      file: { state: 'imported', counts: counts(1) },
    });
    await added.ok(TODAY, 'add', '--from', 'faktura.xml');
    const [one, other] = [await imported.show(TODAY), await added.show(TODAY)];
    const timeless = ({ events, ...rest }: typeof one) => ({
      ...rest,
      events: events.map((event) => ({ ...event, recordedAt: '' })),
    });
    expect(timeless(one)).toEqual(timeless(other));
    expect(one.claim.principalOre).toBe(180178);
  });

  it('is rehearsed without a trace', async () => {
    const desk = await Desk.open();
    desk.write('faktura.xml', invoice('7001'));
    const before = desk.stored();
    expect(await only(desk, 'faktura.xml', '--dry-run')).toMatchObject({
      file: { state: 'planned', counts: counts(1) },
    });
    expect(desk.stored()).toEqual(before);
  });

  it('is one case, however often and in whatever wrapping it comes', async () => {
    const desk = await Desk.open();
    desk.write('a.xml', invoice('7001'));
    desk.write('b.xml', `\ufeff${invoice('7001').replaceAll('\n', '\r\n')}`);
    desk.write('c.zip', zipOf({ name: 'faktura.xml', content: invoice('7001') }));
    for (const name of ['a.xml', 'a.xml', 'b.xml', 'c.zip']) await take(desk, name);
    expect(await desk.list(TODAY)).toHaveLength(1);
    expect(await only(desk, 'b.xml')).toMatchObject({
      code: 0,
      file: { state: 'known', counts: counts(0, 1) },
    });
  });

  it('with another amount than before is a conflict, and changes nothing', async () => {
    const desk = await Desk.open();
    desk.write('a.xml', invoice('7001'));
    desk.write('b.xml', invoice('7001', '1802.00'));
    await take(desk, 'a.xml');
    const before = desk.stored();
    expect(await desk.refused(TODAY, 'import', 'b.xml')).toMatchObject({ exit: 2, code: 'CONFLICT' });
    expect(desk.stored()).toEqual(before);
  });

  it('of the same number another year is another', async () => {
    const desk = await Desk.open();
    const [issued, due] = ['<cbc:IssueDate>2026-07-20', '<cbc:DueDate>2026-08-03'];
    desk.write('a.xml', invoice('7001'));
    desk.write(
      'b.xml',
      invoice('7001', '99.00', {
        [issued]: issued.replace('2026', '2025'),
        [due]: due.replace('2026', '2025'),
      }),
    );
    await take(desk, 'a.xml', 'b.xml');
    expect(await desk.list(TODAY)).toHaveLength(2);
  });

  it.each<[string, string, string]>([
    ['somebody else’s', ehf('312456788'), 'NOT_OUR_INVOICE'],
    [
      'without due date',
      invoice('7001', '1801.78', { '<cbc:DueDate>2026-08-03</cbc:DueDate>': '' }),
      'NO_DUE_DATE',
    ],
    [
      'a reminder',
      invoice('7001', '1801.78', {
        'poacc:billing:3.0': 'poacc:billing:3.0#conformant#urn:fdc:anskaffelser.no:2019:ehf:reminder:3.0',
      }),
      'EHF_REMINDER',
    ],
    ['in euro', ehf(CREDITOR.orgnr).replaceAll('NOK', 'EUR'), 'EHF_CURRENCY'],
    [
      'issued in the future',
      invoice('7001', '1801.78', {
        'IssueDate>2026-07-20': 'IssueDate>2027-07-20',
        'DueDate>2026-08-03': 'DueDate>2027-08-03',
      }),
      'REFUSED',
    ],
    ['the books of a year', '<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO"/>', 'EHF_SAF_T'],
    ['a web page', '<!doctype html><html></html>', 'EHF_HTML'],
    ['a PDF', '%PDF-1.7\n', 'EHF_NOT_XML'],
    ['no invoice at all', 'hei', 'UNKNOWN_FORMAT'],
    ['an empty file', '', 'EMPTY'],
  ])('%s is refused and leaves nothing', async (_, content, code) => {
    const desk = await Desk.open();
    desk.write('fil', content);
    const before = desk.stored();
    expect(await desk.refused(TODAY, 'import', 'fil')).toMatchObject({ exit: 2, code });
    expect(desk.stored()).toEqual(before);
  });

  it('is kept as it stood, but for a national id, and forgotten with the debtor', async () => {
    const desk = await Desk.open();
    const customer = '<cbc:CompanyID schemeID="0192">313000001</cbc:CompanyID>';
    desk.write(
      'a.xml',
      invoice('7001', '1801.78', { [customer]: customer.replace('313000001', '01017012345') }),
    );
    await take(desk, 'a.xml');
    const raw = () => {
      const db = new Database(desk.database, { readonly: true });
      const rows = db.prepare('SELECT raw FROM import_record').pluck().all() as string[];
      db.close();
      return rows.join();
    };
    expect(raw()).toContain('Ærlig Øl &amp; Åpent AS');
    expect(raw()).not.toContain('01017012345');
    await desk.ok(TODAY, 'close', '1', '--reason', 'prøve');
    await desk.ok('2032-01-01', 'debtor', 'anonymise', '1', '--yes');
    expect(raw()).toBe('');
  });
});

describe('a credit note', () => {
  it('credits its invoice, once, in whatever order they come', async () => {
    for (const order of [
      ['a-faktura.xml', 'b-kreditnota.xml'],
      ['b-kreditnota.xml', 'a-faktura.xml'],
    ]) {
      const desk = await Desk.open();
      desk.write('a-faktura.xml', invoice('7001'));
      desk.write('b-kreditnota.xml', creditNote('K-1', '7001', '801.78'));
      expect((await take(desk, ...order)).code).toBe(0);
      expect(await principal(desk, '7001')).toBe(100000);
      await take(desk, ...order);
      expect(await principal(desk, '7001')).toBe(100000);
      expect(await desk.ok(TODAY, 'check')).toMatchObject({ findings: [] });
    }
  });

  it('is the same as one that was registered by hand', async () => {
    const desk = await Desk.open();
    desk.write('a.xml', invoice('7001'));
    desk.write('k.xml', creditNote('K-1', '7001', '801.78'));
    desk.write('l.xml', creditNote('K-1', '7001', '900.00'));
    await take(desk, 'a.xml');
    await desk.ok(TODAY, 'credit', '7001', '801,78', '--note-no', 'K-1');
    expect(await only(desk, 'k.xml')).toMatchObject({ file: { counts: counts(0, 1) } });
    expect(await desk.refused(TODAY, 'import', 'l.xml')).toMatchObject({ code: 'CONFLICT' });
    expect(await principal(desk, '7001')).toBe(100000);
  });

  it('larger than its invoice is refused', async () => {
    const desk = await Desk.open();
    desk.write('a.xml', invoice('7001'));
    desk.write('k.xml', creditNote('K-1', '7001', '1802.00'));
    await take(desk, 'a.xml');
    expect((await desk.refused(TODAY, 'import', 'k.xml')).message).toContain(
      'bare 1 801,78 kr igjen å kreditere',
    );
  });

  it('that names no invoice, or several, is for the user', async () => {
    const desk = await Desk.open();
    const one = creditNote('K-1', '7001', '1.00');
    const reference = /<cac:BillingReference>.*?<\/cac:BillingReference>/s;
    desk.write('none.xml', one.replace(reference, ''));
    desk.write(
      'two.xml',
      one.replace(reference, (found) => found + found.replace('7001', '7002')),
    );
    for (const name of ['none.xml', 'two.xml']) {
      expect(await desk.refused(TODAY, 'import', name)).toMatchObject({
        code: 'CREDIT_NOTE',
        hint: expect.stringContaining(
          'inkasso credit <faktura> <beløp> --note-no K-1 --date 2026-07-25',
        ) as string,
      });
    }
  });
});

describe('a folder or a zip', () => {
  const files = {
    '1-kreditnota.xml': creditNote('K-1', '7001', '801.78'),
    '2-faktura.xml': invoice('7001'),
    '3-faktura.xml': invoice('7002', '500.00'),
    '4-innkjop.xml': ehf('312456788'),
    '5-les.txt': 'hei',
  };

  it.each(['folder', 'zip'])('%s is taken in whole, and what is refused in it is told of', async (kind) => {
    const desk = await Desk.open();
    mkdirSync(desk.path('ut', 'juli'), { recursive: true });
    if (kind === 'folder')
      for (const [name, text] of Object.entries(files)) desk.write(`ut/juli/${name}`, text);
    else
      desk.write(
        'ut.zip',
        zipOf(...Object.entries(files).map(([name, content]) => ({ name: `juli/${name}`, content }))),
      );
    const path = kind === 'folder' ? 'ut' : 'ut.zip';
    const { code, file } = await only(desk, path);
    expect(code).toBe(0);
    // The credit note waits for its invoice, and is told of again when it comes.
    expect(file.counts).toEqual(counts(4, 0, 2));
    expect(file.records.filter(({ state }) => state === 'refuse').map(({ where }) => where)).toEqual([
      'juli/4-innkjop.xml',
      'juli/5-les.txt',
    ]);
    expect(await principal(desk, '7001')).toBe(100000);
    expect(await desk.list(TODAY)).toHaveLength(2);
    const again = await only(desk, path);
    expect(again.file.counts).toEqual(counts(0, 3, 2));
    expect(await desk.ok(TODAY, 'check')).toMatchObject({ findings: [] });
  });

  it('a zip with a name that leads outside is refused whole', async () => {
    const desk = await Desk.open();
    desk.write(
      'ut.zip',
      zipOf({ name: 'a.xml', content: invoice('7001') }, { name: '../b.xml', content: invoice('7002') }),
    );
    const before = desk.stored();
    expect(await desk.refused(TODAY, 'import', 'ut.zip')).toMatchObject({ exit: 2, code: 'ARCHIVE' });
    expect(desk.stored()).toEqual(before);
  });
});

describe('an invoice CSV', () => {
  const HEADER =
    'invoice;amount;due;issued;description;debtor;type;orgnr;address;zip;city;country;email;language;kid';
  const ROW =
    '1001;1250,50;2026-08-03;2026-07-20;Feilsøking;Kari Fiktiv;consumer;;Eksempelveien 1;0101;Oslo;NO;kari@fiktiv.example;nb;00100107';

  it('becomes the cases that «add» would make', async () => {
    const [imported, added] = [await Desk.open(), await Desk.open()];
    imported.write('krav.csv', `${HEADER}\n${ROW}\n`);
    await take(imported, 'krav.csv');
    const flags = HEADER.split(';').flatMap((name, at) => {
      const value = ROW.split(';')[at] ?? '';
      return value === '' ? [] : [`--${name}`, value];
    });
    await added.ok(TODAY, 'add', ...flags);
    const { events: _one, ...one } = await imported.show(TODAY);
    const { events: _other, ...other } = await added.show(TODAY);
    expect(one).toEqual(other);
  });

  it('with a bad row is taken in not at all, and every bad row is told of', async () => {
    const desk = await Desk.open();
    desk.write(
      'krav.csv',
      `${HEADER}\n${ROW}\n${ROW.replace('1001', '1002').replace('1250,50', 'x')}\n${ROW.replace('1001', '1003').replace('2026-08-03', '31.02.2026')}\n`,
    );
    const before = desk.stored();
    const refusal = await desk.refused(TODAY, 'import', 'krav.csv');
    expect(refusal).toMatchObject({ exit: 2, code: 'ROWS' });
    expect(refusal.message).toContain('Linje 3: beløp: «x» er ikke et beløp; ventet for eksempel 1234,50.');
    expect(refusal.message).toContain(
      'Linje 4: forfall: «31.02.2026» er ikke en dato; ventet for eksempel 2026-08-03 eller 03.08.2026.',
    );
    expect(desk.stored()).toEqual(before);
  });

  it('again, saved anew or overlapping, adds only what is new', async () => {
    const desk = await Desk.open();
    const more = ROW.replace('1001', '1002');
    desk.write('a.csv', `${HEADER}\n${ROW}\n`);
    desk.write('b.csv', Buffer.from(`\ufeff${HEADER}\r\n${ROW}\r\n${more}\r\n`));
    desk.write('c.csv', Buffer.from(`${HEADER}\n${ROW}\n${more}`, 'latin1'));
    await take(desk, 'a.csv');
    expect(await only(desk, 'b.csv')).toMatchObject({ file: { counts: counts(1, 1) } });
    expect(await only(desk, 'c.csv')).toMatchObject({
      file: { state: 'known', counts: counts(0, 2) },
      warnings: [{ code: 'ENCODING' }],
    });
    expect(await desk.list(TODAY)).toHaveLength(2);
    expect(await desk.ok(TODAY, 'check')).toMatchObject({ findings: [] });
  });

  it('remembers what the user said of its columns', async () => {
    const desk = await Desk.open();
    const maps = ['Nr=invoice', 'Frist=due', 'Hvem=debtor', 'Kroner=amount'].flatMap((map) => ['--map', map]);
    desk.write('a.csv', 'Nr;Frist;Hvem;Kroner\n1;2026-08-03;Kari Fiktiv;100\n');
    desk.write('b.csv', 'Nr;Frist;Hvem;Kroner\n2;2026-08-03;Ola Fiktiv;200\n');
    expect(await desk.refused(TODAY, 'import', 'a.csv')).toMatchObject({ code: 'UNKNOWN_FORMAT' });
    await take(desk, 'a.csv', ...maps, '--dry-run');
    expect(await desk.refused(TODAY, 'import', 'b.csv')).toMatchObject({ code: 'UNKNOWN_FORMAT' });
    await take(desk, 'a.csv', ...maps);
    const { file, warnings } = await only(desk, 'b.csv');
    expect(file.counts).toEqual(counts(1));
    expect(warnings[0]).toMatchObject({
      code: 'COLUMN_MAP',
      message: expect.stringContaining('«Kroner» som beløp') as string,
    });
  });

  it('asks about what has changed since, and claims no more for it', async () => {
    const desk = await Desk.open();
    const list = (outstanding: string, status: string) =>
      `Fakturanr;Forfallsdato;Kunde;Beløp;Utestående;Status\n1;03.08.2026;Kari Fiktiv;1000,00;${outstanding};${status}\n`;
    desk.write('a.csv', list('1000,00', 'Ubetalt'));
    desk.write('b.csv', list('400,00', 'Delbetalt'));
    desk.write('c.csv', list('0,00', 'Betalt'));
    await take(desk, 'a.csv');
    for (const [name, words] of [
      ['b.csv', 'filen sier 400,00 kr'],
      ['c.csv', 'gjort opp, men sak 1 er åpen'],
    ] as const) {
      const { file } = await only(desk, name);
      expect(file.counts).toEqual(counts(0, 0, 0, 1));
      expect(file.records[0]?.why).toContain(words);
    }
    await desk.ok(TODAY, 'pay', '1', '600', '--to', 'principal');
    expect(await only(desk, 'b.csv')).toMatchObject({ file: { counts: counts(0, 1) } });
    expect(await principal(desk, '1')).toBe(40000);
  });

  it('with a credit note among its rows credits the invoice, above it or below', async () => {
    const desk = await Desk.open();
    const rows = [
      '2;05.08.2026;Kari Fiktiv;-250,00;1',
      '1;03.08.2026;Kari Fiktiv;1000,00;',
      '3;05.08.2026;Kari Fiktiv;-100,00;1',
    ];
    desk.write('a.csv', `Fakturanr;Forfallsdato;Kunde;Beløp;Krediterer\n${rows.join('\n')}\n`);
    await take(desk, 'a.csv');
    expect(await principal(desk, '1')).toBe(65000);
    await take(desk, 'a.csv');
    expect(await principal(desk, '1')).toBe(65000);
  });

  it('numbers that differ in amount are for the user, and the others are taken in', async () => {
    const desk = await Desk.open();
    await desk.add(
      TODAY,
      '--invoice',
      '1001',
      '--amount',
      '99',
      '--due',
      '2026-08-03',
      '--debtor',
      'Kari Fiktiv',
      '--type',
      'consumer',
      '--issued',
      '2026-07-20',
    );
    desk.write('krav.csv', `${HEADER}\n${ROW}\n${ROW.replace('1001', '1002')}\n`);
    expect(await only(desk, 'krav.csv')).toMatchObject({ code: 0, file: { counts: counts(1, 0, 0, 1) } });
    expect(await principal(desk, '1')).toBe(9900);
  });
});

import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { camtFile } from '../support/camt.js';
import { claim, CREDITOR, Desk, shareBrowser, type ShownCase } from '../support/cli.js';
import { ocrFile, type OcrPayment } from '../support/ocr.js';

shareBrowser();

const DAY = '2026-10-20';
const DUE = '2026-09-01';
const KID = '1234566';
const OTHER_KID = '2345676';

interface Imported {
  readonly files: readonly {
    readonly state: string;
    readonly format: string;
    readonly encoding: string;
    readonly counts: Readonly<Record<'add' | 'skip' | 'refuse' | 'ask', number>>;
    readonly records: readonly {
      readonly state: string;
      readonly match: string;
      readonly why: string | null;
    }[];
  }[];
  readonly matched: readonly { readonly payment: number; readonly cases: readonly number[] }[];
  readonly payments: readonly {
    readonly payment: number;
    readonly match: string;
    readonly suggestions: readonly { readonly case: number }[];
  }[];
}

let desk: Desk;

beforeEach(async () => {
  desk = await Desk.open();
  await desk.ok('2026-09-02', ...claim('1001', '1250', DUE, '--kid', KID));
  await desk.ok('2026-09-02', ...claim('1002', '900', DUE, '--kid', OTHER_KID));
});

const ocr = (...payments: readonly OcrPayment[]): string =>
  ocrFile([{ account: CREDITOR.account, payments }]);

async function take(name: string, content: string | Uint8Array, ...flags: string[]): Promise<Imported> {
  return desk.ok<Imported>(DAY, 'import', desk.write(name, content), ...flags);
}

async function shown(number: number, day = DAY): Promise<ShownCase> {
  return (await desk.ok<{ case: ShownCase }>(day, 'show', String(number))).case;
}

async function paid(number: number): Promise<number> {
  return (await shown(number)).claim.paidOre;
}

function rows(sql: string): unknown[] {
  const db = new Database(desk.database, { readonly: true });
  try {
    return db.prepare(sql).raw().all();
  } finally {
    db.close();
  }
}

async function soundness(): Promise<void> {
  expect((await desk.on(DAY, 'check')).code).toBe(0);
}

describe('a letter that is not confirmed', () => {
  it('is named when a payment or a credit note takes it back', async () => {
    const { letters } = await desk.run(DAY);
    const ids = letters.map(({ id }) => id);
    expect(ids).toHaveLength(2);
    const paidFor = ocr({ ore: 100, kid: KID, bank: '021026' });
    const file = desk.write('bank.txt', paidFor);
    const rehearsed = await desk.json(DAY, ['import', '--dry-run', file]);
    expect(rehearsed.document.warnings.map(({ code }) => code)).not.toContain('LETTER_WITHDRAWN');
    const { document } = await desk.json<Imported>(DAY, ['import', file]);
    const message = expect.stringContaining(`Sak 1: Purring fra`) as unknown;
    expect(document.warnings).toContainEqual({ code: 'LETTER_WITHDRAWN', message });
    await take('egen.txt', ocr({ ore: 5_000, type: '21', text: 'Hei' }));
    const matched = await desk.json<Imported>(DAY, ['import', '--match', '2=1002']);
    const second = expect.stringContaining(`Sak 2: Purring fra`) as unknown;
    expect(matched.document.warnings).toContainEqual({ code: 'LETTER_WITHDRAWN', message: second });
  });
});

describe('a file from the bank', () => {
  const file = ocr(
    { ore: 125_000, kid: KID, bank: '021026' },
    { ore: 50_000, kid: OTHER_KID },
    { ore: 7_000, kid: '9999998' },
    { ore: 90_000, type: '21', text: 'Faktura 1002' },
  );

  it('books what has an exact KID, and lists the rest with what it may be', async () => {
    const { files, payments } = await take('bank.txt', file);
    expect(files[0]).toMatchObject({ state: 'imported', format: 'ocr', encoding: 'utf-8' });
    expect(files[0]?.records.map(({ state, match }) => [state, match])).toEqual([
      ['add', 'exact'],
      ['add', 'partial'],
      ['ask', 'unknownKid'],
      ['ask', 'noKid'],
    ]);
    expect(payments.map(({ payment, match }) => [payment, match])).toEqual([
      [3, 'unknownKid'],
      [4, 'noKid'],
    ]);
    expect(payments[1]?.suggestions.map((one) => one.case)).toEqual([2]);
    const first = await shown(1);
    expect(first.claim).toMatchObject({ principalOre: 0, paidOre: 125_000 });
    expect(first.events.at(-1)).toMatchObject({ type: 'paymentReceived', happenedOn: '2026-10-02' });
    expect(await paid(2)).toBe(50_000);
    await soundness();
  });

  it('books on the claim that was registered anew, not on the mistake that is closed', async () => {
    const anew = claim('1002', '950', DUE, '--kid', OTHER_KID);
    await desk.ok(DAY, 'close', '2', '--reason', 'feil beløp');
    await desk.ok(DAY, ...anew);
    const { files } = await take('bank.txt', ocr({ ore: 95_000, kid: OTHER_KID, bank: '201026' }));
    expect(files[0]?.records.map(({ state, match }) => [state, match])).toEqual([['add', 'exact']]);
    expect([await paid(2), await paid(3)]).toEqual([0, 95_000]);
  });

  it('asks where another invoice with the KID is closed: which of them it pays is not told', async () => {
    await desk.ok(DAY, ...claim('1003', '900', DUE, '--kid', OTHER_KID));
    await desk.ok(DAY, 'close', '2', '--reason', 'gitt opp');
    const { files } = await take('bank.txt', ocr({ ore: 90_000, kid: OTHER_KID }));
    expect(files[0]?.counts).toMatchObject({ add: 0, ask: 1 });
    expect([await paid(2), await paid(3)]).toEqual([0, 0]);
  });

  it('books on a closed claim where there is no other: the money has come', async () => {
    await desk.ok(DAY, 'close', '2', '--reason', 'feil beløp');
    const { files } = await take('bank.txt', ocr({ ore: 90_000, kid: OTHER_KID }));
    expect(files[0]?.counts).toMatchObject({ add: 1, ask: 0 });
    expect(await paid(2)).toBe(90_000);
  });

  it('changes nothing in a dry run, and says the same as it then does', async () => {
    const before = rows('SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM import_file)');
    const planned = await take('bank.txt', file, '--dry-run');
    expect(rows('SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM import_file)')).toEqual(before);
    const done = await take('bank.txt', file);
    expect(planned.files[0]?.records).toEqual(done.files[0]?.records);
    expect([planned.files[0]?.state, done.files[0]?.state]).toEqual(['planned', 'imported']);
  });

  it('is taken in once, however it was saved, and an overlapping file adds what is new', async () => {
    await take('bank.txt', file);
    for (const again of [file, file.replaceAll('\n', '\r\n'), file.replaceAll('\n', ''), `\ufeff${file}`]) {
      expect((await take('igjen.txt', again)).files[0]).toMatchObject({
        state: 'known',
        counts: { add: 0, skip: 4, ask: 0, refuse: 0 },
      });
    }
    const larger = ocr(
      { ore: 125_000, kid: KID, bank: '021026' },
      { ore: 50_000, kid: OTHER_KID },
      { ore: 7_000, kid: '9999998' },
      { ore: 90_000, type: '21', text: 'Faktura 1002' },
      { ore: 100, kid: OTHER_KID },
    );
    expect((await take('mer.txt', larger)).files[0]?.counts).toMatchObject({ add: 1, skip: 4 });
    expect(await paid(2)).toBe(50_100);
    await soundness();
  });

  it('keeps its name, fingerprint and every record as it stood', async () => {
    await take('bank.txt', file);
    expect(rows('SELECT name, size, format, imported_on FROM import_file')).toEqual([
      ['bank.txt', file.length, 'ocr', DAY],
    ]);
    const raw = rows('SELECT raw FROM import_record ORDER BY id').flat() as string[];
    for (const record of raw) expect(file).toContain(record);
    expect(raw).toHaveLength(4);
  });

  it('is refused whole when a control total fails', async () => {
    const broken = file.replace('00000000000125000', '00000000000125001');
    const fault = await desk.refused(DAY, 'import', desk.write('bank.txt', broken));
    expect(fault).toMatchObject({ exit: 2, code: 'OCR_TOTALS' });
    expect(await paid(1)).toBe(0);
    expect(rows('SELECT count(*) FROM import_file')).toEqual([[0]]);
  });

  it('of another account, or from the future, is refused with the way out', async () => {
    const stranger = ocrFile([{ account: '15031234570', payments: [{ ore: 100 }] }]);
    expect(await desk.refused(DAY, 'import', desk.write('a.txt', stranger))).toMatchObject({
      code: 'ACCOUNT_UNKNOWN',
    });
    const early = ocr({ ore: 100, nets: '211026' });
    expect(await desk.refused(DAY, 'import', desk.write('b.txt', early))).toMatchObject({ code: 'FUTURE' });
    expect(await desk.refused(DAY, 'import', desk.write('c.txt', 'noe annet'))).toMatchObject({
      code: 'UNKNOWN_FORMAT',
    });
    expect(await desk.refused(DAY, 'import', 'finnes-ikke.txt')).toMatchObject({ exit: 4 });
  });

  it('that is refused does not keep the others out', async () => {
    const good = desk.write('god.txt', file);
    const { code, document } = await desk.json<Imported>(DAY, ['import', desk.write('x.txt', 'tull'), good]);
    expect(code).toBe(2);
    expect(document.data.files.map(({ state }) => state)).toEqual(['refused', 'imported']);
    expect(await paid(1)).toBe(125_000);
  });
});

describe('the rest', () => {
  it('is settled one by one, in parts, or put aside', async () => {
    await take('bank.txt', ocr({ ore: 90_000, type: '21', text: 'Hei' }, { ore: 5_000 }));
    const part = await desk.ok<Imported>(DAY, 'import', '--match', '1=1002:400,00');
    expect(part.payments.map((one) => one.payment)).toEqual([1, 2]);
    expect(await paid(2)).toBe(40_000);
    const rest = await desk.ok<Imported>(DAY, 'import', '--match', '1=1', '--aside', '2');
    expect(rest.payments).toEqual([]);
    expect(await paid(1)).toBe(50_000);
    expect(await desk.refused(DAY, 'import', '--match', '1=1')).toMatchObject({ exit: 2 });
    expect(await desk.refused(DAY, 'import', '--match', '9=1')).toMatchObject({ exit: 4 });
    expect(await desk.refused(DAY, 'import', '--match', 'tull')).toMatchObject({ exit: 2 });
    await soundness();
  });

  it('can be settled again after an undo', async () => {
    await take('bank.txt', ocr({ ore: 90_000 }));
    await desk.ok(DAY, 'import', '--match', '1=1');
    await desk.ok(DAY, 'undo', '1');
    await desk.ok(DAY, 'import', '--match', '1=2');
    expect([await paid(1), await paid(2)]).toEqual([0, 90_000]);
  });

  it('includes what the user may have registered by hand already', async () => {
    await desk.ok('2026-10-06', 'pay', '1', '1250', '--date', '2026-10-05');
    const { payments } = await take('bank.txt', ocr({ ore: 125_000, kid: KID }));
    expect(payments).toMatchObject([{ match: 'duplicate' }]);
    expect(await paid(1)).toBe(125_000);
  });
});

describe('twins and overpayment', () => {
  it('are all there: what is too much is to the credit of the debtor', async () => {
    const { files } = await take('bank.txt', ocr({ ore: 125_000, kid: KID }, { ore: 125_000, kid: KID }));
    expect(files[0]?.records.map(({ match }) => match)).toEqual(['exact', 'duplicate']);
    const { claim: owed } = await shown(1);
    expect(owed.paidOre).toBe(250_000);
    expect(owed.creditOre).toBe(250_000 - 125_000 - rentOf(await shown(1)));
    const over = await take('mer.txt', ocr({ ore: 200_000, kid: OTHER_KID, nets: '061026' }));
    expect(over.files[0]?.records).toMatchObject([{ state: 'add', match: 'over' }]);
    await soundness();
  });
});

function rentOf({ claim: { interestLines } }: ShownCase): number {
  return interestLines.reduce((sum, line) => sum + line.amountOre, 0);
}

describe('a payment taken back', () => {
  it('opens the claim as if it had never come, keeps both, and names letters sent meanwhile', async () => {
    const first = ocr({ ore: 50_000, kid: OTHER_KID, nets: '030926' });
    await desk.ok('2026-09-18', 'import', desk.write('inn.txt', first));
    await desk.run('2026-09-21', '--sent', '--case', '2');
    const { document } = await desk.json<Imported>(DAY, [
      'import',
      desk.write('ut.txt', ocr({ ore: 50_000, kid: OTHER_KID, type: '18', nets: '081026' })),
    ]);
    expect(document.data.files[0]?.records).toMatchObject([{ state: 'add', match: 'reversed' }]);
    expect(document.warnings.map(({ code }) => code)).toContain('LETTER_SENT_WHILE_PAID');
    const after = await shown(2);
    expect(after.claim).toMatchObject({ principalOre: 90_000, paidOre: 0 });
    expect(after.claim.interestLines[0]).toMatchObject({ from: '2026-09-02', baseOre: 90_000 });
    expect(after.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['paymentReceived', 'paymentReversed']),
    );
    await soundness();
    await desk.ok(DAY, 'undo', '2');
    expect(await paid(2)).toBe(50_000);
  });

  it('opens a case that was closed', async () => {
    await take('inn.txt', ocr({ ore: 125_000, kid: KID }));
    await desk.ok(DAY, 'close', '1', '--reason', 'betalt');
    await take('ut.txt', ocr({ ore: 125_000, kid: KID, type: '18', nets: '081026' }));
    expect(await shown(1)).toMatchObject({ status: 'open' });
  });

  it('cancels a payment that was not booked', async () => {
    await take('inn.txt', ocr({ ore: 700, kid: '9999998' }));
    const { payments } = await take('ut.txt', ocr({ ore: 700, kid: '9999998', type: '18', nets: '081026' }));
    expect(payments).toEqual([]);
  });
});

describe('the same payment seen by several files', () => {
  const seen = (message: 'camt.053' | 'camt.054'): string =>
    camtFile(
      [{ amount: '1250.00', date: '2026-10-06', payments: [{ amount: '1250.00', kids: [{ kid: KID }] }] }],
      { message },
    );
  const bulder = (date: string): string =>
    [
      'Dato;Beløp;Originalt Beløp;Original Valuta;Til konto;Til kontonummer;Fra konto;Fra kontonummer;Type;Tekst;KID',
      `${date};1250,00;1250,00;NOK;Bruk;${CREDITOR.account};Kari;99990000006;Betaling;Takk;${KID}`,
    ].join('\n');

  it('is booked once, in whatever order they come', async () => {
    const files = [ocr({ ore: 125_000, kid: KID }), seen('camt.054'), seen('camt.053'), bulder('2026-10-06')];
    for (const order of [files, [...files].reverse()]) {
      desk = await Desk.open();
      await desk.ok('2026-09-02', ...claim('1001', '1250', DUE, '--kid', KID));
      for (const [index, content] of order.entries()) await take(`${index}.txt`, content);
      expect(await paid(1)).toBe(125_000);
      expect((await desk.ok<Imported>(DAY, 'import')).payments).toEqual([]);
      await soundness();
    }
  });

  it('is booked from the source of record alone, where the user has named one', async () => {
    await desk.ok(DAY, 'config', 'set', 'paymentSource', 'ocr');
    const { payments } = await take('camt.xml', seen('camt.054'));
    expect(payments).toMatchObject([{ match: 'exact' }]);
    expect(await paid(1)).toBe(0);
    expect((await take('ocr.txt', ocr({ ore: 125_000, kid: KID }))).payments).toEqual([]);
    expect(await paid(1)).toBe(125_000);
  });

  it('stands on the statement as one sum of many, before or after', async () => {
    const many = ocr({ ore: 125_000, kid: KID }, { ore: 50_000, kid: OTHER_KID });
    const sum = camtFile([{ amount: '1750.00', date: '2026-10-06' }], { message: 'camt.053' });
    for (const order of [
      [many, sum],
      [sum, many],
    ]) {
      desk = await Desk.open();
      await desk.ok('2026-09-02', ...claim('1001', '1250', DUE, '--kid', KID));
      await desk.ok('2026-09-02', ...claim('1002', '900', DUE, '--kid', OTHER_KID));
      for (const [index, content] of order.entries()) await take(`${index}.txt`, content);
      expect((await desk.ok<Imported>(DAY, 'import')).payments).toEqual([]);
      expect([await paid(1), await paid(2)]).toEqual([125_000, 50_000]);
    }
  });

  it('is divided between claims as the payer has said, and else waits', async () => {
    const kids = [
      { kid: KID, amount: '250.00' },
      { kid: OTHER_KID, amount: '100.00' },
    ];
    const stated = camtFile([{ amount: '350.00', payments: [{ amount: '350.00', kids }] }]);
    await take('delt.xml', stated);
    expect([await paid(1), await paid(2)]).toEqual([25_000, 10_000]);
    const unsaid = kids.map(({ kid }) => ({ kid }));
    const { payments } = await take(
      'udelt.xml',
      camtFile([{ amount: '80.00', reference: 'X', payments: [{ amount: '80.00', kids: unsaid }] }]),
    );
    expect(payments).toMatchObject([{ match: 'severalKids', suggestions: [{ case: 1 }, { case: 2 }] }]);
  });
});

describe('run', () => {
  const history = ['--history', 'purring=2026-09-16:2026-09-30:38'];

  it('warns of old bank files, and holds what is sterner than a purring until it is told otherwise', async () => {
    await desk.ok('2026-10-01', ...claim('1003', '500', DUE, ...history));
    expect((await desk.run(DAY, '--dry-run', '--case', '3')).letters).toMatchObject([
      { step: 'inkassovarsel' },
    ]);
    await desk.ok('2026-10-06', 'import', desk.write('inn.txt', ocr({ ore: 100, nets: '061026' })));
    expect((await desk.run('2026-10-13', '--dry-run', '--case', '3')).letters).toHaveLength(1);
    const { document } = await desk.json<{ letters: unknown[]; held: { rule: string; reason: string }[] }>(
      DAY,
      [...['run', '--dry-run', '--case', '3']],
    );
    expect(document.data.letters).toEqual([]);
    expect(document.data.held).toMatchObject([{ rule: 'S8' }]);
    expect(document.data.held[0]?.reason).toContain('06.10.2026');
    expect(document.warnings.map(({ code }) => code)).toContain('BANK_FILES_OLD');
    expect((await desk.run(DAY, '--dry-run', '--case', '3', '--stale-bank', 'yes')).letters).toHaveLength(1);
    await desk.ok(DAY, 'config', 'set', 'staleBankDays', '0');
    expect((await desk.run(DAY, '--dry-run', '--case', '3')).letters).toHaveLength(1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOcrGiro, readOcrGiro, shortDate } from '../../src/import/ocr-giro.js';
import type { BankPayment, BankRecord } from '../../src/import/payment.js';
import { FileRefused } from '../../src/import/plan.js';
import { localDate } from '../../src/law/dates.js';
import { slowlyAddsUp } from '../oracle/ocr-totals.js';
import { ocrFile, ocrLines, type OcrAssignment } from '../support/ocr.js';

const TODAY = localDate('2026-11-20');
const ACCOUNT = '15031234562';
const CONTEXT = { today: TODAY, accounts: [ACCOUNT, '15031234570'], account: null };

function read(...pieces: readonly string[]): BankRecord[] {
  return [...readOcrGiro(pieces, CONTEXT)];
}

function payments(...pieces: readonly string[]): BankPayment[] {
  return read(...pieces).flatMap((record) => (record.kind === 'payment' ? [record.payment] : []));
}

function refusal(text: string): string {
  try {
    read(text);
  } catch (fault) {
    if (fault instanceof FileRefused) return `${fault.code}: ${fault.message}`;
    throw fault;
  }
  return 'taken in';
}

const one = (...assignment: OcrAssignment['payments']): OcrAssignment[] => [
  { account: ACCOUNT, payments: assignment },
];

describe('OCR giro', () => {
  it('reads amount, KID, dates and account from their positions', () => {
    const file = ocrFile(
      one({ ore: 125_000, kid: '0036633', nets: '051026', bank: '021026', from: '99991005524' }),
    );
    expect(payments(file)).toMatchObject([
      {
        where: 'linje 3',
        source: 'ocr',
        account: ACCOUNT,
        direction: 'in',
        amountOre: 125_000,
        kids: [{ kid: '0036633', amountOre: null }],
        paidOn: '2026-10-02',
        bookedOn: '2026-10-05',
        payerAccount: '99991005524',
      },
    ]);
  });

  it('reads the same from every line ending, from none, and with blanks stripped', () => {
    const assignments = one(
      { ore: 100, kid: '12345678901234-' },
      { ore: 200, type: '21', text: 'Takk for sist' },
    );
    const expected = payments(ocrFile(assignments)).map(({ key, amountOre }) => ({ key, amountOre }));
    for (const text of [
      ocrFile(assignments, '\r\n'),
      ocrFile(assignments, '\r'),
      ocrFile(assignments, ''),
      ocrFile(assignments).trimEnd(),
      ocrFile(assignments).replace(/[ ]+$/gm, ''),
      `${ocrFile(assignments)}\n\n`,
    ]) {
      expect(payments(text).map(({ key, amountOre }) => ({ key, amountOre }))).toEqual(expected);
      expect(payments(...text).map(({ key }) => key)).toEqual(expected.map(({ key }) => key));
    }
  });

  it('subtracts a minus from the control total and adds a reversal to it; both take money back', () => {
    const assignments = one(
      { ore: 1000 },
      { ore: 300, sign: '-' },
      { ore: 200, type: '18', kid: '1234566' },
      { ore: 100, type: '20', sign: '-', text: 'Tilbake' },
    );
    const lines = ocrLines(assignments);
    expect(lines.at(-2)?.slice(24, 41)).toBe('00000000000001000');
    expect(slowlyAddsUp(lines)).toBe(true);
    expect(payments(ocrFile(assignments)).map(({ direction, amountOre }) => [direction, amountOre])).toEqual([
      ['in', 1000],
      ['back', 300],
      ['back', 200],
      ['back', 100],
    ]);
  });

  it('reads several assignments, and leaves agreements of AvtaleGiro out', () => {
    const lines = ocrLines([
      { account: ACCOUNT, payments: [{ ore: 100 }] },
      { account: '15031234570', payments: [{ ore: 200 }, { ore: 300 }] },
    ]);
    const agreements = [
      'NY212420000000000000000115031234562'.padEnd(80, '0'),
      'NY21947000000011                 55405419J'.padEnd(80, '0'),
      'NY2124880000000100000003'.padEnd(80, '0'),
    ];
    const end = `NY0000890000000400000015${String(600).padStart(17, '0')}051026`.padEnd(80, '0');
    const text = [...lines.slice(0, -1), ...agreements, end].join('\n');
    expect(payments(text).map(({ account, amountOre }) => [account, amountOre])).toEqual([
      [ACCOUNT, 100],
      ['15031234570', 200],
      ['15031234570', 300],
    ]);
    expect(read(text).at(-1)).toMatchObject({ kind: 'skip', what: 'oppdrag for tjeneste 21' });
  });

  it('takes two-digit years to be the ones nearest today', () => {
    expect(shortDate('200192', TODAY)).toBe('1992-01-20');
    expect(shortDate('240304', TODAY)).toBe('2004-03-24');
    expect(shortDate('311226', TODAY)).toBe('2026-12-31');
    expect(shortDate('310226', TODAY)).toBeNull();
  });

  it('says which line is wrong and what was expected there', () => {
    const lines = ocrLines(one({ ore: 100, kid: '1234566' }));
    const without = (index: number): string => lines.filter((_line, at) => at !== index).join('\n');
    expect(refusal(without(0))).toContain('startlinjen NY000010');
    expect(refusal(without(2))).toContain('Linje 3');
    expect(refusal(without(3))).toContain('beløpspost 2');
    expect(refusal(without(5))).toContain('Filen slutter');
    expect(refusal(lines.join('\n').replace('00000000000000100 ', '00000000000000900 '))).toBe(
      'OCR_TOTALS: Linje 5: sluttlinjen sier 1,00 kroner i oppdraget, men det er 9,00.',
    );
    expect(refusal(lines.join('\n').replaceAll(ACCOUNT, '15039999999'))).toContain('ACCOUNT_UNKNOWN');
    expect(refusal([...lines, lines[0] ?? ''].join('\n'))).toContain('etter sluttlinjen');
    expect(refusal(lines.map((line) => line.slice(0, 60)).join('\n'))).toContain('bare 60 tegn');
  });

  it('is recognised by its first characters', () => {
    expect(isOcrGiro(ocrFile(one({ ore: 1 })))).toBe(true);
    expect(isOcrGiro('NY090020')).toBe(false);
  });
});

const payment = fc.record({
  type: fc.constantFrom('10', '11', '13', '15', '17', '18', '20', '21'),
  ore: fc.integer({ min: 0, max: 900_000 }),
  kid: fc.constantFrom('', '1234566', '0036633', '12345678901234-'),
  sign: fc.constantFrom('0' as const, '0' as const, '0' as const, '-' as const),
});
const assignments = fc.array(
  fc.record({
    account: fc.constantFrom(ACCOUNT, '15031234570'),
    payments: fc.array(payment, { maxLength: 5 }),
  }),
  { maxLength: 3 },
);

describe('any OCR giro file', () => {
  it('is taken in whole when an independent count of it agrees, and only then', () => {
    const damage = fc.record({ at: fc.nat(), to: fc.constantFrom(...'0123456789-NY ') });
    fc.assert(
      fc.property(assignments, fc.array(damage, { maxLength: 2 }), (wanted, damages) => {
        const text = [...ocrFile(wanted)];
        for (const { at, to } of damages) if (text[at % text.length] !== '\n') text[at % text.length] = to;
        const lines = text.join('').trimEnd().split('\n');
        let taken: BankRecord[];
        try {
          taken = read(text.join(''));
        } catch (fault) {
          // Nothing but a refusal in words; and an unharmed file is refused only for a sum below nothing.
          expect(fault).toBeInstanceOf(FileRefused);
          if (damages.length === 0) expect((fault as FileRefused).code).toMatch(/OCR_(TOTALS|FORM)/);
          return;
        }
        expect(slowlyAddsUp(lines)).toBe(true);
        const total = taken.reduce((sum, record) => {
          if (record.kind !== 'payment') return sum;
          const { amountOre, raw } = record.payment;
          expect(raw.slice(32, 49)).toBe(String(amountOre).padStart(17, '0'));
          const reversal = ['18', '20'].includes(raw.slice(4, 6));
          return sum + (raw[31] === '-' && !reversal ? -amountOre : amountOre);
        }, 0);
        expect(String(total).padStart(17, '0')).toBe(lines.at(-1)?.slice(24, 41));
      }),
      { numRuns: 1500 },
    );
  });

  it('never does anything worse than refuse noise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (noise) => {
        const text = `NY00001000008080${noise}`;
        expect(() => read(text)).toThrow(FileRefused);
      }),
    );
  });
});

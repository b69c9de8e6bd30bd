import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCamt, readCamt } from '../../src/import/camt.js';
import type { BankPayment, BankRecord } from '../../src/import/payment.js';
import { FileRefused } from '../../src/import/plan.js';
import { localDate } from '../../src/law/dates.js';
import { camtFile, type CamtEntry } from '../support/camt.js';

const ACCOUNT = '15031234562';
const CONTEXT = { today: localDate('2026-11-20'), accounts: [ACCOUNT], account: null };

function read(...pieces: readonly string[]): BankRecord[] {
  return [...readCamt(pieces, CONTEXT)];
}

function payments(text: string): BankPayment[] {
  return read(text).flatMap((record) => (record.kind === 'payment' ? [record.payment] : []));
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

const TWO: CamtEntry = {
  amount: '1750.50',
  payments: [
    { amount: '1250.00', kids: [{ kid: '0036633' }], reference: 'T1', from: 'NO9386011117947' },
    { amount: '500.50', text: 'Takk', reference: 'T2' },
  ],
};

describe('camt.054 and camt.053', () => {
  it.each(['02', '04', '08'] as const)(
    'are read in version %s, with and without prefix, in any pieces',
    (version) => {
      for (const message of ['camt.053', 'camt.054'] as const) {
        for (const prefix of ['', 'ns2']) {
          const text = camtFile([TWO], { message, version, prefix });
          expect(isCamt(text)).toBe(true);
          const source = message.replace('.', '');
          expect(payments(text)).toMatchObject([
            {
              source,
              account: ACCOUNT,
              direction: 'in',
              amountOre: 125_000,
              kids: [{ kid: '0036633' }],
              kidStated: true,
              bookedOn: '2026-10-05',
              payer: 'Kari Fiktiv',
              payerAccount: '86011117947',
            },
            { amountOre: 50_050, kids: [], text: 'Takk' },
          ]);
          expect(read(...text)).toEqual(read(text));
        }
      }
    },
  );

  it('know an account by its IBAN too', () => {
    expect(payments(camtFile([TWO], { account: 'NO1015031234562' }))).toHaveLength(2);
  });

  it('take the amount of an entry where its transactions state none, or 0', () => {
    const kids = [{ kid: '1234566' }];
    const zero = camtFile([{ amount: '99.90', payments: [{ amount: '0', kids }] }], { version: '08' });
    expect(payments(zero)).toMatchObject([{ amountOre: 9990, kids }]);
    expect(payments(camtFile([{ amount: '99.90' }]))).toMatchObject([{ amountOre: 9990, kids: [] }]);
  });

  it('keep several KIDs of one payment, with the amount for each where it is stated', () => {
    const kids = [
      { kid: '1234566', amount: '100.00' },
      { kid: '2345676', amount: '50.00' },
    ];
    const entry = { amount: '150.00', payments: [{ amount: '150.00', kids }] };
    expect(payments(camtFile([entry]))[0]?.kids).toEqual([
      { kid: '1234566', amountOre: 10_000 },
      { kid: '2345676', amountOre: 5_000 },
    ]);
  });

  it('tell a payment taken back from money paid out, and book nothing that is pending', () => {
    const payment = { amount: '10.00', kids: [{ kid: '1234566' }] };
    const text = camtFile([
      { amount: '10.00', direction: 'DBIT', reversal: true, payments: [payment] },
      { amount: '10.00', direction: 'DBIT', payments: [payment] },
      { amount: '10.00', direction: 'CRDT', reversal: true },
      { amount: '10.00', status: 'PDNG', payments: [payment] },
    ]);
    expect(
      read(text).map((record) => (record.kind === 'payment' ? record.payment.direction : record.why)),
    ).toEqual([
      'back',
      'Det er en utbetaling.',
      'Det er en tilbakeføring av en utbetaling.',
      'Posten er ikke bokført ennå (PDNG).',
    ]);
  });

  it('refuse other currencies and more than two decimals, each with its reason', () => {
    const text = camtFile([{ amount: '10.00', currency: 'EUR' }, { amount: '10.005' }]);
    expect(read(text)).toMatchObject([
      { kind: 'refuse', why: 'Beløpet er 10.00 EUR; bare norske kroner tas inn.' },
      { kind: 'refuse', why: 'Beløpet 10.005 har flere enn to desimaler.' },
    ]);
  });

  it('refuse the whole file with the element that is wrong', () => {
    expect(refusal(camtFile([TWO], { message: 'camt.052' }))).toContain('CAMT_052');
    expect(refusal(camtFile([TWO], { account: '15039999999' }))).toContain('ACCOUNT_UNKNOWN: Ntfctn/Acct');
    expect(refusal(camtFile([{ ...TWO, amount: '1750.51' }]))).toMatch(/^CAMT_SUM: Ntry 1 \(linje \d+\)/);
    expect(refusal(camtFile([TWO]).replace('</Ntry>', ''))).toContain('sluttkode');
    expect(refusal(camtFile([TWO]).replace('<Document', '<!DOCTYPE Document><Document'))).toContain('DTD');
    expect(refusal(camtFile([TWO]).replaceAll('001.02', '001.13'))).toContain('CAMT_VERSION');
  });

  it('give the same payment the same key in another file, and twins the same', () => {
    const keys = (entries: readonly CamtEntry[]): string[] =>
      payments(camtFile(entries)).map(({ key }) => key);
    expect(keys([{ amount: '1.00', reference: 'X' }, TWO]).slice(1)).toEqual(
      keys([{ ...TWO, reference: 'E2' }]),
    );
    const bare = { amount: '5.00', reference: null, payments: [{ amount: '5.00' }] };
    expect(new Set(keys([bare, bare])).size).toBe(1);
  });
});

describe('any camt file', () => {
  it('is taken in with sums that hold, or refused in words', () => {
    const entry = fc
      .array(
        fc.record({
          ore: fc.integer({ min: 1, max: 99_999 }),
          kid: fc.constantFrom(null, '1234566', '0036633'),
        }),
        { minLength: 1, maxLength: 4 },
      )
      .map((parts): CamtEntry => {
        const kroner = (ore: number): string => (ore / 100).toFixed(2);
        const total = parts.reduce((sum, { ore }) => sum + ore, 0);
        return {
          amount: kroner(total),
          payments: parts.map(({ ore, kid }) => ({
            amount: kroner(ore),
            kids: kid === null ? [] : [{ kid }],
          })),
        };
      });
    const damage = fc.record({ at: fc.nat(), to: fc.constantFrom(...'0123456789.<>&" NA') });
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 3 }),
        fc.array(damage, { maxLength: 2 }),
        (entries, damages) => {
          const text = [...camtFile(entries)];
          for (const { at, to } of damages) text[at % text.length] = to;
          let taken: BankRecord[];
          try {
            taken = read(text.join(''));
          } catch (fault) {
            expect(fault).toBeInstanceOf(FileRefused);
            expect(damages.length).toBeGreaterThan(0);
            return;
          }
          const total = taken.reduce(
            (sum, record) => sum + (record.kind === 'payment' ? record.payment.amountOre : 0),
            0,
          );
          if (damages.length > 0) return;
          const wanted = entries.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
          expect(total).toBe(wanted);
        },
      ),
      { numRuns: 600 },
    );
  });
});

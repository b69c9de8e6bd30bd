import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BANK_FORMATS } from '../../src/import/bank-formats.js';
import type { BankPayment, BankRecord } from '../../src/import/payment.js';
import { FileRefused, type BankName } from '../../src/import/plan.js';
import { localDate } from '../../src/law/dates.js';

const ACCOUNT = '15031234562';
const CONTEXT = { today: localDate('2026-11-20'), accounts: [ACCOUNT], account: ACCOUNT };

/** A small file from each bank: one payment in of 1 250,50 with the text «Husleie Kari», and what surrounds it. */
const FILES: Readonly<Record<BankName, string>> = {
  dnb: [
    '"Dato";"Forklaring";"Rentedato";"Ut fra konto";"Inn på konto"',
    '"06.10.2026";"Overføring  Reservert transaksjon ";"06.10.2026";"";300',
    '"05.10.2026";"Husleie Kari";"05.10.2026";"";1250.5',
    '"04.10.2026";"Varekjøp";"04.10.2026";34.9;""',
  ].join('\r\n'),
  sparebank1: [
    'Dato;Beskrivelse;Rentedato;Inn;Ut;Til konto;Fra konto;',
    `"05.10.2026";"Husleie Kari";;"1250,50";;"${ACCOUNT}";"98765432109";`,
    `"04.10.2026";"Butikk";;;"-348,56";"12345678901";"${ACCOUNT}";`,
    '',
  ].join('\n'),
  nordea: [
    'Bokføringsdato;Beløp;Avsender;Mottaker;Navn;Tittel;Valuta;Betalingstype',
    `Reservert;100,00;;${ACCOUNT};Per;Test;NOK;Innbetaling`,
    `2026/10/05;1250,50;12340000001;${ACCOUNT};Kari Fiktiv;Husleie Kari;NOK;Innbetaling`,
    `2026/10/04;-34,90;${ACCOUNT};;Butikk;Kjøp;NOK;Visa`,
  ].join('\n'),
  handelsbanken: [
    'Utført dato;Bokført dato;Rentedato;Beskrivelse;Type;Undertype;Fra konto;Avsender;Til konto;Mottakernavn;Beløp inn;Beløp ut;Valuta;Status;Melding/KID/Fakt.nr',
    `04.10.2026;05.10.2026;05.10.2026;Husleie Kari;Giro;;99990000006;Kari;${ACCOUNT};;1250.50;;NOK;Bokført;"to\nlinjer"`,
    '05.10.2026;;;Reservasjon;Kort;;;;;;5.00;;NOK;Reservert;',
    ';;;;;;;;;;;;;;',
    ';;;;;;;;Sum inn;;1250.50;;;;',
  ].join('\n'),
  bulder: [
    'Dato;Beløp;Originalt Beløp;Original Valuta;Til konto;Til kontonummer;Fra konto;Fra kontonummer;Type;Tekst;KID;Hovedkategori',
    `2026-10-05;1250,50;1250,50;NOK;Bruk;${ACCOUNT};Kari;99990000006;Betaling;Husleie Kari;1234566;`,
    `2026-10-05;-500,00;500,00;NOK;Spare;15039999999;Bruk;${ACCOUNT};Overføring;;;`,
    '2026-10-06;0,00;0,00;NOK;;;;;Gebyr;;;',
  ].join('\n'),
};
const NAMES = Object.keys(FILES) as BankName[];

function read(bank: BankName, text: string): BankRecord[] {
  const format = BANK_FORMATS.find((candidate) => candidate.format === `bank:${bank}`);
  return [...(format?.read([text], CONTEXT) ?? [])];
}

function payments(bank: BankName, text: string): BankPayment[] {
  return read(bank, text).flatMap((record) => (record.kind === 'payment' ? [record.payment] : []));
}

function refusal(bank: BankName, text: string): string {
  try {
    read(bank, text);
  } catch (fault) {
    if (fault instanceof FileRefused) return `${fault.code}: ${fault.message}`;
    throw fault;
  }
  return 'taken in';
}

describe('account statements', () => {
  it.each(NAMES)('of %s are known by their header and give what came in', (bank) => {
    const text = FILES[bank];
    expect(BANK_FORMATS.filter((format) => format.recognises(text)).map(({ format }) => format)).toEqual([
      `bank:${bank}`,
    ]);
    const [payment, ...more] = payments(bank, text);
    expect(more).toEqual([]);
    expect(payment).toMatchObject({
      account: ACCOUNT,
      amountOre: 125_050,
      bookedOn: '2026-10-05',
      direction: 'in',
    });
    expect(payment?.text).toContain('Husleie Kari');
    expect(payments(bank, text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'))[0]?.key).toBe(payment?.key);
  });

  it('book by KID only where a column is for the KID', () => {
    expect(payments('bulder', FILES.bulder)[0]).toMatchObject({
      kids: [{ kid: '1234566' }],
      kidStated: true,
    });
    const message = FILES.handelsbanken.replace('"to\nlinjer"', '1234566');
    expect(payments('handelsbanken', message)[0]).toMatchObject({
      kids: [{ kid: '1234566' }],
      kidStated: false,
    });
    const spoken = FILES.dnb.replace('Husleie Kari', 'Fra Kari KID: 1234566');
    expect(payments('dnb', spoken)[0]).toMatchObject({ kids: [{ kid: '1234566' }], kidStated: false });
  });

  it('leave out what is pending', () => {
    for (const bank of ['dnb', 'nordea', 'handelsbanken'] as const) {
      expect(
        read(bank, FILES[bank]).filter((record) => record.kind === 'skip' && /ennå/.test(record.why)),
      ).toHaveLength(1);
    }
  });

  it('say the line and what was expected', () => {
    expect(refusal('dnb', FILES.dnb.replace('1250.5', '1250,5'))).toMatch(/^CSV_ROW: Linje 3: .*punktum/);
    expect(refusal('sparebank1', FILES.sparebank1.replace('1250,50', '1250.50'))).toMatch(/Linje 2: .*komma/);
    expect(refusal('dnb', FILES.dnb.replace('1250.5', '1250.505'))).toContain('flere enn to desimaler');
    expect(refusal('nordea', FILES.nordea.replace('2026/10/05', '05.10.2026'))).toContain('ÅÅÅÅ/MM/DD');
    expect(refusal('dnb', FILES.dnb.replace('"Husleie Kari"', '"Husleie Kari'))).toContain('CSV_FORM');
    expect(refusal('sparebank1', FILES.sparebank1.replaceAll(ACCOUNT, '15039999999'))).toContain(
      'ACCOUNT_UNKNOWN',
    );
    expect(refusal('dnb', FILES.nordea)).toContain('«Bokføringsdato»');
  });

  it('detect letters that were lost on the way', () => {
    const lost = (text: string): string => text.replaceAll('ø', 'Ã¸').replaceAll('å', 'Ã¥');
    for (const bank of ['dnb', 'nordea', 'handelsbanken', 'bulder'] as const) {
      const text = lost(FILES[bank]);
      expect(BANK_FORMATS.some((format) => format.recognises(text))).toBe(true);
      expect(refusal(bank, text)).toContain('MOJIBAKE: Linje 1');
    }
    expect(refusal('sparebank1', FILES.sparebank1.replace('Husleie', 'KjÃ¸p'))).toContain(
      'MOJIBAKE: Linje 2',
    );
  });

  it('refuse a movement below the sums, where it would be lost', () => {
    const [header = '', row = ''] = FILES.handelsbanken.split(/\n(?=0)/);
    const sum = ';;;;;;;;Sum inn;;1250.50;;;;';
    expect(refusal('handelsbanken', [header, row, sum, row].join('\n'))).toContain('under summene');
  });
});

describe('any account statement', () => {
  it.each(NAMES)('of %s is read or refused in words, never with an amount it does not show', (bank) => {
    const damage = fc.record({ at: fc.nat(), to: fc.constantFrom(...'0123456789.,;"\n-aø ') });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const text = [...FILES[bank]];
        for (const { at, to } of damages) text[at % text.length] = to;
        const whole = text.join('');
        let taken: BankPayment[];
        try {
          taken = payments(bank, whole);
        } catch (fault) {
          expect(fault).toBeInstanceOf(FileRefused);
          return;
        }
        for (const { amountOre } of taken) {
          const shown = [...whole.matchAll(/\d*(?:[.,]\d{0,2})?/g)].map(([amount]) =>
            Math.round(Number(amount.replace(',', '.')) * 100),
          );
          expect(shown).toContain(amountOre);
        }
      }),
      { numRuns: 300 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import {
  checkAccount,
  checkBic,
  checkCountry,
  checkEmail,
  checkIban,
  checkKid,
  checkOrgnr,
  checkPostalCode,
  formatAccount,
  formatOrgnr,
  looksLikeNationalId,
  type Checked,
} from '../../src/case/party.js';

const value = (checked: Checked): string | null => (checked.ok ? checked.value : null);
const why = (checked: Checked): string => (checked.ok ? '' : checked.why);

describe('organisasjonsnummer: nine digits, mod 11 with the weights 3 2 7 6 5 4 3 2', () => {
  it.each([
    ['923609016', '923609016'],
    ['923 609 016', '923609016'],
    ['NO 923 609 016 MVA', '923609016'],
    ['NO923609016MVA', '923609016'],
    ['no923609016mva', '923609016'],
    ['923.609.016', '923609016'],
    ['923\u00a0609\u00a0016', '923609016'],
    ['974760673', '974760673'],
    ['811493406', '811493406'],
  ])('%j is valid', (text, expected) => {
    expect(value(checkOrgnr(text))).toBe(expected);
  });

  it.each([
    ['923609017', /skulle vært 6/],
    ['923609106', /kontrollsiffer/],
    ['932609016', /kontrollsiffer/],
    ['900000090', /ingen kontrollsiffer passer/], // the check digit would be 10
    ['92360901', /ni siffer/],
    ['9236090160', /ni siffer/],
    ['92360901A', /ni siffer/],
    ['', /ni siffer/],
  ])('%j is not, and why', (text, reason) => {
    expect(why(checkOrgnr(text))).toMatch(reason);
  });

  it('tells every single wrong digit from the right number', () => {
    for (let at = 0; at < 9; at += 1) {
      for (const digit of '0123456789') {
        const text = '923609016'.slice(0, at) + digit + '923609016'.slice(at + 1);
        expect(value(checkOrgnr(text)), text).toBe(text === '923609016' ? text : null);
      }
    }
  });

  it('is shown in threes', () => {
    expect(formatOrgnr('923609016')).toBe('923 609 016');
  });
});

describe('account number: eleven digits, mod 11 with the weights 5 4 3 2 7 6 5 4 3 2', () => {
  it.each([
    ['15031234562', '15031234562'],
    ['1503 12 34562', '15031234562'],
    ['1503.12.34562', '15031234562'],
    ['86011117947', '86011117947'],
    ['12345678903', '12345678903'],
    ['12041234561', '12041234561'],
  ])('%j is valid', (text, expected) => {
    expect(value(checkAccount(text))).toBe(expected);
  });

  it.each([
    ['15031234563', /skulle vært 2/],
    ['15031243562', /kontrollsiffer/],
    ['60050631250', /ingen kontrollsiffer passer/],
    ['1503123456', /elleve siffer/],
    ['150312345620', /elleve siffer/],
    ['1503-12-34562', /elleve siffer/],
    ['', /elleve siffer/],
  ])('%j is not, and why', (text, reason) => {
    expect(why(checkAccount(text))).toMatch(reason);
  });

  it('is shown as four, two and five digits, and keeps a zero in front', () => {
    expect(formatAccount('15031234562')).toBe('1503 12 34562');
    expect(formatAccount('05031234568')).toBe('0503 12 34568');
  });
});

describe('KID: 2–25 digits, mod 10 or mod 11, and a hyphen where mod 11 gives ten', () => {
  it.each([
    ['18', 'mod 10, the shortest'],
    ['23456767', 'mod 10'],
    ['2345676 7', 'mod 10, with a blank'],
    ['10000120260', 'mod 10, ends in nought'],
    ['1000009', 'mod 10'],
    ['1234567890123456789012340', 'mod 10, twenty-five digits'],
    ['000000000018', 'mod 10, noughts in front'],
    ['19', 'mod 11, the shortest'],
    ['1000004', 'mod 11'],
    ['23456761', 'mod 11'],
    ['0026', 'mod 10'],
    ['0027', 'mod 11'],
    ['6-', 'mod 11, the check digit would be ten'],
    ['54-', 'mod 11, the check digit would be ten'],
    ['104-', 'mod 11, the check digit would be ten'],
    ['100008-', 'mod 11, the check digit would be ten'],
    ['1234567890123456789012341', 'mod 11, twenty-five digits'],
  ])('%s (%s)', (text) => {
    expect(value(checkKid(text))).toBe(text.replace(' ', ''));
  });

  it.each([
    ['23456760', /verken med mod 10 eller mod 11/],
    ['17', /verken med mod 10 eller mod 11/],
    ['105-', /verken med mod 10 eller mod 11/],
    ['18-', /verken med mod 10 eller mod 11/],
    ['8', /2–25 siffer/],
    ['-', /2–25 siffer/],
    ['1-8', /2–25 siffer/],
    ['12345678901234567890123400', /2–25 siffer/],
    ['1000004X', /2–25 siffer/],
    ['', /2–25 siffer/],
  ])('%j is not, and why', (text, reason) => {
    expect(why(checkKid(text))).toMatch(reason);
  });

  it('is text: noughts in front stay', () => {
    expect(value(checkKid('0018'))).toBe('0018');
  });

  it('finds two neighbours that changed place, except 0 and 9 under mod 10', () => {
    expect(checkKid('2345676 7').ok).toBe(true);
    expect(checkKid('32456767').ok).toBe(false);
    expect(checkKid('24356767').ok).toBe(false);
  });
});

describe('IBAN: mod 97', () => {
  it.each([
    ['NO93 8601 1117 947', 'NO9386011117947'],
    ['no9386011117947', 'NO9386011117947'],
    ['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['GB29 NWBK 6016 1331 9268 19', 'GB29NWBK60161331926819'],
    ['SE45 5000 0000 0583 9825 7466', 'SE4550000000058398257466'],
  ])('%j is valid', (text, expected) => {
    expect(value(checkIban(text))).toBe(expected);
  });

  it.each([
    ['NO94 8601 1117 947', /kontrollsifrene/],
    ['NO93 8601 1117 974', /kontrollsifrene/],
    ['DE89 3704 0044 0532 0130 01', /kontrollsifrene/],
    ['NO93', /form/],
    ['86011117947', /form/],
    ['', /form/],
  ])('%j is not, and why', (text, reason) => {
    expect(why(checkIban(text))).toMatch(reason);
  });
});

describe('postal code: four digits, kept as text', () => {
  it.each(['0101', '0001', '5003', '9991'])('%s', (text) => {
    expect(value(checkPostalCode(text))).toBe(text);
    expect(value(checkPostalCode(` ${text} `))).toBe(text);
  });

  it.each(['101', '01010', '010A', '', '01 01', '-101'])('%j is not', (text) => {
    expect(why(checkPostalCode(text))).toMatch(/fire siffer/);
  });

  it.each([
    ['11122', 'SE'],
    ['SW1A 1AA', 'GB'],
    ['1050', 'DK'],
  ])('%s in %s', (text, country) => {
    expect(value(checkPostalCode(text, country))).toBe(text);
  });
});

describe('the rest', () => {
  it.each([
    ['DNBANOKK', true],
    ['dnbanokkxxx', true],
    ['DNBANOK', false],
    ['DNBANOKKXX', false],
    ['1NBANOKK', false],
  ])('BIC %s: %s', (text, expected) => {
    expect(checkBic(text).ok).toBe(expected);
  });

  it.each([
    ['no', 'NO'],
    ['SE', 'SE'],
    ['Norge', null],
    ['N', null],
  ])('country %s: %s', (text, expected) => {
    expect(value(checkCountry(text))).toBe(expected);
  });

  it.each([
    ['kari@eksempel.no', true],
    ['kari.nordmann+faktura@post.eksempel.no', true],
    ['kari@eksempel', false],
    ['kari', false],
    ['@eksempel.no', false],
    ['kari nordmann@eksempel.no', false],
    ['<kari@eksempel.no>', false],
    ['kari@eksempel.no.', false],
  ])('e-mail %s: %s', (text, expected) => {
    expect(checkEmail(text).ok).toBe(expected);
  });

  it.each([
    ['fødselsnummer 01017012345', true],
    ['010170 12345', true],
    ['(01017012345)', true],
    ['faktura 1234567890', false], // ten digits
    ['KID 010170123456', false], // twelve
    ['923 609 016', false],
  ])('B3: «%s» looks like a national id: %s', (text, expected) => {
    expect(looksLikeNationalId(text)).toBe(expected);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesNamedBy, checkKidForm, makeKid } from '../../src/case/kid.js';
import { checkKid, kidCheckDigit } from '../../src/case/party.js';

const free = (): boolean => false;

describe('the check digit of a KID', () => {
  it.each([
    ['mod10', '234567', '6'],
    ['mod10', '7992739871', '3'],
    ['mod10', '1234567', '4'],
    ['mod10', '0', '0'],
    ['mod10', '5', '9'],
    ['mod11', '12345678', '5'],
    ['mod11', '003663', '3'],
    // Weights 2–7, and 2 again from the seventh digit.
    ['mod11', '1000000', '9'],
    ['mod11', '100000', '4'],
    ['mod11', '0', '0'],
    // The remainder is 1: no digit fits.
    ['mod11', '0006', '-'],
    ['mod11', '40', '-'],
  ] as const)('%s of %s is %s', (modulus, digits, check) => {
    expect(kidCheckDigit(digits, modulus)).toBe(check);
    if (digits.length > 1) expect(checkKid(digits + check).ok).toBe(true);
  });
});

describe('the KID of a case', () => {
  it.each([
    ['mod10:7', 1, '0000109'],
    ['mod10:12:77', 34, '770000003408'],
    ['mod11:7', 3, '0000302'],
    // 40 has no check digit with mod 11; 41 has.
    ['mod11:7', 4, '0000418'],
    ['mod10:5', 999, '99903'],
  ])('%s, case %i: %s', (setting, number, kid) => {
    expect(makeKid(setting, number, free)).toBe(kid);
    expect(checkKid(kid).ok).toBe(true);
  });

  it('is another one where the first belongs to another case', () => {
    const first = makeKid('mod10:7', 1, free);
    const second = makeKid('mod10:7', 1, (kid) => kid === first);
    expect(second).toBe('0000117');
    expect(makeKid('mod10:7', 1, () => true)).toBeNull();
  });

  it('is none where the number of the case is too long for it', () => {
    expect(makeKid('mod10:5', 1000, free)).toBeNull();
  });

  const form = fc
    .tuple(fc.constantFrom('mod10', 'mod11'), fc.integer({ min: 8, max: 25 }), fc.stringMatching(/^\d{0,2}$/))
    .map(([modulus, length, prefix]) => `${modulus}:${length}${prefix === '' ? '' : `:${prefix}`}`);

  it('is of the agreed length, valid, nobody else’s, and names its case whatever was agreed on', () => {
    const number = fc.integer({ min: 1, max: 999 });
    fc.assert(
      fc.property(form, number, number, (setting, one, other) => {
        expect(checkKidForm(setting)).toEqual({ ok: true, value: setting });
        const [a, b] = [makeKid(setting, one, free) ?? '', makeKid(setting, other, free) ?? ''];
        expect(a).toHaveLength(Number(setting.split(':')[1]));
        expect(a).toMatch(/^\d+$/);
        expect(checkKid(a).ok).toBe(true);
        expect(a === b).toBe(one === other);
        expect(casesNamedBy(a)).toContain(one);
      }),
    );
  });

  it.each(['0012-', '1', '', '12a4', '9'.repeat(25)])('%j names no case it cannot be read as', (kid) => {
    for (const number of casesNamedBy(kid)) expect(Number.isSafeInteger(number)).toBe(true);
  });
});

describe('what is agreed on with the bank', () => {
  it.each([
    ['mod10:7', 'mod10:7'],
    [' MOD11 : 12 : 77 ', 'mod11:12:77'],
    ['mod10:25', 'mod10:25'],
  ])('%j', (text, value) => {
    expect(checkKidForm(text)).toEqual({ ok: true, value });
  });

  it.each(['', 'mod10', 'mod12:7', 'mod10:26', 'mod10:4', 'mod10:7:123', 'mod10:7:x', 'ja'])(
    '%j is no agreement',
    (text) => {
      expect(checkKidForm(text)).toMatchObject({ ok: false, why: expect.stringContaining(`«${text}»`) });
    },
  );
});

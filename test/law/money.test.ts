import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  floorKroner,
  formatKroner,
  formatNumber,
  hundredths,
  parseKroner,
  proportion,
  roundHalfUp,
  sum,
  toWholeKroner,
} from '../../src/law/money.js';

describe('parseKroner', () => {
  it.each([
    ['1234,50', 123_450],
    ['1 234,50', 123_450],
    ['1234.50', 123_450],
    ['1234', 123_400],
    ['1 234', 123_400],
    ['12 345 678,90', 1_234_567_890],
    ['1\u00a0234,50', 123_450], // the blanks a spreadsheet or a web page puts in
    ['1\u202f234,50', 123_450],
    ['0,01', 1],
    ['0,10', 10],
    ['0,1', 10],
    ['1234,5', 123_450],
    ['  1234,50  ', 123_450],
    ['1234,50 kr', 123_450],
    ['1234,50 NOK', 123_450],
    ['1234 kr.', 123_400],
    ['007', 700],
    ['1000000000', 100_000_000_000],
  ])('%j is %d øre', (text, ore) => {
    expect(parseKroner(text)).toEqual({ ok: true, ore });
  });

  it.each([
    ['1.234', /to beløp/], // one krone and 23,4 øre, or one thousand two hundred and thirty-four
    ['1,234', /to beløp/],
    ['12.345', /to beløp/],
    ['1 234,567', /to beløp/],
    ['1234.5678', /to desimaler/],
    ['1.234,50', /ikke et beløp/],
    ['1,234.50', /ikke et beløp/],
    ['1.234.567', /ikke et beløp/],
    ['12 34', /ikke et beløp/],
    ['1 2345', /ikke et beløp/],
    ['1  234', /ikke et beløp/],
    ['1234,', /ikke et beløp/],
    [',50', /ikke et beløp/],
    ['', /ikke et beløp/],
    ['   ', /ikke et beløp/],
    ['abc', /ikke et beløp/],
    ['1e3', /ikke et beløp/],
    ['0x10', /ikke et beløp/],
    ['+5', /ikke et beløp/],
    ['12 kr 50', /ikke et beløp/],
    ['١٢٣', /ikke et beløp/],
    ['-5', /negativt/],
    ['-1 234,50', /negativt/],
    ['1000000000,01', /for stort/],
    ['99999999999999999999', /for stort/],
  ])('%j is refused, and why', (text, why) => {
    const parsed = parseKroner(text);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? '' : parsed.why).toMatch(why);
    expect(parsed.ok ? '' : parsed.why).toContain(text);
  });

  it('reads back what formatNumber writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), (ore) => {
        expect(parseKroner(formatNumber(ore))).toEqual({ ok: true, ore });
        expect(parseKroner(formatKroner(ore))).toEqual({ ok: true, ore });
      }),
    );
  });
});

describe('rounding, half up', () => {
  it.each([
    [1, 2, 1], // 0,5
    [3, 2, 2], // 1,5
    [5, 2, 3], // 2,5: up, not to the even one
    [49, 100, 0],
    [50, 100, 1],
    [51, 100, 1],
    [1, 3, 0],
    [2, 3, 1],
    [0, 7, 0],
    [14, 7, 2],
    [9_007_199_254_740_991, 2, 4_503_599_627_370_496], // the largest safe whole number
  ])('%d / %d → %d', (numerator, denominator, rounded) => {
    expect(roundHalfUp(numerator, denominator)).toBe(rounded);
  });

  it.each([
    [75_000, 20, 3800], // 37,50 kr
    [225_000, 20, 11_300], // 112,50 kr
    [70_000, 20, 3500],
    [74_980, 20, 3700], // 37,49
    [65_000, 20, 3300], // 32,50
    [0, 20, 0],
  ])('whole kroner of %d øre / %d: %d øre', (numerator, denominator, ore) => {
    expect(toWholeKroner(numerator, denominator)).toBe(ore);
  });

  it('divides once, as exact fractions do', () => {
    const exact = (amount: number, factors: number[], divisor: number): bigint => {
      const numerator = factors.reduce((all, factor) => all * BigInt(factor), BigInt(amount));
      return (2n * numerator + BigInt(divisor)) / (2n * BigInt(divisor));
    };
    const amount = fc.oneof(
      fc.integer({ min: 0, max: 10_000_000 }),
      fc.integer({ min: 0, max: 100_000_000_000 }),
    );
    const rate = fc.integer({ min: 1, max: 2000 });
    const days = fc.integer({ min: 1, max: 366 });
    const divisor = fc.constantFrom(3_650_000, 3_660_000);
    fc.assert(
      fc.property(amount, rate, days, divisor, (a, r, d, by) => {
        expect(proportion(a, [r, d], by)).toBe(Number(exact(a, [r, d], by)));
      }),
      { numRuns: 2000 },
    );
  });

  it('hits every tie: a base of k × 3 650 øre at 1 % for five days is k half øre', () => {
    for (let k = 0; k <= 1000; k += 1) {
      expect(proportion(3650 * k, [100, 5], 3_650_000)).toBe(Math.floor((k + 1) / 2));
    }
  });
});

describe('the other way: court fees round down', () => {
  it.each([
    [1345, 50, 67_200],
    [1345, 69, 92_800],
    [1345, 154, 207_100],
  ])('%d × %d/100 is %d øre', (kroner, hundredthsOf, ore) => {
    expect(floorKroner(kroner, hundredthsOf)).toBe(ore);
  });
});

describe('hundredths', () => {
  it.each([
    ['12.25', 1225],
    ['12', 1200],
    ['8.5', 850],
    ['0.07', 7],
    ['1.15', 115], // 1.15 × 100 is 114,999… in floating point
    ['8.2', 820],
  ])('%s → %d', (text, expected) => {
    expect(hundredths(text)).toBe(expected);
  });
});

describe('formatting', () => {
  it.each([
    [123_450, '1 234,50 kr'],
    [0, '0,00 kr'],
    [1, '0,01 kr'],
    [100, '1,00 kr'],
    [99_999, '999,99 kr'],
    [100_000, '1 000,00 kr'],
    [123_456_789_00, '123 456 789,00 kr'],
    [-3800, '−38,00 kr'],
    [-1, '−0,01 kr'],
  ])('%d øre: %s', (ore, expected) => {
    expect(formatKroner(ore).replace(/[\u00a0\u202f]/g, ' ')).toBe(expected);
  });

  it('adds up', () => {
    expect(sum([])).toBe(0);
    expect(sum([1, 2, 3_000_000])).toBe(3_000_003);
  });
});

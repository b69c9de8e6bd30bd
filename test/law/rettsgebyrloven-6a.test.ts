import { describe, expect, it } from 'vitest';
import { courtFee } from '../../src/law/court-fees.js';
import { floorKroner } from '../../src/law/money.js';
import { findRow, rateOn, RateUnknown } from '../../src/law/rates.js';
import { day, kr, RATES } from '../support/law.js';

const rettsgebyr = (date: string): number => Number(rateOn(RATES, 'rettsgebyr', day(date)).value);

describe('W2: one rettsgebyr (rettsgebyrloven § 1)', () => {
  it.each([
    ['2000-01-01', 600],
    ['2001-01-01', 655],
    ['2002-01-01', 670],
    ['2003-01-01', 700],
    ['2003-06-30', 700],
    ['2003-07-01', 740],
    ['2004-06-30', 740],
    ['2004-07-01', 845],
    ['2005-12-31', 845],
    ['2006-01-01', 860],
    ['2015-06-01', 860],
    ['2015-12-31', 860],
    ['2016-01-01', 1025],
    ['2017-01-01', 1049],
    ['2018-01-01', 1130],
    ['2019-01-01', 1150],
    ['2020-01-01', 1172],
    ['2021-01-01', 1199],
    ['2022-01-01', 1223],
    ['2023-01-01', 1243],
    ['2024-01-01', 1277],
    ['2025-01-01', 1314],
    ['2025-12-31', 1314],
    ['2026-01-01', 1345],
    ['2026-12-31', 1345],
  ])('on %s: %d kr', (date, kroner) => {
    expect(rettsgebyr(date)).toBe(kroner);
  });

  it.each(['1999-12-31', '2027-01-01'])('is not known on %s', (date) => {
    expect(findRow(RATES, 'rettsgebyr', day(date))).toBeNull();
  });
});

describe('W3: court and enforcement fees round down to whole kroner (§ 6 a)', () => {
  it.each([
    ['utlegg, 0,69 R', '2026-06-01', 69, 928], // 928,05
    ['forliksklage, 1,54 R', '2026-06-01', 154, 2071], // 2 071,30
    ['forkynnelse av konkursvarsel, 0,5 R', '2026-06-01', 50, 672], // 672,50: down, not half up
    ['one R', '2026-06-01', 100, 1345],
    ['utlegg, 0,69 R', '2025-06-01', 69, 906], // 906,66: down, not to the nearest
    ['forliksklage, 1,54 R', '2025-06-01', 154, 2023], // 2 023,56
    ['forliksklage, 1,54 R', '2024-06-01', 154, 1966], // 1 966,58
  ])('%s on %s', (_, date, hundredths, kroner) => {
    expect(floorKroner(rettsgebyr(date), hundredths)).toBe(kr(kroner));
  });

  it.each([
    ['utlegg', 928],
    ['forliksklage', 2071],
    ['konkursvarsel', 672],
    ['rettsgebyr', 1345],
  ] as const)('%s in 2026: %d kr', (step, kroner) => {
    expect(courtFee(step, day('2026-01-01'), RATES).amountOre).toBe(kr(kroner));
    expect(courtFee(step, day('2026-12-31'), RATES).amountOre).toBe(kr(kroner));
    expect(() => courtFee(step, day('2027-01-01'), RATES)).toThrow(RateUnknown);
  });

  it.each([
    [100, 1, 1], // exactly one krone stays one krone
    [99, 1, 0],
    [1345, 20, 269], // 269,00 exactly
    [1345, 0, 0],
    [100, 29, 29], // 0,29 × 100 is 28,999… in floating point
    [100, 57, 57],
    [100, 115, 115],
  ])('%d × %d/100 = %d kr', (kroner, hundredths, expected) => {
    expect(floorKroner(kroner, hundredths)).toBe(kr(expected));
  });
});

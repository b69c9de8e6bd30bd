import { describe, expect, it } from 'vitest';
import { claimOn, type Claim } from '../../src/case/claim.js';
import { compensationOrFees, mayChargeCompensation, standardkompensasjon } from '../../src/law/costs.js';
import { sum } from '../../src/law/money.js';
import { RateUnknown } from '../../src/law/rates.js';
import { day, kr, RATES, sent, Story, type ClaimInput } from '../support/law.js';

function claim(input: ClaimInput, date: string): Claim {
  const { case: c, terms } = new Story({ debtorType: 'business', charge: 'compensation', ...input })
    .judgement;
  return claimOn(c, day(date), terms, RATES);
}

describe('F9: EUR 40 in NOK, by the half-year in which default occurs (§ 3 a)', () => {
  it.each([
    ['2013-07-01', 300],
    ['2014-01-01', 320],
    ['2015-07-01', 330],
    ['2016-01-01', 370],
    ['2016-07-01', 370],
    ['2017-01-01', 360],
    ['2017-07-01', 370],
    ['2018-01-01', 380],
    ['2018-07-01', 380],
    ['2019-01-01', 380],
    ['2019-07-01', 390],
    ['2020-01-01', 400],
    ['2020-07-01', 430],
    ['2021-01-01', 420],
    ['2021-07-01', 400],
    ['2022-01-01', 390],
    ['2022-07-01', 400],
    ['2023-01-01', 410],
    ['2023-07-01', 460],
    ['2024-01-01', 470],
    ['2024-07-01', 460],
    ['2025-01-01', 470],
    ['2025-07-01', 460],
    ['2026-01-01', 460],
    ['2026-07-01', 430],
  ])('default in the half-year from %s: %d kr', (from, kroner) => {
    const found = standardkompensasjon(day(from), RATES);
    expect(found.amountOre).toBe(kr(kroner));
    expect(found.row.from).toBe(from);
  });

  it.each([
    ['2026-06-29', 460], // default on 30 June
    ['2026-06-30', 430], // default on 1 July
    ['2026-07-01', 430],
    ['2025-12-31', 460], // default on 1 January: the same figure as before
    ['2024-06-30', 460],
    ['2024-12-31', 470],
  ])('due %s: %d kr', (due, kroner) => {
    expect(standardkompensasjon(day(due), RATES).amountOre).toBe(kr(kroner));
  });

  it.each(['2013-06-29', '2014-06-30', '2014-12-31', '2015-06-29', '2026-12-31'])(
    'due %s: no published figure, so none is claimed',
    (due) => {
      expect(() => standardkompensasjon(day(due), RATES)).toThrow(RateUnknown);
    },
  );

  it.each(['2013-06-30', '2015-06-30', '2026-12-30'])('due %s: the day after has one', (due) => {
    expect(standardkompensasjon(day(due), RATES).amountOre).toBeGreaterThan(0);
  });
});

describe('F9: never against a consumer (§ 4 d)', () => {
  it.each([
    ['consumer', false],
    ['business', true],
    ['public', true],
  ] as const)('%s: %s', (type, allowed) => {
    expect(mayChargeCompensation(type)).toBe(allowed);
  });
});

describe('F9: the larger of the compensation and the fees, never the sum (inkassoforskriften § 1-5)', () => {
  it.each([
    [430, [], 'compensation'],
    [430, [38, 38, 113], 'compensation'],
    [300, [75, 75, 225], 'fees'], // a claim due before October 2020, all letters sent in 2026
    [375, [75, 75, 225], 'compensation'], // equal: the amount is the same
    [374, [75, 75, 225], 'fees'],
  ] as const)('%d kr against %j: %s', (compensation, fees, expected) => {
    expect(
      compensationOrFees(
        kr(compensation),
        fees.map((fee) => kr(fee)),
      ),
    ).toBe(expected);
  });

  const LETTERS = [
    sent('purring', '2026-08-20', '2026-09-03', 38),
    sent('inkassovarsel', '2026-09-08', '2026-09-22', 38),
    sent('betalingsoppfordring', '2026-09-25', '2026-10-09', 113),
  ];

  it.each([
    ['2026-08-03', 0], // the due date
    ['2026-08-04', 430], // arises at default, without any letter
    ['2026-08-20', 430],
    ['2026-09-25', 430],
  ])('on %s: %d kr', (date, kroner) => {
    const found = claim({ due: '2026-08-03', history: LETTERS }, date);
    expect(found.costsOre).toBe(kr(kroner));
    expect(found.costLines.map((line) => line.kind)).toEqual(kroner === 0 ? [] : ['compensation']);
  });

  it('is the fees, all of them, when they are larger', () => {
    const history = [
      sent('purring', '2026-01-12', '2026-01-26', 75),
      sent('inkassovarsel', '2026-02-02', '2026-02-16', 75),
      sent('betalingsoppfordring', '2026-02-20', '2026-03-06', 225),
    ];
    const facts: ClaimInput = { due: '2013-09-02', history };
    const before = claim(facts, '2026-02-19'); // 150 against 300
    expect([before.costsOre, before.costLines.map((line) => line.kind)]).toEqual([kr(300), ['compensation']]);
    const after = claim(facts, '2026-02-20'); // 375 against 300
    expect([after.costsOre, after.costLines.map((line) => line.kind)]).toEqual([
      kr(375),
      ['fee', 'fee', 'fee'],
    ]);
    expect(sum(after.costLines.map((line) => line.amountOre))).toBe(kr(375));
  });

  it('is not claimed where the creditor charges fees', () => {
    const found = claim({ due: '2026-08-03', charge: 'fees', history: LETTERS }, '2026-09-25');
    expect(found.costLines.map((line) => line.amountOre)).toEqual([kr(38), kr(38), kr(113)]);
  });

  it('arises only when something is unpaid after the due date', () => {
    const story = new Story({ due: '2026-08-03', debtorType: 'business', charge: 'compensation' });
    story.pay(kr(1000), '2026-08-03');
    const { case: c, terms } = story.judgement;
    expect(claimOn(c, day('2026-09-01'), terms, RATES)).toMatchObject({ costsOre: 0, openOre: 0 });

    const late = new Story({ due: '2026-08-03', debtorType: 'business', charge: 'compensation' });
    late.pay(kr(1000), '2026-08-04');
    const judged = late.judgement;
    expect(claimOn(judged.case, day('2026-09-01'), judged.terms, RATES)).toMatchObject({
      costsOre: kr(430),
      principalOre: 0,
    });
  });

  it('counts the due date after D4', () => {
    // Tuesday 30 June 2026 is a working day; Sunday 28 June moves to Monday the 29th, default on the 30th.
    expect(claim({ due: '2026-06-28' }, '2026-07-31').costsOre).toBe(kr(460));
    expect(claim({ due: '2026-06-30' }, '2026-07-31').costsOre).toBe(kr(430));
  });

  it('carries no fee of its own into a letter: the costs in the letter are the compensation', () => {
    const story = new Story({ due: '2026-08-03', debtorType: 'business', charge: 'compensation' });
    const plan = story.send('2026-08-20');
    expect(plan).toMatchObject({ lawfulFeeOre: kr(38), feeOre: 0, costsOre: kr(430) });
  });
});

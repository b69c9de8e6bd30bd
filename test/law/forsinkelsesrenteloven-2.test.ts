import { describe, expect, it } from 'vitest';
import { interestAfter } from '../../src/case/case.js';
import { claimOn, type Claim } from '../../src/case/claim.js';
import { addDays, daysBetween } from '../../src/law/dates.js';
import { interestLines } from '../../src/law/interest.js';
import { sum } from '../../src/law/money.js';
import { day, kr, RATES, sent, Story, type ClaimInput } from '../support/law.js';

function lines(baseOre: number, due: string, until: string): ReturnType<typeof interestLines> {
  return interestLines([{ after: day(due), baseOre }], day(until), 'dayAfterDue', RATES);
}

function claim(input: ClaimInput, date: string): Claim {
  const { case: c, terms } = new Story(input).judgement;
  return claimOn(c, day(date), terms, RATES);
}

describe('I2: simple interest on the unpaid claim, never on fees and never on interest (§ 2)', () => {
  it('is not compounded: 2009 bears interest on the principal alone', () => {
    // 12,75 % from 1 July 2008, 10,00 % and 8,25 % in 2009, 8,75 % in 2010.
    const amounts = lines(kr(10_000), '2008-07-31', '2010-01-31').map((line) => line.amountOre);
    expect(amounts).toEqual([kr(532, 99), kr(495, 89), kr(415, 89), kr(74, 32)]);
  });

  it('runs on the claim and not on the fees in it', () => {
    const history = [
      sent('purring', '2026-08-20', '2026-09-03', 38),
      sent('inkassovarsel', '2026-09-08', '2026-09-22', 38),
    ];
    const with76 = claim({ due: '2026-08-03', amountOre: kr(12_500), history }, '2026-09-25');
    const without = claim({ due: '2026-08-03', amountOre: kr(12_500) }, '2026-09-25');
    expect(with76.costsOre).toBe(kr(76));
    expect(with76.interestOre).toBe(kr(222, 35));
    expect(with76.interestOre).toBe(without.interestOre);
    expect(with76.interestLines.map((line) => line.baseOre)).toEqual([kr(12_500)]);
  });

  it('runs on the claim and not on the compensation', () => {
    const facts: ClaimInput = { due: '2026-08-03', amountOre: kr(4321, 50), debtorType: 'business' };
    expect(claim({ ...facts, charge: 'compensation' }, '2026-09-25').interestOre).toBe(kr(76, 87));
  });

  it('does not run on interest that is left when principal is paid', () => {
    const story = new Story({ due: '2026-01-15', amountOre: kr(10_000) });
    story.pay(kr(10_000), '2026-03-02', 'principal');
    const { case: c, terms } = story.judgement;
    const onPayment = claimOn(c, day('2026-03-02'), terms, RATES);
    const later = claimOn(c, day('2026-12-01'), terms, RATES);
    expect(onPayment).toMatchObject({ principalOre: 0, interestOre: kr(151, 23) });
    expect(later).toMatchObject({ principalOre: 0, interestOre: kr(151, 23) });
  });

  it.each([
    ['one øre for ten days', 1, '2026-08-13', 0],
    ['one krone for 150 days', 100, '2026-12-31', 5], // 5,03 øre
    ['nothing', 0, '2026-12-31', null],
  ])('%s', (_, baseOre, until, amount) => {
    const found = lines(baseOre, '2026-08-03', until);
    if (amount === null) expect(found).toEqual([]);
    else expect(sum(found.map((line) => line.amountOre))).toBe(amount);
  });
});

describe('I3: from the day after the due date through the payment day (§ 2 first paragraph)', () => {
  it.each([
    ['2026-08-02', null],
    ['2026-08-03', null], // the due date itself
    ['2026-08-04', kr(3, 36)], // day 1
    ['2026-08-05', kr(6, 71)],
    ['2026-08-20', kr(57, 5)], // 17 days: 57,0547…
  ])('10 000 kr due 2026-08-03, asked for %s', (until, amount) => {
    const found = lines(kr(10_000), '2026-08-03', until);
    expect(found.length === 0 ? null : sum(found.map((line) => line.amountOre))).toBe(amount);
  });

  it('names the first and the last day', () => {
    expect(lines(kr(10_000), '2026-08-03', '2026-08-20')).toMatchObject([
      { from: '2026-08-04', to: '2026-08-20', days: 17 },
    ]);
  });

  it.each([
    ['2026-08-03', '2026-08-20'],
    ['2023-12-30', '2024-03-02'],
    ['2019-06-28', '2026-12-31'],
    ['2024-02-28', '2024-02-29'],
  ])('counts payment date minus due date: %s to %s', (due, until) => {
    const days = sum(lines(kr(500), due, until).map((line) => line.days));
    expect(days).toBe(daysBetween(day(due), day(until)));
  });

  it('runs from the due date after D4, not the one printed on the invoice', () => {
    // Sunday 2026-08-02 moves to Monday the 3rd.
    const shifted = claim({ due: '2026-08-02', amountOre: kr(10_000) }, '2026-08-20');
    expect(shifted.interestLines[0]).toMatchObject({ from: '2026-08-04', days: 17 });
    const kept = claim({ due: '2026-08-02', amountOre: kr(10_000), shift: false }, '2026-08-20');
    expect(kept.interestLines[0]).toMatchObject({ from: '2026-08-03', days: 18 });
  });
});

describe('I8: without an agreed due date interest runs from 30 days after a demand', () => {
  // The demand of 2026-08-03; thirty days later is 2026-09-02, which is what the creditor enters as the first day.
  const interestFrom = addDays(day('2026-08-03'), 30);

  it('is the day the creditor has set', () => {
    expect(interestFrom).toBe('2026-09-02');
    const { case: c } = new Story({ due: '2026-08-03', interestFrom });
    expect(interestAfter(c.claim)).toBe('2026-09-01');
  });

  it.each([
    ['2026-09-01', []],
    ['2026-09-02', [{ from: '2026-09-02', to: '2026-09-02', days: 1, amountOre: kr(3, 36) }]],
    ['2026-09-11', [{ from: '2026-09-02', to: '2026-09-11', days: 10, amountOre: kr(33, 56) }]],
  ])('asked for %s', (date, expected) => {
    const found = claim({ due: '2026-08-03', amountOre: kr(10_000), interestFrom }, date);
    expect(found.interestLines).toHaveLength(expected.length);
    expect(found.interestLines).toMatchObject(expected);
  });

  it('does not move the due date, from which fees are counted', () => {
    const story = new Story({ due: '2026-08-03', amountOre: kr(10_000), interestFrom });
    const plan = story.send('2026-08-20');
    expect(plan).toMatchObject({ feeOre: kr(38), interestOre: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import { feeFor, feeFraction, type Fee } from '../../src/law/costs.js';
import { addDays } from '../../src/law/dates.js';
import { findRow, loadRates, rateOn, RateUnknown } from '../../src/law/rates.js';
import { STEPS, type SentLetter, type Step } from '../../src/law/steps.js';
import { costFacts, day, kr, RATES, sent } from '../support/law.js';

/** The fee in kroner, or the rule that forbids it. */
function outcome(fee: Fee): number | string {
  return fee.kind === 'fee' ? fee.amountOre / 100 : fee.refusal.rule;
}

function fee(step: Step, due: string, sentOn: string, letters: readonly SentLetter[] = []): number | string {
  return outcome(feeFor(step, costFacts(due, letters), day(sentOn), RATES));
}

describe('F1: the base is the inkassosats of the day the letter is sent (§ 1-2 fourth paragraph)', () => {
  it.each([
    ['2006-01-01', 550],
    ['2006-12-31', 550],
    ['2007-01-01', 560],
    ['2008-01-01', 570],
    ['2009-01-01', 590],
    ['2010-01-01', 600],
    ['2011-01-01', 610],
    ['2012-01-01', 620],
    ['2013-01-01', 630],
    ['2014-01-01', 640],
    ['2015-01-01', 650],
    ['2016-01-01', 670],
    ['2016-12-31', 670],
    ['2017-01-01', 700],
    ['2020-10-01', 700],
    ['2025-12-31', 700],
    ['2026-01-01', 750],
    ['2026-12-31', 750],
  ])('is on %s: %d kr', (date, kroner) => {
    expect(Number(rateOn(RATES, 'inkassosats', day(date)).value)).toBe(kroner);
  });

  it.each(['2005-12-31', '2027-01-01', '2027-06-30'])('is not known on %s, and is never guessed', (date) => {
    expect(findRow(RATES, 'inkassosats', day(date))).toBeNull();
    expect(() => rateOn(RATES, 'inkassosats', day(date))).toThrow(RateUnknown);
  });

  it('stops a fee it is needed for, and says how to add it', () => {
    const rates = loadRates([
      { table: 'regime', from: day('2027-01-01'), value: '1988', source: 'lovdata.no' },
    ]);
    const ask = (): Fee => feeFor('purring', costFacts('2026-12-01'), day('2027-01-04'), rates);
    expect(ask).toThrow(/inkassosatsen for 2027/);
    try {
      ask();
    } catch (fault) {
      expect((fault as RateUnknown).hint).toContain('inkasso rates add inkassosats 2027-01-01');
    }
  });

  // The due date does not decide the base: the same claim, one letter on each side of New Year.
  it.each([
    ['purring', '2025-12-31', 35],
    ['purring', '2026-01-01', 38],
    ['inkassovarsel', '2025-12-31', 35],
    ['inkassovarsel', '2026-01-01', 38],
  ] as const)('%s sent %s: %d kr', (step, sentOn, kroner) => {
    expect(fee(step, '2025-12-01', sentOn)).toBe(kroner);
  });

  it.each([
    ['2025-12-31', 105],
    ['2026-01-01', 113],
  ])('betalingsoppfordring sent %s: %d kr', (sentOn, kroner) => {
    const varsel = sent('inkassovarsel', '2025-12-10', '2025-12-24');
    expect(fee('betalingsoppfordring', '2025-11-20', sentOn, [varsel])).toBe(kroner);
  });
});

describe('F2: 1/20, 1/20 and 3/20; for claims due before 2020-10-01 1/10, 1/10 and 3/10', () => {
  it.each([
    ['purring', '2020-09-30', 1, 10],
    ['purring', '2020-10-01', 1, 20],
    ['rentenota', '2020-10-01', 1, 20],
    ['inkassovarsel', '2020-09-30', 1, 10],
    ['inkassovarsel', '2020-10-01', 1, 20],
    ['betalingsoppfordring', '2020-09-30', 3, 10],
    ['betalingsoppfordring', '2020-10-01', 3, 20],
  ] as const)('%s for a claim due %s: %d/%d', (step, due, numerator, denominator) => {
    expect(feeFraction(step, day(due))).toEqual({ numerator, denominator });
  });

  // [due, sent, small fee, large fee] in kroner; the last column of sats × fraction shows the tie where there is one.
  it.each([
    ['2020-09-30', '2020-12-01', 70, 210],
    ['2020-10-01', '2020-12-01', 35, 105],
    ['2020-09-30', '2026-08-20', 75, 225],
    ['2020-10-01', '2026-08-20', 38, 113], // 37,50 and 112,50
    ['2015-01-02', '2015-03-02', 65, 195],
    ['2016-01-04', '2016-03-01', 67, 201],
    ['2011-01-03', '2011-03-01', 61, 183],
    ['2006-01-02', '2006-03-01', 55, 165],
  ])('due %s, sent %s: %d and %d kr', (due, sentOn, small, large) => {
    const missed = sent('purring', addDays(day(sentOn), -20));
    expect(fee('purring', due, sentOn)).toBe(small);
    expect(fee('inkassovarsel', due, sentOn)).toBe(small);
    expect(fee('betalingsoppfordring', due, sentOn, [missed])).toBe(large);
  });

  it('answers in øre, with its share, its row and its grounds', () => {
    const answer = feeFor('purring', costFacts('2026-08-03'), day('2026-08-20'), RATES);
    expect(answer).toMatchObject({ kind: 'fee', amountOre: kr(38), numerator: 1, denominator: 20 });
    if (answer.kind !== 'fee') throw new Error('no fee');
    expect(answer.sats).toMatchObject({ table: 'inkassosats', from: '2026-01-01', value: '750' });
    expect(answer.reasons.map((reason) => reason.rule)).toEqual(['F2', 'F3']);
    for (const reason of answer.reasons) expect(reason.hjemmel).toContain('inkassoforskriften § 1-2');
  });

  it('is the same for consumers and businesses: it does not ask (F8)', () => {
    expect(Object.keys(costFacts('2026-08-03'))).not.toContain('debtorType');
  });
});

describe('F3: a purring or inkassovarsel bears a fee from 14 days after the due date (first and second paragraph)', () => {
  // Due Monday 2026-08-03: day 13 is the 16th, day 14 the 17th.
  it.each([
    ['2026-08-04', 'F3'],
    ['2026-08-16', 'F3'],
    ['2026-08-17', 38],
    ['2026-08-18', 38],
  ])('sent %s: %s', (sentOn, expected) => {
    for (const step of ['purring', 'rentenota', 'inkassovarsel'] as const) {
      expect(fee(step, '2026-08-03', sentOn)).toBe(expected);
    }
  });

  it.each([
    ['2024-02-15', '2024-02-28', 'F3'], // a leap year: day 13
    ['2024-02-15', '2024-02-29', 35], // day 14
    ['2023-02-15', '2023-02-28', 'F3'],
    ['2023-02-15', '2023-03-01', 35],
    ['2025-12-18', '2025-12-31', 'F3'],
    ['2025-12-18', '2026-01-01', 38], // day 14 is also the first day of the new sats
  ])('due %s, sent %s: %s', (due, sentOn, expected) => {
    expect(fee('purring', due, sentOn)).toBe(expected);
  });

  it('says from which day a fee can be charged', () => {
    const answer = feeFor('purring', costFacts('2026-08-03'), day('2026-08-16'), RATES);
    expect(answer).toMatchObject({ kind: 'none', refusal: { rule: 'F3', until: '2026-08-17' } });
    expect(answer.kind === 'none' && answer.refusal.text).toContain('17.08.2026');
    expect(answer.kind === 'none' && answer.refusal.hjemmel).toBe('inkassoforskriften § 1-2 første ledd');
  });
});

describe('F4: the betalingsoppfordring bears its fee after a missed deadline of 14 days (third paragraph)', () => {
  const DUE = '2026-08-03';

  it('has none when nothing was sent before', () => {
    expect(fee('betalingsoppfordring', DUE, '2026-10-01')).toBe('F4');
  });

  it.each([
    ['2026-09-03', 'F4'], // the last day to pay
    ['2026-09-04', 113],
  ])('sent %s, after a purring with deadline 2026-09-03: %s', (sentOn, expected) => {
    for (const step of ['purring', 'rentenota', 'inkassovarsel'] as const) {
      expect(fee('betalingsoppfordring', DUE, sentOn, [sent(step, '2026-08-20', '2026-09-03')])).toBe(
        expected,
      );
    }
  });

  it.each([
    ['2026-09-02', 'F4'], // 13 days
    ['2026-09-03', 113], // 14 days
  ])('after a letter sent 2026-08-20 with deadline %s: %s', (deadline, expected) => {
    expect(
      fee('betalingsoppfordring', DUE, '2026-10-01', [sent('inkassovarsel', '2026-08-20', deadline)]),
    ).toBe(expected);
  });

  it.each(['paaminnelse', 'overdragelsesvarsel'] as const)('a %s does not count', (step) => {
    expect(fee('betalingsoppfordring', DUE, '2026-10-01', [sent(step, '2026-08-20')])).toBe('F4');
  });

  it('asks for no 14 days after the due date of its own', () => {
    // Varsel the day after the due date; D+16 is the first possible day, and a letter of D+2 shows that F3 is not asked.
    expect(fee('betalingsoppfordring', DUE, '2026-08-19', [sent('inkassovarsel', '2026-08-04')])).toBe(113);
    const early = [sent('inkassovarsel', '2026-07-20', '2026-08-03')];
    expect(fee('betalingsoppfordring', DUE, '2026-08-05', early)).toBe(113);
  });

  it('needs one such deadline, not every one', () => {
    const letters = [sent('purring', '2026-08-20', '2026-09-03'), sent('inkassovarsel', '2026-09-10')];
    expect(fee('betalingsoppfordring', DUE, '2026-09-15', letters)).toBe(113);
  });
});

describe('F8: nothing else carries a fee', () => {
  it.each(['paaminnelse', 'overdragelsesvarsel'] as const)('%s', (step) => {
    expect(fee(step, '2026-01-05', '2026-08-20')).toBe('F8');
  });

  it('knows only four letters with a fee', () => {
    const missed = [sent('purring', '2026-02-02')];
    const bearing = STEPS.filter((step) => typeof fee(step, '2026-01-05', '2026-08-20', missed) === 'number');
    expect(bearing).toEqual(['purring', 'rentenota', 'inkassovarsel', 'betalingsoppfordring']);
  });
});

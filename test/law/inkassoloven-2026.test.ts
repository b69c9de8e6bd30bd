import { describe, expect, it } from 'vitest';
import { POLICIES, type Policy } from '../../src/case/policy.js';
import { feeFor } from '../../src/law/costs.js';
import { letterUnderRegime } from '../../src/law/procedure.js';
import { findRow, isRateValue, loadRates, RateUnknown, type Rates } from '../../src/law/rates.js';
import { regimeOn } from '../../src/law/regime.js';
import { STEPS } from '../../src/law/steps.js';
import { added, costFacts, day, kr, RATES, ratesOf2027, sent, Story } from '../support/law.js';

/** 2027 with rates but without a decision on which Act holds. */
const UNDECIDED = loadRates([
  added('inkassosats', '2027-01-01', '770'),
  added('forsinkelsesrente', '2027-01-01', '12.50'),
]);

describe('G1: the Act of 1988 governs letters until the new one is in force', () => {
  it.each(['1989-07-01', '2020-10-01', '2026-05-22', '2026-12-31'])('%s: 1988', (date) => {
    expect(regimeOn(RATES, day(date))).toBe('1988');
  });

  it.each(['2027-01-01', '2027-06-15', '2030-01-01'])('%s: not known', (date) => {
    expect(() => regimeOn(RATES, day(date))).toThrow(RateUnknown);
  });
});

describe('G2: from 2027-01-01 nothing but what both Acts allow, until it is recorded which one holds', () => {
  const run = (policy: Policy, due: string, today: string, rates: Rates): string => {
    const decision = new Story({ due, amountOre: kr(1000) }, { policy, rates }).decide(today);
    if (decision.kind === 'blocked') return `${decision.fault.rule} ${decision.fault.table}`;
    return decision.kind === 'letter' ? decision.plan.step : decision.refusal.rule;
  };

  it.each([
    ['standard', '2026-12-14', '2026-12-31', 'purring'],
    ['standard', '2026-12-14', '2027-01-04', 'G2 regime'],
    ['fast', '2026-12-14', '2026-12-31', 'inkassovarsel'],
    ['fast', '2026-12-14', '2027-01-04', 'G2 regime'],
    ['mild', '2026-12-28', '2027-01-04', 'paaminnelse'], // no fee: both Acts allow it
  ] as const)('%s, due %s, run on %s: %s', (name, due, today, expected) => {
    expect(run(POLICIES[name], due, today, UNDECIDED)).toBe(expected);
  });

  it('lets a purring without a fee pass', () => {
    const policy: Policy = {
      name: 'free',
      steps: [{ step: 'purring', wait: 14, fee: false, interest: true }],
    };
    expect(run(policy, '2026-12-14', '2027-01-04', UNDECIDED)).toBe('purring');
  });

  it('refuses a betalingsoppfordring even without a fee', () => {
    const policy: Policy = {
      name: 'free-bo',
      steps: [
        { step: 'inkassovarsel', wait: 14, fee: true, interest: true },
        { step: 'betalingsoppfordring', wait: 0, fee: false, interest: true },
      ],
    };
    const history = [sent('inkassovarsel', '2026-12-01', '2026-12-15', 38)];
    const story = new Story({ due: '2026-11-02', history }, { policy, rates: UNDECIDED });
    expect(story.decide('2027-01-04')).toMatchObject({ kind: 'blocked', fault: { rule: 'G2' } });
  });

  it('says how to record it', () => {
    const decision = new Story({ due: '2026-12-14' }, { rates: UNDECIDED }).decide('2027-01-04');
    if (decision.kind !== 'blocked') throw new Error(decision.kind);
    expect(decision.fault.message).toContain('04.01.2027');
    expect(decision.fault.hint).toContain('LOV-2026-05-22-19');
    expect(decision.fault.hint).toContain('inkasso rates regime 2027-01-01 1988|2026');
  });

  it('asks only for what the letter needs: a påminnelse without interest needs no rate of interest (G3)', () => {
    const decision = new Story({ due: '2026-12-28', amountOre: kr(1000) }, { policy: POLICIES.mild }).decide(
      '2027-01-04',
    );
    expect(decision.kind).toBe('letter');
  });

  /** A deadline long enough to leave a week for the posting (D2). */
  const THREE_WEEKS = { deadlineDays: 21 };

  it('chooses the Act by the day of sending: a letter made in December does not leave in January', () => {
    const story = new Story({ due: '2026-12-07' }, { rates: ratesOf2027('2026'), terms: THREE_WEEKS });
    expect(story.run('2026-12-31')).toMatchObject({
      kind: 'letter',
      plan: { regime: '1988', feeOre: kr(38) },
    });
    expect(story.confirm('2027-01-01')).toBe('G1');
    expect(story.confirm('2026-12-31', '2027-01-02')).toBeNull();
  });

  it('lets it leave in January when the same Act still holds', () => {
    const story = new Story({ due: '2026-12-07' }, { rates: ratesOf2027('1988'), terms: THREE_WEEKS });
    story.run('2026-12-31');
    expect(story.confirm('2027-01-01')).toBeNull();
  });

  it('will not confirm it while the Act is not recorded', () => {
    const story = new Story({ due: '2026-12-07' }, { rates: UNDECIDED, terms: THREE_WEEKS });
    story.run('2026-12-31');
    expect(() => story.confirm('2027-01-02')).toThrow(RateUnknown);
  });
});

describe('recording the regime', () => {
  it('holds until the next decision', () => {
    const rates = loadRates([added('regime', '2027-01-01', '1988'), added('regime', '2028-07-01', '2026')]);
    expect(regimeOn(rates, day('2027-01-01'))).toBe('1988');
    expect(regimeOn(rates, day('2028-06-30'))).toBe('1988');
    expect(regimeOn(rates, day('2028-07-01'))).toBe('2026');
    expect(regimeOn(rates, day('2035-01-01'))).toBe('2026');
  });

  it('does not fill the time before it', () => {
    const rates = loadRates([added('regime', '2027-07-01', '2026')]);
    expect(findRow(rates, 'regime', day('2027-06-30'))).toBeNull();
    expect(regimeOn(rates, day('2027-07-01'))).toBe('2026');
  });

  it('cannot overrule what the program knows', () => {
    expect(regimeOn(loadRates([added('regime', '2026-07-01', '2026')]), day('2026-08-01'))).toBe('1988');
  });

  it.each([
    ['1988', true],
    ['2026', true],
    ['2027', false],
    ['', false],
  ])('takes %j: %s', (value, expected) => {
    expect(isRateValue('regime', value)).toBe(expected);
  });
});

describe('the rules of 1988, unchanged', () => {
  it('go on with the figures of 2027', () => {
    const rates = ratesOf2027('1988');
    const plans = new Story({ due: '2026-12-07', amountOre: kr(10_000) }, { rates }).sendDaily(
      '2027-01-04',
      '2027-03-31',
    );
    expect(plans.map((plan) => [plan.step, plan.regime, plan.feeOre])).toEqual([
      ['purring', '1988', kr(39)], // 770 / 20 = 38,50
      ['inkassovarsel', '1988', kr(39)],
      ['betalingsoppfordring', '1988', kr(116)], // 115,50
    ]);
  });
});

describe('G1: the rules of 2026: reminders without a fee, and an announcement that the claim will be handed over', () => {
  const rates = ratesOf2027('2026');

  it.each(STEPS)('%s carries no fee', (step) => {
    const letters = [sent('purring', '2027-01-04', '2027-01-18')];
    expect(feeFor(step, costFacts('2026-12-01', letters), day('2027-02-01'), rates).kind).toBe('none');
  });

  it('is named as what comes next, from the day the Act is known to hold', () => {
    const due = { due: '2026-12-14', amountOre: kr(1000) };
    const next = (against: Rates, on: string) =>
      new Story(due, { policy: POLICIES.fast, rates: against }).next(on);
    expect(next(rates, '2026-12-15').step).toBe('inkassovarsel'); // may still leave in December
    expect(next(rates, '2027-01-04').step).toBe('overdragelsesvarsel');
    expect(next(ratesOf2027('1988'), '2027-01-04').step).toBe('inkassovarsel');
    expect(next(UNDECIDED, '2027-01-04').step).toBe('inkassovarsel');
  });

  it('is the last: what comes next is to hand the claim over', () => {
    const history = [sent('overdragelsesvarsel', '2027-01-04', '2027-01-18')];
    const story = new Story({ due: '2026-12-14', history }, { policy: POLICIES.fast, rates });
    expect(story.next('2027-02-01')).toMatchObject({ status: 'legal', step: null, earliest: null });
    expect(story.next('2027-02-01').why).toMatchObject({ rule: 'G1', until: '2027-01-24' }); // three bank days, and three more in this ladder
  });

  it('names its paragraph', () => {
    const fee = feeFor('purring', costFacts('2026-12-01'), day('2027-02-01'), rates);
    expect(fee).toMatchObject({ kind: 'none', refusal: { rule: 'G1' } });
    expect(fee.kind === 'none' && fee.refusal.hjemmel).toBe('inkassoloven av 2026 §§ 20 og 21');
  });

  it.each([
    ['paaminnelse', 'paaminnelse'],
    ['purring', 'purring'],
    ['rentenota', 'rentenota'],
    ['inkassovarsel', 'overdragelsesvarsel'],
    ['betalingsoppfordring', 'overdragelsesvarsel'],
    ['overdragelsesvarsel', 'overdragelsesvarsel'],
  ] as const)('%s becomes %s', (step, becomes) => {
    expect(letterUnderRegime(step, '2026', [])).toBe(becomes);
    expect(letterUnderRegime(step, '1988', [])).toBe(step);
  });

  it('announces the hand-over once', () => {
    const letters = [sent('overdragelsesvarsel', '2027-01-04')];
    expect(letterUnderRegime('inkassovarsel', '2026', letters)).toBeNull();
    expect(letterUnderRegime('betalingsoppfordring', '2026', letters)).toBeNull();
  });

  it('walks standard: a free purring, the announcement, and then it is for others', () => {
    const story = new Story({ due: '2026-12-07', amountOre: kr(10_000) }, { rates });
    const plans = story.sendDaily('2027-01-04', '2027-04-30');
    expect(plans.map((plan) => [plan.step, plan.regime, plan.feeOre, plan.costsOre])).toEqual([
      ['purring', '2026', 0, 0],
      ['overdragelsesvarsel', '2026', 0, 0],
    ]);
    expect(story.decide('2027-04-30')).toMatchObject({ kind: 'held', refusal: { rule: 'G1' } });
  });

  it('keeps the fees of letters sent before', () => {
    const history = [sent('purring', '2026-12-21', '2027-01-04', 38)];
    const story = new Story({ due: '2026-12-07', amountOre: kr(10_000), history }, { rates });
    expect(story.send('2027-01-07')).toMatchObject({
      step: 'overdragelsesvarsel',
      feeOre: 0,
      costsOre: kr(38),
    });
  });

  it('goes on to the announcement after an inkassovarsel under the old Act', () => {
    const history = [sent('inkassovarsel', '2026-12-11', '2026-12-28', 38)];
    const story = new Story({ due: '2026-11-02', history }, { rates });
    expect(story.send('2027-01-07')).toMatchObject({ step: 'overdragelsesvarsel', feeOre: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import { BrokenHistory, apply, evolve } from '../../src/case/history.js';
import { refuseBackdating } from '../../src/case/decide.js';
import { decideCredit } from '../../src/case/life.js';
import type { LetterDecision, LetterPlan } from '../../src/case/letter-plan.js';
import { outlook } from '../../src/case/outlook.js';
import { POLICIES, type Policy } from '../../src/case/policy.js';
import { sum } from '../../src/law/money.js';
import { day, kr, record, registration, sent, Story, type ClaimInput } from '../support/law.js';

type Row = readonly [
  step: string,
  date: string,
  deadline: string,
  fee: number,
  interest: number,
  total: number,
];

const row = (plan: LetterPlan): Row => [
  plan.step,
  plan.date,
  plan.deadline,
  plan.feeOre,
  plan.interestOre,
  plan.totalOre,
];

const why = (decision: LetterDecision): string =>
  decision.kind === 'held' ? decision.refusal.rule : decision.kind;

const CONSUMER: ClaimInput = { due: '2026-08-03', amountOre: kr(12_500) };
const BUSINESS: ClaimInput = { due: '2026-08-03', amountOre: kr(4321, 50), debtorType: 'business' };

describe('standard: two claims due 2026-08-03, first run 2026-08-20', () => {
  // 17 days, 36 days and 53 days at 12,25 %. The deadline of 3 September is a Thursday: three bank days end on Tuesday
  // the 8th; that of the 22nd is a Tuesday: Friday the 25th.
  it.each<{ name: string; claim: ClaimInput; rows: Row[] }>([
    {
      name: '12 500,00 from a consumer',
      claim: CONSUMER,
      rows: [
        ['purring', '2026-08-20', '2026-09-03', kr(38), kr(71, 32), kr(12_609, 32)],
        ['inkassovarsel', '2026-09-08', '2026-09-22', kr(38), kr(151, 3), kr(12_727, 3)],
        ['betalingsoppfordring', '2026-09-25', '2026-10-09', kr(113), kr(222, 35), kr(12_911, 35)],
      ],
    },
    {
      name: '4 321,50 from a business',
      claim: BUSINESS,
      rows: [
        ['purring', '2026-08-20', '2026-09-03', kr(38), kr(24, 66), kr(4384, 16)],
        ['inkassovarsel', '2026-09-08', '2026-09-22', kr(38), kr(52, 21), kr(4449, 71)],
        ['betalingsoppfordring', '2026-09-25', '2026-10-09', kr(113), kr(76, 87), kr(4587, 37)],
      ],
    },
    {
      name: '4 321,50 from a business, with compensation: the fees are less, so they are not claimed',
      claim: { ...BUSINESS, charge: 'compensation' },
      rows: [
        ['purring', '2026-08-20', '2026-09-03', 0, kr(24, 66), kr(4776, 16)],
        ['inkassovarsel', '2026-09-08', '2026-09-22', 0, kr(52, 21), kr(4803, 71)],
        ['betalingsoppfordring', '2026-09-25', '2026-10-09', 0, kr(76, 87), kr(4828, 37)],
      ],
    },
  ])('$name', ({ claim, rows }) => {
    const story = new Story(claim);
    expect(story.sendDaily('2026-08-20', '2026-11-30').map(row)).toEqual(rows);
    expect(story.plans.every((plan) => plan.principalOre === claim.amountOre)).toBe(true);
    expect(why(story.decide('2026-12-01'))).toBe('L3');
  });

  it('makes each letter the sum of its parts, with its grounds', () => {
    const story = new Story(CONSUMER);
    for (const plan of story.sendDaily('2026-08-20', '2026-11-30')) {
      expect(plan.principalOre + plan.interestOre + plan.costsOre).toBe(plan.totalOre);
      expect(sum(plan.interestLines.map((line) => line.amountOre))).toBe(plan.interestOre);
      expect(sum(plan.costLines.map((line) => line.amountOre))).toBe(plan.costsOre);
      expect(plan.reasons.length).toBeGreaterThanOrEqual(3);
      for (const reason of plan.reasons) expect(reason.hjemmel).not.toBe('');
    }
  });

  it('shows interest claimed to a day as a state: the later figure replaces the earlier (I6)', () => {
    const [purring, varsel] = new Story(CONSUMER).sendDaily('2026-08-20', '2026-09-30');
    expect(purring?.interestOre).toBe(kr(71, 32));
    expect(varsel?.interestOre).toBe(kr(151, 3));
  });
});

describe('the ladders, run every day from the due date', () => {
  it('standard', () => {
    expect(new Story(CONSUMER).sendDaily('2026-08-03', '2026-11-30').map((p) => row(p).slice(0, 4))).toEqual([
      ['purring', '2026-08-17', '2026-08-31', kr(38)], // day 14
      ['inkassovarsel', '2026-09-03', '2026-09-17', kr(38)],
      ['betalingsoppfordring', '2026-09-22', '2026-10-06', kr(113)],
    ]);
  });

  it('mild: no fee in the påminnelse and the varsel, no interest in the first two', () => {
    const plans = new Story(CONSUMER, { policy: POLICIES.mild }).sendDaily('2026-08-03', '2026-12-31');
    expect(plans.map(row)).toEqual([
      ['paaminnelse', '2026-08-08', '2026-08-24', 0, 0, kr(12_500)],
      ['purring', '2026-08-27', '2026-09-10', kr(38), 0, kr(12_538)],
      ['rentenota', '2026-09-15', '2026-09-29', kr(38), kr(180, 39), kr(12_756, 39)],
      ['inkassovarsel', '2026-10-02', '2026-10-16', 0, kr(251, 71), kr(12_827, 71)],
      ['betalingsoppfordring', '2026-10-21', '2026-11-04', kr(113), kr(331, 42), kr(13_020, 42)],
    ]);
    for (const plan of plans.slice(0, 2)) expect(plan.interestLines).toEqual([]);
  });

  it('fast: inkassovarsel on day 3 without a fee, then the betalingsoppfordring', () => {
    const plans = new Story(CONSUMER, { policy: POLICIES.fast }).sendDaily('2026-08-03', '2026-12-31');
    expect(plans.map(row)).toEqual([
      ['inkassovarsel', '2026-08-06', '2026-08-20', 0, kr(12, 59), kr(12_512, 59)],
      ['betalingsoppfordring', '2026-08-25', '2026-09-08', kr(113), kr(92, 29), kr(12_705, 29)],
    ]);
  });

  it('a longer deadline and grace of the creditor move what follows', () => {
    const terms = { deadlineDays: 21, graceDays: 5 };
    const plans = new Story(CONSUMER, { terms }).sendDaily('2026-08-03', '2026-12-31');
    expect(plans.map((plan) => [plan.date, plan.deadline])).toEqual([
      ['2026-08-17', '2026-09-07'],
      ['2026-09-14', '2026-10-05'],
      ['2026-10-12', '2026-11-02'],
    ]);
  });

  it('two rungs of the same kind are two rungs: each keeps its own choice of fee', () => {
    const policy: Policy = {
      name: 'two-purringer',
      steps: [
        { step: 'purring', wait: 5, fee: false, interest: false },
        { step: 'purring', wait: 0, fee: true, interest: true },
      ],
    };
    const plans = new Story(CONSUMER, { policy }).sendDaily('2026-08-03', '2026-12-31');
    expect(plans.map((plan) => [plan.feeOre, plan.interestOre > 0])).toEqual([
      [0, false],
      [kr(38), true],
    ]);
    const reversed: Policy = {
      name: 'reversed',
      steps: [...policy.steps].reverse().map((s) => ({ ...s, wait: 14 })),
    };
    const other = new Story(CONSUMER, { policy: reversed }).sendDaily('2026-08-03', '2026-12-31');
    expect(other.map((plan) => plan.feeOre)).toEqual([kr(38), 0]);
  });

  it.each([
    ['purring', '2026-08-24', '2026-09-07', 'inkassovarsel', '2026-09-10', 38],
    ['inkassovarsel', '2026-08-24', '2026-09-07', 'betalingsoppfordring', '2026-09-10', 113],
  ] as const)('goes on from a %s sent before registration', (step, sentOn, deadline, next, date, kroner) => {
    const history = [sent(step, sentOn, deadline, 38)];
    const story = new Story({ ...CONSUMER, history, registeredOn: '2026-09-01' });
    const [first] = story.sendDaily('2026-09-01', '2026-09-30');
    expect(first).toMatchObject({ step: next, date, feeOre: kr(kroner), costsOre: kr(38 + kroner) });
  });
});

describe('a day gives one step, and the same day gives it once', () => {
  it('a first run two months late catches up one step at a time', () => {
    const story = new Story(CONSUMER);
    expect(story.send('2026-10-01')).toMatchObject({ step: 'purring', deadline: '2026-10-15' });
    expect(why(story.decide('2026-10-01'))).toBe('L1');
    expect(story.send('2026-10-19')).toBeNull();
    expect(story.send('2026-10-20')).toMatchObject({ step: 'inkassovarsel' });
  });

  it('a letter that is made and not confirmed holds everything back', () => {
    const story = new Story(CONSUMER);
    expect(story.run('2026-08-20').kind).toBe('letter');
    for (const today of ['2026-08-20', '2026-09-08', '2026-12-01']) {
      expect(story.decide(today)).toMatchObject({ kind: 'held' });
    }
  });

  it('a letter that is withdrawn leaves no trace: no fee, no deadline', () => {
    const story = new Story(CONSUMER);
    story.run('2026-08-20');
    expect(story.withdraw('2026-08-24')).toBeNull();
    const again = story.send('2026-08-24');
    expect(again).toMatchObject({
      step: 'purring',
      feeOre: kr(38),
      costsOre: kr(38),
      deadline: '2026-09-07',
    });
    expect(story.send('2026-09-10')).toMatchObject({ step: 'inkassovarsel', costsOre: kr(76) });
  });

  it('counts from the day it was sent, not the day it was made', () => {
    const terms = { deadlineDays: 21 };
    const story = new Story(CONSUMER, { terms });
    expect(story.run('2026-08-20')).toMatchObject({ plan: { deadline: '2026-09-10' } });
    expect(story.confirm('2026-08-27')).toBeNull(); // fourteen days before the deadline
    expect(story.case.letters[0]).toMatchObject({ date: '2026-08-20', sentOn: '2026-08-27', state: 'sent' });
    expect(story.decide('2026-09-14').kind).toBe('held');
    expect(story.decide('2026-09-15')).toMatchObject({ kind: 'letter', plan: { feeOre: kr(38) } });
  });
});

describe('confirming and withdrawing', () => {
  const made = (): Story => {
    const story = new Story(CONSUMER);
    story.run('2026-08-20');
    return story;
  };

  it.each([
    ['2026-08-19', 'D2'], // before it was made
    ['2026-08-20', null],
    ['2026-08-21', 'D2'], // thirteen days to the deadline
  ])('sent %s: %s', (sentOn, expected) => {
    expect(made().confirm(sentOn, '2026-08-25')).toBe(expected);
  });

  it('is done once', () => {
    const story = made();
    expect(story.confirm('2026-08-20')).toBeNull();
    expect(story.confirm('2026-08-20')).toBe('L7');
    expect(story.withdraw('2026-08-20')).toBe('L7');
  });

  it('is not done with a letter that is withdrawn', () => {
    const story = made();
    expect(story.withdraw('2026-08-20')).toBeNull();
    expect(story.withdraw('2026-08-20')).toBe('L7');
    expect(story.confirm('2026-08-20')).toBe('L7');
  });

  it.each([
    ['post', null, null],
    ['registered', null, null],
    ['email', null, 'L9'],
    ['digital', null, 'L9'],
    ['email', 'svarte på fakturaen fra adressen', null],
    ['digital', 'digital postkasse', null],
  ] as const)('L9: by %s, with «%s» on record: %s', (channel, basis, expected) => {
    expect(made().confirm('2026-08-20', '2026-08-20', channel, basis)).toBe(expected);
  });
});

describe('S8: nothing open, no letter', () => {
  it.each<{ name: string; pay: (story: Story) => void }>([
    { name: 'paid before the first letter', pay: (story) => story.pay(kr(12_500), '2026-08-03') },
    { name: 'paid before the due date', pay: (story) => story.pay(kr(12_500), '2026-07-20') },
    { name: 'paid too much', pay: (story) => story.pay(kr(13_000), '2026-08-17') },
    {
      name: 'paid in parts',
      pay: (story) => {
        story.pay(kr(6000), '2026-08-01');
        story.pay(kr(6500), '2026-08-03');
      },
    },
  ])('$name', ({ pay }) => {
    const story = new Story({ ...CONSUMER, registeredOn: '2026-07-01' });
    pay(story);
    for (const today of ['2026-08-20', '2026-12-31']) expect(why(story.decide(today))).toBe('S8');
    expect(outlook(story.judgement, day('2026-08-20')).status).toBe('paid');
  });

  it('what is credited in full is not demanded, nor its interest', () => {
    const story = new Story(CONSUMER);
    story.send('2026-08-20');
    const credit = { amountOre: kr(12_500), noteNumber: 'K-1', date: day('2026-08-24') };
    const decided = decideCredit(story.judgement, credit, day('2026-08-24'));
    if (!decided.ok) throw new Error(decided.refusal.text);
    story.case = record(story.case, day('2026-08-24'), decided.events);
    expect(story.decide('2026-09-30').kind).toBe('held');
  });

  it('a payment takes back the letter that was made before it', () => {
    const story = new Story(CONSUMER);
    story.run('2026-08-20');
    story.pay(kr(5000), '2026-08-20');
    expect(story.case.letters[0]?.state).toBe('withdrawn');
    expect(story.confirm('2026-08-20')).toBe('L7');
    expect(story.run('2026-08-20')).toMatchObject({ kind: 'letter', plan: { principalOre: kr(7571, 32) } });
  });

  it('a payment dated before a letter that is sent is counted before it', () => {
    const story = new Story(CONSUMER);
    story.send('2026-08-20');
    story.pay(kr(12_500), '2026-08-10', null, '2026-08-24'); // principal paid; seven days of interest are left
    const claim = story.decide('2026-09-30');
    expect(why(claim)).toBe('P5');
  });
});

describe('P5: the principal is paid and interest or fees are open', () => {
  const paid = (terms = {}): Story => {
    const story = new Story(CONSUMER, { terms });
    story.send('2026-08-20');
    story.pay(kr(12_500), '2026-08-27'); // exactly the invoice amount
    return story;
  };

  it('by default no letter goes by itself', () => {
    for (const today of ['2026-08-27', '2026-09-08', '2026-12-31'])
      expect(why(paid().decide(today))).toBe('P5');
  });

  it('rentenota: one, without a fee, after which nothing more', () => {
    const story = paid({ afterPrincipal: 'rentenota' });
    const plans = story.sendDaily('2026-08-27', '2026-12-31');
    expect(plans.map((plan) => [plan.step, plan.feeOre, plan.lawfulFeeOre, plan.principalOre])).toEqual([
      ['rentenota', 0, 0, 0],
    ]);
    expect(plans[0]?.interestOre).toBe(kr(100, 68)); // 24 days, however late the letter
  });

  it('rentenota: the one that waits to be confirmed is not made again', () => {
    const story = paid({ afterPrincipal: 'rentenota' });
    const first = ['2026-09-08', '2026-09-09', '2026-09-10'].map((today) => story.run(today).kind);
    expect(first).toEqual(['letter', 'held', 'held']);
    expect(story.case.letters.filter((letter) => letter.state === 'generated')).toHaveLength(1);
  });

  it('waive: below the threshold it is given up', () => {
    const small = paid({ afterPrincipal: 'waive', waiveUpToOre: kr(138, 68) }); // 100,68 + 38
    expect(outlook(small.judgement, day('2026-08-27')).status).toBe('paid');
    const large = paid({ afterPrincipal: 'waive', waiveUpToOre: kr(138, 67) });
    expect(outlook(large.judgement, day('2026-08-27')).status).toBe('open');
    expect(why(large.decide('2026-12-31'))).toBe('P5');
  });
});

describe('old claims', () => {
  it.each([
    ['2026-11-01', 'letter'], // 90 days past due
    ['2026-11-02', 'held'],
  ])('a first letter on %s: %s, unless the user asks for it', (today, expected) => {
    expect(new Story(CONSUMER).decide(today).kind).toBe(expected);
    expect(new Story(CONSUMER).decide(today, true).kind).toBe('letter');
  });

  it('go on by themselves once a letter is sent', () => {
    const story = new Story({ ...CONSUMER, history: [sent('purring', '2026-08-20', '2026-09-03', 38)] });
    expect(why(story.decide('2026-12-31'))).toBe('letter');
  });
});

describe('G3, I7: a missing figure stops the letter that needs it', () => {
  it('says which', () => {
    const decision = new Story({ due: '2026-12-07' }).decide('2027-01-04');
    expect(decision).toMatchObject({ kind: 'blocked', fault: { table: 'regime', rule: 'G2' } });
  });

  it('and not the others', () => {
    expect(why(new Story({ due: '2026-12-07' }).decide('2026-12-31'))).toBe('letter');
  });

  it('and not a letter without interest because something was credited in the new year', () => {
    const story = new Story({ due: '2026-12-28', amountOre: kr(1000) }, { policy: POLICIES.mild });
    const credit = { amountOre: kr(100), noteNumber: null, date: day('2027-01-04') };
    const decided = decideCredit(story.judgement, credit, day('2027-01-04'));
    if (!decided.ok) throw new Error(decided.refusal.text);
    story.case = record(story.case, day('2027-01-04'), decided.events);
    expect(story.decide('2027-01-05')).toMatchObject({
      kind: 'letter',
      plan: { step: 'paaminnelse', principalOre: kr(900), interestOre: 0, totalOre: kr(900) },
    });
  });

  it('is no fault of a claim that is paid', () => {
    const story = new Story({ due: '2026-12-07', amountOre: kr(1000) });
    story.pay(kr(1000), '2026-12-07');
    expect(why(story.decide('2027-06-01'))).toBe('S8');
  });
});

describe('a history', () => {
  const first = registration(CONSUMER);

  it('begins with a registration', () => {
    expect(() => evolve(1, [])).toThrow(BrokenHistory);
    const letter = { type: 'letterSent' as const, letter: 1, channel: 'post' as const };
    const at = { version: 1, happenedOn: day('2026-08-20'), recordedOn: day('2026-08-20') };
    expect(() => evolve(1, [{ ...letter, ...at }])).toThrow(BrokenHistory);
  });

  it('has no gaps and no second registration', () => {
    const c = evolve(1, [first]);
    const at = { happenedOn: day('2026-08-20'), recordedOn: day('2026-08-20') };
    const payment = {
      type: 'paymentReceived' as const,
      amountOre: 1,
      purpose: null,
      order: ['costs', 'interest', 'principal'] as const,
      reference: null,
    };
    expect(() => apply(c, { ...payment, ...at, version: 3 })).toThrow(BrokenHistory);
    expect(() => apply(c, { ...payment, ...at, version: 1 })).toThrow(BrokenHistory);
    expect(() => apply(c, { ...first, version: 2 })).toThrow(BrokenHistory);
    const unknown = { type: 'letterSent' as const, letter: 7, channel: 'post' as const };
    expect(() => apply(c, { ...unknown, ...at, version: 2 })).toThrow(BrokenHistory);
    expect(apply(c, { ...payment, ...at, version: 2 }).version).toBe(2);
  });

  it('D1: takes nothing on a day before what is recorded', () => {
    const story = new Story(CONSUMER);
    story.send('2026-08-20');
    expect(refuseBackdating(story.case, day('2026-08-19'))).toMatchObject({
      rule: 'D1',
      until: '2026-08-20',
    });
    expect(refuseBackdating(story.case, day('2026-08-20'))).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimOn, type Claim } from '../../src/case/claim.js';
import type { Part } from '../../src/case/events.js';
import { decideRefund } from '../../src/case/life.js';
import type { Terms } from '../../src/case/judgement.js';
import { day, kr, RATES, record, sent, Story, type ClaimInput } from '../support/law.js';

// 10 000,00 due Thursday 2026-01-15; purring and inkassovarsel with 38 kr each. On 2 March 46 days at 12,00 %: 151,23.
const CLAIM: ClaimInput = {
  due: '2026-01-15',
  amountOre: kr(10_000),
  history: [
    sent('purring', '2026-02-02', '2026-02-16', 38),
    sent('inkassovarsel', '2026-02-20', '2026-03-06', 38),
  ],
};
const INTEREST = kr(151, 23);
const COSTS = kr(76);
const PAID_ON = '2026-03-02';

const ORDERS: Readonly<Record<string, readonly Part[]>> = {
  'costs, interest, principal': ['costs', 'interest', 'principal'],
  'interest, costs, principal': ['interest', 'costs', 'principal'],
  'principal, interest, costs': ['principal', 'interest', 'costs'],
  'principal, costs, interest': ['principal', 'costs', 'interest'],
};

function story(terms: Partial<Terms> = {}, claim: ClaimInput = CLAIM): Story {
  return new Story({ registeredOn: '2026-01-02', ...claim }, { terms });
}

function on(s: Story, date: string): Claim {
  const { case: c, terms, rates } = s.judgement;
  return claimOn(c, day(date), terms, rates);
}

/** Where one payment went: [costs, interest, principal, til gode]. */
function went(s: Story, date = PAID_ON): (readonly [number, number, number, number])[] {
  return on(s, date).allocations.map((a) => [a.costsOre, a.interestOre, a.principalOre, a.creditOre]);
}

describe('the claim before any payment', () => {
  it('is principal, interest and costs, each for itself', () => {
    const claim = on(story(), PAID_ON);
    expect(claim).toMatchObject({
      asOf: PAID_ON,
      principalOre: kr(10_000),
      interestOre: INTEREST,
      costsOre: COSTS,
      openOre: kr(10_227, 23),
      paidOre: 0,
      creditOre: 0,
      allocations: [],
    });
    expect(claim.costLines.map((line) => [line.kind, line.step, line.on, line.amountOre])).toEqual([
      ['fee', 'purring', '2026-02-02', kr(38)],
      ['fee', 'inkassovarsel', '2026-02-20', kr(38)],
    ]);
    for (const line of claim.costLines) expect(line.hjemmel).toContain('inkassoforskriften § 1-2');
  });

  it.each([
    ['2026-02-01', 0],
    ['2026-02-02', 38],
    ['2026-02-19', 38],
    ['2026-02-20', 76],
  ])('on %s has costs of %d kr: a fee joins on the day its letter is sent', (date, kroner) => {
    expect(on(story(), date).costsOre).toBe(kr(kroner));
  });

  it('is the invoice amount, and no more, until it is due', () => {
    expect(on(story({}, { ...CLAIM, history: [] }), '2026-01-15').openOre).toBe(kr(10_000));
  });
});

describe('P1: a payment is used in the order the creditor has chosen', () => {
  it.each<[string, number, readonly [number, number, number, number]]>([
    ['costs, interest, principal', kr(50), [kr(50), 0, 0, 0]],
    ['costs, interest, principal', kr(100), [COSTS, kr(24), 0, 0]],
    ['costs, interest, principal', kr(1000), [COSTS, INTEREST, kr(772, 77), 0]],
    ['costs, interest, principal', kr(10_227, 23), [COSTS, INTEREST, kr(10_000), 0]],
    ['interest, costs, principal', kr(100), [0, kr(100), 0, 0]],
    ['interest, costs, principal', kr(200), [kr(48, 77), INTEREST, 0, 0]],
    ['interest, costs, principal', kr(1000), [COSTS, INTEREST, kr(772, 77), 0]],
    ['principal, interest, costs', kr(1000), [0, 0, kr(1000), 0]],
    ['principal, interest, costs', kr(10_150), [0, kr(150), kr(10_000), 0]],
    ['principal, interest, costs', kr(10_200), [kr(48, 77), INTEREST, kr(10_000), 0]],
    ['principal, costs, interest', kr(1000), [0, 0, kr(1000), 0]],
    ['principal, costs, interest', kr(10_050), [kr(50), 0, kr(10_000), 0]],
    ['principal, costs, interest', kr(10_150), [COSTS, kr(74), kr(10_000), 0]],
  ])('%s: %d øre', (order, amountOre, expected) => {
    const s = story({ paymentOrder: ORDERS[order] ?? [] });
    s.pay(amountOre, PAID_ON);
    expect(went(s)).toEqual([expected]);
    expect(on(s, PAID_ON).allocations[0]?.order).toEqual(ORDERS[order]);
  });

  it('is divided by the order that held when it was registered, also after the creditor has chosen another', () => {
    const s = story({ paymentOrder: ORDERS['principal, costs, interest'] ?? [] });
    s.pay(kr(1000), PAID_ON);
    const { case: c, terms } = s.judgement;
    const now = { ...terms, paymentOrder: ORDERS['costs, interest, principal'] ?? [] };
    expect(claimOn(c, day(PAID_ON), now, RATES).allocations[0]).toMatchObject({ principalOre: kr(1000) });
  });
});

describe('P1: what the debtor says it is for wins', () => {
  it.each<[Part, string, number, readonly [number, number, number, number]]>([
    ['principal', 'costs, interest, principal', kr(100), [0, 0, kr(100), 0]],
    ['interest', 'costs, interest, principal', kr(100), [0, kr(100), 0, 0]],
    ['costs', 'principal, interest, costs', kr(50), [kr(50), 0, 0, 0]],
    ['interest', 'principal, costs, interest', kr(100), [0, kr(100), 0, 0]],
    ['principal', 'interest, costs, principal', kr(10_100), [0, kr(100), kr(10_000), 0]],
    // More than there is of it: the rest goes in the creditor's order.
    ['costs', 'principal, interest, costs', kr(100), [COSTS, 0, kr(24), 0]],
    ['interest', 'costs, interest, principal', kr(200), [kr(48, 77), INTEREST, 0, 0]],
    ['interest', 'principal, costs, interest', kr(200), [0, INTEREST, kr(48, 77), 0]],
  ])('for %s, order %s: %d øre', (purpose, order, amountOre, expected) => {
    const s = story({ paymentOrder: ORDERS[order] ?? [] });
    s.pay(amountOre, PAID_ON, purpose);
    expect(went(s)).toEqual([expected]);
    expect(on(s, PAID_ON).allocations[0]?.order[0]).toBe(purpose);
  });
});

describe('P1: a payment of exactly the invoice amount counts as meant for the principal', () => {
  it.each([
    [kr(10_000) - 1, [COSTS, INTEREST, kr(9772, 76), 0]],
    [kr(10_000), [0, 0, kr(10_000), 0]],
    [kr(10_000) + 1, [COSTS, INTEREST, kr(9772, 78), 0]],
  ])('%d øre of 1 000 000', (amountOre, expected) => {
    const s = story();
    s.pay(amountOre, PAID_ON);
    expect(went(s)).toEqual([expected]);
  });

  it('leaves interest and costs open, and lets the interest run no further', () => {
    const s = story();
    s.pay(kr(10_000), PAID_ON);
    const open = { principalOre: 0, interestOre: INTEREST, costsOre: COSTS, openOre: kr(227, 23) };
    expect(on(s, PAID_ON)).toMatchObject(open);
    expect(on(s, '2026-12-31')).toMatchObject(open);
  });

  it('can be switched off', () => {
    const s = story({ exactAmountIsPrincipal: false });
    s.pay(kr(10_000), PAID_ON);
    expect(went(s)).toEqual([[COSTS, INTEREST, kr(9772, 77), 0]]);
  });

  it('gives way to what the debtor says', () => {
    const s = story();
    s.pay(kr(10_000), PAID_ON, 'costs');
    expect(went(s)).toEqual([[COSTS, INTEREST, kr(9772, 77), 0]]);
  });

  it('means the invoice amount, not what is left of it', () => {
    const s = story();
    s.pay(kr(4000), '2026-02-24', 'principal');
    s.pay(kr(6000), PAID_ON);
    const [, second] = on(s, PAID_ON).allocations;
    expect(second).toMatchObject({ costsOre: COSTS });
    expect(second?.principalOre).toBeLessThan(kr(6000));
  });

  it('holds for a second payment of the amount too: what is left of it goes in the usual order', () => {
    const s = story();
    s.pay(kr(4000), PAID_ON, 'principal');
    s.pay(kr(10_000), PAID_ON);
    expect(went(s)).toEqual([
      [0, 0, kr(4000), 0],
      [COSTS, INTEREST, kr(6000), kr(3772, 77)],
    ]);
  });
});

describe('P2: interest on the reduced principal from the payment day', () => {
  it.each<[string, string, number]>([
    ['costs, interest, principal', '2026-06-30', kr(364, 3)], // 9 227,23 for 120 days; the first line is paid
    ['principal, interest, costs', '2026-06-30', kr(506, 30)], // 151,23 + 9 000,00 for 120 days
  ])('after 1 000 kr in the order %s, on %s: %d øre', (order, date, interestOre) => {
    const s = story({ paymentOrder: ORDERS[order] ?? [] });
    s.pay(kr(1000), PAID_ON);
    expect(on(s, date).interestOre).toBe(interestOre);
    expect(on(s, date).interestLines.map((line) => [line.from, line.to])).toEqual([
      ['2026-01-16', '2026-03-02'],
      ['2026-03-03', '2026-06-30'],
    ]);
  });

  it('starts no new line when a payment leaves the principal alone', () => {
    const s = story();
    s.pay(kr(100), PAID_ON, 'interest');
    const claim = on(s, '2026-12-01');
    expect(claim.interestLines).toHaveLength(2); // the change of rate on 1 July
    expect(claim.interestOre).toBe(kr(1062, 60) - kr(100));
  });

  it.each([
    ['before the due date', '2026-01-05', [['2026-01-16', kr(6000), kr(90, 74)]]],
    ['on the due date', '2026-01-15', [['2026-01-16', kr(6000), kr(90, 74)]]],
    [
      'the day after',
      '2026-01-16',
      [
        ['2026-01-16', kr(10_000), kr(3, 29)],
        ['2026-01-17', kr(6000), kr(88, 77)],
      ],
    ],
  ])('4 000 kr paid %s', (_, date, expected) => {
    const s = story({ paymentOrder: ORDERS['principal, costs, interest'] ?? [] });
    s.pay(kr(4000), date);
    const lines = on(s, PAID_ON).interestLines;
    expect(lines.map((line) => [line.from, line.baseOre, line.amountOre])).toEqual(expected);
  });

  it('makes one change of two payments on a day', () => {
    const s = story();
    s.pay(kr(4000), PAID_ON, 'principal');
    s.pay(kr(1000), PAID_ON, 'principal');
    const claim = on(s, '2026-06-30');
    expect(claim.interestLines.map((line) => line.baseOre)).toEqual([kr(10_000), kr(5000)]);
    expect(claim.interestOre).toBe(kr(348, 49));
  });

  it('counts the other way when the creditor has chosen so (I9)', () => {
    const s = story({ interestCount: 'dueDay' });
    s.pay(kr(4000), '2026-01-16', 'principal');
    expect(on(s, PAID_ON).interestLines.map((line) => [line.from, line.to, line.baseOre])).toEqual([
      ['2026-01-15', '2026-01-15', kr(10_000)],
      ['2026-01-16', '2026-03-01', kr(6000)],
    ]);
  });
});

describe('P3: what is paid too much is shown and never lost', () => {
  it.each([
    [kr(10_227, 23), 0],
    [kr(10_227, 24), 1],
    [kr(11_000), kr(772, 77)],
    [kr(25_000), kr(14_772, 77)],
  ])('%d øre leaves %d øre til gode', (amountOre, creditOre) => {
    const s = story();
    s.pay(amountOre, PAID_ON);
    expect(on(s, PAID_ON)).toMatchObject({ openOre: 0, creditOre, paidOre: amountOre });
    expect(on(s, '2026-12-31')).toMatchObject({ openOre: 0, creditOre });
  });

  it('is all of a payment on a claim that is paid', () => {
    const s = story();
    s.pay(kr(10_227, 23), PAID_ON);
    s.pay(kr(500), '2026-03-09');
    expect(went(s, '2026-03-09')[1]).toEqual([0, 0, 0, kr(500)]);
  });

  it('can be paid back, and no more than that', () => {
    const s = story();
    s.pay(kr(11_000), PAID_ON);
    const refund = (ore: number): ReturnType<typeof decideRefund> =>
      decideRefund(s.judgement, ore, day('2026-03-09'), day('2026-03-09'));
    expect(refund(kr(772, 78))).toMatchObject({ ok: false, refusal: { rule: 'P3' } });
    const decided = refund(kr(772, 77));
    if (!decided.ok) throw new Error(decided.refusal.text);
    s.case = record(s.case, day('2026-03-09'), decided.events);
    expect(on(s, '2026-03-09')).toMatchObject({ creditOre: 0, openOre: 0 });
  });

  it('adds up: every krone that came in is somewhere', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: kr(4000) }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(amounts, (ore) => {
        const s = story();
        ore.forEach((amount, index) => s.pay(amount, `2026-03-${String(2 + index).padStart(2, '0')}`));
        const claim = on(s, '2026-06-30');
        const parts = claim.allocations.map((a) => a.costsOre + a.interestOre + a.principalOre + a.creditOre);
        expect(parts).toEqual(claim.allocations.map((a) => a.amountOre));
        expect(claim.paidOre).toBe(ore.reduce((all, amount) => all + amount, 0));
      }),
      { numRuns: 200 },
    );
  });
});

describe('what happened first counts first, whatever was registered first', () => {
  const PAYMENTS = [
    [kr(2500), '2026-03-02'],
    [kr(500), '2026-04-15'],
    [kr(5000), '2026-07-01'],
    [kr(3000), '2026-08-17'],
  ] as const;
  const without = ({ allocations, ...claim }: Claim): unknown => [
    claim,
    allocations.map(({ version: _recordedAs, ...parts }) => parts),
  ];

  it('gives the same claim in every order of recording', () => {
    const inOrder = story();
    for (const [amount, date] of PAYMENTS) inOrder.pay(amount, date, null, '2026-09-01');
    const expected = without(on(inOrder, '2026-09-01'));
    fc.assert(
      fc.property(fc.shuffledSubarray([...PAYMENTS], { minLength: 4, maxLength: 4 }), (payments) => {
        const s = story();
        for (const [amount, date] of payments) s.pay(amount, date, null, '2026-09-01');
        expect(without(on(s, '2026-09-01'))).toEqual(expected);
      }),
      { numRuns: 24 },
    );
  });

  it('uses the payments of one day in the order they were registered', () => {
    const s = story();
    s.pay(kr(50), PAID_ON, 'costs');
    s.pay(kr(50), PAID_ON);
    expect(went(s)).toEqual([
      [kr(50), 0, 0, 0],
      [kr(26), kr(24), 0, 0],
    ]);
  });

  it('does not charge a letter that crossed the full payment', () => {
    const s = story({}, { ...CLAIM, history: [sent('purring', '2026-02-02', '2026-02-16', 38)] });
    s.pay(kr(10_000) + kr(59, 18), '2026-02-02', null, '2026-02-05'); // 18 days: 59,18
    // Sent the same day and registered before: charged, and paid first.
    expect(on(s, '2026-02-05')).toMatchObject({ costsOre: 0, principalOre: kr(38), openOre: kr(38, 4) });
    const earlier = story({}, { ...CLAIM, history: [sent('purring', '2026-02-03', '2026-02-17', 38)] });
    earlier.pay(kr(10_000) + kr(59, 18), '2026-02-02', null, '2026-02-05');
    expect(on(earlier, '2026-02-05')).toMatchObject({ costsOre: 0, costLines: [], openOre: 0 });
  });

  it('F8: does not charge a letter that crossed payment of the principal, whatever interest is left', () => {
    const crossed = { ...CLAIM, history: [sent('purring', '2026-02-03', '2026-02-17', 38)] };
    const s = story({}, crossed);
    s.pay(kr(10_000), '2026-02-02', 'principal', '2026-02-05');
    expect(on(s, '2026-02-05')).toMatchObject({ principalOre: 0, costsOre: 0, openOre: kr(59, 18) });
    const oneOreLeft = story({}, crossed);
    oneOreLeft.pay(kr(10_000) - 1, '2026-02-02', 'principal', '2026-02-05');
    expect(on(oneOreLeft, '2026-02-05')).toMatchObject({ principalOre: 1, costsOre: kr(38) });
  });

  it('keeps the past as it was: a payment in March changes nothing on a day in February', () => {
    const s = story();
    const before = on(s, '2026-02-25');
    s.pay(kr(5000), PAID_ON);
    expect(on(s, '2026-02-25')).toEqual(before);
  });
});

describe('P4: the bank date is the payment date', () => {
  it('cannot be in the future', () => {
    const s = story();
    expect(s.pay(kr(100), '2026-03-03', null, '2026-03-02')).toBe('P4');
    expect(s.pay(kr(100), '2026-03-02', null, '2026-03-02')).toBeNull();
  });
});

describe('F9: a payment against the compensation', () => {
  const business: ClaimInput = {
    due: '2026-01-15',
    amountOre: kr(10_000),
    debtorType: 'business',
    charge: 'compensation',
  };

  it('meets the costs like a fee would', () => {
    const s = story({}, business);
    s.pay(kr(500), PAID_ON);
    expect(went(s)).toEqual([[kr(460), kr(40), 0, 0]]);
  });

  it('before the due date there is none to meet', () => {
    const s = story({}, business);
    s.pay(kr(500), '2026-01-15');
    expect(went(s)).toEqual([[0, 0, kr(500), 0]]);
    expect(on(s, '2026-01-16').costsOre).toBe(kr(460));
  });
});

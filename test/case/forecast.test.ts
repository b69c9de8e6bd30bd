import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecast, legalSteps, type Forecast, type Supposition } from '../../src/case/forecast.js';
import type { LetterDecision, LetterPlan } from '../../src/case/letter-plan.js';
import { decideDispute, decideHold, decidePlan, decideResolve } from '../../src/case/life.js';
import type { Decided } from '../../src/case/decide.js';
import type { Part } from '../../src/case/events.js';
import type { Judgement } from '../../src/case/judgement.js';
import { outlook } from '../../src/case/outlook.js';
import { POLICIES } from '../../src/case/policy.js';
import { addDays, type LocalDate } from '../../src/law/dates.js';
import {
  day,
  kr,
  ratesOf2027,
  RATES,
  record,
  sent,
  Story,
  type ClaimInput,
  type JudgementInput,
} from '../support/law.js';

const CLAIM: ClaimInput = { due: '2026-08-03', amountOre: kr(10_000) };

function ahead(story: Story, today: string, until: string | null, ...supposed: Supposition[]): Forecast {
  return forecast(story.judgement, day(today), until === null ? null : day(until), supposed);
}

/** Day and letter, in short. */
const named = ({ date, step }: LetterPlan): string => `${date} ${step}`;

const pay = (on: string, amountOre: number): Supposition => ({ kind: 'pay', on: day(on), amountOre });
const dispute = (on: string): Supposition => ({ kind: 'dispute', on: day(on) });

// The daily run ------------------------------------------------------------------------------------------------

/** Every day from today through the last: what is supposed happens in the morning, then the run, sent at once. */
function everyDay(
  story: Story,
  today: LocalDate,
  through: LocalDate,
  supposed: readonly Supposition[],
): { letters: LetterPlan[]; last: LetterDecision } {
  const letters: LetterPlan[] = [];
  for (let date = today; ; date = addDays(date, 1)) {
    for (const one of supposed) {
      if (one.on !== date) continue;
      if (one.kind === 'pay') story.pay(one.amountOre, date);
      else
        happen(story, date, (j) =>
          decideDispute(j, { reason: 'antatt innsigelse', partOre: null, date }, date),
        );
    }
    const plan = story.send(date);
    if (plan !== null) letters.push(plan);
    if (date === through) return { letters, last: story.decide(date) };
  }
}

function happen(story: Story, today: LocalDate, decide: (j: Judgement) => Decided): boolean {
  const decided = decide(story.judgement);
  if (decided.ok) story.case = record(story.case, today, decided.events);
  return decided.ok;
}

/** What a letter says, without the numbers of letters that do not exist yet. */
function content({ claim: _claim, costLines, ...plan }: LetterPlan): object {
  return { ...plan, costLines: costLines.map(({ letter: _letter, ...line }) => line) };
}

// Random cases -------------------------------------------------------------------------------------------------

type Before =
  | { readonly kind: 'run' }
  | { readonly kind: 'pay'; readonly share: number; readonly purpose: Part | null }
  | { readonly kind: 'hold'; readonly days: number }
  | { readonly kind: 'plan'; readonly days: number; readonly share: number }
  | { readonly kind: 'dispute'; readonly outcome: 'withdrawn' | 'partly' };

const before: fc.Arbitrary<Before> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Before>({ kind: 'run' }) },
  fc.record({
    kind: fc.constant('pay' as const),
    share: fc.integer({ min: 1, max: 110 }),
    purpose: fc.constantFrom<Part | null>(null, 'principal'),
  }),
  fc.record({ kind: fc.constant('hold' as const), days: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    kind: fc.constant('plan' as const),
    days: fc.integer({ min: 0, max: 30 }),
    share: fc.integer({ min: 1, max: 50 }),
  }),
  fc.record({
    kind: fc.constant('dispute' as const),
    outcome: fc.constantFrom('withdrawn' as const, 'partly' as const),
  }),
);

const plot = fc.record({
  dueAfter: fc.integer({ min: 0, max: 900 }),
  amountOre: fc.integer({ min: 100, max: 5_000_000 }),
  compensation: fc.boolean(),
  policy: fc.constantFrom('standard' as const, 'mild' as const, 'fast' as const),
  regime: fc.constantFrom('1988' as const, '2026' as const),
  terms: fc.record({
    graceDays: fc.integer({ min: 0, max: 5 }),
    deadlineDays: fc.integer({ min: 14, max: 21 }),
    interestCount: fc.constantFrom('dayAfterDue' as const, 'dueDay' as const),
    afterPrincipal: fc.constantFrom('ask' as const, 'rentenota' as const),
  }),
  history: fc.boolean(),
  past: fc.array(fc.record({ after: fc.integer({ min: 0, max: 25 }), what: before }), { maxLength: 6 }),
  future: fc.array(
    fc.record({
      after: fc.integer({ min: 0, max: 90 }),
      share: fc.integer({ min: 1, max: 120 }),
      dispute: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  through: fc.integer({ min: 0, max: 80 }),
});

/** A case with a past, today, and what is supposed to come. */
function play(facts: typeof plot extends fc.Arbitrary<infer T> ? T : never): {
  make: () => Story;
  today: LocalDate;
  supposed: Supposition[];
  through: LocalDate;
} {
  const { amountOre, compensation, history, past, future } = facts;
  const due = addDays(day('2024-12-02'), facts.dueAfter);
  const claim: ClaimInput = {
    due,
    amountOre,
    debtorType: compensation ? 'business' : 'consumer',
    charge: compensation ? 'compensation' : 'fees',
    history: history ? [sent('purring', addDays(due, 20), addDays(due, 35), 38)] : [],
  };
  const input: JudgementInput = {
    policy: POLICIES[facts.policy],
    terms: facts.terms,
    rates: ratesOf2027(facts.regime),
  };
  let today = due;
  const make = (): Story => {
    const story = new Story(claim, input);
    today = due;
    for (const { after, what } of past) {
      today = addDays(today, after);
      perform(story, today, what);
    }
    return story;
  };
  make();
  const supposed = future.map(({ after, share, dispute }): Supposition => {
    const on = addDays(today, after);
    return dispute
      ? { kind: 'dispute', on }
      : { kind: 'pay', on, amountOre: Math.max(1, Math.floor((amountOre * share) / 100)) };
  });
  return { make, today, supposed, through: addDays(today, facts.through) };
}

function perform(story: Story, today: LocalDate, what: Before): void {
  const part = (share: number): number => Math.max(1, Math.floor((story.case.claim.amountOre * share) / 100));
  switch (what.kind) {
    case 'run':
      story.send(today);
      return;
    case 'pay':
      story.pay(part(what.share), today, what.purpose);
      return;
    case 'hold':
      happen(story, today, (j) => decideHold(j, addDays(today, what.days), 'x', today));
      return;
    case 'plan': {
      const first = { due: addDays(today, what.days), amountOre: part(what.share) };
      const second = { due: addDays(today, what.days + 30), amountOre: part(what.share) };
      happen(story, today, (j) => decidePlan(j, [first, second], today));
      return;
    }
    case 'dispute':
      happen(story, today, (j) => decideDispute(j, { reason: 'x', partOre: null, date: today }, today));
      happen(story, today, (j) =>
        decideResolve(j, { outcome: what.outcome, reason: 'x', reducedOre: 1 }, today),
      );
  }
}

describe('forecast is the daily run, told beforehand', () => {
  it('the same letters on the same days, to the øre and with the same grounds; and the same reason why no more', () => {
    let letters = 0;
    let ends = 0;
    fc.assert(
      fc.property(plot, (facts) => {
        const { make, today, supposed, through } = play(facts);
        const told = forecast(make().judgement, today, through, supposed);
        const story = make();
        const ran = everyDay(story, today, through, supposed);
        expect(told.letters.map(content)).toEqual(ran.letters.map(content));
        letters += told.letters.length;
        // Where a letter is refused for good, the forecast ends and leaves out what is supposed to happen later.
        if (told.case.version !== story.case.version) return;
        ends += 1;
        const { last } = ran;
        if (last.kind === 'held') {
          expect([told.end.rule, told.end.text]).toEqual([last.refusal.rule, last.refusal.text]);
        } else {
          expect(last).toMatchObject({ kind: 'blocked', fault: { rule: told.end.rule } });
        }
      }),
      { numRuns: 200 },
    );
    expect(letters).toBeGreaterThan(50);
    expect(ends).toBeGreaterThan(100);
  }, 120_000);

  it('changes nothing: the case is as it was', () => {
    const story = new Story(CLAIM);
    story.send('2026-08-17');
    const was = structuredClone(story.case);
    ahead(story, '2026-08-18', null, pay('2026-08-20', kr(100)), dispute('2026-09-30'));
    expect(story.case).toEqual(was);
  });

  it('is the same whatever the order in which things are supposed', () => {
    const story = new Story(CLAIM);
    const both = [pay('2026-08-20', kr(4_000)), dispute('2026-09-10')];
    const one = forecast(story.judgement, day('2026-08-10'), null, both);
    const other = forecast(story.judgement, day('2026-08-10'), null, [...both].reverse());
    expect(other).toEqual(one);
  });
});

describe('nothing happens: the whole ladder, each letter on its first day', () => {
  it.each([
    ['standard', ['2026-08-17 purring', '2026-09-03 inkassovarsel', '2026-09-22 betalingsoppfordring']],
    [
      'mild',
      [
        '2026-08-10 paaminnelse',
        '2026-08-27 purring',
        '2026-09-15 rentenota',
        '2026-10-02 inkassovarsel',
        '2026-10-21 betalingsoppfordring',
      ],
    ],
    ['fast', ['2026-08-06 inkassovarsel', '2026-08-25 betalingsoppfordring']],
  ] as const)('%s', (policy, expected) => {
    const story = new Story(CLAIM, { policy: POLICIES[policy] });
    // Monday 10 August is a week after the due date; before it the mild ladder would begin on Saturday the 8th.
    const today = policy === 'mild' ? '2026-08-10' : '2026-08-03';
    const { letters, end } = ahead(story, today, null);
    expect(letters.map(named)).toEqual(expected);
    expect(end.rule).toBe('L3');
  });

  it('ends with the day from which the legal steps may come', () => {
    const { end, case: after } = ahead(new Story(CLAIM), '2026-08-03', null);
    // The deadline of the betalingsoppfordring is 6 October; three working days later is the 9th.
    expect(end).toMatchObject({ rule: 'L3', until: '2026-10-09' });
    expect(after.letters).toHaveLength(3);
  });

  it('a letter that is late already comes today', () => {
    const { letters } = ahead(new Story(CLAIM), '2026-10-05', '2026-10-05');
    expect(letters.map(named)).toEqual(['2026-10-05 purring']);
  });
});

describe('--until', () => {
  it.each([
    ['2026-08-16', 0],
    ['2026-08-17', 1],
    ['2026-09-02', 1],
    ['2026-09-03', 2],
    ['2026-09-21', 2],
    ['2026-09-22', 3],
  ])('%s: %s letters', (until, count) => {
    const whole = ahead(new Story(CLAIM), '2026-08-03', null).letters.map(content);
    const { letters } = ahead(new Story(CLAIM), '2026-08-03', until);
    expect(letters.map(content)).toEqual(whole.slice(0, count));
  });

  it('says what comes after it, and when', () => {
    const { end } = ahead(new Story(CLAIM), '2026-08-03', '2026-09-02');
    expect(end.until).toBe('2026-09-03');
  });
});

describe('--if pay', () => {
  it('a part: the letters after it ask for the rest', () => {
    const { letters } = ahead(new Story(CLAIM), '2026-08-10', null, pay('2026-08-31', kr(4_000)));
    expect(letters.map(named)).toEqual([
      '2026-08-17 purring',
      '2026-09-03 inkassovarsel',
      '2026-09-22 betalingsoppfordring',
    ]);
    // 4 000 kr go to the fee of 38, the interest of 28 days, 93,97, and the principal.
    expect(letters.map((letter) => letter.principalOre)).toEqual([kr(10_000), kr(6_131, 97), kr(6_131, 97)]);
  });

  it('all of it, on the day the next letter would go: no letter', () => {
    const owed = ahead(new Story(CLAIM), '2026-08-10', '2026-09-03').letters[1];
    const open = (owed?.totalOre ?? 0) - (owed?.feeOre ?? 0);
    const { letters, end } = ahead(new Story(CLAIM), '2026-08-10', null, pay('2026-09-03', open));
    expect(letters.map(named)).toEqual(['2026-08-17 purring']);
    expect(end.rule).toBe('S8');
  });

  it('too much: it says what the debtor has to have back', () => {
    const { end } = ahead(new Story(CLAIM), '2026-08-03', null, pay('2026-08-03', kr(10_500)));
    expect(end).toMatchObject({ rule: 'S8', text: expect.stringContaining('500,00 kr til gode') });
  });

  it('what the latest letter demanded, in time: no more letters (P5)', () => {
    const demanded = ahead(new Story(CLAIM), '2026-08-10', '2026-08-17').letters[0]?.totalOre ?? 0;
    const { letters, end } = ahead(new Story(CLAIM), '2026-08-10', null, pay('2026-08-31', demanded));
    expect(letters.map(named)).toEqual(['2026-08-17 purring']);
    expect(end.rule).toBe('P5');
  });

  it('the principal, with a rentenota for the rest: that is the next letter (P5)', () => {
    const story = new Story(CLAIM, { terms: { afterPrincipal: 'rentenota' } });
    const { letters, end } = ahead(story, '2026-08-10', null, pay('2026-09-02', kr(10_000)));
    expect(letters.map(named)).toEqual(['2026-08-17 purring', '2026-09-07 rentenota']);
    expect(end.rule).toBe('P5');
  });

  it('a small rest that the creditor gives up: the claim is settled, as `pay` would settle it (P5)', () => {
    const story = new Story(CLAIM, { terms: { afterPrincipal: 'waive', waiveUpToOre: kr(500) } });
    const { letters, end } = ahead(story, '2026-08-10', null, pay('2026-08-31', kr(10_000)));
    expect(letters.map(named)).toEqual(['2026-08-17 purring']);
    expect(end.rule).toBe('S8');
  });

  it('in the past: what comes after it still comes today at the earliest', () => {
    const { letters } = ahead(new Story(CLAIM), '2026-10-05', '2026-10-05', pay('2026-08-10', kr(4_000)));
    expect(letters.map(named)).toEqual(['2026-10-05 purring']);
  });

  it('while a letter waits to be confirmed: the letter is taken back, as `pay` would take it back', () => {
    const story = new Story(CLAIM);
    story.run('2026-08-17');
    expect(ahead(story, '2026-08-18', null).end.rule).toBe('L1');
    const { letters } = ahead(story, '2026-08-18', '2026-09-01', pay('2026-08-20', kr(1_000)));
    expect(letters.map(named)).toEqual(['2026-08-20 purring']);
  });
});

describe('--if dispute', () => {
  it.each([
    ['2026-08-17', 0], // the morning of the letter
    ['2026-08-18', 1],
    ['2026-09-03', 1],
    ['2026-09-04', 2],
  ])('on %s: %s letters, and then S1', (on, count) => {
    const { letters, end } = ahead(new Story(CLAIM), '2026-08-10', null, dispute(on));
    expect(letters).toHaveLength(count);
    expect(end.rule).toBe('S1');
  });

  it('after a payment: both happen', () => {
    const supposed = [pay('2026-08-20', kr(4_000)), dispute('2026-09-10')];
    const { letters, end, case: after } = ahead(new Story(CLAIM), '2026-08-10', null, ...supposed);
    expect(letters.map(named)).toEqual(['2026-08-17 purring', '2026-09-03 inkassovarsel']);
    expect(letters[1]?.principalOre).toBeLessThan(kr(6_200));
    expect(end.rule).toBe('S1');
    expect(after.stops).toMatchObject([{ kind: 'disputed', on: '2026-09-10' }]);
  });
});

describe('where the forecast ends, and why', () => {
  const late: ClaimInput = { due: '2026-11-16', amountOre: kr(10_000) };

  it('G2: the letter of 2027 waits for the user to record which Act holds', () => {
    const { letters, end } = ahead(new Story(late), '2026-11-30', null);
    expect(letters.map(named)).toEqual(['2026-11-30 purring', '2026-12-17 inkassovarsel']);
    expect(end).toMatchObject({ rule: 'G2', until: '2027-01-06' });
    expect(end.text).toContain('inkasso rates regime 2027-01-01');
  });

  it('I7: with the Act recorded and the rate missing, the rate', () => {
    const story = new Story(late, { rates: ratesOf2027('1988') });
    const known = ahead(story, '2026-11-30', null);
    expect(known.letters.map(named)).toEqual([
      '2026-11-30 purring',
      '2026-12-17 inkassovarsel',
      '2027-01-06 betalingsoppfordring',
    ]);
    const rates = {
      ...RATES,
      regime: ratesOf2027('1988').regime,
      inkassosats: ratesOf2027('1988').inkassosats,
    };
    const { letters, end } = ahead(new Story(late, { rates }), '2026-11-30', null);
    expect(letters).toHaveLength(2);
    expect(end).toMatchObject({ rule: 'I7', until: '2027-01-06' });
    expect(end.text).toContain('inkasso rates add forsinkelsesrente 2027-01-01');
  });

  it('G1: under the Act of 2026 the last letter announces the hand-over', () => {
    const story = new Story(late, { rates: ratesOf2027('2026') });
    const { letters, end } = ahead(story, '2026-11-30', null);
    expect(letters.map(named)).toEqual([
      '2026-11-30 purring',
      '2026-12-17 inkassovarsel',
      '2027-01-06 overdragelsesvarsel',
    ]);
    expect(letters[2]).toMatchObject({ feeOre: 0, regime: '2026' });
    expect(end.rule).toBe('G1');
  });

  it('L1: a letter is made and not confirmed', () => {
    const story = new Story(CLAIM);
    story.run('2026-08-17');
    expect(ahead(story, '2026-08-18', null)).toMatchObject({ letters: [], end: { rule: 'L1' } });
  });

  it('L1: an old claim without a letter waits for the user’s word', () => {
    // The ninetieth day after 3 August is 1 November.
    expect(ahead(new Story(CLAIM), '2026-11-01', '2026-11-01').letters).toHaveLength(1);
    const { letters, end } = ahead(new Story(CLAIM), '2026-11-02', null);
    expect(letters).toEqual([]);
    expect(end.text).toContain('--catch-up');
  });

  it('W1: foreldet', () => {
    const history = [sent('purring', '2023-09-01', '2023-09-15', 35)];
    const claim: ClaimInput = { due: '2023-08-03', amountOre: kr(10_000), history };
    expect(ahead(new Story(claim), '2026-08-03', '2026-08-03').letters).toHaveLength(1);
    expect(ahead(new Story(claim), '2026-08-04', null)).toMatchObject({ letters: [], end: { rule: 'W1' } });
  });

  it('a payment supposed in a half-year without a rate ends it with that, and keeps the letters before', () => {
    // The fees are 189 kr: only what is more than that goes to interest, and needs the rate.
    const supposed = pay('2027-02-01', kr(189, 1));
    const { letters, end } = ahead(new Story(CLAIM), '2026-08-10', null, supposed);
    expect(letters.map(named)).toEqual([
      '2026-08-17 purring',
      '2026-09-03 inkassovarsel',
      '2026-09-22 betalingsoppfordring',
    ]);
    expect(end.rule).toBe('I7');
    expect(ahead(new Story(CLAIM), '2026-08-10', null, pay('2027-02-01', kr(189))).end.rule).toBe('L3');
  });
});

describe('W3: what the legal steps after the letters cost', () => {
  it('in 2026', () => {
    expect(legalSteps(day('2026-10-09'), RATES)).toEqual([
      { step: 'forliksklage', amountOre: kr(2_071) },
      { step: 'utlegg', amountOre: kr(928) },
    ]);
  });

  it('nothing is said of a year whose rettsgebyr is not known', () => {
    expect(legalSteps(day('2026-12-31'), RATES)).toHaveLength(2);
    expect(legalSteps(day('2027-01-01'), RATES)).toEqual([]);
  });
});

it('looks at the case as it stands: the outlook today is the first letter', () => {
  const story = new Story(CLAIM);
  const { earliest, step } = outlook(story.judgement, day('2026-08-10'));
  expect(ahead(story, '2026-08-10', null).letters[0]).toMatchObject({ date: earliest, step });
});

import { describe, expect, it } from 'vitest';
import { POLICIES, type Policy } from '../../src/case/policy.js';
import { requirementsFor } from '../../src/law/letters.js';
import {
  afterGrace,
  ladderPosition,
  nextStep,
  type LadderStep,
  type NextStep,
} from '../../src/law/procedure.js';
import type { SentLetter, Step } from '../../src/law/steps.js';
import { day, kr, sent, Story } from '../support/law.js';

const DUE = day('2026-08-03');

function rung(step: Step, wait = 0, fee = true): LadderStep {
  return { step, wait, fee, interest: true };
}

function next(ladder: readonly LadderStep[], letters: readonly SentLetter[], graceDays = 3): NextStep {
  return nextStep({ effectiveDue: DUE, letters, notBefore: null }, { ladder, graceDays });
}

function earliest(ladder: readonly LadderStep[], letters: readonly SentLetter[], graceDays = 3): string {
  const found = next(ladder, letters, graceDays);
  if (found.kind !== 'step') throw new Error('finished');
  return found.earliest;
}

const STANDARD = POLICIES.standard.steps;

describe('D6: the next step waits for payments that were ordered in time', () => {
  it.each([
    ['2026-09-03', 3, '2026-09-08'], // Thursday: Friday, Monday, Tuesday
    ['2026-09-04', 3, '2026-09-09'], // Friday
    ['2026-09-07', 3, '2026-09-10'], // Monday
    ['2026-09-03', 1, '2026-09-04'],
    ['2026-09-04', 1, '2026-09-07'],
    ['2026-09-03', 0, '2026-09-04'], // the least there is: one calendar day
    ['2026-09-04', 0, '2026-09-05'], // also when it is a Saturday
    ['2026-04-01', 3, '2026-04-09'], // Wednesday before Easter: Tuesday, Wednesday, Thursday
    ['2026-12-23', 3, '2026-12-29'], // the 24th and the 28th are working days
    ['2026-12-30', 3, '2027-01-05'], // the 31st, and two after New Year
    ['2026-05-13', 3, '2026-05-19'], // Ascension Day on the 14th, 17 May a Sunday
    ['2026-09-05', 3, '2026-09-09'], // a deadline on a Saturday, set before registration
    ['2026-09-05', 1, '2026-09-07'],
    ['2026-09-05', 0, '2026-09-06'],
  ])('deadline %s and %d bank days: %s', (deadline, graceDays, expected) => {
    expect(afterGrace(day(deadline), graceDays)).toBe(expected);
  });

  it.each([
    ['2026-09-07', 'held'],
    ['2026-09-08', 'letter'],
  ])('purring with deadline 2026-09-03: run on %s gives %s', (today, expected) => {
    const story = new Story({ due: DUE, amountOre: kr(1000) });
    story.send('2026-08-20');
    expect(story.decide(today).kind).toBe(expected);
  });
});

describe('L1, L3: every letter waits for the deadline of the one before', () => {
  it('goes purring, inkassovarsel, betalingsoppfordring, and then no further', () => {
    const letters: SentLetter[] = [];
    const steps: string[] = [];
    for (const sentOn of ['2026-08-20', '2026-09-08', '2026-09-25']) {
      const found = next(STANDARD, letters);
      if (found.kind !== 'step') throw new Error('finished too soon');
      steps.push(found.ladderStep.step);
      letters.push(sent(found.ladderStep.step, sentOn));
    }
    expect(steps).toEqual(['purring', 'inkassovarsel', 'betalingsoppfordring']);
    expect(next(STANDARD, letters)).toMatchObject({ kind: 'finished', refusal: { rule: 'L3' } });
  });

  it.each<{ name: string; letters: SentLetter[]; expected: string }>([
    { name: 'nothing sent: 14 days after the due date', letters: [], expected: '2026-08-17' },
    {
      name: 'a purring',
      letters: [sent('purring', '2026-08-20', '2026-09-03')],
      expected: '2026-09-08',
    },
    {
      name: 'a purring with a long deadline',
      letters: [sent('purring', '2026-08-20', '2026-09-30')],
      expected: '2026-10-05',
    },
    {
      name: 'a later letter with an earlier deadline does not cut the wait short',
      letters: [
        sent('purring', '2026-08-20', '2026-09-30'),
        sent('inkassovarsel', '2026-09-08', '2026-09-22'),
      ],
      expected: '2026-10-05',
    },
  ])('$name: from $expected', ({ letters, expected }) => {
    expect(earliest(STANDARD, letters)).toBe(expected);
  });

  it('waits the days the ladder asks for beyond that', () => {
    const ladder = [rung('purring', 14), rung('inkassovarsel', 5)];
    expect(earliest(ladder, [sent('purring', '2026-08-20', '2026-09-03')])).toBe('2026-09-13');
    expect(earliest([rung('purring', 30)], [])).toBe('2026-09-02');
  });

  it('gives its grounds with the paragraph', () => {
    const found = next(STANDARD, [
      sent('purring', '2026-08-20'),
      sent('inkassovarsel', '2026-09-08', '2026-09-22'),
    ]);
    if (found.kind !== 'step') throw new Error('finished');
    expect(found.reasons.map((reason) => reason.rule)).toEqual(['L3', 'D6']);
    expect(found.reasons[0]?.hjemmel).toBe('inkassoloven § 10 første ledd');
    expect(found.reasons[0]?.text).toContain('22.09.2026');
    expect(found.reasons[1]?.hjemmel).toContain('inkassoloven § 9 andre ledd');
  });

  it('does not follow an inkassovarsel that gave less than the 14 days of § 9', () => {
    // Registered with the claim: sent 20 August with five days to pay. The missed deadline is not the one § 10 asks for.
    const short = [sent('inkassovarsel', '2026-08-20', '2026-08-25')];
    const found = next(STANDARD, short);
    const from =
      found.kind === 'step' && found.ladderStep.step === 'betalingsoppfordring' ? found.earliest : null;
    expect(from === null || from >= '2026-09-04', `betalingsoppfordring from ${String(from)}`).toBe(true);
  });

  it('holds back until a day that is set', () => {
    const why = { rule: 'S3' as const, hjemmel: '', text: 'utsettelse' };
    const facts = { effectiveDue: DUE, letters: [], notBefore: { on: day('2026-09-10'), why } };
    expect(nextStep(facts, { ladder: STANDARD, graceDays: 3 })).toMatchObject({ earliest: '2026-09-10' });
    const before = { ...facts, notBefore: { on: day('2026-08-10'), why } };
    expect(nextStep(before, { ladder: STANDARD, graceDays: 3 })).toMatchObject({ earliest: '2026-08-17' });
  });
});

describe('the place on the ladder follows from the letters', () => {
  const MILD = POLICIES.mild.steps;

  it.each<{ ladder: readonly LadderStep[]; letters: Step[]; position: number }>([
    { ladder: STANDARD, letters: [], position: 0 },
    { ladder: STANDARD, letters: ['purring'], position: 1 },
    { ladder: STANDARD, letters: ['purring', 'purring'], position: 1 },
    { ladder: STANDARD, letters: ['paaminnelse'], position: 0 },
    { ladder: STANDARD, letters: ['inkassovarsel'], position: 2 },
    { ladder: STANDARD, letters: ['inkassovarsel', 'purring'], position: 2 },
    { ladder: STANDARD, letters: ['purring', 'inkassovarsel', 'betalingsoppfordring'], position: 3 },
    { ladder: MILD, letters: ['paaminnelse'], position: 1 },
    { ladder: MILD, letters: ['purring'], position: 2 },
    { ladder: MILD, letters: ['rentenota'], position: 3 },
    { ladder: MILD, letters: ['inkassovarsel'], position: 4 },
    { ladder: MILD, letters: ['betalingsoppfordring'], position: 5 },
    { ladder: POLICIES.fast.steps, letters: ['purring'], position: 0 },
    { ladder: [rung('purring', 14), rung('purring')], letters: ['purring'], position: 1 },
    { ladder: [rung('purring', 14), rung('purring')], letters: ['purring', 'purring'], position: 2 },
  ])('$letters', ({ ladder, letters, position }) => {
    const sentLetters = letters.map((step, index) => sent(step, `2026-09-0${index + 1}`));
    expect(ladderPosition(ladder, sentLetters)).toBe(position);
  });
});

describe('D7: the earliest days with due date D', () => {
  // Monday 2026-08-03; no weekend or holiday falls on these days, and the least grace there is.
  const terms = { graceDays: 0 };

  it('purring D+14, inkassovarsel D+29, betalingsoppfordring D+44, the namsmann D+59', () => {
    const story = new Story({ due: DUE, amountOre: kr(1000) }, { terms });
    const plans = story.sendDaily('2026-08-03', '2026-10-15');
    expect(plans.map((plan) => [plan.step, plan.date, plan.deadline, plan.feeOre])).toEqual([
      ['purring', '2026-08-17', '2026-08-31', kr(38)], // D+14, D+28
      ['inkassovarsel', '2026-09-01', '2026-09-15', kr(38)], // D+29, D+43
      ['betalingsoppfordring', '2026-09-16', '2026-09-30', kr(113)], // D+44, D+58
    ]);
    const decision = story.decide('2026-10-15');
    expect(decision).toMatchObject({ kind: 'held', refusal: { rule: 'L3', until: '2026-10-01' } }); // D+59
  });

  it('fast: inkassovarsel D+1 without a fee, betalingsoppfordring with its fee D+16', () => {
    const policy: Policy = {
      name: 'quick',
      steps: [rung('inkassovarsel', 1, false), rung('betalingsoppfordring')],
    };
    const plans = new Story({ due: DUE }, { terms, policy }).sendDaily('2026-08-03', '2026-09-15');
    expect(plans.map((plan) => [plan.step, plan.date, plan.feeOre])).toEqual([
      ['inkassovarsel', '2026-08-04', 0],
      ['betalingsoppfordring', '2026-08-19', kr(113)],
    ]);
  });

  it('three bank days of grace move everything after the first letter', () => {
    const plans = new Story({ due: DUE }).sendDaily('2026-08-03', '2026-11-01');
    expect(plans.map((plan) => [plan.date, plan.deadline])).toEqual([
      ['2026-08-17', '2026-08-31'],
      ['2026-09-03', '2026-09-17'],
      ['2026-09-22', '2026-10-06'],
    ]);
  });
});

describe('L5: what a betalingsoppfordring must state (§ 10 second paragraph a–e)', () => {
  const statements = requirementsFor('betalingsoppfordring').map((requirement) => requirement.statement);

  it.each([
    ['a: the creditor', 'creditorName'],
    ['b: what the claim concerns', 'claimName'],
    ['c: its size: principal', 'principal'],
    ['c: its size: interest', 'interest'],
    ['c: its size: costs', 'costs'],
    ['d: the rate', 'interestRate'],
    ['d: the day it runs from', 'interestFrom'],
    ['e: that more costs and legal collection can follow', 'mayLeadToCosts'],
    ['the invitation to pay or object', 'payOrObject'],
    ['the deadline', 'deadline'],
  ])('%s', (_, statement) => {
    expect(statements).toContain(statement);
  });
});

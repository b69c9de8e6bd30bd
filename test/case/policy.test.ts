import { describe, expect, it } from 'vitest';
import { checkPolicyFile } from '../../src/case/policy-file.js';
import { checkPolicy, isShippedPolicy, POLICIES } from '../../src/case/policy.js';
import type { LadderStep } from '../../src/law/procedure.js';
import type { Step } from '../../src/law/steps.js';

type Short = readonly [step: Step, wait: number, fee: boolean, interest?: boolean];

function ladder(...steps: readonly Short[]): readonly LadderStep[] {
  return steps.map(([step, wait, fee, interest = true]) => ({ step, wait, fee, interest }));
}

/** `ok`, `malformed`, or the rule that is broken. */
function verdict(...steps: readonly Short[]): string {
  const check = checkPolicy({ name: 'mitt', steps: ladder(...steps) });
  return check.kind === 'unlawful' ? check.refusal.rule : check.kind;
}

function warnings(...steps: readonly Short[]): readonly string[] {
  const check = checkPolicy({ name: 'mitt', steps: ladder(...steps) });
  if (check.kind !== 'ok') throw new Error(check.kind);
  return check.warnings;
}

describe('the ladders that come with the program', () => {
  it('are three', () => {
    expect(Object.keys(POLICIES)).toEqual(['standard', 'mild', 'fast']);
    expect(isShippedPolicy('standard')).toBe(true);
    expect(isShippedPolicy('toString')).toBe(false);
    expect(isShippedPolicy('mitt')).toBe(false);
  });

  it.each(Object.values(POLICIES))('$name keeps every rule under another name', ({ steps }) => {
    expect(checkPolicy({ name: 'mitt', steps }).kind).toBe('ok');
  });

  it('cannot be replaced', () => {
    for (const policy of Object.values(POLICIES)) expect(checkPolicy(policy).kind).toBe('malformed');
  });
});

describe('a ladder that breaks a rule is refused, and by which', () => {
  it.each<{ name: string; steps: Short[]; expected: string }>([
    {
      name: 'a purring after the inkassovarsel',
      steps: [
        ['inkassovarsel', 14, true],
        ['purring', 0, false],
      ],
      expected: 'L2',
    },
    {
      name: 'a rentenota after the inkassovarsel',
      steps: [
        ['purring', 14, true],
        ['inkassovarsel', 0, true],
        ['rentenota', 0, false],
      ],
      expected: 'L2',
    },
    {
      name: 'a påminnelse after the inkassovarsel',
      steps: [
        ['inkassovarsel', 14, true],
        ['paaminnelse', 0, false],
      ],
      expected: 'L2',
    },
    {
      name: 'two inkassovarsler',
      steps: [
        ['inkassovarsel', 14, true],
        ['inkassovarsel', 0, false],
      ],
      expected: 'L2',
    },
    {
      name: 'a betalingsoppfordring without an inkassovarsel',
      steps: [
        ['purring', 14, true],
        ['betalingsoppfordring', 0, true],
      ],
      expected: 'L3',
    },
    { name: 'a betalingsoppfordring alone', steps: [['betalingsoppfordring', 14, true]], expected: 'L3' },
    {
      name: 'a betalingsoppfordring before the inkassovarsel',
      steps: [
        ['betalingsoppfordring', 14, true],
        ['inkassovarsel', 0, false],
      ],
      expected: 'L3',
    },
    {
      name: 'two betalingsoppfordringer',
      steps: [
        ['inkassovarsel', 14, true],
        ['betalingsoppfordring', 0, true],
        ['betalingsoppfordring', 0, false],
      ],
      expected: 'F5',
    },
    { name: 'the first letter on the due date', steps: [['paaminnelse', 0, false]], expected: 'L1' },
    { name: 'a fee for a påminnelse', steps: [['paaminnelse', 14, true]], expected: 'F8' },
    { name: 'a fee for the announcement', steps: [['overdragelsesvarsel', 14, true]], expected: 'F8' },
    { name: 'a fee on day 13', steps: [['purring', 13, true]], expected: 'F3' },
    { name: 'a fee for the inkassovarsel on day 13', steps: [['inkassovarsel', 13, true]], expected: 'F3' },
    {
      name: 'three small fees',
      steps: [
        ['purring', 14, true],
        ['rentenota', 0, true],
        ['inkassovarsel', 0, true],
      ],
      expected: 'F5',
    },
    {
      name: 'three purringer with a fee',
      steps: [
        ['purring', 14, true],
        ['purring', 0, true],
        ['purring', 0, true],
      ],
      expected: 'F5',
    },
  ])('$name: $expected', ({ steps, expected }) => {
    expect(verdict(...steps)).toBe(expected);
  });
});

describe('a ladder that keeps the rules is taken', () => {
  it.each<{ name: string; steps: Short[] }>([
    { name: 'a fee on day 14', steps: [['purring', 14, true]] },
    { name: 'a free letter the day after the due date', steps: [['purring', 1, false]] },
    { name: 'a free inkassovarsel the day after the due date', steps: [['inkassovarsel', 1, false]] },
    {
      name: 'two purringer with a fee, a free inkassovarsel, a betalingsoppfordring',
      steps: [
        ['purring', 14, true],
        ['purring', 0, true],
        ['inkassovarsel', 0, false],
        ['betalingsoppfordring', 0, true],
      ],
    },
    {
      name: 'many free purringer',
      steps: [
        ['purring', 1, false],
        ['purring', 0, false],
        ['purring', 0, false],
      ],
    },
    {
      name: 'a fee after a free letter',
      steps: [
        ['paaminnelse', 1, false],
        ['purring', 0, true],
      ],
    },
    { name: 'the announcement alone', steps: [['overdragelsesvarsel', 1, false]] },
  ])('$name', ({ steps }) => {
    expect(verdict(...steps)).toBe('ok');
  });
});

describe('a ladder that gives away a fee the Act allows is taken with a warning', () => {
  it.each<{ name: string; steps: Short[]; count: number }>([
    {
      name: 'a free betalingsoppfordring',
      steps: [
        ['purring', 14, true],
        ['inkassovarsel', 0, true],
        ['betalingsoppfordring', 0, false],
      ],
      count: 1,
    },
    {
      name: 'a free inkassovarsel after a purring with a fee',
      steps: [
        ['purring', 14, true],
        ['inkassovarsel', 0, false],
        ['betalingsoppfordring', 0, true],
      ],
      count: 1,
    },
    { name: 'a free purring on day 14', steps: [['purring', 14, false]], count: 1 },
    {
      name: 'a free inkassovarsel on day 3, which could have none anyway (F3)',
      steps: [
        ['inkassovarsel', 3, false],
        ['betalingsoppfordring', 0, true],
      ],
      count: 0,
    },
    {
      name: 'a free inkassovarsel after two fees, which could have none anyway (F5)',
      steps: [
        ['purring', 14, true],
        ['purring', 0, true],
        ['inkassovarsel', 0, false],
        ['betalingsoppfordring', 0, true],
      ],
      count: 0,
    },
    {
      name: 'a påminnelse, which can never have one (F8)',
      steps: [
        ['paaminnelse', 20, false],
        ['purring', 0, true],
        ['inkassovarsel', 0, true],
        ['betalingsoppfordring', 0, true],
      ],
      count: 0,
    },
    {
      name: 'all of them free',
      steps: [
        ['purring', 14, false],
        ['inkassovarsel', 0, false],
        ['betalingsoppfordring', 0, false],
      ],
      count: 3,
    },
  ])('$name: $count', ({ steps, count }) => {
    expect(warnings(...steps)).toHaveLength(count);
  });
});

describe('a policy file', () => {
  const STEP = { step: 'purring', wait: 14, fee: true, interest: true };

  it('is read', () => {
    expect(checkPolicyFile({ name: 'mitt-lop', steps: [STEP] })).toMatchObject({
      kind: 'ok',
      policy: { name: 'mitt-lop', steps: [STEP] },
    });
  });

  it('waits no days where it says nothing', () => {
    const { wait: _, ...rest } = STEP;
    const check = checkPolicyFile({
      name: 'mitt',
      steps: [{ ...STEP, step: 'paaminnelse', fee: false }, rest],
    });
    expect(check.kind === 'ok' ? check.policy.steps[1]?.wait : check).toBe(0);
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['no name', { steps: [STEP] }],
    ['an empty name', { name: '', steps: [STEP] }],
    ['a name with capitals', { name: 'Mitt', steps: [STEP] }],
    ['a name with a path', { name: '../mitt', steps: [STEP] }],
    ['no steps', { name: 'mitt', steps: [] }],
    ['thirteen steps', { name: 'mitt', steps: Array.from({ length: 13 }, () => ({ ...STEP, fee: false })) }],
    ['an unknown step', { name: 'mitt', steps: [{ ...STEP, step: 'trussel' }] }],
    ['a negative wait', { name: 'mitt', steps: [{ ...STEP, wait: -1 }] }],
    ['half a day', { name: 'mitt', steps: [{ ...STEP, wait: 14.5 }] }],
    ['a wait of years', { name: 'mitt', steps: [{ ...STEP, wait: 366 }] }],
    ['a fee in kroner', { name: 'mitt', steps: [{ ...STEP, fee: 75 }] }],
    [
      'no word about the fee (F8: unset is not nothing)',
      { name: 'mitt', steps: [{ step: 'purring', wait: 14, interest: true }] },
    ],
    ['a key that means nothing', { name: 'mitt', steps: [{ ...STEP, gebyr: 75 }] }],
    ['a key too many', { name: 'mitt', steps: [STEP], inkassosalar: true }],
  ])('%s is malformed', (_, json) => {
    const check = checkPolicyFile(json);
    // What is wrong is said in the language of the program, and where.
    expect(check).toMatchObject({
      kind: 'malformed',
      why: expect.stringMatching(/^(?:filen|name|steps\S*) (?:må|har|kan) /),
    });
  });

  it('is judged by the law after its form', () => {
    const check = checkPolicyFile({ name: 'mitt', steps: [{ ...STEP, wait: 13 }] });
    expect(check).toMatchObject({ kind: 'unlawful', refusal: { rule: 'F3' } });
  });
});

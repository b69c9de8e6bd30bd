import { describe, expect, it } from 'vitest';
import { feeFor } from '../../src/law/costs.js';
import { addDays } from '../../src/law/dates.js';
import type { SentLetter, Step } from '../../src/law/steps.js';
import { costFacts, day, RATES, sent } from '../support/law.js';

const DUE = '2026-01-05';

function fee(step: Step, sentOn: string, letters: readonly SentLetter[], afresh = false): number | string {
  const answer = feeFor(step, costFacts(DUE, letters, afresh), day(sentOn), RATES);
  return answer.kind === 'fee' ? answer.amountOre / 100 : answer.refusal.rule;
}

/** Sends letters 20 days apart, each after the missed 14-day deadline of the one before, and lists their fees. */
function walk(...steps: readonly Step[]): (number | string)[] {
  const letters: SentLetter[] = [];
  return steps.map((step, index) => {
    const sentOn = addDays(day('2026-02-02'), 20 * index);
    const charged = fee(step, sentOn, letters);
    letters.push(sent(step, sentOn, undefined, typeof charged === 'number' ? charged : 0));
    return charged;
  });
}

describe('F5: at most two purringer and BO, or one purring, a later inkassovarsel and BO (first paragraph)', () => {
  it.each<{ name: string; steps: Step[]; fees: (number | string)[] }>([
    {
      name: 'two purringer and BO',
      steps: ['purring', 'purring', 'betalingsoppfordring'],
      fees: [38, 38, 113],
    },
    {
      name: 'one purring, a later inkassovarsel and BO',
      steps: ['purring', 'inkassovarsel', 'betalingsoppfordring'],
      fees: [38, 38, 113],
    },
    { name: 'a third purring', steps: ['purring', 'purring', 'purring'], fees: [38, 38, 'F5'] },
    {
      name: 'two purringer, then an inkassovarsel: the varsel is free',
      steps: ['purring', 'purring', 'inkassovarsel', 'betalingsoppfordring'],
      fees: [38, 38, 'F5', 113],
    },
    {
      name: 'a purring after an inkassovarsel',
      steps: ['inkassovarsel', 'purring', 'betalingsoppfordring'],
      fees: [38, 'F5', 113],
    },
    {
      name: 'a purring after a purring and an inkassovarsel',
      steps: ['purring', 'inkassovarsel', 'purring', 'rentenota'],
      fees: [38, 38, 'F5', 'F5'],
    },
    { name: 'two inkassovarsler', steps: ['inkassovarsel', 'inkassovarsel'], fees: [38, 'F5'] },
    {
      name: 'two betalingsoppfordringer',
      steps: ['inkassovarsel', 'betalingsoppfordring', 'betalingsoppfordring'],
      fees: [38, 113, 'F5'],
    },
    {
      name: 'a rentenota counts as a purring',
      steps: ['purring', 'rentenota', 'inkassovarsel', 'betalingsoppfordring'],
      fees: [38, 38, 'F5', 113],
    },
    {
      name: 'a påminnelse takes nothing from the cap',
      steps: ['paaminnelse', 'purring', 'inkassovarsel', 'betalingsoppfordring'],
      fees: ['F8', 38, 38, 113],
    },
  ])('$name', ({ steps, fees }) => {
    expect(walk(...steps)).toEqual(fees);
  });

  it('lets no purring after an inkassovarsel bear a fee, even when the varsel had none', () => {
    const varsel = sent('inkassovarsel', '2026-01-06');
    expect(fee('purring', '2026-03-02', [varsel])).toBe('F5');
    expect(fee('rentenota', '2026-03-02', [varsel])).toBe('F5');
  });

  it('counts letters with a fee, not letters', () => {
    const free = [
      sent('purring', '2026-01-12'),
      sent('purring', '2026-02-02'),
      sent('purring', '2026-02-20'),
    ];
    expect(fee('purring', '2026-03-16', free)).toBe(38);
    expect(fee('inkassovarsel', '2026-03-16', free)).toBe(38);
  });

  it('never adds up to more than 38 + 38 + 113', () => {
    const steps: Step[] = ['purring', 'rentenota', 'inkassovarsel', 'betalingsoppfordring'];
    const orders = steps.flatMap((a) =>
      steps.flatMap((b) => steps.flatMap((c) => steps.map((d) => [a, b, c, d]))),
    );
    for (const order of orders) {
      const kroner = walk(...order).reduce<number>(
        (sum, fee) => sum + (typeof fee === 'number' ? fee : 0),
        0,
      );
      expect(kroner, order.join(' → ')).toBeLessThanOrEqual(189);
    }
  });
});

describe('F6: the second small fee needs a missed deadline of 14 days in the first purring (first paragraph)', () => {
  it.each<[Step, string, number | string]>([
    ['purring', '2026-02-16', 'F6'], // the last day to pay
    ['purring', '2026-02-17', 38],
    ['rentenota', '2026-02-16', 'F6'],
    ['rentenota', '2026-02-17', 38],
    ['inkassovarsel', '2026-02-16', 'F6'],
    ['inkassovarsel', '2026-02-17', 38],
  ])('%s sent %s, first purring due 2026-02-16: %s', (step, sentOn, expected) => {
    expect(fee(step, sentOn, [sent('purring', '2026-02-02', '2026-02-16', 38)])).toBe(expected);
  });

  it.each([
    ['2026-02-15', 'F6'], // 13 days: never, however long one waits
    ['2026-02-16', 38], // 14 days
  ])('first purring sent 2026-02-02 with deadline %s: %s', (deadline, expected) => {
    expect(fee('inkassovarsel', '2026-06-01', [sent('purring', '2026-02-02', deadline, 38)])).toBe(expected);
  });

  it('asks about the first purring, whether or not it had a fee', () => {
    const first = sent('purring', '2026-01-12', '2026-01-19'); // a week, and too early for a fee
    const second = sent('purring', '2026-02-02', '2026-02-16', 38);
    expect(fee('inkassovarsel', '2026-03-16', [first, second])).toBe('F6');
    const long = sent('purring', '2026-01-12', '2026-01-26');
    expect(fee('inkassovarsel', '2026-03-16', [long, second])).toBe(38);
  });

  it('does not ask about the second purring', () => {
    const letters = [
      sent('purring', '2026-01-12', '2026-01-26'),
      sent('purring', '2026-02-02', '2026-02-20', 38),
    ];
    expect(fee('inkassovarsel', '2026-02-17', letters)).toBe(38);
  });

  it('is not asked for the first fee', () => {
    expect(fee('inkassovarsel', '2026-01-19', [sent('purring', '2026-01-12', '2026-01-26')])).toBe(38);
  });

  it('says from which day, when there is one', () => {
    const open = feeFor(
      'inkassovarsel',
      costFacts(DUE, [sent('purring', '2026-02-02', '2026-02-16', 38)]),
      day('2026-02-10'),
      RATES,
    );
    expect(open).toMatchObject({ kind: 'none', refusal: { rule: 'F6', until: '2026-02-17' } });
    const never = feeFor(
      'inkassovarsel',
      costFacts(DUE, [sent('purring', '2026-02-02', '2026-02-10', 38)]),
      day('2026-02-20'),
      RATES,
    );
    expect(never).toMatchObject({ kind: 'none', refusal: { rule: 'F6', until: null } });
  });
});

describe('F7: six months after the last letter with a fee, new fees may be claimed (second paragraph)', () => {
  const ROUND = [
    sent('purring', '2026-01-19', '2026-02-02', 38),
    sent('inkassovarsel', '2026-02-06', '2026-02-20', 38),
    sent('betalingsoppfordring', '2026-02-27', '2026-03-13', 113),
  ];
  const REMINDERS = [
    sent('purring', '2026-01-19', '2026-02-02', 38),
    sent('purring', '2026-02-06', '2026-02-20', 38),
  ];

  it.each([
    ['2026-08-05', 'F5'],
    ['2026-08-06', 38],
  ])('third purring sent %s, the last fee on 2026-02-06: %s', (sentOn, expected) => {
    expect(fee('purring', sentOn, REMINDERS, true)).toBe(expected);
  });

  it.each([
    ['2026-08-26', 'F5'],
    ['2026-08-27', 113],
  ])('second betalingsoppfordring sent %s, the last fee on 2026-02-27: %s', (sentOn, expected) => {
    expect(fee('betalingsoppfordring', sentOn, ROUND, true)).toBe(expected);
  });

  it('is off by default', () => {
    expect(fee('purring', '2026-12-01', REMINDERS)).toBe('F5');
    expect(fee('betalingsoppfordring', '2026-12-01', ROUND)).toBe('F5');
  });

  it('counts months by their last day: a fee on 31 August, new fees from 28 February', () => {
    const letters = [
      sent('purring', '2025-08-01', '2025-08-15', 35),
      sent('purring', '2025-08-31', '2025-09-15', 35),
    ];
    const facts = costFacts('2025-07-01', letters, true);
    expect(feeFor('purring', facts, day('2026-02-27'), RATES).kind).toBe('none');
    expect(feeFor('purring', facts, day('2026-02-28'), RATES).kind).toBe('fee');
  });

  it('does not let a free letter start the six months again', () => {
    const later = [...REMINDERS, sent('inkassovarsel', '2026-05-04')];
    expect(fee('inkassovarsel', '2026-08-06', later, true)).toBe(38);
  });

  it('starts the count afresh: the old round is not counted again after the first new fee', () => {
    const purring = sent('purring', '2026-08-06', '2026-08-20', 38);
    const round = [...REMINDERS, purring];
    expect(fee('purring', '2026-08-21', round, true)).toBe(38);
    expect(fee('inkassovarsel', '2026-08-21', round, true)).toBe(38);
    const second = sent('purring', '2026-08-21', '2026-09-04', 38);
    expect(fee('purring', '2026-09-21', [...round, second], true)).toBe('F5');
  });

  it('starts the count afresh for the betalingsoppfordring too', () => {
    const old = [...REMINDERS, sent('betalingsoppfordring', '2026-02-27', '2026-03-13', 113)];
    const purring = sent('purring', '2026-08-27', '2026-09-10', 38);
    expect(fee('purring', '2026-08-27', old, true)).toBe(38);
    expect(fee('betalingsoppfordring', '2026-09-11', [...old, purring], true)).toBe(113);
  });
});

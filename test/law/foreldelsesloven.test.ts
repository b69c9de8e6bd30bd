import { describe, expect, it } from 'vitest';
import { limitationOf } from '../../src/case/case.js';
import { isForeldet, isNearlyForeldet, limitationDate } from '../../src/law/limitation.js';
import { day, kr, sent, Story } from '../support/law.js';

describe('W1: three years from the day payment could first be demanded (§§ 2 and 3), moved off holidays (§ 29)', () => {
  it.each([
    ['2023-08-03', '2026-08-03'], // Monday
    ['2023-08-01', '2026-08-03'], // Saturday 1 August 2026
    ['2023-08-02', '2026-08-03'], // Sunday
    ['2023-05-01', '2026-05-04'], // Friday 1 May
    ['2023-04-03', '2026-04-07'], // Good Friday 2026
    ['2022-12-26', '2025-12-29'], // Boxing Day on a Friday
    ['2021-12-24', '2024-12-24'], // Christmas Eve is a working day
    ['2024-02-29', '2027-03-01'], // 28 February 2027 is a Sunday
    ['2020-02-28', '2023-02-28'],
    ['2021-03-01', '2024-03-01'],
  ])('due %s: %s', (due, end) => {
    expect(limitationDate(day(due))).toBe(end);
  });
});

describe('W1: no letters after, and a warning from six months before', () => {
  const END = limitationDate(day('2023-08-03'));

  it.each([
    ['2026-02-02', false, false],
    ['2026-02-03', true, false], // six months before
    ['2026-08-03', true, false], // the last day
    ['2026-08-04', false, true],
  ])('on %s: nearly %s, foreldet %s', (date, nearly, gone) => {
    expect(isNearlyForeldet(END, day(date))).toBe(nearly);
    expect(isForeldet(END, day(date))).toBe(gone);
  });

  it('counts six months to the last day of a shorter month', () => {
    const end = limitationDate(day('2024-08-31'));
    expect(end).toBe('2027-08-31');
    expect(isNearlyForeldet(end, day('2027-02-27'))).toBe(false);
    expect(isNearlyForeldet(end, day('2027-02-28'))).toBe(true);
  });

  it.each([
    ['2026-08-03', 'letter'],
    ['2026-08-04', 'W1'],
  ])('a letter on %s for a claim due 2023-08-03: %s', (today, expected) => {
    const decision = new Story({ due: '2023-08-03' }).decide(today, true);
    expect(decision.kind === 'held' ? decision.refusal.rule : decision.kind).toBe(expected);
  });
});

describe('W1, S8: looked at again when the letter is sent', () => {
  it.each([
    ['2026-08-03', null], // the last day
    ['2026-08-04', 'W1'],
  ])('made on the last day and sent %s: %s', (sentOn, expected) => {
    const story = new Story({ due: '2023-08-03' }, { terms: { deadlineDays: 21 } });
    expect(story.run('2026-08-03', true).kind).toBe('letter');
    expect(story.confirm(sentOn, '2026-08-05')).toBe(expected);
  });
});

describe('W1: what starts the three years afresh, and what does not', () => {
  it('letters never do', () => {
    const story = new Story({ due: '2022-01-10', history: [sent('inkassovarsel', '2024-05-06')] });
    story.send('2024-06-03');
    expect(story.plans).toHaveLength(1);
    expect(limitationOf(story.case)).toBe('2025-01-10');
  });

  it.each([
    ['part of the principal', 'principal'],
    ['the interest', 'interest'],
  ] as const)('paying %s is an acknowledgement (§ 14)', (_, purpose) => {
    const story = new Story({ due: '2022-01-10', amountOre: kr(10_000) });
    story.pay(kr(100), '2024-06-03', purpose);
    expect(limitationOf(story.case)).toBe('2027-06-03');
  });

  it('a part paid before the due date does not make the three years shorter', () => {
    const story = new Story({ due: '2022-01-10', registeredOn: '2021-12-01', amountOre: kr(10_000) });
    story.pay(kr(100), '2021-12-06', 'principal');
    expect(limitationOf(story.case)).toBe('2025-01-10');
  });

  it('what comes when the three years are over starts nothing afresh', () => {
    const story = new Story({ due: '2020-01-10', amountOre: kr(10_000) });
    story.pay(kr(100), '2024-01-10');
    expect(limitationOf(story.case)).toBe('2023-01-10');
    const decision = story.decide('2024-03-01', true);
    expect(decision).toMatchObject({ kind: 'held', refusal: { rule: 'W1' } });
  });

  it('a part paid on the last day is in time', () => {
    const story = new Story({ due: '2020-01-10', amountOre: kr(10_000) });
    story.pay(kr(100), '2023-01-10');
    expect(limitationOf(story.case)).toBe('2026-01-12');
  });

  it('the latest part paid counts, in whatever order they were registered', () => {
    const story = new Story({ due: '2022-01-10', amountOre: kr(10_000) });
    story.pay(kr(100), '2024-06-03');
    story.pay(kr(100), '2023-06-01', null, '2024-06-10');
    expect(limitationOf(story.case)).toBe('2027-06-03');
  });
});

import { describe, expect, it } from 'vitest';
import { POLICIES, type Policy } from '../../src/case/policy.js';
import { addDays, daysBetween, isWorkingDay } from '../../src/law/dates.js';
import { bansFor, requirementsFor } from '../../src/law/letters.js';
import { deadlineFor, nextStep, refuseLateSending } from '../../src/law/procedure.js';
import { STEPS } from '../../src/law/steps.js';
import { day, kr, sent, Story } from '../support/law.js';

describe('D2, D3: a deadline of 14 days or more from the sending, on a working day', () => {
  it.each([
    ['2026-08-20', 14, '2026-09-03'], // Thursday to Thursday
    ['2026-08-21', 14, '2026-09-04'], // Friday
    ['2026-08-22', 14, '2026-09-07'], // a Saturday: the fourteenth day is a Saturday, moved to Monday
    ['2026-08-23', 14, '2026-09-07'], // Sunday
    ['2026-08-24', 14, '2026-09-07'],
    ['2026-03-19', 14, '2026-04-07'], // the fourteenth day is Maundy Thursday
    ['2026-03-18', 14, '2026-04-01'], // the Wednesday before it
    ['2026-12-10', 14, '2026-12-24'], // Christmas Eve is a working day
    ['2026-12-11', 14, '2026-12-28'], // Christmas Day on a Friday
    ['2026-12-17', 14, '2026-12-31'],
    ['2026-12-18', 14, '2027-01-04'], // New Year's Day on a Friday
    ['2026-05-03', 14, '2026-05-18'], // Sunday 17 May
    ['2026-08-20', 21, '2026-09-10'],
    ['2026-08-20', 16, '2026-09-07'], // a Saturday
    ['2026-08-20', 10, '2026-09-03'], // never less than 14, whatever the creditor asks
    ['2024-02-15', 14, '2024-02-29'],
  ])('sent %s with %d days: %s', (sentOn, days, deadline) => {
    expect(deadlineFor(day(sentOn), days)).toBe(deadline);
  });

  it('holds on every day of five years', () => {
    for (let date = day('2024-01-01'); date < '2029-01-01'; date = addDays(date, 1)) {
      const deadline = deadlineFor(date, 14);
      expect(isWorkingDay(deadline), date).toBe(true);
      expect(daysBetween(date, deadline), date).toBeGreaterThanOrEqual(14);
      // Easter moves it most: Maundy Thursday to the Tuesday after.
      expect(daysBetween(date, deadline), date).toBeLessThanOrEqual(19);
    }
  });
});

describe('D2: a letter with a shorter deadline may not be confirmed as sent', () => {
  it.each([
    ['2026-08-20', null],
    ['2026-08-19', null], // sent before the last day
    ['2026-08-21', 'D2'], // thirteen days
    ['2026-09-03', 'D2'],
    ['2026-09-04', 'D2'],
  ])('deadline 2026-09-03, sent %s: %s', (sentOn, expected) => {
    for (const step of STEPS) {
      expect(refuseLateSending(step, day('2026-09-03'), day(sentOn))?.rule ?? null).toBe(expected);
    }
  });

  it('says the last day it could have been sent, and what to do', () => {
    const refusal = refuseLateSending('inkassovarsel', day('2026-09-03'), day('2026-08-21'));
    expect(refusal?.text).toContain('20.08.2026');
    expect(refusal?.text).toContain('inkasso withdraw');
    expect(refusal?.hjemmel).toContain('inkassoloven §§ 9 og 10');
    expect(refusal?.hjemmel).toContain('domstolloven § 148');
  });

  it('leaves the days that a weekend gives: a letter of Saturday may be posted on Monday', () => {
    const story = new Story({ due: '2026-08-03', amountOre: kr(1000) });
    expect(story.run('2026-08-22').kind).toBe('letter'); // deadline Monday 7 September
    expect(story.confirm('2026-08-24')).toBeNull();

    const late = new Story({ due: '2026-08-03', amountOre: kr(1000) });
    late.run('2026-08-22');
    expect(late.confirm('2026-08-25')).toBe('D2');
  });
});

describe('L1: an inkassovarsel may be sent from the day after the due date', () => {
  const EARLIEST: Policy = {
    name: 'earliest',
    steps: [{ step: 'inkassovarsel', wait: 1, fee: false, interest: true }],
  };

  it.each([
    ['2026-08-02', null],
    ['2026-08-03', null], // the due date itself
    ['2026-08-04', 'inkassovarsel'],
  ])('due 2026-08-03, run on %s: %s', (today, step) => {
    const decision = new Story({ due: '2026-08-03' }, { policy: EARLIEST }).decide(today);
    expect(decision.kind === 'letter' ? decision.plan.step : null).toBe(step);
  });

  it('counts from the due date after D4', () => {
    const story = new Story({ due: '2026-08-01' }, { policy: EARLIEST }); // Saturday, moved to Monday the 3rd
    expect(story.decide('2026-08-03').kind).toBe('held');
    expect(story.decide('2026-08-04').kind).toBe('letter');
  });

  it('never sooner, whatever the ladder says', () => {
    const facts = { effectiveDue: day('2026-08-03'), letters: [], notBefore: null };
    const ladder = [{ step: 'inkassovarsel' as const, wait: 0, fee: false, interest: true }];
    expect(nextStep(facts, { ladder, graceDays: 3 })).toMatchObject({ kind: 'step', earliest: '2026-08-04' });
  });
});

describe('L2: after an inkassovarsel no further purring or rentenota', () => {
  it.each(['standard', 'mild', 'fast'] as const)('%s goes on to the betalingsoppfordring', (name) => {
    const facts = {
      effectiveDue: day('2026-08-03'),
      letters: [sent('inkassovarsel', '2026-08-20', '2026-09-03')],
      notBefore: null,
    };
    const next = nextStep(facts, { ladder: POLICIES[name].steps, graceDays: 3 });
    expect(next).toMatchObject({ kind: 'step', ladderStep: { step: 'betalingsoppfordring' } });
  });

  it('is the end of a ladder that has nothing after it', () => {
    const facts = {
      effectiveDue: day('2026-08-03'),
      letters: [sent('inkassovarsel', '2026-08-20', '2026-09-03')],
      notBefore: null,
    };
    const ladder = [{ step: 'purring' as const, wait: 14, fee: true, interest: true }];
    expect(nextStep(facts, { ladder, graceDays: 3 })).toMatchObject({ kind: 'finished' });
  });
});

describe('L4: what an inkassovarsel says', () => {
  it('asks for the warning, the deadline, and the rate and first day of the interest', () => {
    const statements = requirementsFor('inkassovarsel').map((requirement) => requirement.statement);
    for (const statement of ['inkassoWillFollow', 'deadline', 'interestRate', 'interestFrom']) {
      expect(statements).toContain(statement);
    }
  });

  it('has the word purring nowhere in it', () => {
    const bans = bansFor('inkassovarsel');
    for (const text of ['Purring', 'purringen', 'PURRING', 'siste purring']) {
      expect(
        bans.some((ban) => ban.pattern.test(text)),
        text,
      ).toBe(true);
    }
    expect(bansFor('purring').some((ban) => ban.pattern.test('Purring'))).toBe(false);
  });

  it.each([
    'Vi kontakter arbeidsgiveren din',
    'Saken blir politianmeldt',
    'Du kan få en betalingsanmerkning',
    'Vi krever inkassosalær',
  ])('no letter says «%s» (L8, F8)', (text) => {
    for (const step of STEPS) {
      expect(
        bansFor(step).some((ban) => ban.pattern.test(text)),
        step,
      ).toBe(true);
    }
  });
});

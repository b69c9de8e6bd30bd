import { describe, expect, it } from 'vitest';
import { isWorkingDay, rollForward } from '../../src/law/dates.js';
import { day } from '../support/law.js';

describe('D4: a due date on a Saturday, Sunday, holiday, 1 or 17 May moves to the next working day (§ 5 second paragraph)', () => {
  it.each([
    ['2026-08-03', '2026-08-03'], // Monday
    ['2026-07-31', '2026-07-31'], // Friday
    ['2026-08-01', '2026-08-03'], // Saturday
    ['2026-08-02', '2026-08-03'], // Sunday
    ['2026-05-01', '2026-05-04'], // Friday 1 May
    ['2025-05-01', '2025-05-02'], // Thursday 1 May: the Friday between is a working day
    ['2024-05-17', '2024-05-21'], // Friday 17 May, Whit Sunday and Whit Monday
    ['2026-05-17', '2026-05-18'], // Sunday 17 May
    ['2023-05-17', '2023-05-19'], // Wednesday 17 May, Ascension Day on Thursday
    ['2026-05-14', '2026-05-15'], // Ascension Day
    ['2026-04-01', '2026-04-01'], // Wednesday before Easter
    ['2026-04-02', '2026-04-07'], // Maundy Thursday to the Tuesday after Easter
    ['2026-04-03', '2026-04-07'],
    ['2026-04-04', '2026-04-07'],
    ['2026-04-05', '2026-04-07'],
    ['2026-04-06', '2026-04-07'],
    ['2026-05-24', '2026-05-26'], // Whit Sunday
    ['2026-12-24', '2026-12-24'], // Christmas Eve is a working day
    ['2026-12-25', '2026-12-28'], // Friday, then a weekend with Boxing Day in it
    ['2026-12-26', '2026-12-28'],
    ['2025-12-25', '2025-12-29'], // Thursday and Friday, then a weekend
    ['2026-12-31', '2026-12-31'], // New Year's Eve is a working day
    ['2027-01-01', '2027-01-04'], // Friday
    ['2026-01-01', '2026-01-02'], // Thursday
    ['2022-12-31', '2023-01-02'], // Saturday, New Year's Day on Sunday
  ])('%s → %s', (due, moved) => {
    expect(rollForward(day(due))).toBe(moved);
  });

  it('never moves a date backwards, and always to a working day', () => {
    for (const due of ['2024-03-28', '2027-03-25', '2030-04-18', '1997-03-27']) {
      const moved = rollForward(day(due));
      expect(moved > due).toBe(true);
      expect(isWorkingDay(moved)).toBe(true);
    }
  });
});

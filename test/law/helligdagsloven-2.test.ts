import { describe, expect, it } from 'vitest';
import { addDays, isHoliday, isWorkingDay } from '../../src/law/dates.js';
import { easter, isPublicHoliday, isWorking } from '../oracle/calendar.js';
import { day } from '../support/law.js';

/** Easter Sundays from the almanac. */
const EASTER: readonly (readonly [number, string])[] = [
  [1994, '04-03'],
  [1996, '04-07'],
  [2000, '04-23'],
  [2008, '03-23'],
  [2011, '04-24'],
  [2016, '03-27'],
  [2018, '04-01'],
  [2019, '04-21'],
  [2020, '04-12'],
  [2021, '04-04'],
  [2022, '04-17'],
  [2023, '04-09'],
  [2024, '03-31'],
  [2025, '04-20'],
  [2026, '04-05'],
  [2027, '03-28'],
  [2028, '04-16'],
  [2029, '04-01'],
  [2030, '04-21'],
  [2038, '04-25'],
];

describe('D5: the holidays that follow Easter (§ 2)', () => {
  it.each(EASTER)('%d: Easter Sunday is %s', (year, monthAndDay) => {
    const sunday = day(`${year}-${monthAndDay}`);
    const found = [-8, -7, -4, -3, -2, -1, 0, 1, 2, 38, 39, 40, 48, 49, 50, 51].map(
      (offset) => [offset, isHoliday(addDays(sunday, offset))] as const,
    );
    const fixed = (offset: number): boolean =>
      ['05-01', '05-17'].includes(addDays(sunday, offset).slice(5)) ||
      [-3, -2, 0, 1, 39, 49, 50].includes(offset);
    expect(found).toEqual(found.map(([offset]) => [offset, fixed(offset)]));
  });

  it.each([
    ['2026-04-02', 'skjærtorsdag'],
    ['2026-04-03', 'langfredag'],
    ['2026-04-05', 'første påskedag'],
    ['2026-04-06', 'andre påskedag'],
    ['2026-05-14', 'Kristi himmelfartsdag'],
    ['2026-05-24', 'første pinsedag'],
    ['2026-05-25', 'andre pinsedag'],
  ])('%s is %s', (date) => {
    expect(isHoliday(day(date))).toBe(true);
    expect(isWorkingDay(day(date))).toBe(false);
  });

  it.each(['2026-03-29', '2026-04-01', '2026-04-07', '2026-05-13', '2026-05-15', '2026-05-26'])(
    '%s is no holiday',
    (date) => {
      expect(isHoliday(day(date))).toBe(false);
    },
  );
});

describe('D5: the holidays with a date of their own, and 1 and 17 May', () => {
  it.each(['01-01', '05-01', '05-17', '12-25', '12-26'])('%s, every year', (monthAndDay) => {
    for (let year = 1994; year <= 2035; year += 1) {
      expect(isHoliday(day(`${year}-${monthAndDay}`)), String(year)).toBe(true);
      expect(isWorkingDay(day(`${year}-${monthAndDay}`)), String(year)).toBe(false);
    }
  });

  it.each([
    ['2026-12-24', true], // Thursday
    ['2026-12-31', true],
    ['2025-12-24', true], // Wednesday
    ['2024-12-24', true],
    ['2022-12-24', false], // Saturday
    ['2023-12-24', false], // Sunday
    ['2022-12-31', false], // Saturday
  ])('%s is a working day: %s', (date, expected) => {
    expect(isHoliday(day(date))).toBe(false);
    expect(isWorkingDay(day(date))).toBe(expected);
  });

  it.each(['2026-01-02', '2026-05-18', '2026-06-23', '2026-12-23', '2026-12-28', '2026-02-06'])(
    '%s is an ordinary working day',
    (date) => {
      expect(isWorkingDay(day(date))).toBe(true);
    },
  );
});

describe('D5: the whole calendar, against a second way of counting it', () => {
  it('finds Easter by another algorithm', () => {
    for (const [year, monthAndDay] of EASTER) expect(easter(year)).toBe(`${year}-${monthAndDay}`);
  });

  it('agrees on every day from 1990 through 2050', () => {
    const wrong: string[] = [];
    for (let date = day('1990-01-01'); date <= '2050-12-31'; date = addDays(date, 1)) {
      if (isWorkingDay(date) !== isWorking(date) || isHoliday(date) !== isPublicHoliday(date))
        wrong.push(date);
    }
    expect(wrong).toEqual([]);
  });
});

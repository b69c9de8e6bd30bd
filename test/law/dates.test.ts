import dayjs from 'dayjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  addWorkingDays,
  daysBetween,
  daysInYear,
  earliest,
  formatDate,
  latest,
  localDate,
  parseDate,
  yearOf,
} from '../../src/law/dates.js';
import { daysFrom, isWorking, plusDays } from '../oracle/calendar.js';
import { day } from '../support/law.js';

describe('parseDate', () => {
  it.each([
    ['2026-11-20', '2026-11-20'],
    ['20.11.2026', '2026-11-20'],
    ['1.2.2026', '2026-02-01'],
    ['01.02.2026', '2026-02-01'],
    ['10.10.2026', '2026-10-10'],
    ['  2026-11-20 ', '2026-11-20'],
    ['2024-02-29', '2024-02-29'],
    ['29.2.2024', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['1970-01-01', '1970-01-01'],
    ['2199-12-31', '2199-12-31'],
  ])('%j is %s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  it.each([
    '2025-02-29',
    '2100-02-29',
    '29.02.2025',
    '31.04.2026',
    '31.9.2026',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0.1.2026',
    '00.01.2026',
    '32.1.2026',
    '1.13.2026',
    '2026-1-2',
    '20.11.26',
    '20/11/2026',
    '11-20-2026',
    '20261120',
    '2026-11-20T00:00',
    '2026-11',
    'i dag',
    '',
    '1969-12-31',
    '2200-01-01',
    '0000-00-00',
    '20. november 2026',
  ])('%j is no date', (text) => {
    expect(parseDate(text)).toBeNull();
  });

  it('throws where a date was promised', () => {
    expect(() => localDate('2025-02-29')).toThrow(RangeError);
    expect(localDate('2026-08-03')).toBe('2026-08-03');
  });

  it('reads back what formatDate writes', () => {
    expect(formatDate(day('2026-02-01'))).toBe('01.02.2026');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 84_000 }), (offset) => {
        const date = addDays(day('1970-01-01'), offset);
        expect(parseDate(formatDate(date))).toBe(date);
        expect(parseDate(date)).toBe(date);
      }),
    );
  });
});

describe('arithmetic', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-29', 1, '2024-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-28', 2, '2026-03-30'], // over the change to summer time
    ['2026-10-24', 2, '2026-10-26'], // and back
    ['2026-08-03', 14, '2026-08-17'],
    ['2026-08-03', 0, '2026-08-03'],
  ])('%s + %d days is %s', (date, days, expected) => {
    expect(addDays(day(date), days)).toBe(expected);
    expect(daysBetween(day(date), day(expected))).toBe(days);
  });

  it.each([
    ['2026-08-31', 6, '2027-02-28'],
    ['2023-08-31', 6, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 36, '2027-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-08-31', -6, '2026-02-28'],
  ])('%s + %d months is %s', (date, months, expected) => {
    expect(addMonths(day(date), months)).toBe(expected);
  });

  it.each([
    [2023, 365],
    [2024, 366],
    [2025, 365],
    [2000, 366],
    [1900, 365],
    [2100, 365],
    [2096, 366],
  ])('%d has %d days', (year, days) => {
    expect(daysInYear(year)).toBe(days);
  });

  it('agrees with counting days by number', () => {
    const offset = fc.integer({ min: 0, max: 25_000 });
    fc.assert(
      fc.property(offset, fc.integer({ min: -400, max: 20_000 }), (start, days) => {
        const date = addDays(day('1990-01-01'), start);
        const later = addDays(date, days);
        expect(later).toBe(plusDays(date, days));
        expect(daysBetween(date, later)).toBe(days);
        expect(daysFrom(date, later)).toBe(days);
      }),
    );
  });

  it('compares as text', () => {
    expect(earliest(day('2026-08-03'), day('2026-11-01'))).toBe('2026-08-03');
    expect(latest(day('2026-08-03'), day('2026-11-01'))).toBe('2026-11-01');
    expect(yearOf(day('2026-08-03'))).toBe(2026);
  });
});

describe('addWorkingDays', () => {
  it.each([
    ['2026-09-03', 0, '2026-09-03'],
    ['2026-09-05', 0, '2026-09-05'], // a Saturday stays, asked for none
    ['2026-09-03', 1, '2026-09-04'],
    ['2026-09-04', 1, '2026-09-07'],
    ['2026-09-03', 3, '2026-09-08'],
    ['2026-04-01', 1, '2026-04-07'],
    ['2026-12-23', 2, '2026-12-28'],
  ])('%s + %d is %s', (date, count, expected) => {
    expect(addWorkingDays(day(date), count)).toBe(expected);
  });

  it('passes exactly that many working days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 15 }), (offset, count) => {
        const date = addDays(day('1995-01-01'), offset);
        const end = addWorkingDays(date, count);
        let working = 0;
        for (let at = addDays(date, 1); at <= end; at = addDays(at, 1)) if (isWorking(at)) working += 1;
        expect(working).toBe(count);
      }),
    );
  });
});

describe('counting days', () => {
  it('agrees with the calendar on every day from 1970 to 2199', () => {
    const DAY = 86_400_000;
    const start = localDate('1970-01-01');
    const count = Math.round((Date.UTC(2199, 11, 31) - Date.UTC(1970, 0, 1)) / DAY);
    const wrong: string[] = [];
    for (let n = 0; n <= count; n += 1) {
      const date = new Date(n * DAY);
      const iso = date.toISOString().slice(0, 10);
      const here = addDays(start, n);
      if (here !== iso || daysBetween(start, here) !== n) wrong.push(`${n}: ${here}, not ${iso}`);
      const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
      if (addWorkingDays(here, 0) !== here || (weekend && addWorkingDays(addDays(here, -1), 1) === here))
        wrong.push(`${iso} is a weekend`);
    }
    expect(wrong).toEqual([]);
  });

  it('adds months as the date library does', () => {
    const anyDay = fc.integer({ min: 0, max: 84_000 }).map((n) => addDays(localDate('1970-01-01'), n));
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -500, max: 500 }), (date, months) => {
        const theirs = dayjs(date).add(months, 'month').format('YYYY-MM-DD');
        expect(addMonths(date, months)).toBe(theirs);
      }),
      { numRuns: 2000 },
    );
  });
});

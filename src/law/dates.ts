import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import utc from 'dayjs/plugin/utc.js';
import { remembered } from './remembered.js';

dayjs.extend(utc);
dayjs.extend(customParseFormat);

/** A plain calendar date in Europe/Oslo, `YYYY-MM-DD` (D1). Comparing two as text compares them as dates. */
export type LocalDate = string & { readonly __brand: 'LocalDate' };

const ISO = 'YYYY-MM-DD';
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

function fromDayjs(day: dayjs.Dayjs): LocalDate {
  return day.format(ISO) as LocalDate;
}

// A date is added to and compared with others a million times in a report. The library, a thousand times slower, reads
// what people write; counting is done on whole day numbers, from 1 March of the year 0, so that the leap day comes last.
const DAYS_IN_400_YEARS = 146_097;

/** The days from 1 March of the year 0 to a date. */
export const dayNumber = remembered((date: LocalDate): number => {
  const month = Number(date.slice(5, 7));
  const year = yearOf(date) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const inEra = year - era * 400;
  const inYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(date.slice(8, 10)) - 1;
  return era * DAYS_IN_400_YEARS + inEra * 365 + Math.floor(inEra / 4) - Math.floor(inEra / 100) + inYear;
});

/** The date that `dayNumber` counts to. */
export const dateOfDay = remembered((number: number): LocalDate => {
  const era = Math.floor(number / DAYS_IN_400_YEARS);
  const inEra = number - era * DAYS_IN_400_YEARS;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * inYear + 2) / 153);
  const month = shifted + (shifted < 10 ? 3 : -9);
  const day = inYear - Math.floor((153 * shifted + 2) / 5) + 1;
  return ymd(era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day);
});

function ymd(year: number, month: number, day: number): LocalDate {
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}` as LocalDate;
}

function daysInMonth(year: number, month: number): number {
  return month === 2 ? daysInYear(year) - 337 : 30 + ((month + (month > 7 ? 1 : 0)) % 2);
}

/** Whether a text of that form is a day there is: counted to a number and back it is the same. */
function isInCalendar(date: LocalDate): boolean {
  const year = yearOf(date);
  return year >= FIRST_YEAR && year <= LAST_YEAR && dateOfDay(dayNumber(date)) === date;
}

/** Reads `2026-11-20` or `20.11.2026` (also `1.2.2026`); null for anything that is not a date in the calendar. */
export function parseDate(text: string): LocalDate | null {
  const trimmed = text.trim();
  const format = /^\d{4}-\d{2}-\d{2}$/.test(trimmed)
    ? ISO
    : /^\d{1,2}\.\d{1,2}\.\d{4}$/.test(trimmed)
      ? 'D.M.YYYY'
      : null;
  if (format === null) return null;
  if (format === ISO) return isInCalendar(trimmed as LocalDate) ? (trimmed as LocalDate) : null;
  const normalised = trimmed.replace(/\b0(\d)\b/g, '$1');
  const day = dayjs.utc(normalised, format, true);
  if (!day.isValid() || day.year() < FIRST_YEAR || day.year() > LAST_YEAR) return null;
  return fromDayjs(day);
}

/** For dates written in the program or already checked. @throws RangeError on anything else */
export function localDate(text: string): LocalDate {
  const date = parseDate(text);
  if (date === null) throw new RangeError(`not a date: ${text}`);
  return date;
}

/** The date so many calendar days later; earlier for a negative number. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDay(dayNumber(date) + days);
}

/** Same day of a later month; the last day of the month where it has no such day. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const count = yearOf(date) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  return ymd(year, month, Math.min(Number(date.slice(8, 10)), daysInMonth(year, month)));
}

/** 1 January of a year. */
export function firstOfYear(year: number): LocalDate {
  return ymd(year, 1, 1);
}

/** Calendar days from `a` to `b`; negative when `b` comes first. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return dayNumber(b) - dayNumber(a);
}

/** The calendar year of a date, as a number. */
export function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

/** 365, or 366 in a leap year. */
export function daysInYear(year: number): number {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 366 : 365;
}

/** The one of two dates that comes first. */
export function earliest(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b;
}

/** The one of two dates that comes last. */
export function latest(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}

/** Easter Sunday, by the anonymous Gregorian algorithm. */
function easterSunday(year: number): LocalDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const monthAndDay = h + l - 7 * m + 114;
  const month = String(Math.floor(monthAndDay / 31)).padStart(2, '0');
  const day = String((monthAndDay % 31) + 1).padStart(2, '0');
  return `${year}-${month}-${day}` as LocalDate;
}

const EASTER_OFFSETS = [-3, -2, 0, 1, 39, 49, 50];
const FIXED_HOLIDAYS = ['01-01', '05-01', '05-17', '12-25', '12-26'];

const holidaysIn = remembered((year: number): ReadonlySet<string> => {
  const easter = easterSunday(year);
  return new Set<string>([
    ...FIXED_HOLIDAYS.map((day) => `${year}-${day}`),
    ...EASTER_OFFSETS.map((offset) => addDays(easter, offset)),
  ]);
});

/** Public holidays that are not Sundays as such, and 1 and 17 May (D5). 24 and 31 December are working days. */
export function isHoliday(date: LocalDate): boolean {
  return holidaysIn(yearOf(date)).has(date);
}

/** Not a Saturday, Sunday, public holiday, 1 or 17 May (D4, D5). */
export function isWorkingDay(date: LocalDate): boolean {
  // 1 March of the year 0 was a Wednesday.
  const weekday = (dayNumber(date) + 3) % 7;
  return weekday !== 0 && weekday !== 6 && !isHoliday(date);
}

/** The date itself when it is a working day, else the next one (D3, D4). */
export const rollForward = remembered((date: LocalDate): LocalDate => {
  let day = date;
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return day;
});

/** More working days than anything waits; a count beyond it is no count. */
const MOST_WORKING_DAYS = 1000;

/** The working day that comes `count` working days after the date; the date itself for 0. @throws RangeError over 1000 days */
export function addWorkingDays(date: LocalDate, count: number): LocalDate {
  if (count > MOST_WORKING_DAYS) throw new RangeError(`${count} working days`);
  let day = date;
  for (let left = count; left > 0; left -= 1) day = rollForward(addDays(day, 1));
  return day;
}

/** The way people read a date: `20.11.2026`. */
export function formatDate(date: LocalDate): string {
  return `${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(0, 4)}`;
}

// Calendar arithmetic of its own, on day numbers: it shares nothing with src/law/dates.ts, so that the two can disagree.

const MS_PER_DAY = 86_400_000;

/** Days since 1970-01-01. */
export type DayNumber = number;

const numbers = new Map<string, DayNumber>();
const texts = new Map<DayNumber, string>();

export function dayNumber(iso: string): DayNumber {
  const known = numbers.get(iso);
  if (known !== undefined) return known;
  const [year = NaN, month = NaN, date = NaN] = iso.split('-').map(Number);
  const number = Date.UTC(year, month - 1, date) / MS_PER_DAY;
  if (!Number.isInteger(number) || isoOf(number) !== iso) throw new RangeError(`not a date: ${iso}`);
  numbers.set(iso, number);
  return number;
}

export function isoOf(number: DayNumber): string {
  const known = texts.get(number);
  if (known !== undefined) return known;
  const iso = new Date(number * MS_PER_DAY).toISOString().slice(0, 10);
  texts.set(number, iso);
  return iso;
}

export function plusDays(iso: string, days: number): string {
  return isoOf(dayNumber(iso) + days);
}

export function daysFrom(a: string, b: string): number {
  return dayNumber(b) - dayNumber(a);
}

/** The last day of the month where the later month has no such day. */
export function plusYears(iso: string, years: number): string {
  const year = Number(iso.slice(0, 4)) + years;
  const monthAndDay = iso.slice(5);
  return monthAndDay === '02-29' && !isLeap(year) ? `${year}-02-28` : `${year}-${monthAndDay}`;
}

export function isLeap(year: number): boolean {
  return new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
}

/** Easter Sunday by Oudin's algorithm (1940): golden number, century correction, full moon, the Sunday after. */
export function easter(year: number): string {
  const int = Math.floor;
  const golden = year % 19;
  const century = int(year / 100);
  const h = (century - int(century / 4) - int((8 * century + 13) / 25) + 19 * golden + 15) % 30;
  const moon = h - int(h / 28) * (1 - int(29 / (h + 1)) * int((21 - golden) / 11));
  const weekday = (year + int(year / 4) + moon + 2 - century + int(century / 4)) % 7;
  const offset = moon - weekday;
  const month = 3 + int((offset + 40) / 44);
  const date = offset + 28 - 31 * int(month / 4);
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

const FIXED = ['01-01', '05-01', '05-17', '12-25', '12-26'];
const FROM_EASTER = [-3, -2, 0, 1, 39, 49, 50];

/** D5: Sundays, the holidays of helligdagsloven § 2, 1 and 17 May. */
export function isPublicHoliday(iso: string): boolean {
  const easterDay = easter(Number(iso.slice(0, 4)));
  return FIXED.includes(iso.slice(5)) || FROM_EASTER.includes(daysFrom(easterDay, iso));
}

const working = new Map<string, boolean>();

/** D4, D5: not a Saturday, a Sunday or a holiday. */
export function isWorking(iso: string): boolean {
  const known = working.get(iso);
  if (known !== undefined) return known;
  // 1970-01-01 was a Thursday: 0 is Monday here.
  const weekday = (((dayNumber(iso) + 3) % 7) + 7) % 7;
  const answer = weekday < 5 && !isPublicHoliday(iso);
  working.set(iso, answer);
  return answer;
}

/** D3, D4. */
export function nextWorking(iso: string): string {
  return isWorking(iso) ? iso : nextWorking(plusDays(iso, 1));
}

/** D6: `count` working days after, and at least one calendar day. */
export function graceEnd(deadline: string, count: number): string {
  let last = deadline;
  for (let left = count; left > 0; left -= 1) last = nextWorking(plusDays(last, 1));
  return last > deadline ? last : plusDays(deadline, 1);
}

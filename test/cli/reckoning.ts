/**
 * Days and interest counted another way than the program does: one day at a time, in whole-number fractions, with the
 * holidays and rates written out. What agrees with this was not copied from it.
 */

const DAY = 86_400_000;

export function addDays(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

export function daysFrom(a: string, b: string): number {
  return (Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / DAY;
}

/** Every day from the first to the last, both included. */
export function everyDay(first: string, last: string): string[] {
  return Array.from({ length: daysFrom(first, last) + 1 }, (_, index) => addDays(first, index));
}

/** Norwegian public holidays, and 1 and 17 May, from the printed calendar (D5). */
const HOLIDAYS = new Set([
  ...['2025-01-01', '2025-04-17', '2025-04-18', '2025-04-20', '2025-04-21', '2025-05-01', '2025-05-17'],
  ...['2025-05-29', '2025-06-08', '2025-06-09', '2025-12-25', '2025-12-26'],
  ...['2026-01-01', '2026-04-02', '2026-04-03', '2026-04-05', '2026-04-06', '2026-05-01', '2026-05-14'],
  ...['2026-05-17', '2026-05-24', '2026-05-25', '2026-12-25', '2026-12-26'],
]);

export function isWorkingDay(iso: string): boolean {
  const weekday = new Date(`${iso}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !HOLIDAYS.has(iso);
}

/** The working day that comes `count` working days after the day. */
export function workingDaysAfter(iso: string, count: number): string {
  let day = iso;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** Forsinkelsesrente by the first day of the half-year, in hundredths of a per cent (I1). */
const RATES: readonly (readonly [string, bigint])[] = [
  ['2024-01-01', 1250n],
  ['2024-07-01', 1250n],
  ['2025-01-01', 1250n],
  ['2025-07-01', 1225n],
  ['2026-01-01', 1200n],
  ['2026-07-01', 1225n],
];

function rateOn(iso: string): bigint {
  const row = RATES.filter(([from]) => from <= iso).at(-1);
  if (row === undefined || iso > '2026-12-31') throw new Error(`no rate for ${iso}`);
  return row[1];
}

function daysInYear(iso: string): bigint {
  const year = iso.slice(0, 4);
  return BigInt(daysFrom(`${year}-01-01`, `${year}-12-31`) + 1);
}

/** The principal after each change, and the day after which it carries interest: first the due date, then payments. */
export type Balances = readonly (readonly [after: string, ore: number])[];

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly ore: number;
}

/** I2–I5: simple interest for every day after the due date through the last, one line per rate, year and balance. */
export function interestLines(balances: Balances, through: string): Line[] {
  const lines: { key: string; from: string; to: string; days: bigint; of: bigint; per: bigint }[] = [];
  const [first] = balances;
  if (first === undefined || through <= first[0]) return [];
  for (const day of everyDay(addDays(first[0], 1), through)) {
    const ore = BigInt(balances.filter(([after]) => after < day).at(-1)?.[1] ?? 0);
    if (ore === 0n) continue;
    const key = `${rateOn(day)} ${day.slice(0, 4)} ${ore}`;
    const last = lines.at(-1);
    if (last?.key === key && addDays(last.to, 1) === day) {
      last.to = day;
      last.days += 1n;
    } else {
      lines.push({
        key,
        from: day,
        to: day,
        days: 1n,
        of: ore * rateOn(day),
        per: 10_000n * daysInYear(day),
      });
    }
  }
  return lines.map(({ from, to, days, of, per }) => {
    const half = 2n * days * of + per;
    return { from, to, days: Number(days), ore: Number(half / (2n * per)) };
  });
}

/** The sum of the lines as they are shown. */
export function interest(balances: Balances, through: string): number {
  return interestLines(balances, through).reduce((total, line) => total + line.ore, 0);
}

import { addDays, dayNumber, daysInYear, localDate, type LocalDate } from '../../src/law/dates.js';
import { interestLines, interestOre } from '../../src/law/interest.js';
import { loadRates } from '../../src/law/rates.js';
import { byTurns, print } from './table.js';

const UNTIL = localDate('2026-12-31');

/** One rate through one year, in days counted from the same day as the claims'. */
interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly rate: number;
  readonly divisor: number;
}

/** What the interest rests on, on bare numbers: as if somebody had cut the table by hand beforehand. */
function stretches(rates: ReturnType<typeof loadRates>): Stretch[] {
  const lines = interestLines([{ after: localDate('1993-12-31'), baseOre: 1 }], UNTIL, 'dayAfterDue', rates);
  return lines.map(({ from, to, rate }) => ({
    first: dayNumber(from),
    last: dayNumber(to),
    rate: Math.round(Number(rate) * 100),
    divisor: 10_000 * daysInYear(Number(from.slice(0, 4))),
  }));
}

function plainSum(table: readonly Stretch[], amount: number, start: number, stop: number): number {
  let sum = 0;
  for (const { first, last, rate, divisor } of table) {
    if (last < start || first > stop) continue;
    const days = (last < stop ? last : stop) - (first > start ? first : start) + 1;
    const product = amount * rate * days;
    const rest = product % divisor;
    sum += (product - rest) / divisor + (2 * rest >= divisor ? 1 : 0);
  }
  return sum;
}

/**
 * Interest over every half-year since 1994, against the same sums on bare whole numbers in one loop: the claims with
 * dates as the program has them, and the loop with dates made into numbers beforehand.
 */
export async function benchInterest(claims: number, rounds: number): Promise<void> {
  const rates = loadRates();
  const table = stretches(rates);
  const first = localDate('1994-01-01');
  // Every due date of the first half-year, so that each claim runs through all of them.
  const due = Array.from({ length: 181 }, (_one, day): LocalDate => addDays(first, day));
  const starts = due.map((date) => dayNumber(date) + 1);
  const stop = dayNumber(UNTIL);
  let check = 0;
  const times = await byTurns(rounds, {
    plain: () => {
      for (let n = 0; n < claims; n += 1) check += plainSum(table, 100_000 + n, starts[n % 181] ?? 0, stop);
    },
    interest: () => {
      for (let n = 0; n < claims; n += 1) {
        const balances = [{ after: due[n % 181] ?? first, baseOre: 100_000 + n }];
        check -= interestOre(balances, UNTIL, 'dayAfterDue', rates);
      }
    },
  });
  if (check !== 0) throw new Error(`the sums differ by ${check} øre`);
  const { plain = 0, interest = 0 } = times;
  const micro = ((interest * 1000) / claims).toFixed(1);
  print(
    `Rente over alle halvår 1994–2026, ${claims} krav (ms i alt; ${micro} µs per krav, ${table.length} linjer hver)`,
    [
      {
        what: 'inkasso',
        milliseconds: interest,
        baseline: `bare heltall (${plain.toFixed(0)} ms)`,
        ratio: interest / plain,
        limit: '≤ 3',
      },
    ],
  );
}

import { daysBetween, localDate } from '../../src/law/dates.js';
import { interestLines } from '../../src/law/interest.js';
import { loadRates } from '../../src/law/rates.js';
import { byTurns, print } from './table.js';

/** Interest over every half-year since 1994, against the same sum on bare whole numbers. */
export async function benchInterest(claims: number, rounds: number): Promise<void> {
  const rates = loadRates();
  const [after, until] = [localDate('1994-01-01'), localDate('2026-12-31')];
  const claim = (n: number): { after: typeof after; baseOre: number }[] => [{ after, baseOre: 100_000 + n }];
  const pieces = interestLines(claim(0), until, 'dayAfterDue', rates).map((line) => ({
    factor: Math.round(Number(line.rate) * 100) * (daysBetween(line.from, line.to) + 1),
    divisor: 10_000 * line.yearDays,
  }));
  let check = 0;
  const times = await byTurns(rounds, {
    plain: () => {
      for (let n = 0; n < claims; n += 1) {
        for (const { factor, divisor } of pieces) {
          const product = (100_000 + n) * factor;
          const rest = product % divisor;
          check += (product - rest) / divisor + (2 * rest >= divisor ? 1 : 0);
        }
      }
    },
    interest: () => {
      for (let n = 0; n < claims; n += 1)
        for (const { amountOre } of interestLines(claim(n), until, 'dayAfterDue', rates)) check -= amountOre;
    },
  });
  if (check !== 0) throw new Error(`the sums differ by ${check} øre`);
  const { plain = 0, interest = 0 } = times;
  print(`Rente, ${claims} krav fra 1994 (ms i alt, ${pieces.length} linjer hver)`, [
    {
      what: 'interestLines',
      milliseconds: interest,
      baseline: 'bare heltall',
      ratio: interest / plain,
      limit: '≤ 3',
    },
  ]);
}

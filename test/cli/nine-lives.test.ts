import { beforeEach, describe, expect, it } from 'vitest';
import { claim, Desk, DUE } from '../support/cli.js';

const PURRING = ['--history', 'purring=2026-08-20:2026-09-03:38'];
let desk: Desk;

beforeEach(async () => {
  desk = await Desk.open();
});

async function letterless(...days: readonly string[]): Promise<void> {
  for (const day of days) expect((await desk.run(day, '--dry-run')).letters, day).toEqual([]);
}

describe('lives of a claim of 10 000 kr, reckoned by hand', () => {
  it('part payments, one for principal, then overpaid and refunded', async () => {
    await desk.ok('2026-09-01', ...claim('1', '10000', DUE, ...PURRING));
    await desk.ok('2026-09-01', 'pay', '1', '1000', '--to', 'principal');
    // 1 000 000 × 12,25 % × 29/365 = 9 732,88
    expect((await desk.show('2026-09-01')).claim).toMatchObject({
      principalOre: 900_000,
      interestOre: 9733,
      costsOre: 3800,
    });
    await desk.ok('2026-10-01', 'pay', '1', '500');
    // 900 000 × 12,25 % × 30/365 = 9 061,64; 50 000 − 3 800 − (9 733 + 9 062) = 27 405 on the principal
    expect((await desk.show('2026-10-01')).claim).toMatchObject({
      principalOre: 872_595,
      interestOre: 0,
      costsOre: 0,
    });
    await desk.ok('2026-11-01', 'pay', '1', '9000');
    // 872 595 × 12,25 % × 31/365 = 9 078,57; 900 000 − 872 595 − 9 079 = 18 326 too much
    expect(await desk.show('2026-11-01')).toMatchObject({ claim: { openOre: 0, creditOre: 18_326 } });
    await desk.ok('2026-11-02', 'refund', '1', '183,26');
    expect((await desk.show('2026-11-02')).claim).toMatchObject({ openOre: 0, creditOre: 0 });
    await letterless('2026-11-10');
  });

  it('interest over a change of year and of rate', async () => {
    await desk.ok('2026-07-10', ...claim('1', '10000', '2025-12-15'));
    // 16 days at 12,25 %: 5 369,86. 181 days at 12 %: 59 506,85. 10 days at 12,25 %: 3 356,16
    const { claim: shown } = await desk.show('2026-07-10');
    expect(shown.interestLines.map(({ days, amountOre }) => [days, amountOre])).toEqual([
      [16, 5370],
      [181, 59_507],
      [10, 3356],
    ]);
    expect(shown.interestOre).toBe(68_233);
  });

  it('an objection to a part, partly upheld, leaves no costs', async () => {
    await desk.ok('2026-08-20', ...claim('1', '10000', DUE, ...PURRING));
    await desk.ok('2026-08-24', 'dispute', '1', '--part', '500', '--reason', 'en time for mye');
    expect((await desk.show('2026-09-20')).status).toBe('disputed');
    await letterless('2026-09-20', '2026-10-20');
    const outcome = ['--outcome', 'partly', '--reduce', '500', '--reason', 'enige'];
    await desk.ok('2026-10-20', 'resolve', '1', ...outcome);
    expect((await desk.show('2026-10-20')).claim).toMatchObject({ principalOre: 950_000, costsOre: 0 });
  });

  it('konkurs: interest to the opening day, then a dividend', async () => {
    await desk.ok('2026-08-04', ...claim('1', '10000', DUE));
    await desk.ok('2026-09-14', 'stop', '1', '--because', 'bankruptcy', '--date', '2026-09-14');
    // 1 000 000 × 12,25 % × 42/365 = 14 095,89
    expect(await desk.show('2026-11-01')).toMatchObject({
      status: 'bankrupt',
      claim: { interestOre: 14_096 },
    });
    await desk.ok('2026-11-02', 'pay', '1', '2000');
    expect((await desk.show('2026-11-10')).claim).toMatchObject({ principalOre: 814_096, interestOre: 0 });
    await letterless('2026-11-10');
  });

  it('written off, then the invoice amount comes in', async () => {
    await desk.ok('2026-08-04', ...claim('1', '10000', DUE));
    await desk.ok('2026-09-01', 'writeoff', '1', '--reason', 'for lite');
    await letterless('2026-09-05');
    await desk.ok('2026-09-11', 'pay', '1', '10000');
    // 1 000 000 × 12,25 % × 39/365 = 13 089,04
    expect((await desk.show('2026-09-11')).claim).toMatchObject({ principalOre: 0, interestOre: 13_089 });
    await letterless('2026-11-10');
  });

  it.each(['debt-settlement', 'death', 'minor'])('no letter after %s', async (because) => {
    await desk.ok('2026-08-04', ...claim('1', '10000', DUE));
    await desk.ok('2026-08-10', 'stop', '1', '--because', because);
    await letterless('2026-09-01', '2026-11-10');
    expect((await desk.show('2026-11-10')).status).toBe('stopped');
  });
});

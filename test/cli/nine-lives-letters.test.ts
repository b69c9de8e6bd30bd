import { beforeEach, describe, expect, it } from 'vitest';
import { claim, Desk, DUE, readPdf, shareBrowser, type RunLetter } from '../support/cli.js';

shareBrowser();

const DAY = '2026-08-20';
const HOME = ['--address', 'Tenktveien 3', '--zip', '0350', '--city', 'Oslo'];
let desk: Desk;

beforeEach(async () => {
  desk = await Desk.open();
});

/** The printed letters of a day, confirmed. The PDF says what the figures say. */
async function printed(day: string, ...flags: readonly string[]): Promise<readonly RunLetter[]> {
  const { letters } = await desk.run(day, ...flags);
  for (const letter of letters) {
    const { text } = await readPdf(letter.pdf);
    const [whole = '', parts = ''] = (letter.totalOre / 100).toFixed(2).split('.');
    expect(text.replace(/\s/gu, '')).toContain(`${whole},${parts}`);
    expect(text).toContain(letter.deadline.split('-').reverse().join('.'));
  }
  return letters;
}

async function silent(...days: readonly string[]): Promise<void> {
  for (const day of days) expect((await desk.run(day, '--dry-run')).letters, day).toEqual([]);
}

/** `check` finds nothing: exit code 0. */
async function sound(day: string): Promise<void> {
  await desk.ok(day, 'check');
}

describe('lives of a claim of 10 000 kr whose letters are printed', () => {
  it('a payment recorded late takes the fee of the letter it crossed with it', async () => {
    await desk.ok('2026-08-01', ...claim('1', '10000', DUE, ...HOME));
    const [purring] = await printed(DAY, '--sent');
    // 1 000 000 × 12,25 % × 17/365 = 5 705,48; 700 → 750 kr × 1/20 = 37,50, rounded up to 38
    expect(purring).toMatchObject({ interestOre: 5705, feeOre: 3800, totalOre: 1_009_505 });
    // In the bank on 13 August, a week before the letter: 10 days, 1 000 000 × 12,25 % × 10/365 = 3 356,16
    await desk.ok('2026-08-24', 'pay', '1', '10033,56', '--date', '2026-08-13');
    expect(await desk.show('2026-08-24')).toMatchObject({
      status: 'paid',
      claim: { principalOre: 0, interestOre: 0, costsOre: 0, paidOre: 1_003_356, creditOre: 0 },
      letters: [{ step: 'purring', state: 'sent', feeOre: 3800 }],
    });
    await silent('2026-09-08', '2026-11-10');
    await sound('2026-11-10');
  });

  it('an objection to a part, partly upheld, a credit note, and the ladder without costs', async () => {
    await desk.ok('2026-08-01', ...claim('1', '10000', DUE, ...HOME));
    await printed(DAY, '--sent');
    await desk.ok('2026-08-24', 'dispute', '1', '--part', '500', '--reason', 'én time for mye');
    const { held } = await desk.run('2026-09-20', '--dry-run');
    expect(held).toMatchObject([{ case: 1, rule: 'S1' }]);
    const outcome = ['--outcome', 'partly', '--reduce', '300', '--reason', 'enige om timen'];
    await desk.ok('2026-09-21', 'resolve', '1', ...outcome);
    await desk.ok('2026-09-21', 'credit', '1', '200', '--note-no', 'K-1', '--date', '2026-09-21');
    const [varsel, ...others] = await printed('2026-09-22', '--sent');
    expect(others).toEqual([]);
    expect(varsel).toMatchObject({
      step: 'inkassovarsel',
      principalOre: 950_000,
      costsOre: 0,
      feeOre: 0,
      deadline: '2026-10-06',
    });
    expect(varsel?.reasons.map(({ rule }) => rule)).toContain('F10');
    // 6 October and three bank days: 9 October
    await silent('2026-10-08');
    const [last] = (await desk.run('2026-10-09', '--dry-run')).letters;
    expect(last).toMatchObject({ step: 'betalingsoppfordring', feeOre: 0, costsOre: 0 });
    await sound('2026-10-09');
  });

  it('an objection without ground: the letters go on with their fees', async () => {
    await desk.ok('2026-08-01', ...claim('1', '10000', DUE, ...HOME));
    await printed(DAY, '--sent');
    await desk.ok('2026-08-24', 'dispute', '1', '--reason', 'liker ikke fargen');
    await silent('2026-09-08');
    const reason = ['--reason', 'åpenbart grunnløs: fargen er den som ble bestilt'];
    await desk.ok('2026-09-15', 'resolve', '1', '--outcome', 'rejected', ...reason);
    const [varsel] = await printed('2026-09-15', '--sent');
    // 1 000 000 × 12,25 % × 43/365 = 14 431,51; 38 + 38 kr
    expect(varsel).toMatchObject({
      step: 'inkassovarsel',
      interestOre: 14_432,
      feeOre: 3800,
      costsOre: 7600,
      totalOre: 1_022_032,
      deadline: '2026-09-29',
    });
    await silent('2026-10-01');
    const [oppfordring] = await printed('2026-10-02', '--sent');
    // 60 days: 20 136,99; 38 + 38 + 113 kr
    expect(oppfordring).toMatchObject({
      step: 'betalingsoppfordring',
      interestOre: 20_137,
      feeOre: 11_300,
      costsOre: 18_900,
      totalOre: 1_039_037,
    });
    await silent('2026-11-10');
    expect((await desk.show('2026-11-10')).status).toBe('legal');
    await sound('2026-11-10');
  });

  it('a plan that is kept, then one that breaks, and the fresh letter after it', async () => {
    await desk.ok('2026-08-01', ...claim('1', '10000', DUE, ...HOME));
    await printed(DAY, '--sent');
    const plan = ['--parts', '3', '--first', '2026-09-10', '--amount', '1000'];
    await desk.ok('2026-09-04', 'plan', '1', ...plan);
    expect((await desk.show('2026-09-04')).status).toBe('plan');
    await desk.ok('2026-09-10', 'pay', '1', '1000', '--date', '2026-09-10');
    // 38 kr, then 38 days: 12 753,42; the rest, 100 000 − 3 800 − 12 753 = 83 447, on the principal
    expect(await desk.show('2026-09-10')).toMatchObject({
      status: 'plan',
      claim: { principalOre: 916_553, interestOre: 0, costsOre: 0 },
    });
    await silent('2026-09-20', '2026-10-12', '2026-10-14');
    // Saturday 10 October is due on Monday the 12th (D4), and nothing came; the third bank day after it is the 15th
    const [fresh] = await printed('2026-10-15', '--sent');
    // 916 553 × 12,25 % × 35/365 = 10 766,36
    expect(fresh).toMatchObject({
      step: 'inkassovarsel',
      principalOre: 916_553,
      interestOre: 10_766,
      feeOre: 3800,
      totalOre: 931_119,
      deadline: '2026-10-29',
    });
    expect((await desk.show('2026-10-15')).status).toBe('open');
    await sound('2026-10-15');
  });

  it('a pause, taken up again, put aside, and warned of limitation all the while', async () => {
    await desk.ok('2026-08-01', ...claim('1', '10000', DUE, ...HOME));
    await printed(DAY);
    await desk.ok(DAY, 'hold', '1', '--until', '2026-09-15', '--reason', 'venter på lønn');
    expect(await desk.show(DAY)).toMatchObject({ status: 'held', letters: [{ state: 'withdrawn' }] });
    await silent(DAY, '2026-09-15');
    await desk.ok('2026-09-02', 'resume', '1');
    const [purring] = await printed('2026-09-02', '--sent');
    // 30 days: 10 068,49
    expect(purring).toMatchObject({ step: 'purring', interestOre: 10_068, feeOre: 3800 });
    await desk.ok('2026-09-10', 'bero', '1', '--reason', 'utenlands');
    await silent('2026-10-10', '2026-11-10');
    expect(await desk.show('2026-11-10')).toMatchObject({
      status: 'bero',
      limitation: { date: '2029-08-03' },
    });
    const { limitation } = await desk.ok<{ limitation: { case: number }[] }>(
      '2026-11-10',
      ...['report', 'limitation'],
    );
    expect(limitation.map((row) => row.case)).toEqual([]);
    await sound('2026-11-10');
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { claim, Desk, DUE, type ShownCase } from '../support/cli.js';
import { addDays, interest, interestLines } from './reckoning.js';

const DAY = '2026-09-01';
const ORE = 1_250_000;
const PURRING = ['--history', 'purring=2026-08-20:2026-09-03:38'];

let desk: Desk;

beforeEach(async () => {
  desk = await Desk.open();
});

async function pay(day: string, amount: string, ...flags: string[]): Promise<ShownCase> {
  return (await desk.ok<{ case: ShownCase }>(day, 'pay', '1', amount, ...flags)).case;
}

/** Øre the way a person types it. */
function typed(ore: number): string {
  return (ore / 100).toFixed(2).replace('.', ',');
}

/** What a run would do on each of the days to come. */
async function stepsUntil(last: string, from: string): Promise<string[]> {
  const steps: string[] = [];
  for (let day = from; day <= last; day = addDays(day, 7))
    steps.push(...(await desk.run(day, '--dry-run')).letters.map(({ step }) => step));
  return steps;
}

describe('payment of everything', () => {
  it('makes the case paid: no letter ever, nothing in the report', async () => {
    await desk.ok(DAY, ...claim('1', '12 500,00', DUE, ...PURRING));
    const owed = ORE + interest([[DUE, ORE]], DAY) + 3800;
    const paid = await pay(DAY, typed(owed), '--date', DAY, '--ref', 'bank 7');
    expect(paid.status).toBe('paid');
    expect(paid.claim).toMatchObject({
      principalOre: 0,
      interestOre: 0,
      costsOre: 0,
      openOre: 0,
      creditOre: 0,
    });
    expect(paid.claim.paidOre).toBe(owed);
    expect(paid.next).toMatchObject({ step: null, earliest: null });
    expect(paid.events.at(-1)).toMatchObject({
      type: 'paymentReceived',
      happenedOn: DAY,
      reference: 'bank 7',
    });
    expect(await stepsUntil('2026-11-20', DAY)).toEqual([]);
    expect((await desk.run('2026-11-20')).held).toEqual([]);
    expect((await desk.report('2026-11-20')).ageing).toMatchObject({ totalOre: 0, debtors: [] });
    expect(await desk.list('2026-11-20')).toMatchObject([{ status: 'paid', openOre: 0 }]);
  });

  it('before any letter costs the debtor the interest and nothing else', async () => {
    await desk.ok(DAY, ...claim('1', '12 500,00', DUE));
    const paid = await pay(DAY, typed(ORE + interest([[DUE, ORE]], DAY)));
    expect(paid).toMatchObject({ status: 'paid', claim: { openOre: 0, costsOre: 0 } });
  });

  it('stops the interest on the payment day, however late it is recorded', async () => {
    await desk.ok(DAY, ...claim('1', '12 500,00', DUE));
    const owed = ORE + interest([[DUE, ORE]], DAY);
    expect(await pay('2026-10-01', typed(owed), '--date', DAY)).toMatchObject({ status: 'paid' });
    expect((await desk.show('2026-11-01')).claim.openOre).toBe(0);
  });
});

describe('payment of the invoice amount alone', () => {
  it('goes to the principal, and no letter goes by itself for the rest, which every run lists', async () => {
    await desk.ok(DAY, ...claim('1', '12 500,00', DUE, ...PURRING));
    const rest = interest([[DUE, ORE]], DAY) + 3800;
    const { claim: left } = await pay(DAY, '12 500,00');
    expect(left).toMatchObject({ principalOre: 0, costsOre: 3800, openOre: rest });
    expect(await stepsUntil('2026-11-20', DAY)).toEqual([]);
    const { held } = await desk.run('2026-11-20');
    expect(held.map(({ rule }) => rule)).toEqual(['P5']);
    // Interest runs on the principal alone, and there is none left.
    expect((await desk.show('2026-11-20')).claim.openOre).toBe(rest);
    expect((await desk.report('2026-11-20')).ageing.totalOre).toBe(rest);
  });
});

describe('payment of a part', () => {
  it('goes to costs, then interest, then principal, and interest runs on what is left', async () => {
    await desk.ok(DAY, ...claim('1', '12 500,00', DUE, ...PURRING));
    const { claim: after, status } = await pay(DAY, '5 000');
    const left = ORE - (500_000 - 3800 - interest([[DUE, ORE]], DAY));
    expect(status).toBe('open');
    expect(after).toMatchObject({
      principalOre: left,
      interestOre: 0,
      costsOre: 0,
      openOre: left,
      paidOre: 500_000,
    });
    const balances = [
      [DUE, ORE],
      [DAY, left],
    ] as const;
    const { letters } = await desk.run('2026-09-08', '--dry-run');
    const open = interest(balances, '2026-09-08') - interest(balances, DAY);
    expect(letters).toMatchObject([
      { step: 'inkassovarsel', principalOre: left, interestOre: open, feeOre: 3800, costsOre: 3800 },
    ]);
    expect(letters[0]?.totalOre).toBe(left + open + 3800);
    const { claim: shown } = await desk.show('2026-09-08');
    expect(shown.interestLines.map(({ from, to, days, amountOre }) => [from, to, days, amountOre])).toEqual(
      interestLines(balances, '2026-09-08').map(({ from, to, days, ore }) => [from, to, days, ore]),
    );
    expect(shown.interestLines.map(({ baseOre }) => baseOre)).toEqual([ORE, left]);
  });

  it('too small for the interest leaves the principal whole', async () => {
    await desk.ok(DAY, ...claim('1', '12 500,00', DUE, ...PURRING));
    const { claim: after } = await pay(DAY, '50');
    expect(after).toMatchObject({ principalOre: ORE, costsOre: 0 });
    expect(after.interestOre).toBe(interest([[DUE, ORE]], DAY) - 1200);
  });

  it('may come in several times', async () => {
    await desk.ok(DAY, ...claim('1', '1 000', DUE));
    for (const day of ['2026-09-02', '2026-09-03', '2026-09-04']) await pay(day, '100', '--to', 'principal');
    const balances = [
      [DUE, 100_000],
      ['2026-09-02', 90_000],
      ['2026-09-03', 80_000],
      ['2026-09-04', 70_000],
    ] as const;
    const { claim: after } = await desk.show('2026-09-30');
    expect(after).toMatchObject({ principalOre: 70_000, paidOre: 30_000 });
    expect(after.interestOre).toBe(interest(balances, '2026-09-30'));
  });

  it('recorded late counts from its own day', async () => {
    await desk.ok(DAY, ...claim('1', '1 000', DUE));
    await pay('2026-09-10', '100', '--to', 'principal', '--date', '2026-09-10');
    await pay('2026-09-20', '100', '--to', 'principal', '--date', '2026-09-05');
    const balances = [
      [DUE, 100_000],
      ['2026-09-05', 90_000],
      ['2026-09-10', 80_000],
    ] as const;
    expect((await desk.show('2026-09-30')).claim.interestOre).toBe(interest(balances, '2026-09-30'));
  });
});

describe('payment with a purpose', () => {
  it.each([
    ['principal', { principalOre: ORE - 100_000, costsOre: 3800 }],
    ['costs', { costsOre: 0 }],
    ['interest', { interestOre: 0, costsOre: 0 }],
  ])('%s goes there first', async (to, expected) => {
    await desk.ok(DAY, ...claim('1', '12 500,00', DUE, ...PURRING));
    const before = (await desk.show(DAY)).claim;
    const { claim: after } = await pay(DAY, '1 000', '--to', to);
    expect(after).toMatchObject(expected);
    expect(after.openOre).toBe(before.openOre - 100_000);
  });

  it('interest, when it covers no more than that, leaves the fee', async () => {
    await desk.ok(DAY, ...claim('1', '12 500,00', DUE, ...PURRING));
    const owed = interest([[DUE, ORE]], DAY);
    const { claim: after } = await pay(DAY, typed(owed), '--to', 'interest');
    expect(after).toMatchObject({ interestOre: 0, costsOre: 3800, principalOre: ORE });
  });
});

describe('payment of too much', () => {
  it('is never lost: the rest is owed back', async () => {
    await desk.ok(DAY, ...claim('1', '12 500,00', DUE, ...PURRING));
    const owed = ORE + interest([[DUE, ORE]], DAY) + 3800;
    const { claim: after, status } = await pay(DAY, '13 000');
    expect(status).toBe('paid');
    expect(after).toMatchObject({ openOre: 0, paidOre: 1_300_000, creditOre: 1_300_000 - owed });
    expect((await desk.on(DAY, 'show', '1')).stdout).toMatch(/til gode/i);
    expect((await desk.report('2026-11-01')).ageing.totalOre).toBe(0);
  });
});

describe('payment before the due date', () => {
  it('makes the interest run on what was left from the start', async () => {
    await desk.ok(DAY, ...claim('1', '12 500,00', DUE));
    const { claim: after } = await pay(DAY, '5 000', '--date', '2026-07-30');
    expect(after).toMatchObject({ principalOre: 750_000, costsOre: 0, paidOre: 500_000 });
    expect(after.interestOre).toBe(interest([[DUE, 750_000]], DAY));
  });

  it('of the whole amount leaves nothing to collect', async () => {
    await desk.ok(DAY, ...claim('1', '12 500,00', DUE));
    const { claim: after, status } = await pay(DAY, '12 500', '--date', DUE);
    expect([status, after.openOre, after.interestOre]).toEqual(['paid', 0, 0]);
  });
});

describe('payment while a deadline runs', () => {
  it('of what the letter asks, in time, is not followed by another letter', async () => {
    await desk.ok('2026-08-20', ...claim('1', '12 500,00', DUE));
    const purring = (await desk.run('2026-08-20', '--sent')).letters[0];
    await pay('2026-09-04', typed(purring?.totalOre ?? 0), '--date', '2026-09-03');
    expect(await stepsUntil('2026-11-20', '2026-09-04')).toEqual([]);
  });
});

describe('a payment that cannot be', () => {
  beforeEach(async () => {
    await desk.ok(DAY, ...claim('1', '12 500,00', DUE, ...PURRING));
  });

  it.each([
    ['in the future', ['1', '100', '--date', '2026-09-02'], 3],
    ['of nothing', ['1', '0'], 2],
    ['of less than nothing', ['1', '-100'], 2],
    ['in letters', ['1', 'hundre'], 2],
    ['with three decimals', ['1', '100,005'], 2],
    ['that could mean two amounts', ['1', '1.000'], 2],
    ['on a day that does not exist', ['1', '100', '--date', '31.06.2026'], 2],
    ['to something else', ['1', '100', '--to', 'renter'], 2],
    ['on a case that does not exist', ['9', '100'], 4],
    ['without an amount', ['1'], 2],
  ])('%s is refused and nothing is written', async (_what, args, exit) => {
    const stood = desk.stored();
    expect((await desk.refused(DAY, 'pay', ...args)).exit).toBe(exit);
    expect(desk.stored()).toEqual(stood);
  });

  it('recorded before what is already recorded is refused with the day it can be', async () => {
    await pay('2026-09-10', '100');
    const stood = desk.stored();
    const failure = await desk.refused('2026-09-09', 'pay', '1', '100');
    expect(failure).toMatchObject({ exit: 3, rule: 'D1', until: '2026-09-10' });
    expect(failure.hint).toContain('--as-of');
    expect(desk.stored()).toEqual(stood);
  });
});

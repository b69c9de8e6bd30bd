import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  BUSINESS,
  CONSUMER,
  Desk,
  DUE,
  readPdf,
  sha256,
  shareBrowser,
  type RunData,
} from '../support/cli.js';
import { addDays, interest, workingDaysAfter } from './reckoning.js';

const DAY = '2026-08-20';
const DEADLINE = '2026-09-03';

shareBrowser();

let desk: Desk;
/** Two letters, made on DAY and not confirmed. */
let made: RunData;

beforeEach(async () => {
  desk = await Desk.open();
  await desk.add(DAY, ...CONSUMER);
  await desk.add(DAY, ...BUSINESS);
  made = await desk.run(DAY);
});

describe('a letter that is made and not sent', () => {
  it('is told as waiting, claims nothing yet, and keeps every other letter back', async () => {
    expect(made.letters.map(({ id, step, deadline }) => [id, step, deadline])).toEqual([
      [1, 'purring', DEADLINE],
      [2, 'purring', DEADLINE],
    ]);
    const stood = desk.stored();
    for (const day of [DAY, '2026-08-21', '2026-09-08', '2026-10-20']) {
      const later = await desk.run(day, '--sent');
      expect(later).toMatchObject({ batch: null, letters: [], print: null });
      expect(
        later.waiting.map(({ letter, case: number, invoice, since }) => [letter, number, invoice, since]),
      ).toEqual([
        [1, 1, '1001', DAY],
        [2, 2, '1002', DAY],
      ]);
      expect(later.held.map((held) => held.case)).toEqual([1, 2]);
    }
    expect(desk.stored()).toEqual(stood);
    const { claim, letters } = await desk.show('2026-09-08');
    expect(claim.costsOre).toBe(0);
    expect(letters.map(({ state, sentOn }) => [state, sentOn])).toEqual([['generated', null]]);
  });

  it('is named by a later run, so that it is not forgotten', async () => {
    const { document } = await desk.json('2026-08-25', ['run']);
    expect(document.warnings.map(({ code }) => code)).toEqual(['UNCONFIRMED', 'UNCONFIRMED']);
    const { stdout, stderr } = await desk.on('2026-08-25', 'run');
    expect(stdout + stderr).toContain('inkasso sent --letter 1');
  });
});

describe('sent', () => {
  it('confirms a whole batch: fee and deadlines count from the day of sending', async () => {
    const before = (await desk.show('2026-08-24')).claim;
    await desk.ok('2026-08-24', 'sent', String(made.batch), '--date', DAY);
    for (const number of ['1', '2']) {
      const { letters, next } = await desk.show('2026-08-24', number);
      expect(letters.map(({ state, sentOn, deadline }) => [state, sentOn, deadline])).toEqual([
        ['sent', DAY, DEADLINE],
      ]);
      expect(next).toMatchObject({ step: 'inkassovarsel', earliest: workingDaysAfter(DEADLINE, 3) });
    }
    const after = (await desk.show('2026-08-24')).claim;
    expect([before.costsOre, after.costsOre]).toEqual([0, 3800]);
    expect(after.openOre).toBe(before.openOre + 3800);
    expect((await desk.run('2026-08-24')).waiting).toEqual([]);
  });

  it('confirms single letters, by the channel said, and the rest without a number', async () => {
    await desk.ok(DAY, 'sent', '--letter', '2', '--channel', 'registered');
    expect((await desk.show(DAY, '1')).letters[0]).toMatchObject({ state: 'generated', sentOn: null });
    expect((await desk.show(DAY, '2')).letters[0]).toMatchObject({ state: 'sent', sentOn: DAY });
    const sent = (await desk.show(DAY, '2')).events.find(({ type }) => type === 'letterSent');
    expect(sent).toMatchObject({ channel: 'registered', happenedOn: DAY });
    await desk.ok(DAY, 'sent');
    expect((await desk.show(DAY, '1')).letters[0]).toMatchObject({ state: 'sent', sentOn: DAY });
  });

  it('refuses a date that leaves the debtor less than 14 days, and changes nothing', async () => {
    const lastDay = addDays(DEADLINE, -14);
    expect(lastDay).toBe(DAY);
    const stood = desk.stored();
    for (const args of [['1'], ['--letter', '1'], ['1', '--date', '2026-08-21'], []]) {
      const failure = await desk.refused('2026-08-21', 'sent', ...args);
      expect(failure).toMatchObject({ exit: 3, command: 'sent', code: 'REFUSED', rule: 'D2' });
      expect(failure.hjemmel).toContain('inkassoloven §§ 9 og 10');
      expect(failure.message).toMatch(/14 dager/);
      expect(failure.hint).toMatch(/inkasso withdraw/);
      expect(desk.stored()).toEqual(stood);
    }
    const { code, stdout, stderr } = await desk.on('2026-08-21', 'sent', '1');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/inkassoloven §§ 9 og 10/);
  });

  it('confirms all the letters it is given or none of them', async () => {
    await desk.ok(DAY, 'withdraw', '--letter', '2', '--reason', 'prøve');
    expect((await desk.run('2026-08-21')).letters.map(({ id }) => id)).toEqual([3]);
    const stood = desk.stored();
    // Letter 3 could be sent that day; letter 1 could not.
    const failure = await desk.refused('2026-08-21', 'sent', '--letter', '3', '--letter', '1');
    expect(failure).toMatchObject({ exit: 3, rule: 'D2' });
    expect(desk.stored()).toEqual(stood);
    await desk.ok('2026-08-21', 'sent', '--letter', '3');
  });

  it('refuses a day before the letter was made, a day to come, and a letter already sent', async () => {
    const stood = desk.stored();
    expect(await desk.refused(DAY, 'sent', '--date', '2026-08-19')).toMatchObject({ exit: 3 });
    expect([2, 3]).toContain((await desk.refused(DAY, 'sent', '--date', '2026-08-21')).exit);
    expect(await desk.refused(DAY, 'sent', '9')).toMatchObject({ exit: 4, code: 'NOT_FOUND' });
    expect(await desk.refused(DAY, 'sent', '--letter', '9')).toMatchObject({ exit: 4, code: 'NOT_FOUND' });
    expect(await desk.refused(DAY, 'sent', 'alle')).toMatchObject({ exit: 2 });
    expect(await desk.refused(DAY, 'sent', '--channel', 'due')).toMatchObject({ exit: 2 });
    expect(desk.stored()).toEqual(stood);
    await desk.ok(DAY, 'sent', '1');
    const sent = desk.stored();
    expect(await desk.refused(DAY, 'sent', '--letter', '1')).toMatchObject({ exit: 3 });
    expect(desk.stored()).toEqual(sent);
  });

  it('refuses e-mail while no address is recorded as the Act asks (L9)', async () => {
    expect(await desk.refused(DAY, 'sent', '1', '--channel', 'email')).toMatchObject({ exit: 3, rule: 'L9' });
  });
});

describe('withdraw', () => {
  it('takes letters back with the reason, and the next run makes new ones with a new deadline', async () => {
    await desk.ok('2026-08-21', 'withdraw', String(made.batch), '--reason', 'ble liggende på kontoret');
    const again = await desk.run('2026-08-21', '--sent');
    expect(
      again.letters.map(({ id, case: number, step, feeOre, deadline }) => [
        id,
        number,
        step,
        feeOre,
        deadline,
      ]),
    ).toEqual([
      [3, 1, 'purring', 3800, '2026-09-04'],
      [4, 2, 'purring', 3800, '2026-09-04'],
    ]);
    const { letters, events, claim } = await desk.show('2026-08-21');
    expect(letters.map(({ id, state, sentOn }) => [id, state, sentOn])).toEqual([
      [1, 'withdrawn', null],
      [3, 'sent', '2026-08-21'],
    ]);
    expect(claim.costsOre).toBe(3800);
    expect(events.find(({ type }) => type === 'letterWithdrawn')).toMatchObject({
      reason: 'ble liggende på kontoret',
      happenedOn: '2026-08-21',
    });
    const next = await desk.run('2026-09-09', '--dry-run');
    expect(next.letters.map(({ step, feeOre, costsOre }) => [step, feeOre, costsOre])).toEqual([
      ['inkassovarsel', 3800, 7600],
      ['inkassovarsel', 3800, 7600],
    ]);
  });

  it('needs a reason and a letter that is not sent', async () => {
    const stood = desk.stored();
    const silent = await desk.refused(DAY, 'withdraw', '1');
    expect(silent).toMatchObject({ exit: 2 });
    expect(silent.message).toContain('--reason');
    expect(await desk.refused(DAY, 'withdraw', '--reason', 'x')).toMatchObject({ exit: 2 });
    expect(await desk.refused(DAY, 'withdraw', '9', '--reason', 'x')).toMatchObject({ exit: 4 });
    expect(desk.stored()).toEqual(stood);
    await desk.ok(DAY, 'sent', '1');
    expect(await desk.refused(DAY, 'withdraw', '--letter', '1', '--reason', 'x')).toMatchObject({ exit: 3 });
  });
});

describe('a payment that comes in between', () => {
  it('withdraws the letter, whose figures no longer hold', async () => {
    await desk.ok('2026-08-21', 'pay', '1', '5000', '--date', '2026-08-21');
    expect((await desk.show('2026-08-21')).letters.map(({ state }) => state)).toEqual(['withdrawn']);
    expect((await desk.show('2026-08-21', '2')).letters.map(({ state }) => state)).toEqual(['generated']);
    expect(await desk.refused('2026-08-21', 'sent', '--letter', '1')).toMatchObject({ exit: 3 });
    const { letters } = await desk.run('2026-08-22');
    // 5 000 kr went to the interest of 18 days first, and the rest to the principal.
    const interestPaid = interest([[DUE, 1_250_000]], '2026-08-21');
    const left = 1_250_000 - (500_000 - interestPaid);
    expect(letters.map(({ case: number, step, principalOre }) => [number, step, principalOre])).toEqual([
      [1, 'purring', left],
    ]);
    const open = interest([['2026-08-21', left]], '2026-08-22');
    expect(letters[0]).toMatchObject({ interestOre: open, feeOre: 3800, totalOre: left + open + 3800 });
    const { text } = await readPdf(letters[0]?.pdf ?? '');
    expect(text).toMatch(/Innbetalt 21\.08\.2026/);
  });

  it('of everything leaves nothing to send', async () => {
    const { claim } = await desk.show('2026-08-21');
    await desk.ok('2026-08-21', 'pay', '1001', (claim.openOre / 100).toFixed(2), '--date', '2026-08-21');
    expect(await desk.show('2026-08-21')).toMatchObject({
      status: 'paid',
      claim: { openOre: 0, creditOre: 0 },
    });
    await desk.ok('2026-08-21', 'withdraw', '--letter', '2', '--reason', 'prøve');
    for (const day of ['2026-08-21', '2026-09-20', '2026-10-20']) {
      const { letters, held } = await desk.run(day, '--dry-run');
      expect(letters.map((letter) => letter.case)).toEqual([2]);
      expect(held.map((each) => each.case)).toEqual([]);
    }
  });
});

describe('letter', () => {
  it('writes the same bytes again, also of a withdrawn letter', async () => {
    const [first] = made.letters;
    await desk.ok(DAY, 'withdraw', '--letter', '1', '--reason', 'prøve');
    const out = desk.path('arkiv', 'kopi.pdf');
    const told = await desk.ok<{ pdf: string; sha256: string }>(DAY, 'letter', '1', '--out', out);
    expect(told).toMatchObject({ letter: 1, pdf: out, sha256: first?.sha256 });
    const bytes = readFileSync(out);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(sha256(bytes)).toBe(first?.sha256);
    expect(bytes.equals(readFileSync(first?.pdf ?? ''))).toBe(true);
  });

  it('brings back a copy that is gone or changed', async () => {
    const [, second] = made.letters;
    const path = second?.pdf ?? '';
    writeFileSync(path, 'noe annet');
    await desk.ok(DAY, 'letter', '2', '--out', path);
    expect(sha256(readFileSync(path))).toBe(second?.sha256);
    const { pdf } = await desk.ok<{ pdf: string }>(DAY, 'letter', '2');
    expect(existsSync(pdf)).toBe(true);
    expect(sha256(readFileSync(pdf))).toBe(second?.sha256);
  });

  it('leaves nothing behind where it cannot write', async () => {
    const file = desk.write('fil', 'viktig');
    const stood = desk.stored();
    for (const out of [desk.path('brev'), `${file}/kopi.pdf`]) {
      expect([1, 2]).toContain((await desk.refused(DAY, 'letter', '1', '--out', out)).exit);
      expect(desk.stored()).toEqual(stood);
    }
  });

  it('says so when there is no such letter', async () => {
    expect(await desk.refused(DAY, 'letter', '9')).toMatchObject({ exit: 4, code: 'NOT_FOUND' });
    expect(await desk.refused(DAY, 'letter', 'første')).toMatchObject({ exit: 2 });
  });
});

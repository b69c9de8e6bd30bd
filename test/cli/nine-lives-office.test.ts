import { beforeEach, describe, expect, it } from 'vitest';
import { claim, Desk, DUE, readPdf, shareBrowser } from '../support/cli.js';

shareBrowser();

const DAY = '2026-08-20';
const HOME = ['--address', 'Tenktveien 3', '--zip', '0350', '--city', 'Oslo'];
let desk: Desk;

beforeEach(async () => {
  desk = await Desk.open();
});

async function register(invoice = '1', amount = '10000'): Promise<void> {
  await desk.ok('2026-08-01', ...claim(invoice, amount, DUE, ...HOME));
}

async function stages(day: string): Promise<readonly (readonly [number, string, string | null])[]> {
  const { letters } = await desk.show(day);
  return letters.map(({ id, state, sentOn }) => [id, state, sentOn] as const);
}

describe('a letter from the making to the post', () => {
  beforeEach(async () => {
    await register();
    expect((await desk.run(DAY)).letters).toMatchObject([{ id: 1, deadline: '2026-09-03' }]);
  });

  it('posted a day too late is refused with the way out, and the way out works', async () => {
    expect((await desk.refused('2026-08-21', 'sent')).hint).toContain('inkasso withdraw --letter 1');
    await desk.ok('2026-08-21', 'withdraw', '--letter', '1', '--reason', 'lå igjen på kontoret');
    const again = await desk.run('2026-08-21');
    // 18 days: 6 041,10
    expect(again.letters).toMatchObject([{ id: 2, deadline: '2026-09-04', interestOre: 6041, feeOre: 3800 }]);
    await desk.ok('2026-08-21', 'sent', '--letter', '2', '--channel', 'registered');
    expect(await stages('2026-08-21')).toEqual([
      [1, 'withdrawn', null],
      [2, 'sent', '2026-08-21'],
    ]);
    const { stdout, stderr } = await desk.on('2026-08-21', 'check');
    expect(stdout + stderr).toBe('');
  });

  it('is taken back by a payment, and the next one says what is left', async () => {
    await desk.ok('2026-08-21', 'pay', '1', '3000', '--date', DAY);
    expect(await stages('2026-08-21')).toEqual([[1, 'withdrawn', null]]);
    expect(await desk.refused('2026-08-21', 'sent', '--letter', '1')).toMatchObject({ exit: 3 });
    // 300 000 − 5 705 = 294 295 on the principal; 705 705 × 12,25 % × 1/365 = 236,85
    const { letters } = await desk.run('2026-08-21', '--sent');
    expect(letters).toMatchObject([{ principalOre: 705_705, interestOre: 237, totalOre: 709_742 }]);
    const { text } = await readPdf(letters[0]?.pdf ?? '');
    expect(text).toMatch(/Innbetalt 20\.08\.2026/);
    expect(text).toMatch(/7.097,42/);
  });

  it('goes by e-mail only with what allows it on record', async () => {
    const failure = await desk.refused(DAY, 'sent', '1', '--channel', 'email');
    expect(failure).toMatchObject({ exit: 3, rule: 'L9' });
    expect(failure.message).toContain('--electronic-basis');
    const basis = ['--email', 'kari@oppdiktet.example', '--electronic-basis', 'bestilte fra adressen i juli'];
    await desk.ok(DAY, 'debtor', 'edit', '1', ...basis);
    await desk.ok(DAY, 'sent', '1', '--channel', 'email');
    expect(await stages(DAY)).toEqual([[1, 'sent', DAY]]);
  });

  it('is named at every run once it has lain for more than three days', async () => {
    for (const day of ['2026-08-24', '2026-09-08', '2026-11-10']) {
      const { document } = await desk.json<{ waiting: unknown[] }>(day, ['run']);
      expect(document.warnings.map(({ code }) => code)).toEqual(['UNCONFIRMED']);
      expect(document.data).toMatchObject({ letters: [], waiting: [{ letter: 1, since: DAY }] });
    }
  });
});

describe('a loss that turns out to be none', () => {
  it('is income when it is paid, and the case can be closed and opened again', async () => {
    await register();
    await desk.run(DAY, '--sent');
    await desk.ok('2026-09-01', 'writeoff', '1', '--reason', 'ingenting å hente');
    expect((await desk.show('2026-09-01')).status).toBe('writtenOff');
    await desk.ok('2026-09-11', 'pay', '1', '4000');
    // 39 days: 13 089,04. 400 000 − 3 800 − 13 089 = 383 111
    expect(await desk.show('2026-09-11')).toMatchObject({
      status: 'writtenOff',
      claim: { principalOre: 616_889, interestOre: 0, costsOre: 0, recoveredOre: 400_000 },
    });
    await desk.ok('2026-09-12', 'close', '1', '--reason', 'tar ikke mer');
    expect((await desk.run('2026-10-10', '--dry-run')).letters).toEqual([]);
    await desk.ok('2026-10-10', 'reopen', '1', '--reason', 'skyldneren har fått arbeid');
    const { letters } = await desk.run('2026-10-10', '--dry-run');
    // 616 889 × 12,25 % × 29/365 = 6 004,11
    expect(letters).toMatchObject([
      { step: 'inkassovarsel', principalOre: 616_889, interestOre: 6004, feeOre: 3800 },
    ]);
    await desk.ok('2026-10-10', 'check');
  });
});

describe('undo', () => {
  const SAME = { status: 'open', claim: { principalOre: 1_000_000, interestOre: 5705, costsOre: 0 } };

  it('leaves the claim as it was, and the history longer', async () => {
    await register();
    const before = await desk.show(DAY);
    let length = before.events.length;
    for (const args of [
      ['pay', '1', '500'],
      ['credit', '1', '500'],
      ['waive', '1', '--interest'],
      ['waive', '1', '--amount', '100'],
      ['dispute', '1', '--reason', 'feil vare'],
      ['plan', '1', '--parts', '2', '--first', '2026-09-10'],
      ['hold', '1', '--until', '2026-09-10', '--reason', 'venter'],
      ['stop', '1', '--because', 'bankruptcy', '--date', '2026-08-10'],
      ['bero', '1', '--reason', 'utenlands'],
      ['writeoff', '1', '--reason', 'for lite'],
      ['handover', '1', '--to', 'namsmann'],
      ['close', '1', '--reason', 'feil'],
      ['note', '1', 'erkjenner', '--fact', 'acknowledged'],
    ]) {
      await desk.ok(DAY, ...args);
      await desk.ok(DAY, 'undo', '1');
      const { events, ...after } = await desk.show(DAY);
      const { events: _earlier, ...was } = before;
      expect(after, args.join(' ')).toEqual(was);
      expect(events.at(-1)?.type).toBe('undone');
      expect(events).toHaveLength((length += 2));
    }
    expect(before).toMatchObject(SAME);
    expect(await desk.refused(DAY, 'undo', '1')).toMatchObject({ exit: 3 });
    await desk.ok(DAY, 'check');
  });

  it('of what ended something brings it back', async () => {
    await register();
    await desk.ok(DAY, 'dispute', '1', '--reason', 'feil vare');
    await desk.ok(DAY, 'resolve', '1', '--outcome', 'upheld', '--reason', 'rett');
    await desk.ok(DAY, 'undo', '1');
    expect(await desk.show(DAY)).toMatchObject({ ...SAME, status: 'disputed' });
    await desk.ok(DAY, 'undo', '1');
    await desk.ok(DAY, 'handover', '1', '--to', 'inkassobyraa');
    await desk.ok(DAY, 'reopen', '1', '--reason', 'tatt tilbake');
    expect((await desk.show(DAY)).status).toBe('open');
    await desk.ok(DAY, 'undo', '1');
    expect((await desk.show(DAY)).status).toBe('handedOver');
    expect((await desk.run('2026-11-10', '--dry-run')).letters).toEqual([]);
  });
});

describe('a debtor with several claims', () => {
  it('gets one letter for each, at the new address after moving, in the language chosen', async () => {
    await register('1');
    await register('2', '2000');
    const debtors = await desk.ok<{ debtors: unknown[] }>(DAY, 'debtor', 'list');
    expect(debtors.debtors).toHaveLength(1);
    const { letters } = await desk.run(DAY, '--sent');
    // 200 000 × 12,25 % × 17/365 = 1 141,10
    expect(letters.map(({ principalOre, interestOre }) => [principalOre, interestOre])).toEqual([
      [1_000_000, 5705],
      [200_000, 1141],
    ]);
    const moved = ['--address', 'Nyveien 8', '--zip', '5003', '--city', 'Bergen', '--language', 'en'];
    await desk.ok('2026-09-01', 'debtor', 'edit', '1', ...moved);
    const next = await desk.run('2026-09-08', '--sent');
    for (const [index, letter] of next.letters.entries()) {
      const { text } = await readPdf(letter.pdf);
      expect(text).toContain('Nyveien 8');
      expect(text).toContain('5003 Bergen');
      expect(text).not.toContain('Tenktveien');
      expect(text).toMatch(/debt collection/i);
      expect(text).toMatch(index === 0 ? /10.?000[.,]00/ : /2.?000[.,]00/);
    }
    expect((await readPdf(letters[0]?.pdf ?? '')).text).toContain('Tenktveien 3');
    await desk.ok('2026-09-08', 'check');
  });

  it('is exported whole, and anonymised only when the books allow it', async () => {
    await register();
    await desk.run(DAY, '--sent');
    const out = desk.path('innsyn.json');
    const all = await desk.ok<{ cases: unknown[] }>(DAY, 'debtor', 'export', '1', '--out', out);
    expect(JSON.stringify(all)).toContain('Tenktveien 3');
    expect(await desk.refused(DAY, 'debtor', 'anonymise', '1', '--yes')).toMatchObject({
      exit: 3,
      rule: 'B1',
    });
    await desk.ok('2026-08-24', 'pay', '1', '11000');
    expect(await desk.refused('2031-12-31', 'debtor', 'anonymise', '1', '--yes')).toMatchObject({
      exit: 3,
      rule: 'B1',
      until: '2032-01-01',
    });
  });
});

it('ten thousand kroner over twelve days of June 2024 bear 40,98 kr, the year having 366 days', async () => {
  await desk.ok('2026-08-01', ...claim('1', '10000', '2024-06-14'));
  await desk.ok('2026-08-01', 'pay', '1', '10000', '--date', '2024-06-26');
  // 1 000 000 × 12,50 % × 12/366 = 4 098,36; over 365 it would be 4 109,59
  expect((await desk.show('2026-08-01')).claim).toMatchObject({ principalOre: 0, interestOre: 4098 });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { ADDRESS, claim, Desk, DUE, type RunLetter } from '../support/cli.js';
import { addDays, interest, workingDaysAfter } from './reckoning.js';

let desk: Desk;

beforeEach(async () => {
  desk = await Desk.open();
});

function history(...letters: readonly string[]): string[] {
  return letters.flatMap((letter) => ['--history', letter]);
}

/** Registers a claim of 12 500 kr with earlier letters on the day, and says which letter comes next and when. */
async function register(day: string, due: string, ...letters: readonly string[]): Promise<string | null> {
  const args = claim('1', '12 500,00', due, ...history(...letters));
  await desk.ok(day, ...args);
  return (await desk.show(day)).next.earliest;
}

/** The one letter a run on the day would make. */
async function letterOn(day: string): Promise<RunLetter> {
  const { letters } = await desk.run(day, '--dry-run');
  expect(letters).toHaveLength(1);
  return letters[0] as RunLetter;
}

function rulesOf(letter: RunLetter): string[] {
  return letter.reasons.map(({ rule }) => rule);
}

describe('letters sent before registration', () => {
  it('are where the ladder goes on: a purring with fee, its deadline missed, then inkassovarsel with fee', async () => {
    const earliest = await register('2026-08-25', DUE, 'purring=2026-08-20:2026-09-03:38');
    expect(earliest).toBe(workingDaysAfter('2026-09-03', 3));
    expect((await desk.run(addDays(earliest ?? '', -1), '--dry-run')).letters).toEqual([]);
    const letter = await letterOn(earliest ?? '');
    expect(letter).toMatchObject({ step: 'inkassovarsel', feeOre: 3800, costsOre: 7600 });
    expect(letter.totalOre).toBe(1_250_000 + interest([[DUE, 1_250_000]], letter.date) + 7600);
    const { claim: now } = await desk.show('2026-08-25');
    expect(now.costsOre).toBe(3800);
  });

  it('with a deadline shorter than 14 days earn the next letter no fee (F6), but a later one its own (F4)', async () => {
    const earliest = await register('2026-09-01', DUE, 'purring=2026-08-20:2026-08-30:38');
    const letter = await letterOn(earliest ?? '');
    expect(letter).toMatchObject({ step: 'inkassovarsel', feeOre: 0, costsOre: 3800 });
    expect(rulesOf(letter)).toContain('F6');
    const varsel = 'inkassovarsel=2026-09-02:2026-09-16:0';
    await desk.ok(
      '2026-09-21',
      ...claim('2', '1000', DUE, ...history('purring=2026-08-20:2026-08-30:38', varsel)),
    );
    const later = await desk.run(workingDaysAfter('2026-09-16', 3), '--dry-run', '--case', '2');
    expect(later.letters).toMatchObject([
      { step: 'betalingsoppfordring', feeOre: 11300, costsOre: 15100, date: '2026-09-21' },
    ]);
  });

  it('one day short of 14 is too short; 14 to the day is enough', async () => {
    await register('2026-09-10', DUE, 'purring=2026-08-20:2026-09-02:38');
    await desk.ok('2026-09-10', ...claim('2', '1000', DUE, ...history('purring=2026-08-20:2026-09-03:38')));
    const { letters } = await desk.run('2026-09-10', '--dry-run');
    expect(letters.map(({ case: number, feeOre }) => [number, feeOre])).toEqual([
      [1, 0],
      [2, 3800],
    ]);
  });

  it('with two fees leave the inkassovarsel free (F5), and the betalingsoppfordring not', async () => {
    await register(
      '2026-09-20',
      DUE,
      ...['purring=2026-08-18:2026-09-01:38', 'purring=2026-09-04:2026-09-18:38'],
    );
    const letter = await letterOn('2026-09-23');
    expect(letter).toMatchObject({ step: 'inkassovarsel', feeOre: 0, costsOre: 7600 });
    expect(rulesOf(letter)).toContain('F5');
  });

  it('that were free leave the first fee to come (F3)', async () => {
    await register('2026-08-20', DUE, 'purring=2026-08-05:2026-08-19:0');
    expect(await letterOn('2026-08-24')).toMatchObject({
      step: 'inkassovarsel',
      feeOre: 3800,
      costsOre: 3800,
    });
  });

  it('with an inkassovarsel come next to the betalingsoppfordring, never back to a purring (L2)', async () => {
    await register('2026-09-10', DUE, 'inkassovarsel=2026-08-20:2026-09-03:38');
    const letter = await letterOn('2026-09-10');
    expect(letter).toMatchObject({ step: 'betalingsoppfordring', feeOre: 11300, costsOre: 15100 });
    expect(rulesOf(letter)).toContain('L3');
  });

  it('with an inkassovarsel of too short a deadline have given no notice (L3), and its fee is taken (F5)', async () => {
    await register('2026-09-10', DUE, 'inkassovarsel=2026-08-20:2026-08-30:38');
    const letter = await letterOn('2026-09-10');
    expect(letter).toMatchObject({ step: 'inkassovarsel', feeOre: 0, costsOre: 3800 });
    expect(rulesOf(letter)).toContain('F5');
  });

  it('that finish the ladder leave nothing to send', async () => {
    await register(
      '2026-10-20',
      DUE,
      ...['purring=2026-08-18:2026-09-01:38', 'inkassovarsel=2026-09-04:2026-09-18:38'],
      'betalingsoppfordring=2026-09-23:2026-10-07:113',
    );
    const shown = await desk.show('2026-10-20');
    expect(shown).toMatchObject({ status: 'legal', next: { step: null, earliest: null } });
    expect(shown.claim.costsOre).toBe(18900);
    const { letters, held } = await desk.run('2026-10-20', '--dry-run');
    expect([letters, held.map(({ rule }) => rule)]).toEqual([[], ['L3']]);
  });

  it('may be told in any order', async () => {
    await register(
      '2026-09-30',
      DUE,
      ...['inkassovarsel=2026-09-04:2026-09-18:38', 'purring=2026-08-18:2026-09-01:38'],
    );
    expect(await letterOn('2026-09-30')).toMatchObject({ step: 'betalingsoppfordring', costsOre: 18900 });
  });

  it('count for old claims too: they are not new to the debtor, so no --catch-up is needed', async () => {
    await register('2026-08-20', '2026-02-02', 'purring=2026-02-20:2026-03-06:38');
    expect(await letterOn('2026-08-20')).toMatchObject({ step: 'inkassovarsel', feeOre: 3800 });
  });
});

describe('the fee on the day a letter is sent', () => {
  const purring = (sent: string, deadline: string): string => `purring=${sent}:${deadline}:35`;

  it('is 35 kroner in 2025 and 38 in 2026, by the day of sending and not of the claim (F1)', async () => {
    await desk.ok('2025-12-30', ...claim('1', '1000', '2025-12-01'));
    expect(await letterOn('2025-12-31')).toMatchObject({ step: 'purring', feeOre: 3500 });
    expect(await letterOn('2026-01-02')).toMatchObject({ step: 'purring', feeOre: 3800 });
  });

  it('keeps the earlier fee as it was charged', async () => {
    await register('2026-01-08', '2025-12-01', purring('2025-12-19', '2026-01-02'));
    expect(await letterOn('2026-01-08')).toMatchObject({
      step: 'inkassovarsel',
      feeOre: 3800,
      costsOre: 7300,
    });
  });

  it('is 1/10 for claims that fell due before 1 October 2020 (F2)', async () => {
    await desk.ok('2020-10-20', ...claim('1', '1000', '2020-09-30'));
    await desk.ok('2020-10-20', ...claim('2', '1000', '2020-10-01'));
    const { letters } = await desk.run('2020-10-20', '--dry-run');
    expect(letters.map(({ case: number, feeOre }) => [number, feeOre])).toEqual([
      [1, 7000],
      [2, 3500],
    ]);
  });

  it('may not be charged before the 14th day after the due date (F3)', async () => {
    await desk.ok('2026-08-04', ...claim('1', '1000', DUE));
    const { letters, held } = await desk.run('2026-08-16', '--dry-run');
    expect(letters).toEqual([]);
    expect(held).toMatchObject([{ case: 1, rule: 'F3', until: '2026-08-17' }]);
    expect(await letterOn('2026-08-17')).toMatchObject({ step: 'purring', feeOre: 3800 });
  });

  it('counts from a due date that was moved off a Saturday (D4)', async () => {
    await desk.ok('2026-08-10', ...claim('1', '1000', '2026-08-01'));
    const { due, effectiveDue, next } = await desk.show('2026-08-10');
    expect([due, effectiveDue, next.earliest]).toEqual(['2026-08-01', '2026-08-03', '2026-08-17']);
  });
});

describe('other ladders', () => {
  it('fast: an inkassovarsel without fee at once, then the betalingsoppfordring with its fee', async () => {
    await desk.ok('2026-08-20', ...claim('1', '1000', DUE, '--policy', 'fast'));
    expect(await letterOn('2026-08-20')).toMatchObject({ step: 'inkassovarsel', feeOre: 0 });
    const sent = history('inkassovarsel=2026-08-06:2026-08-20:0');
    await desk.ok('2026-08-25', ...claim('2', '1000', DUE, '--policy', 'fast', ...sent));
    const { letters } = await desk.run('2026-08-25', '--dry-run', '--case', '2');
    expect(letters).toMatchObject([{ step: 'betalingsoppfordring', feeOre: 11300, costsOre: 11300 }]);
  });

  it('mild: a reminder without fee and without interest comes first', async () => {
    await desk.ok('2026-08-10', ...claim('1', '1000', DUE, '--policy', 'mild'));
    expect(await letterOn('2026-08-10')).toMatchObject({
      step: 'paaminnelse',
      feeOre: 0,
      interestOre: 0,
      totalOre: 100_000,
    });
  });

  it('compensation instead of fees from a business: 430 kroner, whatever the letters would have cost (F9)', async () => {
    const business = ['--type', 'business', '--charge', 'compensation', ...ADDRESS];
    const args = ['--invoice', '9', '--amount', '1000', '--due', DUE, '--debtor', 'Ærlig AS', ...business];
    await desk.ok('2026-08-20', 'add', ...args);
    expect((await desk.show('2026-08-20')).claim.costsOre).toBe(43_000);
    expect(await letterOn('2026-08-20')).toMatchObject({ step: 'purring', feeOre: 0, costsOre: 43_000 });
  });
});

describe('a history that cannot be', () => {
  it.each([
    ['of another form', 'purring 2026-08-20'],
    ['of an unknown step', 'trussel=2026-08-20:2026-09-03:38'],
    ['of an impossible day', 'purring=2026-02-30:2026-09-03:38'],
    ['with an impossible deadline', 'purring=2026-08-20:2026-09-31:38'],
    ['with a deadline before the sending', 'purring=2026-08-20:2026-08-19:38'],
    ['sent before the claim fell due', 'purring=2026-08-03:2026-08-17:0'],
    ['sent in the future', 'purring=2026-09-02:2026-09-16:38'],
    ['with a fee in letters', 'purring=2026-08-20:2026-09-03:mye'],
    ['with a negative fee', 'purring=2026-08-20:2026-09-03:-38'],
  ])('%s is refused and nothing is written', async (_what, letter) => {
    const stood = desk.stored();
    const failure = await desk.refused('2026-09-01', ...claim('1', '1000', DUE, '--history', letter));
    expect(failure).toMatchObject({ exit: 2, command: 'add' });
    expect(failure.message).toContain('--history');
    expect(desk.stored()).toEqual(stood);
  });
});

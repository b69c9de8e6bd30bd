import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { bareEnvironment, claim, Desk, DUE, PROGRAM, shareBrowser } from '../support/cli.js';

shareBrowser();

const DAY = '2026-08-20';
const LATER = '2026-08-21';
let desk: Desk;

beforeEach(async () => {
  desk = await Desk.open();
});

async function register(invoice: string, ...more: readonly string[]): Promise<void> {
  await desk.ok('2026-08-01', ...claim(invoice, '10000', DUE, ...more));
}

/** The program in a process of its own, to its end. */
function process2(...args: readonly string[]): Promise<{ code: number | null; stdout: string }> {
  const argv = [join(PROGRAM, 'bin', 'inkasso.js'), '--db', desk.database, '--as-of', DAY, '--json', ...args];
  const child = spawn(process.execPath, argv, { cwd: desk.folder, env: bareEnvironment(desk.folder) });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  return new Promise((done, fail) => {
    child.once('error', fail).once('close', (code) => {
      done({ code, stdout });
    });
  });
}

describe('a letter that is made', () => {
  const HAPPENINGS = [
    ['pay', '1'],
    ['credit', '100'],
    ['waive', '--interest'],
    ['dispute', '--reason', 'feil vare'],
    ['plan', '--parts', '2', '--first', '2026-09-10'],
    ['hold', '--until', '2026-09-10', '--reason', 'venter'],
    ['stop', '--because', 'death'],
    ['bero', '--reason', 'utenlands'],
    ['writeoff', '--reason', 'for lite'],
    ['handover', '--to', 'namsmann'],
    ['close', '--reason', 'feil'],
  ] as const;

  it('can no longer leave when something has happened to the claim, not even when that is undone', async () => {
    for (const index of HAPPENINGS.keys()) await register(`F${index + 1}`);
    expect((await desk.run(DAY)).letters).toHaveLength(HAPPENINGS.length);
    for (const [index, [verb, ...rest]] of HAPPENINGS.entries()) {
      const reference = String(index + 1);
      const { warnings } = (await desk.json(DAY, [verb, reference, ...rest])).document;
      const message = `Sak ${reference}: Purring fra 20.08.2026 (brev ${reference}) var ikke bekreftet sendt og er trukket tilbake. Send det ikke; «inkasso run» lager et nytt når det trengs.`;
      expect(warnings, verb).toContainEqual({ code: 'LETTER_WITHDRAWN', message });
      expect((await desk.show(DAY, reference)).letters, verb).toMatchObject([{ state: 'withdrawn' }]);
      expect(await desk.refused(DAY, 'sent', '--letter', reference), verb).toMatchObject({ exit: 3 });
      await desk.ok(DAY, 'undo', reference);
      expect(await desk.refused(DAY, 'sent', '--letter', reference), verb).toMatchObject({ exit: 3 });
    }
    expect((await desk.show(DAY)).claim).toMatchObject({ principalOre: 1_000_000, costsOre: 0 });
    await desk.ok(DAY, 'check');
  });

  it('is named when the rest of its batch is confirmed', async () => {
    for (const invoice of ['1', '2']) await register(invoice);
    await desk.run(DAY);
    await desk.ok(DAY, 'pay', '1', '1');
    const message = 'Trukket tilbake og derfor ikke bekreftet: brev 1 (sak 1).';
    const { data, warnings } = (await desk.json(DAY, ['sent', '1'])).document;
    expect(data).toMatchObject({ letters: [{ letter: 2 }] });
    expect(warnings).toEqual([{ code: 'LETTER_WITHDRAWN', message }]);
    expect((await desk.json(DAY, ['sent', '1'])).document.warnings).toEqual([
      { code: 'LETTER_WITHDRAWN', message },
    ]);
  });

  it('cannot be undone once sent, and what came before it neither', async () => {
    await register('1');
    await desk.ok(DAY, 'hold', '1', '--until', LATER, '--reason', 'venter');
    await desk.ok(DAY, 'resume', '1');
    await desk.run(DAY);
    expect(await desk.refused(DAY, 'undo', '1')).toMatchObject({ exit: 3, rule: 'L7' });
    await desk.ok(DAY, 'sent');
    expect(await desk.refused(DAY, 'undo', '1')).toMatchObject({ exit: 3, rule: 'L7' });
    await desk.ok(DAY, 'note', '1', 'ringte', '--phone');
    await desk.ok(DAY, 'undo', '1');
    expect(await desk.refused(DAY, 'undo', '1')).toMatchObject({ exit: 3, rule: 'L7' });
    expect((await desk.run(DAY)).letters).toEqual([]);
  });

  it('loses to a payment that another process records while it is printed', async () => {
    await register('1');
    await register('2');
    const run = process2('run', '--sent');
    await new Promise((later) => setTimeout(later, 500));
    let paid = await process2('pay', '1', '10057,05');
    const { code, stdout } = await run;
    expect(code).toBe(0);
    if (paid.code !== 0) paid = await process2('pay', '1', '10057,05');
    expect(paid.code).toBe(0);
    const { letters } = (JSON.parse(stdout) as { data: { letters: { case: number }[] } }).data;
    const { status, letters: kept } = await desk.show(DAY);
    // Whichever came first: a letter that is told is there, and none was made after the payment.
    expect(kept.filter(({ state }) => state === 'sent')).toHaveLength(
      letters.filter((letter) => letter.case === 1).length,
    );
    expect(letters.map((letter) => letter.case)).toContain(2);
    if (kept.length === 0) expect(status).toBe('paid');
    await desk.ok(DAY, 'check');
  });
});

describe('back in time', () => {
  it('nothing is recorded before what is recorded, and no other claim waits for that', async () => {
    await register('1');
    await register('2');
    await desk.ok(LATER, 'note', '1', 'ringte');
    for (const line of [
      'pay 1 1',
      'dispute 1 --reason x',
      'credit 1 1',
      'undo 1',
      'close 1 --reason x',
      'note 1 x',
    ])
      expect(await desk.refused(DAY, ...line.split(' ')), line).toMatchObject({
        exit: 3,
        rule: 'D1',
        until: LATER,
      });
    const { letters, held } = await desk.run(DAY, '--dry-run');
    expect(letters.map((letter) => letter.case)).toEqual([2]);
    expect(held).toMatchObject([{ case: 1, rule: 'D1', until: LATER }]);
  });

  it('a claim three years old gets no letter, whatever is recorded about it afterwards', async () => {
    await desk.ok('2026-08-01', ...claim('1', '10000', '2023-08-03'));
    for (const args of [
      ['pay', '1', '100'],
      ['note', '1', 'erkjenner', '--fact', 'acknowledged'],
      ['bero', '1', '--reason', 'x'],
      ['resume', '1'],
      ['close', '1', '--reason', 'x'],
      ['reopen', '1', '--reason', 'x'],
    ])
      await desk.ok('2026-08-04', ...args);
    const { letters, held } = await desk.run('2026-08-05', '--dry-run', '--catch-up', 'yes');
    expect([letters, held.map(({ rule }) => rule)]).toEqual([[], ['W1']]);
  });
});

describe('a ladder the Acts do not know', () => {
  const step = (name: string, wait = 14): object => ({ step: name, wait, fee: true, interest: true });
  it.each([
    ['begins with a betalingsoppfordring', [step('betalingsoppfordring')]],
    ['goes back to a purring', [step('inkassovarsel'), step('purring'), step('betalingsoppfordring')]],
    ['begins on the due date', [step('purring', 0)]],
    [
      'has two betalingsoppfordringer',
      [step('inkassovarsel'), ...Array(2).fill(step('betalingsoppfordring'))],
    ],
  ])('is refused: one that %s', async (_what, steps: object[]) => {
    const file = desk.write('eget.json', JSON.stringify({ name: 'eget', steps }));
    expect(await desk.refused(DAY, ...claim('1', '1000', DUE, '--policy', file))).toMatchObject({ exit: 3 });
    expect(await desk.list(DAY)).toEqual([]);
  });
});

describe('wrong figures', () => {
  it('an unlawful fee of an earlier letter is not claimed (F2)', async () => {
    const history = (fee: string): readonly string[] =>
      claim('1', '10000', DUE, '--history', `purring=2026-08-20:2026-09-03:${fee}`);
    expect(await desk.refused(DAY, ...history('39'))).toMatchObject({ exit: 3, rule: 'F2' });
    expect(await desk.list(DAY)).toEqual([]);
    await desk.ok(DAY, ...history('38'));
    expect((await desk.show(DAY)).claim.costsOre).toBe(3800);
  });

  it('an objection that was right leaves no interest on what was never owed (S1)', async () => {
    await register('1');
    await desk.ok(DAY, 'dispute', '1', '--reason', 'varen kom aldri');
    await desk.ok('2026-10-20', 'resolve', '1', '--outcome', 'upheld', '--reason', 'rett');
    expect((await desk.show('2026-10-20')).claim.openOre).toBe(0);
  });

  it('a payment keeps the parts it was booked on when a setting changes (P1)', async () => {
    await desk.ok('2026-08-24', ...claim('1', '10000', DUE, '--history', 'purring=2026-08-18:2026-09-01:38'));
    await desk.ok('2026-08-25', 'pay', '1', '10000');
    await desk.ok('2026-08-26', 'config', 'set', 'exactAmountIsPrincipal', 'false');
    expect((await desk.show('2026-09-10')).claim.principalOre).toBe(0);
  });

  it('what allowed e-mail to one address does not allow it to another (L9)', async () => {
    await register('1');
    await desk.ok(DAY, 'debtor', 'edit', '1', '--email', 'a@oppdiktet.example', '--electronic-basis', 'juli');
    await desk.ok(DAY, 'debtor', 'edit', '1', '--email', 'b@oppdiktet.example');
    const { debtor } = await desk.ok<{ debtor: { electronicBasis: string | null } }>(
      DAY,
      'debtor',
      'show',
      '1',
    );
    expect(debtor.electronicBasis).toBeNull();
  });
});

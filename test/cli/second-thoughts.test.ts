import { beforeEach, describe, expect, it } from 'vitest';
import { claim, Desk, DUE, shareBrowser } from '../support/cli.js';

shareBrowser();

const DAY = '2026-08-20';
let desk: Desk;

beforeEach(async () => {
  desk = await Desk.open();
  await desk.ok('2026-08-01', ...claim('1', '10000', DUE, '--issued', '2026-07-20'));
});

async function warned(...args: readonly string[]): Promise<readonly string[]> {
  const { code, document } = await desk.json(DAY, args);
  expect(code, args.join(' ')).toBe(0);
  return document.warnings.map((warning) => warning.code);
}

describe('a letter made before something in it changed (L7)', () => {
  it('is named with the way out, where the change is about it', async () => {
    await desk.ok('2026-08-01', ...claim('2', '5000', '2026-12-01', '--debtor', 'En annen'));
    await desk.ok(DAY, 'run', '--case', '1');
    const { document } = await desk.json(DAY, ['config', 'set', 'account', '15031234570']);
    expect(document.warnings).toMatchObject([
      { code: 'LETTERS_OUTDATED', message: expect.stringContaining('«inkasso withdraw --letter 1 ') },
    ]);
    expect(await warned('config', 'set', 'account', '15031234570')).toEqual([]);
    expect(await warned('config', 'set', 'grace', '5')).toEqual([]);
    expect(await warned('debtor', 'edit', '1', '--address', 'Nyveien 9')).toEqual(['LETTERS_OUTDATED']);
    expect(await warned('debtor', 'edit', '2', '--address', 'Nyveien 9')).toEqual([]);
    await desk.ok(DAY, 'sent');
    expect(await warned('debtor', 'edit', '1', '--address', 'Nyveien 10')).toEqual([]);
  });
});

it('a new way of counting days is said to move what is reckoned already (I9)', async () => {
  expect(await warned('config', 'set', 'interestCount', 'dueDay')).toEqual(['INTEREST_COUNT_CHANGED']);
  expect(await warned('config', 'set', 'interestCount', 'dueDay')).toEqual([]);
});

describe('a stop that is lifted', () => {
  it.each(['bankruptcy', 'debt-settlement', 'death', 'minor'])(
    'says what still holds, and keeps the reason: %s (S4–S7)',
    async (because) => {
      await desk.ok(DAY, 'stop', '1', '--because', because);
      expect(await warned('resume', '1', '--reason', 'boet har svart')).toEqual(['STOP_LIFTED']);
      const { events } = await desk.show(DAY);
      expect(events.at(-1)).toMatchObject({ type: 'resumed', reason: 'boet har svart' });
    },
  );

  it('names the debtor’s other claims that can still get letters', async () => {
    await desk.ok('2026-08-01', ...claim('2', '5000', DUE));
    await desk.ok('2026-08-01', ...claim('3', '5000', DUE));
    await desk.ok('2026-08-01', ...claim('4', '5000', DUE, '--debtor', 'En annen'));
    await desk.ok(DAY, 'close', '3', '--reason', 'feil');
    const { document } = await desk.json(DAY, ['stop', '1', '--because', 'bankruptcy']);
    expect(document.warnings).toMatchObject([
      { code: 'OTHER_CASES', message: expect.stringContaining('«inkasso stop 2 --because bankruptcy»') },
    ]);
    expect(await warned('stop', '2', '--because', 'bankruptcy')).toEqual([]);
  });

  it('is named when another claim on the debtor is registered, and the phone may not be a national id', async () => {
    await desk.ok(DAY, 'stop', '1', '--because', 'death');
    expect(await warned(...claim('5', '5000', DUE))).toContain('DEBTOR_STOPPED');
    expect(await desk.refused(DAY, 'debtor', 'edit', '1', '--phone', '13097248022')).toMatchObject({
      exit: 2,
    });
    expect(await desk.refused(DAY, 'debtor', 'edit', '1')).toMatchObject({ exit: 2 });
  });

  it('which case is meant is said where a case and an invoice have the same number', async () => {
    await desk.ok('2026-08-01', ...claim('X2', '5000', DUE));
    await desk.ok('2026-08-01', ...claim('2', '5000', DUE));
    expect((await desk.on(DAY, 'pay', '2', '10')).stderr).toContain(
      'Gjelder sak 2 (faktura X2). Faktura 2 er sak 3.',
    );
    expect((await desk.on(DAY, 'pay', '3', '10')).stderr).toBe('');
  });

  it('is not said of time to pay, nor while the stop stands', async () => {
    await desk.ok(DAY, 'stop', '1', '--because', 'death');
    await desk.ok(DAY, 'hold', '1', '--until', '2026-09-10', '--reason', 'venter');
    expect(await warned('resume', '1')).toEqual([]);
    expect(await warned('resume', '1')).toEqual(['STOP_LIFTED']);
  });
});

describe('a claim registered by mistake', () => {
  // Closed before anything is sent or paid, the invoice may be registered as it should have been.
  const again = claim('F7', '12000', DUE, '--type', 'business');

  beforeEach(() => desk.ok('2026-08-01', ...claim('F7', '10000', DUE)));

  it('is closed and registered anew, and the invoice number means the new one', async () => {
    expect(await desk.refused(DAY, ...again)).toMatchObject({ exit: 2, code: 'CONFLICT' });
    expect((await desk.refused(DAY, ...again)).hint).toContain('«inkasso close 2 --reason …»');
    await desk.ok(DAY, 'close', '2', '--reason', 'feil beløp');
    await desk.ok(DAY, ...again);
    expect((await desk.show(DAY, 'F7')).number).toBe(3);
    expect(await desk.refused(DAY, ...again)).toMatchObject({ exit: 2, code: 'DUPLICATE' });
  });

  it('is not taken up beside the new one', async () => {
    await desk.ok(DAY, 'close', '2', '--reason', 'feil beløp');
    await desk.ok(DAY, ...again);
    for (const verb of [
      ['reopen', '2', '--reason', 'likevel'],
      ['undo', '2'],
    ])
      expect(await desk.refused(DAY, ...verb)).toMatchObject({ exit: 3, rule: 'S8' });
    await desk.ok(DAY, 'close', '3', '--reason', 'den første gjelder');
    await desk.ok(DAY, 'reopen', '2', '--reason', 'likevel');
  });

  it.each([
    ['a letter is sent', ['run', '--sent']],
    ['money has come', ['pay', '2', '1']],
  ])('stays what it is when %s', async (_, happened) => {
    await desk.ok(DAY, ...happened);
    await desk.ok(DAY, 'close', '2', '--reason', 'feil beløp');
    expect(await desk.refused(DAY, ...again)).toMatchObject({ exit: 2, code: 'CONFLICT' });
  });
});

describe('a debtor who is known', () => {
  const business = (invoice: string, ...more: readonly string[]): string[] =>
    claim(invoice, '5000', DUE, '--debtor', 'Fiktiv Handel AS', '--orgnr', '313000001', ...more);
  const HEADER = 'fakturanr;beløp;forfall;kunde;orgnr;adresse;postnr;poststed;epost';
  const row = (invoice: string, street: string): string =>
    `${invoice};5000,00;03.08.2026;Fiktiv Handel AS;313000001;${street};0350;Oslo;`;

  beforeEach(() => desk.ok('2026-08-01', ...business('B1')));

  it('is written to as registered, and what a claim says otherwise is named with the way out (L7)', async () => {
    const { document } = await desk.json(
      DAY,
      business('B2', '--address', 'Nyveien 2', '--phone', '22000000'),
    );
    expect(document.warnings).toEqual([
      {
        code: 'DEBTOR_DIFFERS',
        message:
          'Skyldner 2, Fiktiv Handel AS, er kjent fra før med andre opplysninger, og brevene følger dem: adresse «Tenktveien 3» (nå oppgitt: «Nyveien 2»), telefon mangler (nå oppgitt: «22000000»). Er de nye riktige, registrerer du dem med «inkasso debtor edit 2 --address … --phone …».',
      },
    ]);
    expect(await desk.ok(DAY, 'debtor', 'show', '2')).toMatchObject({ debtor: { address: 'Tenktveien 3' } });
    await desk.ok(DAY, 'debtor', 'edit', '2', '--address', 'Nyveien 2');
    expect(await warned(...business('B3', '--address', 'Nyveien 2'))).toEqual([]);
  });

  it('is the same in capitals, with other blanks, and where the claim says less', async () => {
    expect(await warned(...business('B2', '--address', 'TENKTVEIEN  3'))).toEqual([]);
    const bare = ['--debtor', 'Fiktiv Handel AS', '--orgnr', '313000001', '--type', 'consumer'];
    expect(await warned('add', '--invoice', 'B3', '--amount', '1', '--due', DUE, ...bare)).toEqual([]);
  });

  it('is told of once for a file, with the lines', async () => {
    const file = desk.write(
      'fakturaer.csv',
      [HEADER, row('B2', 'Nyveien 2'), row('B3', 'Nyveien 2'), ''].join('\n'),
    );
    const { document } = await desk.json(DAY, ['import', file]);
    expect(document.warnings.filter(({ code }) => code === 'DEBTOR_DIFFERS')).toMatchObject([
      { message: expect.stringMatching(/linje 2: Skyldner 2, .*1 rad til/s) },
    ]);
  });

  it('is named where another claim on them is stopped, in a file too (S4)', async () => {
    await desk.ok(DAY, 'stop', '2', '--because', 'bankruptcy');
    const file = desk.write('fakturaer.csv', [HEADER, row('B2', 'Tenktveien 3'), ''].join('\n'));
    const { document } = await desk.json(DAY, ['import', file]);
    expect(document.warnings.filter(({ code }) => code === 'DEBTOR_STOPPED')).toHaveLength(1);
  });
});

describe('a date before the invoice', () => {
  it.each([
    ['pay', '2026-07-19', ['EARLY_DATE']],
    ['pay', '2026-07-20', []],
    ['credit', '2026-07-19', ['EARLY_DATE']],
    ['credit', '2026-07-20', []],
  ] as const)('%s %s', async (verb, date, codes) => {
    expect(await warned(verb, '1', '100', '--date', date)).toEqual(codes);
  });

  it('is a year before the due date where the invoice date is not known', async () => {
    await desk.ok('2026-08-01', ...claim('2', '5000', DUE));
    expect(await warned('pay', '2', '100', '--date', '2025-08-02')).toEqual(['EARLY_DATE']);
    expect(await warned('pay', '2', '100', '--date', '2025-08-03')).toEqual([]);
  });
});

describe('what is told', () => {
  it('undo names what it took back, one by one where one command recorded two things', async () => {
    await desk.ok(DAY, 'config', 'set', 'afterPrincipal', 'waive');
    await desk.ok(DAY, 'config', 'set', 'waiveUpTo', '100');
    await desk.ok(DAY, 'pay', '1', '10000');
    expect((await desk.on(DAY, 'undo', '1')).stdout).toContain(
      'Dette er angret: Frafalt et beløp: 57,05 kr.',
    );
    expect((await desk.on(DAY, 'undo', '1')).stdout).toContain('Dette er angret: Innbetalt 10 000,00 kr');
  });

  it('a plan is had, not been', async () => {
    const { stdout } = await desk.on(DAY, 'plan', '1', '--parts', '2', '--first', '2026-09-10');
    expect(stdout).toContain('Sak 1 har en nedbetalingsavtale');
  });
});

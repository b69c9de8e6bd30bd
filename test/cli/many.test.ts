import { describe, expect, it } from 'vitest';
import { Desk } from '../support/cli.js';

const MANY = 130;

describe('more cases than anybody reads through', () => {
  it('run counts those beyond the first hundred without a letter, and JSON has them all', async () => {
    const desk = await withMany();
    const { stdout } = await desk.cli(['--db', desk.database, 'run', '--dry-run', '--as-of', '2026-08-10']);
    expect(stdout).toContain(`${MANY} saker får ikke brev i dag:`);
    expect(stdout.match(/^ {2}Sak \d+, /gm)).toHaveLength(100);
    expect(stdout).toContain(`… og ${MANY - 100} saker til.`);
    const { held } = await desk.run('2026-08-10', '--dry-run');
    expect(held.map((one) => one.case)).toEqual(Array.from({ length: MANY }, (_none, index) => index + 1));
  });

  it('run counts neither the letters of the day nor the cases it told of among those beyond', async () => {
    const desk = await withMany();
    const early = [201, 202, 203].map(
      (invoice) => `${invoice};500,00;2026-07-06;Ola Fiktiv ${invoice};consumer`,
    );
    desk.write('flere.csv', ['invoice;amount;due;debtor;type', ...early].join('\n'));
    await desk.ok('2026-08-04', 'import', 'flere.csv');
    const command = ['--db', desk.database, 'run', '--dry-run', '--limit', '2', '--as-of', '2026-08-10'];
    const { stdout } = await desk.cli(command);
    expect(stdout).toContain('2 brev ville blitt laget:');
    expect(stdout).toContain(`${MANY + 1} saker får ikke brev i dag:`);
    expect(stdout).toContain(`… og ${MANY + 1 - 100} saker til.`);
  });

  it('old claims that never had a letter are told of once, not read one by one', async () => {
    const desk = await withMany();
    const { letters, held } = await desk.run('2026-12-20', '--dry-run', '--case', '3');
    expect([letters, held.map(({ rule }) => rule)]).toEqual([[], ['L1']]);
    expect(held[0]?.reason).toContain('--catch-up yes');
    const { stdout } = await desk.cli(['--db', desk.database, 'run', '--dry-run', '--as-of', '2026-12-20']);
    expect(stdout).toContain(`${MANY} saker får ikke brev i dag:`);
  });

  it('report ageing sums the debtors beyond the first hundred, and CSV has them all', async () => {
    const desk = await withMany();
    const { stdout } = await desk.cli(['--db', desk.database, 'report', 'ageing', '--as-of', '2026-08-10']);
    expect(stdout).toContain(`${MANY - 100} andre`);
    const csv = await desk.cli(['--db', desk.database, 'report', 'ageing', '--csv', '--as-of', '2026-08-10']);
    expect(csv.stdout.trim().split('\n')).toHaveLength(MANY + 1);
  });
});

async function withMany(): Promise<Desk> {
  const desk = await Desk.open();
  const rows = Array.from(
    { length: MANY },
    (_none, index) => `${index + 1};500,00;2026-08-03;Kari Fiktiv ${index + 1};consumer`,
  );
  desk.write('fakturaer.csv', ['invoice;amount;due;debtor;type', ...rows].join('\n'));
  await desk.ok('2026-08-04', 'import', 'fakturaer.csv');
  return desk;
}

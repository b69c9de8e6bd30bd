import { describe, expect, it } from 'vitest';
import { Desk } from '../support/cli.js';

const desk = new Desk();
const inkasso = (...args: readonly string[]) => desk.cli(args);

describe('help', () => {
  it('is what nothing at all asks for, with flags or without', async () => {
    const { stdout: short } = await inkasso('--help');
    expect(short).toContain('Kommandoer:\n  init [flagg] ');
    for (const args of [[], ['--no-input'], ['-q', '--no-color'], ['--db', 'annen.db'], ['help']])
      expect(await inkasso(...args), args.join(' ')).toEqual({ code: 0, stdout: short, stderr: '' });
  });

  it('is one JSON document where nothing is asked for in JSON', async () => {
    const { code, stdout } = await inkasso('--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { error: { message: 'Kommandoen mangler.' } }]);
  });

  it('of a verb within a verb tells its flags, asked for in any way', async () => {
    const { stdout } = await inkasso('debtor', 'edit', '--help');
    expect(stdout).toContain('--electronic-basis <tekst>');
    for (const args of [
      ['help', 'debtor', 'edit'],
      ['--no-color', 'help', 'debtor', 'edit'],
      ['debtor', 'help', 'edit'],
    ])
      expect(await inkasso(...args), args.join(' ')).toEqual({ code: 0, stdout, stderr: '' });
  });

  it('begins with examples', async () => {
    for (const verb of ['init', 'add', 'import', 'run', 'sent', 'pay', 'export', 'report'])
      expect((await inkasso('help', verb)).stdout).toMatch(new RegExp(`^Eksempler:\n  inkasso ${verb}`));
  });

  it('is offered where a verb is mistyped or not whole', async () => {
    for (const [args, hint] of [
      [['rum'], 'Mente du run?'],
      [['help', 'rum'], 'Mente du run?'],
      [['export'], 'Velg utlegg, forliksklage, '],
      [['export', 'utleg', '1'], 'Mente du utlegg?'],
      [['debtor', 'vis'], 'Velg list, show, edit, export eller anonymise.'],
      [['debtor', 'shwo', '1'], 'Mente du show?'],
      [['run', '--dryrun'], 'Mente du --dry-run?'],
    ] as const) {
      const { code, stderr } = await inkasso(...args);
      expect([code, stderr], args.join(' ')).toEqual([2, expect.stringContaining(hint)]);
    }
  });
});

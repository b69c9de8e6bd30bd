import type { Command } from 'commander';
import { decideNote } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { dateOption, flagOption, readCase, readChoice, textOption } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('note')
    .summary('skriv et notat på saken')
    .description('Skriver et notat på saken, for eksempel etter en telefonsamtale.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .argument('<tekst>', 'notatet')
    .option('--phone', 'det var en telefonsamtale')
    .option('--date <dato>', 'dagen det gjelder (i dag)')
    .option('--fact <hva>', 'acknowledged, nothing-to-distrain, debtor-gone eller no-dividend')
    .action(act(note));
}

function note(ctx: Context, [reference = '', words = '']: readonly string[], options: Options): Answer {
  const text = words.trim();
  if (text === '') throw usage('<tekst> er tom.');
  const facts = ['acknowledged', 'nothing-to-distrain', 'debtor-gone', 'no-dividend'] as const;
  const stated = textOption(options, 'fact');
  const fact = stated === null ? null : readChoice(facts, stated, '--fact');
  const date = dateOption(options, 'date') ?? ctx.today;
  const body = { text, byPhone: flagOption(options, 'phone'), fact, date };
  return caseAnswer(ctx, readCase(ctx, reference), 'Notatet er lagret.', () => decideNote(body, ctx.today));
}

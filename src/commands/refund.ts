import type { Command } from 'commander';
import { decideRefund } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { dateOption, readAmount, readCase } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('refund')
    .summary('registrer at penger er betalt tilbake')
    .description('Registrerer at skyldneren har fått tilbake det som er betalt for mye.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .argument('<kr>', 'beløpet')
    .option('--date <dato>', 'dagen det ble betalt (i dag)')
    .action(act(refund));
}

function refund(ctx: Context, [reference = '', kroner = '']: readonly string[], options: Options): Answer {
  const amountOre = readAmount(kroner, '<kr>');
  const date = dateOption(options, 'date') ?? ctx.today;
  return caseAnswer(ctx, readCase(ctx, reference), 'Tilbakebetalingen er registrert.', (j) =>
    decideRefund(j, amountOre, date, ctx.today),
  );
}

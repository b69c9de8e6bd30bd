import type { Command } from 'commander';
import { decideWaive } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { flagOption, readAmount, readCase, textOption } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('waive')
    .summary('frafall gebyr, renter eller et beløp')
    .description('Frafaller det som er åpent av gebyr eller renter, eller et beløp.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--fees', 'gebyrene som er åpne i dag')
    .option('--interest', 'rentene som er åpne i dag')
    .option('--amount <kr>', 'et beløp')
    .action(act(waive));
}

function waive(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const amount = textOption(options, 'amount');
  const chosen = [flagOption(options, 'fees'), flagOption(options, 'interest'), amount !== null].filter(
    Boolean,
  );
  if (chosen.length !== 1) throw usage('Velg én av --fees, --interest og --amount.');
  const what = amount !== null ? 'amount' : flagOption(options, 'fees') ? 'fees' : 'interest';
  const amountOre = amount === null ? null : readAmount(amount, '--amount');
  return caseAnswer(ctx, readCase(ctx, reference), 'Frafallet er registrert.', (j) =>
    decideWaive(j, { what, amountOre }, ctx.today),
  );
}

import type { Command } from 'commander';
import { decideCredit } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { dateOption, readAmount, readCase, textOption } from '../tasks/input.js';
import { caseAnswer, earlyDate } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('credit')
    .summary('registrer en kreditnota')
    .description('Setter ned hovedstolen med en kreditnota.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .argument('<kr>', 'beløpet som krediteres')
    .option('--note-no <nr>', 'kreditnotaens nummer')
    .option('--date <dato>', 'kreditnotaens dato (i dag)')
    .action(act(credit));
}

function credit(ctx: Context, [reference = '', kroner = '']: readonly string[], options: Options): Answer {
  const amountOre = readAmount(kroner, '<kr>');
  const date = dateOption(options, 'date') ?? ctx.today;
  const noteNumber = textOption(options, 'noteNo');
  const c = readCase(ctx, reference);
  const answer = caseAnswer(ctx, c, 'Kreditnotaen er registrert.', (j) =>
    decideCredit(j, { amountOre, noteNumber, date }, ctx.today),
  );
  return { ...answer, warnings: [...(answer.warnings ?? []), ...earlyDate(c, date)] };
}

import type { Command } from 'commander';
import { decideStop } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { dateOption, readCase, readChoice, requiredText } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('stop')
    .summary('stans saken på grunn av skyldneren')
    .description('Stanser alle brev ved konkurs, gjeldsordning, død eller manglende rettslig handleevne.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--because <grunn>', 'bankruptcy, debt-settlement, death eller minor')
    .option('--date <dato>', 'dagen det skjedde (i dag)')
    .action(act(stop));
}

function stop(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const causes = ['bankruptcy', 'debt-settlement', 'death', 'minor'] as const;
  const because = readChoice(causes, requiredText(options, 'because', causes.join(', ')), '--because');
  const date = dateOption(options, 'date') ?? ctx.today;
  return caseAnswer(ctx, readCase(ctx, reference), 'Saken er stanset.', (j) =>
    decideStop(j, because, date, ctx.today),
  );
}

import type { Command } from 'commander';
import { decideReopen } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { readCase, requiredText } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';
import { refuseRegisteredAnew } from '../tasks/register.js';

export function register(program: Command, act: Act): void {
  program
    .command('reopen')
    .summary('åpne en avsluttet sak igjen')
    .description('Åpner en sak som er avsluttet, tapsført eller overlatt.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--reason <tekst>', 'hvorfor')
    .action(act(reopen));
}

function reopen(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const reason = requiredText(options, 'reason', 'skriv kort hvorfor');
  const c = readCase(ctx, reference);
  refuseRegisteredAnew(ctx, c);
  return caseAnswer(ctx, c, 'Saken er åpnet igjen.', (j) => decideReopen(j, reason, ctx.today));
}

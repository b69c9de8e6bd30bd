import type { Command } from 'commander';
import { decideWriteOff } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { readCase, requiredText } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('writeoff')
    .summary('tapsfør kravet')
    .description('Fører kravet som tap. Det består og kan betales senere.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--reason <tekst>', 'hvorfor')
    .action(act(writeoff));
}

function writeoff(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const reason = requiredText(options, 'reason', 'skriv kort hvorfor');
  return caseAnswer(ctx, readCase(ctx, reference), 'Kravet er tapsført.', (j) =>
    decideWriteOff(j, reason, ctx.today),
  );
}

import type { Command } from 'commander';
import { decideClose } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { readCase, requiredText } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('close')
    .summary('avslutt saken')
    .description('Avslutter saken. Ingen brev sendes.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--reason <tekst>', 'hvorfor')
    .action(act(close));
}

function close(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const reason = requiredText(options, 'reason', 'skriv kort hvorfor');
  return caseAnswer(ctx, readCase(ctx, reference), 'Saken er avsluttet.', (j) =>
    decideClose(j, reason, ctx.today),
  );
}

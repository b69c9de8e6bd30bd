import type { Command } from 'commander';
import { decideBero } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { readCase, requiredText } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('bero')
    .summary('legg kravet i bero')
    .description('Legger innkrevingen til side. Kravet består og følges med på foreldelse.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--reason <tekst>', 'hvorfor')
    .action(act(bero));
}

function bero(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const reason = requiredText(options, 'reason', 'skriv kort hvorfor');
  return caseAnswer(ctx, readCase(ctx, reference), 'Kravet er lagt i bero.', (j) =>
    decideBero(j, reason, ctx.today),
  );
}

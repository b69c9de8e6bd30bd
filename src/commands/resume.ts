import type { Command } from 'commander';
import { decideResume } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer } from '../tasks/answer.js';
import { readCase } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('resume')
    .summary('ta saken opp igjen')
    .description('Tar saken opp igjen etter utsettelse, nedbetaling, bero eller stans.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .action(act(resume));
}

function resume(ctx: Context, [reference = '']: readonly string[]): Answer {
  return caseAnswer(ctx, readCase(ctx, reference), 'Saken er tatt opp igjen.', (j) =>
    decideResume(j, ctx.today),
  );
}

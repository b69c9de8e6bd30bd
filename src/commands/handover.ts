import type { Command } from 'commander';
import { decideHandover } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { readCase, readChoice, requiredText } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('handover')
    .summary('overlat saken til andre')
    .description('Registrerer at saken er sendt til namsmannen, forliksrådet eller et inkassobyrå.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--to <hvem>', 'namsmann, forliksraad eller inkassobyraa')
    .action(act(handover));
}

function handover(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const targets = ['namsmann', 'forliksraad', 'inkassobyraa'] as const;
  const to = readChoice(targets, requiredText(options, 'to', targets.join(', ')), '--to');
  return caseAnswer(ctx, readCase(ctx, reference), 'Saken er overlatt.', (j) =>
    decideHandover(j, to, ctx.today),
  );
}

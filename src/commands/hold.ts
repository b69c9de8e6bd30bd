import type { Command } from 'commander';
import { decideHold } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { dateOption, readCase, requiredText } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('hold')
    .summary('gi skyldneren utsettelse')
    .description('Gir skyldneren utsettelse til en dato. Ingen brev sendes før den er ute.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--until <dato>', 'siste dag med utsettelse')
    .option('--reason <tekst>', 'hvorfor')
    .action(act(hold));
}

function hold(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const until = dateOption(options, 'until');
  if (until === null) throw usage('--until mangler: siste dag med utsettelse.');
  const reason = requiredText(options, 'reason', 'skriv kort hvorfor');
  return caseAnswer(ctx, readCase(ctx, reference), 'Utsettelsen er registrert.', (j) =>
    decideHold(j, until, reason, ctx.today),
  );
}

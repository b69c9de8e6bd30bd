import type { Command } from 'commander';
import { decideDispute } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { dateOption, readAmount, readCase, requiredText, textOption } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('dispute')
    .summary('registrer en innsigelse')
    .description('Registrerer at skyldneren er uenig i kravet. Alle brev stanser til det er avgjort.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--reason <tekst>', 'hva skyldneren mener')
    .option('--part <kr>', 'den delen av hovedstolen det gjelder')
    .option('--date <dato>', 'dagen innsigelsen kom (i dag)')
    .action(act(dispute));
}

function dispute(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const reason = requiredText(options, 'reason', 'skriv kort hva skyldneren mener');
  const part = textOption(options, 'part');
  const partOre = part === null ? null : readAmount(part, '--part');
  const date = dateOption(options, 'date') ?? ctx.today;
  const done = 'Innsigelsen er registrert. Ingen brev sendes før den er avgjort.';
  return caseAnswer(ctx, readCase(ctx, reference), done, (j) =>
    decideDispute(j, { reason, partOre, date }, ctx.today),
  );
}

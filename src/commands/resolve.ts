import type { Command } from 'commander';
import { decideResolve } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { readAmount, readCase, readChoice, requiredText, textOption } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('resolve')
    .summary('avgjør en innsigelse')
    .description('Registrerer hvordan en innsigelse endte. Var den rimelig, faller alle gebyr bort.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option(
      '--outcome <utfall>',
      'withdrawn (trukket), rejected (åpenbart grunnløs), upheld (medhold) eller partly (delvis)',
    )
    .option('--reduce <kr>', 'det som faller bort av hovedstolen ved delvis medhold')
    .option('--reason <tekst>', 'hvorfor')
    .action(act(resolve));
}

function resolve(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const outcomes = ['withdrawn', 'rejected', 'upheld', 'partly'] as const;
  const outcome = readChoice(outcomes, requiredText(options, 'outcome', outcomes.join(', ')), '--outcome');
  const reason = requiredText(options, 'reason', 'skriv kort hvorfor');
  const reduce = textOption(options, 'reduce');
  if (reduce !== null && outcome !== 'partly') throw usage('--reduce hører sammen med --outcome partly.');
  if (reduce === null && outcome === 'partly')
    throw usage(
      '--outcome partly trenger --reduce: hvor mye av hovedstolen som faller bort (0 om ingenting).',
    );
  const reducedOre =
    reduce === null ? null : /^0([.,]0+)?$/.test(reduce) ? 0 : readAmount(reduce, '--reduce');
  return caseAnswer(ctx, readCase(ctx, reference), 'Innsigelsen er avgjort.', (j) =>
    decideResolve(j, { outcome, reason, reducedOre }, ctx.today),
  );
}

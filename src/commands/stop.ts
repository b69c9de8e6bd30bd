import type { Command } from 'commander';
import type { Case } from '../case/case.js';
import type { StopCause } from '../case/events.js';
import { decideStop } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options, Warning } from '../tasks/answer.js';
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
  const c = readCase(ctx, reference);
  const answer = caseAnswer(ctx, c, 'Saken er stanset.', (j) => decideStop(j, because, date, ctx.today));
  return { ...answer, warnings: [...(answer.warnings ?? []), ...othersWarning(ctx, c, because)] };
}

/** S4–S7: what stops the letters is about the debtor, and each claim is stopped by its own word. */
function othersWarning(ctx: Context, c: Case, because: StopCause): Warning[] {
  const store = ctx.store();
  const mayGetLetters = store.cases
    .numbered(store.cases.ofDebtor(c.claim.debtorId))
    .filter(({ number, nextStep }) => number !== c.number && nextStep !== null)
    .map(({ number }) => number);
  const [first] = mayGetLetters;
  if (first === undefined) return [];
  const which = mayGetLetters.length === 1 ? `sak ${first}` : `sakene ${mayGetLetters.join(', ')}`;
  const message = `Samme skyldner har også ${which}, som kan få brev ennå. Stans med «inkasso stop ${first} --because ${because}».`;
  return [{ code: 'OTHER_CASES', message }];
}

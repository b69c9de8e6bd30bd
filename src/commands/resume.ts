import type { Command } from 'commander';
import type { Case } from '../case/case.js';
import type { StopCause } from '../case/events.js';
import { decideResume } from '../case/life.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options, Warning } from '../tasks/answer.js';
import { readCase, textOption } from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('resume')
    .summary('ta saken opp igjen')
    .description('Tar saken opp igjen etter utsettelse, nedbetaling, bero eller stans.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--reason <tekst>', 'hvorfor')
    .action(act(resume));
}

function resume(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const c = readCase(ctx, reference);
  const reason = textOption(options, 'reason');
  const answer = caseAnswer(ctx, c, 'Saken er tatt opp igjen.', (j) => decideResume(j, reason, ctx.today));
  const still = causesOf(ctx.store().case(c.number) ?? c);
  const lifted = causesOf(c).find((because) => !still.includes(because));
  if (lifted === undefined) return answer;
  return { ...answer, warnings: [...(answer.warnings ?? []), liftedWarning(c, lifted)] };
}

function causesOf(c: Case): StopCause[] {
  return c.stops.flatMap((stop) => (stop.kind === 'stopped' ? [stop.because] : []));
}

const BECAUSE: Readonly<Record<StopCause, string>> = {
  bankruptcy: 'skyldneren var konkurs: nå kan det gå brev til skyldneren igjen',
  'debt-settlement': 'skyldneren var under gjeldsforhandling eller gjeldsordning: nå kan det gå brev igjen',
  death: 'skyldneren er død: rett navn og adresse til dødsboet før neste brev, med «inkasso debtor edit»',
  minor:
    'skyldneren er mindreårig eller uten rettslig handleevne: brev går til vergen; rett adressen med «inkasso debtor edit»',
};

/** S4–S7: what stopped the letters has not gone away by itself. */
function liftedWarning(c: Case, because: StopCause): Warning {
  const message = `Sak ${c.number} var stanset fordi ${BECAUSE[because]}. Var det feil, angrer du med «inkasso undo ${c.number}».`;
  return { code: 'STOP_LIFTED', message };
}

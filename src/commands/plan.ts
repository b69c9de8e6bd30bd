import type { Command } from 'commander';
import { claimOn } from '../case/claim.js';
import type { Instalment } from '../case/events.js';
import { decidePlan } from '../case/life.js';
import { addDays, addMonths, type LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import {
  dateOption,
  readAmount,
  readCase,
  readChoice,
  readWhole,
  requiredText,
  textOption,
} from '../tasks/input.js';
import { caseAnswer } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('plan')
    .summary('avtal nedbetaling')
    .description('Registrerer en nedbetalingsavtale. Så lenge avdragene betales, sendes ingen brev.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--parts <antall>', 'antall avdrag')
    .option('--first <dato>', 'første forfall')
    .option('--every <periode>', 'month eller 14d (month)')
    .option('--amount <kr>', 'avdragets størrelse, når det ikke er kravet delt på antallet')
    .action(act(plan));
}

function plan(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const parts = readWhole(requiredText(options, 'parts', 'antall avdrag'), '--parts');
  if (parts < 1 || parts > 120) throw usage('--parts må være fra 1 til 120.');
  const first = dateOption(options, 'first');
  if (first === null) throw usage('--first mangler: første forfall.');
  const every = readChoice(['month', '14d'], textOption(options, 'every') ?? 'month', '--every');
  const amount = textOption(options, 'amount');
  const each = amount === null ? null : readAmount(amount, '--amount');
  return caseAnswer(ctx, readCase(ctx, reference), 'Nedbetalingsavtalen er registrert.', (j) => {
    const { openOre } = claimOn(j.case, ctx.today, j.terms, j.rates);
    return decidePlan(j, instalments(openOre, parts, first, every, each), ctx.today);
  });
}

/** Equal instalments in øre; what does not divide evenly is in the first. */
function instalments(
  openOre: Ore,
  parts: number,
  first: LocalDate,
  every: string,
  each: Ore | null,
): Instalment[] {
  const part = each ?? Math.floor(openOre / parts);
  return Array.from({ length: parts }, (_, index) => ({
    due: every === 'month' ? addMonths(first, index) : addDays(first, 14 * index),
    amountOre: each === null && index === 0 ? openOre - part * (parts - 1) : part,
  }));
}

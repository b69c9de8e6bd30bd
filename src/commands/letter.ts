import type { Command } from 'commander';
import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import { formatKroner } from '../law/money.js';
import { STEP_TITLES } from '../law/steps.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { notFound } from '../tasks/fault.js';
import { readWhole, textOption } from '../tasks/input.js';
import { letterByNumber } from '../tasks/letters.js';

export function register(program: Command, act: Act): void {
  program
    .command('letter')
    .summary('skriv et lagret brev på nytt')
    .description('Skriver PDF-en av et brev på nytt, slik den ligger i databasen.')
    .argument('<brev>', 'brevets nummer')
    .option('--out <fil>', 'filen den skrives i')
    .action(act(letter));
}

function letter(ctx: Context, [number = '']: readonly string[], options: Options): Answer {
  const { case: c, letter: found } = letterByNumber(ctx, readWhole(number, '<brev>'));
  const stored = ctx.store().letter(found.id);
  if (stored === null) throw notFound(`Brev ${number} har ingen lagret PDF.`);
  const path = ctx.writeFile(textOption(options, 'out') ?? stored.fileName, stored.pdf);
  const { step, deadline, totalOre } = found.made;
  const data = {
    letter: found.id,
    case: c.number,
    step,
    state: found.state,
    date: found.date,
    sentOn: found.sentOn,
    deadline,
    totalOre,
  };
  return {
    data: { ...data, sha256: stored.sha256, pages: stored.pages, pdf: path },
    text: `${STEP_TITLES[step]} ${formatDate(found.date)}, sak ${c.number}, ${formatKroner(totalOre)}: ${path}`,
  };
}

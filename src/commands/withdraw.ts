import type { Command } from 'commander';
import { decideWithdraw, refuseBackdating } from '../case/decide.js';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { refused, usage } from '../tasks/fault.js';
import { listOption, textOption } from '../tasks/input.js';
import { backdatedHint } from '../tasks/record.js';
import { batchOrLetter, chosenLetters } from '../tasks/letters.js';
import { counted } from '../terminal/text.js';

export function register(program: Command, act: Act): void {
  program
    .command('withdraw')
    .summary('trekk tilbake brev som ikke er sendt')
    .description('Trekker tilbake en bunke eller enkelte brev som ikke er sendt. Neste kjøring lager nye.')
    .argument('[bunke]', 'bunkens nummer, eller et brevs')
    .option('--letter <nr...>', 'bare disse brevene')
    .option('--reason <tekst>', 'hvorfor')
    .action(act(withdraw));
}

function withdraw(ctx: Context, [batch]: readonly string[], options: Options): Answer {
  const reason = textOption(options, 'reason');
  if (reason === null || reason === '')
    throw usage('--reason mangler: skriv kort hvorfor brevet trekkes tilbake.');
  const numbers = listOption(options, 'letter');
  if (batch === undefined && numbers.length === 0) throw usage('Oppgi bunken, eller brev med --letter.');
  const letters =
    batch === undefined || numbers.length > 0 ? chosenLetters(ctx, null, numbers) : batchOrLetter(ctx, batch);
  const decided = letters.map(({ case: c, letter }) => {
    const backdated = refuseBackdating(c, ctx.today);
    if (backdated !== null) throw refused(backdated, backdatedHint(ctx));
    const decision = decideWithdraw(letter, reason, ctx.today);
    if (!decision.ok) throw refused(decision.refusal);
    return { case: c, events: decision.events };
  });
  ctx.store().recordAll(decided, ctx.moment());
  const withdrawn = letters.map(({ case: c, letter }) => ({ letter: letter.id, case: c.number }));
  return {
    data: { letters: withdrawn },
    text: `${counted(withdrawn.length, 'brev', 'brev')} er trukket tilbake.`,
  };
}

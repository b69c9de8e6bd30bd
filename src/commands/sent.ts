import type { Command } from 'commander';
import type { Letter } from '../case/case.js';
import { decideSent, refuseBackdating } from '../case/decide.js';
import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import { refuse } from '../law/rules.js';
import type { Act, Answer, Options, Warning } from '../tasks/answer.js';
import { EXIT, refused } from '../tasks/fault.js';
import { flagOption, listOption, readChoice, readDate, textOption } from '../tasks/input.js';
import { chosenLetters, withdrawnOf, type ChosenLetter } from '../tasks/letters.js';
import { backdatedHint } from '../tasks/record.js';
import { mailLetters, mailWarnings } from '../tasks/mail.js';
import { counted } from '../terminal/text.js';

export function register(program: Command, act: Act): void {
  program
    .command('sent')
    .summary('bekreft at brev er sendt')
    .description(
      'Bekrefter at brevene i en bunke, eller enkelte brev, er sendt. Fristene regnes fra denne dagen.',
    )
    .argument('[bunke]', 'bunkens nummer; uten nummer: alle ubekreftede brev')
    .option('--letter <nr...>', 'bare disse brevene')
    .option('--date <dato>', 'dagen de ble sendt (i dag)')
    .option(
      '--channel <kanal>',
      'post, registered (rekommandert), email eller digital; med email sendes brevene når en e-posttjener er satt opp',
    )
    .option('--by-hand', 'med email: brevene er alt sendt fra et annet program; bare bekreft')
    .action(act(sent));
}

async function sent(ctx: Context, [batch]: readonly string[], options: Options): Promise<Answer> {
  const on = textOption(options, 'date');
  const date = on === null ? ctx.today : readDate(on, '--date');
  if (date > ctx.today) {
    const text = `--date: ${formatDate(date)} er i framtiden.`;
    throw refused(refuse('D1', text), 'Bekreft brevene når de er sendt.');
  }
  const channel = readChoice(
    ['post', 'registered', 'email', 'digital'],
    textOption(options, 'channel') ?? 'post',
    '--channel',
  );
  const store = ctx.store();
  const letters = chosenLetters(ctx, batch ?? null, listOption(options, 'letter'));
  // All are judged before any is recorded: a batch is confirmed whole or not at all.
  const decided = letters.map(({ case: c, letter }) => {
    const backdated = refuseBackdating(c, ctx.today);
    if (backdated !== null) throw refused(backdated, backdatedHint(ctx));
    const { electronicBasis } = store.debtors.get(c.claim.debtorId);
    const decision = decideSent(store.judgement(c), letter, { on: date, channel, electronicBasis });
    if (!decision.ok) throw refused(decision.refusal, wayOut(letter));
    return { case: c, events: decision.events };
  });
  const mails = channel === 'email' && on === null && !flagOption(options, 'byHand');
  const withdrawn = batch === undefined ? [] : withdrawnOf(ctx, batch);
  if (mails && store.settings().smtpHost !== null) return mail(ctx, letters, withdrawn);
  store.recordAll(decided, ctx.moment());
  const confirmed = letters.map(({ case: c, letter }) => ({
    letter: letter.id,
    case: c.number,
    sentOn: date,
  }));
  if (confirmed.length === 0) {
    const text =
      batch === undefined
        ? 'Ingen brev venter på å bli bekreftet. «inkasso run» lager dagens brev.'
        : `Bunke ${batch} har ingen brev som venter på å bli bekreftet.`;
    return { data: { letters: [] }, text, warnings: withdrawn };
  }
  return {
    data: { letters: confirmed },
    text: `${counted(confirmed.length, 'brev', 'brev')} er bekreftet sendt ${formatDate(date)}.`,
    warnings: withdrawn,
  };
}

/** Sends the letters with the creditor's mail server; each is confirmed when the server has taken it. */
async function mail(
  ctx: Context,
  letters: readonly ChosenLetter[],
  withdrawn: readonly Warning[],
): Promise<Answer> {
  const result = await mailLetters(
    ctx,
    letters.map(({ letter }) => letter.id),
  );
  const { mailed, notMailed } = result;
  const confirmed = mailed.map((one) => ({ ...one, sentOn: ctx.today }));
  return {
    data: { letters: confirmed, notMailed },
    text: `${counted(mailed.length, 'brev', 'brev')} er sendt med e-post og bekreftet ${formatDate(ctx.today)}.`,
    warnings: [...mailWarnings(result), ...withdrawn],
    ...(notMailed.length === 0 ? {} : { exitCode: EXIT.fault }),
  };
}

/** A letter that can no longer leave is taken back, and the next run makes a new one. */
function wayOut(letter: Letter): string | null {
  if (letter.state !== 'generated') return null;
  return `Trekk brevet tilbake med «inkasso withdraw --letter ${letter.id} --reason …» og lag et nytt med «inkasso run».`;
}

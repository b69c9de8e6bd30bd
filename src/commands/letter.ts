import type { Command } from 'commander';
import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import { formatKroner } from '../law/money.js';
import { STEP_TITLES } from '../law/steps.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { EXIT, notFound, usage } from '../tasks/fault.js';
import { readWhole, textOption } from '../tasks/input.js';
import { letterByNumber } from '../tasks/letters.js';

export function register(program: Command, act: Act): void {
  program
    .command('letter')
    .summary('skriv et lagret brev på nytt')
    .description('Skriver PDF-en av et brev på nytt, slik den ligger i databasen.')
    .argument('<brev>', 'brevets nummer, eller «verify» for å kontrollere en PDF')
    .argument('[fil]', 'PDF-en som skal kontrolleres, med verify')
    .option('--out <fil>', 'filen den skrives i')
    .action(
      act((ctx, args, options) => (args[0] === 'verify' ? verify(ctx, args) : letter(ctx, args, options))),
    );
}

/** Whether a file is, to the byte, a letter this database made. */
function verify(ctx: Context, [, path]: readonly string[]): Answer {
  if (path === undefined) throw usage('Oppgi PDF-en: inkasso letter verify <fil>.');
  const file = ctx.readFile(path);
  if (file === null) throw usage(`Fant ikke filen ${path}.`);
  // A letter withdrawn and made again the same day is the same to the byte.
  const same = ctx.store().letters.withHash(file.sha256);
  const found = ['sent', 'generated', 'withdrawn'].flatMap((state) =>
    same.map((id) => letterByNumber(ctx, id)).filter(({ letter }) => letter.state === state),
  )[0];
  if (found === undefined) {
    const data = { match: false, sha256: file.sha256 };
    return {
      data,
      text: `${file.name} er ikke et brev herfra, eller den er endret.`,
      exitCode: EXIT.findings,
    };
  }
  const { case: c, letter: known } = found;
  const fate = known.state === 'withdrawn' ? 'trukket tilbake' : 'ikke bekreftet sendt';
  const sent = known.sentOn === null ? fate : `sendt ${formatDate(known.sentOn)}`;
  const data = {
    match: true,
    sha256: file.sha256,
    letter: known.id,
    case: c.number,
    step: known.made.step,
    state: known.state,
    sentOn: known.sentOn,
  };
  return {
    data,
    text: `${file.name} er brev ${known.id}: ${STEP_TITLES[known.made.step]} i sak ${c.number}, ${sent}.`,
  };
}

function letter(ctx: Context, [number = '']: readonly string[], options: Options): Answer {
  const { case: c, letter: found } = letterByNumber(ctx, readWhole(number, '<brev>'));
  const stored = ctx.store().letters.get(found.id);
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

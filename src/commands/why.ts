import type { Command } from 'commander';
import { claimOn } from '../case/claim.js';
import { outlook } from '../case/outlook.js';
import { explainClaim, explainLetter, type Explanation } from '../case/why.js';
import type { Context } from '../context.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import { formatNumber } from '../law/money.js';
import type { Reason } from '../law/rules.js';
import { STEP_TITLES } from '../law/steps.js';
import { citedSource } from '../law/rates.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { notFound } from '../tasks/fault.js';
import { readCase, readWhole, textOption } from '../tasks/input.js';
import { bold, dim } from '../terminal/text.js';

export function register(program: Command, act: Act): void {
  program
    .command('why')
    .summary('forklar hver krone og neste skritt')
    .description(
      'Forklarer kravet: beløp, regnestykke, paragraf, sats og kilde. Og hvorfor neste skritt er det det er.',
    )
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--letter <nr>', 'forklar et brev slik det var da det ble laget')
    .action(act(why));
}

function why(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const c = readCase(ctx, reference);
  const number = textOption(options, 'letter');
  const j = ctx.store().judgement(c);
  if (number !== null) {
    const id = readWhole(number, '--letter');
    const letter = c.letters.find((known) => known.id === id);
    if (letter === undefined) throw notFound(`Sak ${c.number} har ikke noe brev ${id}.`);
    const claim = explainLetter(c, letter, j.rates);
    const { step, deadline, reasons, pdfSha256 } = letter.made;
    const facts = { id, step, date: letter.date, sentOn: letter.sentOn, deadline, sha256: pdfSha256 };
    const data = { case: c.number, letter: facts, claim, reasons };
    return { data, text: [tree(claim), reasonsText(reasons)].join('\n\n') };
  }
  const claim = explainClaim(c, claimOn(c, ctx.today, j.terms, j.rates), j.rates);
  const next = outlook(j, ctx.today);
  const { step, earliest, reasons } = next;
  const data = {
    case: c.number,
    asOf: ctx.today,
    claim,
    next: { status: next.status, step, earliest, reasons },
  };
  const heading =
    earliest === null || step === null
      ? 'Neste skritt: ingen'
      : `Neste skritt: ${STEP_TITLES[step]}, tidligst ${formatDate(earliest)}`;
  return { data, text: [tree(claim), `${bold(heading)}\n${reasonsText(reasons)}`].join('\n\n') };
}

function reasonsText(reasons: readonly Reason[]): string {
  return reasons.map(({ rule, hjemmel, text }) => `  – ${text} ${dim(`(${rule}, ${hjemmel})`)}`).join('\n');
}

function tree(explanation: Explanation, depth = 0): string {
  const indent = '  '.repeat(depth);
  const amount = formatNumber(explanation.amountOre).padStart(14 - Math.min(depth, 3));
  const place = explanation.hjemmel === null ? '' : dim(` (${explanation.hjemmel})`);
  const label = depth === 0 ? bold(explanation.label) : explanation.label;
  const lines = [`${indent}${amount}  ${label}${place}`];
  for (const detail of [formulaText(explanation), rateText(explanation)]) {
    if (detail !== null) lines.push(`${indent}${' '.repeat(18)}${dim(detail)}`);
  }
  return [...lines, ...explanation.children.map((child) => tree(child, depth + 1))].join('\n');
}

function formulaText({ formula, inputs }: Explanation): string | null {
  const at = (name: string): string => String(inputs[name] ?? '');
  switch (formula) {
    case 'interest':
      return `${formatNumber(Number(at('baseOre')))} × ${at('ratePercent').replace('.', ',')} % × ${at('days')} / ${at('yearDays')} dager`;
    case 'fee':
      return `${at('numerator')}/${at('denominator')} × ${at('satsKroner')} kr, avrundet til hele kroner`;
    case 'compensation':
      return `${at('kroner')} kr`;
    case 'fact':
    case 'sum':
    case 'max':
      return null;
  }
}

function rateText({ rate }: Explanation): string | null {
  if (rate === null) return null;
  const from: LocalDate = rate.from;
  return `${rate.table} ${rate.value.replace('.', ',')} fra ${formatDate(from)}; kilde: ${citedSource(rate) ?? 'ukjent'}`;
}

import type { Command } from 'commander';
import type { Case } from '../case/case.js';
import type { Claim } from '../case/claim.js';
import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import { formatNumber } from '../law/money.js';
import { STEP_TITLES } from '../law/steps.js';
import { formatRate } from '../letters/format.js';
import type { Act, Answer } from '../tasks/answer.js';
import { caseView, type CaseView } from '../tasks/case-view.js';
import { readCase } from '../tasks/input.js';
import { table } from '../terminal/table.js';
import { bold, counted } from '../terminal/text.js';
import { STATUS_WORDS } from '../tasks/status-words.js';

export function register(program: Command, act: Act): void {
  program
    .command('show')
    .summary('vis en sak')
    .description('Viser en sak: kravet i dag, brevene og hva som kommer.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .action(act(show));
}

function show(ctx: Context, [reference = '']: readonly string[]): Answer {
  const view = caseView(ctx, readCase(ctx, reference).number);
  return { data: { case: view.json }, text: describe(view), warnings: view.warnings };
}

function describe(view: CaseView): string {
  const { case: c, claim, next } = view;
  const head = [
    bold(`Sak ${c.number} – faktura ${c.claim.invoice} – ${view.debtorName}`),
    `Status: ${STATUS_WORDS[next.status]}. Forfall ${formatDate(c.claim.due)}.`,
    c.claim.description === null ? '' : `Gjelder: ${c.claim.description}`,
  ].filter((line) => line !== '');
  const parts = [
    head.join('\n'),
    claim === null ? '' : describeClaim(claim, c),
    describeLetters(view),
    describeNext(view),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function describeClaim(claim: Claim, c: Case): string {
  const rows = [
    ['Hovedstol', formatNumber(claim.principalOre)],
    ...claim.interestLines.map((line) => [
      `  Rente ${formatDate(line.from)}–${formatDate(line.to)}, ${counted(line.days, 'dag', 'dager')}, ${formatRate(line.rate)}`,
      formatNumber(line.amountOre),
    ]),
    ['Renter', formatNumber(claim.interestOre)],
    ...claim.costLines.map((line) => [
      `  ${line.step === null ? 'Standardkompensasjon' : STEP_TITLES[line.step]} ${formatDate(line.on)} (${line.hjemmel})`,
      formatNumber(line.amountOre),
    ]),
    [compensated(claim) ? 'Kostnader' : 'Gebyr', formatNumber(claim.costsOre)],
    [bold('Åpent'), bold(formatNumber(claim.openOre))],
    ...(claim.paidOre === 0 ? [] : [['Innbetalt', formatNumber(claim.paidOre)]]),
    ...reversed(c),
    ...(claim.recoveredOre === 0
      ? []
      : [['  herav kommet inn etter tapsføring (inntekt)', formatNumber(claim.recoveredOre)]]),
    ...(claim.creditOre === 0 ? [] : [['Til gode for skyldneren', formatNumber(claim.creditOre)]]),
  ];
  return table([{ title: `Kravet ${formatDate(claim.asOf)}` }, { title: 'Kroner', align: 'right' }], rows);
}

/** F9: the compensation is no fee. */
function compensated({ costLines }: Claim): boolean {
  return costLines.some(({ kind }) => kind === 'compensation');
}

/** What the bank took back counts as never paid, but somebody will ask where it went. */
function reversed({ movements }: Case): string[][] {
  return movements.flatMap((movement) =>
    movement.kind !== 'payment' || movement.reversedOn === null
      ? []
      : [
          [
            `  Innbetalt ${formatDate(movement.on)}, tilbakeført av banken ${formatDate(movement.reversedOn)}`,
            formatNumber(movement.amountOre),
          ],
        ],
  );
}

const STATE_WORDS = { generated: 'ikke bekreftet', sent: 'sendt', withdrawn: 'trukket tilbake' } as const;

function describeLetters({ case: c }: CaseView): string {
  if (c.letters.length === 0) return '';
  const rows = c.letters.map(({ id, made, state, date, sentOn }) => [
    String(id),
    STEP_TITLES[made.step],
    `${STATE_WORDS[state]} ${formatDate(sentOn ?? date)}`,
    formatDate(made.deadline),
    formatNumber(made.totalOre),
  ]);
  return table(
    [
      { title: 'Brev', align: 'right' },
      { title: 'Type' },
      { title: 'Status' },
      { title: 'Frist' },
      { title: 'Krevd', align: 'right' },
    ],
    rows,
  );
}

function describeNext({ next }: CaseView): string {
  if (next.earliest === null || next.step === null) return next.why.text;
  return `Neste: ${STEP_TITLES[next.step]}, tidligst ${formatDate(next.earliest)}.\n${next.why.text} (${next.why.hjemmel})`;
}

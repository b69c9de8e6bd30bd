import type { Command } from 'commander';
import { decidePayment } from '../case/decide.js';
import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import { formatKroner, type Ore } from '../law/money.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { readAmount, readCase, readChoice, readDate, textOption } from '../tasks/input.js';
import { earlyDate, record } from '../tasks/record.js';

export function register(program: Command, act: Act): void {
  program
    .command('pay')
    .summary('registrer en innbetaling')
    .description('Registrerer en innbetaling på en sak. En betalt sak får ikke flere brev.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .argument('<kr>', 'beløpet, som 1234,50')
    .option('--date <dato>', 'dagen banken bokførte betalingen (i dag)')
    .option('--to <del>', 'hva skyldneren betalte: principal, interest eller costs')
    .option('--ref <tekst>', 'bankens referanse')
    .action(act(pay));
}

function pay(ctx: Context, [reference = '', kroner = '']: readonly string[], options: Options): Answer {
  const amountOre = readAmount(kroner, '<kr>');
  const c = readCase(ctx, reference);
  const on = textOption(options, 'date');
  const to = textOption(options, 'to');
  const date = on === null ? ctx.today : readDate(on, '--date');
  const purpose = to === null ? null : readChoice(['principal', 'interest', 'costs'], to, '--to');
  const payment = { amountOre, date, purpose, reference: textOption(options, 'ref') };
  const { view, warnings } = record(ctx, c, (judgement) => decidePayment(judgement, payment, ctx.today));
  const used = view.claim?.allocations.find((a) => a.on === date && a.amountOre === amountOre);
  const parts =
    used === undefined
      ? ''
      : [
          used.costsOre > 0 ? `gebyr ${formatKroner(used.costsOre)}` : '',
          used.interestOre > 0 ? `renter ${formatKroner(used.interestOre)}` : '',
          used.principalOre > 0 ? `hovedstol ${formatKroner(used.principalOre)}` : '',
          used.creditOre > 0 ? `til gode ${formatKroner(used.creditOre)}` : '',
        ]
          .filter((part) => part !== '')
          .join(', ');
  const text = [
    `Registrert ${formatKroner(amountOre)} på sak ${c.number}, ${formatDate(date)}${parts === '' ? '' : `: ${parts}`}.`,
    remains(view.claim?.openOre ?? null),
  ].join('\n');
  return { data: { case: view.json }, text, warnings: [...warnings, ...earlyDate(c, date)] };
}

function remains(openOre: Ore | null): string {
  if (openOre === null) return 'Hva som står igjen, kan først regnes ut når satsen er kjent.';
  return openOre === 0 ? 'Kravet er betalt.' : `${formatKroner(openOre)} står igjen.`;
}

import type { Command } from 'commander';
import {
  forecast as forecastCase,
  legalSteps,
  type Forecast,
  type LegalStep,
  type Supposition,
} from '../case/forecast.js';
import type { Context } from '../context.js';
import { formatDate, localDate } from '../law/dates.js';
import { formatKroner, formatNumber } from '../law/money.js';
import { STEP_TITLES } from '../law/steps.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { dateOption, listOption, readAmount, readCase, readDate } from '../tasks/input.js';
import { table } from '../terminal/table.js';

export function register(program: Command, act: Act): void {
  program
    .command('forecast')
    .summary('vis hva som kommer i en sak')
    .description('Viser brevene som kommer, med dato og beløp, hvis ingenting skjer, eller hvis noe skjer.')
    .argument('<sak>', 'saksnummer eller fakturanummer')
    .option('--until <dato>', 'bare til denne dagen')
    .option('--if <hva...>', 'pay:<kr>@<dato> eller dispute@<dato>')
    .action(act(forecast));
}

function forecast(ctx: Context, [reference = '']: readonly string[], options: Options): Answer {
  const suppositions = listOption(options, 'if').map(readSupposition);
  const early = suppositions.find((supposed) => supposed.on < ctx.today);
  if (early !== undefined) throw usage(`--if: ${formatDate(early.on)} er i fortiden.`);
  const c = readCase(ctx, reference);
  const j = ctx.store().judgement(c);
  const result = forecastCase(j, ctx.today, dateOption(options, 'until'), suppositions);
  const legal =
    result.end.until === null || result.case.stops.length > 0 ? [] : legalSteps(ctx.today, j.rates);
  const steps = result.letters.map(
    ({ step, date, deadline, principalOre, interestOre, costsOre, feeOre, totalOre, reasons }) => ({
      step,
      date,
      deadline,
      principalOre,
      interestOre,
      costsOre,
      feeOre,
      totalOre,
      reasons,
    }),
  );
  const { rule, hjemmel, text, until } = result.end;
  const data = { case: c.number, asOf: ctx.today, steps, end: { rule, hjemmel, reason: text, until }, legal };
  return { data, text: describe(result, legal) };
}

function readSupposition(text: string): Supposition {
  const pay = /^pay:([^@]+)@(.+)$/.exec(text);
  if (pay !== null) {
    const [, kroner = '', on = ''] = pay;
    return { kind: 'pay', amountOre: readAmount(kroner, '--if'), on: readDate(on, '--if') };
  }
  const dispute = /^dispute@(.+)$/.exec(text);
  if (dispute !== null) return { kind: 'dispute', on: readDate(dispute[1] ?? '', '--if') };
  throw usage(`--if: «${text}» må ha formen pay:<kr>@<dato> eller dispute@<dato>.`);
}

function describe({ letters, end }: Forecast, legal: readonly LegalStep[]): string {
  const parts: string[] = [];
  if (letters.length > 0) {
    const rows = letters.map((letter) => [
      formatDate(letter.date),
      STEP_TITLES[letter.step],
      formatDate(letter.deadline),
      formatNumber(letter.feeOre),
      formatNumber(letter.totalOre),
    ]);
    const columns = [
      { title: 'Dato' },
      { title: 'Brev' },
      { title: 'Frist' },
      { title: 'Gebyr', align: 'right' as const },
      { title: 'Å betale', align: 'right' as const },
    ];
    parts.push(table(columns, rows));
  }
  parts.push(
    `${end.text}${end.until === null ? '' : ` Fra ${formatDate(localDate(end.until))}.`} (${end.hjemmel})`,
  );
  if (legal.length > 0) {
    parts.push(
      `Gebyr til staten: ${legal.map((one) => `${one.step} ${formatKroner(one.amountOre)}`).join(', ')}.`,
    );
  }
  return parts.join('\n\n');
}

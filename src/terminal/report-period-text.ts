import { formatNumber, type Ore } from '../law/money.js';
import { STEP_TITLES } from '../law/steps.js';
import type { UnknownCase } from '../report/case-file.js';
import { inAll, type Income, type IncomeFigures } from '../report/income.js';
import type { KeyFigures, Kpi } from '../report/kpi.js';
import type { StepFigures } from '../report/kpi-letters.js';
import type { Period } from '../report/period.js';
import {
  decimal,
  INCOME_KEYS,
  INCOME_WORDS,
  MOVEMENT_KEYS,
  MOVEMENT_WORDS,
  periodInWords,
  perKrone,
  share,
} from '../report/words.js';
import { unknownText } from './report-text.js';
import { table } from './table.js';
import { bold } from './text.js';

const NONE = '–';

/** Key figures of a period beside those of the period before. */
export function kpiText(kpi: Kpi & { readonly unknown: readonly UnknownCase[] }): string {
  const { current, previous } = kpi;
  const parts = [
    `${bold('Nøkkeltall')} ${periodInWords(kpi.period)}\n${before(kpi.before)}`,
    compared(
      [
        ['Innkrevd', amountOf('collectedOre')],
        ['Innbetalinger', (f) => String(f.payments)],
        ['Dager fra forfall til betaling', (f) => decimal(f.daysToPayment)],
        ['Betalt av det som forfalt', (f) => share(f.share.percent)],
        ['Brev sendt', (f) => String(f.letters)],
        ['Inntekt (gebyr, renter, gjenvunnet)', amountOf('incomeOre')],
        ['  av dette gjenvunnet tap', amountOf('recoveredOre')],
        ['Inntekt per innkrevd krone', (f) => perKrone(f.incomePercent)],
        ['Kostnad', (f) => (f.costOre === null ? 'ikke satt' : formatNumber(f.costOre))],
        ['Kostnad per innkrevd krone', (f) => perKrone(f.costPercent)],
      ],
      current,
      previous,
    ),
    ...(current.costOre === null
      ? ['Hva et brev koster deg, setter du med «inkasso config set letterCost 25,00».']
      : []),
    stepsText(current.steps, previous.steps),
    ...(kpi.unknown.length === 0 ? [] : [unknownText(kpi.unknown)]),
  ];
  return parts.join('\n\n');
}

function stepsText(current: readonly StepFigures[], previous: readonly StepFigures[]): string {
  const title = bold('Hva som kom inn etter hvert brev, før det neste');
  if (current.length === 0 && previous.length === 0) return `${title}\n\nIngen brev er sendt.`;
  const row = (name: string, f: StepFigures): string[] => [
    name,
    String(f.sent),
    formatNumber(f.demandedOre),
    formatNumber(f.paidOre),
    share(f.percent),
    decimal(f.days),
  ];
  const rows = current.flatMap((now) => {
    const then = previous.find(({ step }) => step === now.step);
    return [row(STEP_TITLES[now.step], now), ...(then === undefined ? [] : [row('  perioden før', then)])];
  });
  const gone = previous.filter((then) => !current.some(({ step }) => step === then.step));
  const earlier = gone.map((then) => row(`${STEP_TITLES[then.step]} (før)`, then));
  const columns = [
    { title: 'Brev', max: 22 },
    ...['Sendt', 'Krevd', 'Kom inn', 'Andel', 'Dager'].map((each) => ({
      title: each,
      align: 'right' as const,
    })),
  ];
  return `${title}\n\n${table(columns, [...rows, ...earlier])}`;
}

/** Fee and interest income of a period, and how what is outstanding moved. */
export function incomeText(income: Income & { readonly unknown: readonly UnknownCase[] }): string {
  const parts = [
    `${bold('Gebyr- og renteinntekter')} ${periodInWords(income.period)}\n${before(income.before)}`,
    compared<IncomeFigures>(
      INCOME_KEYS.map((key) => [INCOME_WORDS[key], amountOf(key)]),
      income.current,
      income.previous,
    ),
    movementText(income.movement),
    ...(income.unknown.length === 0 ? [] : [unknownText(income.unknown)]),
  ];
  return parts.join('\n\n');
}

function movementText(movement: Income['movement']): string {
  const { principal, interest, costs } = movement;
  const columns = [
    { title: '' },
    ...['Hovedstol', 'Renter', 'Gebyr', 'Sum'].map((title) => ({ title, align: 'right' as const })),
  ];
  const all = inAll(movement);
  const rows = MOVEMENT_KEYS.map((key) => [
    MOVEMENT_WORDS[key],
    ...[principal, interest, costs, all].map((part) => (part[key] === 0 ? NONE : formatNumber(part[key]))),
  ]);
  return `${bold('Slik endret utestående seg')}\n\n${table(columns, rows)}`;
}

type Row<T> = readonly [name: string, value: (figures: T) => string];

function compared<T = KeyFigures>(rows: readonly Row<T>[], current: T, previous: T): string {
  const columns = [
    { title: '' },
    { title: 'Perioden', align: 'right' as const },
    { title: 'Perioden før', align: 'right' as const },
  ];
  return table(
    columns,
    rows.map(([name, value]) => [name, value(current), value(previous)]),
  );
}

function amountOf<K extends string>(key: K): (figures: Readonly<Record<K, Ore>>) => string {
  return (figures) => formatNumber(figures[key]);
}

function before(period: Period): string {
  return `Perioden før er ${periodInWords(period)}.`;
}

import type { Income } from '../report/income.js';
import type { LocalDate } from '../law/dates.js';
import { STEP_TITLES } from '../law/steps.js';
import type { KeyFigures, Kpi } from '../report/kpi.js';
import { INCOME_KEYS, INCOME_WORDS, MOVEMENT_KEYS, MOVEMENT_WORDS } from '../report/words.js';
import { csv, type Cell } from './csv.js';

type Row<T> = readonly [name: string, value: (figures: T) => Cell];

const KEY_FIGURES: readonly Row<KeyFigures>[] = [
  ['Innkrevd, kr', (f) => ({ ore: f.collectedOre })],
  ['Innbetalinger, antall', (f) => f.payments],
  ['Fra forfall til betaling, dager', (f) => f.daysToPayment],
  ['Forfalt i perioden, kr', (f) => ({ ore: f.share.dueOre })],
  ['Betalt av det, kr', (f) => ({ ore: f.share.collectedOre })],
  ['Betalt av det, prosent', (f) => f.share.percent],
  ['Brev sendt, antall', (f) => f.letters],
  ['Inntekt, kr', (f) => ({ ore: f.incomeOre })],
  ['Gjenvunnet på tapsførte krav, kr', (f) => ({ ore: f.recoveredOre })],
  ['Inntekt per innkrevd krone, øre', (f) => f.incomePercent],
  ['Kostnad, kr', (f) => (f.costOre === null ? null : { ore: f.costOre })],
  ['Kostnad per innkrevd krone, øre', (f) => f.costPercent],
];

/** One row per figure, the period beside the one before it. */
export function kpiCsv({ period, before, current, previous }: Kpi): string {
  const steps = [...new Set([...current.steps, ...previous.steps].map(({ step }) => step))];
  const after = steps.flatMap((step) => {
    const own = (figures: KeyFigures) => figures.steps.find((each) => each.step === step);
    const rows: Row<KeyFigures>[] = [
      ['sendt, antall', (f) => own(f)?.sent ?? 0],
      ['krevd, kr', (f) => ({ ore: own(f)?.demandedOre ?? 0 })],
      ['kom inn, kr', (f) => ({ ore: own(f)?.paidOre ?? 0 })],
      ['kom inn, prosent', (f) => own(f)?.percent ?? null],
      ['fra sending til betaling, dager', (f) => own(f)?.days ?? null],
    ];
    return rows.map(([name, value]) => [`${STEP_TITLES[step]}: ${name}`, value] as const);
  });
  return csv({
    columns: ['Nøkkeltall', titleOf(period), titleOf(before)],
    rows: [...KEY_FIGURES, ...after].map(([name, value]) => [name, value(current), value(previous)]),
  });
}

const PARTS = [
  ['Hovedstol', 'principal'],
  ['Renter', 'interest'],
  ['Gebyr', 'costs'],
] as const;

/** One row per figure; the movement of what is outstanding has the period only. */
export function incomeCsv({ period, before, current, previous, movement }: Income): string {
  const figures = INCOME_KEYS.map((key) => [
    INCOME_WORDS[key],
    { ore: current[key] },
    { ore: previous[key] },
  ]);
  const moved = PARTS.flatMap(([part, key]) =>
    MOVEMENT_KEYS.map((what) => [`${part}: ${MOVEMENT_WORDS[what]}`, { ore: movement[key][what] }, null]),
  );
  return csv({ columns: ['Post', titleOf(period), titleOf(before)], rows: [...figures, ...moved] });
}

function titleOf({ from, to }: { readonly from: LocalDate; readonly to: LocalDate }): string {
  return `${from} til ${to}`;
}

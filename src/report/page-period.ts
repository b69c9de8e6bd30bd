import { formatNumber } from '../law/money.js';
import { STEP_TITLES } from '../law/steps.js';
import { funnelShare, type Charts } from './charts.js';
import { html, htmlTable, type Html } from './html.js';
import { inAll, type Income } from './income.js';
import type { KeyFigures, Kpi } from './kpi.js';
import type { StepFigures } from './kpi-letters.js';
import {
  decimal,
  funnelWord,
  INCOME_KEYS,
  INCOME_WORDS,
  monthInWords,
  MOVEMENT_KEYS,
  MOVEMENT_WORDS,
  periodInWords,
  perKrone,
  share,
} from './words.js';

/** What came in, month by month. */
export function inflowSection({ period, inflow }: Kpi, charts: Charts): Html {
  const title = html`<h2>Innbetalt ${periodInWords(period)}</h2>`;
  if (inflow.every(({ collectedOre }) => collectedOre === 0))
    return html`<section>
      ${title}
      <p>Ingenting er betalt i perioden.</p>
    </section>`;
  const rows = inflow.map((m) => [
    monthInWords(m.month),
    formatNumber(m.collectedOre),
    formatNumber(m.recoveredOre),
  ]);
  return html`<section>
    ${title}
    <figure>${charts.inflow(inflow)}</figure>
    ${htmlTable(
      'Per måned, i kroner',
      [
        { title: 'Måned' },
        { title: 'Innbetalt', figures: true },
        { title: 'Av det på tapsførte krav', figures: true },
      ],
      rows,
    )}
  </section>`;
}

type Row = readonly [name: string, value: (figures: KeyFigures) => string];

const KEY_FIGURES: readonly Row[] = [
  ['Innkrevd, kroner', (f) => formatNumber(f.collectedOre)],
  ['Innbetalinger', (f) => String(f.payments)],
  ['Dager fra forfall til betaling', (f) => decimal(f.daysToPayment)],
  ['Betalt av det som forfalt', (f) => share(f.share.percent)],
  ['Brev sendt', (f) => String(f.letters)],
  ['Inntekt, kroner', (f) => formatNumber(f.incomeOre)],
  ['Av det gjenvunnet på tapsførte krav', (f) => formatNumber(f.recoveredOre)],
  ['Inntekt per innkrevd krone', (f) => perKrone(f.incomePercent)],
  ['Kostnad, kroner', (f) => (f.costOre === null ? 'ikke satt' : formatNumber(f.costOre))],
  ['Kostnad per innkrevd krone', (f) => perKrone(f.costPercent)],
];

/** Key figures of the period beside those of the one before. */
export function kpiSection({ period, before, current, previous, funnel }: Kpi, charts: Charts): Html {
  const figures = KEY_FIGURES.map(([name, value]) => [name, value(current), value(previous)]);
  return html`<section>
      <h2>Nøkkeltall</h2>
      ${htmlTable(
        `Perioden er ${periodInWords(period)}, perioden før ${periodInWords(before)}`,
        [
          { title: 'Nøkkeltall' },
          { title: 'Perioden', figures: true },
          { title: 'Perioden før', figures: true },
        ],
        figures,
      )}
    </section>
    <section>
      <h2>Hvor langt kravene kom</h2>
      ${(funnel[0]?.count ?? 0) === 0 ? html`<p>Ingen krav forfalt i perioden.</p>` : funnelFigure(funnel, charts)}
      <h3>Hva som kom inn etter hvert brev, før det neste</h3>
      ${stepsTable(current.steps, previous.steps)}
    </section>`;
}

function funnelFigure(funnel: Kpi['funnel'], charts: Charts): Html {
  const all = funnel[0]?.count ?? 0;
  return html`<figure>${charts.funnel(funnel)}</figure>
    ${htmlTable(
      'Av kravene som forfalt i perioden',
      [{ title: 'Skritt' }, { title: 'Krav', figures: true }],
      funnel.map(({ step, count }) => [funnelWord(step), funnelShare(count, all)]),
    )}`;
}

function stepsTable(current: readonly StepFigures[], previous: readonly StepFigures[]): Html {
  const named = [
    ...current.map((f) => [STEP_TITLES[f.step], f] as const),
    ...previous.map((f) => [`${STEP_TITLES[f.step]}, perioden før`, f] as const),
  ];
  if (named.length === 0) return html`<p>Ingen brev er sendt.</p>`;
  return htmlTable(
    'Beløp i kroner; dager fra sending til betaling',
    [
      { title: 'Brev' },
      ...['Sendt', 'Krevd', 'Kom inn', 'Andel', 'Dager'].map((title) => ({ title, figures: true })),
    ],
    named.map(([name, f]) => [
      name,
      f.sent,
      formatNumber(f.demandedOre),
      formatNumber(f.paidOre),
      share(f.percent),
      decimal(f.days),
    ]),
  );
}

/** Fees, interest and recovered losses of the period, and how what is outstanding moved. */
export function incomeSection({ period, before, current, previous, movement }: Income): Html {
  const { principal, interest, costs } = movement;
  const all = inAll(movement);
  return html`<section>
    <h2>Gebyr- og renteinntekter</h2>
    ${htmlTable(
      `Kroner; perioden er ${periodInWords(period)}, perioden før ${periodInWords(before)}`,
      [{ title: 'Post' }, { title: 'Perioden', figures: true }, { title: 'Perioden før', figures: true }],
      INCOME_KEYS.map((key) => [INCOME_WORDS[key], formatNumber(current[key]), formatNumber(previous[key])]),
      'sum',
    )}
    ${htmlTable(
      'Slik endret utestående seg i perioden, i kroner',
      [
        { title: 'Post' },
        ...['Hovedstol', 'Renter', 'Gebyr', 'Sum'].map((title) => ({ title, figures: true })),
      ],
      MOVEMENT_KEYS.map((key) => [
        MOVEMENT_WORDS[key],
        ...[principal, interest, costs, all].map((part) => formatNumber(part[key])),
      ]),
      'sum',
    )}
  </section>`;
}

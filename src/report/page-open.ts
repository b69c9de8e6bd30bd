import { formatDate } from '../law/dates.js';
import { formatKroner, formatNumber, sum, type Ore } from '../law/money.js';
import type { Ageing } from './ageing.js';
import type { UnknownCase } from './case-file.js';
import type { Charts } from './charts.js';
import { html, htmlTable, words, type Html } from './html.js';
import type { WatchedClaim } from './limitation.js';
import type { Provision } from './provision.js';
import { BUCKET_WORDS, bucketInWords } from './words.js';
import type { WriteOffCandidate } from './writeoff.js';

/** A page that lists more than this is no longer read; the rest is summed up. */
const MOST_ROWS = 200;

/** What is outstanding, by age and debtor, with the provision for losses. */
export function ageingSection(ageing: Ageing & { readonly provision: Provision }, charts: Charts): Html {
  const { buckets, totalOre, provision, debtors } = ageing;
  const count = sum(buckets.map((bucket) => bucket.count));
  if (count === 0)
    return html`<section>
      <h2>Utestående etter alder</h2>
      <p>Ingen åpne krav.</p>
    </section>`;
  const rows = buckets.map((bucket, index) => {
    const set = provision.buckets[index];
    return [
      bucketInWords(bucket.key),
      bucket.count,
      formatNumber(bucket.openOre),
      `${(set?.percent ?? '0').replace('.', ',')} %`,
      formatNumber(set?.amountOre ?? 0),
    ];
  });
  const table = htmlTable(
    'Etter dager siden forfall, i kroner',
    [
      { title: 'Alder' },
      ...['Krav', 'Åpent', 'Prosent', 'Avsetning for tap'].map((title) => ({ title, figures: true })),
    ],
    [...rows, ['Sum', count, formatNumber(totalOre), '', formatNumber(provision.totalOre)]],
    'sum',
  );
  return html`<section>
    <h2>Utestående etter alder</h2>
    <figure>${charts.ageing(buckets)}</figure>
    ${table} ${debtorTable(debtors)}
  </section>`;
}

function debtorTable(debtors: Ageing['debtors']): Html {
  const shown = debtors.slice(0, MOST_ROWS);
  const rows = shown.map((d) => [
    words(d.debtor),
    ...d.buckets.map(({ openOre }) => amount(openOre)),
    formatNumber(d.totalOre),
  ]);
  const columns = [
    { title: 'Skyldner' },
    ...[...Object.values(BUCKET_WORDS), 'Sum'].map((title) => ({ title, figures: true })),
  ];
  const table = htmlTable('Per skyldner, etter dager siden forfall, i kroner', columns, rows);
  const rest = debtors.slice(MOST_ROWS);
  const restOre = sum(rest.map((d) => d.totalOre));
  return html`${table}${
    rest.length === 0
      ? null
      : html`<p>
          ${rest.length} skyldnere til, med ${formatKroner(restOre)} til sammen, står i «inkasso report ageing
          --csv».
        </p>`
  }`;
}

function amount(ore: Ore): string {
  return ore === 0 ? '–' : formatNumber(ore);
}

/** Cases without figures, each with the rate that is missing; nothing where there are none. */
export function unknownSection(unknown: readonly UnknownCase[]): Html {
  const rows = unknown
    .slice(0, MOST_ROWS)
    .map((c) => [
      c.case,
      words(c.invoice),
      words(c.debtor),
      c.principalOre === null ? 'ukjent' : formatNumber(c.principalOre),
    ]);
  const ways = [...new Set(unknown.map(({ message, hint }) => `${message} ${hint}`))];
  return html`<section class="warning">
    <h2>Kan ikke regnes ut: ${unknown.length === 1 ? '1 sak' : `${unknown.length} saker`}</h2>
    <p>Disse er ikke med i summene nedenfor.</p>
    ${ways.map((way) => html`<p>${way}</p>`)}
    ${htmlTable(
      'Saker som mangler en sats',
      [
        { title: 'Sak', figures: true },
        { title: 'Faktura' },
        { title: 'Skyldner' },
        { title: 'Hovedstol', figures: true },
      ],
      rows,
    )}
  </section>`;
}

/** Claims with grounds for booking them as a loss. */
export function writeOffSection(candidates: readonly WriteOffCandidate[]): Html {
  if (candidates.length === 0)
    return html`<section>
      <h2>Krav det er grunn til å tapsføre</h2>
      <p>Ingen.</p>
    </section>`;
  const rows = candidates.slice(0, MOST_ROWS).map((c) => [
    c.case,
    words(c.invoice),
    words(c.debtor),
    c.openOre === null ? 'ukjent' : formatNumber(c.openOre),
    html`<ul>
      ${c.reasons.map(
        ({ text, rule, evidence }) =>
          html`<li>
            ${text} (${rule})<br /><span class="evidence">Trenger: ${evidence.join('; ')}.</span>
          </li>`,
      )}
    </ul>`,
  ]);
  const left = candidates.length - rows.length;
  return html`<section>
    <h2>Krav det er grunn til å tapsføre</h2>
    ${htmlTable(
      'Med grunner og dokumentasjonen hver av dem trenger',
      [
        { title: 'Sak', figures: true },
        { title: 'Faktura' },
        { title: 'Skyldner' },
        { title: 'Åpent', figures: true },
        { title: 'Grunner' },
      ],
      rows,
    )}
    ${left === 0 ? null : html`<p>${left} krav til står i «inkasso report writeoff --csv».</p>`}
    <p>Legg fakturaen ved i alle. Et tapsført krav lever videre, og det som kommer inn senere, er inntekt.</p>
  </section>`;
}

/** Claims that are foreldet, or soon will be. */
export function limitationSection(claims: readonly WatchedClaim[]): Html {
  if (claims.length === 0)
    return html`<section>
      <h2>Foreldelse</h2>
      <p>Ingen krav er foreldet eller foreldes de neste seks månedene.</p>
    </section>`;
  const rows = claims
    .slice(0, MOST_ROWS)
    .map((c) => [
      c.case,
      words(c.invoice),
      words(c.debtor),
      c.openOre === null ? 'ukjent' : formatNumber(c.openOre),
      formatDate(c.limitation),
      c.state === 'foreldet' ? 'foreldet' : `${c.daysLeft} ${c.daysLeft === 1 ? 'dag' : 'dager'} igjen`,
    ]);
  const left = claims.length - rows.length;
  return html`<section>
    <h2>Foreldelse</h2>
    ${htmlTable(
      'Krav som er foreldet, eller foreldes innen seks måneder',
      [
        { title: 'Sak', figures: true },
        { title: 'Faktura' },
        { title: 'Skyldner' },
        { title: 'Åpent', figures: true },
        { title: 'Siste dag' },
        { title: 'Tid' },
      ],
      rows,
    )}
    ${left === 0 ? null : html`<p>${left} krav til står i «inkasso report limitation --csv».</p>`}
    <p>
      Fristen avbrytes av erkjennelse, delbetaling, forliksklage eller begjæring om utlegg, ikke av brev
      (foreldelsesloven §§ 14–18).
    </p>
  </section>`;
}

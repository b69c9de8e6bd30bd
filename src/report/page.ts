import { formatDate, type LocalDate } from '../law/dates.js';
import { formatKroner, sum, type Ore } from '../law/money.js';
import type { Ageing } from './ageing.js';
import type { UnknownCase } from './case-file.js';
import type { Charts } from './charts.js';
import { html, Html } from './html.js';
import type { Income } from './income.js';
import type { Kpi } from './kpi.js';
import type { WatchedClaim } from './limitation.js';
import { ageingSection, limitationSection, unknownSection, writeOffSection } from './page-open.js';
import { incomeSection, inflowSection, kpiSection } from './page-period.js';
import type { Provision } from './provision.js';
import { asOfNote, share } from './words.js';
import type { WriteOffCandidate } from './writeoff.js';

/** What a page shows; a part that is not there was not asked for. */
export interface PageContent {
  readonly creditor: { readonly name: string; readonly orgnr: string };
  readonly on: LocalDate;
  readonly ageing?: Ageing & { readonly provision: Provision };
  readonly writeoff?: readonly WriteOffCandidate[];
  readonly limitation?: readonly WatchedClaim[];
  readonly kpi?: Kpi;
  readonly income?: Income;
  readonly unknown: readonly UnknownCase[];
}

/** The title of the page and of its PDF. */
export function pageTitle({ creditor, on }: Pick<PageContent, 'creditor' | 'on'>): string {
  return `Innkreving per ${formatDate(on)} – ${creditor.name}`;
}

/**
 * The report as one page that fetches nothing and runs nothing: style and fonts inside, charts as pictures, and beside
 * each the table with the exact figures.
 */
export function reportPage(content: PageContent, style: string, charts: Charts): string {
  const { creditor, on, ageing, writeoff, limitation, kpi, income, unknown } = content;
  const body = html` <header>
      <p class="creditor">${creditor.name} · org.nr. ${creditor.orgnr}</p>
      <h1>Innkreving per ${formatDate(on)}</h1>
      <p>${asOfNote(on)}</p>
      ${tiles(content)}
    </header>
    <main>
      ${unknown.length === 0 ? null : unknownSection(unknown)}
      ${ageing === undefined ? null : ageingSection(ageing, charts)}
      ${kpi === undefined ? null : inflowSection(kpi, charts)}
      ${kpi === undefined ? null : kpiSection(kpi, charts)}
      ${income === undefined ? null : incomeSection(income)}
      ${writeoff === undefined ? null : writeOffSection(writeoff)}
      ${limitation === undefined ? null : limitationSection(limitation)}
    </main>
    <footer><p>Laget med inkasso. Beløpene er summen av sakenes egne tall, med renter og gebyr.</p></footer>`;
  return (
    '<!doctype html>\n<html lang="nb"><head><meta charset="utf-8">' +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `${html`<title>${pageTitle(content)}</title>`.text}<style>${style}</style></head><body>${body.text}\n</body></html>\n`
  );
}

/** The few figures to see first. */
function tiles({ ageing, kpi, writeoff }: PageContent): Html {
  const shown: [string, string][] = [];
  if (ageing !== undefined) {
    const overdue: Ore = sum(ageing.buckets.filter(({ key }) => key !== 'notDue').map((b) => b.openOre));
    shown.push(['Utestående', formatKroner(ageing.totalOre)], ['Av det forfalt', formatKroner(overdue)]);
  }
  if (kpi !== undefined) {
    shown.push(['Innkrevd i perioden', formatKroner(kpi.current.collectedOre)]);
    shown.push(['Betalt av det som forfalt', share(kpi.current.share.percent)]);
  }
  if (writeoff !== undefined && kpi === undefined)
    shown.push(['Grunn til å tapsføre', String(writeoff.length)]);
  if (shown.length === 0) return new Html('');
  const list = shown.map(
    ([name, value]) =>
      html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`,
  );
  return html`<dl class="tiles">${list}</dl>`;
}

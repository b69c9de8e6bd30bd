import { formatDate, type LocalDate } from '../law/dates.js';
import { formatKroner, formatNumber } from '../law/money.js';
import type { Ageing, Bucket, BucketKey } from '../report/ageing.js';
import type { WriteOffCandidate } from '../report/writeoff.js';
import { bold, counted, table } from './text.js';

/** The ageing of the open claims, as of a day. */
export function ageingText(ageing: Ageing, on: LocalDate): string {
  return `${bold(`Utestående per ${formatDate(on)}`)}\n\n${ageingTable(ageing)}`;
}

/** The claims there is reason to write off. */
export function writeOffText(candidates: readonly WriteOffCandidate[]): string {
  return `${bold('Krav det er grunn til å tapsføre')}\n\n${candidatesText(candidates)}`;
}

const BUCKET_WORDS: Readonly<Record<BucketKey, string>> = {
  notDue: 'Ikke forfalt',
  '1-30': '1–30',
  '31-60': '31–60',
  '61-90': '61–90',
  '91+': 'Over 90',
};

function ageingTable(ageing: Ageing): string {
  const columns = [
    { title: 'Skyldner', max: 20 },
    ...ageing.buckets.map((bucket) => ({ title: BUCKET_WORDS[bucket.key], align: 'right' as const })),
    { title: 'Sum', align: 'right' as const },
  ];
  const amounts = (buckets: readonly Bucket[]): string[] =>
    buckets.map((b) => (b.openOre === 0 ? '–' : formatNumber(b.openOre)));
  const rows = ageing.debtors.map((d) => [d.debtor, ...amounts(d.buckets), formatNumber(d.totalOre)]);
  const total = [bold('Sum'), ...amounts(ageing.buckets), bold(formatNumber(ageing.totalOre))];
  const count = ageing.buckets.reduce((all, bucket) => all + bucket.count, 0);
  return `${table(columns, [...rows, total])}\n\n${counted(count, 'krav', 'krav')}, dager etter forfall, med renter og gebyr til i dag.`;
}

function candidatesText(candidates: readonly WriteOffCandidate[]): string {
  if (candidates.length === 0) return 'Ingen.';
  return candidates
    .map((c) => {
      const reasons = c.reasons.map((reason) => `  – ${reason.text} (${reason.rule})`);
      return [
        `Sak ${c.case}, faktura ${c.invoice}, ${c.debtor}: ${formatKroner(c.openOre)}`,
        ...reasons,
      ].join('\n');
    })
    .join('\n\n');
}

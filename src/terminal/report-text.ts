import { formatDate, type LocalDate } from '../law/dates.js';
import { formatKroner, formatNumber, type Ore } from '../law/money.js';
import type { Ageing, DebtorAgeing } from '../report/ageing.js';
import type { UnknownCase } from '../report/case-file.js';
import type { WatchedClaim } from '../report/limitation.js';
import type { Provision } from '../report/provision.js';
import { BUCKET_WORDS, bucketInWords } from '../report/words.js';
import type { WriteOffCandidate } from '../report/writeoff.js';
import { table } from './table.js';
import { bold, counted, plain } from './text.js';
import { lineWidth } from './width.js';

export type AgeingReport = Ageing & {
  readonly provision: Provision;
  readonly unknown: readonly UnknownCase[];
};

/** Places in a line where there is no terminal, and the most that a table takes in a wide one. */
const WIDTH = 80;

/** The ageing of the open claims, as of a day. */
export function ageingText(ageing: AgeingReport, on: LocalDate): string {
  const count = ageing.buckets.reduce((all, bucket) => all + bucket.count, 0);
  const parts = [
    bold(`Utestående per ${formatDate(on)}`),
    bucketTable(ageing),
    `${counted(count, 'krav', 'krav')}, etter dager siden forfall, med renter og gebyr til denne dagen.`,
    ...(ageing.debtors.length === 0 ? [] : [debtorTable(ageing)]),
    ...(ageing.unknown.length === 0 ? [] : [unknownText(ageing.unknown)]),
  ];
  return parts.join('\n\n');
}

function bucketTable({ buckets, totalOre, provision }: AgeingReport): string {
  const columns = [
    { title: 'Dager' },
    ...['Krav', 'Åpent', 'Prosent', 'Avsetning for tap'].map((title) => ({
      title,
      align: 'right' as const,
    })),
  ];
  const rows = buckets.map(({ key, count, openOre }, index) => {
    const set = provision.buckets[index];
    return [
      BUCKET_WORDS[key],
      String(count),
      amount(openOre),
      `${(set?.percent ?? '0').replace('.', ',')} %`,
      amount(set?.amountOre ?? 0),
    ];
  });
  const count = buckets.reduce((all, bucket) => all + bucket.count, 0);
  const total = [
    bold('Sum'),
    String(count),
    bold(formatNumber(totalOre)),
    '',
    formatNumber(provision.totalOre),
  ];
  return table(columns, [...rows, total]);
}

function amount(ore: Ore): string {
  return ore === 0 ? '–' : formatNumber(ore);
}

/** One row per debtor where the amounts leave room for it; else the amounts below the name. */
function debtorTable({ debtors: named, others }: AgeingReport): string {
  const rest =
    others === undefined ? [] : [{ ...others, debtor: counted(others.count, 'annen', 'andre'), debtorId: 0 }];
  const debtors = [...named, ...rest];
  const titles = [...Object.values(BUCKET_WORDS), 'Sum'];
  const cells = debtors.map((d) => [...d.buckets.map((b) => amount(b.openOre)), formatNumber(d.totalOre)]);
  const widths = titles.map((title, index) =>
    cells.reduce((most, row) => Math.max(most, row[index]?.length ?? 0), title.length),
  );
  const left = Math.min(lineWidth() ?? WIDTH, WIDTH) - widths.reduce((all, width) => all + width + 2, 0);
  if (left < 12) return debtors.map(debtorList).join('\n');
  const columns = [
    { title: 'Skyldner', max: Math.min(left, 24) },
    ...titles.map((title) => ({ title, align: 'right' as const })),
  ];
  return table(
    columns,
    debtors.map((d, index) => [d.debtor, ...(cells[index] ?? [])]),
  );
}

function debtorList({ debtor, buckets, totalOre }: DebtorAgeing): string {
  const open = buckets
    .filter((b) => b.openOre !== 0)
    .map((b) => `    ${bucketInWords(b.key)}: ${formatKroner(b.openOre)}`);
  return [`${shortened(debtor, 48)}: ${formatKroner(totalOre)}`, ...open].join('\n');
}

function shortened(text: string, max: number): string {
  const letters = [...plain(text)];
  return letters.length <= max ? letters.join('') : `${letters.slice(0, max - 1).join('')}…`;
}

/** The cases that are left out of the sums, and what to do about it. */
export function unknownText(unknown: readonly UnknownCase[]): string {
  const lines = unknown.map(({ case: number, invoice, debtor, principalOre }) => {
    const principal = principalOre === null ? '' : `, hovedstol ${formatKroner(principalOre)}`;
    return `  Sak ${number}, faktura ${shortened(invoice, 20)}, ${shortened(debtor, 24)}${principal}`;
  });
  const ways = [...new Set(unknown.map(({ message, hint }) => `${message}\n${hint}`))];
  return [`${bold('Kan ikke regnes ut')} – er ikke med i summene:`, ...lines, '', ...ways].join('\n');
}

/** The claims there is reason to write off. */
export function writeOffText(candidates: readonly WriteOffCandidate[]): string {
  return `${bold('Krav det er grunn til å tapsføre')}\n\n${candidatesText(candidates)}`;
}

function candidatesText(candidates: readonly WriteOffCandidate[]): string {
  if (candidates.length === 0) return 'Ingen.';
  const shown = candidates.map((c) => {
    const open = c.openOre === null ? 'beløpet kan ikke regnes ut' : formatKroner(c.openOre);
    const reasons = c.reasons.map(
      ({ text, rule, evidence }) => `  – ${text} (${rule})\n    Trenger: ${evidence.join('; ')}.`,
    );
    return [`Sak ${c.case}, faktura ${plain(c.invoice)}, ${plain(c.debtor)}: ${open}`, ...reasons].join('\n');
  });
  const close =
    'Legg fakturaen ved i alle. Tapsfør med «inkasso writeoff»; kravet lever videre, og det som kommer inn senere, er inntekt.';
  return `${shown.join('\n\n')}\n\n${close}`;
}

/** The claims that are foreldet or soon will be. */
export function limitationText(claims: readonly WatchedClaim[]): string {
  const title = bold('Foreldelse');
  if (claims.length === 0) return `${title}\n\nIngen krav er foreldet eller foreldes de neste seks månedene.`;
  const rows = claims.map((c) => [
    String(c.case),
    c.invoice,
    c.debtor,
    c.openOre === null ? 'ukjent' : formatNumber(c.openOre),
    formatDate(c.limitation),
    c.state === 'foreldet' ? 'foreldet' : `${counted(c.daysLeft, 'dag', 'dager')} igjen`,
  ]);
  const shown = table(
    [
      { title: 'Sak', align: 'right' },
      { title: 'Faktura', max: 12 },
      { title: 'Skyldner', max: 20 },
      { title: 'Åpent', align: 'right' },
      { title: 'Foreldes' },
      { title: '' },
    ],
    rows,
  );
  const advice =
    'Fristen avbrytes av erkjennelse («note --fact acknowledged»), delbetaling, forliksklage\neller begjæring om utlegg («handover»), ikke av brev (foreldelsesloven §§ 14–18).';
  return `${title}\n\n${shown}\n\n${advice}`;
}

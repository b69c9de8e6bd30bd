import type { BucketKey } from '../report/ageing.js';
import { csv } from './csv.js';
import type { ClaimRow, OpenReports } from './report.js';

/** What an age is called. */
export const BUCKET_WORDS: Readonly<Record<BucketKey, string>> = {
  notDue: 'Ikke forfalt',
  '1-30': '1–30',
  '31-60': '31–60',
  '61-90': '61–90',
  '91+': 'Over 90',
};

/** One row per debtor, with what is open by age. */
export function ageingCsv({ debtors, buckets }: OpenReports['ageing']): string {
  return csv({
    columns: ['Skyldnernr', 'Skyldner', ...buckets.map(({ key }) => columnName(key)), 'Sum'],
    rows: debtors.map((d) => [
      d.debtorId,
      d.debtor,
      ...d.buckets.map(({ openOre: ore }) => ({ ore })),
      { ore: d.totalOre },
    ]),
  });
}

function columnName(key: BucketKey): string {
  return key === 'notDue' ? BUCKET_WORDS[key] : `${BUCKET_WORDS[key]} dager`;
}

/** One row per claim and reason to write it off. */
export function writeOffCsv(candidates: OpenReports['writeoff']): string {
  return csv({
    columns: ['Sak', 'Faktura', 'Skyldner', 'Åpent', 'Grunn', 'Regel', 'Forklaring', 'Dokumentasjon'],
    rows: candidates.flatMap((c) =>
      c.reasons.map(({ code, rule, text, evidence }) => [
        c.case,
        c.invoice,
        c.debtor,
        c.openOre === null ? null : { ore: c.openOre },
        code,
        rule,
        text,
        evidence.join('; '),
      ]),
    ),
  });
}

/** One row per claim that is foreldet or near it. */
export function limitationCsv(claims: OpenReports['limitation']): string {
  return csv({
    columns: ['Sak', 'Faktura', 'Skyldner', 'Forfall', 'Åpent', 'Foreldes', 'Dager igjen', 'Sist avbrutt'],
    rows: claims.map((c) => [
      c.case,
      c.invoice,
      c.debtor,
      c.effectiveDue,
      c.openOre === null ? null : { ore: c.openOre },
      c.limitation,
      c.daysLeft,
      c.interrupted?.on ?? null,
    ]),
  });
}

/** One row per open claim, with its age and the reasons to write it off. */
export function claimsCsv(claims: readonly ClaimRow[]): string {
  return csv({
    columns: ['Sak', 'Faktura', 'Skyldner', 'Forfall', 'Alder', 'Åpent', 'Foreldes', 'Grunn til å tapsføre'],
    rows: claims.map((c) => [
      c.case,
      c.invoice,
      c.debtor,
      c.effectiveDue,
      columnName(c.bucket),
      c.openOre === null ? null : { ore: c.openOre },
      c.limitation,
      c.writeoff === null ? null : c.writeoff.reasons.map(({ text }) => text).join(' '),
    ]),
  });
}

import { bucketInWords } from '../report/words.js';
import { csv } from './csv.js';
import type { ClaimRow, OpenReports } from './report.js';

/** One row per debtor, with what is open by age. */
export function ageingCsv({ debtors, buckets }: OpenReports['ageing']): string {
  return csv({
    columns: ['Skyldnernr', 'Skyldner', ...buckets.map(({ key }) => bucketInWords(key)), 'Sum'],
    rows: debtors.map((d) => [
      d.debtorId,
      d.debtor,
      ...d.buckets.map(({ openOre: ore }) => ({ ore })),
      { ore: d.totalOre },
    ]),
  });
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
      bucketInWords(c.bucket),
      c.openOre === null ? null : { ore: c.openOre },
      c.limitation,
      c.writeoff === null ? null : c.writeoff.reasons.map(({ text }) => text).join(' '),
    ]),
  });
}

import { join } from 'node:path';
import type { Case } from '../case/case.js';
import { outlook } from '../case/outlook.js';
import type { Context } from '../context.js';
import { dossierPaper, type ProvenEvent } from '../export/dossier.js';
import { handoverPaper, handoverRecord, handoverRow } from '../export/handover.js';
import { csv } from './csv.js';
import {
  addedDocuments,
  bundlePdf,
  calculationDocument,
  caseFile,
  letterDocuments,
  printPaper,
  refuseIf,
  refuseWhereItStands,
  type Document,
} from './export-case.js';
import { STATUS_WORDS } from './status-words.js';
import type { Added } from './export-authority.js';

/** The whole case in one PDF, the letters behind it. */
export async function exportDossier(
  ctx: Context,
  c: Case,
  out: string,
): Promise<{ pdf: string; pages: number; head: { seq: number; hash: string } }> {
  const store = ctx.store();
  const { links, head } = store.chainOf(c.number);
  const byVersion = new Map(links.map((link) => [link.version, link]));
  const events = store.events(c.number).map((event): ProvenEvent => {
    const link = byVersion.get(event.version);
    if (link === undefined) throw new Error(`event ${event.version} of case ${c.number} has no link`);
    return { ...event, seq: link.seq, hash: link.hash };
  });
  const letters = c.letters.flatMap((letter) => {
    const stored = store.letters.get(letter.id);
    return stored === null || stored.pdf.length === 0 ? [] : [{ letter, stored }];
  });
  const enclosures: Document[] = letters.map(({ letter, stored }) => ({
    title: `Brev ${letter.id}${letter.sentOn === null ? ' (ikke sendt)' : ''}`,
    pages: stored.pages,
    bytes: stored.pdf,
    file: stored.fileName,
  }));
  const status = STATUS_WORDS[outlook(store.judgement(c), ctx.today).status];
  const paper = dossierPaper(caseFile(ctx, c), { events, head, status, enclosures });
  const { bytes, pages } = await bundlePdf(ctx, { paper, enclosures });
  return { pdf: ctx.writeFile(out, bytes), pages, head };
}

/** The folder an inkassoforetak gets: a cover, the claim as CSV and JSON, and every document. */
export async function exportHandover(
  ctx: Context,
  c: Case,
  to: string | null,
  added: Added,
  folder: string,
): Promise<{ folder: string; files: string[] }> {
  refuseIf(refuseWhereItStands(ctx, c, ['disputed', 'bero', 'held', 'plan']));
  const file = caseFile(ctx, c);
  const { invoice } = c.claim;
  const documents: Document[] = [
    ...(await addedDocuments(ctx, added.invoice === null ? [] : [added.invoice], () => `Faktura ${invoice}`)),
    ...letterDocuments(ctx, c),
    await calculationDocument(ctx, file),
    ...(await addedDocuments(ctx, added.others, (name) => name.replace(/\.pdf$/i, ''))),
  ].map((document, index) => ({
    ...document,
    file: `${String(index + 1).padStart(2, '0')}-${document.file}`,
  }));
  const cover = await printPaper(ctx, handoverPaper(file, to, documents));
  const record = handoverRecord(
    file,
    documents.map(({ file: name, title }) => ({ file: name, title })),
  );
  const row = handoverRow(record);
  ctx.prepareFolder(folder);
  const write = (name: string, bytes: Uint8Array | string): string =>
    ctx.writeFile(join(folder, name), bytes);
  return {
    folder: ctx.fullPath(folder),
    files: [
      write('00-overlevering.pdf', cover.bytes),
      ...documents.map((document) => write(document.file, document.bytes)),
      write('krav.json', `${JSON.stringify(record, null, 2)}\n`),
      write('krav.csv', `${csv({ columns: Object.keys(row), rows: [Object.values(row)] })}\n`),
    ],
  };
}

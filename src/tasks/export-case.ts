import { limitationOf, stopOf, type Case } from '../case/case.js';
import { claimOn } from '../case/claim.js';
import { outlook } from '../case/outlook.js';
import type { Context } from '../context.js';
import { calculationPaper } from '../export/calculation.js';
import { sentByProgram, type CaseFile } from '../export/case-file.js';
import type { Paper } from '../export/paper.js';
import type { Enclosure } from '../export/utlegg.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import { isForeldet } from '../law/limitation.js';
import { refuse, type Refusal } from '../law/rules.js';
import { STEP_TITLES } from '../law/steps.js';
import { refused, usage } from './fault.js';

/** A paper and the documents that follow it, ready to be one file. */
export interface Bundle {
  readonly paper: Paper;
  readonly enclosures: readonly Document[];
}

/** A PDF with what it is. */
export interface Document extends Enclosure {
  readonly bytes: Uint8Array;
  /** What the file is called where it lies alone. */
  readonly file: string;
}

/** The case as of a day: today, unless the paper asks for another. @throws RateUnknown */
export function caseFile(ctx: Context, c: Case, claimDay: LocalDate = ctx.today): CaseFile {
  const store = ctx.store();
  const { terms, rates } = store.judgement(c);
  return {
    case: c,
    debtor: store.debtors.get(c.claim.debtorId),
    creditor: store.settings(),
    claim: claimOn(c, claimDay, terms, rates),
    on: ctx.today,
    rates,
  };
}

/** A claim that is settled, closed, taken over or foreldet goes nowhere; nor does one the debtor has been given time for. */
export function refuseWhereItStands(ctx: Context, c: Case, allowed: readonly string[] = []): Refusal | null {
  const { status, why } = outlook(ctx.store().judgement(c), ctx.today);
  const never = ['paid', 'closed', 'bankrupt', 'stopped', 'held', 'plan', 'bero'];
  if (never.includes(status) && !allowed.includes(status)) return why;
  if (stopOf(c, 'handedOver')?.to === 'inkassobyraa') {
    return refuse('S8', 'Kravet er overlatt til et inkassoforetak, som tar skrittene videre.');
  }
  const limitation = limitationOf(c);
  if (!isForeldet(limitation, ctx.today)) return null;
  return refuse('W1', `Kravet ble foreldet ${formatDate(limitation)}.`);
}

/** @throws UserFault */
export function refuseIf(refusal: Refusal | null, hint: string | null = null): void {
  if (refusal !== null) throw refused(refusal, hint);
}

/** The letters that were sent, as they were printed, oldest first. */
export function letterDocuments(ctx: Context, c: Case): Document[] {
  return sentByProgram(c).flatMap(({ id, made, sentOn }) => {
    const stored = ctx.store().letters.get(id);
    if (stored === null || stored.pdf.length === 0) return [];
    const title = `${STEP_TITLES[made.step]} sendt ${formatDate(sentOn)}`;
    return [{ title, pages: stored.pages, bytes: stored.pdf, file: stored.fileName }];
  });
}

/** PDFs the user adds, such as the invoice. @throws UserFault for a file that is not there or cannot be read as a PDF. */
export async function addedDocuments(
  ctx: Context,
  paths: readonly string[],
  titleOf: (name: string) => string,
): Promise<Document[]> {
  const documents: Document[] = [];
  for (const path of paths) {
    const file = ctx.readFile(path);
    if (file === null) throw usage(`Fant ikke filen ${path}.`);
    const pages = await ctx.pdfPages(file.bytes);
    if (pages === null) {
      throw usage(
        `${file.name} lar seg ikke lese som PDF.`,
        'Den kan være skadet eller beskyttet med passord.',
      );
    }
    documents.push({ title: titleOf(file.name), pages, bytes: file.bytes, file: file.name });
  }
  return documents;
}

/** The calculation as a document of its own. */
export async function calculationDocument(ctx: Context, file: CaseFile): Promise<Document> {
  const printed = await printPaper(ctx, calculationPaper(file));
  return { title: 'Utregning av kravet', ...printed, file: `sak-${file.case.number}-utregning.pdf` };
}

export function printPaper(ctx: Context, paper: Paper): Promise<{ bytes: Uint8Array; pages: number }> {
  return ctx.printPaper(paper, metaOf(ctx, paper.title));
}

/** Prints the paper and puts the enclosures behind it, each page marked with the number it has in the list. */
export async function bundlePdf(
  ctx: Context,
  { paper, enclosures }: Bundle,
): Promise<{ bytes: Uint8Array; pages: number }> {
  const printed = await printPaper(ctx, paper);
  if (enclosures.length === 0) return printed;
  const bytes = await ctx.joinPdfs(
    [printed.bytes, ...enclosures.map((one) => one.bytes)],
    metaOf(ctx, paper.title),
    [null, ...enclosures.map((_, index) => `Bilag ${index + 1}`)],
  );
  const pages = enclosures.reduce((sum, one) => sum + one.pages, printed.pages);
  return { bytes, pages };
}

function metaOf(
  ctx: Context,
  title: string,
): { title: string; author: string; language: string; date: string } {
  return { title, author: ctx.store().settings().name, language: 'nb-NO', date: ctx.today };
}

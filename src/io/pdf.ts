import { availableParallelism, freemem } from 'node:os';
import type { Browser } from 'puppeteer-core';
import { BrowserMissing } from './browser.js';
import { startBrowser } from './browser-launch.js';
import { allowsBatches, batchHtml, partsOf, sheetsOf, withStyle, type LetterParts } from './pdf-batch.js';
import { finishPdf, preloadPdfLibrary, type PdfMeta } from './pdf-document.js';
import { withPageNumbers, PAGE_NUMBERS_FROM } from './pdf-numbers.js';
import { render } from './pdf-page.js';
import { PagePool } from './pdf-pool.js';
import { pdfOf, sheetsIn, type Sheets } from './pdf-writer.js';

/** A letter to print. */
export interface PrintJob {
  readonly html: string;
  /** The style sheet, where it is not in the page: many letters share one. */
  readonly css?: string;
  readonly meta: PdfMeta;
  /** Read on a screen, not on paper: printed by itself, tagged for screen readers. */
  readonly electronic: boolean;
}

/** A letter as its own file. */
export interface Printed {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

/** A letter as its own file, and its pages where they can be copied into a file for the printer. */
export interface PrintedJob extends Printed {
  readonly sheets: Sheets;
}

export interface Printer {
  /** How many letters to hand over together, and how many such batches are printed side by side. */
  readonly batch: number;
  readonly abreast: number;
  print(html: string, meta: PdfMeta, css?: string): Promise<Printed>;
  /** Prints letters together where that gives each the same pages as alone, and by themselves where not. */
  printAll(jobs: readonly PrintJob[]): Promise<PrintedJob[]>;
  close(): Promise<void>;
}

export interface PrinterOptions {
  env: NodeJS.ProcessEnv;
  configured?: string;
  onSlow?: (message: string) => void;
}

const SLOW_AFTER = 2_000;
/** Fewer letters than this are not worth a batch with its sample of the fonts. */
const SMALLEST_BATCH = 3;
const GIGABYTE = 2 ** 30;

export async function openPrinter(options: PrinterOptions): Promise<Printer> {
  const slow = setTimeout(
    () => options.onSlow?.('Starter nettleseren som lager PDF-ene. Første gang kan det ta litt tid …'),
    SLOW_AFTER,
  );
  try {
    const { browser, stop } = await startBrowser(options.env, options.configured);
    return new BatchPrinter(browser, stop);
  } finally {
    clearTimeout(slow);
  }
}

/** A page with a hundred letters takes most of half a gigabyte in the browser; a small machine gets fewer. */
function sizesFor(free: number, cores: number): { batch: number; abreast: number } {
  if (free < GIGABYTE) return { batch: 20, abreast: 1 };
  return { batch: 50, abreast: cores > 1 && free > 2 * GIGABYTE ? 2 : 1 };
}

class BatchPrinter implements Printer {
  readonly batch: number;
  readonly abreast: number;
  private readonly pool: PagePool;

  constructor(
    private readonly browser: Browser,
    private readonly stop: () => Promise<void>,
  ) {
    ({ batch: this.batch, abreast: this.abreast } = sizesFor(freemem(), availableParallelism()));
    this.pool = new PagePool(browser, this.abreast);
  }

  close(): Promise<void> {
    return this.stop();
  }

  async print(bare: string, meta: PdfMeta, css?: string): Promise<Printed> {
    const html = withStyle(bare, css);
    // Takes most of a second the first time, which the page needs anyway; a failure shows when it is used.
    preloadPdfLibrary().catch(() => undefined);
    const bytes = await this.pool.use((page) => render(page, html, true));
    const once = await finishPdf(bytes, meta);
    if (once.pages === 1) return once;
    await this.requirePageNumbers();
    const numbered = withPageNumbers(html, meta.language);
    return finishPdf(await this.pool.use((page) => render(page, numbered, true)), meta);
  }

  /** A letter of several pages without numbers on them is not sent. */
  private async requirePageNumbers(): Promise<void> {
    const version = /\/(\d+)\./.exec(await this.browser.version())?.[1];
    if (version !== undefined && Number(version) < PAGE_NUMBERS_FROM) {
      throw new BrowserMissing(
        `Nettleseren er for gammel (versjon ${version}) til å skrive sidetall på brev med flere sider. ` +
          'Oppdater den og prøv igjen.',
      );
    }
  }

  async printAll(jobs: readonly PrintJob[]): Promise<PrintedJob[]> {
    const done = new Map<PrintJob, PrintedJob>();
    for (const group of groupsOf(jobs)) await this.printTogether(group, done);
    const printed = jobs.map(async (job) => done.get(job) ?? (await this.printAlone(job)));
    return Promise.all(printed);
  }

  private async printAlone({ html, meta, css }: PrintJob): Promise<PrintedJob> {
    const { bytes, pages } = await this.print(html, meta, css);
    return { bytes, pages, sheets: sheetsIn(bytes) };
  }

  /** Leaves out the letters that must be printed alone after all: those of several pages, which get page numbers. */
  private async printTogether(group: Group, done: Map<PrintJob, PrintedJob>): Promise<void> {
    const found = await this.sheetsOfGroup(group);
    for (const [index, { job }] of group.letters.entries()) {
      const sheets = found?.[index] ?? null;
      if (sheets?.pages.length === 1) done.set(job, { bytes: pdfOf([sheets], job.meta), pages: 1, sheets });
    }
  }

  private async sheetsOfGroup({ css, letters }: Group): Promise<readonly (Sheets | null)[] | null> {
    try {
      const parts = letters.map((letter) => letter.parts);
      const pdf = await this.pool.use((page) => render(page, batchHtml(css, parts), false));
      return sheetsOf(pdf, letters.length);
    } catch {
      // One letter may have spoilt it for all, or the browser writes files of another kind. Printing each by itself
      // works either way, or says for which letter it does not.
      return null;
    }
  }
}

interface Group {
  readonly css: string;
  readonly letters: { readonly job: PrintJob; readonly parts: LetterParts }[];
}

/** Letters under the same style sheet. */
function groupsOf(jobs: readonly PrintJob[]): Group[] {
  const groups = new Map<string, Group>();
  for (const job of jobs) {
    const parts = job.electronic ? null : partsOf(job.html, job.css);
    if (parts === null) continue;
    let group = groups.get(parts.css);
    if (group === undefined) groups.set(parts.css, (group = { css: parts.css, letters: [] }));
    group.letters.push({ job, parts });
  }
  return [...groups.values()].filter(
    ({ css, letters }) => letters.length >= SMALLEST_BATCH && allowsBatches(css),
  );
}

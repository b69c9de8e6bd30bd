import { availableParallelism, freemem } from 'node:os';
import type { Browser } from 'puppeteer-core';
import { BrowserMissing } from './browser-missing.js';
import { startBrowser } from './browser-launch.js';
import {
  allowsBatches,
  batchHtml,
  partsOf,
  sheetsOf,
  withStyle,
  type LetterInBatch,
  type LetterParts,
} from './pdf-batch.js';
import { finishPdf, preloadPdfLibrary, type PdfMeta } from './pdf-document.js';
import { FOOT_FROM, withFoot } from './pdf-foot.js';
import { render } from './pdf-page.js';
import { PagePool } from './pdf-pool.js';
import { pdfOf, sheetsIn, type Sheets } from './pdf-writer.js';

/** A letter to print. */
export interface PrintJob {
  readonly html: string;
  /** The style sheet, where it is not in the page: many letters share one. */
  readonly css?: string;
  /** Whose sheet it is, for the foot of each where there are several: a text of a style sheet, in its quotes. */
  readonly foot?: string;
  readonly meta: PdfMeta;
  /** Read on a screen, not on paper: printed by itself, tagged for screen readers. */
  readonly electronic: boolean;
}

/** A letter as its own file. */
export interface Printed {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

/** A letter as its own file, made when it is asked for, and its pages, to be copied into a file for the printer. */
export interface PrintedJob extends Printed {
  readonly sheets: Sheets;
}

export interface Printer {
  /** How many letters to hand over together, and how many such batches are printed side by side. */
  readonly batch: number;
  readonly abreast: number;
  print(html: string, meta: PdfMeta, more?: Pick<PrintJob, 'css' | 'foot'>): Promise<Printed>;
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

  async print(
    bare: string,
    meta: PdfMeta,
    { css, foot }: Pick<PrintJob, 'css' | 'foot'> = {},
  ): Promise<Printed> {
    const html = withStyle(bare, css);
    // Takes most of a second the first time, which the page needs anyway; a failure shows when it is used.
    preloadPdfLibrary().catch(() => undefined);
    const bytes = await this.pool.use((page) => render(page, [html], true));
    const once = await finishPdf(bytes, meta);
    if (once.pages === 1) return once;
    await this.requireFoot();
    const numbered = withFoot(html, once.pages, { language: meta.language, foot });
    return finishPdf(await this.pool.use((page) => render(page, [numbered], true)), meta);
  }

  /** A letter of several pages without numbers on them is not sent. */
  private async requireFoot(): Promise<void> {
    const version = /\/(\d+)\./.exec(await this.browser.version())?.[1];
    if (version !== undefined && Number(version) < FOOT_FROM) {
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

  private async printAlone(job: PrintJob): Promise<PrintedJob> {
    const { bytes, pages } = await this.print(job.html, job.meta, job);
    return { bytes, pages, sheets: sheetsIn(bytes) };
  }

  /** Leaves out the letters that must be printed alone after all. */
  private async printTogether({ css, letters }: Group, done: Map<PrintJob, PrintedJob>): Promise<void> {
    const found = await this.sheetsOfEach(
      css,
      letters.map(({ parts }) => parts),
    );
    const long: { letter: Group['letters'][number]; pages: number }[] = [];
    for (const [index, letter] of letters.entries()) {
      const sheets = found?.[index] ?? null;
      if (sheets?.pages.length === 1) done.set(letter.job, ownFile(letter.job, sheets));
      else if (sheets !== null) long.push({ letter, pages: sheets.pages.length });
    }
    if (long.length >= SMALLEST_BATCH) await this.printNumbered(css, long, done);
  }

  /** How many pages a letter takes is known when it has been printed once; then each can say which it is. */
  private async printNumbered(
    css: string,
    long: readonly { readonly letter: Group['letters'][number]; readonly pages: number }[],
    done: Map<PrintJob, PrintedJob>,
  ): Promise<void> {
    await this.requireFoot();
    const found = await this.sheetsOfEach(
      css,
      long.map(({ letter: { job, parts }, pages }) => {
        return { ...parts, numbered: { pages, foot: { language: job.meta.language, foot: job.foot } } };
      }),
    );
    for (const [index, { letter, pages }] of long.entries()) {
      const sheets = found?.[index] ?? null;
      if (sheets?.pages.length === pages) done.set(letter.job, ownFile(letter.job, sheets));
    }
  }

  private async sheetsOfEach(
    css: string,
    letters: readonly LetterInBatch[],
  ): Promise<readonly (Sheets | null)[] | null> {
    try {
      const pdf = await this.pool.use((page) => render(page, batchHtml(css, letters), false));
      return sheetsOf(pdf, letters.length);
    } catch {
      // One letter may have spoilt it for all, or the browser writes files of another kind. Printing each by itself
      // works either way, or says for which letter it does not.
      return null;
    }
  }
}

/** Put together when it is asked for: fifty files waiting for their turn would take fifty times their fonts. */
function ownFile({ meta }: PrintJob, sheets: Sheets): PrintedJob {
  return {
    get bytes() {
      return pdfOf([sheets], meta);
    },
    pages: sheets.pages.length,
    sheets,
  };
}

interface Group {
  readonly css: string;
  readonly letters: { readonly job: PrintJob; readonly parts: LetterParts }[];
}

/** Letters under the same style sheet. */
function groupsOf(jobs: readonly PrintJob[]): Group[] {
  const groups = new Map<string, Group>();
  for (const job of jobs) {
    const parts = job.electronic ? null : partsOf(job.html, job.css, job.foot);
    if (parts === null) continue;
    let group = groups.get(parts.css);
    if (group === undefined) groups.set(parts.css, (group = { css: parts.css, letters: [] }));
    group.letters.push({ job, parts });
  }
  return [...groups.values()].filter(
    ({ css, letters }) => letters.length >= SMALLEST_BATCH && allowsBatches(css),
  );
}

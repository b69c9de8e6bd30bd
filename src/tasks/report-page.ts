import { formatOrgnr } from '../case/party.js';
import type { Context } from '../context.js';
import { loadCharts } from '../report/charts.js';
import { pageTitle, reportPage, type PageContent } from '../report/page.js';
import { textOption } from './input.js';
import type { Options } from './answer.js';
import { usage } from './fault.js';

/** Where the page went. */
export interface WrittenPage {
  readonly html?: string;
  readonly pdf?: string;
}

export interface PageFiles {
  readonly html: string | null;
  readonly pdf: string | null;
}

/** The files asked for with `--html` and `--pdf`; null when there are none. @throws UserFault */
export function pageFiles(options: Options): PageFiles | null {
  const html = textOption(options, 'html');
  const pdf = textOption(options, 'pdf');
  for (const [flag, file] of [
    ['--html', html],
    ['--pdf', pdf],
  ] as const) {
    if (file === '') throw usage(`${flag} mangler et filnavn.`);
  }
  return html === null && pdf === null ? null : { html, pdf };
}

/** Writes the report as a page, as a file for the browser, as PDF, or both. */
export async function writePage(
  ctx: Context,
  files: PageFiles,
  parts: Omit<PageContent, 'creditor' | 'on'>,
): Promise<WrittenPage> {
  const { name, orgnr } = ctx.store().settings();
  const content = { ...parts, creditor: { name, orgnr: formatOrgnr(orgnr) }, on: ctx.today };
  const page = reportPage(content, ctx.reportStyle(), await loadCharts());
  const written: { html?: string; pdf?: string } = {};
  if (files.pdf !== null) {
    const printer = await ctx.printer();
    const meta = { title: pageTitle(content), author: name, language: 'nb-NO', date: ctx.today };
    written.pdf = ctx.writeFile(files.pdf, (await printer.print(page, meta)).bytes);
  }
  if (files.html !== null) written.html = ctx.writeFile(files.html, page);
  return written;
}

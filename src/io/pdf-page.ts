import type { Browser, Frame, HTTPRequest, Page } from 'puppeteer-core';
import { setTimeout as pause } from 'node:timers/promises';

const PRINT_TIMEOUT = 120_000;
/** Characters that are handed to the browser at a time: the memory of a long text is not taken back for many letters. */
const PIECE = 30_000;
const LOADED_POLL = 5;

/** Chromium without a single installed font drops text, and even some of the fonts it is given. */
const INSTALL_FONT = 'maskinen må ha minst én skrifttype installert (for eksempel pakken fonts-liberation)';

/** A page that runs no script and fetches nothing. */
export async function preparePage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(PRINT_TIMEOUT);
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  page.on('request', allowOnlyInline);
  // Fonts used only by print rules must be loaded before printing starts.
  await page.emulateMediaType('print');
  return page;
}

/** setContent makes no request, so not even the document itself needs to be let through. */
function allowOnlyInline(request: HTTPRequest): void {
  // With any other code than 'aborted', a refused navigation replaces the letter by an error page.
  const answer = request.url().startsWith('data:') ? request.continue() : request.abort('aborted');
  // The page can be gone by the time of the answer; print() then reports that.
  answer.catch(() => undefined);
}

/** Prints one document, given in parts. Tags, for screen readers, do not survive being split. */
export async function render(page: Page, html: Iterable<string>, tagged: boolean): Promise<Uint8Array> {
  return undisturbed(page, renderNow(page, html, tagged));
}

async function renderNow(page: Page, html: Iterable<string>, tagged: boolean): Promise<Uint8Array> {
  await fill(page, html);
  const pdf = await page.pdf({
    format: 'A4',
    preferCSSPageSize: true,
    printBackground: true,
    tagged,
    outline: false,
    timeout: PRINT_TIMEOUT,
  });
  if (
    !Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).includes('/Type /Font') &&
    (await hasText(page))
  ) {
    throw new Error(`nettleseren fant ingen skrifttype, så arket ble blankt; ${INSTALL_FONT}`);
  }
  return pdf;
}

async function fill(page: Page, html: Iterable<string>): Promise<void> {
  await page.evaluate('document.open()');
  for (const piece of piecesOf(html)) await page.evaluate(writeInPage, piece);
  await page.evaluate('document.close()');
  // Where this fails the page is closed, and with it ends the asking.
  while ((await page.evaluate('document.readyState')) !== 'complete') await pause(LOADED_POLL);
  const [family] = await failedFonts(page);
  if (family === undefined) return;
  throw new Error(
    `skrifttypen «${family}» lot seg ikke laste. Den må ligge i malen som data-URI, og ${INSTALL_FONT}`,
  );
}

/** Runs in the browser. */
function writeInPage(text: string): void {
  (globalThis as unknown as { document: { write(text: string): void } }).document.write(text);
}

/** Short parts together, long ones cut. */
export function* piecesOf(parts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const part of parts) {
    if (piece.length + part.length > PIECE && piece !== '') {
      yield piece;
      piece = '';
    }
    let from = 0;
    while (part.length - from > PIECE) {
      const isHalf = /[\ud800-\udbff]/.test(part[from + PIECE - 1] ?? '');
      const to = from + PIECE - (isHalf ? 1 : 0);
      yield part.slice(from, to);
      from = to;
    }
    piece += from === 0 ? part : part.slice(from);
  }
  if (piece !== '') yield piece;
}

// As text, because these run in the browser: `document` is unknown to the compiler here.
async function failedFonts(page: Page): Promise<string[]> {
  const failed = "[...document.fonts].filter((font) => font.status === 'error').map((font) => font.family)";
  return (await page.evaluate(`document.fonts.ready.then(() => ${failed})`)) as string[];
}

async function hasText(page: Page): Promise<boolean> {
  // innerText is empty when there is no font to show the text with.
  return (await page.evaluate(`(() => {
    const copy = document.body.cloneNode(true);
    for (const hidden of copy.querySelectorAll('script, style')) hidden.remove();
    return copy.textContent.trim() !== '';
  })()`)) as boolean;
}

/** A crashed page answers nothing, and one that has gone elsewhere would be printed blank. */
async function undisturbed<T>(page: Page, work: Promise<T>): Promise<T> {
  let fail: (error: Error) => void = () => undefined;
  const disturbed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const onMoved = (frame: Frame): void => {
    if (frame === page.mainFrame()) fail(new Error('malen prøver å åpne en annen side'));
  };
  const timer = setTimeout(() => fail(new Error('det tok for lang tid')), PRINT_TIMEOUT);
  page.on('error', fail).on('framenavigated', onMoved);
  try {
    return await Promise.race([work, disturbed]);
  } finally {
    clearTimeout(timer);
    page.off('error', fail).off('framenavigated', onMoved);
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

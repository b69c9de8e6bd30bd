import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Frame, HTTPRequest, Page } from 'puppeteer-core';
import { findBrowser, type FoundBrowser } from './browser.js';
import { finishPdf, preloadPdfLibrary, type PdfMeta } from './pdf-document.js';

export interface Printer {
  print(html: string, meta: PdfMeta): Promise<{ bytes: Uint8Array; pages: number }>;
  close(): Promise<void>;
}

export interface PrinterOptions {
  env: NodeJS.ProcessEnv;
  configured?: string;
  onSlow?: (message: string) => void;
}

const SLOW_AFTER = 2_000;
const LAUNCH_TIMEOUT = 120_000;
const PRINT_TIMEOUT = 120_000;
const CLOSE_TIMEOUT = 5_000;

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  // Letter shapes and line breaks must not depend on the font settings of the desktop.
  '--font-render-hinting=none',
  // Interception comes too late for connections: preconnect, prefetch, frames and objects open them anyway.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-proxy-server',
];

/** Chromium without a single installed font drops text, and even some of the fonts it is given. */
const INSTALL_FONT = 'maskinen må ha minst én skrifttype installert (for eksempel pakken fonts-liberation)';

const REMOVE = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };

export async function openPrinter(options: PrinterOptions): Promise<Printer> {
  const slow = setTimeout(
    () => options.onSlow?.('Starter nettleseren som lager PDF-ene. Første gang kan det ta litt tid …'),
    SLOW_AFTER,
  );
  // Takes most of a second, which the browser needs to start anyway; a failure shows when it is used.
  preloadPdfLibrary().catch(() => undefined);
  try {
    return printerOn(await startBrowser(options));
  } finally {
    clearTimeout(slow);
  }
}

function printerOn({ browser, stop }: Running): Printer {
  let page: Page | undefined;
  let earlier: Promise<unknown> = Promise.resolve();

  async function printNow(html: string, meta: PdfMeta): Promise<{ bytes: Uint8Array; pages: number }> {
    try {
      page ??= await preparePage(browser);
      return await finishPdf(await undisturbed(page, render(page, html)), meta);
    } catch (cause) {
      // Whatever happened may have left the page half done; the next letter gets a new one.
      page?.close().catch(() => undefined);
      page = undefined;
      const what = browser.connected
        ? 'Brevet lot seg ikke skrive ut'
        : 'Nettleseren som skriver ut brevene, stoppet';
      throw new Error(`${what}: ${reasonOf(cause)}`, { cause });
    }
  }

  return {
    print(html, meta) {
      const job = earlier.then(() => printNow(html, meta));
      earlier = job.catch(() => undefined);
      return job;
    },
    close: stop,
  };
}

// ---- starting and stopping the browser ------------------------------------------------------------

interface Running {
  browser: Browser;
  stop: () => Promise<void>;
}

async function startBrowser(options: PrinterOptions): Promise<Running> {
  const found = await findBrowser(options.env, options.configured);
  try {
    return await launch(found, options.env);
  } catch {
    return await launch(found, options.env).catch((cause: unknown) => {
      throw new Error(
        `Nettleseren ${found.executable} lot seg ikke starte: ${reasonOf(cause)}. ${startAdvice(found)}`,
        { cause },
      );
    });
  }
}

/** Ubuntu allows the sandbox only to browsers from its packages; all we see is that the browser is gone. */
function startAdvice(found: FoundBrowser): string {
  const other = 'En annen nettleser kan oppgis i miljøvariabelen INKASSO_BROWSER.';
  if (process.platform !== 'linux' || found.source === 'system') return other;
  return `Noen Linux-systemer godtar bare nettlesere fra pakkesystemet: installer Chromium eller Chrome derfra. ${other}`;
}

async function launch(found: FoundBrowser, env: NodeJS.ProcessEnv): Promise<Running> {
  const { default: puppeteer } = await import('puppeteer-core');
  let browser: Browser | undefined;
  const profile = await temporaryProfile(() => browser?.process()?.kill('SIGKILL'));
  try {
    const started = await puppeteer.launch({
      executablePath: found.executable,
      args: [...FLAGS, ...found.args],
      env: { ...env, ...found.env },
      userDataDir: profile.folder,
      pipe: true,
      headless: true,
      timeout: LAUNCH_TIMEOUT,
      protocolTimeout: PRINT_TIMEOUT,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    browser = started;
    return { browser: started, stop: () => stopBrowser(started).finally(profile.remove) };
  } catch (error) {
    await profile.remove();
    throw error;
  }
}

/** Puppeteer too kills the browser on 'exit', but after us, and it would write the profile anew. */
async function temporaryProfile(kill: () => void): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'inkasso-nettleser-'));
  const onExit = (): void => {
    kill();
    try {
      rmSync(folder, REMOVE);
    } catch {
      // Too late to tell anyone, and nothing of value is left there.
    }
  };
  process.once('exit', onExit);
  return {
    folder,
    async remove() {
      process.off('exit', onExit);
      // A leftover in the temporary folder is no reason to fail a finished print job.
      await rm(folder, REMOVE).catch(() => undefined);
    },
  };
}

async function stopBrowser(browser: Browser): Promise<void> {
  const timer = setTimeout(() => browser.process()?.kill('SIGKILL'), CLOSE_TIMEOUT);
  try {
    await browser.close();
  } catch {
    browser.process()?.kill('SIGKILL');
  } finally {
    clearTimeout(timer);
  }
}

// ---- the page -------------------------------------------------------------------------------------

async function preparePage(browser: Browser): Promise<Page> {
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

async function render(page: Page, html: string): Promise<Uint8Array> {
  await fill(page, html);
  const pdf = await page.pdf({
    format: 'A4',
    preferCSSPageSize: true,
    printBackground: true,
    tagged: true,
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

async function fill(page: Page, html: string): Promise<void> {
  await page.setContent(html, { waitUntil: 'load' });
  const [family] = await failedFonts(page);
  if (family === undefined) return;
  throw new Error(
    `skrifttypen «${family}» lot seg ikke laste. Den må ligge i malen som data-URI, og ${INSTALL_FONT}`,
  );
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

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

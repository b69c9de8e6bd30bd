import type { Browser, Page } from 'puppeteer-core';
import { preparePage, reasonOf } from './pdf-page.js';

/** Pages of one browser, each printing one document at a time. */
export class PagePool {
  private readonly idle: Page[] = [];
  private readonly waiting: (() => void)[] = [];
  private busy = 0;

  constructor(
    private readonly browser: Browser,
    private readonly abreast: number,
  ) {}

  /** Does something on a page, when one is free. */
  async use<T>(work: (page: Page) => Promise<T>): Promise<T> {
    while (this.busy >= this.abreast) await new Promise<void>((go) => this.waiting.push(go));
    this.busy += 1;
    let page: Page | undefined;
    try {
      page = this.idle.pop() ?? (await preparePage(this.browser));
      const done = await work(page);
      this.idle.push(page);
      return done;
    } catch (cause) {
      // Whatever happened may have left the page half done; the next letter gets a new one.
      page?.close().catch(() => undefined);
      const what = this.browser.connected
        ? 'Brevet lot seg ikke skrive ut'
        : 'Nettleseren som skriver ut brevene, stoppet';
      throw new Error(`${what}: ${reasonOf(cause)}`, { cause });
    } finally {
      this.busy -= 1;
      this.waiting.shift()?.();
    }
  }
}

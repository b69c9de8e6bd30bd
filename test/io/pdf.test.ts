import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractText, getDocumentProxy } from 'unpdf';
import { findBrowser } from '../../src/io/browser.js';
import { BrowserMissing } from '../../src/io/browser-missing.js';
import { cachePlaces, systemPlaces } from '../../src/io/browser-places.js';
import { joinPdfs } from '../../src/io/pdf-document.js';
import type { PdfMeta } from '../../src/io/pdf-document.js';
import { openPrinter, type Printer } from '../../src/io/pdf.js';

const SLOW = 240_000;
const META: PdfMeta = {
  title: 'Inkassovarsel – Łódź Ærlig AS',
  author: 'Bakeriet på hjørnet ÆØÅ',
  language: 'nb-NO',
  date: '2026-03-17',
};
const LETTERS = 'æøå ÆØÅ ł č § – «hei»';

function fontFace(subset: string, range: string): string {
  const file = createRequire(import.meta.url).resolve(
    `@fontsource/source-sans-3/files/source-sans-3-${subset}-400-normal.woff2`,
  );
  return `@font-face{font-family:Brev;src:url(data:font/woff2;base64,${BASE64.get(file)});unicode-range:${range}}`;
}

const BASE64 = new Map<string, string>();

async function loadFonts(): Promise<void> {
  const require = createRequire(import.meta.url);
  for (const subset of ['latin', 'latin-ext']) {
    const file = require.resolve(`@fontsource/source-sans-3/files/source-sans-3-${subset}-400-normal.woff2`);
    BASE64.set(file, (await readFile(file)).toString('base64'));
  }
}

function letter(body: string, head = ''): string {
  return `<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>i malen</title><style>
    ${fontFace('latin', 'U+0000-00FF, U+2000-206F')} ${fontFace('latin-ext', 'U+0100-02FF')}
    @page { size: A4; margin: 20mm } body { font-family: Brev, sans-serif }
    .side { break-after: page }</style>${head}</head><body>${body}</body></html>`;
}

const TABLE = '<table><tr><th>Faktura</th><th>Beløp</th></tr><tr><td>1001</td><td>1 234,50</td></tr></table>';

async function textOf(bytes: Uint8Array): Promise<string> {
  const { text } = await extractText(bytes.slice(), { mergePages: true });
  return text;
}

/** Counts connections, not requests: a preconnect never becomes a request. */
async function listen(): Promise<{ port: number; connections(): number; close(): void }> {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.destroy();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { port, connections: () => count, close: () => server.close() };
}

function hasBundled(): boolean {
  try {
    createRequire(import.meta.url).resolve('@sparticuz/chromium');
    return process.platform === 'linux' && process.arch === 'x64';
  } catch {
    return false;
  }
}

async function profiles(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('inkasso-nettleser-')).sort();
}

// Other test files print at the same time; what is looked for and killed here must be our own.
const outerTmp = process.env['TMPDIR'];
let ownTmp: string;
beforeAll(async () => {
  ownTmp = await mkdtemp(join(tmpdir(), 'inkasso-test-'));
  process.env['TMPDIR'] = ownTmp;
  await loadFonts();
});
afterAll(async () => {
  if (outerTmp === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = outerTmp;
  await rm(ownTmp, { recursive: true, force: true });
});

describe('printing', () => {
  let printer: Printer;
  beforeAll(async () => {
    printer = await openPrinter({ env: process.env });
  }, SLOW);
  afterAll(async () => {
    await printer.close();
  }, SLOW);

  it(
    'gives the same bytes from another browser, whatever either printed before',
    async () => {
      const html = letter(`<h1>Varsel</h1>${TABLE}<p>${LETTERS}</p>`);
      await printer.print(letter(`${TABLE}${TABLE}<p>noe annet</p>`), META);
      const here = await printer.print(html, META);
      const again = await printer.print(html, META);
      const other = await openPrinter({ env: process.env });
      const there = await other.print(html, META).finally(() => other.close());
      expect(Buffer.from(again.bytes).equals(here.bytes)).toBe(true);
      expect(Buffer.from(there.bytes).equals(here.bytes)).toBe(true);
    },
    SLOW,
  );

  it(
    'keeps every letter of the text extractable',
    async () => {
      const { bytes } = await printer.print(letter(`<p>${LETTERS}</p>`), META);
      expect(await textOf(bytes)).toContain(LETTERS);
    },
    SLOW,
  );

  it(
    'carries title, author, language and the date of the letter, and neither clock nor browser',
    async () => {
      const { bytes } = await printer.print(letter('<p>Hei</p>'), META);
      const document = await getDocumentProxy(bytes.slice());
      const { info } = await document.getMetadata();
      expect(info).toMatchObject({
        Title: META.title,
        Author: META.author,
        Language: 'nb-NO',
        Creator: 'inkasso',
        Producer: 'inkasso',
        CreationDate: 'D:20260317000000Z',
        ModDate: 'D:20260317000000Z',
      });
      expect(await document.getMarkInfo()).toMatchObject({ Marked: true });
    },
    SLOW,
  );

  it(
    'never runs JavaScript in the letter',
    async () => {
      const set = "document.getElementById('x').textContent='KAPRET'";
      const body = `<p id="x" onclick="">før</p><script>${set}</script><img src="data:," onerror="${set}">
        <iframe srcdoc="<p id=x>ramme</p><script>${set}</script>"></iframe>`;
      const text = await textOf((await printer.print(letter(body), META)).bytes);
      expect(text).toContain('før');
      expect(text).toContain('ramme');
      expect(text).not.toContain('KAPRET');
    },
    SLOW,
  );

  it(
    'makes no connection, whatever the letter asks for',
    async () => {
      const server = await listen();
      const at = `http://127.0.0.1:${server.port}`;
      const name = `http://localhost:${server.port}`;
      const head = `<link rel="preconnect" href="${at}"><link rel="dns-prefetch" href="${name}">
        <link rel="preconnect" href="${name}"><link rel="stylesheet" href="${at}/a.css">
        <link rel="prefetch" href="${at}/b"><link rel="preload" as="image" href="${at}/p.png">
        <meta http-equiv="refresh" content="0;url=${at}/c"><style>@import url(${at}/d.css);</style>`;
      const body = `<p style="background:url(${at}/e.png)">Står her</p><img src="${at}/f.png">
        <img src="file:///etc/hostname"><iframe src="file:///etc/passwd"></iframe><iframe src="${at}/g"></iframe>
        <iframe src="data:text/html,<img src='${at}/h.png'><script>fetch('${at}/i')</script>"></iframe>
        <object data="${at}/j"></object><video src="${at}/k" autoplay></video>`;
      const { bytes } = await printer.print(letter(body, head), META);
      await printer.print(letter('<p>neste</p>'), META);
      server.close();
      const text = await textOf(bytes);
      expect(text).toContain('Står her');
      expect(text).not.toContain('root:');
      expect(server.connections()).toBe(0);
    },
    SLOW,
  );

  it(
    'counts the pages, numbers them when there are several, and joins files with all of them',
    async () => {
      const three = await printer.print(
        letter('<p class="side">Ålesund</p><p class="side">to</p><p>tre</p>'),
        META,
      );
      const one = await printer.print(letter('<p>Øystre Slidre</p>'), META);
      expect([three.pages, one.pages]).toEqual([3, 1]);
      const { text } = await extractText(three.bytes.slice(), { mergePages: false });
      expect(text.map((page) => page.trim().split(/\s*\n\s*/))).toEqual([
        ['Side 1 av 3', 'Ålesund'],
        ['Side 2 av 3', 'to'],
        ['Side 3 av 3', 'tre'],
      ]);
      expect((await textOf(one.bytes)).trim()).toBe('Øystre Slidre');
      const joined = await joinPdfs([three.bytes, one.bytes], META);
      const pages = await extractText(joined.slice(), { mergePages: false });
      expect(
        pages.text.map((page) =>
          page
            .trim()
            .split(/\s*\n\s*/)
            .at(-1),
        ),
      ).toEqual(['Ålesund', 'to', 'tre', 'Øystre Slidre']);
      expect(Buffer.from(await joinPdfs([three.bytes, one.bytes], META)).equals(joined)).toBe(true);
    },
    SLOW,
  );

  it(
    'takes letters asked for at the same time, and mixes none of them up',
    async () => {
      const names = ['én', 'to', 'tre'];
      const all = await Promise.all(names.map((name) => printer.print(letter(`<p>brev ${name}</p>`), META)));
      const texts = await Promise.all(all.map(({ bytes }) => textOf(bytes)));
      expect(texts.map((text) => text.trim())).toEqual(['brev én', 'brev to', 'brev tre']);
    },
    SLOW,
  );

  it(
    'refuses a letter whose font is missing, and prints the next one',
    async () => {
      const face =
        '<style>@font-face{font-family:Borte;src:url(http://127.0.0.1:9/x.woff2)}p{font-family:Borte}</style>';
      await expect(printer.print(letter('<p>Hei</p>', face), META)).rejects.toThrow(/skrifttypen «Borte»/);
      expect((await printer.print(letter('<p>Hei</p>'), META)).pages).toBe(1);
    },
    SLOW,
  );

  it(
    'refuses a letter that leaves for another page instead of printing a blank one',
    async () => {
      const away = '<meta http-equiv="refresh" content="0;url=about:blank">';
      await expect(printer.print(letter('<p>Hei</p>', away), META)).rejects.toThrow(/lot seg ikke skrive ut/);
      expect(await textOf((await printer.print(letter('<p>Hei</p>'), META)).bytes)).toContain('Hei');
    },
    SLOW,
  );

  it(
    'refuses a date that is not one',
    async () => {
      await expect(printer.print(letter('<p>Hei</p>'), { ...META, date: '17.3.2026' })).rejects.toThrow(
        /ÅÅÅÅ-MM-DD/,
      );
    },
    SLOW,
  );
});

describe('a browser that goes away', () => {
  it.skipIf(process.platform !== 'linux')(
    'rejects the letter, closes, and leaves no profile behind',
    async () => {
      const before = await profiles();
      const printer = await openPrinter({ env: process.env });
      const [mine] = (await profiles()).filter((name) => !before.includes(name));
      const printing = printer.print(letter(`<p>${'Hei '.repeat(400_000)}</p>`), META);
      setTimeout(() => void killOwnerOf(mine ?? 'none'), 150);
      await expect(printing).rejects.toThrow(/Nettleseren som skriver ut brevene, stoppet/);
      await expect(printer.print(letter('<p>Hei</p>'), META)).rejects.toThrow(/stoppet/);
      await printer.close();
      expect(await profiles()).not.toContain(mine);
    },
    SLOW,
  );
});

/** Only Linux can tell which process uses a profile; the browser is our own child there. */
async function killOwnerOf(profile: string): Promise<void> {
  for (const pid of await readdir('/proc')) {
    const command = /^\d+$/.test(pid) ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') : '';
    if (command.includes(profile) && !command.includes('--type=')) process.kill(Number(pid), 'SIGKILL');
  }
}

describe('the browser in the package', () => {
  it.skipIf(!hasBundled())(
    'prints when every other browser is hidden, and leaves the environment alone',
    async () => {
      const environment = { ...process.env };
      const env = {
        ...process.env,
        INKASSO_BROWSER: '',
        INKASSO_BROWSER_SOURCES: 'bundled',
        XDG_CACHE_HOME: ownTmp,
      };
      const { source, executable } = await findBrowser(env);
      expect(source).toBe('bundled');
      expect(executable.startsWith(join(ownTmp, 'inkasso', 'chromium-'))).toBe(true);
      const printer = await openPrinter({ env });
      const { bytes, pages } = await printer
        .print(letter(`<p>${LETTERS}</p>`), META)
        .finally(() => printer.close());
      expect(pages).toBe(1);
      expect(await textOf(bytes)).toContain(LETTERS);
      expect({ ...process.env }).toEqual(environment);
    },
    SLOW,
  );
});

describe('finding a browser', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkasso-test-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function program(...path: string[]): Promise<string> {
    const file = join(folder, ...path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '#!/bin/sh\nexit 1\n');
    await chmod(file, 0o755);
    return file;
  }

  it('takes the named one, and the environment before the setting', async () => {
    const [one, two] = [await program('one'), await program('two')];
    expect(await findBrowser({ INKASSO_BROWSER: one }, two)).toMatchObject({
      source: 'setting',
      executable: one,
    });
    expect(await findBrowser({}, two)).toMatchObject({ source: 'setting', executable: two });
  });

  it('does not look further when the named one is not there', async () => {
    const missing = join(folder, 'borte');
    await expect(findBrowser({ INKASSO_BROWSER: missing })).rejects.toThrow(BrowserMissing);
    await expect(findBrowser({ INKASSO_BROWSER: missing })).rejects.toThrow(/INKASSO_BROWSER peker på/);
    await expect(findBrowser({}, missing)).rejects.toThrow(/Innstillingen for nettleser peker på/);
    await expect(findBrowser({ INKASSO_BROWSER: folder })).rejects.toThrow(BrowserMissing);
  });

  it('says what to install when there is none', async () => {
    const env = { INKASSO_BROWSER_SOURCES: 'cache', PUPPETEER_CACHE_DIR: join(folder, 'tom') };
    await expect(findBrowser(env)).rejects.toThrow(BrowserMissing);
    await expect(findBrowser(env)).rejects.toThrow(/Installer Google Chrome.*INKASSO_BROWSER/);
    await expect(findBrowser({ INKASSO_BROWSER_SOURCES: 'sky' })).rejects.toThrow(/«sky»/);
  });

  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    'takes the newest in the cache of Puppeteer',
    async () => {
      const cache = join(folder, 'cache');
      const shell = 'chrome-headless-shell';
      const old = await program('cache', 'chrome', 'linux-99.0.1.2', 'chrome-linux64', 'chrome');
      const same = await program('cache', shell, 'linux-131.0.1.9', `${shell}-linux64`, shell);
      const best = await program('cache', 'chrome', 'linux-131.0.1.9', 'chrome-linux64', 'chrome');
      await program('cache', 'chrome', 'mac_arm-200.0.0.0', 'x');
      expect(await cachePlaces({ PUPPETEER_CACHE_DIR: cache })).toEqual([best, same, old]);
      const found = await findBrowser({ INKASSO_BROWSER_SOURCES: 'cache', PUPPETEER_CACHE_DIR: cache });
      expect(found).toMatchObject({ source: 'cache', executable: best });
    },
  );

  it('knows where macOS and Windows keep theirs', () => {
    expect(systemPlaces({ HOME: '/Users/kari' }, 'darwin')).toContain(
      '/Users/kari/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    );
    const windows = { PROGRAMFILES: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };
    expect(systemPlaces(windows, 'win32')).toContain(
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    );
    expect(systemPlaces(windows, 'win32')).toContain(
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    );
  });

  it(
    'says which browser did not start, and cleans up',
    async () => {
      const before = await profiles();
      const broken = await program('broken');
      await expect(openPrinter({ env: { ...process.env, INKASSO_BROWSER: broken } })).rejects.toThrow(
        `Nettleseren ${broken} lot seg ikke starte`,
      );
      expect(await profiles()).toEqual(before);
    },
    SLOW,
  );
});

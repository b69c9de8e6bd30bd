import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowsBatches, partsOf } from '../../src/io/pdf-batch.js';
import { PdfObjects, renumbered, UnexpectedPdf } from '../../src/io/pdf-objects.js';
import { piecesOf } from '../../src/io/pdf-page.js';
import { openPrinter, type PrintedJob, type Printer, type PrintJob } from '../../src/io/pdf.js';
import { openPrintFile } from '../../src/io/print-file.js';
import { readTemplates } from '../../src/io/templates.js';

const SLOW = 240_000;
const { css: CSS } = readTemplates('nb');
const META = { author: 'Eksempel Elektro AS', language: 'nb-NO', date: '2026-03-17' };

function html(body: string, { css = CSS, language = 'nb' } = {}): string {
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>mal</title><style>${css}</style></head>` +
    `<body><article class="letter">${body}</article></body></html>`
  );
}

function job(title: string, body: string, more: Partial<PrintJob> & { css?: string } = {}): PrintJob {
  const { css, ...rest } = more;
  return {
    html: html(`<h1>${title}</h1>${body}`, css === undefined ? {} : { css }),
    meta: { ...META, title },
    electronic: false,
    ...rest,
  };
}

/** Sections as the letters have them, and text that breaks over lines. */
function ordinary(name: string): string {
  return (
    `<p>Hei, ${name}. Fakturaen på 1 234,50 kr forfalt 20.11.2026, og vi kan ikke se at den er betalt. ` +
    'Betal, eller si fra om hva du er uenig i.</p>'.repeat(3) +
    '<section class="payment"><dl><dt>Å betale</dt><dd class="amount">1 234,50 kr</dd></dl></section>' +
    '<table class="statement"><tr class="total"><th scope="row">Sum</th><td>1 234,50</td></tr></table>'
  );
}

/** Points in a millimetre. */
const POINTS = 72 / 25.4;

interface Word {
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Every piece of text with where it stands, in points from the lower left corner. */
async function words(bytes: Uint8Array): Promise<Word[]> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const found: Word[] = [];
  for (let page = 1; page <= document.numPages; page += 1) {
    const { items } = await (await document.getPage(page)).getTextContent();
    for (const item of items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      const [, , , size, x, y] = (item.transform as number[]).map((n) => Math.round(n * 100) / 100);
      found.push({ page, text: item.str, x: x ?? 0, y: y ?? 0, size: size ?? 0 });
    }
  }
  return found;
}

async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const found = await words(bytes);
  const last = Math.max(0, ...found.map(({ page }) => page));
  return Array.from({ length: last }, (_, index) =>
    found
      .filter(({ page }) => page === index + 1)
      .map(({ text }) => text)
      .join(' '),
  );
}

/** All that a file holds, streams unpacked. */
function everythingIn(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes);
  const parts = [raw.toString('latin1')];
  for (let at = raw.indexOf('stream\n'); at >= 0; at = raw.indexOf('stream\n', at + 1)) {
    const end = raw.indexOf('\nendstream', at);
    const packed = raw.subarray(at + 7, end);
    // Every stream of these files is Flate; what follows "endstream" is none.
    if (packed[0] === 0x78) parts.push(inflateSync(packed).toString('latin1'));
  }
  return parts.join('\n');
}

const isTagged = (bytes: Uint8Array): boolean => everythingIn(bytes).includes('/StructTreeRoot');

describe('letters printed together', () => {
  let printer: Printer;
  const names = ['Kari Nordmann', 'Ærlig Åse', 'Łukasz Żółć', 'Bjørn & Søn', 'Ola Utlending'];
  const batch = names.map((name, index) =>
    job(`Purring ${index}`, ordinary(name.replace('&', '&amp;')) + '<p>mer</p>'.repeat(index)),
  );
  let together: PrintedJob[];

  beforeAll(async () => {
    printer = await openPrinter({ env: process.env });
    together = await printer.printAll(batch);
  }, SLOW);
  afterAll(() => printer.close());

  it(
    'look as when printed alone, to a hundredth of a point',
    async () => {
      for (const [index, one] of batch.entries()) {
        const alone = await printer.print(one.html, one.meta);
        const printed = together[index]?.bytes ?? Buffer.alloc(0);
        expect(isTagged(printed)).toBe(false);
        expect(await words(printed)).toEqual(await words(alone.bytes));
      }
    },
    SLOW,
  );

  it(
    'stand just as well at the end of a long batch',
    async () => {
      const last = batch[1] ?? job('', '');
      const many = await printer.printAll([
        ...Array.from({ length: 49 }, (_, n) => job(`${n}`, ordinary(`Nr. ${n}`))),
        last,
      ]);
      expect(await words(many[49]?.bytes ?? Buffer.alloc(0))).toEqual(
        await words(together[1]?.bytes ?? Buffer.alloc(0)),
      );
    },
    SLOW,
  );

  it(
    'are the same to the byte whoever stands beside them, and on whichever day they are printed',
    async () => {
      const others = ['Hemmelig Hansen', 'Qvist Wøyen', 'Çelik Ñandú'].map((name) =>
        job('Inkassovarsel', ordinary(name) + '<p>Noe helt annet: £ ¥ ½ ß þ</p>'),
      );
      const kari = batch[0] ?? job('', '');
      const again = await printer.printAll([kari, ...others, ...batch.slice(3)]);
      expect(Buffer.from(again[0]?.bytes ?? []).equals(together[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
      const other = await openPrinter({ env: process.env });
      try {
        const anew = await other.printAll(batch);
        expect(anew.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).toEqual(
          together.map(({ bytes }) => Buffer.from(bytes).toString('base64')),
        );
      } finally {
        await other.close();
      }
    },
    SLOW,
  );

  it('hold what one letter shows, and nothing of another', async () => {
    const contents = together.map(({ bytes }) => everythingIn(bytes));
    for (const [index, all] of contents.entries()) {
      expect((await pagesOf(together[index]?.bytes ?? Buffer.alloc(0))).length).toBe(1);
      expect(all.match(/\/Type \/Page\b/g)).toHaveLength(1);
      expect(all.match(/ BT\b|\bBT\n/g)?.length ?? 0).toBeGreaterThan(0);
      // Neither a neighbour's name nor a place where one begins.
      expect(all).not.toMatch(/\/Dests|brev-\d|skriftprove/);
      for (const [other, { meta }] of batch.entries())
        expect(all.includes(utf16(meta.title))).toBe(other === index);
      const streams = drawingsIn(together[index]?.bytes ?? Buffer.alloc(0));
      expect(streams).toHaveLength(1);
    }
    const drawings = together.flatMap(({ bytes }) => drawingsIn(bytes));
    expect(new Set(drawings).size).toBe(names.length);
  });

  it('keep title, author, language, date and fonts', async () => {
    for (const [index, { bytes }] of together.entries()) {
      const document = await getDocumentProxy(new Uint8Array(bytes));
      const { info } = (await document.getMetadata()) as { info: Record<string, unknown> };
      expect(info).toMatchObject({
        Title: `Purring ${index}`,
        Author: META.author,
        Producer: 'inkasso',
        Language: 'nb-NO',
        CreationDate: 'D:20260317000000Z',
      });
      const all = everythingIn(bytes);
      expect(all.match(/\/FontFile2 /g)?.length ?? 0).toBeGreaterThanOrEqual(2);
      expect(all).toContain('/ToUnicode');
    }
  });

  it(
    'say at the foot of each sheet whose it is and which, where they are of several, by the language of each',
    async () => {
      const long = ordinary('Lang Liste') + '<p>Én linje til.</p>'.repeat(90);
      const foot = (sak: number): string => `"Brødrene \\22 Ås\\22  & Co · Vår sak ${sak}"`;
      const english = { ...job('Reminder', long), meta: { ...META, title: 'Reminder', language: 'en' } };
      const jobs = [
        ...batch.slice(0, 2),
        { ...job('Lang', long), foot: foot(1) },
        { ...english, foot: foot(2) },
        { ...job('Halvlang', long.slice(0, long.length / 2)), foot: foot(3) },
        ...batch.slice(2, 3),
      ];
      const printed = await printer.printAll(jobs);
      expect(printed.map(({ pages }) => pages)).toEqual([1, 1, 3, 3, 2, 1]);
      const sheetsOf = async (index: number): Promise<Word[]> =>
        (await words(printed[index]?.bytes ?? Buffer.alloc(0))).filter(({ y }) => y < 14 * POINTS);
      const feet = async (index: number): Promise<(string | number)[][]> =>
        (await sheetsOf(index)).map(({ page, text }) => [page, text]);
      const owner = 'Brødrene "Ås" & Co · Vår sak';
      expect(await feet(2)).toEqual([
        [1, 'Side 1 av 3'],
        [1, `${owner} 1`],
        [2, 'Side 2 av 3'],
        [2, `${owner} 1`],
        [3, 'Side 3 av 3'],
        [3, `${owner} 1`],
      ]);
      expect((await feet(3)).map(([, text]) => text)).toEqual(
        [1, 2, 3].flatMap((page) => [`Page ${page} of 3`, `${owner} 2`]),
      );
      expect((await feet(4)).map(([, text]) => text)).toEqual(
        [1, 2].flatMap((page) => [`Side ${page} av 2`, `${owner} 3`]),
      );
      for (const single of [0, 1, 5]) expect(await feet(single)).toEqual([]);
      // To the left whose, to the right which, in the lower margin.
      for (const { text, x } of await sheetsOf(2))
        expect(text.startsWith('Side') ? x > 450 : Math.abs(x - 22 * POINTS) < 1).toBe(true);
      expect(await words(printed[5]?.bytes ?? Buffer.alloc(0))).toEqual(
        await words(together[2]?.bytes ?? Buffer.alloc(0)),
      );
    },
    SLOW,
  );

  it(
    'of several pages look as when printed alone, and hold nothing of another',
    async () => {
      const long = [70, 90, 130, 91].map((lines, index) => ({
        ...job(`Lang ${index}`, ordinary(`Nr. ${index}`) + `<p>Linje til ${index}.</p>`.repeat(lines)),
        foot: `"Eksempel AS · Vår sak ${index}"`,
      }));
      const printed = await printer.printAll([...batch, ...long]);
      for (const [index, one] of long.entries()) {
        const { bytes, pages } = printed[batch.length + index] ?? { bytes: Buffer.alloc(0), pages: 0 };
        const alone = await printer.print(one.html, one.meta, one);
        expect(isTagged(bytes)).toBe(false);
        expect(pages).toBe(alone.pages);
        expect(pages).toBeGreaterThan(1);
        expect(await words(bytes)).toEqual(await words(alone.bytes));
        expect(everythingIn(bytes).match(/\/Type \/Page\b/g)).toHaveLength(pages);
        expect(everythingIn(bytes)).not.toMatch(/\/Dests|brev-\d|skriftprove/);
      }
      const again = await printer.printAll([...long.slice(1), long[0] ?? job('', '')]);
      expect(await words(again[3]?.bytes ?? Buffer.alloc(0))).toEqual(
        await words(printed[batch.length]?.bytes ?? Buffer.alloc(0)),
      );
    },
    SLOW,
  );

  it(
    'are printed by themselves, and tagged, when they are read on a screen or cannot share a document',
    async () => {
      const fixed = `${CSS} .stempel { position: fixed; bottom: 0 }`;
      const jobs = [
        job('På skjerm', ordinary('Eva'), { electronic: true }),
        job('Tegn', ordinary('漢字 Han')),
        ...[1, 2, 3].map((n) =>
          job(`Stempel ${n}`, `${ordinary('Per')}<p class="stempel">NR ${n}</p>`, { css: fixed }),
        ),
        ...batch.slice(0, 3),
      ];
      const printed = await printer.printAll(jobs);
      expect(printed.map(({ bytes }) => isTagged(bytes))).toEqual([
        true,
        true,
        true,
        true,
        true,
        false,
        false,
        false,
      ]);
      const texts = await Promise.all(printed.map(async ({ bytes }) => (await pagesOf(bytes)).join(' ')));
      expect(texts.map((text) => text.match(/NR \d/g))).toEqual([
        null,
        null,
        ['NR 1'],
        ['NR 2'],
        ['NR 3'],
        null,
        null,
        null,
      ]);
    },
    SLOW,
  );

  it(
    'lie in the order asked for in the file for the printer, which shares their fonts',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'inkasso-utskrift-'));
      try {
        const long = (await printer.printAll([job('Lang', '<p>Linje.</p>'.repeat(120))]))[0];
        const order = [together[1], together[0], long, together[4]].filter((one) => one !== undefined);
        const file = openPrintFile(folder);
        for (const { sheets } of order) file.add(sheets);
        const path = file.finish('utskrift.pdf', { ...META, title: 'Utskrift' });
        const bytes = readFileSync(path);
        expect(readdirSync(folder)).toEqual(['utskrift.pdf']);
        const alone = await Promise.all(order.map(({ bytes: one }) => pagesOf(one)));
        expect(await pagesOf(bytes)).toEqual(alone.flat());
        const sizes = order.reduce((total, one) => total + one.bytes.length, 0);
        expect(bytes.length).toBeLessThan(sizes * 0.75);
        openPrintFile(folder).discard();
        expect(readdirSync(folder)).toEqual(['utskrift.pdf']);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    SLOW,
  );
});

/** What is painted on the pages of a file. */
function drawingsIn(bytes: Uint8Array): string[] {
  const from = new PdfObjects(Buffer.from(bytes));
  return from.pages().map((page) => {
    const contents = Number(/\/Contents (\d+) 0 R/.exec(from.get(page).dict)?.[1]);
    return inflateSync(from.get(contents).stream ?? Buffer.alloc(0)).toString('latin1');
  });
}

function utf16(text: string): string {
  return Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex').toUpperCase();
}

describe('what can share a document', () => {
  it.each([
    ['<p style="position: fixed">x</p>'],
    ['<style>p { color: red }</style><p>x</p>'],
    ['<p id="brev-1">x</p>'],
    ['<a href="#brev-0">x</a>'],
    ['<p>привет</p>'],
    ['<p>&#x4e00;</p>'],
    ['<p>🙂</p>'],
  ])('not a letter with %s', (body) => expect(partsOf(html(body))).toBeNull());

  it.each([['<p>Ærlig talt – «ja», 1 234,50 kr, ł č ß</p>'], ['<p>&lt;script&gt; &amp; position</p>']])(
    'a letter with %s',
    (body) => expect(partsOf(html(body))).not.toBeNull(),
  );

  it.each([
    ['p { position:fixed }'],
    ['@page :first { margin: 0 }'],
    ['@page brev { margin: 0 }'],
    ['p::after { content: counter(page) }'],
  ])('no letters under %s', (css) => expect(allowsBatches(css)).toBe(false));

  it('the letters of the program', () => expect(allowsBatches(CSS)).toBe(true));
});

describe('handing a document to the browser', () => {
  it('is done in pieces that are none of them long, and together all of it', () => {
    const unit = fc.oneof(fc.constantFrom('😀', 'æ', '<p>', 'x'), fc.string({ unit: 'grapheme' }));
    const parts = fc.array(
      fc.tuple(unit, fc.integer({ min: 0, max: 70_000 })).map(([text, times]) => text.repeat(times)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(parts, (given) => {
        const pieces = [...piecesOf(given)];
        expect(pieces.join('') === given.join('')).toBe(true);
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(30_000);
          // Half a character would not survive the way.
          expect(Buffer.from(piece).toString() === piece).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('reading the objects of a file', () => {
  it('says so of what is no PDF, or one of another kind', () => {
    for (const text of [
      '',
      '%PDF-1.4',
      '%PDF-1.4\nxref\n0 1\ntrailer\nstartxref\n9\n%%EOF\n',
      'startxref\n99999\n%%EOF',
    ])
      expect(() => new PdfObjects(Buffer.from(text, 'latin1')).pages()).toThrow(UnexpectedPdf);
  });

  it('renumbers what is referred to, and lets strings be', () => {
    expect(
      renumbered('<</A 12 0 R /B [3 0 R 4 0 R] /T (se 12 0 R \\) 3 0 R) /H <312030>>>', (n) => n + 1),
    ).toBe('<</A 13 0 R /B [4 0 R 5 0 R] /T (se 12 0 R \\) 3 0 R) /H <312030>>>');
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 9999 }), (text, number) => {
        const string = `(${text.replace(/[\\()]/g, '\\$&')})`;
        expect(renumbered(`<</S ${string} /R ${number} 0 R>>`, () => 7)).toBe(`<</S ${string} /R 7 0 R>>`);
      }),
    );
  });
});

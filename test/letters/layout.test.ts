import { getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPrinter, type Printer } from '../../src/io/pdf.js';
import { STEPS, type Step } from '../../src/law/steps.js';
import { LANGUAGES } from '../../src/letters/languages.js';
import { lintText } from '../../src/letters/lint.js';
import { letterIn, type Printed, type Situation } from '../support/letters.js';

const SLOW = 240_000;
const MM = 25.4 / 72;
const A4 = { width: 210, height: 297 };

/** A piece of text where it lies on the sheet: millimetres from the left and from the top, size in points. */
interface Piece {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** The line the letters stand on. */
  readonly baseline: number;
  readonly size: number;
  readonly font: string;
}

let printer: Printer;
beforeAll(async () => {
  printer = await openPrinter({ env: process.env });
}, SLOW);
afterAll(() => printer.close(), SLOW);

async function lay({ html, view, plan }: Printed): Promise<{ pieces: Piece[]; pages: number; text: string }> {
  const meta = {
    title: view.documentTitle,
    author: view.creditor.name,
    language: view.locale,
    date: plan.date,
  };
  const { bytes, pages } = await printer.print(html, meta);
  const document = await getDocumentProxy(bytes.slice());
  const pieces: Piece[] = [];
  const words: string[] = [];
  for (let page = 1; page <= document.numPages; page += 1) {
    const { items } = await (await document.getPage(page)).getTextContent();
    for (const item of items) {
      if (!('str' in item)) continue;
      words.push(item.str, item.hasEOL ? '\n' : '');
      if (item.str.trim() === '') continue;
      const [a, b, , , x, y] = item.transform as [number, number, number, number, number, number];
      pieces.push({
        page,
        text: item.str,
        left: x * MM,
        right: (x + item.width) * MM,
        baseline: A4.height - y * MM,
        size: Math.hypot(a, b),
        font: item.fontName,
      });
    }
  }
  return { pieces, pages, text: words.join('') };
}

/** The part of the sheet that shows in the windows of E6/5, C6/5, C5 and EC4 envelopes alike. */
const WINDOW = { left: 20, right: 105, top: 47, bottom: 68 };

/** Letters reach this far over and under the line they stand on, in parts of their size. */
const ASCENT = 0.75;
const DESCENT = 0.25;

function inWindow(piece: Piece): boolean {
  const over = piece.baseline - ASCENT * piece.size * MM < WINDOW.bottom;
  const under = piece.baseline + DESCENT * piece.size * MM > WINDOW.top;
  return piece.page === 1 && over && under && piece.left < WINDOW.right && piece.right > WINDOW.left;
}

function linesOf(pieces: readonly Piece[]): Piece[][] {
  const lines = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const key = piece.baseline.toFixed(1);
    lines.set(key, [...(lines.get(key) ?? []), piece]);
  }
  return [...lines.values()];
}

function expectAddress(printed: Printed, pieces: readonly Piece[]): void {
  const shown = pieces.filter(inWindow);
  // A blank between letters of different fonts is a piece of its own.
  const bare = (text: string): string => text.replace(/\s+/g, '');
  const lines = linesOf(shown).map((line) => bare(line.map((piece) => piece.text).join('')));
  expect(lines).toEqual(printed.view.debtorLines.map(bare));
  expect(lines.length).toBeLessThanOrEqual(5);
  const left = shown[0]?.left ?? 0;
  const body = pieces.find((piece) => piece.text.startsWith(printed.view.title)) as Piece;
  for (const piece of shown) {
    expect(piece.left, piece.text).toBeGreaterThanOrEqual(WINDOW.left);
    expect(piece.right, piece.text).toBeLessThanOrEqual(WINDOW.right);
    expect(piece.baseline - ASCENT * piece.size * MM, piece.text).toBeGreaterThanOrEqual(WINDOW.top);
    expect(piece.baseline + DESCENT * piece.size * MM, piece.text).toBeLessThanOrEqual(WINDOW.bottom);
    expect(piece.size, piece.text).toBeGreaterThanOrEqual(9.99);
    expect(piece.size, piece.text).toBeLessThanOrEqual(11.01);
    expect(piece.font, `${piece.text} is not bold like the title`).not.toBe(body.font);
  }
  for (const [first] of linesOf(shown)) expect(first?.left).toBeCloseTo(left, 1);
}

function expectOnSheet(pieces: readonly Piece[]): void {
  for (const piece of pieces) {
    expect(piece.left, piece.text).toBeGreaterThanOrEqual(15);
    expect(piece.right, piece.text).toBeLessThanOrEqual(A4.width - 15);
    expect(piece.baseline, piece.text).toBeLessThanOrEqual(A4.height - 5);
  }
}

/** The payment box: its lines, from the amount to the last of them, all on one page. */
function expectWholeBox({ view }: Printed, pieces: readonly Piece[]): void {
  const { payment, labels } = view;
  const wanted = [labels.pay, labels.deadline, labels.account, payment.kid ?? labels.reference];
  const pages = wanted.map((text) => pieces.find((piece) => piece.text.startsWith(text))?.page);
  expect(new Set(pages).size).toBe(1);
  expect(pages[0]).toBeDefined();
}

async function expectGood(printed: Printed): Promise<Awaited<ReturnType<typeof lay>>> {
  const laid = await lay(printed);
  expectAddress(printed, laid.pieces);
  expectOnSheet(laid.pieces);
  expectWholeBox(printed, laid.pieces);
  expect(lintText(laid.text, printed.view)).toBeNull();
  return laid;
}

describe.each(LANGUAGES)('the printed letters in %s', (language) => {
  it.each(STEPS)(
    '%s lies in the window, on the sheet, and says what the law requires',
    async (step) => {
      const { text } = await expectGood(letterIn(step, 'forbruker', language));
      if (step === 'inkassovarsel') expect(text).not.toMatch(/purring/i);
    },
    SLOW,
  );
});

describe('what does not fit on one line, or on one sheet', () => {
  const cases: readonly [string, Step, string, Situation][] = [
    ['a debtor abroad', 'betalingsoppfordring', 'utland', {}],
    ['a long name', 'betalingsoppfordring', 'langt-navn', {}],
    ['a long statement', 'betalingsoppfordring', 'lang-oppstilling', {}],
    ['a long name abroad', 'inkassovarsel', 'utland', { debtor: { ...abroad(), name: 'W'.repeat(300) } }],
    ['capitals', 'purring', 'forbruker', { debtor: { name: 'MØLLERENS WWW-AVDELING '.repeat(12) } }],
    [
      'long streets',
      'purring',
      'forbruker',
      { debtor: { address: `${'Gamle Kongevei '.repeat(20)}\n${'x'.repeat(300)}`, city: 'Å'.repeat(300) } },
    ],
    ['a name of 500 letters', 'rentenota', 'forbruker', { debtor: { name: 'Åge '.repeat(125).trim() } }],
    [
      'a long creditor',
      'purring',
      'uten-kid',
      { settings: { name: 'Fordringshaver '.repeat(13).trim(), email: `${'e'.repeat(180)}@lang.example` } },
    ],
    ['a long invoice number', 'purring', 'forbruker', { claim: { invoice: '9'.repeat(200), kid: null } }],
    ['a long description', 'paaminnelse', 'forbruker', { claim: { description: 'æøå '.repeat(75) } }],
  ];

  it.each(cases)(
    '%s',
    async (_what, step, name, more) => {
      // English has the longest words around it.
      await expectGood(letterIn(step, name, 'en', more));
    },
    SLOW,
  );

  it(
    'goes on to a second page, total and all',
    async () => {
      const printed = letterIn('betalingsoppfordring', 'lang-oppstilling', 'nb');
      const { pages, pieces } = await lay(printed);
      expect(pages).toBe(2);
      const sum = pieces.find((piece) => piece.text.startsWith(printed.view.labels.sum)) as Piece;
      // The total does not stand alone on its page.
      const over = pieces.filter((piece) => piece.page === sum.page && piece.baseline < sum.baseline - 1);
      expect(over).not.toEqual([]);
    },
    SLOW,
  );

  function abroad(): NonNullable<Situation['debtor']> {
    return {
      address: 'Box 1234\nAvdelning Leverantörsreskontra',
      zip: '411 04',
      city: 'Göteborg',
      country: 'BA',
    };
  }
});

describe('what others have written', () => {
  it.each([
    '<b>Fet & Co</b>',
    '</article><h1>Til deg</h1>',
    '{{total}} {{{total}}}',
    '\u202eNNAMDRON IRAK\u202c',
    'Kari\u200f\u2067 Nordmann',
    'Zalgo Z\u0335\u0321\u0322\u0327\u0328\u0316\u0317\u0318\u0319\u0320 AS',
    'Kari\u0000\u0007\u001b[31m\u0085\u2028Nordmann',
    'Łódź ß ł č ÆØÅ æøå ü AS',
    'Kari 🙂 Nordmann 👩‍👩‍👧 ❤️ ✂',
    '&lt;b&gt; &#x27; &nbsp;',
    '"><script>fetch("http://127.0.0.1:9/")</script>',
    "' onerror='alert(1)",
  ])(
    '%j stays where it is, as text',
    async (name) => {
      const more: Situation = { debtor: { name }, claim: { description: name, kid: null, invoice: '1001' } };
      const { pages, text } = await expectGood(letterIn('inkassovarsel', 'forbruker', 'nb', more));
      expect(pages).toBe(1);
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069\u200f]/);
    },
    SLOW,
  );
});

/** What a screen reader is told of a page: the roles, and the text under them, in the order they are read. */
interface Tag {
  readonly role?: string;
  readonly lang?: string;
  readonly type?: string;
  readonly id?: string;
  readonly children?: readonly Tag[];
}

describe('the evidence', () => {
  it.each(LANGUAGES)(
    'in %s a letter is tagged for screen readers: its language, title and row headings, in reading order',
    async (language) => {
      const { html, view, plan } = letterIn('betalingsoppfordring', 'forbruker', language);
      const meta = { title: 't', author: 'a', language: view.locale, date: plan.date };
      const document = await getDocumentProxy((await printer.print(html, meta)).bytes.slice());
      const page = await document.getPage(1);
      const texts = new Map<string, string>();
      let open: string[] = [];
      for (const item of (await page.getTextContent({ includeMarkedContent: true })).items) {
        if ('str' in item) texts.set(open[0] ?? '', (texts.get(open[0] ?? '') ?? '') + item.str);
        else open = item.type === 'endMarkedContent' ? open.slice(1) : [item.id ?? '', ...open];
      }
      const textOf = ({ type, id, children }: Tag): string =>
        type === 'content' ? (texts.get(id ?? '') ?? '') : (children ?? []).map(textOf).join('');
      const all = (tag: Tag, role: string): Tag[] => [
        ...(tag.role === role ? [tag] : []),
        ...(tag.children ?? []).flatMap((child) => all(child, role)),
      ];
      const root = (await page.getStructTree()) as Tag;
      expect(all(root, 'Document')).toMatchObject([{ lang: view.locale }]);
      expect(all(root, 'H1').map(textOf)).toEqual([view.title]);
      expect(all(root, 'Table')).toHaveLength(3);
      const headings = all(root, 'TH').map((tag) => textOf(tag).trim());
      const { labels, facts, statement } = view;
      const rows = statement.flatMap((group) => [group.title, ...group.rows.map((row) => row.text)]);
      const box = [labels.pay, labels.deadline, labels.account, 'KID'];
      if (view.payment.currency !== null) box.push(labels.currency);
      expect(headings).toEqual([...facts.map(({ label }) => label), ...box, ...rows, labels.sum]);
      const read = textOf(root);
      const order = [view.creditor.address, ...view.debtorLines, view.title, labels.pay, labels.statement];
      const places = [...order, labels.regards].map((words) => read.indexOf(words));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places[0]).toBeGreaterThan(0);
    },
    SLOW,
  );

  it(
    'the same letter is the same bytes, with appendix, logo and all',
    async () => {
      const logo =
        'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxAADCBYDAwAlAgEBIX7F5wAAAABJRU5ErkJggg==';
      const printed = letterIn('purring', 'forbruker', 'en', { settings: { logo } });
      expect(printed.html).toContain('class="logo"');
      const meta = { title: 't', author: 'a', language: 'en-GB', date: printed.plan.date };
      const [one, two] = [await printer.print(printed.html, meta), await printer.print(printed.html, meta)];
      expect(Buffer.from(one.bytes).equals(two.bytes)).toBe(true);
      expect(Buffer.from(one.bytes).includes('/Image')).toBe(true);
      const abroad = { ...process.env, TZ: 'Pacific/Kiritimati', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' };
      const other = await openPrinter({ env: abroad });
      const there = await other.print(printed.html, meta).finally(() => other.close());
      expect(Buffer.from(there.bytes).equals(one.bytes)).toBe(true);
      await expectGood(printed);
    },
    SLOW,
  );
});

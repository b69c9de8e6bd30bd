import { footOfPages, type Foot } from './pdf-foot.js';
import { UnexpectedPdf, type PdfObjects } from './pdf-objects.js';
import { sheetsIn, type Sheets } from './pdf-writer.js';

/** A letter's document taken apart, so that its body can stand among others under the same head. */
export interface LetterParts {
  readonly language: string;
  readonly css: string;
  readonly body: string;
}

/** What each batch shows first, so that its fonts never depend on what the letters of the batch say. */
const REPERTOIRE =
  characters(0x20, 0x7e) + characters(0xa0, 0xff) + characters(0x100, 0x17f) + '–—‘’‚“”„•…‰€™−\u2009\u202f';
const LIGATURES = 'fi fl ff ffi ffl fj tt ft';
const OUTSIDE = new RegExp(`[^${REPERTOIRE.replace(/[\\\]^-]/g, '\\$&')}\\s]`, 'u');
const FIRST_SHEET = 'skriftprove';

/** What one document cannot hold for several letters: each would get at the others' pages, or at their numbering. */
const NEEDS_OWN_DOCUMENT = /position:\s*(?:fixed|sticky)|@page\s*[^\s{]|counter-|counters?\(|:target|:has\(/i;
const LETTER =
  /^<!doctype html><html lang="([a-z-]+)"><head><meta charset="utf-8"><title>[^<]*<\/title>(?:<style>([^]*?)<\/style>)?<\/head><body>([^]*)<\/body><\/html>$/i;
const OWN_STYLE = /<(?:style|link|meta|base|script|a|svg|iframe|object|form)\b|\sid\s*=/i;

function characters(from: number, to: number): string {
  return String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, index) => from + index));
}

/** The whole document of a letter whose style sheet stands beside it. */
export function withStyle(html: string, css?: string): string {
  return css === undefined ? html : html.replace('</head>', () => `<style>${css}</style></head>`);
}

/**
 * The parts of a letter that can be printed in one document with others; null when it must be printed by itself. `foot`
 * is what may come to stand at the foot of its sheets.
 */
export function partsOf(html: string, shared = '', foot = ''): LetterParts | null {
  const [, language, own = '', body] = LETTER.exec(html) ?? [];
  if (language === undefined || body === undefined) return null;
  const css = shared + own;
  if (OWN_STYLE.test(body) || NEEDS_OWN_DOCUMENT.test(body) || OUTSIDE.test(unescaped(body) + foot))
    return null;
  return { language, css, body };
}

/** Entities that stand for a character outside the repertoire are rare; they just cost a print-out of their own. */
function unescaped(body: string): string {
  return body.replace(/&#x([0-9a-f]+);|&#(\d+);/gi, (_all, hex?: string, decimal?: string) =>
    String.fromCodePoint(parseInt(hex ?? decimal ?? '', hex === undefined ? 10 : 16)),
  );
}

/** Whether letters with this style sheet can share a document. */
export function allowsBatches(css: string): boolean {
  return !NEEDS_OWN_DOCUMENT.test(withoutData(css));
}

/** Fonts and pictures are most of a style sheet, and say nothing about how it is laid out. */
function withoutData(css: string): string {
  return css.replace(/url\(data:[^)]*\)/g, 'url()');
}

/** A letter to print among others. */
export interface LetterInBatch extends Pick<LetterParts, 'language' | 'body'> {
  /** How many pages it takes, where they are to say so at their foot. */
  readonly numbered?: { readonly pages: number; readonly foot: Foot };
}

/** One document with all letters, each from a new page, and a named place where it begins; in parts, as it is long. */
export function* batchHtml(css: string, letters: readonly LetterInBatch[]): Generator<string> {
  const feet = letters.map(({ numbered }, index) =>
    numbered === undefined ? '' : footOfPages(`brev-${index}`, numbered.pages, numbered.foot),
  );
  yield '<!doctype html><html lang="nb"><head><meta charset="utf-8"><style>';
  yield css;
  yield `${feet.join('')}</style></head><body>`;
  yield specimen(css);
  for (const [index, { language, body, numbered }] of letters.entries()) {
    const page = numbered === undefined ? '' : `;page:brev-${index}`;
    yield `<section id="brev-${index}" lang="${language}" style="break-before:page${page}">`;
    yield body;
    yield '</section>';
  }
  const names = [FIRST_SHEET, ...letters.map((_, index) => `brev-${index}`)];
  const links = names.map((name) => `<a href="#${name}"></a>`).join('');
  yield `<div style="display:none">${links}</div></body></html>`;
}

function specimen(css: string): string {
  const shown = `${escaped(REPERTOIRE)} ${LIGATURES}`;
  const faces = [...withoutData(css).matchAll(/@font-face\s*\{([^}]*)\}/g)].map(([, face = '']) => {
    const value = (key: string): string =>
      new RegExp(`${key}:\\s*['"]?([\\w -]+)['"]?`).exec(face)?.[1] ?? 'inherit';
    return `font-family:'${value('font-family')}';font-weight:${value('font-weight')};font-style:${value('font-style')}`;
  });
  const lines = [...new Set(faces)].map(
    (face) =>
      `<p style="${face};margin:0">${shown} <span style="font-variant-numeric:normal">0123456789</span></p>`,
  );
  return `<section id="${FIRST_SHEET}" style="font-size:8pt">${lines.join('')}</section>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/**
 * The pages of each letter in a printed batch. Sound only when every letter begins on a page of its own, in the order
 * given, and every page of the file belongs to one. Null for a letter with a font that the sample of the fonts lacks:
 * which of its characters that holds would depend on the other letters. @throws UnexpectedPdf
 */
export function sheetsOf(pdf: Uint8Array, letters: number): (Sheets | null)[] {
  const { from, pages } = sheetsIn(pdf);
  const places = from.destinations();
  const begins = [FIRST_SHEET, ...Array.from({ length: letters }, (_, index) => `brev-${index}`)].map(
    (name) => pages.indexOf(places.get(name) ?? -1),
  );
  if (
    begins[0] !== 0 ||
    places.size !== letters + 1 ||
    begins.some((begin, i) => begin <= (begins[i - 1] ?? -1))
  )
    throw new UnexpectedPdf('the page map does not cover every letter');
  const fonts = fontsOf(from, pages[0] ?? 0);
  const ofFirst = (page: number): boolean => [...fontsOf(from, page)].every((font) => fonts.has(font));
  return begins.slice(1).map((begin, i) => {
    const own = pages.slice(begin, begins[i + 2]);
    return own.every(ofFirst) ? { from, pages: own } : null;
  });
}

function fontsOf(from: PdfObjects, page: number): Set<string> {
  const fonts = /\/Font\s*<<([^>]*)>>/.exec(from.get(page).dict)?.[1] ?? '';
  return new Set([...fonts.matchAll(/(\d+) 0 R/g)].map(([, number]) => number ?? ''));
}

import type * as PdfLibModule from '@cantoo/pdf-lib';
import type { PDFDocument, PDFObject, PDFPage, PDFRef, PDFString } from '@cantoo/pdf-lib';

type PdfLib = typeof PdfLibModule;

export interface PdfMeta {
  title: string;
  author: string;
  /** BCP 47, for instance nb-NO. */
  language: string;
  /** ISO date of the letter, so that nothing depends on the clock. */
  date: string;
}

/** Named in every file instead of browser, library and their versions, which must not change the bytes. */
const PRODUCER = 'inkasso';

const CHROMIUM_ID = /^node\d+$/;

export async function preloadPdfLibrary(): Promise<void> {
  await import('@cantoo/pdf-lib');
}

/** Replaces everything in a printed file that depends on the clock, the browser or earlier print-outs. */
export async function finishPdf(
  bytes: Uint8Array,
  meta: PdfMeta,
): Promise<{ bytes: Uint8Array; pages: number }> {
  const lib = await import('@cantoo/pdf-lib');
  const document = await lib.PDFDocument.load(bytes, { updateMetadata: false });
  renumberStructureIds(lib, document);
  setMeta(document, meta);
  return { bytes: await save(document), pages: document.getPageCount() };
}

/**
 * One file with the pages of all, for the printer. Accessibility tags stay behind in the separate files. A label, such as
 * «Bilag 2», is stamped in the upper margin of every page of the file it belongs to.
 */
export async function joinPdfs(
  files: readonly Uint8Array[],
  meta: PdfMeta,
  labels: readonly (string | null)[] = [],
): Promise<Uint8Array> {
  if (files.length === 0) throw new Error('Det er ingen PDF-filer å slå sammen.');
  const lib = await import('@cantoo/pdf-lib');
  const joined = await lib.PDFDocument.create({ updateMetadata: false });
  for (const [index, file] of files.entries()) {
    const source = await lib.PDFDocument.load(file, { updateMetadata: false });
    const pages = await joined.copyPages(source, source.getPageIndices());
    for (const page of pages) joined.addPage(page);
    const label = labels[index] ?? null;
    if (label !== null) await stamp(lib, joined, pages, label);
  }
  removeTagReferences(lib, joined);
  setMeta(joined, meta);
  return save(joined);
}

/** How many pages a PDF has; null for a file that cannot be read as one, or is locked. */
export async function countPages(bytes: Uint8Array): Promise<number | null> {
  const lib = await import('@cantoo/pdf-lib');
  try {
    return (await lib.PDFDocument.load(bytes, { updateMetadata: false })).getPageCount();
  } catch {
    return null;
  }
}

const STAMP_SIZE = 9;
/** Points from the upper right corner of the page: inside the margin of our letters, and of most others'. */
const STAMP_INSET = { right: 28, top: 20 };

async function stamp(
  lib: PdfLib,
  document: PDFDocument,
  pages: readonly PDFPage[],
  label: string,
): Promise<void> {
  const font = await document.embedFont(lib.StandardFonts.HelveticaBold);
  pages.forEach((page, index) => {
    const words = `${label} – side ${index + 1} av ${pages.length}`;
    const { x, y, width, height } = page.getCropBox();
    page.drawText(words, {
      x: x + width - STAMP_INSET.right - font.widthOfTextAtSize(words, STAMP_SIZE),
      y: y + height - STAMP_INSET.top,
      size: STAMP_SIZE,
      font,
    });
  });
}

function setMeta(document: PDFDocument, meta: PdfMeta): void {
  const date = letterDate(meta.date);
  document.setTitle(meta.title, { showInWindowTitleBar: true });
  document.setAuthor(meta.author);
  document.setLanguage(meta.language);
  document.setCreator(PRODUCER);
  document.setProducer(PRODUCER);
  document.setCreationDate(date);
  document.setModificationDate(date);
  delete document.context.trailerInfo.ID;
}

function letterDate(date: string): Date {
  const parsed = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime())) throw new Error(`«${date}» er ikke en dato på formen ÅÅÅÅ-MM-DD.`);
  return parsed;
}

function save(document: PDFDocument): Promise<Uint8Array> {
  // A plain table of contents, so that the pages can be copied as they stand.
  return document.save({ addDefaultPage: false, updateFieldAppearances: false, useObjectStreams: false });
}

/**
 * Chromium names the header cells of tables by a counter that runs on through everything a process prints,
 * and not always in the order of the document, so one copy of a letter would differ from the next.
 */
function renumberStructureIds(lib: PdfLib, document: PDFDocument): void {
  const root = document.catalog.lookupMaybe(lib.PDFName.of('StructTreeRoot'), lib.PDFDict);
  if (root?.has(lib.PDFName.of('IDTree')) !== true) return;
  removeNameTree(lib, document, root.get(lib.PDFName.of('IDTree')));
  const renamed = new Map<string, PDFString>();
  for (const [, object] of document.context.enumerateIndirectObjects()) renameIds(lib, object, renamed);
  root.set(lib.PDFName.of('IDTree'), document.context.obj({ Names: namedElements(lib, document) }));
}

function removeNameTree(lib: PdfLib, document: PDFDocument, node: PDFObject | undefined): void {
  const dict = document.context.lookupMaybe(node, lib.PDFDict);
  const kids = dict?.lookupMaybe(lib.PDFName.of('Kids'), lib.PDFArray)?.asArray() ?? [];
  for (const kid of kids) removeNameTree(lib, document, kid);
  if (node instanceof lib.PDFRef) document.context.delete(node);
}

function renameIds(lib: PdfLib, object: PDFObject, renamed: Map<string, PDFString>): PDFObject {
  if (object instanceof lib.PDFString) return newName(lib, object, renamed);
  if (object instanceof lib.PDFDict) {
    for (const [key, value] of object.entries()) object.set(key, renameIds(lib, value, renamed));
  } else if (object instanceof lib.PDFArray) {
    object.asArray().forEach((value, index) => object.set(index, renameIds(lib, value, renamed)));
  }
  return object;
}

function newName(lib: PdfLib, old: PDFString, renamed: Map<string, PDFString>): PDFString {
  const text = old.asString();
  if (!CHROMIUM_ID.test(text)) return old;
  const name = renamed.get(text) ?? lib.PDFString.of(`node${String(renamed.size + 1).padStart(8, '0')}`);
  renamed.set(text, name);
  return name;
}

/** Name and element by turns, as a name tree wants them: sorted by name. */
function namedElements(lib: PdfLib, document: PDFDocument): PDFObject[] {
  const named: [string, PDFObject, PDFRef][] = [];
  for (const [ref, object] of document.context.enumerateIndirectObjects()) {
    const id = object instanceof lib.PDFDict ? object.get(lib.PDFName.of('ID')) : undefined;
    if (id instanceof lib.PDFString) named.push([id.asString(), id, ref]);
  }
  return named.sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, id, ref]) => [id, ref]);
}

/** Pages point into the tag tree of the file they came from; in the joined file there is none. */
function removeTagReferences(lib: PdfLib, document: PDFDocument): void {
  const keys = ['StructParents', 'StructParent'].map((key) => lib.PDFName.of(key));
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    const dict = object instanceof lib.PDFStream ? object.dict : object;
    if (dict instanceof lib.PDFDict) for (const key of keys) dict.delete(key);
  }
}

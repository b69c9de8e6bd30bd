import type { PdfMeta } from './pdf-document.js';
import { PdfObjects, renumbered, UnexpectedPdf } from './pdf-objects.js';

/** Pages of a print-out that go into another file. */
export interface Sheets {
  readonly from: PdfObjects;
  /** Numbers of the page objects. */
  readonly pages: readonly number[];
}

/** All the pages of a file. @throws UnexpectedPdf */
export function sheetsIn(pdf: Uint8Array): Sheets {
  const from = new PdfObjects(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength));
  return { from, pages: from.pages() };
}

const HEAD = Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1');
const [CATALOG, PAGES, INFO] = [1, 2, 3];
const FIRST_FREE = 4;

/**
 * Writes a PDF with pages copied from others, object by object and as they stand: with what a page shows, and
 * nothing that belongs to the pages beside it. What has been written can be forgotten, however many pages follow.
 */
export class PdfWriter {
  private readonly offsets: number[] = [];
  private readonly pageNumbers: number[] = [];
  private readonly copied = new WeakMap<PdfObjects, Map<number, number>>();
  private next = FIRST_FREE;
  private length = 0;

  constructor(private readonly write: (bytes: Uint8Array) => void) {
    this.put(HEAD);
  }

  get pages(): number {
    return this.pageNumbers.length;
  }

  /** @throws UnexpectedPdf */
  add({ from, pages }: Sheets): void {
    let known = this.copied.get(from);
    if (known === undefined) this.copied.set(from, (known = new Map<number, number>()));
    for (const page of pages) this.addPage(from, page, known);
  }

  private addPage(from: PdfObjects, page: number, known: Map<number, number>): void {
    const number = this.next++;
    this.pageNumbers.push(number);
    const waiting: number[] = [];
    const numberFor = (old: number): number => {
      let given = known.get(old);
      if (given === undefined) {
        known.set(old, (given = this.next++));
        waiting.push(old);
      }
      return given;
    };
    this.object(number, pageOf(from.get(page).dict, numberFor), null);
    for (let old = waiting.shift(); old !== undefined; old = waiting.shift()) {
      const { dict, stream } = from.get(old);
      // A page reached by way of something else would bring its whole letter along.
      if (/\/Type\s*\/(?:Pages?|Catalog)\b/.test(dict)) throw new UnexpectedPdf('a page refers to another');
      this.object(known.get(old) ?? 0, renumbered(dict, numberFor), stream);
    }
  }

  finish(meta: PdfMeta): void {
    const kids = this.pageNumbers.map((number) => `${number} 0 R`).join(' ');
    this.object(
      CATALOG,
      `<</Type /Catalog\n/Pages ${PAGES} 0 R\n/Lang ${text(meta.language)}\n` +
        '/ViewerPreferences <</DisplayDocTitle true>>>>',
      null,
    );
    this.object(PAGES, `<</Type /Pages\n/Count ${this.pageNumbers.length}\n/Kids [${kids}]>>`, null);
    this.object(INFO, infoOf(meta), null);
    const table = this.length;
    const rows = Array.from({ length: this.next - 1 }, (_, index) => {
      return `${String(this.offsets[index + 1] ?? 0).padStart(10, '0')} 00000 n \n`;
    });
    this.put(
      Buffer.from(
        `xref\n0 ${this.next}\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size ${this.next}\n` +
          `/Root ${CATALOG} 0 R\n/Info ${INFO} 0 R>>\nstartxref\n${table}\n%%EOF\n`,
        'latin1',
      ),
    );
  }

  private object(number: number, dict: string, stream: Uint8Array | null): void {
    this.offsets[number] = this.length;
    if (stream === null) {
      this.put(Buffer.from(`${number} 0 obj\n${dict}\nendobj\n`, 'latin1'));
      return;
    }
    this.put(Buffer.from(`${number} 0 obj\n${dict} stream\n`, 'latin1'));
    this.put(stream);
    this.put(Buffer.from('\nendstream\nendobj\n', 'latin1'));
  }

  private put(bytes: Uint8Array): void {
    this.length += bytes.length;
    this.write(bytes);
  }
}

/** A page on its own: its place in the tree is new, and what only makes sense in the old file stays there. */
function pageOf(dict: string, numberFor: (old: number) => number): string {
  const bare = dict
    .replace(/\/Parent \d+ 0 R/, '')
    .replace(/\/Annots\s*(?:\[[^\]]*\]|\d+ 0 R)/, '')
    .replace(/\/StructParents \d+/, '')
    .replace(/\/Tabs\s*\/S\b/, '')
    .replace(/\n{2,}/g, '\n')
    .replace(/\s*>>$/, '');
  return `${renumbered(bare, numberFor)}\n/Parent ${PAGES} 0 R>>`;
}

function infoOf({ title, author, date }: PdfMeta): string {
  const day = /^(\d{4})-(\d\d)-(\d\d)/.exec(date);
  if (day === null) throw new Error(`«${date}» er ikke en dato på formen ÅÅÅÅ-MM-DD.`);
  const when = `(D:${day[1]}${day[2]}${day[3]}000000Z)`;
  const maker = text('inkasso');
  return (
    `<</Title ${text(title)}\n/Author ${text(author)}\n/Creator ${maker}\n/Producer ${maker}\n` +
    `/CreationDate ${when}\n/ModDate ${when}>>`
  );
}

/** UTF-16 as PDF writes it: every character of a name survives, and none can end the string. */
function text(value: string): string {
  return `<${Buffer.from(`\ufeff${value}`, 'utf16le').swap16().toString('hex').toUpperCase()}>`;
}

/** One file of the pages. @throws UnexpectedPdf */
export function pdfOf(sheets: readonly Sheets[], meta: PdfMeta): Buffer {
  const parts: Uint8Array[] = [];
  const writer = new PdfWriter((bytes) => parts.push(bytes));
  for (const some of sheets) writer.add(some);
  writer.finish(meta);
  return Buffer.concat(parts);
}

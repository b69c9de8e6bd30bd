/** A file that is not laid out as expected. It may be a good PDF all the same, but not one to copy objects from. */
export class UnexpectedPdf extends Error {
  override name = 'UnexpectedPdf';
}

/** One object: what stands before its stream, as Latin-1 text, and the bytes of the stream. */
export interface PdfObject {
  readonly dict: string;
  readonly stream: Uint8Array | null;
}

const NEWLINE = 10;
const STRINGS_AND_REFERENCES = /\((?:\\[^]|[^\\()])*\)|<[0-9A-Fa-f\s]*>(?!>)|\b(\d+) 0 R\b/g;

/**
 * The objects of a PDF with a plain table of contents, read one by one where they lie. Knows just what Chromium
 * writes, and says so of everything else: the print-out is then made another way.
 */
export class PdfObjects {
  private readonly offsets = new Map<number, number>();
  private readonly read = new Map<number, PdfObject>();
  readonly root: number;

  /** @throws UnexpectedPdf */
  constructor(private readonly bytes: Buffer) {
    const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(bytes.subarray(-64).toString('latin1'))?.[1];
    if (start === undefined) throw new UnexpectedPdf('no startxref');
    const table = bytes.subarray(Number(start)).toString('latin1');
    this.readTable(table);
    const root = /\/Root (\d+) 0 R/.exec(table)?.[1];
    if (root === undefined || /\/(?:Prev|Encrypt)\b/.test(table)) throw new UnexpectedPdf('odd trailer');
    this.root = Number(root);
  }

  private readTable(table: string): void {
    if (!table.startsWith('xref')) throw new UnexpectedPdf('no plain table of contents');
    const lines = table
      .slice(0, Math.max(0, table.indexOf('trailer')))
      .matchAll(/(\d{10}) \d{5} ([nf])|(\d+) \d+/g);
    let number = 0;
    for (const [, offset, kind, first] of lines) {
      if (first !== undefined) number = Number(first);
      else {
        if (kind === 'n') this.offsets.set(number, Number(offset));
        number += 1;
      }
    }
  }

  /** @throws UnexpectedPdf */
  get(number: number): PdfObject {
    let object = this.read.get(number);
    if (object === undefined) this.read.set(number, (object = this.parse(number)));
    return object;
  }

  private parse(number: number): PdfObject {
    const { bytes } = this;
    const offset = this.offsets.get(number);
    const head = `${number} 0 obj`;
    if (offset === undefined || bytes.toString('latin1', offset, offset + head.length) !== head)
      throw new UnexpectedPdf(`object ${number} is not where it should be`);
    const from = offset + head.length;
    const end = bytes.indexOf('endobj', from, 'latin1');
    if (end < 0) throw new UnexpectedPdf(`object ${number} does not end`);
    const stream = bytes.subarray(from, end).indexOf('stream', 0, 'latin1');
    if (stream < 0) return { dict: bytes.toString('latin1', from, end).trim(), stream: null };
    return this.withStream(number, bytes.toString('latin1', from, from + stream).trim(), from + stream + 6);
  }

  private withStream(number: number, dict: string, after: number): PdfObject {
    const length = /\/Length (\d+)(?! 0 R)\b/.exec(dict)?.[1];
    const from = this.bytes.indexOf(NEWLINE, after) + 1;
    if (length === undefined || from - after > 2)
      throw new UnexpectedPdf(`object ${number} has an odd stream`);
    const to = from + Number(length);
    if (!/^\s*endstream/.test(this.bytes.toString('latin1', to, to + 12)))
      throw new UnexpectedPdf(`object ${number} has a stream of another length`);
    return { dict, stream: this.bytes.subarray(from, to) };
  }

  /** The numbers of the pages, in order. @throws UnexpectedPdf */
  pages(): number[] {
    return this.pagesUnder(valueOf(this.get(this.root).dict, 'Pages'), 0);
  }

  private pagesUnder(node: string | null, depth: number): number[] {
    const number = referenceIn(node);
    if (number === null || depth > 32) throw new UnexpectedPdf('no tree of pages');
    const { dict } = this.get(number);
    if (/\/Type\s*\/Page\b/.test(dict)) return [number];
    const kids = /\/Kids\s*\[([^\]]*)\]/.exec(dict)?.[1];
    if (kids === undefined) throw new UnexpectedPdf('no tree of pages');
    return [...kids.matchAll(/\d+ 0 R/g)].flatMap(([kid]) => this.pagesUnder(kid, depth + 1));
  }

  /** On which page each named place lies: the place's name and the page's number. @throws UnexpectedPdf */
  destinations(): Map<string, number> {
    const number = referenceIn(valueOf(this.get(this.root).dict, 'Dests'));
    if (number === null) throw new UnexpectedPdf('no named places');
    const places = this.get(number).dict.matchAll(/\/([A-Za-z0-9-]+)\s*\[(\d+) 0 R\b/g);
    return new Map([...places].map(([, name, page]) => [name ?? '', Number(page)]));
  }
}

function valueOf(dict: string, key: string): string | null {
  return new RegExp(`/${key}\\s+(\\d+ 0 R)`).exec(dict)?.[1] ?? null;
}

function referenceIn(value: string | null): number | null {
  const number = /^(\d+) 0 R$/.exec(value ?? '')?.[1];
  return number === undefined ? null : Number(number);
}

/** The text of an object with other numbers for what it refers to; what stands in strings is let be. */
export function renumbered(dict: string, numberFor: (old: number) => number): string {
  return dict.replace(STRINGS_AND_REFERENCES, (whole, number: string | undefined) =>
    number === undefined ? whole : `${numberFor(Number(number))} 0 R`,
  );
}

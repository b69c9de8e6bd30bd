import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';

/** An element with its namespace; `text` is its own text, untrimmed, without that of its children. */
export interface XmlElement {
  readonly uri: string;
  readonly local: string;
  /** By name; an attribute with a prefix is found as `{namespace}name`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export type ParsedXml =
  { readonly ok: true; readonly root: XmlElement } | { readonly ok: false; readonly why: string };

/** One step of a path: namespace and local name. */
export type XmlName = readonly [uri: string, local: string];

const MAX_DEPTH = 100;
const MAX_ELEMENTS = 200_000;
const XMLNS = 'http://www.w3.org/2000/xmlns/';

interface Building extends XmlElement {
  readonly children: Building[];
  text: string;
}

class Refusal extends Error {}

/** What saxes says, in Norwegian. */
const FAULTS: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/unclosed tag: (.+)$/, 'elementet <$1> er ikke lukket'],
  [/unexpected close tag|unmatched closing tag/, 'en sluttkode passer ikke til startkoden'],
  [/unbound namespace prefix: "(.+)"/, 'navneromsprefikset «$1» er ikke erklært'],
  [/duplicate attribute/, 'samme attributt står to ganger i et element'],
  [/unexpected end/, 'filen slutter midt i et element'],
  [/text data outside of root/, 'det står tekst utenfor rotelementet'],
  [/must contain a root element/, 'filen har ikke noe rotelement'],
  [/only one root/, 'filen har mer enn ett rotelement'],
  [/undefined entity/, 'en tegnreferanse (&…;) er ikke definert'],
];

function faultOf(message: string): string {
  for (const [pattern, what] of FAULTS) {
    const match = pattern.exec(message);
    if (match !== null) return what.replace('$1', () => (match[1] ?? '').slice(0, 60));
  }
  return 'det står tegn som ikke er lov der de står';
}

function attributesOf(tag: SaxesTagNS): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const { uri, local, value } of Object.values(tag.attributes)) {
    if (uri !== XMLNS) attributes.set(uri === '' ? local : `{${uri}}${local}`, value);
  }
  return attributes;
}

class TreeBuilder {
  root: Building | null = null;
  private readonly open: Building[] = [];
  private count = 0;

  start(tag: SaxesTagNS, line: number): void {
    this.count += 1;
    if (this.count > MAX_ELEMENTS) {
      throw new Refusal(`Filen har mer enn ${MAX_ELEMENTS} elementer (linje ${line}) og leses ikke.`);
    }
    if (this.open.length >= MAX_DEPTH) {
      throw new Refusal(`Filen har elementer i mer enn ${MAX_DEPTH} nivåer (linje ${line}) og leses ikke.`);
    }
    const { uri, local } = tag;
    const element: Building = { uri, local, attributes: attributesOf(tag), children: [], text: '' };
    this.open.at(-1)?.children.push(element);
    this.root ??= element;
    this.open.push(element);
  }

  /** The element that ends, and those around it from the root inwards. */
  end(): { element: Building | undefined; around: readonly Building[] } {
    return { element: this.open.pop(), around: this.open };
  }

  /** Lets go of an element that has been dealt with, so that a long file needs no more memory than a short one. */
  drop(element: Building, around: readonly Building[]): void {
    around.at(-1)?.children.pop();
    this.count -= elementsIn(element);
  }

  add(text: string): void {
    const element = this.open.at(-1);
    if (element !== undefined) element.text += text;
  }
}

function elementsIn(element: XmlElement): number {
  return element.children.reduce((count, each) => count + elementsIn(each), 1);
}

/** A parser that gives events and refuses what is not plain, well-formed XML. @throws Refusal */
function strictParser(): SaxesParser<{ xmlns: true }> {
  // Version 1.1 would let control characters in.
  const parser = new SaxesParser({ xmlns: true, forceXMLVersion: true, defaultXMLVersion: '1.0' });
  parser.on('error', (error) => {
    throw new Refusal(`Filen er ikke gyldig XML: ${faultOf(error.message)} (linje ${parser.line}).`);
  });
  parser.on('doctype', () => {
    throw new Refusal(
      `Filen har en dokumenttypedeklarasjon (DTD, linje ${parser.line}); den kan hente inn innhold utenfra, så filen leses ikke.`,
    );
  });
  return parser;
}

function build(text: string): Building | null {
  const parser = strictParser();
  const tree = new TreeBuilder();
  parser.on('opentag', (tag) => tree.start(tag, parser.line));
  parser.on('closetag', () => tree.end());
  parser.on('text', (piece) => tree.add(piece));
  parser.on('cdata', (piece) => tree.add(piece));
  parser.write(text).close();
  return tree.root;
}

/** Reads well-formed XML with namespaces. Any DTD is refused, so no entity but XML's own five exists. */
export function parseXml(text: string): ParsedXml {
  try {
    const root = build(text);
    return root === null
      ? { ok: false, why: 'Filen er ikke gyldig XML: filen har ikke noe rotelement (linje 1).' }
      : { ok: true, root };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, why: error.message };
    throw error;
  }
}

/** One of the repeated elements of a long file. */
export interface XmlUnit {
  readonly element: XmlElement;
  /** The elements around it from the root inwards, with what stands before it; units that came before are left out. */
  readonly around: readonly XmlElement[];
  /** The line it ends on, from 1. */
  readonly line: number;
}

/** The file is not XML that can be read; the message is a whole sentence. */
export class XmlRefused extends Error {}

/**
 * The elements with these names, each as it ends, of a text that comes in pieces; last the root, with what is left.
 * Only what is open is kept in memory. @throws XmlRefused
 */
export function* xmlUnits(pieces: Iterable<string>, names: readonly string[]): Generator<XmlUnit> {
  const parser = strictParser();
  const tree = new TreeBuilder();
  const ready: XmlUnit[] = [];
  parser.on('opentag', (tag) => tree.start(tag, parser.line));
  parser.on('text', (piece) => tree.add(piece));
  parser.on('cdata', (piece) => tree.add(piece));
  parser.on('closetag', () => {
    const { element, around } = tree.end();
    if (element === undefined || (around.length > 0 && !names.includes(element.local))) return;
    ready.push({ element, around: [...around], line: parser.line });
    if (around.length > 0) tree.drop(element, around);
  });
  try {
    for (const piece of pieces) {
      parser.write(piece);
      yield* ready.splice(0);
    }
    parser.close();
  } catch (error) {
    if (error instanceof Refusal) throw new XmlRefused(error.message);
    throw error;
  }
  yield* ready;
}

export function children(element: XmlElement | null, uri: string, local: string): readonly XmlElement[] {
  return element?.children.filter((each) => each.uri === uri && each.local === local) ?? [];
}

export function child(element: XmlElement | null, uri: string, local: string): XmlElement | null {
  return children(element, uri, local)[0] ?? null;
}

/** Every element the path leads to, through repeated elements too. */
export function elementsAt(element: XmlElement | null, ...path: readonly XmlName[]): readonly XmlElement[] {
  return path.reduce<readonly XmlElement[]>(
    (found, [uri, local]) => found.flatMap((each) => children(each, uri, local)),
    element === null ? [] : [element],
  );
}

/** The trimmed texts along the path that are not blank. */
export function textsAt(element: XmlElement | null, ...path: readonly XmlName[]): readonly string[] {
  return elementsAt(element, ...path)
    .map(({ text }) => text.trim())
    .filter((text) => text !== '');
}

/** The first of these texts. Always text: a KID or postal code keeps its zeros. */
export function textAt(element: XmlElement | null, ...path: readonly XmlName[]): string | null {
  return textsAt(element, ...path)[0] ?? null;
}

import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../src/import/xml.js';
import { child, children, elementsAt, parseXml, textAt, textsAt } from '../../src/import/xml.js';

function rootOf(text: string): XmlElement {
  const parsed = parseXml(text);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.root;
}

function whyNot(text: string): string {
  const parsed = parseXml(text);
  return parsed.ok ? 'was read' : parsed.why;
}

describe('reading XML', () => {
  it('finds elements by namespace, whatever the prefix', () => {
    const root = rootOf(
      '<a xmlns="urn:x" xmlns:p="urn:y"><b>1</b><p:b>2</p:b><q:b xmlns:q="urn:y">3</q:b></a>',
    );
    expect(root).toMatchObject({ uri: 'urn:x', local: 'a' });
    expect(child(root, 'urn:x', 'b')?.text).toBe('1');
    expect(children(root, 'urn:y', 'b').map(({ text }) => text)).toEqual(['2', '3']);
    expect(child(root, 'urn:z', 'b')).toBeNull();
    expect(child(null, 'urn:x', 'b')).toBeNull();
  });

  it('keeps text as text: entities, CDATA, zeros and blanks', () => {
    expect(rootOf('<a> 007 &amp;&#x20;<![CDATA[<b>&amp;]]><!-- no -->9</a>').text).toBe(' 007 & <b>&amp;9');
  });

  it('keeps an element’s text apart from that of its children', () => {
    const root = rootOf('<a>1<b>2</b>3</a>');
    expect(root.text).toBe('13');
    expect(root.children[0]?.text).toBe('2');
  });

  it('has attributes by name, those of a namespace with it, and no namespace declarations', () => {
    const root = rootOf('<a xmlns:p="urn:y" id="1" p:id="2" __proto__="3"/>');
    expect([...root.attributes]).toEqual([
      ['id', '1'],
      ['{urn:y}id', '2'],
      ['__proto__', '3'],
    ]);
  });

  it('follows a path through repeated elements', () => {
    const root = rootOf('<a><b/><b><c> 01 </c><c/></b><b><c>02</c></b></a>');
    expect(elementsAt(root, ['', 'b'], ['', 'c'])).toHaveLength(3);
    expect(textsAt(root, ['', 'b'], ['', 'c'])).toEqual(['01', '02']);
    expect(textAt(root, ['', 'b'], ['', 'c'])).toBe('01');
    expect(textAt(root, ['', 'x'])).toBeNull();
    expect(textAt(null, ['', 'b'])).toBeNull();
  });

  it('reads a file as large as a year of bank entries', () => {
    const root = rootOf(`<a>${'<b><c>1</c></b>'.repeat(50_000)}</a>`);
    expect(root.children).toHaveLength(50_000);
  });
});

describe('refusing XML', () => {
  it.each([
    ['<!DOCTYPE a>\n<a/>', 'DTD, linje 1'],
    ['<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "file:///etc/passwd">\n<a/>', 'DTD, linje 2'],
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'DTD'],
    ['<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>', 'DTD'],
    ['<a>\n&x;</a>', 'en tegnreferanse (&…;) er ikke definert (linje 2)'],
    ['<a>&constructor;</a>', 'er ikke definert'],
    ['<a><b></a>', 'en sluttkode passer ikke'],
    ['<a></a></b>', 'en sluttkode passer ikke'],
    ['<a>\n<b>', 'elementet <b> er ikke lukket (linje 2)'],
    ['<a/><b/>', 'mer enn ett rotelement'],
    ['<a/>x', 'tekst utenfor rotelementet'],
    ['', 'ikke noe rotelement'],
    ['<!-- only -->', 'ikke noe rotelement'],
    ['<p:a/>', 'navneromsprefikset «p» er ikke erklært'],
    ['<a b="1" b="2"/>', 'samme attributt står to ganger'],
    ['<a b=1/>', 'tegn som ikke er lov'],
    ['<a>\u0001</a>', 'tegn som ikke er lov'],
    ['<?xml version="1.1"?><a>&#1;</a>', 'tegn som ikke er lov'],
    ['<a', 'ikke noe rotelement'],
    ['<a/><!-- ', 'filen slutter midt i et element'],
  ])('%j: %s', (text, why) => expect(whyNot(text)).toContain(why));

  it('has one sentence with the line', () => {
    expect(whyNot('<a>\n\n<b></c></a>')).toBe(
      'Filen er ikke gyldig XML: en sluttkode passer ikke til startkoden (linje 3).',
    );
  });

  it('reads 100 levels and refuses 101', () => {
    const nested = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels);
    expect(parseXml(nested(100)).ok).toBe(true);
    expect(whyNot(nested(101))).toBe('Filen har elementer i mer enn 100 nivåer (linje 1) og leses ikke.');
    expect(whyNot('<a>'.repeat(1_000_000))).toContain('100 nivåer');
  });

  it('reads 200 000 elements and refuses one more', () => {
    expect(parseXml(`<a>${'<b/>'.repeat(199_999)}</a>`).ok).toBe(true);
    expect(whyNot(`<a>${'<b/>'.repeat(200_000)}</a>`)).toContain('mer enn 200000 elementer');
  });
});

import { describe, expect, it } from 'vitest';
import { decodeText, MAX_FILE_BYTES } from '../../src/import/decode.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

function whyNot(bytes: Uint8Array): string {
  const decoded = decodeText(bytes);
  return decoded.ok ? 'was read' : decoded.why;
}

describe('decoding text', () => {
  it('reads UTF-8', () => {
    expect(decodeText(utf8('Blåbærsyltetøy – 5 €'))).toEqual({
      ok: true,
      text: 'Blåbærsyltetøy – 5 €',
      encoding: 'utf-8',
    });
  });

  it('strips the byte order mark, once', () => {
    expect(decodeText(utf8('\ufeffæ'))).toMatchObject({ text: 'æ', encoding: 'utf-8' });
    expect(decodeText(utf8('\ufeff\ufeffæ'))).toMatchObject({ text: '\ufeffæ' });
  });

  it('reads no bytes as no text', () => {
    expect(decodeText(new Uint8Array())).toEqual({ ok: true, text: '', encoding: 'utf-8' });
  });

  it('reads what is not UTF-8 and not XML as Windows-1252', () => {
    expect(decodeText(latin1('Dato;Beløp\r\n1;Kjøp \x80 \x96 \x92ÿ'))).toEqual({
      ok: true,
      text: 'Dato;Beløp\r\n1;Kjøp € – ’ÿ',
      encoding: 'windows-1252',
    });
  });

  it('reads every byte of Windows-1252 as a character of its own', () => {
    const bytes = Uint8Array.from({ length: 255 }, (_, index) => index + 1);
    const decoded = decodeText(bytes);
    const text = decoded.ok ? decoded.text : '';
    expect(text).toHaveLength(255);
    expect(new Set(text).size).toBe(255);
    expect(text.slice(0x7f, 0x9f)).toBe('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ');
  });

  it.each(['ISO-8859-1', 'iso-8859-1', 'Windows-1252', 'windows-1252'])(
    'reads XML that says it is %s',
    (name) => {
      const text = `<?xml version="1.0" encoding='${name}'?><a>Bjørn</a>`;
      expect(decodeText(latin1(text))).toEqual({ ok: true, text, encoding: 'windows-1252' });
    },
  );

  it('believes the bytes before the declaration', () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>Bjørn</a>';
    expect(decodeText(utf8(text))).toEqual({ ok: true, text, encoding: 'utf-8' });
  });
});

describe('refusing to decode', () => {
  it.each([
    ['XML that says UTF-8', latin1('<?xml version="1.0" encoding="UTF-8"?><a>ø</a>'), 'skal være UTF-8'],
    ['XML that says nothing', latin1('<a>ø</a>'), 'skal være UTF-8'],
    ['another encoding', latin1('<?xml version="1.0" encoding="KOI8-R"?><a>ø</a>'), 'tegnkodingen «koi8-r»'],
    ['a mark that is not kept', Uint8Array.of(0xef, 0xbb, 0xbf, 0xf8), 'er merket som UTF-8'],
    ['UTF-16, little end first', new Uint8Array(Buffer.from('\ufeff<a/>', 'utf16le')), 'UTF-16'],
    ['UTF-16, big end first', Uint8Array.of(0xfe, 0xff, 0, 0x3c), 'UTF-16'],
    ['UTF-16 without a mark', new Uint8Array(Buffer.from('<a/>', 'utf16le')), 'UTF-16'],
    ['what is not text', Uint8Array.of(0x89, 0x50, 0, 0, 0), 'ikke en tekstfil'],
  ])('%s', (_, bytes, why) => expect(whyNot(bytes)).toContain(why));

  it('refuses a file larger than the cap', () => {
    const bytes = new Uint8Array(MAX_FILE_BYTES + 1).fill(0x20);
    expect(whyNot(bytes)).toBe('Filen er større enn 20 MB og leses ikke.');
    expect(decodeText(bytes.subarray(1)).ok).toBe(true);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARCHIVE_LIMITS, isZip, readZip } from '../../src/import/archive.js';
import { zipOf, type ZipEntry } from '../support/zip.js';

const invoice: ZipEntry = { name: 'faktura.xml', content: '<Invoice/>' };

async function whyNot(zip: Uint8Array, limits = ARCHIVE_LIMITS): Promise<string> {
  const read = await readZip(zip, limits);
  return read.ok ? 'read' : read.why;
}

describe('a zip of files', () => {
  it('is unpacked in memory, also from subfolders and with Norwegian names', async () => {
    const zip = zipOf(
      invoice,
      { name: 'juni/blåbær.xml', content: '<æ/>' },
      { name: 'gammel\\windows.xml', content: 'x' },
    );
    expect(isZip(zip)).toBe(true);
    const read = await readZip(zip);
    if (!read.ok) throw new Error(read.why);
    expect(read.skipped).toEqual([]);
    expect(read.entries.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
      ['faktura.xml', '<Invoice/>'],
      ['juni/blåbær.xml', '<æ/>'],
      ['gammel/windows.xml', 'x'],
    ]);
  });

  it('may be empty', async () => {
    expect(isZip(zipOf())).toBe(true);
    expect(await readZip(zipOf())).toEqual({ ok: true, entries: [], skipped: [] });
  });

  it('leaves out folders and what systems put there by themselves', async () => {
    const litter = ['juni/', '__MACOSX/._faktura.xml', '.DS_Store', 'juni/Thumbs.db'];
    const read = await readZip(zipOf(...litter.map((name) => ({ name, content: '' })), invoice));
    expect(read).toMatchObject({ entries: [{ name: 'faktura.xml' }], skipped: [] });
  });

  it.each<[string, ZipEntry, string]>([
    ['a zip in it', { name: 'mer.zip', content: zipOf(invoice) }, 'selv en zip'],
    ['an encrypted file', { ...invoice, declared: { flags: 1 } }, 'kryptert'],
    ['an unknown way of packing', { ...invoice, declared: { method: 14 } }, 'ikke støttes'],
    ['a link', { ...invoice, mode: 0o120777 }, 'snarvei'],
  ])('says why it does not read %s', async (_, entry, why) => {
    const read = await readZip(zipOf({ name: 'god.xml', content: '<x/>' }, entry));
    expect(read).toMatchObject({
      entries: [{ name: 'god.xml' }],
      skipped: [{ name: entry.name, why: expect.stringContaining(why) as string }],
    });
  });
});

describe('refusing the whole archive', () => {
  it.each(['../faktura.xml', 'a/../../b.xml', '/etc/passwd', 'C:/a.xml', '..\\a.xml'])(
    'a name like %s',
    async (name) => {
      expect(await whyNot(zipOf(invoice, { name, content: 'x' }))).toContain('peker ut av mappen');
    },
  );

  const blank = Buffer.alloc(2 * 1024 * 1024, ' ');
  it.each<[string, Buffer, string]>([
    ['a bomb', zipOf({ name: 'a.xml', content: blank }), 'pakket så hardt'],
    ['a declared size that is not true', zipOf({ ...invoice, declared: { size: 3 } }), 'skadet'],
    ['a wrong checksum', zipOf({ ...invoice, declared: { crc: 1 } }), 'skadet'],
    ['half a file', zipOf(invoice).subarray(0, 60), 'skadet eller ikke hel'],
    ['a spreadsheet', zipOf({ name: '[Content_Types].xml', content: '<x/>' }), 'Lagre regnearket som CSV'],
  ])('%s', async (_, zip, why) => expect(await whyNot(zip)).toContain(why));

  it('more than the limits', async () => {
    const zip = zipOf(invoice, { name: 'b.xml', content: 'x'.repeat(100) });
    expect(await whyNot(zip, { ...ARCHIVE_LIMITS, entries: 1 })).toBe(
      'Zip-filen har 2 filer; det leses høyst 1.',
    );
    expect(await whyNot(zip, { ...ARCHIVE_LIMITS, entryBytes: 99 })).toContain('«b.xml»');
    expect(await whyNot(zip, { ...ARCHIVE_LIMITS, totalBytes: 109 })).toContain('del den opp');
    expect(await whyNot(zip, { ...ARCHIVE_LIMITS, entries: 2, entryBytes: 100, totalBytes: 110 })).toBe(
      'read',
    );
  });
});

it('never throws, and never gives other content, whatever is done to the bytes', async () => {
  const zip = zipOf(invoice, { name: 'b.xml', content: 'x'.repeat(300) });
  const whole = new Map([
    ['faktura.xml', '<Invoice/>'],
    ['b.xml', 'x'.repeat(300)],
  ]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { maxLength: 4 }),
      fc.nat(zip.length),
      async (edits, length) => {
        const bytes = Buffer.from(zip);
        for (const [at, byte] of edits) bytes[at] = byte;
        const read = await readZip(bytes.subarray(0, Math.max(length, zip.length - 5)));
        if (!read.ok) {
          expect(read.why).toMatch(/^\p{Lu}[^]*\.$/u);
          return;
        }
        for (const { name, bytes: content } of read.entries) {
          const expected = whole.get(name);
          if (expected !== undefined && edits.length < 2)
            expect(Buffer.from(content).toString()).toBe(expected);
        }
      },
    ),
    { numRuns: 500 },
  );
});

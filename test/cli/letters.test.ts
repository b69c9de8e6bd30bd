import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { getDocumentProxy } from 'unpdf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADDRESS, CONSUMER, Desk, readPdf, sha256, shareBrowser, type RunData } from '../support/cli.js';

const DAY = '2026-08-20';

shareBrowser();

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});

async function metaOf(path: string): Promise<Record<string, unknown>> {
  const document = await getDocumentProxy(new Uint8Array(readFileSync(path)));
  return (await document.getMetadata()).info as Record<string, unknown>;
}

describe('the language of a letter is the debtor’s', () => {
  it.each([
    ['nb', 'nb-NO', 'Purring – faktura 1001', 'Slik er kravet regnet ut'],
    ['nn', 'nn-NO', 'Purring – faktura 1001', 'Slik er kravet rekna ut'],
    ['en', 'en-GB', 'Reminder (purring) – invoice 1001', 'How the claim is calculated'],
  ])('%s', async (language, locale, title, words) => {
    await desk.add(DAY, ...CONSUMER, '--language', language);
    const [letter] = (await desk.run(DAY)).letters;
    expect((await readPdf(letter?.pdf ?? '')).text).toContain(words);
    expect(await metaOf(letter?.pdf ?? '')).toMatchObject({ Language: locale, Title: title });
  });
});

describe('L7: a letter on paper has the address of who it is to', () => {
  const bare = ['--invoice', '7', '--amount', '1000', '--due', '2026-08-03', '--debtor', 'Ola Oppdiktet'];

  it.each<[string, readonly string[], string, string]>([
    ['none of it', [], 'gateadresse, postnummer og poststed', '--address … --zip … --city …'],
    ['no postal code', ['--address', 'Tenktveien 3', '--city', 'Oslo'], 'postnummer', '--zip …'],
    ['no town abroad', ['--address', 'Box 1', '--country', 'SE'], 'poststed', '--city …'],
  ])('with %s the run says so, and the way out', async (_what, address, missing, flags) => {
    await desk.add(DAY, ...bare, '--type', 'consumer', ...address);
    expect(await lacking('run', '--dry-run')).toEqual([
      `Sak 1: brevet mangler skyldnerens ${missing}. Registrer det med «inkasso debtor edit 1 ${flags}», trekk brevet tilbake og lag det på nytt.`,
    ]);
    await desk.ok(DAY, 'debtor', 'edit', '1', ...ADDRESS);
    expect(await lacking('run', '--dry-run')).toEqual([]);
  });

  it('one that may go by e-mail does without, unless it is confirmed as posted', async () => {
    await desk.add(DAY, ...bare, '--type', 'consumer', '--email', 'ola@kunde.example');
    expect(await lacking('run', '--dry-run')).toHaveLength(1);
    await desk.ok(DAY, 'debtor', 'edit', '1', '--electronic-basis', 'svarte på fakturaen fra adressen');
    expect(await lacking('run', '--dry-run')).toEqual([]);
    expect(await lacking('run', '--dry-run', '--sent')).toHaveLength(1);
  });

  async function lacking(...args: readonly string[]): Promise<string[]> {
    const { document } = await desk.json(DAY, args);
    return document.warnings.flatMap(({ code, message }) => (code === 'NO_ADDRESS' ? [message] : []));
  }
});

describe('a letter that may be read on a screen', () => {
  it('is tagged for screen readers, also when the paper letters of the day are printed together', async () => {
    for (const name of ['Kari', 'Ola', 'Per', 'Eva']) {
      const mail = name === 'Eva' ? ['--email', 'eva@kunde.example'] : [];
      const claim = ['--invoice', name, '--amount', '1000', '--due', '2026-08-03', '--type', 'consumer'];
      await desk.add(DAY, ...claim, '--debtor', `${name} Oppdiktet`, ...ADDRESS, ...mail);
    }
    await desk.ok(DAY, 'debtor', 'edit', '4', '--electronic-basis', 'svarte på fakturaen fra adressen');
    const { letters } = await desk.run(DAY);
    const tagged = async (path: string): Promise<boolean> => {
      const document = await getDocumentProxy(new Uint8Array(readFileSync(path)));
      return (await document.getMarkInfo())?.Marked === true;
    };
    const marks = await Promise.all(letters.map(({ pdf }) => tagged(pdf)));
    expect(marks).toEqual([false, false, false, true]);
  });
});

describe('the same data gives the same letter', () => {
  const clocks = [
    ['2026-08-20T09:00:00Z', 'Europe/Oslo'],
    ['2026-12-24T23:30:00Z', 'Pacific/Kiritimati'],
    ['2027-01-01T00:30:00Z', 'Pacific/Pago_Pago'],
  ] as const;
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('to the byte, whatever the clock and the time zone of the machine', async () => {
    const hashes: string[][] = [];
    for (const [now, tz] of clocks) {
      process.env['TZ'] = tz;
      const other = await Desk.open();
      await other.add(DAY, ...CONSUMER);
      await other.add(DAY, ...CONSUMER, '--invoice', '1002', '--language', 'en');
      const { document } = await other.json<RunData>(DAY, ['run', '--appendix'], { now });
      hashes.push(document.data.letters.map(({ sha256: hash }) => hash));
    }
    expect(hashes[0]).toHaveLength(2);
    expect(new Set(hashes.map((list) => list.join())).size).toBe(1);
  });
});

describe('letter verify', () => {
  it('knows the letter that was sent, and one that is changed in a single byte is not it', async () => {
    await desk.add(DAY, ...CONSUMER);
    const [made] = (await desk.run(DAY)).letters;
    const pdf = readFileSync(made?.pdf ?? '');
    await desk.ok(DAY, 'withdraw', '--letter', '1', '--reason', 'prøve');
    const withdrawn = await desk.on(DAY, 'letter', 'verify', made?.pdf ?? '');
    expect(withdrawn.stdout).toContain('brev 1: Purring i sak 1, trukket tilbake.');
    // The same day and data: the same bytes, and now they have been sent.
    const [again] = (await desk.run(DAY, '--sent')).letters;
    expect(again?.sha256).toBe(made?.sha256);
    expect(await desk.ok(DAY, 'letter', 'verify', again?.pdf ?? '')).toMatchObject({
      match: true,
      letter: 2,
      state: 'sent',
      sentOn: DAY,
    });
    const changed = Buffer.from(pdf);
    changed[200] = (changed[200] ?? 0) ^ 1;
    const file = desk.write('endret.pdf', changed);
    const { code, document } = await desk.json<{ match: boolean }>(DAY, ['letter', 'verify', file]);
    expect({ code, match: document.data.match }).toEqual({ code: 6, match: false });
    expect(await desk.refused(DAY, 'letter', 'verify', 'finnes-ikke.pdf')).toMatchObject({ exit: 2 });
  });
});

describe('--appendix', () => {
  it('adds how every krone comes about as the last page of the letter that is kept', async () => {
    await desk.add(DAY, ...CONSUMER);
    const [plain] = (await desk.run(DAY)).letters;
    const before = await readPdf(plain?.pdf ?? '');
    await desk.ok(DAY, 'withdraw', '--letter', '1', '--reason', 'med vedlegg');
    const [letter] = (await desk.run(DAY, '--appendix')).letters;
    const after = await readPdf(letter?.pdf ?? '');
    expect(after.pages).toBe(before.pages + 1);
    expect(after.text).toContain('Vedlegg: renter og kostnader');
    expect(after.text).toContain('12 500,00 × 12,25 % × 17 av 365 dager');
    expect(after.text).toContain('1/20 × 750 kr, avrundet til hele kroner');
    expect(after.text).toContain('inkassoforskriften § 1-2');
    expect(letter?.sha256).toBe(sha256(readFileSync(letter?.pdf ?? '')));
    const verified = await desk.ok<{ match: boolean; letter: number }>(
      DAY,
      'letter',
      'verify',
      letter?.pdf ?? '',
    );
    expect(verified).toMatchObject({ match: true, letter: letter?.id });
  });
});

describe('template', () => {
  const own = (): string => desk.path('maler', 'nb', 'purring.hbs');

  it('eject copies a letter to where it is used, and run uses what it says', async () => {
    const ejected = await desk.ok<{ file: string }>(DAY, 'template', 'eject', 'purring');
    expect(ejected.file).toBe(own());
    await desk.ok(DAY, 'template', 'lint', own());
    writeFileSync(own(), `${readFileSync(own(), 'utf8')}<p>Takk for at du ordner opp.</p>`);
    await desk.add(DAY, ...CONSUMER);
    const [letter] = (await desk.run(DAY)).letters;
    expect((await readPdf(letter?.pdf ?? '')).text).toContain('Takk for at du ordner opp.');
    expect(await desk.refused(DAY, 'template', 'eject', 'purring')).toMatchObject({ exit: 2 });
  });

  it('a template that fails is never used: its letters wait, and the paragraph is named', async () => {
    mkdirSync(desk.path('maler', 'nb'), { recursive: true });
    writeFileSync(own(), '<p>Betal {{total}} nå!</p>');
    await desk.add(DAY, ...CONSUMER);
    const { letters, held } = await desk.run(DAY);
    expect(letters).toEqual([]);
    expect(held).toMatchObject([{ case: 1, rule: 'L7', hjemmel: 'inkassoloven § 8' }]);
    expect(await desk.refused(DAY, 'template', 'lint', own())).toMatchObject({
      exit: 3,
      rule: 'L7',
      hjemmel: 'inkassoloven § 8',
    });
    expect(await desk.refused(DAY, 'template', 'preview', 'purring')).toMatchObject({ exit: 3, rule: 'L7' });
    const check = await desk.json<{ findings: { code: string }[] }>(DAY, ['check']);
    expect(check).toMatchObject({ code: 6, document: { data: { findings: [{ code: 'TEMPLATE' }] } } });
    const { templates } = await desk.ok<{ templates: { source: string; ok: boolean }[] }>(DAY, 'template');
    expect(templates.filter(({ ok }) => !ok)).toMatchObject([
      { letter: 'purring', language: 'nb', source: 'own' },
    ]);
  });

  it('lint refuses what is no template', async () => {
    const file = desk.write('purring.hbs', '{{{total}}}');
    expect(await desk.refused(DAY, 'template', 'lint', file)).toMatchObject({ exit: 2, code: 'TEMPLATE' });
    expect(await desk.refused(DAY, 'template', 'lint', desk.write('brev.hbs', ''))).toMatchObject({
      exit: 2,
    });
    const binary = desk.write('rentenota.hbs', new Uint8Array([0xff, 0xfe, 0x00]));
    expect(await desk.refused(DAY, 'template', 'lint', binary)).toMatchObject({ exit: 2 });
    expect(await desk.refused(DAY, 'template', 'lint', 'finnes-ikke.hbs')).toMatchObject({ exit: 2 });
    expect(await desk.refused(DAY, 'template', 'eject', 'kravbrev')).toMatchObject({ exit: 2 });
  });

  it('preview prints a letter with the creditor’s own name', async () => {
    const data = await desk.ok<{ pdf: string; pages: number }>(
      ...([DAY, 'template', 'preview', 'inkassovarsel', '--language', 'en', '--out', 'v.pdf'] as const),
    );
    expect(data).toMatchObject({ pages: 1, pdf: desk.path('v.pdf') });
    expect((await readPdf(data.pdf)).text).toContain('Prøveverkstedet Æ Ø Å AS');
  });
});

describe('a logo', () => {
  const PNG =
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxAADCBYDAwAlAgEBIX7F5wAAAABJRU5ErkJggg==';

  it('is read from a file, kept in the database and printed in the letters', async () => {
    const file = desk.write('logo.png', Buffer.from(PNG, 'base64'));
    await desk.ok(DAY, 'config', 'set', 'logo', file);
    rmSync(file);
    const { stdout } = await desk.on(DAY, 'config', 'get', 'logo');
    expect(stdout).toBe('PNG, 1 kB\n');
    await desk.add(DAY, ...CONSUMER);
    const [letter] = (await desk.run(DAY)).letters;
    expect(readFileSync(letter?.pdf ?? '').includes('/Subtype /Image')).toBe(true);
    await desk.ok(DAY, 'config', 'set', 'logo', '');
    expect(await desk.ok(DAY, 'config', 'get', 'logo')).toEqual({ key: 'logo', value: null });
  });

  it.each([
    ['no file', null],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a name that lies', 'GIF89a'],
    ['too large', new Uint8Array(200_001)],
    [
      'far too wide',
      Buffer.concat([Buffer.from(PNG, 'base64').subarray(0, 16), Buffer.from('0001000000000001', 'hex')]),
    ],
    ['half a JPEG', Buffer.from('ffd8ffe0', 'hex')],
  ])('is refused when it is %s', async (_what, content) => {
    const path = content === null ? 'finnes-ikke.png' : desk.write('logo.png', content);
    expect(await desk.refused(DAY, 'config', 'set', 'logo', path)).toMatchObject({ exit: 2 });
    expect(await desk.ok(DAY, 'config', 'get', 'logo')).toEqual({ key: 'logo', value: null });
  });
});

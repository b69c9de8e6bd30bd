import { PDFDocument } from '@cantoo/pdf-lib';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Desk, kroner, readPdf, sha256, shareBrowser, type ShownCase } from '../support/cli.js';

shareBrowser();

interface Exported {
  readonly pdf: string;
  readonly json: string | null;
  readonly pages: number;
  readonly enclosures: readonly { readonly title: string; readonly pages: number }[];
  readonly claim: { readonly openOre: number };
  readonly courtFeeOre: number | null;
}

const KARI = [
  ...['--invoice', '1001', '--amount', '12500', '--due', '2026-03-02', '--issued', '2026-02-16'],
  ...['--debtor', 'Kari Anne Oppdiktet', '--type', 'consumer', '--address', 'Tenktveien 3', '--zip', '0350'],
  ...['--city', 'Oslo', '--description', 'Reparasjon av <varmepumpe> & rør', '--kid', '00100107'],
];
const AERLIG = [
  ...['--invoice', '1002', '--amount', '43210,50', '--due', '2026-03-02', '--debtor', 'Ærlig Øl & Åpent AS'],
  ...[
    '--type',
    'business',
    '--orgnr',
    '313000001',
    '--address',
    'Sjøgata 4',
    '--zip',
    '5003',
    '--city',
    'Bergen',
  ],
];
const READY = '2026-05-18';

let desk: Desk;

/** Two claims whose betalingsoppfordring, with the notice of § 4-18, was sent on 28 April and is missed. */
beforeAll(async () => {
  desk = await Desk.open();
  await desk.ok('2026-03-01', 'config', 'set', 'nextStep', 'namsmann');
  await desk.add('2026-03-05', ...KARI);
  await desk.add('2026-03-05', ...AERLIG);
  for (const day of ['2026-03-17', '2026-04-08', '2026-04-28']) await desk.run(day, '--sent');
  await desk.ok('2026-05-04', 'pay', '1', '2000');
});

async function textOf(path: string): Promise<string> {
  return (await readPdf(path)).text;
}

async function invoicePdf(): Promise<string> {
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText('FAKTURA 1001 SLIK DEN BLE SENDT', { x: 60, y: 700 });
  document.addPage([595, 842]);
  return desk.write('faktura.pdf', await document.save());
}

describe('export utlegg', () => {
  it('is refused until the deadline and the two weeks are out, naming the day', async () => {
    const error = await desk.refused('2026-05-08', 'export', 'utlegg', '1');
    expect(error).toMatchObject({ exit: 3, code: 'REFUSED', rule: 'L3', until: '2026-05-18' });
    expect(error.message).toContain('de to ukene er ute først 13.05.2026');
    expect(existsSync(desk.path('sak-1-utlegg.pdf'))).toBe(false);
  });

  it('has every field of § 5-2, and invoice, letters and calculation behind it in order', async () => {
    const invoice = await invoicePdf();
    const flags = ['--invoice', invoice, '--debtor-birthdate', '17.05.1964', '--to', 'Namsfogden i Oslo'];
    const done = await desk.ok<Exported>(READY, 'export', 'utlegg', '1', ...flags);
    const { claim } = await desk.show(READY, '1');
    expect(done.enclosures.map(({ title }) => title)).toEqual([
      'Faktura 1001',
      'Purring sendt 17.03.2026',
      'Inkassovarsel sendt 08.04.2026',
      'Betalingsoppfordring sendt 28.04.2026',
      'Utregning av kravet',
    ]);
    const { pages, text } = await readPdf(done.pdf);
    expect(pages).toBe(done.pages);
    for (const words of [
      'Begjæring om utlegg',
      'Namsfogden i Oslo',
      'Prøveverkstedet Æ Ø Å AS',
      '312 000 008',
      'Kari Anne Oppdiktet',
      'Tenktveien 3, 0350 Oslo',
      '17.05.1964',
      'Reparasjon av <varmepumpe> & rør',
      `Sum 18.05.2026 ${kroner(claim.openOre)}`,
      `forsinkelsesrenteloven § 3 av ${kroner(claim.principalOre)} kr fra 19.05.2026`,
      '7-2 bokstav f',
      'betalingsoppfordring sendt 28.04.2026',
      'Sendt 28.04.2026. Fristen på to uker var ute 12.05.2026.',
      '928,00 kr',
      'Bilag 1: Faktura 1001 (2 sider)',
      'Underskrift',
    ]) {
      expect(text).toContain(words);
    }
    const places = [
      'FAKTURA 1001 SLIK DEN BLE SENDT',
      'Bilag 1 – side 2 av 2',
      'Bilag 2 – side 1 av 1',
      'Bilag 4 – side 1 av 1',
      'Bilag 5 – side 1 av 1',
    ].map((words) => text.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
  });

  it('leaves a line for what is not stored, and stores nothing of what was said', async () => {
    const before = desk.stored().tables;
    const done = await desk.ok<Exported>(READY, 'export', 'utlegg', '1', '--out', desk.path('uten.pdf'));
    expect(await textOf(done.pdf)).toContain(
      'Fødselsdato eller fødselsnummer Fylles ut for hånd; det lagres ikke.',
    );
    await desk.ok(READY, 'export', 'utlegg', '1', '--debtor-birthdate', '1964-05-17');
    expect(desk.stored().tables).toEqual(before);
  });

  it('comes as data too, each part of the claim apart and adding up to the claim', async () => {
    const out = desk.path('data.pdf');
    const done = await desk.ok<Exported>(
      READY,
      'export',
      'utlegg',
      '1',
      '--out',
      out,
      '--debtor-birthdate',
      '1964-05-17',
    );
    expect(done.json).toBe(desk.path('data.json'));
    const model = JSON.parse(readFileSync(desk.path('data.json'), 'utf8')) as Model;
    const { claim } = await desk.show(READY, '1');
    expect(model).toMatchObject({
      tvangsfullbyrdelsestype: 'utlegg',
      begjaeringsdato: READY,
      kreverRettsgebyrErstattet: true,
      betalingsinformasjon: { norskKonto: { kontonummer: '15031234562', kidnummer: '00100107' } },
    });
    expect(model.saksoekt[0]?.saksoekt.person).toEqual({
      personnavn: { fornavn: 'Kari Anne', etternavn: 'Oppdiktet' },
      foedselsdato: '1964-05-17',
    });
    const rest = new Map(model.kravTilInnkreving.map((one) => [one.kravdetaljer, one]));
    const ore = (kravdetaljer: string): number =>
      Math.round((rest.get(kravdetaljer)?.gjenstaaendeBeloep.beloep ?? 0) * 100);
    expect(ore('Hovedkrav')).toBe(claim.principalOre);
    expect(ore('Rentekrav')).toBe(claim.interestOre);
    expect(ore('Hovedkrav') + ore('Rentekrav') + ore('UtenrettsligeKostnader')).toBe(claim.openOre);
    expect(rest.get('Hovedkrav')?.kravforfall).toEqual({ forfallsdato: '2026-03-02' });
    expect(rest.get('Rentekrav')).not.toHaveProperty('kravforfall');
    expect(rest.get('Rentekrav')?.relatertKrav).toEqual([rest.get('Hovedkrav')?.innsendersKravreferanse]);
    for (const one of model.kravTilInnkreving) {
      const paid = (one.innbetaling ?? []).reduce(
        (sum, each) => sum + Math.round(each.beloep.beloep * 100),
        0,
      );
      expect(Math.round(one.opprinneligBeloep.beloep * 100) - paid).toBe(
        Math.round(one.gjenstaaendeBeloep.beloep * 100),
      );
    }
    const [basis] = model.begjaeringensTvangsgrunnlag;
    expect(basis?.varsel).toMatchObject([{ dato: '2026-04-28', type: 'varselTvfbl418' }]);
    expect(basis?.innsendersKravreferanse).toEqual(
      model.kravTilInnkreving.map((one) => one.innsendersKravreferanse),
    );
  });

  it('says what the data lacks', async () => {
    const { document } = await desk.json(READY, ['export', 'utlegg', '1']);
    expect(document.warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['MANGLER_OPPLYSNINGER_OM_SAKSOEKT', 'NAME_SPLIT', 'NO_INVOICE']),
    );
  });

  it('is refused without a notice, and takes the day of one sent otherwise', async () => {
    const other = await Desk.open();
    await other.add('2026-03-05', ...AERLIG);
    for (const day of ['2026-03-17', '2026-04-08', '2026-04-28']) await other.run(day, '--sent');
    const error = await other.refused(READY, 'export', 'utlegg', '1');
    expect(error).toMatchObject({ exit: 3, rule: 'E1' });
    expect(error.hint).toContain('--notice');
    const done = await other.ok<Exported>(READY, 'export', 'utlegg', '1', '--notice', '2026-04-30');
    expect(await textOf(done.pdf)).toContain('Varsel etter § 4-18 Sendt 30.04.2026');
    const late = await other.refused('2026-11-20', 'export', 'utlegg', '1', '--notice', '2026-10-30');
    expect(late).toMatchObject({ exit: 3, rule: 'E2' });
  });

  it.each([
    [['--debtor-birthdate', '31.02.1964'], 'fødselsdato'],
    [['--debtor-birthdate', '2030-01-01'], 'fødselsdato'],
    [['--notice', '2026-09-01'], 'framtiden'],
    [['--notice', '2026-01-01'], 'forfallsdagen'],
    [['--invoice', 'finnes-ikke.pdf'], 'Fant ikke filen'],
  ])('says what is wrong with %j', async (flags, words) => {
    const error = await desk.refused(READY, 'export', 'utlegg', '1', ...flags);
    expect(error).toMatchObject({ exit: 2 });
    expect(error.message).toContain(words);
  });

  it('refuses an enclosure that is no PDF', async () => {
    const path = desk.write('ikke.pdf', 'dette er tekst');
    const error = await desk.refused(READY, 'export', 'utlegg', '1', '--enclose', path);
    expect(error).toMatchObject({
      exit: 2,
      message: expect.stringContaining('lar seg ikke lese som PDF') as string,
    });
  });
});

interface Model {
  readonly tvangsfullbyrdelsestype: string;
  readonly saksoekt: readonly { readonly saksoekt: { readonly person?: unknown } }[];
  readonly kravTilInnkreving: readonly {
    readonly innsendersKravreferanse: string;
    readonly kravdetaljer: string;
    readonly kravforfall?: unknown;
    readonly relatertKrav?: readonly string[];
    readonly opprinneligBeloep: { readonly beloep: number };
    readonly gjenstaaendeBeloep: { readonly beloep: number };
    readonly innbetaling?: readonly { readonly beloep: { readonly beloep: number } }[];
  }[];
  readonly begjaeringensTvangsgrunnlag: readonly {
    readonly varsel: unknown;
    readonly innsendersKravreferanse: readonly string[];
  }[];
}

describe('export konkursvarsel', () => {
  it('is only for a debtor bound to keep accounts', async () => {
    expect(await desk.refused(READY, 'export', 'konkursvarsel', '1')).toMatchObject({ exit: 3, rule: 'E5' });
    const error = await desk.refused(READY, 'export', 'konkursvarsel', '2');
    expect(error).toMatchObject({ exit: 3, rule: 'E5' });
    expect(error.hint).toContain('--accounting-liable');
  });

  it('demands the claim within two weeks of the service, with the court fee beside it and not in it', async () => {
    const done = await desk.ok<Exported>(READY, 'export', 'konkursvarsel', '2', '--accounting-liable');
    const { claim } = await desk.show(READY, '2');
    expect(done.courtFeeOre).toBe(67_200);
    expect(done.claim.openOre).toBe(claim.openOre);
    const text = await textOf(done.pdf);
    expect(text).toContain(
      `betale ${kroner(claim.openOre)} kr innen to uker fra dette varselet blir forkynt`,
    );
    expect(text).toContain('begjære konkurs åpnet');
    expect(text).not.toContain('672,00');
    expect(await textOf(desk.path('sak-2-konkursvarsel-veiledning.pdf'))).toContain('672,00 kr');
  });
});

describe('a disputed claim, and a bankruptcy', () => {
  it('goes to forliksrådet and not to the namsmann', async () => {
    const other = await Desk.open();
    await other.add('2026-03-05', ...AERLIG);
    await other.run('2026-03-17', '--sent');
    expect(await other.refused('2026-03-20', 'export', 'forliksklage', '1')).toMatchObject({
      exit: 3,
      rule: 'L3',
    });
    await other.ok('2026-03-20', 'dispute', '1', '--reason', 'Varene var bedervet');
    const error = await other.refused('2026-03-20', 'export', 'utlegg', '1');
    expect(error).toMatchObject({ exit: 3, rule: 'S1' });
    expect(error.message).toContain('forliksrådet');
    const done = await other.ok<Exported>('2026-03-20', 'export', 'forliksklage', '1');
    expect(done.courtFeeOre).toBe(207_100);
    const text = await textOf(done.pdf);
    const { claim } = await other.show('2026-03-20', '1');
    expect(text).toContain('Varene var bedervet');
    expect(text).toContain(`Sum krav ${kroner(claim.openOre)}`);
    expect(text).toContain('2 071,00');
    expect(text).toContain(`dømmes til å betale ${kroner(claim.openOre)} kr`);
  });

  it('is filed with the bostyrer with interest to the opening day and no further', async () => {
    const other = await Desk.open();
    await other.add('2026-03-05', ...AERLIG);
    await other.run('2026-03-17', '--sent');
    expect(await other.refused('2026-04-20', 'export', 'fordringsanmeldelse', '1')).toMatchObject({
      exit: 3,
      rule: 'S4',
    });
    const opening = (await other.show('2026-04-10', '1')).claim;
    await other.ok('2026-04-20', 'stop', '1', '--because', 'bankruptcy', '--date', '2026-04-10');
    const done = await other.ok<Exported>(
      '2026-04-22',
      'export',
      'fordringsanmeldelse',
      '1',
      '--to',
      'Advokat Ola Oppdiktet',
    );
    expect(done.claim.openOre).toBe(opening.openOre);
    const text = await textOf(done.pdf);
    expect(text).toContain('Konkursen ble åpnet 10.04.2026');
    expect(text).toContain('Advokat Ola Oppdiktet');
    expect(text).toContain(`Det meldte kravet er ${kroner(opening.openOre)} kr`);
    expect(text).toContain('–10.04.2026');
    expect(await other.refused('2026-04-22', 'export', 'utlegg', '1')).toMatchObject({ exit: 3, rule: 'S4' });
  });
});

describe('export handover', () => {
  it('makes a folder with a cover, the claim as CSV and JSON, and every document', async () => {
    const done = await desk.ok<{ folder: string; files: string[] }>(
      READY,
      'export',
      'handover',
      '2',
      '--to',
      'Oppdiktet Inkasso AS',
    );
    const record = JSON.parse(readFileSync(join(done.folder, 'krav.json'), 'utf8')) as {
      claim: { openOre: number };
      documents: { file: string }[];
      letters: { sentOn: string }[];
    };
    const { claim } = await desk.show(READY, '2');
    expect(record.claim.openOre).toBe(claim.openOre);
    expect(record.letters.map(({ sentOn }) => sentOn)).toEqual(['2026-03-17', '2026-04-08', '2026-04-28']);
    for (const { file } of record.documents) expect(existsSync(join(done.folder, file))).toBe(true);
    expect(record.documents).toHaveLength(4);
    const [header = '', row = ''] = readFileSync(join(done.folder, 'krav.csv'), 'utf8')
      .replace('\ufeff', '')
      .split('\n');
    const cells = Object.fromEntries(header.split(';').map((name, index) => [name, row.split(';')[index]]));
    expect(cells).toMatchObject({
      skyldner: 'Ærlig Øl & Åpent AS',
      postnr: '5003',
      sum: kroner(claim.openOre).replaceAll(' ', ''),
      omtvistet: 'nei',
    });
    expect(await textOf(join(done.folder, '00-overlevering.pdf'))).toContain('Oppdiktet Inkasso AS');
  });

  it('is refused for a claim that is paid', async () => {
    const other = await Desk.open();
    await other.add('2026-03-05', ...AERLIG);
    await other.ok('2026-03-06', 'pay', '1', '43500');
    expect(await other.refused('2026-03-10', 'export', 'handover', '1')).toMatchObject({
      exit: 3,
      rule: 'S8',
    });
  });
});

describe('export dossier', () => {
  it('tells the whole case, with the hashes a reader can check', async () => {
    const done = await desk.ok<{ pdf: string; pages: number; head: { seq: number; hash: string } }>(
      READY,
      'export',
      'dossier',
      '1',
    );
    const { pages, text } = await readPdf(done.pdf);
    expect(pages).toBe(done.pages);
    const shown: ShownCase = await desk.show(READY, '1');
    for (const { sha256: hash } of shown.letters) expect(text).toContain(hash);
    const letter = await desk.ok<{ pdf: string }>(READY, 'letter', '1', '--out', desk.path('brev.pdf'));
    expect(text).toContain(sha256(readFileSync(letter.pdf)));
    expect(text).toContain(`hendelse ${done.head.seq}: ${done.head.hash}`);
    expect(text).toContain('Innbetalt 2 000,00 kr.');
    expect(text).toContain('Betalingsoppfordring (brev 5) ble laget');
    expect(text).toContain('Bilag 3 – side 1 av 1');
    expect(text).toContain(`Åpent 18.05.2026 ${kroner(shown.claim.openOre)}`);
  });
});

describe('debtor export --pdf (personvernforordningen article 15)', () => {
  it('shows the debtor everything that is stored, the letters too, and is no poorer than the JSON', async () => {
    await desk.ok('2026-05-05', 'debtor', 'edit', '1', '--address', 'Nyveien 9');
    await desk.ok('2026-05-05', 'note', '1', 'Ringte og lovet å betale', '--phone');
    const out = desk.path('innsyn.json');
    const done = await desk.ok<{ file: string; pdf: string }>(
      READY,
      ...['debtor', 'export', '1', '--out', out, '--pdf', desk.path('innsyn.pdf')],
    );
    const { pages, text } = await readPdf(done.pdf);
    const stored = JSON.parse(readFileSync(done.file, 'utf8')) as {
      debtor: Record<string, unknown>;
      cases: { letters: { pages: number }[]; events: unknown[] }[];
    };
    for (const value of Object.values(stored.debtor)) {
      if (typeof value === 'string' && value.length > 2 && !['consumer'].includes(value))
        expect(text).toContain(value);
    }
    expect(text).toContain('Registrert fram til 05.05.2026');
    expect(text).toContain('Tenktveien 3');
    expect(text).toContain('Notat (telefon): Ringte og lovet å betale');
    expect(text).toContain('Bilag 3 – side 1 av 1');
    expect(pages).toBeGreaterThan((stored.cases[0]?.letters.length ?? 0) + 1);
  });
});

import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, expect, vi } from 'vitest';
import type { Printer } from '../../src/io/pdf.js';
import { run } from '../../src/main.js';
import type { Keyboard } from '../../src/terminal/prompts.js';

// Starting a browser takes seconds on a machine that has other things to do.
vi.setConfig({ testTimeout: 120_000 });

const browser: { shared: boolean; printer: Promise<Printer> | null } = { shared: false, printer: null };

vi.mock(import('../../src/io/pdf.js'), async (original) => {
  const real = await original();
  return {
    ...real,
    openPrinter: async (options) => {
      const named = options.env['INKASSO_BROWSER'] !== process.env['INKASSO_BROWSER'];
      if (named || !browser.shared) return real.openPrinter(options);
      browser.printer ??= real.openPrinter(options);
      const printer = await browser.printer;
      const { batch, abreast } = printer;
      return {
        batch,
        abreast,
        print: (...letter) => printer.print(...letter),
        printAll: (jobs) => printer.printAll(jobs),
        close: () => Promise.resolve(),
      };
    },
  };
});

/** Keeps one browser running for all the commands of a test file: starting it is what takes time. */
export function shareBrowser(): void {
  browser.shared = true;
  afterAll(async () => {
    await (await browser.printer)?.close();
  });
}

// What the contract says comes back ------------------------------------------------------------------------

export interface Notice {
  readonly code: string;
  readonly message: string;
}

export interface Envelope<T = unknown> {
  readonly schemaVersion: number;
  readonly command: string;
  readonly asOf: string;
  readonly data: T;
  readonly warnings: readonly Notice[];
}

export interface Failure {
  readonly exit: number;
  readonly command: string;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly rule?: string;
  readonly hjemmel?: string;
  readonly until?: string;
}

export interface Ground {
  readonly rule: string;
  readonly hjemmel: string;
  readonly text: string;
}

export interface RunLetter {
  readonly id: number;
  readonly case: number;
  readonly invoice: string;
  readonly step: string;
  readonly date: string;
  readonly deadline: string;
  readonly principalOre: number;
  readonly interestOre: number;
  readonly costsOre: number;
  readonly feeOre: number;
  readonly totalOre: number;
  readonly pdf: string;
  readonly sha256: string;
  readonly reasons: readonly Ground[];
}

export interface Held {
  readonly case: number;
  readonly invoice: string;
  readonly rule: string;
  readonly hjemmel: string;
  readonly reason: string;
  readonly until: string | null;
}

export interface RunData {
  readonly batch: number | null;
  readonly letters: readonly RunLetter[];
  readonly held: readonly Held[];
  readonly waiting: readonly { letter: number; case: number; invoice: string; since: string }[];
  readonly print: string | null;
}

export interface ShownLetter {
  readonly id: number;
  readonly step: string;
  readonly state: 'generated' | 'sent' | 'withdrawn';
  readonly date: string;
  readonly sentOn: string | null;
  readonly deadline: string;
  readonly feeOre: number;
  readonly totalOre: number;
  readonly sha256: string;
  readonly pages: number;
}

export interface InterestLine {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly yearDays: number;
  readonly rate: string;
  readonly baseOre: number;
  readonly amountOre: number;
}

export interface ShownCase {
  readonly number: number;
  readonly invoice: string;
  readonly status: string;
  readonly debtor: { readonly name: string; readonly type: string };
  readonly issued: string | null;
  readonly due: string;
  readonly effectiveDue: string;
  readonly policy: string;
  readonly charge: string;
  readonly claim: {
    readonly asOf: string;
    readonly principalOre: number;
    readonly interestOre: number;
    readonly costsOre: number;
    readonly paidOre: number;
    readonly openOre: number;
    readonly creditOre: number;
    readonly interestLines: readonly InterestLine[];
    readonly costLines: readonly { kind: string; amountOre: number; rule: string; hjemmel: string }[];
  };
  readonly next: {
    readonly step: string | null;
    readonly earliest: string | null;
    readonly reason: string;
    readonly rule: string;
    readonly hjemmel: string;
  };
  readonly limitation: { readonly date: string };
  readonly letters: readonly ShownLetter[];
  readonly events: readonly { version: number; type: string; happenedOn: string; recordedAt: string }[];
}

export interface ListedCase {
  readonly number: number;
  readonly invoice: string;
  readonly debtor: string;
  readonly status: string;
  readonly due: string;
  readonly openOre: number;
}

export interface Bucket {
  readonly key: string;
  readonly count: number;
  readonly openOre: number;
}

export interface ReportData {
  readonly ageing: {
    readonly buckets: readonly Bucket[];
    readonly totalOre: number;
    readonly debtors: readonly { readonly buckets: readonly Bucket[]; readonly totalOre: number }[];
  };
  readonly writeoff: readonly {
    readonly case: number;
    readonly openOre: number;
    readonly reasons: readonly { readonly code: string; readonly rule: string; readonly text: string }[];
  }[];
}

// The parties. All made up ---------------------------------------------------------------------------------

export const CREDITOR = {
  name: 'Prøveverkstedet Æ Ø Å AS',
  orgnr: '312000008',
  shownOrgnr: '312 000 008',
  account: '15031234562',
  shownAccount: '1503 12 34562',
  email: 'post@proveverkstedet.example',
} as const;

export const INIT = [
  ...['--name', CREDITOR.name, '--orgnr', CREDITOR.orgnr, '--address', 'Prøvegata 1', '--zip', '0155'],
  ...['--city', 'Oslo', '--account', CREDITOR.account, '--email', CREDITOR.email, '--phone', '22 00 00 00'],
] as const;

/** The two claims of the main job: both fell due on a Monday. */
export const DUE = '2026-08-03';
export const CONSUMER = [
  ...['--invoice', '1001', '--amount', '12 500,00', '--due', '03.08.2026', '--issued', '2026-07-20'],
  ...['--debtor', 'Kari Oppdiktet', '--type', 'consumer', '--address', 'Tenktveien 3', '--zip', '0350'],
  ...['--city', 'Oslo', '--description', 'Reparasjon av varmepumpe'],
] as const;
export const BUSINESS = [
  ...['--invoice', '1002', '--amount', '4321,50', '--due', '2026-08-03', '--debtor', 'Ærlig Øl & Åpent AS'],
  ...['--type', 'business', '--orgnr', '313000001', '--address', 'Sjøgata 4', '--zip', '5003'],
  ...['--city', 'Bergen', '--kid', '00100107'],
] as const;

/** Where any debtor can live: a letter on paper needs it (L7). */
export const ADDRESS = ['--address', 'Tenktveien 3', '--zip', '0350', '--city', 'Oslo'] as const;

/** A claim with as little as a claim, and a letter about it, needs. */
export function claim(invoice: string, amount: string, due: string, ...more: readonly string[]): string[] {
  const facts = ['--invoice', invoice, '--amount', amount, '--due', due];
  const debtor = ['--debtor', 'Kari Oppdiktet', '--type', 'consumer', ...ADDRESS];
  return ['add', ...facts, ...debtor, ...more];
}

// The program, in a folder of its own ----------------------------------------------------------------------

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  /** The instant the machine's clock shows. */
  readonly now?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Who answers; nobody where it is left out. */
  readonly keyboard?: Keyboard;
  /** How wide a terminal the answer is shown in; no terminal where it is left out. */
  readonly places?: number;
}

/** After everything the tests do in 2026, so that no `--as-of` lies in the future. */
const LATE = '2026-11-20T11:00:00Z';

/** What of this machine the program needs to find a browser, and nothing that could lead it to a real database. */
export function bareEnvironment(folder: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, XDG_DATA_HOME: folder };
  for (const name of ['INKASSO_DB', 'NO_COLOR', 'FORCE_COLOR', 'TERM']) Reflect.deleteProperty(env, name);
  return env;
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inkasso-kontor-'));
  folders.push(folder);
  return folder;
}

/** A folder with a database, and the program to use on it. It is gone when the tests of the file are done. */
export class Desk {
  readonly folder = newFolder();
  readonly database = join(this.folder, 'inkasso.db');

  /** A database with the creditor in it. */
  static async open(): Promise<Desk> {
    const desk = new Desk();
    await desk.ok('2026-08-01', 'init', ...INIT);
    return desk;
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  write(name: string, content: string | Uint8Array): string {
    const path = this.path(name);
    writeFileSync(path, content);
    return path;
  }

  /** One command line exactly as given. */
  async cli(
    argv: readonly string[],
    { now = LATE, env = {}, keyboard, places }: Circumstances = {},
  ): Promise<Outcome> {
    const written = { stdout: '', stderr: '' };
    const terminal = places === undefined ? { isTTY: false } : { isTTY: true, columns: places };
    const code = await run({
      argv,
      env: { ...bareEnvironment(this.folder), ...env },
      cwd: this.folder,
      platform: process.platform,
      now: () => new Date(now),
      stdout: { write: (text: string) => (written.stdout += text), ...terminal },
      stderr: { write: (text: string) => (written.stderr += text), ...terminal },
      keyboard: keyboard === undefined ? null : () => keyboard,
    });
    return { code, ...written };
  }

  /** A command on this database on a day, as a person would give it. */
  on(day: string, ...args: readonly string[]): Promise<Outcome> {
    return this.cli(['--db', this.database, '--as-of', day, '--no-input', ...args]);
  }

  /** The same in JSON. */
  async json<T>(
    day: string,
    args: readonly string[],
    circumstances?: Circumstances,
  ): Promise<{ code: number; document: Envelope<T>; stderr: string }> {
    const argv = ['--db', this.database, '--as-of', day, '--no-input', '--json', ...args];
    const { code, stdout, stderr } = await this.cli(argv, circumstances);
    return { code, document: onlyDocument(stdout) as Envelope<T>, stderr };
  }

  /** The data of a command that must succeed. */
  async ok<T = unknown>(day: string, ...args: readonly string[]): Promise<T> {
    const { code, document } = await this.json<T>(day, args);
    expect(document, `inkasso ${args.join(' ')}`).not.toHaveProperty('error');
    expect(code, `exit code of inkasso ${args.join(' ')}`).toBe(0);
    return document.data;
  }

  /** The error of a command that must not succeed. */
  async refused(day: string, ...args: readonly string[]): Promise<Failure> {
    const { code, document } = await this.json(day, args);
    expect(code, `exit code of inkasso ${args.join(' ')}`).not.toBe(0);
    expect(Object.keys(document)).toEqual(['schemaVersion', 'command', 'error']);
    const { command, error } = document as unknown as { command: string; error: Omit<Failure, 'exit'> };
    return { ...error, command, exit: code };
  }

  run(day: string, ...flags: readonly string[]): Promise<RunData> {
    return this.ok<RunData>(day, 'run', ...flags);
  }

  async show(day: string, reference = '1'): Promise<ShownCase> {
    return (await this.ok<{ case: ShownCase }>(day, 'show', reference)).case;
  }

  async add(day: string, ...flags: readonly string[]): Promise<ShownCase> {
    return (await this.ok<{ case: ShownCase }>(day, 'add', ...flags)).case;
  }

  async list(day: string): Promise<readonly ListedCase[]> {
    return (await this.ok<{ cases: ListedCase[] }>(day, 'list')).cases;
  }

  report(day: string): Promise<ReportData> {
    return this.ok<ReportData>(day, 'report');
  }

  /** Everything the program has stored: what each table holds, and every other file by its bytes. */
  stored(): { tables: Record<string, string>; files: Record<string, string> } {
    return {
      tables: existsSync(this.database) ? tablesOf(this.database) : {},
      files: filesUnder(this.folder, (path) => !path.startsWith(this.database)),
    };
  }

  pdfs(): string[] {
    return Object.keys(this.stored().files).filter((path) => path.endsWith('.pdf'));
  }
}

/** Exactly one JSON document, and nothing beside it. */
export function onlyDocument(stdout: string): object {
  expect(stdout.endsWith('\n'), `ends with a line break: ${stdout.slice(0, 200)}`).toBe(true);
  const document: unknown = JSON.parse(stdout);
  expect(document).toBeTypeOf('object');
  return document as object;
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function tablesOf(path: string): Record<string, string> {
  const db = new Database(path, { fileMustExist: true });
  try {
    const sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
    const names = db.prepare(sql).pluck().all() as string[];
    const told = names.map((name) => {
      const rows = db.prepare(`SELECT * FROM "${name}" ORDER BY 1`).all() as Record<string, unknown>[];
      const text = JSON.stringify(rows, (_key, value: unknown) =>
        value instanceof Uint8Array ? sha256(value) : value,
      );
      return [name, `${rows.length} rows ${sha256(text)}`] as const;
    });
    return Object.fromEntries(told);
  } finally {
    db.close();
  }
}

/** Every file under a folder by its path from there, with the hash of its bytes. */
export function filesUnder(folder: string, wanted: (path: string) => boolean): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(wanted)
    .sort();
  return Object.fromEntries(
    paths.map((path) => [relative(folder, path).split(sep).join('/'), sha256(readFileSync(path))]),
  );
}

export interface ReadPdf {
  readonly pages: number;
  /** The words a reader sees, one blank between them. */
  readonly text: string;
}

export async function readPdf(path: string): Promise<ReadPdf> {
  const document = await getDocumentProxy(new Uint8Array(readFileSync(path)));
  const { totalPages, text } = await extractText(document, { mergePages: true });
  return { pages: totalPages, text: text.replace(/\s+/gu, ' ') };
}

/** The way people read an amount: `1 234,50`. */
export function kroner(ore: number): string {
  const whole = String(Math.trunc(ore / 100)).replace(/(?<=\d)(?=(\d{3})+$)/g, ' ');
  return `${whole},${String(ore % 100).padStart(2, '0')}`;
}

/** The way people read a date: `20.11.2026`. */
export function dotted(iso: string): string {
  return iso.split('-').reverse().join('.');
}

// Invoices -------------------------------------------------------------------------------------------------

/** A small EHF invoice. */
export function ehf(supplier: string, changes: Readonly<Record<string, string>> = {}): string {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
  <cbc:ID>7001</cbc:ID>
  <cbc:IssueDate>2026-07-20</cbc:IssueDate>
  <cbc:DueDate>2026-08-03</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>NOK</cbc:DocumentCurrencyCode>
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PartyLegalEntity>
      <cbc:RegistrationName>Leverandøren AS</cbc:RegistrationName>
      <cbc:CompanyID schemeID="0192">${supplier}</cbc:CompanyID>
    </cac:PartyLegalEntity>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party>
    <cac:PostalAddress>
      <cbc:StreetName>Sjøgata 4</cbc:StreetName>
      <cbc:CityName>Bergen</cbc:CityName>
      <cbc:PostalZone>0350</cbc:PostalZone>
      <cac:Country><cbc:IdentificationCode>NO</cbc:IdentificationCode></cac:Country>
    </cac:PostalAddress>
    <cac:PartyLegalEntity>
      <cbc:RegistrationName>Ærlig Øl &amp; Åpent AS</cbc:RegistrationName>
      <cbc:CompanyID schemeID="0192">313000001</cbc:CompanyID>
    </cac:PartyLegalEntity>
  </cac:Party></cac:AccountingCustomerParty>
  <cac:PaymentMeans>
    <cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>
    <cbc:PaymentID>00100107</cbc:PaymentID>
  </cac:PaymentMeans>
  <cac:LegalMonetaryTotal>
    <cbc:TaxInclusiveAmount currencyID="NOK">2000.00</cbc:TaxInclusiveAmount>
    <cbc:PrepaidAmount currencyID="NOK">198.22</cbc:PrepaidAmount>
    <cbc:PayableAmount currencyID="NOK">1801.78</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
  <cac:InvoiceLine><cbc:ID>1</cbc:ID><cac:Item><cbc:Name>Montering</cbc:Name></cac:Item></cac:InvoiceLine>
</Invoice>
`;
  return Object.entries(changes).reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  }, xml);
}

/** Where the program's own folder is. */
export const PROGRAM = join(dirname(new URL(import.meta.url).pathname), '..', '..');

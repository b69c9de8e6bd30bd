import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, parse, resolve } from 'node:path';
import type { Language } from './case/party.js';
import type { Settings } from './case/settings.js';
import type { ImportFile } from './import/plan.js';
import type { FoundBrowser } from './io/browser.js';
import { sha256 } from './io/chain.js';
import { defaultDatabase, programFolder } from './io/home.js';
import { lockBeside } from './io/lock.js';
import { openInputFile, openInputFolder } from './io/input-file.js';
import type { Printer } from './io/pdf.js';
import { exposedBeside, isExposed } from './io/permissions.js';
import type { Mailer } from './io/mail.js';
import type { PdfMeta } from './io/pdf-document.js';
import { openPrintFile, type PrintFile } from './io/print-file.js';
import { checkCopy, readExtent, type CheckedCopy } from './io/restore.js';
import type { Extent } from './io/backup.js';
import type { Moment } from './io/journal.js';
import { DatabaseProblem } from './io/sqlite.js';
import { Store } from './io/store.js';
import { readOwnTemplates, readPaperTemplate, readReportStyle, readTemplates } from './io/templates.js';
import type { LocalDate } from './law/dates.js';
import { isStale, loadRates, type Rates } from './law/rates.js';
import type { Paper } from './export/paper.js';
import type { LetterTemplates } from './letters/own-template.js';
import type { TemplateSource } from './letters/template.js';
import type { Asker } from './terminal/prompts.js';
import { harmless } from './terminal/text.js';
import { fitted, placesIn, type Outlet } from './terminal/width.js';

/** The date where the machine is. */
export interface MachineDate {
  readonly date: LocalDate;
  readonly timeZone: string;
}

/** What the command line says about everything, before the verb. */
export interface GlobalOptions {
  readonly db: string | null;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** The machine as a command may see it: the date, files, the database, the printer, the user at the keyboard. */
export interface Context {
  /** "Today" for this command. Read once. */
  readonly today: LocalDate;
  /** The calendar's today, which `--as-of` may differ from. */
  readonly realToday: LocalDate;
  /** The date by the machine's own time zone, which the calendar in Norway may differ from. */
  machine(): MachineDate;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly databasePath: string;
  /** Asks the person at the keyboard; null when nobody is there to answer. */
  readonly ask: Asker | null;
  /** A line about what is going on, to stderr; nothing in JSON or quiet mode. */
  say(line: string): void;
  /** Progress on a terminal: redrawn in place. */
  progress(done: number, of: number, what: string): void;
  /** When something is recorded: asked for by everything that writes. */
  moment(): Moment;
  /** Whether anything has been recorded. */
  readonly recorded: boolean;
  store(): Store;
  /** One transaction around work that takes its time; a rehearsal does it all and leaves no trace. */
  unit<T>(kind: 'real' | 'rehearsal', work: () => Promise<T>): Promise<T>;
  createStore(settings: Settings): Store;
  /** Reads a backup to the end, ready to be put in the database's place. @throws DatabaseProblem */
  checkCopy(file: string): CheckedCopy;
  /** What of the database, its letters and other files others on the machine can read or change. */
  exposedPaths(also: readonly string[]): readonly string[];
  /** Takes the lock on making letters; what is returned lets go of it. @throws DatabaseProblem when it is taken */
  lockLetters(): () => void;
  /** What the database in use holds; null when there is none that can be read. */
  databaseExtent(): Extent | null;
  /** The rates of the database, or the shipped ones where there is no database that can be read. */
  rates(): Rates;
  /** Whether the rates of the database in use are out of date today; false when none has been opened (G3). */
  ratesAreStale(): boolean;
  /** The same machine with another database and another today, for a practice run. */
  elsewhere(database: string, today: LocalDate): Context;
  /** The letters' templates in a language, the user's own among them, and the fingerprint of all of it. */
  templates(language: Language): Promise<LetterTemplates & { readonly sha256: string }>;
  /** The program's own templates. */
  shippedTemplates(language: Language): TemplateSource;
  /** Where the user's own templates lie: beside the database. */
  readonly templateFolder: string;
  /** The style sheet of a report page, fonts inside. */
  reportStyle(): string;
  printer(): Promise<Printer>;
  /** The creditor's mail server. @throws MailSetup when mail is not set up. */
  mailer(): Promise<Mailer>;
  /** Prints a paper: a petition, a statement, the dossier. */
  printPaper(paper: Paper, meta: PdfMeta): Promise<{ bytes: Uint8Array; pages: number }>;
  findBrowser(): Promise<FoundBrowser>;
  /** `labels` are stamped on the pages of the files they belong to. */
  joinPdfs(
    files: readonly Uint8Array[],
    meta: PdfMeta,
    labels?: readonly (string | null)[],
  ): Promise<Uint8Array>;
  /** How many pages a PDF has; null for what is no PDF, or is locked. */
  pdfPages(bytes: Uint8Array): Promise<number | null>;
  /** A file of letters for the printer, in a folder, written as the letters come. */
  printFile(folder: string): PrintFile;
  readFile(path: string): { name: string; bytes: Uint8Array; sha256: string } | null;
  /** A file to import, read in pieces; null where there is none. */
  openFile(path: string): ImportFile | null;
  /** Writes a copy for the user, whole or not at all, and returns its full path. */
  writeFile(path: string, bytes: Uint8Array | string): string;
  /** Makes sure files can be written in a folder, before anything is recorded that says they exist. */
  prepareFolder(path: string): void;
  fileExists(path: string): boolean;
  isFolder(path: string): boolean;
  removeFile(path: string): void;
  /** The file piped to standard input. */
  readInput(): { name: string; bytes: Uint8Array; sha256: string };
  fullPath(path: string): string;
  /** Where a shipped example lies. */
  examplePath(...path: string[]): string;
  /** The first thing in the database that does not hold together; null where all does, or there is none. */
  damage(): string | null;
  close(): Promise<void>;
}

export interface ContextInput extends GlobalOptions {
  readonly today: LocalDate;
  readonly realToday: LocalDate;
  readonly machine: () => MachineDate;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly cwd: string;
  readonly ask: Asker | null;
  readonly instant: () => string;
  readonly stderr: Outlet;
}

export function createContext(input: ContextInput): Context {
  return new MachineContext(input);
}

class MachineContext implements Context {
  readonly today: LocalDate;
  readonly realToday: LocalDate;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly databasePath: string;
  recorded = false;
  /** What is recorded in one transaction is recorded at one time. */
  private unitMoment: Moment | null = null;
  private openStore: Store | null = null;
  private openedPrinter: Promise<Printer> | null = null;
  private readonly templateCache = new Map<Language, LetterTemplates & { sha256: string }>();
  private paperTemplate: { render(paper: Paper): string } | null = null;
  private readonly children: Context[] = [];

  constructor(private readonly input: ContextInput) {
    this.today = input.today;
    this.realToday = input.realToday;
    this.json = input.json;
    this.quiet = input.quiet;
    const named = input.db ?? input.env['INKASSO_DB'];
    this.databasePath =
      named !== undefined && named !== ''
        ? resolve(input.cwd, named)
        : defaultDatabase(input.env, input.platform, homedir());
  }

  get ask(): Asker | null {
    return this.input.ask;
  }

  machine(): MachineDate {
    return this.input.machine();
  }

  say(line: string): void {
    const { stderr } = this.input;
    if (!this.json && !this.quiet) stderr.write(`${fitted(harmless(line), placesIn(stderr))}\n`);
  }

  progress(done: number, of: number, what: string): void {
    if (this.json || this.quiet || this.input.stderr.isTTY !== true) return;
    const width = 24;
    const filled = Math.round((done / of) * width);
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
    this.input.stderr.write(`\r${bar} ${done}/${of} ${what}${done === of ? '\r\u001b[K' : ''}`);
  }

  moment(): Moment {
    this.recorded = true;
    return this.unitMoment ?? { today: this.today, instant: this.input.instant() };
  }

  store(): Store {
    this.openStore ??= Store.open(this.databasePath, {
      onUpgrade: (copy) => this.say(`Databasen er oppgradert. Slik den var før, ligger den i ${copy}.`),
    });
    return this.openStore;
  }

  checkCopy(file: string): CheckedCopy {
    return checkCopy(this.fullPath(file), this.databasePath, (copy) => {
      const store = Store.open(copy, { isCopy: true });
      try {
        return store.check().map((finding) => finding.message);
      } finally {
        store.close();
      }
    });
  }

  lockLetters(): () => void {
    // Only beside a database that is one.
    this.store();
    return lockBeside(this.databasePath);
  }

  databaseExtent(): Extent | null {
    return readExtent(this.databasePath);
  }

  exposedPaths(also: readonly string[]): readonly string[] {
    const { env, platform } = this.input;
    const isDefault = this.databasePath === defaultDatabase(env, platform, homedir());
    const beside = exposedBeside(this.databasePath, isDefault, platform);
    return [...beside, ...also.filter((path) => isExposed(path, platform))];
  }

  async unit<T>(kind: 'real' | 'rehearsal', work: () => Promise<T>): Promise<T> {
    const before = { recorded: this.recorded, moment: this.unitMoment };
    this.unitMoment ??= { today: this.today, instant: this.input.instant() };
    try {
      return await this.store().unit(async () => ({ value: await work(), keep: kind === 'real' }));
    } finally {
      this.unitMoment = before.moment;
      if (kind === 'rehearsal') this.recorded = before.recorded;
    }
  }

  createStore(settings: Settings): Store {
    this.openStore = Store.create(this.databasePath, settings);
    return this.openStore;
  }

  rates(): Rates {
    try {
      return this.store().rates();
    } catch {
      return loadRates();
    }
  }

  ratesAreStale(): boolean {
    return this.openStore !== null && isStale(this.openStore.rates(), this.today);
  }

  elsewhere(database: string, today: LocalDate): Context {
    const child = new MachineContext({ ...this.input, db: database, today, ask: null });
    // One browser serves them all; the parent closes it.
    child.printer = () => this.printer();
    this.children.push(child);
    return child;
  }

  get templateFolder(): string {
    const { dir, name } = parse(this.databasePath);
    return join(dir, name === 'inkasso' ? 'maler' : `maler-${name}`);
  }

  shippedTemplates(language: Language): TemplateSource {
    return readTemplates(language);
  }

  async templates(language: Language): Promise<LetterTemplates & { sha256: string }> {
    const known = this.templateCache.get(language);
    if (known !== undefined) return known;
    const { letterTemplates } = await import('./letters/own-template.js');
    const files = readTemplates(language);
    const own = readOwnTemplates(this.templateFolder, language);
    const texts =
      own.size === 0 ? files : { ...files, own: [...own].map(([step, { text }]) => [step, text]) };
    const read = { ...letterTemplates(files, own, language), sha256: sha256(JSON.stringify(texts)) };
    this.templateCache.set(language, read);
    return read;
  }

  reportStyle(): string {
    return readReportStyle();
  }

  printer(): Promise<Printer> {
    this.openedPrinter ??= this.openPrinter();
    return this.openedPrinter;
  }

  private async openPrinter(): Promise<Printer> {
    const { openPrinter } = await import('./io/pdf.js');
    return openPrinter({
      env: this.input.env,
      ...this.configuredBrowser(),
      onSlow: (line) => {
        this.say(line);
      },
    });
  }

  async findBrowser(): Promise<FoundBrowser> {
    const { findBrowser } = await import('./io/browser.js');
    return findBrowser(this.input.env, this.configuredBrowser().configured);
  }

  /** The browser is found also where the database cannot be read: that is said by what needs it. */
  private configuredBrowser(): { configured?: string } {
    try {
      const configured = existsSync(this.databasePath) ? this.store().settings().browser : null;
      return configured === null ? {} : { configured };
    } catch {
      return {};
    }
  }

  async mailer(): Promise<Mailer> {
    const { openMailer } = await import('./io/mail.js');
    return openMailer(this.store().settings());
  }

  async printPaper(paper: Paper, meta: PdfMeta): Promise<{ bytes: Uint8Array; pages: number }> {
    const { compilePaper } = await import('./letters/template.js');
    this.paperTemplate ??= compilePaper(readPaperTemplate());
    return (await this.printer()).print(this.paperTemplate.render(paper), meta);
  }

  async joinPdfs(
    files: readonly Uint8Array[],
    meta: PdfMeta,
    labels?: readonly (string | null)[],
  ): Promise<Uint8Array> {
    const { joinPdfs } = await import('./io/pdf-document.js');
    return joinPdfs(files, meta, labels);
  }

  async pdfPages(bytes: Uint8Array): Promise<number | null> {
    const { countPages } = await import('./io/pdf-document.js');
    return countPages(bytes);
  }

  printFile(folder: string): PrintFile {
    return openPrintFile(resolve(this.input.cwd, folder));
  }

  readFile(path: string): { name: string; bytes: Uint8Array; sha256: string } | null {
    const full = resolve(this.input.cwd, path);
    if (!existsSync(full) || !statSync(full).isFile()) return null;
    const bytes = readFileSync(full);
    return { name: basename(full), bytes, sha256: sha256(bytes) };
  }

  openFile(path: string): ImportFile | null {
    const full = resolve(this.input.cwd, path);
    return openInputFile(full) ?? openInputFolder(full);
  }

  writeFile(path: string, bytes: Uint8Array | string): string {
    const full = resolve(this.input.cwd, path);
    this.prepareFolder(dirname(full));
    const unfinished = join(dirname(full), `.${basename(full)}.tmp`);
    try {
      writeFileSync(unfinished, bytes, { mode: 0o600 });
      chmodSync(unfinished, 0o600);
      renameSync(unfinished, full);
    } catch (fault) {
      rmSync(unfinished, { force: true });
      throw fault;
    }
    return full;
  }

  prepareFolder(path: string): void {
    const full = resolve(this.input.cwd, path);
    if (!existsSync(full)) mkdirSync(full, { recursive: true, mode: 0o700 });
    accessSync(full, constants.W_OK);
    // A file of that name is no folder, though it can be written.
    if (!statSync(full).isDirectory()) throw Object.assign(new Error(full), { code: 'ENOTDIR' });
  }

  fileExists(path: string): boolean {
    return existsSync(resolve(this.input.cwd, path));
  }

  isFolder(path: string): boolean {
    return statSync(resolve(this.input.cwd, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
  }

  removeFile(path: string): void {
    rmSync(resolve(this.input.cwd, path), { force: true });
  }

  readInput(): { name: string; bytes: Uint8Array; sha256: string } {
    const bytes = readFileSync(0);
    return { name: 'standard inn', bytes, sha256: sha256(bytes) };
  }

  fullPath(path: string): string {
    return resolve(this.input.cwd, path);
  }

  examplePath(...path: string[]): string {
    return join(programFolder(), 'examples', ...path);
  }

  damage(): string | null {
    if (!existsSync(this.databasePath)) return null;
    try {
      return this.store().check()[0]?.message ?? null;
    } catch (fault) {
      return fault instanceof DatabaseProblem ? fault.message : null;
    }
  }

  async close(): Promise<void> {
    for (const child of this.children) await child.close();
    this.openStore?.close();
    this.openStore = null;
    const printer = this.openedPrinter;
    this.openedPrinter = null;
    // A printer that never started has already said why.
    await printer?.then((p) => p.close()).catch(() => undefined);
  }
}

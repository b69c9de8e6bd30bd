import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, parse, resolve } from 'node:path';
import type { Language } from './case/party.js';
import type { Settings } from './case/settings.js';
import type { Context, ContextInput, MachineDate } from './context.js';
import type { Paper } from './export/paper.js';
import type { ImportFile } from './import/plan.js';
import type { Extent } from './io/backup.js';
import type { FoundBrowser } from './io/browser.js';
import { sha256 } from './io/chain.js';
import { defaultDatabase, programFolder } from './io/home.js';
import { openInputFile, openInputFolder } from './io/input-file.js';
import type { Moment } from './io/journal.js';
import { lockBeside } from './io/lock.js';
import type { Mailer } from './io/mail.js';
import type { PdfMeta } from './io/pdf-document.js';
import type { Printer } from './io/pdf.js';
import { exposedBeside, isExposed } from './io/permissions.js';
import { openPrintFile, type PrintFile } from './io/print-file.js';
import { checkCopy, readExtent, type CheckedCopy } from './io/restore.js';
import { Store } from './io/store.js';
import { readOwnTemplates, readPaperTemplate, readReportStyle, readTemplates } from './io/templates.js';
import { prepareUserFolder, readUserFile, writeUserFile, type UserFile } from './io/user-files.js';
import type { LocalDate } from './law/dates.js';
import { isStale, loadRates, type Rates } from './law/rates.js';
import type { LetterTemplates } from './letters/own-template.js';
import type { TemplateSource } from './letters/template.js';
import type { Asker } from './terminal/prompts.js';
import { progressBar } from './terminal/progress.js';
import { harmless } from './terminal/text.js';
import { fitted, placesIn } from './terminal/width.js';

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
    this.input.stderr.write(progressBar(done, of, what));
  }

  moment(): Moment {
    this.recorded = true;
    return this.unitMoment ?? { today: this.today, instant: this.input.instant() };
  }

  store(): Store {
    this.openStore ??= Store.open(this.databasePath, {
      onRebuild: (done, of) => this.progress(done, of, 'saker'),
      onUpgrade: (copy) => this.say(`Databasen er oppgradert. Slik den var før, ligger den i ${copy}.`),
    });
    return this.openStore;
  }

  checkCopy(file: string): Promise<CheckedCopy> {
    return checkCopy(this.fullPath(file), this.databasePath, async (copy) => {
      const store = Store.open(copy, { isCopy: true });
      try {
        return (await store.check()).map((finding) => finding.message);
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
    return openPrintFile(this.fullPath(folder));
  }

  readFile(path: string): UserFile | null {
    return readUserFile(this.fullPath(path));
  }

  openFile(path: string): ImportFile | null {
    const full = this.fullPath(path);
    return openInputFile(full) ?? openInputFolder(full);
  }

  writeFile(path: string, bytes: Uint8Array | string): string {
    return writeUserFile(this.fullPath(path), bytes);
  }

  prepareFolder(path: string): void {
    prepareUserFolder(this.fullPath(path));
  }

  fileExists(path: string): boolean {
    return existsSync(this.fullPath(path));
  }

  isFolder(path: string): boolean {
    return statSync(this.fullPath(path), { throwIfNoEntry: false })?.isDirectory() ?? false;
  }

  removeFile(path: string): void {
    rmSync(this.fullPath(path), { force: true });
  }

  readInput(): UserFile {
    const bytes = readFileSync(0);
    return { name: 'standard inn', bytes, sha256: sha256(bytes) };
  }

  fullPath(path: string): string {
    return resolve(this.input.cwd, path);
  }

  examplePath(...path: string[]): string {
    return join(programFolder(), 'examples', ...path);
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

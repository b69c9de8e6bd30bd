import type { Language } from './case/party.js';
import type { Settings } from './case/settings.js';
import type { Paper } from './export/paper.js';
import type { ImportFile } from './import/plan.js';
import type { Extent } from './io/backup.js';
import type { FoundBrowser } from './io/browser.js';
import type { Moment } from './io/journal.js';
import type { Mailer } from './io/mail.js';
import type { PdfMeta } from './io/pdf-document.js';
import type { Printer } from './io/pdf.js';
import type { PrintFile } from './io/print-file.js';
import type { CheckedCopy } from './io/restore.js';
import type { Store } from './io/store.js';
import type { UserFile } from './io/user-files.js';
import type { LocalDate } from './law/dates.js';
import type { Rates } from './law/rates.js';
import type { LetterTemplates } from './letters/own-template.js';
import type { TemplateSource } from './letters/template.js';
import type { Asker } from './terminal/prompts.js';
import type { Outlet } from './terminal/width.js';

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
  checkCopy(file: string): Promise<CheckedCopy>;
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
  readFile(path: string): UserFile | null;
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
  readInput(): UserFile;
  fullPath(path: string): string;
  /** Where a shipped example lies. */
  examplePath(...path: string[]): string;
  close(): Promise<void>;
}

/** What a context is made of. */
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

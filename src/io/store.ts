import type { Case } from '../case/case.js';
import { apply, evolve } from '../case/history.js';
import type { Debtor, DebtorData } from '../case/debtor.js';
import type { Judgement } from '../case/judgement.js';
import type { NewEvent } from '../case/events.js';
import type { Policy } from '../case/policy.js';
import { termsOf, type Settings } from '../case/settings.js';
import type { LocalDate } from '../law/dates.js';
import type { AddedRate, Rates } from '../law/rates.js';
import { Cases } from './cases.js';
import { sha256 } from './chain.js';
import { ClaimImports } from './claim-imports.js';
import { checkDatabase, type Finding } from './check.js';
import { backUp, type Backup } from './backup.js';
import { Bookkeeping, recordBookkeepingExport, type ExportedVoucher } from './bookkeeping.js';
import { keepLittle } from './sqlite.js';
import { createDatabase, openDatabase, type Db, type OpenOptions } from './db.js';
import { anonymiseDebtor, Debtors, insertDebtor, updateDebtor } from './debtors.js';
import { readEvents, readHistories } from './event-text.js';
import { appendEvents, lastLink, stored, versionOf, type Moment } from './journal.js';
import { Imports } from './imports.js';
import {
  finishBatch,
  insertBatch,
  insertLetter,
  Letters,
  type PrintedLetter,
  type RecordedLetter,
} from './letters.js';
import { Outstanding } from './outstanding.js';
import { Payments } from './payments.js';
import { readProof, type ChainProof } from './proof.js';
import { insertProjection, writeProjection, type StoredEvent } from './projection.js';
import { rebuildRegister, type Rebuilding } from './rebuild.js';
import { SettingsTables, writeSettings } from './settings.js';
import { unit, write, type Kept } from './transaction.js';

/** A letter that is printed, its case as it was read, and what the history will say of it. */
export interface LetterToRecord {
  readonly case: Case;
  readonly printed: PrintedLetter;
  readonly events: (letter: number, batch: number, pdfSha256: string) => readonly NewEvent[];
}

export interface StoreOptions extends Omit<OpenOptions, 'project'> {
  /** Told how far it has come when every case is judged anew and that takes its time. */
  readonly onRebuild?: Rebuilding;
}

/**
 * The database as the rest of the program knows it: what is read together, and what is written in one transaction.
 * What is read of one table is asked of the table: cases, debtors, letters, payments.
 */
export class Store {
  readonly cases: Cases;
  readonly outstanding: Outstanding;
  readonly debtors: Debtors;
  readonly letters: Letters;
  readonly bookkeeping: Bookkeeping;
  readonly imports: Imports;
  readonly payments: Payments;
  /** What invoice files became, and how their columns are read. */
  readonly claimImports: ClaimImports;
  private readonly tables: SettingsTables;

  private constructor(
    private readonly db: Db,
    private readonly rebuilding: Rebuilding = () => undefined,
  ) {
    this.cases = new Cases(db);
    this.outstanding = new Outstanding(db);
    this.debtors = new Debtors(db);
    this.letters = new Letters(db);
    this.bookkeeping = new Bookkeeping(db);
    this.imports = new Imports(db);
    this.payments = new Payments(db);
    this.claimImports = new ClaimImports(db);
    this.tables = new SettingsTables(db);
  }

  static create(path: string, settings: Settings): Store {
    return new Store(createDatabase(path, (db) => writeSettings(db, settings)));
  }

  static open(path: string, options: StoreOptions = {}): Store {
    const { onRebuild, ...rest } = options;
    const project = (db: Db): void => new Store(db, onRebuild).rebuildProjection();
    return new Store(openDatabase(path, { ...rest, project }), onRebuild);
  }

  /** Copies the database as it stands, and checks the copy. @throws DatabaseProblem */
  backUp(to: string, replace: boolean): Backup {
    return backUp(this.db, to, replace);
  }

  close(): void {
    this.db.close();
  }

  settings(): Settings {
    return this.tables.settings();
  }

  /** Saves the settings, and judges every case anew where the terms are others: a changed grace changes what is due when. */
  saveSettings(settings: Settings): void {
    this.write(() => {
      const before = JSON.stringify(termsOf(this.settings()));
      this.tables.write(settings);
      if (JSON.stringify(termsOf(this.settings())) !== before) this.rebuildProjection();
    });
  }

  rates(): Rates {
    return this.tables.rates();
  }

  addedRates(): AddedRate[] {
    return this.tables.addedRates();
  }

  addRate(rate: AddedRate, at: Moment): void {
    this.write(() => {
      this.tables.addRate(rate, at.instant);
      this.rebuildProjection();
    });
  }

  policy(name: string): Policy | null {
    return this.tables.policy(name);
  }

  /** Keeps a ladder of the user's own. False when the name already means another ladder. */
  addPolicy(policy: Policy): boolean {
    return this.tables.addPolicy(policy);
  }

  /** Changes what is known about a debtor; what was known before is kept. */
  updateDebtor(debtor: Debtor, at: Moment): void {
    this.write(() => updateDebtor(this.db, debtor, at));
  }

  /** Erases what tells who a debtor is: the data, their history, the texts and the letters. The chain stays whole. */
  anonymiseDebtor(id: number, at: Moment): void {
    this.write(() => {
      const numbers = anonymiseDebtor(this.db, id, at);
      this.payments.eraseTexts(numbers);
      this.claimImports.eraseTexts(numbers);
      for (const number of numbers) this.project(number);
    });
  }

  /** Opens a new case with its first events, and its debtor if new. Returns its number and who the debtor is. */
  register(
    debtor: DebtorData,
    body: (debtorId: number) => readonly NewEvent[],
    at: Moment,
  ): { number: number; debtorId: number; known: Debtor | null } {
    return this.write(() => {
      const known = this.debtors.find(debtor);
      const debtorId = known?.id ?? insertDebtor(this.db, debtor);
      const number = this.cases.nextNumber();
      const events = body(debtorId);
      appendEvents(this.db, number, 0, events, at);
      insertProjection(this.db, this.judgement(evolve(number, stored(events, 0, at))));
      return { number, debtorId, known };
    });
  }

  /** Adds events to a case that must still be as it was read. @throws CaseMoved */
  record(c: Case, events: readonly NewEvent[], at: Moment): void {
    this.write(() => this.append(c, events, at));
  }

  /** Adds events to several cases, all or none. @throws CaseMoved */
  recordAll(changes: Iterable<{ case: Case; events: readonly NewEvent[] }>, at: Moment): void {
    this.write(() => {
      for (const { case: c, events } of changes) this.append(c, events, at);
    });
  }

  /** Marks a batch as finished, together with the events that come of it. @throws CaseMoved */
  finishBatch(
    batch: number,
    changes: Iterable<{ case: Case; events: readonly NewEvent[] }>,
    at: Moment,
  ): void {
    this.write(() => {
      finishBatch(this.db, batch, at);
      for (const { case: c, events } of changes) this.append(c, events, at);
    });
  }

  case(number: number): Case | null {
    const events = this.events(number);
    return events.length === 0 ? null : evolve(number, events);
  }

  events(number: number): StoredEvent[] {
    return readEvents(this.db, number);
  }

  /** Every history, one case at a time by number; or all but those of cases that were settled before a day. */
  histories(notSettledBefore: LocalDate | null = null): Iterable<{ number: number; events: StoredEvent[] }> {
    return readHistories(this.db, notSettledBefore);
  }

  /** Records that a period was handed to the books. Returns the number of the export. */
  recordBookkeepingExport(
    period: { readonly from: LocalDate; readonly to: LocalDate; readonly format: string },
    vouchers: readonly ExportedVoucher[],
    at: Moment,
  ): number {
    return this.write(() => recordBookkeepingExport(this.db, period, vouchers, at));
  }

  /** The links of a case in the chain, by version, and the end of the chain. */
  chainOf(number: number): ChainProof {
    return readProof(this.db, number);
  }

  /** Everything needed to judge a case. */
  judgement(c: Case): Judgement {
    const policy = this.policy(c.claim.policy);
    if (policy === null) throw new Error(`case ${c.number} has no ladder ${c.claim.policy}`);
    return { case: c, policy, terms: this.tables.terms(), rates: this.rates() };
  }

  /** The number and hash of the last event; zeros before the first. */
  lastLink(): { seq: number; hash: string } {
    return lastLink(this.db);
  }

  /** What does not hold together; empty when all is well. */
  check(): Promise<Finding[]> {
    return checkDatabase(this.db, this.settings(), (c) => this.judgement(c));
  }

  /** Keeps little of the file in memory from now on: the PDFs of ten thousand letters are written, and not read again. */
  keepLittle(): void {
    keepLittle(this.db);
  }

  /**
   * Stores printed letters together with the events that say they exist, all in one transaction; null for each whose
   * case has changed meanwhile. The first letters of a run open its batch.
   */
  recordLetters(
    batch: number | null,
    made: readonly LetterToRecord[],
    at: Moment,
  ): readonly (RecordedLetter | null)[] {
    return this.write(() => {
      let inBatch = batch;
      return made.map(({ case: c, printed, events }) => {
        if (versionOf(this.db, c.number) !== c.version) return null;
        inBatch ??= insertBatch(this.db, at);
        const hash = sha256(printed.pdf);
        const id = insertLetter(this.db, c.number, inBatch, printed, hash);
        this.append(c, events(id, inBatch, hash), at);
        return { id, batch: inBatch, sha256: hash };
      });
    });
  }

  /** One transaction around work that takes its time: kept where the work says so, else as if it had never been. */
  unit<T>(work: () => Promise<Kept<T>>): Promise<T> {
    return unit(this.db, work);
  }

  private write<T>(work: () => T): T {
    return write(this.db, work);
  }

  private append(c: Case, events: readonly NewEvent[], at: Moment): void {
    appendEvents(this.db, c.number, c.version, events, at);
    // What was just written is known; reading it back would double the time of a long import. An event that is taken
    // back changes what came before it, so there the whole history is read.
    if (events.some(({ body }) => body.type === 'undone')) this.project(c.number);
    else this.projectCase(stored(events, c.version, at).reduce(apply, c));
  }

  private rebuildProjection(): void {
    rebuildRegister(this.db, (c) => this.judgement(c), this.rebuilding);
  }

  /** Writes the row that a case's history adds up to. */
  private project(number: number): void {
    const c = this.case(number);
    if (c !== null) this.projectCase(c);
  }

  private projectCase(c: Case): void {
    writeProjection(this.db, this.judgement(c));
  }
}

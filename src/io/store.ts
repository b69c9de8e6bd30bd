import { evolve, type Case } from '../case/case.js';
import type { Debtor, DebtorData } from '../case/debtor.js';
import type { Judgement, Status } from '../case/outlook.js';
import type { NewEvent } from '../case/events.js';
import { isShippedPolicy, POLICIES, type Policy } from '../case/policy.js';
import { settingsSchema, termsOf, type Settings } from '../case/settings.js';
import type { LocalDate } from '../law/dates.js';
import { loadRates, type AddedRate, type Rates } from '../law/rates.js';
import type { RuleId } from '../law/rules.js';
import { CHAIN_START, chainHash, sha256 } from './chain.js';
import { checkDatabase, type Finding } from './check.js';
import { backUp, type Backup } from './backup.js';
import { createDatabase, openDatabase, type Db, type OpenOptions } from './db.js';
import { projectionOf, type StoredEvent } from './projection.js';
import { readEvents, withFingerprints } from './event-text.js';

/** Somebody else changed the case between reading and writing it. */
export class CaseMoved extends Error {}

/** When something is recorded: what "today" was, and the clock. */
export interface Moment {
  readonly today: LocalDate;
  /** UTC, ISO 8601. */
  readonly instant: string;
}

/** A case in the register: the row that lists and the daily run read instead of the history. */
export interface CaseRow {
  readonly number: number;
  readonly version: number;
  readonly invoice: string;
  readonly debtorId: number;
  readonly debtor: string;
  readonly status: Status;
  readonly due: LocalDate;
  readonly effectiveDue: LocalDate;
  readonly nextStep: string | null;
  readonly nextActionOn: LocalDate | null;
  readonly whyRule: RuleId;
  readonly whyText: string;
  readonly unconfirmedLetter: number | null;
}

/** A printed letter on its way into the database. */
export interface PrintedLetter {
  readonly fileName: string;
  readonly pdf: Uint8Array;
  readonly pages: number;
}

export interface RecordedLetter {
  readonly id: number;
  readonly batch: number;
  readonly sha256: string;
}

export interface StoredLetter {
  readonly id: number;
  readonly caseNumber: number;
  readonly batch: number;
  readonly fileName: string;
  readonly sha256: string;
  readonly pages: number;
  readonly pdf: Uint8Array;
}

const DEBTOR_COLUMNS = `id, name, type, orgnr, address, zip, city, country, email, phone, language,
  electronic_basis AS electronicBasis, electronic_on AS electronicOn, anonymised_on AS anonymisedOn`;
const ROW_COLUMNS = `c.number, c.version, c.invoice, c.debtor_id AS debtorId, d.name AS debtor, c.status, c.due,
  c.effective_due AS effectiveDue, c.next_step AS nextStep, c.next_action_on AS nextActionOn, c.why_rule AS whyRule,
  c.why_text AS whyText, c.unconfirmed_letter AS unconfirmedLetter`;
const FROM_CASES = 'FROM claim c JOIN debtor d ON d.id = c.debtor_id';

/** The database as the rest of the program knows it: cases, events, letters, debtors, settings and rates. */
export class Store {
  private settingsCache: Settings | null = null;
  private ratesCache: Rates | null = null;

  private constructor(private readonly db: Db) {}

  static create(path: string, settings: Settings): Store {
    return new Store(createDatabase(path, (db) => writeSettings(db, settings)));
  }

  static open(path: string, options?: OpenOptions): Store {
    return new Store(openDatabase(path, options));
  }

  /** Copies the database as it stands, and checks the copy. @throws DatabaseProblem */
  backUp(to: string, replace: boolean): Backup {
    return backUp(this.db, to, replace);
  }

  close(): void {
    this.db.close();
  }

  settings(): Settings {
    if (this.settingsCache === null) {
      const rows = this.db.prepare('SELECT key, value FROM setting').all() as {
        key: string;
        value: string;
      }[];
      const entries = rows.map(({ key, value }) => [key, JSON.parse(value) as unknown] as const);
      this.settingsCache = settingsSchema.parse(Object.fromEntries(entries));
    }
    return this.settingsCache;
  }

  /** Saves the settings and judges every open case anew: a changed ladder or grace changes what is due when. */
  saveSettings(settings: Settings): void {
    this.db
      .transaction(() => {
        writeSettings(this.db, settings);
        this.settingsCache = null;
        this.rebuildProjection();
      })
      .immediate();
  }

  rates(): Rates {
    this.ratesCache ??= loadRates(this.addedRates());
    return this.ratesCache;
  }

  addedRates(): AddedRate[] {
    return this.db
      .prepare('SELECT name AS "table", valid_from AS "from", value, source FROM rate ORDER BY id')
      .all() as AddedRate[];
  }

  addRate(rate: AddedRate, at: Moment): void {
    this.db
      .transaction(() => {
        this.db
          .prepare('INSERT INTO rate (name, valid_from, value, source, recorded_at) VALUES (?, ?, ?, ?, ?)')
          .run(rate.table, rate.from, rate.value, rate.source, at.instant);
        this.ratesCache = null;
        this.rebuildProjection();
      })
      .immediate();
  }

  policy(name: string): Policy | null {
    if (isShippedPolicy(name)) return POLICIES[name];
    const row = this.db.prepare('SELECT body FROM policy WHERE name = ?').get(name) as
      { body: string } | undefined;
    return row === undefined ? null : (JSON.parse(row.body) as Policy);
  }

  /** Keeps a ladder of the user's own. False when the name already means another ladder. */
  addPolicy(policy: Policy): boolean {
    const body = JSON.stringify(policy);
    this.db
      .prepare('INSERT INTO policy (name, body) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(policy.name, body);
    return JSON.stringify(this.policy(policy.name)) === body;
  }

  debtor(id: number): Debtor {
    const row = this.findDebtorById(id);
    if (row === null) throw new Error(`no debtor ${id}`);
    return row;
  }

  findDebtorById(id: number): Debtor | null {
    return (
      (this.db.prepare(`SELECT ${DEBTOR_COLUMNS} FROM debtor WHERE id = ?`).get(id) as Debtor | undefined) ??
      null
    );
  }

  debtors(): Debtor[] {
    return this.db.prepare(`SELECT ${DEBTOR_COLUMNS} FROM debtor ORDER BY name, id`).all() as Debtor[];
  }

  casesOfDebtor(id: number): number[] {
    return this.db
      .prepare('SELECT number FROM claim WHERE debtor_id = ? ORDER BY number')
      .pluck()
      .all(id) as number[];
  }

  /** What was known about a debtor before each change, oldest first. */
  debtorChanges(id: number): { changedOn: LocalDate; before: Debtor }[] {
    const rows = this.db
      .prepare('SELECT changed_on AS changedOn, before FROM debtor_change WHERE debtor_id = ? ORDER BY id')
      .all(id) as { changedOn: LocalDate; before: string }[];
    return rows.map(({ changedOn, before }) => ({ changedOn, before: JSON.parse(before) as Debtor }));
  }

  /** Changes what is known about a debtor; what was known before is kept. */
  updateDebtor(debtor: Debtor, at: Moment): void {
    this.write(() => {
      const before = JSON.stringify(this.debtor(debtor.id));
      this.db
        .prepare('INSERT INTO debtor_change (debtor_id, changed_on, recorded_at, before) VALUES (?, ?, ?, ?)')
        .run(debtor.id, at.today, at.instant, before);
      this.writeDebtor(debtor);
    });
  }

  /** Erases what tells who a debtor is: the data, their history, the texts and the letters. The chain stays whole. */
  anonymiseDebtor(id: number, at: Moment): void {
    this.write(() => {
      const cases = this.casesOfDebtor(id);
      const eraseTexts = this.db.prepare('DELETE FROM event_text WHERE case_id = ?');
      const emptyLetters = this.db.prepare(
        `UPDATE letter SET pdf = x'', file_name = 'slettet' WHERE case_id = ?`,
      );
      for (const number of cases) {
        eraseTexts.run(number);
        emptyLetters.run(number);
      }
      this.db.prepare('DELETE FROM debtor_change WHERE debtor_id = ?').run(id);
      const { type, country, language } = this.debtor(id);
      const nobody = { orgnr: null, address: null, zip: null, city: null, email: null, phone: null };
      const unknown = { electronicBasis: null, electronicOn: null };
      const name = `Anonymisert ${id}`;
      this.writeDebtor({ id, name, type, country, language, ...nobody, ...unknown, anonymisedOn: at.today });
      for (const number of cases) this.project(number);
    });
  }

  private writeDebtor(debtor: Debtor): void {
    this.db
      .prepare(
        `UPDATE debtor SET name = @name, type = @type, orgnr = @orgnr, address = @address, zip = @zip, city = @city,
         country = @country, email = @email, phone = @phone, language = @language,
         electronic_basis = @electronicBasis, electronic_on = @electronicOn, anonymised_on = @anonymisedOn WHERE id = @id`,
      )
      .run(debtor);
  }

  /** The debtor already known under the same org.nr, or with the same name, type and postal address. */
  findDebtor(data: DebtorData): Debtor | null {
    const same =
      data.orgnr !== null
        ? this.db.prepare(`SELECT ${DEBTOR_COLUMNS} FROM debtor WHERE orgnr = ?`).get(data.orgnr)
        : this.db
            .prepare(
              `SELECT ${DEBTOR_COLUMNS} FROM debtor WHERE orgnr IS NULL AND name = ? AND type = ? AND zip IS ? AND address IS ?`,
            )
            .get(data.name, data.type, data.zip, data.address);
    return (same as Debtor | undefined) ?? null;
  }

  private insertDebtor(data: DebtorData): number {
    const columns = [
      'name',
      'type',
      'orgnr',
      'address',
      'zip',
      'city',
      'country',
      'email',
      'phone',
      'language',
    ] as const;
    const sql = `INSERT INTO debtor (${columns.join(', ')}) VALUES (${columns.map((c) => `@${c}`).join(', ')})`;
    return Number(this.db.prepare(sql).run(data).lastInsertRowid);
  }

  /** Opens a new case with its first events, and its debtor if new. Returns the case number. */
  register(debtor: DebtorData, body: (debtorId: number) => readonly NewEvent[], at: Moment): number {
    return this.write(() => {
      const debtorId = this.findDebtor(debtor)?.id ?? this.insertDebtor(debtor);
      const number =
        ((this.db.prepare('SELECT max(number) FROM claim').pluck().get() as number | null) ?? 0) + 1;
      this.append(number, 0, body(debtorId), at);
      return number;
    });
  }

  /** Adds events to a case that must still be as it was read. @throws CaseMoved */
  record(c: Case, events: readonly NewEvent[], at: Moment): void {
    this.write(() => this.append(c.number, c.version, events, at));
  }

  /**
   * Stores a printed letter together with the events that say it exists; null when the case has changed meanwhile.
   * The first letter of a run opens its batch.
   */
  recordLetter(
    c: Case,
    batch: number | null,
    printed: PrintedLetter,
    events: (letter: number, batch: number, pdfSha256: string) => readonly NewEvent[],
    at: Moment,
  ): RecordedLetter | null {
    return this.write(() => {
      if (this.versionOf(c.number) !== c.version) return null;
      const hash = sha256(printed.pdf);
      const inBatch = batch ?? this.insertBatch(at);
      const id = Number(
        this.db
          .prepare(
            'INSERT INTO letter (case_id, batch_id, file_name, sha256, pages, pdf) VALUES (?, ?, ?, ?, ?, ?)',
          )
          .run(c.number, inBatch, printed.fileName, hash, printed.pages, Buffer.from(printed.pdf))
          .lastInsertRowid,
      );
      this.append(c.number, c.version, events(id, inBatch, hash), at);
      return { id, batch: inBatch, sha256: hash };
    });
  }

  /** Adds events to several cases, all or none. @throws CaseMoved */
  recordAll(changes: readonly { case: Case; events: readonly NewEvent[] }[], at: Moment): void {
    this.write(() => {
      for (const { case: c, events } of changes) this.append(c.number, c.version, events, at);
    });
  }

  private insertBatch(at: Moment): number {
    const insert = this.db.prepare('INSERT INTO batch (made_on, recorded_at) VALUES (?, ?)');
    return Number(insert.run(at.today, at.instant).lastInsertRowid);
  }

  letter(id: number): StoredLetter | null {
    const row = this.db
      .prepare(
        'SELECT id, case_id AS caseNumber, batch_id AS batch, file_name AS fileName, sha256, pages, pdf FROM letter WHERE id = ?',
      )
      .get(id);
    return (row as StoredLetter | undefined) ?? null;
  }

  /** The letter whose PDF has this fingerprint, as the history says it. */
  letterWithHash(hash: string): number | null {
    return (
      (this.db.prepare('SELECT id FROM letter WHERE sha256 = ?').pluck().get(hash) as number | undefined) ??
      null
    );
  }

  caseOfLetter(id: number): number | null {
    return (
      (this.db.prepare('SELECT case_id FROM letter WHERE id = ?').pluck().get(id) as number | undefined) ??
      null
    );
  }

  /** Ids of the letters of a batch, in the order they were made. */
  lettersOfBatch(batch: number): number[] {
    return this.db
      .prepare('SELECT id FROM letter WHERE batch_id = ? ORDER BY id')
      .pluck()
      .all(batch) as number[];
  }

  case(number: number): Case | null {
    const events = this.events(number);
    return events.length === 0 ? null : evolve(number, events);
  }

  events(number: number): StoredEvent[] {
    return readEvents(this.db, number);
  }

  /** Everything needed to judge a case. */
  judgement(c: Case): Judgement {
    const policy = this.policy(c.claim.policy);
    if (policy === null) throw new Error(`case ${c.number} has no ladder ${c.claim.policy}`);
    return { case: c, policy, terms: termsOf(this.settings()), rates: this.rates() };
  }

  /** Case numbers that a reference can mean: the case number itself, else every case with that invoice number. */
  findCases(reference: string): number[] {
    if (/^\d{1,9}$/.test(reference)) {
      const number = this.db
        .prepare('SELECT number FROM claim WHERE number = ?')
        .pluck()
        .get(Number(reference));
      if (number !== undefined) return [number as number];
    }
    return this.casesWithInvoice(reference);
  }

  casesWithInvoice(invoice: string): number[] {
    return this.db
      .prepare('SELECT number FROM claim WHERE invoice = ? ORDER BY number')
      .pluck()
      .all(invoice) as number[];
  }

  /** Every case in the register, by number. */
  cases(): CaseRow[] {
    return this.rows('ORDER BY c.number');
  }

  /** Cases whose next step may be taken on the day. */
  dueCases(today: LocalDate): CaseRow[] {
    return this.rows('WHERE c.next_action_on <= ? ORDER BY c.next_action_on, c.number', today);
  }

  /** Cases past their due date that are not settled. */
  overdueCases(today: LocalDate): CaseRow[] {
    return this.rows(
      `WHERE c.effective_due < ? AND c.status NOT IN ('paid', 'closed') ORDER BY c.number`,
      today,
    );
  }

  /** Cases with a letter that is made and not confirmed. */
  unconfirmedCases(): CaseRow[] {
    return this.rows('WHERE c.unconfirmed_letter IS NOT NULL ORDER BY c.number');
  }

  private rows(where: string, ...values: unknown[]): CaseRow[] {
    return this.db.prepare(`SELECT ${ROW_COLUMNS} ${FROM_CASES} ${where}`).all(...values) as CaseRow[];
  }

  private write<T>(work: () => T): T {
    return this.db.transaction(work).immediate();
  }

  private versionOf(number: number): number {
    return (
      (this.db.prepare('SELECT max(version) FROM event WHERE case_id = ?').pluck().get(number) as
        number | null) ?? 0
    );
  }

  private append(number: number, version: number, events: readonly NewEvent[], at: Moment): void {
    const stands = this.versionOf(number);
    if (stands !== version) throw new CaseMoved(`case ${number} is at ${stands}, not ${version}`);
    const insert = this.db.prepare(
      `INSERT INTO event (seq, case_id, version, type, happened_on, recorded_on, recorded_at, payload, hash)
       VALUES (@seq, @case_id, @version, @type, @happened_on, @recorded_on, @recorded_at, @payload, @hash)`,
    );
    const insertText = this.db.prepare(
      'INSERT INTO event_text (case_id, version, field, salt, text) VALUES (?, ?, ?, ?, ?)',
    );
    let before = this.lastLink();
    events.forEach(({ happenedOn, body }, index) => {
      const { type, ...facts } = body;
      const { payload, texts } = withFingerprints(facts);
      const row = {
        seq: before.seq + 1,
        case_id: number,
        version: version + index + 1,
        type,
        happened_on: happenedOn,
        recorded_on: at.today,
        recorded_at: at.instant,
        payload: JSON.stringify(payload),
      };
      const hash = chainHash(before.hash, row);
      insert.run({ ...row, hash });
      for (const { field, salt, text } of texts) insertText.run(number, row.version, field, salt, text);
      before = { seq: row.seq, hash };
    });
    this.project(number);
  }

  private lastLink(): { seq: number; hash: string } {
    const row = this.db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1').get();
    return (row as { seq: number; hash: string } | undefined) ?? { seq: 0, hash: CHAIN_START };
  }

  /** What does not hold together; empty when all is well. */
  check(): Finding[] {
    return checkDatabase(this.db, (c) => this.judgement(c));
  }

  private rebuildProjection(): void {
    for (const number of this.db.prepare('SELECT number FROM claim').pluck().all() as number[])
      this.project(number);
  }

  /** Writes the row that a case's history adds up to. */
  private project(number: number): void {
    const c = this.case(number);
    if (c === null) return;
    const row = projectionOf(this.judgement(c));
    const columns = Object.keys(row);
    this.db
      .prepare(
        `INSERT OR REPLACE INTO claim (${columns.join(', ')}) VALUES (${columns.map((k) => `@${k}`).join(', ')})`,
      )
      .run(row);
  }
}

function writeSettings(db: Db, settings: Settings): void {
  const insert = db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  for (const [key, value] of Object.entries(settings)) insert.run(key, JSON.stringify(value));
}

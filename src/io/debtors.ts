import type { Debtor, DebtorData } from '../case/debtor.js';
import type { LocalDate } from '../law/dates.js';
import { Cases } from './cases.js';
import { prepared, type Db } from './sqlite.js';
import type { Moment } from './journal.js';

const COLUMNS = `id, name, type, orgnr, address, zip, city, country, email, phone, language,
  electronic_basis AS electronicBasis, electronic_on AS electronicOn, anonymised_on AS anonymisedOn`;
const NEW_COLUMNS = [
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
const INSERT = `INSERT INTO debtor (${NEW_COLUMNS.join(', ')}) VALUES (${NEW_COLUMNS.map(() => '?').join(', ')})`;
const BY_ID = `SELECT ${COLUMNS} FROM debtor WHERE id = ?`;
const BY_ORGNR = `SELECT ${COLUMNS} FROM debtor WHERE orgnr = ?`;
const BY_NAME = `SELECT ${COLUMNS} FROM debtor WHERE orgnr IS NULL AND name = ? AND type = ? AND zip IS ? AND address IS ?`;

/** The debtors, as they are read. */
export class Debtors {
  constructor(private readonly db: Db) {}

  /** A debtor, or null when there is none with the number. */
  findById(id: number): Debtor | null {
    const row = prepared(this.db, BY_ID).get(id);
    return (row as Debtor | undefined) ?? null;
  }

  /** A debtor that must be there. */
  get(id: number): Debtor {
    const row = this.findById(id);
    if (row === null) throw new Error(`no debtor ${id}`);
    return row;
  }

  /** Names by id. */
  names(ids: readonly number[]): ReadonlyMap<number, string> {
    const named = this.db
      .prepare('SELECT id, name FROM debtor WHERE id IN (SELECT value FROM json_each(?))')
      .raw();
    return new Map(named.all(JSON.stringify(ids)) as [number, string][]);
  }

  /** Every debtor, by name. */
  all(): Debtor[] {
    return this.db.prepare(`SELECT ${COLUMNS} FROM debtor ORDER BY name, id`).all() as Debtor[];
  }

  /** The debtor already known under the same org.nr, or with the same name, type and postal address. */
  find(data: DebtorData): Debtor | null {
    const same =
      data.orgnr !== null
        ? prepared(this.db, BY_ORGNR).get(data.orgnr)
        : prepared(this.db, BY_NAME).get(data.name, data.type, data.zip, data.address);
    return (same as Debtor | undefined) ?? null;
  }

  /** What was known about a debtor before each change, oldest first. */
  changes(id: number): { changedOn: LocalDate; before: Debtor }[] {
    const rows = this.db
      .prepare('SELECT changed_on AS changedOn, before FROM debtor_change WHERE debtor_id = ? ORDER BY id')
      .all(id) as { changedOn: LocalDate; before: string }[];
    return rows.map(({ changedOn, before }) => ({ changedOn, before: JSON.parse(before) as Debtor }));
  }
}

/** Keeps a new debtor. To be called in a transaction. Returns the number. */
export function insertDebtor(db: Db, data: DebtorData): number {
  const values = NEW_COLUMNS.map((column) => data[column]);
  return Number(prepared(db, INSERT).run(...values).lastInsertRowid);
}

/** Changes what is known about a debtor; what was known before is kept. To be called in a transaction. */
export function updateDebtor(db: Db, changed: Debtor, at: Moment): void {
  const before = JSON.stringify(new Debtors(db).get(changed.id));
  db.prepare(
    'INSERT INTO debtor_change (debtor_id, changed_on, recorded_at, before) VALUES (?, ?, ?, ?)',
  ).run(changed.id, at.today, at.instant, before);
  writeDebtor(db, changed);
}

/**
 * Erases what tells who a debtor is: the data, their history, the texts and the letters. To be called in a
 * transaction. Returns the debtor's cases, whose rows in the register must be written anew.
 */
export function anonymiseDebtor(db: Db, id: number, at: Moment): number[] {
  const cases = new Cases(db).ofDebtor(id);
  const eraseTexts = db.prepare('DELETE FROM event_text WHERE case_id = ?');
  const emptyLetters = db.prepare(`UPDATE letter SET pdf = x'', file_name = 'slettet' WHERE case_id = ?`);
  for (const number of cases) {
    eraseTexts.run(number);
    emptyLetters.run(number);
  }
  db.prepare('DELETE FROM debtor_change WHERE debtor_id = ?').run(id);
  const { type, country, language } = new Debtors(db).get(id);
  const nobody = { orgnr: null, address: null, zip: null, city: null, email: null, phone: null };
  const unknown = { electronicBasis: null, electronicOn: null };
  const name = `Anonymisert ${id}`;
  writeDebtor(db, { id, name, type, country, language, ...nobody, ...unknown, anonymisedOn: at.today });
  return cases;
}

function writeDebtor(db: Db, changed: Debtor): void {
  db.prepare(
    `UPDATE debtor SET name = @name, type = @type, orgnr = @orgnr, address = @address, zip = @zip, city = @city,
     country = @country, email = @email, phone = @phone, language = @language,
     electronic_basis = @electronicBasis, electronic_on = @electronicOn, anonymised_on = @anonymisedOn WHERE id = @id`,
  ).run(changed);
}

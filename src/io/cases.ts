import { casesNamedBy } from '../case/kid.js';
import type { Status } from '../case/outlook.js';
import type { LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import type { RuleId } from '../law/rules.js';
import { prepared, type Db } from './sqlite.js';

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
  /** The last day the next letter is made without the user's word. */
  readonly letterUntil: LocalDate;
  readonly recordedOn: LocalDate;
  /** What is open from `recordedOn` on, in øre, with interest on the base after a day; null where the history tells. */
  readonly fixedOre: Ore | null;
  readonly interestBaseOre: Ore;
  readonly interestAfter: LocalDate;
  /** The last day on which limitation can be interrupted (W1). */
  readonly limitationOn: LocalDate;
}

const ROW_COLUMNS = `c.number, c.version, c.invoice, c.debtor_id AS debtorId, d.name AS debtor, c.status, c.due,
  c.effective_due AS effectiveDue, c.next_step AS nextStep, c.next_action_on AS nextActionOn, c.why_rule AS whyRule,
  c.why_text AS whyText, c.unconfirmed_letter AS unconfirmedLetter,
  c.limitation_on AS limitationOn, c.letter_until AS letterUntil,
  c.recorded_on AS recordedOn, c.fixed_ore AS fixedOre, c.interest_base_ore AS interestBaseOre,
  c.interest_after AS interestAfter`;
const FROM_CASES = 'FROM claim c JOIN debtor d ON d.id = c.debtor_id';

/** Of a case what a list of cases tells. */
export type ListedRow = Pick<
  CaseRow,
  | 'number'
  | 'invoice'
  | 'debtorId'
  | 'debtor'
  | 'status'
  | 'due'
  | 'nextStep'
  | 'nextActionOn'
  | 'limitationOn'
  | 'recordedOn'
  | 'fixedOre'
  | 'interestBaseOre'
  | 'interestAfter'
>;

type ListedTuple = [
  ...[number: number, invoice: string, debtorId: number, debtor: string, status: Status, due: LocalDate],
  ...[
    nextStep: string | null,
    nextActionOn: LocalDate | null,
    limitationOn: LocalDate,
    recordedOn: LocalDate,
  ],
  ...[fixedOre: Ore | null, interestBaseOre: Ore, interestAfter: LocalDate],
];

const OVERDUE = `effective_due < ? AND status NOT IN ('paid', 'closed')
  AND number NOT IN (SELECT value FROM json_each(?))`;

/** Closed before anything was sent or paid, as a claim is that was registered by mistake. */
const isMistake = (c: string): string =>
  `(${c}.status = 'closed' AND ${c}.letters_sent = '' AND ${c}.paid_ore IS 0)`;
const yearOf = (c: string): string => `substr(coalesce(${c}.issued, ${c}.due), 1, 4)`;

/** The cases with an invoice number or a KID, but for the mistakes whose invoice is registered anew. */
const meantBy = (column: string): string => `SELECT c.number FROM claim c WHERE c.${column} = ?
  AND NOT (${isMistake('c')} AND EXISTS (SELECT 1 FROM claim n WHERE n.invoice = c.invoice
    AND ${yearOf('n')} = ${yearOf('c')} AND NOT ${isMistake('n')})) ORDER BY c.number`;
const MEANT = { invoice: meantBy('invoice'), kid: meantBy('kid') };

/** The register of cases, as it is read. */
export class Cases {
  private readonly letterSql: string[] = [];

  constructor(private readonly db: Db) {}

  /** Every case in the register, by number, as a list tells of it. Fewer columns, and none by name, take half the time. */
  listed(): ListedRow[] {
    const found = this.db
      .prepare(
        `SELECT c.number, c.invoice, c.debtor_id, d.name, c.status, c.due, c.next_step, c.next_action_on,
        c.limitation_on, c.recorded_on, c.fixed_ore, c.interest_base_ore, c.interest_after
        ${FROM_CASES} ORDER BY c.number`,
      )
      .raw()
      .all() as ListedTuple[];
    return found.map((row) => ({
      number: row[0],
      invoice: row[1],
      debtorId: row[2],
      debtor: row[3],
      status: row[4],
      due: row[5],
      nextStep: row[6],
      nextActionOn: row[7],
      limitationOn: row[8],
      recordedOn: row[9],
      fixedOre: row[10],
      interestBaseOre: row[11],
      interestAfter: row[12],
    }));
  }

  /** The debtor's name of every case, by the number of the case. */
  debtorNames(): ReadonlyMap<number, string> {
    return new Map(
      this.db.prepare(`SELECT c.number, d.name ${FROM_CASES}`).raw().all() as [number, string][],
    );
  }

  /** Every case in the register, by number. */
  all(): CaseRow[] {
    return this.rows('ORDER BY c.number');
  }

  /** The cases with these numbers, by number. */
  numbered(numbers: readonly number[]): CaseRow[] {
    return this.rows(
      'WHERE c.number IN (SELECT value FROM json_each(?)) ORDER BY c.number',
      JSON.stringify(numbers),
    );
  }

  /** Cases whose next step may be taken on the day; with `catchUp` also old ones that never had a letter. */
  due(today: LocalDate, catchUp: boolean): CaseRow[] {
    const last = catchUp ? 'limitation_on' : 'letter_until';
    return this.rows(
      `WHERE c.next_action_on <= ? AND c.${last} >= ? ORDER BY c.next_action_on, c.number`,
      today,
      today,
    );
  }

  /** Cases past their due date that are not settled and not among some, by number: the first `most` of them. */
  overdue(today: LocalDate, except: Iterable<number>, most: number | null): CaseRow[] {
    const not = JSON.stringify([...except]);
    if (most === null) return this.rows(`WHERE c.${OVERDUE} ORDER BY c.number`, today, not);
    const first = `SELECT number FROM claim INDEXED BY claim_open_due WHERE ${OVERDUE} ORDER BY number LIMIT ?`;
    return this.rows(`WHERE c.number IN (${first}) ORDER BY c.number`, today, not, most);
  }

  /** How many cases past their due date are not settled and not among some. */
  countOverdue(today: LocalDate, except: Iterable<number>): number {
    return this.db
      .prepare(`SELECT count(*) FROM claim INDEXED BY claim_open_due WHERE ${OVERDUE}`)
      .pluck()
      .get(today, JSON.stringify([...except])) as number;
  }

  /** Cases with a letter that is made and not confirmed. */
  unconfirmed(): CaseRow[] {
    return this.rows('WHERE c.unconfirmed_letter IS NOT NULL ORDER BY c.number');
  }

  /** Case numbers that a reference can mean: the case number itself, else every case that is meant by that invoice number. */
  find(reference: string): number[] {
    if (/^\d{1,9}$/.test(reference)) {
      const number = this.db
        .prepare('SELECT number FROM claim WHERE number = ?')
        .pluck()
        .get(Number(reference));
      if (number !== undefined) return [number as number];
    }
    return this.meantBy('invoice', reference);
  }

  /** The cases that an invoice number or a KID means: not a mistake whose invoice is registered anew (S8). */
  meantBy(column: 'invoice' | 'kid', value: string): number[] {
    return prepared(this.db, MEANT[column]).pluck().all(value) as number[];
  }

  /** The cases with a KID: brought by the invoice, or made for a letter. */
  withKid(kid: string): number[] {
    const brought = this.meantBy('kid', kid);
    const named = this.lettersWithKid(casesNamedBy(kid), kid);
    return named.length === 0 ? brought : [...new Set([...brought, ...named])].sort((a, b) => a - b);
  }

  /** Those of some cases that had a letter with a KID made for it; one may be named for each of its letters. */
  private lettersWithKid(cases: readonly number[], kid: string): number[] {
    // One statement for each number of cases, put together once: they are looked for by their text.
    const places = '?, '.repeat(cases.length).slice(0, -2);
    const sql = (this.letterSql[cases.length] ??= `SELECT e.case_id
       FROM letter l CROSS JOIN event e ON e.case_id = l.case_id
       WHERE l.case_id IN (${places}) AND e.type = 'letterGenerated' AND json_extract(e.payload, '$.kid') = ?`);
    return prepared(this.db, sql)
      .pluck()
      .all(...cases, kid) as number[];
  }

  /** Every case with an invoice number, mistakes too, by number. */
  withInvoice(invoice: string): number[] {
    return prepared(this.db, 'SELECT number FROM claim WHERE invoice = ? ORDER BY number')
      .pluck()
      .all(invoice) as number[];
  }

  /** The number of a case that is not there yet. */
  nextNumber(): number {
    const last = prepared(this.db, 'SELECT max(number) FROM claim').pluck().get() as number | null;
    return (last ?? 0) + 1;
  }

  /** Every case number. */
  numbers(): number[] {
    return this.db.prepare('SELECT number FROM claim ORDER BY number').pluck().all() as number[];
  }

  /** The cases of a debtor, by number. */
  ofDebtor(id: number): number[] {
    return this.db
      .prepare('SELECT number FROM claim WHERE debtor_id = ? ORDER BY number')
      .pluck()
      .all(id) as number[];
  }

  /** The first claim on a debtor that a fact about the debtor has stopped, and why (S4–S7); null when there is none. */
  stoppedOf(debtorId: number): { number: number; whyText: string } | null {
    const sql = `SELECT number, why_text AS whyText FROM claim
      WHERE debtor_id = ? AND status IN ('bankrupt', 'stopped') ORDER BY number LIMIT 1`;
    return (prepared(this.db, sql).get(debtorId) as { number: number; whyText: string } | undefined) ?? null;
  }

  private rows(where: string, ...values: unknown[]): CaseRow[] {
    return this.db.prepare(`SELECT ${ROW_COLUMNS} ${FROM_CASES} ${where}`).all(...values) as CaseRow[];
  }
}

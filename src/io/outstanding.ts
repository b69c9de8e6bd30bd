import type { NotedFact } from '../case/events.js';
import type { Status } from '../case/outlook.js';
import { addDays, addMonths, type LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import { prepared, type Db } from './sqlite.js';

/** A claim that may be outstanding, as the register has it; without figures where its history must be read. */
export type OutstandingRow = readonly [
  number: number,
  debtorId: number,
  effectiveDue: LocalDate,
  fixedOre: Ore | null,
  interestBaseOre: Ore,
  interestAfter: LocalDate,
];

/** A claim as the reports of what is outstanding read it from the register. */
export interface WatchedRow {
  readonly number: number;
  readonly invoice: string;
  readonly debtorId: number;
  readonly debtor: string;
  readonly status: Status;
  readonly effectiveDue: LocalDate;
  readonly limitationOn: LocalDate;
  /** Not booked as a loss or closed, and something is open. */
  readonly outstanding: boolean;
  /** Null where the history must be read. */
  readonly fixedOre: Ore | null;
  readonly interestBaseOre: Ore;
  readonly interestAfter: LocalDate;
  readonly lettersSent: readonly LocalDate[];
  /** What notes establish; null where the history must be read. */
  readonly facts: readonly NotedFact[] | null;
  readonly finishedOn: LocalDate | null;
}

type WatchedTuple = [
  ...[number: number, invoice: string, debtorId: number, debtor: string, status: Status],
  ...[effectiveDue: LocalDate, limitationOn: LocalDate, outstanding: 0 | 1],
  ...[fixedOre: Ore | null, interestBaseOre: Ore, interestAfter: LocalDate],
  ...[lettersSent: string, facts: string | null, finishedOn: LocalDate | null],
];

/** What is outstanding on a day, read from the register. */
export class Outstanding {
  constructor(private readonly db: Db) {}

  /** The claims that may be outstanding on a day and that nothing was recorded of since. There can be a million of them. */
  on(on: LocalDate): Iterable<OutstandingRow> {
    return prepared(
      this.db,
      `SELECT number, debtor_id, effective_due, fixed_ore, interest_base_ore, interest_after
     FROM claim INDEXED BY claim_outstanding WHERE outstanding = 1 AND recorded_on <= ?`,
    )
      .raw()
      .iterate(on) as Iterable<OutstandingRow>;
  }

  /** Cases that something was recorded of after the day, by number: what they were on it, only their histories tell. */
  recordedSince(on: LocalDate): number[] {
    return this.db
      .prepare('SELECT number FROM claim WHERE recorded_on > ? ORDER BY number')
      .pluck()
      .all(on) as number[];
  }

  /**
   * Claims that something may be said of on a day besides what is open, and that nothing was recorded of since, by number:
   * they are near limitation, or something may speak for giving them up. With `all` every other outstanding one as well.
   */
  watched(on: LocalDate, all: boolean): WatchedRow[] {
    const rows = prepared(
      this.db,
      `SELECT c.number, c.invoice, c.debtor_id, d.name, c.status, c.effective_due, c.limitation_on, c.outstanding,
      c.fixed_ore, c.interest_base_ore, c.interest_after, c.letters_sent, c.facts, c.finished_on
     FROM claim c JOIN debtor d ON d.id = c.debtor_id
     WHERE c.recorded_on <= ? AND (
       c.limitation_on <= ? AND (c.fixed_ore IS NULL OR c.fixed_ore > 0 OR c.interest_base_ore > 0)
       OR c.outstanding = 1 AND (? OR c.facts IS NULL OR c.facts <> '' OR c.status = 'bankrupt'
         OR c.finished_on <= ? OR c.effective_due <= ? AND c.letters_sent <> ''))
     ORDER BY c.number`,
    )
      .raw()
      .all(on, monthsFrom(on, 6), all ? 1 : 0, on, monthsFrom(on, -6)) as WatchedTuple[];
    return rows.map((row) => ({
      number: row[0],
      invoice: row[1],
      debtorId: row[2],
      debtor: row[3],
      status: row[4],
      effectiveDue: row[5],
      limitationOn: row[6],
      outstanding: row[7] === 1,
      fixedOre: row[8],
      interestBaseOre: row[9],
      interestAfter: row[10],
      lettersSent: words<LocalDate>(row[11]),
      facts: row[12] === null ? null : words<NotedFact>(row[12]),
      finishedOn: row[13],
    }));
  }
}

function words<T extends string>(text: string): T[] {
  return text === '' ? [] : (text.split(' ') as T[]);
}

/** So many months on or back, and the few days that months differ by: whoever is near enough is never left out. */
function monthsFrom(on: LocalDate, months: number): LocalDate {
  return addDays(addMonths(on, months), 4);
}

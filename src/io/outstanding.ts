import type { Standing } from '../case/standing.js';
import type { LocalDate } from '../law/dates.js';
import { prepared, type Db } from './sqlite.js';

/** A claim that is outstanding, as the register has it. */
export interface OutstandingRow extends Standing {
  readonly number: number;
  readonly debtorId: number;
  readonly effectiveDue: LocalDate;
}

/**
 * The claims that are outstanding on a day, as far as the register tells: not those that something was recorded of since,
 * nor those whose history must be read. By the day their interest runs from.
 */
export function* outstanding(db: Db, on: LocalDate): Generator<OutstandingRow> {
  const rows = prepared(
    db,
    `SELECT number, debtor_id, effective_due, fixed_ore, interest_base_ore, interest_after
     FROM claim INDEXED BY claim_outstanding WHERE outstanding = 1 AND recorded_on <= ? AND fixed_ore IS NOT NULL`,
  )
    .raw()
    .iterate(on) as Iterable<[number, number, LocalDate, number, number, LocalDate]>;
  for (const [number, debtorId, effectiveDue, fixedOre, interestBaseOre, interestAfter] of rows)
    yield { number, debtorId, effectiveDue, fixedOre, interestBaseOre, interestAfter };
}

/** The other cases that may be outstanding on the day, by number: those whose history must be read. */
export function toReplay(db: Db, on: LocalDate): number[] {
  return db
    .prepare(
      `SELECT number FROM claim INDEXED BY claim_recorded WHERE recorded_on > @on
       UNION SELECT number FROM claim INDEXED BY claim_outstanding
         WHERE outstanding = 1 AND recorded_on <= @on AND fixed_ore IS NULL
       ORDER BY number`,
    )
    .pluck()
    .all({ on }) as number[];
}

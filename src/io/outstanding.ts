import type { LocalDate } from '../law/dates.js';
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

/** The claims that may be outstanding on a day and that nothing was recorded of since. There can be a million of them. */
export function outstanding(db: Db, on: LocalDate): Iterable<OutstandingRow> {
  return prepared(
    db,
    `SELECT number, debtor_id, effective_due, fixed_ore, interest_base_ore, interest_after
     FROM claim INDEXED BY claim_outstanding WHERE outstanding = 1 AND recorded_on <= ?`,
  )
    .raw()
    .iterate(on) as Iterable<OutstandingRow>;
}

/** Cases that something was recorded of after the day, by number: what they were on it, only their histories tell. */
export function recordedSince(db: Db, on: LocalDate): number[] {
  return db
    .prepare('SELECT number FROM claim WHERE recorded_on > ? ORDER BY number')
    .pluck()
    .all(on) as number[];
}

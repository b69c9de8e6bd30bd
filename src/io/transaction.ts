import type { Db } from './sqlite.js';

/** What a unit of work came to, and whether what it wrote is kept. */
export interface Kept<T> {
  readonly value: T;
  readonly keep: boolean;
}

/** One transaction around work that takes its time: kept where the work says so, else as if it had never been. */
export async function unit<T>(db: Db, work: () => Promise<Kept<T>>): Promise<T> {
  const [begin, commit, rollback] = db.inTransaction
    ? ['SAVEPOINT unit', 'RELEASE unit', 'ROLLBACK TO unit; RELEASE unit']
    : ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'];
  db.exec(begin);
  let open = true;
  try {
    const { value, keep } = await work();
    db.exec(keep ? commit : rollback);
    open = false;
    return value;
  } finally {
    if (open && db.inTransaction) db.exec(rollback);
  }
}

/** One transaction around what is written at once; in a unit, the unit. */
export function write<T>(db: Db, work: () => T): T {
  // In a unit the unit is what holds together; a savepoint for each of 100 000 cases would copy every page it touches.
  return db.inTransaction ? work() : db.transaction(work).immediate();
}

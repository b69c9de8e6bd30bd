import Database from 'better-sqlite3';
import { openFile, prepare } from '../../src/io/sqlite.js';

type Value = string | number | null;

/** What one record of a file came to: statements, and the values ready to be bound. */
interface Written {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** In the order in which one can refer to the other. */
const TABLES = [
  'import_file',
  'debtor',
  'event',
  'event_text',
  'claim',
  'import_record',
  'claim_record',
  'payment',
] as const;

/** What an import wrote, by what the database has that it did not have before. */
export function writtenSince(before: string, after: string): readonly (readonly Written[])[] {
  const db = new Database(after, { readonly: true });
  try {
    db.prepare('ATTACH ? AS b').run(before);
    const added = TABLES.map((table) => addedTo(db, table));
    const uses = rows(
      db,
      'payment_use',
      'SELECT n.* FROM payment_use n LEFT JOIN b.payment_use USING (case_id, version) WHERE b.payment_use.case_id IS NULL',
    );
    return [...added, uses, changedClaims(db)];
  } finally {
    db.close();
  }
}

function addedTo(db: Database.Database, table: string): Written[] {
  return rows(
    db,
    table,
    `SELECT * FROM ${table} WHERE rowid > (SELECT ifnull(max(rowid), 0) FROM b.${table})`,
  );
}

function rows(db: Database.Database, table: string, select: string): Written[] {
  const columns = db.pragma(`table_info(${table})`) as { name: string }[];
  const sql = `INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  return (db.prepare(select).raw().all() as Value[][]).map((values) => ({ sql, values }));
}

/** Only the columns that are another, as the program writes them. */
function changedClaims(db: Database.Database): Written[] {
  const columns = (db.pragma('table_info(claim)') as { name: string }[]).map(({ name }) => name);
  const select = (from: string): Value[][] =>
    db
      .prepare(
        `SELECT ${columns.map((name) => `${from}.${name}`).join(', ')} FROM claim n JOIN b.claim o USING (number)
         WHERE n.version <> o.version ORDER BY number`,
      )
      .raw()
      .all() as Value[][];
  const before = select('o');
  return select('n').map((now, index) => {
    const other = columns.flatMap((_name, at) => (now[at] === before[index]?.[at] ? [] : [at]));
    return {
      sql: `UPDATE claim SET ${other.map((at) => `${columns[at] ?? ''} = ?`).join(', ')} WHERE number = ?`,
      values: [...other.map((at) => now[at] ?? null), now[columns.indexOf('number')] ?? null],
    };
  });
}

/** Writes the same again, record by record in one transaction, as safely as the program does: what SQLite alone takes. */
export function writeBare(path: string, written: readonly (readonly Written[])[]): void {
  const db = openFile(path);
  prepare(db);
  const statements = new Map<string, Database.Statement>();
  const most = Math.max(...written.map((list) => list.length));
  db.transaction(() => {
    for (let record = 0; record < most; record += 1) {
      for (const list of written) {
        const one = list[record];
        if (one === undefined) continue;
        let statement = statements.get(one.sql);
        if (statement === undefined) statements.set(one.sql, (statement = db.prepare(one.sql)));
        statement.run(...one.values);
      }
    }
  }).immediate();
  db.close();
}

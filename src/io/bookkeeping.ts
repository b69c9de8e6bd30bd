import type { LocalDate } from '../law/dates.js';
import { sha256 } from './chain.js';
import type { Moment } from './journal.js';
import type { Db } from './sqlite.js';

/** A period that was handed to the books. */
export interface BookkeepingExport {
  readonly id: number;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly format: string;
  readonly recordedOn: LocalDate;
}

/** A voucher by its number, and everything it says as text. */
export interface ExportedVoucher {
  readonly number: number;
  readonly content: string;
}

/** What has been handed to the books, as it is read. */
export class Bookkeeping {
  constructor(private readonly db: Db) {}

  /** Earlier exports, oldest first. */
  exports(): BookkeepingExport[] {
    return this.db
      .prepare(
        `SELECT id, from_on AS "from", to_on AS "to", format, recorded_on AS recordedOn FROM bookkeeping_export ORDER BY id`,
      )
      .all() as BookkeepingExport[];
  }

  /** Whether a voucher was exported before, and as it is now; by number. */
  exportedBefore(vouchers: readonly ExportedVoucher[]): ReadonlyMap<number, 'same' | 'changed'> {
    const latest = this.db
      .prepare('SELECT fingerprint FROM bookkeeping_voucher WHERE number = ? ORDER BY export_id DESC LIMIT 1')
      .pluck();
    const found = new Map<number, 'same' | 'changed'>();
    for (const { number, content } of vouchers) {
      const fingerprint = latest.get(number) as string | undefined;
      if (fingerprint === undefined) continue;
      found.set(number, fingerprint === sha256(content) ? 'same' : 'changed');
    }
    return found;
  }
}

/** Records an export and its vouchers. To be called in a transaction. Returns its number. */
export function recordBookkeepingExport(
  db: Db,
  period: { readonly from: LocalDate; readonly to: LocalDate; readonly format: string },
  vouchers: readonly ExportedVoucher[],
  at: Moment,
): number {
  const { from, to, format } = period;
  const id = Number(
    db
      .prepare(
        'INSERT INTO bookkeeping_export (from_on, to_on, format, recorded_on, recorded_at) VALUES (?, ?, ?, ?, ?)',
      )
      .run(from, to, format, at.today, at.instant).lastInsertRowid,
  );
  const insert = db.prepare(
    'INSERT INTO bookkeeping_voucher (export_id, number, fingerprint) VALUES (?, ?, ?)',
  );
  for (const { number, content } of vouchers) insert.run(id, number, sha256(content));
  return id;
}

import type { LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import { prepared, type Db } from './sqlite.js';

/** A credit note whose invoice has not come yet. Amounts in øre. */
export interface WaitingCreditNote {
  readonly record: number;
  readonly number: string;
  readonly invoice: string;
  readonly issued: LocalDate | null;
  readonly amountOre: Ore;
}

/** What is kept of invoice files besides their records: what became of them, and how their columns are read. */
export class ClaimImports {
  constructor(private readonly db: Db) {}

  /** Remembers the case that an imported record became, or changed. */
  link(record: number, number: number): void {
    prepared(this.db, 'INSERT INTO claim_record (record_id, case_id) VALUES (?, ?)').run(record, number);
  }

  /** The fields by column that the user has named for a file with these column names; empty when none. */
  columnMap(header: string): Record<string, string> {
    const map = prepared(this.db, 'SELECT map FROM column_map WHERE header = ?').get(header) as
      { map: string } | undefined;
    return map === undefined ? {} : (JSON.parse(map.map) as Record<string, string>);
  }

  saveColumnMap(header: string, map: Readonly<Record<string, string>>): void {
    prepared(
      this.db,
      'INSERT INTO column_map (header, map) VALUES (?, ?) ON CONFLICT (header) DO UPDATE SET map = excluded.map',
    ).run(header, JSON.stringify(map));
  }

  addWaiting({ record, number, invoice, issued, amountOre }: WaitingCreditNote): void {
    prepared(
      this.db,
      'INSERT INTO waiting_credit_note (record_id, number, invoice, issued, amount_ore) VALUES (?, ?, ?, ?, ?)',
    ).run(record, number, invoice, issued, amountOre);
  }

  waitingFor(invoice: string): WaitingCreditNote[] {
    return prepared(
      this.db,
      `SELECT record_id AS record, number, invoice, issued, amount_ore AS amountOre FROM waiting_credit_note
       WHERE invoice = ? AND case_id IS NULL ORDER BY record_id`,
    ).all(invoice) as WaitingCreditNote[];
  }

  /** The credit note has found its case. */
  arrived(record: number, number: number): void {
    prepared(this.db, 'UPDATE waiting_credit_note SET case_id = ? WHERE record_id = ?').run(number, record);
    this.link(record, number);
  }

  /** Erases what files said of these cases. */
  eraseTexts(cases: readonly number[]): void {
    const erase = prepared(
      this.db,
      `UPDATE import_record SET raw = '' WHERE id IN (SELECT record_id FROM claim_record WHERE case_id = ?)`,
    );
    for (const number of cases) erase.run(number);
  }
}

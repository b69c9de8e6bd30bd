import type { LocalDate } from '../law/dates.js';
import { sha256 } from './chain.js';
import type { Moment } from './journal.js';
import { prepared, type Db } from './sqlite.js';

/** A file being taken in. */
export interface ImportedFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly format: string;
  readonly encoding: string | null;
}

/** Files that were imported, and their records. */
export class Imports {
  /** A key is looked up and then stored. */
  private latest = { key: '', print: '' };

  constructor(private readonly db: Db) {}

  private sql(text: string): ReturnType<typeof prepared> {
    return prepared(this.db, text);
  }

  addFile(file: ImportedFile, at: Moment): number {
    const { name, size, sha256: hash, format, encoding } = file;
    return Number(
      this.sql(
        `INSERT INTO import_file (name, size, sha256, format, encoding, imported_on, imported_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ).run(name, size, hash, format, encoding, at.today, at.instant).lastInsertRowid,
    );
  }

  knowsFile(hash: string): boolean {
    return this.sql('SELECT 1 FROM import_file WHERE sha256 = ?').get(hash) !== undefined;
  }

  knows(key: string, occurrence: number): boolean {
    const found = this.sql('SELECT 1 FROM import_record WHERE key = ? AND occurrence = ?');
    return found.get(this.fingerprint(key), occurrence) !== undefined;
  }

  /** Keeps a record; null where it was taken in before. */
  addRecord(file: number, place: string, key: string, occurrence: number, raw: string): number | null {
    const { changes, lastInsertRowid } = this.sql(
      `INSERT INTO import_record (file_id, place, key, occurrence, raw) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (key, occurrence) DO NOTHING`,
    ).run(file, place, this.fingerprint(key), occurrence, raw);
    return changes === 0 ? null : Number(lastInsertRowid);
  }

  /** The day a bank file was last taken in; null when none ever was. */
  newestBankImport(): LocalDate | null {
    return this.sql(
      `SELECT max(imported_on) FROM import_file WHERE format IN ('ocr', 'camt') OR format LIKE 'bank:%'`,
    )
      .pluck()
      .get() as LocalDate | null;
  }

  /** Keys hold names and account numbers, so only what they can be recognised by is kept. */
  private fingerprint(key: string): string {
    if (key !== this.latest.key) this.latest = { key, print: sha256(key).slice(0, 32) };
    return this.latest.print;
  }
}

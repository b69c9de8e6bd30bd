import type { LocalDate } from '../law/dates.js';
import { prepared, type Db } from './sqlite.js';
import type { Moment } from './journal.js';

/** A printed letter on its way into the database. */
export interface PrintedLetter {
  readonly fileName: string;
  readonly pdf: Uint8Array;
  readonly pages: number;
}

export interface RecordedLetter {
  readonly id: number;
  readonly batch: number;
  readonly sha256: string;
}

export interface StoredLetter {
  readonly id: number;
  readonly caseNumber: number;
  readonly batch: number;
  readonly fileName: string;
  readonly sha256: string;
  readonly pages: number;
  readonly pdf: Uint8Array;
}

export function insertBatch(db: Db, at: Moment): number {
  const insert = db.prepare('INSERT INTO batch (made_on, recorded_at) VALUES (?, ?)');
  return Number(insert.run(at.today, at.instant).lastInsertRowid);
}

export function insertLetter(
  db: Db,
  caseNumber: number,
  batch: number,
  printed: PrintedLetter,
  hash: string,
): number {
  const insert = prepared(
    db,
    'INSERT INTO letter (case_id, batch_id, file_name, sha256, pages, pdf) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const { fileName, pages, pdf } = printed;
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  return Number(insert.run(caseNumber, batch, fileName, hash, pages, bytes).lastInsertRowid);
}

/** The letters, as they are read. */
export class Letters {
  constructor(private readonly db: Db) {}

  /** A letter with its PDF, or null when there is none with the number. */
  get(id: number): StoredLetter | null {
    const row = prepared(
      this.db,
      'SELECT id, case_id AS caseNumber, batch_id AS batch, file_name AS fileName, sha256, pages, pdf FROM letter WHERE id = ?',
    ).get(id);
    return (row as StoredLetter | undefined) ?? null;
  }

  /** The letters whose PDF has this fingerprint, as the history says it. */
  withHash(hash: string): number[] {
    return this.db
      .prepare('SELECT id FROM letter WHERE sha256 = ? ORDER BY id')
      .pluck()
      .all(hash) as number[];
  }

  /** The case a letter is in, or null when there is no such letter. */
  caseOf(id: number): number | null {
    const number = prepared(this.db, 'SELECT case_id FROM letter WHERE id = ?').pluck().get(id);
    return (number as number | undefined) ?? null;
  }

  /** Ids of the letters of a batch, in the order they were made. */
  ofBatch(batch: number): number[] {
    return this.db
      .prepare('SELECT id FROM letter WHERE batch_id = ? ORDER BY id')
      .pluck()
      .all(batch) as number[];
  }

  /** Batches whose letters may not all lie on the disk, oldest first. */
  unfinishedBatches(): { batch: number; madeOn: LocalDate }[] {
    return this.db
      .prepare('SELECT id AS batch, made_on AS madeOn FROM batch WHERE finished_at IS NULL ORDER BY id')
      .all() as { batch: number; madeOn: LocalDate }[];
  }
}

export function finishBatch(db: Db, batch: number, at: Moment): void {
  db.prepare('UPDATE batch SET finished_at = ? WHERE id = ?').run(at.instant, batch);
}

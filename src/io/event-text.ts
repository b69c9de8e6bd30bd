import { randomBytes } from 'node:crypto';
import { sha256, type EventRow } from './chain.js';
import { prepared, type Db } from './sqlite.js';
import { isFingerprint, TEXT_FIELDS, textKey, toEvent, type StoredEvent } from './projection.js';

/** A text on its way into its own table. */
export interface EventText {
  readonly field: string;
  readonly salt: string;
  readonly text: string;
}

interface TextRow extends EventText {
  readonly case_id: number;
  readonly version: number;
}

/** The salt keeps a short text, such as a name, from being guessed from its fingerprint. */
function fingerprint(salt: string, text: string): string {
  return sha256(`${salt}:${text}`);
}

const SALT_BYTES = 16;
let salts = Buffer.alloc(0);

/** Random bytes cost the same to get by the thousand. */
function newSalt(): string {
  if (salts.length === 0) salts = randomBytes(SALT_BYTES * 1000);
  const salt = salts.toString('hex', 0, SALT_BYTES);
  salts = salts.subarray(SALT_BYTES);
  return salt;
}

/** Replaces what people wrote by fingerprints; the chain covers these, and the texts go to a table of their own. */
export function withFingerprints(facts: object): { payload: Record<string, unknown>; texts: EventText[] } {
  const payload: Record<string, unknown> = { ...facts };
  const texts: EventText[] = [];
  for (const field of TEXT_FIELDS) {
    const text = payload[field];
    if (typeof text !== 'string') continue;
    const salt = newSalt();
    payload[field] = { sha256: fingerprint(salt, text) };
    texts.push({ field, salt, text });
  }
  return { payload, texts };
}

/** The events of a case in order, with their texts. */
export function readEvents(db: Db, number: number): StoredEvent[] {
  const rows = prepared(db, 'SELECT * FROM event WHERE case_id = ? ORDER BY version').all(
    number,
  ) as EventRow[];
  const texts = prepared(db, 'SELECT version, field, text FROM event_text WHERE case_id = ?').all(
    number,
  ) as TextRow[];
  const byPlace = new Map(texts.map(({ version, field, text }) => [textKey(version, field), text]));
  return rows.map((row) => toEvent(row, byPlace));
}

/** Every history in the register, one case at a time by number, in two readings of the tables. */
export function* readHistories(db: Db): Generator<{ number: number; events: StoredEvent[] }> {
  const texts = db.prepare('SELECT case_id, version, field, text FROM event_text ORDER BY case_id').iterate();
  try {
    let text = nextRow<TextRow>(texts);
    for (const rows of byCase(db)) {
      const number = rows[0]?.case_id ?? 0;
      const byPlace = new Map<string, string>();
      for (; text !== null && text.case_id <= number; text = nextRow<TextRow>(texts))
        if (text.case_id === number) byPlace.set(textKey(text.version, text.field), text.text);
      yield { number, events: rows.map((row) => toEvent(row, byPlace)) };
    }
  } finally {
    texts.return?.();
  }
}

function nextRow<T>(rows: Iterator<unknown>): T | null {
  const next = rows.next();
  return next.done === true ? null : (next.value as T);
}

function* byCase(db: Db): Generator<EventRow[]> {
  let rows: EventRow[] = [];
  for (const row of db
    .prepare('SELECT * FROM event ORDER BY case_id, version')
    .iterate() as Iterable<EventRow>) {
    if (rows[0] !== undefined && rows[0].case_id !== row.case_id) {
      yield rows;
      rows = [];
    }
    rows.push(row);
  }
  if (rows.length > 0) yield rows;
}

/** The facts of an event as they are stored; null where they are no longer JSON. */
export function readFacts(payload: string): Record<string, unknown> | null {
  try {
    return JSON.parse(payload) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** Cases whose debtor has been anonymised: their texts and letters are gone, and are to be. */
export function erasedCases(db: Db): ReadonlySet<number> {
  const sql = `SELECT c.number FROM claim c JOIN debtor d ON d.id = c.debtor_id WHERE d.anonymised_on IS NOT NULL`;
  return new Set(db.prepare(sql).pluck().all() as number[]);
}

/** Texts that are not the ones the chain has fingerprints of, and texts that are gone though nobody asked for that. */
export function checkTexts(db: Db): string[] {
  const erased = erasedCases(db);
  const texts = db.prepare('SELECT field, salt, text FROM event_text WHERE case_id = ? AND version = ?');
  const findings: string[] = [];
  for (const { case_id: number, version, payload } of db
    .prepare('SELECT case_id, version, payload FROM event ORDER BY seq')
    .iterate() as Iterable<EventRow>) {
    const facts = readFacts(payload) ?? {};
    const stored = new Map((texts.all(number, version) as TextRow[]).map((row) => [row.field, row]));
    const place = `sak ${number}, hendelse ${version}`;
    for (const field of TEXT_FIELDS) {
      const row = stored.get(field);
      const print = isFingerprint(facts[field]) ? facts[field].sha256 : null;
      if (row === undefined) {
        if (print !== null && !erased.has(number))
          findings.push(`Teksten ${field} i ${place}, er tatt bort.`);
      } else if (print !== fingerprint(row.salt, row.text)) {
        findings.push(`Teksten ${field} i ${place}, er endret.`);
      }
    }
  }
  const orphans = `SELECT t.case_id, t.version, t.field FROM event_text t
    LEFT JOIN event e ON e.case_id = t.case_id AND e.version = t.version WHERE e.seq IS NULL`;
  for (const { case_id: number, version, field } of db.prepare(orphans).all() as TextRow[])
    findings.push(
      `Teksten ${field} i sak ${number}, hendelse ${version}, hører til en hendelse som er borte.`,
    );
  return findings;
}

import { randomBytes } from 'node:crypto';
import type { LocalDate } from '../law/dates.js';
import { sha256, type EventRow } from './chain.js';
import { prepared, type Db } from './sqlite.js';
import {
  isFingerprint,
  TEXT_FIELDS,
  textKey,
  toEvent,
  TOLD,
  type StoredEvent,
  type ToldRow,
} from './projection.js';

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
let salts = '';

/** Random bytes cost the same to get by the thousand. */
function newSalt(): string {
  if (salts === '') salts = randomBytes(SALT_BYTES * 1000).toString('hex');
  const salt = salts.slice(0, 2 * SALT_BYTES);
  salts = salts.slice(2 * SALT_BYTES);
  return salt;
}

/**
 * What an event says but for its type. What people wrote is replaced by fingerprints; the chain covers these, and the
 * texts go to a table of their own.
 */
export function withFingerprints(body: object): { payload: Record<string, unknown>; texts: EventText[] } {
  const { type: _type, ...payload } = body as Record<string, unknown>;
  const texts: EventText[] = [];
  for (const field of TEXT_FIELDS) {
    const text = payload[field];
    if (typeof text !== 'string') continue;
    const salt = newSalt();
    texts.push({ field, salt, text });
    payload[field] = { sha256: fingerprint(salt, text) };
  }
  return { payload, texts };
}

const EVENTS_OF_CASE = `SELECT ${TOLD} FROM event WHERE case_id = ? ORDER BY version`;

/** The events of a case in order, with their texts. */
export function readEvents(db: Db, number: number): StoredEvent[] {
  const rows = prepared(db, EVENTS_OF_CASE);
  const texts = prepared(db, 'SELECT version, field, text FROM event_text WHERE case_id = ?');
  const byPlace = new Map<string, string>();
  for (const [version, field, text] of texts.raw().all(number) as [number, string, string][])
    byPlace.set(textKey(version, field), text);
  return (rows.raw().all(number) as ToldRow[]).map((row) => toEvent(row, byPlace));
}

/**
 * The histories in the register, one case at a time by number, in two readings of the tables: all of them, or all but
 * those of cases that were settled before a day.
 */
export function readHistories(
  db: Db,
  notSettledBefore: LocalDate | null,
): Generator<{ number: number; events: StoredEvent[] }> {
  if (notSettledBefore === null) return historiesWhere(db, '', []);
  return historiesWhere(db, `WHERE case_id NOT IN (${SETTLED_BEFORE})`, [notSettledBefore]);
}

/** The histories from one case number to another, both included. */
export function readHistoriesBetween(
  db: Db,
  first: number,
  last: number,
): Generator<{ number: number; events: StoredEvent[] }> {
  return historiesWhere(db, 'WHERE case_id BETWEEN ? AND ?', [first, last]);
}

function* historiesWhere(
  db: Db,
  where: string,
  values: readonly (string | number)[],
): Generator<{ number: number; events: StoredEvent[] }> {
  const texts = db
    .prepare(`SELECT case_id, version, field, text FROM event_text ${where} ORDER BY case_id`)
    .raw();
  const left = texts.iterate(...values) as IterableIterator<[number, number, string, string]>;
  try {
    let text = nextRow(left);
    for (const { number, rows } of byCase(db, where, values)) {
      const byPlace = new Map<string, string>();
      for (; text !== null && text[0] <= number; text = nextRow(left))
        if (text[0] === number) byPlace.set(textKey(text[1], text[2]), text[3]);
      yield { number, events: rows.map((row) => toEvent(row, byPlace)) };
    }
  } finally {
    left.return?.();
  }
}

/** Cases with nothing open, or off the books, that fell due and had their last event before a day: nothing moves in them later. */
const SETTLED_BEFORE = `SELECT number FROM claim
  WHERE max(recorded_on, effective_due) < ? AND outstanding = 0 AND fixed_ore IS NOT NULL`;

function nextRow<T>(rows: Iterator<T>): T | null {
  const next = rows.next();
  return next.done === true ? null : next.value;
}

function* byCase(
  db: Db,
  where: string,
  values: readonly (string | number)[],
): Generator<{ number: number; rows: ToldRow[] }> {
  let number = 0;
  let rows: ToldRow[] = [];
  const all = db.prepare(`SELECT ${TOLD}, case_id FROM event ${where} ORDER BY case_id, version`).raw();
  for (const row of all.iterate(...values) as Iterable<[...ToldRow, number]>) {
    if (rows.length > 0 && row[6] !== number) {
      yield { number, rows };
      rows = [];
    }
    number = row[6];
    rows.push(row as unknown as ToldRow);
  }
  if (rows.length > 0) yield { number, rows };
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

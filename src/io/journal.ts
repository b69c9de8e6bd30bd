import type { CaseEvent, NewEvent } from '../case/events.js';
import type { LocalDate } from '../law/dates.js';
import { CHAIN_START, chainHash } from './chain.js';
import { prepared, type Db } from './sqlite.js';
import { withFingerprints } from './event-text.js';

/** Somebody else changed the case between reading and writing it. */
export class CaseMoved extends Error {}

/** When something is recorded: what "today" was, and the clock. */
export interface Moment {
  readonly today: LocalDate;
  /** UTC, ISO 8601. */
  readonly instant: string;
}

export function versionOf(db: Db, number: number): number {
  const latest = prepared(db, 'SELECT max(version) FROM event WHERE case_id = ?').pluck().get(number);
  return (latest as number | null) ?? 0;
}

/**
 * Adds events to a case that must still be at the version it was read at, each linked to the hash of the one before.
 * Version 0 is a new case: its number is fresh. To be called in a transaction. @throws CaseMoved
 */
export function appendEvents(
  db: Db,
  number: number,
  version: number,
  events: readonly NewEvent[],
  at: Moment,
): void {
  const stands = version === 0 ? 0 : versionOf(db, number);
  if (stands !== version) throw new CaseMoved(`case ${number} is at ${stands}, not ${version}`);
  const insert = prepared(
    db,
    `INSERT INTO event (seq, case_id, version, type, happened_on, recorded_on, recorded_at, payload, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertText = prepared(
    db,
    'INSERT INTO event_text (case_id, version, field, salt, text) VALUES (?, ?, ?, ?, ?)',
  );
  let before = lastLink(db);
  events.forEach(({ happenedOn, body }, index) => {
    const facts = withFingerprints(body);
    const seq = before.seq + 1;
    const place = version + index + 1;
    const payload = JSON.stringify(facts.payload);
    const row = {
      seq,
      case_id: number,
      version: place,
      type: body.type,
      happened_on: happenedOn,
      recorded_on: at.today,
      recorded_at: at.instant,
      payload,
    };
    const hash = chainHash(before.hash, row);
    insert.run(seq, number, place, body.type, happenedOn, at.today, at.instant, payload, hash);
    for (const { field, salt, text } of facts.texts) insertText.run(number, place, field, salt, text);
    before = { seq, hash };
  });
}

/** The events after a version of a case, as they stand once they are written. */
export function stored(events: readonly NewEvent[], version: number, at: Moment): CaseEvent[] {
  return events.map(({ happenedOn, body }, index) => ({
    version: version + index + 1,
    happenedOn,
    recordedOn: at.today,
    ...body,
  }));
}

/** The last event's number and hash: what the whole history hangs on. */
export function lastLink(db: Db): { seq: number; hash: string } {
  const row = prepared(db, 'SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1').get();
  return (row as { seq: number; hash: string } | undefined) ?? { seq: 0, hash: CHAIN_START };
}

import { hash } from 'node:crypto';

/** One event as it is stored; the payload is JSON text, hashed exactly as it stands. */
export interface EventRow {
  readonly seq: number;
  readonly case_id: number;
  readonly version: number;
  readonly type: string;
  readonly happened_on: string;
  readonly recorded_on: string;
  readonly recorded_at: string;
  readonly payload: string;
  readonly hash: string;
}

/** The hash before the first event. */
export const CHAIN_START = '0'.repeat(64);

/** SHA-256 over the hash before and everything the row says. */
export function chainHash(before: string, row: Omit<EventRow, 'hash'>): string {
  const said = [
    row.seq,
    row.case_id,
    row.version,
    row.type,
    row.happened_on,
    row.recorded_on,
    row.recorded_at,
    row.payload,
  ];
  return sha256(`${before}\n${JSON.stringify(said)}`);
}

export function sha256(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex');
}

import type { Db } from './db.js';

/** An event's place in the chain. */
export interface ChainLink {
  readonly version: number;
  /** Number among all the events of the database. */
  readonly seq: number;
  readonly hash: string;
}

export interface ChainProof {
  readonly links: readonly ChainLink[];
  /** The last link of the whole database. */
  readonly head: { readonly seq: number; readonly hash: string };
}

/** The links of a case, by version, and where the chain ends. */
export function readProof(db: Db, number: number): ChainProof {
  const links = db
    .prepare('SELECT version, seq, hash FROM event WHERE case_id = ? ORDER BY version')
    .all(number) as ChainLink[];
  const head = db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1').get();
  return { links, head: head as ChainProof['head'] };
}

import { limitationOf, sentLetters, unconfirmedLetter } from '../case/case.js';
import { claimOn, type Claim } from '../case/claim.js';
import type { CaseEvent } from '../case/events.js';
import type { Judgement } from '../case/judgement.js';
import { outlook, type Outlook } from '../case/outlook.js';
import { isOutstanding, ladderFinishedOn, letterUntil, standingOf } from '../case/standing.js';
import type { LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import { RateUnknown } from '../law/rates.js';
import { refuse } from '../law/rules.js';
import { prepared, type Db } from './sqlite.js';

/** An event with what the store knows about it. */
export type StoredEvent = CaseEvent & { readonly recordedAt: string };

/** The fields that hold what people write: kept apart from the chain, so that they can be erased. */
export const TEXT_FIELDS = [
  'description',
  'reason',
  'text',
  'reference',
  'noteNumber',
  'address',
  'basis',
] as const;

/** What stands where a text has been erased. */
const ERASED = '(slettet)';

/** What an event says, in the order the columns are read in. Without names, which cost as much as the reading. */
export const TOLD = 'version, type, happened_on, recorded_on, recorded_at, payload';
export type ToldRow = readonly [
  version: number,
  type: string,
  happenedOn: string,
  recordedOn: string,
  recordedAt: string,
  payload: string,
];

/** The event a row holds, its texts put back in place. */
export function toEvent(
  [version, type, happenedOn, recordedOn, recordedAt, said]: ToldRow,
  texts: ReadonlyMap<string, string>,
): StoredEvent {
  const payload = JSON.parse(said) as Record<string, unknown>;
  for (const field of TEXT_FIELDS) {
    if (isFingerprint(payload[field])) payload[field] = texts.get(textKey(version, field)) ?? ERASED;
  }
  const place = { version, happenedOn, recordedOn, recordedAt };
  // Two spreads: keys that follow a spread one by one take longer to set.
  return { type, ...payload, ...place } as unknown as StoredEvent;
}

export function textKey(version: number, field: string): string {
  return `${version}.${field}`;
}

/** Whether a field holds the fingerprint of a text, not the text. */
export function isFingerprint(value: unknown): value is { sha256: string } {
  return typeof value === 'object' && value !== null && 'sha256' in value;
}

interface Amounts {
  readonly principal_ore: Ore | null;
  readonly costs_ore: Ore | null;
  readonly paid_ore: Ore | null;
  readonly credit_ore: Ore | null;
}

/** What the register says of a case. A pure function of its history, the settings and the rates. */
export function projectionOf(j: Judgement): Record<string, string | number | null> & Amounts {
  const { case: c } = j;
  const claim = tolerantClaim(j);
  const { next, finishedOn, known } = tolerantOutlook(j, claim);
  const standing = claim === null ? null : standingOf(j, claim);
  const { principal_ore, costs_ore, paid_ore, credit_ore } = amountsOf(claim);
  return {
    number: c.number,
    version: c.version,
    recorded_on: c.recordedOn,
    invoice: c.claim.invoice,
    debtor_id: c.claim.debtorId,
    status: next.status,
    issued: c.claim.issued,
    due: c.claim.due,
    effective_due: c.claim.effectiveDue,
    principal_ore,
    costs_ore,
    paid_ore,
    credit_ore,
    next_step: next.step,
    next_action_on: next.earliest,
    why_rule: next.why.rule,
    why_text: next.why.text,
    unconfirmed_letter: unconfirmedLetter(c)?.id ?? null,
    limitation_on: limitationOf(c),
    kid: c.claim.kid,
    outstanding: isOutstanding(c, standing) ? 1 : 0,
    fixed_ore: standing?.fixedOre ?? null,
    interest_base_ore: standing?.interestBaseOre ?? null,
    interest_after: standing?.interestAfter ?? null,
    letter_until: letterUntil(c),
    letters_sent: sentLetters(c)
      .map(({ sentOn }) => sentOn)
      .join(' '),
    facts: known ? c.facts.join(' ') : null,
    finished_on: finishedOn,
  };
}

/** Writes the row of a case that has none yet. */
export function insertProjection(db: Db, j: Judgement): void {
  const row = projectionOf(j);
  insertClaim ??= `INSERT INTO claim (${Object.keys(row).join(', ')})
    VALUES (${Object.keys(row)
      .map(() => '?')
      .join(', ')})`;
  prepared(db, insertClaim).run(...Object.values(row));
}

/** Writes what the history of a case adds up to over its row: only what is another, so that few indexes are touched. */
export function writeProjection(db: Db, j: Judgement): void {
  const { case: c } = j;
  const row = projectionOf(j);
  const columns = Object.keys(row);
  readClaim ??= `SELECT ${columns.join(', ')} FROM claim WHERE number = ?`;
  const stands = prepared(db, readClaim).raw().get(c.number) as unknown[] | undefined;
  if (stands === undefined) {
    insertProjection(db, j);
    return;
  }
  const values: (string | number | null)[] = [];
  // Which columns are another, as bits: many cases change alike, and the statement for it is put together once.
  let which = 0;
  Object.values(row).forEach((value, index) => {
    if (value === stands[index]) return;
    which += 2 ** index;
    values.push(value);
  });
  if (values.length > 0) prepared(db, updateOf(columns, which)).run(...values, c.number);
}

function updateOf(columns: readonly string[], which: number): string {
  let sql = updates.get(which);
  if (sql === undefined) {
    const other = columns.filter((_column, index) => Math.floor(which / 2 ** index) % 2 === 1);
    sql = `UPDATE claim SET ${other.map((column) => `${column} = ?`).join(', ')} WHERE number = ?`;
    updates.set(which, sql);
  }
  return sql;
}

const updates = new Map<number, string>();

// All rows have the same columns, in the same order.
let insertClaim: string | null = null;
let readClaim: string | null = null;

/** A fact can always be recorded; where a rate is missing the case comes up at the next run, which says so. */
function tolerantOutlook(
  j: Judgement,
  claim: Claim | null,
): { next: Outlook; finishedOn: LocalDate | null; known: boolean } {
  try {
    const next = outlook(j, j.case.recordedOn, claim);
    return { next, finishedOn: ladderFinishedOn(j, next, claim), known: true };
  } catch (fault) {
    if (!(fault instanceof RateUnknown)) throw fault;
    const next: Outlook = {
      status: 'open',
      step: null,
      earliest: j.case.recordedOn,
      rung: null,
      why: refuse(fault.rule, fault.message),
      reasons: [],
    };
    return { next, finishedOn: null, known: false };
  }
}

function tolerantClaim(j: Judgement): Claim | null {
  try {
    return claimOn(j.case, j.case.recordedOn, j.terms, j.rates, undefined, 'sums');
  } catch (fault) {
    if (!(fault instanceof RateUnknown)) throw fault;
    return null;
  }
}

function amountsOf(claim: Claim | null): Amounts {
  if (claim === null) return { principal_ore: null, costs_ore: null, paid_ore: null, credit_ore: null };
  const { principalOre, costsOre, paidOre, creditOre } = claim;
  return { principal_ore: principalOre, costs_ore: costsOre, paid_ore: paidOre, credit_ore: creditOre };
}

import { dirname, join, parse } from 'node:path';
import type { Case } from '../case/case.js';
import { decideSent } from '../case/decide.js';
import type { NewEvent } from '../case/events.js';
import type { Context } from '../context.js';
import type { LocalDate } from '../law/dates.js';
import { letterByNumber } from './letters.js';

/** Copies lie beside the database; two databases in one folder do not write over each other's. */
export function letterFolder(databasePath: string, day: LocalDate): string {
  const name = parse(databasePath).name;
  return join(dirname(databasePath), name === 'inkasso' ? 'brev' : `brev-${name}`, day);
}

/** Confirms the letters of a batch as sent by post today, all in one transaction. */
export function confirmBatch(ctx: Context, batch: number): void {
  ctx.store().recordAll(confirmations(ctx, batch), ctx.moment());
}

/** One at a time: a batch may have ten thousand letters. */
function* confirmations(ctx: Context, batch: number): Generator<{ case: Case; events: readonly NewEvent[] }> {
  const store = ctx.store();
  for (const id of store.lettersOfBatch(batch)) {
    const { case: c, letter } = letterByNumber(ctx, id);
    if (letter.state !== 'generated') continue;
    const sending = { on: ctx.today, channel: 'post', electronicBasis: null } as const;
    const decision = decideSent(store.judgement(c), letter, sending);
    // What may no longer leave stays unconfirmed, and is told as waiting.
    if (decision.ok) yield { case: c, events: decision.events };
  }
}

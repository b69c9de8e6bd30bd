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

/** A batch that lies on the disk, ready to print. */
export interface FinishedBatch {
  readonly batch: number;
  readonly print: string;
}

/**
 * Marks a batch as finished when its letters can be printed, and confirms them as sent by post today where that was
 * asked for, in one transaction: a letter that nobody can post is never recorded as sent.
 */
export function closeBatch(ctx: Context, batch: number, sent: boolean): void {
  ctx.store().finishBatch(batch, sent ? confirmations(ctx, batch) : [], ctx.moment());
}

/** Finishes what interrupted runs left: letters that are recorded, and may not lie on the disk. */
export async function resumeBatches(
  ctx: Context,
  out: string | null,
  sent: boolean,
): Promise<FinishedBatch[]> {
  const resumed: FinishedBatch[] = [];
  for (const { batch, madeOn } of ctx.store().unfinishedBatches()) {
    const pages = writeMissing(ctx, batch, out ?? letterFolder(ctx.databasePath, madeOn));
    if (pages.length > 0) {
      const author = ctx.store().settings().name;
      const meta = { title: `Utskrift ${madeOn}`, author, language: 'nb-NO', date: madeOn };
      const joined = await ctx.joinPdfs(pages, meta);
      const name = `utskrift-${madeOn}-${batch}.pdf`;
      const print = ctx.writeFile(join(out ?? letterFolder(ctx.databasePath, madeOn), name), joined);
      resumed.push({ batch, print });
    }
    closeBatch(ctx, batch, sent);
  }
  return resumed;
}

/** The letters of a batch that are still to be sent, each with a copy in the folder. */
function writeMissing(ctx: Context, batch: number, folder: string): Uint8Array[] {
  return ctx
    .store()
    .lettersOfBatch(batch)
    .flatMap((id) => {
      const stored = ctx.store().letter(id);
      if (stored === null || letterByNumber(ctx, id).letter.state !== 'generated') return [];
      const copy = join(folder, stored.fileName);
      if (!ctx.fileExists(copy)) ctx.writeFile(copy, stored.pdf);
      return [stored.pdf];
    });
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

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
export function resumeBatches(ctx: Context, out: string | null, sent: boolean): FinishedBatch[] {
  const resumed: FinishedBatch[] = [];
  for (const { batch, madeOn } of ctx.store().letters.unfinishedBatches()) {
    const left = ctx
      .store()
      .letters.ofBatch(batch)
      .filter((id) => letterByNumber(ctx, id).letter.state === 'generated');
    const folder = out ?? letterFolder(ctx.databasePath, madeOn);
    if (left.length > 0) resumed.push({ batch, print: printStored(ctx, left, folder, madeOn, batch) });
    closeBatch(ctx, batch, sent);
  }
  return resumed;
}

/**
 * One file for the printer with letters that are stored, and a copy of each beside it. One letter at a time: there may
 * be ten thousand. Returns the full path.
 */
export function printStored(
  ctx: Context,
  letters: readonly number[],
  folder: string,
  day: LocalDate,
  batch: number,
): string {
  ctx.prepareFolder(folder);
  const file = ctx.printFile(folder);
  try {
    for (const id of letters) {
      const stored = addStored(ctx, file, id);
      if (stored === null) continue;
      const copy = join(folder, stored.fileName);
      if (!ctx.fileExists(copy)) ctx.writeFile(copy, stored.pdf);
    }
    return finishPrint(ctx, file, day, batch);
  } finally {
    file.discard();
  }
}

/** Adds the pages of a stored letter to the file for the printer; null where its PDF is erased. */
export function addStored(
  ctx: Context,
  file: ReturnType<Context['printFile']>,
  id: number,
): ReturnType<ReturnType<Context['store']>['letters']['get']> {
  const stored = ctx.store().letters.get(id);
  if (stored !== null) file.addPdf(stored.pdf);
  return stored;
}

/** Gives the file for the printer its name. Returns the full path. */
export function finishPrint(
  ctx: Context,
  file: ReturnType<Context['printFile']>,
  day: LocalDate,
  batch: number,
): string {
  const author = ctx.store().settings().name;
  const meta = { title: `Utskrift ${day}`, author, language: 'nb-NO', date: day };
  return file.finish(`utskrift-${day}-${batch}.pdf`, meta);
}

/** One at a time: a batch may have ten thousand letters. */
function* confirmations(ctx: Context, batch: number): Generator<{ case: Case; events: readonly NewEvent[] }> {
  const store = ctx.store();
  for (const id of store.letters.ofBatch(batch)) {
    const { case: c, letter } = letterByNumber(ctx, id);
    if (letter.state !== 'generated') continue;
    const sending = { on: ctx.today, channel: 'post', electronicBasis: null } as const;
    const decision = decideSent(store.judgement(c), letter, sending);
    // What may no longer leave stays unconfirmed, and is told as waiting.
    if (decision.ok) yield { case: c, events: decision.events };
  }
}

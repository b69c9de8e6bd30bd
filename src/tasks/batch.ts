import { dirname, join, parse } from 'node:path';
import { decideSent } from '../case/decide.js';
import type { Context } from '../context.js';
import type { LocalDate } from '../law/dates.js';
import { letterByNumber } from './letters.js';

/** A batch that lies on the disk, ready to print. */
export interface FinishedBatch {
  readonly batch: number;
  /** The letters of the batch in one file. */
  readonly print: string;
}

/** Copies lie beside the database; two databases in one folder do not write over each other's. */
export function letterFolder(databasePath: string, day: LocalDate): string {
  const name = parse(databasePath).name;
  return join(dirname(databasePath), name === 'inkasso' ? 'brev' : `brev-${name}`, day);
}

/**
 * Writes what is missing of a batch's letters, gathers them in one file to print, and only then confirms them, in one
 * transaction, where that was asked for: a letter that nobody can post is never recorded as sent. Null when no letter
 * of the batch is left.
 */
export async function finishBatch(
  ctx: Context,
  batch: number,
  folder: string,
  sent: boolean,
): Promise<FinishedBatch | null> {
  const store = ctx.store();
  const letters = store
    .lettersOfBatch(batch)
    .map((id) => letterByNumber(ctx, id))
    .filter(({ letter }) => letter.state === 'generated');
  const first = letters[0];
  if (first === undefined) return null;
  const pages: Uint8Array[] = [];
  for (const { letter } of letters) {
    const stored = store.letter(letter.id);
    if (stored === null) throw new Error(`letter ${letter.id} has no PDF`);
    pages.push(stored.pdf);
    const copy = join(folder, stored.fileName);
    if (!ctx.fileExists(copy)) ctx.writeFile(copy, stored.pdf);
  }
  const day = first.letter.date;
  const meta = {
    title: `Utskrift ${day}`,
    author: store.settings().name,
    language: 'nb-NO',
    date: day,
  };
  const joined = await ctx.joinPdfs(pages, meta);
  const print = ctx.writeFile(join(folder, `utskrift-${day}-${batch}.pdf`), joined);
  const confirmed = !sent
    ? []
    : letters.flatMap(({ case: c, letter }) => {
        const sending = { on: ctx.today, channel: 'post', electronicBasis: null } as const;
        const decision = decideSent(store.judgement(c), letter, sending);
        // What may no longer leave stays unconfirmed, and is told as waiting.
        return decision.ok ? [{ case: c, events: decision.events }] : [];
      });
  store.recordAll(confirmed, ctx.moment());
  return { batch, print };
}

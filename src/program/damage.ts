import type { Context } from '../context.js';
import { DatabaseProblem } from '../io/sqlite.js';

/** The first thing in the database in use that does not hold together; null where all does, or there is none. */
export async function damageIn(ctx: Context): Promise<string | null> {
  if (!ctx.fileExists(ctx.databasePath)) return null;
  try {
    const [finding] = await ctx.store().check();
    return finding?.message ?? null;
  } catch (fault) {
    return fault instanceof DatabaseProblem ? fault.message : null;
  }
}

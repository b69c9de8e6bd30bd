import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import type { Answer, Warning } from '../tasks/answer.js';
import { harmless, plain, yellow } from '../terminal/text.js';
import { fitted, placesIn } from '../terminal/width.js';
import type { World } from './world.js';

/** Told with every answer in JSON; changes when a script that reads it must. */
export const SCHEMA_VERSION = 1;

/** Writes what a verb has to say: to people, or as one JSON document. */
export function print(world: World, ctx: Context, command: string, answer: Answer): void {
  const warnings = [...(answer.warnings ?? []), ...staleRates(ctx), ...futureDate(ctx)];
  if (ctx.json) {
    const envelope = { schemaVersion: SCHEMA_VERSION, command, asOf: ctx.today, data: answer.data, warnings };
    world.stdout.write(`${JSON.stringify(envelope)}\n`);
    return;
  }
  const places = answer.verbatim === true ? null : placesIn(world.stdout);
  if (answer.text !== '') world.stdout.write(`${fitted(harmless(answer.text), places)}\n`);
  for (const { message } of warnings)
    world.stderr.write(`${fitted(`${yellow('Merk:')} ${plain(message)}`, placesIn(world.stderr))}\n`);
}

/** G3: a run after the day the rates were last reviewed says so. */
function staleRates(ctx: Context): Warning[] {
  if (!ctx.ratesAreStale()) return [];
  const reviewed = formatDate(ctx.rates().forsinkelsesrente.reviewedThrough);
  const message = `Satsene er gjennomgått til ${reviewed}. Se etter en nyere utgave av programmet; «inkasso rates check» sier om noe mangler i dag.`;
  return [{ code: 'RATES_STALE', message }];
}

/** What is recorded on a day to come cannot be followed by anything recorded today. */
function futureDate(ctx: Context): Warning[] {
  if (!ctx.recorded || ctx.today <= ctx.realToday) return [];
  const message = `Dette er registrert med dato ${formatDate(ctx.today)} (--as-of), som er etter dagens dato ${formatDate(ctx.realToday)}.`;
  return [{ code: 'AS_OF_FUTURE', message }];
}

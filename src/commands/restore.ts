import type { Command } from 'commander';
import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { flagOption } from '../tasks/input.js';
import { counted } from '../terminal/text.js';

export function register(program: Command, act: Act): void {
  program
    .command('restore')
    .summary('hent fram en sikkerhetskopi')
    .description(
      'Kontrollerer en sikkerhetskopi og setter den i databasens sted. Databasen som lå der, blir tatt vare på under et annet navn.',
    )
    .argument('<fil>', 'sikkerhetskopien')
    .option('--yes', 'erstatt databasen uten å spørre')
    .action(act(restore));
}

async function restore(ctx: Context, [file = '']: readonly string[], options: Options): Promise<Answer> {
  if (file.trim() === '') throw usage('<fil> er tom.', 'Oppgi sikkerhetskopien.');
  const copy = await ctx.checkCopy(file);
  try {
    const asks = ctx.fileExists(ctx.databasePath) && !flagOption(options, 'yes');
    if (asks && !(await consent(ctx, copy.extent)))
      return { data: { database: ctx.databasePath, replaced: null }, text: 'Databasen er ikke rørt.' };
    const replaced = copy.putInPlace();
    const text = [
      `Databasen ${ctx.databasePath} er nå kopien: ${holds(copy.extent)}.`,
      ...(replaced === null ? [] : [`Den som lå der, er tatt vare på i ${replaced}.`]),
    ].join('\n');
    return { data: { database: ctx.databasePath, replaced, ...copy.extent }, text };
  } finally {
    copy.letGo();
  }
}

type Extent = NonNullable<ReturnType<Context['databaseExtent']>>;

/** Whether the database may be replaced. @throws UserFault where nobody is there to answer */
async function consent(ctx: Context, extent: Extent): Promise<boolean> {
  if (ctx.ask === null)
    throw usage(
      `Det finnes alt en database i ${ctx.databasePath}. Den er ikke rørt.`,
      'Bruk --yes for å erstatte den, eller --db for å hente kopien fram et annet sted.',
      'DB_EXISTS',
    );
  const stands = ctx.databaseExtent();
  const now = stands === null ? 'kan ikke leses' : `har ${holds(stands)}`;
  const question = `Databasen i ${ctx.databasePath} ${now}. Kopien har ${holds(extent)}. Erstatte databasen?`;
  return ctx.ask.confirm(question, false);
}

function holds({ cases, letters, events, lastOn }: Extent): string {
  const last = lastOn === null ? '' : `, sist endret ${formatDate(lastOn)}`;
  return `${counted(cases, 'sak', 'saker')}, ${counted(letters, 'brev', 'brev')}, ${counted(events, 'hendelse', 'hendelser')}${last}`;
}

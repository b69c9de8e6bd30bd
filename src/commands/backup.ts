import type { Command } from 'commander';
import { join } from 'node:path';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { flagOption } from '../tasks/input.js';
import { counted } from '../terminal/text.js';

export function register(program: Command, act: Act): void {
  program
    .command('backup')
    .summary('ta en sikkerhetskopi av alt')
    .description(
      'Kopierer databasen, med alle saker og brev, til én fil, og kontrollerer kopien. Kan tas mens andre arbeider.',
    )
    .argument('<fil>', 'filen kopien skrives til, eller en mappe')
    .option('--yes', 'skriv over filen hvis den finnes')
    .action(act(backup));
}

function backup(ctx: Context, [file = '']: readonly string[], options: Options): Answer {
  if (file.trim() === '') throw usage('<fil> er tom.', 'Oppgi filen kopien skal skrives til.');
  const given = ctx.fullPath(file);
  const to = ctx.isFolder(given) ? join(given, `inkasso-${ctx.today}.db`) : given;
  const { path, bytes, extent } = ctx.store().backUp(to, flagOption(options, 'yes'));
  const holds = [
    counted(extent.cases, 'sak', 'saker'),
    counted(extent.letters, 'brev', 'brev'),
    counted(extent.events, 'hendelse', 'hendelser'),
  ].join(', ');
  return {
    data: { file: path, bytes, ...extent },
    text: `Kopien ligger i ${path} og er kontrollert: ${holds}.\nHent den fram med «inkasso restore».`,
  };
}

import type { Command } from 'commander';
import type { Act } from '../tasks/answer.js';
import { GUIDE } from '../terminal/guide.js';
import { fitted } from '../terminal/width.js';

export function register(program: Command, act: Act): void {
  const command = program
    .command('kom-i-gang')
    .summary('veiledning fra første faktura til siste brev')
    .description('Viser veiledningen.')
    .action(act(() => ({ data: { guide: GUIDE }, text: GUIDE })));
  // `help kom-i-gang` is how people ask for it.
  const places = (): number | null => command.configureOutput().getOutHelpWidth?.() ?? null;
  command.helpInformation = () => `${fitted(GUIDE, places())}\n`;
}

import type { Command } from 'commander';
import type { Act } from '../tasks/answer.js';
import { readChoice } from '../tasks/input.js';
import { completion, SHELLS } from '../terminal/completion.js';
import { outline } from '../terminal/outline.js';

export function register(program: Command, act: Act): void {
  program
    .command('completion')
    .summary('fullføring av kommandoer i bash, zsh eller fish')
    .description('Skriver et skript som lar skallet fullføre kommandoer, flagg og verdier med tabulator.')
    .argument('<skall>', SHELLS.join(', '))
    .action(
      act((_ctx, [name = '']) => {
        const shell = readChoice(SHELLS, name, '<skall>');
        const script = completion(shell, outline(program));
        return { data: { shell, script }, text: script, verbatim: true };
      }),
    );
}

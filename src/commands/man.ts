import type { Command } from 'commander';
import type { Act } from '../tasks/answer.js';
import { manPage } from '../terminal/man-page.js';
import { outline } from '../terminal/outline.js';

export function register(program: Command, act: Act): void {
  program
    .command('man')
    .summary('manualsiden')
    .description('Skriver manualsiden slik «man» leser den: inkasso man | man -l -')
    .action(
      act(() => {
        const page = manPage(outline(program), program.version() ?? '');
        return { data: { page }, text: page, verbatim: true };
      }),
    );
}

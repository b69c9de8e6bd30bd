import type { Command } from 'commander';
import type { Context } from '../context.js';
import type { Act, Answer } from '../tasks/answer.js';
import { EXIT } from '../tasks/fault.js';

export function register(program: Command, act: Act): void {
  program
    .command('check')
    .summary('kontroller databasen')
    .description(
      'Kontrollerer hendelseskjeden, registeret, brevene, satsene, malene og summene. Stille når alt stemmer.',
    )
    .action(act(check));
}

function check(ctx: Context): Answer {
  // The rates are checked as they are loaded, the templates as they are compiled.
  ctx.store().rates();
  ctx.templates('nb');
  const findings = ctx.store().check();
  const text = findings.map((finding) => finding.message).join('\n');
  return { data: { findings }, text, exitCode: findings.length === 0 ? EXIT.done : EXIT.findings };
}

import type { Command } from 'commander';
import type { Context } from '../context.js';
import { STEPS } from '../law/steps.js';
import { LANGUAGES } from '../letters/languages.js';
import type { Act, Answer } from '../tasks/answer.js';
import { EXIT } from '../tasks/fault.js';

export function register(program: Command, act: Act): void {
  program
    .command('check')
    .summary('kontroller databasen')
    .description(
      'Kontrollerer hendelseskjeden, registeret, brevene, satsene, malene og summene. Stille når alt stemmer; avslutter med 6 når noe ikke gjør det.',
    )
    .action(act(check));
}

async function check(ctx: Context): Promise<Answer> {
  const findings = [...rateFindings(ctx), ...(await ctx.store().check()), ...(await templateFindings(ctx))];
  const text = findings.map((finding) => finding.message).join('\n');
  // What is gone from the end, or computed anew, is seen only beside a copy: this is what to compare.
  const { seq, hash } = ctx.store().lastLink();
  const data = { findings, chain: { seq, hash } };
  return { data, text, exitCode: findings.length === 0 ? EXIT.done : EXIT.findings };
}

/** The rates, those the user has added too, check themselves as they are loaded. */
function rateFindings(ctx: Context): { code: string; message: string }[] {
  try {
    ctx.store().rates();
    return [];
  } catch (fault) {
    return [{ code: 'RATES', message: `Satsene kan ikke leses: ${(fault as Error).message}` }];
  }
}

/** The user's own templates: one that must not be used holds its letters back. */
async function templateFindings(ctx: Context): Promise<{ code: string; message: string }[]> {
  const all = await Promise.all(LANGUAGES.map((language) => ctx.templates(language)));
  return all.flatMap(({ problem }) => {
    return STEPS.map(problem).flatMap((found) =>
      found === null
        ? []
        : [{ code: 'TEMPLATE', message: `${found.refusal.text} (${found.refusal.hjemmel})` }],
    );
  });
}

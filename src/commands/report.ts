import type { Command } from 'commander';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { EXIT } from '../tasks/fault.js';
import { flagOption, readChoice } from '../tasks/input.js';
import { reports, type Reports } from '../tasks/report.js';
import { ageingText, writeOffText } from '../terminal/report-text.js';

const KINDS = ['summary', 'ageing', 'writeoff'] as const;

export function register(program: Command, act: Act): void {
  program
    .command('report')
    .summary('hva som er utestående, og hva som bør tapsføres')
    .description('Viser utestående krav etter alder, og krav det er grunn til å tapsføre.')
    .argument('[rapport]', 'summary (begge), ageing eller writeoff')
    .option('--fail-on-findings', 'avslutt med kode 6 når det er krav å tapsføre')
    .action(act(report));
}

function report(ctx: Context, [kind = 'summary']: readonly string[], options: Options): Answer {
  const chosen = readChoice(KINDS, kind, '<rapport>');
  const all = reports(ctx);
  const findings = chosen !== 'ageing' && flagOption(options, 'failOnFindings') && all.writeoff.length > 0;
  return {
    data: dataOf(all, chosen),
    text: textOf(ctx, all, chosen),
    ...(findings ? { exitCode: EXIT.findings } : {}),
  };
}

function dataOf(all: Reports, kind: (typeof KINDS)[number]): object {
  if (kind === 'ageing') return { ageing: all.ageing };
  return kind === 'writeoff' ? { writeoff: all.writeoff } : { ageing: all.ageing, writeoff: all.writeoff };
}

function textOf(ctx: Context, all: Reports, kind: (typeof KINDS)[number]): string {
  const parts = [
    kind === 'writeoff' ? '' : ageingText(all.ageing, ctx.today),
    kind === 'ageing' ? '' : writeOffText(all.writeoff),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

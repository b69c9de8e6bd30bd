import type { Command } from 'commander';
import type { Context } from '../context.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { EXIT, usage, type ExitCode } from '../tasks/fault.js';
import { flagOption, readChoice } from '../tasks/input.js';
import { openReports, type ClaimRow, type OpenReports } from '../tasks/report.js';
import { ageingCsv, claimsCsv, limitationCsv, writeOffCsv } from '../tasks/report-sheet.js';
import { ageingText, limitationText, writeOffText } from '../terminal/report-text.js';

const KINDS = ['summary', 'ageing', 'writeoff', 'limitation'] as const;
type Kind = (typeof KINDS)[number];

export function register(program: Command, act: Act): void {
  program
    .command('report')
    .summary('hva som er utestående, og hva som bør tapsføres')
    .description(
      'Viser utestående krav etter alder, krav det er grunn til å tapsføre, og krav som er i ferd med å foreldes.\n' +
        'Med --as-of vises det som hadde skjedd til og med den dagen, også det som er registrert senere.',
    )
    .argument('[rapport]', 'summary (ageing og writeoff), ageing, writeoff eller limitation')
    .option('--csv', 'skriv tabellen som CSV for regneark')
    .option('--fail-on-findings', 'avslutt med kode 6 når det er krav å tapsføre eller krav som foreldes')
    .action(act(report));
}

function report(ctx: Context, [kind = 'summary']: readonly string[], options: Options): Answer {
  const chosen = readChoice(KINDS, kind, '<rapport>');
  const asCsv = flagOption(options, 'csv');
  if (asCsv && ctx.json) throw usage('Velg enten --csv eller --json.');
  const claims: ClaimRow[] = [];
  const all = openReports(ctx, asCsv && chosen === 'summary' ? (row) => claims.push(row) : undefined);
  const exitCode = exitOf(all, chosen, flagOption(options, 'failOnFindings'));
  return {
    data: dataOf(all, chosen),
    text: asCsv ? csvOf(all, claims, chosen) : textOf(ctx, all, chosen),
    warnings: all.warnings,
    ...(exitCode === null ? {} : { exitCode }),
  };
}

/** A sum that leaves out a case is no answer to build on: the exit code says so before anything else. */
function exitOf(all: OpenReports, kind: Kind, failOnFindings: boolean): ExitCode | null {
  if (all.incomplete) return EXIT.rateMissing;
  const found = { summary: all.writeoff, ageing: [], writeoff: all.writeoff, limitation: all.limitation };
  return failOnFindings && found[kind].length > 0 ? EXIT.findings : null;
}

function dataOf({ ageing, writeoff, limitation }: OpenReports, kind: Kind): object {
  return {
    summary: { ageing, writeoff },
    ageing: { ageing },
    writeoff: { writeoff },
    limitation: { limitation },
  }[kind];
}

function textOf(ctx: Context, { ageing, writeoff, limitation }: OpenReports, kind: Kind): string {
  switch (kind) {
    case 'ageing':
      return ageingText(ageing, ctx.today);
    case 'writeoff':
      return writeOffText(writeoff);
    case 'limitation':
      return limitationText(limitation);
    case 'summary':
      return `${ageingText(ageing, ctx.today)}\n\n${writeOffText(writeoff)}`;
  }
}

function csvOf(all: OpenReports, claims: readonly ClaimRow[], kind: Kind): string {
  switch (kind) {
    case 'ageing':
      return ageingCsv(all.ageing);
    case 'writeoff':
      return writeOffCsv(all.writeoff);
    case 'limitation':
      return limitationCsv(all.limitation);
    case 'summary':
      return claimsCsv(claims);
  }
}

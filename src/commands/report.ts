import type { Command } from 'commander';
import type { Context } from '../context.js';
import type { Income } from '../report/income.js';
import type { Kpi } from '../report/kpi.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { EXIT, usage, type ExitCode } from '../tasks/fault.js';
import { flagOption, readChoice } from '../tasks/input.js';
import { openAgeing, openReports, type ClaimRow, type OpenReports } from '../tasks/report.js';
import { pageFiles, writePage, type PageFiles } from '../tasks/report-page.js';
import { incomeReport, kpiReport, readPeriod, type PeriodReport } from '../tasks/report-period.js';
import { incomeCsv, kpiCsv } from '../tasks/report-period-sheet.js';
import { ageingCsv, claimsCsv, limitationCsv, writeOffCsv } from '../tasks/report-sheet.js';
import { incomeText, kpiText } from '../terminal/report-period-text.js';
import { ageingText, limitationText, writeOffText } from '../terminal/report-text.js';

const KINDS = ['summary', 'ageing', 'writeoff', 'limitation', 'kpi', 'income'] as const;
type Kind = (typeof KINDS)[number];

export function register(program: Command, act: Act): void {
  program
    .command('report')
    .summary('utestående, tap, foreldelse, nøkkeltall og inntekter')
    .description(
      'Viser utestående krav etter alder, krav det er grunn til å tapsføre, krav som er i ferd med å foreldes,\n' +
        'nøkkeltall for innkrevingen, og gebyr- og renteinntekter. Med --as-of vises det som hadde skjedd til og med\n' +
        'den dagen, også det som er registrert senere.',
    )
    .argument('[rapport]', 'summary (ageing og writeoff), ageing, writeoff, limitation, kpi eller income')
    .option('--from <dato>', 'første dag for kpi og income (ellers tolv måneder)')
    .option('--to <dato>', 'siste dag for kpi og income (ellers i dag)')
    .option('--csv', 'skriv tabellen som CSV for regneark')
    .option('--html <fil>', 'skriv rapporten som nettside i én fil, med diagrammer')
    .option('--pdf <fil>', 'skriv den samme siden som PDF')
    .option('--fail-on-findings', 'avslutt med kode 6 når det er krav å tapsføre eller krav som foreldes')
    .action(
      act(async (ctx, args, options) => ({
        ...(await report(ctx, args, options)),
        verbatim: flagOption(options, 'csv'),
      })),
    );
}

async function report(
  ctx: Context,
  [kind = 'summary']: readonly string[],
  options: Options,
): Promise<Answer> {
  const chosen = readChoice(KINDS, kind, '<rapport>');
  const files = pageFiles(options);
  const asCsv = flagOption(options, 'csv');
  if (asCsv && (ctx.json || files !== null))
    throw usage('--csv kan ikke brukes sammen med --json, --html eller --pdf.');
  if (chosen === 'kpi' || chosen === 'income') return periodAnswer(ctx, chosen, options, files);
  if (chosen === 'ageing') return ageingAnswer(ctx, asCsv, files);
  if (asCsv) return csvAnswer(ctx, chosen, options);
  const onTerminal = !ctx.json && files === null;
  const all = openReports(ctx, onTerminal ? TOLD_DEBTORS : null);
  const { ageing, writeoff, limitation } = all;
  const parts = partsOf(all, chosen);
  const answer = openAnswer(all, parts, textOf(ctx, all, chosen), failing(all, chosen, options));
  if (files === null) return answer;
  if (chosen !== 'summary') return onPage(ctx, answer, files, { ...parts, unknown: ageing.unknown });
  // With none named, the page has them all.
  const period = readPeriod(ctx, options);
  const { report: kpi } = kpiReport(ctx, period);
  const { report: income } = incomeReport(ctx, period);
  const everything = { ageing, writeoff, limitation, kpi, income, unknown: ageing.unknown };
  return onPage(ctx, answer, files, everything);
}

type OpenKind = Exclude<Kind, 'kpi' | 'income'>;

/** Debtors listed one by one on the terminal; the rest are summed. */
const TOLD_DEBTORS = 100;

function ageingAnswer(ctx: Context, asCsv: boolean, files: PageFiles | null): Answer | Promise<Answer> {
  const onTerminal = !ctx.json && !asCsv && files === null;
  const { ageing, warnings, incomplete } = openAgeing(ctx, onTerminal ? TOLD_DEBTORS : null);
  const text = asCsv ? ageingCsv(ageing) : ctx.json || files !== null ? '' : ageingText(ageing, ctx.today);
  const answer = { data: { ageing }, text, warnings, ...exitOf(incomplete, 0) };
  return files === null ? answer : onPage(ctx, answer, files, { ageing, unknown: ageing.unknown });
}

function openAnswer(all: OpenReports, data: object, text: string, found: number): Answer {
  return { data, text, warnings: all.warnings, ...exitOf(all.incomplete, found) };
}

function csvAnswer(ctx: Context, kind: OpenKind, options: Options): Answer {
  const claims: ClaimRow[] = [];
  const all = openReports(ctx, null, kind === 'summary' ? (row) => claims.push(row) : undefined);
  return openAnswer(all, partsOf(all, kind), csvOf(all, claims, kind), failing(all, kind, options));
}

async function periodAnswer(
  ctx: Context,
  kind: 'kpi' | 'income',
  options: Options,
  files: PageFiles | null,
): Promise<Answer> {
  const period = readPeriod(ctx, options);
  const asCsv = flagOption(options, 'csv');
  if (kind === 'kpi') {
    const { report: kpi, ...about } = kpiReport(ctx, period);
    return periodPage(ctx, { kpi }, asCsv ? kpiCsv(kpi) : kpiText(kpi), about, files);
  }
  const { report: income, ...about } = incomeReport(ctx, period);
  return periodPage(ctx, { income }, asCsv ? incomeCsv(income) : incomeText(income), about, files);
}

async function periodPage(
  ctx: Context,
  parts: { readonly kpi: PeriodReport<Kpi>['report'] } | { readonly income: PeriodReport<Income>['report'] },
  text: string,
  { warnings, incomplete }: Pick<PeriodReport<unknown>, 'warnings' | 'incomplete'>,
  files: PageFiles | null,
): Promise<Answer> {
  const answer = { data: parts, text, warnings, ...exitOf(incomplete, 0) };
  const { unknown } = 'kpi' in parts ? parts.kpi : parts.income;
  return files === null ? answer : onPage(ctx, answer, files, { ...parts, unknown });
}

/** The same answer, with the page in place of the text. */
async function onPage(
  ctx: Context,
  answer: Answer,
  files: PageFiles,
  parts: Parameters<typeof writePage>[2],
): Promise<Answer> {
  const written = await writePage(ctx, files, parts);
  const paths = [written.html, written.pdf].filter((path) => path !== undefined);
  const text = paths.map((path) => `Rapporten er skrevet til ${path}`).join('\n');
  return { ...answer, data: { ...answer.data, ...written }, text };
}

/** A sum that leaves out a case is no answer to build on: the exit code says so before anything else. */
function exitOf(incomplete: boolean, found: number): { exitCode?: ExitCode } {
  if (incomplete) return { exitCode: EXIT.rateMissing };
  return found > 0 ? { exitCode: EXIT.findings } : {};
}

/** How many findings there are, where they are to show in the exit code. */
function failing({ writeoff, limitation }: OpenReports, kind: OpenKind, options: Options): number {
  if (!flagOption(options, 'failOnFindings') || kind === 'ageing') return 0;
  return kind === 'limitation' ? limitation.length : writeoff.length;
}

function partsOf({ ageing, writeoff, limitation }: OpenReports, kind: OpenKind) {
  switch (kind) {
    case 'summary':
      return { ageing, writeoff };
    case 'ageing':
      return { ageing };
    case 'writeoff':
      return { writeoff };
    case 'limitation':
      return { limitation };
  }
}

function textOf(ctx: Context, { ageing, writeoff, limitation }: OpenReports, kind: OpenKind): string {
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

function csvOf(all: OpenReports, claims: readonly ClaimRow[], kind: OpenKind): string {
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

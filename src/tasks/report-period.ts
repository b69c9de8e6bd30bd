import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import { parseKroner, type Ore } from '../law/money.js';
import { RateUnknown } from '../law/rates.js';
import { caseOn, unknownCase, type CaseFile, type UnknownCase } from '../report/case-file.js';
import { IncomeTotals, type Income } from '../report/income.js';
import { KpiTotals, type Kpi } from '../report/kpi.js';
import { periodBefore, yearUntil, type Period } from '../report/period.js';
import type { Options, Warning } from './answer.js';
import { usage } from './fault.js';
import { dateOption } from './input.js';
import { principalOf } from './report-claims.js';
import { caseFiles, unknownWarnings } from './report.js';

interface Figures {
  readonly unknown: readonly UnknownCase[];
}

/** Key figures or income of a period and the one before it, with the cases that could not be counted. */
export interface PeriodReport<T> {
  readonly report: T & Figures;
  readonly warnings: readonly Warning[];
  readonly incomplete: boolean;
}

/** `--from` and `--to`; without them the twelve months that end today. @throws UserFault */
export function readPeriod(ctx: Context, options: Options): Period {
  const to = dateOption(options, 'to') ?? ctx.today;
  const from = dateOption(options, 'from') ?? yearUntil(to).from;
  if (to > ctx.today)
    throw usage(
      `--to: ${formatDate(to)} er ikke kommet ennå.`,
      `Velg en dag til og med ${formatDate(ctx.today)}.`,
    );
  if (from > to) throw usage(`--from: ${formatDate(from)} kommer etter ${formatDate(to)}.`);
  return { from, to };
}

/** Key figures of a period and the one before it. */
export function kpiReport(ctx: Context, period: Period): PeriodReport<Kpi> {
  const { interestCount, letterCost } = ctx.store().settings();
  const rates = ctx.store().rates();
  return added(ctx, period, new KpiTotals(period, { interestCount }, rates, letterCostOre(letterCost)));
}

/** Income of a period and the one before it. */
export function incomeReport(ctx: Context, period: Period): PeriodReport<Income> {
  const { interestCount } = ctx.store().settings();
  return added(ctx, period, new IncomeTotals(period, { interestCount }, ctx.store().rates()));
}

/** Adds up every case but those that were settled before both periods: nothing of them moves in either. */
function added<T>(
  ctx: Context,
  period: Period,
  totals: { add(file: CaseFile): void; result(): T },
): PeriodReport<T> {
  const unknown: UnknownCase[] = [];
  for (const file of caseFiles(ctx, periodBefore(period).from)) {
    try {
      totals.add(file);
    } catch (fault) {
      if (!(fault instanceof RateUnknown)) throw fault;
      const c = caseOn(file, period.to);
      if (c !== null) unknown.push(unknownCase(file, c, fault, principalOf(ctx, c)));
    }
  }
  return {
    report: { ...totals.result(), unknown },
    warnings: unknownWarnings(unknown),
    incomplete: unknown.length > 0,
  };
}

function letterCostOre(text: string | null): Ore | null {
  if (text === null) return null;
  const amount = parseKroner(text);
  return amount.ok ? amount.ore : null;
}

import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import { parseKroner, type Ore } from '../law/money.js';
import { RateUnknown } from '../law/rates.js';
import { caseOn, unknownCase, type CaseFile, type UnknownCase } from '../report/case-file.js';
import { IncomeTotals, type Income } from '../report/income.js';
import { KpiTotals, type Kpi } from '../report/kpi.js';
import { yearUntil, type Period } from '../report/period.js';
import type { Options, Warning } from './answer.js';
import { usage } from './fault.js';
import { dateOption } from './input.js';
import { principalOf } from './report-claims.js';
import { caseFiles, unknownWarnings } from './report.js';

/** Key figures and income of a period, each with the cases that could not be counted. */
export interface PeriodReports {
  readonly kpi: Kpi & { readonly unknown: readonly UnknownCase[] };
  readonly income: Income & { readonly unknown: readonly UnknownCase[] };
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

/** Key figures and income of a period and the one before it. */
export function periodReports(ctx: Context, period: Period): PeriodReports {
  const store = ctx.store();
  const settings = store.settings();
  const { interestCount } = settings;
  const terms = { interestCount };
  const kpi = new KpiTotals(period, terms, store.rates(), letterCostOre(settings.letterCost));
  const income = new IncomeTotals(period, terms, store.rates());
  const unknown: { kpi: UnknownCase[]; income: UnknownCase[] } = { kpi: [], income: [] };
  for (const file of caseFiles(ctx)) {
    count(ctx, file, period, kpi, unknown.kpi);
    count(ctx, file, period, income, unknown.income);
  }
  const all = new Map([...unknown.income, ...unknown.kpi].map((one) => [one.case, one]));
  return {
    kpi: { ...kpi.result(), unknown: unknown.kpi },
    income: { ...income.result(), unknown: unknown.income },
    warnings: unknownWarnings([...all.values()]),
    incomplete: all.size > 0,
  };
}

function count(
  ctx: Context,
  file: CaseFile,
  { to }: Period,
  totals: { add(file: CaseFile): void },
  unknown: UnknownCase[],
): void {
  try {
    totals.add(file);
  } catch (fault) {
    if (!(fault instanceof RateUnknown)) throw fault;
    const c = caseOn(file, to);
    if (c !== null) unknown.push(unknownCase(file, c, fault, principalOf(ctx, c)));
  }
}

function letterCostOre(text: string | null): Ore | null {
  if (text === null) return null;
  const amount = parseKroner(text);
  return amount.ok ? amount.ore : null;
}

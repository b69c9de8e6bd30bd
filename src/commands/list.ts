import type { Command } from 'commander';
import { claimOn } from '../case/claim.js';
import { termsOf } from '../case/settings.js';
import { OpenOnDay } from '../case/standing.js';
import { isForeldet } from '../law/limitation.js';
import { RateUnknown } from '../law/rates.js';
import type { Context } from '../context.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import { formatNumber, sum, type Ore } from '../law/money.js';
import { caseOn } from '../report/case-file.js';
import type { Act, Answer, Options, Warning } from '../tasks/answer.js';
import { flagOption, readChoice, textOption } from '../tasks/input.js';
import { table } from '../terminal/table.js';
import { counted } from '../terminal/text.js';
import { STATUS_WORDS } from '../tasks/status-words.js';

type CaseRow = ReturnType<ReturnType<Context['store']>['cases']['listed']>[number];

export function register(program: Command, act: Act): void {
  program
    .command('list')
    .summary('vis sakene')
    .description('Viser sakene, med det som er åpent i dag.')
    .option('--status <status>', 'bare saker med denne statusen')
    .option('--due', 'bare saker der neste brev kan sendes i dag')
    .option('--debtor <navn>', 'bare saker mot denne skyldneren')
    .action(act(list));
}

function list(ctx: Context, _args: readonly string[], options: Options): Answer {
  const store = ctx.store();
  const named = textOption(options, 'status');
  const status = named === null ? null : readChoice(Object.keys(STATUS_WORDS), named, '--status');
  const debtor = textOption(options, 'debtor')?.toLowerCase() ?? null;
  const onlyDue = flagOption(options, 'due');
  const wanted = (row: CaseRow): boolean =>
    (status === null || row.status === status) &&
    (debtor === null || row.debtor.toLowerCase().includes(debtor) || String(row.debtorId) === debtor) &&
    (!onlyDue || (nextOf(row, ctx.today)?.earliest ?? NEVER) <= ctx.today);
  const faults: RateUnknown[] = [];
  const day = new OpenOnDay(ctx.today, termsOf(store.settings()).interestCount, store.rates());
  const cases = store.cases
    .listed()
    .filter(wanted)
    .map((row) => ({ row, openOre: openOn(ctx, row, day, faults), next: nextOf(row, ctx.today) }));
  // A list may be long: of text and data, only the one that is shown is made.
  return {
    data: { cases: ctx.json ? cases.map(caseData) : [] },
    text: ctx.json ? '' : listText(cases, ctx.today),
    warnings: missingRates(faults),
  };
}

/** After any day. */
const NEVER = '9999-12-31';

function caseData({ row, openOre, next }: ListedCase): object {
  const { number, invoice, debtor, status, due } = row;
  return { number, invoice, debtor, status, due, openOre, next };
}

/** What comes next; nothing for a claim that is foreldet: no letter is sent for it (W1). */
function nextOf(row: CaseRow, on: LocalDate): ListedCase['next'] {
  if (row.nextActionOn === null || isForeldet(row.limitationOn, on)) return null;
  return { step: row.nextStep, earliest: row.nextActionOn };
}

/** What was open in øre on the day, as the reports count it; null where a rate is missing, so that one such case does not hide the others. */
function openOn(ctx: Context, row: CaseRow, day: OpenOnDay, faults: RateUnknown[]): Ore | null {
  try {
    const { recordedOn, fixedOre, interestBaseOre, interestAfter } = row;
    return fixedOre !== null && recordedOn <= ctx.today
      ? day.openOre(fixedOre, interestBaseOre, interestAfter)
      : replayedOn(ctx, row.number);
  } catch (fault) {
    if (!(fault instanceof RateUnknown)) throw fault;
    faults.push(fault);
    return null;
  }
}

/** For a day before the last thing recorded, the history tells. @throws RateUnknown */
function replayedOn(ctx: Context, number: number): Ore {
  const c = caseOn({ number, events: ctx.store().events(number) }, ctx.today);
  if (c === null) return 0;
  const { terms, rates } = ctx.store().judgement(c);
  return claimOn(c, ctx.today, terms, rates, undefined, 'sums').openOre;
}

function missingRates(faults: readonly RateUnknown[]): Warning[] {
  const texts = new Set(faults.map(({ message, hint }) => `${message} ${hint}`));
  return [...texts].map((message) => ({ code: 'RATE_UNKNOWN', message }));
}

interface ListedCase {
  readonly row: CaseRow;
  /** Null where a rate is missing. */
  readonly openOre: Ore | null;
  readonly next: { readonly step: string | null; readonly earliest: LocalDate } | null;
}

function listText(cases: readonly ListedCase[], on: LocalDate): string {
  if (cases.length === 0) return 'Ingen saker.';
  const shown = table(
    [
      { title: 'Sak', align: 'right' },
      { title: 'Faktura', max: 12 },
      { title: 'Skyldner', max: 22 },
      { title: 'Forfall' },
      { title: 'Åpent', align: 'right' },
      { title: 'Neste' },
    ],
    cases.map(({ row, openOre, next }) => [
      String(row.number),
      row.invoice,
      row.debtor,
      formatDate(row.due),
      openOre === null ? 'ukjent' : formatNumber(openOre),
      nextText(row, next, on),
    ]),
  );
  const known = cases.flatMap((c) => c.openOre ?? []);
  const unknown = cases.length - known.length;
  const besides = unknown === 0 ? '' : ` i ${known.length}; ${unknown} kan ikke regnes ut`;
  return `${shown}\n\n${counted(cases.length, 'sak', 'saker')}, ${formatNumber(sum(known))} kr åpent${besides}.`;
}

function nextText(row: CaseRow, next: ListedCase['next'], on: LocalDate): string {
  if (next !== null) return `${STEP_SHORT[next.step ?? ''] ?? ''} ${formatDate(next.earliest)}`.trim();
  return row.status === 'open' && isForeldet(row.limitationOn, on) ? 'foreldet' : STATUS_WORDS[row.status];
}

/** Step names that leave the table within 80 columns. */
const STEP_SHORT: Readonly<Record<string, string>> = {
  paaminnelse: 'påminn.',
  purring: 'purring',
  rentenota: 'rentenota',
  inkassovarsel: 'varsel',
  betalingsoppfordring: 'bet.oppf.',
  overdragelsesvarsel: 'overdr.',
};

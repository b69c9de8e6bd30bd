import type { Command } from 'commander';
import { claimOn } from '../case/claim.js';
import type { Context } from '../context.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import { formatNumber, sum, type Ore } from '../law/money.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import { usage } from '../tasks/fault.js';
import { flagOption, textOption } from '../tasks/input.js';
import { counted, table } from '../terminal/text.js';
import { STATUS_WORDS } from '../tasks/status-words.js';

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
  const status = textOption(options, 'status');
  if (status !== null && !Object.hasOwn(STATUS_WORDS, status)) {
    throw usage(`--status: «${status}» er ikke et av valgene ${Object.keys(STATUS_WORDS).join(', ')}.`);
  }
  const debtor = textOption(options, 'debtor')?.toLowerCase() ?? null;
  const rows = store
    .cases()
    .filter((row) => status === null || row.status === status)
    .filter(
      (row) =>
        debtor === null || row.debtor.toLowerCase().includes(debtor) || String(row.debtorId) === debtor,
    )
    .filter(
      (row) => !flagOption(options, 'due') || (row.nextActionOn !== null && row.nextActionOn <= ctx.today),
    );
  const cases = rows.map((row) => ({
    number: row.number,
    invoice: row.invoice,
    debtor: row.debtor,
    status: row.status,
    due: row.due,
    openOre: openOn(ctx, row.number),
    next: row.nextActionOn === null ? null : { step: row.nextStep, earliest: row.nextActionOn },
  }));
  return { data: { cases }, text: cases.length === 0 ? 'Ingen saker.' : listText(cases) };
}

function openOn(ctx: Context, number: number): Ore {
  const c = ctx.store().case(number);
  if (c === null) return 0;
  const { terms, rates } = ctx.store().judgement(c);
  return claimOn(c, ctx.today, terms, rates).openOre;
}

interface ListedCase {
  readonly number: number;
  readonly invoice: string;
  readonly debtor: string;
  readonly status: keyof typeof STATUS_WORDS;
  readonly due: LocalDate;
  readonly openOre: Ore;
  readonly next: { readonly step: string | null; readonly earliest: LocalDate } | null;
}

function listText(cases: readonly ListedCase[]): string {
  const shown = table(
    [
      { title: 'Sak', align: 'right' },
      { title: 'Faktura', max: 12 },
      { title: 'Skyldner', max: 22 },
      { title: 'Forfall' },
      { title: 'Åpent', align: 'right' },
      { title: 'Neste' },
    ],
    cases.map((c) => [
      String(c.number),
      c.invoice,
      c.debtor,
      formatDate(c.due),
      formatNumber(c.openOre),
      c.next === null
        ? STATUS_WORDS[c.status]
        : `${STEP_SHORT[c.next.step ?? ''] ?? ''} ${formatDate(c.next.earliest)}`.trim(),
    ]),
  );
  const total = sum(cases.map((c) => c.openOre));
  return `${shown}\n\n${counted(cases.length, 'sak', 'saker')}, ${formatNumber(total)} kr åpent.`;
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

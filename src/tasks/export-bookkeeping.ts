import { dirname } from 'node:path';
import { stopOf } from '../case/case.js';
import type { Settings } from '../case/settings.js';
import type { Context } from '../context.js';
import { gbat10, latin1 } from '../export/gbat10.js';
import { entriesOf, type Account, type Posting } from '../export/ledger.js';
import { sumsByAccount, VOUCHER_WORDS, voucherOf, type Voucher } from '../export/voucher.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import { formatKroner, type Ore } from '../law/money.js';
import type { Warning } from './answer.js';
import { csv } from './csv.js';

export interface BookkeepingOptions {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly format: 'gbat10' | 'csv';
  /** Leave out what an earlier export had. */
  readonly onlyNew: boolean;
  readonly out: string;
}

export interface BookkeepingResult {
  readonly export: number | null;
  readonly file: string | null;
  readonly vouchers: readonly Voucher[];
  readonly sums: Readonly<Record<string, Ore>>;
  readonly warnings: readonly Warning[];
}

/** The vouchers of a period as a file, and the record that it was made. @throws RateUnknown */
export function exportBookkeeping(ctx: Context, options: BookkeepingOptions): BookkeepingResult {
  const store = ctx.store();
  const settings = store.settings();
  const { all, warnings: openAccounts } = vouchersOf(ctx);
  const known = store.bookkeeping.exportedBefore(all.map(contentOf));
  const inPeriod = all.filter(({ date }) => date >= options.from && date <= options.to);
  const vouchers = options.onlyNew ? inPeriod.filter(({ number }) => !known.has(number)) : inPeriod;
  const warnings = [
    ...(options.onlyNew ? [] : repeated(ctx, options, vouchers, known)),
    ...changed(inPeriod, known),
    ...late(ctx, options, all, known),
    ...openAccounts,
  ];
  const numberOf = (posting: Posting): string => accountNumber(settings, posting.account);
  const sums = sumsByAccount(vouchers, numberOf);
  if (vouchers.length === 0) return { export: null, file: null, vouchers, sums, warnings };
  const bytes =
    options.format === 'gbat10'
      ? latin1(gbat10(vouchers, { numberOf, voucherType: settings.voucherType }))
      : sheetOf(vouchers, settings);
  // Recorded first: a file that was made and not recorded would be made again without a word.
  ctx.prepareFolder(dirname(ctx.fullPath(options.out)));
  const id = store.recordBookkeepingExport(options, vouchers.map(contentOf), ctx.moment());
  return { export: id, file: ctx.writeFile(options.out, bytes), vouchers, sums, warnings };
}

/** Every voucher of every case, by number; and the cases whose account does not close. */
function vouchersOf(ctx: Context): { all: Voucher[]; warnings: Warning[] } {
  const store = ctx.store();
  const all: Voucher[] = [];
  const warnings: Warning[] = [];
  for (const { number } of store.cases.all()) {
    const c = store.case(number);
    if (c === null) continue;
    const { terms, rates } = store.judgement(c);
    const links = new Map(store.chainOf(number).links.map((link) => [link.version, link.seq]));
    const events = store.events(number).map((event) => ({ ...event, seq: links.get(event.version) ?? 0 }));
    const entries = entriesOf(number, events, terms, rates);
    const { invoice, kid, due, debtorId, amountOre } = c.claim;
    const debtor = store.debtors.get(debtorId);
    const stepOf = (id: number) => c.letters.find((letter) => letter.id === id)?.made.step ?? null;
    all.push(
      ...entries.map((entry) => voucherOf(entry, { case: number, invoice, kid, due, debtor, stepOf })),
    );
    const left = amountOre + (entries.at(-1)?.after.receivable ?? 0);
    if (stopOf(c, 'closed') !== null && left > 0 && c.writtenOff === null) {
      const message = `Sak ${number} er avsluttet med ${formatKroner(left)} stående på kundefordringer. Tapsfør eller frafall beløpet, så blir det bokført.`;
      warnings.push({ code: 'CLOSED_WITH_BALANCE', message });
    }
  }
  return { all: all.sort((a, b) => a.number - b.number), warnings };
}

/** What a voucher says, for telling later whether it still says so. Names may change; figures may not. */
function contentOf({ number, date, kind, postings }: Voucher): { number: number; content: string } {
  return { number, content: JSON.stringify([date, kind, postings]) };
}

function numbers(vouchers: readonly Voucher[]): string {
  const shown = vouchers.slice(0, 10).map((voucher) => String(voucher.number));
  return vouchers.length > 10 ? `${shown.join(', ')} og ${vouchers.length - 10} til` : shown.join(', ');
}

type Known = ReadonlyMap<number, 'same' | 'changed'>;

/** The period, or part of it, has been exported before. */
function repeated(
  ctx: Context,
  { from, to }: BookkeepingOptions,
  vouchers: readonly Voucher[],
  known: Known,
): Warning[] {
  const earlier = ctx
    .store()
    .bookkeeping.exports()
    .filter((one) => one.from <= to && one.to >= from);
  const again = vouchers.filter(({ number }) => known.has(number));
  if (earlier.length === 0) return [];
  const periods = earlier.map(
    (one) =>
      `${formatDate(one.from)}–${formatDate(one.to)} (eksport ${one.id}, ${formatDate(one.recordedOn)})`,
  );
  const what =
    again.length === 0
      ? 'Ingen av bilagene var med da.'
      : `Disse bilagene var med da, og blir ført dobbelt om begge filene leses inn: ${numbers(again)}. Med --new kommer bare de andre.`;
  return [{ code: 'PERIOD_EXPORTED', message: `Perioden overlapper ${periods.join(', ')}. ${what}` }];
}

/** A voucher that no longer says what was exported: a setting, such as how interest is counted, was changed since. */
function changed(vouchers: readonly Voucher[], known: Known): Warning[] {
  const different = vouchers.filter(({ number }) => known.get(number) === 'changed');
  if (different.length === 0) return [];
  const message = `Disse bilagene ble eksportert med andre beløp før innstillingene ble endret: ${numbers(different)}. Rett regnskapet for forskjellen.`;
  return [{ code: 'VOUCHER_CHANGED', message }];
}

/** Recorded after their period was exported, such as a payment found late. */
function late(
  ctx: Context,
  { from, to }: BookkeepingOptions,
  all: readonly Voucher[],
  known: Known,
): Warning[] {
  const periods = ctx.store().bookkeeping.exports();
  const missed = all.filter(
    ({ number, date }) =>
      !known.has(number) &&
      (date < from || date > to) &&
      periods.some((one) => date >= one.from && date <= one.to),
  );
  const [first] = missed;
  if (first === undefined) return [];
  const message = `Bilag ${numbers(missed)} er kommet til etter at perioden deres ble eksportert. Ta dem med: inkasso export bookkeeping --from ${first.date} --to ${missed.at(-1)?.date ?? first.date} --new.`;
  return [{ code: 'LATE_VOUCHERS', message }];
}

const ACCOUNT_SETTINGS = {
  bank: 'accountBank',
  receivable: 'accountReceivable',
  fees: 'accountFees',
  interest: 'accountInterest',
  credits: 'accountCredits',
  loss: 'accountLoss',
  recovered: 'accountRecovered',
} as const satisfies Record<Account, keyof Settings>;

export function accountNumber(settings: Settings, account: Account): string {
  return settings[ACCOUNT_SETTINGS[account]];
}

const ACCOUNT_WORDS: Readonly<Record<Account, string>> = {
  bank: 'Bank',
  receivable: 'Kundefordringer',
  fees: 'Gebyr',
  interest: 'Forsinkelsesrente',
  credits: 'Kreditnotaer',
  loss: 'Tap på fordringer',
  recovered: 'Innkommet på tapsførte krav',
};

/** One row per posting. */
function sheetOf(vouchers: readonly Voucher[], settings: Settings): string {
  const columns = [
    ...['bilag', 'dato', 'type', 'sak', 'faktura', 'kid', 'kunde', 'konto', 'kontonavn'],
    ...['debet', 'kredit', 'tekst'],
  ];
  const rows = vouchers.flatMap((voucher) =>
    voucher.postings.map(({ account, amountOre }) => [
      voucher.number,
      voucher.date,
      VOUCHER_WORDS[voucher.kind],
      voucher.case,
      voucher.invoice,
      voucher.kid,
      voucher.debtor.name,
      accountNumber(settings, account),
      ACCOUNT_WORDS[account],
      amountOre > 0 ? { ore: amountOre } : null,
      amountOre < 0 ? { ore: -amountOre } : null,
      voucher.text,
    ]),
  );
  return `${csv({ columns, rows })}\n`;
}

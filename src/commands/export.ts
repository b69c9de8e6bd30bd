import type { Command } from 'commander';
import type { Case } from '../case/case.js';
import type { Context } from '../context.js';
import type { Voucher } from '../export/voucher.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import { formatNumber } from '../law/money.js';
import type { Act, Answer, Options } from '../tasks/answer.js';
import {
  exportedText,
  exportFordringsanmeldelse,
  exportForliksklage,
  exportKonkursvarsel,
  exportUtlegg,
  type Added,
  type Exported,
} from '../tasks/export-authority.js';
import { exportDossier, exportHandover } from '../tasks/export-bundle.js';
import { exportBookkeeping } from '../tasks/export-bookkeeping.js';
import { usage } from '../tasks/fault.js';
import {
  dateOption,
  flagOption,
  listOption,
  readCase,
  readChoice,
  readDate,
  readText,
  requiredText,
  textOption,
} from '../tasks/input.js';
import { table } from '../terminal/table.js';
import { counted } from '../terminal/text.js';

export function register(program: Command, act: Act): void {
  const papers = program
    .command('export')
    .summary('papirer til namsmannen, forliksrådet, bostyreren, inkassoforetak og regnskapet')
    .description('Skriver papirene til neste instans. Ingenting sendes, og ingenting endres i saken.');
  const one = (name: string, description: string): Command =>
    papers
      .command(name)
      .description(description)
      .argument('<sak>', 'saksnummer eller fakturanummer')
      .option('--out <fil>', 'hvor det skrives');
  const withDocuments = (command: Command): Command =>
    command
      .option('--to <hvem>', 'mottakeren, slik det skal stå på papiret')
      .option('--invoice <pdf>', 'fakturaen, som første bilag')
      .option('--enclose <pdf...>', 'flere bilag, sist');
  const born = (command: Command): Command =>
    command.option('--debtor-birthdate <dato>', 'skyldnerens fødselsdato; den lagres ikke');
  born(withDocuments(one('utlegg', 'Begjæring om utlegg, som PDF med bilag og som JSON')))
    .option(
      '--notice <dato>',
      'dagen et varsel etter tvangsfullbyrdelsesloven § 4-18 ble sendt utenom brevene herfra',
    )
    .option('--combined', 'be om forliksrådet hvis skyldneren kommer med innsigelser')
    .action(act(utlegg));
  born(withDocuments(one('forliksklage', 'Forliksklage, som PDF med bilag'))).action(act(forliksklage));
  withDocuments(one('konkursvarsel', 'Konkursvarsel til forkynnelse, som PDF med bilag'))
    .option('--accounting-liable', 'bekreft at skyldneren er, eller siste år har vært, regnskapspliktig')
    .action(act(konkursvarsel));
  born(
    withDocuments(one('fordringsanmeldelse', 'Kravet til bostyreren i en konkurs, med renter til åpningen')),
  ).action(act(fordringsanmeldelse));
  withDocuments(one('handover', 'Mappe til et inkassoforetak: oversikt, CSV, JSON og dokumentene')).action(
    act(handover),
  );
  papers
    .command('bookkeeping')
    .description('Bilag til regnskapet for en periode: gebyr, renter, betalinger, kreditnotaer og tap')
    .option('--from <dato>', 'første dag')
    .option('--to <dato>', 'siste dag')
    .option('--format <format>', 'gbat10 eller csv (gbat10)')
    .option('--new', 'bare bilag som ikke er eksportert før')
    .option('--out <fil>', 'hvor det skrives')
    .action(act(bookkeeping));
  one('dossier', 'Hele saken som én PDF: historie, utregning, brev og kontrollsummer').action(act(dossier));
}

function addedIn(options: Options): Added {
  return { invoice: textOption(options, 'invoice'), others: listOption(options, 'enclose') };
}

function recipient(options: Options): string | null {
  const text = textOption(options, 'to');
  return text === null ? null : readText(text, '--to');
}

interface Birth {
  readonly debtorBorn: string | null;
  readonly bornIso: string | null;
}

/** A date of birth, for the paper and for the data. People are older than the calendar the rest of the program knows. */
function birth(ctx: Context, options: Options): Birth {
  const text = textOption(options, 'debtorBirthdate');
  if (text === null) return { debtorBorn: null, bornIso: null };
  const match = /^(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))$/.exec(text);
  const [year, month, day] = (match?.[1] === undefined ? [6, 5, 4] : [1, 2, 3]).map((at) =>
    Number(match?.[at]),
  );
  const iso = [year, month, day].map((part) => String(part ?? '').padStart(2, '0')).join('-');
  const known = new Date(`${iso}T00:00:00Z`);
  const real = !Number.isNaN(known.getTime()) && known.toISOString().startsWith(iso);
  if (match === null || !real || iso < '1900-01-01' || iso > ctx.today) {
    throw usage(`--debtor-birthdate: «${text}» er ikke en fødselsdato.`, 'Skriv for eksempel 1984-05-17.');
  }
  return { debtorBorn: iso.split('-').reverse().join('.'), bornIso: iso };
}

function outOf(options: Options, c: Case, name: string): string {
  return textOption(options, 'out') ?? `sak-${c.number}-${name}`;
}

function answer(what: string, done: Exported, next: string): Answer {
  const { warnings, ...data } = done;
  return { data, text: `${exportedText(what, done)}\n${next}`, warnings };
}

async function utlegg(ctx: Context, [reference = '']: readonly string[], options: Options): Promise<Answer> {
  const c = readCase(ctx, reference);
  const noticeSent = dateOption(options, 'notice');
  if (noticeSent !== null && noticeSent > ctx.today) throw usage('--notice kan ikke være i framtiden.');
  if (noticeSent !== null && noticeSent < c.claim.effectiveDue) {
    throw usage('--notice: varselet kan tidligst sendes på forfallsdagen (tvangsfullbyrdelsesloven § 4-18).');
  }
  const answers = {
    ...birth(ctx, options),
    to: recipient(options),
    noticeSent,
    combined: flagOption(options, 'combined'),
  };
  const done = await exportUtlegg(ctx, c, answers, addedIn(options), outOf(options, c, 'utlegg.pdf'));
  return answer(
    'Begjæring om utlegg',
    done,
    `Fyll ut det som står åpent, og skriv under. Når den er sendt: «inkasso handover ${c.number} --to namsmann».`,
  );
}

async function forliksklage(
  ctx: Context,
  [reference = '']: readonly string[],
  options: Options,
): Promise<Answer> {
  const c = readCase(ctx, reference);
  const answers = { ...birth(ctx, options), to: recipient(options) };
  const out = outOf(options, c, 'forliksklage.pdf');
  const done = await exportForliksklage(ctx, c, answers, addedIn(options), out);
  return answer(
    'Forliksklage',
    done,
    `Fyll ut det som står åpent, og skriv under. Når den er sendt: «inkasso handover ${c.number} --to forliksraad».`,
  );
}

async function konkursvarsel(
  ctx: Context,
  [reference = '']: readonly string[],
  options: Options,
): Promise<Answer> {
  const c = readCase(ctx, reference);
  const accountingLiable = flagOption(options, 'accountingLiable');
  const answers = { to: recipient(options), debtorBorn: null, accountingLiable };
  const out = outOf(options, c, 'konkursvarsel.pdf');
  const done = await exportKonkursvarsel(ctx, c, answers, addedIn(options), out);
  return answer('Konkursvarsel', done, 'Skriv under, og lever det til forkynnelse.');
}

async function fordringsanmeldelse(
  ctx: Context,
  [reference = '']: readonly string[],
  options: Options,
): Promise<Answer> {
  const c = readCase(ctx, reference);
  const answers = { ...birth(ctx, options), to: recipient(options) };
  const out = outOf(options, c, 'fordringsanmeldelse.pdf');
  const done = await exportFordringsanmeldelse(ctx, c, answers, addedIn(options), out);
  return answer(
    'Melding av krav',
    done,
    'Skriv under, og send den til bostyreren innen fristen i kunngjøringen.',
  );
}

async function handover(
  ctx: Context,
  [reference = '']: readonly string[],
  options: Options,
): Promise<Answer> {
  const c = readCase(ctx, reference);
  const { folder, files } = await exportHandover(
    ctx,
    c,
    recipient(options),
    addedIn(options),
    outOf(options, c, 'overlevering'),
  );
  const text = [
    `Mappen ${folder} er klar, med ${files.length} filer.`,
    `Når den er sendt: «inkasso handover ${c.number} --to inkassobyraa».`,
  ].join('\n');
  return { data: { folder, files }, text };
}

function bookkeeping(ctx: Context, _args: readonly string[], options: Options): Answer {
  const from = readDate(requiredText(options, 'from', 'første dag i perioden'), '--from');
  const to = readDate(requiredText(options, 'to', 'siste dag i perioden'), '--to');
  if (from > to) throw usage('--from er etter --to.');
  const format = readChoice(['gbat10', 'csv'], textOption(options, 'format') ?? 'gbat10', '--format');
  const ending = format === 'csv' ? '.csv' : '-gbat10.csv';
  const out = textOption(options, 'out') ?? `bilag-${from}-${to}${ending}`;
  const done = exportBookkeeping(ctx, { from, to, format, out, onlyNew: flagOption(options, 'new') });
  const { vouchers, sums, file, warnings } = done;
  const data = { export: done.export, from, to, format, file, sums, vouchers: vouchers.map(voucherJson) };
  return { data, text: bookkeepingText(file, vouchers, sums, { from, to }), warnings };
}

function voucherJson({ debtor, ...voucher }: Voucher): object {
  return { ...voucher, debtor: debtor.name };
}

function bookkeepingText(
  file: string | null,
  vouchers: readonly Voucher[],
  sums: Readonly<Record<string, number>>,
  { from, to }: { from: LocalDate; to: LocalDate },
): string {
  const period = `${formatDate(from)}–${formatDate(to)}`;
  if (file === null) return `Ingen bilag å eksportere for ${period}.`;
  const columns = [
    { title: 'Konto' },
    { title: 'Debet', align: 'right' as const },
    { title: 'Kredit', align: 'right' as const },
  ];
  const rows = Object.entries(sums).map(([account, ore]) => [
    account,
    ore > 0 ? formatNumber(ore) : '',
    ore < 0 ? formatNumber(-ore) : '',
  ]);
  return `${counted(vouchers.length, 'bilag', 'bilag')} for ${period} er skrevet til ${file}.\n\n${table(columns, rows)}`;
}

async function dossier(ctx: Context, [reference = '']: readonly string[], options: Options): Promise<Answer> {
  const c = readCase(ctx, reference);
  const done = await exportDossier(ctx, c, outOf(options, c, 'saksmappe.pdf'));
  return { data: done, text: `Saksmappen er skrevet: ${done.pdf} (${done.pages} sider).` };
}

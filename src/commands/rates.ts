import type { Command } from 'commander';
import type { Context } from '../context.js';
import { formatDate } from '../law/dates.js';
import {
  citedSource,
  findRow,
  isRateValue,
  periodName,
  TABLE_NAMES,
  type RateTable,
  type TableName,
} from '../law/rates.js';
import type { Act, Answer, Options, Warning } from '../tasks/answer.js';
import { EXIT, usage } from '../tasks/fault.js';
import { readChoice, readDate, textOption } from '../tasks/input.js';
import { table } from '../terminal/table.js';

export function register(program: Command, act: Act): void {
  const rates = program.command('rates').summary('satsene brevene bygger på');
  rates
    .command('list', { isDefault: true })
    .argument('[tabell]', TABLE_NAMES.join(', '))
    .description('Viser satsene og hvor de er hentet fra')
    .action(act(list));
  rates.command('check').description('Sier fra om satser som mangler i dag').action(act(check));
  rates
    .command('add')
    .argument('<tabell>', TABLE_NAMES.filter((name) => name !== 'regime').join(', '))
    .argument('<dato>', 'første dag satsen gjelder')
    .argument('<verdi>', 'prosent eller kroner')
    .option('--source <tekst>', 'hvor du leste satsen')
    .description('Legger inn en kunngjort sats som programmet ikke kjenner')
    .action(act(add));
  rates
    .command('regime')
    .argument('<dato>', 'første dag den gjelder')
    .argument('<lov>', '1988 eller 2026')
    .option('--source <tekst>', 'hvor du leste det')
    .description('Registrerer hvilken inkassolov som gjelder fra en dato')
    .action(act(regime));
}

function list(ctx: Context, [name]: readonly string[]): Answer {
  const names = name === undefined ? TABLE_NAMES : [readChoice(TABLE_NAMES, name, '<tabell>')];
  const tables = names.map((known) => ctx.store().rates()[known]);
  const text = tables.map((known) => describe(known, name === undefined)).join('\n\n');
  return { data: { tables: Object.fromEntries(tables.map((known) => [known.name, known])) }, text };
}

function describe(known: RateTable, onlyLatest: boolean): string {
  const rows = (onlyLatest ? known.rows.slice(-4) : known.rows).map((row) => [
    formatDate(row.from),
    row.value?.replace('.', ',') ?? 'ikke kjent',
    row.origin === 'added' ? 'lagt inn' : 'programmet',
    citedSource(row) ?? row.note ?? '',
  ]);
  const title = `${known.name} (${known.law}), gjennomgått til ${formatDate(known.reviewedThrough)}`;
  return `${title}\n${table([{ title: 'Fra' }, { title: 'Verdi', align: 'right' }, { title: 'Fra hvem' }, { title: 'Kilde', max: 44 }], rows)}`;
}

function check(ctx: Context): Answer {
  const rates = ctx.store().rates();
  const findings: Warning[] = TABLE_NAMES.filter((name) => findRow(rates, name, ctx.today) === null).map(
    (name) => ({
      code: 'RATE_UNKNOWN',
      message: `${name}: ingen kjent sats for ${periodName(name, ctx.today)}.`,
    }),
  );
  const text =
    findings.length === 0
      ? 'Alle satsene for i dag er kjent.'
      : findings.map((finding) => finding.message).join('\n');
  return { data: { findings }, text, ...(findings.length === 0 ? {} : { exitCode: EXIT.rateMissing }) };
}

function add(ctx: Context, [name = '', from = '', value = '']: readonly string[], options: Options): Answer {
  const names = TABLE_NAMES.filter((known) => known !== 'regime');
  return addRate(ctx, readChoice(names, name, '<tabell>'), from, value, options);
}

function regime(ctx: Context, [from = '', value = '']: readonly string[], options: Options): Answer {
  return addRate(ctx, 'regime', from, readChoice(['1988', '2026'], value, '<lov>'), options);
}

function addRate(
  ctx: Context,
  name: TableName,
  fromText: string,
  valueText: string,
  options: Options,
): Answer {
  const from = readDate(fromText, '<dato>');
  const value = valueText.trim().replace('%', '').replace(',', '.').trim();
  if (!isRateValue(name, value))
    throw usage(
      `<verdi>: «${valueText}» er ikke en sats.`,
      'Skriv for eksempel 12,50 for prosent og 760 for kroner.',
    );
  const source = textOption(options, 'source');
  if (source === null || source === '')
    throw usage(
      '--source mangler: skriv hvor du leste satsen.',
      'For eksempel --source "FOR-2026-12-18-1234".',
    );
  if (isHalfYearly(name) && !/-(01|07)-01$/.test(from))
    throw usage(`<dato>: ${name} gjelder fra 1. januar eller 1. juli.`);
  const known = findRow(ctx.store().rates(), name, from);
  if (known?.origin === 'shipped') {
    throw usage(
      `Programmet kjenner alt ${name} for ${formatDate(from)}: ${known.value}.`,
      'Egne satser brukes bare der programmet ikke har noen.',
    );
  }
  ctx.store().addRate({ table: name, from, value, source }, ctx.moment());
  return {
    data: { table: name, from, value, source },
    text: `${name} fra ${formatDate(from)} er nå ${value.replace('.', ',')} (${source}).`,
  };
}

function isHalfYearly(name: TableName): boolean {
  return name === 'forsinkelsesrente' || name === 'standardkompensasjon';
}

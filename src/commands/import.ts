import type { Command } from 'commander';
import type { Context } from '../context.js';
import { FileRefused, FORMAT_WORDS, FORMATS, type ImportFile } from '../import/plan.js';
import type { Act, Answer, Options, Warning } from '../tasks/answer.js';
import { EXIT, notFound, UserFault } from '../tasks/fault.js';
import { flagOption, listOption } from '../tasks/input.js';
import { importFile } from '../tasks/import.js';
import type { FileResult } from '../tasks/import-kind.js';
import {
  askAboutPayments,
  openPayments,
  putAside,
  settlePayment,
  type OpenPayment,
} from '../tasks/payments.js';
import { fileText, waitingText } from '../terminal/import-text.js';

export function register(program: Command, act: Act): void {
  program
    .command('import')
    .summary('ta inn fakturaer og innbetalinger fra filer')
    .description(
      'Tar inn fakturaer og innbetalinger fra filer, mapper og zip-filer. Formatet kjennes på innholdet. Uten filer vises betalingene som venter på deg.',
    )
    .argument('[fil...]', 'filer, mapper eller zip-filer fra regnskapet eller banken')
    .option('--dry-run', 'vis hva som ville skjedd, uten å gjøre det')
    .option('--as <format>', `formatet, når det ikke kjennes av seg selv: ${FORMATS.join(', ')}`)
    .option(
      '--map <kolonne=felt...>',
      'hva en kolonne i en CSV med fakturaer er, som "Fakturanr=invoice"; huskes',
    )
    .option('--account <konto>', 'kontoen, når filen ikke sier det')
    .option('--match <betaling=sak...>', 'før en betaling på en sak; 17=1001:500,00 fører en del')
    .option('--aside <betaling...>', 'legg en betaling til side, uten å føre den')
    .option('--yes', 'ta inn uten å spørre')
    .action(act(importVerb));
}

/** A file that was not taken in. */
interface RefusedFile {
  readonly name: string;
  readonly state: 'refused';
  readonly code: string;
  readonly why: string;
  readonly hint: string | null;
}

async function importVerb(ctx: Context, paths: readonly string[], options: Options): Promise<Answer> {
  ctx.store();
  const files = (Array.isArray(paths[0]) ? (paths[0] as readonly string[]) : paths).map((path) =>
    openOrRefuse(ctx, path),
  );
  const matches = listOption(options, 'match');
  const asides = listOption(options, 'aside');
  const dryRun = flagOption(options, 'dryRun');
  const results: (FileResult | RefusedFile)[] = [];
  for (const file of files) {
    const result = await takeIn(ctx, file, options, dryRun);
    if (result !== null) results.push(result);
  }
  const [only] = results;
  if (results.length === 1 && only?.state === 'refused' && matches.length + asides.length === 0) {
    throw new UserFault(EXIT.usage, only.code, `${only.name}: ${only.why}`, only.hint);
  }
  const matched = await ctx.unit(dryRun ? 'rehearsal' : 'real', async () => [
    ...matches.flatMap((text) => settlePayment(ctx, text)),
    ...asides.flatMap((text) => putAside(ctx, text)),
  ]);
  if (!dryRun && files.length > 0) await askAboutPayments(ctx);
  const payments = openPayments(ctx);
  // A rehearsal takes no letter back: it may still be posted.
  const warnings = [...results.flatMap(warningsOf), ...matched.flatMap((one) => one.warnings)].filter(
    ({ code }) => !dryRun || code !== 'LETTER_WITHDRAWN',
  );
  const data = {
    files: results.map(fileData),
    matched: matched.map(({ payment, cases, text }) => ({ payment, cases, text })),
    payments,
    waiting: ctx.store().payments.countOpen(),
  };
  const refused = results.some((result) => result.state === 'refused' || nothingIn(result));
  const text = describe(results, matched, { payments, count: data.waiting }, dryRun, files.length);
  return { data, text, warnings, ...(refused ? { exitCode: EXIT.usage } : {}) };
}

/** Whether nothing of a file could be taken in. */
function nothingIn({ counts: { add, skip, ask, refuse } }: FileResult): boolean {
  return add + skip + ask === 0 && refuse > 0;
}

function openOrRefuse(ctx: Context, path: string): ImportFile {
  const file = ctx.openFile(path);
  if (file === null) throw notFound(`Fant ingen fil ${path}.`);
  return file;
}

/** One file: shown first where somebody can answer, else taken in as it is. Null when the answer was no. */
async function takeIn(
  ctx: Context,
  file: ImportFile,
  options: Options,
  dryRun: boolean,
): Promise<FileResult | RefusedFile | null> {
  try {
    if (dryRun) return await importFile(ctx, file, options, 'rehearsal');
    if (ctx.ask === null || flagOption(options, 'yes')) return await importFile(ctx, file, options, 'real');
    const plan = await importFile(ctx, file, options, 'rehearsal');
    if (plan.state === 'known') return await importFile(ctx, file, options, 'real');
    ctx.say(fileText(plan, FORMAT_WORDS[plan.format], true));
    for (const { message } of warningsOf(plan)) ctx.say(`Merk: ${message}`);
    if (!(await ctx.ask.confirm(`Ta inn ${file.name}?`, true))) return null;
    return await importFile(ctx, file, options, 'real');
  } catch (fault) {
    if (!(fault instanceof FileRefused)) throw fault;
    const { code, message: why, hint } = fault;
    return { name: file.name, state: 'refused', code, why, hint };
  }
}

function warningsOf(result: FileResult | RefusedFile): readonly Warning[] {
  if (result.state === 'refused') {
    const hint = result.hint === null ? '' : ` ${result.hint}`;
    return [{ code: result.code, message: `${result.name}: ${result.why}${hint}` }];
  }
  const { name, encoding } = result;
  const odd =
    encoding === 'windows-1252'
      ? [{ code: 'ENCODING', message: `${name} er lest som Windows-1252, siden den ikke er gyldig UTF-8.` }]
      : [];
  return [...odd, ...result.warnings];
}

function fileData(result: FileResult | RefusedFile): object {
  if (result.state === 'refused') return result;
  const { warnings: _said, records, ...rest } = result;
  return {
    ...rest,
    records: records.map(({ where, state, what, why, data }) => ({ where, state, what, why, ...data })),
  };
}

function describe(
  results: readonly (FileResult | RefusedFile)[],
  matched: readonly { readonly text: string }[],
  open: { readonly payments: readonly OpenPayment[]; readonly count: number },
  dryRun: boolean,
  files: number,
): string {
  const parts = results.flatMap((result) =>
    result.state === 'refused' ? [] : [fileText(result, FORMAT_WORDS[result.format], dryRun)],
  );
  if (matched.length > 0) parts.push(matched.map((one) => one.text).join('\n'));
  if (open.count > 0) parts.push(waitingText(open.payments, open.count));
  else if (results.length === 0 && matched.length === 0) {
    parts.push(files > 0 ? 'Ingenting er tatt inn.' : 'Ingen betalinger venter på deg.');
  }
  return parts.join('\n\n');
}

import type { Context } from '../context.js';
import type { Encoding } from '../import/decode.js';
import {
  FileRefused,
  FORMATS,
  FORMAT_WORDS,
  type FileRecord,
  type Format,
  type ImportFile,
  type Planned,
  type PlannedState,
  type RecordWords,
} from '../import/plan.js';
import { headText } from '../import/text.js';
import type { Options, Warning } from './answer.js';
import { usage } from './fault.js';
import { readChoice, textOption } from './input.js';
import type { FileResult, ImportJob, ImportKind } from './import-kind.js';
import { importArchive, openArchive } from './import-archive.js';
import { claimKind } from './import-claims.js';
import { paymentKind } from './import-payments.js';

/** Everything that can be imported, in the order it is tried. */
const KINDS: readonly ImportKind[] = [paymentKind, claimKind];

/** Records listed one by one for each file; beyond that only counted. */
const LISTED = 5_000;

/** Takes in one file, all of it or nothing; a rehearsal shows exactly that and leaves no trace. @throws FileRefused */
export async function importFile(
  ctx: Context,
  file: ImportFile,
  options: Options,
  mode: 'real' | 'rehearsal',
): Promise<FileResult> {
  const archive = await openArchive(file);
  const one = (entry: ImportFile): Promise<FileResult> =>
    importOne(ctx, entry, options, mode === 'rehearsal');
  return ctx.unit(mode, () =>
    archive === null ? one(file) : importArchive(ctx, file, archive, mode === 'rehearsal', one),
  );
}

/** To be called in a transaction. */
async function importOne(
  ctx: Context,
  file: ImportFile,
  options: Options,
  rehearsal: boolean,
): Promise<FileResult> {
  const { kind, format } = recognise(ctx, file, options);
  const job = new Job(ctx, file, format, options, rehearsal);
  await kind.run(job);
  return job.close();
}

function recognise(ctx: Context, file: ImportFile, options: Options): { kind: ImportKind; format: Format } {
  if (file.size === 0) throw new FileRefused('EMPTY', 'Filen er tom.');
  const named = textOption(options, 'as');
  if (named !== null) {
    const format = readChoice(FORMATS, named, '--as');
    const kind = KINDS.find((candidate) => candidate.formats.includes(format));
    if (kind === undefined) throw usage(`--as: ${FORMAT_WORDS[format]} kan ikke leses her.`);
    return { kind, format };
  }
  for (const kind of KINDS) {
    const format = kind.recognise(file, ctx, options);
    if (format !== null) return { kind, format };
  }
  const line =
    headText(file)
      .trimStart()
      .split(/[\r\n]/, 1)[0] ?? '';
  throw new FileRefused(
    'UNKNOWN_FORMAT',
    `Innholdet er ikke i et format programmet kjenner. Filen begynner med «${line.slice(0, 200)}».`,
    `Kjente formater: ${FORMATS.join(', ')}. Vet du hvilket det er, oppgir du det med --as.`,
  );
}

/** The import of one file. */
class Job implements ImportJob {
  private readonly records: Planned[] = [];
  private readonly counts: Record<PlannedState, number> = { add: 0, skip: 0, refuse: 0, ask: 0 };
  private readonly warnings: Warning[] = [];
  private fileId: number | null = null;
  private encoding: Encoding | null = null;
  private readonly moment;

  constructor(
    readonly ctx: Context,
    readonly file: ImportFile,
    readonly format: Format,
    readonly options: Options,
    readonly rehearsal: boolean,
  ) {
    this.moment = ctx.moment();
  }

  private get imports() {
    return this.ctx.store().imports;
  }

  known(key: string, occurrence: number): boolean {
    return this.imports.knows(key, occurrence);
  }

  report(record: FileRecord, words: () => RecordWords): number | null {
    const { key, occurrence, where, raw, state, why } = record;
    this.counts[state] += 1;
    if (this.records.length < LISTED) {
      const { what, data } = words();
      this.records.push({ where, state, what, why, key, occurrence, raw, data });
    }
    if (key === '' || state === 'refuse') return null;
    return this.imports.addRecord(this.keepFile(), where, key, occurrence, raw);
  }

  warn(warning: Warning): void {
    if (!this.warnings.some((one) => one.message === warning.message)) this.warnings.push(warning);
  }

  readAs(encoding: Encoding): void {
    this.encoding = encoding;
  }

  async progress(done: number): Promise<void> {
    this.ctx.progress(Math.min(done, this.file.size), this.file.size, 'byte');
    // Between two pieces of work Ctrl-C is heard.
    await new Promise((resolve) => setImmediate(resolve));
  }

  private keepFile(): number {
    const { name, size, sha256 } = this.file;
    const { format, encoding } = this;
    this.fileId ??= this.imports.addFile({ name, size, sha256, format, encoding }, this.moment);
    return this.fileId;
  }

  close(): FileResult {
    const { add, skip, refuse, ask } = this.counts;
    const fresh = add + ask + refuse > 0;
    // A file with nothing new says that the bank had nothing new: it is remembered, once.
    if (this.fileId === null && !this.imports.knowsFile(this.file.sha256)) this.keepFile();
    this.ctx.progress(1, 1, 'byte');
    const { name, size, sha256 } = this.file;
    return {
      name,
      format: this.format,
      size,
      sha256,
      encoding: this.encoding,
      state: !fresh ? 'known' : this.rehearsal ? 'planned' : 'imported',
      counts: this.counts,
      records: this.records,
      notListed: add + skip + refuse + ask - this.records.length,
      warnings: this.warnings,
    };
  }
}

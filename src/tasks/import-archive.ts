import type { Context } from '../context.js';
import { ARCHIVE_LIMITS, isZip, readZip } from '../import/archive.js';
import {
  fileInMemory,
  FileRefused,
  type ImportFile,
  type Planned,
  type PlannedState,
} from '../import/plan.js';
import type { Warning } from './answer.js';
import type { FileResult } from './import-kind.js';

/** What is in a zip file or a folder. */
export interface Archive {
  readonly files: readonly ImportFile[];
  /** What cannot be read in it, and why. */
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
}

/** The files of a zip or a folder; null for any other file. @throws FileRefused */
export async function openArchive(file: ImportFile): Promise<Archive | null> {
  if (file.entries !== undefined) return { files: withinLimits(file.entries), skipped: [] };
  if (!isZip(file.head)) return null;
  if (file.size > ARCHIVE_LIMITS.totalBytes)
    throw new FileRefused('ARCHIVE', 'Zip-filen er for stor; del den opp i flere.');
  const read = await readZip(file.bytes());
  if (!read.ok) throw new FileRefused('ARCHIVE', read.why);
  const files = read.entries.map(({ name, bytes }) => fileInMemory(name, bytes));
  if (files.length + read.skipped.length === 0) throw new FileRefused('EMPTY', 'Zip-filen er tom.');
  return { files, skipped: read.skipped };
}

function withinLimits(files: readonly ImportFile[]): readonly ImportFile[] {
  const { entries } = ARCHIVE_LIMITS;
  if (files.length > entries) {
    throw new FileRefused('ARCHIVE', `Mappen har mer enn ${entries} filer; ta inn en del om gangen.`);
  }
  if (files.length === 0) throw new FileRefused('EMPTY', 'Mappen er tom.');
  return files;
}

/** Takes in each of the files by itself: one that is refused leaves the others be. To be called in a transaction. */
export async function importArchive(
  ctx: Context,
  file: ImportFile,
  archive: Archive,
  rehearsal: boolean,
  importOne: (entry: ImportFile) => Promise<FileResult>,
): Promise<FileResult> {
  const all = new ArchiveResult();
  for (const { name, why } of archive.skipped) all.refuse(name, why);
  for (const entry of archive.files) {
    try {
      all.add(await ctx.unit('real', () => importOne(entry)));
    } catch (fault) {
      if (!(fault instanceof FileRefused)) throw fault;
      all.refuse(entry.name, [fault.message, fault.hint].filter((part) => part !== null).join(' '));
    }
  }
  return all.of(file, rehearsal);
}

class ArchiveResult {
  private readonly counts: Record<PlannedState, number> = { add: 0, skip: 0, refuse: 0, ask: 0 };
  private readonly records: Planned[] = [];
  private readonly warnings: Warning[] = [];
  private readonly states = new Set<FileResult['state']>();
  private notListed = 0;

  add(result: FileResult): void {
    this.states.add(result.state);
    this.notListed += result.notListed;
    for (const state of ['add', 'skip', 'refuse', 'ask'] as const) this.counts[state] += result.counts[state];
    for (const record of result.records) {
      const where = record.where === result.name ? result.name : `${result.name}, ${record.where}`;
      this.records.push({ ...record, where });
    }
    if (result.encoding === 'windows-1252' && result.format !== 'ehf') {
      const message = `${result.name} er lest som Windows-1252, siden den ikke er gyldig UTF-8.`;
      this.warnings.push({ code: 'ENCODING', message });
    }
    this.warnings.push(...result.warnings);
  }

  refuse(name: string, why: string): void {
    this.counts.refuse += 1;
    this.records.push({
      where: name,
      state: 'refuse',
      what: '',
      why,
      key: '',
      occurrence: 1,
      raw: '',
      data: {},
    });
  }

  of({ name, size, sha256 }: ImportFile, rehearsal: boolean): FileResult {
    const known = !this.states.has('imported') && !this.states.has('planned') && this.counts.refuse === 0;
    return {
      name,
      format: 'archive',
      size,
      sha256,
      encoding: null,
      state: known ? 'known' : rehearsal ? 'planned' : 'imported',
      counts: this.counts,
      records: this.records,
      notListed: this.notListed,
      warnings: this.warnings,
    };
  }
}

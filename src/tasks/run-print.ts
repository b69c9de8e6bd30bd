import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Context } from '../context.js';
import { refuse, type Reason } from '../law/rules.js';
import { addStored, closeBatch, finishPrint, letterFolder } from './batch.js';
import { mailEach, type MailResult } from './mail.js';
import { describe, fileNameOf, letterEvents, type Draft, type RunLetter } from './run-letter.js';
import { holding, type DayPlan, type RunOptions } from './run-plan.js';

/** Letters that are printed, recorded and written together. */
const TOGETHER = 50;

/** The letters of a run as they exist when it is over. */
export interface MadeLetters {
  readonly letters: RunLetter[];
  readonly batch: number | null;
  readonly print: string | null;
  /** How the mailing went; null where none was asked for. */
  readonly mail: MailResult | null;
}

type Printer = Awaited<ReturnType<Context['printer']>>;
type PrintedJob = Awaited<ReturnType<Printer['printAll']>>[number];

interface Batch {
  readonly drafts: readonly Draft[];
  readonly printed: Promise<readonly PrintedJob[]>;
}

/**
 * Prints, records and writes the letters while later ones are still being worded. What has been recorded stands, also
 * when a later letter fails: letter and event are one transaction.
 */
export async function makeLetters(
  ctx: Context,
  drafts: AsyncIterable<Draft>,
  options: RunOptions,
  plan: DayPlan,
): Promise<MadeLetters> {
  const made = new LetterMaker(ctx, options, plan);
  try {
    await made.take(drafts);
    return await made.finish();
  } finally {
    made.discard();
  }
}

class LetterMaker {
  private readonly folder: string;
  private readonly letters: RunLetter[] = [];
  private readonly underway: Batch[] = [];
  /** Ids of the letters to mail; they come into the print file only where that fails. */
  private readonly toMail: number[] = [];
  /** By what they say. The letters of a day give much the same ones, and ten thousand are told of in the end. */
  private readonly reasons = new Map<string, Reason>();
  private printFile: ReturnType<Context['printFile']> | null = null;
  private batch: number | null = null;

  constructor(
    private readonly ctx: Context,
    private readonly options: RunOptions,
    private readonly plan: DayPlan,
  ) {
    this.folder = options.out ?? letterFolder(ctx.databasePath, ctx.today);
  }

  async take(drafts: AsyncIterable<Draft>): Promise<void> {
    let together: Draft[] = [];
    for await (const draft of drafts) {
      if (this.printFile === null) this.prepare();
      together.push(draft);
      if (together.length === TOGETHER) {
        await this.print(together);
        together = [];
      }
      // The browser starts, and answers, between the letters.
      await setImmediate();
    }
    if (together.length > 0) await this.print(together);
    while (this.underway.length > 0) await this.record();
  }

  /** There is a letter to make: is there a place for it, and a browser? */
  private prepare(): void {
    this.ctx.prepareFolder(this.folder);
    this.printFile = this.ctx.printFile(this.folder);
    this.ctx.store().keepLittle();
    // Starts while the rest is being worded; whether it did is asked when the first letters are ready.
    this.ctx.printer().catch(() => undefined);
  }

  private async print(drafts: readonly Draft[]): Promise<void> {
    const printer = await this.ctx.printer();
    const author = this.ctx.store().settings().name;
    const printed = printer.printAll(
      drafts.map(({ html, css, foot, title, locale: language, plan, electronic }) => ({
        ...{ html, css, foot, electronic },
        meta: { title, author, language, date: plan.date },
      })),
    );
    // Told when its turn comes.
    printed.catch(() => undefined);
    this.underway.push({ drafts, printed });
    if (this.underway.length > printer.abreast) await this.record();
  }

  private async record(): Promise<void> {
    const next = this.underway.shift();
    if (next === undefined) return;
    const printed = await next.printed;
    const ready = next.drafts.flatMap((draft, index) => {
      const job = printed[index];
      if (job === undefined) return [];
      const { bytes, pages, sheets } = job;
      return [{ draft, bytes, pages, sheets, fileName: fileNameOf(draft) }];
    });
    const { ctx } = this;
    const recorded = ctx.store().recordLetters(
      this.batch,
      ready.map(({ draft, bytes, pages, fileName }) => ({
        case: draft.case,
        printed: { fileName, pdf: bytes, pages },
        events: letterEvents(draft, pages),
      })),
      ctx.moment(),
    );
    for (const [index, { draft, bytes, sheets, fileName }] of ready.entries()) {
      const stored = recorded[index] ?? null;
      if (stored === null) {
        const moved = refuse('S8', 'Saken ble endret mens brevet ble laget. Kjør på nytt.');
        this.plan.held.push(holding(draft.case, draft.debtor, moved));
        continue;
      }
      this.batch = stored.batch;
      const pdf = ctx.writeFile(join(this.folder, fileName), bytes);
      const letter = describe(draft, { id: stored.id, sha256: stored.sha256, pdf });
      this.letters.push({ ...letter, reasons: letter.reasons.map((reason) => this.known(reason)) });
      if (this.options.email && draft.electronic) this.toMail.push(stored.id);
      else this.printFile?.add(sheets);
    }
    const { length } = this.letters;
    ctx.progress(length, Math.max(length, this.plan.expected), 'brev');
  }

  private known(reason: Reason): Reason {
    const { rule, hjemmel, text } = reason;
    const known = this.reasons.get(text);
    if (known?.rule === rule && known.hjemmel === hjemmel) return known;
    this.reasons.set(text, reason);
    return reason;
  }

  /** The batch is open until everything in it is mailed or can be printed: what is interrupted before is resumed. */
  async finish(): Promise<MadeLetters> {
    const { ctx, letters, batch, printFile, toMail } = this;
    const mail = this.options.email ? await mailEach(ctx, toMail) : null;
    if (batch === null || printFile === null) return { letters, batch: null, print: null, mail };
    const mailed = new Set(mail?.mailed.map(({ letter }) => letter));
    for (const id of toMail) if (!mailed.has(id)) addStored(ctx, printFile, id);
    const print = mailed.size < letters.length ? finishPrint(ctx, printFile, ctx.today, batch) : null;
    if (print !== null) this.printFile = null;
    closeBatch(ctx, batch, this.options.sent);
    return { letters, batch, print, mail };
  }

  discard(): void {
    this.printFile?.discard();
  }
}

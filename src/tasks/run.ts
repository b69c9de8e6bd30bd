import { refuseByRegister } from '../case/standing.js';
import type { Context } from '../context.js';
import type { LocalDate } from '../law/dates.js';
import type { RateUnknown } from '../law/rates.js';
import { citeRule } from '../law/rules.js';
import type { Step } from '../law/steps.js';
import { resumeBatches, type FinishedBatch } from './batch.js';
import type { MailResult } from './mail.js';
import { describe, type RunLetter } from './run-letter.js';
import { draftsOf, holding, newPlan, type Held, type RunOptions } from './run-plan.js';
import { makeLetters, type MadeLetters } from './run-print.js';

export interface Waiting {
  readonly letter: number;
  readonly case: number;
  readonly invoice: string;
  readonly step: Step;
  readonly since: LocalDate;
}

export interface RunResult {
  readonly batch: number | null;
  readonly letters: readonly RunLetter[];
  readonly held: readonly Held[];
  /** How many there are, where not all of them are told of. */
  readonly heldCount: number;
  readonly waiting: readonly Waiting[];
  /** What letters lack of the debtor's address, by case (L7). */
  readonly lacking: ReadonlyMap<number, string>;
  readonly print: string | null;
  /** How the mailing went; null where none was asked for. */
  readonly mail: MailResult | null;
  /** Batches of earlier runs that were interrupted, and are finished now. */
  readonly resumed: readonly FinishedBatch[];
  /** A rate or regime that letters of the day need and lack. */
  readonly blocked: RateUnknown | null;
}

/**
 * Advances every case whose next step is due: one letter a case, or the reason why not.
 * One process at a time: two at once could print the same batch twice.
 */
export async function runDay(ctx: Context, options: RunOptions): Promise<RunResult> {
  const plan = newPlan();
  const drafts = draftsOf(ctx, options, plan);
  let resumed: readonly FinishedBatch[] = [];
  const { letters, batch, print, mail } = options.dryRun
    ? await described(drafts)
    : await alone(ctx, async () => {
        resumed = resumeBatches(ctx, options.out, options.sent);
        return makeLetters(ctx, drafts, options, plan);
      });
  const byDate = heldByDate(ctx, options, letters, plan.held);
  return {
    batch,
    letters,
    held: [...plan.held, ...byDate.told],
    heldCount: plan.held.length + byDate.count,
    waiting: waiting(ctx),
    lacking: plan.lacking,
    print,
    mail,
    resumed,
    blocked: plan.blocked,
  };
}

async function alone<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  const unlock = ctx.lockLetters();
  try {
    return await work();
  } finally {
    unlock();
  }
}

async function described(drafts: ReturnType<typeof draftsOf>): Promise<MadeLetters> {
  const letters: RunLetter[] = [];
  for await (const draft of drafts) letters.push(describe(draft, null));
  return { letters, batch: null, print: null, mail: null };
}

/** Cases past their due date that the day did not reach, with why: the register knows the reason. */
function heldByDate(
  ctx: Context,
  { only, heldMost, catchUp }: RunOptions,
  letters: readonly RunLetter[],
  held: readonly Held[],
): { readonly told: Held[]; readonly count: number } {
  const { cases } = ctx.store();
  const seen = new Set<number>();
  for (const entries of [letters, held]) for (const entry of entries) seen.add(entry.case);
  const isLeft = ({ number, effectiveDue, status }: OverdueRow): boolean =>
    !seen.has(number) && effectiveDue < ctx.today && status !== 'paid' && status !== 'closed';
  const left = only === null ? cases.overdue(ctx.today, seen, heldMost) : cases.numbered(only).filter(isLeft);
  const isWhole = only !== null || heldMost === null || left.length < heldMost;
  return {
    told: left.slice(0, heldMost ?? left.length).map((row) => heldRow(row, ctx.today, catchUp)),
    count: isWhole ? left.length : cases.countOverdue(ctx.today, seen),
  };
}

type OverdueRow = ReturnType<ReturnType<Context['store']>['cases']['overdue']>[number];

function heldRow(row: OverdueRow, today: LocalDate, catchUp: boolean): Held {
  const refusal = refuseByRegister(row, today, catchUp) ?? {
    rule: row.whyRule,
    hjemmel: citeRule(row.whyRule),
    text: row.whyText,
    until: row.nextActionOn,
  };
  return holding({ number: row.number, claim: { invoice: row.invoice } }, row.debtor, refusal);
}

/** Letters made and not confirmed. */
export function waiting(ctx: Context): Waiting[] {
  return ctx
    .store()
    .cases.unconfirmed()
    .flatMap((row) => {
      const letter = ctx
        .store()
        .case(row.number)
        ?.letters.find((l) => l.id === row.unconfirmedLetter);
      if (letter === undefined) return [];
      return [
        {
          letter: letter.id,
          case: row.number,
          invoice: row.invoice,
          step: letter.made.step,
          since: letter.date,
        },
      ];
    });
}

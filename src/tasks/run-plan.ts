import type { Case } from '../case/case.js';
import { decideLetter } from '../case/letter-plan.js';
import type { Context } from '../context.js';
import type { LocalDate } from '../law/dates.js';
import type { RateUnknown } from '../law/rates.js';
import { refuse, type Refusal } from '../law/rules.js';
import { isPastPurring, refuseOldBankFiles } from './bank-age.js';
import { word, type Draft } from './run-letter.js';

export interface RunOptions {
  readonly dryRun: boolean;
  /** Confirm the letters as sent at once. */
  readonly sent: boolean;
  /** Mail the letters that may go by mail. */
  readonly email: boolean;
  readonly catchUp: boolean;
  readonly limit: number | null;
  readonly only: readonly number[] | null;
  /** Send the betalingsoppfordring afresh where it is older than six months (E2). */
  readonly repeat: boolean;
  /** Whether the creditor has confirmed that there is no reason to doubt the claims (L3); null: not asked. */
  readonly claimsConfirmed: boolean | null;
  readonly out: string | null;
  /** Add to each letter how every krone of interest and costs comes about. */
  readonly appendix: boolean;
  /** The day of the newest bank file, where it is too old for anything sterner than a purring; else null. */
  readonly oldBankFiles: LocalDate | null;
  /** How many of the cases that the day did not reach are told of one by one; null: all of them. */
  readonly heldMost: number | null;
}

/** A case that gets no letter today, and why. */
export interface Held {
  readonly case: number;
  readonly invoice: string;
  readonly debtor: string;
  readonly rule: string;
  readonly hjemmel: string;
  readonly reason: string;
  readonly until: string | null;
}

/** What the day comes to for the cases whose next step is due. */
export interface DayPlan {
  readonly held: Held[];
  /** A rate or regime that letters of the day need and lack. */
  blocked: RateUnknown | null;
  /** What letters lack of the debtor's address, by case (L7). */
  readonly lacking: Map<number, string>;
  /** How many letters there can still be. */
  expected: number;
}

type DueCase = ReturnType<ReturnType<Context['store']>['cases']['due']>[number];
/** What is kept of it while ten thousand wait for their turn. */
type Turn = Pick<DueCase, 'number' | 'debtorId' | 'debtor'>;

/** How many claims the day would take up only if the user says so: old ones that never had a letter. */
export async function countCatchUp(ctx: Context, options: RunOptions): Promise<number> {
  if (casesToTake(ctx, { ...options, catchUp: true }).every((row) => row.letterUntil >= ctx.today)) return 0;
  const lettersWith = async (catchUp: boolean): Promise<number> => {
    let count = 0;
    const plan = newPlan();
    for await (const _draft of draftsOf(ctx, { ...options, catchUp }, plan)) count += 1;
    return count;
  };
  return (await lettersWith(true)) - (await lettersWith(false));
}

export function newPlan(): DayPlan {
  return { held: [], blocked: null, lacking: new Map(), expected: 0 };
}

/**
 * The day's letters one by one, worded when they are asked for, so that ten thousand need no more memory than fifty.
 * Cases that get none, and why, go into the plan.
 */
export async function* draftsOf(ctx: Context, options: RunOptions, plan: DayPlan): AsyncGenerator<Draft> {
  const turns = await turnsOf(ctx, options, plan);
  plan.expected = turns.length;
  for (const row of turns) {
    const draft = await draftFor(ctx, options, row, plan);
    if (draft === null) plan.expected -= 1;
    else yield draft;
  }
}

/** One envelope per debtor: letters to the same debtor lie together in the print file. */
async function turnsOf(ctx: Context, options: RunOptions, plan: DayPlan): Promise<Turn[]> {
  const { limit } = options;
  const due = casesToTake(ctx, options);
  const chosen = limit === null ? due : await firstWithLetter(ctx, options, due, limit, plan);
  return chosen
    .map(({ number, debtorId, debtor }) => ({ number, debtorId, debtor }))
    .sort((a, b) => a.debtorId - b.debtorId || a.number - b.number);
}

/** The cases whose next step is due; with `repeat` the named ones, which have no next step of themselves. */
export function casesToTake(ctx: Context, { only, repeat, catchUp }: RunOptions): DueCase[] {
  const store = ctx.store();
  if (only !== null && repeat) return store.cases.numbered(only);
  return store.cases.due(ctx.today, catchUp).filter((row) => only === null || only.includes(row.number));
}

/** Where the user wants only so many letters, those go first that have been due longest. */
async function firstWithLetter(
  ctx: Context,
  options: RunOptions,
  due: readonly DueCase[],
  limit: number,
  plan: DayPlan,
): Promise<DueCase[]> {
  const chosen: DueCase[] = [];
  for (const row of due) {
    if (chosen.length < limit) {
      if ((await draftFor(ctx, options, row, plan)) !== null) chosen.push(row);
      continue;
    }
    const { number, invoice, debtor } = row;
    const later = refuse('L1', 'Utsatt til neste kjøring (--limit).');
    plan.held.push(holding({ number, claim: { invoice } }, debtor, later));
  }
  return chosen;
}

async function draftFor(ctx: Context, options: RunOptions, row: Turn, plan: DayPlan): Promise<Draft | null> {
  const c = ctx.store().case(row.number);
  if (c === null) return null;
  const hold = (refusal: Refusal): null => {
    plan.held.push(holding(c, row.debtor, refusal));
    return null;
  };
  const { catchUp, repeat, claimsConfirmed } = options;
  const wish = { catchUp, repeat, claimsConfirmed };
  const decision = decideLetter(ctx.store().judgement(c), ctx.today, wish);
  if (decision.kind === 'held') return hold(decision.refusal);
  if (decision.kind === 'blocked') {
    plan.blocked = decision.fault;
    return hold(refuse(decision.fault.rule, `${decision.fault.message} ${decision.fault.hint}`));
  }
  const { oldBankFiles } = options;
  if (oldBankFiles !== null && isPastPurring(decision.plan.step))
    return hold(refuseOldBankFiles(oldBankFiles));
  const worded = await word(ctx, c, decision.plan, options);
  if (worded.kind === 'refused') return hold(worded.refusal);
  if (worded.draft.lacks !== null) plan.lacking.set(c.number, worded.draft.lacks);
  return worded.draft;
}

type NamedCase = Pick<Case, 'number'> & { readonly claim: Pick<Case['claim'], 'invoice'> };

/** What is said of a case that gets no letter. */
export function holding(c: NamedCase, debtor: string, refusal: Refusal): Held {
  const { rule, hjemmel, text, until } = refusal;
  return { case: c.number, invoice: c.claim.invoice, debtor, rule, hjemmel, reason: text, until };
}

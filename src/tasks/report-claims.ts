import { limitationOf, sentLetters, type Case } from '../case/case.js';
import { claimOn } from '../case/claim.js';
import { outlook } from '../case/outlook.js';
import type { Context } from '../context.js';
import { isForeldet, limitationDate } from '../law/limitation.js';
import type { Ore } from '../law/money.js';
import { RateUnknown } from '../law/rates.js';
import { caseOn, isOffTheBooks, unknownCase, type CaseFile, type UnknownCase } from '../report/case-file.js';
import type { LimitedClaim } from '../report/limitation.js';
import type { WriteOffFacts } from '../report/writeoff.js';

type WatchedRow = ReturnType<ReturnType<Context['store']>['outstanding']['watched']>[number];

/** A claim that is open on a day, with what the reports of what is outstanding ask about it. */
export interface SeenClaim {
  readonly debtorId: number;
  readonly limited: LimitedClaim;
  /** Null where the claim is booked as a loss, or closed. */
  readonly writeOff: WriteOffFacts | null;
  /** Where a rate is missing. */
  readonly unknown: UnknownCase | null;
}

/** The claim as its history tells of it today; null where nothing is open. */
export function seenInHistory(ctx: Context, file: CaseFile): SeenClaim | null {
  const c = caseOn(file, ctx.today);
  if (c === null) return null;
  const { openOre, unknown } = openOn(ctx, file, c);
  if (openOre !== null && openOre <= 0) return null;
  return {
    debtorId: c.claim.debtorId,
    limited: limitedClaim(file, c, openOre),
    writeOff: isOffTheBooks(c) ? null : writeOffFacts(ctx, file, c, openOre),
    unknown,
  };
}

/** The claim as the register tells of it today, with so many øre open. Its history is read where it alone tells the rest. */
export function seenInRegister(ctx: Context, row: WatchedRow, openOre: Ore): SeenClaim {
  const { number, debtorId, limitationOn, effectiveDue } = row;
  const { invoice, debtor } = row;
  const interrupted =
    limitationDate(effectiveDue) === limitationOn ? null : interruptedBy(historyOf(ctx, row));
  return {
    debtorId,
    limited: { case: number, invoice, debtor, openOre, effectiveDue, limitation: limitationOn, interrupted },
    writeOff: row.outstanding ? factsInRegister(ctx, row, openOre) : null,
    unknown: null,
  };
}

function factsInRegister(ctx: Context, row: WatchedRow, openOre: Ore): WriteOffFacts {
  const { number, invoice, debtor, effectiveDue, limitationOn, lettersSent, facts, finishedOn } = row;
  if (facts === null) return writeOffFacts(ctx, row, historyOf(ctx, row), openOre);
  return {
    ...{ case: number, invoice, debtor, openOre, effectiveDue, limitation: limitationOn, lettersSent },
    bankrupt: row.status === 'bankrupt',
    noted: facts,
    ladderFinished: finishedOn !== null && finishedOn <= ctx.today && !isForeldet(limitationOn, ctx.today),
  };
}

function historyOf(ctx: Context, { number }: WatchedRow): Case {
  const c = caseOn({ number, events: ctx.store().events(number) }, ctx.today);
  if (c === null) throw new Error(`case ${number} is recorded and has not begun`);
  return c;
}

/** Of a claim what no missing rate hides, in øre; else the reason. */
function openOn(
  ctx: Context,
  file: CaseFile,
  c: Case,
): { openOre: Ore; unknown: null } | { openOre: null; unknown: UnknownCase } {
  const { terms, rates } = ctx.store().judgement(c);
  try {
    return { openOre: claimOn(c, ctx.today, terms, rates, undefined, 'sums').openOre, unknown: null };
  } catch (fault) {
    if (!(fault instanceof RateUnknown)) throw fault;
    return { openOre: null, unknown: unknownCase(file, c, fault, principalOf(ctx, c)) };
  }
}

/** The principal needs no rate, unless an earlier payment went to interest. */
export function principalOf(ctx: Context, c: Case): Ore | null {
  const { terms, rates } = ctx.store().judgement(c);
  try {
    return claimOn(c, ctx.today, terms, rates, undefined, 'withoutInterest').principalOre;
  } catch (fault) {
    if (!(fault instanceof RateUnknown)) throw fault;
    return null;
  }
}

function limitedClaim({ number, debtor }: CaseFile, c: Case, openOre: Ore | null): LimitedClaim {
  const { invoice, effectiveDue } = c.claim;
  const limitation = limitationOf(c);
  return { case: number, invoice, debtor, openOre, effectiveDue, limitation, interrupted: interruptedBy(c) };
}

/** What started the three years last; null where it was the due date. */
function interruptedBy(c: Case): LimitedClaim['interrupted'] {
  const limitation = limitationOf(c);
  if (limitationDate(c.claim.effectiveDue) === limitation) return null;
  return c.interruptions.filter(({ on }) => limitationDate(on) === limitation).at(-1) ?? null;
}

function writeOffFacts(
  ctx: Context,
  { number, debtor }: Pick<CaseFile, 'number' | 'debtor'>,
  c: Case,
  openOre: Ore | null,
): WriteOffFacts {
  const { status, until } = standing(ctx, c);
  return {
    case: number,
    invoice: c.claim.invoice,
    debtor,
    openOre,
    effectiveDue: c.claim.effectiveDue,
    limitation: limitationOf(c),
    lettersSent: sentLetters(c).map((letter) => letter.sentOn),
    bankrupt: status === 'bankrupt',
    noted: c.facts,
    ladderFinished: status === 'legal' && until !== null && until <= ctx.today,
  };
}

function standing(ctx: Context, c: Case): { status: string | null; until: string | null } {
  try {
    const { status, why } = outlook(ctx.store().judgement(c), ctx.today);
    return { status, until: why.until };
  } catch (fault) {
    if (!(fault instanceof RateUnknown)) throw fault;
    return { status: null, until: null };
  }
}

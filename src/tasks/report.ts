import { limitationOf, sentLetters } from '../case/case.js';
import { claimOn } from '../case/claim.js';
import { outlook } from '../case/outlook.js';
import type { Context } from '../context.js';
import { rateOn } from '../law/rates.js';
import { ageing, type Ageing, type OpenClaim } from '../report/ageing.js';
import { writeOffCandidates, type WriteOffCandidate, type WriteOffFacts } from '../report/writeoff.js';

export interface Reports {
  readonly ageing: Ageing;
  readonly writeoff: readonly WriteOffCandidate[];
}

/** The open claims as of today, by age and with what speaks for writing them off. @throws RateUnknown */
export function reports(ctx: Context): Reports {
  const store = ctx.store();
  const open: OpenClaim[] = [];
  const facts: WriteOffFacts[] = [];
  for (const row of store.cases()) {
    if (row.status === 'closed' || row.status === 'writtenOff') continue;
    const c = store.case(row.number);
    if (c === null) continue;
    const judgement = store.judgement(c);
    const { openOre } = claimOn(c, ctx.today, judgement.terms, judgement.rates);
    if (openOre <= 0) continue;
    const { number, invoice, debtor, debtorId, effectiveDue } = row;
    open.push({ case: number, invoice, debtorId, debtor, effectiveDue, openOre });
    const next = outlook(judgement, ctx.today);
    facts.push({
      case: number,
      invoice,
      debtor,
      openOre,
      effectiveDue,
      limitation: limitationOf(c),
      lettersSent: sentLetters(c).map((letter) => letter.sentOn),
      bankrupt: next.status === 'bankrupt',
      noted: c.facts,
      ladderFinished: next.status === 'legal' && next.why.until !== null && next.why.until <= ctx.today,
    });
  }
  const courtFeeOre = Number(rateOn(store.rates(), 'rettsgebyr', ctx.today).value) * 100;
  return { ageing: ageing(open, ctx.today), writeoff: writeOffCandidates(facts, ctx.today, courtFeeOre) };
}

import { limitationOf, type Case } from '../case/case.js';
import { claimOn, type Claim } from '../case/claim.js';
import { kidOf } from '../case/kid.js';
import type { Judgement } from '../case/judgement.js';
import { outlook, type Outlook } from '../case/outlook.js';
import type { Context } from '../context.js';
import { RateUnknown } from '../law/rates.js';
import { refuse } from '../law/rules.js';
import type { Warning } from './answer.js';

/** A case as `show` tells it: the register, the claim today, what comes next, letters and events. */
export interface CaseView {
  readonly json: object;
  readonly case: Case;
  readonly claim: Claim | null;
  readonly next: Outlook;
  readonly debtorName: string;
  readonly warnings: readonly Warning[];
}

export function caseView(ctx: Context, number: number): CaseView {
  const store = ctx.store();
  const c = store.case(number);
  if (c === null) throw new Error(`case ${number} vanished`);
  const j = store.judgement(c);
  const debtor = store.debtors.get(c.claim.debtorId);
  const { claim, next, warnings } = judged(j, ctx);
  const { claim: facts } = c;
  const json = {
    number: c.number,
    invoice: facts.invoice,
    status: next.status,
    debtor,
    issued: facts.issued,
    due: facts.due,
    effectiveDue: facts.effectiveDue,
    amountOre: facts.amountOre,
    description: facts.description,
    kid: kidOf(c),
    policy: facts.policy,
    charge: facts.charge,
    claim,
    next: {
      step: next.step,
      earliest: next.earliest,
      reason: next.why.text,
      rule: next.why.rule,
      hjemmel: next.why.hjemmel,
    },
    limitation: { date: limitationOf(c) },
    letters: c.letters.map(({ id, date, made, state, sentOn, channel }) => ({
      id,
      step: made.step,
      state,
      date,
      sentOn,
      channel,
      deadline: made.deadline,
      feeOre: made.feeOre,
      totalOre: made.totalOre,
      sha256: made.pdfSha256,
      pages: made.pages,
    })),
    events: store.events(number),
  };
  return { json, case: c, claim, next, debtorName: debtor.name, warnings };
}

/** The figures, or the word that a rate is missing: a fact can be registered and shown before the rate is known. */
function judged(j: Judgement, ctx: Context): { claim: Claim | null; next: Outlook; warnings: Warning[] } {
  const faults: RateUnknown[] = [];
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (fault) {
      if (!(fault instanceof RateUnknown)) throw fault;
      faults.push(fault);
      return null;
    }
  };
  const next = attempt(() => outlook(j, ctx.today));
  const claim = attempt(() => claimOn(j.case, ctx.today, j.terms, j.rates));
  const warnings = faults
    .slice(0, 1)
    .map(({ message, hint }) => ({ code: 'RATE_UNKNOWN', message: `${message} ${hint}` }));
  return { claim, next: next ?? withoutRate(faults[0]), warnings };
}

function withoutRate(fault: RateUnknown | undefined): Outlook {
  const why = refuse(fault?.rule ?? 'I7', fault?.message ?? '');
  return { status: 'open', step: null, earliest: null, rung: null, why, reasons: [] };
}

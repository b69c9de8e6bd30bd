import type { Case } from '../case/case.js';
import { refuseBackdating, type Decided, type Judgement } from '../case/decide.js';
import type { Context } from '../context.js';
import type { Warning } from './answer.js';
import { caseView, type CaseView } from './case-view.js';
import { refused } from './fault.js';

/** Decides and records what happened to a case, and shows the case as it then stands. @throws UserFault */
export function record(
  ctx: Context,
  c: Case,
  decide: (judgement: Judgement) => Decided,
): { view: CaseView; warnings: readonly Warning[] } {
  const store = ctx.store();
  const backdated = refuseBackdating(c, ctx.today);
  if (backdated !== null) throw refused(backdated, 'Bruk en senere --as-of.');
  const decided = decide(store.judgement(c));
  if (!decided.ok) throw refused(decided.refusal);
  store.record(c, decided.events, ctx.moment());
  const view = caseView(ctx, c.number);
  return { view, warnings: view.warnings };
}

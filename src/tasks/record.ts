import type { Case } from '../case/case.js';
import { refuseBackdating, type Decided } from '../case/decide.js';
import type { Judgement } from '../case/judgement.js';
import type { Context } from '../context.js';
import { addMonths, formatDate, type LocalDate } from '../law/dates.js';
import { formatKroner } from '../law/money.js';
import type { Answer, Warning } from './answer.js';
import { STATUS_SENTENCES } from './status-words.js';
import { caseView, type CaseView } from './case-view.js';
import { refused } from './fault.js';
import { nationalIdWarning } from './input.js';
import { takenBack } from './letters.js';

/** Decides and records what happened to a case, and shows the case as it then stands. @throws UserFault */
export function record(
  ctx: Context,
  c: Case,
  decide: (judgement: Judgement) => Decided,
): { view: CaseView; warnings: readonly Warning[] } {
  const store = ctx.store();
  const backdated = refuseBackdating(c, ctx.today);
  if (backdated !== null) throw refused(backdated, backdatedHint(ctx));
  const decided = decide(store.judgement(c));
  if (!decided.ok) throw refused(decided.refusal);
  store.record(c, decided.events, ctx.moment());
  const view = caseView(ctx, c.number);
  const written = decided.events.flatMap(({ body }) => {
    const text = 'reason' in body ? body.reason : 'text' in body ? body.text : undefined;
    return text === undefined ? [] : [text];
  });
  const warnings = [...view.warnings, ...written.flatMap(nationalIdWarning), ...takenBack(c, decided.events)];
  return { view, warnings };
}

/** The day is given, or the clock's: each has its own way out. */
export function backdatedHint(ctx: Context): string {
  return ctx.today === ctx.realToday
    ? 'Går klokken på maskinen riktig? Se hva den viser med «inkasso doctor».'
    : 'Bruk en senere --as-of.';
}

/** Records what happened and answers with the case: the shape of every verb that changes one. */
export function caseAnswer(
  ctx: Context,
  c: Case,
  done: string,
  decide: (judgement: Judgement) => Decided,
): Answer {
  const { view, warnings } = record(ctx, c, decide);
  const open = view.claim === null ? '' : `, ${formatKroner(view.claim.openOre)} åpent`;
  const text = `${done}\nSak ${c.number} ${STATUS_SENTENCES[view.next.status]}${open}.`;
  return { data: { case: view.json }, text, warnings };
}

/** A year mistyped moves the interest: a date before the invoice is done as told, and named. */
export function earlyDate({ number, claim }: Case, date: LocalDate): Warning[] {
  const arose = claim.issued ?? addMonths(claim.due, -12);
  if (date >= arose) return [];
  const what = claim.issued === null ? 'mer enn et år før forfall' : `før fakturadatoen ${formatDate(arose)}`;
  const message = `Datoen ${formatDate(date)} er ${what}. Er den feil, angrer du med «inkasso undo ${number}».`;
  return [{ code: 'EARLY_DATE', message }];
}

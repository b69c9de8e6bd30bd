import type { Case } from '../case/case.js';
import type { LetterGenerated, NewEvent } from '../case/events.js';
import type { LetterPlan } from '../case/letter-plan.js';
import { mayBeReachedByMail, type Debtor } from '../case/debtor.js';
import { kidForLetter } from '../case/kid.js';
import { explainClaim } from '../case/why.js';
import type { Context } from '../context.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import { ladderPosition } from '../law/procedure.js';
import { refuse, type Reason, type Refusal } from '../law/rules.js';
import type { Step } from '../law/steps.js';
import { missingAddress } from '../letters/address.js';
import { lintLetter } from '../letters/lint.js';
import { letterView } from '../letters/view.js';

export interface RunLetter {
  readonly id: number | null;
  readonly case: number;
  readonly invoice: string;
  readonly debtor: string;
  readonly step: Step;
  readonly date: LocalDate;
  readonly deadline: LocalDate;
  readonly principalOre: number;
  readonly interestOre: number;
  readonly costsOre: number;
  readonly feeOre: number;
  readonly totalOre: number;
  readonly pdf: string | null;
  readonly sha256: string | null;
  readonly reasons: readonly Reason[];
}

/** A letter that is decided and worded, ready to print: no more than that takes, as many wait for it. */
export interface Draft {
  readonly case: Case;
  readonly plan: Omit<LetterPlan, 'claim'>;
  readonly debtor: string;
  readonly html: string;
  readonly css: string;
  readonly foot: string;
  readonly title: string;
  /** BCP 47. */
  readonly locale: string;
  readonly templateSha256: string;
  /** The KID that was made for it; null where the invoice brought one, or none is agreed on. */
  readonly madeKid: string | null;
  /** It carries the notice of tvangsfullbyrdelsesloven § 4-18. */
  readonly enforcementNotice: boolean;
  /** It may be read on a screen: printed by itself, tagged for screen readers. */
  readonly electronic: boolean;
  /** What it lacks of the debtor's address, where it goes by post (L7); else null. */
  readonly lacks: string | null;
}

export type Worded = { kind: 'draft'; draft: Draft } | { kind: 'refused'; refusal: Refusal };

export interface WordingOptions {
  readonly appendix: boolean;
  /** The letter is confirmed as posted at once. */
  readonly sent: boolean;
}

/** Words the letter and reads it over; a letter that fails is never made. */
export async function word(
  ctx: Context,
  c: Case,
  decided: LetterPlan,
  { appendix, sent }: WordingOptions,
): Promise<Worded> {
  const store = ctx.store();
  if (ctx.today < c.recordedOn) {
    const text = `Saken har hendelser registrert ${formatDate(c.recordedOn)}; det kan ikke lages brev datert ${formatDate(ctx.today)}.`;
    return { kind: 'refused', refusal: refuse('D1', text, c.recordedOn) };
  }
  const debtor = store.debtors.get(c.claim.debtorId);
  const electronic = mayBeReachedByMail(debtor) && !sent;
  const { template, sha256, problem } = await ctx.templates(debtor.language);
  const unusable = problem(decided.step);
  if (unusable !== null) return { kind: 'refused', refusal: unusable.refusal };
  const kid = kidFor(ctx, c, debtor);
  if (typeof kid === 'object' && kid !== null) return { kind: 'refused', refusal: kid };
  const ladder = store.judgement(c).policy.steps;
  const after = ladderPosition(ladder, [
    { step: decided.step, sentOn: decided.date, deadline: decided.deadline, feeOre: 0 },
  ]);
  const following = ladder[after] ?? null;
  const explanation = appendix ? explainClaim(c, decided.claim, store.rates(), decided) : null;
  const view = letterView({
    case: c,
    plan: decided,
    debtor,
    settings: store.settings(),
    kid,
    following,
    explanation,
  });
  const html = template.render(view);
  const refusal = lintLetter(html, view);
  if (refusal !== null) return { kind: 'refused', refusal };
  const { claim: _worked, ...plan } = decided;
  return {
    kind: 'draft',
    draft: {
      case: c,
      plan,
      debtor: debtor.name,
      html,
      css: template.styleOf(html),
      foot: template.footOf(view),
      title: view.documentTitle,
      locale: view.locale,
      templateSha256: sha256,
      madeKid: c.claim.kid === null ? view.payment.kid : null,
      enforcementNotice: plan.step === 'betalingsoppfordring' && view.next.namsmann,
      electronic,
      lacks: electronic ? null : lackingAddress(debtor),
    },
  };
}

/** What is said of a letter for the post without the whole address (L7); null where it has it. */
function lackingAddress(debtor: Debtor): string | null {
  const missing = missingAddress(debtor);
  return missing === null
    ? null
    : `brevet mangler skyldnerens ${missing.what}. Registrer det med «${missing.command}», trekk brevet tilbake og lag det på nytt.`;
}

/** What payments are to be marked with: the invoice's KID, or one of those the creditor has agreed on with the bank. */
function kidFor(ctx: Context, c: Case, debtor: Debtor): string | Refusal | null {
  const store = ctx.store();
  const { kid: setting } = store.settings();
  // A payment from abroad cannot carry a KID.
  if (c.claim.kid !== null || setting === null || debtor.country !== 'NO') return c.claim.kid;
  const taken = (kid: string): boolean => store.cases.withKid(kid).some((number) => number !== c.number);
  const text = `KID-en som er avtalt (${setting}), har ikke plass til sak ${c.number}. Avtal en lengre med banken, og sett den med «inkasso config set kid».`;
  return kidForLetter(c, setting, taken) ?? refuse('L7', text);
}

/** What the history will say of a letter: that it was made. */
export function letterEvents(
  { plan: p, templateSha256, madeKid, enforcementNotice }: Draft,
  pages: number,
): (letter: number, batch: number, pdfSha256: string) => NewEvent[] {
  return (letter, batch, pdfSha256) => {
    const body: LetterGenerated = {
      type: 'letterGenerated',
      letter,
      batch,
      step: p.step,
      deadline: p.deadline,
      regime: p.regime,
      lawfulFeeOre: p.lawfulFeeOre,
      feeOre: p.feeOre,
      principalOre: p.principalOre,
      interestOre: p.interestOre,
      costsOre: p.costsOre,
      totalOre: p.totalOre,
      interestLines: p.interestLines,
      costLines: p.costLines,
      reasons: p.reasons,
      pdfSha256,
      pages,
      templateSha256,
      ...(enforcementNotice ? { enforcementNotice } : {}),
      ...(madeKid === null ? {} : { kid: madeKid }),
    };
    return [{ happenedOn: p.date, body }];
  };
}

export function fileNameOf(draft: Draft): string {
  const invoice = draft.case.claim.invoice.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 40);
  return `sak-${draft.case.number}-faktura-${invoice}-${draft.plan.step}.pdf`;
}

export function describe(
  draft: Draft,
  stored: { id: number; sha256: string; pdf: string } | null,
): RunLetter {
  const { case: c, plan: p } = draft;
  return {
    id: stored?.id ?? null,
    case: c.number,
    invoice: c.claim.invoice,
    debtor: draft.debtor,
    step: p.step,
    date: p.date,
    deadline: p.deadline,
    principalOre: p.principalOre,
    interestOre: p.interestOre,
    costsOre: p.costsOre,
    feeOre: p.feeOre,
    totalOre: p.totalOre,
    pdf: stored?.pdf ?? null,
    sha256: stored?.sha256 ?? null,
    reasons: p.reasons,
  };
}

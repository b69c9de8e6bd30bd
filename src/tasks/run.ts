import { join } from 'node:path';
import type { Case } from '../case/case.js';
import { decideLetter, type LetterPlan } from '../case/letter-plan.js';
import type { LetterGenerated, NewEvent } from '../case/events.js';
import { explainClaim } from '../case/why.js';
import type { Context } from '../context.js';
import { ladderPosition } from '../law/procedure.js';
import type { LocalDate } from '../law/dates.js';
import { formatDate } from '../law/dates.js';
import type { RateUnknown } from '../law/rates.js';
import { citeRule, refuse, type Reason, type Refusal } from '../law/rules.js';
import type { Step } from '../law/steps.js';
import { lintLetter } from '../letters/lint.js';
import { letterView, type LetterView } from '../letters/view.js';
import { finishBatch, letterFolder } from './batch.js';

export interface RunOptions {
  readonly dryRun: boolean;
  /** Confirm the letters as sent at once. */
  readonly sent: boolean;
  readonly catchUp: boolean;
  readonly limit: number | null;
  readonly only: readonly number[] | null;
  readonly out: string | null;
  /** Add to each letter how every krone of interest and costs comes about. */
  readonly appendix: boolean;
}

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

export interface Held {
  readonly case: number;
  readonly invoice: string;
  readonly debtor: string;
  readonly rule: string;
  readonly hjemmel: string;
  readonly reason: string;
  readonly until: string | null;
}

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
  readonly waiting: readonly Waiting[];
  readonly print: string | null;
  /** A rate or regime that letters of the day need and lack. */
  readonly blocked: RateUnknown | null;
}

/** A letter that is decided and worded, ready to print. */
interface Draft {
  readonly case: Case;
  readonly plan: LetterPlan;
  readonly debtor: string;
  readonly html: string;
  readonly view: LetterView;
  readonly templateSha256: string;
}

/** How many claims the day would take up only if the user says so: old ones that never had a letter. */
export function countCatchUp(ctx: Context, options: RunOptions): number {
  const lettersWith = (catchUp: boolean): number => plan(ctx, { ...options, catchUp }).drafts.length;
  return lettersWith(true) - lettersWith(false);
}

/**
 * Advances every case whose next step is due: one letter a case, or the reason why not.
 * One process at a time: two at once could print the same batch twice.
 */
export async function runDay(ctx: Context, options: RunOptions): Promise<RunResult> {
  if (options.dryRun) {
    const { drafts, held, blocked } = plan(ctx, options);
    const letters = drafts.map((draft) => describe(draft, null));
    return told(ctx, options, { letters, held, blocked, batch: null, print: null });
  }
  const unlock = ctx.lockLetters();
  try {
    const { drafts, held, blocked } = plan(ctx, options);
    const made =
      drafts.length > 0 ? await make(ctx, drafts, options, held) : { letters: [], batch: null, print: null };
    return told(ctx, options, { ...made, held, blocked });
  } finally {
    unlock();
  }
}

function told(ctx: Context, options: RunOptions, day: Omit<RunResult, 'waiting'>): RunResult {
  const held = [...day.held, ...heldByDate(ctx, options, day.letters, day.held)];
  return { ...day, held, waiting: waiting(ctx) };
}

function plan(
  ctx: Context,
  options: RunOptions,
): { drafts: Draft[]; held: Held[]; blocked: RateUnknown | null } {
  const drafts: Draft[] = [];
  const held: Held[] = [];
  let blocked: RateUnknown | null = null;
  for (const row of ctx.store().dueCases(ctx.today)) {
    if (options.only !== null && !options.only.includes(row.number)) continue;
    const c = ctx.store().case(row.number);
    if (c === null) continue;
    if (options.limit !== null && drafts.length >= options.limit) {
      held.push(holding(c, row.debtor, refuse('L1', 'Utsatt til neste kjøring (--limit).')));
      continue;
    }
    const judgement = ctx.store().judgement(c);
    const decision = decideLetter(judgement, ctx.today, { catchUp: options.catchUp });
    if (decision.kind === 'held') held.push(holding(c, row.debtor, decision.refusal));
    else if (decision.kind === 'blocked') {
      blocked = decision.fault;
      held.push(
        holding(
          c,
          row.debtor,
          refuse(decision.fault.rule, `${decision.fault.message} ${decision.fault.hint}`),
        ),
      );
    } else {
      const draft = word(ctx, c, decision.plan, options.appendix);
      if (draft.kind === 'draft') drafts.push(draft.draft);
      else held.push(holding(c, row.debtor, draft.refusal));
    }
  }
  // One envelope per debtor: letters to the same debtor lie together in the print file.
  drafts.sort((a, b) => a.case.claim.debtorId - b.case.claim.debtorId || a.case.number - b.case.number);
  return { drafts, held, blocked };
}

function holding(c: Case, debtor: string, refusal: Refusal): Held {
  const { rule, hjemmel, text, until } = refusal;
  return { case: c.number, invoice: c.claim.invoice, debtor, rule, hjemmel, reason: text, until };
}

type Worded = { kind: 'draft'; draft: Draft } | { kind: 'refused'; refusal: Refusal };

/** Words the letter and reads it over; a letter that fails is never made. */
function word(ctx: Context, c: Case, decided: LetterPlan, appendix: boolean): Worded {
  const store = ctx.store();
  if (ctx.today < c.recordedOn) {
    const text = `Saken har hendelser registrert ${formatDate(c.recordedOn)}; det kan ikke lages brev datert ${formatDate(ctx.today)}.`;
    return { kind: 'refused', refusal: refuse('D1', text, c.recordedOn) };
  }
  const debtor = store.debtor(c.claim.debtorId);
  const { template, sha256, problem } = ctx.templates(debtor.language);
  const unusable = problem(decided.step);
  if (unusable !== null) return { kind: 'refused', refusal: unusable.refusal };
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
    following,
    explanation,
  });
  const html = template.render(view);
  const refusal = lintLetter(html, view);
  if (refusal !== null) return { kind: 'refused', refusal };
  return {
    kind: 'draft',
    draft: { case: c, plan: decided, debtor: debtor.name, html, view, templateSha256: sha256 },
  };
}

async function make(
  ctx: Context,
  drafts: readonly Draft[],
  options: RunOptions,
  held: Held[],
): Promise<{ letters: RunLetter[]; batch: number | null; print: string | null }> {
  const folder = options.out ?? letterFolder(ctx.databasePath, ctx.today);
  ctx.prepareFolder(folder);
  const printer = await ctx.printer();
  const settings = ctx.store().settings();
  let batch: number | null = null;
  const letters: RunLetter[] = [];
  for (const [index, draft] of drafts.entries()) {
    ctx.progress(index, drafts.length, 'brev');
    const fileName = fileNameOf(draft);
    const { documentTitle: title, locale: language } = draft.view;
    const meta = { title, author: settings.name, language, date: draft.plan.date };
    const printed = await printer.print(draft.html, meta);
    const stored = record(ctx, draft, batch, { fileName, pdf: printed.bytes, pages: printed.pages });
    if (stored === null) {
      held.push(
        holding(
          draft.case,
          draft.debtor,
          refuse('S8', 'Saken ble endret mens brevet ble laget. Kjør på nytt.'),
        ),
      );
      continue;
    }
    batch = stored.batch;
    const path = ctx.writeFile(join(folder, fileName), printed.bytes);
    letters.push(describe(draft, { id: stored.id, sha256: stored.sha256, pdf: path }));
  }
  ctx.progress(drafts.length, drafts.length, 'brev');
  const finished = batch === null ? null : await finishBatch(ctx, batch, folder, options.sent);
  return { letters, batch, print: finished?.print ?? null };
}

/** Stores letter and events in one transaction; null when the case changed since it was planned. */
function record(
  ctx: Context,
  draft: Draft,
  openBatch: number | null,
  printed: { fileName: string; pdf: Uint8Array; pages: number },
): { id: number; batch: number; sha256: string } | null {
  const events = (letter: number, batch: number, pdfSha256: string): NewEvent[] => {
    const { plan: p, templateSha256, view } = draft;
    const enforcementNotice = p.step === 'betalingsoppfordring' && view.next.namsmann;
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
      pages: printed.pages,
      templateSha256,
      ...(enforcementNotice ? { enforcementNotice } : {}),
    };
    return [{ happenedOn: p.date, body }];
  };
  return ctx.store().recordLetter(draft.case, openBatch, printed, events, ctx.moment());
}

function fileNameOf(draft: Draft): string {
  const invoice = draft.case.claim.invoice.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 40);
  return `sak-${draft.case.number}-faktura-${invoice}-${draft.plan.step}.pdf`;
}

function describe(draft: Draft, stored: { id: number; sha256: string; pdf: string } | null): RunLetter {
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

/** Cases past their due date that the day did not reach, with why: the register knows the reason. */
function heldByDate(
  ctx: Context,
  options: RunOptions,
  letters: readonly RunLetter[],
  held: readonly Held[],
): Held[] {
  const told = new Set([...letters, ...held].map((entry) => entry.case));
  return ctx
    .store()
    .overdueCases(ctx.today)
    .filter((row) => !told.has(row.number) && (options.only === null || options.only.includes(row.number)))
    .map((row) => ({
      case: row.number,
      invoice: row.invoice,
      debtor: row.debtor,
      rule: row.whyRule,
      hjemmel: citeRule(row.whyRule),
      reason: row.whyText,
      until: row.nextActionOn,
    }));
}

/** Letters made and not confirmed. */
function waiting(ctx: Context): Waiting[] {
  return ctx
    .store()
    .unconfirmedCases()
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

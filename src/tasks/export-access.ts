import type { Debtor } from '../case/debtor.js';
import type { Context } from '../context.js';
import { accessPaper } from '../export/access.js';
import type { CaseView } from './case-view.js';
import { bundlePdf, type Document } from './export-case.js';
import { STATUS_WORDS } from './status-words.js';

/** Everything stored about a debtor as a PDF, every letter behind it. Returns its path. */
export async function exportAccess(
  ctx: Context,
  debtor: Debtor,
  views: readonly CaseView[],
  out: string,
): Promise<string> {
  const store = ctx.store();
  const cases = views.map((view) => ({
    case: view.case,
    claim: view.claim,
    status: STATUS_WORDS[view.next.status],
    events: store.events(view.case.number),
  }));
  const enclosures = views.flatMap((view) => lettersOf(ctx, view));
  const paper = accessPaper({
    debtor,
    earlier: store.debtors.changes(debtor.id),
    cases,
    creditor: store.settings(),
    on: ctx.today,
    letters: enclosures,
  });
  return ctx.writeFile(out, (await bundlePdf(ctx, { paper, enclosures })).bytes);
}

/** Every letter about the debtor, those that never left too; one that was erased has no pages. */
function lettersOf(ctx: Context, { case: c }: CaseView): Document[] {
  return c.letters.flatMap(({ id, sentOn }) => {
    const stored = ctx.store().letters.get(id);
    if (stored === null || stored.pdf.length === 0) return [];
    const title = `Brev ${id} i sak ${c.number}${sentOn === null ? ' (ikke sendt)' : ''}`;
    return [{ title, pages: stored.pages, bytes: stored.pdf, file: stored.fileName }];
  });
}

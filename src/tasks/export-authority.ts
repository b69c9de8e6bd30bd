import type { Case } from '../case/case.js';
import type { Context } from '../context.js';
import { enforcementFacts, type CaseFile, type PaperAnswers } from '../export/case-file.js';
import { fordringsanmeldelsePaper } from '../export/fordringsanmeldelse.js';
import { forliksklagePaper } from '../export/forliksklage.js';
import { konkursvarselGuide, konkursvarselPaper } from '../export/konkursvarsel.js';
import type { Paper } from '../export/paper.js';
import { checkUtlegg } from '../export/utlegg-check.js';
import { utleggModel } from '../export/utlegg-model.js';
import { utleggPaper, type Enclosure, type UtleggAnswers } from '../export/utlegg.js';
import { courtFee, type CourtStep } from '../law/court-fees.js';
import {
  joinRefusals,
  missingForForliksklage,
  missingForKonkursvarsel,
  missingForUtlegg,
} from '../law/enforcement.js';
import { formatKroner, type Ore } from '../law/money.js';
import { refuse } from '../law/rules.js';
import type { Warning } from './answer.js';
import {
  addedDocuments,
  bundlePdf,
  calculationDocument,
  caseFile,
  letterDocuments,
  printPaper,
  refuseIf,
  refuseWhereItStands,
  type Document,
} from './export-case.js';

/** Files the user adds: the invoice first, everything else last. */
export interface Added {
  readonly invoice: string | null;
  readonly others: readonly string[];
}

/** A paper as it was written, with what the user should know. */
export interface Exported {
  readonly pdf: string;
  readonly json: string | null;
  readonly pages: number;
  readonly enclosures: readonly Enclosure[];
  readonly claim: { asOf: string; principalOre: Ore; interestOre: Ore; costsOre: Ore; openOre: Ore };
  readonly courtFeeOre: Ore | null;
  readonly warnings: readonly Warning[];
}

interface Wanted {
  readonly out: string;
  readonly added: Added;
  readonly paper: (enclosures: readonly Enclosure[]) => Paper;
  readonly fee: CourtStep | null;
  readonly json?: object;
  /** A page for the user alone, in a file of its own. */
  readonly warnings?: readonly Warning[];
}

/** Petition for utlegg as PDF and as data. @throws UserFault naming everything that is missing; RateUnknown */
export async function exportUtlegg(
  ctx: Context,
  c: Case,
  answers: UtleggAnswers & { readonly bornIso: string | null },
  added: Added,
  out: string,
): Promise<Exported> {
  const file = caseFile(ctx, c);
  const facts = enforcementFacts(file, answers.noticeSent);
  refuseIf(refuseWhereItStands(ctx, c, facts.disputed ? ['disputed'] : []));
  const { graceDays } = ctx.store().judgement(c).terms;
  refuseIf(joinRefusals(missingForUtlegg(facts, ctx.today, graceDays)), wayOut(facts.noticeSent === null));
  const model = utleggModel(file, answers, answers.bornIso);
  const lacking = checkUtlegg(model).map(({ code, text }) => ({ code, message: text }));
  return write(ctx, file, {
    out,
    added,
    paper: (enclosures) => utleggPaper(file, answers, enclosures),
    fee: 'utlegg',
    json: model,
    warnings: [...lacking, ...nameSplit(file), ...soleProprietor(file)],
  });
}

function wayOut(noNotice: boolean): string | null {
  return noNotice
    ? 'Sett «inkasso config set nextStep namsmann» før betalingsoppfordringen lages, så har den varselet. Er varselet sendt på annen måte, oppgir du dagen med --notice.'
    : null;
}

/** Given names and surname are apart in the model, and one text here. */
function nameSplit({ debtor }: CaseFile): Warning[] {
  if (debtor.type !== 'consumer' || debtor.name.trim().split(/\s+/).length < 3) return [];
  const message = `Kontroller navnet i JSON-filen: siste ord i «${debtor.name}» er satt som etternavn.`;
  return [{ code: 'NAME_SPLIT', message }];
}

/** The owner of an enkeltpersonforetak is the party, and the program does not know the form of a business. */
function soleProprietor({ debtor }: CaseFile): Warning[] {
  if (debtor.type !== 'business') return [];
  const message =
    'Er skyldneren et enkeltpersonforetak, er innehaveren saksøkt, med fødselsdato og privat adresse. Rett det i så fall før du sender.';
  return [{ code: 'SOLE_PROPRIETOR', message }];
}

export async function exportForliksklage(
  ctx: Context,
  c: Case,
  answers: PaperAnswers,
  added: Added,
  out: string,
): Promise<Exported> {
  const file = caseFile(ctx, c);
  const facts = enforcementFacts(file, null);
  refuseIf(refuseWhereItStands(ctx, c, ['disputed']));
  const { graceDays } = ctx.store().judgement(c).terms;
  refuseIf(joinRefusals(missingForForliksklage(facts, ctx.today, graceDays)));
  const paper = (enclosures: readonly Enclosure[]): Paper => forliksklagePaper(file, answers, enclosures);
  return write(ctx, file, { out, added, paper, fee: 'forliksklage' });
}

export async function exportKonkursvarsel(
  ctx: Context,
  c: Case,
  answers: PaperAnswers & { readonly accountingLiable: boolean },
  added: Added,
  out: string,
): Promise<Exported> {
  const file = caseFile(ctx, c);
  const { accountingLiable } = answers;
  const facts = { ...enforcementFacts(file, null), accountingLiable };
  refuseIf(refuseWhereItStands(ctx, c));
  const refusal = joinRefusals(missingForKonkursvarsel(facts, ctx.today));
  const unconfirmed = facts.debtorType === 'business' && !accountingLiable;
  refuseIf(
    refusal,
    unconfirmed ? 'Er skyldneren regnskapspliktig, bekrefter du det med --accounting-liable.' : null,
  );
  const paper = (enclosures: readonly Enclosure[]): Paper => konkursvarselPaper(file, answers, enclosures);
  const done = await write(ctx, file, { out, added, paper, fee: 'konkursvarsel' });
  const guide = await printPaper(ctx, konkursvarselGuide(file));
  const path = ctx.writeFile(out.replace(/(\.pdf)?$/i, '-veiledning.pdf'), guide.bytes);
  const message = `Les ${path} før du leverer varselet til forkynnelse.`;
  return { ...done, warnings: [...done.warnings, { code: 'GUIDE', message }] };
}

/** The claim for the bostyrer, with interest to the opening day (S4). */
export async function exportFordringsanmeldelse(
  ctx: Context,
  c: Case,
  answers: PaperAnswers,
  added: Added,
  out: string,
): Promise<Exported> {
  const opened = c.accrualEnds;
  if (opened === null) {
    const text = 'Det er ikke registrert at skyldneren er konkurs.';
    refuseIf(refuse('S4', text), 'Registrer det med «inkasso stop … --because bankruptcy --date».');
  }
  const file = caseFile(ctx, c, opened ?? ctx.today);
  if (file.claim.openOre <= 0) refuseIf(refuse('S4', 'Kravet var gjort opp da konkursen ble åpnet.'));
  const paper = (enclosures: readonly Enclosure[]): Paper =>
    fordringsanmeldelsePaper(file, opened ?? ctx.today, answers, enclosures);
  return write(ctx, file, { out, added, paper, fee: null });
}

/** Invoice, letters, calculation and what else was added, behind the paper. */
async function write(ctx: Context, file: CaseFile, wanted: Wanted): Promise<Exported> {
  const { out, added, json } = wanted;
  const { invoice: number } = file.case.claim;
  const enclosures: Document[] = [
    ...(await addedDocuments(ctx, added.invoice === null ? [] : [added.invoice], () => `Faktura ${number}`)),
    ...letterDocuments(ctx, file.case),
    await calculationDocument(ctx, file),
    ...(await addedDocuments(ctx, added.others, (name) => name.replace(/\.pdf$/i, ''))),
  ];
  const listed = enclosures.map(({ title, pages }) => ({ title, pages }));
  const printed = await bundlePdf(ctx, { paper: wanted.paper(listed), enclosures });
  const path = ctx.writeFile(out, printed.bytes);
  const { asOf, principalOre, interestOre, costsOre, openOre } = file.claim;
  return {
    pdf: path,
    json:
      json === undefined
        ? null
        : ctx.writeFile(out.replace(/(\.pdf)?$/i, '.json'), `${JSON.stringify(json, null, 2)}\n`),
    pages: printed.pages,
    enclosures: listed,
    claim: { asOf, principalOre, interestOre, costsOre, openOre },
    courtFeeOre: wanted.fee === null ? null : courtFee(wanted.fee, ctx.today, file.rates).amountOre,
    warnings: [...(wanted.warnings ?? []), ...missingInvoice(added), ...earlierLetters(file)],
  };
}

function missingInvoice({ invoice }: Added): Warning[] {
  if (invoice !== null) return [];
  return [{ code: 'NO_INVOICE', message: 'Fakturaen er ikke lagt ved. Legg den ved med --invoice <pdf>.' }];
}

/** Letters from before registration are known, but not as PDF. */
function earlierLetters({ case: c }: CaseFile): Warning[] {
  if (c.claim.history.length === 0) return [];
  const message =
    'Brev sendt før saken ble registrert, er ikke lagret her. Legg dem ved med --enclose <pdf>.';
  return [{ code: 'EARLIER_LETTERS', message }];
}

/** What the paper is about, in a few lines for the terminal. */
export function exportedText(what: string, done: Exported): string {
  const { claim, courtFeeOre, enclosures, pages } = done;
  return [
    `${what} er skrevet: ${done.pdf} (${pages} sider, ${enclosures.length} bilag)`,
    ...(done.json === null ? [] : [`Som data: ${done.json}`]),
    `Krav: ${formatKroner(claim.openOre)} (hovedstol ${formatKroner(claim.principalOre)}, renter ${formatKroner(claim.interestOre)}, kostnader ${formatKroner(claim.costsOre)}).`,
    ...(courtFeeOre === null ? [] : [`Det koster ${formatKroner(courtFeeOre)} i gebyr å ta skrittet.`]),
  ].join('\n');
}

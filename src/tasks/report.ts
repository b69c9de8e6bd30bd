import { limitationOf, sentLetters, type Case } from '../case/case.js';
import { claimOn } from '../case/claim.js';
import { outlook } from '../case/outlook.js';
import { termsOf, type Settings } from '../case/settings.js';
import { OpenOnDay } from '../case/standing.js';
import type { Context } from '../context.js';
import type { LocalDate } from '../law/dates.js';
import { limitationDate } from '../law/limitation.js';
import type { Ore } from '../law/money.js';
import { rateOn, RateUnknown } from '../law/rates.js';
import { AgeingTotals, bucketOf, type Ageing, type BucketKey } from '../report/ageing.js';
import { caseOn, isOffTheBooks, unknownCase, type CaseFile, type UnknownCase } from '../report/case-file.js';
import { byUrgency, watched, type WatchedClaim } from '../report/limitation.js';
import { provisionFor, type Provision, type ProvisionPercents } from '../report/provision.js';
import { writeOffCandidate, type WriteOffCandidate } from '../report/writeoff.js';
import type { Warning } from './answer.js';

/** One open claim, for those who want them one by one. */
export interface ClaimRow {
  readonly case: number;
  readonly invoice: string;
  readonly debtor: string;
  readonly effectiveDue: LocalDate;
  readonly bucket: BucketKey;
  /** In øre; null where a rate is missing. */
  readonly openOre: Ore | null;
  readonly limitation: LocalDate;
  readonly writeoff: WriteOffCandidate | null;
}

/** What is outstanding on a day, and what speaks for giving it up. */
export interface OpenReports {
  readonly ageing: Ageing & { readonly provision: Provision; readonly unknown: readonly UnknownCase[] };
  readonly writeoff: readonly WriteOffCandidate[];
  readonly limitation: readonly WatchedClaim[];
  readonly warnings: readonly Warning[];
  /** Something is left out because a rate is missing. */
  readonly incomplete: boolean;
}

/** Every case in the register with its history, one at a time. */
export function* caseFiles(ctx: Context): Generator<CaseFile> {
  const store = ctx.store();
  const debtors = new Map(store.cases().map(({ number, debtor }) => [number, debtor]));
  for (const { number, events } of store.histories()) {
    const debtor = debtors.get(number);
    if (debtor !== undefined) yield { number, debtor, events };
  }
}

/** The open claims as of today: by age, with what speaks for writing them off, and which are near limitation. */
export function openReports(ctx: Context, eachClaim?: (row: ClaimRow) => void): OpenReports {
  const on = ctx.today;
  const totals = new AgeingTotals(on);
  const names = new Map<number, string>();
  const courtFee = courtFeeOn(ctx, on);
  const unknown: UnknownCase[] = [];
  const writeoff: WriteOffCandidate[] = [];
  const limitation: WatchedClaim[] = [];
  for (const file of caseFiles(ctx)) {
    const c = caseOn(file, on);
    if (c === null) continue;
    const open = openOn(ctx, file, c);
    if (open.unknown === null && open.openOre <= 0) continue;
    const near = watched(limitedClaim(file, c, open.unknown === null ? open.openOre : null), on);
    if (near !== null) limitation.push(near);
    if (isOffTheBooks(c)) continue;
    const candidate = writeOffCandidate(
      writeOffFacts(ctx, file, c, open.unknown === null ? open.openOre : null),
      on,
      courtFee.ore,
    );
    if (candidate !== null) writeoff.push(candidate);
    const { invoice, debtorId, effectiveDue } = c.claim;
    const known = { case: file.number, invoice, debtorId, debtor: file.debtor, effectiveDue };
    if (open.unknown === null) {
      totals.add(debtorId, effectiveDue, open.openOre);
      names.set(debtorId, file.debtor);
    } else unknown.push(open.unknown);
    eachClaim?.({
      ...known,
      bucket: bucketOf(effectiveDue, on),
      openOre: open.unknown === null ? open.openOre : null,
      limitation: limitationOf(c),
      writeoff: candidate,
    });
  }
  return {
    ageing: ageingReport(
      ctx,
      totals.result((id) => names.get(id) ?? ''),
      unknown,
    ),
    writeoff,
    limitation: byUrgency(limitation),
    ...completeness(unknown, courtFee),
  };
}

/** Only the ageing, and of it the `most` debtors that owe the most: from the register, and no history that can be spared. */
export function openAgeing(
  ctx: Context,
  most: number | null,
): Pick<OpenReports, 'ageing' | 'warnings' | 'incomplete'> {
  const store = ctx.store();
  const totals = new AgeingTotals(ctx.today);
  const unknown: UnknownCase[] = [];
  for (const number of addFromRegister(ctx, totals)) {
    const [row] = store.casesNumbered([number]);
    if (row === undefined) continue;
    const file = { number, debtor: row.debtor, events: store.events(number) };
    const c = caseOn(file, ctx.today);
    if (c === null || isOffTheBooks(c)) continue;
    const open = openOn(ctx, file, c);
    const { debtorId, effectiveDue } = c.claim;
    if (open.unknown !== null) unknown.push(open.unknown);
    else if (open.openOre > 0) totals.add(debtorId, effectiveDue, open.openOre);
  }
  const ageing = totals.result((id) => store.debtor(id).name, most);
  return {
    ageing: ageingReport(ctx, ageing, unknown),
    ...completeness(unknown, courtFeeOn(ctx, ctx.today)),
  };
}

/** Adds what the register knows, and returns the numbers of the cases whose history must be read. */
function addFromRegister(ctx: Context, totals: AgeingTotals): number[] {
  const store = ctx.store();
  const { interestCount } = termsOf(store.settings());
  const day = new OpenOnDay(ctx.today, interestCount, store.rates());
  const left = store.recordedSince(ctx.today);
  for (const [number, debtorId, effectiveDue, fixedOre, base, after] of store.outstanding(ctx.today)) {
    const openOre = fixedOre === null ? null : knownOre(() => day.openOre(fixedOre, base, after));
    if (openOre === null) left.push(number);
    else totals.add(debtorId, effectiveDue, openOre);
  }
  return left.sort((a, b) => a - b);
}

/** Null where a rate is missing. */
function knownOre(figure: () => Ore): Ore | null {
  try {
    return figure();
  } catch (fault) {
    if (fault instanceof RateUnknown) return null;
    throw fault;
  }
}

function ageingReport(ctx: Context, ageing: Ageing, unknown: readonly UnknownCase[]): OpenReports['ageing'] {
  const provision = provisionFor(ageing.buckets, provisionPercents(ctx.store().settings()));
  return { ...ageing, provision, unknown };
}

function completeness(unknown: readonly UnknownCase[], courtFee: ReturnType<typeof courtFeeOn>) {
  return {
    warnings: [...unknownWarnings(unknown), ...courtFee.warnings],
    incomplete: unknown.length > 0 || courtFee.ore === null,
  };
}

type Open = { readonly openOre: Ore; readonly unknown: null } | { readonly unknown: UnknownCase };

function openOn(ctx: Context, file: CaseFile, c: Case): Open {
  const { terms, rates } = ctx.store().judgement(c);
  try {
    return { openOre: claimOn(c, ctx.today, terms, rates, undefined, 'sums').openOre, unknown: null };
  } catch (fault) {
    if (!(fault instanceof RateUnknown)) throw fault;
    return { unknown: unknownCase(file, c, fault, principalOf(ctx, c)) };
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

function limitedClaim({ number, debtor }: CaseFile, c: Case, openOre: Ore | null) {
  const { invoice, effectiveDue } = c.claim;
  const limitation = limitationOf(c);
  const by = c.interruptions.filter(({ on }) => limitationDate(on) === limitation).at(-1);
  const interrupted = by === undefined || limitationDate(effectiveDue) === limitation ? null : by;
  return { case: number, invoice, debtor, openOre, effectiveDue, limitation, interrupted };
}

function writeOffFacts(ctx: Context, { number, debtor }: CaseFile, c: Case, openOre: Ore | null) {
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

/** One rettsgebyr in øre, or the word that it is not known. */
function courtFeeOn(ctx: Context, on: LocalDate): { ore: Ore | null; warnings: Warning[] } {
  try {
    return { ore: Number(rateOn(ctx.store().rates(), 'rettsgebyr', on).value) * 100, warnings: [] };
  } catch (fault) {
    if (!(fault instanceof RateUnknown)) throw fault;
    const message = `Ingen krav er vurdert mot rettsgebyret. ${fault.message} ${fault.hint}`;
    return { ore: null, warnings: [{ code: 'RATE_UNKNOWN', message }] };
  }
}

/** One notice per rate that is missing, with how many cases it leaves out. */
export function unknownWarnings(unknown: readonly UnknownCase[]): Warning[] {
  const counts = new Map<string, number>();
  for (const { message, hint } of unknown) {
    const text = `${message} ${hint}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => {
    const cases = count === 1 ? '1 sak kan' : `${count} saker kan`;
    return { code: 'RATE_UNKNOWN', message: `${cases} ikke regnes ut og er ikke med i summene. ${text}` };
  });
}

export function provisionPercents(settings: Settings): ProvisionPercents {
  return {
    notDue: settings.provisionNotDue,
    '1-30': settings.provision30,
    '31-60': settings.provision60,
    '61-90': settings.provision90,
    '91+': settings.provisionOver90,
  };
}

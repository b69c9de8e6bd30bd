import { termsOf, type Settings } from '../case/settings.js';
import { OpenOnDay } from '../case/standing.js';
import type { Context } from '../context.js';
import type { LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import { rateOn, RateUnknown } from '../law/rates.js';
import { AgeingTotals, bucketOf, type Ageing, type BucketKey } from '../report/ageing.js';
import type { CaseFile, UnknownCase } from '../report/case-file.js';
import { byUrgency, watched, type WatchedClaim } from '../report/limitation.js';
import { provisionFor, type Provision, type ProvisionPercents } from '../report/provision.js';
import { writeOffCandidate, type WriteOffCandidate } from '../report/writeoff.js';
import type { Warning } from './answer.js';
import { seenInHistory, seenInRegister, type SeenClaim } from './report-claims.js';

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

/** Every case in the register with its history, one at a time; or all but those that were settled before a day. */
export function* caseFiles(ctx: Context, notSettledBefore: LocalDate | null = null): Generator<CaseFile> {
  const store = ctx.store();
  const debtors = store.cases.debtorNames();
  for (const { number, events } of store.histories(notSettledBefore)) {
    const debtor = debtors.get(number);
    if (debtor !== undefined) yield { number, debtor, events };
  }
}

/**
 * The open claims as of today: by age, with what speaks for writing them off, and which are near limitation. Of the
 * ageing the `most` debtors that owe the most. From the register, and no history that can be spared.
 */
export function openReports(
  ctx: Context,
  most: number | null,
  eachClaim?: (row: ClaimRow) => void,
): OpenReports {
  const { today: on } = ctx;
  const store = ctx.store();
  const courtFee = courtFeeOn(ctx, on);
  const day = openOnDay(ctx);
  const totals = new AgeingTotals(on);
  const left = new Set(addFromRegister(ctx, totals, day));
  const seen: SeenClaim[] = [];
  for (const row of store.outstanding.watched(on, eachClaim !== undefined)) {
    const openOre = left.has(row.number) ? null : figureOf(row, day);
    if (openOre === null) left.add(row.number);
    else if (openOre > 0) seen.push(seenInRegister(ctx, row, openOre));
  }
  const unknown: UnknownCase[] = [];
  for (const claim of seenInHistories(ctx, left)) {
    seen.push(claim);
    addToAgeing(claim, totals, unknown);
  }
  seen.sort((a, b) => a.limited.case - b.limited.case);
  const writeoff: WriteOffCandidate[] = [];
  for (const claim of seen) {
    if (claim.writeOff === null) continue;
    const candidate = writeOffCandidate(claim.writeOff, on, courtFee.ore);
    if (candidate !== null) writeoff.push(candidate);
    eachClaim?.(claimRow(claim, candidate, on));
  }
  return {
    ageing: ageingReport(ctx, totals, most, unknown),
    writeoff,
    limitation: byUrgency(seen.flatMap(({ limited }) => watched(limited, on) ?? [])),
    ...completeness(unknown, courtFee),
  };
}

function claimRow({ limited }: SeenClaim, writeoff: WriteOffCandidate | null, on: LocalDate): ClaimRow {
  const { interrupted: _by, ...known } = limited;
  return { ...known, bucket: bucketOf(limited.effectiveDue, on), writeoff };
}

/** Only the ageing, and of it the `most` debtors that owe the most. */
export function openAgeing(
  ctx: Context,
  most: number | null,
): Pick<OpenReports, 'ageing' | 'warnings' | 'incomplete'> {
  const totals = new AgeingTotals(ctx.today);
  const unknown: UnknownCase[] = [];
  const left = addFromRegister(ctx, totals, openOnDay(ctx));
  for (const claim of seenInHistories(ctx, new Set(left))) addToAgeing(claim, totals, unknown);
  return {
    ageing: ageingReport(ctx, totals, most, unknown),
    ...completeness(unknown, courtFeeOn(ctx, ctx.today)),
  };
}

function addToAgeing(
  { limited, debtorId, writeOff, unknown }: SeenClaim,
  totals: AgeingTotals,
  unknowns: UnknownCase[],
): void {
  if (writeOff === null) return;
  if (unknown !== null) unknowns.push(unknown);
  else totals.add(debtorId, limited.effectiveDue, limited.openOre ?? 0);
}

function openOnDay(ctx: Context): OpenOnDay {
  const store = ctx.store();
  return new OpenOnDay(ctx.today, termsOf(store.settings()).interestCount, store.rates());
}

/** Adds what the register knows, and returns the numbers of the cases whose history must be read. */
function addFromRegister(ctx: Context, totals: AgeingTotals, day: OpenOnDay): number[] {
  const store = ctx.store();
  const left = store.outstanding.recordedSince(ctx.today);
  for (const [
    number,
    debtorId,
    effectiveDue,
    fixedOre,
    interestBaseOre,
    interestAfter,
  ] of store.outstanding.on(ctx.today)) {
    const openOre = figureOf({ fixedOre, interestBaseOre, interestAfter }, day);
    if (openOre === null) left.push(number);
    else totals.add(debtorId, effectiveDue, openOre);
  }
  return left;
}

/** What is open by the register, in øre; null where a rate is missing, or only the history tells. */
function figureOf(
  row: { readonly fixedOre: Ore | null; readonly interestBaseOre: Ore; readonly interestAfter: LocalDate },
  day: OpenOnDay,
): Ore | null {
  if (row.fixedOre === null) return null;
  try {
    return day.openOre(row.fixedOre, row.interestBaseOre, row.interestAfter);
  } catch (fault) {
    if (fault instanceof RateUnknown) return null;
    throw fault;
  }
}

/** Beyond so many, all histories are read in one go. */
const FEW_HISTORIES = 1000;

/** The claims with these numbers that are open, by number, as their histories tell. */
function* seenInHistories(ctx: Context, numbers: ReadonlySet<number>): Generator<SeenClaim> {
  for (const file of numbers.size > FEW_HISTORIES ? caseFiles(ctx) : fewFiles(ctx, [...numbers])) {
    const claim = numbers.has(file.number) ? seenInHistory(ctx, file) : null;
    if (claim !== null) yield claim;
  }
}

function fewFiles(ctx: Context, numbers: readonly number[]): CaseFile[] {
  const store = ctx.store();
  return store.cases
    .numbered(numbers)
    .map(({ number, debtor }) => ({ number, debtor, events: store.events(number) }));
}

function ageingReport(
  ctx: Context,
  totals: AgeingTotals,
  most: number | null,
  unknown: readonly UnknownCase[],
): OpenReports['ageing'] {
  const store = ctx.store();
  const ageing = totals.result((ids) => store.debtors.names(ids), most);
  const provision = provisionFor(ageing.buckets, provisionPercents(store.settings()));
  return { ...ageing, provision, unknown };
}

function completeness(unknown: readonly UnknownCase[], courtFee: ReturnType<typeof courtFeeOn>) {
  return {
    warnings: [...unknownWarnings(unknown), ...courtFee.warnings],
    incomplete: unknown.length > 0 || courtFee.ore === null,
  };
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

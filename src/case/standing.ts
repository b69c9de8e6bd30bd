import { addDays, earliest, latest, type LocalDate } from '../law/dates.js';
import { interestLines, interestOre, type InterestCount } from '../law/interest.js';
import { hundredths, scaled, type Ore } from '../law/money.js';
import type { Rates } from '../law/rates.js';
import { refuseForeldet } from '../law/limitation.js';
import type { Refusal } from '../law/rules.js';
import { limitationOf, stopOf, type Case } from './case.js';
import type { Claim } from './claim.js';
import { lastDayUnasked, refuseUnasked } from './letter-plan.js';
import type { Judgement } from './judgement.js';
import { lastDayOf } from './not-before.js';
import { outlook, type Outlook } from './outlook.js';

/**
 * What a claim comes to on any day from the last thing recorded of it, as long as nothing more happens: an amount that
 * does not change, and interest on what is left of the principal. In øre.
 */
export interface Standing {
  readonly fixedOre: Ore;
  /** 0 where no interest runs. */
  readonly interestBaseOre: Ore;
  /** The day before the first that carries interest on it. */
  readonly interestAfter: LocalDate;
}

/**
 * The standing from `recordedOn` on; `claim` is the claim on that day. Null where something is still to come that
 * changes the figures by itself: then only the history tells.
 */
export function standingOf({ case: c, terms, rates }: Judgement, claim: Claim): Standing | null {
  if (changesByItself(c)) return null;
  const { after, baseOre } = claim.lastBalance;
  // S4: in a bankruptcy no interest runs after the opening day.
  const base = c.accrualEnds === null ? baseOre : 0;
  const running = interestOre([{ after, baseOre: base }], c.recordedOn, terms.interestCount, rates);
  const fixedOre = claim.openOre - running;
  return { fixedOre, interestBaseOre: base, interestAfter: after };
}

/** Something dated after the last day of recording: the compensation that arises with default (F9), or a later fact. */
function changesByItself(c: Case): boolean {
  const later = (on: LocalDate | null): boolean => on !== null && on > c.recordedOn;
  return (
    (c.claim.charge === 'compensation' && later(addDays(c.claim.effectiveDue, 1))) ||
    c.movements.some(({ on }) => later(on)) ||
    c.letters.some(({ sentOn }) => later(sentOn)) ||
    c.claim.history.some(({ sentOn }) => later(sentOn)) ||
    later(c.accrualEnds)
  );
}

/** What claims come to on one day, by their standings: each day that interest runs from is looked up once. */
export class OpenOnDay {
  private readonly lines = new Map<LocalDate, readonly { factor: number; divisor: number }[]>();

  constructor(
    private readonly day: LocalDate,
    private readonly count: InterestCount,
    private readonly rates: Rates,
  ) {}

  /** The parts of a standing added up, in øre. @throws RateUnknown */
  openOre(fixedOre: Ore, interestBaseOre: Ore, after: LocalDate): Ore {
    if (interestBaseOre === 0 || after >= this.day) return fixedOre;
    let ore = fixedOre;
    for (const { factor, divisor } of this.linesAfter(after)) {
      ore += scaled(interestBaseOre, factor, divisor);
    }
    return ore;
  }

  private linesAfter(after: LocalDate): readonly { factor: number; divisor: number }[] {
    let lines = this.lines.get(after);
    if (lines === undefined) {
      lines = interestLines([{ after, baseOre: 1 }], this.day, this.count, this.rates).map(
        ({ rate, days, yearDays }) => ({ factor: hundredths(rate) * days, divisor: 10_000 * yearDays }),
      );
      this.lines.set(after, lines);
    }
    return lines;
  }
}

/** Whether the claim can be among what is outstanding: it is not booked as a loss or closed, and something is open. */
export function isOutstanding(c: Case, standing: Standing | null): boolean {
  if (stopOf(c, 'writtenOff') !== null || stopOf(c, 'closed') !== null) return false;
  return standing === null || standing.fixedOre > 0 || standing.interestBaseOre > 0;
}

/** The last day on which the next letter is made without the user's word. */
export function letterUntil(c: Case): LocalDate {
  const limitation = limitationOf(c);
  return earliest(limitation, lastDayUnasked(c) ?? limitation);
}

/**
 * The first day on which every letter is sent and the last deadline is past, until the claim is foreldet and as long as
 * nothing more happens; null where it does not come to that by itself. `next` is the outlook on the day of recording, and
 * `recorded` the claim, where the caller has it. @throws RateUnknown
 */
export function ladderFinishedOn(j: Judgement, next: Outlook, recorded: Claim | null): LocalDate | null {
  const held = stopOf(j.case, 'held');
  if (next.status !== 'held' || held === null) return finishedIn(next);
  const after = addDays(lastDayOf(held), 1);
  const finished = finishedIn(outlook(j, after, recorded));
  return finished === null ? null : latest(after, finished);
}

function finishedIn({ status, why }: Outlook): LocalDate | null {
  return status === 'legal' ? (why.until as LocalDate | null) : null;
}

/** A case that waits for a letter as the register has it. */
export interface WaitingRow {
  readonly nextActionOn: LocalDate | null;
  readonly letterUntil: LocalDate;
  readonly limitationOn: LocalDate;
}

/** Why a case whose next letter is due gets none by itself: the same answer as the history gives; null where it may. */
export function refuseByRegister(row: WaitingRow, today: LocalDate, catchUp: boolean): Refusal | null {
  if (row.nextActionOn === null) return null;
  const foreldet = refuseForeldet(row.limitationOn, today);
  if (foreldet !== null) return foreldet;
  return !catchUp && row.nextActionOn <= today && row.letterUntil < today ? refuseUnasked() : null;
}

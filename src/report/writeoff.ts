import type { NotedFact } from '../case/events.js';
import { addMonths, daysBetween, formatDate, type LocalDate } from '../law/dates.js';
import { isForeldet, isNearlyForeldet } from '../law/limitation.js';
import { formatKroner, type Ore } from '../law/money.js';
import type { RuleId } from '../law/rules.js';

/** What the write-off rules ask about an open claim (W2). Amounts in øre. */
export interface WriteOffFacts {
  readonly case: number;
  readonly invoice: string;
  readonly debtor: string;
  /** In øre; null where a rate is missing. */
  readonly openOre: Ore | null;
  readonly effectiveDue: LocalDate;
  readonly limitation: LocalDate;
  /** Days on which letters were sent. */
  readonly lettersSent: readonly LocalDate[];
  readonly bankrupt: boolean;
  /** What notes on the case establish. */
  readonly noted: readonly NotedFact[];
  /** The ladder is finished: every letter is sent and the last deadline is past. */
  readonly ladderFinished: boolean;
}

export type WriteOffCode =
  | 'FORELDET'
  | 'NEARLY_FORELDET'
  | 'BANKRUPT'
  | 'NO_DIVIDEND'
  | 'NOTHING_TO_DISTRAIN'
  | 'DEBTOR_GONE'
  | 'BELOW_COURT_FEE'
  | 'VAT_RELIEF';

export interface WriteOffReason {
  readonly code: WriteOffCode;
  readonly rule: RuleId;
  readonly text: string;
  /** What must lie with the vouchers for the loss to stand (W2). */
  readonly evidence: readonly string[];
}

export interface WriteOffCandidate {
  readonly case: number;
  readonly invoice: string;
  readonly debtor: string;
  /** In øre; null where a rate is missing. */
  readonly openOre: Ore | null;
  readonly reasons: readonly WriteOffReason[];
}

/** Age and number of reminders that the tax office accepts as proof of a loss (W2). */
const VAT_RELIEF_MONTHS = 6;
const VAT_RELIEF_LETTERS = 3;
/** The shortest time to pay that a letter gives (D2) is the closest two reminders normally come. */
const NORMAL_INTERVAL_DAYS = 14;

/** What each reason must be backed by. The invoice itself, as the basis of the claim, belongs with all of them. */
const EVIDENCE: Readonly<Record<WriteOffCode, readonly string[]>> = {
  FORELDET: ['fakturaen med forfallsdato', 'at ingenting har avbrutt foreldelsen («inkasso show»)'],
  NEARLY_FORELDET: [
    'at det ikke lønner seg å avbryte foreldelsen, eller erkjennelse, forliksklage eller utlegg i tide',
  ],
  BANKRUPT: ['kunngjøringen av konkursåpningen', 'fordringsanmeldelsen til bostyreren'],
  NO_DIVIDEND: ['kunngjøringen eller bostyrerens melding om at boet er avsluttet uten dividende'],
  NOTHING_TO_DISTRAIN: ['namsmannens melding om at det ikke ble funnet noe å ta utlegg i'],
  DEBTOR_GONE: ['utskrift fra Foretaksregisteret eller returpost som viser at skyldneren er borte'],
  BELOW_COURT_FEE: ['brevene med datoer', 'beregningen av restkravet («inkasso why»)'],
  VAT_RELIEF: [
    'brevene med datoer',
    'kopi av fakturaen med merverdiavgiften (merverdiavgiftsforskriften § 4-7-1)',
  ],
};

/** Open claims there is reason to write off, each with every reason (W2). `courtFeeOre` is one rettsgebyr. */
export function writeOffCandidates(
  claims: Iterable<WriteOffFacts>,
  on: LocalDate,
  courtFeeOre: Ore | null,
): WriteOffCandidate[] {
  return [...claims].flatMap((facts) => writeOffCandidate(facts, on, courtFeeOre) ?? []);
}

/**
 * The claim with every reason to write it off, or null where there is none (W2). `courtFeeOre` is one rettsgebyr in
 * øre; where it is not known, no claim is judged too small to enforce.
 */
export function writeOffCandidate(
  facts: WriteOffFacts,
  on: LocalDate,
  courtFeeOre: Ore | null,
): WriteOffCandidate | null {
  const reasons = reasonsFor(facts, on, courtFeeOre);
  const { case: number, invoice, debtor, openOre } = facts;
  return reasons.length === 0 ? null : { case: number, invoice, debtor, openOre, reasons };
}

function reasonsFor(facts: WriteOffFacts, on: LocalDate, courtFeeOre: Ore | null): WriteOffReason[] {
  const reasons: WriteOffReason[] = [];
  const because = (code: WriteOffCode, rule: RuleId, text: string): void => {
    reasons.push({ code, rule, text, evidence: EVIDENCE[code] });
  };
  const limitation = formatDate(facts.limitation);
  if (isForeldet(facts.limitation, on)) because('FORELDET', 'W1', `Kravet ble foreldet ${limitation}.`);
  else if (isNearlyForeldet(facts.limitation, on))
    because('NEARLY_FORELDET', 'W1', `Kravet foreldes ${limitation}.`);
  if (facts.noted.includes('no-dividend'))
    because('NO_DIVIDEND', 'W2', 'Konkursboet er avsluttet uten dividende.');
  else if (facts.bankrupt)
    because('BANKRUPT', 'W2', 'Skyldneren er konkurs; kravet er tapt når boet avsluttes uten dividende.');
  if (facts.noted.includes('nothing-to-distrain'))
    because('NOTHING_TO_DISTRAIN', 'W2', 'Namsmannen fant ikke noe å ta utlegg i.');
  if (facts.noted.includes('debtor-gone'))
    because('DEBTOR_GONE', 'W2', 'Skyldneren er slettet, flyttet ut eller ikke til å finne.');
  if (facts.ladderFinished && courtFeeOre !== null && facts.openOre !== null && facts.openOre < courtFeeOre) {
    because(
      'BELOW_COURT_FEE',
      'W2',
      `Restkravet ${formatKroner(facts.openOre)} er mindre enn ett rettsgebyr (${formatKroner(courtFeeOre)}); tvangsinndriving koster mer enn den gir.`,
    );
  }
  if (
    addMonths(facts.effectiveDue, VAT_RELIEF_MONTHS) <= on &&
    spacedReminders(facts.lettersSent) >= VAT_RELIEF_LETTERS
  ) {
    because(
      'VAT_RELIEF',
      'W2',
      `Kravet er minst seks måneder gammelt og purret ${facts.lettersSent.length} ganger: grunnlag for å tilbakeføre merverdiavgiften.`,
    );
  }
  return reasons;
}

/** Reminders at normal intervals: one that comes closer than that upon the last does not count (W2). */
function spacedReminders(sent: readonly LocalDate[]): number {
  let count = 0;
  let last: LocalDate | null = null;
  for (const on of [...sent].sort()) {
    if (last !== null && daysBetween(last, on) < NORMAL_INTERVAL_DAYS) continue;
    count += 1;
    last = on;
  }
  return count;
}

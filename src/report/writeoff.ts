import type { NotedFact } from '../case/events.js';
import { addMonths, formatDate, type LocalDate } from '../law/dates.js';
import { isForeldet, isNearlyForeldet } from '../law/limitation.js';
import { formatKroner, type Ore } from '../law/money.js';
import type { RuleId } from '../law/rules.js';

/** What the write-off rules ask about an open claim (W2). Amounts in øre. */
export interface WriteOffFacts {
  readonly case: number;
  readonly invoice: string;
  readonly debtor: string;
  readonly openOre: Ore;
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
}

export interface WriteOffCandidate {
  readonly case: number;
  readonly invoice: string;
  readonly debtor: string;
  readonly openOre: Ore;
  readonly reasons: readonly WriteOffReason[];
}

/** Age and number of reminders that the tax office accepts as proof of a loss (W2). */
const VAT_RELIEF_MONTHS = 6;
const VAT_RELIEF_LETTERS = 3;

/** Open claims there is reason to write off, each with every reason (W2). `courtFeeOre` is one rettsgebyr. */
export function writeOffCandidates(
  claims: readonly WriteOffFacts[],
  on: LocalDate,
  courtFeeOre: Ore,
): WriteOffCandidate[] {
  return claims.flatMap((facts) => {
    const reasons = reasonsFor(facts, on, courtFeeOre);
    const { case: number, invoice, debtor, openOre } = facts;
    return reasons.length === 0 ? [] : [{ case: number, invoice, debtor, openOre, reasons }];
  });
}

function reasonsFor(facts: WriteOffFacts, on: LocalDate, courtFeeOre: Ore): WriteOffReason[] {
  const reasons: WriteOffReason[] = [];
  const because = (code: WriteOffCode, rule: RuleId, text: string): void => {
    reasons.push({ code, rule, text });
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
  if (facts.ladderFinished && facts.openOre < courtFeeOre) {
    because(
      'BELOW_COURT_FEE',
      'W2',
      `Restkravet ${formatKroner(facts.openOre)} er mindre enn ett rettsgebyr (${formatKroner(courtFeeOre)}); tvangsinndriving koster mer enn den gir.`,
    );
  }
  if (
    addMonths(facts.effectiveDue, VAT_RELIEF_MONTHS) <= on &&
    facts.lettersSent.length >= VAT_RELIEF_LETTERS
  ) {
    because(
      'VAT_RELIEF',
      'W2',
      `Kravet er minst seks måneder gammelt og purret ${facts.lettersSent.length} ganger: grunnlag for å tilbakeføre merverdiavgiften.`,
    );
  }
  return reasons;
}

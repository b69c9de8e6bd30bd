import type { DebtorType } from './costs.js';
import { addDays, addMonths, formatDate, latest, type LocalDate } from './dates.js';
import { afterGrace } from './procedure.js';
import { because, refuse, type Reason, type Refusal } from './rules.js';

/** What the Acts ask about before a claim leaves for an authority. */
export interface EnforcementFacts {
  readonly debtorType: DebtorType;
  /** The address the petition must state (§ 5-2). */
  readonly addressKnown: boolean;
  /** The latest betalingsoppfordring sent. */
  readonly betalingsoppfordring: { readonly sentOn: LocalDate; readonly deadline: LocalDate } | null;
  /** The latest day a notice of § 4-18 was sent; null when none is known. */
  readonly noticeSent: LocalDate | null;
  /** An objection that has not been decided (S1). */
  readonly disputed: boolean;
  /** The first written demand for payment after the due date with a deadline: inkassovarsel or betalingsoppfordring. */
  readonly demandedOn: LocalDate | null;
}

const NOTICE_DAYS = 14;
const NOTICE_MONTHS = 12;
const BETALINGSOPPFORDRING_MONTHS = 6;
const DEMAND_DAYS = 28;

/**
 * What a petition for utlegg lacks on a day, in the order of the Acts; empty when it may be sent. Public debtors (§ 1-2),
 * an open objection (inkassoloven § 17, forliksrådet instead), the betalingsoppfordring (inkassoloven § 11 second
 * paragraph), the notice (tvangsfullbyrdelsesloven §§ 4-18, 4-19) and the debtor's address (§ 5-2).
 */
export function missingForUtlegg(facts: EnforcementFacts, today: LocalDate, graceDays: number): Refusal[] {
  return [
    publicDebtor(facts),
    objection(facts),
    ...betalingsoppfordring(facts, today, graceDays),
    notice(facts, today),
    address(facts),
  ].filter((refusal) => refusal !== null);
}

/**
 * What a forliksklage lacks on a day. A disputed claim may go there at once; one that is not has had its
 * betalingsoppfordring first (inkassoloven § 11 second paragraph).
 */
export function missingForForliksklage(
  facts: EnforcementFacts,
  today: LocalDate,
  graceDays: number,
): Refusal[] {
  const letters = facts.disputed ? [] : betalingsoppfordring(facts, today, graceDays);
  return [...letters, address(facts)].filter((refusal) => refusal !== null);
}

/** What a konkursvarsel lacks on a day: a debtor bound to keep accounts, an undisputed claim, four weeks since the demand. */
export function missingForKonkursvarsel(
  facts: EnforcementFacts & { readonly accountingLiable: boolean },
  today: LocalDate,
): Refusal[] {
  return [
    facts.debtorType === 'business' && facts.accountingLiable ? null : notAccountingLiable(facts.debtorType),
    facts.disputed
      ? refuse(
          'S1',
          'Skyldneren har innsigelser mot kravet; det er da ikke klart, og hører hjemme i forliksrådet.',
        )
      : null,
    demand(facts, today),
    address(facts),
  ].filter((refusal) => refusal !== null);
}

function publicDebtor({ debtorType }: EnforcementFacts): Refusal | null {
  if (debtorType !== 'public') return null;
  return refuse(
    'E4',
    'Skyldneren er offentlig: det kan ikke tas utlegg hos staten, kommuner og fylkeskommuner.',
  );
}

function objection({ disputed }: EnforcementFacts): Refusal | null {
  if (!disputed) return null;
  return refuse(
    'S1',
    'Skyldneren har innsigelser mot kravet: et omtvistet krav går til forliksrådet («inkasso export forliksklage»).',
  );
}

/** Sent, its deadline missed, and not older than six months. */
function betalingsoppfordring(
  { betalingsoppfordring: letter }: EnforcementFacts,
  today: LocalDate,
  graceDays: number,
): (Refusal | null)[] {
  if (letter === null) {
    return [refuse('L3', 'Det er ikke sendt noen betalingsoppfordring. Den sendes før rettslige skritt.')];
  }
  const { sentOn, deadline } = letter;
  const earliest = afterGrace(deadline, graceDays);
  if (today < earliest) {
    const text = `Fristen i betalingsoppfordringen er ${formatDate(deadline)}; det ventes til ${formatDate(earliest)}.`;
    return [refuse('L3', text, earliest)];
  }
  const old = oldBetalingsoppfordring(sentOn, today);
  return old === null ? [] : [old];
}

/** E2: a betalingsoppfordring older than six months no longer carries legal steps; null while it does. */
export function oldBetalingsoppfordring(sentOn: LocalDate, today: LocalDate): Refusal | null {
  if (today <= addMonths(sentOn, BETALINGSOPPFORDRING_MONTHS)) return null;
  const text = `Betalingsoppfordringen ble sendt ${formatDate(sentOn)} og er eldre enn seks måneder. Den gjentas, uten nytt gebyr, før rettslige skritt («inkasso run --repeat --case …»).`;
  return refuse('E2', text);
}

/** From which day a betalingsoppfordring is repeated (E2): the day after its six months. */
export function repeatBetalingsoppfordring(sentOn: LocalDate): { earliest: LocalDate; reason: Reason } {
  const end = addMonths(sentOn, BETALINGSOPPFORDRING_MONTHS);
  const text = `Betalingsoppfordringen sendt ${formatDate(sentOn)} gjelder som grunnlag for rettslige skritt til ${formatDate(end)}; deretter gjentas den uten nytt gebyr.`;
  return { earliest: addDays(end, 1), reason: because('E2', text) };
}

/** Two weeks from the sending, which is not counted, and not older than a year. */
function notice({ noticeSent }: EnforcementFacts, today: LocalDate): Refusal | null {
  if (noticeSent === null) {
    return refuse('E1', 'Det er ikke registrert noe varsel om tvangsfullbyrdelse (§ 4-18).');
  }
  const earliest = addDays(noticeSent, NOTICE_DAYS + 1);
  if (today < earliest) {
    const text = `Varselet om tvangsfullbyrdelse ble sendt ${formatDate(noticeSent)}; de to ukene er ute først ${formatDate(earliest)}.`;
    return refuse('E1', text, earliest);
  }
  if (today <= addMonths(noticeSent, NOTICE_MONTHS)) return null;
  return refuse(
    'E1',
    `Varselet om tvangsfullbyrdelse ble sendt ${formatDate(noticeSent)} og er eldre enn ett år; det må sendes nytt.`,
  );
}

function address({ addressKnown }: EnforcementFacts): Refusal | null {
  if (addressKnown) return null;
  return refuse('E3', 'Skyldnerens adresse er ikke registrert; den skal stå i begjæringen.');
}

function notAccountingLiable(debtorType: DebtorType): Refusal {
  const text =
    debtorType === 'business'
      ? 'Konkursvarsel brukes bare mot skyldnere som er, eller det siste året har vært, regnskapspliktige. Det er ikke bekreftet.'
      : 'Konkursvarsel brukes bare mot regnskapspliktige skyldnere, og skyldneren er ikke registrert som næringsdrivende.';
  return refuse('E5', text);
}

/** Four weeks from the first written demand; the demand of the cautious reading is the inkassovarsel, not a purring. */
function demand({ demandedOn }: EnforcementFacts, today: LocalDate): Refusal | null {
  if (demandedOn === null) {
    return refuse(
      'E5',
      'Kravet er ikke framsatt skriftlig: verken inkassovarsel eller betalingsoppfordring er sendt.',
    );
  }
  const earliest = addDays(demandedOn, DEMAND_DAYS);
  if (today >= earliest) return null;
  const text = `Kravet ble framsatt ${formatDate(demandedOn)}; et konkursvarsel kan tidligst forkynnes fire uker etter, ${formatDate(earliest)}.`;
  return refuse('E5', text, earliest);
}

/** Several refusals as one: the first rule, all the sentences, and the day they are all gone, when that is known. */
export function joinRefusals(refusals: readonly Refusal[]): Refusal | null {
  const [first, ...rest] = refusals;
  if (first === undefined) return null;
  const days = refusals.map((refusal) => refusal.until as LocalDate | null);
  const until = days.reduce((end, day) => (end === null || day === null ? null : latest(end, day)));
  return { ...first, text: [first, ...rest].map((refusal) => refusal.text).join(' '), until };
}

import { formatDate, type LocalDate } from '../law/dates.js';
import { oldBetalingsoppfordring } from '../law/enforcement.js';
import { formatKroner, sum, type Ore } from '../law/money.js';
import { refuse, type Refusal, type RuleId } from '../law/rules.js';
import { sentLetters, stopOf, type Case } from './case.js';
import { claimOn } from './claim.js';
import { noBecause, withdrawUnconfirmed, yes, type Decided } from './decide.js';
import type {
  DisputeOutcome,
  EventBody,
  HandoverTarget,
  Instalment,
  NotedFact,
  StopCause,
} from './events.js';
import type { Judgement } from './judgement.js';
import { outlook } from './outlook.js';

/** What happens to a claim besides letters and payments. Each answers with events, or with why not. */

/** One event on a day, and the letter that waited for confirmation taken back with it. */
function happen(
  j: Judgement,
  happenedOn: LocalDate,
  today: LocalDate,
  body: EventBody,
  why: string,
): Decided {
  return yes({ happenedOn, body }, ...withdrawUnconfirmed(j.case, why, today));
}

function refuseUnless(condition: boolean, rule: RuleId, text: string): Refusal | null {
  return condition ? null : refuse(rule, text);
}

/** Nothing more happens to a case that is closed, until it is opened again. */
function refuseClosed(c: Case): Refusal | null {
  return refuseUnless(
    stopOf(c, 'closed') === null,
    'S8',
    `Sak ${c.number} er avsluttet. Åpne den igjen med «inkasso reopen».`,
  );
}

/** Time to pay is agreed with whoever collects the claim; one that is off the books is opened again first. */
function refuseOutOfHand(c: Case): Refusal | null {
  const gone = stopOf(c, 'handedOver') ?? stopOf(c, 'writtenOff');
  const what = gone?.kind === 'handedOver' ? 'overlatt til andre' : 'tapsført';
  const text = `Sak ${c.number} er ${what}. Åpne den igjen med «inkasso reopen».`;
  return refuseUnless(gone === null, 'S8', text);
}

function refusePaid(j: Judgement, today: LocalDate): Refusal | null {
  return refuseUnless(outlook(j, today).status !== 'paid', 'S8', `Sak ${j.case.number} er gjort opp.`);
}

function refuseFuture(date: LocalDate, today: LocalDate): Refusal | null {
  return refuseUnless(date <= today, 'D1', `Datoen ${formatDate(date)} er i framtiden.`);
}

/** P3: money paid back, never more than the debtor was owed that day and is owed now. Amounts in øre. */
export function decideRefund(j: Judgement, amountOre: Ore, date: LocalDate, today: LocalDate): Decided {
  const creditOn = (day: LocalDate): Ore => claimOn(j.case, day, j.terms, j.rates).creditOre;
  const owes = (day: LocalDate, when: string): Refusal | null =>
    refuseUnless(
      amountOre <= creditOn(day),
      'P3',
      `Skyldneren har${when} ${formatKroner(creditOn(day))} til gode, ikke ${formatKroner(amountOre)}.`,
    );
  const refusal = refuseFuture(date, today) ?? owes(today, '') ?? owes(date, ` ${formatDate(date)}`);
  return refusal === null
    ? yes({ happenedOn: date, body: { type: 'refundPaid', amountOre } })
    : noBecause(refusal);
}

/** A credit note, never larger than what the invoice was for. */
export function decideCredit(
  j: Judgement,
  credit: { amountOre: Ore; noteNumber: string | null; date: LocalDate },
  today: LocalDate,
): Decided {
  const { amountOre, noteNumber, date } = credit;
  const left = notCredited(j.case);
  const refusal =
    refuseClosed(j.case) ??
    refuseFuture(date, today) ??
    refuseUnless(
      amountOre <= left,
      'P3',
      `Kreditnotaen er på ${formatKroner(amountOre)}, men det er bare ${formatKroner(left)} igjen å kreditere.`,
    );
  if (refusal !== null) return noBecause(refusal);
  return happen(
    j,
    date,
    today,
    { type: 'creditNoted', amountOre, noteNumber },
    `kreditnota ${formatKroner(amountOre)}`,
  );
}

/** What the invoice is for when all that was credited, or never owed, is taken off. */
function notCredited({ claim, movements }: Case): Ore {
  return (
    claim.amountOre -
    sum(movements.flatMap((m) => (m.kind === 'credit' || m.kind === 'objection' ? [m.amountOre] : [])))
  );
}

/** The creditor gives up fees, interest or an amount. */
export function decideWaive(
  j: Judgement,
  waiver: { what: 'fees' | 'interest' | 'amount'; amountOre: Ore | null },
  today: LocalDate,
): Decided {
  const claim = claimOn(j.case, today, j.terms, j.rates);
  const open = { fees: claim.costsOre, interest: claim.interestOre, amount: claim.openOre }[waiver.what];
  const refusal =
    refuseClosed(j.case) ??
    refuseUnless(open > 0, 'P5', 'Det er ingenting åpent å frafalle.') ??
    refuseUnless((waiver.amountOre ?? 0) <= open, 'P5', `Det er bare ${formatKroner(open)} åpent.`);
  if (refusal !== null) return noBecause(refusal);
  return happen(j, today, today, { type: 'waived', ...waiver }, 'en del av kravet er frafalt');
}

/** S1: an objection, oral or written, to all of the principal or a part. */
export function decideDispute(
  j: Judgement,
  dispute: { reason: string; partOre: Ore | null; date: LocalDate },
  today: LocalDate,
): Decided {
  const { reason, partOre, date } = dispute;
  const refusal =
    refuseClosed(j.case) ??
    refusePaid(j, today) ??
    refuseFuture(date, today) ??
    refuseUnless(partOre === null || partOre <= j.case.claim.amountOre, 'S1', 'Delen er større enn kravet.');
  if (refusal !== null) return noBecause(refusal);
  return happen(j, date, today, { type: 'disputed', reason, partOre }, 'skyldneren har innsigelser');
}

/** S1, F10: how an objection ended. `reducedOre`: what falls away when it was partly right. */
export function decideResolve(
  j: Judgement,
  resolution: { outcome: DisputeOutcome; reason: string; reducedOre: Ore | null },
  today: LocalDate,
): Decided {
  const stop = stopOf(j.case, 'disputed');
  if (stop === null) return noBecause(refuse('S1', `Sak ${j.case.number} har ingen åpen innsigelse.`));
  const { outcome, reason } = resolution;
  // What has been paid of it is owed back: the limit is what the invoice is for, not what is left to pay.
  const left = notCredited(j.case);
  const disputed = Math.min(stop.partOre ?? left, left);
  const reducedOre = { withdrawn: 0, rejected: 0, upheld: disputed, partly: resolution.reducedOre ?? 0 }[
    outcome
  ];
  if (reducedOre > left) {
    return noBecause(refuse('S1', `Kravet kan ikke settes ned med mer enn ${formatKroner(left)}.`));
  }
  return yes({ happenedOn: today, body: { type: 'disputeResolved', outcome, reason, reducedOre } });
}

/** S2: a payment plan. */
export function decidePlan(j: Judgement, instalments: readonly Instalment[], today: LocalDate): Decided {
  const first = instalments[0];
  const refusal =
    refuseClosed(j.case) ??
    refuseOutOfHand(j.case) ??
    refusePaid(j, today) ??
    refuseDisputed(j.case) ??
    refuseUnless(
      first !== undefined && first.due >= today,
      'S2',
      'Første avdrag kan ikke forfalle i fortiden.',
    );
  if (refusal !== null) return noBecause(refusal);
  return happen(j, today, today, { type: 'planAgreed', instalments }, 'nedbetalingsavtale er inngått');
}

function refuseDisputed(c: Case): Refusal | null {
  return refuseUnless(
    stopOf(c, 'disputed') === null,
    'S1',
    'Innsigelsen må avgjøres først, med «inkasso resolve».',
  );
}

/** S3: time to pay until a date. */
export function decideHold(j: Judgement, until: LocalDate, reason: string, today: LocalDate): Decided {
  const refusal =
    refuseClosed(j.case) ??
    refuseOutOfHand(j.case) ??
    refusePaid(j, today) ??
    refuseDisputed(j.case) ??
    refuseUnless(until > today, 'S3', 'Utsettelsen må gå til en dag etter i dag.');
  if (refusal !== null) return noBecause(refusal);
  return happen(j, today, today, { type: 'putOnHold', until, reason }, 'skyldneren har fått utsettelse');
}

const ENDED_BY_RESUME = ['held', 'plan', 'bero', 'stopped'] as const;
const ENDED_BY_REOPEN = ['closed', 'writtenOff', 'handedOver'] as const;

/** Takes a case up again after a hold, a plan, bero or a stop. */
export function decideResume(j: Judgement, reason: string | null, today: LocalDate): Decided {
  if (ENDED_BY_RESUME.some((kind) => stopOf(j.case, kind) !== null)) {
    return yes({ happenedOn: today, body: { type: 'resumed', ...(reason === null ? {} : { reason }) } });
  }
  const { number } = j.case;
  if (stopOf(j.case, 'disputed') !== null) {
    return noBecause(refuse('S1', 'Innsigelsen må avgjøres først, med «inkasso resolve».'));
  }
  const ended = ENDED_BY_REOPEN.some((kind) => stopOf(j.case, kind) !== null);
  const text = ended ? `Sak ${number} åpnes igjen med «inkasso reopen».` : `Sak ${number} er ikke stanset.`;
  return noBecause(refuse('S8', text));
}

/** S4–S7: something about the debtor stops the letters. */
export function decideStop(j: Judgement, because: StopCause, date: LocalDate, today: LocalDate): Decided {
  const refusal = refuseClosed(j.case) ?? refuseFuture(date, today);
  if (refusal !== null) return noBecause(refusal);
  return happen(j, date, today, { type: 'stopped', because }, 'saken er stanset');
}

/** S9 */
export function decideBero(j: Judgement, reason: string, today: LocalDate): Decided {
  const refusal = refuseClosed(j.case) ?? refuseOutOfHand(j.case) ?? refusePaid(j, today);
  if (refusal !== null) return noBecause(refusal);
  return happen(j, today, today, { type: 'putAside', reason }, 'kravet er lagt i bero');
}

/** W2: booked as a loss; the claim lives on. */
export function decideWriteOff(j: Judgement, reason: string, today: LocalDate): Decided {
  const refusal =
    refuseClosed(j.case) ??
    refusePaid(j, today) ??
    refuseUnless(stopOf(j.case, 'writtenOff') === null, 'W2', `Sak ${j.case.number} er alt tapsført.`);
  if (refusal !== null) return noBecause(refusal);
  const { openOre } = claimOn(j.case, today, j.terms, j.rates);
  return happen(j, today, today, { type: 'writtenOff', reason, amountOre: openOre }, 'kravet er tapsført');
}

/** S8; legal steps want a betalingsoppfordring of the last six months, unless the claim is disputed (S1, E2). */
export function decideHandover(j: Judgement, to: HandoverTarget, today: LocalDate): Decided {
  const refusal =
    refuseClosed(j.case) ??
    refusePaid(j, today) ??
    (to === 'inkassobyraa' ? null : refuseOldDemand(j.case, today));
  if (refusal !== null) return noBecause(refusal);
  return happen(j, today, today, { type: 'handedOver', to }, 'kravet er overlatt til andre');
}

function refuseOldDemand(c: Case, today: LocalDate): Refusal | null {
  const last = sentLetters(c).findLast((letter) => letter.step === 'betalingsoppfordring');
  if (last === undefined || stopOf(c, 'disputed') !== null) return null;
  return oldBetalingsoppfordring(last.sentOn, today);
}

/** A note, with what the conversation made known; dated today or before (D1). */
export function decideNote(
  note: { text: string; byPhone: boolean; fact: NotedFact | null; date: LocalDate },
  today: LocalDate,
): Decided {
  const { date, ...rest } = note;
  const refusal = refuseFuture(date, today);
  if (refusal !== null) return noBecause(refusal);
  return yes({ happenedOn: date, body: { type: 'noted', ...rest } });
}

/** Ends a case that is not ended yet (S8). */
export function decideClose(j: Judgement, reason: string, today: LocalDate): Decided {
  const refusal = refuseClosed(j.case);
  if (refusal !== null) return noBecause(refusal);
  return happen(j, today, today, { type: 'closed', reason }, 'saken er avsluttet');
}

/** Takes up a case that is closed, written off or handed over (S8). */
export function decideReopen(j: Judgement, reason: string, today: LocalDate): Decided {
  if (ENDED_BY_REOPEN.some((kind) => stopOf(j.case, kind) !== null)) {
    return yes({ happenedOn: today, body: { type: 'reopened', reason } });
  }
  return noBecause(refuse('S8', `Sak ${j.case.number} er ikke avsluttet, tapsført eller overlatt.`));
}

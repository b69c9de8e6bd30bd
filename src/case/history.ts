import type { LocalDate } from '../law/dates.js';
import {
  payments,
  stopOf,
  type Case,
  type Interruption,
  type Letter,
  type Movement,
  type Stop,
} from './case.js';
import type { CaseEvent, ClaimRegistered } from './events.js';

/** A history that contradicts itself: damage, or a bug, never a user's mistake. */
export class BrokenHistory extends Error {}

/**
 * What a history adds up to. Events come in order of version, the registration first. With `until`, only what had
 * happened by then counts, whenever it was recorded; a correction made since counts too. `number` is the case's own.
 * @throws BrokenHistory
 */
export function evolve(number: number, events: readonly CaseEvent[], until?: LocalDate): Case {
  const [first] = events;
  if (first?.type !== 'claimRegistered')
    throw new BrokenHistory(`case ${number} does not begin with a registration`);
  const undone = new Set<number>();
  for (const event of events) if (event.type === 'undone') undone.add(event.undoes);
  let c = opened(number, first);
  for (const event of events.slice(1)) {
    if (undone.has(event.version)) c = step(c, event, {});
    else if (until !== undefined && event.happenedOn > until) c = pass(c, event);
    else c = apply(c, event);
  }
  return c;
}

function opened(number: number, first: CaseEvent & ClaimRegistered): Case {
  return {
    number,
    version: first.version,
    recordedOn: first.recordedOn,
    registeredOn: first.recordedOn,
    claim: first,
    letters: [],
    movements: [],
    stops: [],
    notBefore: null,
    costsBarred: false,
    neverOwed: false,
    accrualEnds: null,
    writtenOff: null,
    interruptions: [],
    facts: [],
  };
}

/** The case after one more event. */
export function apply(before: Case, event: CaseEvent): Case {
  return step(before, event, change(before, event));
}

function step(before: Case, event: CaseEvent, changes: Partial<Case>): Case {
  if (event.version !== before.version + 1) {
    throw new BrokenHistory(`case ${before.number}: event ${event.version} follows ${before.version}`);
  }
  const recordedOn = event.recordedOn > before.recordedOn ? event.recordedOn : before.recordedOn;
  return { ...before, ...changes, version: event.version, recordedOn };
}

/** An event that had not happened yet. */
function pass(before: Case, event: CaseEvent): Case {
  return { ...step(before, event, {}), recordedOn: before.recordedOn };
}

function change(before: Case, event: CaseEvent): Partial<Case> {
  const { happenedOn: on, version } = event;
  switch (event.type) {
    case 'claimRegistered':
      throw new BrokenHistory(`case ${before.number} is registered twice`);
    case 'letterGenerated': {
      const fresh = {
        state: 'generated',
        sentOn: null,
        sentVersion: null,
        channel: null,
        mailing: null,
      } as const;
      const letter: Letter = { id: event.letter, date: on, made: event, madeVersion: version, ...fresh };
      return { letters: [...before.letters, letter] };
    }
    case 'letterSent': {
      const sent = {
        state: 'sent',
        sentOn: on,
        sentVersion: version,
        channel: event.channel,
        mailing: null,
      } as const;
      // A letter after a missed instalment, or when the time to pay is out, ends what held it back (S2, S3).
      return {
        stops: without(before, 'plan', 'held'),
        ...changeLetter(before, event.letter, sent),
      };
    }
    case 'mailStarted':
      return changeLetter(before, event.letter, { mailing: event.messageId });
    case 'mailFailed':
      return changeLetter(before, event.letter, { mailing: null });
    case 'letterWithdrawn':
      return changeLetter(before, event.letter, { state: 'withdrawn' });
    case 'paymentReceived': {
      const { amountOre, purpose, order, reference } = event;
      const interruptions = [...before.interruptions, { on, by: 'payment' as const }];
      // What is spread comes last: a literal that begins with it, and then gets more, takes ten times as long to make.
      return {
        interruptions,
        ...move(before, {
          kind: 'payment',
          on,
          version,
          amountOre,
          purpose,
          order,
          reference,
          reversedOn: null,
        }),
      };
    }
    case 'paymentReversed':
      return reversePayment(before, event.reverses, on);
    case 'creditNoted':
      return move(before, {
        kind: 'credit',
        on,
        version,
        amountOre: event.amountOre,
        reference: event.noteNumber,
      });
    case 'refundPaid':
      return move(before, { kind: 'refund', on, version, amountOre: event.amountOre });
    case 'waived':
      return move(before, { kind: 'waiver', on, version, what: event.what, amountOre: event.amountOre });
    case 'disputed':
      return withStop(before, { kind: 'disputed', on, reason: event.reason, partOre: event.partOre });
    case 'disputeResolved':
      return resolveDispute(before, event, on, version);
    case 'planAgreed':
      return withStop(before, { kind: 'plan', on, version, instalments: event.instalments });
    case 'putOnHold':
      return withStop(before, { kind: 'held', until: event.until, reason: event.reason });
    case 'resumed':
      return resume(before, on);
    case 'reopened':
      return { stops: reopenedStops(before), notBefore: on };
    case 'stopped':
      return {
        ...withStop(before, { kind: 'stopped', on, because: event.because }),
        ...(event.because === 'bankruptcy'
          ? { accrualEnds: on, ...interrupt(before, on, 'bankruptcy') }
          : {}),
      };
    case 'putAside':
      return withStop(before, { kind: 'bero', on, reason: event.reason });
    case 'writtenOff':
      return {
        ...withStop(before, { kind: 'writtenOff', on, reason: event.reason }),
        writtenOff: { on, version },
      };
    case 'handedOver':
      return {
        ...withStop(before, { kind: 'handedOver', on, to: event.to }),
        ...(event.to === 'inkassobyraa' ? {} : interrupt(before, on, event.to)),
      };
    case 'noted':
      return {
        ...(event.fact === null ? {} : { facts: [...before.facts, event.fact] }),
        ...(event.fact === 'acknowledged' ? interrupt(before, on, 'acknowledged') : {}),
      };
    case 'closed':
      return withStop(before, { kind: 'closed', on, reason: event.reason });
    case 'undone':
      return {};
  }
}

/**
 * A payment the bank took back is no payment: it settles nothing and interrupts nothing (W1). What had stopped because
 * of it starts again from the day it was known, not before.
 */
function reversePayment(before: Case, version: number, on: LocalDate): Partial<Case> {
  const payment = payments(before).find((candidate) => candidate.version === version);
  if (payment === undefined)
    throw new BrokenHistory(`case ${before.number} has no payment ${version} to reverse`);
  const interrupted = before.interruptions.findIndex(
    (interruption) => interruption.by === 'payment' && interruption.on === payment.on,
  );
  return {
    movements: before.movements.map((movement) =>
      movement === payment ? { ...payment, reversedOn: on } : movement,
    ),
    interruptions: before.interruptions.filter((_one, index) => index !== interrupted),
    notBefore: before.notBefore !== null && before.notBefore > on ? before.notBefore : on,
  };
}

/** F10: a reasonable objection takes the costs with it, and what it was right about was never owed. */
function resolveDispute(
  before: Case,
  event: Extract<CaseEvent, { type: 'disputeResolved' }>,
  on: LocalDate,
  version: number,
): Partial<Case> {
  const { outcome, reducedOre, reason } = event;
  const reasonable = outcome === 'upheld' || outcome === 'partly';
  return {
    stops: without(before, 'disputed'),
    notBefore: on,
    ...(reasonable ? { costsBarred: true } : {}),
    ...(outcome === 'upheld' && stopOf(before, 'disputed')?.partOre === null ? { neverOwed: true } : {}),
    ...(reducedOre > 0
      ? move(before, {
          kind: 'objection',
          on,
          version,
          amountOre: reducedOre,
          reference: reason,
        })
      : {}),
  };
}

function without(before: Case, ...kinds: readonly Stop['kind'][]): readonly Stop[] {
  return before.stops.filter((stop) => !kinds.includes(stop.kind));
}

/**
 * Time to pay, a plan and bero are the creditor's to end; what the debtor's state stops is ended only by itself, one cause
 * at a time. A bankruptcy that is lifted has not stopped the interest (S4).
 */
function resume(before: Case, on: LocalDate): Partial<Case> {
  const rest = without(before, 'held', 'plan', 'bero');
  if (rest.length < before.stops.length) return { stops: rest, notBefore: on };
  const lifted = before.stops.findLast((stop) => stop.kind === 'stopped');
  return {
    stops: before.stops.filter((stop) => stop !== lifted),
    notBefore: on,
    ...(lifted?.because === 'bankruptcy' ? { accrualEnds: null } : {}),
  };
}

/** What ended the collection, or the claim's place in the books; a handover is called back by itself. */
function reopenedStops(before: Case): readonly Stop[] {
  const rest = without(before, 'closed', 'writtenOff');
  return rest.length < before.stops.length ? rest : without(before, 'handedOver');
}

/** One stop of each kind; of what the debtor's state stops, one of each cause. */
function withStop(before: Case, stop: Stop): Partial<Case> {
  const same = (other: Stop): boolean =>
    other.kind === stop.kind &&
    (other.kind !== 'stopped' || stop.kind !== 'stopped' || other.because === stop.because);
  return { stops: [...before.stops.filter((other) => !same(other)), stop] };
}

function move(before: Case, movement: Movement): Partial<Case> {
  return { movements: [...before.movements, movement] };
}

function interrupt(before: Case, on: LocalDate, by: Interruption['by']): Partial<Case> {
  return { interruptions: [...before.interruptions, { on, by }] };
}

function changeLetter(before: Case, id: number, changes: Partial<Letter>): Partial<Case> {
  if (!before.letters.some((letter) => letter.id === id)) {
    throw new BrokenHistory(`case ${before.number} has no letter ${id}`);
  }
  return { letters: before.letters.map((letter) => (letter.id === id ? { ...letter, ...changes } : letter)) };
}

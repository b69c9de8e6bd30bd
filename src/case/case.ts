import { addDays, type LocalDate } from '../law/dates.js';
import type { Ore } from '../law/money.js';
import type { SentLetter } from '../law/steps.js';
import type { CaseEvent, Channel, ClaimRegistered, LetterGenerated, Part } from './events.js';

export type LetterState = 'generated' | 'sent' | 'withdrawn';

/** A letter the program made, and what became of it. */
export interface Letter {
  readonly id: number;
  readonly date: LocalDate;
  readonly made: LetterGenerated;
  readonly madeVersion: number;
  readonly state: LetterState;
  readonly sentOn: LocalDate | null;
  /** The event that confirmed the sending: it orders the fee among other facts of that day. */
  readonly sentVersion: number | null;
  readonly channel: Channel | null;
}

/** A dated fact that changes what is owed. `version` orders facts of the same day. */
export interface Movement {
  readonly kind: 'payment';
  readonly on: LocalDate;
  readonly version: number;
  readonly amountOre: Ore;
  readonly purpose: Part | null;
  readonly order: readonly Part[];
  readonly reference: string | null;
}

/** One claim, as its history adds up. */
export interface Case {
  readonly number: number;
  readonly version: number;
  /** The latest "today" any event was recorded on. */
  readonly recordedOn: LocalDate;
  readonly registeredOn: LocalDate;
  readonly claim: ClaimRegistered;
  readonly letters: readonly Letter[];
  readonly movements: readonly Movement[];
}

/** A history that contradicts itself: damage, or a bug, never a user's mistake. */
export class BrokenHistory extends Error {}

/** What a history adds up to. Events come in order of version, the registration first. */
export function evolve(number: number, events: readonly CaseEvent[]): Case {
  const [first, ...rest] = events;
  if (first?.type !== 'claimRegistered')
    throw new BrokenHistory(`case ${number} does not begin with a registration`);
  const registered: Case = {
    number,
    version: first.version,
    recordedOn: first.recordedOn,
    registeredOn: first.recordedOn,
    claim: first,
    letters: [],
    movements: [],
  };
  return rest.reduce(apply, registered);
}

/** The case after one more event. */
export function apply(before: Case, event: CaseEvent): Case {
  if (event.version !== before.version + 1) {
    throw new BrokenHistory(`case ${before.number}: event ${event.version} follows ${before.version}`);
  }
  const recordedOn = event.recordedOn > before.recordedOn ? event.recordedOn : before.recordedOn;
  return { ...before, ...change(before, event), version: event.version, recordedOn };
}

function change(before: Case, event: CaseEvent): Partial<Case> {
  switch (event.type) {
    case 'claimRegistered':
      throw new BrokenHistory(`case ${before.number} is registered twice`);
    case 'letterGenerated': {
      const { letter: id, happenedOn: date } = event;
      const fresh = { state: 'generated', sentOn: null, sentVersion: null, channel: null } as const;
      return {
        letters: [...before.letters, { id, date, made: event, madeVersion: event.version, ...fresh }],
      };
    }
    case 'letterSent':
      return changeLetter(before, event.letter, {
        state: 'sent',
        sentOn: event.happenedOn,
        sentVersion: event.version,
        channel: event.channel,
      });
    case 'letterWithdrawn':
      return changeLetter(before, event.letter, { state: 'withdrawn' });
    case 'paymentReceived': {
      const { amountOre, purpose, order, reference, version } = event;
      const movement: Movement = {
        kind: 'payment',
        on: event.happenedOn,
        version,
        amountOre,
        purpose,
        order,
        reference,
      };
      return { movements: [...before.movements, movement] };
    }
  }
}

function changeLetter(before: Case, id: number, changes: Partial<Letter>): Partial<Case> {
  if (!before.letters.some((letter) => letter.id === id)) {
    throw new BrokenHistory(`case ${before.number} has no letter ${id}`);
  }
  return { letters: before.letters.map((letter) => (letter.id === id ? { ...letter, ...changes } : letter)) };
}

/** The letters sent, before registration and since, oldest first. The fee is the one the Act counts (F5). */
export function sentLetters(c: Case): SentLetter[] {
  const made = c.letters.flatMap(({ made, sentOn }) =>
    sentOn === null ? [] : [{ step: made.step, sentOn, deadline: made.deadline, feeOre: made.lawfulFeeOre }],
  );
  return [...c.claim.history, ...made].sort((a, b) =>
    a.sentOn < b.sentOn ? -1 : a.sentOn > b.sentOn ? 1 : 0,
  );
}

/** The letter that is made and neither confirmed nor withdrawn: there is never more than one. */
export function unconfirmedLetter(c: Case): Letter | null {
  return c.letters.find((letter) => letter.state === 'generated') ?? null;
}

/** The day after which interest runs (I3): the due date, or the day before an agreed start (I8). */
export function interestAfter(claim: ClaimRegistered): LocalDate {
  return claim.interestFrom === null ? claim.effectiveDue : addDays(claim.interestFrom, -1);
}

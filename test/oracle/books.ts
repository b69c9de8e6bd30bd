import type { CaseEvent } from '../../src/case/events.js';
import { plusDays } from './calendar.js';
import { oracleInterest, type OracleCount, type Reduction } from './interest.js';
import type { OracleRates } from './rates.js';

// A naive second opinion on one claim for the reports: its events read one by one on a given day, everything counted
// anew. Only what had happened by the day counts; what was corrected since never happened.

export type Part = 'costs' | 'interest' | 'principal';
type Split = Record<Part, number>;

export interface OracleReceipt extends Split {
  readonly kind: 'payment' | 'credit note' | 'given up';
  readonly on: string;
  readonly afterLoss: boolean;
}

export interface OracleBooks {
  readonly exists: boolean;
  /** Among what is outstanding. */
  readonly onTheBooks: boolean;
  readonly open: Split;
  readonly claimed: Split;
  readonly compensation: number;
  readonly receipts: readonly OracleReceipt[];
  /** When it was booked as a loss, or closed. */
  readonly left: { readonly on: string; readonly version: number } | null;
}

const none = (): Split => ({ costs: 0, interest: 0, principal: 0 });
const total = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);
const ALL: readonly Part[] = ['costs', 'interest', 'principal'];

export function oracleBooks(
  events: readonly CaseEvent[],
  day: string,
  count: OracleCount,
  rates: OracleRates,
): OracleBooks {
  const claim = events[0];
  if (claim?.type !== 'claimRegistered') throw new Error('no registration');
  const arose = claim.happenedOn < claim.due ? claim.happenedOn : claim.due;
  const empty = { open: none(), claimed: none(), compensation: 0, receipts: [], left: null };
  if (day < arose) return { exists: false, onTheBooks: false, ...empty };

  const gone = new Set(events.flatMap((event) => (event.type === 'undone' ? [event.undoes] : [])));
  let happened = events.filter((event) => !gone.has(event.version) && event.happenedOn <= day);
  const reversed = new Set(happened.flatMap((e) => (e.type === 'paymentReversed' ? [e.reverses] : [])));
  happened = happened.filter((event) => !reversed.has(event.version));

  const barred = happened.some(
    (event) => event.type === 'disputeResolved' && (event.outcome === 'upheld' || event.outcome === 'partly'),
  );
  const opening = openingOf(happened);
  const { lost, closed, left } = whereabouts(happened);

  const fees: { on: string; amount: number }[] = [];
  const reductions: Reduction[] = [];
  const settled = none();
  const receipts: OracleReceipt[] = [];
  let inDefault: boolean | null = null;

  const principal = (): number => claim.amountOre - total(reductions.map(({ ore }) => ore));
  const interestOn = (on: string): number => {
    const until = opening !== null && opening < on ? opening : on;
    const after = claim.interestFrom === null ? claim.effectiveDue : plusDays(claim.interestFrom, -1);
    const lines = oracleInterest({ claimOre: claim.amountOre, after, reductions, until, count }, rates);
    return total(lines.map((line) => line.amountOre));
  };
  const costsNow = (): { amount: number; compensation: number } => {
    const sum = total(fees.map(({ amount }) => amount));
    if (barred) return { amount: 0, compensation: 0 };
    if (claim.charge === 'fees' || inDefault !== true) return { amount: sum, compensation: 0 };
    const flat = 100 * Number(rates.on('standardkompensasjon', plusDays(claim.effectiveDue, 1)));
    return sum > flat ? { amount: sum, compensation: 0 } : { amount: flat, compensation: flat };
  };
  const openPart = (part: Part, on: string): number => {
    if (part === 'principal') return principal();
    return (part === 'costs' ? costsNow().amount : interestOn(on)) - settled[part];
  };
  const openOn = (on: string): Split => ({
    costs: openPart('costs', on),
    interest: openPart('interest', on),
    principal: principal(),
  });
  // S1: an objection that was right takes its amount off before anything else happens, on a day before all days; one to
  // the whole claim takes with it what had been credited of it.
  const nothingOwed = happened.some((event) => {
    if (event.type !== 'disputeResolved' || event.outcome !== 'upheld') return false;
    const answered = happened.findLast((e) => e.type === 'disputed' && e.version < event.version);
    return answered?.type === 'disputed' && answered.partOre === null;
  });
  const neverOwed = (event: CaseEvent): boolean =>
    (event.type === 'disputeResolved' && event.reducedOre > 0) ||
    (nothingOwed && event.type === 'creditNoted');
  const meet = (event: CaseEvent, kind: OracleReceipt['kind'], ore: number, order: readonly Part[]): void => {
    const took = none();
    let rest = ore;
    for (const part of order) {
      if (rest === 0) break;
      took[part] = Math.min(rest, openPart(part, event.happenedOn));
      rest -= took[part];
    }
    settled.costs += took.costs;
    settled.interest += took.interest;
    const reducedOn = neverOwed(event) ? '1900-01-01' : event.happenedOn;
    if (took.principal > 0) reductions.push({ on: reducedOn, ore: took.principal });
    const { happenedOn: on, version } = event;
    const later = left !== null && (on > left.on || (on === left.on && version > left.version));
    const afterLoss = later && event.type !== 'disputeResolved';
    receipts.push({ kind, on, afterLoss, ...took });
  };

  const made = new Map(
    events.flatMap((event) => (event.type === 'letterGenerated' ? [[event.letter, event] as const] : [])),
  );
  const passDefault = (on: string): void => {
    if (inDefault === null && on > claim.effectiveDue) inDefault = principal() > 0;
  };
  const dated = happened
    .filter((event) => !neverOwed(event))
    .sort((a, b) =>
      a.happenedOn === b.happenedOn ? a.version - b.version : a.happenedOn < b.happenedOn ? -1 : 1,
    );
  // What the letters charge, the payments meet and the creditor gives up, until the day the claim left the books and after.
  let claimed: Split | null = null;
  let compensation = 0;
  const closeBooks = (on: string): void => {
    passDefault(on);
    claimed = { costs: costsNow().amount, interest: interestOn(on), principal: claim.amountOre };
    ({ compensation } = costsNow());
  };
  for (const event of happened) {
    if (!neverOwed(event)) continue;
    if (event.type === 'disputeResolved') meet(event, 'given up', event.reducedOre, ['principal']);
    else if (event.type === 'creditNoted') meet(event, 'credit note', event.amountOre, ['principal']);
  }
  for (const event of dated) {
    if (claimed === null && left !== null && event.happenedOn > left.on) closeBooks(left.on);
    passDefault(event.happenedOn);
    const { type, happenedOn: on } = event;
    if (type === 'letterSent') {
      const amount = made.get(event.letter)?.lawfulFeeOre ?? 0;
      if (amount > 0 && principal() > 0 && !barred) fees.push({ on, amount });
    } else if (type === 'paymentReceived') {
      const meant = event.purpose ?? (event.amountOre === claim.amountOre ? 'principal' : null);
      const rest = event.order.filter((part) => part !== meant);
      meet(event, 'payment', event.amountOre, [...(meant === null ? [] : [meant]), ...rest]);
    } else if (type === 'creditNoted')
      meet(event, 'credit note', event.amountOre, ['principal', 'costs', 'interest']);
    else if (type === 'waived') {
      if (event.what === 'fees') meet(event, 'given up', openPart('costs', on), ['costs']);
      else if (event.what === 'interest') meet(event, 'given up', openPart('interest', on), ['interest']);
      else meet(event, 'given up', event.amountOre ?? 0, ALL);
    }
  }
  passDefault(day);
  const open = openOn(day);
  if (claimed === null) closeBooks(left?.on ?? day);
  return {
    exists: true,
    onTheBooks: !lost && !closed,
    open,
    claimed: claimed ?? none(),
    compensation,
    receipts,
    left,
  };
}

function whereabouts(happened: readonly CaseEvent[]) {
  let lost = false;
  let closed = false;
  let lossAt: OracleBooks['left'] = null;
  let closedAt: OracleBooks['left'] = null;
  for (const event of happened) {
    const { happenedOn: on, version } = event;
    if (event.type === 'writtenOff') {
      lost = true;
      lossAt = { on, version };
    } else if (event.type === 'closed') {
      closed = true;
      closedAt = { on, version: Infinity };
    } else if (event.type === 'reopened') {
      lost = false;
      closed = false;
      closedAt = null;
    }
  }
  return { lost, closed, left: lossAt ?? closedAt };
}

/** S4: the day the bankruptcy opened, unless the stop for it has been lifted since: one thing a resumption. */
function openingOf(happened: readonly CaseEvent[]): string | null {
  const waits = new Set<string>();
  let stops: { because: string; on: string }[] = [];
  for (const event of happened) {
    const { type } = event;
    if (type === 'putOnHold' || type === 'planAgreed' || type === 'putAside') waits.add(type);
    else if (type === 'letterSent') {
      waits.delete('putOnHold');
      waits.delete('planAgreed');
    } else if (type === 'stopped') {
      stops = stops.filter(({ because }) => because !== event.because);
      stops.push({ because: event.because, on: event.happenedOn });
    } else if (type === 'resumed' && waits.size > 0) waits.clear();
    else if (type === 'resumed') stops.pop();
  }
  return stops.find(({ because }) => because === 'bankruptcy')?.on ?? null;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payments, stopOf, type Case } from '../../src/case/case.js';
import { apply, evolve } from '../../src/case/history.js';
import { claimOn } from '../../src/case/claim.js';
import { decidePayment, decideSent, type Decided } from '../../src/case/decide.js';
import type { CaseEvent, NewEvent } from '../../src/case/events.js';
import { decideLetter } from '../../src/case/letter-plan.js';
import {
  decideClose,
  decideCredit,
  decideDispute,
  decideRefund,
  decideReopen,
  decideResolve,
  decideWaive,
  decideWriteOff,
} from '../../src/case/life.js';
import { decideUndo } from '../../src/case/undo.js';
import type { Judgement } from '../../src/case/judgement.js';
import { decideReversal } from '../../src/case/reversal.js';
import { ACCOUNTS, entriesOf, type Account } from '../../src/export/ledger.js';
import { addDays, daysBetween, type LocalDate } from '../../src/law/dates.js';
import {
  day,
  generated,
  judge,
  kr,
  ratesOf2027,
  registration,
  sent,
  TERMS,
  type ClaimInput,
} from '../support/law.js';

const RATES = ratesOf2027('1988');

/** A claim's history, kept event by event. */
class Books {
  readonly events: CaseEvent[];
  today: LocalDate;

  constructor(input: ClaimInput) {
    const first = registration(input);
    this.events = [first];
    this.today = first.recordedOn;
  }

  get case(): Case {
    return evolve(1, this.events);
  }

  get judgement(): Judgement {
    return judge(this.case, { rates: RATES });
  }

  private add(events: readonly NewEvent[]): void {
    for (const { happenedOn, body } of events) {
      const event = {
        ...body,
        version: this.events.length + 1,
        happenedOn,
        recordedOn: this.today,
      } as CaseEvent;
      apply(this.case, event);
      this.events.push(event);
    }
  }

  /** Takes in what was decided; what is refused did not happen. */
  take(decided: Decided): boolean {
    if (decided.ok) this.add(decided.events);
    return decided.ok;
  }

  send(): void {
    const decision = decideLetter(this.judgement, this.today, { catchUp: true });
    if (decision.kind !== 'letter') return;
    this.add([generated(decision.plan, this.events.length)]);
    const letter = this.case.letters.at(-1);
    if (letter === undefined) return;
    this.take(decideSent(this.judgement, letter, { on: this.today, channel: 'post', electronicBasis: null }));
  }

  pay(ore: number, back = 0): boolean {
    const payment = { amountOre: ore, date: addDays(this.today, -back), purpose: null, reference: null };
    return this.take(decidePayment(this.judgement, payment, this.today));
  }

  get entries(): { type: string; lines: Partial<Record<Account, number>> }[] {
    return entriesOf(1, this.events, TERMS, RATES).map(({ event, postings }) => {
      const lines: Partial<Record<Account, number>> = {};
      for (const { account, amountOre } of postings) lines[account] = (lines[account] ?? 0) + amountOre;
      return { type: event.type, lines };
    });
  }
}

/** Due on Monday 5 January 2026; the first letter with a fee can go on 19 January. */
function overdue(input: Partial<ClaimInput> = {}): Books {
  const books = new Books({ due: '2026-01-05', amountOre: kr(1000), ...input });
  books.today = day('2026-01-19');
  books.send();
  return books;
}

describe('the books of a claim (B2)', () => {
  it('take a fee as income when its letter is sent', () => {
    expect(overdue().entries).toEqual([{ type: 'letterSent', lines: { fees: -3800, receivable: 3800 } }]);
  });

  it('take interest as income when it is paid, and a payment to the bank', () => {
    const books = overdue();
    books.today = day('2026-01-25');
    const open = claimOn(books.case, books.today, TERMS, RATES);
    books.pay(open.openOre);
    expect(books.entries.at(-1)).toEqual({
      type: 'paymentReceived',
      lines: {
        bank: open.openOre,
        interest: -open.interestOre,
        receivable: -(open.openOre - open.interestOre),
      },
    });
    expect(open.interestOre).toBeGreaterThan(0);
  });

  it('show the payment and the interest on the customer as lines of their own', () => {
    const books = overdue();
    books.today = day('2026-01-25');
    books.pay(kr(500));
    const [entry] = entriesOf(1, books.events, TERMS, RATES).slice(-1);
    expect(entry?.postings.map(({ account }) => account)).toEqual([
      'bank',
      'receivable',
      'interest',
      'receivable',
    ]);
    expect(entry?.postings[1]).toEqual({ account: 'receivable', amountOre: -kr(500) });
  });

  it('reverse waived fees, and nothing for waived interest, which was never booked', () => {
    const books = overdue();
    books.today = day('2026-01-25');
    books.take(decideWaive(books.judgement, { what: 'interest', amountOre: null }, books.today));
    expect(books.entries).toHaveLength(1);
    books.take(decideWaive(books.judgement, { what: 'fees', amountOre: null }, books.today));
    expect(books.entries.at(-1)).toEqual({ type: 'waived', lines: { fees: 3800, receivable: -3800 } });
  });

  it('reverse fees, also paid ones, and the sale when an objection was right (F10)', () => {
    const books = overdue();
    books.today = day('2026-01-25');
    books.pay(kr(50));
    books.today = day('2026-01-26');
    books.take(
      decideDispute(books.judgement, { reason: 'x', partOre: kr(100), date: books.today }, books.today),
    );
    books.take(
      decideResolve(books.judgement, { outcome: 'upheld', reason: 'x', reducedOre: null }, books.today),
    );
    const { lines } = books.entries.at(-1) ?? { lines: {} };
    expect(lines).toMatchObject({ fees: 3800, credits: kr(100) });
    expect(books.entries).toHaveLength(3);
  });

  it('take a loss as what is booked and open, and what is paid later as income', () => {
    const books = overdue();
    books.today = day('2026-02-01');
    books.take(decideWriteOff(books.judgement, 'x', books.today));
    expect(books.entries.at(-1)?.lines).toEqual({ loss: 103_800, receivable: -103_800 });
    books.today = day('2026-03-01');
    books.pay(kr(500));
    expect(books.entries.at(-1)?.lines).toEqual({ bank: kr(500), recovered: -kr(500) });
    books.pay(kr(5000));
    const credit = claimOn(books.case, books.today, TERMS, RATES).creditOre;
    expect(books.entries.at(-1)?.lines).toEqual({
      bank: kr(5000),
      recovered: -(kr(5000) - credit),
      receivable: -credit,
    });
    books.take(decideRefund(books.judgement, credit, books.today, books.today));
    expect(books.entries.at(-1)?.lines).toEqual({ bank: -credit, receivable: credit });
  });

  it('undo what was undone by an entry of its own', () => {
    const books = overdue();
    books.today = day('2026-02-01');
    books.take(decideWriteOff(books.judgement, 'x', books.today));
    books.take(decideUndo(books.events, books.today));
    expect(books.entries.map(({ type }) => type)).toEqual(['letterSent', 'writtenOff', 'undone']);
    expect(books.entries.at(-1)?.lines).toEqual({ loss: -103_800, receivable: 103_800 });
  });

  it('take a payment back when the bank does, also one from before the loss', () => {
    const books = overdue();
    books.today = day('2026-01-25');
    books.pay(kr(300));
    const { version, amountOre } = payments(books.case)[0] ?? { version: 0, amountOre: 0 };
    books.today = day('2026-02-01');
    books.take(decideWriteOff(books.judgement, 'x', books.today));
    books.today = day('2026-02-03');
    const reversal = { version, amountOre, date: books.today, reference: null };
    expect(books.take(decideReversal(books.judgement, reversal, books.today))).toBe(true);
    const totals = totalsOf(books);
    expect(totals).toMatchObject({ bank: 0, interest: 0, loss: 103_800, receivable: -100_000 });
  });

  it('book the compensation once, in place of the fees (F9)', () => {
    const books = overdue({ debtorType: 'business', charge: 'compensation' });
    const [first, ...rest] = books.entries;
    expect(first?.lines.fees).toBeLessThan(-kr(300));
    books.today = day('2026-02-20');
    books.send();
    expect(books.entries).toEqual([first, ...rest]);
  });

  it('book fees of letters sent before registration when the claim is registered', () => {
    const history = [sent('purring', '2026-01-20', undefined, 38)];
    const books = new Books({ due: '2026-01-05', registeredOn: '2026-02-10', history });
    expect(books.entries).toEqual([{ type: 'claimRegistered', lines: { fees: -3800, receivable: 3800 } }]);
  });
});

function totalsOf(books: Books): Record<Account, number> {
  const totals = Object.fromEntries(ACCOUNTS.map((account) => [account, 0])) as Record<Account, number>;
  for (const { postings } of entriesOf(1, books.events, TERMS, RATES)) {
    for (const { account, amountOre } of postings) totals[account] += amountOre;
  }
  return totals;
}

const KINDS = [
  ...['send', 'send', 'send', 'pay', 'pay', 'payBack', 'payAll', 'reverse', 'credit', 'refund', 'waiveFees'],
  ...['waiveInterest', 'waiveAmount', 'dispute', 'uphold', 'partly', 'writeOff', 'reopen', 'undo', 'close'],
] as const;

function act(books: Books, kind: (typeof KINDS)[number], size: number): void {
  const { today } = books;
  const claim = claimOn(books.case, today, TERMS, RATES);
  switch (kind) {
    case 'send':
      return books.send();
    case 'pay':
      return void books.pay(size * 700);
    case 'payBack':
      return void books.pay(size * 300, Math.min(size, 40, daysBetween(day('2026-01-05'), today)));
    case 'payAll':
      return void (claim.openOre > 0 && books.pay(claim.openOre + (size % 3) * 500));
    case 'reverse': {
      const last = payments(books.case).at(-1);
      if (last === undefined) return;
      return void books.take(decideReversal(books.judgement, { ...last, date: today }, today));
    }
    case 'credit': {
      const credit = { amountOre: size * 400, noteNumber: null, date: today };
      return void books.take(decideCredit(books.judgement, credit, today));
    }
    case 'refund':
      return void (
        claim.creditOre > 0 && books.take(decideRefund(books.judgement, claim.creditOre, today, today))
      );
    case 'waiveFees':
      return void books.take(decideWaive(books.judgement, { what: 'fees', amountOre: null }, today));
    case 'waiveInterest':
      return void books.take(decideWaive(books.judgement, { what: 'interest', amountOre: null }, today));
    case 'waiveAmount': {
      const amountOre = Math.min(size * 100, claim.openOre);
      return void (
        amountOre > 0 && books.take(decideWaive(books.judgement, { what: 'amount', amountOre }, today))
      );
    }
    case 'dispute':
      return void books.take(
        decideDispute(books.judgement, { reason: 'x', partOre: null, date: today }, today),
      );
    case 'uphold':
    case 'partly': {
      const outcome = kind === 'uphold' ? 'upheld' : 'partly';
      const reducedOre = Math.min(size * 100, claim.principalOre);
      return void books.take(decideResolve(books.judgement, { outcome, reason: 'x', reducedOre }, today));
    }
    case 'writeOff':
      return void books.take(decideWriteOff(books.judgement, 'x', today));
    case 'reopen':
      return void books.take(decideReopen(books.judgement, 'x', today));
    case 'close':
      return void (size > 100 && books.take(decideClose(books.judgement, 'x', today)));
    case 'undo':
      return void books.take(decideUndo(books.events, today));
  }
}

describe('the books over random histories', () => {
  const step = fc.record({
    kind: fc.constantFrom(...KINDS),
    gap: fc.integer({ min: 0, max: 30 }),
    size: fc.integer({ min: 1, max: 120 }),
  });
  const life = fc.record({
    amountOre: fc.integer({ min: 100, max: 500_000 }),
    compensation: fc.boolean(),
    steps: fc.array(step, { minLength: 1, maxLength: 18 }),
  });

  it('balance, entry by entry, and agree with the claim', () => {
    let entries = 0;
    let losses = 0;
    fc.assert(
      fc.property(life, ({ amountOre, compensation, steps }) => {
        const charge = compensation ? 'compensation' : 'fees';
        const books = new Books({ due: '2026-01-05', amountOre, charge, debtorType: 'business' });
        for (const { kind, gap, size } of steps) {
          books.today = addDays(books.today, gap);
          if (books.today > day('2027-11-01')) break;
          act(books, kind, size);
        }
        const all = entriesOf(1, books.events, TERMS, RATES);
        for (const { postings } of all) {
          expect(postings.reduce((sum, { amountOre: ore }) => sum + ore, 0)).toBe(0);
          expect(postings.every(({ amountOre: ore }) => ore !== 0 && Number.isSafeInteger(ore))).toBe(true);
        }
        entries += all.length;
        agree(books, amountOre);
        if (books.case.writtenOff !== null) losses += 1;
      }),
      { numRuns: 600 },
    );
    // The histories reach what they are meant to try.
    expect(entries).toBeGreaterThan(1200);
    expect(losses).toBeGreaterThan(50);
  }, 120_000);

  /** The accounts against the claim, by a way of its own: the customer's account is what is booked and open. */
  function agree(books: Books, amountOre: number): void {
    const c = books.case;
    const totals = totalsOf(books);
    const claim = claimOn(c, c.recordedOn, TERMS, RATES);
    const refunds = c.movements.flatMap((m) => (m.kind === 'refund' ? [m.amountOre] : []));
    const refunded = refunds.reduce((sum, ore) => sum + ore, 0);
    expect(totals.bank).toBe(claim.paidOre - refunded);
    const reversed = c.movements.some((m) => m.kind === 'payment' && m.reversedOn !== null);
    // Money refunded and then taken back by the bank leaves a debt the claim does not show.
    if (reversed && refunded > 0) return;
    const customer = amountOre + totals.receivable;
    if (c.writtenOff === null) {
      expect(customer).toBe(claim.principalOre + claim.costsOre - claim.creditOre);
      expect(totals.recovered).toBe(0);
    } else {
      expect(customer + claim.creditOre).toBe(0);
      expect(-totals.recovered).toBeLessThanOrEqual(claim.recoveredOre);
    }
    if (stopOf(c, 'disputed') === null && c.costsBarred) expect(totals.fees).toBe(0);
  }
});

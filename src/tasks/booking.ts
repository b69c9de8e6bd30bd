import { decidePayment, refuseBackdating, type Decided } from '../case/decide.js';
import { fitAmount, type Match } from '../case/match.js';
import { payments, type Case } from '../case/case.js';
import { decideReversal, lettersWhilePaid } from '../case/reversal.js';
import type { Context } from '../context.js';
import { formatDate, type LocalDate } from '../law/dates.js';
import { formatKroner, type Ore } from '../law/money.js';
import { stepWord } from '../law/steps.js';
import type { Warning } from './answer.js';
import { refused } from './fault.js';
import { takenBack } from './letters.js';

/** Money for one case: a payment that stands, or the taking back of one. */
export interface Booking {
  readonly case: number;
  readonly amountOre: Ore;
  readonly paidOn: LocalDate;
  readonly reference: string | null;
}

/** How an amount fits a case; a payment from the same source and account is known to be another one. */
export function fitCase(
  ctx: Context,
  booking: Booking,
  source: string,
  account: string,
): { match: Match; doubtful: boolean; why: string | null; case: Case } {
  const c = caseNumbered(ctx, booking.case);
  const own = c.movements.length === 0 ? [] : paidFrom(ctx, c.number, source, account);
  const { match, doubtful, why } = fitAmount(
    ctx.store().judgement(c),
    booking.amountOre,
    booking.paidOn,
    new Set(own),
  );
  return { match, doubtful, why, case: c };
}

/** The events of a case that came from a source of an account. */
function paidFrom(ctx: Context, number: number, source: string, account: string): number[] {
  const uses = ctx.store().payments.usesOfCase(number);
  return uses.flatMap((use) => (use.source === source && use.account === account ? [use.version] : []));
}

/** Books a payment from the bank on a case, and names the letter it takes back. @throws UserFault when the case has later events. */
export function bookPayment(ctx: Context, payment: number, booking: Booking, c: Case): Warning[] {
  const { amountOre, paidOn: date, reference } = booking;
  const judgement = ctx.store().judgement(c);
  const decided = decidePayment(judgement, { amountOre, date, purpose: null, reference }, ctx.today);
  return write(ctx, payment, c, decided);
}

/** Takes a payment back on a case, and says which letters were sent while it seemed to stand. */
export function bookReversal(
  ctx: Context,
  payment: number,
  booking: Booking,
  version: number | null,
): Warning[] {
  const c = caseNumbered(ctx, booking.case);
  const { amountOre, paidOn: date, reference } = booking;
  const decided = decideReversal(
    ctx.store().judgement(c),
    { version, amountOre, date, reference },
    ctx.today,
  );
  return [...write(ctx, payment, c, decided), ...reversalWarnings(c, decided)];
}

function reversalWarnings(c: Case, decided: Decided): Warning[] {
  const body = decided.ok ? decided.events[0]?.body : undefined;
  if (body?.type !== 'paymentReversed') return [];
  const payment = payments(c).find((one) => one.version === body.reverses);
  const letters = payment === undefined ? [] : lettersWhilePaid(c, payment);
  if (letters.length === 0) return [];
  const names = letters.map(
    (letter) =>
      `${stepWord(letter.made.step)} (brev ${letter.id}) sendt ${formatDate(letter.sentOn ?? letter.date)}`,
  );
  const message = `Sak ${c.number}: innbetalingen på ${formatKroner(body.amountOre)} er tilbakeført, men var regnet med i ${names.join(' og ')}. Beløpet der er for lavt; neste brev har det riktige.`;
  return [{ code: 'LETTER_SENT_WHILE_PAID', message }];
}

/** Records what is decided; names the letter it takes back. @throws UserFault */
function write(ctx: Context, payment: number, c: Case, decided: Decided): Warning[] {
  const backdated = refuseBackdating(c, ctx.today);
  if (backdated !== null) throw refused(backdated, 'Bruk en senere --as-of.');
  if (!decided.ok) throw refused(decided.refusal);
  ctx.store().record(c, decided.events, ctx.moment());
  ctx.store().payments.addUse(payment, c.number, c.version + 1);
  return takenBack(c, decided.events);
}

export function caseNumbered(ctx: Context, number: number): Case {
  const c = ctx.store().case(number);
  if (c === null) throw new Error(`case ${number} vanished`);
  return c;
}

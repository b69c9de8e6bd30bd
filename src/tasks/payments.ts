import { payments as standingPayments } from '../case/case.js';
import { claimOn } from '../case/claim.js';
import { paymentToReverse } from '../case/reversal.js';
import type { Context } from '../context.js';
import { MATCH_WORDS, type Match } from '../case/match.js';
import { formatDate } from '../law/dates.js';
import { formatKroner, type Ore } from '../law/money.js';
import type { Warning } from './answer.js';
import { bookPayment, bookReversal, caseNumbered } from './booking.js';
import { notFound, usage, UserFault } from './fault.js';
import { readAmount, readCase, readWhole } from './input.js';
import { suggestCases, type Suggestion } from './suggest.js';

type Stored = ReturnType<ReturnType<Context['store']>['payments']['open']>[number];

/** A payment that waits for the user. Amounts in øre. */
export interface OpenPayment {
  readonly payment: number;
  readonly match: string;
  readonly direction: 'in' | 'back';
  readonly amountOre: Ore;
  readonly paidOn: string;
  readonly account: string;
  readonly kid: string | null;
  readonly payer: string | null;
  readonly text: string | null;
  readonly why: string | null;
  readonly file: string;
  readonly where: string;
  /** Cases it may be for; never booked without a word from the user. */
  readonly suggestions: readonly Suggestion[];
}

export interface Settled {
  readonly payment: number;
  readonly cases: readonly number[];
  readonly text: string;
  readonly warnings: readonly Warning[];
}

/** Waiting payments shown at a time; the rest come when these are settled. */
const SHOWN = 500;

export function openPayments(ctx: Context): OpenPayment[] {
  const open = ctx.store().payments.open(SHOWN);
  return suggestCases(ctx, open).map(({ payment: p, suggestions }) => ({
    payment: p.id,
    match: p.match,
    direction: p.direction,
    amountOre: p.amountOre,
    paidOn: p.paidOn,
    account: p.account,
    kid: p.kid,
    payer: p.payer,
    text: p.text,
    why: p.why,
    file: p.file,
    where: p.place,
    suggestions,
  }));
}

/** `17=1001`, or a part: `17=1001:500,00`. @throws UserFault */
export function settlePayment(ctx: Context, text: string): Settled[] {
  const match = /^(\d+)=([^:]+)(?::(.+))?$/.exec(text.trim());
  if (match === null)
    throw usage(
      `--match: «${text}» må ha formen betaling=sak, som 17=1001, eller 17=1001:500,00 for en del.`,
    );
  const [, id = '', reference = '', part] = match;
  const payment = waiting(ctx, id, '--match');
  const number = readCase(ctx, reference).number;
  return [book(ctx, payment, number, part === undefined ? null : readAmount(part, '--match'))];
}

/** A payment that shall not be booked, such as one for something else. @throws UserFault */
export function putAside(ctx: Context, text: string): Settled[] {
  const payment = waiting(ctx, text.trim(), '--aside');
  ctx.store().payments.settle(payment.id, fate(payment, 'Lagt til side.', 'aside'));
  const line = `Betaling ${payment.id} på ${formatKroner(payment.amountOre)} er lagt til side.`;
  return [{ payment: payment.id, cases: [], text: line, warnings: [] }];
}

function fate(payment: Stored, why: string | null, settled: Stored['settled']) {
  return { match: payment.match, why, settled, sameAs: null };
}

function waiting(ctx: Context, id: string, flag: string): Stored {
  const payment = ctx.store().payments.get(readWhole(id, flag));
  if (payment === null)
    throw notFound(`Fant ingen betaling ${id}.`, 'Se dem som venter, med «inkasso import».');
  if (payment.settled === 'open' || payment.settled === 'aside') return payment;
  const uses = ctx.store().payments.usesOfPayment(payment.id);
  const gone = uses.every(
    (use) => !standingPayments(caseNumbered(ctx, use.case)).some((one) => one.version === use.version),
  );
  if (payment.settled === 'booked' && gone && payment.direction === 'in') return payment;
  const where = uses.map((use) => `sak ${use.case}`).join(' og ');
  throw usage(
    payment.settled === 'same'
      ? `Betaling ${id} er den samme som betaling ${String(payment.sameAs)}.`
      : `Betaling ${id} er alt ført på ${where}.`,
    payment.settled === 'same' ? null : 'Er det feil, angrer du med «inkasso undo» på saken først.',
  );
}

/** What of a payment is not on any case yet. */
function restOf(ctx: Context, payment: Stored): Ore {
  const used = ctx
    .store()
    .payments.usesOfPayment(payment.id)
    .flatMap((use) =>
      standingPayments(caseNumbered(ctx, use.case)).filter((one) => one.version === use.version),
    );
  return used.reduce((rest, one) => rest - one.amountOre, payment.amountOre);
}

function book(ctx: Context, payment: Stored, number: number, part: Ore | null): Settled {
  const { id, paidOn, bookedOn, kid, direction } = payment;
  const rest = direction === 'in' ? restOf(ctx, payment) : payment.amountOre;
  const amountOre = part ?? rest;
  if (amountOre > rest) throw usage(`--match: det er bare ${formatKroner(rest)} igjen av betaling ${id}.`);
  const reference = kid === null ? payment.payer : `KID ${kid}`;
  const { payments } = ctx.store();
  if (direction === 'back') {
    const reversed = paymentToReverse(caseNumbered(ctx, number), {
      version: null,
      amountOre,
      date: bookedOn,
      reference,
    });
    const warnings = bookReversal(
      ctx,
      id,
      { case: number, amountOre, paidOn: bookedOn, reference },
      reversed?.version ?? null,
    );
    payments.settle(id, fate(payment, null, 'booked'));
    const text = `Betaling ${id} på ${formatKroner(amountOre)} er tilbakeført på sak ${number}; kravet er åpnet igjen.`;
    return { payment: id, cases: [number], text, warnings };
  }
  const c = caseNumbered(ctx, number);
  const warnings = bookPayment(ctx, id, { case: number, amountOre, paidOn, reference }, c);
  const left = rest - amountOre;
  payments.settle(
    id,
    fate(payment, left > 0 ? `${formatKroner(left)} er ikke ført.` : null, left > 0 ? 'open' : 'booked'),
  );
  const more = left > 0 ? ` ${formatKroner(left)} av den venter fortsatt.` : '';
  const text = `Betaling ${id}: ${formatKroner(amountOre)} er ført på sak ${number}.${more}`;
  return { payment: id, cases: [number], text, warnings };
}

const LATER = 'later';
const ASIDE = 'aside';
const OTHER = 'other';

/** Goes through what waits, one by one, with the person at the keyboard. */
export async function askAboutPayments(ctx: Context): Promise<void> {
  const { ask } = ctx;
  if (ask === null) return;
  const waitingNow = openPayments(ctx);
  if (waitingNow.length === 0) return;
  for (const payment of waitingNow) {
    const choices = [
      ...payment.suggestions.map(({ case: number, why }) => ({
        value: String(number),
        name: `Sak ${number}, ${openOn(ctx, number)} åpent – ${why}`,
      })),
      { value: OTHER, name: 'En annen sak' },
      { value: LATER, name: 'Vent med denne' },
      { value: ASIDE, name: 'Legg den til side: den gjelder noe annet' },
    ];
    const answer = await ask.choose(question(payment), choices);
    if (answer === LATER) continue;
    const target =
      answer === OTHER
        ? await ask.text({ message: 'Saksnummer eller fakturanummer', check: (text) => whyNoCase(ctx, text) })
        : answer;
    await ctx.unit('real', () => Promise.resolve(settleAnswer(ctx, payment.payment, target)));
  }
}

/** What is wrong with a reference somebody typed; null when it names a case. */
function whyNoCase(ctx: Context, text: string): string | null {
  try {
    readCase(ctx, text);
    return null;
  } catch (fault) {
    if (fault instanceof UserFault) return fault.message;
    throw fault;
  }
}

function settleAnswer(ctx: Context, payment: number, target: string): void {
  const settled =
    target === ASIDE ? putAside(ctx, String(payment)) : settlePayment(ctx, `${payment}=${target.trim()}`);
  for (const { text, warnings } of settled)
    for (const said of [text, ...warnings.map(({ message }) => message)]) ctx.say(said);
}

function question(payment: OpenPayment): string {
  const who = payment.payer ?? payment.text ?? 'ukjent betaler';
  const kid = payment.kid === null ? '' : `, KID ${payment.kid}`;
  const sign = payment.direction === 'back' ? '−' : '';
  const why = payment.why === null ? '' : ` ${payment.why}`;
  const match = MATCH_WORDS[payment.match as Match];
  return `Betaling ${payment.payment}: ${sign}${formatKroner(payment.amountOre)} ${formatDate(payment.paidOn as Stored['paidOn'])}, ${who}${kid} (${match}).${why} Hvilken sak?`;
}

function openOn(ctx: Context, number: number): string {
  const store = ctx.store();
  const { terms, rates, case: c } = store.judgement(caseNumbered(ctx, number));
  return formatKroner(claimOn(c, ctx.today, terms, rates).openOre);
}

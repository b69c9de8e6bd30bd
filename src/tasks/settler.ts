import { DAYS_APART, type Match } from '../case/match.js';
import { accountsOf, namedSource, type SourceKind } from '../case/settings.js';
import { formatAccount } from '../case/party.js';
import type { BankPayment, NamedKid } from '../import/payment.js';
import { addDays } from '../law/dates.js';
import { formatKroner, sum } from '../law/money.js';
import { bookPayment, bookReversal, caseNumbered, fitCase, type Booking } from './booking.js';
import type { ImportJob } from './import-kind.js';
import { recordOf, wordsOf, type Outcome } from './payment-record.js';

/** An outcome with what must be written. */
interface Verdict extends Outcome {
  readonly sameAs?: number;
  /** Booked at once, once the payment has its number. */
  readonly book?: (payment: number) => void;
}

const KIND_WORDS: Readonly<Record<SourceKind, string>> = {
  ocr: 'OCR-filer',
  camt: 'camt-filer',
  csv: 'kontoutskrifter (CSV)',
};

function kindOf(source: string): SourceKind {
  return source === 'ocr' ? 'ocr' : source.startsWith('camt') ? 'camt' : 'csv';
}

type Stored = ReturnType<ReturnType<ImportJob['ctx']['store']>['payments']['open']>[number];

/** Settles the movements of one file, one by one: books what is certain, keeps the rest for the user. */
export class Settler {
  private readonly own: readonly string[];
  /** Per account: whether other sources have seen it, and what the user has said it is booked from. */
  private readonly accounts = new Map<string, { elsewhere: boolean; bookedFrom: SourceKind | null }>();
  private source: string | null = null;

  constructor(private readonly job: ImportJob) {
    this.own = accountsOf(job.ctx.store().settings());
  }

  private get payments() {
    return this.job.ctx.store().payments;
  }

  settle(payment: BankPayment, occurrence: number): void {
    this.source = payment.source;
    const verdict = this.judge(payment);
    const { match, why, settled } = verdict;
    const record = this.job.report(recordOf(payment, occurrence, verdict), () => wordsOf(payment, verdict));
    if (record === null) throw new Error('a payment without its record');
    const id = this.payments.add(record, factsOf(payment), {
      match: match ?? 'noKid',
      why,
      settled: settled ?? 'open',
      sameAs: verdict.sameAs ?? null,
    });
    verdict.book?.(id);
  }

  private judge(payment: BankPayment): Verdict {
    if (payment.payerAccount !== null && this.own.includes(payment.payerAccount)) {
      const why = `Fra din egen konto ${formatAccount(payment.payerAccount)}.`;
      return { state: 'skip', match: 'ownTransfer', cases: [], why, settled: 'aside' };
    }
    const seen = this.seenElsewhere(payment);
    if (seen !== null) return seen;
    return payment.direction === 'back' ? this.reversal(payment) : this.incoming(payment);
  }

  private incoming(payment: BankPayment): Verdict {
    const { kids } = payment;
    const [first] = kids;
    if (first === undefined) return ask('noKid', [], this.alikeElsewhere(payment));
    if (kids.length > 1) return this.split(payment);
    const booking = this.bookingFor(payment, first, payment.amountOre);
    return typeof booking === 'string' ? ask('unknownKid', [], booking) : this.fit(payment, [booking]);
  }

  /** One payment for several claims: only where the file says how much is for each. */
  private split(payment: BankPayment): Verdict {
    const stated = payment.kids.flatMap(({ amountOre }) => (amountOre === null ? [] : [amountOre]));
    const bookings = payment.kids.map((named) => this.bookingFor(payment, named, named.amountOre ?? 0));
    const known = bookings.flatMap((booking) => (typeof booking === 'string' ? [] : [booking]));
    const cases = known.map((booking) => booking.case);
    const whole = stated.length === payment.kids.length && sum(stated) === payment.amountOre;
    const different = new Set(cases).size === payment.kids.length;
    if (whole && different) return this.fit(payment, known);
    const why = whole
      ? (bookings.find((booking) => typeof booking === 'string') ?? 'Flere av KID-ene hører til samme sak.')
      : 'Betalingen gjelder flere KID, og filen sier ikke hvor mye som er til hver.';
    return ask('severalKids', cases, why);
  }

  /** The one claim with this KID, or why there is none. */
  private bookingFor(payment: BankPayment, { kid }: NamedKid, amountOre: number): Booking | string {
    const numbers = this.job.ctx.store().cases.withKid(kid);
    const [number] = numbers;
    if (number === undefined) return `Ingen sak har KID ${kid}.`;
    if (numbers.length > 1) return `KID ${kid} finnes på flere saker: ${numbers.join(', ')}.`;
    return { case: number, amountOre, paidOn: payment.paidOn, reference: `KID ${kid}` };
  }

  private fit(payment: BankPayment, bookings: readonly Booking[]): Verdict {
    const fits = bookings.map((booking) => fitCase(this.job.ctx, booking, payment.source, payment.account));
    const doubtful = fits.find((one) => one.doubtful);
    const [first] = fits;
    const cases = bookings.map((booking) => booking.case);
    if (first === undefined) throw new Error('a payment for no case');
    const match =
      doubtful?.match ?? (fits.every((one) => one.match === first.match) ? first.match : 'partial');
    const whys = fits.flatMap((one) => (one.why === null ? [] : [one.why]));
    const why = doubtful?.why ?? (whys.length === 0 ? null : whys.join(' '));
    const hold = this.reasonToAsk(payment);
    if (doubtful !== undefined) return ask(match, cases, why);
    if (hold !== null) return ask(match, cases, hold);
    const book = (id: number): void => {
      bookings.forEach((booking, index) => {
        const c = fits[index]?.case ?? caseNumbered(this.job.ctx, booking.case);
        for (const warning of bookPayment(this.job.ctx, id, booking, c)) this.job.warn(warning);
      });
    };
    return { state: 'add', match, cases, why, settled: 'booked', book };
  }

  /** Why a payment with a known KID still waits for the user. */
  private reasonToAsk(payment: BankPayment): string | null {
    if (!payment.kidStated) return 'KID-en er funnet i teksten; filen sier ikke at det er en KID.';
    const { bookedFrom } = this.accountOf(payment);
    if (bookedFrom === null || bookedFrom === kindOf(payment.source)) return null;
    return `Konto ${formatAccount(payment.account)} føres fra ${KIND_WORDS[bookedFrom]}, og betalingen er ikke sett der.`;
  }

  private reversal(payment: BankPayment): Verdict {
    const { account, amountOre } = payment;
    const kid = kidText(payment);
    if (kid === null) return ask('reversed', [], 'Tilbakeføringen er uten KID.');
    const [waiting] = this.payments.openTwins(account, kid, amountOre);
    if (waiting !== undefined) {
      const why = `Opphever betaling ${waiting.id}, som ikke var ført.`;
      const book = (id: number): void => {
        const gone = `Tilbakeført med betaling ${id}.`;
        this.payments.settle(waiting.id, { match: 'reversed', why: gone, settled: 'aside', sameAs: null });
      };
      return { state: 'skip', match: 'reversed', cases: [], why, settled: 'aside', book };
    }
    return this.reverseBooked(payment, kid);
  }

  private reverseBooked(payment: BankPayment, kid: string): Verdict {
    const uses = this.payments.standingUses(payment.account, kid, payment.amountOre);
    const cases = uses.map((use) => use.case);
    if (uses.length === 0) {
      const why = `Fant ingen innbetaling på ${formatKroner(payment.amountOre)} med KID ${kid} å tilbakeføre.`;
      return ask('reversed', [], why);
    }
    const hold = this.reasonToAsk(payment);
    if (hold !== null) return ask('reversed', cases, hold);
    const book = (id: number): void => {
      for (const { case: number, version, amountOre } of uses) {
        const booking = { case: number, amountOre, paidOn: payment.bookedOn, reference: `KID ${kid}` };
        for (const warning of bookReversal(this.job.ctx, id, booking, version)) this.job.warn(warning);
      }
    };
    return { state: 'add', match: 'reversed', cases, why: 'Kravet er åpnet igjen.', settled: 'booked', book };
  }

  private accountOf(payment: BankPayment): { elsewhere: boolean; bookedFrom: SourceKind | null } {
    const known = this.accounts.get(payment.account);
    if (known !== undefined) return known;
    const sources = this.payments.sourcesOf(payment.account);
    const bookedFrom = namedSource(this.job.ctx.store().settings(), payment.account);
    const elsewhere = sources.some((source) => source !== payment.source);
    this.accounts.set(payment.account, { elsewhere, bookedFrom });
    this.sayWhichSource(payment, bookedFrom, sources.map(kindOf));
    return { elsewhere, bookedFrom };
  }

  private sayWhichSource(
    { account, source }: BankPayment,
    bookedFrom: SourceKind | null,
    seenBy: readonly SourceKind[],
  ): void {
    const kind = kindOf(source);
    const other = seenBy.find((one) => one !== kind);
    const shown = `Konto ${formatAccount(account)}`;
    if (bookedFrom === null && other !== undefined) {
      const message = `${shown} er sett både i ${KIND_WORDS[other]} og ${KIND_WORDS[kind]}. Det samme føres ikke to ganger. Velg hva som skal føres fra, med «inkasso config set paymentSource ${kind}».`;
      this.job.warn({ code: 'SEVERAL_SOURCES', message });
    }
    if (bookedFrom === null || bookedFrom === kind) return;
    const message = `${shown} føres fra ${KIND_WORDS[bookedFrom]}; denne filen brukes til avstemming (innstillingen paymentSource).`;
    this.job.warn({ code: 'OTHER_SOURCE', message });
  }

  /** The same money seen by another source: it is booked once. */
  private seenElsewhere(payment: BankPayment): Verdict | null {
    if (!this.accountOf(payment).elsewhere) return null;
    const kid = kidText(payment);
    const twin = this.candidates(payment).find((candidate) => kid !== null && candidate.kid === kid);
    if (twin !== undefined) return this.asTwin(payment, twin);
    if (kid !== null) return null;
    const batch = this.payments.batchWithSum(factsOf(payment), ...around(payment));
    if (batch === null) return null;
    const count = batch.count === 1 ? 'betalingen' : `summen av ${batch.count} betalinger`;
    const why = `Det er ${count} som er sett i ${KIND_WORDS[kindOf(batch.source)]} (fra betaling ${batch.id}).`;
    return { state: 'skip', match: 'noKid', cases: [], why, settled: 'same', sameAs: batch.id };
  }

  /** An earlier sighting that waited gives way to this one where this source is the one that books. */
  private asTwin(payment: BankPayment, twin: Stored): Verdict {
    const verdict = payment.direction === 'back' ? this.reversal(payment) : this.incoming(payment);
    if (twin.settled === 'open' && verdict.settled === 'booked') {
      const book = (id: number): void => {
        verdict.book?.(id);
        const why = `Den samme som betaling ${id}.`;
        this.payments.settle(twin.id, { match: twin.match, why, settled: 'same', sameAs: id });
      };
      return { ...verdict, book };
    }
    const why = `Den samme som betaling ${twin.id}, sett i ${KIND_WORDS[kindOf(twin.source)]}.`;
    return { state: 'skip', match: 'duplicate', cases: [], why, settled: 'same', sameAs: twin.id };
  }

  private candidates(payment: BankPayment): readonly Stored[] {
    return this.payments.seenElsewhere(factsOf(payment), ...around(payment));
  }

  /** A payment without KID that may be one another source has seen with KID: not certain enough to leave out. */
  private alikeElsewhere(payment: BankPayment): string | null {
    if (!this.accountOf(payment).elsewhere) return null;
    const [alike] = this.candidates(payment);
    if (alike === undefined) return null;
    return `Kan være den samme som betaling ${alike.id}, sett i ${KIND_WORDS[kindOf(alike.source)]}.`;
  }

  /** Sums on a statement that came before the payments they are the sum of. */
  finish(): void {
    if (this.source === null) return;
    for (const [account, { elsewhere }] of this.accounts) {
      if (!elsewhere) continue;
      for (const lump of this.payments.openWithoutKid(account, this.source)) {
        const batch = this.payments.batchWithSum(lump, ...around(lump));
        if (batch === null) continue;
        const why = `Summen av ${batch.count} betalinger fra betaling ${batch.id}.`;
        this.payments.settle(lump.id, { match: lump.match, why, settled: 'same', sameAs: batch.id });
      }
    }
  }
}

function ask(match: Match, cases: readonly number[], why: string | null): Verdict {
  return { state: 'ask', match, cases, why, settled: 'open' };
}

function around({
  bookedOn,
}: Pick<BankPayment, 'bookedOn'>): [ReturnType<typeof addDays>, ReturnType<typeof addDays>] {
  return [addDays(bookedOn, -DAYS_APART), addDays(bookedOn, DAYS_APART)];
}

function kidText({ kids }: BankPayment): string | null {
  return kids.length === 0 ? null : kids.map(({ kid }) => kid).join(' ');
}

function factsOf(payment: BankPayment) {
  const { source, account, direction, paidOn, bookedOn, amountOre, payer, payerAccount, text, batch } =
    payment;
  const kid = kidText(payment);
  return { source, account, direction, paidOn, bookedOn, amountOre, kid, payer, payerAccount, text, batch };
}

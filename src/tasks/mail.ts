import { decideSent } from '../case/decide.js';
import type { NewEvent } from '../case/events.js';
import type { Context } from '../context.js';
import { mailWords } from '../export/mail-words.js';
import { refuse, type Refusal } from '../law/rules.js';
import type { Warning } from './answer.js';
import { usage } from './fault.js';
import { letterByNumber } from './letters.js';

export interface Mailed {
  readonly letter: number;
  readonly case: number;
  readonly address: string;
  readonly messageId: string;
}

/** A letter that was not sent, or of which nobody knows. */
export interface NotMailed {
  readonly letter: number;
  readonly case: number;
  readonly code: 'MAIL_REFUSED' | 'MAIL_UNKNOWN' | 'MAIL_HELD';
  readonly reason: string;
}

export interface MailResult {
  readonly mailed: readonly Mailed[];
  readonly notMailed: readonly NotMailed[];
}

/** Mail leaves now, whatever `--as-of` says. @throws UserFault */
export function refuseMailOfAnotherDay(ctx: Context): void {
  if (ctx.today === ctx.realToday) return;
  throw usage('E-post sendes i dag; --as-of kan ikke brukes sammen med den.');
}

/** Mails letters by their ids. No other process makes or mails letters meanwhile. @throws UserFault */
export async function mailLetters(ctx: Context, ids: readonly number[]): Promise<MailResult> {
  refuseMailOfAnotherDay(ctx);
  if (ids.length === 0) return { mailed: [], notMailed: [] };
  const unlock = ctx.lockLetters();
  try {
    return await mailEach(ctx, ids);
  } finally {
    unlock();
  }
}

/**
 * Mails letters one by one, each confirmed as sent when the server has taken it. That one is begun is recorded before,
 * so that a letter the server may have taken is never sent twice; it waits for the user instead. Nothing is recorded as
 * sent that was not accepted. Whoever calls holds the lock on letters. @throws UserFault when mail is not set up.
 */
export async function mailEach(ctx: Context, ids: readonly number[]): Promise<MailResult> {
  const mailed: Mailed[] = [];
  const notMailed: NotMailed[] = [];
  if (ids.length === 0) return { mailed, notMailed };
  const mailer = await ctx.mailer();
  try {
    for (const [index, id] of ids.entries()) {
      ctx.progress(index, ids.length, 'e-post');
      const done = await mailOne(ctx, mailer, id);
      if ('code' in done) notMailed.push(done);
      else mailed.push(done);
    }
    ctx.progress(ids.length, ids.length, 'e-post');
  } finally {
    mailer.close();
  }
  return { mailed, notMailed };
}

type Mailer = Awaited<ReturnType<Context['mailer']>>;

async function mailOne(ctx: Context, mailer: Mailer, id: number): Promise<Mailed | NotMailed> {
  const store = ctx.store();
  const { case: c, letter } = letterByNumber(ctx, id);
  const debtor = store.debtors.get(c.claim.debtorId);
  const { email: address, electronicBasis: basis, language } = debtor;
  const no = (code: NotMailed['code'], reason: string): NotMailed => ({
    letter: id,
    case: c.number,
    code,
    reason,
  });
  if (letter.mailing !== null) return no('MAIL_UNKNOWN', alreadyBegun(id, letter.mailing));
  const decision = decideSent(store.judgement(c), letter, {
    on: ctx.today,
    channel: 'email',
    electronicBasis: basis,
  });
  const refusal = decision.ok ? addressRefusal(address) : decision.refusal;
  const stored = store.letters.get(id);
  if (refusal !== null || !decision.ok || address === null || basis === null || stored === null) {
    return no('MAIL_HELD', refusal?.text ?? `Brev ${id} har ingen lagret PDF.`);
  }
  const messageId = mailer.newMessageId();
  const begun: NewEvent = {
    happenedOn: ctx.today,
    body: { type: 'mailStarted', letter: id, address, messageId },
  };
  store.record(c, [begun], ctx.moment());
  const { subject, text, file } = mailWords(id, language, store.settings());
  const outcome = await mailer.send({
    messageId,
    to: address,
    subject,
    text,
    attachment: { name: file, bytes: stored.pdf },
  });
  const after = letterByNumber(ctx, id).case;
  if (outcome.kind === 'accepted') {
    const events = decision.events.map(({ happenedOn, body }) =>
      body.type === 'letterSent'
        ? { happenedOn, body: { ...body, address, basis, messageId } }
        : { happenedOn, body },
    );
    store.record(after, events, ctx.moment());
    return { letter: id, case: c.number, address, messageId };
  }
  if (outcome.kind === 'unknown')
    return no('MAIL_UNKNOWN', `${outcome.text}. ${alreadyBegun(id, messageId)}`);
  const failed: NewEvent = {
    happenedOn: ctx.today,
    body: { type: 'mailFailed', letter: id, messageId, reason: outcome.text },
  };
  store.record(after, [failed], ctx.moment());
  return no('MAIL_REFUSED', outcome.text);
}

function addressRefusal(address: string | null): Refusal | null {
  return address === null ? refuse('L9', 'Skyldneren har ingen e-postadresse.') : null;
}

function alreadyBegun(id: number, messageId: string): string {
  return `Det er ikke kjent om e-posten ${messageId} kom fram til tjeneren. Se i sendte meldinger: kom den fram, bekrefter du med «inkasso sent --letter ${id} --channel email --by-hand»; ellers trekker du brevet tilbake med «inkasso withdraw --letter ${id}».`;
}

/** What was not sent, for the user to read. */
export function mailWarnings(result: MailResult): Warning[] {
  return result.notMailed.map(({ letter, case: number, code, reason }) => ({
    code,
    message: `Brev ${letter} i sak ${number} er ikke sendt med e-post: ${reason}`,
  }));
}

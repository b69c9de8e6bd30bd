import { dirname } from 'node:path';
import { decideSent } from '../case/decide.js';
import { mayBeReachedByMail } from '../case/debtor.js';
import type { NewEvent } from '../case/events.js';
import type { Context } from '../context.js';
import { mailWords } from '../export/mail-words.js';
import { refuse, type Refusal } from '../law/rules.js';
import type { Warning } from './answer.js';
import { printStored } from './batch.js';
import { usage } from './fault.js';
import { letterByNumber, type ChosenLetter } from './letters.js';
import { waiting, type RunResult, type Waiting } from './run.js';

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

/**
 * Mails letters one by one, each confirmed as sent when the server has taken it. That one is begun is recorded before,
 * so that a letter the server may have taken is never sent twice; it waits for the user instead. Nothing is recorded as
 * sent that was not accepted. @throws UserFault when mail is not set up.
 */
export async function mailLetters(ctx: Context, letters: readonly ChosenLetter[]): Promise<MailResult> {
  refuseMailOfAnotherDay(ctx);
  const mailed: Mailed[] = [];
  const notMailed: NotMailed[] = [];
  if (letters.length === 0) return { mailed, notMailed };
  const unlock = ctx.lockLetters();
  const mailer = await ctx.mailer().catch((fault: unknown) => {
    unlock();
    throw fault;
  });
  try {
    for (const [index, { letter }] of letters.entries()) {
      ctx.progress(index, letters.length, 'e-post');
      const done = await mailOne(ctx, mailer, letter.id);
      if ('code' in done) notMailed.push(done);
      else mailed.push(done);
    }
    ctx.progress(letters.length, letters.length, 'e-post');
  } finally {
    mailer.close();
    unlock();
  }
  return { mailed, notMailed };
}

type Mailer = Awaited<ReturnType<Context['mailer']>>;

async function mailOne(ctx: Context, mailer: Mailer, id: number): Promise<Mailed | NotMailed> {
  const store = ctx.store();
  const { case: c, letter } = letterByNumber(ctx, id);
  const debtor = store.debtor(c.claim.debtorId);
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
  const stored = store.letter(id);
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

/** Mails the letters of a run that may go by mail; what is left to post is the print file. */
export async function mailMade(
  ctx: Context,
  run: RunResult,
): Promise<{ result: MailResult; print: string | null; waiting: readonly Waiting[] }> {
  const made = run.letters.flatMap(({ id }) => (id === null ? [] : [letterByNumber(ctx, id)]));
  const result = await mailLetters(
    ctx,
    made.filter((letter) => mayBeReachedByMail(ctx.store().debtor(letter.case.claim.debtorId))),
  );
  const left = made.map(({ letter }) => letter.id);
  return { result, print: printLeft(ctx, run, left, result), waiting: waiting(ctx) };
}

/** The print file again, without the letters that went by e-mail; null when none is left to post. */
function printLeft(
  ctx: Context,
  { print, batch }: RunResult,
  letters: readonly number[],
  { mailed }: MailResult,
): string | null {
  if (print === null || batch === null || mailed.length === 0) return print;
  const left = letters.filter((id) => !mailed.some((one) => one.letter === id));
  if (left.length > 0) return printStored(ctx, left, dirname(print), ctx.today, batch);
  ctx.removeFile(print);
  return null;
}

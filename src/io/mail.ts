import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Settings } from '../case/settings.js';

/** A message on its way. The PDF is what it is about; the words only say that it is there. */
export interface Mail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly attachment: { readonly name: string; readonly bytes: Uint8Array };
}

/**
 * What became of a message: taken by the server, not taken, or not known, when the connection broke after the message
 * had begun to be handed over. `text` never holds the password.
 */
export type MailOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };

export interface Mailer {
  /** A new message's name, by which both sides can find it again. */
  newMessageId(): string;
  send(mail: Mail): Promise<MailOutcome>;
  close(): void;
}

/** Mail cannot be sent as things are set up. In words for the user. */
export class MailSetup extends Error {}

const PATIENCE = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000 };
const COMMAND_TIMEOUT = 30_000;

/** Connects to the creditor's mail server when the first message is sent. TLS always; an unknown certificate is refused. @throws MailSetup */
export async function openMailer(settings: Settings): Promise<Mailer> {
  const { smtpHost: host, smtpPort: port, smtpSecurity, smtpUser: user } = settings;
  const from = settings.smtpFrom ?? settings.email;
  if (host === null) throw new MailSetup('E-posttjeneren er ikke satt (smtpHost).');
  if (from === null) throw new MailSetup('Avsenderadressen er ikke satt (smtpFrom eller email).');
  const password = user === null ? null : await passwordOf(settings);
  const ca = settings.smtpCa === null ? {} : { ca: readPem(settings.smtpCa) };
  const { createTransport } = await import('nodemailer');
  const conversation = new Conversation();
  const transport = createTransport({
    host,
    port,
    secure: smtpSecurity === 'tls',
    requireTLS: true,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...PATIENCE,
    logger: conversation.logger,
    debug: true,
    tls: { minVersion: 'TLSv1.2', ...ca },
    ...(user === null || password === null ? {} : { auth: { user, pass: password } }),
  });
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    newMessageId: () => `<${randomUUID()}@${domain}>`,
    async send({ messageId, to, subject, text, attachment }) {
      conversation.begun = false;
      try {
        await transport.sendMail({
          from: { name: settings.name, address: from },
          to,
          subject,
          text,
          messageId,
          attachments: [
            {
              filename: attachment.name,
              content: Buffer.from(attachment.bytes),
              contentType: 'application/pdf',
            },
          ],
        });
        return { kind: 'accepted' };
      } catch (fault) {
        return outcomeOf(fault, conversation.begun, password === null ? [] : formsOf(user ?? '', password));
      }
    },
    close: () => {
      transport.close();
    },
  };
}

/** An answer from the server is a no; silence is one only before the message began to be handed over. */
function outcomeOf(fault: unknown, begun: boolean, secrets: readonly string[]): MailOutcome {
  const { responseCode, response, message } = fault as {
    responseCode?: number;
    response?: string;
    message?: string;
  };
  const said = response ?? message ?? 'ukjent feil';
  const text = secrets.reduce((shown, secret) => shown.replaceAll(secret, '…'), said);
  const answered = responseCode !== undefined && responseCode >= 400;
  return { kind: answered || !begun ? 'refused' : 'unknown', text };
}

/** The password as it is, and as it is sent: a server may repeat in its answer what it was told. */
function formsOf(user: string, password: string): string[] {
  const sent = [`\u0000${user}\u0000${password}`, password].map((text) =>
    Buffer.from(text).toString('base64'),
  );
  return [password, ...sent];
}

/** Listens to the conversation for one thing: whether the message has begun to be handed over. Writes nothing. */
class Conversation {
  begun = false;

  readonly logger = {
    level: () => undefined,
    trace: () => undefined,
    debug: (entry: unknown, said: unknown) => {
      // The message goes over only when the server has said 354 to DATA.
      const server = (entry as { tnx?: string }).tnx === 'server';
      if (server && typeof said === 'string' && said.startsWith('354')) this.begun = true;
    },
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    fatal: () => undefined,
  };
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new MailSetup(`Fant ikke sertifikatfilen ${path} (smtpCa).`);
  }
}

/** From a file or a command, never from a flag or the database. A command is started directly, without a shell. */
async function passwordOf({ passwordFile, passwordCommand }: Settings): Promise<string> {
  const password =
    passwordFile !== null
      ? readPassword(passwordFile)
      : passwordCommand !== null
        ? await askCommand(passwordCommand)
        : null;
  if (password === null)
    throw new MailSetup('E-postpassordet mangler: sett passwordFile eller passwordCommand.');
  if (password === '') throw new MailSetup('E-postpassordet er tomt.');
  return password;
}

function readPassword(path: string): string {
  try {
    return firstLine(readFileSync(path, 'utf8'));
  } catch {
    throw new MailSetup(`Passordfilen ${path} kan ikke leses.`);
  }
}

async function askCommand(command: string): Promise<string> {
  const [program = '', ...args] = wordsOf(command);
  try {
    const { stdout } = await promisify(execFile)(program, args, {
      timeout: COMMAND_TIMEOUT,
      windowsHide: true,
    });
    return firstLine(stdout);
  } catch {
    // What the command wrote may be the password, or part of it.
    throw new MailSetup(`Passordkommandoen «${program}» mislyktes.`);
  }
}

/** `pass show "mail server"`: words, with quotation marks around those that hold blanks. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

function firstLine(text: string): string {
  return text.split(/\r?\n/)[0] ?? '';
}

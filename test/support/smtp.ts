import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/smtp/${name}`, import.meta.url));

/** The certificate of the server below, made for tests and known to nobody else. */
export const CERTIFICATE = fixture('cert.pem');

/** Another authority's, which did not make the server's. */
export const OTHER_CERTIFICATE = fixture('other.pem');

/** A message as the server got it. */
export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly secure: boolean;
}

export interface Post {
  readonly port: number;
  readonly received: readonly Received[];
  /** Passwords tried. */
  readonly logins: readonly string[];
  close(): Promise<void>;
}

export type Mood = 'takes' | 'refusesRecipient' | 'refusesMessage' | 'hangsUp' | 'hangsUpAfter';

/** A mail server on this machine, with TLS, that takes messages or does what its mood says. */
export async function startPost(mood: () => Mood, options: SMTPServerOptions = {}): Promise<Post> {
  const received: Received[] = [];
  const logins: string[] = [];
  const server = new SMTPServer({
    key: readFileSync(fixture('key.pem')),
    cert: readFileSync(CERTIFICATE),
    disabledCommands: [],
    disableReverseLookup: true,
    onAuth({ username, password }, _session, done) {
      logins.push(password ?? '');
      if (username === 'post' && password === 'hemmelig 1') done(null, { user: username });
      else done(new Error('Feil brukernavn eller passord'));
    },
    onRcptTo(_address, session, done) {
      if (mood() === 'hangsUp') return void destroy(server, session.id);
      done(mood() === 'refusesRecipient' ? smtpError(550, 'No such user here') : null);
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (mood() === 'refusesMessage') return done(smtpError(554, 'Message rejected as spam'));
        received.push({
          from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('latin1'),
          secure: session.secure,
        });
        if (mood() === 'hangsUpAfter') return void destroy(server, session.id);
        done();
      });
    },
    ...options,
  });
  // A connection that breaks is part of what is tried.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    received,
    logins,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** Breaks the line without a word. */
function destroy(server: SMTPServer, session: string): void {
  for (const connection of (server as unknown as { connections: Set<Connection> }).connections) {
    if (connection.session.id === session) connection._socket.destroy();
  }
}

interface Connection {
  readonly session: { readonly id: string };
  readonly _socket: { destroy(): void };
}

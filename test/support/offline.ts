import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import { vi } from 'vitest';

/** Every test runs with the network cut: a connection to another machine is an error, whoever makes it. */
const HERE = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

function refuse(where: string): never {
  throw new Error(`the program reached for the network: ${where}`);
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
  const [first] = args.flat() as [unknown];
  const to: { host?: string; path?: string; port?: number } =
    typeof first === 'object' && first !== null
      ? first
      : { port: Number(first), ...(typeof args[1] === 'string' ? { host: args[1] } : {}) };
  if (to.path === undefined && !HERE.test(typeof to.host === 'string' ? to.host : 'localhost'))
    refuse(`${to.host}:${to.port}`);
  return connect.apply(this, args as Parameters<typeof connect>);
};

vi.spyOn(dgram.Socket.prototype, 'send').mockImplementation(() => refuse('udp'));
const lookup = dns.lookup;
vi.spyOn(dns, 'lookup').mockImplementation((name: string, ...rest: unknown[]) =>
  HERE.test(name) ? (lookup as (...all: unknown[]) => unknown)(name, ...rest) : refuse(name),
);

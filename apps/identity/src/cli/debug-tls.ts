/**
 * `debug tls <address>`: who a server says it is, and whether this house believes it, with the certificates that it trusts.
 * Speaks TLS from the first byte on, as `ldaps`, `submissions` and https do.
 */
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { parseArgs } from 'node:util';
import type { Trusted } from '../tls-client.ts';
import type { Command } from './command.ts';

export const tlsUsage = `Usage:
  gatehouse debug tls <tcp://host:port> [--hostname <name>] [--config <path>]...

Such as: gatehouse debug tls tcp://smtp.example.com:465
'certificates_directory' of the configuration counts beside the certificates of the system.
`;

const timeoutMs = 10_000;

export function debugTls(trusted: Trusted): Command {
  return async (args, io) => {
    const read = readTarget(args);
    if (!read) {
      io.stderr.write(tlsUsage);
      return 2;
    }
    const { host, port, name } = read;
    let socket: TLSSocket;
    try {
      socket = await connected(host, port, name, trusted);
    } catch (cause) {
      io.stderr.write(
        `${host}:${port} does not speak TLS with us: ${cause instanceof Error ? cause.message : cause}\n`,
      );
      return 1;
    }
    try {
      const { name: cipher } = socket.getCipher();
      io.stdout.write(`${socket.getProtocol()}, ${cipher}\n`);
      for (const each of chainOf(socket.getPeerCertificate(true)))
        io.stdout.write(
          `  ${each.subject?.CN ?? 'no name'}, by ${each.issuer?.CN ?? 'nobody'}, good until ${each.valid_to}\n`,
        );
      if (socket.authorized) {
        io.stdout.write(`It is trusted as '${name}'.\n`);
        return 0;
      }
      io.stderr.write(
        `It is not trusted as '${name}': ${socket.authorizationError}. Put its authority into 'certificates_directory', or correct the name.\n`,
      );
      return 1;
    } finally {
      socket.destroy();
    }
  };
}

function connected(host: string, port: number, name: string, trusted: Trusted): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const options = { host, port, servername: name, rejectUnauthorized: false, ...(trusted && { ca: [...trusted] }) };
    const socket = connect(options, () => resolve(socket));
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no answer within ${timeoutMs / 1000} seconds`)));
    socket.once('error', reject);
  });
}

/** From the leaf to the last that was sent or is known; a root is its own issuer. */
function chainOf(leaf: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  for (let each = leaf; each?.raw && !chain.includes(each); each = each.issuerCertificate) chain.push(each);
  return chain;
}

function readTarget(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { hostname: { type: 'string' } },
    });
    const [address = '', ...more] = positionals;
    const url = new URL(address.includes('://') ? address.replace(/^[a-z0-9]+:/i, 'https:') : `https://${address}`);
    if (more.length > 0) return undefined;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    return { host, port: Number(url.port || 443), name: values.hostname ?? host };
  } catch {
    return undefined;
  }
}

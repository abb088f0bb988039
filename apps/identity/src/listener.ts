/** Where and how the server listens: `server.address` and `server.tls` as Node's own options. */
import { readFileSync } from 'node:fs';
import type { RequestListener, Server, ServerOptions } from 'node:http';
import { createServer } from 'node:https';
import type { ListenOptions } from 'node:net';
import type { Configuration } from './config/configuration.ts';

type ServerSection = Configuration['server'];

export function listenOptions(address: ServerSection['address']): ListenOptions & { fd?: number } {
  if (address.kind === 'fd') return { fd: address.descriptor };
  if (address.kind === 'unix') return { path: address.file };
  return { port: address.port, ...(address.host !== '' && { host: address.host }) };
}

/** Mutual TLS when client certificates are named: a peer without one of theirs is not served. */
export function createTlsServer(tls: ServerSection['tls'], options: ServerOptions, handle: RequestListener): Server {
  const mutual = tls.client_certificates.length > 0;
  return createServer(
    {
      ...options,
      cert: readFileSync(tls.certificate),
      key: readFileSync(tls.key),
      ...(mutual && {
        ca: tls.client_certificates.map((path) => readFileSync(path)),
        requestCert: true,
        rejectUnauthorized: true,
      }),
    },
    handle,
  );
}

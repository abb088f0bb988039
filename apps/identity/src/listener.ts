/** Where and how the server listens: `server.address` and `server.tls` as Node's own options. */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import type { ListenOptions } from 'node:net';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { Configuration } from './config/configuration.ts';

type ServerSection = Configuration['server'];

/** Headers and request line; `server.buffers.read` may ask for more, and never gets less. */
const headerBytesMin = 16 * 1024;

export function listenOptions(address: ServerSection['address']): ListenOptions & { fd?: number } {
  if (address.kind === 'fd') return { fd: address.descriptor };
  if (address.kind === 'unix') return { path: address.file };
  return { port: address.port, ...(address.host !== '' && { host: address.host }) };
}

/** Mutual TLS when client certificates are named: a peer without one of theirs is not served. */
export function openServer(section: ServerSection, handle: RequestListener): Server {
  const options: ServerOptions = {
    maxHeaderSize: Math.max(headerBytesMin, section.buffers.read),
    ...timeoutsOf(section),
  };
  if (section.tls.certificate === '') return createServer(options, handle);
  const mutual = section.tls.client_certificates.length > 0;
  return createTlsServer(
    { ...options, ...readTls(section.tls), ...(mutual && { requestCert: true, rejectUnauthorized: true }) },
    handle,
  );
}

/**
 * What a running server takes over from a new configuration: its time limits, and what now stands in its certificate files.
 * Throws when those cannot be used; nothing changes before the answer is called.
 */
export function prepareServer(server: Server, section: ServerSection): () => void {
  const tls = server instanceof TlsServer ? readTls(section.tls) : undefined;
  if (tls) createSecureContext(tls);
  return () => {
    if (tls && server instanceof TlsServer) server.setSecureContext(tls);
    Object.assign(server, timeoutsOf(section));
  };
}

function timeoutsOf({ timeouts }: ServerSection) {
  return {
    requestTimeout: timeouts.read * 1000,
    headersTimeout: timeouts.read * 1000,
    keepAliveTimeout: timeouts.idle * 1000,
  };
}

function readTls(tls: ServerSection['tls']): SecureContextOptions {
  return {
    cert: readFileSync(tls.certificate),
    key: readFileSync(tls.key),
    ...(tls.client_certificates.length > 0 && { ca: tls.client_certificates.map((path) => readFileSync(path)) }),
  };
}

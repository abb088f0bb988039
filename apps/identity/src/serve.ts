/**
 * Composition of the server: configuration → stores → services → application → listen. It decides nothing; what it opens it
 * closes in the opposite order when told to stop.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import { drain, listen, stopOnSignal } from '@gatehouse/web/listen.ts';
import type { Log } from '@gatehouse/web/log.ts';
import { networkList, type PeerReader, peerReader, privateNetworks } from '@gatehouse/web/peer.ts';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import type { Loaded } from './config/load.ts';
import { describePending } from './config/pending.ts';
import { formatProblems } from './config/problem.ts';
import { createTlsServer, listenOptions } from './listener.ts';
import { openServices, type Services } from './services.ts';
import { openStores } from './storage/open-stores.ts';
import { openConfiguredLog } from './telemetry/open-log.ts';
import { trustedCertificates } from './tls-client.ts';

/** Headers and request line; `server.buffers.read` may ask for more, and never gets less. */
const headerBytesMin = 16 * 1024;

/** Resolves once the portal answers. Throws what the rooms throw when they cannot be opened. */
export async function serve(loaded: Loaded): Promise<void> {
  const { configuration } = loaded;
  const { log, reopen } = openConfiguredLog(configuration.log, new Date());
  process.on('SIGHUP', reopen);
  sayWhatWasLoaded(loaded, log);

  warnOfWideTrust(configuration, log);
  const peerOf = peerReader(configuration.server.trusted_proxies);
  const stores = await openStores(
    configuration.storage,
    trustedCertificates(configuration.certificates_directory),
    Date.now,
  );
  const services = await openServices(loaded, { stores, log, peerOf });

  const server = openServer(configuration.server, requestListener(services, peerOf));
  await listen(server, listenOptions(configuration.server.address));
  const portals = [...services.portals];
  log.info({ portals, trusted_proxies: configuration.server.trusted_proxies }, 'Gatehouse is ready');
  stopOnSignal(async () => {
    log.info('Stopping: no new requests, those under way are finished');
    await drain(server);
    await services.close();
  });
}

/** Protocol paths go to the provider of the origin that was asked, all others to the pages. */
export function requestListener(services: Services, peerOf: PeerReader): RequestListener {
  const pages = getRequestListener(createApp(services.app).fetch, { overrideGlobalObjects: false });
  return (req, res) => {
    const { scheme, host } = peerOf(req);
    const provider = services.providers.get(`${scheme}://${host}`);
    if (provider?.handles(pathOf(req.url))) provider.handle(req, res);
    else void pages(req, res);
  };
}

type ServerSection = Loaded['configuration']['server'];

function openServer(section: ServerSection, handle: RequestListener): Server {
  const options = {
    maxHeaderSize: Math.max(headerBytesMin, section.buffers.read),
    requestTimeout: section.timeouts.read * 1000,
    headersTimeout: section.timeouts.read * 1000,
    keepAliveTimeout: section.timeouts.idle * 1000,
  };
  return section.tls.certificate === '' ? createServer(options, handle) : createTlsServer(section.tls, options, handle);
}

function sayWhatWasLoaded({ warnings, pending, configuration }: Loaded, log: Log): void {
  if (warnings.length > 0) log.warn(`The configuration has warnings:\n${formatProblems(warnings)}`);
  if (pending.length > 0) log.warn(describePending(pending));
  const { address } = configuration.server;
  if (address.path !== '' && address.path !== '/')
    log.warn(`The sub-path '${address.path}' of server.address has no effect yet: the portal stands at the root`);
}

/** Whoever may name the address of a caller can pretend to be anybody: the administrator should know that it is many. */
function warnOfWideTrust({ server }: Loaded['configuration'], log: Log): void {
  const { address, trusted_proxies: trusted } = server;
  const onlyHere = address.kind !== 'network' || networkList(['127.0.0.0/8', '::1'])(address.host);
  const all = privateNetworks.every((network) => trusted.includes(network));
  if (onlyHere || !all) return;
  log.warn(
    'Every private address may act as a proxy and name the caller. Write the address of yours into server.trusted_proxies.',
  );
}

function pathOf(url = '/'): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

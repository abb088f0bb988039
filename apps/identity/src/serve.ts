/**
 * Composition of the server: configuration → what lasts → services → listen, and again the services at each reload. It decides
 * nothing; what it opens it closes in the opposite order when told to stop.
 */
import { drain, listen, stopOnSignal } from '@gatehouse/web/listen.ts';
import type { Log } from '@gatehouse/web/log.ts';
import { networkList, privateNetworks } from '@gatehouse/web/peer.ts';
import { settleMemory } from '@gatehouse/web/settle-memory.ts';
import type { Loaded, Refused } from './config/load.ts';
import { describePending } from './config/pending.ts';
import { formatProblems } from './config/problem.ts';
import { openLasting } from './lasting.ts';
import { listenOptions, openServer, prepareServer } from './listener.ts';
import { openGenerations } from './reload/generations.ts';
import { openKeyClock } from './reload/key-clock.ts';
import { sayKeyWarnings, sayWhichKeysSign, signingIds, signingKeysOf, warnOfSuddenKeys } from './reload/key-news.ts';
import { openReload } from './reload/reload.ts';
import { watchSources } from './reload/watch-sources.ts';
import { requestListener } from './request-listener.ts';
import { openServices } from './services.ts';
import { openStores } from './storage/open-stores.ts';
import { openConfiguredLog } from './telemetry/open-log.ts';
import { trustedCertificates } from './tls-client.ts';

/** Resolves once the portal answers. Throws what the rooms throw when they cannot be opened. `read` reads anew. */
export async function serve(first: Loaded, read: () => Loaded | Refused): Promise<void> {
  const { configuration } = first;
  const { log, reopen } = openConfiguredLog(configuration.log, new Date());
  // From the start on: a signal that nobody handles would end the process.
  let onHangUp = reopen;
  process.on('SIGHUP', () => onHangUp());
  sayWhatWasLoaded(first, log);
  warnOfWideTrust(configuration, log);
  const trusted = trustedCertificates(configuration.certificates_directory);
  const lasting = openLasting(await openStores(configuration.storage, trusted, Date.now), log);
  const openedAtMs = Date.now();
  const services = await openServices(first, lasting);
  await services.begin();
  let { surroundings } = services;
  const generations = openGenerations({ handle: requestListener(services), close: services.close }, log);
  const server = openServer(configuration.server, generations.handle);
  let signing = signingIds(configuration, openedAtMs);

  async function apply(loaded: Loaded, which: 'new' | 'in force'): Promise<void> {
    const former = reload.configuration();
    const { configuration: next } = loaded;
    const nowMs = Date.now();
    const isNew = which === 'new';
    const renewServer = isNew ? prepareServer(server, next.server) : undefined;
    const opened = await openServices(loaded, lasting, isNew ? undefined : surroundings);
    try {
      await opened.begin(former);
    } catch (cause) {
      await opened.close();
      throw cause;
    }
    // From here on nothing can fail.
    renewServer?.();
    ({ surroundings } = opened);
    generations.replace({ handle: requestListener(opened), close: opened.close });
    log.level = next.log.level;
    clock.follow(signingKeysOf(next), nowMs);
    warnOfSuddenKeys(former, next, log, nowMs);
    sayWhichKeysSign(signing, next, log, nowMs);
    signing = signingIds(next, nowMs);
    settleMemory();
  }

  const reload = openReload({ first, read, apply, onRead: (sources) => watch.follow(sources), log });
  const watch = watchSources({
    sources: first.sources,
    isWanted: () => reload.configuration().server.watch_configuration,
    changed: () => void reload.request('files'),
    failed: (cause) =>
      log.error({ err: cause }, 'Changes of the configuration may go unseen; send SIGHUP after a change'),
  });
  const clock = openKeyClock({
    nowMs: Date.now,
    turned: () => void reload.request('keys'),
    daily: () => sayKeyWarnings(reload.configuration(), log, Date.now()),
  });
  clock.follow(signingKeysOf(configuration), openedAtMs);
  onHangUp = () => {
    reopen();
    void reload.request('signal');
  };

  await listen(server, listenOptions(configuration.server.address));
  log.info(
    { portals: [...services.portals], trusted_proxies: configuration.server.trusted_proxies },
    'Gatehouse is ready',
  );
  settleMemory();
  stopOnSignal(async () => {
    log.info('Stopping: no new requests, those under way are finished');
    watch.close();
    clock.close();
    await reload.close();
    await drain(server);
    await lasting.afterwards.close();
    await generations.close();
    await lasting.close();
  });
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

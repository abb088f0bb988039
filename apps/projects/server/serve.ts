/**
 * Composition: configuration → stores → services → app → listen; drains on SIGTERM. The one file that knows every room, and
 * decides nothing.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { openAnnouncements } from '@gatehouse/storage/announcements.ts';
import { type DatabaseLocation, openPrepared } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { openVolatile } from '@gatehouse/storage/volatile/open-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { startSweeper } from '@gatehouse/storage/volatile/sweeper.ts';
import { inTurn } from '@gatehouse/web/in-turn.ts';
import { drain, listen } from '@gatehouse/web/listen.ts';
import { isLocalhostName } from '@gatehouse/web/localhost-names.ts';
import type { Log } from '@gatehouse/web/log.ts';
import { refuseNulInAddress } from '@gatehouse/web/nul.ts';
import { peerReader } from '@gatehouse/web/peer.ts';
import { requireSameOrigin } from '@gatehouse/web/same-origin.ts';
import { cookieSealer } from '@gatehouse/web/sealed-cookie.ts';
import { settleMemory } from '@gatehouse/web/settle-memory.ts';
import { getRequestListener } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { workspaceFeature } from './api/feature.ts';
import { answerRefusal } from './api/json.ts';
import { foreignOrigin } from './api/refusal.ts';
import { changesChannel, type Tables, type Workspace } from './api/workspace.ts';
import { createApp } from './app.ts';
import { calendarFeature } from './calendar/routes.ts';
import { readClientAssets } from './client-assets.ts';
import type { Configuration } from './configuration/configuration.ts';
import { failed, foreign, missing, unkeepable } from './explanations.ts';
import { openConfiguredFiles } from './files/open-files.ts';
import { openHealth } from './health/health.ts';
import { partsOf } from './health/parts.ts';
import { healthFeature } from './health/routes.ts';
import { sessionsWord } from './live/hub.ts';
import { openLive } from './live/live.ts';
import { liveFeature } from './live/routes.ts';
import { commentLinksFeature } from './mail/comment-links.ts';
import { openMailer } from './mail/mailer.ts';
import { readCounts } from './metrics/counts.ts';
import { offerMetrics } from './metrics/offer.ts';
import { countUnread } from './notifications/queries.ts';
import { oldAddressesFeature } from './old-addresses.ts';
import { openApiFeature } from './openapi/routes.ts';
import { issueOwnerCode } from './owner/code.ts';
import { hasLocalOwner } from './owner/local.ts';
import type { Owners } from './owner/owners.ts';
import { mountOwnerDoors } from './owner/routes.ts';
import type { PersonTables } from './people/person.ts';
import { findPerson, type People } from './people/settle.ts';
import { attributesOf, carriedLooks } from './preferences/looks.ts';
import { syncGroupMembers } from './projects/group-members.ts';
import { startOwnRounds } from './rounds.ts';
import { routeOf } from './route-of.ts';
import { keptSessionKey, sessionKeyPath } from './session/key.ts';
import { identifyBySession, openSessions, readPerson } from './session/session.ts';
import { loadAssets } from './sign-in/assets.ts';
import { openBackChannel } from './sign-in/back-channel.ts';
import { explanationPage, type Look } from './sign-in/pages.ts';
import { openProvider } from './sign-in/provider.ts';
import { openProviderFetch } from './sign-in/provider-fetch.ts';
import { backChannelPath, mountSignIn } from './sign-in/routes.ts';
import { openTransactions } from './sign-in/transaction.ts';
import { frameMigrations, frameNamespace, workspaceMigrations, workspaceNamespace } from './storage/migrations.ts';
import { openProgress } from './to-dos/progress.ts';
import { readBearer, unlessBearer } from './tokens/bearer.ts';
import { languageOf } from './words/language-of.ts';
import { sayingIn } from './words/say-of.ts';

export type Serving = { readonly port: number; stop(): Promise<void> };

export type ServeOptions = {
  readonly configuration: Configuration;
  readonly log: Log;
  readonly nowMs: () => number;
  /** The built client. */
  readonly clientFolder: string;
};

const sweepMs = 60_000;

/** Opens everything and listens. On a failure what was opened before is closed again. */
export async function serve({ configuration, log, nowMs, clientFolder }: ServeOptions): Promise<Serving> {
  await using opened = new AsyncDisposableStack();
  const { oidc, siteName } = configuration;
  const appUrl = configuration.appUrl || `http://localhost:${configuration.port}`;
  const secure = !isLocalhostName(new URL(appUrl).hostname) || appUrl.startsWith('https:');

  const database = await openPrepared<Tables>(configuration.database, async (fresh) => {
    await migrate(fresh, frameNamespace, frameMigrations);
    await migrate(fresh, workspaceNamespace, workspaceMigrations);
  });
  opened.defer(() => database.close());
  const announcements = await openAnnouncements(configuration.database, database, changesChannel);
  opened.defer(() => announcements.close());
  const volatile = await openVolatile(configuration.database, nowMs);
  opened.defer(() => volatile.close());
  const sweeper = startSweeper(volatile, {
    intervalMs: sweepMs,
    onFailure: (err) => log.warn({ err }, 'Expired values could not be removed'),
  });
  opened.defer(() => sweeper.stop());

  const secret = configuration.sessionPassword || localSessionKey(configuration.database);
  const store = sealedVolatile(volatile, openSealer(secret));
  const sessions = openSessions({
    store,
    nowMs,
    minutes: configuration.sessionMinutes,
    secure,
    onEnded: () => announcements.announce(database.kysely.withTables<never>(), sessionsWord),
  });
  const transactions = openTransactions({ sealer: cookieSealer(secret, nowMs), store, nowMs, secure });
  const fetch = openProviderFetch();
  opened.defer(() => fetch.close());
  const provider = openProvider(oidc, fetch, nowMs);
  const people: People = {
    db: database.kysely.withTables<PersonTables>(),
    dialect: database.dialect,
    nowMs,
    newId: randomUUID,
  };
  const backChannel = openBackChannel({ provider, settings: oidc, fetch, sessions, store, nowMs });
  const peerOf = peerReader(configuration.trustedProxies);
  const addressOf = (c: Context): string => peerOf(c.env.incoming).address;
  const owners = { db: database.kysely, dialect: database.dialect, nowMs, newId: randomUUID };
  const pool = openDigestPool();
  opened.defer(() => pool.close());
  const assets = loadAssets();
  const { stylesheet, mark } = assets;
  const lookOf = (c: Context): Look => ({
    siteName,
    stylesheet,
    mark,
    say: sayingIn(languageOf(c)),
    attributes: attributesOf(carriedLooks(c)),
  });
  const workspace: Workspace = {
    db: database.kysely,
    dialect: database.dialect,
    siteName,
    appUrl,
    announcements,
    sealer: openSealer(secret),
    webhooks: { mayCallPrivate: configuration.webhooksMayCallPrivate },
    mailWorks: configuration.mail !== undefined,
    async endSessions({ issuer, subject }) {
      if (issuer !== null && subject !== null) await sessions.endNamed(issuer, { subject });
    },
    files: openConfiguredFiles(configuration.files, log),
    progress: openProgress(database.kysely),
    now: nowMs,
    newId: randomUUID,
  };
  const providerOrigins = oidc.enabled ? [new URL(oidc.issuer).origin] : [];
  const client = await readClientAssets(clientFolder);

  const identify = identifyBySession(sessions, (id) => findPerson(people.db, id));
  const live = openLive(workspace, log, { countUnread: (ids) => countUnread(database.kysely, ids) });
  opened.defer(() => live.close());
  const mailer = configuration.mail && openMailer({ settings: configuration.mail, siteName, appUrl, now: nowMs });
  opened.use(startOwnRounds(workspace, mailer, log));

  const health = openHealth({
    parts: partsOf({ workspace, provider: oidc.enabled ? provider : undefined }),
    log,
    now: nowMs,
  });
  const metrics = await offerMetrics(configuration.metrics, log, {
    health,
    readCounts: () => readCounts(database.kysely),
    countStreams: () => live.streams,
  });
  if (metrics) opened.use(metrics);

  const sameOrigin = requireSameOrigin({
    ownOrigin: () => appUrl,
    onRefused: (c) =>
      c.req.path.startsWith('/api/')
        ? answerRefusal(c, foreignOrigin())
        : c.html(explanationPage(lookOf(c), foreign), 403),
  });

  const app = createApp({
    contentSecurityPolicy: contentSecurityPolicy(providerOrigins),
    sameOrigin: unlessBearer(exceptAt(backChannelPath, sameOrigin)),
    readPerson: readBearer(workspace, readPerson(identify)),
    refuseNul: exceptBelow(
      '/api/',
      refuseNulInAddress((c) => c.html(explanationPage(lookOf(c), unkeepable), 400)),
    ),
    countRequests: metrics?.countRequests,
    health: healthFeature(health),
    onFailure(error, c) {
      log.error({ err: error, method: c.req.method, route: routeOf(c) }, 'A request failed');
      return c.html(explanationPage(lookOf(c), failed), 500);
    },
    onMissing: (c) => c.html(explanationPage(lookOf(c), missing), 404),
    features: [
      (app) => assets.mount(app),
      (app) =>
        mountSignIn(app, {
          appUrl,
          settings: oidc,
          provider,
          transactions,
          sessions,
          people,
          backChannel,
          lookOf,
          log,
          addressOf,
          originOf(c) {
            const { scheme, host } = peerOf(c.env.incoming);
            return host === '' ? '' : `${scheme}://${host}`;
          },
          hasLocalOwner: () => hasLocalOwner(owners),
          joinProjects: (personId, projects, isFirst) =>
            syncGroupMembers(workspace, personId, projects, { sync: oidc.projectSync, isFirst }),
          nowMs,
        }),
      liveFeature(live, identify),
      (app) => mountOwnerDoors(app, { owners, pool, sessions, lookOf, log, addressOf }),
      calendarFeature(workspace),
      openApiFeature(workspace, lookOf),
      oldAddressesFeature(workspace),
      commentLinksFeature,
      workspaceFeature(workspace, client, log),
    ],
  });

  const server = createServer(inTurn(getRequestListener(app.fetch)));
  await listen(server, { host: configuration.host, port: configuration.port });
  await tellOwnerCode(owners, appUrl, log);
  settleMemory();
  const everything = opened.move();
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : configuration.port,
    async stop() {
      // Streams last as long as their pages: they are ended rather than waited for.
      await live.close();
      await drain(server);
      await everything.disposeAsync();
    },
  };
}

/** The one secret that is ever in the log: docs/decisions/first-owner.md. */
async function tellOwnerCode(owners: Owners, appUrl: string, log: Log): Promise<void> {
  const code = await issueOwnerCode(owners);
  if (code)
    log.warn(`Nobody owns this workspace yet. Sign in, open ${appUrl}/setup/owner within an hour and type: ${code}`);
}

function localSessionKey(location: DatabaseLocation): string {
  if (location.dialect !== 'sqlite') throw new TypeError('PostgreSQL needs a configured session password');
  return keptSessionKey(sessionKeyPath(location.path));
}

/** Signing out is a form that leads on to the provider, and browsers count where a form leads to. */
function contentSecurityPolicy(providerOrigins: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    `form-action ${["'self'", ...providerOrigins].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function exceptAt(path: string, middleware: MiddlewareHandler): MiddlewareHandler {
  return function unlessThere(c, next) {
    return c.req.path === path ? next() : middleware(c, next);
  };
}

function exceptBelow(path: string, middleware: MiddlewareHandler): MiddlewareHandler {
  return function unlessBelow(c, next) {
    return c.req.path.startsWith(path) ? next() : middleware(c, next);
  };
}

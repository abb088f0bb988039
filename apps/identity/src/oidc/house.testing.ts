/**
 * For tests: a provider over real HTTP with the smallest portal that can serve its flows, the client of the guide, and
 * people.
 */
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { parseDigest } from '@gatehouse/password/digest.ts';
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { openVerifiedSecrets } from '@gatehouse/password/verified-secret.ts';
import { type Database, openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { type CountedVolatile, countedVolatile } from '@gatehouse/storage/volatile/counted-volatile.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Volatile } from '@gatehouse/storage/volatile/volatile.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { sayIn } from '@gatehouse/words/say-in.ts';
import type { Expression } from '../config/values/expression.ts';
import type { Directory, Identity } from '../directory/directory.ts';
import { openAttemptLimiter } from '../regulation/limiter.ts';
import { administratorsOf } from '../session/administrators.ts';
import type { PortalSession } from '../session/portal-session.ts';
import type { EndReason } from '../session/session-register.ts';
import { identityMigrations, identityNamespace } from '../storage/migrations.ts';
import type { IdentityTables } from '../storage/tables.ts';
import { Browser } from './browser.testing.ts';
import { openOutgoing } from './calls/outgoing.ts';
import { openLiveGrants } from './consent/live-grants.ts';
import { openRequestLimits } from './engine/request-limits.ts';
import { leaveApplications } from './logout/leave.ts';
import { openLogoutNotices } from './logout/logout-notices.ts';
import { openLogoutSender } from './logout/logout-sender.ts';
import { openSessionLinks } from './logout/session-links.ts';
import type { ClientOptions, OidcOptions } from './options.ts';
import type { DevicePage, ErrorPage } from './pages.ts';
import { type OidcProvider, openProvider } from './provider.ts';
import { type FlowWatch, openFlowWatch } from './refusals/flow-watch.ts';
import { openRefusalRecorder } from './refusals/recorder.ts';
import { openRefusalStore } from './refusals/refusal.store.ts';
import type { KeptRefusal } from './refusals/refusal.ts';
import { type InitialAccessStore, openInitialAccessStore } from './registration/initial-access.store.ts';
import { openRegisteredClientStore, type RegisteredClientStore } from './registration/registered-client.store.ts';
import { openSmallPortal } from './small-portal.testing.ts';

/** The digest of `insecure_secret` that the integration guide prints. */
export const guideSecret =
  '$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng';

export const callback = 'https://leantime.example.com/oidc/callback';

/** The client as the integration guide prints it. */
export const guideClient: ClientOptions = {
  client_id: 'leantime',
  client_name: 'Leantime',
  client_secret: { kind: 'digest', family: 'pbkdf2', text: guideSecret },
  public: false,
  authorization_policy: 'two_factor',
  require_pkce: true,
  pkce_challenge_method: 'S256',
  redirect_uris: [callback],
  scopes: ['openid', 'groups', 'email', 'profile'],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  access_token_signed_response_alg: 'none',
  userinfo_signed_response_alg: 'none',
  token_endpoint_auth_method: 'client_secret_post',
};

export const alice: Identity = {
  username: 'alice',
  displayName: 'Alice Example',
  emails: ['alice@example.com', 'a.example@example.com'],
  groups: ['staff', 'admins'],
  attributes: {
    given_name: 'Alice',
    family_name: 'Example',
    phone_number: '+1 555 0100',
    phone_extension: '12',
    address: { locality: 'Springfield', country: 'US' },
    extra: { badge: 'A-17' },
  },
};
export const bob: Identity = {
  username: 'bob',
  displayName: 'Bob Example',
  emails: [],
  groups: [],
  attributes: { extra: {} },
};

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

export function rsaKey(): KeyObject {
  return rsa;
}

export type HouseOptions = {
  /** The clock of the house; the engine has its own, which is the machine's. */
  readonly nowMs?: () => number;
  readonly clients?: readonly ClientOptions[];
  readonly oidc?: Partial<OidcOptions>;
  readonly volatile?: (nowMs: () => number) => Promise<Volatile> | Volatile;
  readonly database?: Database<IdentityTables>;
  readonly networks?: Readonly<Record<string, readonly string[]>>;
  readonly userAttributes?: ReadonlyMap<string, Expression>;
  readonly cookieKeys?: readonly string[];
  /** How many requests may fail; none counted by default. */
  readonly requestLimits?: Parameters<typeof openRequestLimits>[0];
  /** Resolves the names that applications lead to. */
  readonly lookup?: LookupFunction;
};

export type House = {
  readonly issuer: string;
  readonly provider: OidcProvider;
  /** These are the clients from now on, as after a reload of the configuration. */
  reload(clients: readonly ClientOptions[]): Promise<void>;
  readonly touches: CountedVolatile;
  readonly database: Database<IdentityTables>;
  readonly lines: Record<string, unknown>[];
  readonly pages: ErrorPage[];
  readonly devicePages: DevicePage[];
  readonly selfRegistration: { readonly clients: RegisteredClientStore; readonly tokens: InitialAccessStore };
  /** People the directory knows; a test may take one out. */
  readonly people: Map<string, Identity>;
  readonly sessions: Map<string, PortalSession>;
  /** Judges flows that stopped on the way. */
  readonly flows: FlowWatch;
  /** What was recorded so far, newest first. */
  refusals(): Promise<KeptRefusal[]>;
  /** The portal session is over, and applications are told. */
  endSession(id: string, reason: EndReason): Promise<void>;
  browser(): Browser;
  close(): Promise<void>;
};

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const nowMs = options.nowMs ?? (() => Date.now());
  const database = options.database ?? (await openDatabase<IdentityTables>({ dialect: 'sqlite', path: ':memory:' }));
  await migrate(database, identityNamespace, identityMigrations);
  const touches = countedVolatile((await options.volatile?.(nowMs)) ?? memoryVolatile(nowMs));
  const store = sealedVolatile(touches, openSealer('a key for tests'));
  const lines: Record<string, unknown>[] = [];
  const log = openLog({ level: 'debug', format: 'json' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const pages: ErrorPage[] = [];
  const devicePages: DevicePage[] = [];
  const people = new Map([alice, bob].map((identity) => [identity.username, identity]));
  const directory: Directory = {
    checkPassword: async () => ({ kind: 'refused' }),
    find: async (login) => {
      const identity = people.get(login);
      return identity ? { kind: 'found', identity } : { kind: 'unknown' };
    },
    setPassword: async () => ({ kind: 'unknown' }),
    passwordMark: async () => ({ kind: 'unknown' }),
    close: async () => undefined,
  };
  const pool = openDigestPool();
  const secrets = openVerifiedSecrets(pool);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://auth.localhost:${(server.address() as AddressInfo).port}`;
  const refusalStore = openRefusalStore({ database, nowMs });
  const recorder = openRefusalRecorder({ store: refusalStore, log, nowMs });
  const flows = openFlowWatch({ refusals: recorder, store, log, nowMs });
  const links = openSessionLinks({ database, nowMs, newId: randomUUID });
  const notices = openLogoutNotices({ database, nowMs });
  const sender = openLogoutSender({ notices, tell: (notice) => provider.tellOfLogout(notice), nowMs, log });
  const leave = leaveApplications({
    links,
    store,
    live: openLiveGrants(database.kysely, store, nowMs),
    wake: () => undefined,
  });
  const portal = openSmallPortal({
    ...{ people, store, nowMs },
    async onEnd(id, reason) {
      await leave(id, reason);
      await sender.run();
      await sender.settled();
    },
  });
  const selfRegistration = {
    clients: openRegisteredClientStore({ kysely: database.kysely, sealer: openSealer('a key for tests'), nowMs }),
    tokens: openInitialAccessStore({ kysely: database.kysely, nowMs, newId: randomUUID }),
  };
  const openWith = (clients: readonly ClientOptions[]) =>
    openProvider({
      issuer,
      oidc: { jwks: [{ key: rsa }], ...options.oidc, clients },
      networks: options.networks,
      userAttributes: options.userAttributes,
      isStated: (path) => valueAt({ identity_providers: { oidc: { ...options.oidc, clients } } }, path) !== undefined,
      locate: (path) => ({ file: '/etc/gatehouse/configuration.yml', line: 100 + path.length }),
      store,
      database: database.kysely,
      directory,
      sessions: portal,
      remoteAddress: (req) => String(req.headers['x-test-address'] ?? '203.0.113.7'),
      async verifyClientSecret(clientId, secret, presented) {
        if (secret.kind === 'plaintext') return secret.text === presented;
        const digest = parseDigest(secret.text);
        if (digest.kind !== 'value') throw new TypeError('not a digest');
        const answer = await secrets.verify(clientId, digest.value, presented);
        return answer.kind === 'busy' ? 'busy' : answer.kind === 'match';
      },
      refusals: recorder,
      flows,
      isAdministrator: administratorsOf({ groups: ['admins'], sessions: portal, people: directory }),
      selfRegistration,
      limiter: openAttemptLimiter({ database, nowMs }),
      requestLimits: openRequestLimits(options.requestLimits ?? {}, new Map(), nowMs),
      sayTo: () => sayIn('en'),
      devicePage: (page) => {
        devicePages.push(page);
        return JSON.stringify(page);
      },
      errorPage: (page) => {
        pages.push(page);
        return `<title>Error</title><h1>${page.heading}</h1><p>${page.what}</p>`;
      },
      signOutPage: (page) =>
        `<form method="post" action="${page.action}"><input name="xsrf" value="${page.fields.xsrf}"><button name="logout" value="yes">Sign out</button></form>`,
      signedOutPage: ({ frames = [], onward }) =>
        `<h1>You are signed out</h1>${frames.map(({ url }) => `<iframe src="${url}"></iframe>`).join('')}<a href="${onward}">`,
      endPortalSession: portal.signOut,
      links,
      watchSession: async () => undefined,
      sessionStands: async (id) => portal.sessions.has(id),
      outgoing: openOutgoing({ log, lookup: options.lookup }),
      log,
      nowMs,
      cookieKeys: options.cookieKeys ?? ['a key for cookies in tests'],
    });
  let provider = await openWith(options.clients ?? [guideClient]);

  server.on('request', (req, res) => {
    const url = new URL(req.url ?? '/', issuer);
    if (provider.handles(url.pathname)) return provider.handle(req, res);
    void portal.serve(provider, req, res);
  });

  return {
    issuer,
    get provider() {
      return provider;
    },
    async reload(clients) {
      provider = await openWith(clients);
    },
    touches,
    database,
    lines,
    pages,
    devicePages,
    selfRegistration,
    people,
    sessions: portal.sessions,
    flows,
    async refusals() {
      await recorder.flush();
      return refusalStore.list({ limit: 1000 });
    },
    endSession: portal.endSession,
    browser: () => new Browser(issuer),
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await flows.close();
      await recorder.close();
      await pool.close();
      await touches.close();
      if (!options.database) await database.close();
    },
  };
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((each, part) => (Object(each) as Record<string, unknown>)[part], value);
}

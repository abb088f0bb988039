/**
 * For tests: a provider over real HTTP with the smallest portal that can serve its flows, and a browser that keeps cookies.
 * The portal's sessions are a map; a sign-in is a click that needs no password, because passwords are not this room's.
 */
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
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
import { sayIn } from '@gatehouse/words/say.ts';
import type { Expression } from '../config/values/expression.ts';
import type { Directory, Identity } from '../directory/directory.ts';
import { openAttemptLimiter } from '../regulation/limiter.ts';
import { administratorsOf } from '../session/administrators.ts';
import type { PortalSession } from '../session/portal-session.ts';
import type { EndReason } from '../session/session-register.ts';
import type { ConsentQuestion, Flow } from '../sign-in/flow.ts';
import { identityMigrations, identityNamespace } from '../storage/migrations.ts';
import type { IdentityTables } from '../storage/tables.ts';
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
  const sessions = new Map<string, PortalSession>();
  const directory: Directory = {
    checkPassword: async () => ({ kind: 'refused' }),
    find: async (login) => {
      const identity = people.get(login);
      return identity ? { kind: 'found', identity } : { kind: 'unknown' };
    },
    setPassword: async () => ({ kind: 'unknown' }),
    close: async () => undefined,
  };
  const pool = openDigestPool();
  const secrets = openVerifiedSecrets(pool);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://auth.localhost:${(server.address() as AddressInfo).port}`;
  const portalOf = (req: IncomingMessage) => sessions.get(cookieOf(req, 'portal') ?? '');
  const clients = options.clients ?? [guideClient];
  const refusalStore = openRefusalStore({ database, nowMs });
  const recorder = openRefusalRecorder({ store: refusalStore, log, nowMs });
  const flows = openFlowWatch({ refusals: recorder, store, log, nowMs });
  // A real portal reads its session from the same store: one touch.
  const portalSessions = {
    fromRequest: async (req: IncomingMessage) => {
      const id = cookieOf(req, 'portal');
      if (id !== undefined) await store.get('portal-session', id);
      return portalOf(req);
    },
  };
  const links = openSessionLinks({ database, nowMs, newId: randomUUID });
  const notices = openLogoutNotices({ database, nowMs });
  const sender = openLogoutSender({ notices, tell: (notice) => provider.tellOfLogout(notice), nowMs, log });
  const leave = leaveApplications({
    links,
    store,
    live: openLiveGrants(database.kysely, store, nowMs),
    wake: () => undefined,
  });
  const selfRegistration = {
    clients: openRegisteredClientStore({ kysely: database.kysely, sealer: openSealer('a key for tests'), nowMs }),
    tokens: openInitialAccessStore({ kysely: database.kysely, nowMs, newId: randomUUID }),
  };
  const provider = await openProvider({
    issuer,
    oidc: { jwks: [{ key: rsa }], ...options.oidc, clients },
    networks: options.networks,
    userAttributes: options.userAttributes,
    isStated: (path) => valueAt({ identity_providers: { oidc: { ...options.oidc, clients } } }, path) !== undefined,
    locate: (path) => ({ file: '/etc/gatehouse/configuration.yml', line: 100 + path.length }),
    store,
    database: database.kysely,
    directory,
    sessions: portalSessions,
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
    isAdministrator: administratorsOf({ groups: ['admins'], sessions: portalSessions, people: directory }),
    selfRegistration,
    limiter: openAttemptLimiter({ database, nowMs }),
    requestLimits: openRequestLimits(options.requestLimits ?? {}, nowMs),
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
    endPortalSession: async (req, res) => {
      await endSession(cookieOf(req, 'portal') ?? '', 'sign-out');
      res.appendHeader('set-cookie', 'portal=; path=/; max-age=0');
    },
    links,
    watchSession: async () => undefined,
    sessionStands: async (id) => sessions.has(id),
    outgoing: openOutgoing({ log, lookup: options.lookup }),
    log,
    nowMs,
    cookieKeys: options.cookieKeys ?? ['a key for cookies in tests'],
  });

  async function step(req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
    const id = url.pathname.split('/')[2] ?? '';
    const answer = await provider.findFlow(req, res, id);
    if (answer.kind === 'expired') return send(res, 410, 'expired');
    const wanted = url.searchParams;
    const { flow } = answer;
    if (req.method === 'GET') return send(res, 200, await describe(flow, portalOf(req), people));
    const session = wanted.has('as') ? await startSession(wanted, cookieOf(req, 'portal')) : portalOf(req);
    const identity = people.get(session?.username ?? '');
    if (!session || !identity) return send(res, 403, 'nobody');
    if (wanted.has('as')) res.setHeader('set-cookie', `portal=${session.id}; path=/`);
    const location =
      flow.requiredLevel(identity, '203.0.113.7') === 'deny'
        ? await flow.refuse('policy-denied')
        : wanted.get('consent') === 'deny'
          ? await flow.refuse('consent-denied')
          : await flow.finish(session, identity, consentFrom(wanted));
    res.writeHead(303, { location }).end();
  }

  async function endSession(id: string, reason: EndReason): Promise<void> {
    sessions.delete(id);
    await leave(id, reason);
    await sender.run();
  }

  async function startSession(wanted: URLSearchParams, old: string | undefined): Promise<PortalSession> {
    const before = sessions.get(old ?? '');
    sessions.delete(old ?? '');
    if (before && before.username !== wanted.get('as')) await endSession(before.id, 'replaced');
    const now = nowMs();
    const session: PortalSession = {
      id: randomUUID(),
      cookieDomain: 'auth.localhost',
      username: wanted.get('as') ?? '',
      rememberMe: false,
      createdAtMs: now,
      lastActivityMs: now,
      factors: { password: now, ...(wanted.get('factors') === '2' && { totp: now }) },
    };
    sessions.set(session.id, session);
    return session;
  }

  server.on('request', (req, res) => {
    const url = new URL(req.url ?? '/', issuer);
    if (provider.handles(url.pathname)) return provider.handle(req, res);
    step(req, res, url).catch((error: unknown) => send(res, 500, String(error)));
  });

  return {
    issuer,
    provider,
    touches,
    database,
    lines,
    pages,
    devicePages,
    selfRegistration,
    people,
    sessions,
    flows,
    async refusals() {
      await recorder.flush();
      return refusalStore.list({ limit: 1000 });
    },
    endSession,
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

async function describe(flow: Flow, session: PortalSession | undefined, people: Map<string, Identity>) {
  const identity = people.get(session?.username ?? 'alice');
  const question: ConsentQuestion | undefined =
    identity && (await flow.consentQuestion(identity, session ?? ({} as PortalSession)));
  return JSON.stringify({ about: flow.about, question });
}

function consentFrom(wanted: URLSearchParams) {
  if (!wanted.has('consent')) return undefined;
  return { remember: wanted.get('consent') === 'remember', sharedClaims: wanted.get('claim')?.split(' ') ?? [] };
}

function send(res: ServerResponse, status: number, body: string): void {
  res.writeHead(status, { 'content-type': 'text/plain' }).end(body);
}

function cookieOf(req: IncomingMessage, name: string): string | undefined {
  return req.headers.cookie
    ?.split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

/** Keeps cookies by path, asks for HTML, follows nothing by itself, and counts its requests. */
export class Browser {
  requests = 0;
  readonly #issuer: string;
  readonly #cookies = new Map<string, { value: string; path: string }>();

  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  async go(location: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(location, this.#issuer);
    // `auth.localhost` needs no entry in any hosts file: it is this machine.
    const target = new URL(`${url.pathname}${url.search}`, `http://127.0.0.1:${new URL(this.#issuer).port}`);
    const headers = new Headers(init.headers);
    if (!headers.has('accept')) headers.set('accept', 'text/html,application/xhtml+xml,*/*;q=0.8');
    const cookies = [...this.#cookies]
      .filter(([, cookie]) => url.pathname.startsWith(cookie.path))
      .map(([key, cookie]) => `${key.split(' ')[0]}=${cookie.value}`);
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '));
    this.requests += 1;
    const response = await fetch(target, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** Forgets a cookie, as a person who clears some would. */
  forget(name: string): void {
    for (const key of [...this.#cookies.keys()]) if (key.startsWith(`${name} `)) this.#cookies.delete(key);
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const path = attributes.find((entry) => entry.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
    const key = `${name} ${path}`;
    if (value === '' || attributes.some((entry) => /^(max-age=0|expires=Thu, 01 Jan 1970)/i.test(entry)))
      this.#cookies.delete(key);
    else this.#cookies.set(key, { value, path });
  }
}

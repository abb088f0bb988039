/**
 * A portal for tests: the real app, sessions, users file, bans and one-time codes, over memory and a temporary folder. The
 * application that asks is the test's own flow. Visitors carry a cookie jar, so that a test reads like a browser's visit.
 */
import assert from 'node:assert/strict';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults } from '@gatehouse/password/hash-options.ts';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { DuoServer } from '@gatehouse/testing/duo.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { peerReader } from '@gatehouse/web/peer.ts';
import { paths, pathWith, returnField } from './account/account.paths.ts';
import { type AppServices, createApp } from './app.ts';
import { openAppearanceStore } from './appearance/appearance.store.ts';
import { openLanguages } from './appearance/languages.ts';
import { openLookOf } from './appearance/look-of.ts';
import { openWelcome } from './appearance/welcome.ts';
import type { Directory } from './directory/directory.ts';
import { openFileDirectory } from './directory/file/file-directory.ts';
import { loadAssets } from './pages/assets.ts';
import { openAttemptLimiter } from './regulation/limiter.ts';
import { openRegulation } from './regulation/regulation.ts';
import { openTestEndings } from './session/endings.testing.ts';
import { openPeople } from './session/people.ts';
import { openSessions } from './session/sessions.ts';
import type { ConsentQuestion, Flow, FlowAbout, RequiredLevel } from './sign-in/flow.ts';
import { openPasswordCheck } from './sign-in/password/password.check.ts';
import { openDuoApi } from './sign-in/push/duo-api.ts';
import { openPush } from './sign-in/push/push.ts';
import { openRecovery } from './sign-in/recovery/recovery.ts';
import { methods, openSecondFactors } from './sign-in/second-factors.ts';
import { codeAtStep, stepAt } from './sign-in/totp/totp.code.ts';
import { openTotp } from './sign-in/totp/totp.verify.ts';
import { usualWebauthn } from './sign-in/webauthn/authenticator.testing.ts';
import type { WebauthnOptions } from './sign-in/webauthn/webauthn.options.ts';
import { openWebauthn } from './sign-in/webauthn/webauthn.ts';
import { openMemoryDatabase } from './storage/databases.suite.ts';
import type { IdentityDatabase } from './storage/tables.ts';

export const origin = 'https://auth.example.com';
/** Both can sign in with `<name>-password`; alice has a one-time code factor. Carol is disabled. */
const people = ['alice', 'bob', 'carol'];

/** What a test may turn while the portal runs. */
export type PortalState = {
  nowMs: number;
  directoryDown: boolean;
  /** What happens once, when a password was looked at or a value used up next, and before whoever asked for it is answered. */
  readonly meanwhile: Partial<Record<'checkPassword' | 'consume', () => Promise<unknown>>>;
  readonly gone: Set<string>;
  requiredLevel: RequiredLevel;
  portalLevel: RequiredLevel;
  consent: ConsentQuestion;
  about: FlowAbout;
  flowOpen: boolean;
  readonly finished: string[];
  /** How many recovery codes were left, at each use of one. */
  readonly recovered: number[];
};

export type PortalOptions = {
  readonly portalOrigin?: string;
  readonly services?: Partial<AppServices>;
  readonly webauthn?: Partial<WebauthnOptions>;
  /** Absent: no Duo. */
  readonly duo?: DuoServer;
  /** Closed with the portal. Absent: one in memory. */
  readonly database?: IdentityDatabase;
};

/** Cheap digests: these tests are not about them. */
const cheap = { ...argon2Defaults, memory: 256, iterations: 1 };

export async function openPortal(t: { after(close: () => Promise<void>): void }, options: PortalOptions = {}) {
  const portalUrl = new URL(options.portalOrigin ?? origin);
  const cookieDomain = portalUrl.hostname.replace(/^auth\.example\.com$/, 'example.com');
  const state: PortalState = {
    nowMs: 1_800_000_000_000,
    directoryDown: false,
    meanwhile: {},
    gone: new Set(),
    requiredLevel: 'two_factor',
    portalLevel: 'one_factor',
    consent: { kind: 'not-needed' },
    about: { application: { clientId: 'projects', name: 'Projects', host: 'projects.example.com' } },
    flowOpen: true,
    finished: [],
    recovered: [],
  };
  const nowMs = (): number => state.nowMs;
  const log = openLog({ level: 'silent', format: 'json' });
  const folder = temporaryFolder('portal');
  const path = join(folder.path, 'users.yml');
  await writeFile(path, await usersFile());
  const pool = openDigestPool();
  const file = await openFileDirectory({
    path,
    watch: false,
    hashing: cheap,
    pool,
    log,
    search: { email: false, caseInsensitive: false },
    extraAttributes: {},
  });
  const directory = mayFail(file, state);
  const database = options.database ?? (await openMemoryDatabase());
  t.after(async () => {
    await file.close();
    await pool.close();
    await database.close();
    await folder.remove();
  });
  const sealer = openSealer('an encryption key for tests');
  const limiter = openAttemptLimiter({ database, nowMs });
  const totp = openTotp({
    ...{ database, sealer, limiter, nowMs, randomBytes, newId: randomUUID },
    options: {
      ...{ issuer: 'Gatehouse', algorithm: 'SHA1', digits: 6, periodSeconds: 30, skew: 1, secretBytes: 32 },
      ...{ allowedAlgorithms: ['SHA1'], allowedDigits: [6], allowedPeriodsSeconds: [30], allowReuse: false },
    },
  });
  const key = totp.propose();
  await totp.create('alice', key);
  const rules = { modes: ['user' as const], failuresMax: 3, findTimeMs: 120_000, banTimeMs: 300_000 };
  const regulation = openRegulation({ database, rules, nowMs, newId: randomUUID, log, digestKey: randomBytes(32) });
  const peerOf = peerReader([]);
  const known = openPeople({ directory, refreshInterval: 'always', nowMs });
  const values = sealedVolatile(memoryVolatile(nowMs), sealer);
  const volatile: typeof values = {
    ...values,
    consume: (kind, id) => answered(state, 'consume', values.consume(kind, id)),
  };
  const endings = await openTestEndings({ volatile, people: known, nowMs });
  const sessions = openSessions({
    volatile,
    endings,
    cookies: [
      {
        ...{ domain: cookieDomain, authelia_url: portalUrl, name: 'authelia_session', same_site: 'lax' },
        ...{ expiration: 3600, inactivity: 300, remember_me: 2_592_000 },
      },
    ],
    people: known,
    peerOf,
    nowMs,
    newSecret: () => randomBytes(24).toString('base64url'),
    newId: randomUUID,
  });
  const webauthn = openWebauthn({
    ...{ database, sealer, volatile, limiter, nowMs, newId: randomUUID, randomBytes, onRefused: () => {} },
    options: { ...usualWebauthn, ...options.webauthn },
  });
  const recovery = openRecovery({ database, limiter, nowMs, randomInt });
  const { duo } = options;
  const push =
    duo &&
    openPush({
      ...{ database, volatile, limiter, nowMs, newId: randomUUID, selfEnrolment: true },
      duo: openDuoApi({ ...duo, trusted: undefined, nowMs: Date.now }),
      addressLimits: [{ attemptsMax: 10, windowMs: 60_000 }],
    });
  const offered = methods.filter((method) => duo || method !== 'mobile_push');
  const secondFactors = openSecondFactors({ database, offered, preset: undefined });
  const assets = await loadAssets();
  const languages = await openLanguages({ assetPath: '', onFault: assert.fail });
  const choices = openAppearanceStore(database);
  const places = { cookieDomains: [cookieDomain], ports: [] };
  const addressLimits = [{ attemptsMax: 20, windowMs: 60_000 }];
  const app = createApp({
    checkPassword: openPasswordCheck({ directory, regulation, limiter, addressLimits }),
    ...{ assets, sessions, people: known, regulation, totp, webauthn, nowMs, places },
    ...{ secondFactors, push, recovery, keyScriptPath: assets.keyScriptPath },
    lookOf: openLookOf(
      { theme: 'auto', stylesheetPath: assets.stylesheetPath, iconPath: assets.iconPath, product: 'Gatehouse' },
      languages,
    ),
    languages: languages.offered,
    choices,
    isSecure: () => true,
    welcome: openWelcome(choices, () => true),
    accountNavigation: () => '',
    mayTypeEmail: false,
    onUnavailable: () => {},
    onRefusedCode: () => {},
    onRefusedPush: () => {},
    onPushUnavailable: () => {},
    onRefusedRecovery: () => {},
    onRecovered: async (_visit, left) => void state.recovered.push(left),
    addressOf: (req) => peerOf(req).address,
    findFlow: async (_req, _res, id) =>
      id === 'flow1' && state.flowOpen ? { kind: 'flow', flow: applicationFlow(state) } : { kind: 'expired' },
    portalRules: () => ({ places, requiredLevel: () => state.portalLevel, defaultTarget: undefined }),
    enrolAddress: (returnPath) => pathWith(paths.twoFactor, { [returnField]: returnPath }),
    factorsAddress: paths.twoFactor,
    navigation: () => '',
    agreements: async () => [],
    endProviderSession: async () => [],
    originOf: (req) => (peerOf(req).host === portalUrl.host ? portalUrl.origin : undefined),
    onFailure: () => 'reference',
    ...options.services,
  });
  const code = (): string => codeAtStep(key, stepAt(state.nowMs, key.periodSeconds));
  return {
    app,
    state,
    sessions,
    endings,
    totp,
    webauthn,
    secondFactors,
    push,
    recovery,
    regulation,
    code,
    visitor: () => openVisitor(app),
  };
}

async function usersFile(): Promise<string> {
  const entries = people.map(
    async (name) => `  ${name}:
    displayname: '${name} Example'
    password: '${await generateDigest(cheap, `${name}-password`)}'
    email: ${name}@example.com
    groups: [dev]
    disabled: ${name === 'carol'}
`,
  );
  return `users:\n${(await Promise.all(entries)).join('')}`;
}

async function answered<T>(state: PortalState, what: keyof PortalState['meanwhile'], answer: Promise<T>): Promise<T> {
  const given = await answer;
  const meanwhile = state.meanwhile[what];
  delete state.meanwhile[what];
  await meanwhile?.();
  return given;
}

function mayFail(directory: Directory, state: PortalState): Directory {
  const down = { kind: 'unavailable', cause: new Error('the directory is down') } as const;
  return {
    find: async (login) => {
      if (state.gone.has(login)) return { kind: 'unknown' };
      return state.directoryDown ? down : directory.find(login);
    },
    checkPassword: async (...asked) =>
      state.directoryDown ? down : answered(state, 'checkPassword', directory.checkPassword(...asked)),
    setPassword: async (...given) => (state.directoryDown ? down : directory.setPassword(...given)),
    passwordMark: async (username) => (state.directoryDown ? down : directory.passwordMark(username)),
    close: () => directory.close(),
  };
}

function applicationFlow(state: PortalState): Flow {
  const resume = `${origin}/api/oidc/authorization/flow1`;
  return {
    path: '/sign-in/flow1',
    about: state.about,
    requiredLevel: () => state.requiredLevel,
    consentQuestion: async () => state.consent,
    async finish(session, _identity, consent) {
      const said = consent
        ? ` remember=${consent.remember}${consent.sharedClaims.map((claim) => ` +${claim}`).join('')}`
        : '';
      state.finished.push(`${session.username}${said}`);
      return resume;
    },
    async refuse(reason) {
      state.finished.push(reason);
      return resume;
    },
  };
}

export type Visitor = ReturnType<typeof openVisitor>;

/** A browser: it keeps its cookies and says where its requests come from. */
export function openVisitor(app: ReturnType<typeof createApp>) {
  const jar = new Map<string, string>();

  async function send(
    method: string,
    path: string,
    form: Record<string, string> | URLSearchParams | undefined,
    headers: Record<string, string>,
  ) {
    const sent: Record<string, string> = {
      host: 'auth.example.com',
      ...(form && { origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }),
      ...(jar.size > 0 && { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
      ...headers,
    };
    const init = { method, headers: sent, ...(form && { body: new URLSearchParams(form).toString() }) };
    const response = await app.request(path, init, bindingsOf(path, sent));
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const { status } = response;
    return {
      status,
      location: response.headers.get('location'),
      headers: response.headers,
      text: await response.text(),
    };
  }

  return {
    jar,
    get: (path: string, headers: Record<string, string> = {}) => send('GET', path, undefined, headers),
    post: (path: string, form: Record<string, string> | URLSearchParams, headers: Record<string, string> = {}) =>
      send('POST', path, form, headers),
  };
}

/** The raw request that `@hono/node-server` would hand along. */
function bindingsOf(path: string, headers: Record<string, string>) {
  const incoming = new IncomingMessage(new Socket());
  incoming.url = path;
  incoming.headers = headers;
  return { incoming, outgoing: { getHeader: () => undefined } as unknown as ServerResponse };
}

/**
 * A portal of its own for tests of the account pages: real sessions, rows, mails and HTTP; the clock is the test's, and so
 * are the directory, the database and the way of mails, if it likes.
 */
import assert from 'node:assert/strict';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults } from '@gatehouse/password/hash-options.ts';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { DuoServer } from '@gatehouse/testing/duo.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { drain, listen } from '@gatehouse/web/listen.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { peerReader } from '@gatehouse/web/peer.ts';
import { requireSameOrigin } from '@gatehouse/web/same-origin.ts';
import { securityHeaders } from '@gatehouse/web/security-headers.ts';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { openAfterwards } from '../afterwards.ts';
import { openLanguages } from '../appearance/languages.ts';
import { openLookOf } from '../appearance/look-of.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Directory, Identity } from '../directory/directory.ts';
import { openFileDirectory } from '../directory/file/file-directory.ts';
import { openFilesystemNotifier } from '../notify/filesystem-notifier.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { SayTo } from '../notify/say-to.ts';
import { openTellOwner } from '../notify/tell-owner.ts';
import { openAgreements } from '../oidc/consent/agreements.ts';
import { openConsentMemory } from '../oidc/consent/consent-memory.ts';
import { openLiveGrants } from '../oidc/consent/live-grants.ts';
import { openSubjects } from '../oidc/people/subjects.ts';
import { loadAssets } from '../pages/assets.ts';
import type { PortalEnv } from '../pages/look.ts';
import { closedPolicy } from '../pages/respond.ts';
import { type AttemptLimit, openAttemptLimiter } from '../regulation/limiter.ts';
import { openRegulation } from '../regulation/regulation.ts';
import type { CookieRules } from '../session/cookie.ts';
import { openTestEndings } from '../session/endings.testing.ts';
import { openOwnSessions } from '../session/own-sessions.ts';
import { openPeople } from '../session/people.ts';
import type { FactorTimes } from '../session/portal-session.ts';
import { openSessionRegister } from '../session/session-register.ts';
import { openSessions } from '../session/sessions.ts';
import { openPasswordCheck } from '../sign-in/password/password.check.ts';
import { openDuoApi } from '../sign-in/push/duo-api.ts';
import { openPush } from '../sign-in/push/push.ts';
import { openRecovery } from '../sign-in/recovery/recovery.ts';
import { methods, openSecondFactors } from '../sign-in/second-factors.ts';
import { openTotp, type TotpOptions } from '../sign-in/totp/totp.verify.ts';
import { usualWebauthn } from '../sign-in/webauthn/authenticator.testing.ts';
import type { WebauthnOptions } from '../sign-in/webauthn/webauthn.options.ts';
import { openWebauthn } from '../sign-in/webauthn/webauthn.ts';
import { openMemoryDatabase } from '../storage/databases.suite.ts';
import type { IdentityDatabase } from '../storage/tables.ts';
import { returnField } from './account.paths.ts';
import { type ElevatedSession, openAccount } from './account.ts';
import { openNewPasswords } from './new-passwords.ts';
import { openPasswordPolicy } from './password-policy.ts';
import { accountNavigation } from './places.ts';

export const alicePassword = 'alice has a long password';
const cheap = { ...argon2Defaults, memory: 256, iterations: 1 };
const policyOff: Configuration['password_policy'] = {
  standard: {
    ...{ enabled: false, min_length: 8, max_length: 0 },
    ...{ require_uppercase: false, require_lowercase: false, require_number: false, require_special: false },
  },
  zxcvbn: { enabled: false, min_score: 3 },
};

/** A whole minute of the real time: a browser drops cookies by its own clock. */
export const startMs = Math.floor(Date.now() / 60_000) * 60_000;

export const alice: Identity = {
  username: 'alice',
  displayName: 'Alice',
  emails: ['alice@example.com'],
  groups: [],
  attributes: { extra: {} },
};

export type HouseOptions = {
  readonly identity?: Partial<Identity>;
  /** Which knows alice; closed with the house. Absent: a users file. */
  readonly directory?: Directory;
  readonly totp?: Partial<TotpOptions>;
  readonly webauthn?: Partial<WebauthnOptions>;
  readonly elevatedSession?: Partial<ElevatedSession>;
  /** Closed with the house. Absent: one in memory. */
  readonly database?: IdentityDatabase;
  /** Absent: a file that holds the mail sent last. */
  readonly notifier?: Notifier;
  /** Absent: a mail that failed is not tried again. */
  readonly mailAgainAfterMs?: readonly number[];
  readonly inactivitySeconds?: number;
  /** `regulation.max_retries`. Absent: 3. */
  readonly failuresMax?: number;
  /** Of wrong passwords from one address. Absent: 60 in a minute. */
  readonly passwordLimits?: readonly AttemptLimit[];
  readonly policy?: Partial<Configuration['password_policy']>;
  /** Absent: no Duo. */
  readonly duo?: DuoServer;
};

export async function openHouse(options: HouseOptions = {}) {
  const clock = { ms: startMs };
  const nowMs = () => clock.ms;
  const folder = temporaryFolder('account');
  const mailFile = join(folder.path, 'mail.txt');
  const database = options.database ?? (await openMemoryDatabase());
  const sealer = openSealer('an encryption key for tests');
  const volatile = sealedVolatile(memoryVolatile(nowMs), sealer);
  const limiter = openAttemptLimiter({ database, nowMs });
  const totp = openTotp({
    ...{ database, sealer, limiter, nowMs, randomBytes, newId: randomUUID },
    options: {
      ...{ issuer: 'Gatehouse', algorithm: 'SHA1', digits: 6, periodSeconds: 30, skew: 1, secretBytes: 32 },
      ...{ allowedAlgorithms: ['SHA1'], allowedDigits: [6], allowedPeriodsSeconds: [30], allowReuse: false },
      ...options.totp,
    },
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
      addressLimits: [{ attemptsMax: 50, windowMs: 60_000 }],
    });
  const offered = methods.filter((method) => duo || method !== 'mobile_push');
  const secondFactors = openSecondFactors({ database, offered, preset: undefined });

  const server = createServer();
  await listen(server, { port: 0, host: '127.0.0.1' });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const origin = `http://auth.localhost:${port}`;
  const identity = { ...alice, ...options.identity };
  const usersFile = join(folder.path, 'users.yml');
  const [email] = identity.emails;
  await writeFile(
    usersFile,
    `users:\n  alice:\n    displayname: '${identity.displayName}'\n${email ? `    email: '${email}'\n` : ''}    password: '${await generateDigest(cheap, alicePassword)}'\n`,
  );
  const pool = openDigestPool();
  const directory =
    options.directory ??
    (await openFileDirectory({
      path: usersFile,
      watch: false,
      hashing: cheap,
      search: { email: true, caseInsensitive: false },
      extraAttributes: {},
      pool,
      log: openLog({ level: 'silent', format: 'json' }),
    }));
  const people = openPeople({ directory, refreshInterval: 'always', nowMs });
  const peerOf = peerReader(['127.0.0.1']);
  const cookie: CookieRules = {
    ...{ domain: 'auth.localhost', authelia_url: new URL(origin), name: 'authelia_session' },
    ...{ expiration: 86_400, inactivity: options.inactivitySeconds ?? 86_400 },
    same_site: 'lax',
    remember_me: 'disabled',
  };
  const newSecret = () => randomBytes(24).toString('base64url');
  const register = openSessionRegister(database);
  const endings = await openTestEndings({ register, volatile, cookies: [cookie], people, nowMs });
  const parts = { volatile, cookies: [cookie], people, endings, peerOf, nowMs, newSecret, newId: randomUUID };
  const sessions = openSessions(parts);
  const log: object[] = [];
  const tell = (fields: object, message: string) => void log.push({ ...fields, message });
  const regulation = openRegulation({
    database,
    rules: { modes: ['user'], failuresMax: options.failuresMax ?? 3, findTimeMs: 120_000, banTimeMs: 300_000 },
    nowMs,
    newId: randomUUID,
    digestKey: randomBytes(32),
    log: { warn: tell },
  });
  const passwords = {
    checkPassword: openPasswordCheck({
      ...{ directory, regulation, limiter },
      addressLimits: options.passwordLimits ?? [{ attemptsMax: 60, windowMs: 60_000 }],
    }),
    directory,
    policy: openPasswordPolicy({ ...policyOff, ...options.policy }),
    log: { info: tell, error: tell },
  };
  const assets = await loadAssets();
  const subjects = openSubjects(database.kysely, nowMs);
  const memory = openConsentMemory(database.kysely, nowMs);
  const live = openLiveGrants(database.kysely, volatile, nowMs);
  const agreements = openAgreements({ subjects, memory, live });
  const notifier = options.notifier ?? openFilesystemNotifier({ filename: mailFile, nowMs });
  const sayTo: SayTo = async (_username, otherwise) => otherwise;
  const afterwards = openAfterwards(
    (cause) => tell({ err: cause }, 'What was to follow an answer failed'),
    options.mailAgainAfterMs ?? [],
  );
  afterwards.follow({ directory, people, notifier });
  const tellOwner = openTellOwner({ ...afterwards, sayTo, nowMs, log: { warn: tell } });
  const newPasswords = openNewPasswords({
    ...{ database, directory, tellOwner, nowMs, newId: randomUUID, log: passwords.log },
    shutOut: (username, exceptId) => endings.endAllOf(username, 'password', exceptId),
  });
  const account = openAccount({
    applications: {
      of: async (_req, username) =>
        (await agreements.access(username)).map((access) => ({ ...access, name: `The ${access.clientId}` })),
      withdraw: async (_req, username, clientId) => void (await agreements.withdraw(username, clientId)),
    },
    navigation: accountNavigation({ mayChangePassword: true }),
    ownSessions: openOwnSessions({ register: endings.register, volatile, cookies: [cookie], nowMs }, endings),
    ...{ sessions, people, peerOf, totp, volatile, limiter, nowMs, randomInt, newId: newSecret },
    ...{ webauthn, push, recovery, secondFactors, keyScriptPath: assets.keyScriptPath },
    ...{ notifier, afterwards, sayTo, tellOwner },
    log: { info: tell, warn: tell },
    change: { ...passwords, newPasswords },
    reset: {
      ...{ ...passwords, newPasswords },
      lifespanMs: 300_000,
      startLimits: [{ attemptsMax: 5, windowMs: 600_000 }],
      finishLimits: [{ attemptsMax: 10, windowMs: 60_000 }],
      portalOf: () => new URL(origin),
      mayTypeEmail: true,
      signInPath: '/sign-in/portal',
    },
    signInPath: (returnTo, level) =>
      `/sign-in/portal?${new URLSearchParams({ [returnField]: returnTo, ...(level && { level }) })}`,
    elevatedSession: {
      ...{ codeLifespanMs: 300_000, elevationLifespanMs: 600_000, characters: 8 },
      ...{ requireSecondFactor: false, skipSecondFactor: false },
      startLimits: [{ attemptsMax: 30, windowMs: 600_000 }],
      finishLimits: [{ attemptsMax: 30, windowMs: 600_000 }],
      ...options.elevatedSession,
    },
  });

  const app = new Hono<PortalEnv>();
  const lookOf = openLookOf(
    { theme: 'auto', stylesheetPath: assets.stylesheetPath, iconPath: assets.iconPath, product: 'Gatehouse' },
    await openLanguages({ assetPath: '', onFault: assert.fail }),
  );
  app.use(async (c, next) => {
    c.set('look', lookOf(c.env.incoming));
    await next();
  });
  app.use(securityHeaders(closedPolicy));
  app.use(requireSameOrigin({ ownOrigin: () => origin, onRefused: (c) => c.text('foreign', 403) }));
  // What the sign-in steps do, without their pages.
  app.get('/begin/:factors', async (c) => {
    const factors: FactorTimes = { password: clock.ms, ...(c.req.param('factors') === 'two' && { totp: clock.ms }) };
    const issued = await sessions.begin(c.env.incoming, { username: 'alice', rememberMe: false, factors });
    assert.ok(issued);
    c.header('Set-Cookie', issued.setCookie);
    return c.json(issued.session);
  });
  app.get('/session', async (c) => c.json((await sessions.fromRequest(c.env.incoming)) ?? null));
  app.route('/', assets.routes);
  app.route('/', account);
  server.on('request', getRequestListener(app.fetch));

  return {
    ...{ sessionRegister: register, newPasswords },
    ...{ clock, origin, totp, webauthn, push, recovery, secondFactors, subjects, memory, live },
    ...{ log, database, volatile, directory, usersFile },
    settled: afterwards.settled,
    lastMail: () => readFile(mailFile, 'utf8'),
    async [Symbol.asyncDispose]() {
      await drain(server);
      await afterwards.close();
      await directory.close();
      await pool.close();
      await database.close();
      await folder.remove();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

/** The code of the mail that was sent last. */
export async function codeFromMail(house: House): Promise<string> {
  return /^ {4}(\w+)$/m.exec(await house.lastMail())?.[1] ?? '';
}

/**
 * The rooms of the portal for one configuration, opened in order and handed to one another over what lasts. Maps the
 * configuration to what each room takes; holds no logic of its own.
 */
import { hkdfSync, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type PeerReader, peerReader } from '@gatehouse/web/peer.ts';
import { paths as accountPaths, pathWith, returnField } from './account/account.paths.ts';
import { openAccount } from './account/account.ts';
import { passwordPaths } from './account/password.paths.ts';
import { forgotAddress, passwordPages } from './account/passwords.ts';
import { accountNavigation } from './account/places.ts';
import type { AppServices } from './app.ts';
import { openAppearanceStore } from './appearance/appearance.store.ts';
import { openLanguages } from './appearance/languages.ts';
import { openLookOf } from './appearance/look-of.ts';
import { openSayTo, openWelcome } from './appearance/welcome.ts';
import type { Configuration } from './config/configuration.ts';
import type { Loaded } from './config/load.ts';
import { openDirectory } from './directory/open-directory.ts';
import type { Lasting } from './lasting.ts';
import { recoveryCodeUsedMessage } from './notify/messages.ts';
import { openNotifier } from './notify/open-notifier.ts';
import { openTellOwner } from './notify/tell-owner.ts';
import { templatedNotifier } from './notify/templates.ts';
import { openRegistrations } from './oidc/clients/registrations.ts';
import { openLiveGrants } from './oidc/consent/live-grants.ts';
import { openLeaving } from './oidc/logout/leaving.ts';
import { openProviders, type Providers } from './oidc/open-providers.ts';
import { openInitialAccessStore } from './oidc/registration/initial-access.store.ts';
import { openRegisteredClientStore } from './oidc/registration/registered-client.store.ts';
import { loadAssets } from './pages/assets.ts';
import { attemptLimits, openAttemptLimiter } from './regulation/limiter.ts';
import { nameForLog, openRegulation } from './regulation/regulation.ts';
import { administratorsOf } from './session/administrators.ts';
import { auditedSessions } from './session/audited-sessions.ts';
import { openOwnSessions } from './session/own-sessions.ts';
import { openPeople } from './session/people.ts';
import { openSessionRegister } from './session/session-register.ts';
import { openSessions } from './session/sessions.ts';
import { openDuoApi } from './sign-in/push/duo-api.ts';
import { duoOptions, pushRules } from './sign-in/push/push.options.ts';
import { openPush } from './sign-in/push/push.ts';
import { openRecovery } from './sign-in/recovery/recovery.ts';
import { methods, openSecondFactors } from './sign-in/second-factors.ts';
import { totpOptions } from './sign-in/totp/totp.options.ts';
import { openTotp } from './sign-in/totp/totp.verify.ts';
import { openMetadataStore } from './sign-in/webauthn/metadata/metadata.store.ts';
import { describeAbsence, openMetadata } from './sign-in/webauthn/metadata/metadata.ts';
import { metadataOptions, webauthnOptions } from './sign-in/webauthn/webauthn.options.ts';
import { openWebauthn } from './sign-in/webauthn/webauthn.ts';
import { startHousekeeping } from './storage/housekeeping.ts';
import { trustedCertificates } from './tls-client.ts';

export type Services = {
  readonly app: AppServices;
  /** By origin of the portal. */
  readonly providers: Providers;
  /** Origins under which the portal stands. */
  readonly portals: ReadonlySet<string>;
  readonly peerOf: PeerReader;
  /** To be called when it is certain that these services are used, before their first request. */
  begin(): Promise<void>;
  /** Closes what this configuration opened, once its last request is answered. */
  close(): Promise<void>;
};

/** Throws what the rooms throw when they cannot be opened; what lasts is the caller's to close. */
export async function openServices(loaded: Loaded, lasting: Lasting): Promise<Services> {
  const { configuration } = loaded;
  const { log, database, sealer, volatile, pool, secrets, refusals, refusalStore, flows } = lasting;
  const peerOf = peerReader(configuration.server.trusted_proxies);
  const nowMs = Date.now;
  const newId = randomUUID;
  const trusted = trustedCertificates(configuration.certificates_directory);
  await using opened = new AsyncDisposableStack();
  const directory = await openDirectory(configuration.authentication_backend, { pool, log, trusted, nowMs });
  opened.defer(() => directory.close());
  const plainNotifier = await openNotifier(configuration.notifier, trusted, nowMs);
  if (!configuration.notifier.disable_startup_check) await plainNotifier.check();
  const folder = configuration.notifier.template_path;
  const onFailure = (cause: unknown) => log.error({ err: cause }, 'A mail is sent in the words of the house');
  const notifier = folder ? await templatedNotifier(plainNotifier, { folder, nowMs, onFailure }) : plainNotifier;

  const { branding, privacy_policy: privacy } = configuration;
  const assets = await loadAssets({ folder: configuration.server.asset_path, accent: branding.accent });
  const languages = await openLanguages({
    assetPath: configuration.server.asset_path,
    onFault: (fault) => log.warn(`A translation of server.asset_path is left out: ${fault}`),
  });
  const lookOf = openLookOf(
    {
      theme: configuration.theme,
      stylesheetPath: assets.stylesheetPath,
      iconPath: assets.iconPath,
      product: branding.name,
      logoPath: assets.logoPath,
      privacyPolicyUrl: privacy.enabled ? privacy.policy_url?.href : undefined,
    },
    languages,
  );
  const choices = openAppearanceStore(database);
  const sayTo = openSayTo(choices, languages);
  const refreshInterval = configuration.authentication_backend.refresh_interval;
  const people = openPeople({ directory, refreshInterval, nowMs });
  const { cookies } = configuration.session;
  const leaving = openLeaving({ database, volatile, cookies, people, refreshInterval, nowMs, newId, log });
  const kept = openSessions({
    volatile,
    cookies,
    people,
    endings: leaving.endings,
    peerOf,
    nowMs,
    newSecret: () => randomBytes(24).toString('base64url'),
    newId,
  });
  const sessions = auditedSessions(kept, { log, peerOf });
  const limiter = openAttemptLimiter({ database, nowMs });
  const regulation = openRegulation({ database, rules: regulationRules(configuration), nowMs, newId, log });
  const options = totpOptions(configuration.totp);
  const limits = configuration.server.endpoints.rate_limits;
  const addressLimits = attemptLimits(limits.second_factor_totp);
  const totp = openTotp({ database, sealer, limiter, nowMs, newId, randomBytes, options, addressLimits });

  const asksMakers = metadataOptions(configuration.webauthn);
  const metadata =
    asksMakers && openMetadata({ options: asksMakers, store: openMetadataStore(database), trusted, nowMs, log });
  // The portal does not wait for the metadata service: whoever adds a key does.
  void metadata?.prepare().catch((cause: unknown) => log.error({ err: cause }, describeAbsence(asksMakers?.url)));
  const webauthn = openWebauthn({
    ...{ database, sealer, volatile, limiter, nowMs, newId, randomBytes, metadata },
    options: webauthnOptions(configuration.webauthn),
    onRefused: ({ username, address, reason, cause }) =>
      log.warn(
        { remote_ip: address, reason, ...(cause !== undefined && { err: cause }) },
        `Unsuccessful WebAuthn authentication attempt by user '${nameForLog(username ?? '')}'`,
      ),
  });
  const recovery = openRecovery({ database, limiter, nowMs, randomInt });
  const secondFactors = openSecondFactors({ database, ...secondFactorRules(configuration) });
  const duo = configuration.duo_api.disable ? undefined : openDuoApi({ ...duoOptions(configuration), trusted, nowMs });
  const push = duo && openPush({ ...{ duo, database, volatile, limiter, nowMs, newId }, ...pushRules(configuration) });

  const portals = portalOrigins(configuration);
  const originOf = (req: IncomingMessage): string | undefined => {
    const { scheme, host } = peerOf(req);
    const origin = `${scheme}://${host}`;
    return portals.has(origin) ? origin : undefined;
  };
  const isSecure = (req: IncomingMessage): boolean => peerOf(req).scheme === 'https';
  const addressOf = (req: IncomingMessage): string => peerOf(req).address;
  const { kysely } = database;
  const selfRegistration = {
    clients: openRegisteredClientStore({ kysely, sealer, nowMs }),
    tokens: openInitialAccessStore({ kysely, nowMs, newId }),
  };
  const isAdministrator = administratorsOf({ groups: configuration.administration.groups, sessions, people });
  const clients = configuration.identity_providers.oidc?.clients ?? [];
  const registrations = openRegistrations(database.kysely, nowMs);
  const providers = await openProviders(loaded, {
    issuers: [...portals],
    volatile,
    database,
    directory,
    sessions,
    secrets,
    lookOf,
    refusals,
    flows,
    isAdministrator,
    addressOf,
    selfRegistration,
    limiter,
    log,
    nowMs,
    registrationOf: registrations.registrationOf,
    cookieKeys: [cookieKey(configuration.storage.encryption_key)],
    links: leaving.links,
    trusted,
    watchSession: leaving.endings.watch,
    sessionStands: leaving.endings.stands,
  });
  const providerOf = (req: IncomingMessage) => providers.get(originOf(req) ?? '');

  const mayTypeEmail = configuration.authentication_backend.file?.search.email ?? true;
  const mayChangePassword = !configuration.authentication_backend.password_change.disable;
  const navigation = accountNavigation({ mayChangePassword });
  const register = openSessionRegister(database);
  const tellOwner = openTellOwner({ notifier, sayTo, nowMs, log });
  const account = openAccount({
    navigation,
    ownSessions: openOwnSessions({ register, volatile, cookies, nowMs }, leaving.endings),
    ...passwordPages(configuration, {
      check: { directory, regulation },
      directory,
      endSessions: (username, exceptId) => leaving.endings.endAllOf(username, 'password', exceptId),
      portalOf: (req) => portalUrl(originOf(req)),
      mayTypeEmail,
      signInPath: '/sign-in/portal',
      log,
    }),
    sayTo,
    sessions,
    people,
    peerOf,
    totp,
    webauthn,
    push,
    recovery,
    applications: {
      of: async (req, username) => (await providerOf(req)?.access(username)) ?? [],
      withdraw: async (req, username, clientId) => void (await providerOf(req)?.withdraw(username, clientId)),
    },
    secondFactors,
    keyScriptPath: assets.keyScriptPath,
    notifier,
    nowMs,
    log,
    volatile,
    limiter,
    newId: () => randomBytes(16).toString('base64url'),
    randomInt,
    elevatedSession: elevatedSession(configuration),
    signInPath: (returnTo, level) => pathWith('/sign-in/portal', { return: returnTo, level }),
  });

  opened.defer(() => account.settled());
  const forgotten = forgotAddress(configuration);

  const places = {
    cookieDomains: configuration.session.cookies.map(({ domain }) => domain),
    ports: [...portals].map((origin) => new URL(origin).port).filter(Boolean),
  };
  const unusedMs =
    (configuration.identity_providers.oidc?.dynamic_client_registration.unused_client_lifespan ?? 0) * 1000;
  const unusedClients = {
    sweep: async (rowsMax: number) =>
      unusedMs === 0 ? 0 : selfRegistration.clients.sweepUnused(nowMs() - unusedMs, rowsMax),
  };
  const housekeeping = startHousekeeping({
    rooms: [
      ...[regulation, limiter, totp, recovery, refusalStore, openLiveGrants(kysely, volatile, nowMs)],
      ...[selfRegistration.tokens, unusedClients],
    ],
    log,
  });
  opened.defer(() => housekeeping.stop());
  const everything = opened.move();

  return {
    providers,
    portals,
    peerOf,
    app: {
      lookOf,
      languages: languages.offered,
      choices,
      policyToAccept: privacy.enabled && privacy.require_user_acceptance ? privacy.policy_url?.href : undefined,
      isSecure,
      welcome: openWelcome(choices, isSecure),
      accountNavigation: navigation,
      assets,
      sessions,
      people,
      totp,
      webauthn,
      secondFactors,
      keyScriptPath: assets.keyScriptPath,
      account: account.routes,
      nowMs,
      addressOf,
      originOf,
      places,
      check: { directory, regulation },
      limiter,
      firstFactorLimits: attemptLimits(limits.first_factor),
      mayTypeEmail,
      ...(forgotten !== undefined && { forgotAddress: forgotten }),
      onUnavailable: (cause) => log.error({ err: cause }, 'Passwords cannot be checked right now'),
      push,
      recovery,
      onRefusedRecovery: ({ visit: { identity, address }, reason }) =>
        log.warn(
          { remote_ip: address, reason },
          `Unsuccessful recovery code attempt by user '${nameForLog(identity.username)}'`,
        ),
      onRecovered: ({ identity, address: remoteAddress }, left, say) =>
        tellOwner(identity, { remoteAddress, say }, (occasion) => recoveryCodeUsedMessage(occasion, left)),
      onPushUnavailable: (cause) => log.error({ err: cause }, 'Nobody can be asked on their phone right now'),
      onRefusedPush: ({ username, address, reason }) =>
        log.warn(
          { remote_ip: address, reason },
          `Unsuccessful Duo authentication attempt by user '${nameForLog(username)}'`,
        ),
      // The words and the field name that fail2ban filters written for Authelia look for.
      onRefusedCode: ({ username, address, reason }) =>
        log.warn(
          { remote_ip: address, reason },
          `Unsuccessful TOTP authentication attempt by user '${nameForLog(username)}'`,
        ),
      findFlow: async (req, res, flowId) => (await providerOf(req)?.findFlow(req, res, flowId)) ?? { kind: 'expired' },
      endProviderSession: async (req, res) => (await providerOf(req)?.endSession(req, res)) ?? [],
      portalRules: (req) => ({
        places,
        requiredLevel: ({ target }) => targetLevel(configuration, target),
        defaultTarget: sessions.rulesFor(req) && defaultTarget(configuration, sessions.rulesFor(req)?.domain),
      }),
      enrolAddress: (returnPath) => pathWith(accountPaths.twoFactor, { [returnField]: returnPath }),
      factorsAddress: accountPaths.twoFactor,
      navigation: (look) => navigation(look, 'overview'),
      ...(mayChangePassword && { passwordAddress: passwordPaths.change }),
      agreements: async (identity, req) => (await providerOf(req)?.agreements(identity.username)) ?? [],
      onFailure: (cause) => {
        const reference = randomBytes(6).toString('hex');
        log.error({ err: cause, reference }, 'A page could not be shown');
        return reference;
      },
    },
    async begin() {
      await registrations.settle(clients.map(({ client_id: id }) => id));
      const left = leaving.start(
        async (notice) => (await providers.get(notice.issuer)?.tellOfLogout(notice)) ?? { kind: 'nobody' },
      );
      everything.defer(() => left.stop());
    },
    close: () => everything.disposeAsync(),
  };
}

function secondFactorRules({ totp, webauthn, duo_api: push, default_2fa_method: preset }: Configuration) {
  const offered = methods.filter((method) => !{ totp, webauthn, mobile_push: push }[method].disable);
  return { offered, preset: methods.find((method) => method === preset) };
}

function portalUrl(origin: string | undefined): URL | undefined {
  return origin === undefined ? undefined : new URL(origin);
}

function portalOrigins({ session }: Configuration): ReadonlySet<string> {
  return new Set(session.cookies.flatMap(({ authelia_url: url }) => (url ? [url.origin] : [])));
}

/** Signs the engine's cookies: another key than the one that seals, from the same secret. */
function cookieKey(encryptionKey: string): string {
  return Buffer.from(hkdfSync('sha256', encryptionKey, '', 'gatehouse:provider-cookies:v1', 32)).toString('base64url');
}

function regulationRules({ regulation }: Configuration) {
  return {
    modes: regulation.modes,
    failuresMax: regulation.max_retries,
    findTimeMs: regulation.find_time * 1000,
    banTimeMs: regulation.ban_time * 1000,
  };
}

function elevatedSession({ identity_validation: { elevated_session: elevated }, server }: Configuration) {
  const { session_elevation_start: start, session_elevation_finish: finish } = server.endpoints.rate_limits;
  return {
    startLimits: attemptLimits(start),
    finishLimits: attemptLimits(finish),
    requireSecondFactor: elevated.require_second_factor,
    skipSecondFactor: elevated.skip_second_factor,
    codeLifespanMs: elevated.code_lifespan * 1000,
    elevationLifespanMs: elevated.elevation_lifespan * 1000,
    characters: elevated.characters,
  };
}

/** Until proxies can ask, a page behind one counts by the default policy; the portal itself needs one factor. */
function targetLevel({ access_control: { default_policy: policy } }: Configuration, target: URL | undefined) {
  return target !== undefined && policy === 'two_factor' ? 'two_factor' : 'one_factor';
}

function defaultTarget({ session }: Configuration, domain: string | undefined): string | undefined {
  return session.cookies.find((cookie) => cookie.domain === domain)?.default_redirection_url?.href;
}

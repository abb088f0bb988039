/**
 * The rooms of the portal for one configuration, opened in order and handed to one another over what lasts. Maps the
 * configuration to what each room takes; holds no logic of its own.
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type PeerReader, peerReader } from '@gatehouse/web/peer.ts';
import { paths as accountPaths, pathWith, returnField } from './account/account.paths.ts';
import { openAccount } from './account/account.ts';
import { elevationOptions } from './account/elevation.options.ts';
import { openNewPasswords } from './account/new-passwords.ts';
import { passwordPaths } from './account/password.paths.ts';
import { forgotAddress, passwordPages } from './account/passwords.ts';
import { accountNavigation } from './account/places.ts';
import type { AppServices } from './app.ts';
import { openAppearanceStore } from './appearance/appearance.store.ts';
import { openLookOf } from './appearance/look-of.ts';
import { openSayTo, openWelcome } from './appearance/welcome.ts';
import type { Configuration } from './config/configuration.ts';
import type { Loaded } from './config/load.ts';
import { derivedKey } from './derived-key.ts';
import { findsPeopleByMail, openDirectory } from './directory/open-directory.ts';
import type { Lasting } from './lasting.ts';
import { recoveryCodeUsedMessage } from './notify/messages.ts';
import { openMail } from './notify/open-mail.ts';
import { clientIdsOf, openRegistrations } from './oidc/clients/registrations.ts';
import { openLiveGrants } from './oidc/consent/live-grants.ts';
import { openLeaving } from './oidc/logout/leaving.ts';
import { openProviders, type Providers } from './oidc/open-providers.ts';
import { openInitialAccessStore } from './oidc/registration/initial-access.store.ts';
import { openRegisteredClientStore } from './oidc/registration/registered-client.store.ts';
import { openPortalAddresses } from './portal-addresses.ts';
import { defaultTarget, targetLevel } from './portal-targets.ts';
import { referenceFrom } from './reference.ts';
import { attemptLimits, openAttemptLimiter } from './regulation/limiter.ts';
import { regulationRules } from './regulation/regulation.options.ts';
import { openRegulation } from './regulation/regulation.ts';
import { administratorsOf } from './session/administrators.ts';
import { openPortalSessions } from './session/open-portal-sessions.ts';
import { openOwnSessions } from './session/own-sessions.ts';
import { openPeople } from './session/people.ts';
import { openSessionRegister } from './session/session-register.ts';
import { openFactors } from './sign-in/open-factors.ts';
import { openPasswordCheck } from './sign-in/password/password.check.ts';
import { openRefusedLog } from './sign-in/refused-log.ts';
import { startHousekeeping } from './storage/housekeeping.ts';
import { readSurroundings, type Surroundings } from './surroundings.ts';

export type Services = {
  readonly app: AppServices;
  readonly surroundings: Surroundings;
  /** By origin of the portal. */
  readonly providers: Providers;
  /** Origins under which the portal stands. */
  readonly portals: ReadonlySet<string>;
  readonly peerOf: PeerReader;
  /**
   * To be called when it is certain that these services are used, before their first request: from here on they are in force.
   * `former` was in force in this process until now; absent at its start.
   */
  begin(former?: Configuration): Promise<void>;
  /** Closes what this configuration opened, once its last request is answered. */
  close(): Promise<void>;
};

/**
 * Throws what the rooms throw when they cannot be opened; what lasts is the caller's to close. A configuration that is in force
 * already is opened over the surroundings that it has (`kept`): what lies outside was fine when it came, and neither mail server,
 * users file nor sector document has to be so now.
 */
export async function openServices(loaded: Loaded, lasting: Lasting, kept?: Surroundings): Promise<Services> {
  const which = kept ? 'in force' : 'new';
  const { configuration } = loaded;
  const { log, database, sealer, volatile, pool, secrets, fileTurns, refusals, refusalStore, flows, afterwards } =
    lasting;
  const peerOf = peerReader(configuration.server.trusted_proxies);
  const nowMs = Date.now;
  const newId = randomUUID;
  const surroundings = kept ?? (await readSurroundings(configuration, nowMs, log));
  const { trusted, assets, languages, mailTemplates: templates } = surroundings;
  await using opened = new AsyncDisposableStack();
  const backend = configuration.authentication_backend;
  const directory = await openDirectory(backend, { pool, log, fileTurns, trusted, nowMs, which });
  opened.defer(() => directory.close());

  const { branding, privacy_policy: privacy } = configuration;
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
  const refreshInterval = backend.refresh_interval;
  const people = openPeople({ directory, refreshInterval, nowMs });
  const { cookies } = configuration.session;
  const leaving = openLeaving({ database, volatile, cookies, people, refreshInterval, nowMs, newId, log });
  const limiter = openAttemptLimiter({ database, nowMs });
  const { notifier, tellOwner } = await openMail(configuration, {
    ...{ sayTo, trusted, templates, afterwards, nowMs, log, which },
  });
  const { sessions, known } = openPortalSessions(configuration, {
    ...{ volatile, people, endings: leaving.endings, nowMs, peerOf },
    ...{ database, limiter, tellOwner, afterwards, lookOf, log },
  });
  const regulation = openRegulation({
    ...{ database, rules: regulationRules(configuration), nowMs, newId, log },
    digestKey: derivedKey(configuration.storage.encryption_key, 'gatehouse:unknown-names:v1'),
  });
  const checkPassword = openPasswordCheck({
    ...{ directory, regulation, limiter },
    addressLimits: attemptLimits(configuration.server.endpoints.rate_limits.first_factor),
  });
  const { totp, webauthn, recovery, push, secondFactors } = openFactors(configuration, {
    ...{ database, sealer, volatile, limiter, trusted, nowMs, log },
  });

  const { portals, originOf, portalOf, isSecure, addressOf } = openPortalAddresses(configuration, peerOf);
  const { kysely } = database;
  const selfRegistration = {
    clients: openRegisteredClientStore({ kysely, sealer, nowMs }),
    tokens: openInitialAccessStore({ kysely, nowMs, newId }),
  };
  const isAdministrator = administratorsOf({ groups: configuration.administration.groups, sessions, people });
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
    failures: lasting.failures,
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
    which,
  });
  const providerOf = (req: IncomingMessage) => providers.get(originOf(req) ?? '');

  const mayTypeEmail = findsPeopleByMail(backend);
  const mayChangePassword = !backend.password_change.disable;
  const navigation = accountNavigation({ mayChangePassword });
  const register = openSessionRegister(database);
  const newPasswords = openNewPasswords({
    ...{ database, directory, tellOwner, nowMs, newId, log },
    shutOut: (username, exceptId) => leaving.shutOut(username, 'password', exceptId),
  });
  const account = openAccount({
    navigation,
    ownSessions: openOwnSessions({ register, volatile, cookies, nowMs }, leaving.endings),
    ...passwordPages(configuration, {
      checkPassword,
      directory,
      newPasswords,
      portalOf,
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
    ...{ notifier, tellOwner, afterwards },
    nowMs,
    log,
    volatile,
    limiter,
    newId: () => randomBytes(16).toString('base64url'),
    randomInt,
    elevatedSession: elevationOptions(configuration),
    signInPath: (returnTo, level) => pathWith('/sign-in/portal', { return: returnTo, level }),
  });

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
      ...[selfRegistration.tokens, unusedClients, known],
    ],
    log,
  });
  opened.defer(() => housekeeping.stop());
  const everything = opened.move();

  return {
    surroundings,
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
      account,
      nowMs,
      addressOf,
      originOf,
      places,
      checkPassword,
      regulation,
      mayTypeEmail,
      ...(forgotten !== undefined && { forgotAddress: forgotten }),
      ...openRefusedLog(log),
      push,
      recovery,
      onRecovered: async ({ identity, address: remoteAddress }, left, say) =>
        await tellOwner(identity, { remoteAddress, say }, (occasion) => recoveryCodeUsedMessage(occasion, left))
          .firstTry,
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
        const reference = referenceFrom(randomBytes(8));
        log.error({ err: cause, reference }, 'A page could not be shown');
        return reference;
      },
    },
    async begin(former) {
      await registrations.settle(clientIdsOf(configuration), former && clientIdsOf(former));
      const left = leaving.start(
        async (notice) => (await providers.get(notice.issuer)?.tellOfLogout(notice)) ?? { kind: 'unknown' },
      );
      everything.defer(() => left.stop());
      const finishing = newPasswords.start();
      everything.defer(() => finishing.stop());
      afterwards.follow({ directory, people, notifier });
    },
    close: () => everything.disposeAsync(),
  };
}

/** Signs the engine's cookies. */
function cookieKey(encryptionKey: string): string {
  return derivedKey(encryptionKey, 'gatehouse:provider-cookies:v1').toString('base64url');
}

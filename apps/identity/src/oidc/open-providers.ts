/**
 * One provider for each portal of `session.cookies[].authelia_url`, over the same clients, keys and people. Without
 * `identity_providers.oidc` there is none.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Digest, parseDigest } from '@gatehouse/password/digest.ts';
import type { VerifiedSecrets } from '@gatehouse/password/verified-secret.ts';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { Oidc } from '../config/complete/oidc.ts';
import type { Server } from '../config/complete/server.ts';
import { userAttributesOf } from '../config/complete/user-attributes.ts';
import type { Loaded } from '../config/load.ts';
import type { ClientSecret } from '../config/values/digest.ts';
import type { Directory } from '../directory/directory.ts';
import { errorPage } from '../pages/error.page.ts';
import type { Look, LookOf } from '../pages/look.ts';
import { type AttemptLimiter, attemptLimits } from '../regulation/limiter.ts';
import type { IsAdministrator } from '../session/administrators.ts';
import type { Sessions } from '../session/sessions.ts';
import { devicePage } from '../sign-in/device/device.page.ts';
import { signedOutPage, signOutPage } from '../sign-out/sign-out.page.ts';
import type { IdentityDatabase } from '../storage/tables.ts';
import { openOutgoing } from './calls/outgoing.ts';
import type { RegistrationOf } from './clients/registrations.ts';
import { confirmSectors } from './clients/sector-document.ts';
import { type FailureCounters, openRequestLimits } from './engine/request-limits.ts';
import type { SessionLinks } from './logout/session-links.ts';
import type { ProviderOptions, VerifyClientSecret } from './options.ts';
import type { Reader } from './pages.ts';
import { type OidcProvider, openProvider } from './provider.ts';
import type { FlowWatch } from './refusals/flow-watch.ts';
import type { RefusalRecorder } from './refusals/recorder.ts';

export type Providers = ReadonlyMap<string, OidcProvider>;

export type ProviderParts = {
  /** Origins of the portals. */
  readonly issuers: readonly string[];
  readonly volatile: SealedVolatile;
  readonly database: IdentityDatabase;
  readonly directory: Directory;
  readonly sessions: Sessions;
  readonly secrets: VerifiedSecrets;
  readonly lookOf: LookOf;
  readonly refusals: RefusalRecorder;
  readonly flows: FlowWatch;
  readonly isAdministrator: IsAdministrator;
  readonly addressOf: (req: IncomingMessage) => string;
  readonly selfRegistration: ProviderOptions['selfRegistration'];
  readonly limiter: AttemptLimiter;
  readonly failures: FailureCounters;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly cookieKeys: readonly string[];
  readonly links: SessionLinks;
  /** Authorities whose certificates count for calls to applications. */
  readonly trusted: readonly string[] | undefined;
  readonly watchSession: (sessionId: string) => Promise<void>;
  readonly sessionStands: (sessionId: string) => Promise<boolean>;
  readonly registrationOf: RegistrationOf;
  /** The sectors of what is in force already were confirmed when it came; where their documents are may be away now. */
  readonly which: 'new' | 'in force';
};

/** A client's digest has a good shape and still cannot be verified here. */
export class ClientDigestUnusable extends Error {
  readonly code = 'client-digest-unusable';
  override readonly name = 'ClientDigestUnusable';
}

/** Throws `ClientDigestUnusable` or `SectorUnconfirmed`: better now than at the client's first sign-in. */
export async function openProviders(loaded: Loaded, parts: ProviderParts): Promise<Providers> {
  const { oidc } = loaded.configuration.identity_providers;
  if (!oidc) return new Map();
  const { sessions, log, nowMs } = parts;
  const lookOf = ({ req, uiLocales }: Reader): Look => parts.lookOf(req, uiLocales);
  for (const client of oidc.clients) refuseUnusable(client);
  const verifyClientSecret = secretVerifier(parts.secrets);
  const userAttributes = userAttributesOf(loaded.configuration);
  const outgoing = openOutgoing({ log, trusted: parts.trusted });
  const limits = failureLimits(loaded.configuration.server.endpoints.rate_limits);
  const requestLimits = openRequestLimits(limits, parts.failures, nowMs);
  if (parts.which === 'new') await confirmSectors(oidc.clients, outgoing);
  const open = (issuer: string): Promise<OidcProvider> =>
    openProvider({
      issuer,
      oidc,
      networks: loaded.configuration.definitions.network,
      userAttributes,
      locate: loaded.locate,
      isStated: loaded.isStated,
      store: parts.volatile,
      database: parts.database.kysely,
      directory: parts.directory,
      sessions,
      remoteAddress: parts.addressOf,
      verifyClientSecret,
      refusals: parts.refusals,
      flows: parts.flows,
      isAdministrator: parts.isAdministrator,
      sayTo: (reader) => lookOf(reader).say,
      errorPage: (details, reader) => String(errorPage(lookOf(reader), details)),
      selfRegistration: parts.selfRegistration,
      limiter: parts.limiter,
      requestLimits,
      devicePage: (details, reader) => String(devicePage(lookOf(reader), details)),
      signOutPage: (details, reader) => String(signOutPage(lookOf(reader), details)),
      signedOutPage: (details, reader) => String(signedOutPage(lookOf(reader), details)),
      async endPortalSession(req, res) {
        const cleared = await sessions.end(req);
        if (cleared) res.appendHeader('Set-Cookie', cleared);
      },
      outgoing,
      links: parts.links,
      watchSession: parts.watchSession,
      sessionStands: parts.sessionStands,
      log,
      nowMs,
      cookieKeys: parts.cookieKeys,
      registrationOf: parts.registrationOf,
    });
  return new Map(await Promise.all(parts.issuers.map(async (issuer) => [issuer, await open(issuer)] as const)));
}

function failureLimits(limits: Server['endpoints']['rate_limits']) {
  return {
    token: attemptLimits(limits.openid_connect_token),
    pushed_authorization_request: attemptLimits(limits.openid_connect_pushed_authorization_request),
    userinfo: attemptLimits(limits.openid_connect_userinfo),
    introspection: attemptLimits(limits.openid_connect_introspection),
    revocation: attemptLimits(limits.openid_connect_revocation),
  };
}

function refuseUnusable({ client_id: id, client_secret: secret }: Oidc['clients'][number]): void {
  if (secret?.kind !== 'digest') return;
  const digest = parseDigest(secret.text);
  if (digest.kind === 'refused')
    throw new ClientDigestUnusable(`The client_secret of client '${id}' ${digest.reason}. ${digest.cure}`);
}

/** Digests of one length are compared, so neither length nor content shows in the time it takes. */
function sameText(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function secretVerifier(secrets: VerifiedSecrets): VerifyClientSecret {
  const digests = new WeakMap<ClientSecret, Digest>();
  const digestOf = (secret: ClientSecret): Digest => {
    const known = digests.get(secret);
    if (known) return known;
    const parsed = parseDigest(secret.text);
    if (parsed.kind === 'refused') throw new TypeError('a digest that cannot be used is refused at start');
    digests.set(secret, parsed.value);
    return parsed.value;
  };
  return async (clientId, secret, presented) => {
    if (secret.kind === 'plaintext') return sameText(secret.text, presented);
    const answer = await secrets.verify(clientId, digestOf(secret), presented);
    return answer.kind === 'busy' ? 'busy' : answer.kind === 'match';
  };
}

/**
 * The engine, set up: every option of `oidc-provider` that this house decides stands here, and nothing else does. What the
 * options do is in the files they come from.
 */
import { randomUUID } from 'node:crypto';
import { type ClientMetadata, type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { authMethods, responseTypes, signingAlgs } from '../../config/values/algorithms.ts';
import { assertionRules } from '../clients/client-assertions.ts';
import type { Clients } from '../clients/client-registry.ts';
import {
  challengeMethodFault,
  nonceFault,
  type ParameterFault,
  pkceRule,
  scopeFault,
  stateFault,
} from '../clients/parameters.ts';
import { mayRedirectTo } from '../clients/redirect-uris.ts';
import { withinRegistrations } from '../clients/registrations.ts';
import { requestObjectOptions, scopeInside } from '../clients/request-objects.ts';
import { keepMoreWithGrants } from '../consent/kept-grant.ts';
import { asksForLastingAccess } from '../consent/lasting-access.ts';
import { checkDeviceRequest, deviceFlow } from '../device/device-flow.ts';
import { isForDevice } from '../device/device-routes.ts';
import { signForClients } from '../keys/client-jwts.ts';
import { encryptionKeys, type SigningKey } from '../keys/keys.ts';
import { responseAlgs } from '../keys/response-algs.ts';
import type { RpLogout } from '../logout/rp-logout.ts';
import type { ProviderOptions } from '../options.ts';
import { endpoints, signInPath } from '../paths.ts';
import { acrValues } from '../people/acr.ts';
import { claimsByScope, unscopedClaims } from '../people/claims.ts';
import { claimsAssertion } from '../people/claims-parameter.ts';
import { pairwiseOptions, type SubjectFor, subjectTypeBySector } from '../people/pairwise.ts';
import type { People } from '../people/people.ts';
import type { Refusals } from '../refusals/refusals.ts';
import { tokenSigner } from '../tokens/access-token-jwt.ts';
import { audienceFault } from '../tokens/audiences.ts';
import { dpopOptions } from '../tokens/dpop.ts';
import type { MayIntrospect } from '../tokens/introspection.ts';
import {
  deviceCodeLifespanSeconds,
  lifespanSeconds,
  longestTokenSeconds,
  type TokenKind,
} from '../tokens/lifespans.ts';
import { tellMachinesAtUserinfo } from '../tokens/machine-at-userinfo.ts';
import { rotationOptions } from '../tokens/rotation.ts';
import { issueSignedTokens } from '../tokens/signed-access-tokens.ts';
import { refuseBeforeUse } from '../tokens/token-audiences.ts';
import { offerTokenExchange } from '../tokens/token-exchange.ts';
import { tokenFacts } from '../tokens/token-facts.ts';
import { adapterFactory, clockToleranceSeconds } from './adapter.ts';
import { correctReading } from './engine-context.ts';
import { engineFetch } from './engine-fetch.ts';
import { sayAskedAcr } from './engine-session.ts';
import { parameterError } from './parameter-errors.ts';
import { assertMaxAge, signInPolicy } from './sign-in-policy.ts';
import { offerTokenAlone, tokenAlone } from './token-alone.ts';
import { judgeAgain } from './waiting-requests.ts';

export type EngineParts = {
  readonly rpLogout: RpLogout['feature'];
  readonly options: ProviderOptions;
  readonly clients: Clients;
  readonly keys: readonly SigningKey[];
  readonly people: People;
  readonly refusals: Refusals;
  readonly mayIntrospect: MayIntrospect;
  readonly subjectFor: SubjectFor;
  readonly loadExistingGrant: NonNullable<Configuration['loadExistingGrant']>;
};

const daySeconds = 24 * 60 * 60;
/** A sign-in that waits for a person longer than this begins anew. */
const interactionSeconds = 60 * 60;
/** How long the engine remembers which applications a browser was signed in to. */
const sessionSeconds = 14 * daySeconds;
/** Lasting access ends here at the latest, however often it is renewed. */
const offlineGrantSeconds = 365 * daySeconds;

export function openEngine(parts: EngineParts): Provider {
  const { options, clients, keys, people, refusals } = parts;
  const { oidc } = options;
  const isHttps = options.issuer.startsWith('https:');

  function clientOf(ctx: KoaContextWithOIDC) {
    const client = clients.get(ctx.oidc.client?.clientId ?? '');
    if (!client) throw new errors.InvalidClient('client is invalid');
    return client;
  }

  function ttl(kind: TokenKind, fallbackGrant: string) {
    return function secondsFor(ctx: KoaContextWithOIDC | undefined, _token: unknown, client: { clientId: string }) {
      const grantType = ctx?.oidc?.params?.grant_type;
      const lifespan = clients.get(client.clientId)?.options.lifespan ?? '';
      return lifespanSeconds(oidc.lifespans, kind, lifespan, typeof grantType === 'string' ? grantType : fallbackGrant);
    };
  }

  function deviceCodeSeconds(clientId: string): number {
    return deviceCodeLifespanSeconds(oidc.lifespans, clients.get(clientId)?.options.lifespan ?? '');
  }

  function grantSeconds(
    ctx: KoaContextWithOIDC | undefined,
    grant: { clientId?: string | undefined; openid?: { scope?: string | undefined } | undefined },
  ) {
    if (asksForLastingAccess(new Set(grant.openid?.scope?.split(' ')))) return offlineGrantSeconds;
    const lifespan = clients.get(grant.clientId ?? '')?.options.lifespan ?? '';
    const redeemed =
      ctx?.oidc && isForDevice(ctx)
        ? deviceCodeSeconds(grant.clientId ?? '')
        : lifespanSeconds(oidc.lifespans, 'authorize_code', lifespan, 'authorization_code');
    return redeemed + longestTokenSeconds(oidc.lifespans, lifespan);
  }

  const registration = oidc.dynamic_client_registration?.enabled ?? false;
  const registrationScopes = oidc.dynamic_client_registration?.scopes ?? [];
  const configuration: Configuration = {
    adapter: withinRegistrations(
      adapterFactory(options.store, options.issuer, options.nowMs, clients),
      options.registrationOf ?? (() => undefined),
    ),
    clients: [...clients.values()].map((client): ClientMetadata => client.metadata),
    clockTolerance: clockToleranceSeconds,
    jwks: { keys: [...keys.map((key) => key.jwk), ...encryptionKeys(oidc.jwks, keys)] },
    routes: endpoints,
    responseTypes: responseTypes.filter((type) => type !== tokenAlone),
    clientAuthMethods: [...authMethods],
    assertJwtClientAuthClaimsAndHeader: assertionRules(options.nowMs),
    scopes: [
      'openid',
      'offline_access',
      ...registrationScopes,
      ...[...clients.values()].flatMap((client) => [...client.scopes]),
    ],
    claims: {
      ...claimsByScope(oidc),
      ...Object.fromEntries(unscopedClaims(oidc).map((claim) => [claim, null])),
      acr: null,
      sid: null,
      iss: null,
    },
    acrValues: [...acrValues],
    conformIdTokenClaims: false,
    enabledJWA: {
      clientAuthSigningAlgValues: [...signingAlgs],
      ...responseAlgs(keys, clients.values()),
    } as NonNullable<Configuration['enabledJWA']>,
    features: {
      devInteractions: { enabled: false },
      dPoP: dpopOptions(options.cookieKeys),
      resourceIndicators: { enabled: false },
      claimsParameter: { enabled: true, assertClaimsParameter: claimsAssertion(clients, oidc, options.issuer) },
      clientCredentials: { enabled: true },
      deviceFlow: deviceFlow(options, refusals.renderError),
      introspection: {
        enabled: true,
        allowedPolicy: (ctx, client, token) => parts.mayIntrospect(ctx, client.clientId, token),
      },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => mayRevoke(client.clientId, token) },
      jwtUserinfo: { enabled: true },
      jwtResponseModes: { enabled: true },
      encryption: { enabled: true },
      requestObjects: requestObjectOptions(clients),
      backchannelLogout: { enabled: true },
      pushedAuthorizationRequests: {
        enabled: true,
        requirePushedAuthorizationRequests: oidc.require_pushed_authorization_requests ?? false,
      },
      rpInitiatedLogout: parts.rpLogout,
    },
    pkce: { required: (ctx) => pkceRule(clientOf(ctx), oidc) !== undefined },
    extraParams: {
      state: (ctx, state) => {
        if (ctx.oidc.route === 'device_authorization') checkDeviceRequest(ctx);
        else refuse(stateFault(state, oidc.minimum_parameter_entropy));
        refuse(scopeFault(scopeSent(ctx), clientOf(ctx)));
      },
      max_age: (_ctx, maxAge) => assertMaxAge(maxAge),
      nonce: (_ctx, nonce) => refuse(nonceFault(nonce, oidc.minimum_parameter_entropy)),
      code_challenge_method: (ctx, method) => refuse(challengeMethodFault(method, clientOf(ctx))),
      audience: (ctx) => refuse(audienceFault(ctx.oidc.params ?? {}, clientOf(ctx))),
      resource: null,
    },
    interactions: {
      policy: signInPolicy(options.nowMs, parts.subjectFor),
      url: (_ctx, interaction) => `${signInPath}/${interaction.uid}`,
    },
    loadExistingGrant: parts.loadExistingGrant,
    findAccount: people.findAccount,
    ...pairwiseOptions(parts.subjectFor),
    extraTokenClaims: tokenFacts(clients, parts.subjectFor, randomUUID),
    // Sign-out takes grants back itself (end-session.ts): the engine would know only the last one of each client.
    expiresWithSession: () => false,
    ...rotationOptions(clients),
    revokeGrantPolicy: () => true,
    // Every request is answered alike; who may read the answer is decided in cors.ts.
    clientBasedCORS: () => true,
    cookies: {
      keys: [...options.cookieKeys],
      names: {
        session: `${isHttps ? '__Host-' : ''}gatehouse_provider`,
        interaction: 'gatehouse_sign_in',
        resume: 'gatehouse_sign_in_resume',
      },
      long: { httpOnly: true, sameSite: 'lax' },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    ttl: {
      AccessToken: ttl('access_token', 'implicit'),
      AuthorizationCode: ttl('authorize_code', 'authorization_code'),
      DeviceCode: (_ctx, _code, client) => deviceCodeSeconds(client.clientId),
      ClientCredentials: ttl('access_token', 'client_credentials'),
      IdToken: ttl('id_token', 'implicit'),
      RefreshToken: ttl('refresh_token', 'authorization_code'),
      Grant: grantSeconds,
      Interaction: interactionSeconds,
      Session: sessionSeconds,
    },
    discovery: {
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
      ...(registration && { registration_endpoint: `${options.issuer}${endpoints.registration}` }),
      claim_types_supported: ['normal'],
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
      introspection_endpoint_auth_methods_supported: authMethods.filter((method) => method !== 'none'),
      revocation_endpoint_auth_methods_supported: authMethods,
      revocation_endpoint_auth_signing_alg_values_supported: signingAlgs,
    },
    fetch: engineFetch(options.outgoing, clients),
    renderError: (ctx, out, error) => refusals.renderError(ctx, out, error),
  };

  function mayRevoke(clientId: string, token: object): boolean {
    if ((token as { clientId?: string }).clientId === clientId) return true;
    throw new errors.UnauthorizedClient('the token was issued to another client');
  }

  const provider = new Provider(options.issuer, configuration);
  offerTokenAlone(provider, clients, registration ? oidc.dynamic_client_registration : undefined);
  fixOrigin(provider, new URL(options.issuer));
  correctReading(provider, clients);
  judgeAgain(provider, clients, oidc);
  subjectTypeBySector(provider, clients);
  keepMoreWithGrants(provider);
  refuseBeforeUse(provider);
  offerTokenExchange(provider, { clients, people, remoteAddress: options.remoteAddress, nowMs: options.nowMs });
  sayAskedAcr(provider);
  signForClients(provider, { clients, keys, oidc, nowMs: options.nowMs });
  issueSignedTokens(provider, tokenSigner(options.issuer, clients, keys));
  tellMachinesAtUserinfo(provider);
  // Registered and asked-for addresses are judged by redirect-uris.ts, which knows no kinds of application.
  Reflect.get(provider.Client, 'Schema').prototype.redirectUris = () => undefined;
  provider.Client.prototype.redirectUriAllowed = function redirectUriAllowed(uri) {
    return mayRedirectTo(uri, this.redirectUris ?? []);
  };
  return provider;
}

/** Whatever host a request names, this instance speaks for its issuer. */
function fixOrigin(provider: Provider, issuer: URL): void {
  Object.defineProperties(provider.request, {
    protocol: { get: () => issuer.protocol.slice(0, -1) },
    host: { get: () => issuer.host },
  });
}

function refuse(fault: ParameterFault | undefined): void {
  if (fault) throw parameterError(fault);
}

/** As it was sent: the engine silently drops scopes that no client has. */
function scopeSent(ctx: KoaContextWithOIDC): string | undefined {
  const outside = ctx.method === 'POST' ? ctx.oidc.body : ctx.query;
  // Beside a request object nothing counts.
  const sent = outside?.request === undefined ? outside?.scope : scopeInside(ctx.oidc);
  return typeof sent === 'string' ? sent : undefined;
}

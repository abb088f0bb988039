/**
 * The provider as this client sees it: discovery (kept for some minutes), the overrides, and how this client proves itself.
 * Answers with the library's configuration, every check switched on. Knows no sign-in under way.
 */
import { createPrivateKey, type KeyObject, type webcrypto } from 'node:crypto';
import { isLocalhostName, isSecureEnough } from '@gatehouse/web/localhost-names.ts';
import * as client from 'openid-client';
import * as z from 'zod';
import type { OidcSettings } from '../configuration/oidc.ts';
import { askAdministrator, SignInFailure } from './failure.ts';
import { type ProviderFetch, ProviderUnreachable } from './provider-fetch.ts';

export type Provider = {
  /** Throws `SignInFailure`. */
  configuration(): Promise<client.Configuration>;
  /** Asks for its discovery anew, whatever is kept. Throws `SignInFailure`. */
  reach(): Promise<void>;
};

/** What an ID token may be signed with. Never `none`, never a symmetric algorithm. */
export const signingAlgorithms: readonly string[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

export const clockToleranceSeconds = 60;
const discoveryMs = 10 * 60_000;

const metadataShape = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string().optional(),
  jwks_uri: z.string().optional(),
  userinfo_endpoint: z.string().optional(),
  end_session_endpoint: z.string().optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});
type Metadata = z.infer<typeof metadataShape>;

export function openProvider(settings: OidcSettings, fetch: ProviderFetch, nowMs: () => number): Provider {
  let kept: { readonly untilMs: number; readonly configuration: Promise<client.Configuration> } | undefined;

  async function load(): Promise<client.Configuration> {
    const metadata = withOverrides(settings, await readMetadata(settings, fetch));
    return configure(settings, metadata, fetch);
  }

  return {
    configuration() {
      if (kept && nowMs() < kept.untilMs) return kept.configuration;
      const fresh = { untilMs: nowMs() + discoveryMs, configuration: load() };
      kept = fresh;
      // A failure is not kept: the next sign-in asks again.
      fresh.configuration.catch(() => {
        if (kept === fresh) kept = undefined;
      });
      return fresh.configuration;
    },
    async reach() {
      await readMetadata(settings, fetch);
    },
  };
}

/** With authorization, token and keys given there is nothing to discover. */
async function readMetadata(settings: OidcSettings, fetch: ProviderFetch): Promise<Metadata> {
  const { authorization, token, jwks } = settings.overrides;
  const keysKnown = jwks !== undefined || settings.certificate !== '' || settings.plainOauth;
  if (authorization !== undefined && token !== undefined && keysKnown) return { issuer: settings.issuer };
  const url = `${settings.discoveryBase}/.well-known/openid-configuration`;
  const metadata = metadataShape.safeParse(await readDiscovery(url, fetch));
  if (!metadata.success) throw discoveryBroken(url, 'the document is not OpenID Connect metadata');
  const { issuer } = metadata.data;
  // A slash at the end is forgiven in the variable; tokens must carry exactly what the provider says here.
  if (issuer.replace(/\/$/, '') !== settings.issuer)
    throw new SignInFailure('issuer-mismatch', {
      what: 'The sign-in service is not the expected one.',
      why: 'It calls itself by another name than this workspace was told.',
      todo: askAdministrator,
      administrator: `The provider says issuer '${issuer}', LEAN_OIDC_PROVIDER_URL says '${settings.issuer}'. If the provider is right, set LEAN_OIDC_PROVIDER_URL to what it says.`,
    });
  return metadata.data;
}

async function readDiscovery(url: string, fetch: ProviderFetch): Promise<unknown> {
  try {
    const response = notDown(url, await fetch(url, { headers: { accept: 'application/json' } }));
    if (response.status !== 200) throw discoveryBroken(url, `it answers with HTTP status ${response.status}`);
    return await response.json();
  } catch (cause) {
    if (cause instanceof SignInFailure) throw cause;
    if (cause instanceof ProviderUnreachable) throw unreachable(cause);
    throw discoveryBroken(url, 'it does not answer with JSON', cause);
  }
}

/** What a proxy answers while nobody is behind it (RFC 9110 sections 15.6.3 to 15.6.5). */
const downStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

function notDown(url: string, response: Response): Response {
  if (!downStatuses.has(response.status)) return response;
  const { origin, pathname } = new URL(url);
  throw new ProviderUnreachable(
    `${origin}${pathname}: HTTP status ${response.status}, so it is down or still starting`,
  );
}

export function unreachable(cause: ProviderUnreachable): SignInFailure {
  return new SignInFailure(
    'provider-unreachable',
    {
      what: 'The sign-in service does not answer.',
      why: 'This workspace asked it and got no usable answer.',
      todo: 'Wait a minute and try again.',
      administrator: `${cause.message}. Check LEAN_OIDC_PROVIDER_URL, the network and the certificate.`,
    },
    { cause },
  );
}

function discoveryBroken(url: string, reason: string, cause?: unknown): SignInFailure {
  return new SignInFailure(
    'discovery-broken',
    {
      what: 'The sign-in service could not be understood.',
      why: 'It does not describe itself as it should.',
      todo: askAdministrator,
      administrator: `${url}: ${reason}. Check LEAN_OIDC_PROVIDER_URL (or LEAN_OIDC_AUTO_DISCOVER).`,
    },
    { cause },
  );
}

function withOverrides(settings: OidcSettings, metadata: Metadata): client.ServerMetadata {
  const { overrides } = settings;
  const offered = metadata.id_token_signing_alg_values_supported ?? signingAlgorithms;
  const merged = {
    ...metadata,
    authorization_endpoint: overrides.authorization ?? metadata.authorization_endpoint,
    token_endpoint: overrides.token ?? metadata.token_endpoint,
    userinfo_endpoint: overrides.userinfo[0] ?? metadata.userinfo_endpoint,
    jwks_uri: overrides.jwks ?? metadata.jwks_uri,
    id_token_signing_alg_values_supported: offered.filter((algorithm) => signingAlgorithms.includes(algorithm)),
  };
  const needed =
    settings.plainOauth || settings.certificate !== ''
      ? (['authorization_endpoint', 'token_endpoint'] as const)
      : (['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const);
  for (const name of needed) {
    const value = merged[name];
    if (value === undefined || !URL.canParse(value) || !isSecureEnough(new URL(value)))
      throw discoveryBroken(settings.discoveryBase, `its '${name}' is missing or not https`);
  }
  return withoutUndefined(merged);
}

function withoutUndefined(values: { issuer: string } & Record<string, unknown>): client.ServerMetadata {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(entries), issuer: values.issuer } as client.ServerMetadata;
}

async function configure(
  settings: OidcSettings,
  metadata: client.ServerMetadata,
  fetch: ProviderFetch,
): Promise<client.Configuration> {
  const clientMetadata = { [client.clockTolerance]: clockToleranceSeconds };
  const configuration = new client.Configuration(
    metadata,
    settings.clientId,
    clientMetadata,
    await clientAuth(settings),
  );
  configuration[client.customFetch] = async (url, { method, headers, body }) => {
    return notDown(url, await fetch(url, { method, headers, ...(body != null && { body: String(body) }) }));
  };
  // With a key of its own given, `exchange.ts` checks the signature: the library would look for it in the key set by kid.
  if (!settings.certificate) client.enableNonRepudiationChecks(configuration);
  // `fetch` itself takes plain http for names under localhost alone; here it is only let through to it.
  if (usesLocalhost(metadata)) client.allowInsecureRequests(configuration);
  return configuration;
}

function usesLocalhost(metadata: client.ServerMetadata): boolean {
  const endpoints = [
    metadata.authorization_endpoint,
    metadata.token_endpoint,
    metadata.jwks_uri,
    metadata.userinfo_endpoint,
  ];
  return endpoints.some((url) => url !== undefined && URL.canParse(url) && isLocalhostName(new URL(url).hostname));
}

async function clientAuth(settings: OidcSettings): Promise<client.ClientAuth> {
  switch (settings.tokenAuthMethod) {
    case 'client_secret_post':
      return client.ClientSecretPost(settings.clientSecret);
    case 'client_secret_basic':
      return client.ClientSecretBasic(settings.clientSecret);
    case 'none':
      return client.None();
    case 'private_key_jwt':
      return client.PrivateKeyJwt(importSigningKey(createPrivateKey(settings.clientKey)));
  }
}

function importSigningKey(key: KeyObject): webcrypto.CryptoKey {
  const usages = ['sign'] as const;
  if (key.asymmetricKeyType === 'rsa')
    return key.toCryptoKey({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, [...usages]);
  if (key.asymmetricKeyType === 'ed25519') return key.toCryptoKey('Ed25519', false, [...usages]);
  const namedCurve = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }[
    key.asymmetricKeyDetails?.namedCurve ?? ''
  ];
  return key.toCryptoKey({ name: 'ECDSA', namedCurve: namedCurve ?? 'P-256' }, false, [...usages]);
}

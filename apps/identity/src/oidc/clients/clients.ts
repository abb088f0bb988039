/**
 * Registered applications: the configuration's clients with their defaults, and the same as the metadata the engine takes.
 * What this version cannot do for a client is told as a warning, never guessed.
 */
import { randomBytes } from 'node:crypto';
import type { ClientMetadata } from 'oidc-provider';
import { deviceCodeGrant, responseModes, responseTypes, tokenExchangeGrant } from '../../config/values/algorithms.ts';
import { type ConsentMode, consentModeOf } from '../consent/consent-mode.ts';
import { encryptionKeys, type SigningKey } from '../keys/keys.ts';
import { encryptionMetadata, whyNotEncryptable } from '../keys/response-encryption.ts';
import { signingMetadata } from '../keys/response-keys.ts';
import type { ClientOptions, ConfigPath, OidcOptions } from '../options.ts';
import { dpopMetadata } from '../tokens/dpop.ts';
import { methodsOf } from './client-auth.ts';
import { keyMetadata, plaintextSecret } from './client-keys.ts';
import { type AuthorizationPolicy, policyNamed } from './policy.ts';
import { whyNotRegistrable } from './redirect-uris.ts';
import { whyNotReadable } from './request-objects.ts';

export type Client = {
  readonly id: string;
  readonly name: string;
  readonly options: ClientOptions;
  /** Where its section stands in the configuration. */
  readonly path: ConfigPath;
  readonly isPublic: boolean;
  readonly scopes: ReadonlySet<string>;
  readonly consentMode: ConsentMode;
  readonly policy: AuthorizationPolicy;
  readonly policyName: string;
  readonly metadata: ClientMetadata;
};

const scopesByDefault = ['openid', 'groups', 'profile', 'email'];
const grantTypes: ReadonlySet<string> = new Set([
  'authorization_code',
  'implicit',
  'refresh_token',
  'client_credentials',
  deviceCodeGrant,
  tokenExchangeGrant,
]);

export type ClientWarning = { readonly clientId: string; readonly text: string };

/**
 * Throws TypeError for a client that the rules of the configuration should have refused: an unknown policy, a redirect URI
 * that is none.
 */
export function registerClients(
  oidc: OidcOptions,
  networks: Readonly<Record<string, readonly string[]>>,
  keys: readonly SigningKey[],
  warn: (warning: ClientWarning) => void,
): ReadonlyMap<string, Client> {
  const clients = new Map<string, Client>();
  for (const [index, options] of oidc.clients.entries()) {
    const path = ['identity_providers', 'oidc', 'clients', index];
    const client = openClient(options, path, { oidc, networks, keys }, (text) =>
      warn({ clientId: options.client_id, text }),
    );
    if (client) clients.set(client.id, client);
  }
  return clients;
}

export type ClientParts = {
  readonly oidc: OidcOptions;
  readonly networks: Readonly<Record<string, readonly string[]>>;
  readonly keys: readonly SigningKey[];
};

/** Undefined for a client that nothing usable is left of; `warn` says why. Throws TypeError as above. */
export function openClient(
  options: ClientOptions,
  path: ConfigPath,
  { oidc, networks, keys }: ClientParts,
  warn: (text: string) => void,
): Client | undefined {
  const metadata = metadataOf(options, oidc, keys, warn);
  if (!metadata) return undefined;
  const withoutPerson = options.grant_types?.includes('client_credentials');
  const policyName = options.authorization_policy || (withoutPerson ? 'one_factor' : 'two_factor');
  return {
    id: options.client_id,
    name: options.client_name || options.client_id,
    options,
    path,
    isPublic: options.public ?? false,
    scopes: new Set(metadata.scope?.split(' ')),
    consentMode: consentModeOf(options),
    policy: policyNamed(policyName, oidc.authorization_policies ?? {}, networks),
    policyName,
    metadata,
  };
}

function metadataOf(
  options: ClientOptions,
  oidc: OidcOptions,
  keys: readonly SigningKey[],
  warn: (text: string) => void,
): ClientMetadata | undefined {
  const wantsCredentials = options.grant_types?.includes('client_credentials') ?? false;
  const types = kept(
    options.response_types ?? (wantsCredentials ? [] : ['code']),
    normalizedResponseType,
    (type) =>
      responseTypes.some((known) => known === type) ? undefined : `the response type '${type}' is not offered`,
    warn,
  );
  const grants = kept(
    options.grant_types ?? [],
    same,
    (grant) => (grantTypes.has(grant) ? undefined : `the grant type '${grant}' is not offered`),
    warn,
  );
  const modes = kept(
    options.response_modes ?? [],
    same,
    (mode) =>
      responseModes.some((known) => known === mode) ? undefined : `the response mode '${mode}' is not offered`,
    warn,
  );
  const uris = kept(options.redirect_uris ?? [], same, whyNotUri, warn);
  // A device has no address to be sent back to.
  const answers = uris.length === 0 && grants.includes(deviceCodeGrant) ? [] : types;
  if (answers.length > 0 && uris.length === 0) {
    warn('cannot sign in: no redirect URI of its own can be used');
    return undefined;
  }
  const decrypting = new Set(encryptionKeys(oidc.jwks, keys).map((key) => String(key.alg)));
  const unreadable = whyNotReadable(options, decrypting);
  if (unreadable) warn(`has request objects that cannot be read: ${unreadable}`);
  const why = whyNotEncryptable(options);
  if (why) {
    warn(`cannot sign in: ${why}`);
    return undefined;
  }
  if (options.pkce_challenge_method === 'plain')
    warn("cannot sign in: 'pkce_challenge_method: plain' is not offered, only S256");
  const scopes = options.scopes ?? (wantsCredentials && types.length === 0 ? [] : scopesByDefault);
  return {
    client_id: options.client_id,
    client_name: options.client_name || options.client_id,
    ...authenticationMetadata(options),
    ...keyMetadata(options),
    ...dpopMetadata(options),
    redirect_uris: uris,
    response_types: answers as NonNullable<ClientMetadata['response_types']>,
    grant_types: grantsFor(answers, grants),
    response_modes: (modes.length > 0 ? modes : modesFor(answers)) as NonNullable<ClientMetadata['response_modes']>,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...signingMetadata(options, keys),
    ...encryptionMetadata(options),
    require_pushed_authorization_requests:
      options.require_pushed_authorization_requests || oidc.require_pushed_authorization_requests || false,
    ...(options.default_acr_values?.length && { default_acr_values: [...options.default_acr_values] }),
    post_logout_redirect_uris: [...(options.post_logout_redirect_uris ?? [])],
    ...(options.backchannel_logout_uri && {
      backchannel_logout_uri: options.backchannel_logout_uri,
      backchannel_logout_session_required: true,
    }),
  };
}

/**
 * One method for all endpoints, which is all that the engine keeps: the one that needs most. client-auth.ts says which holds
 * where. A secret that is kept as a digest is none of the engine's: it compares a random one, and client-auth.ts the real.
 */
function authenticationMetadata(options: ClientOptions): Partial<ClientMetadata> {
  const methods = methodsOf(options);
  const method = methodsByNeed.find((each) => methods.has(each)) ?? 'none';
  const secret = plaintextSecret(options) ?? (options.client_secret && randomBytes(32).toString('base64url'));
  const needsOne = method !== 'none' && method !== 'private_key_jwt';
  return {
    token_endpoint_auth_method: method,
    ...((secret || needsOne) && { client_secret: secret ?? randomBytes(32).toString('base64url') }),
  };
}

const methodsByNeed = ['client_secret_jwt', 'private_key_jwt', 'client_secret_basic', 'client_secret_post'] as const;

function grantsFor(types: readonly string[], stated: readonly string[]): string[] {
  const derived = types.flatMap((type) => [
    ...(type.includes('code') ? ['authorization_code'] : []),
    ...(type.includes('token') ? ['implicit'] : []),
  ]);
  return [...new Set([...(stated.length > 0 ? stated : derived)])];
}

function modesFor(types: readonly string[]): string[] {
  return [
    'form_post',
    ...(types.includes('code') ? ['query'] : []),
    ...(types.some((type) => type.includes('token')) ? ['fragment'] : []),
  ];
}

function whyNotUri(uri: string): string | undefined {
  const why = whyNotRegistrable(uri);
  return why && `the redirect URI '${uri}' ${why}`;
}

function normalizedResponseType(type: string): string {
  return [...new Set(type.split(' '))].sort().join(' ');
}

function same(text: string): string {
  return text;
}

/** What is usable of a list; each entry that is not is told. */
function kept(
  entries: readonly string[],
  normalize: (entry: string) => string,
  whyNot: (entry: string) => string | undefined,
  warn: (text: string) => void,
): string[] {
  return entries.map(normalize).filter((entry) => {
    const why = whyNot(entry);
    if (why) warn(why);
    return why === undefined;
  });
}

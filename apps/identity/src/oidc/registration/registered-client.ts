/**
 * An application that registered itself, as a client like those of the configuration: its metadata become the options of a
 * client, and the house's section about registration says the rest. From here on nobody can tell the two apart.
 */
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { formatDigest } from '@gatehouse/password/digest.ts';
import type { ClientMetadata } from 'oidc-provider';
import type { ClientSecret } from '../../config/values/digest.ts';
import type { Client } from '../clients/clients.ts';
import type { ClientOptions, ConfigPath, RegistrationOptions } from '../options.ts';
import { listOf } from './metadata.ts';
import type { Metadata, Registration } from './registered-client.store.ts';

export const registrationPath: ConfigPath = ['identity_providers', 'oidc', 'dynamic_client_registration'];

/** Turns options into a client, as for the configuration's. Undefined where nothing usable is left. */
export type OpenClient = (options: ClientOptions, path: ConfigPath) => Client | undefined;

export function registeredClient(
  clientId: string,
  { metadata, secret }: Registration,
  house: RegistrationOptions,
  open: OpenClient,
): Client | undefined {
  const client = open(optionsOf(clientId, metadata, secret, house), registrationPath);
  return client && { ...client, metadata: { ...client.metadata, ...heldByTheEngine(metadata) } };
}

function optionsOf(
  clientId: string,
  metadata: Metadata,
  secret: ClientSecret | undefined,
  house: RegistrationOptions,
): ClientOptions {
  const { scope, jwks: _, subject_type: subjectType, sector_identifier_uri: sector, ...named } = metadata;
  const method = String(metadata.token_endpoint_auth_method);
  const alg = metadata.token_endpoint_auth_signing_alg;
  const endpoints = ['token', 'revocation', 'introspection', 'pushed_authorization_request'];
  return {
    // Members of metadata and options of a client bear the same names; what is none of them does nothing.
    ...(named as Partial<ClientOptions>),
    client_id: clientId,
    client_name: String(metadata.client_name ?? hostOf(metadata) ?? clientId),
    ...(secret && { client_secret: secret }),
    public: method === 'none',
    scopes: String(scope ?? '')
      .split(' ')
      .filter(Boolean),
    ...(subjectType === 'pairwise' && { sector_identifier_uri: String(sector ?? `https://${hostOf(metadata)}`) }),
    ...Object.fromEntries(
      endpoints.flatMap((endpoint) => [
        [`${endpoint}_endpoint_auth_method`, method],
        ...(alg === undefined ? [] : [[`${endpoint}_endpoint_auth_signing_alg`, alg]]),
      ]),
    ),
    authorization_policy: house.authorization_policy,
    consent_mode: house.consent_mode,
    allow_private_network: false,
  };
}

function hostOf(metadata: Metadata): string | undefined {
  return URL.parse(listOf(metadata, 'redirect_uris')?.[0] ?? '')?.host || undefined;
}

/** What only the engine acts on. */
function heldByTheEngine({ jwks, default_max_age, require_auth_time }: Metadata): Partial<ClientMetadata> {
  return {
    ...(jwks !== undefined && { jwks: jwks as NonNullable<ClientMetadata['jwks']> }),
    ...(default_max_age !== undefined && { default_max_age: Number(default_max_age) }),
    ...(require_auth_time !== undefined && { require_auth_time: require_auth_time === true }),
  };
}

/** Whether this client has a secret at all: to prove itself, or to derive keys from. */
export function wantsSecret(metadata: Metadata): boolean {
  return !['none', 'private_key_jwt'].includes(String(metadata.token_endpoint_auth_method)) || needsPlaintext(metadata);
}

/** Keys are derived from the secret itself (OpenID Connect Core 10.1, 10.2); a digest can only be compared with. */
export function needsPlaintext(metadata: Metadata): boolean {
  const algs = Object.entries(metadata).filter(([name]) => name.endsWith('_alg'));
  return (
    metadata.token_endpoint_auth_method === 'client_secret_jwt' ||
    algs.some(([, alg]) => /^(HS|A\d{3}|PBES2|dir$)/.test(String(alg)))
  );
}

/** 256 random bits cannot be guessed: one round keeps them as well as many, and costs nothing at the token endpoint. */
export function keptSecret(secret: string, metadata: Metadata): ClientSecret {
  if (needsPlaintext(metadata)) return { kind: 'plaintext', text: secret };
  const salt = randomBytes(16);
  const key = pbkdf2Sync(secret, salt, 1, 64, 'sha512');
  const text = formatDigest({ family: 'pbkdf2', variant: 'sha512', iterations: 1, salt, key });
  return { kind: 'digest', family: 'pbkdf2', text };
}

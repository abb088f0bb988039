/**
 * Request objects (RFC 9101; OpenID Connect Core 6): an authorization request as one JWT, signed by the application, sent
 * along or pushed. The engine verifies and decrypts; which algorithm a client is registered for is held here. An object is
 * never fetched from an address: the engine cannot, and pushing does the same without a call to a stranger's server.
 */
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { type Configuration, errors } from 'oidc-provider';
import { asymmetricEncryptionAlgs, contentEncryptions, signingAlgs } from '../../config/values/algorithms.ts';
import { isAsymmetric, isKnownToEngine } from '../keys/response-encryption.ts';
import type { ClientOptions } from '../options.ts';
import { plaintextSecret } from './client-keys.ts';
import type { Clients } from './client-registry.ts';

type RequestObjects = NonNullable<NonNullable<Configuration['features']>['requestObjects']>;

/** A token of another kind, signed by the same key, is no request (RFC 8725 section 3.11; RFC 9101 section 10.8). */
const types: ReadonlySet<string> = new Set(['jwt', 'oauth-authz-req+jwt']);

export function requestObjectOptions(clients: Clients): RequestObjects {
  return {
    enabled: true,
    async assertJwtClaimsAndHeader(ctx, claims, header, engineClient) {
      // What was pushed has been judged when it came.
      if ('PushedAuthorizationRequest' in ctx.oidc.entities) return;
      scopesInside.set(ctx.oidc, claims.scope);
      const registered = clients.get(engineClient.clientId)?.options.request_object_signing_alg;
      if (registered && header.alg !== registered)
        throw new errors.InvalidRequestObject(`the request object must be signed with ${registered}`);
      if (header.typ !== undefined && !types.has(String(header.typ).toLowerCase()))
        throw new errors.InvalidRequestObject('the request object is a token of another type');
    },
  };
}

/** As the engine takes and publishes them; `symmetric` are those made of clients' secrets. */
export function requestObjectAlgs(symmetric: {
  readonly signing: readonly string[];
  readonly encryption: readonly string[];
}) {
  return {
    requestObjectSigningAlgValues: [...signingAlgs.filter((alg) => !alg.startsWith('HS')), ...symmetric.signing],
    requestObjectEncryptionAlgValues: [...asymmetricEncryptionAlgs, ...symmetric.encryption].filter(isKnownToEngine),
    requestObjectEncryptionEncValues: [...contentEncryptions],
  };
}

/** Why request objects of this client can never be read, or undefined. `decrypting`: algorithms of the provider's own keys. */
export function whyNotReadable(options: ClientOptions, decrypting: ReadonlySet<string>): string | undefined {
  const { request_object_signing_alg: signing, request_object_encryption_alg: encryption } = options;
  const hasSecret = plaintextSecret(options) !== undefined;
  const hasKeys = Boolean(options.jwks_uri) || (options.jwks ?? []).length > 0;
  if (signing?.startsWith('HS') && !hasSecret) return `${signing} needs the client's secret in plain text`;
  if (signing && signing !== 'none' && !signing.startsWith('HS') && !hasKeys)
    return `${signing} needs the client's public keys ('jwks' or 'jwks_uri')`;
  if (!encryption || encryption === 'none') return undefined;
  if (!isKnownToEngine(encryption)) return `${encryption} is not offered`;
  if (isAsymmetric(encryption))
    return decrypting.has(encryption)
      ? undefined
      : `no key of 'identity_providers.oidc.jwks' with 'use: enc' is for ${encryption}`;
  return hasSecret ? undefined : `${encryption} needs the client's secret in plain text`;
}

type Params = Record<string, unknown>;

const scopesInside = new WeakMap<object, unknown>();

/** The scope as a request object names it, before the engine leaves out what no client has; `oidc` is the engine's context. */
export function scopeInside(oidc: object): unknown {
  return scopesInside.get(oidc);
}

/**
 * A client registered with `none` may send its request as an object without a signature, which is worth as much as the same
 * in plain parameters, and is turned into them: what stands outside of it does not count, as with a signed one.
 */
export function readUnsigned(oidc: object, params: Params, clients: Clients): void {
  const { request, client_id: clientId } = params;
  if (typeof request !== 'string' || typeof clientId !== 'string') return;
  if (clients.get(clientId)?.options.request_object_signing_alg !== 'none') return;
  const claims = unsignedClaims(request);
  if (!claims || (claims.client_id !== undefined && claims.client_id !== clientId)) return;
  if ('request' in claims || 'request_uri' in claims) return;
  scopesInside.set(oidc, claims.scope);
  for (const name of Object.keys(params)) params[name] = name === 'client_id' ? clientId : textOf(claims[name]);
}

/** Undefined for what has a signature, or is no JWT at all: the engine tells. */
function unsignedClaims(request: string): Record<string, unknown> | undefined {
  try {
    if (decodeProtectedHeader(request).alg !== 'none' || !request.endsWith('.')) return undefined;
    return decodeJwt(request);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

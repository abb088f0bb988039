/** `identity_providers.oidc.jwks`: algorithm by the kind of key, key id by its thumbprint, the old spelling as one key. */
import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { StatedOidc } from '../schema/configuration.ts';
import type { KeyLife } from '../values/key-life.ts';
import type { Chain, KeyShape, ParsedKey } from '../values/pem.ts';

export type SigningKey = KeyLife & {
  readonly key_id: string;
  readonly use: 'sig' | 'enc';
  readonly algorithm: string;
  readonly key: KeyObject;
  readonly shape: KeyShape;
  readonly certificate_chain?: Chain;
};

export function completeSigningKeys(stated: StatedOidc): SigningKey[] {
  if (stated.jwks.length === 0 && stated.issuer_private_key) {
    const chain = stated.issuer_certificate_chain;
    return [signingKey({ use: 'sig', algorithm: 'RS256', certificate_chain: chain }, stated.issuer_private_key)];
  }
  return stated.jwks.flatMap((entry) => (entry.key ? [signingKey(entry, entry.key)] : []));
}

type KeyEntry = Omit<StatedOidc['jwks'][number], 'key'>;

function signingKey(entry: KeyEntry, parsed: ParsedKey): SigningKey {
  const algorithm = entry.algorithm || defaultAlgorithm(parsed.shape, entry.use);
  return {
    key_id: entry.key_id || thumbprintKeyId(parsed.key, algorithm),
    use: entry.use,
    algorithm,
    key: parsed.key,
    shape: parsed.shape,
    ...(entry.certificate_chain && { certificate_chain: entry.certificate_chain }),
    ...(entry.not_before !== undefined && { not_before: entry.not_before }),
    ...(entry.not_after !== undefined && { not_after: entry.not_after }),
  };
}

const signingAlgOfCurve = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' } as const;

export function defaultAlgorithm(shape: KeyShape, use: 'sig' | 'enc'): string {
  if (shape.type === 'rsa') return use === 'sig' ? 'RS256' : 'RSA-OAEP-256';
  return use === 'sig' ? signingAlgOfCurve[shape.curve] : 'ECDH-ES+A256KW';
}

/** First six hex digits of the SHA-256 JWK thumbprint (RFC 7638), a dash and the algorithm. */
export function thumbprintKeyId(key: KeyObject, algorithm: string): string {
  const jwk = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  const thumbprint = createHash('sha256')
    .update(JSON.stringify(requiredMembers(jwk)))
    .digest('hex');
  return `${thumbprint.slice(0, 6)}-${algorithm.toLowerCase().replaceAll('+', '.')}`;
}

/** RFC 7638 section 3.2: the required members alone, in alphabetical order. */
function requiredMembers(jwk: JsonWebKey): Record<string, unknown> {
  return jwk.kty === 'RSA' ? { e: jwk.e, kty: jwk.kty, n: jwk.n } : { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y };
}

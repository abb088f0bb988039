/**
 * The public keys and the shared secret of a client, as the configuration states them and as JSON Web Keys. Keys behind a
 * `jwks_uri` are the engine's: it fetches them when it meets one that it does not know.
 */
import type { ClientMetadata, JWK } from 'oidc-provider';
import { defaultAlgorithm } from '../../config/complete/signing-keys.ts';
import type { ClientKeyOptions, ClientOptions } from '../options.ts';

/** The part of a client's metadata that says with which keys it proves itself, and for which keys it is encrypted. */
export function keyMetadata(options: ClientOptions): Partial<ClientMetadata> {
  if (options.jwks_uri) return { jwks_uri: options.jwks_uri };
  const keys = (options.jwks ?? []).flatMap((key) => publicJwk(key) ?? []);
  return keys.length > 0 ? { jwks: { keys } } : {};
}

/**
 * The secret itself, for clients whose methods and algorithms derive keys from it (OpenID Connect Core 10.1, 10.2). A digest
 * can only be compared with.
 */
export function plaintextSecret({ client_secret: secret }: ClientOptions): string | undefined {
  return secret?.kind === 'plaintext' ? secret.text : undefined;
}

function publicJwk({ key: parsed, key_id, use = 'sig', algorithm, certificate_chain }: ClientKeyOptions) {
  if (!parsed) return undefined;
  // A key for encryption serves every algorithm of its kind; one for signatures only the one it is registered for.
  const alg = algorithm || (use === 'sig' ? defaultAlgorithm(parsed.shape, use) : undefined);
  const x5c = certificate_chain?.map((certificate) => certificate.raw.toString('base64'));
  return {
    ...parsed.key.export({ format: 'jwk' }),
    use,
    ...(key_id && { kid: key_id }),
    ...(alg && { alg }),
    ...(x5c && { x5c }),
  } as JWK;
}

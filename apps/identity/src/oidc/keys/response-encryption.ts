/**
 * Encrypting an answer that is signed already for the client it goes to (RFC 7516; OpenID Connect Core 10.2): with the
 * client's public key, or with a key made of its secret.
 */
import { createHash } from 'node:crypto';
import { CompactEncrypt, type CompactJWEHeaderParameters, type JWK } from 'jose';
import type { ClientMetadata } from 'oidc-provider';
import { asymmetricEncryptionAlgs } from '../../config/values/algorithms.ts';
import { plaintextSecret } from '../clients/client-keys.ts';
import type { ClientOptions } from '../options.ts';
import type { SignedResponse } from './response-keys.ts';

const encByDefault = 'A128CBC-HS256';

/** Why an answer cannot be encrypted as the configuration asks, or undefined. Nothing is sent less protected instead. */
export function whyNotEncryptable(options: ClientOptions): string | undefined {
  for (const response of ['authorization', 'id_token', 'access_token', 'userinfo', 'introspection'] as const) {
    const key = `${response}_encrypted_response_alg` as const;
    const alg = encryptionAlg(options, response);
    if (alg === 'RSA1_5') return `'${key}: RSA1_5' is not offered, because it can be decrypted by strangers`;
    if (alg && isAsymmetric(alg) && !options.jwks_uri && !options.jwks?.some((each) => each.use === 'enc'))
      return `'${key}: ${alg}' needs a key of the client with 'use: enc'`;
    if (alg && !isAsymmetric(alg) && plaintextSecret(options) === undefined)
      return `'${key}: ${alg}' needs the client's secret in plain text`;
  }
  return undefined;
}

/** Undefined: the answer is only signed. */
export function encryptionAlg(options: ClientOptions, response: SignedResponse): string | undefined {
  const alg = options[`${response}_encrypted_response_alg`];
  return alg === '' || alg === 'none' ? undefined : alg;
}

/** What of this the engine has to know; PBES2 it does not know at all. */
export function encryptionMetadata(options: ClientOptions): Partial<ClientMetadata> {
  const metadata: Record<string, string> = {};
  for (const response of ['authorization', 'id_token', 'userinfo'] as const) {
    const alg = encryptionAlg(options, response);
    if (!alg || !isKnownToEngine(alg)) continue;
    metadata[`${response}_encrypted_response_alg`] = alg;
    metadata[`${response}_encrypted_response_enc`] = options[`${response}_encrypted_response_enc`] || encByDefault;
  }
  return metadata;
}

/** RSA1_5 and PBES2 are not. */
export function isKnownToEngine(alg: string): boolean {
  return alg !== 'RSA1_5' && !alg.startsWith('PBES2');
}

/** The engine's store of a client's public keys, those behind `jwks_uri` among them. */
export type ClientKeyStore = {
  refresh(): Promise<void>;
  selectForEncrypt(wanted: { alg: string; kid?: string }): readonly JWK[];
};

/** Rejects with TypeError when the client has published no key that fits. `iss` and `aud` are repeated in the header, in the clear. */
export async function encryptForClient(
  signed: string,
  options: ClientOptions,
  response: SignedResponse,
  store: ClientKeyStore,
  header: { readonly iss: string; readonly aud: string | readonly string[]; readonly cty?: string },
): Promise<string> {
  const alg = encryptionAlg(options, response);
  if (!alg) return signed;
  const key = isAsymmetric(alg)
    ? await publicKey(alg, options[`${response}_encrypted_response_key_id`], store)
    : secretKey(alg, plaintextSecret(options));
  const kid = key instanceof Uint8Array ? undefined : key.kid;
  const fields: CompactJWEHeaderParameters = {
    alg,
    enc: options[`${response}_encrypted_response_enc`] || encByDefault,
    cty: 'JWT',
    ...(kid && { kid }),
    ...header,
  };
  return new CompactEncrypt(Buffer.from(signed)).setProtectedHeader(fields).encrypt(key);
}

async function publicKey(alg: string, kid: string | undefined, store: ClientKeyStore): Promise<JWK> {
  await store.refresh();
  const [key] = store.selectForEncrypt({ alg, ...(kid && { kid }) });
  if (!key) throw new TypeError(`the client has no key for ${alg}${kid ? ` with the id ${kid}` : ''}`);
  return key;
}

/** The secret's digest, cut to the length of the key (OpenID Connect Core 10.2); PBES2 makes its key of the secret itself. */
function secretKey(alg: string, secret: string | undefined): Uint8Array {
  if (secret === undefined) throw new TypeError(`${alg} needs the client's secret in plain text`);
  if (alg.startsWith('PBES2')) return Buffer.from(secret);
  const bits = Number(/^A(\d{3})/.exec(alg)?.[1]);
  return createHash('sha256')
    .update(secret)
    .digest()
    .subarray(0, bits / 8);
}

export function isAsymmetric(alg: string): boolean {
  return asymmetricEncryptionAlgs.some((each) => each === alg);
}

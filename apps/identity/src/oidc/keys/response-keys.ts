/**
 * With which key an answer to a client is signed: the provider's key by its id or else by the algorithm, or the client's own
 * secret (Authelia `*_signed_response_alg`, `*_signed_response_key_id`). Makes no token.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import type { ClientMetadata } from 'oidc-provider';
import { plaintextSecret } from '../clients/client-keys.ts';
import type { ClientOptions } from '../options.ts';
import type { SigningKey } from './keys.ts';

export type SignedResponse = 'authorization' | 'id_token' | 'access_token' | 'userinfo' | 'introspection';

export type ResponseKey = { readonly alg: string; readonly kid?: string; readonly key: KeyObject };

export type ResponseKeyFor = (options: ClientOptions, response: SignedResponse) => ResponseKey | undefined;

const alwaysSigned: ReadonlySet<SignedResponse> = new Set(['id_token', 'authorization']);

/**
 * The algorithm of an answer, or undefined for one that is not signed. A key's id decides over the stated algorithm.
 */
export function responseAlg(
  options: ClientOptions,
  response: SignedResponse,
  keys: readonly SigningKey[],
): string | undefined {
  const kid = options[`${response}_signed_response_key_id`];
  const byKey = kid ? keys.find((key) => key.kid === kid)?.alg : undefined;
  const stated = options[`${response}_signed_response_alg`];
  if (byKey) return byKey;
  if (stated && stated !== 'none') return stated;
  return alwaysSigned.has(response) ? 'RS256' : undefined;
}

/** What of this the engine has to know: that an answer is a JWT at all. */
export function signingMetadata(options: ClientOptions, keys: readonly SigningKey[]): Partial<ClientMetadata> {
  const responses = (['authorization', 'id_token', 'userinfo'] as const).flatMap((response) => {
    const alg = responseAlg(options, response, keys);
    return alg ? [[`${response}_signed_response_alg`, alg] as const] : [];
  });
  return Object.fromEntries(responses);
}

/** Of `keys`, the first that signs an algorithm stands first. Throws TypeError for a choice that the rules of the configuration should have refused. */
export function responseKeys(keys: readonly SigningKey[]): ResponseKeyFor {
  return function keyFor(options, response) {
    const alg = responseAlg(options, response, keys);
    if (!alg) return undefined;
    if (alg.startsWith('HS')) {
      const secret = plaintextSecret(options);
      if (secret === undefined) throw new TypeError(`${alg} needs the client's secret in plain text`);
      return { alg, key: createSecretKey(Buffer.from(secret)) };
    }
    const kid = options[`${response}_signed_response_key_id`];
    // A key that is announced or retired does not sign, even when it is named.
    const named = keys.find((key) => key.kid === kid && key.phase === 'in use');
    const key = named ?? keys.find((each) => each.alg === alg);
    if (!key) throw new TypeError(`no key signs the ${response} with ${alg}`);
    return key;
  };
}

/** For tests: an application's own keys, as its configuration states them and as it signs with them. */
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { parsePublicKey } from '../../config/values/pem.ts';
import type { House } from '../house.testing.ts';
import type { ClientKeyOptions } from '../options.ts';

export type KeyPair = { readonly stated: ClientKeyOptions; readonly privateKey: KeyObject; readonly publicPem: string };

/** A key pair whose public half stands under `jwks`. Elliptic pairs are made in a moment, so they are the default. */
export function keyPair(stated: Partial<Omit<ClientKeyOptions, 'key'>> = {}, kind: 'ec' | 'rsa' = 'ec'): KeyPair {
  const pair =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicPem = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const key = parsePublicKey(publicPem);
  if (key.kind === 'refused') throw new TypeError(key.reason);
  return { stated: { key_id: 'one', ...stated, key: key.value }, privateKey: pair.privateKey, publicPem };
}

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export type AssertionChanges = {
  /** Undefined leaves a claim out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Partial<JWTHeaderParameters>;
};

/** A client assertion as it should be (RFC 7523 section 3), changed as told. */
export async function signAssertion(
  house: Pick<House, 'issuer'>,
  clientId: string,
  key: KeyObject | Uint8Array,
  { claims = {}, header = {} }: AssertionChanges = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const payload: JWTPayload = {
    iss: clientId,
    sub: clientId,
    aud: house.issuer,
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
    ...claims,
  };
  return new SignJWT(JSON.parse(JSON.stringify(payload))).setProtectedHeader({ alg: 'ES256', ...header }).sign(key);
}

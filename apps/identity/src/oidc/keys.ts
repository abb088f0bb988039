/**
 * The provider's signing keys as the engine takes them, at one instant: those that sign come first, and of one algorithm the
 * first signs. Keys for encryption are left out: nothing encrypts yet.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import type { JWK } from 'oidc-provider';
import { inSigningOrder, type KeyLife, type KeyPhase, phaseAt } from '../config/values/key-life.ts';
import type { SigningKeyOptions } from './options.ts';

export type SigningKey = KeyLife & {
  readonly jwk: JWK;
  readonly alg: string;
  readonly kid: string;
  readonly key: KeyObject;
  readonly phase: KeyPhase;
};

const curveAlgs: Readonly<Record<string, string>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };

/** Throws TypeError when no key signs RS256 at `nowMs`, which every OpenID provider must offer (OpenID Connect Core 15.1). */
export async function signingKeys(options: readonly SigningKeyOptions[], nowMs: number): Promise<SigningKey[]> {
  const keys: SigningKey[] = [];
  for (const option of inSigningOrder(options, nowMs)) {
    if (option.use === 'enc' || !option.key) continue;
    const { key } = option;
    const alg = option.algorithm || algOf(key);
    const kid = option.key_id || (await keyId(key, alg));
    const x5c = option.certificate_chain?.map((certificate) => certificate.raw.toString('base64'));
    const jwk = { ...key.export({ format: 'jwk' }), use: 'sig', alg, kid, ...(x5c && { x5c }) };
    const { not_before, not_after } = option;
    keys.push({ jwk: jwk as JWK, alg, kid, key, phase: phaseAt(option, nowMs), not_before, not_after });
  }
  if (!keys.some((key) => key.alg === 'RS256' && key.phase === 'in use'))
    throw new TypeError('no key of the provider signs RS256');
  return keys;
}

/** Authelia's rule: the first six hex digits of the JWK thumbprint (RFC 7638, SHA-256), a dash, the algorithm. */
async function keyId(key: KeyObject, alg: string): Promise<string> {
  const thumbprint = await calculateJwkThumbprint(await exportJWK(createPublicKey(key)), 'sha256');
  return `${Buffer.from(thumbprint, 'base64url').toString('hex').slice(0, 6)}-${alg.toLowerCase()}`;
}

function algOf(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return 'RS256';
  const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
  const alg = Object.hasOwn(curveAlgs, curve) ? curveAlgs[curve] : undefined;
  if (!alg) throw new TypeError(`a key of type ${key.asymmetricKeyType} cannot sign`);
  return alg;
}

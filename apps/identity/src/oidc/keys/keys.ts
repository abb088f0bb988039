/**
 * The provider's keys as the engine takes them. Those that sign, at one instant: in use first, and of one algorithm the first
 * signs. Those that decrypt what clients send (request objects): always.
 */
import type { KeyObject } from 'node:crypto';
import type { JWK } from 'oidc-provider';
import { thumbprintKeyId } from '../../config/complete/signing-keys.ts';
import { inSigningOrder, type KeyLife, type KeyPhase, phaseAt } from '../../config/values/key-life.ts';
import type { SigningKeyOptions } from '../options.ts';
import { isAsymmetric } from './response-encryption.ts';

export type SigningKey = KeyLife & {
  readonly jwk: JWK;
  readonly alg: string;
  readonly kid: string;
  readonly key: KeyObject;
  readonly phase: KeyPhase;
};

const curveAlgs: Readonly<Record<string, string>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };

/** Throws TypeError when no key signs RS256 at `nowMs`, which every OpenID provider must offer (OpenID Connect Core 15.1). */
export function signingKeys(options: readonly SigningKeyOptions[], nowMs: number): SigningKey[] {
  const keys: SigningKey[] = [];
  for (const option of inSigningOrder(options, nowMs)) {
    if (option.use === 'enc' || !option.key) continue;
    const { key } = option;
    const alg = option.algorithm || algOf(key);
    const kid = option.key_id || thumbprintKeyId(key, alg);
    const { not_before, not_after } = option;
    keys.push({
      jwk: jwkOf(option, key, { use: 'sig', alg, kid }),
      alg,
      kid,
      key,
      phase: phaseAt(option, nowMs),
      not_before,
      not_after,
    });
  }
  if (!keys.some((key) => key.alg === 'RS256' && key.phase === 'in use'))
    throw new TypeError('no key of the provider signs RS256');
  return keys;
}

/**
 * A key that cannot decrypt with its algorithm, or that has the id of another key, is left out by `whyNotForEncryption`.
 */
export function encryptionKeys(options: readonly SigningKeyOptions[], signing: readonly SigningKey[]): JWK[] {
  return options.flatMap((option) => {
    if (option.use !== 'enc' || !option.key || whyNotForEncryption(option, signing)) return [];
    const { alg, kid } = encryptionName(option, option.key);
    return jwkOf(option, option.key, { use: 'enc', alg, kid });
  });
}

/** Undefined for a key that works, and for one that is not for encryption. */
export function whyNotForEncryption(option: SigningKeyOptions, signing: readonly SigningKey[]): string | undefined {
  if (option.use !== 'enc' || !option.key) return undefined;
  const { alg, kid } = encryptionName(option, option.key);
  if (!isAsymmetric(alg)) return `the key '${kid}' is not used: ${alg} does not encrypt for a key of this kind`;
  if (alg === 'RSA1_5') return `the key '${kid}' is not used: RSA1_5 can be decrypted by strangers`;
  if (signing.some((key) => key.kid === kid))
    return `the key '${kid}' for encryption is not used: a key for signatures has the same id`;
  return undefined;
}

function encryptionName(option: SigningKeyOptions, key: KeyObject): { alg: string; kid: string } {
  const alg = option.algorithm || (key.asymmetricKeyType === 'rsa' ? 'RSA-OAEP-256' : 'ECDH-ES+A256KW');
  return { alg, kid: option.key_id || thumbprintKeyId(key, alg) };
}

function jwkOf(option: SigningKeyOptions, key: KeyObject, named: { use: string; alg: string; kid: string }): JWK {
  const x5c = option.certificate_chain?.map((certificate) => certificate.raw.toString('base64'));
  return { ...key.export({ format: 'jwk' }), ...named, ...(x5c && { x5c }) } as JWK;
}

function algOf(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return 'RS256';
  const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
  const alg = Object.hasOwn(curveAlgs, curve) ? curveAlgs[curve] : undefined;
  if (!alg) throw new TypeError(`a key of type ${key.asymmetricKeyType} cannot sign`);
  return alg;
}

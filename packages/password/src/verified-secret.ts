/**
 * Remembers, for each client, the last secret that verified, as a fingerprint under a key that only this process has. A
 * client that comes back with the same secret pays no digest; a wrong secret always does, within the bounds of the pool. Two
 * first requests with the same secret share one digest.
 *
 * The fingerprint covers the digest as well, so a client whose digest changes starts anew.
 */
import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Digest, formatDigest } from './digest.ts';
import type { DigestPool, PoolAnswer } from './digest-pool.ts';

export interface VerifiedSecrets {
  /** `clientId` must be that of a configured client: there is one entry for each and no other limit. */
  verify(clientId: string, digest: Digest, secret: string): Promise<PoolAnswer>;
}

/** `key` is for tests that need to know it; otherwise it is random and dies with the process. */
export function openVerifiedSecrets(pool: DigestPool, key: Uint8Array = randomBytes(32)): VerifiedSecrets {
  // A key object: with plain bytes Node takes several times as long for each fingerprint.
  const secretKey = createSecretKey(key);
  const verified = new Map<string, Buffer>();
  const underWay = new Map<string, Promise<PoolAnswer>>();

  const formatted = new WeakMap<Digest, string>();

  function textOf(digest: Digest): string {
    const text = formatted.get(digest) ?? formatDigest(digest);
    formatted.set(digest, text);
    return text;
  }

  function fingerprintOf(digest: Digest, secret: string): Buffer {
    return createHmac('sha256', secretKey).update(textOf(digest)).update('\0').update(secret).digest();
  }

  async function pay(clientId: string, digest: Digest, secret: string, fingerprint: Buffer): Promise<PoolAnswer> {
    const answer = await pool.verify(digest, secret);
    if (answer.kind === 'match') verified.set(clientId, fingerprint);
    return answer;
  }

  return {
    async verify(clientId, digest, secret) {
      const fingerprint = fingerprintOf(digest, secret);
      const known = verified.get(clientId);
      if (known !== undefined && timingSafeEqual(known, fingerprint)) return { kind: 'match' };
      const ticket = `${fingerprint.toString('base64')} ${clientId}`;
      const same = underWay.get(ticket);
      if (same !== undefined) return same;
      const answer = pay(clientId, digest, secret, fingerprint).finally(() => underWay.delete(ticket));
      underWay.set(ticket, answer);
      return answer;
    },
  };
}

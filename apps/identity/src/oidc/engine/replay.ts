/**
 * What may be used once only (the `jti` of client assertions and of DPoP proofs): one insert that at most one of any number
 * of parallel requests wins. The engine would look first and write then, which two requests can do side by side.
 */
import { createHash } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { UsedBefore } from './adapter.ts';

/** `iss` and `jti` are strangers' text: their lengths are part of what is digested, so that no two pairs share an id. */
export function detectReplays(provider: Provider, nowMs: () => number): void {
  const { ReplayDetection } = provider;
  ReplayDetection.unique = async function unique(iss, jti, exp) {
    const id = createHash('sha256')
      .update(JSON.stringify([iss, jti]))
      .digest('base64url');
    const entry = Object.assign(new ReplayDetection(), { jti: id, iss });
    try {
      await entry.save(Math.max(1, exp - Math.floor(nowMs() / 1000)));
      return true;
    } catch (error) {
      if (error instanceof UsedBefore) return false;
      throw error;
    }
  };
}

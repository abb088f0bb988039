/**
 * What `/jwks.json` shows, and for how long it may be kept. A key stays published until the last thing it signed has expired;
 * while it stands in the configuration, hints that it signed are still understood. Knows no phases of signing.
 */
import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { clockToleranceSeconds } from '../engine/adapter.ts';
import type { OidcOptions } from '../options.ts';
import { endpoints } from '../paths.ts';
import { longestSignedSeconds } from '../tokens/lifespans.ts';
import type { SigningKey } from './keys.ts';

/**
 * Applications and proxies may keep the keys this long, so a key that signs sooner after it was first published may meet one
 * that does not know it. The advice to announce a key a day ahead (docs/operate/keys.md) leaves room for those that keep longer.
 */
export const keysMaxAgeSeconds = 15 * 60;

/** The instant from which on a key is not published any more. */
export function goneAtMs(key: Pick<SigningKey, 'not_after'>, lifespans: OidcOptions['lifespans']): number {
  if (key.not_after === undefined) return Number.POSITIVE_INFINITY;
  return key.not_after + (longestSignedSeconds(lifespans) + clockToleranceSeconds) * 1000;
}

type PublishedKey = {
  readonly kid: string;
  readonly alg: string;
  readonly use: string;
  readonly x5c?: readonly string[];
};

export function publishKeys(
  engine: Provider,
  keys: readonly SigningKey[],
  lifespans: OidcOptions['lifespans'],
  nowMs: () => number,
): void {
  const goneAt = new Map(keys.map((key) => [key.kid, goneAtMs(key, lifespans)]));
  engine.use(async function showPublishedKeys(ctx: KoaContextWithOIDC, next) {
    await next();
    if (ctx.path !== endpoints.jwks || ctx.status !== 200) return;
    ctx.set('Cache-Control', `public, max-age=${keysMaxAgeSeconds}`);
    const { keys: known } = ctx.body as { keys: readonly PublishedKey[] };
    ctx.body = {
      keys: known
        .filter(({ kid, use }) => use !== 'sig' || nowMs() < (goneAt.get(kid) ?? Number.POSITIVE_INFINITY))
        .sort((a, b) => byText(a.alg, b.alg) || byText(a.kid, b.kid))
        .map(withThumbprints),
    };
  });
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The engine publishes the chain alone (RFC 7517 sections 4.8, 4.9). */
function withThumbprints(key: PublishedKey): PublishedKey {
  const leaf = key.x5c?.[0];
  if (leaf === undefined) return key;
  const digest = (name: string): string => createHash(name).update(Buffer.from(leaf, 'base64')).digest('base64url');
  return Object.assign({}, key, { x5t: digest('sha1'), 'x5t#S256': digest('sha256') });
}

/**
 * Access tokens that only the holder of a key can use (DPoP, RFC 9449): for every client that sends a proof, and required of
 * those that are registered for it. The checks of a proof are the engine's; that none is taken twice is `replay.ts`.
 */
import { hkdfSync } from 'node:crypto';
import type { ClientMetadata, Configuration } from 'oidc-provider';
import type { ClientOptions } from '../options.ts';

const nonceSecretBytes = 32;

/**
 * Nonces are handed out with every answer to a proof and hold for some minutes; a proof with one need not agree with our
 * clock. None is demanded: that would cost every client a refused request at its start. They are made of the secret of the
 * cookies, so that each node of a portal takes the nonces of the others.
 */
export function dpopOptions(
  cookieKeys: readonly string[],
): NonNullable<NonNullable<Configuration['features']>['dPoP']> {
  const secret = cookieKeys[0];
  if (!secret) throw new TypeError('there is no secret to make nonces of');
  const nonceSecret = Buffer.from(hkdfSync('sha256', secret, '', 'gatehouse dpop nonces', nonceSecretBytes));
  return { enabled: true, nonceSecret, requireNonce: () => false, allowReplay: false };
}

/** `dpop_bound_access_tokens`: RFC 9449 section 5.2. */
export function dpopMetadata({ dpop_bound_access_tokens: bound }: ClientOptions): Partial<ClientMetadata> {
  return bound ? { dpop_bound_access_tokens: true } : {};
}

/**
 * What a grant keeps beyond the engine's own fields: how well the person had signed in, and for a grant that a token exchange
 * made, the one that the person gave.
 */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

export type KeptGrant = NonNullable<KoaContextWithOIDC['oidc']['grant']> & {
  /** The `acr` that the sign-in had reached. */
  acr?: string | undefined;
  /** The grant that this one dies with. */
  parentGrantId?: string | undefined;
};

export function keepMoreWithGrants(provider: Provider): void {
  const kept = [...provider.Grant.IN_PAYLOAD, 'acr', 'parentGrantId'];
  Object.defineProperty(provider.Grant, 'IN_PAYLOAD', { get: () => kept });
}

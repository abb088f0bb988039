/** What an application would be told about a person, by place, without anybody signing in. Pure. */
import type { Identity } from '../../directory/directory.ts';
import type { ClientOptions, OidcOptions } from '../options.ts';
import type { AttributeOf } from './attributes.ts';
import { allClaims, claimsOfScopes, namesIn } from './claims.ts';

export const places = ['id_token', 'userinfo', 'access_token'] as const;

export type ClaimsPreview = Readonly<Record<(typeof places)[number], Readonly<Record<string, unknown>>>>;

/** Claims of scopes and policies; those of the protocol itself and of a `claims` parameter come on top. */
export function previewClaims(
  identity: Identity,
  client: ClientOptions,
  scopes: readonly string[],
  sources: { readonly oidc: OidcOptions; readonly attributeOf: AttributeOf; readonly nowSeconds: number },
): ClaimsPreview {
  const { oidc, attributeOf, nowSeconds } = sources;
  const policies = oidc.claims_policies ?? {};
  const name = client.claims_policy ?? '';
  const policy = Object.hasOwn(policies, name) ? policies[name] : undefined;
  const granted = claimsOfScopes(scopes, oidc, policy !== undefined);
  const all = Object.entries(allClaims(identity, { policy, attributeOf, nowSeconds }));
  const preview = places.map((place) => {
    const names = namesIn(place, granted, policy);
    return [place, Object.fromEntries(all.filter(([claim]) => names.has(claim)))] as const;
  });
  return Object.fromEntries(preview) as ClaimsPreview;
}

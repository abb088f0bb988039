/**
 * `claims_policies.*.id_token_audience_mode: experimental-merged`: the ID token is for the client and for the audiences of
 * the access token beside it.
 */
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Client } from '../clients/clients.ts';
import type { OidcOptions } from '../options.ts';
import { grantedAudiences } from './token-audiences.ts';
import type { TokenFacts } from './token-facts.ts';

/** `ctx` is the request that the ID token answers. */
export function idTokenAudience(
  ctx: KoaContextWithOIDC | undefined,
  client: Client,
  oidc: OidcOptions,
): string | readonly string[] {
  if (!ctx || !isMerged(client.options.claims_policy, oidc)) return client.id;
  return [...new Set([client.id, ...audiencesBeside(ctx)])];
}

function isMerged(policyName: string | undefined, { claims_policies: policies }: OidcOptions): boolean {
  const policy = policyName && policies && Object.hasOwn(policies, policyName) ? policies[policyName] : undefined;
  return policy?.id_token_audience_mode === 'experimental-merged';
}

function audiencesBeside({ oidc }: KoaContextWithOIDC): readonly string[] {
  const facts: TokenFacts | undefined = oidc.accessToken?.extra;
  return oidc.accessToken
    ? (facts?.aud ?? []).filter((audience) => audience !== oidc.issuer)
    : grantedAudiences(oidc.grant);
}

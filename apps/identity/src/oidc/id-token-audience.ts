/**
 * `claims_policies.*.id_token_audience_mode: experimental-merged`: the ID token is for the client and for the audiences of
 * the access token beside it. The engine writes the client's id as the audience; here the claim takes no other value.
 */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clients } from './client-registry.ts';
import type { OidcOptions } from './options.ts';
import { grantedAudiences } from './token-audiences.ts';
import type { TokenFacts } from './token-facts.ts';

type IdToken = {
  readonly ctx?: KoaContextWithOIDC;
  payload(): Promise<object>;
  issue(options: { readonly use: string }): Promise<string>;
};

export function mergeAudiences(provider: Provider, clients: Clients, oidc: OidcOptions): void {
  const idToken = provider.IdToken.prototype as unknown as IdToken;
  const { issue } = idToken;
  idToken.issue = function issueForAudiences(options) {
    const client = clients.get(this.ctx?.oidc.client?.clientId ?? '');
    if (this.ctx && client && options.use === 'idtoken' && isMerged(client.options.claims_policy, oidc)) {
      const { payload } = this;
      const audience = [...new Set([client.id, ...audiencesBeside(this.ctx)])];
      this.payload = async () =>
        Object.defineProperty(await payload.call(this), 'aud', {
          enumerable: true,
          get: () => audience,
          set: () => undefined,
        });
    }
    return issue.call(this, options);
  };
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

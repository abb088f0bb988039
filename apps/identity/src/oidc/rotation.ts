/**
 * Refresh tokens: who gets one, and what happens when it is used (Authelia 2.8; RFC 9700 section 4.14). Each use gives a new
 * one and ends the old one together with the access tokens it stood beside; a used one that comes again ends the grant.
 */
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Clients } from './client-registry.ts';
import { tokenAudiences } from './token-audiences.ts';

/** Authelia takes both names for lasting access. */
export const lastingScopes = ['offline_access', 'offline'] as const;

export function asksForLastingAccess(scopes: ReadonlySet<string>): boolean {
  return lastingScopes.some((scope) => scopes.has(scope));
}

export function rotationOptions(clients: Clients): Pick<Configuration, 'issueRefreshToken' | 'rotateRefreshToken'> {
  return {
    issueRefreshToken: async (_ctx, client, { scopes }) =>
      client.grantTypeAllowed('refresh_token') && asksForLastingAccess(scopes),
    /** Throws InvalidTarget before anything is used up. */
    async rotateRefreshToken(ctx: KoaContextWithOIDC) {
      const { client, grant, refreshToken, provider } = ctx.oidc;
      const known = clients.get(client?.clientId ?? '');
      if (!known || !grant || !refreshToken?.grantId) throw new TypeError('a refresh without its client or grant');
      tokenAudiences(ctx, known);
      await provider.AccessToken.revokeByGrantId(refreshToken.grantId);
      return true;
    },
  };
}

/**
 * Refresh tokens: who gets one, and what happens when it is used (Authelia 2.8; RFC 9700 section 4.14). Each use gives a new
 * one and ends the old one together with the access tokens it stood beside; a used one that comes again ends the grant.
 */
import { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import { asksForLastingAccess } from '../consent/lasting-access.ts';
import { tokenAudiences } from './token-audiences.ts';

export function rotationOptions(clients: Clients): Pick<Configuration, 'issueRefreshToken' | 'rotateRefreshToken'> {
  return {
    issueRefreshToken: async (_ctx, client, { scopes }) =>
      client.grantTypeAllowed('refresh_token') && asksForLastingAccess(scopes),
    /** Throws InvalidTarget or InvalidScope before anything is used up. */
    async rotateRefreshToken(ctx: KoaContextWithOIDC) {
      const { client, grant, refreshToken, provider } = ctx.oidc;
      const known = clients.get(client?.clientId ?? '');
      if (!known || !grant || !refreshToken?.grantId) throw new TypeError('a refresh without its client or grant');
      tokenAudiences(ctx, known);
      const scopes = ctx.oidc.params?.scope ? ctx.oidc.requestParamScopes : refreshToken.scopes;
      const gone = [...scopes].find((scope) => !known.scopes.has(scope));
      if (gone !== undefined) throw new errors.InvalidScope('the scope is no longer registered', gone);
      await provider.AccessToken.revokeByGrantId(refreshToken.grantId);
      return true;
    },
  };
}

/**
 * What is kept with an access token beside the engine's own fields: its audiences and, for a JWT, its public id and the
 * claims that the client's claims policy puts into access tokens. A JWT and an introspection answer both tell it.
 */
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import type { SubjectFor } from '../people/pairwise.ts';
import { hasSignedTokens } from './access-token-jwt.ts';
import { assertMachineScopes } from './machine-scopes.ts';
import type { IssuedToken } from './signed-access-tokens.ts';
import { tokenAudiences } from './token-audiences.ts';

/** Who acts in the person's name, and who did before (RFC 8693 section 4.1). */
export type Actor = { readonly sub: string; readonly act?: Actor };

export type TokenFacts = {
  readonly aud?: readonly string[];
  readonly jti?: string;
  readonly act?: Actor;
};

export function tokenFacts(
  clients: Clients,
  subjectFor: SubjectFor,
  newId: () => string,
): NonNullable<Configuration['extraTokenClaims']> {
  return async function factsOf(ctx, token) {
    const client = clients.get(token.clientId ?? '');
    if (!client) return undefined;
    if (token.kind === 'ClientCredentials') assertMachineScopes(ctx, client);
    const audiences = tokenAudiences(ctx, client);
    const { Actor: act } = ctx.oidc.entities;
    if (!hasSignedTokens(client)) {
      if (audiences.length === 0 && !act) return undefined;
      return { ...(audiences.length > 0 && { aud: audiences }), ...(act !== undefined && { act }) };
    }
    // Without another audience a token is good at this provider alone (RFC 9068 section 2.2: there must be one).
    const { accountId } = token as { readonly accountId?: string };
    return {
      ...(await personClaims(ctx, token)),
      ...(accountId !== undefined && { sub: await subjectFor(client.id, accountId) }),
      ...(act !== undefined && { act }),
      aud: audiences.length > 0 ? audiences : [ctx.oidc.issuer],
      jti: newId(),
    };
  };
}

async function personClaims(ctx: KoaContextWithOIDC, token: IssuedToken): Promise<object | undefined> {
  return ctx.oidc.account?.claims('access_token', token.scope ?? '', {}, ctx.oidc.grant?.getRejectedOIDCClaims() ?? []);
}

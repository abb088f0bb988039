/**
 * What a token exchange gives (RFC 8693), decided: who may exchange whose token, and for how much less. Pure. Nothing is ever
 * wider than the token that is exchanged, and nothing is given that the client could not have been given itself.
 */

import type { Client } from '../clients/clients.ts';
import { lastingScopes } from '../consent/lasting-access.ts';
import { type AudienceParams, audienceFault, namedAudiences } from './audiences.ts';

/** The token to be exchanged. */
export type ExchangedToken = {
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  readonly audiences: readonly string[];
};

export type Exchange =
  | { readonly kind: 'given'; readonly scopes: readonly string[]; readonly audiences: readonly string[] }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'scope-refused'; readonly scope: string }
  | { readonly kind: 'audience-refused' };

export function decideExchange(
  client: Client,
  token: ExchangedToken,
  asked: AudienceParams & { readonly scope?: unknown },
): Exchange {
  if (token.clientId !== client.id && !token.audiences.includes(client.id)) return { kind: 'foreign' };
  const mayHave = (scope: string) => token.scopes.has(scope) && client.scopes.has(scope) && !isLasting(scope);
  const named = typeof asked.scope === 'string' ? asked.scope.split(' ').filter(Boolean) : [];
  const refused = named.find((scope) => !mayHave(scope));
  if (refused !== undefined) return { kind: 'scope-refused', scope: refused };
  const audiences = audiencesOf(client, token, asked);
  if (!audiences) return { kind: 'audience-refused' };
  return { kind: 'given', scopes: named.length > 0 ? named : [...token.scopes].filter(mayHave), audiences };
}

/**
 * Those that are named; without any, as many of the token's as the client is registered for. A token that was meant for some
 * services does not become one that names none.
 */
function audiencesOf(client: Client, token: ExchangedToken, asked: AudienceParams): readonly string[] | undefined {
  const named = namedAudiences(asked);
  if (named.length > 0) {
    const isGiven = !audienceFault(asked, client) && named.every((audience) => token.audiences.includes(audience));
    return isGiven ? named : undefined;
  }
  const shared = token.audiences.filter((audience) => !audienceFault({ audience }, client));
  return shared.length > 0 || token.audiences.length === 0 ? shared : undefined;
}

function isLasting(scope: string): boolean {
  return lastingScopes.some((lasting) => lasting === scope);
}

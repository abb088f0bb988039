/**
 * Who may learn what of a token at the introspection endpoint (RFC 7662; Authelia 2.8), and what is told beyond the engine's
 * own fields: the name a person signs in with, the audiences, the id that a JWT carries.
 */
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import type { People } from '../people/people.ts';
import type { TokenFacts } from './token-facts.ts';

/** The engine's token, of any kind that can be introspected. */
export type InspectedToken = {
  readonly kind: string;
  readonly clientId?: string;
  readonly accountId?: string;
  readonly scope?: string;
  jti?: string | undefined;
  aud?: readonly string[] | undefined;
  extra?: (TokenFacts & Readonly<Record<string, unknown>>) | undefined;
};

/** False: the token is not active for this client. What is told is written onto the token, where the engine reads it. */
export type MayIntrospect = (ctx: KoaContextWithOIDC, clientId: string, token: object) => Promise<boolean>;

export function introspectionPolicy(clients: Clients, people: Pick<People, 'find'>): MayIntrospect {
  return async function mayIntrospect(_ctx, clientId, token) {
    const inspected: InspectedToken = token as InspectedToken;
    if (clients.get(clientId)?.isPublic && inspected.clientId !== clientId) return false;
    const { accountId, extra } = inspected;
    if (accountId === undefined) {
      // A machine's token dies with its client; a person's is looked at with the person.
      if (!(await clients.find(inspected.clientId ?? ''))) return false;
      inspected.extra = { sub: inspected.clientId, ...extra };
    } else {
      const person = await people.find(accountId, inspected.clientId);
      // A token of somebody who may no longer be known to its client is not active.
      if (!person) return false;
      inspected.extra = { ...extra, ...((await mayKnowName(inspected)) && { username: person.username }) };
    }
    inspected.aud = extra?.aud;
    inspected.jti = extra?.jti;
    return true;
  };

  /** A name would undo the subject of a sector; who was granted the profile has it already. */
  async function mayKnowName({ clientId = '', scope = '' }: InspectedToken): Promise<boolean> {
    const client = await clients.find(clientId);
    return !client?.options.sector_identifier_uri || scope.split(' ').includes('profile');
  }
}

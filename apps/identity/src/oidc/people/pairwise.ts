/**
 * Pairwise subjects (OpenID Connect Core 8.1; Authelia `sector_identifier_uri`): applications of one sector know a person by
 * one name, those of another sector by another. Inside the house, in sessions, grants and tokens, a person is always the
 * public subject; it is exchanged where something leaves the house.
 */
import type { Configuration, Provider } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import type { Subjects } from './subjects.ts';

/** The subject by which this client knows the person of a public subject. Throws TypeError for a subject that nobody has. */
export type SubjectFor = (clientId: string, publicSubject: string) => Promise<string>;

export function openSubjectFor(clients: Clients, subjects: Subjects): SubjectFor {
  return async function subjectFor(clientId, publicSubject) {
    // Of another client's token too, which nobody has loaded yet.
    const sector = (await clients.find(clientId))?.options.sector_identifier_uri;
    if (!sector) return publicSubject;
    const username = await subjects.usernameOf(publicSubject);
    if (username === undefined) throw new TypeError('nobody has this subject');
    return subjects.subjectOf(username, sector);
  };
}

export function pairwiseOptions(subjectFor: SubjectFor): Pick<Configuration, 'subjectTypes' | 'pairwiseIdentifier'> {
  return {
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: (_ctx, accountId, client) => subjectFor(client.clientId, accountId),
  };
}

/**
 * A sector makes a client pairwise, whatever its metadata says: the engine's own rules would ask a device for a `jwks_uri`
 * and read a sector's document at a person's first sign-in.
 */
export function subjectTypeBySector(provider: Provider, clients: Clients): void {
  Object.defineProperty(provider.Client.prototype, 'subjectType', {
    get(this: { clientId: string }) {
      return clients.get(this.clientId)?.options.sector_identifier_uri ? 'pairwise' : 'public';
    },
    set: () => undefined,
  });
}

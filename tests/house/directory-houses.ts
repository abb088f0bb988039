/**
 * Two houses with an LDAP server in which what people do must be the same, and who is in them: over two schemas, two ways to
 * encrypt and both databases.
 */
import { needs } from '@gatehouse/testing/needs.ts';
import { type DirectoryPerson, posix, rfc2307bis } from '../../apps/identity/src/directory/ldap/directories.testing.ts';

export const directoryHouses = [
  { schema: rfc2307bis, storage: 'sqlite', connection: 'ldaps', isFoundByMail: true, hasRules: true },
  { schema: posix, storage: 'postgres', connection: 'starttls', isFoundByMail: false, hasRules: false },
] as const;

export function needsOf({ storage }: (typeof directoryHouses)[number]): ReturnType<typeof needs> {
  return needs('chromium', 'slapd', 'openssl', ...(storage === 'postgres' ? (['postgresql'] as const) : []));
}

/** One for each surname: `alice`, `alice-1` and so on. */
export function crowdOf(surnames: readonly string[]): DirectoryPerson[] {
  return surnames.map((surname, index) => {
    const username = index === 0 ? 'alice' : `alice-${index}`;
    return {
      ...{ username, displayName: `Alice ${surname}`, email: `${username}@example.com`, disabled: false },
      ...{ groups: ['staff', 'admins'], password: `${username} has a long password` },
    };
  });
}

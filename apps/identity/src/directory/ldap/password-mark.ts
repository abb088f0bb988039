/**
 * By what a change of a password shows itself in an LDAP server: when it was changed last, under the names that servers have
 * for it, and what it is stored as, where the account to search with may read that. Which of them a server has is not asked:
 * what it does not know it leaves out. A server that tells none of them has one mark for every password.
 */
import { createHash } from 'node:crypto';
import type { Client } from 'ldapts';

const attributes = [
  // OpenLDAP with slapo-ppolicy(5), LLDAP and others (draft-behera-ldap-password-policy).
  'pwdChangedTime',
  // Active Directory (MS-ADA3).
  'pwdLastSet',
  // FreeIPA.
  'krbLastPwdChange',
  // 389 Directory Server, with passwordTrackUpdateTime.
  'pwdUpdateTime',
  // In days (RFC 2307).
  'shadowLastChange',
  'sambaPwdLastSet',
  'userPassword',
];

export type PasswordMark = { readonly mark: string; readonly tellsChanges: boolean };

export async function readPasswordMark(client: Client, dn: string): Promise<PasswordMark> {
  const { searchEntries } = await client.search(dn, { scope: 'base', filter: '(objectClass=*)', attributes });
  const [{ dn: _, ...values } = { dn }] = searchEntries;
  const told = Object.entries(values)
    .map(([name, value]) => [name.toLowerCase(), [value].flat().map(String).toSorted()] as const)
    // ldapts answers with none for each that was asked for and is not there.
    .filter(([, all]) => all.length > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    mark: createHash('sha256').update(JSON.stringify(told)).digest('base64url'),
    // By the day is not enough.
    tellsChanges: told.some(([name]) => name !== 'shadowlastchange'),
  };
}

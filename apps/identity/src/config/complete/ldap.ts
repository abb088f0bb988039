/** `authentication_backend.ldap`: the filters and attributes that an `implementation` stands for. What is written wins. */
import type { StatedLdap } from '../schema/configuration.ts';

type Attributes = StatedLdap['attributes'];

export type Ldap = Readonly<Omit<StatedLdap, 'timeout' | 'users_filter' | 'groups_filter'>> & {
  /** Seconds. */
  readonly timeout: number;
  /** Empty where nothing is written and the implementation has none: the rules refuse that. */
  readonly users_filter: string;
  readonly groups_filter: string;
};

type Preset = {
  readonly users_filter: string;
  readonly groups_filter: string;
  readonly attributes: Partial<Attributes>;
  readonly additional_users_dn?: string;
  readonly additional_groups_dn?: string;
};

const loginOrMail = '(|({username_attribute}={input})({mail_attribute}={input}))';

const presets: Readonly<Record<StatedLdap['implementation'], Preset>> = {
  custom: {
    users_filter: '',
    groups_filter: '',
    attributes: { username: 'uid', display_name: 'displayName', mail: 'mail', group_name: 'cn' },
  },
  activedirectory: {
    users_filter: `(&${loginOrMail}(sAMAccountType=805306368)(!(userAccountControl:1.2.840.113556.1.4.803:=2))(!(pwdLastSet=0))(|(!(accountExpires=*))(accountExpires=0)(accountExpires>={date-time:microsoft-nt})))`,
    groups_filter: '(&(member={dn})(|(sAMAccountType=268435456)(sAMAccountType=536870912)))',
    attributes: {
      distinguished_name: 'distinguishedName',
      username: 'sAMAccountName',
      display_name: 'displayName',
      mail: 'mail',
      member_of: 'memberOf',
      group_name: 'cn',
      family_name: 'sn',
      given_name: 'givenName',
      middle_name: 'middleName',
      website: 'wWWHomePage',
      phone_number: 'telephoneNumber',
      street_address: 'streetAddress',
      locality: 'l',
      region: 'st',
      postal_code: 'postalCode',
      country: 'c',
    },
  },
  rfc2307bis: {
    users_filter: `(&${loginOrMail}(|(objectClass=inetOrgPerson)(objectClass=organizationalPerson)))`,
    groups_filter:
      '(&(|(member={dn})(uniqueMember={dn}))(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=groupOfMembers))(!(pwdReset=TRUE)))',
    attributes: {
      username: 'uid',
      display_name: 'displayName',
      mail: 'mail',
      member_of: 'memberOf',
      group_name: 'cn',
    },
  },
  freeipa: {
    users_filter: `(&${loginOrMail}(objectClass=person)(!(nsAccountLock=TRUE))(krbPasswordExpiration>={date-time:generalized})(|(!(krbPrincipalExpiration=*))(krbPrincipalExpiration>={date-time:generalized})))`,
    groups_filter: '(&(member={dn})(objectClass=groupOfNames))',
    attributes: {
      username: 'uid',
      display_name: 'displayName',
      mail: 'mail',
      member_of: 'memberOf',
      group_name: 'cn',
      family_name: 'sn',
      given_name: 'givenName',
    },
  },
  lldap: {
    users_filter: `(&${loginOrMail}(objectClass=person))`,
    groups_filter: '(&(member={dn})(objectClass=groupOfUniqueNames))',
    attributes: { username: 'uid', display_name: 'cn', mail: 'mail', member_of: 'memberOf', group_name: 'cn' },
    additional_users_dn: 'OU=people',
    additional_groups_dn: 'OU=groups',
  },
  glauth: {
    users_filter: `(&${loginOrMail}(objectClass=posixAccount)(!(accountStatus=inactive)))`,
    groups_filter: '(&(uniqueMember={dn})(objectClass=posixGroup))',
    attributes: { username: 'cn', display_name: 'description', mail: 'mail', member_of: 'memberOf', group_name: 'cn' },
  },
};

export function completeLdap(stated: StatedLdap): Ldap {
  const preset = presets[stated.implementation];
  const usersDn = stated.additional_users_dn ?? preset.additional_users_dn;
  const groupsDn = stated.additional_groups_dn ?? preset.additional_groups_dn;
  const { users_filter, groups_filter, additional_users_dn, additional_groups_dn, ...rest } = stated;
  return {
    ...rest,
    ...(usersDn !== undefined && { additional_users_dn: usersDn }),
    ...(groupsDn !== undefined && { additional_groups_dn: groupsDn }),
    timeout: stated.timeout || (stated.implementation === 'custom' ? 20 : 5),
    users_filter: users_filter ?? preset.users_filter,
    groups_filter: groups_filter ?? preset.groups_filter,
    attributes: { ...preset.attributes, ...stated.attributes },
  };
}

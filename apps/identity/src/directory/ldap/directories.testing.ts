/**
 * For tests: people in LDAP servers of three schemas, by default the suite's, each with the configuration an administrator
 * would write. Who is disabled is so in the way of each schema.
 */
import { startSlapd } from '@gatehouse/testing/slapd.ts';
import { suitePeople } from '../directory.suite.ts';

type Slapd = Awaited<ReturnType<typeof startSlapd>>;

export type Schema = {
  readonly name: string;
  /** `people`: somebody in each of the two groups. */
  readonly start: (people?: readonly DirectoryPerson[]) => Promise<Slapd>;
  /** Keys of `authentication_backend.ldap`, without the server's address and account. */
  readonly keys: Readonly<Record<string, unknown>>;
};

export type DirectoryPerson = {
  readonly username: string;
  /** Two words. */
  readonly displayName: string;
  readonly email: string | undefined;
  readonly groups: readonly (typeof groups)[number][];
  readonly password: string;
  readonly disabled: boolean;
};

const peopleDn = 'ou=people,dc=example,dc=com';
const groupsDn = 'ou=groups,dc=example,dc=com';
const groups = ['staff', 'admins'] as const;

/** Disabled people have this type, which the filters leave out: neither schema has a word of its own for it. */
const inet = ({
  username,
  displayName,
  email,
  password,
  disabled,
  groups: personGroups,
}: DirectoryPerson): string => `dn: uid=${username},${peopleDn}
objectClass: inetOrgPerson
uid: ${username}
cn: ${displayName}
sn: ${displayName.split(' ')[1]}
givenName: ${displayName.split(' ')[0]}
displayName: ${displayName}
${email ? `mail: ${email}\n` : ''}employeeType: ${disabled ? 'gone' : 'present'}
departmentNumber: 7
${personGroups.includes('admins') ? `seeAlso: cn=admins,${groupsDn}\n` : ''}userPassword:: ${Buffer.from(password).toString('base64')}
`;

type Group = (typeof groups)[number];

const membersOf = (people: readonly DirectoryPerson[], group: Group): readonly DirectoryPerson[] =>
  people.filter((person) => person.groups.includes(group));

const rulesDn = 'cn=rules,dc=example,dc=com';

/** slapo-ppolicy(5): at least eight characters. */
const passwordRules = `dn: ${rulesDn}
objectClass: organizationalRole
objectClass: pwdPolicy
cn: rules
pwdAttribute: userPassword
pwdMinLength: 8
pwdCheckQuality: 2
`;

export const rfc2307bis: Schema = {
  name: 'rfc2307bis, groups of names',
  start: (people = suitePeople) =>
    startSlapd({
      global: 'moduleload ppolicy',
      ldif: [
        passwordRules,
        ...people.map(inet),
        ...groups.map(
          (group) =>
            `dn: cn=${group},${groupsDn}\nobjectClass: groupOfNames\ncn: ${group}\n${membersOf(people, group)
              .map(({ username }) => `member: uid=${username},${peopleDn}\n`)
              .join('')}`,
        ),
      ].join('\n'),
      database: `overlay ppolicy
ppolicy_default "${rulesDn}"`,
    }),
  keys: {
    implementation: 'rfc2307bis',
    additional_users_dn: 'ou=people',
    additional_groups_dn: 'ou=groups',
    users_filter:
      '(&(|({username_attribute}={input})({mail_attribute}={input}))(objectClass=inetOrgPerson)(!(employeeType=gone)))',
    attributes: {
      given_name: 'givenName',
      family_name: 'sn',
      extra: { departmentNumber: { name: 'department', value_type: 'integer' } },
    },
  },
};

export const posix: Schema = {
  name: 'custom, POSIX groups of login names',
  start: (people = suitePeople) =>
    startSlapd({
      ldif: [
        ...people.map(inet),
        ...groups.map(
          (group, index) =>
            `dn: cn=${group},${groupsDn}\nobjectClass: posixGroup\ncn: ${group}\ngidNumber: ${1000 + index}\n${membersOf(
              people,
              group,
            )
              .map(({ username }) => `memberUid: ${username}\n`)
              .join('')}`,
        ),
      ].join('\n'),
    }),
  keys: {
    implementation: 'custom',
    users_filter: '(&({username_attribute}={input})(objectClass=inetOrgPerson)(employeeType=present))',
    groups_filter: '(&(memberUid={username})(objectClass=posixGroup))',
  },
};

const integer = 'EQUALITY integerMatch ORDERING integerOrderingMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE';

/** What the filters of Active Directory ask about, with the matching rules it has for them. */
const activeDirectorySchema = `
attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.302 NAME 'sAMAccountType' ${integer} )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' ${integer} )
attributetype ( 1.2.840.113556.1.4.96 NAME 'pwdLastSet' ${integer} )
attributetype ( 1.2.840.113556.1.4.159 NAME 'accountExpires' ${integer} )
attributetype ( 1.2.840.113556.1.4.90 NAME 'unicodePwd' SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP inetOrgPerson STRUCTURAL MAY ( sAMAccountName $ sAMAccountType $ userAccountControl $ pwdLastSet $ accountExpires $ unicodePwd ) )
objectclass ( 1.2.840.113556.1.5.8 NAME 'group' SUP top STRUCTURAL MUST cn MAY ( member $ sAMAccountType ) )
`;

/** OpenLDAP with the schema of Active Directory, as far as its filters go. */
export const activeDirectory: Schema = {
  name: 'activedirectory, by its own filters',
  start: (people = suitePeople) =>
    startSlapd({
      global: activeDirectorySchema,
      ldif: [
        ...people.map(
          ({ username, displayName, email, password, disabled }) => `dn: cn=${displayName},${peopleDn}
objectClass: user
cn: ${displayName}
sn: ${displayName.split(' ')[1]}
displayName: ${displayName}
sAMAccountName: ${username}
sAMAccountType: 805306368
userAccountControl: ${disabled ? 514 : 512}
pwdLastSet: 133000000000000000
accountExpires: 9223372036854775807
${email ? `mail: ${email}\n` : ''}userPassword:: ${Buffer.from(password).toString('base64')}
`,
        ),
        ...groups.map(
          (group) => `dn: cn=${group},${groupsDn}
objectClass: group
cn: ${group}
sAMAccountType: 268435456
${membersOf(people, group)
  .map(({ displayName }) => `member: cn=${displayName},${peopleDn}\n`)
  .join('')}`,
        ),
      ].join('\n'),
    }),
  keys: { implementation: 'activedirectory' },
};

/**
 * For tests: the suite's people in OpenLDAP with as much of the schema of FreeIPA, lldap and GLAuth as their preset filters
 * ask about, which are used as they are. Bob is disabled in the way of each; lldap has none, so there he is no person.
 */
import { startSlapd } from '@gatehouse/testing/slapd.ts';
import { suitePeople } from '../directory.suite.ts';
import type { Schema } from './directories.testing.ts';

type SuitePerson = (typeof suitePeople)[number];

const peopleDn = 'ou=people,dc=example,dc=com';
const groupsDn = 'ou=groups,dc=example,dc=com';

/** An arc of OpenLDAP for experiments: only the names matter to the filters. */
const oid = (number: number): string => `1.3.6.1.4.1.4203.666.77.${number}`;
const text = 'EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE';
const moment =
  'EQUALITY generalizedTimeMatch ORDERING generalizedTimeOrderingMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.24 SINGLE-VALUE';

const common = ({ displayName, email, password }: SuitePerson): string => `sn: ${displayName.split(' ')[1]}
givenName: ${displayName.split(' ')[0]}
${email ? `mail: ${email}\n` : ''}userPassword:: ${Buffer.from(password).toString('base64')}
`;

function groupsOf(
  head: (group: string, number: number) => string,
  attribute: string,
  dnOf: (person: SuitePerson) => string,
) {
  return (['staff', 'admins'] as const).map((group, number) => {
    const members = suitePeople.filter(({ groups }) => groups.some((each) => each === group));
    return `dn: cn=${group},${groupsDn}\n${head(group, number)}${members.map((each) => `${attribute}: ${dnOf(each)}\n`).join('')}`;
  });
}

export const freeipa: Schema = {
  name: 'freeipa, by its own filters',
  start: () =>
    startSlapd({
      global: `
attributetype ( ${oid(1)} NAME 'nsAccountLock' ${text} )
attributetype ( ${oid(2)} NAME 'krbPasswordExpiration' ${moment} )
attributetype ( ${oid(3)} NAME 'krbPrincipalExpiration' ${moment} )
objectclass ( ${oid(4)} NAME 'krbPrincipalAux' SUP top AUXILIARY MAY ( nsAccountLock $ krbPasswordExpiration $ krbPrincipalExpiration ) )
`,
      ldif: [
        ...suitePeople.map(
          (person) => `dn: uid=${person.username},${peopleDn}
objectClass: inetOrgPerson
objectClass: krbPrincipalAux
uid: ${person.username}
cn: ${person.displayName}
displayName: ${person.displayName}
krbPasswordExpiration: 20990101000000Z
${person.disabled ? 'nsAccountLock: TRUE\n' : ''}${common(person)}`,
        ),
        ...groupsOf(
          (group) => `objectClass: groupOfNames\ncn: ${group}\n`,
          'member',
          ({ username }) => `uid=${username},${peopleDn}`,
        ),
      ].join('\n'),
    }),
  keys: { implementation: 'freeipa' },
};

export const lldap: Schema = {
  name: 'lldap, by its own filters and places',
  start: () =>
    startSlapd({
      global: `objectclass ( ${oid(5)} NAME 'lldapGroup' SUP top AUXILIARY MAY member )`,
      ldif: [
        ...suitePeople.map((person) =>
          person.disabled
            ? `dn: uid=${person.username},${peopleDn}
objectClass: account
objectClass: simpleSecurityObject
uid: ${person.username}
userPassword:: ${Buffer.from(person.password).toString('base64')}
`
            : `dn: uid=${person.username},${peopleDn}
objectClass: inetOrgPerson
uid: ${person.username}
cn: ${person.displayName}
${common(person)}`,
        ),
        ...groupsOf(
          (group) =>
            `objectClass: groupOfUniqueNames\nobjectClass: lldapGroup\ncn: ${group}\nuniqueMember: cn=nobody\n`,
          'member',
          ({ username }) => `uid=${username},${peopleDn}`,
        ),
      ].join('\n'),
    }),
  keys: { implementation: 'lldap' },
};

export const glauth: Schema = {
  name: 'glauth, by its own filters',
  start: () =>
    startSlapd({
      global: `
attributetype ( ${oid(6)} NAME 'accountStatus' ${text} )
objectclass ( ${oid(7)} NAME 'glauthAccount' SUP top AUXILIARY MAY accountStatus )
objectclass ( ${oid(8)} NAME 'glauthGroup' SUP top AUXILIARY MAY uniqueMember )
`,
      ldif: [
        ...suitePeople.map(
          (person, number) => `dn: cn=${person.username},${peopleDn}
objectClass: inetOrgPerson
objectClass: posixAccount
objectClass: glauthAccount
cn: ${person.username}
uid: ${person.username}
description: ${person.displayName}
uidNumber: ${1000 + number}
gidNumber: 1000
homeDirectory: /home/${person.username}
accountStatus: ${person.disabled ? 'inactive' : 'active'}
${common(person)}`,
        ),
        ...groupsOf(
          (group, number) =>
            `objectClass: posixGroup\nobjectClass: glauthGroup\ncn: ${group}\ngidNumber: ${2000 + number}\n`,
          'uniqueMember',
          ({ username }) => `cn=${username},${peopleDn}`,
        ),
      ].join('\n'),
    }),
  keys: { implementation: 'glauth' },
};

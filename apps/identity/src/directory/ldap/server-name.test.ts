/** The certificate has to be that of the server asked, by whichever way: its name or its address, not just any of the house's. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { startSlapd } from '@gatehouse/testing/slapd.ts';
import { posix } from './directories.testing.ts';
import { openDirectoryOf } from './ldap-directory.testing.ts';

const skip = needs('slapd', 'openssl');

/** The server under an address that its certificate does not name. */
async function startUnnamed(port: number) {
  const server = createServer((socket) => {
    const onward = connect(port, '127.0.0.1');
    socket.pipe(onward).pipe(socket);
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
  });
  await once(server.listen(0, '127.0.0.2'), 'listening');
  return {
    address: `127.0.0.2:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]: () => void server.close(),
  };
}

for (const [way, ports] of [
  ['LDAPS', 'securePort'],
  ['StartTLS', 'port'],
] as const)
  test(`a certificate of another server than the one asked gets no password, by ${way}`, { skip }, async () => {
    await using slapd = await posix.start();
    const ca = readFileSync(slapd.certificates.caPath);
    const reach = (address: string, servername?: string) => {
      const keys =
        way === 'LDAPS' ? { address: `ldaps://${address}` } : { address: `ldap://${address}`, start_tls: true };
      return openDirectoryOf(slapd, posix, { keys, tls: { ca, ...(servername && { servername }) } });
    };
    using unnamed = await startUnnamed(slapd[ports]);
    for (const [directory, kind] of [
      [reach(`127.0.0.1:${slapd[ports]}`), 'verified'],
      [reach(unnamed.address), 'unavailable'],
      [reach(unnamed.address, 'ldap.example.com'), 'verified'],
      [reach(unnamed.address, 'other.example.com'), 'unavailable'],
    ] as const) {
      assert.equal((await directory.checkPassword('alice', 'pä$$word one')).kind, kind);
      await directory.close();
    }
  });

test('nor does one of a server that another refers to, whatever `tls.server_name` says of the first', {
  skip,
}, async () => {
  await using other = await startSlapd({ ldif: personOf('dora') });
  for (const [scheme, ports] of [
    ['ldaps', 'securePort'],
    ['ldap', 'port'],
  ] as const) {
    using unnamed = await startUnnamed(other[ports]);
    for (const [address, kind] of [
      [`127.0.0.1:${other[ports]}`, 'verified'],
      [unnamed.address, 'unavailable'],
    ] as const) {
      const ref = `${scheme}://${address}/dc=example,dc=com`;
      await using slapd = await startSlapd({ ldif: `${personOf('alice')}\n${referralTo(ref)}` });
      const directory = openDirectoryOf(slapd, posix, {
        keys: { address: `ldaps://127.0.0.1:${slapd.securePort}`, permit_referrals: true },
        tls: {
          ca: [slapd, other].map(({ certificates }) => readFileSync(certificates.caPath)),
          servername: 'ldap.example.com',
        },
      });
      assert.equal((await directory.checkPassword('dora', 'a password')).kind, kind, ref);
      await directory.close();
    }
  }
});

const personOf = (name: string) => `dn: uid=${name},ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: ${name}
cn: ${name}
sn: ${name}
employeeType: present
userPassword: a password
`;

/** RFC 3296. */
const referralTo = (ref: string) => `dn: ou=elsewhere,dc=example,dc=com
objectClass: referral
objectClass: extensibleObject
ou: elsewhere
ref: ${ref}
`;

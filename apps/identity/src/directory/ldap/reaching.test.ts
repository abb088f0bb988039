/** How the server is reached and how it may fail to answer: an account without a password, client certificates, silence. */
import assert from 'node:assert/strict';
import { connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { makeClientCertificate } from '@gatehouse/testing/certificates.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { type Slapd, startSlapd } from '@gatehouse/testing/slapd.ts';
import { posix } from './directories.testing.ts';
import { openDirectoryOf } from './ldap-directory.testing.ts';

const skip = needs('slapd', 'openssl');

const ldif = `dn: uid=alice,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: alice
cn: Alice Adams
sn: Adams
employeeType: present
userPassword: a password
`;

function directoryOf(t: TestContext, slapd: Slapd, keys: Readonly<Record<string, unknown>>) {
  const backend = { password_reset: { disable: keys.permit_unauthenticated_bind === true } };
  const directory = openDirectoryOf(slapd, posix, { keys, backend });
  t.after(() => directory.close());
  return directory;
}

test('without a password of the account people are found where the server takes that and lets everybody read', {
  skip,
}, async (t) => {
  const unauthenticated = { permit_unauthenticated_bind: true, password: '' };
  // slapd.conf(5): a name without a password is refused unless it is allowed; then it counts as nobody.
  await using open = await startSlapd({
    ldif,
    global: 'allow bind_anon_dn',
    database: 'access to * by * read',
  });
  await using closed = await startSlapd({ ldif });
  for (const user of [open.searcher.dn, '']) {
    const directory = directoryOf(t, open, { ...unauthenticated, user });
    assert.equal((await directory.checkPassword('alice', 'a password')).kind, 'verified', user);
    assert.deepEqual(await directory.checkPassword('alice', 'wrong'), { kind: 'refused' });
    assert.deepEqual(await directory.checkPassword('alice', ''), { kind: 'refused' }, 'a person always has one');
  }
  const refused = directoryOf(t, closed, unauthenticated);
  assert.equal((await refused.checkPassword('alice', 'a password')).kind, 'unavailable');
});

test('a server that asks for a certificate gets the one of the configuration', { skip }, async (t) => {
  await using slapd = await startSlapd({ ldif, global: 'TLSVerifyClient demand' });
  await using stranger = await startSlapd({ ldif });
  const tlsOf = (of: Slapd) => {
    const { key, certificate } = makeClientCertificate(of.certificates, 'portal');
    return { tls: { private_key: key, certificate_chain: certificate } };
  };
  const own = tlsOf(slapd);
  for (const secure of [{ address: `ldaps://127.0.0.1:${slapd.securePort}` }, { start_tls: true }]) {
    const shown = directoryOf(t, slapd, { ...secure, ...own });
    assert.equal((await shown.checkPassword('alice', 'a password')).kind, 'verified');
    for (const tls of [{}, tlsOf(stranger)]) {
      const directory = directoryOf(t, slapd, { ...secure, ...tls });
      assert.equal((await directory.checkPassword('alice', 'a password')).kind, 'unavailable');
    }
  }
});

test('a server that accepts and says nothing is unavailable after the timeout, and used again once it answers', {
  skip,
  timeout: 60_000,
}, async (t) => {
  await using slapd = await startSlapd({ ldif });
  t.after(() => slapd.resume());
  const pooling = { enable: true, count: 2 };
  const directories = [
    {},
    { pooling },
    { pooling, address: `ldaps://127.0.0.1:${slapd.securePort}` },
    { pooling, start_tls: true },
  ].map((keys) => directoryOf(t, slapd, { timeout: '1s', ...keys }));
  for (let round = 0; round < 2; round++) {
    for (const directory of directories)
      assert.equal((await directory.checkPassword('alice', 'a password')).kind, 'verified');
    slapd.pause();
    const answers = await Promise.all(
      directories.flatMap((directory) => [
        directory.checkPassword('alice', 'a password'),
        directory.checkPassword('alice', 'wrong'),
        directory.find('alice'),
        directory.passwordMark('alice'),
        directory.setPassword('alice', 'another password'),
      ]),
    );
    assert.deepEqual(new Set(answers.map(({ kind }) => kind)), new Set(['unavailable']));
    slapd.resume();
  }
});

/** Passes on what both sides say, but of the answers only the first. */
async function openMutingRelay(t: TestContext, port: number): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const behind = connect(port, '127.0.0.1');
    sockets.push(client, behind);
    for (const socket of [client, behind]) socket.on('error', () => socket.destroy());
    client.pipe(behind);
    behind.once('data', (data) => client.write(data));
    client.once('close', () => behind.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}

test('a server that falls silent in the middle of StartTLS is unavailable after the timeout', {
  skip,
  timeout: 30_000,
}, async (t) => {
  await using slapd = await startSlapd({ ldif });
  const port = await openMutingRelay(t, slapd.port);
  const directory = directoryOf(t, slapd, { timeout: '1s', start_tls: true, address: `ldap://127.0.0.1:${port}` });
  assert.equal((await directory.checkPassword('alice', 'a password')).kind, 'unavailable');
});

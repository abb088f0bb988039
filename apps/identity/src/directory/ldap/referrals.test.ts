/** `permit_referrals`: people, groups and passwords that another server holds, with two servers of OpenLDAP. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { type Slapd, type SlapdOptions, startSlapd } from '@gatehouse/testing/slapd.ts';
import { Client } from 'ldapts';
import type { Directory } from '../directory.ts';
import { posix } from './directories.testing.ts';
import { openDirectoryOf } from './ldap-directory.testing.ts';
import { ReferralCircle, ReferralRefused } from './servers.ts';

const skip = needs('slapd', 'openssl');

const elsewhere = 'ou=elsewhere,dc=example,dc=com';

/** Dora and a group of hers, whom the first server does not hold. */
function startOther(options: Pick<SlapdOptions, 'global' | 'database'> = {}): Promise<Slapd> {
  return startSlapd({
    ...options,
    ldif: `dn: uid=dora,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: dora
cn: Dora Dunn
sn: Dunn
employeeType: present
userPassword: dora's password

dn: cn=guests,ou=groups,dc=example,dc=com
objectClass: posixGroup
cn: guests
gidNumber: 3000
memberUid: dora
`,
  });
}

/** An entry of the server that says where its place is held (RFC 3296). */
async function refer(from: Slapd, ref: string[], dn = elsewhere): Promise<void> {
  await add(from, dn, { objectClass: ['referral', 'extensibleObject'], ref });
}

async function add(to: Slapd, dn: string, attributes: Record<string, string | string[]>): Promise<void> {
  await using client = new Client({ url: `ldap://127.0.0.1:${to.port}` });
  await client.bind(to.searcher.dn, to.searcher.password);
  await client.add(dn, attributes);
}

const at = ({ port }: Pick<Slapd, 'port'>, place: string) => `ldap://127.0.0.1:${port}/${place}`;
const whole = (slapd: Pick<Slapd, 'port'>) => at(slapd, 'dc=example,dc=com??sub');

function following(slapd: Slapd, keys: Readonly<Record<string, unknown>> = {}, others: readonly Slapd[] = []) {
  return openDirectoryOf(slapd, posix, {
    keys: { permit_referrals: true, ...keys },
    tls: { ca: [slapd, ...others].map(({ certificates }) => readFileSync(certificates.caPath)) },
  });
}

/** Alice of the first server and Dora of the other one sign in, and nobody else. */
async function seeBoth(directory: Directory): Promise<void> {
  assert.equal((await directory.checkPassword('alice', 'pä$$word one')).kind, 'verified');
  assert.equal((await directory.checkPassword('dora', "dora's password")).kind, 'verified');
  assert.deepEqual(await directory.checkPassword('dora', 'wrong'), { kind: 'refused' });
  assert.deepEqual(await directory.checkPassword('nora', 'wrong'), { kind: 'refused' });
}

async function causeOf(directory: Directory): Promise<unknown> {
  const answer = await directory.checkPassword('dora', "dora's password");
  assert.ok(answer.kind === 'unavailable');
  return answer.cause;
}

/** Whoever wanted a second connection to a server while they have the one would wait longer than a test. */
const one = { pooling: { enable: true, count: 1, timeout: '10 minutes' } };

test('people whom another server holds sign in with their groups and get new passwords there, if it is permitted', {
  skip,
}, async () => {
  await using other = await startOther();
  await using slapd = await posix.start();
  await refer(slapd, [whole(other)]);
  for (const pooling of [{ enable: false }, { enable: true, count: 1 }]) {
    const directory = following(slapd, { pooling });
    const dora = await directory.checkPassword('dora', "dora's password");
    assert.ok(dora.kind === 'verified');
    assert.deepEqual(dora.identity.groups, ['guests']);
    assert.deepEqual(await directory.checkPassword('dora', 'wrong'), { kind: 'refused' });
    assert.deepEqual(await directory.checkPassword('erin', 'wrong'), { kind: 'refused' });
    const alice = await directory.checkPassword('alice', 'pä$$word one');
    assert.ok(alice.kind === 'verified');
    assert.deepEqual([...alice.identity.groups].sort(), ['admins', 'staff']);

    const mark = await directory.passwordMark('dora');
    assert.deepEqual(await directory.setPassword('dora', 'another password'), { kind: 'set' });
    assert.notDeepEqual(await directory.passwordMark('dora'), mark);
    assert.equal((await directory.checkPassword('dora', 'another password')).kind, 'verified');
    assert.deepEqual(await directory.checkPassword('dora', "dora's password"), { kind: 'refused' });
    assert.deepEqual(await directory.setPassword('dora', "dora's password"), { kind: 'set' });
    await directory.close();
  }
  const directory = following(slapd, { permit_referrals: false });
  assert.deepEqual(await directory.checkPassword('dora', "dora's password"), { kind: 'refused' });
  assert.equal((await directory.checkPassword('alice', 'pä$$word one')).kind, 'verified');
  await directory.close();
});

test('a search that is referred as a whole goes on there, under the name it has there', { skip }, async () => {
  await using other = await startOther();
  await using slapd = await posix.start();
  await refer(slapd, [at(other, 'ou=people,dc=example,dc=com')]);
  const directory = following(slapd, { additional_users_dn: 'ou=elsewhere' });
  assert.equal((await directory.checkPassword('dora', "dora's password")).kind, 'verified');
  await directory.close();
});

test('a copy that can only be read refers a new password to the server that takes it', { skip }, async () => {
  await using original = await posix.start();
  await using copy = await startSlapd({
    ldif: `dn: uid=alice,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: alice
cn: Alice Adams
sn: Adams
employeeType: present
userPassword: a password
`,
    // slapd.conf(5): a consumer of another server, to which it refers whoever wants to change something.
    database: `syncrepl rid=1 provider=ldap://127.0.0.1:${original.port} searchbase="dc=example,dc=com" bindmethod=simple
  type=refreshOnly interval=01:00:00:00 retry="3600 +"
updateref ldap://127.0.0.1:${original.port}`,
  });
  const there = openDirectoryOf(original, posix);
  const alone = following(copy, { permit_referrals: false });
  const answer = await alone.setPassword('alice', 'another password');
  assert.equal(answer.kind, 'unavailable', 'which is no bad password');
  assert.equal(Object(answer.kind === 'unavailable' && answer.cause).code, 10, 'a referral (RFC 4511 section 4.1.9)');
  assert.equal((await alone.checkPassword('alice', 'a password')).kind, 'verified');
  assert.equal((await there.checkPassword('alice', 'pä$$word one')).kind, 'verified', 'nothing was sent there');

  for (const implementation of ['custom', 'freeipa']) {
    const directory = following(copy, { implementation, attributes: { username: 'uid' } });
    assert.deepEqual(await directory.setPassword('alice', `of ${implementation}`), { kind: 'set' });
    assert.equal((await there.checkPassword('alice', `of ${implementation}`)).kind, 'verified');
    await directory.close();
  }
  await Promise.all([there.close(), alone.close()]);
});

test('where the first server is asked over TLS or a Unix socket every other one is asked over TLS, by one that is trusted', {
  skip,
}, async () => {
  // slapd.conf(5): without encryption nobody is even bound.
  await using other = await startOther({ global: 'security ssf=1' });
  await using slapd = await posix.start();
  await refer(slapd, [whole(other)]);
  const secure = { address: `ldaps://127.0.0.1:${slapd.securePort}` };
  for (const keys of [secure, { start_tls: true }, { address: `ldapi://${slapd.socketPath}` }]) {
    const directory = following(slapd, keys, [other]);
    assert.equal((await directory.checkPassword('dora', "dora's password")).kind, 'verified', JSON.stringify(keys));
    await directory.close();
    const untrusting = following(slapd, keys);
    assert.equal((await untrusting.checkPassword('dora', "dora's password")).kind, 'unavailable');
    await untrusting.close();
  }
  const plain = following(slapd, {}, [other]);
  assert.equal((await plain.checkPassword('dora', "dora's password")).kind, 'unavailable');
  await plain.close();
});

test('another server that is gone is unavailable, never a wrong password, and is used again once it is back', {
  skip,
}, async () => {
  await using other = await startOther();
  await using slapd = await posix.start();
  await refer(slapd, [whole(other)]);
  const directory = following(slapd, { pooling: { enable: true } });
  assert.equal((await directory.checkPassword('dora', "dora's password")).kind, 'verified');
  await other.stop();
  assert.equal((await directory.checkPassword('dora', "dora's password")).kind, 'unavailable');
  assert.equal((await directory.checkPassword('erin', 'wrong')).kind, 'unavailable', 'she might be there');
  await other.start();
  assert.equal((await directory.checkPassword('dora', "dora's password")).kind, 'verified');
  await directory.close();
});

test('of several servers that hold the same the first that answers is asked', { skip }, async () => {
  // slapd-ldap(5): in front of a server that is gone, it answers for it as unavailable; slapo-retcode(5): busy.
  await using other = await startOther({
    global: 'moduleload back_ldap\nmoduleload retcode',
    database: `overlay retcode
retcode-parent "ou=codes,dc=example,dc=com"
retcode-item "cn=busy" 0x33
database ldap
suffix "dc=away"
uri ldap://127.0.0.1:${await freePort()}`,
  });
  // slapd.conf(5): the account to search with is turned away, too.
  await using closed = await startOther({ global: 'restrict bind' });
  const gone = { port: await freePort() };
  for (const first of [
    'ldapi:///',
    whole(gone),
    whole(closed),
    at(other, 'dc=away'),
    at(other, 'cn=busy,ou=codes,dc=example,dc=com'),
  ]) {
    await using slapd = await posix.start();
    await refer(slapd, [first, whole(other)]);
    const directory = following(slapd);
    assert.equal((await directory.checkPassword('dora', "dora's password")).kind, 'verified', first);
    await directory.close();
  }
  await using slapd = await posix.start();
  await refer(slapd, [at(other, 'cn=nobody,dc=example,dc=com'), whole(other)]);
  const directory = following(slapd);
  const dora = await directory.checkPassword('dora', "dora's password");
  assert.deepEqual(dora, { kind: 'refused' }, 'that there is no such place was an answer');
  await directory.close();
});

test('a server that names itself beside another one is asked once, and then the other', { skip }, async () => {
  await using other = await startOther();
  await using slapd = await posix.start();
  await refer(slapd, [whole(slapd), whole(other)]);
  const directory = following(slapd, one);
  await seeBoth(directory);
  await other.stop();
  assert.equal((await directory.checkPassword('dora', "dora's password")).kind, 'unavailable', 'she might be there');
  await directory.close();
});

test('servers that refer to each other keep nobody out: what was searched already is not searched again', {
  skip,
}, async () => {
  await using other = await startOther();
  await using slapd = await posix.start();
  await refer(slapd, [whole(other)]);
  await refer(other, [whole(slapd)]);
  await refer(other, [at(slapd, 'OU=Branch,dc=example,dc=com')], 'ou=branch,dc=example,dc=com');
  const directory = following(slapd, one);
  await seeBoth(directory);
  await directory.close();

  // Over its socket the first server has another name than in referrals, under which it is asked once more.
  await add(slapd, 'ou=branch,dc=example,dc=com', { objectClass: 'organizationalUnit' });
  const bySocket = following(slapd, { ...one, address: `ldapi://${slapd.socketPath}` }, [other]);
  await seeBoth(bySocket);
  await bySocket.close();
});

test('a reference back to what the first server has not searched yet is followed, over the connection there is', {
  skip,
  timeout: 30_000,
}, async () => {
  await using other = await startOther();
  await using slapd = await posix.start();
  const branch = 'ou=branch,dc=example,dc=com';
  await refer(slapd, [at(other, 'dc=example,dc=com??sub')], 'ou=elsewhere,ou=people,dc=example,dc=com');
  await refer(other, [at(slapd, branch)], branch);
  await add(slapd, branch, { objectClass: 'organizationalUnit' });
  await add(slapd, `uid=bela,${branch}`, {
    objectClass: 'inetOrgPerson',
    cn: 'Bela',
    sn: 'Bela',
    employeeType: 'present',
    userPassword: "bela's password",
  });
  const directory = following(slapd, { ...one, additional_users_dn: 'ou=people', additional_groups_dn: 'ou=groups' });
  await seeBoth(directory);
  assert.equal((await directory.checkPassword('bela', "bela's password")).kind, 'verified');
  assert.deepEqual(await directory.setPassword('bela', 'another password'), { kind: 'set' });
  assert.equal((await directory.checkPassword('bela', 'another password')).kind, 'verified');
  await directory.close();
});

test('a reference to a place that does not exist keeps nobody out', { skip }, async () => {
  await using other = await startOther();
  await using slapd = await posix.start();
  await refer(slapd, [at(other, 'ou=nowhere,dc=example,dc=com??sub')]);
  await refer(slapd, [whole(other)], 'ou=people elsewhere,dc=example,dc=com');
  const directory = following(slapd);
  await seeBoth(directory);
  await directory.close();
});

test('a circle in which no server has searched, and what is no server of LDAP, end as unavailable', {
  skip,
}, async () => {
  await using other = await startOther();
  await using slapd = await posix.start();
  await refer(slapd, [at(other, elsewhere)]);
  await refer(other, [at(slapd, elsewhere)]);
  const directory = following(slapd, { ...one, additional_users_dn: 'ou=elsewhere' });
  assert.ok((await causeOf(directory)) instanceof ReferralCircle);
  await directory.close();

  await using third = await posix.start();
  await refer(third, ['http://127.0.0.1/']);
  const nowhere = following(third);
  assert.ok((await causeOf(nowhere)) instanceof ReferralRefused);
  await nowhere.close();
});

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ConnectionOptions } from 'node:tls';
import { needs } from '@gatehouse/testing/needs.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { Attribute, Change, Client } from 'ldapts';
import { describeDirectory, describePasswordChange } from '../directory.suite.ts';
import { SearcherRefused } from './connection.ts';
import { activeDirectory, posix, rfc2307bis, type Schema } from './directories.testing.ts';
import { freeipa, glauth, lldap } from './implementations.testing.ts';
import { openDirectoryOf } from './ldap-directory.testing.ts';

const skip = needs('slapd', 'openssl');

type Slapd = Awaited<ReturnType<Schema['start']>>;

const lines: string[] = [];
const log = openLog({ level: 'debug', format: 'json' }, { write: (line) => void lines.push(line) });

function directoryOf(slapd: Slapd, schema: Schema, keys?: Readonly<Record<string, unknown>>, tls?: ConnectionOptions) {
  return openDirectoryOf(slapd, schema, { log, ...(keys && { keys }), ...(tls && { tls }) });
}

function asReader({ reader }: Slapd) {
  return { user: reader.dn, password: reader.password };
}

for (const schema of [rfc2307bis, posix, activeDirectory, freeipa, lldap, glauth]) {
  let server: Promise<Slapd> | undefined;
  const open = async () => {
    server ??= schema.start();
    const directory = directoryOf(await server, schema, { pooling: { enable: true, count: 3 } });
    return { directory, close: () => directory.close() };
  };
  describeDirectory(`LDAP (${schema.name})`, open, { skip });
  if (schema !== activeDirectory) describePasswordChange(`LDAP (${schema.name})`, open, { skip });
  after(async () => (await server)?.close());
}

test('Active Directory gets a new password in the attribute and the shape it wants', { skip }, async () => {
  await using slapd = await activeDirectory.start();
  const directory = directoryOf(slapd, activeDirectory);
  assert.deepEqual(await directory.setPassword('alice', 'neu"ß'), { kind: 'set' });
  await directory.close();
  const client = new Client({ url: `ldap://127.0.0.1:${slapd.port}` });
  await client.bind(slapd.searcher.dn, slapd.searcher.password);
  const { searchEntries } = await client.search(slapd.baseDn, {
    filter: '(sAMAccountName=alice)',
    attributes: ['unicodePwd'],
    explicitBufferAttributes: ['unicodePwd'],
  });
  await client.unbind();
  assert.deepEqual(searchEntries[0]?.unicodePwd, Buffer.from('"neu"ß"', 'utf16le'));
});

test('a new password makes another mark where the server tells only when it was changed', { skip }, async () => {
  await using policies = await rfc2307bis.start();
  const writing = directoryOf(policies, rfc2307bis);
  const reading = directoryOf(policies, rfc2307bis, asReader(policies));
  const before = await reading.passwordMark('alice');
  assert.ok(before.kind === 'found' && !before.tellsChanges, 'nothing of a password that was never changed');
  assert.deepEqual(await writing.setPassword('alice', 'another password'), { kind: 'set' });
  const after = await reading.passwordMark('alice');
  assert.ok(after.kind === 'found' && after.tellsChanges && after.mark !== before.mark, 'pwdChangedTime');
  assert.equal((await writing.checkPassword('alice', 'another password')).kind, 'verified');
  assert.deepEqual(await reading.passwordMark('alice'), after, 'a sign-in changes no mark');
  await Promise.all([writing.close(), reading.close()]);

  await using slapd = await activeDirectory.start();
  const directory = directoryOf(slapd, activeDirectory, asReader(slapd));
  const first = await directory.passwordMark('alice');
  assert.ok(first.kind === 'found' && first.tellsChanges);
  await using client = new Client({ url: `ldap://127.0.0.1:${slapd.port}` });
  await client.bind(slapd.searcher.dn, slapd.searcher.password);
  const modification = new Attribute({ type: 'pwdLastSet', values: ['133000000000000001'] });
  await client.modify('cn=Alice Adams,ou=people,dc=example,dc=com', new Change({ operation: 'replace', modification }));
  assert.notDeepEqual(await directory.passwordMark('alice'), first, 'pwdLastSet');
  await directory.close();
});

test('a password that breaks the rules of the server is told as such, and the old one stays', { skip }, async () => {
  await using slapd = await rfc2307bis.start();
  const directory = directoryOf(slapd, rfc2307bis);
  assert.deepEqual(await directory.setPassword('alice', 'short'), { kind: 'against-policy' });
  assert.equal((await directory.checkPassword('alice', 'pä$$word one')).kind, 'verified');
  await directory.close();
});

test('without pooling, over LDAPS, StartTLS and a socket of this machine the answers are the same', {
  skip,
}, async () => {
  await using slapd = await posix.start();
  for (const keys of [
    {},
    { address: `ldaps://127.0.0.1:${slapd.securePort}` },
    { start_tls: true },
    { address: `ldapi://${slapd.socketPath}` },
  ]) {
    const directory = directoryOf(slapd, posix, keys);
    assert.equal((await directory.checkPassword('alice', 'pä$$word one')).kind, 'verified', JSON.stringify(keys));
    assert.deepEqual(await directory.checkPassword('alice', 'wrong'), { kind: 'refused' });
    await directory.close();
  }
});

test('a server that is gone is unavailable, never a wrong password, and is used again once it is back', {
  skip,
  // Whoever waits for an answer of a connection that died waits for the ten minutes below.
  timeout: 60_000,
}, async () => {
  await using slapd = await posix.start();
  const pooling = { enable: true, count: 2 };
  for (const keys of [{ pooling: { enable: false } }, { pooling }, { pooling, start_tls: true }]) {
    const directory = directoryOf(slapd, posix, { timeout: '10 minutes', ...keys });
    assert.equal((await directory.checkPassword('alice', 'pä$$word one')).kind, 'verified');
    await slapd.stop();
    assert.equal((await directory.checkPassword('alice', 'pä$$word one')).kind, 'unavailable');
    assert.equal((await directory.checkPassword('alice', 'wrong')).kind, 'unavailable');
    assert.equal((await directory.find('alice')).kind, 'unavailable');
    await slapd.start();
    assert.equal((await directory.checkPassword('alice', 'pä$$word one')).kind, 'verified');
    // Connections that waited in the pool died with the server; the question is asked again on a new one.
    await Promise.all([directory.find('alice'), directory.find('alice')]);
    await slapd.stop();
    await slapd.start();
    assert.equal((await directory.find('alice')).kind, 'found');
    await directory.close();
  }
});

test('who changes their password in FreeIPA does it themselves, a reset is the service account’s', {
  skip,
}, async () => {
  await using slapd = await freeipa.start();
  await using client = new Client({ url: `ldap://127.0.0.1:${slapd.port}` });
  await client.bind(slapd.searcher.dn, slapd.searcher.password);
  const lastChange = async () => {
    const attributes = ['modifiersName'];
    const { searchEntries } = await client.search('dc=example,dc=com', { filter: '(uid=alice)', attributes });
    assert.equal(searchEntries.length, 1);
    return { alice: searchEntries[0]?.dn, by: searchEntries[0]?.modifiersName };
  };
  const directory = directoryOf(slapd, freeipa);
  assert.deepEqual(await directory.setPassword('alice', 'of a reset'), { kind: 'set' });
  assert.equal((await lastChange()).by, slapd.searcher.dn);
  assert.deepEqual(await directory.setPassword('alice', 'of their own', 'of a reset'), { kind: 'set' });
  const own = await lastChange();
  assert.equal(own.by, own.alice);
  assert.equal((await directory.checkPassword('alice', 'of their own')).kind, 'verified');
  assert.deepEqual(
    await directory.setPassword('alice', 'another', 'of a reset'),
    { kind: 'refused' },
    'their password was changed since they proved it',
  );
  assert.equal((await directory.checkPassword('alice', 'of their own')).kind, 'verified');
  assert.deepEqual(await directory.setPassword('alice', 'of a second reset'), { kind: 'set' });
  assert.equal((await lastChange()).by, slapd.searcher.dn);
  await directory.close();
});

test('a refused account to search with is unavailable, and the failure names its key', { skip }, async () => {
  await using slapd = await posix.start();
  const directory = directoryOf(slapd, posix, { password: 'another password' });
  const answer = await directory.checkPassword('alice', 'pä$$word one');
  assert.ok(answer.kind === 'unavailable' && answer.cause instanceof SearcherRefused);
  assert.match(answer.cause.message, /authentication_backend\.ldap\.user/);
  await directory.close();
});

test('a server whose certificate is not trusted gets no password', { skip }, async () => {
  await using slapd = await posix.start();
  for (const keys of [{ address: `ldaps://127.0.0.1:${slapd.securePort}` }, { start_tls: true }]) {
    const directory = directoryOf(slapd, posix, keys, { servername: 'ldap.example.com' });
    assert.equal((await directory.checkPassword('alice', 'pä$$word one')).kind, 'unavailable');
    await directory.close();
  }
});

test('groups are found by what the entry says of its own, by name and by distinguished name', { skip }, async () => {
  await using slapd = await rfc2307bis.start();
  for (const groups_filter of [
    '(&{memberof:rdn}(objectClass=groupOfNames))',
    '(&{memberof:dn}(objectClass=groupOfNames))',
  ]) {
    const directory = directoryOf(slapd, rfc2307bis, {
      group_search_mode: 'memberof',
      groups_filter,
      // No overlay fills memberOf here: the seeAlso of an entry stands in for it, and an entry names itself in entryDN.
      attributes: { member_of: 'seeAlso', distinguished_name: 'entryDN' },
    });
    const alice = await directory.find('alice');
    assert.ok(alice.kind === 'found');
    assert.deepEqual(alice.identity.groups, ['admins']);
    const carol = await directory.find('carol');
    assert.ok(carol.kind === 'found');
    assert.deepEqual(carol.identity.groups, []);
    await directory.close();
  }
});

test('attributes come under their names, extra ones with their types', { skip }, async () => {
  await using slapd = await rfc2307bis.start();
  const directory = directoryOf(slapd, rfc2307bis);
  const found = await directory.find('ALICE');
  assert.ok(found.kind === 'found');
  const { username, attributes } = found.identity;
  assert.equal(username, 'alice', 'the name is the directory’s, whatever was typed');
  assert.deepEqual(attributes, { given_name: 'Alice', family_name: 'Adams', extra: { department: 7 } });
  const byMail = await directory.checkPassword('alice@example.com', 'pä$$word one');
  assert.equal(byMail.kind, 'verified');
  await directory.close();
});

test('a name that fits two people lets neither in and is told to the administrator', { skip }, async () => {
  await using slapd = await posix.start();
  const directory = directoryOf(slapd, posix, {
    users_filter: '(&(|({username_attribute}={input})(employeeType={input}))(objectClass=inetOrgPerson))',
  });
  assert.deepEqual(await directory.checkPassword('present', 'pä$$word one'), { kind: 'refused' });
  assert.match(lines.at(-1) ?? '', /fits two people/);
  await directory.close();
});

test('with every connection in use the next question waits, and is told so when none gets free', { skip }, async () => {
  await using slapd = await posix.start();
  const directory = directoryOf(slapd, posix, { pooling: { enable: true, count: 1, timeout: '10s' } });
  const answers = await Promise.all(Array.from({ length: 40 }, () => directory.find('alice')));
  assert.ok(answers.every(({ kind }) => kind === 'found'));
  await directory.close();
  assert.equal((await directory.find('alice')).kind, 'unavailable', 'a closed directory answers nothing');
});

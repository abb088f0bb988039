/** A mail that waits to be tried again goes by the configuration in force at its next try, not by the one it was asked under. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { startSlapd } from '@gatehouse/testing/slapd.ts';
import { startSmtpSink } from '@gatehouse/testing/smtp-sink.ts';
import { ldapDirectory } from '../../house/configuration.ts';
import { mailBy } from '../../house/mail.ts';
import { type RunningIdentity, startIdentity } from './running-identity.ts';

const ldif = `dn: uid=alice,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: alice
cn: alice
sn: Adams
displayName: Alice
mail: alice@example.com
userPassword: the password of alice
`;
const noSlapd = needs('slapd', 'openssl');
/** RFC 863: nothing of the test's listens there. */
const nowhere = 'ldap://127.0.0.1:9';

async function askInVain(identity: RunningIdentity): Promise<void> {
  const asked = await identity.visitor().post('/reset-password', { username: 'alice' });
  assert.equal(asked.headers.location, '/reset-password/sent');
  assert.match((await identity.next(/could not be mailed/)).msg, /could not be mailed yet/);
}

test('a mail that waits for a mail server arrives at the one that a reload names', async () => {
  const former = await startSmtpSink();
  await using mended = await startSmtpSink();
  await using identity = await startIdentity({ replace: mailBy(former) });
  await former.stop();
  await askInVain(identity);
  identity.write('rest.yml', identity.rest({ replace: mailBy(mended) }));
  assert.match((await identity.reload()).msg, /in force/);
  const line = await identity.next(/could not be mailed|Mailed a link/);
  assert.match(line.msg, /Mailed a link/);
  assert.deepEqual((await mended.next()).to, ['alice@example.com']);
});

test('a mail that waits for the directory is written by the one that a reload names', { skip: noSlapd }, async () => {
  await using slapd = await startSlapd({ ldif });
  await using sink = await startSmtpSink();
  const at = (address?: string) => ldapDirectory(slapd, address);
  await using identity = await startIdentity({ directory: at(nowhere), replace: mailBy(sink) });
  await askInVain(identity);
  identity.write('rest.yml', identity.rest({ replace: (yaml) => mailBy(sink)(yaml).replace(at(nowhere), at()) }));
  assert.match((await identity.reload()).msg, /in force/);
  assert.match((await identity.next(/could not be mailed|Mailed a link/)).msg, /Mailed a link/);
  assert.deepEqual((await sink.next()).to, ['alice@example.com']);
});

test('a mail that waits when the process stops is tried once more, while the directory is still open', {
  skip: noSlapd,
}, async () => {
  await using slapd = await startSlapd({ ldif });
  const former = await startSmtpSink();
  await using identity = await startIdentity({ directory: ldapDirectory(slapd), replace: mailBy(former) });
  await former.stop();
  await askInVain(identity);
  await using sink = await startSmtpSink({ port: former.port });
  await identity.child().stop();
  assert.deepEqual(
    sink.mails.map(({ to }) => to),
    [['alice@example.com']],
  );
});

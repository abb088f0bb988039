/** Which mailbox somebody has is for the directory to say: not for a form, not for a file's further attributes, not for a code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { Attribute, Change, Client } from 'ldapts';
import { loadTexts, minimal } from '../config/fixtures/loading.ts';
import { posix } from '../directory/ldap/directories.testing.ts';
import { openDirectoryOf } from '../directory/ldap/ldap-directory.testing.ts';
import { paths } from './account.paths.ts';
import { fieldsOf, openBrowser, openSignedIn } from './browser.testing.ts';
import { alice, codeFromMail } from './house.suite.ts';
import { passwordPaths } from './password.paths.ts';
import { linksOf } from './reset.testing.ts';

test('attack 26: no form of the account takes an address: what is sent beside its fields changes nobody’s mailbox', async () => {
  await using all = await openSignedIn({}, 'two');
  const { house, browser } = all;
  const address = 'alice@evil.example';
  const claims = { email: address, emails: address, mail: address, email_verified: 'true', username: 'alice' };
  for (const path of [...Object.values(paths), ...Object.values(passwordPaths)])
    await browser.post(path, { ...claims, action: 'add', 'identity[emails][0]': address });
  const found = await house.directory.find('alice');
  assert.ok(found.kind === 'found');
  assert.deepEqual(found.identity.emails, alice.emails);
  await openBrowser(house, '203.0.113.77').post(passwordPaths.ask, { ...claims });
  assert.match((await linksOf(house)).page, /token=/);
  assert.match(await house.lastMail(), /^To: .*<alice@example\.com>$/m);
  assert.doesNotMatch(await house.lastMail(), /evil/);
});

test('attack 26: a code proves only the mailbox that it went to', { skip: needs('slapd', 'openssl') }, async () => {
  await using slapd = await posix.start();
  await using all = await openSignedIn({ directory: openDirectoryOf(slapd, posix) });
  const { house, browser } = all;
  const ask = async () => {
    const { location } = await browser.post(paths.oneTimeCode, { action: 'add' });
    const fields = fieldsOf((await browser.get(location)).body, paths.proof);
    return { ...fields, code: await codeFromMail(house) };
  };
  const sentBefore = await ask();
  await using client = new Client({ url: `ldap://127.0.0.1:${slapd.port}` });
  await client.bind(slapd.searcher.dn, slapd.searcher.password);
  const modification = new Attribute({ type: 'mail', values: ['alice@elsewhere.example'] });
  await client.modify(`uid=alice,ou=people,${slapd.baseDn}`, new Change({ operation: 'replace', modification }));
  assert.equal((await browser.post(paths.proof, sentBefore)).status, 403);
  assert.equal((await browser.session()).elevation, undefined);
  assert.match((await browser.post(paths.proof, await ask())).location, /enrolment=/);
});

test('attack 26: a further attribute of a users file cannot be called verified', () => {
  for (const name of ['email_verified', 'email', 'emails']) {
    const file = { path: '/users.yml', extra_attributes: { [name]: { value_type: 'boolean' } } };
    const loaded = loadTexts([JSON.stringify({ ...minimal(), authentication_backend: { file } })]);
    assert.ok(loaded.kind !== 'loaded', name);
  }
});

/** The account pages while an LDAP server is stopped and started again: a clear page on each, and nothing lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { suitePeople } from '../directory/directory.suite.ts';
import { posix } from '../directory/ldap/directories.testing.ts';
import { openDirectoryOf } from '../directory/ldap/ldap-directory.testing.ts';
import { paths } from './account.paths.ts';
import { type Answer, fieldsOf, openSignedIn } from './browser.testing.ts';
import { codeFromMail } from './house.suite.ts';
import { passwordPaths } from './password.paths.ts';
import { fresh } from './reset.testing.ts';

const skip = needs('slapd', 'openssl');

/** Pages that begin with who is there; the others show nothing of anybody. */
const open: readonly string[] = [paths.revoke, passwordPaths.ask, passwordPaths.sent, passwordPaths.done];
/** What is sent by the script of a page, which tells it in its own words. */
const asked: readonly string[] = [paths.newKeyBegin, passwordPaths.set, passwordPaths.revoke];
const pages = [...Object.values(paths), ...Object.values(passwordPaths)].filter(
  (path) => !open.includes(path) && !asked.includes(path),
);

test('every account page of a portal that knows nobody yet says with 503 that the directory does not answer', {
  skip,
}, async () => {
  await using slapd = await posix.start();
  await using all = await openSignedIn({ directory: openDirectoryOf(slapd, posix) });
  const { house, browser } = all;
  await house.totp.create('alice', house.totp.propose());
  await slapd.stop();
  const down = new Map<string, Answer>();
  for (const path of pages) {
    down.set(path, await browser.get(path));
    const { status } = await browser.post(path, { action: 'remove' });
    assert.ok(status === 503 || status === 404, `POST ${path} ${status}`);
  }
  assert.doesNotMatch(JSON.stringify(house.log), /alice@example|ldap:/);

  await slapd.start();
  let seen = 0;
  for (const path of pages) {
    // What only takes a form has no page.
    if ((await browser.get(path)).status === 404) continue;
    seen += 1;
    const { status, body } = down.get(path) ?? assert.fail(path);
    assert.equal(status, 503, path);
    assert.match(body, /We cannot look you up right now/);
    assert.match(body, /You are still signed in, but the directory of this house does not answer/);
    assert.ok(body.includes(`href="${path}"`), 'and a way to try again');
  }
  assert.ok(seen >= 10, `${seen} pages`);
  assert.equal((await browser.session()).username, 'alice', 'still signed in');
  assert.equal(await house.totp.has('alice'), true, 'and nothing was removed');
});

test('whoever the portal knows goes on while the directory is down; a change of the password is not made and says so', {
  skip,
}, async () => {
  await using slapd = await posix.start();
  await using all = await openSignedIn({ directory: openDirectoryOf(slapd, posix) });
  const { house, browser } = all;
  const asked = await browser.get(passwordPaths.change);
  const proof = fieldsOf((await browser.get(asked.location)).body, paths.proof);
  await slapd.stop();
  const proven = await browser.post(paths.proof, { ...proof, code: await codeFromMail(house) });
  assert.equal(proven.location, passwordPaths.change, 'the mailed code needs no directory');
  assert.equal((await browser.get(paths.sessions)).status, 200);
  const form = { password: suitePeople[0].password, new: fresh, again: fresh };
  const refused = await browser.post(passwordPaths.change, form);
  assert.equal(refused.status, 503);
  assert.match(refused.body, /We cannot change passwords right now. Nothing was changed/);
  await slapd.start();
  assert.match((await browser.post(passwordPaths.change, form)).location, /done/);
  assert.equal((await house.directory.checkPassword('alice', fresh)).kind, 'verified');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { suitePeople } from '../directory/directory.suite.ts';
import { freeipa } from '../directory/ldap/implementations.testing.ts';
import { openDirectoryOf } from '../directory/ldap/ldap-directory.testing.ts';
import { paths } from './account.paths.ts';
import { fieldsOf, openSignedIn } from './browser.testing.ts';
import { codeFromMail } from './house.suite.ts';
import { passwordPaths } from './password.paths.ts';
import { fresh } from './reset.testing.ts';

test('a password that is changed in FreeIPA between its proof and the change is told as wrong, not as an outage', {
  skip: needs('slapd', 'openssl'),
}, async () => {
  await using slapd = await freeipa.start();
  const elsewhere = openDirectoryOf(slapd, freeipa);
  const directory = openDirectoryOf(slapd, freeipa);
  let isChangedElsewhere = true;
  const raced: typeof directory = {
    ...directory,
    async setPassword(username, password, current) {
      if (isChangedElsewhere) await elsewhere.setPassword(username, 'of somewhere else');
      return await directory.setPassword(username, password, current);
    },
  };
  await using all = await openSignedIn({ directory: raced });
  const { house, browser } = all;
  const asked = await browser.get(passwordPaths.change);
  const proof = fieldsOf((await browser.get(asked.location)).body, paths.proof);
  await browser.post(paths.proof, { ...proof, code: await codeFromMail(house) });

  const form = { password: suitePeople[0].password, new: fresh, again: fresh };
  const refused = await browser.post(passwordPaths.change, form);
  assert.equal(refused.status, 403);
  assert.match(refused.body, /The current password is not right/);
  assert.equal((await directory.checkPassword('alice', 'of somewhere else')).kind, 'verified', 'nothing was changed');
  isChangedElsewhere = false;
  assert.match((await browser.post(passwordPaths.change, { ...form, password: 'of somewhere else' })).location, /done/);
  await elsewhere.close();
});

/** Small things that make the account pages easier on whoever errs, or is new. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paths, returnField } from './account.paths.ts';
import { fieldsOf, openSignedIn } from './browser.testing.ts';
import { codeFromMail } from './house.suite.ts';
import { passwordPaths } from './password.paths.ts';

test('two new passwords that differ are told before the current one is tried, so no try is spent', async () => {
  await using all = await openSignedIn();
  const { house, browser } = all;
  const asked = await browser.get(passwordPaths.change);
  const proof = fieldsOf((await browser.get(asked.location)).body, paths.proof);
  await browser.post(paths.proof, { ...proof, code: await codeFromMail(house) });
  for (let times = 0; times < 10; times += 1) {
    const form = { password: 'not the password', new: 'one of them', again: 'another one' };
    const { status, body } = await browser.post(passwordPaths.change, form);
    assert.equal(status, 422);
    assert.match(body, /The two new passwords are not the same/);
  }
});

test('whoever has set up a second factor is offered recovery codes at once, and no more once they have some', async () => {
  await using all = await openSignedIn();
  const { house, browser } = all;
  for (const done of [paths.done, paths.keyDone]) {
    const fields = fieldsOf((await browser.get(`${done}?then=/sign-in/abc`)).body, paths.recovery);
    assert.deepEqual(fields, { action: 'recovery', [returnField]: '/sign-in/abc' });
  }
  await house.recovery.make('alice');
  for (const done of [paths.done, paths.keyDone])
    assert.ok(!(await browser.get(done)).body.includes(`action="${paths.recovery}"`));
});

/** The phone of an account: choosing it takes a sign-in; to have it forgotten takes the proof that every removal takes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alicesPhone, startDuo } from '@gatehouse/testing/duo.ts';
import { paths } from './account.paths.ts';
import { fieldsOf, openSignedIn } from './browser.testing.ts';
import { codeFromMail, type HouseOptions } from './house.suite.ts';

async function openWithPhone(options: HouseOptions = {}) {
  const duo = await startDuo();
  duo.people.set('alice', { result: 'auth', phones: [alicesPhone] });
  const all = await openSignedIn({ ...options, duo });
  const chosen = await all.browser.post(paths.push, { device: `push ${alicesPhone.id}` });
  assert.equal(chosen.location, `${paths.twoFactor}?notice=push-chosen`);
  await all.house.recovery.make('alice');
  const close = async () => {
    await all[Symbol.asyncDispose]();
    await duo[Symbol.asyncDispose]();
  };
  return { ...all, [Symbol.asyncDispose]: close };
}

test('a phone is forgotten after a code from the mailbox and a second question, and the owner is told', async () => {
  await using all = await openWithPhone();
  const { house, browser } = all;
  assert.equal((await browser.get(paths.forgetPush)).location, `${paths.twoFactor}?notice=gone`);
  const asked = await browser.post(paths.forgetPush);
  const fields = fieldsOf((await browser.get(asked.location)).body, paths.proof);
  assert.equal(fields.action, 'forget-push');
  assert.notEqual(await house.push?.choiceOf('alice'), undefined, 'not before the proof');
  const proven = await browser.post(paths.proof, { ...fields, code: await codeFromMail(house) });
  assert.match((await browser.get(proven.location)).body, /Stop using your phone\?/);
  assert.notEqual(await house.push?.choiceOf('alice'), undefined, 'not by looking');
  assert.equal((await browser.post(paths.forgetPush)).location, `${paths.twoFactor}?notice=push-forgotten`);
  assert.equal(await house.push?.choiceOf('alice'), undefined);
  assert.match(await house.lastMail(), /Subject: The phone for requests was removed/);
});

test('where the second factor is asked for, a password alone forgets no phone and ends no recovery codes', async () => {
  await using all = await openWithPhone({ elevatedSession: { requireSecondFactor: true } });
  const { house, browser } = all;
  assert.equal((await browser.post(paths.forgetPush)).status, 403);
  assert.notEqual(await house.push?.choiceOf('alice'), undefined);
  assert.notEqual(await house.recovery.stateOf('alice'), undefined);
  assert.equal((await browser.post('/settings/two-factor/one-time-code', { action: 'add' })).status, 403);
});

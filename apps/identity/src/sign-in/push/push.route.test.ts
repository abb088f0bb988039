/** The push step as a browser without script meets it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alicesPhone, alicesTablet, startDuo } from '@gatehouse/testing/duo.ts';
import { openPortal } from '../../portal.suite.ts';
import { amrOf, levelOf } from '../../session/portal-session.ts';

const step = '/sign-in/flow1/second-factor/push';
const fromHere = { 'sec-fetch-site': 'same-origin' };

async function openBob(t: Parameters<typeof openPortal>[0], phones = [alicesPhone]) {
  const duo = await startDuo();
  t.after(() => duo.stop());
  duo.people.set('bob', { result: 'auth', phones, passcodes: ['123456'] });
  const raised: string[] = [];
  const portal = await openPortal(t, { duo });
  const visitor = portal.visitor();
  await visitor.post('/sign-in/flow1/password', { username: 'bob', password: 'bob-password' });
  return { ...portal, duo, visitor, raised };
}

test('a request goes out by itself for whoever comes from the password, and the page goes on when it is approved', async (t) => {
  const { duo, visitor, state } = await openBob(t);
  const asked = await visitor.get('/sign-in/flow1', fromHere);
  assert.equal(asked.status, 303);
  assert.equal(asked.location, `${step}/wait-here`);
  const waiting = await visitor.get(`${step}/wait-here`);
  assert.match(waiting.text, /<title>Check your phone/);
  assert.match(waiting.text, new RegExp(`http-equiv="refresh" content="0;url=${step}/wait"`));
  assert.match(waiting.text, /We sent a request to Blue phone/);
  const before = [...visitor.jar.values()];
  await duo.decide('bob', 'allow');
  const done = await visitor.get(`${step}/wait`);
  assert.equal(done.status, 303);
  assert.equal(done.location, 'https://auth.example.com/api/oidc/authorization/flow1');
  assert.notDeepEqual([...visitor.jar.values()], before, 'the session has a new secret');
  assert.deepEqual(state.finished, ['bob']);
  assert.equal(duo.requests.length, 1);
});

test('attack 23: no other site makes a phone ring', async (t) => {
  const { duo, visitor } = await openBob(t);
  const page = await visitor.get('/sign-in/flow1/second-factor', { 'sec-fetch-site': 'cross-site' });
  assert.equal(page.status, 200);
  assert.match(page.text, /Send a request/);
  const posted = await visitor.post(step, {}, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' });
  assert.equal(posted.status, 403);
  assert.equal(duo.requests.length, 0);
  assert.equal((await visitor.post(step, { username: 'bob' })).location, `${step}/wait-here`);
  assert.equal(duo.requests.length, 1);
});

test('a request that is turned down is told, and counts: the third closes the account for a while', async (t) => {
  const { duo, visitor } = await openBob(t);
  for (const _ of [1, 2, 3]) {
    await visitor.post(step, { username: 'bob' });
    await duo.decide('bob', 'deny');
    const page = await visitor.get(`${step}/wait`);
    assert.equal(page.status, 401);
    assert.match(page.text, /turned down/);
  }
  const closed = await visitor.post(step, { username: 'bob' });
  assert.equal(closed.status, 429);
  assert.match(closed.text, /closed for some minutes/);
  assert.equal(duo.requests.length, 3);
});

test('a form that was shown for another person asks nobody', async (t) => {
  const { duo, visitor } = await openBob(t);
  const page = await visitor.post(step, { username: 'alice' });
  assert.equal(page.status, 409);
  assert.equal(duo.requests.length, 0);
});

test('somebody with two phones chooses one and types a code that it shows', async (t) => {
  const { visitor, state, sessions } = await openBob(t, [alicesPhone, alicesTablet]);
  const choice = await visitor.get('/sign-in/flow1', fromHere);
  assert.match(choice.text, /<legend>Tablet<\/legend>/);
  const chosen = await visitor.post(`${step}/devices`, { username: 'bob', device: `mobile_otp ${alicesPhone.id}` });
  assert.equal(chosen.location, `${step}/wait-here`);
  assert.match((await visitor.get(`${step}/wait-here`)).text, /Type the code that Blue phone shows/);
  const wrong = await visitor.post(`${step}/code`, { username: 'bob', code: '000000' });
  assert.equal(wrong.status, 401);
  assert.match(wrong.text, /aria-invalid="true"/);
  assert.equal((await visitor.post(`${step}/code`, { username: 'bob', code: '123 456' })).status, 303);
  assert.deepEqual(state.finished, ['bob']);
  const session = await sessions.fromCookies(
    `authelia_session=${visitor.jar.get('authelia_session')}`,
    'auth.example.com',
  );
  assert.deepEqual(session && amrOf(session), ['pwd', 'kba', 'otp', 'mfa']);
});

test('somebody whom Duo does not know is led to introduce the phone, or to another second step', async (t) => {
  const { duo, visitor } = await openBob(t);
  duo.people.delete('bob');
  const page = await visitor.get('/sign-in/flow1', fromHere);
  assert.ok(page.text.includes(`href="${duo.enrollUrl}"`));
  assert.match(page.text, /href="\/sign-in\/flow1\/enrol"/);
  assert.match((await visitor.get('/sign-in/flow1/enrol')).text, /Set up a second step/);
});

test('whom Duo asks for nothing passes, and the session does not say that two factors were shown', async (t) => {
  const { duo, visitor, sessions } = await openBob(t);
  duo.people.set('bob', { result: 'allow' });
  assert.equal((await visitor.get('/sign-in/flow1', fromHere)).status, 303);
  const session = await sessions.fromCookies(
    `authelia_session=${visitor.jar.get('authelia_session')}`,
    'auth.example.com',
  );
  assert.equal(levelOf(session), 2);
  assert.deepEqual(session && amrOf(session), ['pwd', 'kba']);
});

test('somebody with a one-time code is asked for it first, and may use the phone instead', async (t) => {
  const { duo, visitor } = await openBob(t);
  duo.people.set('alice', { result: 'auth', phones: [alicesPhone] });
  await visitor.post('/sign-in/flow1/password?another=yes', { username: 'alice', password: 'alice-password' });
  const page = await visitor.get('/sign-in/flow1', fromHere);
  assert.match(page.text, /<title>Enter your code/);
  assert.ok(page.text.includes(`href="${step}"`));
  assert.equal((await visitor.get(step, fromHere)).location, `${step}/wait-here`);
});

test('while Duo is down the page says so, and names another way to whoever has one', async (t) => {
  const { duo, visitor } = await openBob(t);
  await duo.stop();
  const page = await visitor.post(step, { username: 'bob' });
  assert.equal(page.status, 503);
  assert.match(page.text, /cannot reach the service/);
  assert.doesNotMatch(page.text, /another way/);
  assert.match(page.text, /Set up another second step/);
  await visitor.post('/sign-in/flow1/password?another=yes', { username: 'alice', password: 'alice-password' });
  const withCode = await visitor.post(step, { username: 'alice' });
  assert.match(withCode.text, /Try again in a minute, or use another way/);
  assert.match(withCode.text, /Use a one-time code instead/);
  assert.doesNotMatch(withCode.text, /Set up another second step/);
});

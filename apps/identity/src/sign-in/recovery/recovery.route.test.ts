/** The recovery code step as a browser without script meets it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppServices } from '../../app.ts';
import { openPortal } from '../../portal.suite.ts';
import type { Regulation } from '../../regulation/regulation.ts';
import { amrOf, levelOf } from '../../session/portal-session.ts';

const step = '/sign-in/flow1/second-factor/recovery-code';

async function openAlice(t: Parameters<typeof openPortal>[0], services: Partial<AppServices> = {}) {
  const portal = await openPortal(t, { services });
  const codes = await portal.recovery.make('alice');
  const visitor = portal.visitor();
  await visitor.post('/sign-in/flow1/password', { username: 'alice', password: 'alice-password' });
  return { ...portal, codes, visitor };
}

test('a code stands in for the second factor, once, and the owner is told how many are left', async (t) => {
  const { visitor, codes, state, sessions } = await openAlice(t);
  const page = await visitor.get('/sign-in/flow1/second-factor');
  assert.ok(page.text.includes(`href="${step}"`));
  assert.match((await visitor.get(step)).text, /<title>Use a recovery code/);
  const before = visitor.jar.get('authelia_session');
  const done = await visitor.post(step, { username: 'alice', code: codes[0] ?? '' });
  assert.equal(done.status, 303);
  assert.notEqual(visitor.jar.get('authelia_session'), before);
  assert.deepEqual([state.finished, state.recovered], [['alice'], [9]]);
  const session = await sessions.fromCookies(
    `authelia_session=${visitor.jar.get('authelia_session')}`,
    'auth.example.com',
  );
  assert.equal(levelOf(session), 2);
  assert.deepEqual(session && amrOf(session), ['pwd', 'kba', 'mfa']);
});

test('attack 17: wrong recovery codes close the account for a while', async (t) => {
  const { visitor, codes } = await openAlice(t);
  for (const _ of [1, 2, 3]) {
    const wrong = await visitor.post(step, { username: 'alice', code: 'AAAA-AAAA-AAAA-AAAA' });
    assert.equal(wrong.status, 401);
    assert.match(wrong.text, /used before/);
  }
  assert.equal((await visitor.post(step, { username: 'alice', code: codes[0] ?? '' })).status, 429);
});

test('a code that a ban overtook is spent, and its owner is told', async (t) => {
  const overtaken: Regulation = {
    mayTry: async () => 'free',
    isBanned: async () => false,
    recordBanned: async () => undefined,
    recordFailure: async () => undefined,
    recordSuccess: async () => 'banned',
    sweep: async () => 0,
  };
  const { visitor, codes, state } = await openAlice(t, { regulation: overtaken });
  assert.equal((await visitor.post(step, { username: 'alice', code: codes[0] ?? '' })).status, 429);
  assert.deepEqual([state.finished, state.recovered], [[], [9]]);
});

test('what is no code says so, and a form of another person changes nothing', async (t) => {
  const { visitor, codes, state } = await openAlice(t);
  assert.equal((await visitor.post(step, { username: 'alice', code: '123456' })).status, 422);
  assert.equal((await visitor.post(step, { username: 'bob', code: codes[0] ?? '' })).status, 409);
  assert.deepEqual(state.recovered, []);
});

test('attack 19: a recovery code is worth nothing without the password, or without a second factor to stand in for', async (t) => {
  const portal = await openPortal(t);
  const stranger = portal.visitor();
  const early = await stranger.post(step, { username: 'alice', code: (await portal.recovery.make('alice'))[0] ?? '' });
  assert.equal(early.location, '/sign-in/flow1/password');
  const bob = portal.visitor();
  await bob.post('/sign-in/flow1/password', { username: 'bob', password: 'bob-password' });
  const [code = ''] = await portal.recovery.make('bob');
  assert.equal((await bob.post(step, { username: 'bob', code })).location, '/sign-in/flow1/enrol');
  assert.equal((await portal.recovery.stateOf('bob'))?.left, 10);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPortal, origin, type Visitor } from '../../portal.suite.ts';
import { type Lies, openAuthenticator } from './authenticator.testing.ts';
import { portalAt } from './browser-options.ts';

const step = '/sign-in/flow1/passkey';
const place = { place: '/sign-in/flow1', portal: portalAt(origin) };

async function openWithPasskey(t: Parameters<typeof openPortal>[0]) {
  const portal = await openPortal(t);
  const authenticator = openAuthenticator({ origin });
  const alice = { username: 'alice', displayName: 'Alice' };
  const asked = await portal.webauthn.askToAdd(alice, 'a session', place);
  await portal.webauthn.add(alice, 'a session', place, 'A key', authenticator.register(asked));

  async function answer(visitor: Visitor, lies: Lies = {}) {
    const begun = JSON.parse((await visitor.post(`${step}/begin`, {})).text);
    return visitor.post(step, { ...authenticator.assert(begun, lies) });
  }
  return { ...portal, answer };
}

const wrong: Lies = { origin: 'https://evil.test' };

test('a passkey signs in without a password', async (t) => {
  const { visitor: open, answer } = await openWithPasskey(t);
  const visitor = open();
  assert.equal((await answer(visitor)).status, 303);
  assert.ok(visitor.jar.has('authelia_session'));
});

test('attack 17: passkeys that fail count for regulation with wrong passwords: the third closes the account for both', async (t) => {
  const { visitor: open, answer, state } = await openWithPasskey(t);
  assert.equal((await answer(open(), wrong)).status, 401);
  assert.equal((await answer(open(), wrong)).status, 401);
  const password = (typed: string) => open().post('/sign-in/flow1/password', { username: 'alice', password: typed });
  assert.equal((await password('no')).status, 401);
  const [closed, failed] = [await answer(open()), await answer(open(), wrong)];
  assert.equal(closed.status, 401);
  assert.equal(closed.text, failed.text, 'a ban is not told apart from a key that is refused');
  assert.equal((await password('alice-password')).status, 401);
  state.nowMs += 300_000;
  assert.equal((await answer(open())).status, 303);
  assert.equal((await password('alice-password')).status, 303);
});

test('a passkey that is accepted wipes the slate, and one that nobody knows counts for nobody', async (t) => {
  const { visitor: open, answer } = await openWithPasskey(t);
  for (let round = 0; round < 2; round++) {
    for (let time = 0; time < 2; time++) assert.equal((await answer(open(), wrong)).status, 401);
    assert.equal((await answer(open())).status, 303);
  }
  for (let time = 0; time < 4; time++) assert.equal((await answer(open(), { credentialId: 'bm9uZQ' })).status, 401);
  assert.equal((await answer(open())).status, 303);
});

test('attack 16: what a passkey is asked for is the same whoever is hinted at or named, and names no key', async (t) => {
  const { visitor: open, state } = await openWithPasskey(t);
  const asked: unknown[] = [];
  for (const name of ['alice', 'carol', 'mallory']) {
    state.about = { ...state.about, loginHint: name };
    const answer = await open().post(`${step}/begin?username=${name}`, { username: name });
    const { options } = JSON.parse(answer.text);
    const told = [...answer.headers].filter(([header]) => header !== 'date');
    asked.push([answer.status, told, { ...options, challenge: options.challenge.length }]);
    assert.equal(options.allowCredentials?.length ?? 0, 0);
  }
  assert.deepEqual([asked[1], asked[2]], [asked[0], asked[0]]);
});

test('attack 16: a key that is refused and one that nobody knows get the same answer', async (t) => {
  const { visitor: open, answer } = await openWithPasskey(t);
  const [known, unknown] = [await answer(open(), wrong), await answer(open(), { credentialId: 'bm9uZQ' })];
  assert.deepEqual([unknown.status, unknown.text], [known.status, known.text]);
  assert.deepEqual([...unknown.headers], [...known.headers]);
});

test('attack 17: one address asks for three hundred challenges in five minutes, and not for more', async (t) => {
  const { visitor: open, answer, state } = await openWithPasskey(t);
  const asking = open();
  const statuses = [];
  for (let count = 0; count < 302; count++) statuses.push((await asking.post(`${step}/begin`, {})).status);
  assert.deepEqual(new Set(statuses.slice(0, 300)), new Set([200]));
  assert.deepEqual(statuses.slice(300), [429, 429]);
  state.nowMs += 300_000;
  assert.equal((await answer(open())).status, 303);
});

/** What becomes of a first factor that is accepted when something happens to its person or their session meanwhile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPortal, origin, type Visitor } from '../portal.suite.ts';
import { openAuthenticator } from './webauthn/authenticator.testing.ts';
import { portalAt } from './webauthn/browser-options.ts';

const flow = '/sign-in/flow1';
const resume = `${origin}/api/oidc/authorization/flow1`;
const place = { place: flow, portal: portalAt(origin) };
const told = /Your password was changed or your access was ended while you were signing in\. Sign in again\./;

async function openHouse(t: Parameters<typeof openPortal>[0]) {
  const portal = await openPortal(t);
  const authenticator = openAuthenticator({ origin });
  const alice = { username: 'alice', displayName: 'Alice' };
  const asked = await portal.webauthn.askToAdd(alice, 'a session', place);
  await portal.webauthn.add(alice, 'a session', place, 'A key', authenticator.register(asked));
  /** `look`: what happens right before the answer is sent. */
  const ways = {
    password(visitor: Visitor, look = () => {}) {
      look();
      return visitor.post(`${flow}/password`, { username: 'alice', password: 'alice-password' });
    },
    async passkey(visitor: Visitor, look = () => {}) {
      const begun = JSON.parse((await visitor.post(`${flow}/passkey/begin`, {})).text);
      look();
      return visitor.post(`${flow}/passkey`, { ...authenticator.assert(begun) });
    },
  };
  /** Signed in, and asked to prove it anew for the application. */
  async function openSignedIn(): Promise<Visitor> {
    const visitor = portal.visitor();
    await ways.password(visitor);
    portal.state.nowMs += 1000;
    portal.state.about = { ...portal.state.about, notBeforeMs: portal.state.nowMs };
    return visitor;
  }
  async function shutOut(): Promise<void> {
    portal.state.nowMs += 1000;
    await portal.endings.endAllOf('alice', 'password');
  }
  const listed = async () => (await portal.endings.register.ofPerson('alice')).length;
  return { ...portal, ways, openSignedIn, shutOut, listed };
}

/** What is done to look at it. */
const looksAt = { password: 'checkPassword', passkey: 'consume' } as const;

/** An application that wants two factors. */
const next = { password: `${flow}/second-factor`, passkey: `${flow}/password` };

for (const way of ['password', 'passkey'] as const) {
  test(`attack 17: whoever is shut out while their ${way} is looked at reads so, and has no session`, async (t) => {
    const house = await openHouse(t);
    const visitor = house.visitor();
    house.state.meanwhile[looksAt[way]] = house.shutOut;
    const answer = await house.ways[way](visitor);
    assert.equal(answer.status, 401);
    assert.match(answer.text, told);
    assert.equal(visitor.jar.has('authelia_session'), false);
    assert.equal(await house.listed(), 0);
    assert.equal((await house.ways[way](visitor)).status, 303, 'what is given from then on counts');
  });

  test(`a ${way} that is proved again while another tab gives the second factor takes nothing from that`, async (t) => {
    const house = await openHouse(t);
    const visitor = await house.openSignedIn();
    const answer = await house.ways[way](visitor, () => {
      house.state.meanwhile[looksAt[way]] = async () => {
        const raised = await visitor.post('/sign-in/portal/second-factor?level=two_factor', { code: house.code() });
        assert.equal(raised.location, '/');
      };
    });
    assert.deepEqual([answer.status, answer.location], [303, flow]);
    assert.deepEqual(answer.headers.getSetCookie(), [], 'the browser has the newer cookie');
    assert.equal(await house.listed(), 1, 'no session is left over');
    assert.match((await visitor.get(flow)).text, /<title>Confirm it is you\b/);
    assert.equal((await house.ways[way](visitor)).location, resume, 'the second factor is still there');
  });

  test(`a ${way} that is proved again while another tab signs out signs in`, async (t) => {
    const house = await openHouse(t);
    const visitor = await house.openSignedIn();
    const answer = await house.ways[way](visitor, () => {
      house.state.meanwhile[looksAt[way]] = () => house.endings.endAllOf('alice', 'sign-out');
    });
    assert.equal(answer.location, next[way]);
    assert.equal(await house.listed(), 1);
  });
}

test('attack 17: whoever is signed in and shut out while they confirm their password reads so on the page of somebody new', async (t) => {
  const house = await openHouse(t);
  const visitor = await house.openSignedIn();
  house.state.meanwhile.checkPassword = house.shutOut;
  const answer = await house.ways.password(visitor);
  assert.equal(answer.status, 401);
  assert.match(answer.text, told);
  assert.match(answer.text, /<title>Sign in\b/);
  assert.equal(await house.listed(), 0);
});

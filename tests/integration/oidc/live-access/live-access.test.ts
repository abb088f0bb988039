import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import {
  authorizationPath,
  authorize,
  codeFor,
  exchange,
  post,
  type TokenAnswer,
  userinfo,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { alice, guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

let house: House;
before(async () => {
  const client = {
    ...guideClient,
    scopes: ['openid', 'profile', 'offline_access'],
    grant_types: ['authorization_code', 'refresh_token'],
  };
  house = await openHouse({
    clients: [
      client,
      { ...client, client_id: 'staff', authorization_policy: 'staff' },
      { ...client, client_id: 'office', authorization_policy: 'office' },
      { ...client, client_id: 'signed', access_token_signed_response_alg: 'RS256' },
      { ...client, client_id: 'once', pre_configured_consent_duration: 3600 },
    ],
    oidc: {
      authorization_policies: {
        staff: { default_policy: 'deny', rules: [{ policy: 'two_factor', subject: [['group:staff']] }] },
        office: {
          default_policy: 'deny',
          rules: [{ policy: 'two_factor', subject: [['group:staff']], networks: ['203.0.113.0/24'] }],
        },
      },
    },
  });
});
after(() => house.close());
afterEach(() => house.people.set('alice', alice));

const asAlice = { as: 'alice', factors: '2', consent: 'accept' } as const;

async function signIn(clientId = 'leantime') {
  const code = await codeFor(house.browser(), { client_id: clientId, scope: 'openid profile offline_access' }, asAlice);
  return (await exchange(house, code, { client_id: clientId })).body;
}

const refresh = (token: string | undefined, clientId: string): Promise<TokenAnswer> =>
  exchange(house, '', {
    client_id: clientId,
    grant_type: 'refresh_token',
    refresh_token: token,
    code: undefined,
    redirect_uri: undefined,
    code_verifier: undefined,
  });

async function isActive(token: string | undefined, clientId: string): Promise<unknown> {
  const authorization = `Basic ${Buffer.from(`${clientId}:insecure_secret`).toString('base64')}`;
  return (await post(house, '/api/oidc/introspection', { token }, { authorization })).body.active;
}

async function assertDead(tokens: TokenAnswer['body'], clientId: string): Promise<void> {
  assert.equal((await userinfo(house, tokens.access_token)).status, 401);
  assert.equal(await isActive(tokens.access_token, clientId), false);
  assert.equal(await isActive(tokens.refresh_token, clientId), false);
  assert.equal((await refresh(tokens.refresh_token, clientId)).body.error, 'invalid_grant');
}

async function assertAlive(tokens: TokenAnswer['body'], clientId: string): Promise<void> {
  assert.equal((await userinfo(house, tokens.access_token)).status, 200);
  assert.equal(await isActive(tokens.access_token, clientId), true);
  assert.equal((await refresh(tokens.refresh_token, clientId)).status, 200);
}

test('attack 37: after a person is disabled nothing refreshes and no token works, opaque or signed', async () => {
  for (const clientId of ['leantime', 'signed']) {
    const tokens = await signIn(clientId);
    house.people.delete('alice');
    await assertDead(tokens, clientId);
    house.people.set('alice', alice);
  }
});

test('attack 28: a removed group that the policy depends on ends access at once, and another does not', async () => {
  const tokens = await signIn('staff');
  house.people.set('alice', { ...alice, groups: ['staff'] });
  assert.equal(await isActive(tokens.access_token, 'staff'), true);
  house.people.set('alice', { ...alice, groups: ['admins'] });
  await assertDead(tokens, 'staff');
});

test('a code of somebody who may no longer sign in gives no tokens', async () => {
  const code = await codeFor(house.browser(), { client_id: 'staff', scope: 'openid' }, asAlice);
  house.people.set('alice', { ...alice, groups: [] });
  assert.equal((await exchange(house, code, { client_id: 'staff' })).body.error, 'invalid_grant');
});

test('a policy that depends on the network holds at the sign-in, and its groups hold afterwards too', async () => {
  const tokens = await signIn('office');
  await assertAlive(tokens, 'office');
  const again = await signIn('office');
  house.people.set('alice', { ...alice, groups: ['admins'] });
  await assertDead(again, 'office');
});

test('attack 37: a withdrawn consent ends every grant of that client and person, and no other', async () => {
  const [one, two, other] = [await signIn(), await signIn(), await signIn('staff')];
  const bystander = await codeFor(house.browser(), { scope: 'openid' }, { ...asAlice, as: 'bob' });
  const code = await codeFor(house.browser(), { scope: 'openid' }, asAlice);
  assert.equal((await house.provider.withdraw('alice', 'leantime')).grantsEnded, 4);
  await assertDead(one, 'leantime');
  await assertDead(two, 'leantime');
  assert.equal((await exchange(house, code)).body.error, 'invalid_grant');
  await assertAlive(other, 'staff');
  assert.equal((await exchange(house, bystander)).status, 200);
  assert.equal((await house.provider.withdraw('alice', 'leantime')).grantsEnded, 0);
});

test('a withdrawn consent is asked for again', async () => {
  const browser = house.browser();
  const changes = { client_id: 'once', scope: 'openid' };
  await codeFor(browser, changes, { ...asAlice, consent: 'remember' });
  assert.ok(await codeFor(browser, changes));
  assert.equal((await house.provider.agreements('alice')).length, 1);
  await house.provider.withdraw('alice', 'once');
  assert.match((await browser.go(authorizationPath(changes))).headers.get('location') ?? '', /^\/sign-in\//);
  assert.deepEqual(await house.provider.agreements('alice'), []);
});

/** A house in which something happens at the last write of a grant before it is listed: whoever withdraws now does not see it. */
async function openHouseWithMoment(): Promise<{ own: House; at: { moment?: () => Promise<unknown> } }> {
  const at: { moment?: () => Promise<unknown> } = {};
  const own = await openHouse({
    clients: [{ ...guideClient, pre_configured_consent_duration: 3600 }],
    volatile(nowMs) {
      const volatile = memoryVolatile(nowMs);
      return {
        ...volatile,
        async put(kind, id, write) {
          if (kind.startsWith('oidc.Grant ')) await at.moment?.();
          return volatile.put(kind, id, write);
        },
      };
    },
  });
  return { own, at };
}

test('attack 37: a remembered answer that is withdrawn while it lets somebody in lets nobody in', async () => {
  const { own, at } = await openHouseWithMoment();
  try {
    const browser = own.browser();
    await codeFor(browser, {}, { ...asAlice, consent: 'remember' });
    at.moment = () => own.provider.withdraw('alice', 'leantime');
    const answer = await browser.go(authorizationPath());
    assert.match(answer.headers.get('location') ?? '', /^\/sign-in\//);
  } finally {
    await own.close();
  }
});

test('attack 37: an answer to be remembered that is withdrawn in the sign-in that gave it is asked for again', async () => {
  const { own, at } = await openHouseWithMoment();
  try {
    const browser = own.browser();
    at.moment = () => own.provider.withdraw('alice', 'leantime');
    const answer = await authorize(browser, authorizationPath(), { ...asAlice, consent: 'remember' });
    assert.match(answer.headers.get('location') ?? '', /^\/sign-in\//);
    delete at.moment;
    assert.ok(await codeFor(browser, {}, { ...asAlice, consent: 'remember' }));
  } finally {
    await own.close();
  }
});

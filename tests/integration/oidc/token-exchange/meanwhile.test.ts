/** Attack 50: the grant that a token hangs from ends while the token is being exchanged. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import type { Volatile, VolatileWrite } from '@gatehouse/storage/volatile/volatile.ts';
import {
  aliceAgrees,
  codeFor,
  exchange,
  type Params,
  post,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const grant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';
const app = { ...guideClient, scopes: ['openid', 'read'], audience: ['orders', 'store', 'second'] };
const service = {
  ...guideClient,
  response_types: [],
  redirect_uris: [],
  scopes: ['read'],
  audience: ['store', 'second'],
  grant_types: [grant],
};

let meanwhile: (() => Promise<void>) | undefined;
let whileConsuming: (() => Promise<void>) | undefined;
let whileDeleting: (() => Promise<void>) | undefined;
let house: House;
beforeEach(async () => {
  house = await openHouse({
    volatile: (nowMs) => withMoments(memoryVolatile(nowMs)),
    clients: [app, { ...service, client_id: 'orders' }, { ...service, client_id: 'second' }],
  });
});
afterEach(() => house.close());

/** Something happens before a grant is written or a code consumed, or while others are deleted, which does not see what is written meanwhile. */
function withMoments(volatile: Volatile): Volatile {
  let unseen: (() => Promise<void>)[] | undefined;
  return {
    ...volatile,
    async put(kind, id, write) {
      if (kind.startsWith('oidc.Grant ')) await take('meanwhile');
      const { grantId: _, ...alone }: VolatileWrite = write;
      await volatile.put(kind, id, unseen ? alone : write);
      unseen?.push(() => volatile.put(kind, id, write));
    },
    async consume(kind, id) {
      await take('whileConsuming');
      return volatile.consume(kind, id);
    },
    async deleteByGrant(grantId, kind) {
      unseen = [];
      await take('whileDeleting');
      await volatile.deleteByGrant(grantId, kind);
      for (const write of unseen) await write();
      unseen = undefined;
    },
  };
}

async function take(moment: 'meanwhile' | 'whileConsuming' | 'whileDeleting'): Promise<void> {
  const what = { meanwhile, whileConsuming, whileDeleting }[moment];
  meanwhile = moment === 'meanwhile' ? undefined : meanwhile;
  whileConsuming = moment === 'whileConsuming' ? undefined : whileConsuming;
  whileDeleting = moment === 'whileDeleting' ? undefined : whileDeleting;
  await what?.();
}

function swap(token: string | undefined, changes: Params = {}, as = 'orders') {
  const subject = { subject_token: token, subject_token_type: accessTokenType };
  const credentials = { client_id: as, client_secret: 'insecure_secret' };
  return post(house, '/api/oidc/token', { grant_type: grant, ...subject, ...credentials, ...changes });
}

function codeOfAlice(): Promise<string> {
  return codeFor(house.browser(), { scope: 'openid read', audience: 'orders store second' }, aliceAgrees);
}

async function signIn(): Promise<string> {
  return String((await exchange(house, await codeOfAlice())).body.access_token);
}

async function isActive(token: string | undefined): Promise<unknown> {
  const authorization = `Basic ${Buffer.from('leantime:insecure_secret').toString('base64')}`;
  return Reflect.get((await post(house, '/api/oidc/introspection', { token }, { authorization })).body, 'active');
}

const ends: Readonly<Record<string, () => Promise<unknown>>> = {
  'a withdrawn consent': () => house.provider.withdraw('alice', 'leantime'),
  'a sign-out': () => house.endSession([...house.sessions.keys()].at(-1) ?? '', 'sign-out'),
};

for (const [what, end] of Object.entries(ends)) {
  test(`attack 50: ${what} ends an exchange that is under way`, async () => {
    const token = await signIn();
    meanwhile = async () => void (await end());
    const { status, body } = await swap(token);
    assert.deepEqual([status, body.error, body.access_token], [400, 'invalid_request', undefined]);
    assert.equal(await isActive(token), false);
  });

  test(`attack 50: ${what} ends the second exchange of a chain that is under way`, async () => {
    const first = (await swap(await signIn(), { audience: 'second store' })).body.access_token;
    meanwhile = async () => void (await end());
    const { status, body } = await swap(first, { audience: 'store' }, 'second');
    assert.deepEqual([status, body.error, body.access_token], [400, 'invalid_request', undefined]);
  });

  test(`attack 50: an exchange while ${what} takes grants back gives nothing that lives on`, async () => {
    const token = await signIn();
    let exchanged: string | undefined;
    whileDeleting = async () => {
      exchanged = (await swap(token)).body.access_token;
    };
    await end();
    assert.ok(exchanged);
    assert.equal(await isActive(exchanged), false);
  });
}

test('attack 50: an exchange while a code that two use at once takes its grant back gives nothing that lives on', async () => {
  const code = await codeOfAlice();
  let token: string | undefined;
  let exchanged: string | undefined;
  whileConsuming = async () => {
    token = (await exchange(house, code)).body.access_token;
  };
  whileDeleting = async () => {
    exchanged = (await swap(token)).body.access_token;
  };
  assert.equal((await exchange(house, code)).body.error, 'invalid_grant');
  assert.ok(exchanged);
  assert.equal(await isActive(exchanged), false);
});

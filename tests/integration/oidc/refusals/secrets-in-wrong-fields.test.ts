/** A secret that an application sends where something else belongs is not logged, recorded or told. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { authorizationPath, exchange, type Params, post } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import type { KeptRefusal } from '../../../../apps/identity/src/oidc/refusals/refusal.ts';

const secret = 'insecure_secret';
const url = 'https://wiki.example.com/a client';

let house: House;
before(async () => {
  house = await openHouse({
    clients: [guideClient, { ...guideClient, client_id: url, client_name: 'Wiki' }],
    oidc: { enable_client_debug_messages: true },
  });
});
after(() => house.close());

const basic = (credentials: string) => ({ authorization: `Basic ${Buffer.from(credentials).toString('base64')}` });
const token = (fields: Params, headers = {}) =>
  post(house, '/api/oidc/token', { grant_type: 'authorization_code', code: 'a code', ...fields }, headers);

const ways: readonly [title: string, cause: string, send: () => Promise<unknown>][] = [
  ['id and secret swapped in the header', 'id-secret-swapped', () => token({}, basic(`${secret}:leantime`))],
  [
    'id and secret swapped in the header, encoded',
    'id-secret-swapped',
    () => token({}, basic(`${secret}:${encodeURIComponent(url).replaceAll('%20', '+')}`)),
  ],
  [
    'id and secret swapped in the body',
    'id-secret-swapped',
    () => exchange(house, 'a code', { client_id: secret, client_secret: 'leantime' }),
  ],
  [
    'id and secret swapped in a pushed request',
    'id-secret-swapped',
    () => post(house, '/api/oidc/pushed-authorization-request', {}, basic(`${secret}:leantime`)),
  ],
  ['the secret as the id too', 'client-unknown', () => exchange(house, 'a code', { client_id: secret })],
  ['a header of the secret alone', 'invalid-request', () => token({}, basic(secret))],
  ['a secret with a % as the id', 'invalid-request', () => token({}, basic(`100%${secret}:leantime`))],
  [
    'the secret as the id of an authorization request',
    'client-unknown',
    () => house.browser().go(authorizationPath({ client_id: secret })),
  ],
  ['the secret as grant_type', 'grant-type-unknown', () => exchange(house, 'a code', { grant_type: secret })],
];

for (const [title, cause, send] of ways)
  test(`${title} is recorded as ${cause}, without the secret`, async () => {
    const earlier = new Map((await house.refusals()).map(({ reference, times }) => [reference, times]));
    const from = house.lines.length;
    const answer = JSON.stringify(await send());
    const found = (await house.refusals()).filter(({ reference, times }) => earlier.get(reference) !== times);
    assert.deepEqual(
      found.map((refusal) => refusal.cause),
      [cause],
    );
    for (const text of [answer, JSON.stringify(found), JSON.stringify(house.lines.slice(from))])
      assert.doesNotMatch(text, /insecure_secret/);
  });

async function recorded(fields: Params): Promise<KeptRefusal | undefined> {
  const earlier = new Set((await house.refusals()).map(({ reference }) => reference));
  await exchange(house, 'a code', fields);
  return (await house.refusals()).find(({ reference }) => !earlier.has(reference));
}

test('an unknown id is told by its length, and one near a known id as it was sent', async () => {
  const far = await recorded({ client_id: 'another-place' });
  assert.match(far?.what ?? '', /13 characters/);
  assert.equal(far?.clientId, '');
  const near = await recorded({ client_id: 'leantimes' });
  assert.match(near?.what ?? '', /leantimes/);
  assert.equal(near?.clientId, 'leantimes');
});

test('a grant that has a name is told by it', async () => {
  for (const grant_type of ['password', 'urn:ietf:params:oauth:grant-type:saml2-bearer'])
    assert.ok((await recorded({ grant_type }))?.what.includes(grant_type), grant_type);
});

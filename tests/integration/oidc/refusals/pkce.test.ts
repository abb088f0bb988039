/** PKCE cannot be talked away: at the authorization request, at the exchange, for clients that must and clients that may. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  aliceAgrees,
  authorizationPath,
  authorize,
  codeFor,
  exchange,
  landing,
  type Params,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const free = { ...guideClient, client_id: 'free', require_pkce: false, pkce_challenge_method: '' } as const;

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      guideClient,
      free,
      { ...free, client_id: 'by-method', pkce_challenge_method: 'S256' },
      { ...free, client_id: 'public', public: true, client_secret: undefined, token_endpoint_auth_method: 'none' },
    ],
  });
});
after(() => house.close());

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

/** No code: a page of ours, or the protocol's error at the application. */
async function assertRefused(changes: Params): Promise<void> {
  const silent = landing(await house.browser().go(authorizationPath({ ...changes, prompt: 'none' })));
  assert.equal(silent.searchParams.get('error'), 'invalid_request');
  assert.equal(silent.searchParams.get('code'), null);
  const response = await authorize(house.browser(), authorizationPath(changes), aliceAgrees);
  const location = response.headers.get('location') ?? '';
  assert.ok(response.status === 400 || location.includes('error=invalid_request'), `${response.status} ${location}`);
  assert.doesNotMatch(location, /[?&]code=/);
}

const nothing = { code_challenge: undefined, code_challenge_method: undefined };
const downgrades: readonly [title: string, changes: Params][] = [
  ['no challenge', nothing],
  ['an empty challenge', { code_challenge: '' }],
  ['a challenge without a method', { code_challenge_method: undefined }],
  ['the method plain', { code_challenge_method: 'plain' }],
  ['the method plain with the verifier itself', { code_challenge: 'v'.repeat(43), code_challenge_method: 'plain' }],
  ['an empty method', { code_challenge_method: '' }],
  ['the method in small letters', { code_challenge_method: 's256' }],
  ['a method that nobody knows', { code_challenge_method: 'S512' }],
  ['a method without a challenge', { code_challenge: undefined }],
  ['a challenge of 42 characters', { code_challenge: 'c'.repeat(42) }],
  ['a challenge of 129 characters', { code_challenge: 'c'.repeat(129) }],
  ['a challenge with other characters', { code_challenge: `${'c'.repeat(42)}+` }],
];

for (const [title, changes] of downgrades)
  test(`attack 35: ${title} gets no code where PKCE is required`, () => assertRefused(changes));

for (const id of ['by-method', 'public'])
  test(`attack 35: no challenge gets no code for the client ${id}`, () => assertRefused({ ...nothing, client_id: id }));

for (const [title, changes] of downgrades.filter(([title]) => !/^(no|an empty) challenge$/.test(title)))
  test(`attack 35: ${title} gets no code where PKCE is not required either`, () =>
    assertRefused({ ...changes, client_id: 'free' }));

const verifiers: readonly [title: string, code_verifier: string | undefined][] = [
  ['no verifier', undefined],
  ['an empty verifier', ''],
  ['a verifier of 42 characters', 'v'.repeat(42)],
  ['a verifier of 129 characters', 'v'.repeat(129)],
  ['a verifier with other characters', `${'v'.repeat(42)}!`],
  ['another verifier', 'w'.repeat(43)],
];

for (const [title, code_verifier] of verifiers)
  test(`attack 35: ${title} redeems no code that began with a challenge`, async () => {
    const challenge = { code_challenge: challengeOf(code_verifier ?? 'v'.repeat(43)) };
    // Even for the right verifier of a wrong length: its challenge is known, and it is none.
    const changes = /42|129|other characters/.test(title) ? challenge : {};
    const code = await codeFor(house.browser(), { client_id: 'free', ...changes });
    const answer = await exchange(house, code, { client_id: 'free', code_verifier });
    assert.equal(answer.status, 400);
    assert.ok(['invalid_grant', 'invalid_request'].includes(answer.body.error ?? ''), answer.body.error);
    assert.equal(answer.body.access_token, undefined);
  });

test('attack 35: the challenge itself is no verifier', async () => {
  const challenge = challengeOf('v'.repeat(43));
  const code = await codeFor(house.browser(), { code_challenge: challenge });
  assert.equal((await exchange(house, code, { code_verifier: challenge })).body.error, 'invalid_grant');
});

test('attack 35: a verifier for a code that began without a challenge redeems nothing', async () => {
  const code = await codeFor(house.browser(), { ...nothing, client_id: 'free' });
  const answer = await exchange(house, code, { client_id: 'free' });
  assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_grant']);
});

test('verifiers of 43 and of 128 characters redeem their codes, and so does none without a challenge', async () => {
  for (const code_verifier of ['v'.repeat(43), 'v'.repeat(128), '-._~'.repeat(11)]) {
    const code = await codeFor(house.browser(), { code_challenge: challengeOf(code_verifier) });
    assert.equal((await exchange(house, code, { code_verifier })).status, 200, `${code_verifier.length}`);
  }
  const code = await codeFor(house.browser(), { ...nothing, client_id: 'free' });
  assert.equal((await exchange(house, code, { client_id: 'free', code_verifier: undefined })).status, 200);
});

test('discovery offers S256 alone', async () => {
  const response = await house.browser().go('/.well-known/openid-configuration');
  const { code_challenge_methods_supported: methods } = (await response.json()) as Record<string, unknown>;
  assert.deepEqual(methods, ['S256']);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { claimsOf, codeFor, exchange, type Params, userinfo } from '../client.testing.ts';
import { guideClient, type House, openHouse } from '../house.testing.ts';

const client = { ...guideClient, consent_mode: 'implicit' as const };
const scopes = ['openid', 'profile', 'email', 'groups', 'address', 'phone', 'badges'];

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      client,
      { ...client, client_id: 'hatch', claims_policy: 'hatch' },
      { ...client, client_id: 'all', scopes, claims_policy: 'badge' },
      { ...client, client_id: 'plain', scopes },
    ],
    oidc: {
      claims_policies: {
        hatch: { id_token: ['email', 'phone_number'] },
        badge: { id_token: ['badge_number'], custom_claims: { badge_number: { attribute: 'badge' } } },
      },
      scopes: { badges: { claims: ['badge_number'] } },
    },
  });
});
after(() => house.close());

async function said(changes: Params, as = 'alice') {
  const code = await codeFor(house.browser(), changes, { as, factors: '2' });
  const tokens = await exchange(house, code, { client_id: changes.client_id ?? 'leantime' });
  const info = await userinfo(house, tokens.body.access_token);
  return { idToken: claimsOf(tokens.body.id_token), info: info.body };
}
const names = (claims: object) => Object.keys(claims).sort().join(' ');

test('the ID token is minimal: nothing of the person but the subject', async () => {
  const { idToken, info } = await said({ nonce: 'long-enough-nonce' });
  assert.equal(names(idToken), 'amr aud auth_time azp exp iat iss jti nonce sub');
  assert.equal(idToken.sub, info.sub);
});

test('userinfo says what the scopes give, and when the request was made', async () => {
  const { info } = await said({});
  assert.equal(
    names(info),
    'alt_emails email email_verified family_name given_name groups name preferred_username rat sub updated_at',
  );
  assert.equal(info.email_verified, true);
  assert.deepEqual(info.alt_emails, ['a.example@example.com']);
  assert.ok(Math.abs(info.rat - Date.now() / 1000) < 60);
});

test('scopes that are not asked for give nothing', async () => {
  const { info } = await said({ scope: 'openid' });
  assert.equal(names(info), 'rat sub');
});

test('the escape hatch copies its claims into the ID token, and only those whose scope was granted', async () => {
  const { idToken } = await said({ client_id: 'hatch' });
  assert.equal(idToken.email, 'alice@example.com');
  assert.equal(idToken.phone_number, undefined);
  assert.equal(idToken.name, undefined);
  assert.equal((await said({ client_id: 'hatch', scope: 'openid profile' })).idToken.email, undefined);
});

test('address and phone follow their rules', async () => {
  const { info } = await said({ client_id: 'all', scope: 'openid address phone' });
  assert.deepEqual(info.address, { locality: 'Springfield', country: 'US' });
  assert.equal(info.phone_number, '+1 555 0100;ext=12');
  assert.equal(info.phone_number_verified, false);
});

test('unset values are left out', async () => {
  const { info } = await said({ client_id: 'all', scope: 'openid email groups address phone' }, 'bob');
  assert.equal(names(info), 'rat sub');
});

test('a custom claim under a custom scope needs the claims policy', async () => {
  const withPolicy = await said({ client_id: 'all', scope: 'openid badges' });
  assert.equal(withPolicy.info.badge_number, 'A-17');
  assert.equal(withPolicy.idToken.badge_number, 'A-17');
  assert.equal((await said({ client_id: 'plain', scope: 'openid badges' })).info.badge_number, undefined);
});

test('the claims parameter puts a claim of a registered scope where it asks for it', async () => {
  const claims = JSON.stringify({ id_token: { email: null }, userinfo: { given_name: { essential: true } } });
  const { idToken, info } = await said({ scope: 'openid', claims });
  assert.equal(idToken.email, 'alice@example.com');
  assert.equal(names(info), 'given_name rat sub');
});

test('the subject stays over a restart, and is the same for every application', async () => {
  const { idToken } = await said({});
  assert.equal((await said({ client_id: 'plain', scope: 'openid' })).idToken.sub, idToken.sub);
  const restarted = await openHouse({ clients: [client], database: house.database });
  try {
    const code = await codeFor(restarted.browser(), {}, { as: 'alice', factors: '2' });
    const tokens = await exchange(restarted, code);
    assert.equal(claimsOf(tokens.body.id_token).sub, idToken.sub);
    assert.equal((await userinfo(restarted, tokens.body.access_token)).body.sub, idToken.sub);
  } finally {
    await restarted.close();
  }
});

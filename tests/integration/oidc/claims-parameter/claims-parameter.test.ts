import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  authorizationPath,
  authorize,
  claimsOf,
  codeFor,
  exchange,
  landing,
  type Params,
  post,
  userinfo,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

let house: House;
before(async () => {
  const client = {
    ...guideClient,
    scopes: ['openid', 'profile', 'email', 'groups', 'offline_access'],
    grant_types: ['authorization_code', 'refresh_token'],
  };
  house = await openHouse({
    clients: [
      client,
      { ...client, client_id: 'easy', consent_mode: 'implicit' },
      { ...client, client_id: 'once', pre_configured_consent_duration: 3600 },
      { ...client, client_id: 'signed', access_token_signed_response_alg: 'RS256', claims_policy: 'mail' },
    ],
    oidc: { claims_policies: { mail: { access_token: ['email', 'name'] } } },
  });
});
after(() => house.close());

const asAlice = { as: 'alice', factors: '2', consent: 'accept' } as const;
const claims = (id_token: object, info: object = {}) => JSON.stringify({ id_token, userinfo: info });
const essential = { essential: true };

async function tokens(changes: Params, claim?: string, browser = house.browser()) {
  const { consent, ...unasked } = asAlice;
  const person = changes.client_id === 'easy' ? unasked : { ...unasked, consent, claim: claim ?? '' };
  const code = await codeFor(browser, { scope: 'openid', ...changes }, person);
  return (await exchange(house, code, { client_id: changes.client_id ?? 'leantime' })).body;
}

async function linesOf(changes: Params): Promise<{ claim: string; optional: boolean }[]> {
  const browser = house.browser();
  const step = (await browser.go(authorizationPath({ scope: 'openid', ...changes }))).headers.get('location') ?? '';
  return JSON.parse(await (await browser.go(step)).text()).question.lines;
}

async function refusal(request: string, changes: Params = {}): Promise<string | null> {
  const response = await house.browser().go(authorizationPath({ ...changes, claims: request }));
  return landing(response).searchParams.get('error');
}

const refresh = (token: string | undefined, clientId = 'leantime') =>
  exchange(house, '', {
    client_id: clientId,
    grant_type: 'refresh_token',
    refresh_token: token,
    code: undefined,
    redirect_uri: undefined,
    code_verifier: undefined,
  });

test('the consent page offers what is voluntary and states what is essential', async () => {
  const lines = await linesOf({ claims: claims({ email: null, name: essential }, { groups: { essential: false } }) });
  assert.deepEqual(
    lines.map(({ claim, optional }) => [claim, optional]),
    [
      ['email', true],
      ['name', false],
      ['groups', true],
    ],
  );
});

test('a claim that is essential in one place is not offered for the other', async () => {
  const lines = await linesOf({ claims: claims({ email: null }, { email: essential }) });
  assert.deepEqual(
    lines.map(({ claim, optional }) => [claim, optional]),
    [['email', false]],
  );
});

test('what stays ticked is given, what is unticked is given nowhere, and essential claims always', async () => {
  const asked = {
    claims: claims({ email: null, name: essential }, { groups: null, email_verified: null, email: null }),
  };
  const kept = await tokens(asked, 'groups');
  assert.equal(claimsOf(kept.id_token).name, 'Alice Example');
  assert.equal('email' in claimsOf(kept.id_token), false);
  assert.deepEqual(Object.keys((await userinfo(house, kept.access_token)).body).sort(), ['groups', 'rat', 'sub']);
  const all = await tokens(asked, 'email groups');
  assert.equal(claimsOf(all.id_token).email, 'alice@example.com');
  assert.equal((await userinfo(house, all.access_token)).body.email_verified, true);
});

test('what is unticked is not given by a scope either', async () => {
  const kept = await tokens({ scope: 'openid email profile', claims: claims({ email: null }) }, '');
  const info = (await userinfo(house, kept.access_token)).body;
  assert.equal('email' in info, false);
  assert.equal('email_verified' in info, false);
  assert.equal(info.name, 'Alice Example');
});

test('what is unticked is in no JWT access token', async () => {
  const changes = { client_id: 'signed', scope: 'openid email profile', claims: claims({ email: null }) };
  assert.equal('email' in claimsOf((await tokens(changes, '')).access_token), false);
  const all = claimsOf((await tokens(changes, 'email')).access_token);
  assert.deepEqual([all.email, all.name], ['alice@example.com', 'Alice Example']);
});

test('what is unticked stays unticked in refreshed tokens', async () => {
  const first = await tokens({ scope: 'openid offline_access', claims: claims({ email: null, name: null }) }, 'name');
  const { body } = await refresh(first.refresh_token);
  assert.equal(claimsOf(body.id_token).name, 'Alice Example');
  assert.equal('email' in claimsOf(body.id_token), false);
});

test('attack 43: a form that unticks what is essential, or ticks what was not asked, changes nothing', async () => {
  const kept = await tokens({ claims: claims({ name: essential }) }, 'email groups');
  assert.equal(claimsOf(kept.id_token).name, 'Alice Example');
  assert.equal('email' in claimsOf(kept.id_token), false);
});

test('without a question everything that is asked is given', async () => {
  const { id_token } = await tokens({ client_id: 'easy', claims: claims({ email: null, name: essential }) });
  assert.equal(claimsOf(id_token).email, 'alice@example.com');
});

test('a remembered answer keeps back what was kept back', async () => {
  const asked = { client_id: 'once', claims: claims({ email: null, name: null }) };
  const browser = house.browser();
  await codeFor(browser, { scope: 'openid', ...asked }, { ...asAlice, consent: 'remember', claim: 'name' });
  const again = await exchange(house, await codeFor(browser, { scope: 'openid', ...asked, prompt: 'none' }), {
    client_id: 'once',
  });
  assert.equal(claimsOf(again.body.id_token).name, 'Alice Example');
  assert.equal('email' in claimsOf(again.body.id_token), false);
});

test('a claim asked for with a value is given with that value only', async () => {
  const own = 'alice@example.com';
  const given = async (request: object) =>
    'email' in claimsOf((await tokens({ client_id: 'easy', claims: claims({ email: request }) })).id_token);
  assert.equal(await given({ value: own }), true);
  assert.equal(await given({ values: ['other@example.com', own] }), true);
  assert.equal(await given({ value: 'other@example.com' }), false);
  assert.equal(await given({ essential: true, values: ['other@example.com'] }), false);
  const lines = await linesOf({ claims: claims({ email: { value: 'other@example.com' } }) });
  assert.deepEqual(lines, []);
});

test('sub must be the person who is signed in, iss this issuer', async () => {
  const browser = house.browser();
  const { sub } = claimsOf((await tokens({ client_id: 'easy' }, undefined, browser)).id_token);
  const answer = async (request: object) =>
    landing(
      await authorize(
        browser,
        authorizationPath({ client_id: 'easy', scope: 'openid', prompt: 'none', claims: claims(request) }),
      ),
    ).searchParams;
  assert.ok((await answer({ sub: { value: sub } })).get('code'));
  assert.ok((await answer({ sub: { values: ['x', sub] } })).get('code'));
  assert.equal((await answer({ sub: { values: ['x'] } })).get('error'), 'login_required');
  assert.ok((await answer({ iss: { value: house.issuer } })).get('code'));
  assert.equal((await answer({ iss: { value: 'https://other.example.com' } })).get('error'), 'access_denied');
});

test('a claim of a scope that is not registered is refused, one that nobody knows is passed over', async () => {
  assert.equal(await refusal(claims({ phone_number: null })), 'invalid_request');
  assert.equal(
    'urn:x' in claimsOf((await tokens({ client_id: 'easy', claims: claims({ 'urn:x': null }) })).id_token),
    false,
  );
});

test('a malformed request is refused', async () => {
  for (const bad of [
    'email',
    '[]',
    '{}',
    claims({ email: true }),
    claims({ email: [] }),
    claims({ email: { values: 'x' } }),
  ])
    assert.equal(await refusal(bad), 'invalid_request', bad);
});

test('a request that is deeper and longer than any application needs is refused before anybody compares it', async () => {
  const deep = `{"id_token":{"email":{"value":${'['.repeat(5000)}${']'.repeat(5000)}}}}`;
  const params = Object.fromEntries(new URLSearchParams(authorizationPath({ claims: deep }).split('?')[1]));
  const authorization = `Basic ${Buffer.from('leantime:insecure_secret').toString('base64')}`;
  const { status, body } = await post(house, '/api/oidc/pushed-authorization-request', params, { authorization });
  assert.deepEqual([status, body.error], [400, 'invalid_request']);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from '../../../../apps/identity/src/oidc/browser.testing.ts';
import {
  authorizationPath,
  authorize,
  claimsOf,
  codeFor,
  exchange,
  landing,
  type Params,
  type Person,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

let house: House;
before(async () => {
  const client = { ...guideClient, consent_mode: 'implicit' as const, authorization_policy: 'one_factor' };
  house = await openHouse({
    clients: [client, { ...client, client_id: 'careful', default_acr_values: ['two_factor'] }],
  });
});
after(() => house.close());

const once: Person = { as: 'alice', factors: '1' };
const twice: Person = { as: 'alice', factors: '2' };
const essential = (acr: object) => ({ claims: JSON.stringify({ id_token: { acr: { essential: true, ...acr } } }) });
const wantsTwo = essential({ value: 'two_factor' });

async function signedIn(person: Person): Promise<Browser> {
  const browser = house.browser();
  await codeFor(browser, {}, person);
  return browser;
}

async function idToken(browser: Browser, changes: Params, person?: Person) {
  const { body } = await exchange(house, await codeFor(browser, changes, person), {
    client_id: changes.client_id ?? 'leantime',
  });
  return claimsOf(body.id_token);
}

async function silently(browser: Browser, changes: Params): Promise<URLSearchParams> {
  return landing(await browser.go(authorizationPath({ ...changes, prompt: 'none' }))).searchParams;
}

const isAsked = (response: Response) => /^\/sign-in\//.test(response.headers.get('location') ?? '');

test('acr is said only when asked for, and then it is what the sign-in reached', async () => {
  assert.equal('acr' in (await idToken(await signedIn(once), {})), false);
  const both = { acr_values: 'one_factor two_factor' };
  assert.equal((await idToken(await signedIn(once), both)).acr, 'one_factor');
  assert.equal((await idToken(await signedIn(twice), both)).acr, 'two_factor');
  assert.equal((await idToken(await signedIn(twice), { acr_values: 'urn:gold' })).acr, 'two_factor');
});

test('amr names the factors that were proven and no others', async () => {
  assert.deepEqual((await idToken(await signedIn(once), {})).amr, ['pwd', 'kba']);
  assert.deepEqual((await idToken(await signedIn(twice), {})).amr, ['pwd', 'kba', 'otp', 'mfa']);
});

test('attack 44: an essential acr with a session of one factor asks for the second, and cannot be finished without', async () => {
  for (const demand of [wantsTwo, essential({ values: ['two_factor', 'gold'] })]) {
    const browser = await signedIn(once);
    const asked = await browser.go(authorizationPath(demand));
    assert.ok(isAsked(asked));
    const step = asked.headers.get('location') ?? '';
    const forced = await browser.go(step, { method: 'POST' });
    assert.equal(forced.status, 500);
    assert.match(await forced.text(), /level/);
    const claims = await idToken(browser, demand, twice);
    assert.equal(claims.acr, 'two_factor');
    assert.deepEqual(claims.amr, ['pwd', 'kba', 'otp', 'mfa']);
  }
});

test('attack 44: with prompt=none an essential acr that was not reached answers login_required', async () => {
  assert.equal((await silently(await signedIn(once), wantsTwo)).get('error'), 'login_required');
  assert.ok((await silently(await signedIn(twice), wantsTwo)).get('code'));
});

test('attack 44: acr_values beside an essential acr do not weaken it', async () => {
  const browser = await signedIn(once);
  const answer = await silently(browser, { ...wantsTwo, acr_values: 'one_factor' });
  assert.equal(answer.get('error'), 'login_required');
});

test('attack 44: a remembered session stays at what it proved', async () => {
  const browser = await signedIn(once);
  for (const [id, session] of house.sessions) house.sessions.set(id, { ...session, rememberMe: true });
  assert.ok(isAsked(await browser.go(authorizationPath(wantsTwo))));
  assert.equal((await idToken(browser, { acr_values: 'one_factor' })).acr, 'one_factor');
});

test('attack 44: what an application sends as amr, acr or auth_time changes nothing', async () => {
  const claims = JSON.stringify({
    id_token: { amr: { value: ['hwk'] }, auth_time: { value: 1 }, acr: { value: 'urn:gold' } },
  });
  const said = await idToken(await signedIn(once), { claims, acr: 'two_factor', amr: 'otp' });
  assert.deepEqual(said.amr, ['pwd', 'kba']);
  assert.equal(said.acr, 'one_factor');
  assert.ok(Number(said.auth_time) > 1_700_000_000);
});

test('an essential acr that is not offered fails at once, signed in or not', async () => {
  for (const browser of [house.browser(), await signedIn(twice)]) {
    const answer = landing(await browser.go(authorizationPath(essential({ value: 'urn:gold' })))).searchParams;
    assert.equal(answer.get('error'), 'unmet_authentication_requirements');
  }
});

test('acr_values are a wish: asked for where somebody can be asked, passed over with prompt=none', async () => {
  const browser = await signedIn(once);
  assert.ok(isAsked(await browser.go(authorizationPath({ acr_values: 'two_factor' }))));
  assert.ok((await silently(browser, { acr_values: 'two_factor' })).get('code'));
});

test('a stronger sign-in satisfies a weaker demand and says so in its words', async () => {
  const browser = await signedIn(twice);
  assert.equal((await idToken(browser, essential({ value: 'one_factor' }))).acr, 'one_factor');
});

test('default_acr_values count where the request names none', async () => {
  const browser = await signedIn(once);
  assert.ok(isAsked(await browser.go(authorizationPath({ client_id: 'careful' }))));
  assert.equal(isAsked(await browser.go(authorizationPath({ client_id: 'careful', acr_values: 'one_factor' }))), false);
  assert.equal((await idToken(browser, { client_id: 'careful' }, twice)).acr, 'two_factor');
});

test('a refreshed ID token keeps acr, amr and auth_time of the sign-in', async () => {
  const own = await openHouse({
    clients: [
      { ...guideClient, scopes: ['openid', 'offline_access'], grant_types: ['authorization_code', 'refresh_token'] },
    ],
  });
  try {
    const changes = { scope: 'openid offline_access', acr_values: 'two_factor' };
    const code = await codeFor(own.browser(), changes, { ...twice, consent: 'accept' });
    const first = (await exchange(own, code)).body;
    const second = (
      await exchange(own, '', {
        grant_type: 'refresh_token',
        refresh_token: first.refresh_token,
        code: undefined,
        redirect_uri: undefined,
        code_verifier: undefined,
      })
    ).body;
    for (const claim of ['acr', 'amr', 'auth_time'])
      assert.deepEqual(claimsOf(second.id_token)[claim], claimsOf(first.id_token)[claim]);
  } finally {
    await own.close();
  }
});

test('discovery names the values in order', async () => {
  const url = `http://127.0.0.1:${new URL(house.issuer).port}/.well-known/openid-configuration`;
  const metadata: unknown = await (await fetch(url)).json();
  assert.deepEqual(Object(metadata).acr_values_supported, ['one_factor', 'two_factor']);
});

test('without asking, authorize still goes through in one request', async () => {
  const browser = await signedIn(once);
  browser.requests = 0;
  assert.ok(landing(await authorize(browser, authorizationPath())).searchParams.get('code'));
  assert.equal(browser.requests, 1);
});

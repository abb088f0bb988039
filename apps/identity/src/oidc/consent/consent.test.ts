import assert from 'node:assert/strict';
import { after, before, mock, test } from 'node:test';
import { authorizationPath, authorize, codeFor, exchange, landing, type Params, userinfo } from '../client.testing.ts';
import { guideClient, type House, openHouse } from '../house.testing.ts';

const scopes = ['openid', 'profile', 'email', 'groups', 'address', 'phone', 'offline_access'];
const everything = scopes.slice(0, -1).join(' ');

let house: House;
before(async () => {
  const base = { ...guideClient, scopes, grant_types: ['authorization_code', 'refresh_token'] };
  house = await openHouse({
    clients: [
      { ...base, client_id: 'explicit' },
      { ...base, client_id: 'implicit', consent_mode: 'implicit' },
      { ...base, client_id: 'remembered', pre_configured_consent_duration: 3600 },
    ],
  });
});
after(() => house.close());

async function question(browser: ReturnType<House['browser']>, changes: Params) {
  const step = (await browser.go(authorizationPath(changes))).headers.get('location') ?? '';
  assert.match(step, /^\/sign-in\//);
  return JSON.parse(await (await browser.go(step)).text()).question;
}
const signedIn = { as: 'alice', factors: '2' } as const;

test('explicit: asked each time, with the real values', async () => {
  const browser = house.browser();
  const asked = await question(browser, { client_id: 'explicit', scope: everything });
  assert.equal(asked.kind, 'ask');
  assert.equal(asked.mayRemember, false);
  assert.equal(asked.offlineAccess, false);
  const lines = new Map(asked.lines.map((line: { claim: string; value: string }) => [line.claim, line.value]));
  assert.equal(lines.get('name'), 'Alice Example');
  assert.equal(lines.get('preferred_username'), 'alice');
  assert.equal(lines.get('email'), 'alice@example.com');
  assert.equal(lines.get('groups'), 'staff, admins');
  assert.equal(lines.get('phone_number'), '+1 555 0100;ext=12');
  assert.equal(lines.get('address'), 'Springfield, US');
  await codeFor(browser, { client_id: 'explicit' }, { ...signedIn, consent: 'accept' });
  assert.equal((await question(browser, { client_id: 'explicit' })).kind, 'ask');
});

test('explicit: a step that forgets to ask cannot finish', async () => {
  const response = await authorize(house.browser(), authorizationPath({ client_id: 'explicit' }), signedIn);
  assert.equal(response.status, 500);
});

test('prompt=none answers consent_required where an answer is missing', async () => {
  const browser = house.browser();
  await codeFor(browser, { client_id: 'explicit' }, { ...signedIn, consent: 'accept' });
  const url = landing(await browser.go(authorizationPath({ client_id: 'explicit', prompt: 'none' })));
  assert.equal(url.searchParams.get('error'), 'consent_required');
});

test('a no goes to the application as access_denied', async () => {
  const response = await authorize(house.browser(), authorizationPath({ client_id: 'explicit' }), {
    ...signedIn,
    consent: 'deny',
  });
  const url = landing(response);
  assert.equal(url.searchParams.get('error'), 'access_denied');
  assert.ok(url.searchParams.get('state'));
  assert.equal(url.searchParams.get('iss'), house.issuer);
});

test('implicit: never asked, but prompt=consent asks', async () => {
  const browser = house.browser();
  assert.ok(await codeFor(browser, { client_id: 'implicit' }, signedIn));
  assert.equal((await question(browser, { client_id: 'implicit', prompt: 'consent' })).kind, 'ask');
});

test('implicit: lasting access is left out and the rest is granted', async () => {
  const code = await codeFor(house.browser(), { client_id: 'implicit', scope: 'openid offline_access' }, signedIn);
  const tokens = await exchange(house, code, { client_id: 'implicit' });
  assert.equal(tokens.status, 200);
  assert.equal(tokens.body.refresh_token, undefined);
});

test('pre-configured: a remembered answer holds for the same scopes until it expires', async () => {
  const browser = house.browser();
  const same = { client_id: 'remembered', scope: 'openid email' };
  assert.equal((await question(browser, same)).mayRemember, true);
  await codeFor(browser, same, { ...signedIn, consent: 'remember' });
  assert.ok(await codeFor(browser, { ...same, prompt: 'none' }));
  assert.ok(await codeFor(browser, { ...same, scope: 'email openid' }));
  assert.equal((await question(browser, { ...same, scope: 'openid email groups' })).kind, 'ask');
  assert.equal((await question(browser, { ...same, claims: '{"id_token":{"email":null}}' })).kind, 'ask');
  assert.ok(await codeFor(house.browser(), same, signedIn));
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 3_601_000 });
  try {
    assert.equal((await question(browser, same)).kind, 'ask');
  } finally {
    mock.timers.reset();
  }
});

test('pre-configured: an answer that was not to be remembered is asked for again', async () => {
  const browser = house.browser();
  const same = { client_id: 'remembered', scope: 'openid groups' };
  await codeFor(browser, same, { ...signedIn, consent: 'accept' });
  assert.equal((await question(browser, same)).kind, 'ask');
});

test('lasting access is asked for, rotates with each use, and a used refresh token ends the family', async () => {
  const browser = house.browser();
  const wanted = { client_id: 'remembered', scope: 'openid email offline_access' };
  const asked = await question(browser, wanted);
  assert.equal(asked.offlineAccess, true);
  assert.equal(asked.mayRemember, false);
  const code = await codeFor(browser, wanted, { ...signedIn, consent: 'accept' });
  const first = await exchange(house, code, { client_id: 'remembered' });
  const refresh = (token: string | undefined) =>
    exchange(house, '', {
      client_id: 'remembered',
      grant_type: 'refresh_token',
      refresh_token: token,
      code: undefined,
      redirect_uri: undefined,
      code_verifier: undefined,
    });
  const second = await refresh(first.body.refresh_token);
  assert.equal(second.status, 200);
  assert.notEqual(second.body.refresh_token, first.body.refresh_token);
  assert.equal((await refresh(first.body.refresh_token)).body.error, 'invalid_grant');
  assert.equal((await refresh(second.body.refresh_token)).body.error, 'invalid_grant');
  assert.equal((await userinfo(house, second.body.access_token)).status, 401);
});

test('of 20 parallel uses of one refresh token at most one succeeds', async () => {
  const wanted = { client_id: 'explicit', scope: 'openid offline_access' };
  const code = await codeFor(house.browser(), wanted, { ...signedIn, consent: 'accept' });
  const { body } = await exchange(house, code, { client_id: 'explicit' });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      exchange(house, '', {
        client_id: 'explicit',
        grant_type: 'refresh_token',
        refresh_token: body.refresh_token,
        code: undefined,
        redirect_uri: undefined,
        code_verifier: undefined,
      }),
    ),
  );
  assert.ok(answers.filter((answer) => answer.status === 200).length <= 1);
});

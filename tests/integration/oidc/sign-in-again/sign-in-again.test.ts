import assert from 'node:assert/strict';
import { after, before, mock, test } from 'node:test';
import type { Browser } from '../../../../apps/identity/src/oidc/browser.testing.ts';
import {
  authorizationPath,
  claimsOf,
  codeFor,
  exchange,
  landing,
  type Params,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

let house: House;
before(async () => {
  house = await openHouse({ clients: [{ ...guideClient, consent_mode: 'implicit' }] });
});
after(() => house.close());

const asAlice = { as: 'alice', factors: '2' } as const;

async function signedIn(): Promise<Browser> {
  const browser = house.browser();
  await codeFor(browser, {}, asAlice);
  return browser;
}
const answered = async (browser: Browser, changes: Params) =>
  landing(await browser.go(authorizationPath(changes))).searchParams;
const isAsked = async (browser: Browser, changes: Params) =>
  /^\/sign-in\//.test((await browser.go(authorizationPath(changes))).headers.get('location') ?? '');

test('a max_age that is no whole number of seconds is refused', async () => {
  const browser = await signedIn();
  for (const bad of ['1e3', '-1', '0x10', '1.5', ' 5', 'soon', '99999999999'])
    assert.equal((await answered(browser, { max_age: bad })).get('error'), 'invalid_request', bad);
});

test('max_age=0 asks each time, as prompt=login does, and prompt=none with it answers an error', async () => {
  const browser = await signedIn();
  assert.equal(await isAsked(browser, { max_age: '0' }), true);
  assert.equal(await isAsked(browser, { prompt: 'login' }), true);
  const silent = await answered(browser, { max_age: '0', prompt: 'none' });
  assert.equal(silent.get('code'), null);
  assert.equal(silent.get('error'), 'login_required');
});

test('max_age=1 asks once the sign-in is two seconds old, and auth_time is the new one', async () => {
  const browser = await signedIn();
  assert.equal(await isAsked(browser, { max_age: '1' }), false);
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 2_000 });
  try {
    const startedAt = Math.floor(Date.now() / 1000);
    assert.equal(await isAsked(browser, { max_age: '1' }), true);
    const { body } = await exchange(house, await codeFor(browser, { max_age: '1' }, asAlice));
    assert.ok(Number(claimsOf(body.id_token).auth_time) >= startedAt);
  } finally {
    mock.timers.reset();
  }
});

test('prompt=select_account asks who it is, and somebody else may be', async () => {
  const browser = await signedIn();
  assert.equal(await isAsked(browser, { prompt: 'select_account' }), true);
  const code = await codeFor(browser, { prompt: 'select_account' }, { as: 'bob', factors: '2' });
  const { body } = await exchange(house, code);
  const again = claimsOf((await exchange(house, await codeFor(browser))).body.id_token);
  assert.equal(claimsOf(body.id_token).sub, again.sub);
});

test('prompt=select_account alone does not accept the sign-in there was', async () => {
  const browser = await signedIn();
  const step = (await browser.go(authorizationPath({ prompt: 'select_account' }))).headers.get('location') ?? '';
  const old = await browser.go(step, { method: 'POST' });
  assert.equal(old.status, 500);
  assert.match(await old.text(), /newer proof/);
});

test('prompt=none stands alone, and unknown prompts are refused', async () => {
  const browser = await signedIn();
  for (const prompt of ['none login', 'none select_account', 'create'])
    assert.equal((await answered(browser, { prompt })).get('error'), 'invalid_request', prompt);
});

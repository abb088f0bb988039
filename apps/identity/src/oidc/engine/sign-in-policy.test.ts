import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from '../browser.testing.ts';
import {
  authorizationPath,
  authorize,
  codeFor,
  exchange,
  landing,
  type Params,
  type Person,
} from '../client.testing.ts';
import { guideClient, type House, openHouse } from '../house.testing.ts';

let house: House;
before(async () => {
  house = await openHouse({ clients: [{ ...guideClient, consent_mode: 'implicit' }] });
});
after(() => house.close());

const asAlice: Person = { as: 'alice', factors: '2' };
const asBob: Person = { as: 'bob', factors: '2' };

async function idTokenOf(person: Person): Promise<string | undefined> {
  return (await exchange(house, await codeFor(house.browser(), {}, person))).body.id_token;
}

async function answerTo(browser: Browser, changes: Params, person?: Person): Promise<URLSearchParams> {
  return landing(await authorize(browser, authorizationPath(changes), person)).searchParams;
}

async function signedIn(person: Person): Promise<Browser> {
  const browser = house.browser();
  await codeFor(browser, {}, person);
  return browser;
}

test('a hint at another person than the one who is signed in answers login_required and no code', async () => {
  const answer = await answerTo(await signedIn(asBob), { id_token_hint: await idTokenOf(asAlice) });
  assert.equal(answer.get('error'), 'login_required');
  assert.equal(answer.get('code'), null);
});

test('whoever signs in after a hint at somebody else gets no code either', async () => {
  const answer = await answerTo(house.browser(), { id_token_hint: await idTokenOf(asAlice) }, asBob);
  assert.equal(answer.get('error'), 'login_required');
});

test('the person whom the hint names goes through, signed in before or after it', async () => {
  const changes = { id_token_hint: await idTokenOf(asAlice) };
  assert.ok((await answerTo(await signedIn(asAlice), { ...changes, prompt: 'none' })).get('code'));
  assert.ok((await answerTo(house.browser(), changes, asAlice)).get('code'));
});

test('a claims request for another subject ends instead of going round in circles', async () => {
  const claims = JSON.stringify({ id_token: { sub: { value: 'somebody else' } } });
  assert.equal((await answerTo(await signedIn(asAlice), { claims })).get('error'), 'login_required');
  assert.equal((await answerTo(house.browser(), { claims }, asAlice)).get('error'), 'login_required');
});

test('an essential acr that is not offered is refused at once', async () => {
  for (const acr of [
    { essential: true, value: 'gold' },
    { essential: true, values: ['gold', 'silver'] },
  ]) {
    const answer = await answerTo(await signedIn(asAlice), { claims: JSON.stringify({ id_token: { acr } }) });
    assert.equal(answer.get('error'), 'unmet_authentication_requirements');
  }
});

test('a wish for an acr that is not essential is passed over', async () => {
  const claims = JSON.stringify({ id_token: { acr: { value: 'gold' } } });
  assert.ok((await answerTo(await signedIn(asAlice), { claims })).get('code'));
});

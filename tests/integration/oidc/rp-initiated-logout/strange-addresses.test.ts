/** Where a sign-out may lead: to registered addresses as they are written, whatever else looks like one. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import { home, logoutPath, signIn } from '../sign-out.testing.ts';

let house: House;
before(async () => {
  house = await openHouse({
    clients: [{ ...guideClient, consent_mode: 'implicit', post_logout_redirect_uris: [home] }],
  });
});
after(() => house.close());

const { host } = new URL(home);
const strange = [
  'https://elsewhere.example.org/',
  `https://${host}@elsewhere.example.org/`,
  `https://${host}.elsewhere.example.org/`,
  `https://elsewhere.example.org\\@${host}/`,
  `//${host}/`,
  `http://${host}/`,
  `https://${host}:8443/`,
  `https://${host.toUpperCase()}/`,
  `${home}#fragment`,
  `${home}../admin`,
  `${home}%2e%2e/admin`,
  ` ${home}`,
  `${home}\t`,
  'javascript:alert(1)',
  'data:text/html,here',
];

test('attack 45: a sign-out leads to no address that only looks like a registered one', async () => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser);
  for (const uri of strange) {
    const page = await browser.go(logoutPath({ id_token_hint: id_token, post_logout_redirect_uri: uri }));
    assert.equal(page.status, 400, uri);
    assert.equal(page.headers.get('location'), null, uri);
    const html = await page.text();
    assert.ok(!html.includes('elsewhere.example.org') && !html.includes('javascript:'), uri);
  }
});

test('attack 45: without a hint no address is followed, registered or not', async () => {
  for (const uri of [home, 'https://elsewhere.example.org/']) {
    const browser = house.browser();
    await signIn(house, browser);
    const page = await browser.go(logoutPath({ post_logout_redirect_uri: uri }));
    assert.equal(page.status, 200);
    assert.ok(!(await page.text()).includes(new URL(uri).host));
  }
});

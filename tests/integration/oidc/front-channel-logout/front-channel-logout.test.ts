import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { claimsOf } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import { confirm, home, logoutPath, signIn } from '../sign-out.testing.ts';

let house: House;
before(async () => {
  const client = { ...guideClient, consent_mode: 'implicit' as const, post_logout_redirect_uris: [home] };
  house = await openHouse({
    clients: [
      client,
      { ...client, client_id: 'framed', frontchannel_logout_uri: 'https://app.example.com/out?from=portal' },
      { ...client, client_id: 'also', frontchannel_logout_uri: 'https://also.example.com:8443/out' },
    ],
  });
});
after(() => house.close());

function framesOf(html: string): URL[] {
  return [...html.matchAll(/<iframe src="([^"]+)"/g)].map((match) => new URL(match[1] ?? ''));
}

test('the page that says so opens each application’s page with iss and sid, may frame those origins alone, and leads on', async () => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser, 'framed');
  const also = await signIn(house, browser, 'also', {});
  const query = { id_token_hint: id_token, post_logout_redirect_uri: home, state: 's' };
  const page = await browser.go(logoutPath(query));
  assert.equal(page.status, 200);
  assert.equal(page.headers.get('location'), null);
  const html = await page.text();
  assert.ok(html.includes(`href="${home}?state=s"`));
  const frames = framesOf(html).sort((a, b) => (a.host < b.host ? 1 : -1));
  assert.deepEqual(
    frames.map((url) => [url.origin + url.pathname, url.searchParams.get('iss'), url.searchParams.get('sid')]),
    [
      ['https://app.example.com/out', house.issuer, claimsOf(id_token).sid],
      ['https://also.example.com:8443/out', house.issuer, claimsOf(also.id_token).sid],
    ],
  );
  assert.equal(frames[0]?.searchParams.get('from'), 'portal');
  const policy = page.headers.get('content-security-policy') ?? '';
  const allowed = /frame-src ([^;]*)/.exec(policy)?.[1]?.split(' ').sort();
  assert.deepEqual(allowed, ['https://also.example.com:8443', 'https://app.example.com']);
  assert.match(policy, /default-src 'none'/);
});

test('a sign-out that was confirmed tells them too', async () => {
  const browser = house.browser();
  await signIn(house, browser, 'framed');
  const page = await confirm(browser, await browser.go(logoutPath()));
  assert.equal(page.status, 200);
  assert.equal(framesOf(await page.text()).length, 1);
});

test('each is told once, and only of the sessions of this browser', async () => {
  const browser = house.browser();
  await signIn(house, browser, 'framed');
  await signIn(house, browser, 'framed', {});
  await signIn(house, house.browser(), 'also');
  const page = await confirm(browser, await browser.go(logoutPath()));
  assert.equal(framesOf(await page.text()).length, 1);
});

test('without such applications nothing is framed and the browser goes on at once', async () => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser);
  const left = await browser.go(logoutPath({ id_token_hint: id_token, post_logout_redirect_uri: home }));
  assert.equal(left.status, 303);
  assert.equal(left.headers.get('location'), home);
});

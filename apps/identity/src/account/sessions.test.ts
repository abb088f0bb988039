import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openBrowser, openSignedIn } from './browser.testing.ts';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0';
const end = '/settings/sessions/end';
const endOthers = '/settings/sessions/end-others';

async function openTwo() {
  const opened = await openSignedIn();
  const elsewhere = openBrowser(opened.house, '203.0.113.9');
  await elsewhere.get('/begin/one', { 'user-agent': firefox });
  const { id } = await elsewhere.session();
  return { ...opened, elsewhere, id };
}

describe('the sessions of a person', () => {
  test('are shown with browser, rough place and times, and which one is here', async () => {
    await using opened = await openTwo();
    const { house, browser } = opened;
    house.clock.ms += 3 * 3_600_000;
    const page = await browser.get('/settings/sessions');
    assert.equal(page.status, 200);
    assert.match(
      page.body,
      /Firefox on Windows<\/b>.*From 203\.0\.113\.\*, signed in 3 hours ago, last used 3 hours ago/,
    );
    assert.match(page.body, /From 198\.51\.100\.\*, signed in 3 hours ago, last used just now.*This one/);
    assert.doesNotMatch(page.body, /203\.0\.113\.9/);
    assert.match(page.body, /aria-current="page">Sessions/);
  });

  test('show nothing that a browser writes into its name as markup', async () => {
    await using opened = await openSignedIn();
    const { house, browser } = opened;
    await openBrowser(house).get('/begin/one', { 'user-agent': '"><script>alert(1)</script> Firefox/1' });
    await openBrowser(house).get('/begin/one', { 'user-agent': 'x'.repeat(8_000) });
    const { body } = await browser.get('/settings/sessions');
    assert.doesNotMatch(body, /<script/);
    assert.match(body, new RegExp(`<b>${'x'.repeat(40)}</b>`));
  });

  test('that were left unused for too long are not shown', async () => {
    await using opened = await openSignedIn({ inactivitySeconds: 300 });
    const { house } = opened;
    house.clock.ms += 300_000;
    const fresh = openBrowser(house);
    await fresh.get('/begin/one');
    assert.match((await fresh.get('/settings/sessions')).body, /signed in nowhere else/);
  });

  test('one is ended and dead at once, the others live, and the log says who did it', async () => {
    await using opened = await openTwo();
    const { house, browser, elsewhere, id } = opened;
    const third = openBrowser(house);
    await third.get('/begin/one');
    assert.equal((await browser.post(end, { session: id })).location, '/settings/sessions?notice=ended');
    assert.equal(await elsewhere.session(), null);
    assert.notEqual(await third.session(), null);
    assert.notEqual(await browser.session(), null);
    assert.equal((await browser.post(end, { session: id })).location, '/settings/sessions?notice=gone');
    const { id: own } = await browser.session();
    const line = { user: 'alice', remote_ip: '198.51.100.7', session: own, ended: id };
    assert.deepEqual(house.log, [{ ...line, message: 'Ended a session of theirs' }]);
  });

  test('all others are ended, this one stays', async () => {
    await using opened = await openTwo();
    const { browser, elsewhere } = opened;
    assert.equal((await browser.post(endOthers)).location, '/settings/sessions?notice=others');
    assert.equal(await elsewhere.session(), null);
    assert.notEqual(await browser.session(), null);
    assert.match((await browser.get('/settings/sessions?notice=others')).body, /signed out everywhere else/);
  });

  test('of another person cannot be ended, nor by nobody, nor from another site', async () => {
    await using opened = await openTwo();
    const { house, browser, elsewhere, id } = opened;
    const register = house.sessionRegister;
    const foreign = { id: 'of-bob', username: 'bob', cookieDomain: 'auth.localhost', rememberMe: false, factors: {} };
    const at = { createdAtMs: house.clock.ms, lastActivityMs: house.clock.ms };
    await register.add({ ...foreign, ...at }, house.clock.ms + 60_000, { network: '', userAgent: '' });
    assert.equal((await browser.post(end, { session: 'of-bob' })).location, '/settings/sessions?notice=gone');
    assert.equal((await browser.post(endOthers)).status, 303);
    assert.equal((await register.ofPerson('bob')).length, 1);

    await elsewhere.get('/begin/one');
    const { id: again } = await elsewhere.session();
    for (const path of [end, endOthers]) {
      assert.match((await openBrowser(house).post(path, { session: again })).location, /^\/sign-in\/portal/);
      const crossSite = await browser.post(path, { session: again }, { 'sec-fetch-site': 'cross-site' });
      assert.equal(crossSite.status, 403);
    }
    assert.notEqual(await elsewhere.session(), null);
    assert.notEqual(again, id);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MailNotSent } from '../notify/notifier.ts';
import { codeAtStep, secretOfBase32, stepAt, type TotpKey } from '../sign-in/totp/totp.code.ts';
import { returnField } from './account.paths.ts';
import { type Answer, type Browser, fieldsOf, openBrowser, openSignedIn } from './browser.testing.ts';
import { codeFromMail, type House, openHouse, startMs } from './house.suite.ts';

/** From the list to the page that shows the key, through the mail. */
async function openKeyPage(house: House, browser: Browser, intent: Record<string, string> = {}) {
  const asked = await browser.post('/settings/two-factor/one-time-code', { action: 'add', ...intent });
  const proof = await browser.get(asked.location);
  const fields = fieldsOf(proof.body, '/settings/two-factor/proof');
  const proven = await browser.post('/settings/two-factor/proof', { ...fields, code: await codeFromMail(house) });
  return { asked, proof, proven, page: await browser.get(proven.location) };
}

function keyOf(page: Answer): TotpKey {
  const secret = /<code class="secret"[^>]*>([A-Z2-7 ]+)<\/code>/.exec(page.body)?.[1]?.replaceAll(' ', '') ?? '';
  return { issuer: 'Gatehouse', algorithm: 'SHA1', digits: 6, periodSeconds: 30, secret: secretOfBase32(secret) };
}

function codeNow(house: House, key: TotpKey): string {
  return codeAtStep(key, stepAt(house.clock.ms, key.periodSeconds));
}

const confirmPath = '/settings/two-factor/one-time-code/confirm';

describe('setting up a one-time code', () => {
  test('goes from the list over the mail to the key, and back to where the person was stopped', async () => {
    await using all = await openSignedIn();
    const { house, browser } = all;
    const stopped = '/sign-in/abc/one-time-code?x=1&y=2';
    const list = await browser.get(`/settings/two-factor?then=${encodeURIComponent(stopped)}`);
    assert.match(list.body, /<title>Two-factor sign-in/);
    const begin = fieldsOf(list.body, '/settings/two-factor/one-time-code');
    assert.deepEqual(begin, { action: 'add', [returnField]: stopped });

    const before = browser.cookie();
    const { proof, page } = await openKeyPage(house, browser, begin);
    assert.match(proof.body, /a•••e@example\.com/);
    assert.ok(!proof.body.includes('alice@example.com'));
    assert.notEqual(browser.cookie(), before, 'the proof makes a new session secret');
    assert.match(page.body, /<svg class="qr" role="img"/);
    assert.match(page.header('content-security-policy') ?? '', /default-src 'none'/);
    assert.ok(!/ style="|<script/.test(page.body));

    const elevated = browser.cookie();
    const fields = fieldsOf(page.body, confirmPath);
    const code = codeNow(house, keyOf(page));
    const done = await browser.post(confirmPath, { ...fields, code });
    assert.equal(done.status, 303);
    assert.notEqual(browser.cookie(), elevated, 'and so does the second factor');
    assert.ok((await browser.get(done.location)).body.includes('href="/sign-in/abc/one-time-code?x=1&amp;y=2"'));
    assert.equal((await browser.session()).factors.totp, startMs);
    assert.equal((await house.totp.verify('alice', code, '198.51.100.7')).kind, 'used');
    assert.match(await house.lastMail(), /Subject: A one-time code was added[\s\S]*From address: 198\.51\.100\.7/);
  });

  test('shows a wrong code on the same page, with the same key, and can go on', async () => {
    await using all = await openSignedIn();
    const { house, browser } = all;
    const { page } = await openKeyPage(house, browser);
    const fields = fieldsOf(page.body, confirmPath);
    for (const code of ['000000', '12', '']) {
      const again = await browser.post(confirmPath, { ...fields, code });
      assert.equal(again.status, 403);
      assert.match(again.body, /role="alert"/);
      assert.deepEqual(keyOf(again).secret, keyOf(page).secret);
    }
    assert.equal(await house.totp.has('alice'), false);
    assert.equal((await browser.post(confirmPath, { ...fields, code: codeNow(house, keyOf(page)) })).status, 303);
    assert.equal(await house.totp.has('alice'), true);
  });

  test('a page that was left open for ten minutes, or sent twice, begins again', async () => {
    await using all = await openSignedIn();
    const { house, browser } = all;
    const { page } = await openKeyPage(house, browser);
    const fields = { ...fieldsOf(page.body, confirmPath), code: codeNow(house, keyOf(page)) };
    await browser.post(confirmPath, fields);
    const twice = await browser.post(confirmPath, fields);
    assert.equal(twice.location, '/settings/two-factor?notice=gone');

    const later = await openKeyPage(house, browser);
    house.clock.ms += 600_000;
    assert.equal((await browser.post(confirmPath, fieldsOf(later.page.body, confirmPath))).location, twice.location);
  });

  test('of another session neither the key nor the mailed code can be used', async () => {
    await using all = await openSignedIn();
    const { house, browser } = all;
    const { proof, page, proven } = await openKeyPage(house, browser);
    const other = openBrowser(house);
    await other.get('/begin/one');
    const mailed = await codeFromMail(house);
    await openKeyPage(house, other);
    assert.equal((await other.get(proven.location)).location, '/settings/two-factor?notice=gone');
    const code = codeNow(house, keyOf(page));
    assert.equal((await other.post(confirmPath, { ...fieldsOf(page.body, confirmPath), code })).status, 303);
    assert.equal(await house.totp.has('alice'), false);
    const fields = fieldsOf(proof.body, '/settings/two-factor/proof');
    const refused = await other.post('/settings/two-factor/proof', { ...fields, code: mailed });
    assert.equal(refused.status, 403);
  });

  test('offers the choices the configuration leaves open, and takes no other', async () => {
    await using all = await openSignedIn({ totp: { allowedDigits: [6, 8], allowedAlgorithms: ['SHA1', 'SHA512'] } });
    const { house, browser } = all;
    const { page } = await openKeyPage(house, browser);
    assert.ok(page.body.includes('name="digits"') && page.body.includes('name="algorithm"'));
    assert.ok(!page.body.includes('name="period"'));
    const change = async (form: Record<string, string>) => {
      const { location } = await browser.post('/settings/two-factor/one-time-code', { action: 'add', ...form });
      return (await browser.get(location)).body;
    };
    assert.match(await change({ digits: '8', algorithm: 'SHA512' }), /8 digits, a new code every 30 seconds/);
    assert.match(await change({ digits: '7', algorithm: 'MD5', period: '1' }), /6 digits, a new code every 30 seconds/);
  });
});

describe('the mailed code', () => {
  async function ask(browser: Browser) {
    const asked = await browser.post('/settings/two-factor/one-time-code', { action: 'add' });
    return { asked, fields: fieldsOf((await browser.get(asked.location)).body, '/settings/two-factor/proof') };
  }
  const prove = (browser: Browser, fields: Record<string, string>, code: string) =>
    browser.post('/settings/two-factor/proof', { ...fields, code });

  test('is eight unmistakable characters and good once, in any case and with spaces', async () => {
    await using all = await openSignedIn();
    const { house, browser } = all;
    const { fields } = await ask(browser);
    const code = await codeFromMail(house);
    assert.match(code, /^[ACDEFGHJKLMNPQRTWXY34679]{8}$/);
    const typed = ` ${code.slice(0, 4).toLowerCase()} ${code.slice(4)} `;
    assert.match((await prove(browser, fields, typed)).location, /one-time-code\?enrolment=/);
    assert.equal((await prove(browser, fields, code)).status, 403);
  });

  test('is gone after its time, and when a newer one was sent', async () => {
    await using all = await openSignedIn();
    const { house, browser } = all;
    const first = await ask(browser);
    const firstCode = await codeFromMail(house);
    const second = await ask(browser);
    assert.equal((await prove(browser, first.fields, firstCode)).status, 403);
    house.clock.ms += 300_000;
    assert.equal((await prove(browser, second.fields, await codeFromMail(house))).status, 403);
  });

  test('works from the address that asked for it alone', async () => {
    await using all = await openSignedIn();
    const { house, browser } = all;
    const { fields } = await ask(browser);
    const form = { ...fields, code: await codeFromMail(house) };
    const elsewhere = { 'x-forwarded-for': '203.0.113.5' };
    assert.equal((await browser.post('/settings/two-factor/proof', form, elsewhere)).status, 403);
    assert.equal((await browser.post('/settings/two-factor/proof', form)).status, 303);
    const begun = await browser.post('/settings/two-factor/one-time-code', { action: 'add' }, elsewhere);
    assert.match(begun.location, /\/proof\?/, 'nor does what it opened');
  });

  test('is cancelled by the link of the mail, by a button and not by looking', async () => {
    await using all = await openSignedIn();
    const { house, browser } = all;
    const { fields } = await ask(browser);
    const link = new URL(/https?:\S+\/revoke\/\S+/.exec(await house.lastMail())?.[0] ?? '');
    assert.equal(link.origin, house.origin);
    const stranger = openBrowser(house, '203.0.113.5');
    const page = await stranger.get(`${link.pathname}${link.search}`);
    assert.match(page.body, /Cancel the code from the mail/);
    const form = fieldsOf(page.body, '/revoke/one-time-code');
    assert.deepEqual(Object.keys(form), ['id']);
    assert.match(
      (await stranger.post('/revoke/one-time-code', form)).body,
      /no longer works.*href="\/settings\/password"/s,
    );
    assert.equal((await prove(browser, fields, await codeFromMail(house))).status, 403);
  });

  test('attack 17: may be guessed five times, of two hundred at once', async () => {
    await using all = await openSignedIn();
    const { house, browser } = all;
    const { fields } = await ask(browser);
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async () => (await prove(browser, fields, 'AAAAAAAA')).status),
    );
    assert.equal(statuses.filter((status) => status === 403).length, 5);
    assert.equal(statuses.filter((status) => status === 429).length, 195);
    assert.equal((await prove(browser, fields, await codeFromMail(house))).status, 429);
  });

  test('is mailed to an address, and guessed from it, as often as the configuration says', async () => {
    const one = [{ attemptsMax: 1, windowMs: 60_000 }];
    await using mails = await openSignedIn({ elevatedSession: { startLimits: one } });
    assert.equal((await mails.browser.post('/settings/two-factor/one-time-code', { action: 'add' })).status, 303);
    assert.equal((await mails.browser.post('/settings/two-factor/one-time-code', { action: 'add' })).status, 429);
    await using guesses = await openSignedIn({ elevatedSession: { finishLimits: one } });
    const { location } = await guesses.browser.post('/settings/two-factor/one-time-code', { action: 'add' });
    const form = { request: new URLSearchParams(location.split('?')[1]).get('request') ?? '', code: 'AAAAAAAA' };
    assert.equal((await guesses.browser.post('/settings/two-factor/proof', form)).status, 403);
    assert.equal((await guesses.browser.post('/settings/two-factor/proof', form)).status, 429);
  });

  test('is mailed five times in ten minutes at most', async () => {
    await using all = await openSignedIn();
    const { browser } = all;
    for (let time = 0; time < 5; time++) assert.equal((await ask(browser)).asked.status, 303);
    const limited = await ask(browser);
    assert.equal(limited.asked.status, 429);
    assert.equal(limited.asked.header('retry-after'), '600');
  });

  test('attack 25: names its link by the configuration, whatever host a request claims', async () => {
    await using all = await openSignedIn();
    const { house, browser } = all;
    for (const claim of [{ host: 'evil.example' }, { 'x-forwarded-host': 'evil.example' }]) {
      const { location } = await browser.post('/settings/two-factor/one-time-code', { action: 'add' }, claim);
      assert.match(location, /^\/sign-in\/portal/, 'nobody is signed in there');
      await assert.rejects(house.lastMail(), 'and no mail went out');
    }
    const claims = {
      'x-forwarded-proto': 'https',
      'x-original-url': 'https://evil.example/',
      forwarded: 'host=evil.example',
    };
    await browser.post('/settings/two-factor/one-time-code', { action: 'add' }, claims);
    assert.ok(!(await house.lastMail()).includes('evil.example'));
    assert.ok((await house.lastMail()).includes(`${house.origin}/revoke/one-time-code?id=`));
  });

  test('is not needed where two factors are enough, and not enough where the second factor is required', async () => {
    await using skipped = await openSignedIn({ elevatedSession: { skipSecondFactor: true } }, 'two');
    const begun = await skipped.browser.post('/settings/two-factor/one-time-code', { action: 'add' });
    assert.match(begun.location, /\?enrolment=/);

    await using required = await openSignedIn({ elevatedSession: { requireSecondFactor: true } });
    await required.house.totp.create('alice', required.house.totp.propose());
    const stopped = await required.browser.post('/settings/two-factor/one-time-code', { action: 'remove' });
    assert.equal(stopped.status, 403);
    assert.ok(stopped.body.includes('/sign-in/portal?then=%2Fsettings%2Ftwo-factor&amp;level=two_factor'));
  });
});

describe('what can be in the way', () => {
  test('a person without a mail address reads what to ask the administrator for', async () => {
    await using all = await openSignedIn({ identity: { emails: [] } });
    const answer = await all.browser.post('/settings/two-factor/one-time-code', { action: 'add' });
    assert.equal(answer.status, 403);
    assert.match(answer.body, /Ask your administrator to add a mail address to the account “alice”/);
  });

  test('a mailer that is down is a clear page, counts nothing, and the log holds no address', async () => {
    const notifier = {
      send: () => Promise.reject(new MailNotSent('The mail server does not answer.')),
      check: () => Promise.resolve(),
    };
    await using all = await openSignedIn({ notifier });
    for (let time = 0; time < 7; time++) {
      const answer = await all.browser.post('/settings/two-factor/one-time-code', { action: 'add' });
      assert.equal(answer.status, 503);
      assert.match(answer.body, /We could not send the mail/);
    }
    assert.equal(all.house.log.length, 7);
    assert.ok(!JSON.stringify(all.house.log).includes('@'));
  });

  test('a change that cannot be mailed stays made', async () => {
    const notifier = {
      send: () => Promise.reject(new MailNotSent('The mail server does not answer.')),
      check: () => Promise.resolve(),
    };
    await using all = await openSignedIn({ notifier, elevatedSession: { skipSecondFactor: true } }, 'two');
    const { house, browser } = all;
    const begun = await browser.post('/settings/two-factor/one-time-code', { action: 'add' });
    const page = await browser.get(begun.location);
    await browser.post(confirmPath, { ...fieldsOf(page.body, confirmPath), code: codeNow(house, keyOf(page)) });
    assert.equal(await house.totp.has('alice'), true);
    assert.equal(house.log.length, 1);
  });

  test('nobody gets to any of the pages without a session, and comes back to the list after signing in', async () => {
    await using house = await openHouse();
    const browser = openBrowser(house);
    for (const path of ['', '/proof?request=x', '/one-time-code?enrolment=x', '/done', '/remove'])
      assert.equal(
        (await browser.get(`/settings/two-factor${path}`)).location,
        '/sign-in/portal?then=%2Fsettings%2Ftwo-factor',
      );
    for (const path of ['/one-time-code', '/proof', '/proof/again', '/one-time-code/confirm', '/remove'])
      assert.equal(
        (await browser.post(`/settings/two-factor${path}`)).location,
        '/sign-in/portal?then=%2Fsettings%2Ftwo-factor',
      );
  });

  test('attack 23: a form of another site does nothing', async () => {
    await using all = await openSignedIn({}, 'two');
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }])
      assert.equal(
        (await all.browser.post('/settings/two-factor/one-time-code', { action: 'add' }, headers)).status,
        403,
      );
  });

  test('a way back that leaves the portal is no way back', async () => {
    await using all = await openSignedIn();
    const leadsAway = /(?:href|value)="(?:https:)?[/\\]+evil/;
    for (const evil of ['https://evil.example', '//evil.example', '/\\evil.example']) {
      const page = await all.browser.get(`/settings/two-factor?then=${encodeURIComponent(evil)}`);
      assert.doesNotMatch(page.body, leadsAway);
      const done = await all.browser.get(`/settings/two-factor/done?then=${encodeURIComponent(evil)}`);
      assert.doesNotMatch(done.body, leadsAway);
    }
  });

  test('the addresses Authelia uses lead to the list', async () => {
    await using all = await openSignedIn();
    for (const path of ['/settings', '/settings/two-factor-authentication'])
      assert.equal((await all.browser.get(path)).location, '/settings/two-factor');
  });
});

test('removing asks for the mailbox, then once more, then mails', async () => {
  await using all = await openSignedIn();
  const { house, browser } = all;
  await house.totp.create('alice', house.totp.propose());
  assert.equal((await browser.post('/settings/two-factor/remove')).location, '/settings/two-factor?notice=gone');
  const asked = await browser.post('/settings/two-factor/one-time-code', { action: 'remove' });
  const fields = fieldsOf((await browser.get(asked.location)).body, '/settings/two-factor/proof');
  const proven = await browser.post('/settings/two-factor/proof', { ...fields, code: await codeFromMail(house) });
  assert.match((await browser.get(proven.location)).body, /Remove your one-time code\?/);
  assert.equal(await house.totp.has('alice'), true);
  assert.equal((await browser.post('/settings/two-factor/remove')).location, '/settings/two-factor?notice=removed');
  assert.equal(await house.totp.has('alice'), false);
  assert.match(await house.lastMail(), /Subject: The one-time code was removed/);
});

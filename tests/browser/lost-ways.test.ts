/**
 * Ways that lead nowhere: a sign-in that expired, a bookmark, the back button, two tabs, a request that no application of
 * this house would send. Each ends in a clear page and on none is anybody stuck: every test goes on to a sign-in that works.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type House, openHouse } from '../house/house.ts';
import {
  decide,
  enterFreshCode,
  enterPassword,
  enterWorkspace,
  follow,
  leadingOn,
  type Person,
  portal,
  seeHome,
  seeText,
  seeTitle,
  signIn,
  submit,
  workspace,
} from './verbs.ts';

const hourMs = 60 * 60 * 1000;

describe('a lost way', { skip: needs('chromium', 'nginx', 'openssl') }, () => {
  let house: House;
  let browser: Browser;
  let somebody: Iterator<Person>;

  before(async () => {
    house = await openHouse({ crowd: 7 });
    browser = await house.openBrowser();
    somebody = house.people.crowd.values();
  });
  after(() => house.close());

  async function begin(): Promise<{ context: BrowserContext; page: Page; person: Person }> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const person = somebody.next().value;
    assert.ok(person, 'the crowd is too small');
    return { context, page, person };
  }

  test('a sign-in that took too long says so, and the next one works', async () => {
    const { page, person } = await begin();
    await enterWorkspace(page);
    await house.identity().stop();
    await house.startIdentity({ clockAheadMs: 2 * hourMs });
    await enterPassword(page, person);
    await seeTitle(page, /^Sign-in expired/);
    await seeText(page, /It took too long/);
    await seeText(page, /Nothing is lost/);
    await house.identity().stop();
    await house.startIdentity();
    await enterWorkspace(page);
    await signIn(page, person);
  });

  test('a bookmarked sign-in page says that it is over, to its owner and to anybody else', async () => {
    const { page, person } = await begin();
    await enterWorkspace(page);
    const bookmark = page.url();
    // Even under way it belongs to the browser that began it.
    const other = await (await browser.newContext()).newPage();
    await other.goto(bookmark);
    await seeTitle(other, /^Sign-in expired/);
    await signIn(page, person);

    const answer = await page.goto(bookmark);
    assert.equal(answer?.status(), 410);
    await seeTitle(page, /^Sign-in expired/);
    await page.goto(workspace);
    await seeHome(page, person);

    await other.goto(bookmark);
    await seeTitle(other, /^Sign-in expired/);
    await follow(other, 'Go to the overview');
    await seeTitle(other, /^Sign in/);
    await enterPassword(other, person);
    await seeText(other, /Signed in as alice|You are signed in/i);
    await enterWorkspace(other);
    await enterFreshCode(other, person);
    await decide(other, 'accept');
    await seeHome(other, person);
  });

  test('the back button leads to the step that is next, and after the end to a page that says so', async () => {
    const { page, person } = await begin();
    await enterWorkspace(page);
    await enterPassword(page, person);
    await enterFreshCode(page, person);
    await seeTitle(page, /^Allow Leantime/);
    await page.goBack();
    await seeTitle(page, /^Allow Leantime/);
    await decide(page, 'accept');
    await seeHome(page, person);

    await page.goBack();
    if (/^Allow/.test(await page.title())) await decide(page, 'accept');
    await seeTitle(page, /^Sign-in expired/);
    await page.goto(workspace);
    await seeHome(page, person);
  });

  test('two tabs that sign in at once both arrive', async () => {
    const { context, page, person } = await begin();
    const other = await context.newPage();
    await enterWorkspace(page, '/dashboard/home?tab=one');
    await enterWorkspace(other, '/dashboard/home?tab=two');
    await enterPassword(page, person);
    await enterPassword(other, person);
    await enterFreshCode(page, person);
    // The other tab still asks for a code; any one will do, the session has proven its own.
    await seeTitle(other, /^Enter your code/);
    await other.locator('input[name=code]').fill('000000');
    await submit(other, 'input[name=code]');
    await seeTitle(other, /^Allow Leantime/);
    await decide(page, 'accept');
    await decide(other, 'accept');
    await seeHome(page, person);
    await seeHome(other, person);
    assert.match(page.url(), /tab=one$/);
    assert.match(other.url(), /tab=two$/);
  });

  test('one sign-in open in two tabs is finished once; the other tab says so', async () => {
    const { context, page, person } = await begin();
    await enterWorkspace(page);
    const other = await context.newPage();
    await other.goto(page.url());
    await signIn(page, person);
    await enterPassword(other, person);
    await seeTitle(other, /^Sign-in expired/);
    await other.goto(workspace);
    await seeHome(other, person);
  });

  test('an unknown application is named as such, and nobody is sent on to it', async () => {
    const { page, person } = await begin();
    const answer = await page.goto(requestOf({ client_id: 'unknown', redirect_uri: 'https://evil.example.com/' }));
    assert.equal(answer?.status(), 400);
    await seeTitle(page, /^This application is not known here/);
    assert.equal(new URL(page.url()).origin, portal);
    await house.identity().line(/Authorization request refused.*unknown/);
    await enterWorkspace(page);
    await signIn(page, person);
  });

  test('a redirect URI that is not registered is never followed', async () => {
    const { page, person } = await begin();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    for (const wrong of [
      'https://evil.example.com/oidc/callback',
      `${workspace}/oidc/callback/`,
      `${workspace}/oidc/callback?next=https://evil.example.com`,
      'http://leantime.example.com/oidc/callback',
      'https://leantime.example.com.evil.example.com/oidc/callback',
    ])
      for (const further of [{}, { prompt: 'none' }, { code_challenge: 'too-short' }]) {
        await page.goto(requestOf({ client_id: 'leantime', redirect_uri: wrong, ...further }));
        await seeTitle(page, /^This address is not registered for the application/);
        for (const link of await page.locator('a[href]').all())
          assert.equal(new URL((await link.getAttribute('href')) ?? '', portal).origin, portal);
      }
    assert.deepEqual([...new Set(asked)], [portal]);
    await enterWorkspace(page);
    await signIn(page, person);
  });

  test('a page that does not exist leads back to one that does', async () => {
    const page = await (await browser.newContext()).newPage();
    const answer = await page.goto(`${portal}/no/such/page`);
    assert.equal(answer?.status(), 404);
    await leadingOn(page, () => page.getByRole('link', { name: 'Go to the overview' }).click());
    await seeTitle(page, /^Sign in/);
  });
});

function requestOf(parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams({
    response_type: 'code',
    scope: 'openid profile email',
    state: randomBytes(16).toString('hex'),
    code_challenge: createHash('sha256').update('a verifier').digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  });
  return `${portal}/api/oidc/authorization?${query}`;
}

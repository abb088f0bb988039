/**
 * The application of the integration guide as it really is: it sends no PKCE challenge, and the printed configuration asks
 * for one. The provider does what the file says, and tells the administrator, the log and the application why.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { openHouse, root } from '../house/house.ts';
import { enterWorkspace, portal, seeText, seeTitle, signIn, workspace } from './verbs.ts';

const skip = needs('chromium', 'nginx', 'openssl');

/** As it stands in the printed file, counted from one. */
const decidingLine =
  readFileSync(join(root, 'tests/seed/configuration.clients.yml'), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes('require_pkce:')) + 1;

/** Client id, redirect URI, response type, scope and a state of 32 hexadecimal digits: nothing else. */
function requestWithoutChallenge(state: string, further: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    client_id: 'leantime',
    redirect_uri: `${workspace}/oidc/callback`,
    response_type: 'code',
    scope: 'openid profile email',
    state,
    ...further,
  });
  return `${portal}/api/oidc/authorization?${query}`;
}

test('a request without PKCE is refused with a reference, and the log and the command name the deciding line', {
  skip,
}, async () => {
  await using house = await openHouse();
  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();
  const state = randomBytes(16).toString('hex');

  const answer = await page.goto(requestWithoutChallenge(state));
  assert.equal(answer?.status(), 400);
  assert.equal(new URL(page.url()).origin, portal, 'the person is not sent on');
  await seeTitle(page, /^Leantime cannot sign you in yet/);
  const shown = await page.locator('main').innerText();
  assert.doesNotMatch(shown, /require_pkce|code_challenge|configuration/, 'what is registered is for administrators');
  const [reference = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(shown) ?? [];
  assert.notEqual(reference, '', shown);

  const [line = ''] = await house.identity().line(/.*Authorization request refused.*/);
  for (const said of [
    'leantime',
    reference,
    'code_challenge',
    'pkce-missing',
    'require_pkce',
    'configuration.clients.yml',
  ])
    assert.ok(line.includes(said), `the log does not say ${said}: ${line}`);
  assert.match(line, new RegExp(`\\bline"?[=:]"?${decidingLine}\\b`));
  assert.doesNotMatch(line, new RegExp(state), 'what the application sent to recognise its answer is nobody else’s');

  const back = page.getByRole('link', { name: 'Go back to Leantime' });
  const href = new URL((await back.getAttribute('href')) ?? '');
  assert.equal(href.origin + href.pathname, `${workspace}/oidc/callback`);
  assert.equal(href.searchParams.get('error'), 'invalid_request');
  assert.equal(href.searchParams.get('state'), state);
  assert.equal(href.searchParams.get('code'), null);
  await Promise.all([page.waitForEvent('load'), back.click()]);
  assert.equal(new URL(page.url()).origin, workspace);
  await seeText(page, /This sign-in is no longer under way/);

  // Refusals are written within a second; a stop writes what is left.
  await house.identity().stop();
  const printed = house.gatehouse('debug', 'oidc', 'refusals', '--reference', reference);
  assert.match(printed, /without the parameter\s+code_challenge/);
  assert.match(printed, new RegExp(`\\(configuration\\.clients\\.yml,\\s+line ${decidingLine}\\)`));
  assert.match(printed, /or write +require_pkce: false/);
});

test('an administrator who is signed in sees the parameter and the deciding line on the page itself', {
  skip,
}, async () => {
  await using house = await openHouse({ further: "administration:\n  groups: ['dev']\n" });
  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();
  await enterWorkspace(page);
  await signIn(page, house.people.alice);
  await page.goto(requestWithoutChallenge(randomBytes(16).toString('hex')));
  await seeTitle(page, /^Leantime cannot sign you in yet/);
  await seeText(page, /For you as an administrator/);
  await seeText(page, /without the parameter code_challenge/);
  await seeText(page, /identity_providers\.oidc\.clients\[0\]\.require_pkce/);
  await seeText(page, new RegExp(`\\(configuration\\.clients\\.yml, line ${decidingLine}\\)`));
  await assertAccessible(page);
});

test('a request that may show no page gets its refusal at the redirect URI', { skip }, async () => {
  await using house = await openHouse();
  const state = randomBytes(16).toString('hex');
  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();
  const answer = page.waitForResponse((response) => response.url().startsWith(`${portal}/api/oidc/authorization`));
  await page.goto(requestWithoutChallenge(state, { prompt: 'none' }));
  const response = await answer;
  assert.equal(response.status(), 303);
  const location = new URL((await response.headerValue('location')) ?? '');
  assert.equal(location.origin + location.pathname, `${workspace}/oidc/callback`);
  assert.equal(location.searchParams.get('error'), 'invalid_request');
  assert.match(location.searchParams.get('error_description') ?? '', /PKCE/);
  assert.equal(location.searchParams.get('state'), state);
  assert.equal(location.searchParams.get('iss'), portal);
});

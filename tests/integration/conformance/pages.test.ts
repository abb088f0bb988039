/**
 * Every page that a certification meets, as a browser without script sees it: plain forms in the body, a title that says
 * which step it is, and a way through to the end.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Person } from '../../browser/verbs.ts';
import { freshCode } from '../../browser/verbs.ts';
import type { HtmlBrowser, Page, Shown } from '../../house/html-browser.ts';
import { openPortal, type Portal } from '../../house/portal.ts';
import { wholePerson, writeWholePerson } from '../../house/whole-person.ts';

const callback = 'https://shop.example.com/callback';
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const clients = [
  {
    client_id: 'shop',
    client_name: 'Shop',
    public: true,
    redirect_uris: [callback],
    scopes: ['openid', 'profile'],
    token_endpoint_auth_method: 'none',
  },
  {
    client_id: 'television',
    client_name: 'Television',
    public: true,
    grant_types: [deviceGrant],
    response_types: ['code'],
    redirect_uris: [callback],
    scopes: ['openid', 'profile'],
    token_endpoint_auth_method: 'none',
  },
];

describe('without script', () => {
  let portal: Portal;
  let alice: Person;
  let browser: HtmlBrowser;
  before(async () => {
    portal = await openPortal({
      oidc: { clients },
      writeUsers: (path) => writeWholePerson(path),
      withCode: [wholePerson],
    });
    [alice = wholePerson] = portal.people;
    browser = portal.browser();
  });
  after(() => portal[Symbol.asyncDispose]());

  /** A page with its one step: a form that posts to the portal, with a button to press. */
  function step(
    shown: Shown,
    title: RegExp,
    field: string,
  ): { readonly page: Page; readonly form: Page['forms'][number] } {
    if (shown.kind !== 'page') throw new Error(`the browser left for ${shown.url.origin}`);
    assert.match(shown.title, title);
    assert.equal(shown.status, 200);
    const form = shown.forms.find((each) => each.names.has(field) || each.buttons.some(({ name }) => name === field));
    assert.ok(form, `${shown.title}: a form with ${field}`);
    assert.equal(form.method, 'post');
    assert.equal(new URL(form.action, shown.url).origin, portal.issuer);
    assert.ok(form.buttons.length > 0);
    assert.ok(!/<noscript/i.test(shown.html) && !/\son[a-z]+=/i.test(shown.html), 'nothing waits for script');
    return { page: shown, form };
  }

  const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
  const authorization = `/api/oidc/authorization?${new URLSearchParams({
    client_id: 'shop',
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid profile',
    state: 'a-state-of-this-test',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })}`;

  test('password, one-time code and consent are three forms that lead to the application', async () => {
    const first = step(await browser.open(authorization), /^Sign in/, 'password');
    const wrong = await browser.press(first.page, first.form, { username: 'alice', password: 'a wrong one' });
    assert.equal(wrong.kind, 'page');
    const again = wrong.kind === 'page' ? wrong : first.page;
    const form = again.forms.find((each) => each.names.has('password'));
    assert.ok(form, 'a wrong password shows the form again');
    const { username, password } = alice;
    const second = step(await browser.press(again, form, { username, password }), /^Enter your code/, 'code');
    const third = step(
      await browser.press(second.page, second.form, { code: freshCode(alice) }),
      /^Allow Shop/,
      'decision',
    );
    assert.deepEqual(
      third.form.buttons.map(({ name, value }) => [name, value]),
      [
        ['decision', 'deny'],
        ['decision', 'accept'],
      ],
    );
    const end = await browser.press(third.page, third.form, {}, 'accept');
    assert.equal(end.kind, 'away');
    if (end.kind === 'away') assert.notEqual(end.params.get('code') ?? '', '');
  });

  test('refusing is a button, and the application is told', async () => {
    const { page, form } = step(await browser.open(authorization), /^Allow Shop/, 'decision');
    const end = await browser.press(page, form, {}, 'deny');
    assert.equal(end.kind, 'away');
    if (end.kind === 'away') assert.equal(end.params.get('error'), 'access_denied');
  });

  test('a device is let in by a typed code and a decision', async () => {
    const ask = (path: string, fields: Record<string, string>) =>
      portal.browser().http.send('POST', path, String(new URLSearchParams({ client_id: 'television', ...fields })), {
        'Content-Type': 'application/x-www-form-urlencoded',
        Accept: 'application/json',
      });
    const codes = JSON.parse((await ask('/api/oidc/device-authorization', { scope: 'openid profile' })).body);
    const typed = step(await browser.open(codes.verification_uri), /^Connect a device/, 'user_code');
    const { page, form } = step(
      await browser.press(typed.page, typed.form, { user_code: codes.user_code }),
      /Television/,
      'decision',
    );
    const end = await browser.press(page, form, {}, 'accept');
    assert.equal(end.kind, 'page');
    const answer = await ask('/api/oidc/token', { grant_type: deviceGrant, device_code: codes.device_code });
    assert.equal(answer.status, 200, answer.body);
  });

  test('signing out is a form, and its end a page', async () => {
    const shown = await browser.open('/logout');
    assert.equal(shown.kind, 'page');
    if (shown.kind !== 'page') return;
    assert.match(shown.title, /^Sign out/);
    const form = shown.forms.find((each) => each.method === 'post');
    assert.ok(form);
    const end = await browser.press(shown, form, {});
    if (end.kind === 'page') assert.match(end.title, /^Signed out/);
    assert.equal(end.kind, 'page');
    step(await browser.open('/'), /^Sign in/, 'password');
  });
});

/**
 * Every page that a sign-in can come to, as people with other eyes, hands and screens meet it: axe in light and dark, nothing
 * wider than the window at 1280 and 360 pixels, and the way through by keyboard alone and without script.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFitForAll, tabTo } from '@gatehouse/testing/fit-for-all.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { openHouse } from '../house/house.ts';
import { codeFromMail } from '../house/mail.ts';
import {
  decide,
  enterCode,
  enterFreshCode,
  enterPassword,
  enterWorkspace,
  follow,
  freshCode,
  leadingOn,
  portal,
  seeHome,
  seeText,
  seeTitle,
  signIn,
  workspace,
} from './verbs.ts';

const skip = needs('chromium', 'nginx', 'openssl');
const followsTheBrowser = `theme: 'auto'\n`;
const clientRequest = `${portal}/api/oidc/authorization?client_id=leantime&response_type=code&scope=openid`;

test('every page of a first sign-in and of the mistakes in it is fit for all', { skip }, async () => {
  await using house = await openHouse({ further: followsTheBrowser });
  const { alice, bob } = house.people;
  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();

  await page.goto(workspace);
  await assertFitForAll(page);
  await follow(page, 'Sign in');
  await seeTitle(page, /^Sign in/);
  await assertFitForAll(page);
  await enterPassword(page, { ...alice, password: 'not it' });
  await seeText(page, /do not match/);
  await assertFitForAll(page);
  await enterPassword(page, alice);
  await seeTitle(page, /^Enter your code/);
  await assertFitForAll(page);
  await enterCode(page, '12');
  await seeText(page, /A code has 6 digits/);
  await assertFitForAll(page);
  await enterFreshCode(page, alice);
  await seeTitle(page, /^Allow Leantime/);
  await assertFitForAll(page);
  await decide(page, 'deny');
  await seeTitle(page, /^You did not sign in/);
  await assertFitForAll(page);
  await follow(page, 'Sign in again');
  await decide(page, 'accept');
  await seeHome(page, alice);
  await assertFitForAll(page);

  const other = await (await browser.newContext()).newPage();
  await enterWorkspace(other);
  await enterPassword(other, bob);
  await seeTitle(other, /^Set up a second step/);
  await assertFitForAll(other);
});

test('every page of an account and of signing out is fit for all', { skip }, async () => {
  await using house = await openHouse({ further: followsTheBrowser });
  const { alice } = house.people;
  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();
  await enterWorkspace(page);
  await signIn(page, alice);

  await page.goto(portal);
  await seeText(page, /alice@example\.com/);
  await assertFitForAll(page);
  // A page of others that leads here has no mail sent; the person says so first.
  await page.goto(`data:text/html,<a href="${portal}/settings/password">Change your password</a>`);
  await follow(page, 'Change your password');
  await page.getByRole('button', { name: 'Send me the code' }).waitFor();
  await assertFitForAll(page);
  await follow(page, 'Send me the code');
  await seeTitle(page, /^Check your mail/);
  await page.goto(`${portal}/settings/two-factor`);
  await seeTitle(page, /^Two-factor sign-in/);
  await assertFitForAll(page);
  await follow(page, 'Replace');
  await seeTitle(page, /^Check your mail/);
  await assertFitForAll(page);
  await enterCode(page, codeFromMail(house.mailPath, 'alice'));
  await seeTitle(page, /^Set up your one-time code/);
  await assertFitForAll(page);
  await page.goto(`${portal}/settings/two-factor/remove`);
  await seeTitle(page, /^Remove the one-time code/);
  await assertFitForAll(page);

  await page.goto(`${portal}/api/oidc/logout`);
  await seeTitle(page, /^Sign out · Gatehouse$/);
  await assertFitForAll(page);
  await page.goto(`${portal}/logout`);
  await assertFitForAll(page);
  await page.goto(`${workspace}/auth/logout`);
  await seeTitle(page, /^Sign out/);
  await assertFitForAll(page);
  await follow(page, 'Sign out');
  await seeTitle(page, /^Signed out/);
  await assertFitForAll(page);
  await page.goto(`${workspace}/auth/login?signed-out`);
  await assertFitForAll(page);
});

const accountPages: readonly [title: RegExp, path: string][] = [
  [/^Sessions/, '/settings/sessions'],
  [/^Check your mail/, '/settings/password'],
  [/^Language and theme/, '/settings/language-and-theme'],
  [/^Connect a device/, '/consent/openid/device-authorization'],
  [/^Forgotten password/, '/reset-password'],
  [/^Check your mail/, '/reset-password/sent'],
  [/^Link not valid/, '/reset-password/new?token=none'],
  [/^Cancel a link/, '/revoke/reset-password?id=none'],
  [/^Cancel a code/, '/revoke/one-time-code?id=none'],
];

test('every further page of an account, and of the links in mails, is fit for all', { skip }, async () => {
  await using house = await openHouse({ further: followsTheBrowser });
  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();
  await enterWorkspace(page);
  await signIn(page, house.people.alice);
  for (const [title, path] of accountPages) {
    await page.goto(`${portal}${path}`);
    await seeTitle(page, title);
    await assertFitForAll(page);
  }
});

const refusals: readonly [title: RegExp, address: string][] = [
  [
    /^Leantime cannot sign you in yet/,
    `${clientRequest}&redirect_uri=${workspace}/oidc/callback&state=${'0'.repeat(32)}`,
  ],
  [
    /^This address is not registered/,
    `${clientRequest}&redirect_uri=https://evil.example.com/&state=${'0'.repeat(32)}`,
  ],
  [/^This application is not known here/, `${portal}/api/oidc/authorization?client_id=unknown`],
  [
    /^The request to sign out is not right/,
    `${portal}/api/oidc/logout?client_id=leantime&post_logout_redirect_uri=${workspace}/`,
  ],
  [/^Sign-in expired/, `${portal}/sign-in/none`],
  [/^Unsafe address/, `${portal}/sign-in/portal?rd=https://evil.test/`],
  [/^Page not found/, `${portal}/no/such/page`],
  [/^This sign-in is no longer under way/, `${workspace}/oidc/callback?code=none&state=none`],
];

test('every page that refuses is fit for all', { skip }, async () => {
  await using house = await openHouse({ further: followsTheBrowser });
  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();
  for (const [title, address] of refusals) {
    await page.goto(address);
    await seeTitle(page, title);
    await assertFitForAll(page);
    assert.ok(await page.locator('main a[href].button').count(), `${page.url()} has no way onward`);
  }
});

test('the keyboard alone signs in, and always shows where it is', { skip }, async () => {
  await using house = await openHouse();
  const { alice } = house.people;
  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();
  const { keyboard } = page;

  await page.goto(workspace);
  await tabTo(page, 'a.button');
  await leadingOn(page, () => keyboard.press('Enter'));
  await tabTo(page, 'input[name=username]');
  await keyboard.type(alice.username);
  await keyboard.press('Tab');
  assert.ok(await page.locator('input[name=password]:focus').count(), 'nothing comes between name and password');
  await keyboard.type(alice.password);
  await tabTo(page, 'input[name=keepMeLoggedIn]');
  await keyboard.press('Space');
  await tabTo(page, 'button[type=submit]');
  await leadingOn(page, () => keyboard.press('Enter'));
  await tabTo(page, 'input[name=code]');
  await keyboard.type(freshCode(alice));
  await leadingOn(page, () => keyboard.press('Enter'));
  await tabTo(page, 'button[value=accept]');
  await leadingOn(page, () => keyboard.press('Enter'));
  await seeHome(page, alice);
});

test('without script a person signs in, is told what is wrong, and signs out', { skip }, async () => {
  await using house = await openHouse();
  const { alice } = house.people;
  const browser = await house.openBrowser();
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();

  await enterWorkspace(page);
  assert.equal(await page.locator('script').count(), 0);
  await enterPassword(page, { ...alice, password: 'not it' });
  await seeText(page, /do not match/);
  await enterPassword(page, alice);
  await enterFreshCode(page, alice);
  await decide(page, 'accept');
  assert.equal(page.url(), `${workspace}/dashboard/home`);
  await page.goto(portal);
  await seeText(page, /alice@example\.com/);
  await page.goto(`${workspace}/auth/logout`);
  await seeText(page, /You are signed in as Alice Example/);
  await follow(page, 'Sign out');
  await seeTitle(page, /^Signed out/);
});

/** Security keys and passkeys through the whole house: set up, used beside the password, and used alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { addAuthenticator } from '@gatehouse/testing/virtual-authenticator.ts';
import { openHouse } from '../house/house.ts';
import { codeFromMail } from '../house/mail.ts';
import { assertFitForAll } from './fit-for-all.ts';
import {
  decide,
  enterCode,
  enterPassword,
  enterWorkspace,
  follow,
  portal,
  seeHome,
  seeText,
  seeTitle,
} from './verbs.ts';

for (const storage of ['sqlite', 'postgres'] as const)
  test(`somebody adds a key in the middle of a sign-in, and signs in with it and by passkey, over ${storage}`, {
    skip: needs('chromium', 'nginx', 'openssl', ...(storage === 'postgres' ? (['postgresql'] as const) : [])),
  }, async () => {
    await using house = await openHouse({ storage, further: 'theme: auto\nwebauthn:\n  enable_passkey_login: true\n' });
    const { bob } = house.people;
    const browser = await house.openBrowser();
    const page = await (await browser.newContext()).newPage();
    await addAuthenticator(page);

    await enterWorkspace(page);
    await assertFitForAll(page);
    await enterPassword(page, bob);
    await follow(page, 'Set up a second step');
    await follow(page, 'Add a key');
    await enterCode(page, codeFromMail(house.mailPath, 'bob'));
    await seeTitle(page, /^Add a security key/);
    await page.getByLabel('Name of the key').fill('Blue key');
    await page.keyboard.press('Enter');
    // The script navigates once the authenticator has answered.
    await page.waitForURL(/security-key\/done/);
    await seeTitle(page, /^Security key added/);
    await follow(page, 'Continue');
    await page.waitForURL(/\/consent/);
    await seeTitle(page, /^Allow Leantime/);
    await decide(page, 'accept');
    await seeHome(page, bob);

    await page.goto(`${portal}/logout`);
    await follow(page, 'Sign out');
    await page.goto(`${portal}/sign-in/portal`);
    await follow(page, 'Sign in with a passkey');
    await seeTitle(page, /^Sign in with a passkey/);
    await assertFitForAll(page);
    await follow(page, 'Choose a passkey');
    await page.waitForURL(`${portal}/`);
    await seeText(page, /Hello, /);
    await page.goto(`${portal}/sign-in/portal?level=two_factor`);
    await seeTitle(page, /^Enter your password/);
    await assertFitForAll(page);
    await page.getByLabel('Password').fill(bob.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${portal}/`);
    await seeText(page, /Hello, /);
    assert.match(house.identity().output(), /pwd.{1,5}kba.{1,5}pop.{1,5}hwk.{1,5}user.{1,5}pin.{1,5}mfa/);
  });

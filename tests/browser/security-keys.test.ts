/** Security keys and passkeys through the whole house: set up, used beside the password, and used alone. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertFitForAll } from '@gatehouse/testing/fit-for-all.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { intercept } from '@gatehouse/testing/network.ts';
import { addAuthenticator } from '@gatehouse/testing/virtual-authenticator.ts';
import { autheliaKey, writeAuthelia } from '../../apps/identity/src/moving/authelia.testing.ts';
import { openAuthenticator } from '../../apps/identity/src/sign-in/webauthn/authenticator.testing.ts';
import { openHouse } from '../house/house.ts';
import { codeFromMail } from '../house/mail.ts';
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
    await intercept(page, '**/passkey/begin', (route) => route.fulfill({ status: 429 }), { times: 1 });
    await page.getByRole('button', { name: 'Choose a passkey' }).click();
    await page.getByRole('alert').getByText('Wait some minutes').waitFor();
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

test('a security key that somebody had with Authelia signs in, as a second step and as a passkey', {
  skip: needs('chromium', 'nginx', 'openssl'),
}, async () => {
  await using house = await openHouse({ further: 'webauthn:\n  enable_passkey_login: true\n' });
  const { bob } = house.people;
  const rpId = new URL(portal).hostname;
  const made = openAuthenticator({ origin: portal });
  const userHandle = 'h'.repeat(64);
  const credentialId = Buffer.from(made.credentialId, 'base64url').toString('base64');
  const database = join(house.folder, 'authelia.sqlite3');
  await writeAuthelia(database, {
    handles: [{ rpid: rpId, username: 'bob', userid: userHandle }],
    keys: [
      {
        ...{ username: 'bob', rpid: rpId, description: 'Blue key', kid: credentialId, sign_count: 41, discoverable: 1 },
        ...{ attachment: 'cross-platform', attestation_type: 'none', present: 1, public_key: made.publicKey() },
      },
    ],
  });
  const told = house.gatehouse('import', 'authelia', '--database', database, '--encryption-key', autheliaKey);
  assert.match(told, /security keys: 1 taken/);

  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();
  const authenticator = await addAuthenticator(page);
  await authenticator.hold({ credentialId, rpId, privateKey: made.privateKey(), signCount: 41, userHandle });
  await page.goto(`${portal}/sign-in/portal?level=two_factor`);
  await enterPassword(page, bob);
  await page.waitForURL(`${portal}/`);
  await seeText(page, /Hello, /);
  await page.goto(`${portal}/logout`);
  await follow(page, 'Sign out');
  await page.goto(`${portal}/sign-in/portal`);
  await follow(page, 'Sign in with a passkey');
  await follow(page, 'Choose a passkey');
  await page.waitForURL(`${portal}/`);
  await seeText(page, /Hello, /);
  assert.match(house.gatehouse('storage', 'user', 'webauthn', 'list', 'bob'), /Blue key.*accepted/);
});

/** A request on a phone through the whole house, against a server that speaks Duo's protocol. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alicesPhone, alicesTablet, startDuo } from '@gatehouse/testing/duo.ts';
import { assertFitForAll, tabTo } from '@gatehouse/testing/fit-for-all.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { intercept } from '@gatehouse/testing/network.ts';
import { openHouse } from '../house/house.ts';
import { codeFromMail } from '../house/mail.ts';
import {
  decide,
  enterCode,
  enterPassword,
  enterWorkspace,
  follow,
  leadingOn,
  portal,
  seeHome,
  seeText,
  seeTitle,
} from './verbs.ts';

for (const storage of ['sqlite', 'postgres'] as const)
  test(`somebody is asked on their phone, chooses another one, and looks after it in the account, over ${storage}`, {
    skip: needs('chromium', 'nginx', 'openssl', ...(storage === 'postgres' ? (['postgresql'] as const) : [])),
  }, async () => {
    await using duo = await startDuo();
    const { hostname, integrationKey, secretKey } = duo;
    await using house = await openHouse({
      storage,
      further: `theme: auto
default_2fa_method: mobile_push
duo_api:
  hostname: '${hostname}'
  integration_key: '${integrationKey}'
  secret_key: '${secretKey}'
  enable_self_enrollment: true
`,
    });
    const { bob } = house.people;
    const browser = await house.openBrowser();
    const page = await (await browser.newContext()).newPage();
    let mayGoOn = true;
    await intercept(page, /push\/wait$/, (route) => (mayGoOn ? route.continue() : route.abort('aborted')));

    await enterWorkspace(page);
    await enterPassword(page, bob);
    await seeTitle(page, /^Your phone is not known yet/);
    await assertFitForAll(page);
    const introduce = page.getByRole('link', { name: 'Introduce my phone' });
    assert.equal(await introduce.getAttribute('href'), duo.enrollUrl);

    duo.people.set('bob', { result: 'auth', phones: [alicesPhone, alicesTablet] });
    await follow(page, 'Try again');
    await seeTitle(page, /^Choose how we reach you/);
    await assertFitForAll(page);
    await tabTo(page, 'input[name=device]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    // A page that is about to go on holds back whoever looks at it: here it stays until its link is followed.
    mayGoOn = false;
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Check your phone' }).waitFor();
    await seeTitle(page, /^Check your phone/);
    await seeText(page, /We sent a request to Blue phone/);
    await assertFitForAll(page);
    await duo.decide('bob', 'deny');
    mayGoOn = true;
    await follow(page, 'I have approved it');
    await seeText(page, /turned down/);
    await assertFitForAll(page);
    await page.getByRole('button', { name: 'Send a request' }).press('Enter');
    await duo.decide('bob', 'allow');
    await page.waitForURL(/\/consent/);
    await seeTitle(page, /^Allow Leantime/);
    await decide(page, 'accept');
    await seeHome(page, bob);
    assert.match(house.identity().output(), /pwd.{1,5}kba.{1,5}mfa.{1,5}mca/);

    await page.goto(`${portal}/settings/two-factor`);
    await seeText(page, /Blue phone: Approve a request on it/);
    await assertFitForAll(page);
    await follow(page, 'Change');
    await seeTitle(page, /^Choose how we reach you/);
    await assertFitForAll(page);
    await page.getByRole('group', { name: 'Tablet' }).getByLabel('Approve a request on it').check();
    await follow(page, 'Use this one');
    await seeText(page, /Tablet: Approve a request on it/);

    await page.goto(`${portal}/logout`);
    await follow(page, 'Sign out');
    await page.goto(`${portal}/sign-in/portal?level=two_factor`);
    await page.locator('input[name=username]').fill(bob.username);
    await page.locator('input[name=password]').fill(bob.password);
    await page.keyboard.press('Enter');
    const request = await duo.decide('bob', 'allow');
    assert.equal(request.device, alicesTablet.id);
    await page.waitForURL(`${portal}/`);
    await seeText(page, /Hello, /);

    await page.goto(`${portal}/settings/two-factor`);
    await leadingOn(page, () => page.getByRole('button', { name: 'Remove: Request on your phone' }).click());
    await seeTitle(page, /^Check your mail/);
    await enterCode(page, codeFromMail(house.mailPath, 'bob'));
    await seeTitle(page, /^Stop using a phone/);
    await assertFitForAll(page);
    await leadingOn(page, () => page.getByRole('button', { name: 'Stop using it' }).click());
    await seeText(page, /no longer keep which phone/);
    assert.equal(duo.refusedCalls(), 0);
  });

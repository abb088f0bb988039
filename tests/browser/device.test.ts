/** A person lets a device in that has no browser: the pages of it, by keyboard alone and without script. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFitForAll, tabTo } from '@gatehouse/testing/fit-for-all.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { type HouseOptions, openHouse } from '../house/house.ts';
import { HttpPerson } from '../house/http-person.ts';
import { decide, enterFreshCode, enterPassword, freshCode, leadingOn, seeText, seeTitle, submit } from './verbs.ts';

const skip = needs('chromium', 'nginx', 'openssl');
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

const withTelevision: HouseOptions = {
  further: `theme: 'auto'\n`,
  changeClients: (yaml) => `${yaml.trimEnd()}
      - client_id: 'television'
        client_name: 'Television'
        public: true
        grant_types: ['${deviceGrant}']
        scopes: ['openid', 'profile', 'email']
`,
};

type Codes = { readonly device_code: string; readonly user_code: string; readonly verification_uri_complete: string };

/** What the device does, over the port that the proxy would use. */
function openDevice(port: number) {
  const device = new HttpPerson(port);
  const post = async (path: string, form: Record<string, string>) =>
    JSON.parse((await device.post(path, { client_id: 'television', ...form })).body);
  return {
    ask: (): Promise<Codes> => post('/api/oidc/device-authorization', { scope: 'openid profile email' }),
    redeem: ({ device_code }: Codes) => post('/api/oidc/token', { grant_type: deviceGrant, device_code }),
    [Symbol.dispose]: () => device.close(),
  };
}

test('every page between a device and its person is fit for all', { skip }, async () => {
  await using house = await openHouse(withTelevision);
  using device = openDevice(house.identityPort);
  const { alice } = house.people;
  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();

  const codes = await device.ask();
  await page.goto('https://auth.example.com/consent/openid/device-authorization');
  await seeTitle(page, /^Connect a device/);
  await assertFitForAll(page);
  await page.locator('input[name=user_code]').fill('BBBB-BBBB');
  await submit(page, 'input[name=user_code]');
  await seeText(page, /No device is waiting with this code/);
  await assertFitForAll(page);
  await page.goto(codes.verification_uri_complete);
  await seeText(page, /Check that your device shows exactly this code/);
  assert.equal(await page.locator('input[name=user_code]').inputValue(), codes.user_code);
  await assertFitForAll(page);
  await submit(page, 'input[name=user_code]');
  await seeTitle(page, /^Sign in/);
  await seeText(page, /Television/);
  await assertFitForAll(page);
  await enterPassword(page, alice);
  await enterFreshCode(page, alice);
  await seeTitle(page, /^Allow Television/);
  await seeText(page, new RegExp(codes.user_code));
  await seeText(page, /somebody sent you the code/);
  await assertFitForAll(page);
  assert.equal((await device.redeem(codes)).error, 'authorization_pending');
  await decide(page, 'accept');
  await seeTitle(page, /^Device connected/);
  await assertFitForAll(page);
  assert.ok((await device.redeem(codes)).id_token);

  const second = await device.ask();
  await page.goto(second.verification_uri_complete);
  await submit(page, 'input[name=user_code]');
  await seeTitle(page, /^Allow Television/);
  await decide(page, 'deny');
  await seeTitle(page, /^Nothing was allowed/);
  await assertFitForAll(page);
  assert.equal((await device.redeem(second)).error, 'access_denied');
});

test('without script a person lets a device in', { skip }, async () => {
  await using house = await openHouse(withTelevision);
  using device = openDevice(house.identityPort);
  const { alice } = house.people;
  const browser = await house.openBrowser();
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();

  const codes = await device.ask();
  await page.goto(codes.verification_uri_complete);
  assert.equal(await page.locator('script').count(), 0);
  await submit(page, 'input[name=user_code]');
  await enterPassword(page, alice);
  await enterFreshCode(page, alice);
  await decide(page, 'accept');
  await seeTitle(page, /^Device connected/);
  assert.ok((await device.redeem(codes)).access_token);
});

test('the keyboard alone lets a device in', { skip }, async () => {
  await using house = await openHouse(withTelevision);
  using device = openDevice(house.identityPort);
  const { alice } = house.people;
  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();
  const { keyboard } = page;

  const codes = await device.ask();
  await page.goto('https://auth.example.com/consent/openid/device-authorization');
  await tabTo(page, 'input[name=user_code]');
  await keyboard.type(codes.user_code.replace('-', '').toLowerCase());
  await leadingOn(page, () => keyboard.press('Enter'));
  await tabTo(page, 'input[name=username]');
  await keyboard.type(alice.username);
  await tabTo(page, 'input[name=password]');
  await keyboard.type(alice.password);
  await leadingOn(page, () => keyboard.press('Enter'));
  await tabTo(page, 'input[name=code]');
  await keyboard.type(freshCode(alice));
  await leadingOn(page, () => keyboard.press('Enter'));
  await tabTo(page, 'button[value=accept]');
  await leadingOn(page, () => keyboard.press('Enter'));
  await seeTitle(page, /^Device connected/);
});

/** Security keys in Chromium, with its virtual authenticator: added, renamed and removed, in every theme and on every screen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { assertFitForAll } from '@gatehouse/testing/fit-for-all.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { addAuthenticator } from '@gatehouse/testing/virtual-authenticator.ts';
import { codeFromMail, openHouse } from './house.suite.ts';

test('a key is added, renamed and removed, each told by mail, on pages that are fit for all', {
  skip: needs('chromium'),
}, async () => {
  await using house = await openHouse();
  await using browser = await openChromium();
  const page = await (await browser.newContext()).newPage();
  await addAuthenticator(page);
  await page.goto(`${house.origin}/begin/one`);
  await page.goto(`${house.origin}/settings/two-factor?then=/session`);
  await assertFitForAll(page);
  await page.getByRole('button', { name: 'Add a key' }).click();
  await page.getByLabel('Code from the mail').fill(await codeFromMail(house));
  await page.keyboard.press('Enter');
  await page.getByLabel('Name of the key').fill('Blue key');
  await assertFitForAll(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(/done/);
  await assertFitForAll(page);
  assert.match(await house.lastMail(), /A security key was added[\s\S]*Key: Blue key/);
  await page.getByRole('link', { name: 'Continue' }).click();
  assert.equal(new URL(page.url()).pathname, '/session');

  await page.goto(`${house.origin}/settings/two-factor`);
  await page.getByRole('button', { name: 'Add a key' }).click();
  // Its script is there with the whole page.
  await page.waitForLoadState();
  await page.getByLabel('Name of the key').fill('Again');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'one of yours already' }).waitFor();
  await assertFitForAll(page);

  await page.goto(`${house.origin}/settings/two-factor`);
  await assertFitForAll(page);
  await page.getByRole('button', { name: 'Change Blue key' }).click();
  await assertFitForAll(page);
  await page.getByLabel('Name').fill('Green key');
  await page.keyboard.press('Enter');
  await page.getByText('The key has its new name').waitFor();
  await page.getByRole('button', { name: 'Change Green key' }).click();
  await page.getByRole('button', { name: 'Remove this key' }).click();
  await page.getByText('The key was removed').waitFor();
  assert.match(await house.lastMail(), /A security key was removed[\s\S]*Key: Green key/);
  assert.deepEqual(await house.webauthn.listOf('alice', 'auth.localhost'), []);
});

test('without script the page of a new key says what is missing, and nothing is added', {
  skip: needs('chromium'),
}, async () => {
  await using house = await openHouse({ elevatedSession: { skipSecondFactor: true } });
  await using browser = await openChromium();
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(`${house.origin}/begin/two`);
  await page.goto(`${house.origin}/settings/two-factor/security-key/new`);
  await page.getByLabel('Name of the key').fill('Blue key');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').filter({ hasText: 'Security keys need JavaScript' }).waitFor();
  assert.deepEqual(await house.webauthn.listOf('alice', 'auth.localhost'), []);
});

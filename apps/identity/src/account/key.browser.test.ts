/** Security keys in Chromium, with its virtual authenticator: added, renamed and removed, in both themes and on a small screen. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { addAuthenticator } from '@gatehouse/testing/virtual-authenticator.ts';
import { codeFromMail, openHouse } from './house.suite.ts';

const pictures = process.env.PICTURES_FOLDER;

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 360],
] as const)
  test(`a key is added, renamed and removed, each told by mail, ${colorScheme}, ${width} pixels wide`, {
    skip: needs('chromium'),
  }, async () => {
    await using house = await openHouse();
    await using browser = await openChromium();
    const page = await (await browser.newContext({ colorScheme, viewport: { width, height: 800 } })).newPage();
    await addAuthenticator(page);
    const look = async (name: string): Promise<void> => {
      await assertAccessible(page);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      assert.ok(Number(overflow) <= 0, `${name} is wider than the screen`);
      if (!pictures) return;
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: `${pictures}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    };
    await page.goto(`${house.origin}/begin/one`);
    await page.goto(`${house.origin}/settings/two-factor?then=/session`);
    await look('keys-none');
    await page.getByRole('button', { name: 'Add a key' }).click();
    await page.getByLabel('Code from the mail').fill(await codeFromMail(house));
    await page.keyboard.press('Enter');
    await page.getByLabel('Name of the key').fill('Blue key');
    await look('key-new');
    await page.keyboard.press('Enter');
    await page.waitForURL(/done/);
    await look('key-done');
    assert.match(await house.lastMail(), /A security key was added[\s\S]*Key: Blue key/);
    await page.getByRole('link', { name: 'Continue' }).click();
    assert.equal(new URL(page.url()).pathname, '/session');

    await page.goto(`${house.origin}/settings/two-factor`);
    await page.getByRole('button', { name: 'Add a key' }).click();
    await page.getByLabel('Name of the key').fill('Again');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'one of yours already' }).waitFor();
    await look('key-known');

    await page.goto(`${house.origin}/settings/two-factor`);
    await look('keys');
    await page.getByRole('button', { name: 'Change Blue key' }).click();
    await look('key-change');
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

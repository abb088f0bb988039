/** Tokens and the calendar's address in a real browser: made, shown once, taken back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { arrived, holdBack, openHouse, saved } from '../api/house.testing.ts';

const skip = needs('chromium');

for (const [width, colorScheme] of [
  [1280, 'light'],
  [360, 'dark'],
] as const)
  test(`a token is made, shown once and revoked; so is the calendar’s address, at ${width} px, ${colorScheme}`, {
    skip,
  }, async () => {
    await using house = await openHouse();
    const page = await house.visit(await house.addPerson('Alice Example', 20), '/settings/tokens', width);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await saved(page, () => page.getByRole('button', { name: 'Make an address' }).click());
    const address = await page.getByRole('textbox', { name: /Address for your calendar/ }).inputValue();
    assert.match(address, /\/calendar\/ical\/[\w-]{43}\.ics$/);
    await page.getByRole('textbox', { name: 'Name' }).fill('Backup script');
    await page.getByRole('checkbox', { name: /^Write/ }).check();
    await saved(page, () => page.getByRole('button', { name: 'Make a token' }).click());
    const secret = await page.getByRole('textbox', { name: /Your new token/ }).inputValue();
    assert.match(secret, /^gatehouse_/);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy Your new token' }).click();
    await page.getByText('Copied.').waitFor();
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), secret);
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error("refused"))');
    await page.getByRole('button', { name: 'Copy Address for your calendar' }).click();
    await page.getByText('Your browser did not let it be copied.').waitFor();
    await page.getByText('reads, writes').waitFor();
    await page.getByText('Not used yet').waitFor();
    await assertAccessible(page);
    const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    await page.reload();
    await page.getByText('There is an address.').waitFor();
    assert.ok(!(await page.content()).includes(secret));
    await saved(page, () => page.getByRole('button', { name: 'Revoke Backup script' }).click());
    await page.getByText('There are no tokens.').waitFor();
    assert.deepEqual(house.complaints, []);
  });

test('who makes tokens by keys keeps the cursor while one is made, and makes one only once', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/settings/tokens');
  const act = page.getByRole('button', { name: 'Make a token' });
  await page.getByRole('textbox', { name: 'Name' }).fill('Backup script');
  const arrive = await holdBack(page, '**/tokens', 'POST');
  let asked = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') asked += 1;
  });
  await act.press('Enter');
  await page.locator('form button[aria-disabled=true]').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await arrived(page, arrive);
  await page.getByRole('textbox', { name: /Your new token/ }).waitFor();
  assert.equal(await page.evaluate('document.activeElement.innerText'), 'Make a token');
  await page.getByRole('button', { name: 'Revoke Backup script' }).waitFor();
  assert.equal(asked, 1);
  assert.deepEqual(house.complaints, []);
});

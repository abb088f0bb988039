/** Notifications in a real browser: the count comes by itself, the list leads to the to-do, choices are kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

test('who is given a to-do sees the count rise, opens the to-do from the list, and the count falls', {
  skip,
}, async () => {
  await using house = await openHouse();
  const bob = await house.addPerson('Bob Builder', 30);
  const alices = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(alices);
  await addTo(alices, 'New', 'Water the plants');
  const bobs = await house.visit(bob, '/dashboard/home');
  await alices.locator('.card').click();
  await alices.getByRole('button', { name: /^Given to/ }).click();
  await saved(alices, () => alices.getByRole('menuitemcheckbox', { name: 'Bob Builder' }).click());
  await bobs.getByRole('link', { name: /Notifications.*1 unread/ }).click();
  await bobs.getByRole('link', { name: /Alice Example gave you “Water the plants”/ }).click();
  await bobs.waitForURL('**/p/ALI/t/1');
  await bobs.getByRole('button', { name: 'Close' }).click();
  await bobs.waitForURL('**/notifications');
  await bobs.getByText('1 unread').waitFor({ state: 'detached' });
  assert.deepEqual(house.complaints, []);
});

for (const width of [1280, 360])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`notifications and their settings are accessible and fit at ${width} px, ${colorScheme}`, {
      skip,
    }, async () => {
      await using house = await openHouse();
      const alice = await house.addPerson('Alice Example', 20);
      const bobs = await house.visit(await house.addPerson('Bob Builder', 30), '/', 1280);
      await bobs.getByRole('button', { name: 'Start “Bob’s to-dos”' }).click();
      await bobs.waitForURL('**/p/BOB/board');
      await addTo(bobs, 'New', 'Water the plants');
      await bobs.request.put(new URL('/api/v1/projects/BOB/members/alice', bobs.url()).href, {
        data: { role: null },
        headers: { origin: new URL(bobs.url()).origin },
      });
      const page = await house.visit(alice, '/notifications', width);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.getByText('let you into').waitFor();
      await assertAccessible(page);
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByRole('combobox', { name: 'A to-do of mine is due' }).selectOption('none');
      await page.getByRole('checkbox', { name: 'Bob’s to-dos' }).check();
      await assertAccessible(page);
      const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      await page.reload();
      await page.getByRole('heading', { name: 'Silent projects' }).waitFor();
      assert.equal(await page.getByRole('combobox', { name: 'A to-do of mine is due' }).inputValue(), 'none');
      assert.ok(await page.getByRole('checkbox', { name: 'Bob’s to-dos' }).isChecked());
    });

/** Finding things in a real browser: the palette by keyboard alone, the page of what was found, on a phone, in both themes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { intercept } from '@gatehouse/testing/network.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import { addTo, openHouse, openPalette, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

test('the palette leads by keys alone to a to-do, to a page and to a new to-do, in both themes', { skip }, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/dashboard/home');
  await startOwnProject(page);
  await addTo(page, 'New', 'Print the café menu', 'Paint chairs');

  const palette = await openPalette(page);
  await page.keyboard.type('cafe me');
  await palette.getByRole('menuitem', { name: 'Print the café menu' }).waitFor();
  await assertAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await assertAccessible(page);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/p/ALI/t/1');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/p/ALI/board');
  // The address is there before the page is: until then the keys are the dialog's.
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await openPalette(page);
  await page.keyboard.type('home');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dashboard/home');

  await openPalette(page);
  await page.keyboard.type('new to');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'New to-do' }).waitFor();
  await palette.waitFor({ state: 'detached' });
  assert.deepEqual(house.complaints, []);
});

test('all that was found stands on a page with its own address, also on a phone', { skip }, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/dashboard/home');
  await startOwnProject(page);
  await addTo(page, 'New', 'Print the menu', 'Translate the menu');
  const phone = await house.visit(alice, '/search?q=menu', 360);
  await phone.getByText('2 things found').waitFor();
  await assertAccessible(phone);
  assert.equal(await phone.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), true);
  await phone.getByRole('searchbox').fill('translate');
  await phone.getByText('1 thing found').waitFor();
  await phone.getByRole('link', { name: 'Translate the menu' }).click();
  await phone.waitForURL('**/p/ALI/t/2');
  await phone.getByRole('dialog').waitFor();
  await phone.keyboard.press('Escape');
  await phone.getByRole('searchbox').waitFor();
  await becomes(() => phone.getByRole('searchbox').inputValue(), 'translate');
  await phone.getByRole('searchbox').fill('zebra');
  await phone.getByText('Nothing was found.').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('the palette leads to every page of the project on the screen, to every setting, and out', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  for (const [typed, name, address] of [
    ['files', 'Files of this project', '**/p/ALI/files'],
    ['trash', 'Trash of this project', '**/p/ALI/trash'],
    ['settings', 'Settings of this project', '**/p/ALI/settings'],
    ['settings', 'Notification settings', '**/settings/notifications'],
    ['calendar', 'Tokens and calendar', '**/settings/tokens'],
  ] as const) {
    const palette = await openPalette(page);
    await page.keyboard.type(typed);
    await palette.getByRole('menuitem', { name }).click();
    await page.waitForURL(address);
    await palette.waitFor({ state: 'detached' });
  }
  const palette = await openPalette(page);
  await page.keyboard.type('sign out');
  const asked = page.waitForRequest('**/auth/logout');
  await palette.getByRole('button', { name: 'Sign out' }).click();
  assert.equal((await asked).method(), 'POST');
});

test('the way out is chosen by nobody by accident, and asks before it throws away what was begun', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await page.keyboard.press('c');
  await page.getByRole('dialog', { name: 'New to-do' }).getByRole('textbox', { name: 'Title' }).fill('Sign the lease');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await intercept(page, '**/search?*', () => undefined);
  const palette = await openPalette(page);
  const wayOut = palette.getByRole('button', { name: 'Sign out' });
  await page.keyboard.type('sign');
  await palette.getByText('Looking…').waitFor();
  await page.keyboard.press('Enter');
  await wayOut.waitFor();
  await assertAccessible(page);
  await page.keyboard.press('Tab');
  await wayOut.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Sign out?' });
  await question.waitFor();
  await assertAccessible(page);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /Alice Example/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const asked = page.waitForRequest('**/auth/logout');
  await question.getByRole('button', { name: 'Sign out' }).click();
  await asked;
});

test('keys do what they do with Caps Lock too', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  // A capital without Shift, as a keyboard with Caps Lock sends it.
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog', { name: 'Go to, find or do' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('C');
  await page.getByRole('dialog', { name: 'New to-do' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('G');
  await page.keyboard.press('L');
  await page.waitForURL('**/p/ALI/list');
  assert.deepEqual(house.complaints, []);
});

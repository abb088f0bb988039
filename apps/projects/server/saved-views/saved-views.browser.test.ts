/** Saved views in a browser: kept by keys, shared by a link, what a page begins with, on a wide screen and a narrow one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { menuTakesKeys } from '@gatehouse/testing/keyboard.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

const pick = (page: Page) => page.locator('.view-pick');
const choose = async (page: Page, role: 'menuitem' | 'menuitemradio', name: string | RegExp): Promise<void> => {
  await pick(page).click();
  await page.getByRole(role, { name }).click();
};
const titles = (page: Page) => page.locator('.cell-title a').allInnerTexts();

/** By keys alone. */
async function saveView(page: Page, name: string, isShared: boolean): Promise<void> {
  await pick(page).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /^Save/ }).waitFor();
  await menuTakesKeys(page);
  await page.keyboard.type('Save');
  await page.getByRole('menuitem', { name: /^Save/ }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Save as a view' }).waitFor();
  await page.keyboard.type(name);
  if (isShared) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
  }
  await saved(page, () => page.keyboard.press('Enter'));
  await pick(page).getByText(name, { exact: true }).waitFor();
}

test('a view is saved by keys, told as changed, replaced, shared by its link, begun with, and deleted', {
  skip,
}, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 30);
  const page = await house.visit(alice, '/');
  await startOwnProject(page);
  await page.getByRole('button', { name: 'Add to New' }).click();
  const field = page.getByRole('textbox', { name: 'New to-do in New' });
  for (const line of ['Pay the invoice !1', 'Fold the cards !3', 'Water the plants']) {
    await field.fill(line);
    await saved(page, () => field.press('Enter'));
  }
  await page.goto(new URL('/p/ALI/table?q=in&sort=title', page.url()).href);
  await page.getByText('1 of 3').waitFor();
  await saveView(page, 'Invoices', true);
  assert.match(new URL(page.url()).search, /^\?view=[\w-]+$/);
  const link = page.url();

  await page.getByRole('searchbox', { name: 'Find in this project' }).fill('the');
  await pick(page).getByText('changed').waitFor();
  await becomes(() => titles(page), ['Fold the cards', 'Pay the invoice', 'Water the plants']);
  await saved(page, () => choose(page, 'menuitem', 'Replace “Invoices” with this'));
  await pick(page).getByText('changed').waitFor({ state: 'detached' });

  const bob = await house.visit(
    await house.addPerson('Bob Builder', 30),
    new URL(link).pathname + new URL(link).search,
    360,
  );
  await bob.locator('.view-pick', { hasText: 'Invoices' }).waitFor();
  await becomes(() => titles(bob), ['Fold the cards', 'Pay the invoice', 'Water the plants']);
  await bob.getByRole('button', { name: 'Filter' }).click();
  await bob.getByRole('button', { name: 'Priority' }).first().click();
  await bob.getByRole('menuitemcheckbox', { name: 'Critical' }).click();
  await bob.keyboard.press('Escape');
  await bob.getByRole('menu').waitFor({ state: 'detached' });
  await saveView(bob, 'Mine', false);
  await saved(bob, () => choose(bob, 'menuitem', 'Begin with it here'));
  await bob.goto(new URL('/p/ALI/table', bob.url()).href);
  await bob.locator('.view-pick', { hasText: 'Mine' }).waitFor();
  await becomes(() => titles(bob), ['Pay the invoice']);
  await pick(bob).click();
  await bob.getByRole('menuitemradio', { name: 'Mine Table, begins with it' }).waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await bob.emulateMedia({ colorScheme });
    await assertAccessible(bob);
  }
  assert.ok(await bob.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'));
  await bob.getByRole('menuitemradio', { name: 'Everything' }).click();
  await bob.waitForURL('**/p/ALI/table?view=all');
  await pick(bob).getByText('Everything').waitFor();
  await becomes(async () => (await titles(bob)).length, 3);

  await pick(page).click();
  assert.equal(await page.getByRole('menuitemradio', { name: /Mine/ }).count(), 0, 'it is Bob’s alone');
  await saved(page, () => page.getByRole('menuitem', { name: 'Delete the view' }).click());
  await page.getByText('Deleted: Invoices').waitFor();
  await page.waitForURL('**/p/ALI/table');
  await saved(page, () => page.getByRole('button', { name: 'Undo' }).click());
  await choose(page, 'menuitemradio', /Invoices/);
  await pick(page).getByText('Invoices').waitFor();
  assert.deepEqual(house.complaints, []);
});

/** How the workspace looks and speaks, chosen in a real browser: seen at once, there after loading again, fit for all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { until } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

/** Clicked rather than checked: what shows as chosen follows with the next frame. */
const choose = (page: Page, question: string, answer: string): Promise<void> =>
  saved(page, () =>
    page.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true }).click(),
  );

const fits = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');

test('each choice is seen at once and holds in another browser from the first byte', { skip }, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/settings/appearance');
  const styleOf = (property: string): Promise<string> =>
    page.evaluate(`getComputedStyle(document.body).getPropertyValue('${property}')`);
  const usual = await styleOf('letter-spacing');
  await choose(page, 'Theme', 'Dark');
  await choose(page, 'Letters', 'Atkinson Hyperlegible, easier to tell apart');
  await choose(page, 'Room between letters, words and lines', 'Wide');
  await choose(page, 'How much is shown', 'Quiet');
  const isSo = async () => /^"Atkinson Hyperlegible Next"/.test(await styleOf('font-family'));
  await until('the other letters', isSo);
  await until('the other room', async () => (await styleOf('letter-spacing')) !== usual);
  await assertAccessible(page);

  const elsewhere = await house.visit(alice, '/', 360);
  await startOwnProject(elsewhere);
  await addTo(elsewhere, 'New', 'Water the plants');
  assert.deepEqual(await elsewhere.locator('html').evaluate((root) => ({ ...root.dataset })), {
    theme: 'dark',
    typeface: 'legible',
    spacing: 'wide',
    density: 'quiet',
  });
  assert.ok(await fits(elsewhere));
  await assertAccessible(elsewhere);
  await elsewhere.goto(new URL('/settings/appearance', elsewhere.url()).href);
  await elsewhere.getByRole('radio', { name: 'Quiet' }).waitFor();
  assert.ok(await fits(elsewhere));
  assert.deepEqual(house.complaints, []);
});

test('keys of a single letter or sign can be switched off, for whoever speaks to the computer', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants');
  await page.goto(new URL('/settings/appearance', page.url()).href);
  await choose(page, 'Keys of a single letter or sign', 'Off');
  await page.locator('html[data-keys=none]').waitFor();
  await page.locator('body').press('c');
  await page.locator('body').press('?');
  // Those that no speech sets off work as they did, and the list names no other.
  await page.locator('body').press('Control+k');
  await page.getByRole('dialog').waitFor();
  assert.equal(await page.getByRole('dialog').count(), 1);
  await page.keyboard.type('Keyboard');
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Enter');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await list.getByText('Keys of a single letter or sign are switched off.').waitFor();
  const keys = await list.locator('kbd').allInnerTexts();
  for (const off of ['c', 'g', '/', '?', 'j', 'x']) assert.ok(!keys.includes(off), `${off} is in the list`);
  assert.ok(keys.includes('Ctrl') && keys.includes('Esc'));
  await assertAccessible(page);
  await list.getByRole('link', { name: 'Language and appearance' }).click();
  await list.waitFor({ state: 'detached' });

  // It holds after loading again, also where one thing stands alone.
  await page.goto(new URL('/focus/ALI/1', page.url()).href);
  await page.getByRole('button', { name: 'Later' }).waitFor();
  assert.deepEqual(await page.locator('kbd').allInnerTexts(), ['Esc']);
  await page.keyboard.press('l');
  await page.keyboard.press('Escape');
  await page.waitForURL('**/dashboard/home');

  await page.goto(new URL('/settings/appearance', page.url()).href);
  await choose(page, 'Keys of a single letter or sign', 'On');
  await page.locator('html:not([data-keys])').waitFor();
  await page.locator('body').press('?');
  await list.getByText('Keys of a single letter or sign can be switched off').waitFor();
  assert.ok((await list.locator('kbd').allInnerTexts()).includes('j'));
  assert.deepEqual(house.complaints, []);
});

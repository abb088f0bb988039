/** What is written is sent once, whole and as it stood when it was sent, however long the server takes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { intercept } from '@gatehouse/testing/network.ts';
import type { Page } from 'playwright-core';
import { addTo, arrived, holdBack, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function openSetting() {
  const house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants');
  return { house, page };
}

const comment = (page: Page) => page.getByRole('textbox', { name: 'New comment' });
const busyForm = (page: Page) => page.locator('form[aria-busy=true]');

test('a comment that is on its way takes no more words, and the next one begins empty', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await page.locator('.card').click();
  const arrive = await holdBack(page, '**/comments', 'POST');
  await comment(page).click();
  await page.keyboard.type('The printer wants');
  await page.keyboard.press('Control+Enter');
  await busyForm(page).waitFor();
  await page.keyboard.type(' two days.');
  assert.equal((await comment(page).innerText()).trim(), 'The printer wants');
  assert.equal(await comment(page).getAttribute('aria-readonly'), 'true');
  await assertAccessible(page);
  await arrived(page, arrive);
  await busyForm(page).waitFor({ state: 'detached' });
  await page.locator('.comment', { hasText: 'The printer wants' }).waitFor();
  await comment(page).click();
  await page.keyboard.type('Two days.');
  await saved(page, () => page.keyboard.press('Control+Enter'));
  await page.locator('.comment', { hasText: 'Two days.' }).waitFor();
  const bodies = await page.locator('.comment .rich').allInnerTexts();
  assert.deepEqual(bodies.map((body) => body.trim()).toSorted(), ['The printer wants', 'Two days.']);
});

test('a comment that could not be sent is written on where it stands', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await page.locator('.card').click();
  await comment(page).click();
  await page.keyboard.type('The printer wants');
  await intercept(page, '**/comments', (route) => route.fulfill({ status: 422, json: {} }));
  await page.keyboard.press('Control+Enter');
  await page.locator('.toast').waitFor();
  await page.unroute('**/comments');
  await page.keyboard.type(' two days.');
  await saved(page, () => page.keyboard.press('Control+Enter'));
  await page.locator('.comment', { hasText: 'The printer wants two days.' }).waitFor();
});

test('all that was typed is sent, however soon the keys that send follow', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await page.locator('.card').click();
  await comment(page).click();
  await saved(page, () =>
    page.evaluate(`
      document.execCommand('insertText', false, 'The printer wants');
      document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }),
      );
    `),
  );
  await page.locator('.comment', { hasText: 'The printer wants' }).waitFor();
});

test('a new to-do that is on its way takes no more words, and leaves no draft to be made twice', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  const arrive = await holdBack(page, '**/to-dos', 'POST');
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Title' }).fill('Call mum @alice');
  await page.getByRole('button', { name: 'Make to-do' }).click();
  await busyForm(page).waitFor();
  await page.getByRole('textbox', { name: 'Description' }).click();
  await page.keyboard.type('About the garden');
  assert.equal(await page.getByRole('textbox', { name: 'Description' }).inputValue(), '');
  await assertAccessible(page);
  await arrived(page, arrive);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.card', { hasText: 'Call mum' }).waitFor();
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Title' }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Title' }).inputValue(), '');
  assert.equal(await page.getByText('You began this earlier.').count(), 0);
  assert.deepEqual(house.complaints, []);
});

test('a new to-do that was closed while it was sent leaves the next one alone', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  const title = page.getByRole('textbox', { name: 'Title' });
  const arrive = await holdBack(page, '**/to-dos', 'POST');
  await page.keyboard.press('c');
  await title.fill('Call mum');
  await page.getByRole('button', { name: 'Make to-do' }).click();
  await busyForm(page).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('c');
  await title.fill('Call dad');
  await arrived(page, arrive);
  await page.locator('.card', { hasText: 'Call mum' }).waitFor();
  assert.equal(await title.inputValue(), 'Call dad');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('c');
  assert.equal(await title.inputValue(), 'Call dad', 'as it was begun');
  assert.deepEqual(house.complaints, []);
});

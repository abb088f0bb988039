/** The views of a project in a browser: one line that says everything, lanes, table, several at once, keys. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Page } from 'playwright-core';
import { openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function openBoard(page: Page): Promise<void> {
  await startOwnProject(page);
  await page.getByRole('button', { name: 'Add to New' }).click();
  const field = page.getByRole('textbox', { name: 'New to-do in New' });
  for (const line of [
    'Pay the invoice !1 #billing ~2h',
    'Fold the cards !3 @alice',
    'Water the plants',
    'Call the printer !1 ~30m',
  ]) {
    await field.fill(line);
    await saved(page, () => field.press('Enter'));
  }
  await field.press('Escape');
}

const lane = (page: Page, name: string) => page.locator(`.lane[aria-label="${name}"]`);

test('one line makes a whole to-do, and shows what it understood before', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await page.getByRole('button', { name: 'Add to New' }).click();
  await page.getByRole('textbox', { name: 'New to-do in New' }).fill('Pay invoice !1 @alice #billing ~2h tomorrow');
  assert.deepEqual(
    (await page.locator('.understood > span').allInnerTexts()).map((text) => text.trim()),
    ['Tomorrow', 'Critical', 'Alice Example', '#billing', '2 h planned'],
  );
  await saved(page, () => page.keyboard.press('Enter'));
  const card = page.locator('.card', { hasText: 'Pay invoice' });
  assert.equal(await card.locator('.card-title').innerText(), 'Pay invoice');
  await page.goto(new URL('/p/ALI/table?columns=priority,people,due,tags,planned', page.url()).href);
  const row = page.locator('.table-row');
  assert.match(await row.innerText(), /ALI-1\s+Pay invoice\s+.*Critical\s+.*Alice Example\s+.*Tomorrow\s+billing/s);
  assert.equal(await row.getByRole('textbox', { name: 'Hours' }).inputValue(), '2');
  assert.deepEqual(house.complaints, []);
});

test('the board in lanes: a card put into another lane takes what the lane stands for', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openBoard(page);
  await page.getByRole('button', { name: 'Group by' }).click();
  await page.getByRole('menuitemradio', { name: 'Priority' }).click();
  await lane(page, 'Critical').waitFor();
  assert.equal(new URL(page.url()).search, '?group=priority');
  assert.deepEqual(await lane(page, 'Critical').locator('.card-title').allInnerTexts(), [
    'Pay the invoice',
    'Call the printer',
  ]);
  const printer = page.locator('.card', { hasText: 'Call the printer' });
  await saved(page, () => printer.dragTo(lane(page, 'High').locator('.lane-cell').nth(2)));
  await lane(page, 'High').locator('.lane-cell').nth(2).getByText('Call the printer').waitFor();
  await page.reload();
  await lane(page, 'High').locator('.lane-cell').nth(2).getByText('Call the printer').waitFor();
  await printer.click();
  await page.waitForURL('**/p/ALI/t/4');
  await page.getByRole('button', { name: 'Priority: High' }).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.waitForURL('**/p/ALI/board?group=priority');
  assert.deepEqual(house.complaints, []);
});

test('several are selected by keys and changed at once, and one undo brings all of them back', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openBoard(page);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  const bar = page.getByRole('toolbar', { name: 'Selected cards' });
  await bar.getByText('2 selected').waitFor();
  await bar.getByRole('button', { name: 'Status' }).click();
  await saved(page, () => page.getByRole('menuitemradio', { name: 'In progress' }).click());
  await page.getByText('2 to-dos changed.').waitFor();
  await page.locator('.column', { hasText: 'In progress' }).getByText('Pay the invoice').waitFor();
  assert.deepEqual(await house.seeBoard(page), {
    New: ['Fold the cards', 'Call the printer'],
    'In progress': ['Pay the invoice', 'Water the plants'],
  });
  await saved(page, () => page.getByRole('button', { name: 'Undo' }).click());
  await page.locator('.column', { hasText: 'New' }).first().getByText('Pay the invoice').waitFor();
  assert.deepEqual(Object.keys(await house.seeBoard(page)), ['New']);
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  assert.deepEqual(house.complaints, []);
});

test('a table is sorted, filtered, grouped and summed, and its address shows the same again', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openBoard(page);
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.waitForURL('**/p/ALI/table');
  const titles = () => page.locator('.cell-title a').allInnerTexts();
  await page.getByRole('button', { name: 'Title', exact: true }).click();
  await page.locator('th[aria-sort="ascending"]').waitFor();
  assert.deepEqual(await titles(), ['Call the printer', 'Fold the cards', 'Pay the invoice', 'Water the plants']);
  await page.getByRole('button', { name: 'Title', exact: true }).click();
  await page.locator('th[aria-sort="descending"]').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('in');
  await page.getByText('2 of 4').waitFor();
  assert.deepEqual(await titles(), ['Pay the invoice', 'Call the printer']);
  assert.match(await page.locator('.table tfoot').innerText(), /2 to-dos.*2.5 h/s);
  await page.reload();
  await page.getByText('2 of 4').waitFor();
  assert.deepEqual(await titles(), ['Pay the invoice', 'Call the printer']);
  const hours = page.locator('.table-row').first().getByRole('textbox', { name: 'Hours' });
  await hours.fill('3,5');
  await saved(page, () => hours.press('Enter'));
  await page.locator('.table tfoot', { hasText: '4 h' }).waitFor();
  assert.deepEqual(house.complaints, []);
});

/** A day by keyboard alone: from home to the board and back, and everything that is done there, without a pointer once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focused, menuTakesKeys, press, tabTo } from '@gatehouse/testing/keyboard.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import { openHouse, openPalette, pressWhileHolding, saved } from './house.testing.ts';

const skip = needs('chromium');

test('a whole day is done by keyboard alone, and every key that was used is in the list that ? shows', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await house.addPerson('Bob Builder', 20);
  await page.getByRole('button', { name: 'Start “Alice’s to-dos”' }).waitFor();

  // The first project, then home and back to the board.
  await tabTo(page, /^Start “Alice’s to-dos”/);
  await press(page, 'Enter');
  await page.waitForURL('**/p/ALI/board');
  await page.getByRole('button', { name: 'Add to New' }).waitFor();
  await press(page, 'g', 'h');
  await page.waitForURL('**/dashboard/home');
  await openPalette(page);
  await page.keyboard.type('Alice’s');
  await page.getByRole('menuitem', { name: 'Alice’s to-dos' }).waitFor();
  await press(page, 'Enter');
  await page.waitForURL('**/p/ALI/board');

  // Three cards: one by the dialog, two by the line in the column.
  await press(page, 'c');
  await page.getByRole('textbox', { name: 'Title' }).waitFor();
  await page.keyboard.type('Water the plants');
  await saved(page, () => press(page, 'Enter'));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await tabTo(page, /^Add to New$/);
  await press(page, 'Enter');
  for (const title of ['Call the printer', 'Order paper']) {
    await page.keyboard.type(title);
    await saved(page, () => press(page, 'Enter'));
  }
  await press(page, 'Escape');
  await page.locator('.card-title', { hasText: 'Order paper' }).waitFor();

  // Opened, and every field changed.
  await press(page, 'j', 'Enter');
  await page.waitForURL('**/p/ALI/t/1');
  await page.getByText('made this to-do').waitFor();
  await tabTo(page, /^Title$/);
  await press(page, 'Control+a');
  await page.keyboard.type('Water the ferns');
  await saved(page, () => press(page, 'Enter'));
  await tabTo(page, /^Description$/);
  await page.keyboard.type('Twice a week.');
  await saved(page, () => press(page, 'Tab'));
  await tabTo(page, /^Given to:/);
  await press(page, 'Enter');
  await menuTakesKeys(page);
  await saved(page, () => press(page, 'Space'));
  await press(page, 'Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await tabTo(page, /^Due:/);
  await press(page, 'Enter');
  await page.getByRole('dialog', { name: 'Due date' }).waitFor();
  await tabTo(page, /^Tomorrow/);
  await saved(page, () => press(page, 'Enter'));
  await tabTo(page, /^Add a tag$/);
  await page.keyboard.type('garden');
  await saved(page, () => press(page, 'Enter'));
  await tabTo(page, /^New comment$/);
  await page.keyboard.type('The ferns look thirsty.');
  await saved(page, () => press(page, 'Control+Enter'));
  await page.getByRole('article', { name: 'Comment of Alice Example' }).waitFor();
  // The next one can be written at once.
  await page.getByRole('textbox', { name: 'New comment' }).and(page.locator(':focus')).waitFor();
  await press(page, 'Escape');
  await page.waitForURL('**/p/ALI/board');
  const card = page.locator('.card', { hasText: 'Water the ferns' });
  await card.getByText('garden').waitFor();
  await card.getByText('Tomorrow').waitFor();

  // Into another column: picked up at its handle, put down where the page says it would go. Closing led back to the card.
  await card.and(page.locator(':focus')).waitFor();
  await press(page, 'ArrowRight');
  await becomes(() => focused(page), 'Move this card');
  await pressWhileHolding(page, 'Enter');
  const said: string[] = [];
  while (!/In progress/.test(said.at(-1) ?? '') && said.length < 20) {
    await pressWhileHolding(page, 'Tab');
    said.push(await focused(page));
  }
  await saved(page, () => press(page, 'Enter'));
  await page.getByRole('grid', { name: 'In progress' }).locator('.card', { hasText: 'Water the ferns' }).waitFor();

  // Two at once: the two before the one that was put down.
  await card.and(page.locator(':focus')).waitFor();
  await press(page, 'k', 'x', 'k', 'x');
  await page.getByText('2 selected').waitFor();
  await tabTo(page, /^Status:/);
  await press(page, 'ArrowRight', 'Enter');
  await page.getByRole('menu', { name: 'Priority' }).waitFor();
  await menuTakesKeys(page);
  await page.keyboard.type('High');
  await page.getByRole('menuitemradio', { name: 'High' }).and(page.locator(':focus')).waitFor();
  await saved(page, () => press(page, 'Enter'));
  await page.locator('.card').getByText('High').nth(1).waitFor();
  await press(page, 'Escape');
  await page.getByText('2 selected').waitFor({ state: 'detached' });

  // Found again, in the project and everywhere.
  await press(page, '/');
  await page.keyboard.type('printer');
  await page.locator('.card', { hasText: 'Order paper' }).waitFor({ state: 'detached' });
  await press(page, 'Control+a', 'Delete', 'Escape');
  await openPalette(page);
  await page.keyboard.type('thirsty');
  await page
    .getByRole('menuitem', { name: /Water the ferns/ })
    .first()
    .waitFor();
  await press(page, 'Enter');
  // Found in a comment, it opens there.
  await page.waitForURL('**/p/ALI/t/1#comment-*');
  await page.getByRole('textbox', { name: 'Title' }).waitFor();
  await press(page, 'Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await press(page, '?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await list.waitFor();
  const keys = await list.locator('kbd').allInnerTexts();
  for (const key of [
    'c',
    'Ctrl',
    'k',
    'g',
    'h',
    'j',
    'x',
    '/',
    '?',
    'Enter',
    'Esc',
    '→',
    '↑',
    'Tab',
    'Space',
    'Shift',
    'a',
  ])
    assert.ok(keys.includes(key), `${key} is not in the list`);
  await press(page, 'Escape');
  await list.waitFor({ state: 'detached' });
  assert.deepEqual(house.complaints, []);
});

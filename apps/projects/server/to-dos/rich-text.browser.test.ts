/** Text with form by keys alone, and what a screen reader is told of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function openText() {
  const house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants');
  await page.locator('.card').click();
  const text = page.getByRole('textbox', { name: 'Description' });
  await text.click();
  return { house, page, text };
}

const focused = (page: Page) => page.evaluate<string>('document.activeElement.ariaLabel');

test('the tools of a text are one stop, reached and used by keys, and lead back into the text', { skip }, async () => {
  const { house, page, text } = await openText();
  await using _ = house;
  await page.keyboard.type('The ferns');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Alt+F10');
  await becomes(() => focused(page), 'Bold');
  await page.keyboard.press('ArrowRight');
  await becomes(() => focused(page), 'Italic');
  await page.keyboard.press('Enter');
  await text.locator('em', { hasText: 'The ferns' }).waitFor();
  await becomes(() => focused(page), 'Description');
  await page.keyboard.press('Shift+Tab');
  await page.locator('.rich-tool:focus').waitFor();
  await page.keyboard.press('Tab');
  await becomes(() => focused(page), 'Description');
  await assertAccessible(page);
  assert.deepEqual(house.complaints, []);
});

test('a link is set by keys on what is selected, changed, and taken off again', { skip }, async () => {
  const { house, page, text } = await openText();
  await using _ = house;
  const address = page.getByRole('textbox', { name: 'Address of the link' });
  const link = text.getByRole('link', { name: 'The ferns' });
  await page.keyboard.type('The ferns');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+k');
  for (const wrong of ['javascript:alert(1)', 'two words']) {
    await address.fill(wrong);
    await address.press('Enter');
    await page.getByText('A link leads to a web page or an address.').waitFor();
    assert.equal(await address.getAttribute('aria-invalid'), 'true');
  }
  await address.fill('example.com/ferns');
  await assertAccessible(page);
  await address.press('Enter');
  assert.equal(await link.getAttribute('href'), 'https://example.com/ferns');
  // The focus is back in the text a frame later.
  const hasFocus = () => text.and(page.locator(':focus')).waitFor();
  await hasFocus();
  await page.keyboard.press('Control+k');
  await becomes(() => address.inputValue(), 'https://example.com/ferns');
  await address.press('Escape');
  await address.waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('dialog').count(), 1);
  await hasFocus();
  await saved(page, () => page.keyboard.press('Control+Enter'));
  await hasFocus();
  await page.keyboard.press('Control+k');
  await address.fill('');
  await address.press('Enter');
  await link.waitFor({ state: 'detached' });
  assert.equal(await text.innerText(), 'The ferns');
  assert.deepEqual(house.complaints, []);
});

test('one sign makes a heading, two make one as well', { skip }, async () => {
  const { house, page, text } = await openText();
  await using _ = house;
  for (const line of ['# Plants', '## Water']) {
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
  }
  await becomes(() => text.locator('h2').allInnerTexts(), ['Plants', 'Water']);
});

test('of what is pasted titles stay titles, and a table is a line a row with its cells apart', { skip }, async () => {
  const { house, page, text } = await openText();
  await using _ = house;
  const fetched: string[] = [];
  page.on('request', (request) => request.url().endsWith('.png') && fetched.push(request.url()));
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', '<h1>Plan</h1><h2>Now</h2><h5>Then</h5><table><caption>Prices</caption>' +
      '<thead><tr><th>Plant</th><th>Price</th></tr></thead><tbody><tr><td><p>Fern <b>big</b></p></td><td>3 €<br>each</td></tr>' +
      '<tr><td></td><td>5 €</td></tr></tbody></table>' +
      '<table><tr><td><ul><li>soil</li></ul></td><td><p>one</p><p>two</p></td></tr></table>' +
      '<table><tr><td>Fern</td><td><img src="/fern.png"></td></tr></table>');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }`);
  await becomes(() => text.locator('h2').allInnerTexts(), ['Plan', 'Now']);
  assert.deepEqual(await text.locator('h3').allInnerTexts(), ['Then']);
  assert.deepEqual(await text.locator('> p').allInnerTexts(), [
    ...['Prices', 'Plant | Price', 'Fern big | 3 € each', '– | 5 €'],
    ...['one', 'two', 'Fern | –'],
  ]);
  assert.deepEqual(fetched, []);
  assert.deepEqual(await text.locator('strong').allInnerTexts(), ['big']);
  assert.deepEqual(await text.locator('li').allInnerTexts(), ['soil']);
  await saved(page, () => page.keyboard.press('Control+Enter'));
  await page.reload();
  await page.locator('.description').getByText('Fern big | 3 € each').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('a screen reader in the text is told of the list of people and of who is chosen in it', { skip }, async () => {
  const { house, page, text } = await openText();
  await using _ = house;
  await house.addPerson('Alan Admin', 40);
  await page.reload();
  await text.click();
  await page.keyboard.type('For @al');
  const option = (name: string) => page.getByRole('option', { name });
  await option('Alan Admin').waitFor();
  const listId = await page.getByRole('listbox', { name: 'People' }).getAttribute('id');
  await becomes(() => text.getAttribute('aria-controls'), listId);
  const chosen = async () => page.locator('[role="option"][aria-selected="true"]').getAttribute('id');
  const first = await chosen();
  assert.ok(first);
  await becomes(() => text.getAttribute('aria-activedescendant'), first);
  await page.keyboard.press('ArrowDown');
  await page.locator(`[role="option"][aria-selected="true"]:not([id="${first}"])`).waitFor();
  await becomes(() => text.getAttribute('aria-activedescendant'), await chosen());
  await page.getByRole('status').filter({ hasText: '2 people' }).waitFor({ state: 'attached' });
  await assertAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('listbox', { name: 'People' }).waitFor({ state: 'detached' });
  await becomes(() => text.getAttribute('aria-controls'), null);
  assert.deepEqual(house.complaints, []);
});

test('every key of a text stands in the list of keys', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await page.getByRole('main').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'In a text with form' }).waitFor();
  for (const does of ['Bold', 'Link', 'Heading', 'To the tools above it; ← and → go from one to the next'])
    await page.getByRole('definition').filter({ hasText: does }).waitFor();
  await assertAccessible(page);
});

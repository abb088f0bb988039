/** Pictures that are pasted in a real browser, by its own clipboard: they become files where one is, and words stay words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Page } from 'playwright-core';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function openBoard(width = 1280) {
  const house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/', width);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants');
  return { house, page };
}

/** A picture, as of the screen, and what a program puts beside it. */
async function copyPicture(page: Page, beside: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.evaluate(`new Promise((done) => document.createElement('canvas').toBlob(done))
    .then((picture) => navigator.clipboard.write([new ClipboardItem({ 'image/png': picture, ...${JSON.stringify(beside)} })]))`);
}

const pictureName = /Picture \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png/;

for (const width of [1280, 360])
  test(`a picture that is pasted into a description or a comment becomes a file of the to-do, at ${width} px`, {
    skip,
  }, async () => {
    const { house, page } = await openBoard(width);
    await using _ = house;
    await page.locator('.card').click();
    const dialog = page.getByRole('dialog');
    const messages = page.getByRole('region', { name: 'Messages' });
    for (const [index, name] of ['Description', 'New comment'].entries()) {
      const text = dialog.getByRole('textbox', { name });
      await text.click();
      await page.keyboard.type('See');
      await copyPicture(page);
      await saved(page, () => page.keyboard.press('Control+v'));
      await messages.getByText(/^Added to the files: Picture .*\.png\.$/).waitFor();
      await dialog.locator('.file', { hasText: pictureName }).nth(index).waitFor();
      assert.equal(await text.innerText(), 'See', 'where the text is written, it goes on');
      await page.keyboard.type(' below');
      await text.getByText('See below').waitFor();
    }
    await assertAccessible(page);
    assert.deepEqual(house.complaints, []);
  });

test('words that are pasted with a picture of them stay words', { skip }, async () => {
  const { house, page } = await openBoard();
  await using _ = house;
  await page.locator('.card').click();
  const text = page.getByRole('textbox', { name: 'Description' });
  await text.click();
  await copyPicture(page, { 'text/plain': 'Ferns, twice', 'text/html': '<p>Ferns, <b>twice</b></p>' });
  await page.keyboard.press('Control+v');
  await text.locator('strong', { hasText: 'twice' }).waitFor();
  await saved(page, () => text.blur());
  assert.equal(await page.getByRole('dialog').locator('.file').count(), 0);
  assert.deepEqual(house.complaints, []);
});

test('a picture that is pasted on the Files page becomes a file of the project', { skip }, async () => {
  const { house, page } = await openBoard();
  await using _ = house;
  await page.getByRole('link', { name: 'Files' }).click();
  await page.getByRole('region', { name: 'Files' }).waitFor();
  await copyPicture(page);
  await saved(page, () => page.keyboard.press('Control+v'));
  await page.locator('.file', { hasText: pictureName }).waitFor();
  await page.getByText(/^Added to the files: Picture/).waitFor();
  assert.deepEqual(house.complaints, []);
});

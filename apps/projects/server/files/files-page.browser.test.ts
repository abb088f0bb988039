/** The page of a project's files in a real browser: files are chosen and dropped, what is refused is told by name. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { addTo, holdBack, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function openFilesPage(width = 1280) {
  const house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/', width);
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants');
  const address = new URL('/p/ALI/files', page.url()).href;
  await page.goto(address);
  await page.getByRole('region', { name: 'Files' }).waitFor();
  return { house, alice, page, address };
}

/** Files of so many bytes, and folders where there are none, carried over the middle of `onto`, and let go there. */
async function drop(page: Page, things: Readonly<Record<string, number | null>>, onto = '#content'): Promise<void> {
  // They are read on their way, which may begin after the drop: the folder stays as long as the process.
  const folder = temporaryFolder('dropped');
  const paths = Object.entries(things).map(([name, bytes]) => {
    const path = join(folder.path, name);
    if (bytes === null) mkdirSync(path);
    else writeFileSync(path, Buffer.alloc(bytes, 'x'));
    return path;
  });
  await page.locator(onto).scrollIntoViewIfNeeded();
  const box = await page.locator(onto).boundingBox();
  assert.ok(box);
  const session = await page.context().newCDPSession(page);
  const at = { x: box.x + box.width / 2, y: box.y + Math.min(box.height, 400) / 2 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', {
      type,
      ...at,
      data: { items: [], files: paths, dragOperationsMask: 1 },
    });
}

const names = (page: Page) => page.locator('.file .file-name').allInnerTexts();
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });

test('files are chosen, several at once, and belong to the project; they are removed and come back', {
  skip,
}, async () => {
  const { house, page } = await openFilesPage();
  await using _ = house;
  await page.getByText('There are no files yet.').waitFor();
  await page.getByText('up to 1 MB each').waitFor();
  const some = ['plan.txt', 'notes.md'].map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) }));
  const letGo = await holdBack(page, '**/projects/ALI/files', 'POST');
  await page.getByLabel('Add files').setInputFiles(some);
  await page.getByText('2 files are on the way.').waitFor();
  letGo();
  for (const { name } of some) await page.locator('.file', { hasText: name }).waitFor();
  await page.getByText('There are no files yet.').waitFor({ state: 'detached' });
  await saved(page, () => page.getByRole('button', { name: 'Remove plan.txt' }).click());
  await page.locator('.file', { hasText: 'plan.txt' }).waitFor({ state: 'detached' });
  await saved(page, () => messages(page).getByRole('button', { name: 'Undo' }).click());
  await page.locator('.file', { hasText: 'plan.txt' }).waitFor();
  await assertAccessible(page);
  await page.getByRole('link', { name: 'Overview' }).first().click();
  await page.getByText('Alice Example added a file to the project').first().waitFor();
  assert.deepEqual(house.complaints, []);
});

test('files are dropped anywhere on the page, and what does not fit is told by name, once', { skip }, async () => {
  const { house, page } = await openFilesPage();
  await using _ = house;
  const things = { 'a.txt': 10, 'film.mov': 2_000_000, 'b.txt': 20, 'talk.wav': 3_000_000, 'c.txt': 0, folder: null };
  await drop(page, things);
  await messages(page).getByText('Not added: film.mov, talk.wav. A file has at most 1 MB here.').waitFor();
  await messages(page)
    .getByText(/^Not added: c\.txt\. .*The file is empty\./)
    .waitFor();
  const added = async () => (await names(page)).map((name) => name.replace(/^TXT\s*/, '')).toSorted();
  await becomes(added, ['a.txt', 'b.txt']);
  await saved(page, () => drop(page, { 'beside-the-messages.txt': 10 }));
  await page.locator('.file', { hasText: 'beside-the-messages.txt' }).waitFor();
  await assertAccessible(page);
});

test('a to-do that is opened over the page takes what is dropped there itself', { skip }, async () => {
  const { house, page, address } = await openFilesPage();
  await using _ = house;
  await page.goto(new URL('/p/ALI/t/1', address).href);
  await page.getByRole('dialog').getByLabel('Add files').waitFor();
  await saved(page, () => drop(page, { 'own.txt': 10 }, 'section.files'));
  await page.locator('.file', { hasText: 'own.txt' }).waitFor();
  await page.goto(address);
  await page.getByRole('link', { name: 'Water the plants' }).click();
  await page.getByRole('dialog').waitFor();
  await saved(page, () => drop(page, { 'second.txt': 10 }, '[role="dialog"] section.files'));
  await page.getByRole('dialog').locator('.file', { hasText: 'second.txt' }).waitFor();
  await page.goto(address);
  await page.locator('.file', { hasText: 'second.txt' }).getByRole('link', { name: 'Water the plants' }).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('on a phone each size and button stands at the end of the row of its file, however long the names are', {
  skip,
}, async () => {
  const { house, page, address } = await openFilesPage(360);
  await using _ = house;
  const file = (name: string, bytes: number) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(bytes, 'x') });
  const some = [file('a.txt', 9), file(`${'a-plan-with-a-name-that-goes-on-'.repeat(4)}.pdf`, 200_000)];
  await page.getByLabel('Add files').setInputFiles(some);
  await page.locator('.file').nth(1).waitFor();
  await page.goto(new URL('/p/ALI/t/1', address).href);
  const own = page.getByRole('dialog').getByLabel('Add files');
  await saved(page, () => own.setInputFiles(file('a list of what is there.docx', 70_000)));
  await page.goto(address);
  await page.locator('.file').nth(2).waitFor();
  const [first, ...others] = await page.evaluate<Row[]>(`[...document.querySelectorAll('.file')].map((file) => {
    const [name, size, button] = ['.file-name', '.fact-note', 'button'].map((part) => file.querySelector(part).getBoundingClientRect());
    return {
      isInRow: [size, button].every(({ top, bottom }) => top < name.bottom && bottom > name.top),
      ends: [name.right <= size.left, size.right, button.right],
    };
  })`);
  assert.deepEqual(first?.isInRow, true);
  assert.deepEqual(others, [first, first]);
  assert.ok(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'));
  await assertAccessible(page);
  assert.deepEqual(house.complaints, []);
});

type Row = { readonly isInRow: boolean; readonly ends: readonly [boolean, number, number] };

test('who may only look has no button, and nothing that is dropped is taken', { skip }, async () => {
  const { house, page, address } = await openFilesPage();
  await using _ = house;
  await saved(page, () => drop(page, { 'a.txt': 10 }));
  const dora = await house.addPerson('Dora Reader', 5);
  await house.database.kysely.updateTable('projects').set({ visibility: 'all' }).where('key', '=', 'ALI').execute();
  const other = await house.visit(dora, new URL(address).pathname);
  await other.locator('.file', { hasText: 'a.txt' }).waitFor();
  assert.equal(await other.getByLabel('Add files').count(), 0);
  assert.equal(await other.getByRole('button', { name: 'Remove a.txt' }).count(), 0);
  await drop(other, { 'b.txt': 10 });
  assert.equal(other.url(), address);
  assert.deepEqual((await names(other)).length, 1);
  assert.deepEqual(house.complaints, []);
});

/** Import and export in a real browser: a file is chosen, shown, mended, taken, undone; and taken out again. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { ProjectFile } from '../../wire/project-file.ts';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');
const csvFile = (csv: string) => ({ name: 'to-dos.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });

test('a file is looked at before it is taken, mended, taken as a whole, and undone', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await page.goto(new URL('/p/ALI/settings', page.url()).href);
  await page.getByRole('link', { name: 'Import to-dos' }).click();
  const choose = page.getByLabel(/Choose (a|another) file/);
  await choose.setInputFiles(csvFile('Was;Due\nPaint the door;soon\nBuy a handle;03/04/2026\n'));
  await page.getByText('No column is the title').waitFor();
  await page.getByText('“soon” cannot be read').waitFor();
  await assertAccessible(page);
  assert.ok(await page.getByRole('button', { name: 'Import 2 to-dos' }).isDisabled());
  await page.getByRole('button', { name: '“Was” is' }).click();
  await page.getByRole('menuitemradio', { name: 'Title' }).click();
  await page.getByText('No column is the title').waitFor({ state: 'detached' });
  await page.getByRole('checkbox', { name: 'Leave out the lines that cannot be read' }).check();
  await page.getByRole('region', { name: 'What is left out' }).getByText('“soon” cannot be read').waitFor();
  await page.getByRole('button', { name: 'Import 1 to-do' }).and(page.locator(':enabled')).waitFor();
  await assertAccessible(page);

  await choose.setInputFiles(csvFile('Title;Due\nPaint the door;\nBuy a handle;03/04/2026\n'));
  await page.getByRole('button', { name: /^Days like/ }).click();
  await page.getByRole('menuitemradio', { name: 'month first: 4 March' }).click();
  await page.getByText('cannot be read').waitFor({ state: 'detached' });
  await saved(page, () => page.getByRole('button', { name: 'Import 2 to-dos' }).click());
  await page.locator('.card', { hasText: 'Buy a handle' }).waitFor();
  await becomes(() => house.seeBoard(page), { New: ['Paint the door', 'Buy a handle'] });

  await page.goto(new URL('/p/ALI/settings', page.url()).href);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'To-dos as CSV' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  assert.match(text, /Buy a handle.*2026-03-04/);
  assert.deepEqual(house.complaints, []);
});

test('how much its files take, and what is then too large to come in again, is said before', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  const settings = new URL('/p/ALI/settings', page.url()).href;
  await page.goto(new URL('/p/ALI/files', page.url()).href);
  const file = { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.alloc(200_000, 'x') };
  await saved(page, () => page.getByLabel('Add files').setInputFiles(file));
  await page.goto(settings);
  await page.getByText('The files of this project take 200 kB.').waitFor();
  assert.equal(await page.getByText('for keeping').count(), 0);
  const files = house.database.kysely.updateTable('files');
  await files.set({ bytes: 31_400_000 }).execute();
  await page.reload();
  await page.getByText(/The files of this project take 31\.4 MB\. With more than 24 MB .* too large/).waitFor();
  await assertAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Everything and its files' }).click(),
  ]);
  const { files: carried } = JSON.parse(await readFile(await download.path(), 'utf8')) as ProjectFile;
  assert.equal(Buffer.from(carried[0]?.content ?? '', 'base64').length, 200_000);
  assert.deepEqual(house.complaints, []);
});

test('a file that was mended without growing is read anew', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await page.goto(new URL('/p/ALI/import', page.url()).href);
  const choose = page.getByLabel(/Choose (a|another) file/);
  await choose.setInputFiles(csvFile('Title;Due\nPaint the door;2026-02-31\n'));
  await page.getByText('There is no such day: “2026-02-31”').waitFor();
  await choose.setInputFiles(csvFile('Title;Due\nPaint the door;2026-02-21\n'));
  await page.getByRole('button', { name: 'Import 1 to-do' }).and(page.locator(':enabled')).waitFor();
  assert.equal(await page.getByText('There is no such day').count(), 0);
});

test('what Excel calls Unicode text is read; that all become new is said where numbers are', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await page.goto(new URL('/p/ALI/import', page.url()).href);
  const choose = page.getByLabel(/Choose (a|another) file/);
  const newOnes = page.getByText('All of them become new to-dos');
  const table = '\ufeffTask Name\tDue\r\nTür streichen\t24.12.2026\r\n';
  await choose.setInputFiles({ name: 'to-dos.txt', mimeType: 'text/plain', buffer: Buffer.from(table, 'utf16le') });
  await page.getByRole('list', { name: 'Columns of the file' }).getByText('Tür streichen').waitFor();
  await page.getByRole('button', { name: 'Import 1 to-do' }).and(page.locator(':enabled')).waitFor();
  assert.equal(await newOnes.count(), 0);
  await choose.setInputFiles(csvFile('Number;Title;Part of\n1;Paint the door;\n2;Buy paint;1\n'));
  await newOnes.waitFor();
  await choose.setInputFiles({
    name: 'book.xlsx',
    mimeType: '',
    buffer: Buffer.from('PK\u0003\u0004\u0014\u0000\u0006'),
  });
  await page.getByRole('alert').getByText('This file is no text.').waitFor();
});

test('a whole project is taken out and becomes another one, which is duplicated', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'Paint the door', 'Buy a handle');
  await page.goto(new URL('/p/ALI/settings', page.url()).href);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Everything and its files' }).click(),
  ]);
  await page.getByRole('button', { name: 'New project' }).click();
  await page.getByRole('link', { name: 'From a file' }).click();
  const choose = page.getByLabel(/Choose (a|another) file/);
  await choose.setInputFiles({
    name: 'other.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"format":"other"}'),
  });
  await page.getByText('This is no file of a project.').waitFor();
  await choose.setInputFiles(await download.path());
  await page.getByText('Here too: Alice Example.').waitFor();
  await assertAccessible(page);
  await page.getByRole('textbox', { name: 'Name' }).fill('The second');
  await page.getByRole('textbox', { name: 'Key' }).fill('two');
  await saved(page, () => page.getByRole('button', { name: 'Make project' }).click());
  await page.waitForURL('**/p/TWO/board');
  await page.getByText('Buy a handle').waitFor();
  await becomes(() => house.seeBoard(page), { New: ['Paint the door', 'Buy a handle'] });

  await page.setViewportSize({ width: 360, height: 800 });
  await page.getByRole('link', { name: 'Project settings and members' }).click();
  await page.getByRole('button', { name: 'Duplicate this project' }).click();
  await page.getByRole('textbox', { name: 'Name' }).last().fill('The third');
  await page.getByRole('textbox', { name: 'Key' }).fill('tri');
  await page.getByRole('spinbutton', { name: /^Move all dates by/ }).fill('-7');
  await assertAccessible(page);
  assert.ok(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'));
  await saved(page, () => page.getByRole('button', { name: 'Make the copy' }).click());
  await page.waitForURL('**/p/TRI/board');
  await page.getByText('This is the copy: The third.').waitFor();
  await page.getByText('Buy a handle').waitFor();
  // The one file that was none.
  assert.deepEqual(
    house.complaints.filter((complaint) => !complaint.includes('422')),
    [],
  );
});

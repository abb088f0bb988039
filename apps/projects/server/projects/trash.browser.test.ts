/** A project into the trash and out of it, by people in real browsers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Page } from 'playwright-core';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function deleteProject(page: Page): Promise<void> {
  await page.goto(new URL('/p/ALI/settings', page.url()).href);
  await page.getByRole('button', { name: 'Delete this project…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete Alice’s to-dos?' });
  const go = dialog.getByRole('button', { name: 'Move into the trash' });
  assert.equal(await go.isDisabled(), true, 'not before the key is typed');
  await dialog.getByRole('textbox').fill('ali');
  await saved(page, () => go.click());
  await page.waitForURL('**/dashboard/home');
}

async function openTrash(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Trash (1)' }).click();
  await page.getByRole('heading', { name: 'Projects in the trash' }).waitFor();
}

const seeMissing = (page: Page) => page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();

test('a project is deleted, undone, deleted again and ended for good, while somebody looks on', { skip }, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'Paint the fence');
  const owner = await house.visit(await house.addPerson('Olga Owner', 50), '/p/ALI/board');
  await owner.getByText('Paint the fence').waitFor();
  await deleteProject(page);
  // The message stays while somebody is on it.
  await page.getByRole('button', { name: 'Undo' }).focus();
  await seeMissing(owner);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await page.waitForURL('**/p/ALI/board');
  await page.getByText('Paint the fence').waitFor();
  await owner.getByText('Paint the fence').waitFor();
  await deleteProject(page);
  await seeMissing(owner);
  await openTrash(page);
  await page.getByText('1 to-do').waitFor();
  await assertAccessible(page);
  await saved(page, () => page.getByRole('button', { name: 'Bring back Alice’s to-dos' }).click());
  await page.getByText('Nothing is in the trash').waitFor();
  await deleteProject(page);
  await openTrash(page);
  await page.getByRole('button', { name: 'Delete for good: Alice’s to-dos' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete for good?' });
  await dialog.getByText('will be gone with 1 to-do and no file').waitFor();
  await assertAccessible(page);
  await dialog.getByRole('textbox').fill('ALI');
  await saved(page, () => dialog.getByRole('button', { name: 'Delete for good' }).click());
  await page.getByText('Nothing is in the trash').waitFor();
  await page.getByRole('link', { name: /^Trash/ }).waitFor({ state: 'detached' });
  assert.deepEqual(
    house.complaints.filter((each) => !each.includes('404')),
    [],
  );
});

test('on a phone the trash fits, and an editor who manages nothing is offered no deletion', { skip }, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/', 360);
  await startOwnProject(page);
  await deleteProject(page);
  await page.goto(new URL('/projects/trash', page.url()).href);
  await page.getByRole('button', { name: 'Bring back Alice’s to-dos' }).waitFor();
  assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
  await saved(page, () => page.getByRole('button', { name: 'Bring back Alice’s to-dos' }).click());
  await house.database.kysely.updateTable('project_members').set({ role: 20 }).execute();
  await page.goto(new URL('/p/ALI/settings', page.url()).href);
  await page.getByRole('heading', { name: 'Tags' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Delete this project…' }).count(), 0);
});

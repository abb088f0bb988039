/** What values of a CSV file become is chosen in a real browser: by pointer and by keys, wide and on a phone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function openImport(page: Page, csv: string): Promise<void> {
  await page.goto(new URL('/p/ALI/import', page.url()).href);
  const file = { name: 'to-dos.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
  await page.getByLabel('Choose a file').setInputFiles(file);
  await page.getByRole('button', { name: /^Import \d/ }).waitFor();
}

const choices = (page: Page) => page.getByRole('region', { name: 'Choose what these become' });
const importing = (page: Page) => page.getByRole('button', { name: /^Import \d/ });

async function choose(page: Page, value: string, meaning: string): Promise<void> {
  await page.getByRole('button', { name: `${value} becomes` }).click();
  await page.getByRole('menuitemradio', { name: meaning }).click();
  await page.getByRole('button', { name: `${value} becomes: ${meaning}` }).waitFor();
}

test('what a file calls otherwise becomes what is chosen for it; what was understood may be changed', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  const rows = ['Paint the door,Doing,urgent,Ally', 'Buy a handle,doing,low,Alice', 'Oil the hinge,Done,low,'];
  await openImport(page, `Title,Status,Priority,Assignees\n${rows.join('\n')}\n`);
  await choices(page).getByText('Column of the board, 2 lines').waitFor();
  assert.deepEqual(await choices(page).locator('.transfer-header').allTextContents(), ['Doing', 'urgent', 'Ally']);
  assert.equal(await page.getByRole('region', { name: 'What is taken otherwise' }).count(), 0, 'it is said once');
  await page.getByText('Choose first what each value becomes.').waitFor();
  assert.ok(await importing(page).isDisabled());
  await assertAccessible(page);
  await choose(page, 'Priority “urgent”', 'Critical');
  await importing(page).and(page.locator(':enabled')).waitFor();
  await choose(page, 'Column of the board “Doing”', 'In progress');
  await choose(page, 'Assignees “Ally”', 'Alice Example');
  await page.getByText('3 values were understood').click();
  await choose(page, 'Priority “low”', 'Lowest');
  await page.getByRole('button', { name: 'Assignees “Alice” becomes: Alice Example' }).waitFor();
  await assertAccessible(page);
  await importing(page).and(page.locator(':enabled')).waitFor();
  await saved(page, () => importing(page).click());
  await becomes(() => house.seeBoard(page), {
    'In progress': ['Paint the door', 'Buy a handle'],
    Done: ['Oil the hinge'],
  });
  const taken = await house.database.kysely
    .selectFrom('to_dos')
    .innerJoin('to_do_assignees', 'to_do_assignees.to_do_id', 'to_dos.id')
    .select(['title', 'priority', 'person_id'])
    .orderBy('number')
    .execute();
  assert.deepEqual(
    taken.map(({ title, priority, person_id }) => [title, priority, person_id]),
    [
      ['Paint the door', 1, 'alice'],
      ['Buy a handle', 5, 'alice'],
    ],
  );
  assert.deepEqual(house.complaints, []);
});

test('a file that is understood as a whole asks for nothing and says so in one line', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await openImport(page, 'Title,Status\nPaint the door,New\n');
  await importing(page).and(page.locator(':enabled')).waitFor();
  await page.getByText('1 value was understood').waitFor();
  assert.equal(await choices(page).count(), 0);
  assert.equal(await page.getByRole('button', { name: /becomes/ }).count(), 0);
  await openImport(page, 'Title,Due\nPaint the door,2026-12-01\n');
  await importing(page).and(page.locator(':enabled')).waitFor();
  assert.equal(await page.getByText('understood').count(), 0);
});

test('values are chosen for by keys alone, on a narrow dark screen, and anew where the column is another', {
  skip,
}, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/', 360, { colorScheme: 'dark' });
  await startOwnProject(page);
  await openImport(page, 'Title,Priority,Stage\nPaint the door,urgent,urgent\n');
  const urgent = page.getByRole('button', { name: 'Priority “urgent” becomes' });
  await urgent.focus();
  await urgent.press('Enter');
  await page.getByRole('menuitemradio', { name: 'No priority' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Priority “urgent” becomes: Critical' }).waitFor();
  await importing(page).and(page.locator(':enabled')).waitFor();
  await assertAccessible(page);
  assert.ok(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'));
  await page.getByRole('button', { name: '“Stage” is' }).click();
  await page.getByRole('menuitemradio', { name: 'Priority' }).click();
  await page.getByRole('button', { name: 'Priority “urgent” becomes: Choose' }).waitFor();
  assert.ok(await importing(page).isDisabled());
});

test('that a column has more different values than can be chosen for is said', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  const rows = Array.from({ length: 101 }, (_, index) => `To-do ${index},Stage ${index}\n`).join('');
  await openImport(page, `Title,Status\n${rows}`);
  await page.getByText('101 different values stand in the file, and 100 of them can be chosen for here.').waitFor();
  assert.equal(await choices(page).getByRole('button').count(), 100);
});

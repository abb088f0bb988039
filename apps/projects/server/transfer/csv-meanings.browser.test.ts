/** What values of a CSV file become is chosen in a real browser: by pointer and by keys, wide and on a phone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { intercept } from '@gatehouse/testing/network.ts';
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

const makeMilestone = (page: Page, title: string): Promise<void> =>
  page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      await fetch('/api/v1/projects/ALI/milestones', { method: 'POST', headers, body });
    },
    JSON.stringify({ creationKey: crypto.randomUUID(), title }),
  );

test('a choice that somebody deleted meanwhile is named and dropped, and the others stay', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await makeMilestone(page, 'Launch');
  await openImport(page, 'Title,Milestone,Priority\nPaint the door,v2,urgent\nOil the hinge,two,urgent\n');
  await choose(page, 'Milestone “v2”', 'Launch');
  await choose(page, 'Milestone “two”', 'Launch');
  await house.database.kysely.deleteFrom('milestones').execute();
  await choose(page, 'Priority “urgent”', 'Critical');
  const gone = page.getByRole('alert');
  await gone
    .getByText(/“v2” is not in this project.*“two” is not in this project.*Look at what is chosen now\./)
    .waitFor();
  await page.getByRole('button', { name: 'Milestone “v2” becomes: No milestone' }).waitFor();
  await page.getByRole('button', { name: 'Priority “urgent” becomes: Critical' }).waitFor();
  await importing(page).and(page.locator(':enabled')).waitFor();
  await assertAccessible(page);
  await choose(page, 'Priority “urgent”', 'High');
  await gone.waitFor({ state: 'detached' });
  await saved(page, () => importing(page).click());
  await becomes(() => house.seeBoard(page), { New: ['Paint the door', 'Oil the hinge'] });
});

test('what is deleted between the last look and the import is dropped too', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await makeMilestone(page, 'Launch');
  await openImport(page, 'Title,Milestone\nPaint the door,v2\n');
  await choose(page, 'Milestone “v2”', 'Launch');
  await importing(page).and(page.locator(':enabled')).waitFor();
  await house.database.kysely.deleteFrom('milestones').execute();
  await importing(page).click();
  await page
    .getByRole('alert')
    .getByText('What was chosen for “v2” is not in this project, or not any more.')
    .waitFor();
  await page.getByRole('button', { name: 'Milestone “v2” becomes: No milestone' }).waitFor();
  await saved(page, () => importing(page).and(page.locator(':enabled')).click());
  await becomes(() => house.seeBoard(page), { New: ['Paint the door'] });
});

test('a request that fails loses no choice, and is tried again by keys, on a narrow dark screen', {
  skip,
}, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/', 360, { colorScheme: 'dark' });
  await startOwnProject(page);
  await openImport(page, 'Title,Priority,Stage\nPaint the door,urgent,Doing\n');
  await choose(page, 'Priority “urgent”', 'Critical');
  await importing(page).and(page.locator(':enabled')).waitFor();
  const preview = '**/imports/to-dos/preview';
  await intercept(page, preview, (route) => route.abort('connectionrefused'));
  await page.getByRole('button', { name: '“Stage” is' }).click();
  await page.getByRole('menuitemradio', { name: 'Column of the board' }).click();
  await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
  await page.getByRole('button', { name: '“Stage” is: Column of the board' }).waitFor();
  await page.getByRole('button', { name: 'Priority “urgent” becomes: Critical' }).waitFor();
  assert.ok(await importing(page).isDisabled());
  await assertAccessible(page);
  assert.ok(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'));
  await page.unroute(preview);
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await page.getByRole('button', { name: 'Column of the board “Doing” becomes' }).waitFor();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '“Title” is' }).and(page.locator(':focus')).waitFor();
  await page.getByRole('button', { name: 'Priority “urgent” becomes: Critical' }).waitFor();
  await importing(page).and(page.locator(':enabled')).waitFor();
});

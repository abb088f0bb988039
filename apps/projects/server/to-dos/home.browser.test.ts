/** Several to-dos of Home at once, of several projects: selected by keys and by pointer, changed, done, and brought back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes, until } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { openHouse, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

/** One's own to-dos in two projects, in the order in which Home shows them. */
async function openHome(page: Page): Promise<void> {
  await startOwnProject(page);
  await page.evaluate(`(async () => {
    const send = async (path, body) => (await fetch('/api/v1' + path, { method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ creationKey: crypto.randomUUID(), ...body }) })).json();
    const { person } = await (await fetch('/api/v1/me')).json();
    await send('/projects', { name: 'Garden', key: 'GAR' });
    for (const [key, title, dueOn] of [['ALI', 'Call the printer', '2024-01-01'], ['GAR', 'Water the plants', '2024-01-02'],
      ['GAR', 'Cut the hedge', '2024-01-03'], ['ALI', 'Order paper', '2024-01-04']])
      await send('/projects/' + key + '/to-dos', { title, dueOn, assigneeIds: [person.id] });
  })()`);
  await page.goto(new URL('/dashboard/home', page.url()).href);
  await page.getByRole('link', { name: 'Order paper' }).waitFor();
}

const bar = (page: Page) => page.getByRole('toolbar', { name: 'Selected cards' });
const focused = (page: Page, title: string) => page.getByRole('link', { name: title }).and(page.locator(':focus'));

test('to-dos of two projects are selected by keys on Home, done at once, and one undo brings all of them back', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHome(page);
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
  await bar(page).getByText('2 selected').waitFor();
  await bar(page).getByRole('button', { name: 'Mark as done' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('2 to-dos changed.').waitFor();
  await page.getByRole('link', { name: 'Water the plants' }).waitFor({ state: 'detached' });
  await becomes(() => page.locator('.home-work .row').count(), 2);
  await bar(page).waitFor({ state: 'detached' });
  // Whoever did it by keys goes on with what took their place.
  await focused(page, 'Cut the hedge').waitFor();
  await page.keyboard.press('Control+z');
  for (const title of ['Call the printer', 'Water the plants']) await page.getByRole('link', { name: title }).waitFor();
  assert.equal(await bar(page).count(), 0);
  assert.deepEqual(house.complaints, []);
});

test('what a project refuses to have done on Home is named with why and stays selected, and only that', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHome(page);
  for (const id of ['ALI-1', 'GAR-1', 'GAR-2']) await page.getByRole('checkbox', { name: `Select ${id}` }).check();
  // Somebody else makes another column for what is done in one of the projects, and Home has not heard of it yet.
  const { kysely } = house.database;
  const garden = kysely.selectFrom('projects').select('id').where('key', '=', 'GAR');
  const done = kysely.updateTable('project_statuses').where('report_type', '=', 'done');
  await done.set({ id: 'another' }).where('project_id', '=', garden).execute();
  await bar(page).getByRole('button', { name: 'Mark as done' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('1 to-do changed.').waitFor();
  const problem = page.locator('.toast-problem .toast-text');
  await problem.getByText(/^2 of 3 to-dos not changed\.\nGAR-1, GAR-2: This project has no such status\./).waitFor();
  await bar(page).getByText('2 selected').waitFor();
  await becomes(() => page.getByRole('checkbox', { name: 'Select GAR-1' }).isChecked(), true);
  // The focus was on the first of them, which is done: it is with what took its place.
  await focused(page, 'Water the plants').waitFor();
  await page.keyboard.press('Control+z');
  await page.getByRole('link', { name: 'Call the printer' }).waitFor();
  await bar(page).getByText('2 selected').waitFor();
  assert.deepEqual(
    house.complaints.filter((text) => !text.includes('422')),
    [],
  );
});

test('what is gone meanwhile is named, and the others of its project are done all the same', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHome(page);
  for (const id of ['ALI-1', 'GAR-1', 'GAR-2']) await page.getByRole('checkbox', { name: `Select ${id}` }).check();
  // Somebody else puts one of the three into the trash, and Home has not heard of it yet.
  const { kysely } = house.database;
  await kysely.updateTable('to_dos').set({ deleted_at: 1 }).where('title', '=', 'Cut the hedge').execute();
  await bar(page).getByRole('button', { name: 'Mark as done' }).click();
  await page.getByText('2 to-dos changed.').waitFor();
  const problem = page.locator('.toast-problem .toast-text');
  await problem.getByText(/^1 of 3 to-dos not changed\.\nGAR-2: Not found in this project any more\./).waitFor();
  await becomes(() => page.locator('.home-work .row').count(), 1);
  await bar(page).waitFor({ state: 'detached' });
  assert.deepEqual(house.complaints, []);
});

test('where all of a project are refused, each is named with its own reason', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHome(page);
  for (const id of ['GAR-1', 'GAR-2']) await page.getByRole('checkbox', { name: `Select ${id}` }).check();
  // Somebody else trashes one of the two and makes another column for what is done, and Home has not heard of it yet.
  const { kysely } = house.database;
  await kysely.updateTable('to_dos').set({ deleted_at: 1 }).where('title', '=', 'Cut the hedge').execute();
  const garden = kysely.selectFrom('projects').select('id').where('key', '=', 'GAR');
  const done = kysely.updateTable('project_statuses').where('report_type', '=', 'done');
  await done.set({ id: 'another' }).where('project_id', '=', garden).execute();
  await bar(page).getByRole('button', { name: 'Mark as done' }).click();
  const problem = page.locator('.toast-problem .toast-text');
  await problem.getByText('2 of 2 to-dos not changed.').waitFor();
  assert.match(await problem.innerText(), /^GAR-1: This project has no such status\./m);
  assert.match(await problem.innerText(), /^GAR-2: Not found in this project any more\./m);
  await bar(page).getByText('1 selected').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('what is selected on Home is put off at once, stays selected, and nothing is after Esc', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHome(page);
  for (const id of ['ALI-1', 'GAR-1', 'GAR-2']) await page.getByRole('checkbox', { name: `Select ${id}` }).check();
  await bar(page).getByText('3 selected').waitFor();
  await assertAccessible(page);
  await bar(page).getByRole('button', { name: 'Due' }).click();
  await page
    .getByRole('dialog', { name: 'Due date' })
    .getByRole('button', { name: /^Tomorrow/ })
    .click();
  await page.getByText('3 to-dos changed.').waitFor();
  await page.locator('.group', { hasText: 'Order paper' }).getByText('Overdue 1').waitFor();
  await bar(page).getByRole('button', { name: 'Priority' }).click();
  await page.getByRole('menuitemradio', { name: 'High' }).click();
  await page.locator('.home-work').getByText('High').nth(2).waitFor();
  await bar(page).getByText('3 selected').waitFor();
  await bar(page).getByRole('button', { name: 'Select nothing' }).focus();
  await page.keyboard.press('Escape');
  await bar(page).waitFor({ state: 'detached' });
  await page.locator('[data-roam] :focus').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('while something is selected, no row that gets the focus lies under the bar, on Home and in the list', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHome(page);
  await page.evaluate(`(async () => {
    const { person } = await (await fetch('/api/v1/me')).json();
    for (let chair = 1; chair <= 14; chair++)
      await fetch('/api/v1/projects/ALI/to-dos', { method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ creationKey: crypto.randomUUID(), title: 'Chair ' + chair, assigneeIds: [person.id] }) });
  })()`);
  const isSeen = `(() => {
    const row = document.activeElement.closest('.row');
    const { left, top, width, height } = row.getBoundingClientRect();
    return row.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  })()`;
  for (const path of ['/dashboard/home', '/p/ALI/list'])
    for (const [width, height] of [
      [1280, 540],
      [360, 740],
      [667, 331],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.goto(new URL(path, page.url()).href);
      await page.getByRole('link', { name: 'Chair 1', exact: true }).waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('x');
      await bar(page).waitFor();
      for (let step = 1; step < 15; step++) {
        await page.keyboard.press('j');
        await until(`row ${step} on to be seen: ${path} at ${width}x${height}`, () => page.evaluate<boolean>(isSeen));
      }
    }
  assert.deepEqual(house.complaints, []);
});

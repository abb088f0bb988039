/** What is selected: from one to another with Shift, all that is shown, and what a refusal leaves of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { openHouse, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

/** Six to-dos of Alice in no sprint, in the order in which every page shows them. */
async function openProject() {
  await using opened = new AsyncDisposableStack();
  const house = opened.use(await openHouse());
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await page.evaluate(`(async () => {
    const { person } = await (await fetch('/api/v1/me')).json();
    for (let chair = 1; chair <= 6; chair++)
      await fetch('/api/v1/projects/ALI/to-dos', { method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ creationKey: crypto.randomUUID(), title: 'Chair ' + chair, assigneeIds: [person.id] }) });
  })()`);
  opened.move();
  return { house, page };
}

const go = (page: Page, path: string) => page.goto(new URL(path, page.url()).href);
const stop = (page: Page, chair: number) => page.locator('[data-roam]', { hasText: `Chair ${chair}` });
const selected = async (page: Page): Promise<string[]> => {
  const stops = await page.locator('[data-roam]:is(:has(:checked), [data-selected])').all();
  return Promise.all(stops.map(async (each) => (await each.getAttribute('data-roam')) ?? ''));
};
const ids = (...numbers: number[]) => numbers.map((number) => `ALI-${number}`);
const countsSelected = (page: Page, count: number) =>
  page.getByText(new RegExp(`^${count} (selected|chosen)$`)).waitFor();

for (const view of ['/p/ALI/list', '/p/ALI/table', '/p/ALI/board', '/dashboard/home', '/p/ALI/sprints'])
  test(`with Shift, all from the one selected last to this one are selected in ${view}`, { skip }, async () => {
    const { house, page } = await openProject();
    await using _ = house;
    await go(page, view);
    const tick = async (chair: number, modifiers: 'Shift'[] = []) => {
      await stop(page, chair).hover();
      const box = stop(page, chair).locator('.card-select, .row-select, .cell-select input, .tick-box');
      await box.click({ modifiers });
    };
    await tick(2);
    await countsSelected(page, 1);
    await tick(4, ['Shift']);
    await countsSelected(page, 3);
    assert.deepEqual(await selected(page), ids(2, 3, 4));
    // Backwards, and what was selected besides stays.
    await tick(6);
    await countsSelected(page, 4);
    await tick(5, ['Shift']);
    await countsSelected(page, 5);
    assert.deepEqual(await selected(page), ids(2, 3, 4, 5, 6));
    await page.getByRole('button', { name: /^(Select nothing|Choose none)$/ }).click();
    await page.getByText(/^\d (selected|chosen)$/).waitFor({ state: 'detached' });

    // By keys.
    await stop(page, 1)
      .locator('a')
      .or(stop(page, 1).and(page.locator('.card')))
      .first()
      .focus();
    await page.keyboard.press('x');
    await countsSelected(page, 1);
    for (const key of ['j', 'j', 'Shift+X']) await page.keyboard.press(key);
    await countsSelected(page, 3);
    assert.deepEqual(await selected(page), ids(1, 2, 3));
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Select all from the one selected last to this one').waitFor();
    assert.deepEqual(house.complaints, []);
  });

test('the box in the head of the table selects all that is shown, and says when some are', { skip }, async () => {
  const { house, page } = await openProject();
  await using _ = house;
  await go(page, '/p/ALI/table?q=Chair');
  const all = page.getByRole('checkbox', { name: 'Select all shown' });
  await all.check();
  await countsSelected(page, 6);
  await page.getByRole('checkbox', { name: 'Select ALI-3' }).uncheck();
  await countsSelected(page, 5);
  assert.equal(await all.evaluate((box: { indeterminate: boolean }) => box.indeterminate), true);
  await assertAccessible(page);
  await all.click();
  await countsSelected(page, 6);
  assert.equal(await all.evaluate((box: { indeterminate: boolean }) => box.indeterminate), false);
  await all.uncheck();
  await page.getByText(/^\d selected$/).waitFor({ state: 'detached' });

  // What a filter hides is not selected.
  await page.getByRole('searchbox', { name: 'Find in this project' }).fill('Chair 2');
  await page.getByText('1 of 6').waitFor();
  await all.check();
  await countsSelected(page, 1);
  await page.getByRole('searchbox', { name: 'Find in this project' }).fill('');
  await stop(page, 6).waitFor();
  assert.deepEqual(await selected(page), ids(2));
  assert.deepEqual(house.complaints, []);
});

test('what could not be put into the trash is named with why; the others are in it, and come back by undo', {
  skip,
}, async () => {
  const { house, page } = await openProject();
  await using _ = house;
  await go(page, '/p/ALI/list');
  for (const number of [1, 2, 3, 4]) await page.getByRole('checkbox', { name: `Select ALI-${number}` }).check();
  // Somebody else puts two of the four into the trash, and this page has not heard of it yet.
  const { kysely } = house.database;
  await kysely.updateTable('to_dos').set({ deleted_at: 1 }).where('number', 'in', [2, 4]).execute();
  await page.getByRole('button', { name: 'Move to trash' }).click();
  const problem = page.locator('.toast-problem');
  await problem.waitFor();
  assert.equal(
    await problem.locator('.toast-text').innerText(),
    [
      '2 of 4 to-dos not moved to the trash.',
      'ALI-2, ALI-4: Not found in this project any more. Look in its trash: somebody may have put it there.',
    ].join('\n'),
  );
  await page.getByText('2 to-dos are in the trash.').waitFor();
  await becomes(() => page.locator('[data-roam]').count(), 2);
  await page.getByRole('toolbar', { name: 'Selected cards' }).waitFor({ state: 'detached' });
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  for (const chair of [1, 3]) await stop(page, chair).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('what a change was refused for stays selected, and the others are changed', { skip }, async () => {
  const { house, page } = await openProject();
  await using _ = house;
  await page.evaluate(`(async () => {
    const send = (method, path, body) => fetch('/api/v1/projects/ALI' + path, { method,
      headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const tags = Array.from({ length: 20 }, (_, index) => 'tag ' + index);
    await send('PATCH', '/to-dos/2', { version: 1, tags });
    await send('PATCH', '/to-dos/4', { version: 1, tags: ['garden'] });
  })()`);
  await go(page, '/p/ALI/list');
  for (const number of [1, 2, 3]) await page.getByRole('checkbox', { name: `Select ALI-${number}` }).check();
  await page.getByRole('button', { name: 'Tags' }).last().click();
  await page.getByRole('menuitemcheckbox', { name: 'garden' }).click();
  await page
    .locator('.toast-problem')
    .getByText('1 of 3 to-dos not changed.\nALI-2: At most 20 tags. Change that first and try again.')
    .waitFor();
  await page.getByText('2 to-dos changed.').waitFor();
  await page.keyboard.press('Escape');
  assert.deepEqual(await selected(page), ids(1, 2, 3));
  assert.deepEqual(house.complaints, []);
});

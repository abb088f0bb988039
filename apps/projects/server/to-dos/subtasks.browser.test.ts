/** Subtasks, which may be many, out of sight where somebody wants the whole alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Page } from 'playwright-core';
import { openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function openFence(page: Page): Promise<void> {
  await startOwnProject(page);
  await page.evaluate(`(async () => {
    const send = (path, body) => fetch('/api/v1/projects/ALI/' + path, { method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ creationKey: crypto.randomUUID(), ...body }) });
    for (const title of ['Paint the fence', 'Call Bob']) await send('to-dos', { title });
    await send('to-dos/1/parts', { titles: ['Buy paint', 'Stir it'] });
  })()`);
}

const go = (page: Page, path: string) => page.goto(new URL(path, page.url()).href);
const titles = (page: Page) => page.locator(':is(.card-title, .row-title, .cell-title a)').allInnerTexts();
const part = (page: Page) => page.getByText('Buy paint', { exact: true });
const turn = (page: Page) => page.getByRole('button', { name: 'Hide subtasks' });

test('subtasks are hidden on board, list and table and in the backlog, by an address that shows the same again', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await openFence(page);
  for (const view of ['board', 'list', 'table', 'sprints']) {
    await go(page, `/p/ALI/${view}`);
    await part(page).waitFor();
    await turn(page).click();
    await part(page).waitFor({ state: 'detached' });
    assert.equal(new URL(page.url()).search, '?subtasks=hidden', view);
    await page.reload();
    await page.getByText('Call Bob', { exact: true }).waitFor();
    assert.deepEqual(await titles(page), ['Paint the fence', 'Call Bob'], view);
    assert.equal(await turn(page).getAttribute('aria-pressed'), 'true', view);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await assertAccessible(page, ['color-contrast', 'target-size', 'button-name']);
    }
    await turn(page).press('Enter');
    await part(page).waitFor();
    assert.equal(new URL(page.url()).search, '', view);
  }
  assert.deepEqual(house.complaints, []);
});

test('a saved view keeps subtasks hidden, and a backlog of subtasks alone says that it is one', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/', 360);
  await openFence(page);
  await go(page, '/p/ALI/list');
  await part(page).waitFor();
  await page.getByRole('button', { name: 'Filter' }).click();
  await turn(page).click();
  await page.getByText('2 of 4').waitFor();
  await page.locator('.view-pick').click();
  await page.getByRole('menuitem', { name: /^Save as a view/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Wholes');
  await saved(page, () => page.keyboard.press('Enter'));
  await page.locator('.view-pick', { hasText: 'Wholes' }).waitFor();
  await go(page, '/p/ALI/list');
  await part(page).waitFor();
  await page.locator('.view-pick').click();
  await page.getByRole('menuitemradio', { name: /^Wholes/ }).click();
  await part(page).waitFor({ state: 'detached' });
  assert.deepEqual(await titles(page), ['Paint the fence', 'Call Bob']);

  await house.database.kysely.updateTable('to_dos').set({ deleted_at: 1 }).where('number', 'in', [1, 2]).execute();
  await go(page, '/p/ALI/sprints?subtasks=hidden');
  await page.getByText('Only subtasks are here, and they are hidden.').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('a subtask says of what it is one in list, table and backlog, and whose it is until when in its whole', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await openFence(page);
  for (const view of ['list', 'table', 'sprints']) {
    await go(page, `/p/ALI/${view}`);
    const line = page.locator('[data-roam="ALI-3"]');
    await line.getByText('Buy paint', { exact: true }).waitFor();
    assert.match(await line.innerText(), /A subtask of\s+ALI-1/, view);
    assert.doesNotMatch(await page.locator('[data-roam="ALI-1"]').innerText(), /A subtask of/, view);
  }
  await go(page, '/p/ALI/t/1');
  const line = page.getByRole('textbox', { name: 'New subtask' });
  await line.fill('Clean tables @alice tomorrow');
  await saved(page, () => line.press('Enter'));
  const row = page.locator('.part', { hasText: 'Clean tables' });
  await row.getByRole('img', { name: 'Given to Alice Example' }).waitFor();
  await row.locator('time').getByText('Tomorrow').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await assertAccessible(page);
  }
  assert.deepEqual(house.complaints, []);
});

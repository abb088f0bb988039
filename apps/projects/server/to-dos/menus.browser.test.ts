/** The menu of a to-do as a whole, which is the same on its card, in its row and in its dialog. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { focused, menuTakesKeys, press } from '@gatehouse/testing/keyboard.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

/** A project with to-dos that are given to Alice and stand in no sprint. */
async function openProject() {
  await using opened = new AsyncDisposableStack();
  const house = opened.use(await openHouse());
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await page.evaluate(`(async () => {
    const { person } = await (await fetch('/api/v1/me')).json();
    for (const title of ['Pay the invoice', 'Fold the cards', 'Water the plants'])
      await fetch('/api/v1/projects/ALI/to-dos', { method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ creationKey: crypto.randomUUID(), title, assigneeIds: [person.id] }) });
  })()`);
  opened.move();
  return { house, page };
}

const go = (page: Page, path: string) => page.goto(new URL(path, page.url()).href);
const more = (page: Page, id: string) => page.getByRole('button', { name: `More for ${id}`, exact: true });
const titled = (page: Page, title: string) =>
  page.locator(':is(.card-title, .row-title, .cell-title a)').getByText(title, { exact: true });

const undoOf = (page: Page, told: string) =>
  page.locator('.toast', { hasText: told }).getByRole('button', { name: 'Undo' });

async function pick(page: Page, id: string, act: string): Promise<void> {
  await page
    .locator(':is(.card, .row, .table-row)')
    .filter({ has: more(page, id) })
    .hover();
  await more(page, id).click();
  await page.getByRole('menuitem', { name: act, exact: true }).click();
}

for (const view of ['/p/ALI/board', '/p/ALI/list', '/p/ALI/table', '/dashboard/home', '/p/ALI/sprints'])
  test(`a to-do is opened, duplicated, thrown away and brought back where it stands in ${view}`, { skip }, async () => {
    const { house, page } = await openProject();
    await using _ = house;
    await go(page, view);
    await pick(page, 'ALI-1', 'Open');
    await page.waitForURL('**/p/ALI/t/1');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Title' }).waitFor();
    await press(page, 'Escape');
    await page.waitForURL(`**${view}`);

    await saved(page, () => pick(page, 'ALI-1', 'Duplicate'));
    await page.waitForURL('**/p/ALI/t/4');
    await page.getByText('ALI-4 made.').waitFor();
    const copy = page.getByRole('dialog');
    const title = copy.getByRole('textbox', { name: 'Title' });
    await title.waitFor();
    assert.equal(await title.inputValue(), 'Pay the invoice, copy');
    await press(page, 'Escape');
    await page.waitForURL(`**${view}`);
    // The copy is nobody's yet.
    if (!view.endsWith('home')) await titled(page, 'Pay the invoice, copy').waitFor();

    await more(page, 'ALI-2').focus();
    await press(page, 'Enter');
    const item = page.getByRole('menuitem', { name: 'Move to the trash' });
    await item.waitFor();
    await saved(page, () => item.press('Enter'));
    await page.getByText('In the trash: Fold the cards').waitFor();
    await titled(page, 'Fold the cards').waitFor({ state: 'detached' });
    await page.locator('[data-roam]:focus-within, .row:focus-within').waitFor();
    await saved(page, () => undoOf(page, 'In the trash').click());
    await titled(page, 'Fold the cards').waitFor();
    assert.deepEqual(house.complaints, []);
  });

test('a link is copied from a card and from a row; where the browser does not let it, it stands there selected', {
  skip,
}, async () => {
  const { house, page } = await openProject();
  await using _ = house;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const link = new URL('/p/ALI/t/2', page.url()).href;
  for (const view of ['/p/ALI/board', '/p/ALI/list']) {
    await go(page, view);
    await page.evaluate(`navigator.clipboard.writeText('')`);
    await pick(page, 'ALI-2', 'Copy the link');
    await page.getByText('The link is copied.').waitFor();
    assert.equal(await page.evaluate<string>('navigator.clipboard.readText()'), link);
  }
  // As on a page that came over plain HTTP.
  await page.addInitScript(`Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })`);
  for (const view of ['/p/ALI/board', '/p/ALI/list', '/p/ALI/t/2']) {
    await go(page, view);
    const inDialog = page.getByRole('button', { name: 'More for this to-do' });
    if (view.endsWith('t/2')) {
      await inDialog.click();
      await page.getByRole('menuitem', { name: 'Copy the link' }).click();
    } else await pick(page, 'ALI-2', 'Copy the link');
    const dialog = page.getByRole('dialog', { name: 'Copy the link' });
    const field = dialog.getByRole('textbox', { name: /Copy it from here/ }).and(page.locator(':focus'));
    await field.waitFor();
    assert.equal(await page.evaluate<string>('getSelection().toString()'), link);
    await assertAccessible(page);
    await press(page, 'Escape');
    await dialog.waitFor({ state: 'detached' });
    await more(page, 'ALI-2').or(inDialog).and(page.locator(':focus')).waitFor();
  }
  assert.deepEqual(house.complaints, []);
});

test('who may only read opens a to-do from its menu and copies its link, and no more', { skip }, async () => {
  const { house, page } = await openProject();
  await using _ = house;
  const reader = await house.addPerson('Rita Reader', 5);
  await house.database.kysely.updateTable('projects').set({ visibility: 'all' }).execute();
  await page.close();
  const hers = await house.visit(reader, '/p/ALI/list');
  await more(hers, 'ALI-1').click();
  await becomes(() => hers.getByRole('menuitem').allInnerTexts(), ['Open', 'Copy the link']);
  await menuTakesKeys(hers);
  await press(hers, 'Escape');
  await becomes(() => focused(hers), 'More for ALI-1');
});

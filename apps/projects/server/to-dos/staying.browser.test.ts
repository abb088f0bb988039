/** What leaves a list hands the focus on to what took its place; keys for what is done, and for undoing it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { focused, press } from '@gatehouse/testing/keyboard.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { until } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

/** On Home the to-dos of oneself: each is given to Alice as it is made. */
async function writeDown(page: Page, ...titles: string[]): Promise<void> {
  await page.goto(new URL('/dashboard/home', page.url()).href);
  const line = page.getByRole('textbox', { name: 'New to-do' });
  for (const title of titles) {
    await line.fill(title);
    await saved(page, () => line.press('Enter'));
    await page.locator('.row-title', { hasText: title.split(' ')[0] ?? title }).waitFor();
  }
  await line.blur();
}

const hasFocus = (page: Page, role: 'button' | 'link', name: string): Promise<void> =>
  page.getByRole(role, { name, exact: true }).and(page.locator(':focus')).waitFor();

test('what is ticked or brought back hands the focus on, on Home, in the list and in the trash', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await writeDown(page, 'One', 'Two', 'Three');
  const order = (await page.locator('.row-title').allInnerTexts()) as [string, string, string];
  const [first, second, third] = order;
  for (const [ticked, next] of [
    [first, second],
    [third, second],
  ] as const) {
    const tick = page.getByRole('button', { name: `Mark “${ticked}” as done` });
    await tick.focus();
    await saved(page, () => press(page, 'Enter'));
    await tick.waitFor({ state: 'detached' });
    await hasFocus(page, 'button', `Mark “${next}” as done`);
  }
  // The last one leaves it to the place, which says that nothing is left.
  await saved(page, () => press(page, 'Enter'));
  await page.locator('.home-work:focus').getByText('Nothing is waiting for you.').waitFor();
  await assertAccessible(page);

  await writeDown(page, 'Four', 'Five');
  await page.goto(new URL('/p/ALI/list', page.url()).href);
  await page.getByRole('button', { name: 'Mark “Four” as done' }).focus();
  await saved(page, () => press(page, 'Enter'));
  await hasFocus(page, 'button', 'Mark “Five” as done');

  for (const number of [4, 5]) await page.getByRole('checkbox', { name: `Select ALI-${number}` }).check();
  await saved(page, () => page.getByRole('button', { name: 'Move to trash' }).click());
  await page.getByText('2 to-dos are in the trash.').waitFor();
  await page.goto(new URL('/p/ALI/trash', page.url()).href);
  await page.getByRole('button', { name: 'Bring back Five' }).focus();
  await saved(page, () => press(page, 'Enter'));
  await hasFocus(page, 'button', 'Bring back Four');
  await saved(page, () => press(page, 'Enter'));
  await page.locator(':focus').getByText('The trash is empty.').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('Home puts a to-do off in its row, by keys too, and goes on with the next one', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await writeDown(page, 'One today !1', 'Two today !2', 'Three tomorrow');
  const group = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) });
  const due = (title: string) => page.locator('.row', { hasText: title }).getByRole('button', { name: /^Due:/ });
  await due('One').focus();
  await press(page, 'Enter');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Tomorrow/ })
    .click();
  await group('Today').getByText('One').waitFor({ state: 'detached' });
  await due('Two').and(page.locator(':focus')).waitFor();
  await page.locator('.row', { hasText: 'One' }).getByText('Tomorrow').waitFor();
  await assertAccessible(page);
  await page.locator('.row-title', { hasText: 'Two' }).click();
  await page.waitForURL('**/p/ALI/t/2');
  assert.deepEqual(house.complaints, []);
});

test('d marks as done what has the focus, and Ctrl Z undoes what the last message tells of', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await writeDown(page, 'One', 'Two');
  const [first = '', second = ''] = await page.locator('.row-title').allInnerTexts();
  await press(page, 'j');
  await hasFocus(page, 'link', first);
  await saved(page, () => press(page, 'd'));
  await hasFocus(page, 'link', second);
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  // What is typed is undone in the line, as everywhere.
  await page.getByRole('textbox', { name: 'New to-do' }).fill('');
  await page.keyboard.type('d');
  await press(page, 'Control+z');
  assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 1);
  await page.getByRole('link', { name: second, exact: true }).focus();
  await saved(page, () => press(page, 'Control+z'));
  await page.getByRole('link', { name: first, exact: true }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
  await hasFocus(page, 'link', second);

  for (const view of ['list', 'table', 'board']) {
    await page.goto(new URL(`/p/ALI/${view}`, page.url()).href);
    const here = page.locator('[data-roam="ALI-1"]');
    await here.waitFor();
    while ((await here.and(page.locator(':focus-within')).count()) === 0) await press(page, 'j');
    await saved(page, () => press(page, 'd'));
    await page.getByText('Done: ').waitFor();
    await until(`the focus to stay on the ${view}`, async () => (await focused(page)) !== '');
    await saved(page, () => press(page, 'Control+z'));
    await page.getByText('Done: ').waitFor({ state: 'detached' });
  }
  await press(page, '?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await list.getByText('Undo what the last message tells of').first().waitFor();
  await list.getByText('Mark it as done').waitFor();
  assert.deepEqual(house.complaints, []);
});

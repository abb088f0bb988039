/** What people set of a project, in a real browser: its tags, which columns the board shows, the sprint of a to-do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes, until } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { dayOf } from '../../wire/days.ts';
import { fillDay, openHouse, saved, startOwnProject } from '../api/house.testing.ts';
import { syncGroupMembers } from './group-members.ts';

const skip = needs('chromium');

async function openWith(page: Page, ...lines: string[]): Promise<void> {
  await startOwnProject(page);
  await page.getByRole('link', { name: 'Home' }).click();
  const field = page.getByRole('textbox', { name: 'New to-do for yourself' });
  for (const line of lines) {
    await field.fill(line);
    await saved(page, () => field.press('Enter'));
  }
}

async function openSettings(page: Page): Promise<void> {
  await page.goto(new URL('/p/ALI/settings', page.url()).href);
  await page.getByRole('heading', { name: 'Tags' }).waitFor();
}

test('a tag is renamed, coloured, put together with another and removed', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openWith(page, 'One #billing', 'Two #bills', 'Three #garden');
  await openSettings(page);
  const tags = page.getByRole('region', { name: 'Tags' });
  const name = (tag: string) => tags.getByRole('textbox', { name: `Name of the tag ${tag}`, exact: true });
  await name('garden').fill('Plants');
  await saved(page, () => name('garden').press('Enter'));
  await tags.getByRole('button', { name: 'Colour of Plants' }).click();
  await saved(page, () => page.getByRole('menuitemradio', { name: 'Violet' }).click());
  await assertAccessible(page);
  await name('bills').fill('Billing');
  await name('bills').press('Enter');
  await page.getByRole('alertdialog', { name: 'Put bills into billing?' }).waitFor();
  await saved(page, () => page.getByRole('button', { name: 'Put together' }).click());
  await tags.getByText('on 2 to-dos').waitFor();
  await tags.getByRole('button', { name: 'Remove billing…' }).click();
  await saved(page, () => page.getByRole('button', { name: 'Remove', exact: true }).click());
  await name('billing').waitFor({ state: 'detached' });
  await becomes(() => tags.getByRole('listitem').count(), 1);
  await page.goto(new URL('/p/ALI/board', page.url()).href);
  await page.locator('.card-tags').first().waitFor();
  await becomes(() => page.locator('.card-tags').allInnerTexts(), ['Plants']);
  assert.deepEqual(house.complaints, []);
});

test('a column is taken off the board and put back', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openWith(page, 'One');
  await openSettings(page);
  await saved(page, () => page.getByRole('checkbox', { name: 'Blocked is on the board' }).click());
  await page.goto(new URL('/p/ALI/board', page.url()).href);
  await page.locator('.card').waitFor();
  assert.equal(await page.getByRole('heading', { name: /^Blocked/ }).count(), 0);
  await openSettings(page);
  await saved(page, () => page.getByRole('checkbox', { name: 'Blocked is on the board' }).click());
  await page.goto(new URL('/p/ALI/board', page.url()).href);
  await page.getByRole('heading', { name: /^Blocked/ }).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('a to-do is put into a sprint from its dialog', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openWith(page, 'One');
  await page.goto(new URL('/p/ALI/sprints', page.url()).href);
  await page.getByRole('button', { name: 'New sprint' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('First');
  await fillDay(page, 'First day', dayOf(new Date()));
  await saved(page, () => page.getByRole('button', { name: 'Make sprint' }).click());
  await page.goto(new URL('/p/ALI/t/1', page.url()).href);
  await page.getByRole('button', { name: 'Sprint: No sprint' }).click();
  await saved(page, () => page.getByRole('menuitemradio', { name: 'First' }).click());
  await page.getByRole('button', { name: 'Sprint: First' }).waitFor();
  await page.goto(new URL('/p/ALI/sprints', page.url()).href);
  await page.getByRole('region', { name: 'First', exact: true }).getByRole('link', { name: 'One' }).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('a phone that is turned still shows which view of a project is chosen', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await startOwnProject(page);
  await page.goto(new URL('/p/ALI/files', page.url()).href);
  const chosen = page.locator('.tabs [aria-current]');
  await chosen.waitFor();
  await page.setViewportSize({ width: 360, height: 760 });
  await until('the chosen tab in sight', async () => {
    const box = await chosen.boundingBox();
    return (box && box.x >= 0 && box.x + box.width <= 360) || undefined;
  });
});

test('who came through a group can be taken out, and the page says that no group brings them back', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await house.addPerson('Bob Builder', 20);
  await startOwnProject(page);
  await syncGroupMembers(house.parts, 'bob', [{ project: 'ALI', role: 20 }], { sync: 'always', isFirst: false });
  await page.goto(new URL('/p/ALI/settings', page.url()).href);
  const note = page.getByText('no group brings back');
  await note.waitFor();
  await page.setViewportSize({ width: 360, height: 760 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await assertAccessible(page);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Take Bob Builder out of the project' }).focus();
  await saved(page, () => page.keyboard.press('Enter'));
  await note.waitFor({ state: 'detached' });
  assert.deepEqual(house.complaints, []);
});

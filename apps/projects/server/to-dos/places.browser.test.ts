/** Where a new to-do goes that is not begun in a project, in a real browser: where the last one went, or where its line says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { intercept } from '@gatehouse/testing/network.ts';
import type { Page } from 'playwright-core';
import { openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function openSetting() {
  const house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/');
  await startOwnProject(page);
  await page.evaluate(`fetch('/api/v1/projects', { method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ creationKey: crypto.randomUUID(), name: 'Party' }) })`);
  await page.goto(new URL('/dashboard/home', page.url()).href);
  await line(page).waitFor();
  return { house, page };
}

const line = (page: Page) => page.getByRole('textbox', { name: 'New to-do for yourself' });
const place = (page: Page, name: string) => page.getByRole('button', { name: `Project: ${name}`, exact: true });

async function goToDayAndBack(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Day', exact: true }).click();
  await page.getByRole('heading', { name: 'What waits' }).waitFor();
  await page.getByRole('link', { name: 'Home' }).click();
  await line(page).click();
}

test('the project that was picked is the one that the next to-do goes to, here, by “c” and after a reload', {
  skip,
}, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await line(page).click();
  await place(page, 'Alice’s to-dos').click();
  await page.getByRole('menuitemradio', { name: 'Party' }).click();
  await line(page).fill('Order the cake');
  await saved(page, () => line(page).press('Enter'));
  await page.getByText('PAR-1 made.').waitFor();
  await goToDayAndBack(page);
  await place(page, 'Party').waitFor();
  await page.reload();
  await line(page).click();
  await place(page, 'Party').waitFor();
  await place(page, 'Party').focus();
  await page.keyboard.press('c');
  await page.getByRole('dialog', { name: 'New to-do' }).getByRole('button', { name: 'Project: Party' }).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('before anything is picked it is the first favourite', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await line(page).click();
  await place(page, 'Alice’s to-dos').waitFor();
  await page.evaluate(`fetch('/api/v1/projects/PAR/favourite', { method: 'PUT' })`);
  await page.reload();
  await line(page).click();
  await place(page, 'Party').waitFor();
});

test('a line names its project, which is told, and the message leads to what was made', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await line(page).fill('Order the cake +par fri');
  await place(page, 'Party').waitFor();
  await saved(page, () => line(page).press('Enter'));
  await page.getByText('PAR-1 made.').waitFor();
  await place(page, 'Alice’s to-dos').waitFor();
  await line(page).fill('Water the plants');
  await saved(page, () => line(page).press('Enter'));
  await page.getByText('ALI-1 made.').waitFor();
  await page.getByText('PAR-1 made.').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Open it' }).click();
  await page.waitForURL('**/p/ALI/t/1');
  await page.getByRole('dialog').getByText('Water the plants').first().waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/dashboard/home');
  assert.deepEqual(house.complaints, []);
});

test('of a name that is sent before the people of its project are there, a message tells that it is in the title', {
  skip,
}, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await intercept(page, '**/projects/PAR', () => undefined);
  await line(page).fill('Order the cake @alice +par');
  await saved(page, () => line(page).press('Enter'));
  await page.getByText('@alice stays in the title: who is in that project was not known here yet.').waitFor();
  await page.getByText('PAR-1 made.').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('a project that is picked by hand is the one, and the line says no other', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await line(page).fill('Order the cake +par');
  await place(page, 'Party').click();
  await page.getByRole('menuitemradio', { name: 'Alice’s to-dos' }).click();
  await place(page, 'Alice’s to-dos').waitFor();
  assert.equal(await line(page).inputValue(), 'Order the cake');
  await place(page, 'Alice’s to-dos').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New to-do' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Ask the band +par');
  await dialog.getByRole('button', { name: 'Project: Party' }).waitFor();
  await saved(page, () => dialog.getByRole('button', { name: 'Make to-do' }).click());
  await page.getByText('PAR-1 made.').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('the dialog goes by the line as it stands: not by a key that was typed past, nor by one taken out, nor over a pick', {
  skip,
}, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await page.getByRole('link', { name: 'Home' }).focus();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New to-do' });
  const title = dialog.getByRole('textbox', { name: 'Title' });
  const project = (name: string) => dialog.getByRole('button', { name: `Project: ${name}`, exact: true });
  await title.pressSequentially('Invite the +par');
  await project('Party').waitFor();
  await title.pressSequentially('tners');
  await project('Alice’s to-dos').waitFor();
  await title.fill('Order the cake +par');
  await project('Party').waitFor();
  await title.fill('Order the cake');
  await project('Alice’s to-dos').waitFor();
  await title.fill('Order the cake +par');
  await project('Party').click();
  await page.getByRole('menuitemradio', { name: 'Alice’s to-dos' }).click();
  await project('Alice’s to-dos').waitFor();
  assert.equal(await title.inputValue(), 'Order the cake');
  await title.fill('Invite the +partners');
  await saved(page, () => dialog.getByRole('button', { name: 'Make to-do' }).click());
  await page.getByText('ALI-1 made.').waitFor();
  assert.deepEqual(house.complaints, []);
});

/** A dialog is sent once, however often its button is pressed meanwhile, and whoever works by keys keeps the cursor there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Page } from 'playwright-core';
import { arrived, fillDay, holdBack, openHouse, startOwnProject } from './house.testing.ts';

const skip = needs('chromium');

/** Presses the button, and again by every way there is while the answer is held back: one request is sent. */
async function pressTwice(page: Page, name: string, address: string, method: string): Promise<void> {
  const arrive = await holdBack(page, address, method);
  const act = page.getByRole('button', { name, exact: true });
  let asked = 0;
  const count = (request: { method(): string }): void => {
    if (request.method() === method) asked += 1;
  };
  page.on('request', count);
  await act.press('Enter');
  await act.and(page.locator('[aria-disabled=true]')).waitFor();
  for (const key of ['Enter', 'Space']) await page.keyboard.press(key);
  await act.click({ force: true });
  assert.equal(await page.evaluate('document.activeElement.innerText.trim()'), name);
  // Enter in a field of a form sends the form.
  const field = page.locator('[role=dialog] input.input, [role=alertdialog] input.input, .update-form input');
  const sends = (await act.getAttribute('type')) === 'submit';
  if (sends && (await field.count()) > 0) await field.first().press('Enter');
  await arrived(page, arrive);
  await act.waitFor({ state: 'detached' });
  assert.equal(asked, 1, name);
  page.off('request', count);
  await page.unroute(address);
}

const go = (page: Page, path: string) => page.goto(new URL(path, page.url()).href);

test('a sprint is made, closed and deleted once, though its buttons are pressed again', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await go(page, '/p/ALI/sprints');
  for (const name of ['First', 'Second']) {
    await page.getByRole('button', { name: 'New sprint' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    if (name === 'First') await fillDay(page, 'First day', '2030-03-04');
    if (name === 'First') await fillDay(page, 'Last day', '2030-03-17');
    await pressTwice(page, 'Make sprint', '**/sprints', 'POST');
    await page.getByRole('heading', { name }).waitFor();
  }
  await page
    .getByRole('region', { name: 'First', exact: true })
    .getByRole('button', { name: /^Close/ })
    .click();
  await pressTwice(page, 'Close sprint', '**/close', 'POST');
  await page.getByText('First is closed.').waitFor();
  await page
    .getByRole('region', { name: 'Second', exact: true })
    .getByRole('button', { name: /^Change/ })
    .click();
  await pressTwice(page, 'Delete, to-dos to the backlog', '**/sprints/*', 'DELETE');
  await page.getByRole('heading', { name: 'Second' }).waitFor({ state: 'detached' });
  assert.deepEqual(house.complaints, []);
});

test('a goal is checked in and an update said once, though their buttons are pressed again', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await go(page, '/p/ALI/goals');
  await page.getByRole('button', { name: /New goal|Set the first goal/ }).click();
  await page.getByRole('textbox', { name: /^Goal/ }).fill('Fewer calls');
  await page.getByRole('textbox', { name: /^What is measured/ }).fill('Calls a week');
  await page.getByRole('textbox', { name: 'Where it starts' }).fill('40');
  await page.getByRole('textbox', { name: /^Target/ }).fill('10');
  await pressTwice(page, 'Make goal', '**/goals', 'POST');
  await page.getByRole('button', { name: /^Check in/ }).click();
  await page.getByRole('textbox', { name: 'Value now' }).fill('30');
  await pressTwice(page, 'Write it down', '**/values', 'POST');
  await go(page, '/p/ALI');
  await page.getByRole('button', { name: 'Say how it is going' }).click();
  await page.getByRole('textbox', { name: 'In a few words' }).fill('All is well.');
  await pressTwice(page, 'Say it', '**/status-updates', 'POST');
  await page.getByText('All is well.').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('a company and a to-do are made once, and a project goes once, though the buttons are pressed again', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 40), '/');
  await startOwnProject(page);
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Title' }).fill('Call mum');
  await pressTwice(page, 'Make to-do', '**/to-dos', 'POST');
  await go(page, '/clients');
  await page.getByRole('button', { name: 'New company' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Harbour Books');
  await pressTwice(page, 'Save', '**/clients', 'POST');
  await page.getByRole('button', { name: 'Change Harbour Books' }).waitFor();
  await go(page, '/p/ALI/settings');
  await page.getByRole('button', { name: 'Delete this project…' }).click();
  await page.getByRole('alertdialog').getByRole('textbox').fill('ali');
  await pressTwice(page, 'Move into the trash', '**/projects/ALI', 'DELETE');
  await page.waitForURL('**/dashboard/home');
  const made = await house.database.kysely.selectFrom('to_dos').select('title').execute();
  assert.deepEqual(made, [{ title: 'Call mum' }]);
});

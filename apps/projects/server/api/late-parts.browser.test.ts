/** What comes to a page late, in a real browser: it takes no word and no tap away from whoever began without it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Page } from 'playwright-core';
import { addTo, holdBack, openHouse, settle, startOwnProject } from './house.testing.ts';

const skip = needs('chromium');

async function openSetting() {
  const house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants');
  return { house, page: await page.context().newPage(), origin: new URL(page.url()).origin };
}

const standIn = (page: Page) => page.getByRole('group', { name: 'Description' });
const description = (page: Page) => page.getByRole('textbox', { name: 'Description' });

test('an editor that arrives late leaves the words where they are typed', { skip }, async () => {
  const { house, page, origin } = await openSetting();
  await using _ = house;
  const arrive = await holdBack(page, '**/editor-*.js');
  await page.goto(`${origin}/p/ALI/t/1`);
  await standIn(page).click();
  const part = page.getByRole('textbox', { name: 'New subtask' });
  await part.click();
  await page.keyboard.type('Buy ');
  arrive();
  await description(page).waitFor();
  await settle(page);
  await page.keyboard.type('a can');
  assert.equal(await part.inputValue(), 'Buy a can');
  assert.equal((await description(page).innerText()).trim(), '');
});

test('an editor that arrives late takes in whoever waits for it', { skip }, async () => {
  const { house, page, origin } = await openSetting();
  await using _ = house;
  const arrive = await holdBack(page, '**/editor-*.js');
  await page.goto(`${origin}/p/ALI/t/1`);
  await standIn(page).click();
  arrive();
  await description(page).waitFor();
  await settle(page);
  await page.keyboard.type('The ferns twice.');
  assert.equal(await description(page).innerText(), 'The ferns twice.');
});

for (const name of ['Description', 'New comment'])
  test(`what is typed as ${name} before its editor is there is written on in it, in its place`, { skip }, async () => {
    const { house, page, origin } = await openSetting();
    await using _ = house;
    const arrive = await holdBack(page, '**/editor-*.js');
    await page.goto(`${origin}/p/ALI/t/1`);
    await page.getByRole('group', { name }).click();
    await page.keyboard.type('can the ferns,,');
    await page.keyboard.press('Backspace');
    await page.getByRole('group', { name }).getByText('can the ferns,').waitFor();
    arrive();
    const field = page.getByRole('textbox', { name });
    await field.waitFor();
    await page.keyboard.type(' cannot the roses');
    await settle(page);
    assert.equal(await field.innerText(), 'can the ferns, cannot the roses');
    assert.equal(await page.getByRole('dialog').count(), 1, 'no letter is a shortcut');
    await page.keyboard.press('Control+Enter');
    if (name === 'Description') await page.getByText('wrote the description').waitFor();
    else await page.getByRole('listitem').getByText('can the ferns, cannot the roses').waitFor();
  });

test('a description that its editor never came for is saved when one leaves it', { skip }, async () => {
  const { house, page, origin } = await openSetting();
  await using _ = house;
  await holdBack(page, '**/editor-*.js');
  await page.goto(`${origin}/p/ALI/t/1`);
  await standIn(page).click();
  await page.keyboard.type('The ferns twice.');
  await page.getByRole('textbox', { name: 'New subtask' }).click();
  await page.getByText('wrote the description').waitFor();
  assert.equal((await standIn(page).innerText()).trim(), 'The ferns twice.');
});

test('a field for a day that arrives late leaves the words where they are typed', { skip }, async () => {
  const { house, page, origin } = await openSetting();
  await using _ = house;
  const arrive = await holdBack(page, '**/day-picker-*.js');
  await page.goto(`${origin}/p/ALI/milestones`);
  await page.getByRole('button', { name: 'Make the first milestone' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('.day-waiting').first().click();
  const title = dialog.getByRole('textbox').first();
  await title.click();
  await page.keyboard.type('The gar');
  arrive();
  await dialog.getByRole('spinbutton').first().waitFor();
  await settle(page);
  await page.keyboard.type('den');
  assert.equal(await title.inputValue(), 'The garden');
});

test('one thing at a time stands still while its project arrives', { skip }, async () => {
  const { house, page, origin } = await openSetting();
  await using _ = house;
  await page.setViewportSize({ width: 360, height: 760 });
  const arrive = await holdBack(page, '**/api/v1/projects/ALI');
  await page.goto(`${origin}/focus/ALI/1`);
  const later = page.getByRole('button', { name: 'Later' });
  const done = page.getByRole('button', { name: 'Done' });
  await later.waitFor();
  const before = await later.boundingBox();
  assert.equal(await done.isDisabled(), true, 'nothing can be done before it is known how');
  arrive();
  await page.locator('button:enabled', { hasText: 'Done' }).waitFor();
  assert.deepEqual(await later.boundingBox(), before);
});

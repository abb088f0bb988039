/** The line that becomes a to-do, in a real browser: what fits is offered while a sign is typed, what does not is told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function openSetting(width = 1280) {
  await using opened = new AsyncDisposableStack();
  const house = opened.use(await openHouse());
  const alice = await house.addPerson('Alice Example', 20);
  await startOwnProject(await house.visit(alice, '/'));
  for (const name of ['Ana Álvarez', 'Anabel Bauer', 'Bob Builder']) await house.addPerson(name, 40);
  const page = await house.visit(alice, '/dashboard/home', width);
  await line(page).waitFor();
  const all = opened.move();
  return { house, alice, page, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

const line = (page: Page) => page.getByRole('textbox', { name: 'New to-do for yourself' });
const offers = (page: Page) => page.getByRole('listbox', { name: 'What fits' }).getByRole('option');

test('a name that fits nobody takes no day away, and is told before anything is sent', { skip }, async () => {
  await using setting = await openSetting();
  const { house, page } = setting;
  await line(page).fill('Pay invoice fri @annx');
  await page.getByText('@annx: nobody here').waitFor();
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/to-dos'));
  await line(page).press('Enter');
  const { title, dueOn } = (await sent).postDataJSON();
  assert.equal(title, 'Pay invoice @annx');
  assert.match(dueOn, /^\d{4}-\d\d-\d\d$/);
  await line(page).fill('Pay invoice @an fri');
  await page.getByText('@an: more than one person').waitFor();
  assert.deepEqual(house.complaints, []);
});

for (const width of [1280, 360])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`who fits is offered and taken by keys, accessibly, at ${width} px, ${colorScheme}`, { skip }, async () => {
      await using setting = await openSetting(width);
      const { house, page } = setting;
      await page.emulateMedia({ colorScheme });
      await line(page).pressSequentially('Pay @an');
      await offers(page).nth(1).waitFor();
      await becomes(() => offers(page).allInnerTexts(), ['Ana Álvarez', 'Anabel Bauer']);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.locator('[role=option][aria-selected=true]', { hasText: 'Anabel Bauer' }).waitFor();
      const chosen = await offers(page).nth(1).getAttribute('id');
      await becomes(() => line(page).getAttribute('aria-activedescendant'), chosen);
      await assertAccessible(page);
      await page.keyboard.press('Enter');
      await becomes(() => line(page).inputValue(), 'Pay @Anabel ');
      await offers(page).first().waitFor({ state: 'detached' });
      await page.locator('.understood', { hasText: 'Anabel Bauer' }).waitFor();
      assert.deepEqual(house.complaints, []);
    });

test('the offers stand in sight whole, tell their number in one place, and show what is chosen without colours', {
  skip,
}, async () => {
  await using setting = await openSetting(360);
  const { house, page } = setting;
  const name = 'The garden of the riverside café';
  await page.evaluate(
    `fetch('/api/v1/projects', { method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ creationKey: crypto.randomUUID(), name: ${JSON.stringify(name)} }) })`,
  );
  await page.reload();
  await page.emulateMedia({ forcedColors: 'active' });
  const told = page.locator('.quick-line [role=status]');
  const before = await told.elementHandle();
  await line(page).pressSequentially('Pay +t');
  await offers(page).filter({ hasText: name }).waitFor();
  await told.filter({ hasText: '1 fits' }).waitFor();
  assert.equal(await told.evaluate((now, first) => now === first, before), true);
  await page.keyboard.press('ArrowDown');
  const chosen = page.locator('[role=option][aria-selected=true]', { hasText: name });
  await chosen.waitFor();
  const styleOfChosen = `getComputedStyle(document.querySelector('[role=option][aria-selected=true]'))`;
  assert.equal(await page.evaluate(`${styleOfChosen}.outlineStyle`), 'solid');
  const box = await page.getByRole('listbox', { name: 'What fits' }).boundingBox();
  assert.ok(box && box.x >= 0 && box.x + box.width <= 360, JSON.stringify(box));
  assert.ok(await chosen.evaluate((option) => option.scrollWidth <= option.clientWidth));
  assert.deepEqual(house.complaints, []);
});

test('the line shows by an example what it understands, and the list of keys has all of it', { skip }, async () => {
  await using setting = await openSetting();
  const { house, page } = setting;
  assert.equal(await line(page).getAttribute('placeholder'), 'What needs doing?');
  await line(page).focus();
  await page.getByPlaceholder('Pay invoice fri !1 @ana #billing ~2h').waitFor();
  await page.getByRole('link', { name: 'Home' }).focus();
  await page.getByPlaceholder('What needs doing?').waitFor();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await list.getByRole('heading', { name: 'In the line of a new to-do' }).waitFor();
  await list.getByText('Priority, from !1, the most pressing, to !5').waitFor();
  await assertAccessible(page);
  assert.deepEqual(house.complaints, []);
});

test('Enter goes by the line until something is chosen, Esc closes the offers alone, and a press takes one', {
  skip,
}, async () => {
  await using setting = await openSetting();
  const { house, alice, page } = setting;
  await line(page).pressSequentially('Pay @bob');
  await offers(page).first().waitFor({ state: 'detached' });
  await line(page).fill('');
  await line(page).pressSequentially('Pay @bo');
  await offers(page).first().waitFor();
  await saved(page, () => page.keyboard.press('Enter'));
  await page.getByText('ALI-1 made.').waitFor();

  const board = await house.visit(alice, '/p/ALI/board');
  await board.getByRole('button', { name: 'Add to New' }).click();
  const field = board.getByRole('textbox', { name: 'New to-do in New' });
  await field.fill('Sort the tools #garden');
  await saved(board, () => field.press('Enter'));
  await field.pressSequentially('Water #ga');
  await offers(board).first().waitFor();
  await board.keyboard.press('Escape');
  await offers(board).first().waitFor({ state: 'detached' });
  assert.equal(await field.inputValue(), 'Water #ga');
  await field.pressSequentially('r');
  await offers(board).getByText('garden').click();
  assert.equal(await field.inputValue(), 'Water #garden ');
  await field.and(board.locator(':focus')).waitFor();
  await saved(board, () => board.keyboard.press('Enter'));
  await board.locator('.card', { hasText: 'Water' }).getByText('garden').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('the day that the line says is the one that is picked; picked by hand, the line says none', { skip }, async () => {
  await using setting = await openSetting();
  const { house, page } = setting;
  await line(page).fill('Pay invoice tomorrow !1');
  await page.getByRole('button', { name: 'Due: Tomorrow' }).click();
  await page.getByRole('dialog', { name: 'Due date' }).locator('.menu-item', { hasText: 'Today' }).click();
  await page.getByRole('button', { name: 'Due: Today' }).waitFor();
  assert.equal(await line(page).inputValue(), 'Pay invoice !1');
  await saved(page, () => line(page).press('Enter'));
  await page.getByRole('region', { name: 'Today' }).getByRole('link', { name: 'Pay invoice' }).waitFor();
  assert.deepEqual(house.complaints, []);
});

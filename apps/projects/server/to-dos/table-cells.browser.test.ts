/** The cells of the table in a browser: each is changed where it stands, and says so when it cannot be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes, until } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { addTo, fillDay, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

/** The table of a project with one to-do, showing the columns that are asked for. */
async function openTable(page: Page, columns: string): Promise<void> {
  await startOwnProject(page);
  await addTo(page, 'New', 'Paint the fence');
  await page.goto(new URL(`/p/ALI/table?columns=${columns}`, page.url()).href);
  await page.locator('.table-row').waitFor();
}

test('what is no number of hours stays as it was typed and says so, in the table and in the dialog', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openTable(page, 'planned,remaining');
  const planned = page.getByRole('textbox', { name: 'Planned hours' });
  await saved(page, async () => {
    await planned.fill('1,5');
    await planned.press('Enter');
  });
  for (const address of ['/p/ALI/table?columns=planned,remaining', '/p/ALI/t/1']) {
    await page.goto(new URL(address, page.url()).href);
    const left = page.getByRole('textbox', { name: 'Hours left' });
    await left.fill('three');
    await left.press('Enter');
    const problem = page
      .getByRole('alert')
      .filter({ hasText: 'Hours are a number from 0 to 9,999, such as 1.5, 1:30 or 90m.' });
    await problem.waitFor();
    assert.equal(await left.inputValue(), 'three');
    assert.equal(await left.getAttribute('aria-invalid'), 'true');
    await becomes(() => planned.inputValue(), '1.5');
    await assertAccessible(page);
    await left.fill('10000');
    await problem.waitFor({ state: 'detached' });
    await left.press('Enter');
    await problem.waitFor();
    await left.fill('3 h');
    await saved(page, () => left.press('Enter'));
    await problem.waitFor({ state: 'detached' });
    await becomes(() => left.inputValue(), '3');
    await left.fill('');
    await saved(page, () => left.press('Enter'));
  }
  assert.deepEqual(house.complaints, []);
});

test('title, type, milestone, sprint and effort are changed in their cells, by keys alone', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await openTable(page, 'type,effort,milestone,sprint');
  await page.evaluate(`Promise.all([
    ['milestones', { title: 'Garden open' }],
    ['sprints', { name: 'Spring', startOn: '2030-03-01', endOn: '2030-03-14' }],
  ].map(([place, body]) => fetch('/api/v1/projects/ALI/' + place, { method: 'POST',
    headers: { 'content-type': 'application/json' }, body: JSON.stringify({ creationKey: crypto.randomUUID(), ...body }) })))`);
  await page.reload();
  const row = page.locator('.table-row');
  for (const [field, choice] of [
    ['Type', 'Bug'],
    ['Effort', 'S, half a day'],
    ['Milestone', 'Garden open'],
    ['Sprint', 'Spring'],
  ] as const) {
    await row.getByRole('button', { name: `${field}:` }).press('Enter');
    const wanted = page.getByRole('menuitemradio', { name: choice });
    await wanted.focus();
    await saved(page, () => wanted.press('Enter'));
    await page.getByRole('menu').waitFor({ state: 'detached' });
  }
  await page.getByRole('rowheader', { name: 'Paint the fence', exact: true }).waitFor();
  const rename = page.getByRole('button', { name: 'Change the title of ALI-1' });
  const title = page.getByRole('textbox', { name: 'Title' });
  await rename.press('Enter');
  await page.keyboard.type('Sell the fence');
  await title.press('Escape');
  await row.getByRole('link', { name: 'Paint the fence' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Mend the fence');
  await assertAccessible(page);
  await saved(page, () => title.press('Enter'));
  await row.getByRole('link', { name: 'Mend the fence' }).and(page.locator(':focus')).waitFor();
  await page.reload();
  const all = /Mend the fence\s.*Bug\s.*S\s.*Garden open\s.*Spring/s;
  await until('all five in the row', async () => all.test(await row.innerText()));
  await assertAccessible(page);
  assert.deepEqual(house.complaints, []);
});

test('tags and work days are changed in their cells, in the fields that the dialog has for them', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openTable(page, 'tags,work');
  const row = page.locator('.table-row');
  await row.getByRole('button', { name: 'Tags:' }).press('Enter');
  const tags = page.getByRole('dialog', { name: 'Tags' });
  const tag = tags.getByRole('combobox', { name: 'Add a tag' });
  await tag.fill('garden, wood');
  await saved(page, () => tag.press('Enter'));
  await tags.getByRole('button', { name: 'Take the tag wood off' }).waitFor();
  await assertAccessible(page);
  // Clicked away from, what stands in the field is not lost.
  await tag.fill('fence');
  await saved(page, () => page.mouse.click(5, 5));
  await tags.waitFor({ state: 'detached' });
  await row.locator('.cell-tags', { hasText: 'fence' }).waitFor();
  await row.getByRole('button', { name: 'Work:' }).press('Enter');
  const work = page.getByRole('dialog', { name: 'Work' });
  await fillDay(page, 'Work starts', '2030-05-01');
  await saved(page, () => fillDay(page, 'Work ends', '2030-05-03'));
  await assertAccessible(page);
  await saved(page, () => page.keyboard.press('Escape'));
  await work.waitFor({ state: 'detached' });
  await row.getByRole('button', { name: 'Work:' }).and(page.locator(':focus')).waitFor();
  await page.reload();
  await row.locator('time[datetime="2030-05-01"]').waitFor();
  await row.locator('time[datetime="2030-05-03"]').waitFor();
  assert.match(await row.locator('.cell-tags').innerText(), /fence.*garden.*wood/s);
  assert.deepEqual(house.complaints, []);
});

const longTitle = 'Ask the neighbours whether the gate may stay open while the fence is painted';

/** Of the elements that fit, where each stands. */
const places = (page: Page, which: string): Promise<readonly number[][]> =>
  page.evaluate(`[...document.querySelectorAll('${which}')].map((each) => {
    const { x, y, width, height } = each.getBoundingClientRect();
    return [x, y, width, height];
  })`);

/** Whether the buttons of the first row are drawn. */
const showsActs = (page: Page): Promise<boolean> =>
  page.evaluate(`getComputedStyle(document.querySelector('.title-acts')).opacity === '1'`);

test('a title has the whole width of its cell, and the buttons of its row come over its end without moving anything', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/', 900);
  await startOwnProject(page);
  await addTo(page, 'New', longTitle, 'Paint the fence');
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(new URL('/p/ALI/table', page.url()).href);
    const row = page.locator('.table-row', { hasText: longTitle });
    const more = row.getByRole('button', { name: /^More for ALI-1/ });
    await more.waitFor({ state: 'attached' });
    const widths = async (which: string) => (await places(page, which)).map(([, , width]) => width);
    assert.deepEqual(await widths('.title-cell > a'), await widths('.title-cell'));
    const everything = '.table th, .table td, .title-cell > a';
    const before = await places(page, everything);
    const isSeen = () => showsActs(page);
    await page.mouse.move(5, 5);
    await becomes(isSeen, false);
    await row.hover();
    await becomes(isSeen, true);
    assert.deepEqual(await places(page, everything), before);
    await assertAccessible(page);
    await page.mouse.move(5, 5);
    await becomes(isSeen, false);
    // By keys, the title first and then each of its buttons.
    await row.getByRole('link', { name: longTitle }).focus();
    await becomes(isSeen, true);
    await page.keyboard.press('Tab');
    await row.getByRole('button', { name: 'Change the title of ALI-1' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Tab');
    await more.and(page.locator(':focus')).waitFor();
    assert.deepEqual(await places(page, everything), before);
  }
  assert.deepEqual(house.complaints, []);
});

test('on a phone the buttons of a row of the table always show, each large enough for a finger', { skip }, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/', 360, { hasTouch: true, isMobile: true });
  await startOwnProject(page);
  await addTo(page, 'New', longTitle);
  await page.goto(new URL('/p/ALI/table', page.url()).href);
  const row = page.locator('.table-row');
  const rename = row.getByRole('button', { name: 'Change the title of ALI-1' });
  for (const button of [rename, row.getByRole('button', { name: /^More for ALI-1/ })]) {
    await button.waitFor();
    await button.scrollIntoViewIfNeeded();
    const { width = 0, height = 0 } = (await button.boundingBox()) ?? {};
    assert.ok(width >= 44 && height >= 44, `${width} x ${height}`);
    assert.ok(await showsActs(page));
  }
  await assertAccessible(page);
  await rename.tap();
  await page.getByRole('textbox', { name: 'Title' }).fill('Ask the neighbours');
  await saved(page, () => page.keyboard.press('Enter'));
  await row.getByRole('link', { name: 'Ask the neighbours', exact: true }).waitFor();
  assert.deepEqual(house.complaints, []);
});

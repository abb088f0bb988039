/** Looking for a to-do among more than a page begins with: what is not here yet is looked through too, or said to be left out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { intercept } from '@gatehouse/testing/network.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import type { BoardAnswer } from '../../wire/to-do.ts';
import { addTo, openHouse, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');
const rowsAtOnce = 200;

type House = Awaited<ReturnType<typeof openHouse>>;

/** A project with one open to-do and so many that are done, "Task 2" the first of them. */
async function startWithDone(house: House, width: number, count: number): Promise<Page> {
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/', width);
  await startOwnProject(page);
  await addTo(page, 'New', 'Something open');
  const { kysely } = house.database;
  const known = await kysely.selectFrom('to_dos').selectAll().executeTakeFirstOrThrow();
  const done = await kysely
    .selectFrom('project_statuses')
    .select('id')
    .where('report_type', '=', 'done')
    .executeTakeFirstOrThrow();
  const rows = Array.from({ length: count }, (_, index) => ({
    ...known,
    ...{ id: `done-${index}`, number: index + 2, title: `Task ${index + 2}`, status_id: done.id },
    ...{ creation_key: `done-${index}`, rank: `b${String(index).padStart(5, '0')}`, planned_hours: 1 },
  }));
  for (let from = 0; from < count; from += rowsAtOnce)
    await kysely
      .insertInto('to_dos')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute();
  return page;
}

const goTo = (page: Page, path: string) => page.goto(new URL(`/p/ALI/${path}`, page.url()).href);
const find = (page: Page, words: string) => page.getByRole('searchbox', { name: 'Find in this project' }).fill(words);
const shown = (page: Page) => page.locator('.filter-count').innerText();

test('board, list and table find what is done, however far down it stands, and sum all that they find', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await startWithDone(house, 1280, 620);
  for (const view of ['board', 'list', 'table']) {
    await goTo(page, view);
    await find(page, 'Task 619');
    await page.getByText('Task 619', { exact: true }).waitFor();
    await becomes(() => shown(page), '1 of 621');
    await page.getByText(/looked through/).waitFor({ state: 'detached' });
  }
  await page.getByRole('cell', { name: '1 to-do', exact: true }).waitFor();
  await goTo(page, 'table?q=Task&columns=planned');
  await page.getByRole('cell', { name: '620 to-dos', exact: true }).waitFor();
  await page.locator('tfoot').getByText('620 h').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('who looks for nothing is brought no more than before', { skip }, async () => {
  await using house = await openHouse();
  const page = await startWithDone(house, 1280, 20);
  const more: string[] = [];
  page.on('request', (request) => request.url().includes('/to-dos?') && more.push(request.url()));
  await goTo(page, 'table');
  await page.getByText('Of the 11 to-dos shown so far').waitFor();
  await page.getByRole('button', { name: 'Show 10 more' }).click();
  await page.getByRole('cell', { name: '21 to-dos', exact: true }).waitFor();
  assert.equal(more.length, 1);
});

test('a list in groups of another kind offers the cards that are not here yet, too', { skip }, async () => {
  await using house = await openHouse();
  const page = await startWithDone(house, 1280, 20);
  await goTo(page, 'list?group=priority');
  await page.getByRole('heading', { name: 'No priority 11' }).waitFor();
  await page.getByRole('button', { name: 'Show 10 more' }).click();
  await page.getByRole('heading', { name: 'No priority 21' }).waitFor();
});

test('on a phone, what does not come is said to be left out, and comes when it is asked for again', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await startWithDone(house, 360, 20);
  let isBroken = true;
  await intercept(page, '**/to-dos?*', (route) => (isBroken ? route.abort() : route.continue()));
  await goTo(page, 'list');
  await find(page, 'Task 20');
  await page.getByText('10 to-dos were not looked through').waitFor();
  assert.equal(await shown(page), '0 of 11');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await assertAccessible(page);
  }
  isBroken = false;
  await page.getByRole('button', { name: 'Look through more' }).press('Enter');
  await page.getByRole('link', { name: 'Task 20' }).waitFor();
  await becomes(() => shown(page), '1 of 21');
});

test('where a column counts one that is gone, all the others are looked through', { skip }, async () => {
  await using house = await openHouse();
  const page = await startWithDone(house, 1280, 20);
  let isFirst = true;
  await intercept(page, '**/ALI/board', async (route) => {
    if (!isFirst) return route.continue();
    isFirst = false;
    const response = await route.fetch();
    const { columns }: BoardAnswer = await response.json();
    const json = {
      columns: columns.map((each) => ({ ...each, count: each.count > 10 ? each.count + 1 : each.count })),
    };
    await route.fulfill({ response, json });
  });
  await goTo(page, 'list');
  await find(page, 'Task 20');
  await page.getByRole('link', { name: 'Task 20' }).waitFor();
  await becomes(() => shown(page), '1 of 21');
  assert.equal(isFirst, false);
  assert.deepEqual(house.complaints, []);
});

test('what adds nothing is not asked for again and again', { skip }, async () => {
  await using house = await openHouse();
  const page = await startWithDone(house, 1280, 20);
  const board = new URL('/api/v1/projects/ALI/board', page.url()).href;
  let asked = 0;
  await intercept(page, '**/to-dos?*', async (route) => {
    asked += 1;
    const { columns }: BoardAnswer = await (await page.request.get(board)).json();
    await route.fulfill({ json: { cards: columns.flatMap(({ cards }) => cards).slice(0, 1) } });
  });
  await goTo(page, 'list');
  await find(page, 'Task 20');
  await page.getByText('10 to-dos were not looked through').waitFor();
  assert.equal(asked, 2);
});

test('where somebody trashes what is not shown, it is counted no more', { skip }, async () => {
  await using house = await openHouse();
  const page = await startWithDone(house, 1280, 20);
  const bobs = await house.visit(await house.addPerson('Bob Builder', 30), '/p/ALI/board');
  await goTo(page, 'list');
  await page.getByRole('button', { name: 'Show 10 more' }).waitFor();
  const trash = `fetch('/api/v1/projects/ALI/to-dos/20', { method: 'DELETE',
    headers: { 'content-type': 'application/json' }, body: JSON.stringify({ version: 1 }) }).then(({ ok }) => ok)`;
  assert.equal(await bobs.evaluate<boolean>(trash), true);
  await page.getByRole('button', { name: 'Show 9 more' }).waitFor();
});

test('of very many only so many are looked through at once, and the others when they are asked for', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await startWithDone(house, 1280, 4_600);
  await goTo(page, 'list');
  await find(page, 'Task 4601');
  await page.getByText('590 to-dos were not looked through').waitFor();
  assert.equal(await shown(page), '0 of 4011');
  await page.getByRole('button', { name: 'Look through more' }).click();
  await page.getByRole('link', { name: 'Task 4601' }).waitFor();
  await becomes(() => shown(page), '1 of 4601');
  assert.deepEqual(house.complaints, []);
});

/** The views of a project in a browser: one line that says everything, lanes, table, several at once, keys. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function openBoard(page: Page): Promise<void> {
  await startOwnProject(page);
  await page.getByRole('button', { name: 'Add to New' }).click();
  const field = page.getByRole('textbox', { name: 'New to-do in New' });
  for (const line of [
    'Pay the invoice !1 #billing ~2h',
    'Fold the cards !3 @alice',
    'Water the plants',
    'Call the printer !1 ~30m #music',
  ]) {
    await field.fill(line);
    await saved(page, () => field.press('Enter'));
  }
  await page.locator('.card[data-number="4"]').waitFor();
  await field.press('Escape');
}

const lane = (page: Page, name: string) => page.locator(`.lane[aria-label="${name}"]`);

test('one line makes a whole to-do, and shows what it understood before', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await page.getByRole('button', { name: 'Add to New' }).click();
  await page.getByRole('textbox', { name: 'New to-do in New' }).fill('Pay invoice !1 @alice #billing ~2h tomorrow');
  await becomes(
    async () => (await page.locator('.understood > span').allInnerTexts()).map((text) => text.trim()),
    ['Tomorrow', 'Critical', 'Alice Example', '#billing', '2 h planned'],
  );
  await saved(page, () => page.keyboard.press('Enter'));
  const card = page.locator('.card', { hasText: 'Pay invoice' });
  await card.locator('.card-title', { hasText: /^Pay invoice$/ }).waitFor();
  await page.goto(new URL('/p/ALI/table?columns=priority,people,due,tags,planned', page.url()).href);
  const row = page.locator('.table-row');
  assert.match(await row.innerText(), /ALI-1\s+Pay invoice\s+.*Critical\s+.*Alice Example\s+.*Tomorrow\s+.*billing/s);
  assert.equal(await row.getByRole('textbox', { name: 'Planned hours' }).inputValue(), '2');
  assert.deepEqual(house.complaints, []);
});

test('the board in lanes: a card put into another lane takes what the lane stands for', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openBoard(page);
  await page.getByRole('button', { name: 'Group by' }).click();
  await page.getByRole('menuitemradio', { name: 'Priority' }).click();
  await lane(page, 'Critical').waitFor();
  assert.equal(new URL(page.url()).search, '?group=priority');
  await becomes(
    () => lane(page, 'Critical').locator('.card-title').allInnerTexts(),
    ['Pay the invoice', 'Call the printer'],
  );
  const printer = page.locator('.card', { hasText: 'Call the printer' });
  await saved(page, () => printer.dragTo(lane(page, 'High').locator('.lane-cell').nth(2)));
  await lane(page, 'High').locator('.lane-cell').nth(2).getByText('Call the printer').waitFor();
  await page.reload();
  await lane(page, 'High').locator('.lane-cell').nth(2).getByText('Call the printer').waitFor();
  await printer.click();
  await page.waitForURL('**/p/ALI/t/4');
  await page.getByRole('button', { name: 'Priority: High' }).waitFor();
  const history = page.getByRole('region', { name: 'History' });
  await saved(page, () => history.getByRole('button', { name: 'Undo' }).first().click());
  await page.getByRole('button', { name: 'Priority: Critical' }).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.waitForURL('**/p/ALI/board?group=priority');
  await lane(page, 'Critical').locator('.lane-cell').first().getByText('Call the printer').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('several are selected by keys and changed at once, and one undo brings all of them back', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openBoard(page);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  const bar = page.getByRole('toolbar', { name: 'Selected cards' });
  await bar.getByText('2 selected').waitFor();
  await bar.getByRole('button', { name: 'Status' }).click();
  await saved(page, () => page.getByRole('menuitemradio', { name: 'In progress' }).click());
  await page.getByText('2 to-dos changed.').waitFor();
  await page.locator('.column', { hasText: 'In progress' }).getByText('Pay the invoice').waitFor();
  await becomes(() => house.seeBoard(page), {
    New: ['Fold the cards', 'Call the printer'],
    'In progress': ['Pay the invoice', 'Water the plants'],
  });
  await saved(page, () => page.getByRole('button', { name: 'Undo' }).click());
  await page.locator('.column', { hasText: 'New' }).first().getByText('Pay the invoice').waitFor();
  await becomes(async () => Object.keys(await house.seeBoard(page)), ['New']);
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  assert.deepEqual(house.complaints, []);
});

test('list and table stand by status and by to-do with subtasks; the limit of a column counts no subtask', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'Paint the fence', 'Call Bob');
  await page.goto(new URL('/p/ALI/t/1', page.url()).href);
  const step = page.getByRole('textbox', { name: 'New subtask' });
  await step.fill('Buy paint');
  await saved(page, () => step.press('Enter'));
  await house.database.kysely.updateTable('project_statuses').set({ wip_limit: 2 }).where('name', '=', 'New').execute();
  const groups = () => page.locator('.table-group th').allInnerTexts();
  const groupBy = async (name: string) => {
    await page.getByRole('button', { name: 'Group by' }).click();
    await page.getByRole('menuitemradio', { name, exact: true }).click();
    await page.locator('.table-group').first().waitFor();
  };
  await page.goto(new URL('/p/ALI/table', page.url()).href);
  await page.getByText('3 to-dos, 1 of them subtasks').waitFor();
  await groupBy('Status');
  await becomes(() => groups(), ['New 3']);
  await groupBy('To-do with subtasks');
  await page.getByText('Without subtasks').waitFor();
  await becomes(() => groups(), ['ALI-1 Paint the fence 2', 'Without subtasks 1']);
  await page.goto(new URL('/p/ALI/list', page.url()).href);
  await page.getByRole('button', { name: 'Group by' }).click();
  await page.getByRole('menuitemradio', { name: 'To-do with subtasks' }).click();
  const whole = page.getByRole('region', { name: 'ALI-1 Paint the fence' });
  await whole.getByRole('link', { name: 'Buy paint' }).waitFor();
  await page.goto(new URL('/p/ALI/board?group=parent', page.url()).href);
  const head = page.getByRole('heading', { name: /^New/ });
  await head.getByText('2 of at most 2, and 1 subtask').waitFor();
  assert.equal(await head.locator('.over-limit').count(), 0);
  assert.deepEqual(house.complaints, []);
});

test('several get a type, tags and people at once, and each keeps those it had', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openBoard(page);
  await page.goto(new URL('/p/ALI/table?columns=type,tags,people', page.url()).href);
  for (const key of ['ALI-1', 'ALI-2', 'ALI-4']) await page.getByRole('checkbox', { name: `Select ${key}` }).check();
  const bar = page.getByRole('toolbar', { name: 'Selected cards' });
  const tick = async (button: string, choice: string) => {
    await bar.getByRole('button', { name: button }).click();
    await saved(page, () => page.getByRole('menuitemcheckbox', { name: choice }).click());
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
  };
  await bar.getByRole('button', { name: 'Type' }).click();
  await saved(page, () => page.getByRole('menuitemradio', { name: 'Bug' }).click());
  await tick('Tags', 'music');
  await tick('Given to', 'Alice Example');
  for (const [title, tags] of [
    ['Pay the invoice', ['billing', 'music']],
    ['Fold the cards', ['music']],
    ['Call the printer', ['music']],
  ] as const) {
    const row = page.locator('.table-row', { hasText: title });
    await row.locator('.cell-type', { hasText: 'Bug' }).waitFor();
    await row.locator('.cell-people', { hasText: 'Alice Example' }).waitFor();
    for (const tag of tags) await row.locator('.cell-tags', { hasText: tag }).waitFor();
  }
  await tick('Tags', 'music');
  await page.locator('.cell-tags', { hasText: 'music' }).first().waitFor({ state: 'detached' });
  await page.locator('.table-row', { hasText: 'Pay the invoice' }).getByText('billing').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('two projects of one name are told apart by their keys', { skip }, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 30);
  const page = await house.visit(alice, '/');
  const make = async (name: string) => {
    await page.getByRole('button', { name: 'New project' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await saved(page, () => page.getByRole('button', { name: 'Make project' }).click());
    await page.waitForURL('**/board');
  };
  await make('Website');
  await make('Garden');
  const sidebar = page.getByRole('navigation', { name: 'Workspace' });
  assert.equal(await sidebar.locator('.project-key').count(), 0);
  await make('Website');
  await sidebar.locator('.project-key').nth(1).waitFor();
  const keys = await sidebar.locator('.project-key').allInnerTexts();
  assert.equal(new Set(keys).size, 2);
  await page.getByRole('link', { name: 'Home' }).click();
  await page.locator('.my-projects .project-key').nth(1).waitFor();
  assert.deepEqual(await page.locator('.my-projects .project-key').allInnerTexts(), keys);
  assert.deepEqual(house.complaints, []);
});

test('a table is sorted, filtered, grouped and summed, and its address shows the same again', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openBoard(page);
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.waitForURL('**/p/ALI/table');
  const titles = () => page.locator('.cell-title a').allInnerTexts();
  await page.getByRole('button', { name: 'Title', exact: true }).click();
  await page.locator('th[aria-sort="ascending"]').waitFor();
  await becomes(() => titles(), ['Call the printer', 'Fold the cards', 'Pay the invoice', 'Water the plants']);
  await page.getByRole('button', { name: 'Title', exact: true }).click();
  await page.locator('th[aria-sort="descending"]').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('in');
  await page.getByText('2 of 4').waitFor();
  await becomes(() => titles(), ['Pay the invoice', 'Call the printer']);
  await page.locator('.table tfoot', { hasText: /2 to-dos.*2\.5 h/s }).waitFor();
  await page.reload();
  await page.getByText('2 of 4').waitFor();
  await becomes(() => titles(), ['Pay the invoice', 'Call the printer']);
  const hours = page.locator('.table-row').first().getByRole('textbox', { name: 'Planned hours' });
  await hours.fill('3,5');
  await saved(page, () => hours.press('Enter'));
  await page.locator('.table tfoot', { hasText: '4 h' }).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('what is done is never called overdue: neither in the list nor in the table nor in its dialog', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openBoard(page);
  const done = house.database.kysely.selectFrom('project_statuses').select('id').where('report_type', '=', 'done');
  const { id } = await done.executeTakeFirstOrThrow();
  const late = { due_on: '2020-01-02', status_id: id, completed_at: 1 };
  await house.database.kysely.updateTable('to_dos').set(late).where('number', '=', 1).execute();
  for (const view of ['list', 'table', 't/1']) {
    await page.goto(new URL(`/p/ALI/${view}`, page.url()).href);
    await page.locator('time[datetime="2020-01-02"]').first().waitFor();
    assert.equal(await page.getByText('Overdue:').count(), 0, view);
    assert.equal(await page.locator('.due-late').count(), 0, view);
  }
});

test('while something is selected, no sum stands in the middle of the rows', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openBoard(page);
  await page.getByRole('link', { name: 'Table' }).click();
  await page.getByRole('checkbox', { name: 'Select ALI-1' }).check();
  await page.getByRole('toolbar', { name: 'Selected cards' }).waitFor();
  await becomes(() => page.locator('.cell-sum:visible').count(), 0);
  await page.getByRole('button', { name: 'Select nothing' }).click();
  await page.locator('.cell-sum:visible').first().waitFor();
});

test('on a phone, a lane shows all it holds without a step aside, and says which column it stands in', {
  skip,
}, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  await openBoard(await house.visit(alice, '/'));
  const { kysely } = house.database;
  const blocked = kysely.selectFrom('project_statuses').select('id').where('name', '=', 'Blocked');
  const { id } = await blocked.executeTakeFirstOrThrow();
  await kysely.updateTable('to_dos').set({ status_id: id }).where('number', '=', 4).execute();
  const page = await house.visit(alice, '/p/ALI/board?group=priority', 360);
  const critical = lane(page, 'Critical');
  await critical.locator('.card').nth(1).waitFor();
  const heads = await critical.locator('h3:visible').allInnerTexts();
  assert.deepEqual(
    heads.map((text) => text.replaceAll(/\s+/g, ' ')),
    ['New 1', 'Blocked 1'],
  );
  for (const card of await critical.locator('.card').all()) {
    const box = await card.boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= 360, JSON.stringify(box));
  }
  assert.deepEqual(house.complaints, []);
});

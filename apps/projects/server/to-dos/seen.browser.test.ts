/** Cards and rows as other eyes meet them: selected, in lanes, late, under a pointer, on a phone, in colours of the reader's own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes, until } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

const long = 'Borrow chairs from the neighbours and carry them up to the hall before the others come';

/** The first is long, tagged and late; the rest are not. */
async function openHall(page: Page): Promise<void> {
  await startOwnProject(page);
  const toDos = [
    { title: long, dueOn: '2024-02-03', priority: 1, tags: ['hall'] },
    { title: `${long}, again` },
    ...['Fold the cards', 'Water the hall'].map((title) => ({ title })),
  ];
  await page.evaluate(`(async () => {
    for (const toDo of ${JSON.stringify(toDos)})
      await fetch('/api/v1/projects/ALI/to-dos', { method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ creationKey: crypto.randomUUID(), ...toDo }) });
  })()`);
}

const go = async (page: Page, path: string): Promise<void> => {
  await page.goto(new URL(path, page.url()).href);
  await page.locator('main:not([aria-busy=true]) :is(.card, .table-row, .row)').first().waitFor();
};

/** Everything once on the phone; elsewhere what size and colour can change. */
async function assertAccessibleEverywhere(page: Page): Promise<void> {
  for (const width of [360, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const isFirst = width === 360 && colorScheme === 'light';
      await assertAccessible(page, isFirst ? undefined : ['color-contrast', 'target-size', 'heading-order']);
    }
}

test('the table, what is selected, and the board in lanes are accessible, in both themes and on a phone', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHall(page);
  await go(page, '/p/ALI/table');
  await assertAccessibleEverywhere(page);
  await page.getByRole('checkbox', { name: 'Select ALI-1' }).check();
  await page.getByRole('toolbar', { name: 'Selected cards' }).waitFor();
  await assertAccessibleEverywhere(page);
  await go(page, '/p/ALI/board?group=priority');
  await assertAccessibleEverywhere(page);
  await page.locator('.card').first().focus();
  await page.keyboard.press('x');
  await page.locator('.card[data-selected]').waitFor();
  await assertAccessibleEverywhere(page);
});

/** Which words of cards the tools of a card lie over; they are shown. */
const wordsUnderTools = `(() => {
  const shown = [...document.querySelectorAll('.card-tools')].filter((tools) => getComputedStyle(tools).opacity !== '0');
  const boxes = shown.flatMap((tools) => [...tools.children]).map((each) => each.getBoundingClientRect())
    .filter(({ width }) => width > 0);
  const words = [...document.querySelectorAll('.card :is(.card-title, .tag, .card-facts > *, .avatar), .column h2, .lane-fold')]
    .flatMap((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return [...range.getClientRects()].map((box) => ({ text: element.textContent, box }));
    });
  return [shown.length, words.filter(({ box }) => boxes.some((tool) => box.left < tool.right && tool.left < box.right &&
    box.top < tool.bottom && tool.top < box.bottom)).map(({ text }) => text)];
})()`;

test('the tools of a card lie over no words, under a pointer and by keyboard', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHall(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const path of ['/p/ALI/board', '/p/ALI/board?group=priority'])
    for (const index of [0, 1]) {
      await go(page, path);
      const card = page.locator('.card', { hasText: long }).nth(index);
      await card.hover();
      await becomes(() => page.evaluate(wordsUnderTools), [1, []]);
      await page.mouse.move(0, 0);
      await card.focus();
      await page.keyboard.press('ArrowRight');
      await card.locator('.card-grip:focus').waitFor();
      await becomes(() => page.evaluate(wordsUnderTools), [1, []]);
      await page.keyboard.press('x');
      await page.locator('.card[data-selected]').waitFor();
      await becomes(() => page.evaluate(wordsUnderTools), [1, []]);
    }
});

/**
 * What is covered that should be seen: the names of the columns, and with `whole` the card that has the focus, its tools too.
 * Told by what is found at the edges of each.
 */
const covered = (whole: boolean): string => `(() => {
  const card = document.activeElement.closest('.card');
  const names = [...document.querySelectorAll(':is(.column, .swim-heads) h2')];
  return [...names, ...(${whole} ? [card, card.querySelector('.card-tools')] : [])].flatMap((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const points = [top + 1, (top + bottom) / 2, bottom - 2].flatMap((y) => [[left + 12, y], [right - 30, y]]);
    const lost = points.filter(([x, y]) => x < innerWidth && !element.contains(document.elementFromPoint(x, y)));
    return lost.map((at) => [element.className, element.textContent, at].join(' '));
  });
})()`;

test('in a scrolled column no card covers a name, and the one with the focus is seen whole, with its tools', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHall(page);
  await addTo(page, 'New', ...Array.from({ length: 9 }, (_, index) => `Chair ${index} of the neighbours`));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const density of ['normal', 'quiet'])
    for (const [path, scroller] of [
      ['/p/ALI/board', '.column-body'],
      ['/p/ALI/board?group=priority', '.swim-board'],
    ] as const) {
      await go(page, path);
      await page.evaluate(`document.documentElement.dataset.density = '${density}'`);
      const scrolling = page.locator(scroller).first();
      await page.locator('.card').last().focus();
      const count = await page.locator(':is(.column:first-child, .lane:last-of-type) .card').count();
      for (let step = 1; step < count; step++) {
        await page.keyboard.press('ArrowUp');
        const isSeen = async () => (await page.evaluate<string[]>(covered(true))).length === 0;
        await until(`the card ${step} up to be seen whole: ${path}, ${density}`, isSeen);
      }
      // Cards under a pointer that lie half below the name.
      const box = await scrolling.boundingBox();
      assert.ok(box);
      for (const top of [0, 20, 70, 120]) {
        await scrolling.evaluate((element, y) => element.scrollTo(0, y), top);
        for (const y of [8, 60]) {
          await page.mouse.move(box.x + 100, box.y + y);
          await becomes(() => page.evaluate<string[]>(covered(false)), []);
        }
      }
    }
});

test('a day that is late is told by more than its colour', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHall(page);
  for (const view of ['board', 'list', 'table']) {
    await go(page, `/p/ALI/${view}`);
    await becomes(() => page.locator('.due-late').count(), 1);
    await page.locator('.due-late svg').waitFor();
  }
});

test('a filtered column: “Move up” goes over the card that is seen above', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHall(page);
  await go(page, '/p/ALI/board');
  await page.getByRole('searchbox').fill('hall');
  await page.locator('.card', { hasText: 'Fold the cards' }).waitFor({ state: 'detached' });
  const act = (name: string) => async (): Promise<void> => {
    await page.locator('.card', { hasText: 'Water the hall' }).hover();
    await page.getByRole('button', { name: 'More for ALI-4' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  const titles = () => page.locator('.card-title').allInnerTexts();
  await saved(page, act('Move up'));
  await becomes(titles, [long, 'Water the hall', `${long}, again`]);
  await saved(page, act('Move down'));
  await becomes(titles, [long, `${long}, again`, 'Water the hall']);
});

test('a card’s menu offers no move that would change nothing, and keys pass it by', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHall(page);
  await go(page, '/p/ALI/board');
  const greyed = async (number: number): Promise<string[]> => {
    await page.locator(`.card[data-number="${number}"]`).hover();
    await page.getByRole('button', { name: `More for ALI-${number}` }).click();
    await page.getByRole('menu').waitFor();
    const titles = await page.getByRole('menuitem', { disabled: true }).allInnerTexts();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    return titles;
  };
  assert.deepEqual(await greyed(1), ['Move up', 'Move to the top']);
  assert.deepEqual(await greyed(2), []);
  assert.deepEqual(await greyed(4), ['Move down']);

  // First of what is seen, not of the column: to the top it still goes.
  await page.getByRole('searchbox').fill('Fold');
  await page.locator('.card[data-number="1"]').waitFor({ state: 'detached' });
  assert.deepEqual(await greyed(3), ['Move up', 'Move down']);
  await page.getByRole('searchbox').fill('');

  await page.locator('.card[data-number="1"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('End');
  const at = (name: string) => page.getByRole('menuitem', { name }).and(page.locator(':focus'));
  for (const name of ['Move to the trash', 'Duplicate', 'Copy the link', 'Open', 'Move down', 'Done']) {
    await at(name).waitFor();
    await page.keyboard.press('ArrowUp');
  }
});

test('how far a project is can be seen in colours of the reader’s own', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await openHall(page);
  const { kysely } = house.database;
  const done = kysely.selectFrom('project_statuses').select('id').where('report_type', '=', 'done');
  const { id } = await done.executeTakeFirstOrThrow();
  await kysely.updateTable('to_dos').set({ status_id: id, completed_at: 1 }).where('number', '=', 4).execute();
  await page.goto(new URL('/dashboard/home', page.url()).href);
  await page.emulateMedia({ forcedColors: 'active' });
  await page.getByRole('progressbar').waitFor();
  const [track, fill, border] = await page.evaluate<string[]>(`(() => {
    const track = document.querySelector('.progress-track');
    const { backgroundColor, borderStyle } = getComputedStyle(track);
    return [backgroundColor, getComputedStyle(track.firstElementChild).backgroundColor, borderStyle];
  })()`);
  assert.notEqual(fill, track);
  assert.equal(border, 'solid');
});

test('on a phone a to-do tells its status, its people and its day under its title, and the bell is on every page', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/', 360);
  await openHall(page);
  await page.goto(new URL('/p/ALI/t/1', page.url()).href);
  const dialog = page.getByRole('dialog');
  const title = dialog.getByRole('textbox', { name: 'Title' });
  const description = dialog.getByRole('textbox', { name: 'Description' });
  await description.waitFor();
  for (const name of [/^Status/, /^Given to/, /^Due/]) {
    const field = dialog.getByRole('button', { name });
    assert.equal(await field.count(), 1);
    const [above, here, below] = await Promise.all([title, field, description].map((each) => each.boundingBox()));
    assert.ok(above && here && below && above.y < here.y && here.y < below.y, `${name} at ${here?.y}`);
  }
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /^Notifications/ }).click();
  await page.waitForURL('**/notifications');
  await assertAccessible(page);
});

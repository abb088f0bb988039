/** The workspace in a real browser, as a person uses it: by pointer, by keyboard, on a narrow screen, with two people. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { slitsOf } from '@gatehouse/testing/fit-for-all.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes, until } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { addTo, openHouse, pressWhileHolding, saved, startOwnProject } from './house.testing.ts';

const skip = needs('chromium');

test('a new editor gets from an empty home to a board of their own in one press', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await page.waitForURL('**/dashboard/home');
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants', 'Call the printer');
  await becomes(() => house.seeBoard(page), { New: ['Water the plants', 'Call the printer'] });
  await page.reload();
  await page.locator('.card').first().waitFor();
  await becomes(() => house.seeBoard(page), { New: ['Water the plants', 'Call the printer'] });
  assert.deepEqual(house.complaints, []);
});

test('a card is moved by pointer, by keyboard and by its menu, and stays there', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'One', 'Two', 'Three');

  const grid = page.getByRole('grid', { name: 'In progress' });
  await saved(page, () => page.locator('.card', { hasText: 'Two' }).dragTo(grid));
  await becomes(() => house.seeBoard(page), { New: ['One', 'Three'], 'In progress': ['Two'] });

  await page.locator('.card', { hasText: 'One' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Move this card' }).and(page.locator(':focus')).waitFor();
  await pressWhileHolding(page, 'Enter');
  // Picked up: Tab goes from column to column, the arrows from place to place, and each says where it is.
  const place = (): Promise<string> =>
    page.evaluate(`document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`);
  const said: string[] = [];
  while (!/Insert after ALI-2/.test(said.at(-1) ?? '') && said.length < 30) {
    await pressWhileHolding(page, said.length % 3 === 0 ? 'Tab' : 'ArrowDown');
    said.push(await place());
  }
  await saved(page, () => page.keyboard.press('Enter'));
  await becomes(() => house.seeBoard(page), { New: ['Three'], 'In progress': ['Two', 'One'] });

  await page.locator('.card', { hasText: 'Three' }).hover();
  await page
    .locator('.card', { hasText: 'Three' })
    .getByRole('button', { name: /^More for/ })
    .click();
  await saved(page, () => page.getByRole('menuitem', { name: 'Waiting for approval' }).click());
  const moved = { 'In progress': ['Two', 'One'], 'Waiting for approval': ['Three'] };
  await becomes(() => house.seeBoard(page), moved);
  await page.reload();
  await page.locator('.card').first().waitFor();
  await becomes(() => house.seeBoard(page), moved);
  assert.deepEqual(house.complaints, []);
});

test('a to-do opens over its board at an address of its own, saves by itself, and closes without loading again', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants');
  await page.locator('.card').click();
  await page.waitForURL('**/p/ALI/t/1');
  await page.getByRole('textbox', { name: 'Description' }).fill('The ferns twice.');
  await saved(page, () => page.keyboard.press('Escape'));
  await page.waitForURL('**/p/ALI/board');

  await page.locator('.card').click();
  const title = page.getByRole('textbox', { name: 'Title' });
  await title.fill('Water all plants');
  await saved(page, () => title.press('Enter'));
  await page.getByRole('button', { name: 'Due: No due date' }).click();
  await saved(page, () => page.getByRole('button', { name: /^Today [A-Z]/ }).click());
  await page.getByText('set the due date').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Description' }).innerText(), 'The ferns twice.');
  const asked: string[] = [];
  // The browser itself looks at the icon again whenever the address changes.
  page.on('request', (request) => !/\/mark[^/]*\.svg$/.test(request.url()) && asked.push(request.url()));
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.waitForURL('**/p/ALI/board');
  await page.locator('.card-title', { hasText: /^Water all plants$/ }).waitFor();
  assert.deepEqual(asked, []);
  assert.deepEqual(house.complaints, []);
});

test('a project is made by name from the sidebar, and its members are let in', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await house.addPerson('Bob Builder', 20);
  await page.getByRole('button', { name: 'New project' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Website relaunch');
  await saved(page, () => page.getByRole('button', { name: 'Make project' }).click());
  await page.waitForURL('**/p/WEB/board');
  await page.getByRole('link', { name: 'Project settings and members' }).click();
  await page.getByRole('button', { name: 'Add somebody' }).click();
  await saved(page, () => page.getByRole('menuitemradio', { name: 'Bob Builder' }).click());
  await page.getByRole('button', { name: 'Role of Bob Builder' }).waitFor();
  await page.getByRole('textbox', { name: 'Description' }).fill('A new face by spring.');
  await saved(page, () => page.getByRole('button', { name: 'Save' }).click());
  await assertAccessible(page);
  assert.deepEqual(house.complaints, []);
});

test('what is done is undone from the message; what is thrown away is no work any more', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await page.getByRole('link', { name: 'Home' }).click();
  const quick = page.getByRole('textbox', { name: 'New to-do for yourself' });
  await quick.fill('Call the printer');
  await saved(page, () => quick.press('Enter'));
  await page.getByRole('button', { name: 'Mark “Call the printer” as done' }).click();
  await page.getByText('Nothing is waiting for you.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('link', { name: 'Call the printer' }).click();
  await page.getByRole('button', { name: 'More for this to-do' }).click();
  await page.getByRole('menuitem', { name: 'Move to the trash' }).click();
  await page.waitForURL('**/dashboard/home');
  await page.getByText('Nothing is waiting for you.').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('two people who edit one to-do: another field is kept, the same field is asked about', { skip }, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants');
  await page.locator('.card').click();
  await page.getByRole('textbox', { name: 'Title' }).waitFor();
  const other = await house.visit(await house.addPerson('Bob Builder', 30), '/p/ALI/t/1');
  const otherTitle = other.getByRole('textbox', { name: 'Title' });
  await otherTitle.fill('Water the ferns');
  await saved(other, () => otherTitle.press('Enter'));

  const description = page.getByRole('textbox', { name: 'Description' });
  await description.fill('Twice.');
  await description.blur();
  await page.getByText('wrote the description').waitFor();
  await becomes(() => page.getByRole('textbox', { name: 'Title' }).inputValue(), 'Water the ferns');

  const title = page.getByRole('textbox', { name: 'Title' });
  await title.fill('Water the orchids');
  await otherTitle.fill('Water the moss');
  await otherTitle.press('Enter');
  await page.getByText('changed the title from “Water the ferns” to “Water the moss”').waitFor();
  await title.press('Enter');
  await page.getByText('Theirs: “Water the moss”').waitFor();
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByText('changed the title from “Water the moss” to “Water the orchids”').waitFor();

  await description.fill('Thrice.');
  await description.blur();
  await page.getByText('changed the description from “Twice.” to “Thrice.”').waitFor();
  await description.fill('');
  await description.blur();
  await page.getByText('took the description away (was “Thrice.”)').waitFor();
  // The browser itself notes each refusal with 409; nothing else may be said.
  assert.deepEqual(
    house.complaints.filter((text) => !text.includes('409')),
    [],
  );
});

for (const width of [1280, 360])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`every screen is accessible and fits at ${width} px, ${colorScheme}`, { skip }, async () => {
      await using house = await openHouse();
      const page = await house.visit(await house.addPerson('Alice Example', 20), '/', width);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.getByRole('button', { name: 'Start “Alice’s to-dos”' }).waitFor();
      await assertAccessible(page);
      await startOwnProject(page);
      await addTo(page, 'New', 'Water the plants');
      for (const path of ['/p/ALI/board', '/p/ALI/list', '/p/ALI/t/1', '/dashboard/home']) {
        await page.goto(new URL(path, page.url()).href);
        await page.locator('h1').first().waitFor({ state: 'attached' });
        if (path.includes('/t/')) await page.getByText('made this to-do').waitFor();
        await assertAccessible(page);
        const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
        assert.ok(overflow <= 0, `${path} is ${overflow} px too wide`);
      }
    });

const projectScreens = [
  ...[
    'board',
    'board?group=priority',
    'list',
    'table',
    'timeline',
    'milestones',
    'sprints',
    'goals',
    'files',
    'people',
  ],
  ...['settings', 'trash'],
];

async function startFullProject(page: Page): Promise<void> {
  await startOwnProject(page);
  const titles = Array.from({ length: 30 }, (_, index) => `Water plant ${index + 1}`);
  await page.evaluate(
    `Promise.all(${JSON.stringify(titles)}.map((title) => fetch('/api/v1/projects/ALI/to-dos', { method: 'POST',
      headers: { 'content-type': 'application/json' }, body: JSON.stringify({ creationKey: crypto.randomUUID(), title }) })))`,
  );
}

test('every screen of a project scrolls within itself: the page is never larger than the window', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await startFullProject(page);
  const tooLarge: string[] = [];
  for (const path of ['/p/ALI', ...projectScreens.map((name) => `/p/ALI/${name}`)]) {
    await page.goto(new URL(path, page.url()).href);
    await page.locator('main:not([aria-busy=true])').waitFor();
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 700 });
      const beyond = await page.evaluate(`(({ scrollWidth, scrollHeight }) =>
        [scrollWidth - innerWidth, scrollHeight - innerHeight])(document.documentElement)`);
      if (String(beyond) !== '0,0') tooLarge.push(`${path} at ${width}: ${String(beyond)}`);
    }
  }
  assert.deepEqual(tooLarge, []);
});

test('enlarged four times, or on a phone on its side, a project is scrolled as one page and read through no slit', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await startFullProject(page);
  const wrong: string[] = [];
  for (const path of projectScreens.map((name) => `/p/ALI/${name}`)) {
    await page.goto(new URL(path, page.url()).href);
    await page.locator('main:not([aria-busy=true])').waitFor();
    if (path.endsWith('/table')) {
      await page.getByRole('checkbox', { name: 'Select ALI-1', exact: true }).check();
      await page.getByRole('toolbar', { name: 'Selected cards' }).waitFor();
    }
    for (const [width, height] of [
      [320, 256],
      [667, 331],
      [1280, 400],
    ] as const) {
      await page.setViewportSize({ width, height });
      const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
      const slits = [...(overflow > 0 ? [`${overflow} pixels too wide`] : []), ...(await slitsOf(page))];
      wrong.push(...slits.map((slit) => `${path} at ${width}x${height}: ${slit}`));
    }
  }
  assert.deepEqual(wrong, []);
});

test('the sums of a table stand at its foot, and no row shows through them', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await startFullProject(page);
  await page.setViewportSize({ width: 1280, height: 540 });
  await page.getByRole('link', { name: 'Table' }).click();
  await page.locator('.cell-sum').first().waitFor();
  const { under, bottom } = await page.evaluate<{ under: boolean; bottom: number }>(`(() => {
    const cell = document.querySelector('.cell-sum');
    const { left, top, width, height, bottom } = cell.getBoundingClientRect();
    return { under: document.elementFromPoint(left + width / 2, top + height / 2) === cell, bottom };
  })()`);
  assert.ok(under, 'the sums are covered');
  assert.ok(bottom <= 540, `the sums end at ${bottom}`);
});

test('the theme that was chosen is in the page from its first byte', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/dashboard/home');
  await page.getByRole('button', { name: /Alice Example/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await until('a cookie of the theme', async () =>
    (await page.context().cookies()).find(({ value }) => value.includes('theme.dark')),
  );
  const response = await page.reload();
  assert.match((await response?.text()) ?? '', /<html lang="en" data-theme="dark">/);
});

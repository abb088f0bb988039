/** Home, the day and one thing at a time in a real browser: planned by pointer, by keys and by menu, done, and put off. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { slitsOf, tabTo } from '@gatehouse/testing/fit-for-all.ts';
import { menuTakesKeys } from '@gatehouse/testing/keyboard.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes, until } from '@gatehouse/testing/until.ts';
import type { Locator, Page } from 'playwright-core';
import { openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');
const hourHeight = 60;

async function openHome(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByRole('heading', { name: /^Good/ }).waitFor();
}

async function writeDown(page: Page, ...lines: string[]): Promise<void> {
  const field = page.getByRole('textbox', { name: 'New to-do for yourself' });
  for (const line of lines) {
    await field.fill(line);
    await saved(page, () => field.press('Enter'));
  }
}

async function openDay(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Day', exact: true }).click();
  await page.getByRole('heading', { name: 'What waits' }).waitFor();
}

/** What is planned, in words, in the order of the clock. */
const seePlan = (page: Page): Promise<string[]> =>
  page
    .getByRole('list', { name: 'Planned' })
    .locator('.block-whole')
    .evaluateAll((blocks) => blocks.map((block) => block.textContent ?? ''));

/** Drags what waits onto an hour. */
async function dragTo(page: Page, title: string, hour: number): Promise<void> {
  const hours = page.locator('.day-hours');
  const box = await hours.boundingBox();
  assert.ok(box);
  await page
    .locator('.waiting-row', { hasText: title })
    .dragTo(hours, { targetPosition: { x: box.width / 2, y: hour * hourHeight } });
}

async function inBothThemes(page: Page, look: () => Promise<void>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await look();
  }
}

const fits = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');

test('a to-do is dragged onto an hour, moved by keys, made longer, taken off and put back', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await openHome(page);
  await writeDown(page, 'Write the offer', 'Call the printer');
  await openDay(page);
  await saved(page, () => dragTo(page, 'Write the offer', 10));
  await becomes(() => seePlan(page), ['Write the offer10:00 – 11:00']);
  await page.getByText('1 h planned').waitFor();

  const block = page.getByRole('button', { name: /10:00 – 11:00/ });
  await block.focus();
  await saved(page, async () => {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Enter');
  });
  await becomes(() => seePlan(page), ['Write the offer10:30 – 12:00']);

  const moved = page.getByRole('button', { name: /10:30 – 12:00/ });
  const box = await moved.boundingBox();
  assert.ok(box);
  await saved(page, async () => {
    await page.mouse.move(box.x + 40, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 40, box.y + 20 - hourHeight, { steps: 4 });
    await page.mouse.up();
  });
  await becomes(() => seePlan(page), ['Write the offer09:30 – 11:00']);
  await page.reload();
  await page.getByRole('button', { name: /09:30 – 11:00/ }).focus();
  await saved(page, () => page.keyboard.press('Delete'));
  await becomes(() => seePlan(page), []);
  await saved(page, () => page.getByRole('button', { name: 'Undo' }).click());
  await page.getByRole('button', { name: /09:30 – 11:00/ }).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('what is let go of before it was drawn stands where it was let go of', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await openHome(page);
  await writeDown(page, 'Write the offer');
  await openDay(page);
  await page.locator('.waiting-row').waitFor();
  await saved(page, () =>
    page.evaluate(`(async () => {
      const [row, hours] = ['.waiting-row', '.day-hours'].map((name) => document.querySelector(name));
      const { left, top } = hours.getBoundingClientRect();
      const place = { clientX: left + 50, clientY: top + 10 * ${hourHeight}, dataTransfer: new DataTransfer() };
      const send = (to, type) => to.dispatchEvent(new DragEvent(type, { ...place, bubbles: true, cancelable: true }));
      send(row, 'dragstart');
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
      send(hours, 'dragover');
      send(hours, 'drop');
      send(row, 'dragend');
    })()`),
  );
  await becomes(() => seePlan(page), ['Write the offer10:00 – 11:00']);
  await saved(page, () =>
    page.evaluate(`{
      const block = document.querySelector('.block-whole');
      block.setPointerCapture = () => undefined;
      const send = (type, clientY) => block.dispatchEvent(new PointerEvent(type, { clientY, button: 0, bubbles: true }));
      send('pointerdown', 100);
      send('pointermove', 100 + ${hourHeight});
      send('pointerup', 100 + ${hourHeight});
    }`),
  );
  await becomes(() => seePlan(page), ['Write the offer11:00 – 12:00']);
  assert.deepEqual(house.complaints, []);
});

test('in a low window a day is scrolled as one page, and what waits is dragged onto an hour far below', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await openHome(page);
  await writeDown(page, 'Write the offer', 'Call the printer');
  await openDay(page);
  for (const [width, height] of [
    [320, 256],
    [667, 331],
    [1280, 420],
  ] as const) {
    await page.setViewportSize({ width, height });
    assert.ok(await fits(page), `${width}x${height}`);
    assert.deepEqual(await slitsOf(page), [], `${width}x${height}`);
    const beyond = await page.locator('.day-scroll').evaluate((hours) => hours.scrollHeight - hours.clientHeight);
    assert.equal(beyond, 0, `hours within hours at ${width}x${height}`);
  }
  const row = await page.locator('.waiting-row', { hasText: 'Write the offer' }).boundingBox();
  const hours = await page.locator('.day-hours').boundingBox();
  assert.ok(row && hours);
  await page.mouse.move(row.x + 30, row.y + 10);
  await page.mouse.down();
  // At the foot of the window the page goes on under what is dragged.
  const foot = { x: hours.x + hours.width / 2, y: 415 };
  await page.mouse.move(foot.x, foot.y, { steps: 5 });
  const sixteen = async () => ((await page.locator('.day-hours').boundingBox())?.y ?? 0) + 16 * hourHeight;
  await until('16:00 to come into the window', async () => {
    await page.mouse.move(foot.x, foot.y);
    return (await sixteen()) < 350;
  });
  await page.mouse.move(foot.x, 200);
  // Let go where the page says that it would be.
  await until('16:00 to be offered', async () => {
    await page.mouse.move(foot.x, await sixteen(), { steps: 2 });
    return (await page.locator('.day-ghost').allTextContents()).some((text) => text.includes('16:00'));
  });
  await saved(page, () => page.mouse.up());
  await becomes(() => seePlan(page), ['Write the offer16:00 – 17:00']);
  assert.deepEqual(house.complaints, []);
});

test('without a pointer that drags, a day is planned by menu and by time, also on a phone', { skip }, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  await startOwnProject(await house.visit(alice, '/'));
  const page = await house.visit(alice, '/dashboard/home', 360);
  await writeDown(page, 'Write the offer', 'Call the printer');
  assert.ok(await fits(page));
  await page.getByRole('link', { name: 'Plan the day' }).click();
  await page.getByRole('button', { name: 'Plan “Write the offer”' }).click();
  await saved(page, () => page.getByRole('menuitem', { name: 'Plan at 10:00' }).click());
  await page.getByRole('button', { name: 'Plan “Call the printer”' }).click();
  await page.getByRole('menuitem', { name: 'Another time…' }).click();
  await page.getByLabel('Begins at').fill('10:30');
  await page.getByRole('button', { name: /^Takes/ }).click();
  await page.getByRole('menuitemradio', { name: '30 min', exact: true }).click();
  await saved(page, () => page.getByRole('button', { name: 'Plan it' }).click());
  await becomes(() => seePlan(page), ['Write the offer10:00 – 11:00', 'Call the printer10:30 – 11:00']);
  await page.getByText('Everything that waits is planned for this day.').waitFor();
  await inBothThemes(page, async () => {
    assert.ok(await fits(page));
    await assertAccessible(page);
  });
  await page.getByRole('button', { name: 'More for Call the printer' }).click();
  await saved(page, () => page.getByRole('menuitem', { name: 'To the next day' }).click());
  await page.getByRole('button', { name: 'Next day' }).click();
  await page.getByRole('button', { name: 'Call the printer 10:30 – 11:00' }).waitFor();
  await page.getByRole('link', { name: 'Today' }).click();
  await page.getByRole('button', { name: 'Write the offer 10:00 – 11:00' }).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('who plans by keys stands at what waits next, and at the heading once nothing does', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await openHome(page);
  await writeDown(page, 'Write the offer', 'Call the printer', 'Order paper');
  await openDay(page);
  const plan = (title: string) => page.getByRole('button', { name: `Plan “${title}”` });
  const isFocused = (place: Locator) => place.and(page.locator(':focus')).waitFor();
  await plan('Call the printer').focus();
  await page.keyboard.press('Enter');
  await menuTakesKeys(page);
  await saved(page, () => page.keyboard.press('Enter'));
  await isFocused(plan('Order paper'));
  await page.keyboard.press('Enter');
  await menuTakesKeys(page);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Order paper' }).waitFor();
  await page.getByLabel('Begins at').focus();
  await saved(page, () => page.keyboard.press('Enter'));
  await isFocused(plan('Write the offer'));
  await page.keyboard.press('Enter');
  await menuTakesKeys(page);
  await saved(page, () => page.keyboard.press('Enter'));
  await isFocused(page.getByRole('heading', { name: 'What waits' }));
  assert.deepEqual(house.complaints, []);
});

test('who goes from day to day by keys stays where they press, and sees when the hours have the focus', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await openDay(page);
  const heading = page.getByRole('heading', { level: 1 });
  const next = page.getByRole('button', { name: 'Next day' });
  await next.focus();
  for (const _ of [1, 2]) {
    const before = await heading.innerText();
    await page.keyboard.press('Enter');
    await heading.filter({ hasNotText: before }).waitFor();
    await next.and(page.locator(':focus')).waitFor({ timeout: 5_000 });
  }
  await tabTo(page, '.day-scroll');
  assert.deepEqual(house.complaints, []);
});

test('one thing at a time: its parts are ticked, it is done or put off by a key, and left to where one came from', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await openHome(page);
  await writeDown(page, 'Write the offer', 'Call the printer', 'Water the plants');
  await page.getByRole('link', { name: 'Write the offer' }).click();
  const part = page.getByRole('textbox', { name: 'New subtask' });
  await part.fill('Ask for the price');
  await saved(page, () => part.press('Enter'));
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('link', { name: 'One thing at a time' }).click();
  const heading = page.getByRole('heading', { level: 1 });
  await page.getByRole('heading', { level: 1, name: 'Write the offer' }).waitFor();
  await becomes(() => page.locator('a[href], h1, h2, h3').count(), 1);
  await inBothThemes(page, () => assertAccessible(page));
  await saved(page, () => page.getByRole('checkbox', { name: 'Ask for the price' }).click());
  await page.getByRole('checkbox', { name: 'Ask for the price', checked: true }).waitFor();
  await page.keyboard.press('l');
  await page.getByRole('heading', { level: 1, name: 'Call the printer' }).waitFor();
  await saved(page, () => page.keyboard.press('d'));
  await page.getByRole('heading', { level: 1, name: 'Water the plants' }).waitFor();
  assert.equal(await heading.count(), 1);
  await page.keyboard.press('Escape');
  await page.waitForURL('**/dashboard/home');
  await page.getByRole('link', { name: 'Write the offer' }).waitFor();
  await page.getByRole('link', { name: 'Call the printer' }).waitFor({ state: 'detached' });
  assert.deepEqual(house.complaints, []);
});

test('home shows one’s projects: how far each is, what is open, how it goes', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await openHome(page);
  await page.getByText('Nothing in it yet').waitFor();
  await writeDown(page, 'One', 'Two');
  const card = page.getByRole('region', { name: 'My projects' }).getByRole('listitem');
  await card.getByText('2 open to-dos').waitFor();
  await saved(page, () => page.getByRole('button', { name: 'Mark “One” as done' }).click());
  await card.getByText('1 open to-do').waitFor();
  await card.getByText('50 %').waitFor();
  await inBothThemes(page, () => assertAccessible(page));
  await card.getByRole('link', { name: 'Alice’s to-dos' }).click();
  await page.waitForURL('**/p/ALI/board');
  assert.deepEqual(house.complaints, []);
});

/** Milestones and the timeline in a real browser: made, dragged by pointer and by keyboard, seen on a phone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { intercept } from '@gatehouse/testing/network.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { addDays, type Day, dayOf } from '../../wire/days.ts';
import { addTo, fillDay, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function goTo(page: Page, view: string): Promise<void> {
  await page.goto(new URL(`/p/ALI/${view}`, page.url()).href);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
}

type Dates = { readonly startOn: Day; readonly endOn: Day };

async function makeMilestone(page: Page, title: string, dates?: Dates, waitsFor?: string): Promise<void> {
  await page.getByRole('button', { name: /New milestone|Make the first milestone/ }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  if (dates) {
    await fillDay(page, 'First day', dates.startOn);
    await fillDay(page, 'Last day', dates.endOn);
  }
  if (waitsFor) {
    await page.getByRole('button', { name: /^Waits for/ }).click();
    await page.getByRole('menuitemcheckbox', { name: waitsFor }).click();
    await page.keyboard.press('Escape');
  }
  await saved(page, () => page.getByRole('button', { name: 'Make milestone' }).click());
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** The days of a bar, as its two ends tell them. */
async function daysOf(page: Page, title: string): Promise<string> {
  const ends = ['First day of', 'Last day of'].map((end) =>
    page.getByRole('slider', { name: `${end} ${title}`, exact: true }).getAttribute('aria-valuetext'),
  );
  return (await Promise.all(ends)).join(' to ');
}

const words = (day: Day): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T12:00:00Z`),
  );
const range = (from: Day, to: Day): string => `${words(from)} to ${words(to)}`;

/** Drags what stands in the middle of `locator` by that many days on the scale of weeks. */
async function dragBy(page: Page, name: string, role: 'button' | 'slider', days: number): Promise<void> {
  const place = page.getByRole(role, { name });
  // It stands where it will stay.
  await place.scrollIntoViewIfNeeded();
  const box = await place.boundingBox();
  assert.ok(box);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + days * 7, y, { steps: 3 });
  await page.mouse.move(x + days * 14, y, { steps: 3 });
  await saved(page, () => page.mouse.up());
}

test('a bar is moved and stretched by pointer and by keyboard, each time with one request, and taken back', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  const today = dayOf(new Date());
  const day = (count: number): Day => addDays(today, count);
  await goTo(page, 'timeline');
  await makeMilestone(page, 'Launch', { startOn: day(1), endOn: day(10) });
  const sent: string[] = [];
  page.on('request', (request) => request.method() !== 'GET' && sent.push(request.method()));

  await dragBy(page, 'Launch, ', 'button', 4);
  await becomes(() => daysOf(page, 'Launch'), range(day(5), day(14)));
  await dragBy(page, 'Last day of Launch', 'slider', 3);
  await becomes(() => daysOf(page, 'Launch'), range(day(5), day(17)));
  await dragBy(page, 'First day of Launch', 'slider', -2);
  await becomes(() => daysOf(page, 'Launch'), range(day(3), day(17)));
  assert.deepEqual(sent, ['PATCH', 'PATCH', 'PATCH']);

  await page.getByRole('button', { name: /^Launch, / }).focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowLeft', 'ArrowRight']) await page.keyboard.press(key);
  await saved(page, () => page.keyboard.press('Enter'));
  await becomes(() => daysOf(page, 'Launch'), range(day(-1), day(13)));
  await page.getByRole('slider', { name: 'Last day of Launch' }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Escape');
  await becomes(() => daysOf(page, 'Launch'), range(day(-1), day(13)));
  // Without Enter, the new days are kept once the keys rest.
  await saved(page, () => page.keyboard.press('ArrowLeft'));
  await becomes(() => daysOf(page, 'Launch'), range(day(-1), day(12)));
  assert.equal(sent.length, 5);

  await saved(page, () => page.getByRole('button', { name: 'Undo' }).first().click());
  await becomes(() => daysOf(page, 'Launch'), range(day(-1), day(13)));
  await page.reload();
  await page.getByRole('slider', { name: 'First day of Launch' }).waitFor();
  await becomes(() => daysOf(page, 'Launch'), range(day(-1), day(13)));
  assert.deepEqual(house.complaints, []);
});

test('a milestone that starts before the one it waits for ends is told in words, until it is moved', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  const today = dayOf(new Date());
  await goTo(page, 'timeline');
  await makeMilestone(page, 'Design', { startOn: today, endOn: addDays(today, 6) });
  await makeMilestone(page, 'Build', { startOn: addDays(today, 4), endOn: addDays(today, 12) }, 'Design');
  await page.getByText('Starts before “Design” ends', { exact: true }).waitFor();
  await dragBy(page, 'Build, ', 'button', 3);
  await page.getByText('Starts before “Design” ends', { exact: true }).waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Design', exact: true }).click();
  await page.getByRole('button', { name: /^Waits for/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Build' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('cannot wait for one that waits for it').waitFor();
});

test('a title stands in its bar where it fits, and whole after the bar and the line from it where it does not', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await goTo(page, 'milestones');
  const today = dayOf(new Date());
  const [short, long] = ['Choose the plants for the terrace', 'Dig'];
  await makeMilestone(page, short, { startOn: today, endOn: addDays(today, 7) });
  await makeMilestone(page, long, { startOn: addDays(today, 10), endOn: addDays(today, 24) }, short);
  await goTo(page, 'timeline');
  const places = async (title: string) => {
    const bar = page.locator('.bar', { has: page.locator('.bar-title-words', { hasText: title }) });
    const [outer, inner] = [await bar.boundingBox(), await bar.locator('.bar-title-words').boundingBox()];
    assert.ok(outer && inner);
    assert.ok(Math.abs(inner.y + inner.height / 2 - outer.y - outer.height / 2) < 2, 'on the line of its bar');
    return { outer, inner };
  };
  await page.locator('.bar-short', { hasText: short }).waitFor();
  const beside = await places(short);
  // The line turns ten pixels after the bar.
  assert.ok(beside.inner.x > beside.outer.x + beside.outer.width + 11, JSON.stringify(beside));
  const within = await places(long);
  assert.ok(within.inner.x >= within.outer.x, JSON.stringify(within));
  assert.ok(within.inner.x + within.inner.width <= within.outer.x + within.outer.width, JSON.stringify(within));
  const end = page.getByRole('slider', { name: `Last day of ${short}` });
  await end.focus();
  for (let week = 0; week < 3; week++) await end.press('Shift+ArrowRight');
  await saved(page, () => end.press('Enter'));
  await page.locator('.bar:not(.bar-short)', { hasText: short }).waitFor();
  const grown = await places(short);
  assert.ok(grown.inner.x + grown.inner.width <= grown.outer.x + grown.outer.width, JSON.stringify(grown));
  assert.deepEqual(house.complaints, []);
});

test('a to-do is given to a milestone, and counts in its progress', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants', 'Call the printer');
  await goTo(page, 'milestones');
  await makeMilestone(page, 'Launch');
  for (const number of [1, 2]) {
    await page.goto(new URL(`/p/ALI/t/${number}`, page.url()).href);
    await page.getByRole('button', { name: 'Milestone: No milestone' }).click();
    await saved(page, () => page.getByRole('menuitemradio', { name: 'Launch' }).click());
  }
  await saved(page, () => page.getByRole('button', { name: 'Mark as done' }).click());
  await goTo(page, 'milestones');
  await page.getByText('1 of 2 to-dos done').waitFor();
  assert.equal(await page.getByRole('progressbar').getAttribute('aria-valuenow'), '50');
  await page.goto(new URL('/milestones', page.url()).href);
  await page.getByText('What is to be reached next').waitFor();
  await assertAccessible(page);
  await page.getByRole('link', { name: 'Launch' }).click();
  await page.waitForURL('**/p/ALI/milestones?open=*');
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('only the rows in sight are drawn of a thousand to-dos', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  const today = dayOf(new Date());
  await intercept(page, '**/timeline', async (route) => {
    const toDos = Array.from({ length: 1_000 }, (_, index) => ({
      ...{ number: index + 1, title: `Thing ${index + 1}`, milestoneId: null, done: false, version: 1 },
      workStartOn: addDays(today, index % 300),
      workEndOn: addDays(today, (index % 300) + 5),
    }));
    await route.fulfill({ json: { milestones: [], may: { edit: true }, toDos, more: false, mayEditToDo: true } });
  });
  await goTo(page, 'timeline?to-dos=shown');
  await page.getByRole('button', { name: 'ALI-1 Thing 1', exact: true }).waitFor();
  assert.ok((await page.locator('.timeline-row').count()) < 60);
  await page.evaluate(`document.querySelector('.timeline').scrollTop = 1e6`);
  await page.getByRole('button', { name: 'ALI-1000 Thing 1000', exact: true }).waitFor();
  assert.ok((await page.locator('.timeline-row').count()) < 60);
});

for (const width of [1280, 360])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`milestones and timeline are accessible and fit at ${width} px, ${colorScheme}`, { skip }, async () => {
      await using house = await openHouse();
      const page = await house.visit(await house.addPerson('Alice Example', 20), '/', width);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await startOwnProject(page);
      const today = dayOf(new Date());
      await goTo(page, 'milestones');
      await assertAccessible(page);
      await makeMilestone(page, 'Design', { startOn: today, endOn: addDays(today, 6) });
      await makeMilestone(page, 'Build', { startOn: addDays(today, 4), endOn: addDays(today, 12) }, 'Design');
      await makeMilestone(page, 'Some day');
      for (const view of ['milestones', 'timeline?to-dos=shown']) {
        await goTo(page, view);
        await page.getByText('Design', { exact: true }).first().waitFor();
        await assertAccessible(page);
        const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
        assert.ok(overflow <= 0, `${view} is ${overflow} px too wide`);
      }
      await page.getByRole('button', { name: 'Build', exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await assertAccessible(page);
    });

/** What stays open over midnight, in a real browser whose clock is moved: home, the board and the day go on with the new day. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Page } from 'playwright-core';
import { openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function openHouseAt(time: string) {
  await using opened = new AsyncDisposableStack();
  const house = opened.use(await openHouse());
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await page.clock.setSystemTime(new Date(time));
  await page.goto(new URL('/dashboard/home', page.url()).href);
  await writeDown(page, 'Pay the rent today', 'Call the printer tomorrow');
  const all = opened.move();
  return { house, page, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

async function writeDown(page: Page, ...lines: string[]): Promise<void> {
  const field = page.getByRole('textbox', { name: 'New to-do for yourself' });
  for (const line of lines) {
    await field.fill(line);
    await saved(page, () => field.press('Enter'));
  }
}

/** Nothing is pressed and nothing loads; a tab behind another hears only that it is seen again. */
async function comeBackAt(page: Page, time: string): Promise<void> {
  await page.clock.setSystemTime(new Date(time));
  await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
}

test('home that was open overnight greets, groups and counts by the new day', { skip }, async () => {
  await using night = await openHouseAt('2026-11-30T22:10:00');
  const { page, house } = night;
  const numbers = page.getByRole('list', { name: 'In numbers' });
  await page.getByRole('heading', { name: 'Good evening, Alice' }).waitFor();
  await numbers.getByText('0 overdue').waitFor();
  await comeBackAt(page, '2026-12-01T08:17:00');
  await page.getByRole('heading', { name: 'Good morning, Alice' }).waitFor();
  await numbers.getByText('1 overdue').waitFor();
  await numbers.getByText('1 for today').waitFor();
  await page.getByRole('region', { name: 'Overdue' }).getByRole('link', { name: 'Pay the rent' }).waitFor();
  await page.getByRole('region', { name: 'Today' }).getByRole('link', { name: 'Call the printer' }).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('what is planned on a day page that was open overnight is planned for the new day', { skip }, async () => {
  await using night = await openHouseAt('2026-11-30T22:10:00');
  const { page, house } = night;
  await page.getByRole('link', { name: 'Plan the day' }).click();
  await page.getByRole('heading', { name: 'Monday 30 November' }).waitFor();
  await comeBackAt(page, '2026-12-01T08:17:00');
  await page.getByRole('button', { name: 'Plan “Pay the rent”' }).click();
  await page.getByRole('menuitem', { name: 'Next free, 08:30' }).waitFor();
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('menuitem', { name: 'Plan at 10:00' }).click();
  assert.equal((await sent).postDataJSON().day, '2026-12-01');
  await page.getByRole('heading', { name: 'Tuesday 1 December' }).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('a board that is looked at over midnight calls what was due yesterday late', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await page.clock.install({ time: new Date('2026-11-30T23:58:30') });
  await page.goto(new URL('/dashboard/home', page.url()).href);
  await writeDown(page, 'Pay the rent today');
  await page.getByRole('link', { name: 'Alice’s to-dos' }).first().click();
  const due = page.locator('.card time');
  await due.getByText('Today').waitFor();
  await page.clock.fastForward(120_000);
  await due.getByText('Yesterday').waitFor();
  assert.match((await due.textContent()) ?? '', /Overdue/);
  assert.deepEqual(house.complaints, []);
});

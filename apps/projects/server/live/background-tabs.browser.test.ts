/** Tabs that nobody looks at: over HTTP/1.1 a browser keeps six connections to one site, and they leave them to others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import type { BrowserContext, Page, Request } from 'playwright-core';
import { addTo, openHouse, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

/** Playwright shows every page to somebody; these begin behind another one. */
async function openBehind(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(setVisibility('hidden'));
  await page.goto(address);
  return page;
}

const setVisibility = (state: 'hidden' | 'visible'): string => `
  Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));`;

const isStream = (request: Request): boolean => new URL(request.url()).pathname === '/api/live';

const card = (page: Page, title: string) => page.locator('.card', { hasText: title });

test('six tabs opened in the background all load, and keep none of the connections of the site', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'One');
  const streams: Request[] = [];
  page.context().on('request', (request) => isStream(request) && streams.push(request));
  for (let count = 0; count < 6; count += 1) await card(await openBehind(page.context(), page.url()), 'One').waitFor();
  assert.equal(streams.length, 0);
  assert.deepEqual(house.complaints, []);
});

test('a tab closes its stream when it is left, and sees what it missed when it is looked at', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'One');
  const behind = await openBehind(page.context(), page.url());
  await card(behind, 'One').waitFor();
  await addTo(page, 'New', 'Two');
  assert.equal(await card(behind, 'Two').count(), 0);
  await behind.evaluate(setVisibility('visible'));
  await card(behind, 'Two').waitFor();
  const closed = behind.waitForEvent('requestfailed', isStream);
  await behind.evaluate(setVisibility('hidden'));
  await closed;
  await addTo(page, 'New', 'Three');
  assert.equal(await card(behind, 'Three').count(), 0);
  await behind.evaluate(setVisibility('visible'));
  await card(behind, 'Three').waitFor();
  assert.deepEqual(house.complaints, []);
});

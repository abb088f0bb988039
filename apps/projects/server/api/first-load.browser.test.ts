/** What a first visit brings over the wire, in a workspace that people have worked in: headers included, nothing kept from before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { goOffline } from '@gatehouse/testing/network.ts';
import type { Page } from 'playwright-core';
import { dayOf } from '../../wire/days.ts';
import { languages } from '../../wire/languages.ts';
import { broughtAhead, openHouse, startOwnProject } from './house.testing.ts';

const skip = needs('chromium');

type Load = { readonly total: number; readonly files: readonly (readonly [path: string, bytes: number])[] };

/** All that is asked for until the page stands; what comes ahead of use begins then and is none of it. */
async function watchLoad(page: Page, load: () => Promise<unknown>): Promise<Load> {
  const paths = new Map<string, string>();
  const files: [string, number][] = [];
  const session = await page.context().newCDPSession(page);
  session.on('Network.requestWillBeSent', ({ requestId, request }) =>
    paths.set(requestId, new URL(request.url).pathname),
  );
  // What was asked for before is none of this visit's.
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength: bytes }) => {
    const path = paths.get(requestId);
    if (path !== undefined) files.push([path, bytes]);
  });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await load();
  const ahead = await page.evaluate<string[]>(`(([stands]) => performance.getEntriesByType('resource')
    .filter(({ startTime }) => stands && startTime >= stands.startTime)
    .map(({ name }) => new URL(name).pathname))(performance.getEntriesByName('page-stands'))`);
  const own = files.filter(([path]) => !ahead.includes(path));
  await session.detach();
  return { total: own.reduce((sum, [, bytes]) => sum + bytes, 0), files: own };
}

async function fillProject(page: Page): Promise<void> {
  await startOwnProject(page);
  const titles = Array.from({ length: 100 }, (_, index) => `Water plant ${index + 1}`);
  await page.evaluate(
    `Promise.all(${JSON.stringify(titles)}.map((title) => fetch('/api/v1/projects/ALI/to-dos', { method: 'POST',
      headers: { 'content-type': 'application/json' }, body: JSON.stringify({ creationKey: crypto.randomUUID(), title }) })))`,
  );
}

/** One's own work brings more to Home than what nobody has taken. */
async function takeSome(page: Page): Promise<void> {
  const titles = Array.from({ length: 20 }, (_, index) => `Feed bird ${index + 1}`);
  await page.evaluate(
    `fetch('/api/v1/me').then((answer) => answer.json()).then(({ person }) =>
      Promise.all(${JSON.stringify(titles)}.map((title) => fetch('/api/v1/projects/ALI/to-dos', { method: 'POST',
        headers: { 'content-type': 'application/json' }, body: JSON.stringify({ creationKey: crypto.randomUUID(), title,
        assigneeIds: [person.id], dueOn: '${dayOf(new Date())}' }) }))))`,
  );
}

/** With what shows that the page is there, and how many bytes it may take; German brings its words besides. */
const pages = [
  { path: '/dashboard/home', sign: '.home-work', bytesMax: 175_000 },
  { path: '/p/ALI/list', sign: 'text=Water plant 1', bytesMax: 195_000 },
  { path: '/p/ALI/board', sign: '.card', bytesMax: 245_000 },
  { path: '/p/ALI/t/1', sign: '[role=dialog] .rich-frame', bytesMax: 280_000 },
];

test('a first visit to a filled workspace is small, whichever page it begins with', { skip }, async (t) => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await fillProject(page);
  await takeSome(page);
  for (const { path, sign, bytesMax } of pages) {
    const visit = await page.context().newPage();
    const { total, files } = await watchLoad(visit, async () => {
      await visit.goto(new URL(path, page.url()).href, { waitUntil: 'networkidle' });
      await visit.locator(sign).first().waitFor();
    });
    t.diagnostic(`${path}: ${total} bytes`);
    assert.ok(
      files.some(([file, bytes]) => file.endsWith('.js') && bytes > 10_000),
      JSON.stringify(files),
    );
    assert.ok(total <= bytesMax, `${path}: ${total} bytes: ${JSON.stringify(files)}`);
    await visit.close();
  }
});

test('home is as small in every language', { skip }, async (t) => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await fillProject(page);
  await takeSome(page);
  for (const language of languages) {
    await page.context().setExtraHTTPHeaders({ 'accept-language': language });
    const visit = await page.context().newPage();
    const { total, files } = await watchLoad(visit, async () => {
      await visit.goto(new URL('/dashboard/home', page.url()).href, { waitUntil: 'networkidle' });
      await visit.locator('.home-work .row').nth(19).waitFor();
    });
    assert.equal(await visit.locator('html').getAttribute('lang'), language);
    assert.equal(await visit.locator('.home-work .row').count(), 20);
    t.diagnostic(`${language}: ${total} bytes`);
    assert.ok(total > 100_000 && total <= 180_000, `${language}: ${total} bytes: ${JSON.stringify(files)}`);
    await visit.close();
  }
});

test('what stands behind buttons comes by itself, so that it opens offline too', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await fillProject(page);
  const visit = await page.context().newPage();
  await visit.goto(new URL('/p/ALI/board', page.url()).href);
  await visit.locator('.card').first().waitFor();
  await broughtAhead(visit);
  await goOffline(visit);
  await visit.locator('.card').first().hover();
  await visit
    .locator('.card')
    .first()
    .getByRole('button', { name: /^More for/ })
    .click();
  await visit.getByRole('menuitem', { name: 'In progress' }).waitFor();
  await visit.keyboard.press('Escape');
  await visit.getByRole('button', { name: /^Priority/ }).click();
  await visit.getByRole('menuitemcheckbox', { name: 'High' }).waitFor();
});

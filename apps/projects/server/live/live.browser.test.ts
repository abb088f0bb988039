/** Two people on one board, in real browsers: what one does the other sees, also after having been away. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { goOffline } from '@gatehouse/testing/network.ts';
import { becomes, until } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

const cardIn = (page: Page, column: string, title: string) =>
  page.getByRole('grid', { name: column }).locator('.card', { hasText: title });

/** What this page asks the server for from now on, but for the stream and the icon. */
function watchReads(page: Page): string[] {
  const reads: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === 'GET' && pathname.startsWith('/api/v1')) reads.push(pathname);
  });
  return reads;
}

async function openTwoBoards(house: Awaited<ReturnType<typeof openHouse>>): Promise<[Page, Page]> {
  const alices = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(alices);
  await addTo(alices, 'New', 'One', 'Two', 'Three');
  const bobs = await house.visit(await house.addPerson('Bob Builder', 30), '/p/ALI/board');
  await bobs.locator('.card-title', { hasText: 'Three' }).waitFor();
  return [alices, bobs];
}

test('a move, a new card and a new title are seen on the other board, which is not read again', { skip }, async () => {
  await using house = await openHouse();
  const [alices, bobs] = await openTwoBoards(house);
  const reads = watchReads(bobs);
  const target = alices.getByRole('grid', { name: 'In progress' });
  await saved(alices, () => alices.locator('.card', { hasText: 'Two' }).dragTo(target));
  await cardIn(bobs, 'In progress', 'Two').waitFor();
  await addTo(alices, 'New', 'Four');
  await cardIn(bobs, 'New', 'Four').waitFor();
  await alices.locator('.card', { hasText: 'Four' }).click();
  const title = alices.getByRole('textbox', { name: 'Title' });
  await title.fill('Four and a half');
  await saved(alices, () => title.press('Enter'));
  await cardIn(bobs, 'New', 'Four and a half').waitFor();
  await becomes(() => house.seeBoard(bobs), { New: ['One', 'Three', 'Four and a half'], 'In progress': ['Two'] });
  assert.deepEqual(
    reads.filter((path) => path.endsWith('/board')),
    [],
  );
  assert.deepEqual(house.complaints, []);
});

test('a to-do that is open in a dialog shows what somebody else changes in it', { skip }, async () => {
  await using house = await openHouse();
  const [alices, bobs] = await openTwoBoards(house);
  await bobs.locator('.card', { hasText: 'One' }).click();
  await bobs.getByText('made this to-do').waitFor();
  await alices.locator('.card', { hasText: 'One' }).click();
  const description = alices.getByRole('textbox', { name: 'Description' });
  await description.fill('Before noon.');
  await saved(alices, () => description.blur());
  await bobs.getByText('wrote the description').waitFor();
  await becomes(() => bobs.getByRole('textbox', { name: 'Description' }).innerText(), 'Before noon.');
});

test('who was offline says so quietly, and sees on return what happened meanwhile', { skip }, async () => {
  await using house = await openHouse();
  const [alices, bobs] = await openTwoBoards(house);
  await goOffline(bobs);
  await bobs.getByText('You are offline.').waitFor();
  await assertAccessible(bobs);
  const target = alices.getByRole('grid', { name: 'Blocked' });
  await saved(alices, () => alices.locator('.card', { hasText: 'One' }).dragTo(target));
  await addTo(alices, 'New', 'Four');
  assert.equal(await cardIn(bobs, 'Blocked', 'One').count(), 0);
  const reads = watchReads(bobs);
  await bobs.context().setOffline(false);
  await cardIn(bobs, 'Blocked', 'One').waitFor();
  await cardIn(bobs, 'New', 'Four').waitFor();
  await bobs.getByText('You are offline.').waitFor({ state: 'detached' });
  assert.deepEqual(
    reads.filter((path) => path.endsWith('/board')),
    [],
  );
});

test('two people who move cards at once end with the same board', { skip }, async () => {
  await using house = await openHouse();
  const [alices, bobs] = await openTwoBoards(house);
  // Picked in the menu and not dragged: a browser has one drag at a time, whoever's page it is on.
  for (const [page, title] of [
    [alices, 'One'],
    [bobs, 'Three'],
  ] as const) {
    const card = page.locator('.card', { hasText: title });
    await card.hover();
    await card.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Done' }).waitFor();
  }
  await Promise.all(
    [alices, bobs].map((page) => saved(page, () => page.getByRole('menuitem', { name: 'Done' }).click())),
  );
  await cardIn(alices, 'Done', 'Three').waitFor();
  await cardIn(bobs, 'Done', 'One').waitFor();
  const both = async () => [await house.seeBoard(alices), await house.seeBoard(bobs)];
  const [board] = await until('one board on both pages', async () => {
    const [hers, his] = await both();
    return isDeepStrictEqual(hers, his) && [hers];
  });
  await alices.reload();
  await cardIn(alices, 'Done', 'One').waitFor();
  await becomes(() => house.seeBoard(alices), board);
});

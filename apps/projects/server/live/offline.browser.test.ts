/** A person who loses the network at work: what they do waits and arrives, what could not be kept is put back and said. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { goOffline, intercept } from '@gatehouse/testing/network.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { addTo, addUnsent, broughtAhead, openHouse, saved, signOut, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function moveByMenu(page: Page, title: string, column: string): Promise<void> {
  const card = page.locator('.card', { hasText: title });
  await card.hover();
  await card.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: column }).click();
}

const cardIn = (page: Page, column: string, title: string) =>
  page.getByRole('grid', { name: column }).locator('.card', { hasText: title });

for (const width of [1280, 360])
  test(`what is done offline waits in sight, and arrives in order on return, at ${width} px`, { skip }, async () => {
    await using house = await openHouse();
    const alices = await house.visit(await house.addPerson('Alice Example', 20), '/', width);
    await startOwnProject(alices);
    await addTo(alices, 'New', 'One', 'Two', 'Three');
    await alices.locator('.card', { hasText: 'Three' }).click();
    await alices.getByText('made this to-do').waitFor();
    await alices.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    const bobs = await house.visit(await house.addPerson('Bob Builder', 30), '/p/ALI/board');
    await cardIn(bobs, 'New', 'Three').waitFor();

    await broughtAhead(alices);
    await goOffline(alices);
    await moveByMenu(alices, 'One', 'In progress');
    await alices.getByText('Changes that wait to be sent: 1.').waitFor();
    await moveByMenu(alices, 'One', 'Blocked');
    await alices.locator('.card', { hasText: 'Three' }).click();
    await alices.getByRole('button', { name: 'Priority: No priority' }).click();
    await alices.getByRole('menuitemradio', { name: 'Low', exact: true }).click();
    await alices.getByRole('button', { name: 'Priority: Low' }).click();
    await alices.getByRole('menuitemradio', { name: 'High' }).click();
    await alices.getByRole('button', { name: 'Priority: High' }).waitFor();
    await alices.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await cardIn(alices, 'New', 'Three').getByText('High').waitFor();
    await assertAccessible(alices);
    assert.equal(await cardIn(alices, 'Blocked', 'One').count(), 1);
    assert.equal(await cardIn(bobs, 'New', 'One').count(), 1);
    await saved(bobs, () => moveByMenu(bobs, 'Two', 'Waiting for approval'));

    await alices.context().setOffline(false);
    await cardIn(bobs, 'Blocked', 'One').waitFor();
    await cardIn(bobs, 'New', 'Three').getByText('High').waitFor();
    await cardIn(alices, 'Waiting for approval', 'Two').waitFor();
    await alices.locator('.live-note', { hasText: /./ }).waitFor({ state: 'detached' });
    const board = { New: ['Three'], Blocked: ['One'], 'Waiting for approval': ['Two'] };
    await becomes(() => house.seeBoard(alices), board);
    await becomes(() => house.seeBoard(bobs), board);
    await alices.reload();
    await cardIn(alices, 'Blocked', 'One').waitFor();
    await becomes(() => house.seeBoard(alices), board);
  });

test('a to-do that was never opened before waits for the network, and then opens', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'One', 'Two');
  await broughtAhead(page);
  await goOffline(page);
  await moveByMenu(page, 'One', 'Blocked');
  await page.locator('.card', { hasText: 'Two' }).click();
  await page.waitForURL('**/p/ALI/t/2');
  await page.getByText('Changes that wait to be sent: 1.').waitFor();
  await page.context().setOffline(false);
  await page.getByText('made this to-do').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await cardIn(page, 'Blocked', 'One').waitFor();
});

test('what is done most often opens without a network too, and one is told at once that there is none', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  const ahead = ['new-to-do-dialog', 'to-do-dialog', 'editor'].map((name) =>
    page.waitForResponse((response) => new URL(response.url()).pathname.split('/').at(-1)?.startsWith(name) ?? false),
  );
  await page.reload();
  await Promise.all(ahead);
  await startOwnProject(page);
  await addTo(page, 'New', 'One');
  await goOffline(page);
  await page.getByText('You are offline. Changes of others show when you are back.').waitFor({ timeout: 3_000 });
  await page.keyboard.press('c');
  await page.getByRole('dialog', { name: 'New to-do' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.card', { hasText: 'One' }).click();
  await page.getByRole('dialog').getByText('You are offline. This opens when you are back.').waitFor();
  await assertAccessible(page);
  await page.context().setOffline(false);
  await page.getByText('made this to-do').waitFor();
});

test('what cannot be opened without a network says so, and opens on return', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await intercept(page, '**/shortcuts-dialog*', (route) => route.abort());
  await goOffline(page);
  await page.keyboard.press('?');
  await page.getByText('You are offline. This opens when you are back.').waitFor();
  await page.unroute('**/shortcuts-dialog*');
  await page.context().setOffline(false);
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
});

/** In the browser of somebody who comes back: the same storage, a new page. */
async function comeBack(page: Page): Promise<Page> {
  const again = await page.context().newPage();
  await again.goto(page.url());
  return again;
}

const keptIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('unsent:')));

test('cards that are made and moved offline are seen at once, outlive the page, and arrive once and in order', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'One');
  await broughtAhead(page);
  await goOffline(page);
  await addUnsent(page, 'New', 'Two', 'Three');
  await moveByMenu(page, 'Two', 'In progress');
  await moveByMenu(page, 'One', 'Blocked');
  await page.getByText('Changes that wait to be sent: 4.').waitFor();
  await becomes(() => page.getByText('Waits to be sent', { exact: true }).count(), 2);
  const board = { New: ['Three'], 'In progress': ['Two'], Blocked: ['One'] };
  await becomes(() => house.seeBoard(page), board);
  await cardIn(page, 'New', 'Three').click();
  await page.getByText('This to-do opens once it was sent.').waitFor();
  await assertAccessible(page);

  const questions: string[] = [];
  page.on('dialog', (dialog) => questions.push(dialog.type()));
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
  assert.deepEqual(questions, []);
  await page.context().setOffline(false);
  const again = await comeBack(page);
  await cardIn(again, 'Blocked', 'One').waitFor();
  await cardIn(again, 'In progress', 'Two').waitFor();
  await cardIn(again, 'New', 'Three').waitFor();
  await again.locator('.live-note', { hasText: /./ }).waitFor({ state: 'detached' });
  await becomes(() => house.seeBoard(again), board);
  await again.reload();
  await cardIn(again, 'New', 'Three').waitFor();
  await becomes(() => house.seeBoard(again), board);
  await becomes(() => keptIn(again), []);
});

test('a board whose first answer was given before what had waited arrived shows it all the same', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'One');
  await broughtAhead(page);
  await goOffline(page);
  await addUnsent(page, 'New', 'Two');
  await moveByMenu(page, 'One', 'Blocked');
  await page.getByText('Changes that wait to be sent: 2.').waitFor();
  await page.close();
  await page.context().setOffline(false);
  let letBoardGo: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    letBoardGo = resolve;
  });
  let mayCreate: () => void = () => undefined;
  const wasAsked = new Promise<void>((resolve) => {
    mayCreate = resolve;
  });
  const again = await page.context().newPage();
  await intercept(
    again,
    '**/ALI/board',
    async (route) => {
      if (route.request().resourceType() === 'document') return route.continue();
      const early = await route.fetch();
      mayCreate();
      await arrived;
      await route.fulfill({ response: early });
    },
    { times: 2 },
  );
  await intercept(again, '**/to-dos', async (route) => {
    await wasAsked;
    await route.continue();
  });
  await again.goto(page.url());
  await again.waitForFunction(() => !Object.keys(localStorage).some((name) => name.startsWith('unsent:')));
  letBoardGo();
  await cardIn(again, 'New', 'Two').waitFor();
  await cardIn(again, 'Blocked', 'One').waitFor();
});

test('a card whose answer got lost is there once, whoever sends it again', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  let reached: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    reached = resolve;
  });
  await intercept(page, '**/to-dos', async (route) => {
    await route.fetch();
    reached();
  });
  await page.getByRole('button', { name: 'Add to New' }).click();
  await page.keyboard.type('One');
  await page.keyboard.press('Enter');
  await arrived;
  await page.close();
  const again = await page.context().newPage();
  await saved(again, () => again.goto(page.url()));
  await cardIn(again, 'New', 'One').waitFor();
  await becomes(() => house.seeBoard(again), { New: ['One'] });
});

test('what a page left behind is tried until the server answers, and is gone from the device at sign-out', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await page.getByRole('button', { name: 'Add to New' }).waitFor();
  await goOffline(page);
  await addUnsent(page, 'New', 'One');
  await page.close();
  await page.context().setOffline(false);
  await page.context().route('**/to-dos', (route) => route.abort('connectionrefused'));
  const again = await comeBack(page);
  await again.getByText('Changes that wait to be sent: 1.').waitFor();
  await cardIn(again, 'New', 'One').getByText('Waits to be sent').waitFor();
  assert.equal((await keptIn(again)).length, 1);
  await signOut(again, 'Alice Example');
  await becomes(() => keptIn(again), []);
});

test('a comment that was written offline and is not taken any more is shown again, to be copied', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'One');
  await page.locator('.card', { hasText: 'One' }).click();
  await page.getByRole('textbox', { name: 'New comment' }).click();
  await page.keyboard.type('The printer wants');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two days.');
  await goOffline(page);
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.getByText('Changes that wait to be sent: 1.').waitFor();
  await page.close();
  await house.database.kysely.updateTable('to_dos').set({ deleted_at: 1 }).execute();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.context().setOffline(false);
  const again = await comeBack(page);
  await again.getByText('What you wrote was not taken.').waitFor();
  assert.equal(
    await again.getByRole('textbox', { name: 'What you wrote' }).inputValue(),
    'The printer wants\ntwo days.',
  );
  await assertAccessible(again);
  await again.getByRole('button', { name: 'Copy', exact: true }).click();
  await again.getByText('Copied.').waitFor();
  assert.equal(await again.evaluate<string>('navigator.clipboard.readText()'), 'The printer wants\ntwo days.');
  await becomes(() => keptIn(again), []);
});

test('a move that the server cannot take is put back, and made again when it is asked for', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'One', 'Two', 'Three');
  await intercept(page, '**/api/v1/**', (route) => route.abort('connectionrefused'));
  await moveByMenu(page, 'Two', 'In progress');
  await page.getByText('The server cannot be reached.').first().waitFor();
  await cardIn(page, 'New', 'Two').waitFor();
  await becomes(() => house.seeBoard(page), { New: ['One', 'Two', 'Three'] });
  await page.unroute('**/api/v1/**');
  await saved(page, () => page.getByRole('button', { name: 'Try again' }).click());
  await cardIn(page, 'In progress', 'Two').waitFor();
  await becomes(() => house.seeBoard(page), { New: ['One', 'Three'], 'In progress': ['Two'] });
});

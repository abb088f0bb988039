/** Notifications in a real browser: the count comes by itself, the list leads to the to-do, choices are kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

test('who is given a to-do sees the count rise, opens the to-do from the list, and the count falls', {
  skip,
}, async () => {
  await using house = await openHouse();
  const bob = await house.addPerson('Bob Builder', 30);
  const alices = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(alices);
  await addTo(alices, 'New', 'Water the plants');
  const bobs = await house.visit(bob, '/dashboard/home');
  await alices.locator('.card').click();
  await alices.getByRole('button', { name: /^Given to/ }).click();
  await saved(alices, () => alices.getByRole('menuitemcheckbox', { name: 'Bob Builder' }).click());
  await bobs.getByRole('link', { name: /Notifications.*1 unread/ }).click();
  await bobs.locator('.notification-place time', { hasText: /^Today, \d\d:\d\d$/ }).waitFor();
  await bobs.getByRole('link', { name: /Alice Example gave you “Water the plants”/ }).click();
  await bobs.waitForURL('**/p/ALI/t/1');
  await bobs.getByRole('button', { name: 'Close' }).click();
  await bobs.waitForURL('**/notifications');
  await bobs.getByText('1 unread').waitFor({ state: 'detached' });
  assert.deepEqual(house.complaints, []);
});

test('what was told of a to-do is read with it, however it was opened, and with no page that only lists it', {
  skip,
}, async () => {
  await using house = await openHouse();
  const bob = await house.addPerson('Bob Builder', 30);
  const alices = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(alices);
  await addTo(alices, 'New', 'Water the plants', 'Feed the cat');
  const bobs = await house.visit(bob, '/dashboard/home');
  const { origin } = new URL(bobs.url());
  const headers = { origin };
  for (const number of [1, 2])
    await alices.request.patch(`${origin}/api/v1/projects/ALI/to-dos/${number}`, {
      headers,
      data: { version: 1, assigneeIds: [bob.id] },
    });
  const bell = (unread: number) => bobs.getByRole('link', { name: new RegExp(`Notifications.*${unread} unread`) });
  await bell(2).waitFor();
  await bobs.goto(`${origin}/p/ALI/list`);
  await bobs.getByText('Feed the cat').waitFor();
  await bell(2).waitFor();
  await bobs.goto(`${origin}/p/ALI/t/1`);
  await bell(1).waitFor();
  await alices.request.post(`${origin}/api/v1/projects/ALI/to-dos/1/comments`, {
    headers,
    data: { creationKey: 'a-comment-of-alices', body: 'The ferns twice.' },
  });
  const commentIsRead = async () => {
    const { notifications } = await (await bobs.request.get(`${origin}/api/v1/me/notifications`)).json();
    return notifications.find(({ kind }: { kind: string }) => kind === 'comment')?.read;
  };
  await becomes(commentIsRead, true);
  await bobs.goto(`${origin}/notifications`);
  await bobs.getByText('The ferns twice.').waitFor();
  await bobs.getByRole('link', { name: /gave you “Feed the cat”.*Unread/ }).waitFor();
  assert.equal(await bobs.locator('.notification-unread').count(), 1);
  assert.deepEqual(house.complaints, []);
});

test('a comment that was changed or removed is told as it is now, on a page that is open', { skip }, async () => {
  await using house = await openHouse();
  const alices = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(alices);
  await addTo(alices, 'New', 'Water the plants');
  const bobs = await house.visit(await house.addPerson('Bob Builder', 30), '/dashboard/home');
  const { origin } = new URL(bobs.url());
  const comments = `${origin}/api/v1/projects/ALI/to-dos/1/comments`;
  const headers = { origin };
  const data = { creationKey: 'a-comment-of-bobs', body: 'The ferns twice.' };
  const { comment } = await (await bobs.request.post(comments, { headers, data })).json();
  await alices.goto(`${origin}/notifications`);
  await alices.getByText('The ferns twice.').waitFor();
  await bobs.request.patch(`${comments}/${comment.id}`, {
    headers,
    data: { version: comment.version, body: 'The roses once.' },
  });
  await alices.getByText('The roses once.').waitFor();
  assert.equal(await alices.getByText('The ferns twice.').count(), 0);
  await alices.getByRole('button', { name: 'Mark all as read' }).click();
  await alices.getByRole('link', { name: /1 unread/ }).waitFor({ state: 'detached' });
  await bobs.request.delete(`${comments}/${comment.id}`, { headers, data: { version: comment.version + 1 } });
  await alices.getByText('The roses once.').waitFor({ state: 'detached' });
});

test('a notification of a comment, and a comment that is found, open the to-do at that comment', { skip }, async () => {
  await using house = await openHouse();
  const alices = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(alices);
  await addTo(alices, 'New', 'Water the plants');
  const bobs = await house.visit(await house.addPerson('Bob Builder', 30), '/dashboard/home');
  const { origin } = new URL(bobs.url());
  for (let day = 1; day <= 30; day += 1)
    await bobs.request.post(`${origin}/api/v1/projects/ALI/to-dos/1/comments`, {
      headers: { origin },
      data: { creationKey: `a-comment-of-day-${day}`, body: `Watered on day ${day}.` },
    });
  await alices.goto(`${origin}/notifications`);
  await alices.getByRole('link', { name: /Watered on day 25\./ }).click();
  await assertShown(alices, 'Watered on day 25.');
  await alices.getByRole('button', { name: 'Close' }).click();
  await alices.waitForURL('**/notifications');
  await alices.goto(`${origin}/search?q=24`);
  await alices.getByRole('link', { name: /Watered on day 24\./ }).click();
  await assertShown(alices, 'Watered on day 24.');
  await assertAccessible(alices);
  assert.deepEqual(house.complaints, []);
});

/** The cursor is on the comment, and it is within what is seen. */
async function assertShown(page: Page, words: string): Promise<void> {
  const asked = page.locator('.comment-asked:focus', { hasText: words });
  await asked.waitFor();
  const box = await asked.boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  assert.ok(box && box.y > 0 && box.y + box.height < height, JSON.stringify(box));
}

for (const width of [1280, 360])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`notifications and their settings are accessible and fit at ${width} px, ${colorScheme}`, {
      skip,
    }, async () => {
      await using house = await openHouse();
      const alice = await house.addPerson('Alice Example', 20);
      const bobs = await house.visit(await house.addPerson('Bob Builder', 30), '/', 1280);
      await bobs.getByRole('button', { name: 'Start “Bob’s to-dos”' }).click();
      await bobs.waitForURL('**/p/BOB/board');
      await addTo(bobs, 'New', 'Water the plants');
      await bobs.request.put(new URL('/api/v1/projects/BOB/members/alice', bobs.url()).href, {
        data: { role: null },
        headers: { origin: new URL(bobs.url()).origin },
      });
      const page = await house.visit(alice, '/notifications', width);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.getByText('let you into').waitFor();
      await assertAccessible(page);
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByRole('button', { name: /^A to-do of mine is due:/ }).click();
      await saved(page, () => page.getByRole('menuitemradio', { name: 'Not at all' }).click());
      await saved(page, () => page.getByRole('checkbox', { name: 'Bob’s to-dos' }).click());
      await assertAccessible(page);
      const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      await page.reload();
      await page.getByRole('heading', { name: 'Silent projects' }).waitFor();
      await page.getByRole('button', { name: 'A to-do of mine is due: Not at all' }).waitFor();
      await becomes(() => page.getByRole('checkbox', { name: 'Bob’s to-dos' }).isChecked(), true);
    });

/** Two people share a browser: nothing of the one is sent in the name of the other, and nothing stays at sign-out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { goOffline } from '@gatehouse/testing/network.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { addTo, broughtAhead, openHouse, saved, signOut, startOwnProject } from '../api/house.testing.ts';
import { writeNotifications } from '../notifications/write.ts';
import type { Person } from '../people/person.ts';

const skip = needs('chromium');

const comment = (page: Page) => page.getByRole('textbox', { name: 'New comment' });

/** Alice in a to-do of hers. */
async function openSetting() {
  const house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants');
  await page.locator('.card', { hasText: 'Water the plants' }).click();
  await comment(page).waitFor();
  await broughtAhead(page);
  return { house, page, alice };
}

/** As if they had signed in in another tab. */
async function signIn(page: Page, { id }: Person): Promise<void> {
  await page.context().addCookies([{ name: 'person', value: id, url: new URL(page.url()).origin }]);
}

test('what one person wrote offline is not sent while another is signed in, and arrives when they are back', {
  skip,
}, async () => {
  const { house, page, alice } = await openSetting();
  await using _ = house;
  const carol = await house.addPerson('Carol Manager', 30);
  const authors = async (): Promise<string[]> =>
    (await house.database.kysely.selectFrom('comments').select('author_id').execute()).map((each) => each.author_id);
  await goOffline(page);
  await comment(page).click();
  await page.keyboard.type('Secretly by Alice');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Changes that wait to be sent: 1.').waitFor();
  await signIn(page, carol);
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.context().setOffline(false);
  assert.equal((await answer).status(), 409);
  await page.getByText('This browser is now signed in as somebody else.').waitFor();
  await page.getByText('Changes that wait to be sent: 1.').waitFor();
  assert.deepEqual(await authors(), []);
  await assertAccessible(page);
  // A try that was under way meanwhile may still be refused.
  const taken = page.waitForResponse((response) => response.request().method() === 'POST' && response.ok());
  await signIn(page, alice);
  await taken;
  await page.locator('.comment', { hasText: 'Secretly by Alice' }).waitFor();
  assert.deepEqual(await authors(), [alice.id]);
});

test('a page that comes back while another is signed in says so, and shows nothing of theirs', { skip }, async () => {
  const { house, page, alice } = await openSetting();
  await using _ = house;
  const carol = await house.addPerson('Carol Manager', 30);
  const { parts, database } = house;
  const { id: projectId } = await database.kysely.selectFrom('projects').select('id').executeTakeFirstOrThrow();
  await writeNotifications(parts, database.kysely, [
    {
      ...{ personId: carol.id, kind: 'invited', projectId, toDoId: null, actorId: null, commentId: null },
      ...{ title: '', detail: '', once: 'one', at: Date.now(), way: 'app' },
    },
  ]);
  await goOffline(page);
  await page.getByText('You are offline.').waitFor();
  await signIn(page, carol);
  await page.context().setOffline(false);
  const told = page.getByText('This browser is now signed in as somebody else.');
  await told.waitFor();
  assert.equal(await page.locator('.bell-count').count(), 0);
  await page.getByText('You are offline.').waitFor({ state: 'detached' });
  await assertAccessible(page);
  await signIn(page, alice);
  const listens = page.waitForResponse((response) => response.url().includes('/api/live') && response.ok());
  await page.getByRole('button', { name: 'Load the page again' }).click();
  await listens;
  await comment(page).waitFor();
});

test('a sign-out in one tab ends what the others keep, until their person is back', { skip }, async () => {
  const { house, page, alice } = await openSetting();
  await using _ = house;
  const other = await page.context().newPage();
  await other.goto(page.url());
  await comment(other).click();
  await other.keyboard.type('Private');
  const kept = () => other.evaluate(() => Object.keys(localStorage));
  await becomes(async () => (await kept()).length, 1);
  await page.bringToFront();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/p/ALI/board');
  // What the other tab has begun goes with it.
  await signOut(page, 'Alice Example');
  await other.bringToFront();
  await comment(other).click();
  await other.keyboard.type(' words');
  await comment(other).getByText('Private words').waitFor();
  await becomes(kept, []);

  // They sign in again beside it, and go on here: from the first answer on their words are kept again.
  await signIn(other, alice);
  await saved(other, () => other.keyboard.press('Control+Enter'));
  await other.locator('.comment', { hasText: 'Private words' }).waitFor();
  await comment(other).click();
  await other.keyboard.type('Another thought');
  await comment(other).getByText('Another thought').waitFor();
  await becomes(async () => (await kept()).length, 1);
});

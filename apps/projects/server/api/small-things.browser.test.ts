/** What one notices in a week of use: where the cursor is afterwards, where the way back leads, and what is drawn. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Locator, Page } from 'playwright-core';
import { tagTones } from '../../wire/tag.ts';
import { openHouse, saved, startOwnProject } from './house.testing.ts';

const skip = needs('chromium');

async function openSetting() {
  const house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/');
  await startOwnProject(page);
  return { house, page, alice };
}

async function send(page: Page, method: 'POST' | 'PATCH', path: string, data: object): Promise<void> {
  const headers = { origin: new URL(page.url()).origin };
  const answer = await page.request.fetch(new URL(`/api/v1/projects/ALI/${path}`, page.url()).href, {
    ...{ method, headers, data },
  });
  assert.ok(answer.ok(), await answer.text());
}

const makeToDo = (page: Page, title: string, facts: object = {}) =>
  send(page, 'POST', 'to-dos', { creationKey: title.replaceAll(/\W/g, '').padEnd(16, 'x'), title, ...facts });

async function waitForFocus(place: Locator): Promise<void> {
  await place.and(place.page().locator(':focus')).waitFor();
}

test('who answers or changes a comment, or says how it is going, has the cursor there and then back on the button', {
  skip,
}, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await makeToDo(page, 'Water the plants');
  await page.goto(new URL('/p/ALI/t/1', page.url()).href);
  await page.getByRole('textbox', { name: 'New comment' }).click();
  await page.keyboard.type('Every day?');
  await saved(page, () => page.getByRole('button', { name: 'Comment', exact: true }).click());

  const answer = page.locator('.comment').first().getByRole('button', { name: 'Answer' });
  await answer.press('Enter');
  await waitForFocus(page.getByRole('textbox', { name: 'Answer to Alice Example' }));
  await page.keyboard.type('On Mondays.');
  await saved(page, () => page.keyboard.press('Control+Enter'));
  await page.locator('.answers .comment', { hasText: 'On Mondays.' }).waitFor();
  await waitForFocus(answer);
  await answer.press('Enter');
  await page.locator('.answers').getByRole('button', { name: 'Cancel' }).click();
  await waitForFocus(answer);

  const change = page.locator('.comment').first().getByRole('button', { name: 'Change' });
  await change.press('Enter');
  await waitForFocus(page.getByRole('textbox', { name: 'Change the comment' }));
  await page.keyboard.type('Now: ');
  await saved(page, () => page.getByRole('button', { name: 'Save' }).click());
  await waitForFocus(change);

  await page.goto(new URL('/p/ALI', page.url()).href);
  const opener = page.getByRole('button', { name: 'Say how it is going' });
  await opener.press('Enter');
  const words = page.getByRole('textbox', { name: 'In a few words' });
  await waitForFocus(words);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await waitForFocus(opener);
  await opener.press('Enter');
  await page.keyboard.type('gbnc?');
  assert.equal(await words.inputValue(), 'gbnc?');
  await saved(page, () => page.getByRole('button', { name: 'Say it' }).click());
  await waitForFocus(opener);
  assert.deepEqual(house.complaints, []);
});

test('a form that is refused keeps the cursor, was sent once and never waited, and Esc closes it', {
  skip,
}, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  let sent = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') sent += 1;
  });
  await page.getByRole('button', { name: 'New project' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Allotment');
  await page.getByRole('textbox', { name: /^Key/ }).fill('ALI');
  const notes: string[] = [];
  await page.exposeFunction('noteSaid', (text: string) => notes.push(text));
  await page.evaluate(`new MutationObserver(() => {
    const { textContent } = document.querySelector('.live-note');
    if (textContent) window.noteSaid(textContent);
  }).observe(document.body, { subtree: true, childList: true, characterData: true })`);
  const act = page.getByRole('button', { name: 'Make project' });
  await act.press('Enter');
  await page.getByRole('alert').waitFor();
  await waitForFocus(act);
  assert.deepEqual({ sent, notes }, { sent: 1, notes: [] });
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('a double click opens a to-do once, and one step back is the list again', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await makeToDo(page, 'Water the plants');
  for (const [view, name] of [
    ['board', 'card'],
    ['table', 'link'],
    ['list', 'link'],
  ] as const) {
    await page.goto(new URL(`/p/ALI/${view}`, page.url()).href);
    const place = name === 'card' ? page.locator('.card') : page.getByRole('link', { name: 'Water the plants' });
    await place.waitFor();
    // The second press comes before the first is drawn.
    await place.evaluate(async (element: { click(): void }) => {
      element.click();
      await new Promise((resolve) => setTimeout(resolve, 30));
      element.click();
    });
    await page.getByRole('dialog').waitFor();
    await page.goBack();
    await page.waitForURL(`**/p/ALI/${view}`);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  assert.deepEqual(house.complaints, []);
});

test('from every other list, too, a double click opens a to-do once, and with Ctrl it opens in a tab of its own', {
  skip,
}, async () => {
  const { house, page, alice } = await openSetting();
  await using _ = house;
  await makeToDo(page, 'Water the plants', { dueOn: '2024-01-01', assigneeIds: [alice.id] });
  await page.evaluate(`fetch('/api/v1/projects/ALI/to-dos/1/files', { method: 'POST', body: 'Leaf', headers: {
    'content-type': 'application/octet-stream', 'x-file-name': 'leaf.txt', 'x-creation-key': crypto.randomUUID() } })`);
  for (const [path, list] of [
    ['/p/ALI', '.rows'],
    ['/p/ALI', '.activity'],
    ['/p/ALI/sprints', '.rows'],
    ['/p/ALI/files', 'main'],
    ['/day', '.waiting-row'],
  ] as const) {
    await page.goto(new URL(path, page.url()).href);
    const link = page.locator(list).getByRole('link', { name: /Water the plants/ });
    await link.waitFor();
    await link.evaluate(async (element: { click(): void }) => {
      element.click();
      await new Promise((resolve) => setTimeout(resolve, 30));
      element.click();
    });
    await page.getByRole('dialog').waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(new URL(page.url()).pathname, path, list);
    const opened = page.context().waitForEvent('page');
    await link.click({ modifiers: ['Control'] });
    const tab = await opened;
    await tab.waitForURL('**/p/ALI/t/1');
    await tab.close();
    assert.equal(new URL(page.url()).pathname, path, list);
  }
  assert.deepEqual(house.complaints, []);
});

test('tags have their colours, a limit breaks no row, and fields and bars are drawn whole', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  for (const tone of tagTones) await makeToDo(page, `To-do of ${tone}`, { tags: [tone] });
  const { kysely } = house.database;
  for (const tone of tagTones) await kysely.updateTable('tags').set({ tone }).where('name', '=', tone).execute();
  await kysely.updateTable('project_statuses').set({ wip_limit: 3 }).where('name', '=', 'New').execute();
  for (const view of ['board', 'list', 'table?columns=tags', 'settings']) {
    await page.goto(new URL(`/p/ALI/${view}`, page.url()).href);
    await page.locator('.tag-pink').first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const fills = await page.evaluate<string[]>(
        `${JSON.stringify(tagTones)}.map((tone) => getComputedStyle(document.querySelector('.tag-' + tone)).backgroundColor)`,
      );
      assert.equal(new Set(fills).size, tagTones.length, `${view}, ${colorScheme}: ${fills.join(', ')}`);
      await assertAccessible(page, ['color-contrast']);
    }
  }

  await page.goto(new URL('/p/ALI/board', page.url()).href);
  await page.locator('.column h2').first().waitFor();
  const heights = await page.evaluate<number[]>(
    `[...document.querySelectorAll('.column h2')].map((head) => head.offsetHeight)`,
  );
  assert.equal(new Set(heights).size, 1, `heights of the headers: ${heights.join(', ')}`);
  await page.getByRole('heading', { name: '8 of at most 3' }).waitFor();

  await page.goto(new URL('/p/ALI/timeline?to-dos=shown', page.url()).href);
  await page.getByText('No to-do has work days yet.').waitFor();
  await page.getByRole('button', { name: 'New milestone' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Launch');
  await page.getByRole('spinbutton').first().waitFor();
  await page.keyboard.press('Tab');
  const rings = () =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('.dialog *')]
        .filter((place) => getComputedStyle(place).outlineStyle !== 'none')
        .map((place) => place.className)`,
    );
  await becomes(rings, ['input day-group']);
  await saved(page, () => page.getByRole('button', { name: 'Make milestone' }).click());
  await saved(page, () => page.getByRole('button', { name: 'Plan for the next two weeks' }).click());
  // The days of the bar are there until the keys rest.
  const isInSight = page.evaluate<boolean>(`new Promise((resolve) => {
    const endAt = performance.now() + 10_000;
    requestAnimationFrame(function look() {
      const days = document.querySelector('.bar-days');
      if (!days && performance.now() < endAt) return requestAnimationFrame(look);
      const { left, top, width, height } = days.getBoundingClientRect();
      resolve(document.elementFromPoint(left + width / 2, top + height / 2) === days);
    });
  })`);
  await page.getByRole('button', { name: /^Launch, / }).press('ArrowRight');
  assert.ok(await isInSight, 'the days of the bar are behind something');
  assert.deepEqual(house.complaints, []);
});

test('in German the last column, both fields for hours and the notifications stand whole at 1280 px', {
  skip,
}, async () => {
  const { house, page, alice } = await openSetting();
  await using _ = house;
  await makeToDo(page, 'Ask the caterer for three offers and compare them', {
    ...{ priority: 1, tags: ['catering', 'finances'], plannedHours: 0.25, dueOn: '2027-06-01' },
  });
  const { kysely } = house.database;
  const waiting = kysely.selectFrom('project_statuses').select('id').where('name', '=', 'Waiting for approval');
  await kysely.updateTable('to_dos').set({ status_id: waiting }).execute();
  const german = await house.visit(alice, '/p/ALI/table', 1280, { locale: 'de-DE' });
  await german.getByRole('columnheader', { name: 'Geplante Stunden' }).waitFor();
  const end = await german.evaluate<number>(
    `Math.max(...[...document.querySelectorAll('thead th')].map((head) => head.getBoundingClientRect().right))`,
  );
  assert.ok(end <= 1280, `the last column ends at ${end} px`);
  await german.goto(new URL('/p/ALI/t/1', page.url()).href);
  await german.locator('.side-pair .hours-input').nth(1).waitFor();
  const tops = await german.evaluate<number[]>(
    `[...document.querySelectorAll('.side-pair input')].map((field) => Math.round(field.getBoundingClientRect().top))`,
  );
  assert.equal(tops[0], tops[1]);
  await german.goto(new URL('/notifications', page.url()).href);
  await german.locator('.nav-link[aria-current="page"]').waitFor();
  const room = await german.evaluate<number>(`(() => {
    const { scrollWidth, parentElement } = document.querySelector('.nav-link[aria-current="page"] .nav-name');
    return parentElement.clientWidth - scrollWidth;
  })()`);
  // The sign, its distance, the paddings, and the figure of what waits.
  assert.ok(room >= 80, `beside the name are ${room} px`);
});

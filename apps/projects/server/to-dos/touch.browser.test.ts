/** A board under a thumb, at 360 px: cards are lifted and put down, lists scroll, and everything to press is large enough. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { CDPSession, Locator, Page } from 'playwright-core';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');
const phone = { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } };

type Point = { readonly x: number; readonly y: number };

function openFinger(cdp: CDPSession) {
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Point[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints });
  return {
    down: (at: Point) => send('touchStart', at),
    async glide(from: Point, to: Point, steps = 8): Promise<void> {
      for (let step = 1; step <= steps; step++)
        await send('touchMove', {
          x: from.x + ((to.x - from.x) * step) / steps,
          y: from.y + ((to.y - from.y) * step) / steps,
        });
    },
    up: () => send('touchEnd'),
  };
}

/** Its left lower part, where no button is. */
async function middleOf(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  assert.ok(box);
  return { x: box.x + box.width / 3, y: box.y + box.height / 2 };
}

const card = (page: Page, title: string): Locator => page.locator('.cards .card', { hasText: title });

test('a card that is held is lifted and goes into another place and column; a finger that moves at once scrolls', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/', 360, phone);
  await startOwnProject(page);
  await addTo(page, 'New', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight');
  const finger = openFinger(await page.context().newCDPSession(page));

  // Within the column: Three before One.
  const column = page.locator('.column-body').first();
  await column.evaluate((element) => element.scrollTo(0, 0));
  const three = await middleOf(card(page, 'Three'));
  const top = await middleOf(card(page, 'One'));
  await finger.down(three);
  await page.locator('.card-ghost').waitFor();
  await finger.glide(three, { x: top.x, y: top.y - 20 });
  await page.locator('.drop-line').waitFor();
  await saved(page, () => finger.up());
  const titles = async (): Promise<string[]> => (await house.seeBoard(page)).New ?? [];
  await page.locator('.card-ghost').waitFor({ state: 'detached' });
  await becomes(async () => (await titles()).slice(0, 3), ['Three', 'One', 'Two']);
  assert.ok(page.url().endsWith('/board'), 'what was dragged is not opened');

  // To the right edge, where the board goes on under the finger, into the column that comes.
  const one = await middleOf(card(page, 'One'));
  await finger.down(one);
  await page.locator('.card-ghost').waitFor();
  const edge = { x: 345, y: one.y };
  await finger.glide(one, edge);
  const next = page.locator('.column', { has: page.getByRole('heading', { name: /^Blocked/ }) });
  while (((await next.boundingBox())?.x ?? 999) > 200) await finger.glide(edge, edge, 1);
  // Away from the edge it stands still, however far it went meanwhile.
  const inside = { x: 180, y: 250 };
  await finger.glide(edge, inside);
  const there = await next.boundingBox();
  assert.ok(there);
  await finger.glide(inside, { x: Math.min(300, Math.max(60, there.x + there.width / 2)), y: 250 });
  await saved(page, () => finger.up());
  await next.locator('.card', { hasText: 'One' }).waitFor();

  // A finger that moves at once scrolls the list and moves nothing.
  await page.locator('.board').evaluate((element) => element.scrollTo(0, 0));
  const before = await titles();
  const two = await middleOf(card(page, 'Four'));
  await finger.down(two);
  await finger.glide(two, { x: two.x, y: two.y - 160 });
  await finger.up();
  assert.equal(await page.locator('.card-ghost').count(), 0);
  assert.deepEqual(await titles(), before);
  await becomes(() => column.evaluate((element) => element.scrollTop > 0), true);

  // A tap opens; the menu moves without any dragging.
  await page.getByRole('button', { name: 'More for ALI-2' }).tap();
  await saved(page, () => page.getByRole('menuitem', { name: 'In progress' }).tap());
  await card(page, 'Three').tap();
  await page.waitForURL('**/p/ALI/t/3');
  assert.deepEqual(house.complaints, []);
});

test('on a phone on its side the page scrolls on under a card that is held to its foot', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/', 667, {
    ...phone,
    viewport: { width: 667, height: 331 },
  });
  await startOwnProject(page);
  await addTo(page, 'New', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight');
  const finger = openFinger(await page.context().newCDPSession(page));
  await card(page, 'One').scrollIntoViewIfNeeded();
  const one = await middleOf(card(page, 'One'));
  await finger.down(one);
  await page.locator('.card-ghost').waitFor();
  const foot = { x: one.x, y: 320 };
  await finger.glide(one, foot);
  while (((await card(page, 'Eight').boundingBox())?.y ?? 999) > 250) await finger.glide(foot, foot, 1);
  const eight = await middleOf(card(page, 'Eight'));
  await finger.glide(foot, { x: eight.x, y: eight.y + 20 });
  await saved(page, () => finger.up());
  await page.locator('.card-ghost').waitFor({ state: 'detached' });
  await becomes(async () => (await house.seeBoard(page)).New?.slice(-2), ['Eight', 'One']);
});

/** What a thumb would miss: of each thing to press, whether it takes a press 12 px beside its middle (WCAG 2.2, 2.5.8). */
const smallTargets = `(() => {
  const seen = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && left >= 0 && left + width <= innerWidth && top >= 0 && top + height <= innerHeight;
  };
  const takes = (element, x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (element.contains(hit) || hit.control === element || hit === element.closest('label'));
  };
  return [...document.querySelectorAll('main :is(button, input:not([data-rac]), a[href], .card-select)')]
    .filter((element) => seen(element) && !element.closest('.visually-hidden, label.card-select > *'))
    .flatMap((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const x = left + width / 2;
      const y = top + height / 2;
      const fits = [[-11, 0], [11, 0], [0, -11], [0, 11]].every(([across, down]) => takes(element, x + across, y + down));
      return fits ? [] : [element.outerHTML.slice(0, 120)];
    });
})()`;

test('everything that is pressed in board, list and table is large enough for a thumb', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/', 360, phone);
  await startOwnProject(page);
  await addTo(page, 'New', 'One', 'Two');
  for (const view of ['board', 'list', 'table']) {
    await page.goto(new URL(`/p/ALI/${view}`, page.url()).href);
    await page.getByText('Two').first().waitFor();
    await becomes(() => page.evaluate<string[]>(smallTargets), []);
  }
  for (const [view, box] of [
    ['list', '.row-select'],
    ['table', '.cell-select input'],
  ] as const) {
    await page.goto(new URL(`/p/ALI/${view}`, page.url()).href);
    const target = await page.locator(box).first().boundingBox();
    assert.ok(target && target.width >= 44 && target.height >= 44, `${view}: ${target?.width}×${target?.height}`);
  }
});

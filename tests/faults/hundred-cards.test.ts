/**
 * A hundred cards dragged by two people at once, each in a browser of their own: none is lost, and both see the same board.
 * It stands here, and not with the board, because it needs the machine for itself.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { needs } from '@gatehouse/testing/needs.ts';
import { until } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { openHouse, startOwnProject } from '../../apps/projects/server/api/house.testing.ts';
import type { BoardAnswer } from '../../apps/projects/wire/to-do.ts';

const skip = needs('chromium');
const cards = 100;
const numbers = Array.from({ length: cards }, (_, index) => index + 1);
const titleOf = (number: number): string => `Card ${String(number).padStart(3, '0')}`;
/** High enough for every card, so that none has to be scrolled to. */
const viewport = { width: 1280, height: 3000 };
/** A card may slip from under the pointer, moved on by a change of the other person: it is taken again. */
const triesMax = 20;
const shownMs = 30_000;

/** The titles on the page, column by column. */
const seen = `[...document.querySelectorAll('.column')].map((column) =>
  [...column.querySelectorAll('.card-title')].map((title) => title.textContent))`;

/** Where the card and its column-to-be are, in pixels; undefined once it stands there. */
const wayOf = (title: string, column: number): string => `(() => {
  const card = [...document.querySelectorAll('.card')].find((each) => each.querySelector('.card-title').textContent === '${title}');
  const column = document.querySelectorAll('.column')[${column}];
  if (!card || column.contains(card)) return undefined;
  const [from, to] = [card, column.querySelector('.cards')].map((each) => each.getBoundingClientRect());
  return { from: [from.left + 20, from.top + 12], to: [to.left + to.width / 2, to.top + 12 + (from.top - to.top) / 2] };
})()`;

type Way = { readonly from: [number, number]; readonly to: [number, number] };

async function readBoard(page: Page): Promise<string[][]> {
  const answer = await page.request.get(new URL('/api/v1/projects/ALI/board', page.url()).href);
  const { columns } = (await answer.json()) as BoardAnswer;
  return columns.map((column) => column.cards.map(({ title }) => title));
}

/** Fills the first four columns evenly. */
async function fillBoard(page: Page): Promise<void> {
  const origin = new URL(page.url()).origin;
  const board = await page.request.get(`${origin}/api/v1/projects/ALI/board`);
  const { columns } = (await board.json()) as BoardAnswer;
  for (const number of numbers) {
    const data = {
      creationKey: `hundred-cards-${String(number).padStart(4, '0')}`,
      title: titleOf(number),
      statusId: columns[number % 4]?.statusId,
    };
    const answer = await page.request.post(`${origin}/api/v1/projects/ALI/to-dos`, { data, headers: { origin } });
    assert.equal(answer.status(), 201);
  }
}

/** Drags each of these cards `step` columns on, whatever the other person does meanwhile. */
async function dragAll(page: Page, mine: readonly number[], step: number): Promise<void> {
  for (const number of mine) {
    const column = ((number % 4) + step) % 4;
    for (let tries = 0; ; tries++) {
      const way = await page.evaluate<Way | undefined>(wayOf(titleOf(number), column));
      if (!way) break;
      assert.ok(tries < triesMax, `${titleOf(number)} slipped ${tries} times`);
      await page.mouse.move(...way.from);
      await page.mouse.down();
      await page.mouse.move(...way.to, { steps: 3 });
      await page.mouse.up();
    }
  }
}

test('of a hundred cards that two people drag at once none is lost, and both boards end as the server has it', {
  skip,
}, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const bob = await house.addPerson('Bob Builder', 30);
  const first = await house.visit(alice, '/');
  await startOwnProject(first);
  await fillBoard(first);
  await first.close();
  const pages = [
    await house.visitApart(alice, '/p/ALI/board', viewport),
    await house.visitApart(bob, '/p/ALI/board', viewport),
  ] as const;
  for (const page of pages)
    await page
      .locator('.card-title')
      .nth(cards - 1)
      .waitFor();
  await Promise.all([
    dragAll(
      pages[0],
      numbers.filter((number) => number % 2 === 1),
      1,
    ),
    dragAll(
      pages[1],
      numbers.filter((number) => number % 2 === 0),
      3,
    ),
  ]);
  const both = () => Promise.all(pages.map((page) => page.evaluate<string[][]>(seen)));
  const isSame = async () => {
    const kept = await readBoard(pages[0]);
    return (await both()).every((shown) => isDeepStrictEqual(shown, kept));
  };
  await until('both pages show what the server has', isSame, shownMs).catch(() => undefined);
  const kept = await readBoard(pages[0]);
  assert.deepEqual(kept.flat().toSorted(), numbers.map(titleOf));
  for (const shown of await both()) assert.deepEqual(shown, kept);
  const movers = await house.database.kysely
    .selectFrom('changes')
    .where('kind', '=', 'toDo.moved')
    .select(['subject_id', 'actor_id'])
    .distinct()
    .execute();
  assert.equal(new Set(movers.map(({ subject_id }) => subject_id)).size, cards);
  assert.deepEqual([...new Set(movers.map(({ actor_id }) => actor_id))].toSorted(), ['alice', 'bob']);
  assert.deepEqual(house.complaints, []);
});

/** “What happened” as people read it: in sentences, few of them, each leading to what it tells of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Page } from 'playwright-core';
import { openHouse, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

const sends = `const send = async (method, path, body) => (await fetch('/api/v1/projects/ALI/' + path, { method,
  headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();`;
const lines = (page: Page) => page.locator('.activity li > span').allInnerTexts();

test('what one person did together is one line, and says what was changed', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await startOwnProject(page);
  await page.evaluate(`(async () => { ${sends}
    for (const title of ['Pay the invoice', 'Fold the cards', 'Water the plants'])
      await send('POST', 'to-dos', { creationKey: crypto.randomUUID(), title });
    const { columns } = await (await fetch('/api/v1/projects/ALI/board')).json();
    await send('POST', 'to-dos/3/move', { statusId: columns[2].statusId, afterNumber: null });
    await send('PATCH', 'to-dos/1', { version: 1, dueOn: '2026-12-24' });
  })()`);
  const bob = await house.visit(await house.addPerson('Bob Builder', 30), '/p/ALI');
  await bob.evaluate(`(async () => { ${sends}
    for (const number of [1, 2]) {
      const { toDo } = await (await fetch('/api/v1/projects/ALI/to-dos/' + number)).json();
      await send('PATCH', 'to-dos/' + number, { version: toDo.version, priority: 1, effort: 2 });
    }
    const { toDo } = await (await fetch('/api/v1/projects/ALI/to-dos/3')).json();
    await send('PATCH', 'to-dos/3', { version: toDo.version, title: 'Water the ferns' });
  })()`);
  await bob.reload();
  await bob.locator('.activity').getByText('Bob Builder changed “Water the ferns”: the title').waitFor();
  assert.deepEqual(
    (await lines(bob)).filter((line) => !line.endsWith('the project')),
    [
      'Bob Builder changed “Water the ferns”: the title',
      'Bob Builder changed 2 to-dos (the priority and the effort): Fold the cards, Pay the invoice',
      'Alice Example made 2 to-dos: Pay the invoice, Fold the cards',
      'Alice Example worked on “Water the plants”: made it and moved it to In progress',
    ],
  );
  await assertAccessible(bob);
  await bob.setViewportSize({ width: 360, height: 800 });
  await bob.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await assertAccessible(bob, ['color-contrast', 'target-size']);
  await bob.locator('.activity').getByRole('link', { name: 'Fold the cards' }).first().click();
  await bob.waitForURL('**/p/ALI/t/2');
  await bob.goBack();
  await bob.waitForURL('**/p/ALI');
  assert.deepEqual(house.complaints, []);
});

/** Somebody who may only read is shown what is, and invited to nothing that they may not do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { openHouse, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

test('a reader sees the tags of a project and the days of a to-do in words, and no field that takes none', {
  skip,
}, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/');
  await startOwnProject(page);
  await page.evaluate(`fetch('/api/v1/projects/ALI/to-dos', { method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ creationKey: crypto.randomUUID(), title: 'Pay', tags: ['billing'], workStartOn: '2026-03-02' }) })`);
  const invitation = 'Give a tag the name of another, and they become one.';
  await page.goto(new URL('/p/ALI/settings', page.url()).href);
  await page.getByText(invitation).waitFor();
  await house.database.kysely.updateTable('projects').set({ visibility: 'all' }).execute();

  const hers = await house.visit(await house.addPerson('Rita Reader', 5), '/p/ALI/settings', 360);
  const tags = hers.getByRole('region', { name: 'Tags' });
  await tags.getByText('billing').waitFor();
  assert.equal(await hers.getByText(invitation).count(), 0);
  await hers.goto(new URL('/p/ALI/t/1', hers.url()).href);
  const details = hers.getByRole('complementary', { name: 'Details' });
  await details.getByText('Work starts: 2 Mar 2026').waitFor();
  await details.getByText('Work ends: No day').waitFor();
  assert.equal(await details.getByRole('spinbutton').count(), 0);
  await assertAccessible(hers);
  assert.deepEqual(house.complaints, []);
});

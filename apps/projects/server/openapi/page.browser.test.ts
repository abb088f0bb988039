/** The page that describes the API, in a real browser: reached from the tokens, read by group, left again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { openHouse } from '../api/house.testing.ts';

const skip = needs('chromium');

for (const width of [1280, 360])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`the API is read by group, and one comes back, at ${width} px, ${colorScheme}`, { skip }, async () => {
      await using house = await openHouse();
      const page = await house.visit(await house.addPerson('Alice Example', 20), '/settings/tokens', width);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.getByRole('link', { name: 'What the API offers' }).click();
      await page.getByRole('heading', { name: 'The API of this workspace' }).waitFor();
      await assertAccessible(page);
      const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      const edge = await page.evaluate<number>(`document.querySelector('h3').getBoundingClientRect().left`);
      assert.ok(edge >= 16, `text begins ${edge} px from the edge`);
      await page.getByRole('link', { name: 'Webhooks', exact: true }).click();
      const webhooks = page.getByRole('region', { name: 'Webhooks' });
      await page.waitForFunction(`document.querySelector('#webhooks').getBoundingClientRect().top < innerHeight / 2`);
      await webhooks.getByRole('heading', { name: 'POST /projects/{key}/webhooks', exact: true }).waitFor();
      await webhooks.getByText('url: string').first().waitFor();
      await page.getByRole('link', { name: 'Access tokens' }).click();
      await page.waitForURL('**/settings/tokens');
      assert.deepEqual(house.complaints, []);
    });

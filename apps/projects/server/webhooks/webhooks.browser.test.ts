/** Webhooks in a real browser: added, their secret shown once, tried, changed, removed. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { openHouse, saved, startOwnProject } from '../api/house.testing.ts';
import { deliverDue } from './deliver.ts';

const skip = needs('chromium');

async function openReceiver() {
  const received: string[] = [];
  const server = createServer((req, res) => {
    received.push(String(req.headers['webhook-id']));
    res.writeHead(received.length === 1 ? 500 : 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    received,
    url: `http://hook.localhost:${(server.address() as AddressInfo).port}/in`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a webhook is added, tried, sent to again and removed, wide and narrow, light and dark', { skip }, async () => {
  await using receiver = await openReceiver();
  await using house = await openHouse({ mayCallPrivate: true });
  const page = await house.visit(await house.addPerson('Alice Example', 30), '/', 1280);
  await startOwnProject(page);
  await page.getByRole('link', { name: 'Project settings and members' }).click();
  await page.getByRole('link', { name: 'Webhooks of this project' }).click();
  await page.getByText('There are no webhooks yet.').waitFor();
  await page.getByRole('textbox', { name: 'Address' }).fill(receiver.url);
  await page.getByRole('checkbox', { name: 'Comments and reactions' }).check();
  await saved(page, () => page.getByRole('button', { name: 'Add the webhook' }).click());
  const secret = await page.getByRole('textbox', { name: /Secret of the new webhook/ }).inputValue();
  assert.match(secret, /^whsec_/);
  await page.getByText('To-dos and tags · Comments and reactions').waitFor();
  await saved(page, () => page.getByRole('button', { name: /^Send a test/ }).click());
  await page.getByText('waits').waitFor();
  await deliverDue(house.parts, { log: openLog({ level: 'silent', format: 'text' }) });
  await page.getByText('It answered 500.').waitFor();
  await saved(page, () => page.getByRole('button', { name: 'Send now' }).click());
  await deliverDue(house.parts, { log: openLog({ level: 'silent', format: 'text' }) });
  await page.getByText('arrived').waitFor();
  assert.equal(new Set(receiver.received).size, 1);
  for (const width of [1280, 360])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await assertAccessible(page);
      const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
      assert.ok(overflow <= 0, `${overflow} px too wide at ${width} px`);
    }
  await page.reload();
  await page.getByText('To-dos and tags · Comments and reactions').waitFor();
  assert.ok(!(await page.content()).includes(secret));
  await saved(page, () => page.getByRole('button', { name: /^Switch off/ }).click());
  await page.getByText('Off', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Remove/ }).click();
  await saved(page, () => page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click());
  await page.getByText('There are no webhooks yet.').waitFor();
  assert.deepEqual(house.complaints, []);
});

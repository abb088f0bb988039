/** Test support: the workspace behind a real address, and people who visit it with a real browser. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { drain, listen } from '@gatehouse/web/listen.ts';
import { getRequestListener } from '@hono/node-server';
import type { Page } from 'playwright-core';
import { buildClient } from '../../client/build.ts';
import type { RoleNumber } from '../../wire/roles.ts';
import { readClientAssets } from '../client-assets.ts';
import type { Person } from '../people/person.ts';
import { openTestWorkspace } from './workspace.testing.ts';

export async function openHouse() {
  await using opened = new AsyncDisposableStack();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const client = await readClientAssets(await buildClient());
  const workspace = opened.use(await openTestWorkspace('SQLite', { client, origin }));
  const server = createServer(getRequestListener(workspace.app.fetch));
  await listen(server, { host: '127.0.0.1', port });
  opened.defer(() => drain(server));
  const browser = opened.use(await openChromium());
  const complaints: string[] = [];
  const everything = opened.move();
  return {
    complaints,
    database: workspace.database,
    addPerson: (name: string, role: RoleNumber) => workspace.addPerson(name, role),
    async visit(person: Person, path: string, width = 1280): Promise<Page> {
      const context = await browser.newContext({ viewport: { width, height: 800 } });
      await context.addCookies([{ name: 'person', value: person.id, url: origin }]);
      const page = await context.newPage();
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${origin}${path}`);
      return page;
    },
    /** The titles of the cards, column by column. */
    async seeBoard(page: Page): Promise<Record<string, string[]>> {
      const columns = await page.locator('.column').all();
      const entries = columns.map(async (column) => {
        const name = (await column.locator('h2').innerText()).replace(/\s*\d+$/, '').trim();
        return [name, await column.locator('.card-title').allInnerTexts()] as const;
      });
      return Object.fromEntries((await Promise.all(entries)).filter(([, titles]) => titles.length > 0));
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

export async function addTo(page: Page, column: string, ...titles: string[]): Promise<void> {
  await page.getByRole('button', { name: `Add to ${column}` }).click();
  const field = page.getByRole('textbox', { name: `New to-do in ${column}` });
  for (const title of titles) {
    await field.fill(title);
    await field.press('Enter');
    await page.locator('.card-title', { hasText: title }).waitFor();
  }
  await field.fill('');
  await field.press('Escape');
}

export async function startOwnProject(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start “Alice’s to-dos”' }).click();
  await page.waitForURL('**/p/ALI/board');
}

/** Waits until the server has said yes to what `act` sets off. */
export async function saved(page: Page, act: () => Promise<unknown>): Promise<void> {
  const answer = page.waitForResponse((response) => response.request().method() !== 'GET');
  await act();
  assert.ok((await answer).ok(), `${(await answer).url()} answered ${(await answer).status()}`);
}

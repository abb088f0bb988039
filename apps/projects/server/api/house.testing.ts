/** Test support: the workspace behind a real address, and people who visit it with a real browser. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { intercept } from '@gatehouse/testing/network.ts';
import { until } from '@gatehouse/testing/until.ts';
import { drain, listen } from '@gatehouse/web/listen.ts';
import { getRequestListener } from '@hono/node-server';
import type { Browser, BrowserContextOptions, Locator, Page, Request, ViewportSize } from 'playwright-core';
import { buildClient } from '../../client/build.ts';
import type { RoleNumber } from '../../wire/roles.ts';
import { readClientAssets } from '../client-assets.ts';
import type { Person } from '../people/person.ts';
import { openTestWorkspace, type TestOptions } from './workspace.testing.ts';

export async function openHouse(options: Pick<TestOptions, 'mailWorks' | 'mayCallPrivate'> = {}) {
  await using opened = new AsyncDisposableStack();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const client = await readClientAssets(await buildClient());
  const workspace = opened.use(await openTestWorkspace('SQLite', { ...options, client, origin }));
  const server = createServer(getRequestListener(workspace.app.fetch));
  await listen(server, { host: '127.0.0.1', port });
  opened.defer(() => drain(server));
  const browser = opened.use(await openChromium());
  const complaints: string[] = [];
  const everything = opened.move();

  async function visitIn(browser: Browser, person: Person, path: string, device: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext(device);
    await context.addCookies([{ name: 'person', value: person.id, url: origin }]);
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${origin}${path}`);
    return page;
  }

  return {
    complaints,
    database: workspace.database,
    parts: workspace.parts,
    addPerson: (name: string, role: RoleNumber) => workspace.addPerson(name, role),
    visit: (person: Person, path: string, width = 1280, device: BrowserContextOptions = {}): Promise<Page> =>
      visitIn(browser, person, path, { viewport: { width, height: 800 }, ...device }),
    /** In a browser of their own, for a browser has one drag at a time. */
    async visitApart(person: Person, path: string, viewport: ViewportSize): Promise<Page> {
      return visitIn(everything.use(await openChromium()), person, path, { viewport });
    },
    /** The titles of the cards, column by column. */
    seeBoard: (page: Page): Promise<Record<string, string[]>> => page.evaluate(shownBoard),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

/** All of it at one moment. */
const shownBoard = `Object.fromEntries([...document.querySelectorAll('.column')]
  .map((column) => [
    column.querySelector('h2').innerText.replace(/\\s*\\d+$/, '').trim(),
    [...column.querySelectorAll('.card-title')].map((title) => title.innerText),
  ])
  .filter(([, titles]) => titles.length > 0))`;

/** A card that waits to be sent has a number below zero, opens nothing, and makes room for another one once it was sent. */
const sent = ':not([data-number^="-"])';

/** Waits until the server has them: what follows may open and move them. */
export async function addTo(page: Page, column: string, ...titles: string[]): Promise<void> {
  await writeCards(page, column, titles, sent);
}

/** As `addTo`, of a page that sends nothing now. */
export async function addUnsent(page: Page, column: string, ...titles: string[]): Promise<void> {
  await writeCards(page, column, titles, '');
}

async function writeCards(page: Page, column: string, titles: readonly string[], state: string): Promise<void> {
  await page.getByRole('button', { name: `Add to ${column}` }).click();
  const field = page.getByRole('textbox', { name: `New to-do in ${column}` });
  for (const title of titles) {
    await field.fill(title);
    await field.press('Enter');
    await page.locator(`.card${state}`, { hasText: title }).waitFor();
  }
  await field.fill('');
  await field.press('Escape');
}

export async function startOwnProject(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start “Alice’s to-dos”' }).click();
  await page.waitForURL('**/p/ALI/board');
  // The address is there before the board is.
  await page.getByRole('button', { name: 'Add to New' }).waitFor();
}

const isChange = (request: Request): boolean => request.method() !== 'GET';

/** Waits until the server has said yes to what `act` sets off; of what was sent before it knows nothing. */
export async function saved(page: Page, act: () => Promise<unknown>): Promise<void> {
  const asked = page.waitForRequest(isChange);
  await act();
  const request = await asked;
  const answer = await request.response();
  assert.ok(answer?.ok(), `${request.url()} answered ${answer?.status()}`);
}

/** Waits until the server has said yes to what was held back and `letGo` lets go. */
export async function arrived(page: Page, letGo: () => void): Promise<void> {
  const answer = page.waitForResponse((response) => isChange(response.request()));
  letGo();
  assert.ok((await answer).ok(), `${(await answer).url()} answered ${(await answer).status()}`);
}

/** Holds back what is asked for at `address`, until the answer is called. */
export async function holdBack(page: Page, address: string, method = 'GET'): Promise<() => void> {
  const held = Promise.withResolvers<void>();
  await intercept(page, address, async (route) => {
    if (route.request().method() === method) await held.promise;
    await route.continue();
  });
  return held.resolve;
}

const behindButtons = [
  'card-menu',
  'menu-popover',
  'Menu-',
  'pick-menu',
  '/to-do-dialog',
  '/new-to-do-dialog',
  '/editor-',
];

/** Waits for what opens from a board, which comes some time after the page itself. */
export async function broughtAhead(page: Page): Promise<void> {
  await until('what opens from the board', async () => {
    const files = await page.evaluate<string>(
      `performance.getEntriesByType('resource').map(({ name }) => name).join()`,
    );
    return behindButtons.every((part) => files.includes(part)) || undefined;
  });
}

/** Opens what leads everywhere, by its keys, and waits until it takes words. */
export async function openPalette(page: Page): Promise<Locator> {
  const palette = page.getByRole('dialog', { name: 'Go to, find or do' });
  await page.keyboard.press('Control+k');
  await palette.getByRole('searchbox').and(page.locator(':focus')).waitFor();
  return palette;
}

/** Waits until what was set off is drawn: the focus may move with the next frame. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))',
  );
}

/** Presses a key of somebody who has taken hold of a card, and waits until the page stands at what it led to. */
export async function pressWhileHolding(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await settle(page);
}

/** Signs out by the menu, whatever would go with it, and waits for the page that this leads to. */
export async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const question = page.getByRole('alertdialog', { name: 'Sign out?' });
  const left = page.waitForURL('**/auth/logout');
  await question.getByRole('button', { name: 'Sign out' }).click();
  await left;
}

/** Types a day into its field, part by part, as English of the house writes it. */
export async function fillDay(page: Page, label: string, day: string): Promise<void> {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  await page.getByRole('group', { name: label }).getByRole('spinbutton').first().click();
  await page.keyboard.type(`${dayOfMonth}${month}${year}`);
}

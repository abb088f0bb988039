/** A description that could not be saved yet: it stays in sight, is never put over somebody else's, and is sent once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { goOffline, intercept } from '@gatehouse/testing/network.ts';
import type { Page } from 'playwright-core';
import { addTo, broughtAhead, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

const description = (page: Page) => page.getByRole('textbox', { name: 'Description' });

async function openSetting() {
  const house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/');
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants');
  await openFirst(page);
  return { house, page };
}

async function openFirst(page: Page): Promise<void> {
  await page.locator('.card', { hasText: 'Water the plants' }).click();
  await description(page).waitFor();
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.waitForURL('**/p/ALI/board');
}

async function write(page: Page, text: string): Promise<void> {
  await description(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
}

async function writeAsBob({ house }: Pick<Awaited<ReturnType<typeof openSetting>>, 'house'>, text: string) {
  const page = await house.visit(await house.addPerson('Bob Builder', 30), '/p/ALI/t/1');
  await description(page).waitFor();
  await write(page, text);
  await saved(page, () => page.keyboard.press('Control+Enter'));
}

/** Answers each change of the to-do so, until `unroute`. */
async function refuse(page: Page, status: number, body: object): Promise<void> {
  await intercept(page, '**/to-dos/1', (route) =>
    route.request().method() === 'PATCH' ? route.fulfill({ status, json: body }) : route.continue(),
  );
}

test('“Try again” asks too when somebody else wrote meanwhile', { skip }, async () => {
  const setting = await openSetting();
  const { house, page } = setting;
  await using _ = house;
  await refuse(page, 503, {});
  await write(page, 'The ferns twice.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await writeAsBob(setting, 'The roses once.');
  await page.locator('.history', { hasText: 'Bob Builder' }).waitFor();
  await page.unroute('**/to-dos/1');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Yours: “The ferns twice.”').waitFor();
  assert.match(JSON.stringify((await toDoIn(house))?.description), /The roses once/);
});

test('a description that is refused stands there again, and is written on', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  const error = { code: 'request.invalid', what: 'At most 3 characters.', why: '', do: 'Write less.' };
  await refuse(page, 422, { error });
  await write(page, 'The ferns');
  await page.keyboard.press('Control+Enter');
  await page.getByText('At most 3 characters.').first().waitFor();
  await description(page).getByText('The ferns').waitFor();
  await close(page);
  await openFirst(page);
  await description(page).getByText('The ferns').waitFor();
  await page.unroute('**/to-dos/1');
  await write(page, ' twice.');
  await saved(page, () => page.keyboard.press('Control+Enter'));
  await page.reload();
  await description(page).getByText('The ferns twice.').waitFor();
});

test('of a pasted link without an address of its own, or that the server refuses, the words stay', {
  skip,
}, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await description(page).click();
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', '<p>Call <a href="tel:+4930123">the printer</a>, as <a href="/x">he</a> ' +
      '<a href="page.html">said</a> <a href="//example.com/y">in the</a> <a href="https://example.com/z">minutes</a></p>');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }`);
  await description(page).getByText('the printer').waitFor();
  await saved(page, () => page.keyboard.press('Control+Enter'));
  await page.reload();
  await description(page).getByText('Call the printer, as he said in the minutes').waitFor();
  const links = await page.locator('.description a').evaluateAll((all) => all.map((each) => each.getAttribute('href')));
  assert.deepEqual(links, ['https://example.com/z']);
});

test('a description that is far too long is not lost, and how long one may be is told', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await description(page).click();
  await page.keyboard.insertText('Fern '.repeat(40_000));
  await page.keyboard.press('Control+Enter');
  await page.getByText(/This is too long: 160 kB .* A description has at most 20000 characters\./).waitFor();
  assert.match(await description(page).innerText(), /(Fern ){30000}/);
});

test('a description that another page sent is no conflict later', { skip }, async () => {
  const setting = await openSetting();
  const { house, page } = setting;
  await using _ = house;
  await broughtAhead(page);
  await goOffline(page);
  await write(page, 'The ferns twice.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Changes that wait to be sent: 1.').waitFor();
  const address = page.url();
  await page.close();
  await page.context().setOffline(false);
  const again = await page.context().newPage();
  await saved(again, () => again.goto(new URL('/dashboard/home', address).href));
  await again.locator('.live-note', { hasText: /./ }).waitFor({ state: 'detached' });
  await writeAsBob(setting, ' The roses once.');
  await again.goto(address);
  await description(again).getByText('The ferns twice. The roses once.').waitFor();
  await again.waitForLoadState('networkidle');
  assert.equal(await again.getByText('Yours:').count(), 0);
});

test('a title and a description that a page left behind are both saved', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  const address = page.url();
  await page.goto(new URL('/dashboard/home', address).href);
  const kept = await toDoIn(house);
  const text = [{ type: 'text', text: 'The ferns twice.' }];
  const doc = { type: 'doc', content: [{ type: 'paragraph', content: text }] };
  const left = { title: { title: 'Water the ferns' }, description: { doc } };
  for (const [field, value] of Object.entries(left))
    await page.evaluate(([name, draft]) => localStorage.setItem(name, draft), [
      `draft:alice:ALI-1:${field}`,
      JSON.stringify({ atMs: 1, value: { ...value, version: kept?.version } }),
    ] as const);
  await page.goto(address);
  await page.locator('.history', { hasText: 'changed the title' }).waitFor();
  await page.locator('.history', { hasText: 'wrote the description' }).waitFor();
  const saved = await toDoIn(house);
  assert.equal(saved?.title, 'Water the ferns');
  assert.match(JSON.stringify(saved?.description), /The ferns twice/);
});

test('a description that is being written in one tab is left alone by another', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await write(page, 'Half a thou');
  const other = await page.context().newPage();
  const sent: string[] = [];
  other.on('request', (request) => request.method() === 'PATCH' && sent.push(request.url()));
  await other.goto(page.url());
  await description(other).waitFor();
  await other.waitForLoadState('networkidle');
  assert.deepEqual(sent, []);
  await page.bringToFront();
  await page.keyboard.type('ght.');
  await saved(page, () => page.keyboard.press('Control+Enter'));
  await description(other).getByText('Half a thought.').waitFor();
  assert.equal(await page.getByText('Yours:').count(), 0);
});

async function toDoIn({ database }: Awaited<ReturnType<typeof openHouse>>) {
  return database.kysely.selectFrom('to_dos').selectAll().where('number', '=', 1).executeTakeFirst();
}

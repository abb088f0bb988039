/** The dialog of a to-do in a real browser: fields, rich text, subtasks, what it waits for, comments, files, undo, trash. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { intercept } from '@gatehouse/testing/network.ts';
import type { Locator, Page } from 'playwright-core';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');

async function openFirst(page: Page): Promise<void> {
  await page.locator('.card', { hasText: 'Water the plants' }).first().click();
  await page.getByRole('textbox', { name: 'Title' }).waitFor();
}

/** As from a clipboard. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.focus();
  await field.page().evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(text)});
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }`);
}

async function openSetting(width = 1280) {
  const house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/', width);
  await startOwnProject(page);
  await addTo(page, 'New', 'Water the plants', 'Buy a can');
  return { house, alice, page };
}

test('a description is written with form, kept as written, and shown to who may only read', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await openFirst(page);
  const description = page.getByRole('textbox', { name: 'Description' });
  await description.click();
  await page.keyboard.type('- the ferns');
  await page.keyboard.press('Enter');
  await page.keyboard.type('**twice** <script>alert(1)</script>');
  await saved(page, () => page.keyboard.press('Escape'));
  await page.locator('.card', { hasText: 'Water the plants' }).click();
  await page.getByRole('textbox', { name: 'Description' }).locator('li', { hasText: 'the ferns' }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Description' }).locator('strong').innerText(), 'twice');
  assert.equal(await page.locator('.rich script').count(), 0);
  assert.deepEqual(house.complaints, []);
});

test('pasted lines become subtasks, which are ticked, put in order and opened', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await openFirst(page);
  const field = page.getByRole('textbox', { name: 'New subtask' });
  await saved(page, () => paste(field, '- One\n2. Two\n[ ] Three\n\n'));
  await page.locator('.part-title', { hasText: 'Three' }).waitFor();
  assert.deepEqual(await page.locator('.part-title').allInnerTexts(), ['One', 'Two', 'Three']);
  await saved(page, () => page.getByRole('button', { name: 'Move Three up' }).click());
  await page
    .locator('.part-title')
    .nth(1)
    .filter({ hasText: /^Three$/ })
    .waitFor();
  await saved(page, () => page.getByRole('checkbox', { name: 'Two is done' }).click());
  await page.getByText('1 of 3').waitFor();
  await page.locator('.part-title', { hasText: 'One' }).click();
  await page.getByText('A subtask of Water the plants').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('a pasted list is taken whole, a hundred lines at a time, and a lost answer doubles none of it', {
  skip,
}, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await openFirst(page);
  const field = page.getByRole('textbox', { name: 'New subtask' });
  await paste(field, `Short\n${'x'.repeat(251)}`);
  await page.getByText('Nothing was added: line 2 is longer than 250 characters.').waitFor();

  const lines = Array.from({ length: 130 }, (_line, index) => `Step ${index + 1}`);
  await intercept(page, '**/parts', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await paste(field, lines.join('\n'));
  await page.getByText('Lines that were not added: 100.').waitFor();
  await page.unroute('**/parts');
  await saved(page, () => page.locator('.parts').getByRole('button', { name: 'Try again' }).click());
  await page.getByText('100 of 130 lines were taken.').waitFor();
  await page.getByText('0 of 100', { exact: true }).waitFor();
  await saved(page, () => page.getByRole('button', { name: 'Add the next 30' }).click());
  await page.getByText('0 of 130', { exact: true }).waitFor();
  assert.deepEqual(await page.locator('.part-title').allInnerTexts(), lines);
});

test('a line of a pasted list says what quick-add understands, and a ticked one is done', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await openFirst(page);
  const field = page.getByRole('textbox', { name: 'New subtask' });
  await paste(field, '- [x] Dig\n- [ ] Plant !1 @alice #garden ~90m');
  await page.getByText('1 of 2', { exact: true }).waitFor();
  assert.deepEqual(await page.locator('.part-title').allInnerTexts(), ['Dig', 'Plant']);
  await field.fill('Water !2');
  await page.locator('.parts .understood', { hasText: 'High' }).waitFor();
  await assertAccessible(page);
  await saved(page, () => field.press('Enter'));
  await page.locator('.part-title', { hasText: /^Plant$/ }).click();
  await page.getByRole('button', { name: /^Given to.*Alice Example/ }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Planned hours' }).inputValue(), '1.5');
  assert.deepEqual(house.complaints, []);
});

test('a to-do waits for another, found by its title, and a circle is refused in words', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await openFirst(page);
  const field = page.getByRole('combobox', { name: 'Add a to-do that this one waits for' });
  await field.fill('can');
  await saved(page, () => field.press('Enter'));
  await page.getByRole('link', { name: 'ALI-2 Buy a can' }).click();
  await page.getByText('Holds up').waitFor();
  await page.getByRole('combobox', { name: 'Add a to-do that this one waits for' }).fill('1');
  await page.getByRole('combobox', { name: 'Add a to-do that this one waits for' }).press('Enter');
  await page.getByText('They would wait for each other in a circle.').waitFor();
  assert.deepEqual(
    house.complaints.filter((text) => !text.includes('422')),
    [],
  );
});

test('every change offers to be undone, and history undoes it later', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await openFirst(page);
  await page.getByRole('button', { name: 'Priority: No priority' }).click();
  await saved(page, () => page.getByRole('menuitemradio', { name: 'High' }).click());
  await saved(page, () => page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click());
  await page.getByRole('button', { name: 'Priority: No priority' }).waitFor();
  await page.getByRole('combobox', { name: 'Add a tag' }).fill('garden');
  await saved(page, () => page.getByRole('combobox', { name: 'Add a tag' }).press('Enter'));
  await page.getByText('set the tags to garden').waitFor();
  await saved(page, () =>
    page.getByRole('region', { name: 'History' }).getByRole('button', { name: 'Undo' }).first().click(),
  );
  await page.getByText('took the tags away (was garden)').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('the days to choose from are accessible over an open to-do', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await openFirst(page);
  await page.getByRole('button', { name: 'Due: No due date' }).click();
  await page.getByRole('dialog', { name: 'Due date' }).waitFor();
  await assertAccessible(page);
  await saved(page, () => page.getByRole('button', { name: /^Tomorrow/ }).click());
  await page.getByRole('button', { name: 'Due: Tomorrow' }).and(page.locator(':focus')).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('people talk in threads, name each other, react and take words back', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  const carol = await house.addPerson('Carol Manager', 30);
  await openFirst(page);
  await page.reload();
  const write = page.getByRole('textbox', { name: 'New comment' });
  await write.click();
  await page.keyboard.type('Shall we, @car');
  await page.getByRole('option', { name: 'Carol Manager' }).waitFor();
  await page.keyboard.press('Enter');
  await saved(page, () => page.keyboard.press('Control+Enter'));
  await page.locator('.comment .mention', { hasText: '@Carol Manager' }).waitFor();

  const other = await house.visit(carol, '/p/ALI/t/1');
  await other.getByRole('button', { name: 'Answer' }).click();
  // It has the focus a frame after it is there.
  await other.getByRole('textbox', { name: 'Answer to Alice Example' }).and(other.locator(':focus')).waitFor();
  await other.keyboard.type('Yes.');
  await saved(other, () => other.locator('.answers').getByRole('button', { name: 'Answer', exact: true }).click());
  await other.locator('.answers .comment', { hasText: 'Yes.' }).waitFor();
  await other.locator('.thread > .comment').getByRole('button', { name: 'React' }).click();
  await saved(other, () => other.getByRole('menuitem', { name: 'Thank you' }).click());
  await other.getByRole('button', { name: 'Thank you: 1' }).waitFor();
  await saved(other, () => other.locator('.answers').getByRole('button', { name: 'Remove' }).click());
  await other.locator('.answers .comment').waitFor({ state: 'detached' });
  await saved(other, () =>
    other.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click(),
  );
  await other.locator('.answers .comment', { hasText: 'Yes.' }).waitFor();
  await assertAccessible(other);
  assert.deepEqual(house.complaints, []);
});

async function addPicture(page: Page): Promise<Locator> {
  await openFirst(page);
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  await saved(page, () =>
    page.getByLabel('Add files').setInputFiles([{ name: 'ferns.png', mimeType: 'image/png', buffer: png }]),
  );
  await page.locator('.file', { hasText: 'ferns.png' }).waitFor();
  const picture = page.locator('img.file-picture');
  await picture.waitFor();
  return picture;
}

test('a file that somebody saw is not for the next person in the same browser', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  const picture = await addPicture(page);
  const address = new URL((await picture.getAttribute('src')) ?? '', page.url()).href;
  const see = async () => (await page.goto(address))?.status();
  assert.equal(await see(), 200);
  const dora = await house.addPerson('Dora Elsewhere', 10);
  await page.context().addCookies([{ name: 'person', value: dora.id, url: new URL(page.url()).origin }]);
  assert.equal(await see(), 404);
});

test('a file is added, seen, and downloaded; its project lists it', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await addPicture(page);
  const width = `document.querySelector('img.file-picture').decode().then(() => document.querySelector('img.file-picture').naturalWidth)`;
  assert.equal(await page.evaluate(width), 1);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'ferns.png' }).click();
  assert.equal((await download).suggestedFilename(), 'ferns.png');
  await page.goto(new URL('/p/ALI/files', page.url()).href);
  await page.getByRole('link', { name: 'Water the plants' }).waitFor();
  await assertAccessible(page);
  assert.deepEqual(house.complaints, []);
});

test('what was taken away offers to come back, also when its to-do was closed by the time of the answer', {
  skip,
}, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await openFirst(page);
  await page.getByRole('textbox', { name: 'New comment' }).click();
  await page.keyboard.type('On Monday.');
  await saved(page, () => page.keyboard.press('Control+Enter'));
  await page.locator('.comment', { hasText: 'On Monday.' }).waitFor();
  let answer: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await intercept(page, '**/comments/*', async (route) => {
    await closed;
    await route.continue();
  });
  await page.locator('.comment').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.waitForURL('**/p/ALI/board');
  answer();
  await page.getByText('Comment removed.').waitFor();
  await saved(page, () => page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click());
  await openFirst(page);
  await page.locator('.comment', { hasText: 'On Monday.' }).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('what is thrown away waits in the trash; an editor brings it back, a manager ends it', { skip }, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await openFirst(page);
  await page.getByRole('button', { name: 'More for this to-do' }).click();
  await saved(page, () => page.getByRole('menuitem', { name: 'Move to the trash' }).click());
  await page.waitForURL('**/p/ALI/board');
  await page.getByRole('link', { name: 'Trash' }).click();
  await saved(page, () => page.getByRole('button', { name: 'Bring back Water the plants' }).click());
  await page.getByText('The trash is empty.').waitFor();
  await page.getByRole('link', { name: 'Board', exact: true }).click();
  await openFirst(page);
  await page.getByRole('button', { name: 'More for this to-do' }).click();
  await saved(page, () => page.getByRole('menuitem', { name: 'Move to the trash' }).click());
  await page.waitForURL('**/p/ALI/board');
  await page.getByRole('link', { name: 'Trash' }).click();
  await page.getByRole('button', { name: 'Delete for good: Water the plants' }).click();
  await assertAccessible(page);
  await saved(page, () => page.getByRole('button', { name: 'Delete for good', exact: true }).click());
  await page.getByText('The trash is empty.').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('a to-do is copied, watched no more, and moved to another project, where its old address leads', {
  skip,
}, async () => {
  const { house, page } = await openSetting();
  await using _ = house;
  await page.getByRole('button', { name: 'New project' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Website relaunch');
  await saved(page, () => page.getByRole('button', { name: 'Make project' }).click());
  await page.goto(new URL('/p/ALI/t/1', page.url()).href);
  const more = () => page.getByRole('button', { name: 'More for this to-do' }).click();
  await more();
  await saved(page, () => page.getByRole('menuitem', { name: 'Duplicate' }).click());
  await page.waitForURL('**/p/ALI/t/3');
  await page.getByRole('dialog', { name: 'ALI-3' }).getByRole('textbox', { name: 'Title' }).waitFor();
  await more();
  await saved(page, () => page.getByRole('menuitem', { name: 'Stop watching' }).click());
  await more();
  await page.getByRole('menuitem', { name: 'Watch' }).waitFor();
  await page.getByRole('menuitem', { name: 'Move to another project…' }).click();
  await saved(page, () => page.getByRole('button', { name: 'Website relaunch WEB' }).click());
  await page.waitForURL('**/p/WEB/t/1');
  await page.goto(new URL('/p/ALI/t/3', page.url()).href);
  await page.waitForURL('**/p/WEB/t/1');
  assert.deepEqual(
    house.complaints.filter((text) => !text.includes('404')),
    [],
  );
});

for (const width of [1280, 360])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`a full to-do, its files and its trash are accessible and fit at ${width} px, ${colorScheme}`, {
      skip,
    }, async () => {
      const { house, page } = await openSetting(width);
      await using _ = house;
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openFirst(page);
      await page.getByRole('textbox', { name: 'New subtask' }).fill('Fill the can');
      await saved(page, () => page.getByRole('textbox', { name: 'New subtask' }).press('Enter'));
      await page.getByRole('combobox', { name: 'Add a tag' }).fill('garden');
      await saved(page, () => page.getByRole('combobox', { name: 'Add a tag' }).press('Enter'));
      await page.getByRole('textbox', { name: 'New comment' }).click();
      await page.keyboard.type('On Monday.');
      await saved(page, () => page.keyboard.press('Control+Enter'));
      await page.locator('.comment', { hasText: 'On Monday.' }).waitFor();
      for (const path of ['/p/ALI/t/1', '/p/ALI/files', '/p/ALI/trash']) {
        await page.goto(new URL(path, page.url()).href);
        await page.locator('h1').first().waitFor({ state: 'attached' });
        if (path.includes('/t/')) await page.locator('.comment').waitFor();
        await assertAccessible(page);
        const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
        assert.ok(overflow <= 0, `${path} is ${overflow} px too wide`);
      }
      assert.deepEqual(house.complaints, []);
    });

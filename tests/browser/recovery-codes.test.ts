/** Recovery codes through the whole house: made, kept, used in place of the second factor, and gone with it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { assertFitForAll, tabTo } from '@gatehouse/testing/fit-for-all.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { openHouse } from '../house/house.ts';
import { codeFromMail } from '../house/mail.ts';
import { enterCode, enterFreshCode, enterPassword, follow, portal, seeText, seeTitle } from './verbs.ts';

for (const storage of ['sqlite', 'postgres'] as const)
  test(`somebody makes recovery codes, signs in with one, and loses them with the second factor, over ${storage}`, {
    skip: needs('chromium', 'nginx', 'openssl', ...(storage === 'postgres' ? (['postgresql'] as const) : [])),
  }, async () => {
    await using house = await openHouse({ storage, further: 'theme: auto\n' });
    const { alice } = house.people;
    const browser = await house.openBrowser();
    const page = await (await browser.newContext()).newPage();

    await page.goto(`${portal}/sign-in/portal?level=two_factor`);
    await enterPassword(page, alice);
    await enterFreshCode(page, alice);
    await page.waitForURL(`${portal}/`);
    await page.goto(`${portal}/settings/two-factor`);
    await seeText(page, /None made yet/);
    await follow(page, 'Make recovery codes');
    await enterCode(page, codeFromMail(house.mailPath, 'alice'));
    await seeTitle(page, /^Make recovery codes/);
    await assertFitForAll(page);
    await follow(page, 'Show me the codes');
    await seeTitle(page, /^Your recovery codes/);
    await assertFitForAll(page);
    const codes = await page.locator('.codes code').allInnerTexts();
    assert.equal(codes.length, 10);
    assert.match(readFileSync(house.mailPath, 'utf8'), /Recovery codes were made/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a text file' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'recovery-codes.txt');
    assert.deepEqual(readFileSync(await download.path(), 'utf8').match(/^[A-Z0-9-]{19}$/gm), codes);
    await tabTo(page, 'a.button');
    await page.keyboard.press('Enter');
    await page.waitForURL(/two-factor$/);
    await seeText(page, /10 of 10 left/);
    await assertFitForAll(page);

    await page.goto(`${portal}/logout`);
    await follow(page, 'Sign out');
    await page.goto(`${portal}/sign-in/portal?level=two_factor`);
    await enterPassword(page, alice);
    await follow(page, 'Use a recovery code');
    await seeTitle(page, /^Use a recovery code/);
    await enterCode(page, 'AAAA-AAAA-AAAA-AAAA');
    await seeText(page, /does not match/);
    await assertFitForAll(page);
    await enterCode(page, codes[6]?.toLowerCase() ?? '');
    await page.waitForURL(`${portal}/`);
    await seeText(page, /Hello, /);
    const mail = readFileSync(house.mailPath, 'utf8');
    assert.match(mail, /A recovery code of your account was used/);
    assert.match(mail, /Codes left: 9/);
    assert.match(house.gatehouse('storage', 'user', 'recovery-codes', 'show', 'alice'), /has 9 of 10/);

    await page.goto(`${portal}/settings/two-factor`);
    await seeText(page, /9 of 10 left/);
    await page.getByRole('button', { name: 'Remove' }).click();
    await enterCode(page, codeFromMail(house.mailPath, 'alice'));
    await follow(page, 'Remove it');
    await seeText(page, /The one-time code was removed/);
    assert.match(house.gatehouse('storage', 'user', 'recovery-codes', 'show', 'alice'), /has no recovery codes/);
  });

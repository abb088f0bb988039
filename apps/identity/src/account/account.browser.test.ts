/** The account pages in Chromium: by hand, without script, in both themes and on a small screen. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Page } from 'playwright-core';
import { codeAtStep, secretOfBase32, stepAt } from '../sign-in/totp/totp.code.ts';
import { codeFromMail, type House, openHouse } from './house.suite.ts';

const pictures = process.env.PICTURES_FOLDER;
const standard = {
  ...{ enabled: true, min_length: 12, max_length: 0 },
  ...{ require_uppercase: false, require_lowercase: false, require_number: false, require_special: false },
};

/** Every page on the way, each handed to `look` as it stands. */
async function setUpAndRemove(house: House, page: Page, look: (name: string) => Promise<void>): Promise<void> {
  await page.goto(`${house.origin}/begin/one`);
  await page.goto(`${house.origin}/settings/two-factor?then=/session`);
  await look('list-empty');
  await page.getByRole('button', { name: 'Set up' }).click();
  await look('proof');
  await page.getByLabel('Code from the mail').fill('AAAAAAAA');
  await page.getByRole('button', { name: 'Continue' }).click();
  await look('proof-wrong');
  await page.getByLabel('Code from the mail').fill(await codeFromMail(house));
  await page.keyboard.press('Enter');
  await page.waitForURL(/enrolment=/);
  await look('enrol');
  const secret = await page.locator('code.secret').innerText();
  await page.getByLabel('Code from the app').fill('000000');
  await page.getByRole('button', { name: 'Finish' }).click();
  await look('enrol-wrong');
  const key = {
    issuer: '',
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
    secret: secretOfBase32(secret.replaceAll(' ', '')),
  } as const;
  await page.getByLabel('Code from the app').fill(codeAtStep(key, stepAt(house.clock.ms, 30)));
  await page.getByRole('button', { name: 'Finish' }).click();
  await look('done');
  await page.getByRole('link', { name: 'Continue' }).click();
  assert.equal(new URL(page.url()).pathname, '/session');

  await page.goto(`${house.origin}/settings/two-factor`);
  await look('list');
  await page.getByRole('button', { name: 'Remove' }).click();
  await look('remove');
  await page.getByRole('button', { name: 'Remove it' }).click();
  await look('removed');
  assert.equal(await house.totp.has('alice'), false);
  await page.goto(`${house.origin}/revoke/one-time-code?id=x`);
  await look('revoke');
}

/** Through the mail to a new password, and from there to another one. */
async function changePasswords(house: House, page: Page, look: (name: string) => Promise<void>): Promise<void> {
  await page.goto(`${house.origin}/reset-password`);
  await look('reset-ask');
  await page.getByLabel('Username or email').fill('alice');
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await look('reset-sent');
  await house.settled();
  const [link = '', cancel = ''] = (await house.lastMail()).match(/^https?:\/\/\S+$/gm) ?? [];
  await page.goto(cancel);
  await look('reset-revoke');
  await page.goto(link);
  await look('reset-new');
  await page.getByLabel('New password', { exact: true }).fill('one new password');
  await page.getByLabel('New password again').fill('another new password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await look('reset-unequal');
  await page.getByLabel('New password', { exact: true }).fill('one new password');
  await page.getByLabel('New password again').fill('one new password');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.waitForURL(/done$/);
  await look('reset-done');
  await page.goto(link);
  await look('reset-gone');

  await page.goto(`${house.origin}/begin/one`);
  await page.goto(`${house.origin}/settings/password`);
  await page.getByLabel('Code from the mail').fill(await codeFromMail(house));
  await page.keyboard.press('Enter');
  await page.waitForURL(`${house.origin}/settings/password`);
  await look('change');
  await page.getByLabel('Current password').fill('not this one');
  await page.getByLabel('New password', { exact: true }).fill('the last password');
  await page.getByLabel('New password again').fill('the last password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await look('change-wrong');
  await page.getByLabel('Current password').fill('one new password');
  await page.getByLabel('New password', { exact: true }).fill('the last password');
  await page.getByLabel('New password again').fill('the last password');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.waitForURL(/done\?/);
  await look('change-done');
}

/** The pages that stand side by side, by keyboard from one to the next. */
async function walkPlaces(house: House, page: Page, look: (name: string) => Promise<void>): Promise<void> {
  for (const _ of [1, 2]) {
    await page.context().clearCookies();
    await page.goto(`${house.origin}/begin/one`);
  }
  await page.goto(`${house.origin}/settings/two-factor`);
  await page.getByRole('link', { name: 'Sessions' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/sessions$/);
  await look('sessions');
  await page.getByRole('button', { name: 'End all others' }).click();
  await page.waitForURL(/others$/);
  await look('sessions-ended');
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1280, 360])
    test(`every account page is accessible and fits, ${colorScheme}, ${width} pixels wide, without script`, {
      skip: needs('chromium'),
    }, async () => {
      await using house = await openHouse({ totp: { allowedDigits: [6, 8] }, policy: { standard } });
      const browser = await openChromium();
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      try {
        const look = async (name: string): Promise<void> => {
          await assertAccessible(page);
          const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
          assert.ok(Number(overflow) <= 0, `${name} is wider than the screen`);
          if (!pictures) return;
          mkdirSync(pictures, { recursive: true });
          await page.screenshot({ path: `${pictures}/${name}-${colorScheme}-${width}.png`, fullPage: true });
        };
        await setUpAndRemove(house, page, look);
        await changePasswords(house, page, look);
        await walkPlaces(house, page, look);
      } finally {
        await browser.close();
      }
    });

/**
 * The account pages in Chromium: walked by hand, each page looked at in every theme and on every screen as it stands; and
 * walked once more, without another look, over PostgreSQL and with the people of an LDAP server.
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { assertFitForAll } from '@gatehouse/testing/fit-for-all.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import type { Page } from 'playwright-core';
import { rfc2307bis } from '../directory/ldap/directories.testing.ts';
import { openDirectoryOf } from '../directory/ldap/ldap-directory.testing.ts';
import { codeAtStep, secretOfBase32, stepAt } from '../sign-in/totp/totp.code.ts';
import { openPostgresDatabase } from '../storage/databases.suite.ts';
import { agree } from './applications.testing.ts';
import { alicePassword, codeFromMail, type House, openHouse } from './house.suite.ts';

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

/** What three applications got: one with something kept back, one that stays connected. */
async function takeBack(house: House, page: Page, look: (name: string) => Promise<void>): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${house.origin}/begin/one`);
  await page.goto(`${house.origin}/settings/sessions`);
  await page.getByRole('link', { name: 'Applications' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/applications$/);
  await page.getByText('An application appears here').waitFor();
  await look('applications-none');
  await agree(house, 'notes', ['openid', 'email', 'notes.read'], ['nickname']);
  const subject = await agree(house, 'mail', ['openid', 'profile']);
  await house.live.note({ id: 'g1', clientId: 'mail', subject, lifetimeSeconds: 3600 });
  await page.reload();
  const rowOf = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await rowOf('The notes').getByText('Kept back: nickname').waitFor();
  await rowOf('The mail').getByText('Stays connected while you are away').waitFor();
  await look('applications');
  await page.getByRole('button', { name: 'Take it back: The notes' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Taken back.').waitFor();
  assert.equal(await rowOf('The notes').count(), 0);
  assert.equal(await rowOf('The mail').count(), 1);
  await look('applications-taken-back');
}

/** Picture of a page in both themes on both screens, for whoever wants to see them all. */
async function takePictures(page: Page, name: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1280, 360]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
}

const walks = {
  'a one-time code': setUpAndRemove,
  passwords: changePasswords,
  sessions: walkPlaces,
  applications: takeBack,
};

for (const [name, walk] of Object.entries(walks))
  test(`every account page is accessible and fits, in every theme and on every screen: ${name}`, {
    skip: needs('chromium'),
  }, async () => {
    await using house = await openHouse({ totp: { allowedDigits: [6, 8] }, policy: { standard } });
    await using browser = await openChromium();
    const page = await (await browser.newContext()).newPage();
    await walk(house, page, async (title) => {
      await assertFitForAll(page);
      if (pictures) await takePictures(page, title, pictures);
    });
  });

test('every account page does the same over PostgreSQL, with the people of an LDAP server', {
  skip: needs('chromium', 'postgresql', 'slapd', 'openssl'),
}, async () => {
  const person = { username: 'alice', displayName: 'Alice Adams', email: 'alice@example.com' };
  const people = [{ ...person, groups: ['staff', 'admins'], password: alicePassword, disabled: false }] as const;
  await using slapd = await rfc2307bis.start(people);
  await using postgres = await startPostgres();
  await using browser = await openChromium();
  for (const walk of Object.values(walks)) {
    await using house = await openHouse({
      database: await openPostgresDatabase(postgres),
      directory: openDirectoryOf(slapd, rfc2307bis),
      policy: { standard },
    });
    await walk(house, await (await browser.newContext()).newPage(), async () => {});
  }
});

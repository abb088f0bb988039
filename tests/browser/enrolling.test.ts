/** Somebody without a second factor sets one up in the middle of a sign-in, with every mistake on the way, and arrives. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { openHouse } from '../house/house.ts';
import { codeFromMail } from '../house/mail.ts';
import {
  decide,
  enterCode,
  enterPassword,
  enterWorkspace,
  follow,
  freshCode,
  type Person,
  portal,
  seeHome,
  seeText,
  seeTitle,
  signIn,
} from './verbs.ts';

test('a person without a second factor sets one up in the middle of a sign-in and lands in the workspace', {
  skip: needs('chromium', 'nginx', 'openssl'),
}, async () => {
  await using house = await openHouse();
  const { bob } = house.people;
  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();

  await enterWorkspace(page, '/dashboard/home?from=a-link');
  await enterPassword(page, bob);
  await seeTitle(page, /^Set up a second step/);
  await seeText(page, /Leantime asks for a second step/);
  await follow(page, 'Set up a second step');
  await seeTitle(page, /^Two-factor sign-in/);
  await follow(page, 'Set up');

  await seeTitle(page, /^Check your mail/);
  await seeText(page, /b•••@example\.com/);
  await enterCode(page, 'AAAAAAAA');
  await seeTitle(page, /^Check your mail/);
  await seeText(page, /That code is not right/);
  await enterCode(page, codeFromMail(house.mailPath, 'bob'));

  const enrolled = await readKey(page, bob);
  await enterCode(page, '000000');
  await seeText(page, /That code is not right/);
  assert.equal((await readKey(page, bob)).otpauthUri, enrolled.otpauthUri, 'a mistake changes no key');
  await enterCode(page, freshCode(enrolled));
  await seeTitle(page, /^Your one-time code is set up|^One-time code set up/);
  await follow(page, 'Continue');

  await seeTitle(page, /^Allow Leantime/);
  await decide(page, 'accept');
  await seeHome(page, bob);
  assert.match(page.url(), /\/dashboard\/home\?from=a-link$/);

  const other = await (await browser.newContext()).newPage();
  await enterWorkspace(other);
  await signIn(other, enrolled);
  await other.goto(portal);
  await seeText(other, /bob@example\.com/);
});

/** The key as the page shows it: a picture, and the same as text. */
async function readKey(page: Page, person: Person): Promise<Person> {
  await seeTitle(page, /^Set up your one-time code/);
  const picture = page.getByRole('img', { name: /^QR code/ });
  const box = await picture.boundingBox();
  assert.ok(box && box.width >= 150 && Math.abs(box.width - box.height) < 1, 'the picture is large enough to scan');
  const secret = Secret.fromBase32((await page.locator('code.secret').innerText()).replaceAll(/\s/g, ''));
  return { ...person, otpauthUri: new TOTP({ label: person.username, secret }).toString() };
}

/**
 * What people get wrong or change their mind about: each ends in a clear page, nothing is lost, nothing is stuck. Every test
 * goes on from there to a sign-in that works.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Browser, Page } from 'playwright-core';
import { type House, openHouse } from '../house/house.ts';
import { entryOf } from '../house/people.ts';
import {
  decide,
  enterCode,
  enterFreshCode,
  enterPassword,
  enterWorkspace,
  follow,
  freshCode,
  type Person,
  seeHome,
  seeText,
  seeTitle,
  signIn,
  workspace,
} from './verbs.ts';

describe('a wrong turn', { skip: needs('chromium', 'nginx', 'openssl') }, () => {
  let house: House;
  let browser: Browser;
  let somebody: Iterator<Person>;

  before(async () => {
    house = await openHouse({ crowd: 6 });
    browser = await house.openBrowser();
    somebody = house.people.crowd.values();
  });
  after(() => house.close());

  /** A browser of its own before the first page of the portal, and a person whom no other test knows. */
  async function begin(): Promise<{ page: Page; person: Person }> {
    const page = await (await browser.newContext()).newPage();
    await enterWorkspace(page);
    const person = somebody.next().value;
    assert.ok(person, 'the crowd is too small');
    return { page, person };
  }

  test('a wrong password is said, the name stays, and the right one signs in', async () => {
    const { page, person } = await begin();
    await enterPassword(page, { ...person, password: 'not it' });
    await seeTitle(page, /^Sign in/);
    assert.equal(await noticeOf(page), 'That name and password do not match. Check both, and whether Caps Lock is on.');
    assert.equal(await page.locator('input[name=username]').inputValue(), person.username);
    assert.equal(await page.locator('input[name=password]').inputValue(), '');
    await signIn(page, person);
  });

  test('a disabled person and an unknown one read what a wrong password says', async () => {
    const { page, person } = await begin();
    await enterPassword(page, { ...person, password: 'not it' });
    const said = await noticeOf(page);
    const bodyOf = async (): Promise<string> =>
      (await page.locator('main').innerHTML()).replaceAll(/value="[^"]*"|\/sign-in\/[^"]+/g, '');
    const shown = await bodyOf();
    for (const stranger of [house.people.carol, { username: 'nobody-here', password: 'a long password' }]) {
      await enterPassword(page, stranger);
      assert.equal(await noticeOf(page), said);
      assert.equal(await bodyOf(), shown, 'nothing on the page tells them apart');
    }
    await signIn(page, person);
  });

  test('a wrong code is said, and the right one goes on', async () => {
    const { page, person } = await begin();
    await enterPassword(page, person);
    const code = freshCode(person);
    await enterCode(page, String((Number(code) + 1) % 1_000_000).padStart(6, '0'));
    await seeTitle(page, /^Enter your code/);
    assert.match(await noticeOf(page), /^That code does not match\./);
    await enterCode(page, '12');
    assert.match(await noticeOf(page), /^A code has 6 digits\./);
    await enterCode(page, code);
    await decide(page, 'accept');
    await seeHome(page, person);
  });

  test('a code is good once, in another browser and after the provider was restarted', async () => {
    const { page, person } = await begin();
    const code = freshCode(person);
    await enterPassword(page, person);
    await enterCode(page, code);
    await decide(page, 'accept');
    await seeHome(page, person);

    const other = await (await browser.newContext()).newPage();
    await enterWorkspace(other);
    await enterPassword(other, person);
    await enterCode(other, code);
    await seeTitle(other, /^Enter your code/);
    assert.match(await noticeOf(other), /^That code was already used\./);
    await house.identity().stop();
    await house.startIdentity();
    await enterCode(other, code);
    assert.match(await noticeOf(other), /^That code was already used\./);
    await enterFreshCode(other, person);
    await decide(other, 'accept');
    await seeHome(other, person);
    await page.goto(workspace);
    await seeHome(page, person);
  });

  test('who denies consent reads so in the workspace and can change their mind', async () => {
    const { page, person } = await begin();
    await enterPassword(page, person);
    await enterFreshCode(page, person);
    await decide(page, 'deny');
    assert.equal(new URL(page.url()).origin, workspace);
    await seeTitle(page, /^You did not sign in/);
    await seeText(page, /You declined/);
    await page.goto(`${workspace}/dashboard/home`);
    await seeTitle(page, /^Sign in/);
    await page.goBack();
    await follow(page, 'Sign in again');
    await seeTitle(page, /^Allow Leantime/);
    await decide(page, 'accept');
    await seeHome(page, person);
  });

  test('an edit of the users file holds at once, and a broken one changes nothing', async () => {
    const { page, person } = await begin();
    const before = readFileSync(house.usersPath, 'utf8');
    const changed = { ...person, password: 'a new and longer password' };
    const own = new RegExp(`^ {2}${person.username}:\\n(?: {4}.*\\n)+`, 'm');
    assert.match(before, own);
    writeFileSync(house.usersPath, before.replace(own, entryOf(changed)));
    await house.identity().line(/users file read again/);
    await enterPassword(page, person);
    assert.match(await noticeOf(page), /^That name and password do not match\./);

    writeFileSync(house.usersPath, 'users:\n  alice: [what\n');
    const [line] = await house.identity().line(/.*the people read before stay in force.*/);
    assert.match(line, /users_database\.yml/);
    await signIn(page, changed);
    writeFileSync(house.usersPath, before);
  });
});

function noticeOf(page: Page): Promise<string> {
  return page.getByRole('alert').innerText();
}

/** A day of a team member by keys alone, from the portal's password page to the sign-out: nothing is clicked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focused, menuTakesKeys, press, reach, tabTo } from '@gatehouse/testing/keyboard.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { openHouse } from '../house/house.ts';
import { freshCode, leadingOn, type Person, seeHome, seeTitle, workspace } from './verbs.ts';

const skip = needs('chromium', 'nginx', 'openssl');

test('a team member signs in, adds, moves, comments, plans and signs out without a pointer', { skip }, async () => {
  await using house = await openHouse();
  const { alice } = house.people;
  const page = await (await (await house.openBrowser()).newContext()).newPage();
  await signInByKeys(page, alice);

  await tabTo(page, /^Start “Alice’s to-dos”/);
  await press(page, 'Enter');
  await page.waitForURL('**/p/ALI/board');
  await page.getByRole('button', { name: 'Add to New' }).waitFor();
  await press(page, 'c');
  await page.getByRole('textbox', { name: 'Title' }).waitFor();
  await page.keyboard.type('Water the plants tomorrow 5pm !2 @alice');
  await press(page, 'Enter');
  const card = page.locator('.card', { hasText: 'Water the plants 5pm' });
  await card.waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await press(page, 'j', 'Enter');
  await page.waitForURL('**/p/ALI/t/1');
  await page.getByText('made this to-do').waitFor();
  await tabTo(page, /^New comment$/);
  await page.keyboard.type('The ferns look thirsty.');
  await press(page, 'Control+Enter');
  await page.getByRole('article', { name: 'Comment of Alice Example' }).waitFor();
  await press(page, 'Escape');
  await page.waitForURL('**/p/ALI/board');

  await card.and(page.locator(':focus')).waitFor();
  await press(page, 'ArrowRight');
  await becomes(() => focused(page), 'Move this card');
  await press(page, 'Enter');
  // The first place for it has the focus a frame later.
  await page.locator(':focus:not(.card-grip)').waitFor();
  await tabTo(page, /In progress/);
  await press(page, 'Enter');
  await page.getByRole('grid', { name: 'In progress' }).locator('.card', { hasText: 'Water the plants' }).waitFor();

  await press(page, 'Escape', 'g', 'd');
  await page.waitForURL('**/day');
  await page.getByRole('button', { name: 'Plan “Water the plants 5pm”' }).waitFor();
  await tabTo(page, /^Plan “Water the plants 5pm”/);
  await press(page, 'Enter');
  const atTen = page.getByRole('menuitem', { name: 'Plan at 10:00' });
  await menuTakesKeys(page);
  await page.keyboard.type('Plan at 10');
  await atTen.and(page.locator(':focus')).waitFor();
  await press(page, 'Enter');
  await page.getByRole('button', { name: 'More for Water the plants 5pm' }).waitFor();

  await tabTo(page, /Alice Example/);
  await press(page, 'Enter');
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  await menuTakesKeys(page);
  await press(page, 'End');
  await page.getByRole('menuitem', { name: 'Sign out' }).and(page.locator(':focus')).waitFor();
  await leadingOn(page, () => press(page, 'Enter'));
  await page.goto(workspace);
  await seeTitle(page, /^Sign in/);
  assert.equal(new URL(page.url()).pathname, '/auth/login');
});

/** From the front door of the workspace to its first page. */
async function signInByKeys(page: Page, person: Person): Promise<void> {
  await page.goto(workspace);
  await seeTitle(page, /^Sign in/);
  await reach(page, /^Sign in/);
  await leadingOn(page, () => press(page, 'Enter'));
  await seeTitle(page, /^Sign in/);
  await reach(page, /^Username/);
  await page.keyboard.type(person.username);
  await tabTo(page, /^Password/);
  await page.keyboard.type(person.password);
  await leadingOn(page, () => press(page, 'Enter'));
  await seeTitle(page, /^Enter your code/);
  await reach(page, /code/i);
  await page.keyboard.type(freshCode(person));
  await leadingOn(page, () => press(page, 'Enter'));
  await seeTitle(page, /^Allow Leantime/);
  await reach(page, /^Allow/);
  await leadingOn(page, () => press(page, 'Enter'));
  await seeHome(page, person);
}

/**
 * A team at work in the workspace, signed in by the provider of this repository, behind a real proxy: a wide screen and a
 * phone on one board, the network gone and back, and a sign-out at the portal.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { goOffline } from '@gatehouse/testing/network.ts';
import { until } from '@gatehouse/testing/until.ts';
import type { Page } from 'playwright-core';
import { openHouse } from '../house/house.ts';
import {
  decide,
  enterFreshCode,
  enterPassword,
  enterWorkspace,
  follow,
  type Person,
  portal,
  seeTitle,
  signIn,
  workspace,
} from './verbs.ts';

const skip = needs('chromium', 'nginx', 'openssl');

test('two people, one on a phone, share a board; what the phone does offline arrives; the portal’s sign-out ends it', {
  skip,
}, async () => {
  await using house = await openHouse({ crowd: 1, changeClients: tellOfSignOuts });
  const [colleague] = house.people.crowd;
  assert.ok(colleague);
  const browser = await house.openBrowser();
  const wide = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const phones = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const phone = await phones.newPage();
  await enterWorkspace(phone);
  await signInOnPhone(phone, colleague);
  await enterWorkspace(wide);
  await signIn(wide, house.people.alice);

  await wide.getByRole('button', { name: 'Start “Alice’s to-dos”' }).click();
  await wide.waitForURL('**/p/ALI/board');
  await write(wide, 'Water the plants', 'Call the printer');
  await wide.getByRole('link', { name: 'Project settings and members' }).click();
  await wide.getByRole('button', { name: 'Add somebody' }).click();
  await wide.getByRole('menuitemradio', { name: 'Alice-1 Example' }).click();
  await wide.getByRole('button', { name: 'Role of Alice-1 Example' }).waitFor();
  await wide.getByRole('link', { name: 'Board', exact: true }).click();

  await phone.goto(`${workspace}/p/ALI/board`);
  await move(phone, 'Water the plants', 'In progress');
  await cardIn(wide, 'In progress', 'Water the plants').waitFor();
  await write(wide, 'Order paper');
  await cardIn(phone, 'New', 'Order paper').waitFor();

  await goOffline(phone);
  await move(phone, 'Call the printer', 'Blocked');
  await phone.getByText('Changes that wait to be sent: 1.').waitFor();
  await move(wide, 'Order paper', 'Done');
  await phones.setOffline(false);
  await cardIn(wide, 'Blocked', 'Call the printer').waitFor();
  await cardIn(phone, 'Done', 'Order paper').waitFor();

  const beside = await phones.newPage();
  await beside.goto(`${portal}/logout`);
  await follow(beside, 'Sign out');
  await until('the workspace knows the phone no more', () =>
    phone.evaluate<boolean>(`fetch('/api/v1/me').then((answer) => answer.status === 401)`),
  );
  await move(phone, 'Call the printer', 'In progress');
  await phone.getByText('You are signed out.').waitFor();
  assert.equal(await cardIn(wide, 'Blocked', 'Call the printer').count(), 1);
});

/** The printed client, told when a session of the portal ends. */
function tellOfSignOuts(yaml: string): string {
  const address = "backchannel_logout_uri: 'https://leantime.example.com/oidc/backchannel-logout'";
  return yaml.replace("        client_secret: '", `        ${address}\n        client_secret: '`);
}

/** Narrow, the page does not show whose it is until the menu is opened. */
async function signInOnPhone(page: Page, person: Person): Promise<void> {
  await seeTitle(page, /^Sign in/);
  await enterPassword(page, person);
  await enterFreshCode(page, person);
  await decide(page, 'accept');
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

async function write(page: Page, ...titles: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Add to New' }).click();
  const field = page.getByRole('textbox', { name: 'New to-do in New' });
  for (const title of titles) {
    await field.fill(title);
    await field.press('Enter');
    await cardIn(page, 'New', title).waitFor();
  }
  await field.press('Escape');
}

async function move(page: Page, title: string, column: string): Promise<void> {
  const card = page.locator('.card', { hasText: title });
  await card.hover();
  await card.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: column }).click();
}

const cardIn = (page: Page, column: string, title: string) =>
  page.getByRole('grid', { name: column }).locator('.card', { hasText: title });

/** An application asks for single claims; the person sees which of them are theirs to keep, and keeps one by keyboard. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { assertFitForAll, tabTo } from '@gatehouse/testing/fit-for-all.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Page } from 'playwright-core';
import { openHouse } from '../house/house.ts';
import { enterFreshCode, enterPassword, portal, seeTitle, workspace } from './verbs.ts';

const skip = needs('chromium', 'nginx', 'openssl');

const claims = { id_token: { groups: null, email: null, name: { essential: true } }, userinfo: { email: null } };

function request(): string {
  const query = new URLSearchParams({
    client_id: 'leantime',
    redirect_uri: `${workspace}/oidc/callback`,
    response_type: 'code',
    scope: 'openid profile',
    claims: JSON.stringify(claims),
    state: randomBytes(16).toString('hex'),
    code_challenge: createHash('sha256').update('a verifier of this test').digest('base64url'),
    code_challenge_method: 'S256',
  });
  return `${portal}/api/oidc/authorization?${query}`;
}

/** What the browser posts when the answer is given, and where that leads. */
async function answerOf(
  page: Page,
  answer: () => Promise<unknown>,
): Promise<{ posted: URLSearchParams; location: URL }> {
  const [sent, left] = await Promise.all([
    page.waitForRequest((each) => each.method() === 'POST' && each.url().endsWith('/consent')),
    page.waitForRequest((each) => each.url().startsWith(`${workspace}/oidc/callback`)),
    answer(),
  ]);
  return { posted: new URLSearchParams(sent.postData() ?? ''), location: new URL(left.url()) };
}

test('what is optional can be unticked with the keyboard, and the page is fit for all', { skip }, async () => {
  await using house = await openHouse({ further: `theme: 'auto'\n` });
  const { alice } = house.people;
  const browser = await house.openBrowser();
  const page = await (await browser.newContext()).newPage();
  await page.goto(request());
  await enterPassword(page, alice);
  await enterFreshCode(page, alice);
  await seeTitle(page, /^Allow Leantime/);
  await assertFitForAll(page);
  const boxes = page.getByRole('group').getByRole('checkbox');
  assert.deepEqual(await boxes.evaluateAll((all) => all.map((box) => box.getAttribute('value'))), ['groups', 'email']);
  assert.equal(await page.getByRole('checkbox', { name: /alice@example\.com/ }).isChecked(), true);
  await tabTo(page, 'input[value=email]');
  await page.keyboard.press('Space');
  assert.equal(await page.getByRole('checkbox', { name: /alice@example\.com/ }).isChecked(), false);
  await assertFitForAll(page);
  await tabTo(page, 'button[value=accept]');
  const { posted, location } = await answerOf(page, () => page.keyboard.press('Enter'));
  assert.deepEqual(posted.getAll('claim'), ['groups']);
  assert.equal(posted.get('decision'), 'accept');
  assert.ok(location.searchParams.get('code'));
});

test('without script the ticks are plain fields, all of them set', { skip }, async () => {
  await using house = await openHouse();
  const { alice } = house.people;
  const browser = await house.openBrowser();
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(request());
  await enterPassword(page, alice);
  await enterFreshCode(page, alice);
  const { posted, location } = await answerOf(page, () => page.locator('button[value=accept]').click());
  assert.deepEqual(posted.getAll('claim').sort(), ['email', 'groups']);
  assert.ok(location.searchParams.get('code'));
});

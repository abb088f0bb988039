/**
 * What a person does, as verbs over a real browser page. Field names and titles are the portal's contract (plain forms);
 * nothing here knows how a page is built.
 */
import assert from 'node:assert/strict';
import { TOTP, URI } from 'otpauth';
import type { Page } from 'playwright-core';

export type Person = {
  readonly username: string;
  readonly password: string;
  /** As printed at enrolment; a person without a second factor has none. */
  readonly otpauthUri?: string;
};

/** The code of this moment, or of `stepsAhead` steps from now: the portal accepts one step of skew, and each step once. */
export function codeOf(person: Person, stepsAhead = 0): string {
  const totp = URI.parse(person.otpauthUri ?? '');
  assert.ok(totp instanceof TOTP);
  return totp.generate({ timestamp: Date.now() + stepsAhead * totp.period * 1000 });
}

export async function enterPassword(page: Page, person: Person, options: { keep?: boolean } = {}): Promise<void> {
  await page.locator('input[name=username]').fill(person.username);
  await page.locator('input[name=password]').fill(person.password);
  if (options.keep) await page.locator('input[name=keepMeLoggedIn]').check();
  await submit(page, 'input[name=password]');
}

export async function enterCode(page: Page, code: string): Promise<void> {
  await page.locator('input[name=code]').fill(code);
  await submit(page, 'input[name=code]');
}

export async function decide(page: Page, decision: 'accept' | 'deny'): Promise<void> {
  await Promise.all([page.waitForLoadState('load'), page.locator(`button[name=decision][value=${decision}]`).click()]);
}

/** Presses the primary button of the form that holds the field, and waits for the page that answers. */
export async function submit(page: Page, field: string): Promise<void> {
  const button = page
    .locator('form', { has: page.locator(field) })
    .locator('button[type=submit], button:not([type])')
    .first();
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

export async function seeTitle(page: Page, pattern: RegExp): Promise<void> {
  assert.match(
    await page.title(),
    pattern,
    `at ${page.url()}: ${(await page.locator('body').innerText()).slice(0, 400)}`,
  );
}

export async function seeText(page: Page, pattern: RegExp): Promise<void> {
  assert.match(await page.locator('body').innerText(), pattern, `at ${page.url()}`);
}

/** What one does on a page of the portal, whichever it is. */
import { TOTP, URI } from 'otpauth';
import type { Page } from 'playwright-core';

/** The code that the authenticator application shows now. */
export function codeOf(otpauthUri: string): string {
  const totp = URI.parse(otpauthUri);
  if (!(totp instanceof TOTP)) throw new Error('the printed URI is not a time-based one');
  return totp.generate();
}

/** Sends the form in the middle of the page. */
export async function press(page: Page): Promise<void> {
  await leadingOn(page, () =>
    page.locator('main form button[type=submit], main form button:not([type])').first().click(),
  );
}

export async function follow(page: Page, name: string): Promise<void> {
  await leadingOn(page, () => page.getByRole('link', { name }).or(page.getByRole('button', { name })).first().click());
}

export async function leadingOn(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()]);
}

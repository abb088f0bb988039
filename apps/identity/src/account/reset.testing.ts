/** For tests: asking for a link to a new password, reading its mail, and using it. */
import assert from 'node:assert/strict';
import type { Browser } from './browser.testing.ts';
import type { House } from './house.suite.ts';

/** Long enough for every policy of the tests. */
export const fresh = 'a much better password';

/** The addresses of the mail that was sent last: of the page, and of the one that cancels it. */
export async function linksOf(house: House): Promise<{ page: string; cancel: string }> {
  await house.settled();
  const mail = await house.lastMail();
  const [page = '', cancel = ''] = [...mail.matchAll(/^https?:\/\/\S+$/gm)].map(([link]) => {
    const url = new URL(link);
    assert.equal(url.origin, house.origin, 'the address is the configuration’s');
    return url.pathname + url.search;
  });
  return { page, cancel };
}

export async function askForLink(house: House, browser: Browser, username = 'alice', headers: object = {}) {
  assert.equal((await browser.post('/reset-password', { username }, headers)).location, '/reset-password/sent');
  return linksOf(house);
}

export function setNew(browser: Browser, page: string, changed: Record<string, string> = {}) {
  const token = new URL(page, 'http://x').searchParams.get('token') ?? '';
  return browser.post('/reset-password/new', { token, new: fresh, again: fresh, ...changed });
}

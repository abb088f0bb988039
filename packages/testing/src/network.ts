/** A network that answers otherwise than the server, or not at all: in force by the time a test goes on. */
import type { Page, Route } from 'playwright-core';
import { until } from './until.ts';

type Address = Parameters<Page['route']>[0];
type Handle = (route: Route) => unknown;

const probe = 'is-intercepted';

/**
 * Answers requests of the page to `address` by `handle`, until `page.unroute`. Chromium says that it intercepts a moment before
 * the page's own requests take the new way, so one is sent to see; a page that has not been anywhere yet takes it from the first.
 */
export async function intercept(
  page: Page,
  address: Address,
  handle: Handle,
  options: { readonly times?: number } = {},
): Promise<void> {
  await page.route(address, handle, options);
  if (page.url() === 'about:blank') return;
  const isProbe = (url: URL): boolean => url.searchParams.has(probe);
  const answer = (route: Route): Promise<void> => route.fulfill({ status: 204 });
  await page.route(isProbe, answer);
  await until('requests of the page are intercepted', () =>
    page.evaluate(async (name) => (await fetch(`?${name}`)).status === 204, probe),
  );
  await page.unroute(isProbe, answer);
}

/** Takes the network from the context of `page`, until `setOffline(false)`. Each of its pages has noticed. */
export async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await Promise.all(
    page
      .context()
      .pages()
      .map((each) => until('a page noticed', () => each.evaluate<boolean>('!navigator.onLine'))),
  );
}

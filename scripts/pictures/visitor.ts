/** Somebody who walks through the portal in a browser of their own, with a camera. Knows fields by name and no page. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Camera } from './camera.ts';
import { follow, press } from './steps.ts';

export type Visitor = AsyncDisposable & {
  readonly page: Page;
  readonly context: BrowserContext;
  take(name: string): Promise<void>;
  /** Takes the page too, where it gets a name. */
  visit(path: string, name?: string): Promise<void>;
  fill(field: string, text: string): Promise<void>;
  /** Sends the form with these fields filled in. */
  send(fields: Readonly<Record<string, string>>): Promise<void>;
  click(name: string): Promise<void>;
};

/** `userAgent`: what the browser calls itself, where it is not the one that it is. */
export async function openVisitor(
  origin: string,
  browser: Browser,
  camera: Camera,
  userAgent?: string,
): Promise<Visitor> {
  const context = await browser.newContext({
    ...{ viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
    ...(userAgent !== undefined && { userAgent }),
  });
  const page = await context.newPage();
  const take = (name: string): Promise<void> => camera.take(page, `portal-${name}`);
  const fill = (field: string, text: string): Promise<void> => page.locator(`input[name=${field}]`).first().fill(text);
  return {
    page,
    context,
    take,
    async visit(path, name) {
      await page.goto(`${origin}${path}`);
      if (name) await take(name);
    },
    fill,
    async send(fields) {
      for (const [field, text] of Object.entries(fields)) await fill(field, text);
      await press(page);
    },
    click: (name) => follow(page, name),
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/**
 * Takes one page in every look: light and dark, 1280 and 360 pixels wide, as WebP encoded by the browser itself, so that no
 * image library is needed. Knows no page of ours.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';

const looks = ['light', 'dark'] as const;
const sizes = [
  { width: 1280, height: 800 },
  { width: 360, height: 760 },
] as const;
type Width = (typeof sizes)[number]['width'];
const quality = 82;
/** Of a page that is longer the rest looks alike; WebP ends at 16 383. */
const heightMax = 4_000;
/** What is out of sight is left out by the browser until it is seen; a picture sees all of it. */
const shown = `for (const element of document.querySelectorAll('*'))
  if (getComputedStyle(element).contentVisibility === 'auto') element.style.contentVisibility = 'visible'`;
/** What comes into sight in another size is laid out with one frame and painted with the next. */
const drawn =
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))';

export type Camera = {
  /** Writes `<name>-<look>-<width>.webp` four times, twice for what one width alone has, or nothing where the name was not asked for. Leaves the page wide and light. */
  take(page: Page, name: string, only?: Width): Promise<void>;
};

/** `beginning`: of the names that are asked for. */
export function openCamera(folder: string, beginning: string): Camera {
  mkdirSync(folder, { recursive: true });
  const sessions = new WeakMap<Page, CDPSession>();
  /** One for as long as the page is open: one that ends would take the page's virtual authenticator with it. */
  async function sessionOf(page: Page): Promise<CDPSession> {
    const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
    sessions.set(page, session);
    return session;
  }
  return {
    async take(page, name, only) {
      if (!name.startsWith(beginning)) return;
      const session = await sessionOf(page);
      for (const size of sizes.toReversed().filter(({ width }) => only === undefined || width === only))
        for (const look of looks.toReversed()) {
          await page.setViewportSize(size);
          await page.emulateMedia({ colorScheme: look, reducedMotion: 'reduce' });
          await page.evaluate('document.fonts.ready');
          await page.evaluate(shown);
          await page.evaluate(drawn);
          writeFileSync(join(folder, `${name}-${look}-${size.width}.webp`), await picture(session));
        }
    },
  };
}

/** As high as the page is, within reason, and at least as high as the window. */
async function picture(session: CDPSession): Promise<Buffer> {
  const { cssContentSize } = await session.send('Page.getLayoutMetrics');
  const { width, height } = cssContentSize;
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality,
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height: Math.min(height, heightMax), scale: 1 },
  });
  return Buffer.from(data, 'base64');
}

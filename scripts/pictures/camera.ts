/**
 * Takes one page in every look: light and dark, 1280 and 360 pixels wide, as WebP encoded by the browser itself, so that no
 * image library is needed. Knows no page of ours.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const looks = ['light', 'dark'] as const;
const sizes = [
  { width: 1280, height: 800 },
  { width: 360, height: 760 },
] as const;
const quality = 82;

export type Camera = {
  /** Writes `<name>-<look>-<width>.webp` four times. Leaves the page wide and light. */
  take(page: Page, name: string): Promise<void>;
};

export function openCamera(folder: string): Camera {
  mkdirSync(folder, { recursive: true });
  return {
    async take(page, name) {
      for (const size of sizes.toReversed())
        for (const look of looks.toReversed()) {
          await page.setViewportSize(size);
          await page.emulateMedia({ colorScheme: look, reducedMotion: 'reduce' });
          await page.evaluate('document.fonts.ready');
          writeFileSync(join(folder, `${name}-${look}-${size.width}.webp`), await picture(page));
        }
    },
  };
}

/** As high as the page is, and at least as high as the window. */
async function picture(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  try {
    const { cssContentSize } = await session.send('Page.getLayoutMetrics');
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'webp',
      quality,
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, width: cssContentSize.width, height: cssContentSize.height, scale: 1 },
    });
    return Buffer.from(data, 'base64');
  } finally {
    await session.detach();
  }
}

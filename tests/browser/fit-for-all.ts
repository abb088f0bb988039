/**
 * A page as people with other eyes, hands and screens meet it: axe in light and dark, nothing wider than the window, and a
 * focus that the keyboard moves and the eye finds.
 */
import assert from 'node:assert/strict';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import type { Page } from 'playwright-core';

const looks = [
  { width: 1280, colorScheme: 'dark' },
  { width: 360, colorScheme: 'light' },
] as const;

/** The page as it stands, in both looks and on both screens. Leaves it wide. */
export async function assertFitForAll(page: Page): Promise<void> {
  for (const { width, colorScheme } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // 320 pixels are a window of 1280 at 400 % (WCAG 1.4.10).
    for (const each of [1280, 360, 320, width]) {
      await page.setViewportSize({ width: each, height: 800 });
      const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
      assert.ok(overflow <= 0, `${page.url()} is ${overflow} pixels too wide at ${each}`);
    }
    const lightness = Number(await page.evaluate(lightnessOfBody));
    assert.equal(lightness < 128, colorScheme === 'dark', `${page.url()} is ${lightness} light in ${colorScheme}`);
    await assertAccessible(page);
  }
  await assertEveryTheme(page);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** The portal's page in the looks that only a person chooses. Their colours are all that differs. */
async function assertEveryTheme(page: Page): Promise<void> {
  if ((await page.locator('body.portal').count()) === 0) return;
  const own = String(await page.evaluate('document.documentElement.className'));
  const wear = (names: string) => page.evaluate(`void (document.documentElement.className = '${names}')`);
  for (const theme of ['theme-grey', 'theme-oled']) {
    await wear(theme);
    await assertAccessible(page, ['color-contrast']);
  }
  await wear(own);
}

/** Of 255, whichever way the style sheet names its colours. */
const lightnessOfBody = `(() => {
  const drawing = new OffscreenCanvas(1, 1).getContext('2d');
  drawing.fillStyle = getComputedStyle(document.body).backgroundColor;
  drawing.fillRect(0, 0, 1, 1);
  return Math.max(...drawing.getImageData(0, 0, 1, 1).data.slice(0, 3));
})()`;

/** Presses Tab until the element has the focus, and sees that it shows. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  const hasFocus = () => page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`);
  for (let presses = 0; !(await hasFocus()); presses++) {
    assert.ok(presses < 12, `twelve presses of Tab do not reach ${selector} at ${page.url()}`);
    await page.keyboard.press('Tab');
  }
  const shown = await page.evaluate(`(() => {
    const { outlineStyle, boxShadow } = getComputedStyle(document.activeElement);
    return outlineStyle !== 'none' || boxShadow !== 'none';
  })()`);
  assert.ok(shown, `the focus on ${selector} at ${page.url()} cannot be seen`);
}

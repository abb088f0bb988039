/**
 * A page as people with other eyes, hands and screens meet it: axe in light and dark, nothing wider than the window, and a
 * focus that the keyboard moves and the eye finds. The page is looked at as it stands and never loaded again.
 */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { assertAccessible } from './axe.ts';

/** Everything once on the small screen; on the wide one and in the other looks what size and colour can change. */
const looks = [
  { width: 360, colorScheme: 'light', only: undefined },
  { width: 1280, colorScheme: 'dark', only: ['color-contrast', 'target-size', 'scrollable-region-focusable'] },
] as const;
/** The smallest is a window of 1280 by 1024 at 400 % (WCAG 1.4.10): low as it is narrow. */
const windows = [
  { width: 1280, height: 800 },
  { width: 360, height: 800 },
  { width: 320, height: 256 },
] as const;

/** The page as it stands, in every look and on every screen. Leaves it wide, and as it was in the rest. */
export async function assertFitForAll(page: Page): Promise<void> {
  for (const size of windows) {
    await page.setViewportSize(size);
    const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
    assert.ok(overflow <= 0, `${page.url()} is ${overflow} pixels too wide at ${size.width}`);
    assert.deepEqual(await slitsOf(page), [], `${page.url()} is read through a slit at ${size.width}x${size.height}`);
  }
  for (const { width, colorScheme, only } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    const lightness = Number(await page.evaluate(lightnessOfBody));
    assert.equal(lightness < 128, colorScheme === 'dark', `${page.url()} is ${lightness} light in ${colorScheme}`);
    await assertAccessible(page, only);
  }
  await assertEveryTheme(page);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/**
 * What of the page is read through a slit: parts that scroll down by themselves in less than half of the window, and parts
 * that stay on top or at the foot of it and take more than a third, or do not end where it does.
 */
export async function slitsOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('body *')].flatMap((element) => {
    const { overflowY, position } = getComputedStyle(element);
    const { clientHeight, scrollHeight } = element;
    const { width, height, right } = element.getBoundingClientRect();
    const scrolls = /auto|scroll/.test(overflowY) && scrollHeight > clientHeight && !element.matches('textarea');
    if (width <= 1 || height <= 1) return [];
    const name = element.tagName.toLowerCase() + '.' + element.className;
    if (scrolls && clientHeight < innerHeight / 2) return [name + ' shows ' + clientHeight + ' of ' + scrollHeight];
    if (position === 'fixed' && right > innerWidth) return [name + ' ends at ' + right];
    return /fixed|sticky/.test(position) && width > innerWidth / 2 && height > innerHeight / 3 && height < innerHeight
      ? [name + ' covers ' + height]
      : [];
  })`);
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

/** A person without a pointer: goes from one thing to the next, and presses keys. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Presses Tab until what has focus is named so. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press(key);
    passed.push(await focused(page));
    if (name.test(passed.at(-1) ?? '')) return;
  }
  assert.fail(`${name} was not reached: ${passed.join(' · ')}`);
}

/** The name that a screen reader says first of what has focus; empty when nothing has. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const element = document.activeElement;
    if (element === document.body) return '';
    const others = (element.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean);
    const named = others.map((id) => document.getElementById(id)?.ariaLabel ?? document.getElementById(id)?.textContent);
    const label = named.join(' ') || (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent);
    return (label ?? element.textContent ?? '').replace(/\\s+/g, ' ').trim();
  })()`);
}

export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** As `tabTo`, for what may have focus already when a page comes. */
export async function reach(page: Page, name: RegExp): Promise<void> {
  if (!name.test(await focused(page))) await tabTo(page, name);
}

/** Waits until a menu that was opened by a key takes the next one: it is there a moment before the focus is in it. */
export async function menuTakesKeys(page: Page): Promise<void> {
  await page.locator('[role=menu]:focus, [role=menu] :focus').first().waitFor();
}
